"""How an address goes on after its street: the rest of the house number, the flat, the postcode and the town.

Looked for only where a street was found, within a bounded reach, so a scan stays linear; a line break may stand before
the postcode, which no pattern can match over.
"""

# ruff: noqa: E501, RUF001, SIM905 - patterns, one a line; names are written with either apostrophe

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pratique.detect.entities.streets import NO_NAMES, NO_STREETS, SUFFIXES, WEAK_SUFFIXES

More = Callable[[str, int], tuple[int, bool]]
"""From a text and where a candidate ends to where it ends with what goes on, and whether that proves it."""

_REACH = 160
_TOWN_REACH = 96
_YEAR = 4
_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_CAPITALISED = rf"(?:(?:St|Ste|Sta|Sv|Sankt|Bad)\.? |['’][st][- ])?[{_UPPER}][^\W\d_]{{0,30}}(?:['’\-][^\W\d_]{{1,24}}){{0,5}}(?!\w)"
_PARTICLES = (
    "am an der im in ob bei auf vor unter upon on under by le la les de du des sur sous en aux del della di da do dos "
    "das los las el y i op aan den het bij nad pod na ved på pe"
)
_PARTICLE = "(?:" + "|".join(_PARTICLES.split()) + ")"
_TOWN = rf"{_CAPITALISED}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITALISED}){{0,3}}"
_DISTRICT = r"(?: (?i:cedex)(?: [0-9]{1,2})?(?!\w)| [0-9]{1,2}(?!\w|[.,:/%][0-9])| \([A-Z]{2}\))?"
_SPACE = "[ \u00a0\u202f]"
_BREAK = rf"(?:,?{_SPACE}{{1,2}}|{_SPACE}?[,;·|–-]{_SPACE}?|[,;]?[ \t]{{0,3}}\r?\n[ \t]{{0,4}})"
_BRITISH = (
    r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}|[A-Z][0-9][0-9W] [0-9A-Z]{4}|[A-Z]{3} [0-9]{4}|LV-[0-9]{4})(?!\w)"
)
_CODE = (
    r"(?:[0-9]{4}-[0-9]{3}|[0-9]{2}-[0-9]{3}|[0-9]{3} [0-9]{2}|(?:[A-Z]{1,3}[–-])?[0-9]{4,5}(?: ?[A-Z]{2}(?= ))?)(?!\w)"
)

_NUMBER = re.compile(
    r"(?:\.(?=[,\s])|(?: ?(?:bis|ter|quater)(?!\w))"
    r"|(?: [A-HJ-Z]|[a-zA-Z]| [b-df-h]| a(?=\s*(?:[,;\n]|\Z)))(?!\w)(?: [0-9]{1,3}(?!\w| ?[0-9]))?)?"
    r"(?:(?: ?[–-] ?|/)[0-9]{1,3}[a-zA-Z]?(?!\w|[.,:][0-9])|/[A-Za-z](?!\w)){0,2}"
)
_FLAT = re.compile(
    rf",?{_SPACE}(?:"
    r"(?i:flat|apartment|apt|apto|appt|app|unit|suite|floor|lgh|lok|lokal|m|byt|piso|puerta|planta|interno|int|scala|"
    r"wohnung|whg|top|bus|bte|boîte|escalera|esc|étage|bât|bâtiment|ajtó|emelet|em)\.? ?(?:[0-9]{1,4}[A-Za-z]?|[A-Z])"
    r"|[0-9]{1,2}(?:st|nd|rd|th) [Ff]loor|[0-9]{1,2}\.?[ºª°](?: ?(?:[A-Z]|izq|izqda|izda|dcha|dto|esq|frente)\.?)?"
    r"|[0-9]{1,2}\. ?(?:OG|Stock|th|tv|sal|em|emelet|kerros|patro)\.?(?: ?(?:th|tv|mf)\.?)?)(?!\w)"
)
_POSTAL = re.compile(
    rf"(?:{_BREAK}{_CODE}{_SPACE}{{1,2}}(?P<town>{_TOWN}){_DISTRICT}"
    rf"|(?:{_BREAK}{_TOWN}){{0,2}}{_BREAK}{_BRITISH}(?:{_SPACE}{_TOWN})?"
    rf"|(?:{_BREAK}{_TOWN}){{1,2}}{_BREAK}(?:Co\.?|County) {_TOWN})"
)
_ENDS = r"(?=[ \t]*(?:[.,;:!?)\n\r]|\Z|\())"
_PLAIN = re.compile(rf"(?:,{_SPACE}{{1,2}}{_TOWN}(?: (?:[1-9]|1[0-9]|2[0-4]))?(?!\w){_ENDS}){{1,2}}")
_PLAIN_AFTER_NAME = re.compile(rf"(?:,?{_SPACE}{{1,2}}{_TOWN}(?: (?:[1-9]|1[0-9]|2[0-4]))?(?!\w)){{1,2}}")
_BARE = frozenset(word.replace("\\", "") for word in (SUFFIXES + " " + WEAK_SUFFIXES).split())
"""Types of streets as words of their own."""
_NO_TOWNS = frozenset(
    (
        "euro eur usd chf gbp pln dollar dollars pounds francs kronen kronor zuschauer besucher teilnehmer "
        "stück punkte kilometer meter watt volt euros personen people items words points"
    ).split()
)


def after_number(text: str, end: int) -> tuple[int, bool]:
    """After a house number: its letter or range, the flat, the town. Sure with a postcode or county."""
    piece = text[end : end + _REACH]
    found = _NUMBER.match(piece)
    at = found.end() if found is not None and not _inside_word(piece, found.end()) else 0
    at = _flat(piece, at)
    return _town(text, end + at, _PLAIN)


def after_name(text: str, end: int) -> tuple[int, bool]:
    """After a street's name whose number stands before it: the flat, the town. Sure with a postcode or county."""
    piece = text[end : end + _REACH]
    return _town(text, end + _flat(piece, 0), _PLAIN_AFTER_NAME)


def street(text: str) -> bool | None:
    """False for what only looks like a street: ``auf Platz 3``, ``Arbeitsplatz 4``, ``Spring 2024``."""
    words = text.lower().replace(",", " ").split()
    name, number = words[:-1], "".join(words[-1:])
    if name and name[-1] in {"nr", "nr."}:
        name = name[:-1]
    if not name or (len(number) == _YEAR and number[:2] in {"19", "20"}):
        return False
    if len(name) > 1:
        return False if name[0] in NO_NAMES and name[-1] in _BARE else None
    return False if name[0].endswith(NO_STREETS) else None


def _flat(piece: str, at: int) -> int:
    for _ in range(2):
        found = _FLAT.match(piece, at)
        if found is None:
            return at
        at = found.end()
    return at


def _town(text: str, at: int, plain: re.Pattern[str]) -> tuple[int, bool]:
    piece = text[at : at + _TOWN_REACH]
    found = _POSTAL.match(piece)
    if found is not None and not _inside_word(piece, found.end()):
        town = found["town"]
        if town is None or town.split()[0].lower() not in _NO_TOWNS:
            return at + found.end(), True
    found = plain.match(piece)
    return (at, False) if found is None else (at + found.end(), False)


def _inside_word(piece: str, at: int) -> bool:
    return 0 < at < len(piece) and piece[at - 1].isalnum() and piece[at].isalnum()


MORE: Mapping[str, More] = MappingProxyType({"after_number": after_number, "after_name": after_name})
"""By the name that patterns refer to them by."""
