"""How an address goes on: before its street the town and the district, after it the flat, the postcode and the town.

Looked for only where a street was found, within a bounded reach, so a scan stays linear; a line break may stand before
the postcode, which no pattern can match over. What the parts look like: `pratique.detect.address_parts`.
"""

# ruff: noqa: RUF001 - letters and marks of addresses in other scripts

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from pratique.detect.address_parts import parts
from pratique.detect.entities.streets import NO_NAMES, NO_STREETS, SUFFIXES, WEAK_SUFFIXES
from pratique.detect.entities.towns import TOWNS
from pratique.detect.entities.words import MONTHS

More = Callable[[str, int], tuple[int, bool]]
"""From a text and where a candidate ends to where it ends with what goes on, and whether that proves it."""
Before = Callable[[str, int], int]
"""From a text and where a candidate begins to where it begins with what stands before it."""

_PEM_END = re.compile("-----END [A-Z0-9 ]{1,40}-----")
_LONGEST_KEY = 20_000

_REACH = 160
_BACK = 96
_REACHES = (_BACK, 64, 64, 24, 56, 24)
"""How far before a street each of `Parts.before` is looked for."""
_MOST_PARTS = 8
_REMEMBERED = 4096
"""How many windows are remembered with what stands in them: of a text that repeats itself, each is looked at once."""
_SHORTEST = 3
_YEAR = 4
_SHORT_TYPE = 6
"""Characters of the longest abbreviation of a type of street, its dot and a space: a dot after more ends a sentence."""
_WORDS_OF_TOWN = 3
_NUMBER = re.compile(
    r"(?:\.(?=[,\s])|(?: ?(?:bis|ter|quater)(?!\w))"
    r"|(?: [A-HJ-ZА-ЯΑ-Ω](?!:|\. ?[A-Z]\.)"
    r"|[a-zA-ZА-Яа-яΑ-Ωα-ω]| [b-df-h]| a(?=\s*(?:[,;\n]|\Z)))(?!\w)(?: [0-9]{1,3}(?!\w| ?[0-9]))?)?"
    r"(?:(?: ?[–-] ?|/)[0-9]{1,4}[a-zA-Z]?(?!\w|[.,:][0-9])|/[A-Za-z](?!\w)|/[IVX]{1,4}(?!\w)){0,3}(?:\.(?=[,\s]))?"
)
_BARE = frozenset(word.replace("\\", "") for word in (SUFFIXES + " " + WEAK_SUFFIXES).split())
"""Types of streets as words of their own."""
_NO_TOWNS = frozenset(
    [
        *("euro", "eur", "usd", "chf", "gbp", "pln", "dollar", "dollars", "pounds", "francs", "kronen", "kronor"),
        *("zuschauer", "besucher", "teilnehmer", "stück", "punkte", "kilometer", "meter", "watt", "volt", "euros"),
        *("personen", "people", "items", "words", "points", "lei", "kč", "zł", "forint", "лв"),
    ]
)
_NO_STREET_NAMES = (
    NO_NAMES
    | frozenset(MONTHS.split())
    | frozenset(
        [
            *(
                "halle",
                "room",
                "chapter",
                "zimmer",
                "saal",
                "raum",
                "gate",
                "terminal",
                "platform",
                "gleis",
                "level",
                "page",
            ),
            *(
                "part",
                "kapitel",
                "hall",
                "stage",
                "art.",
                "article",
                "artikel",
                "version",
                "season",
                "nr",
                "nr.",
                "no",
                "no.",
            ),
            *(
                "week",
                "group",
                "gruppe",
                "team",
                "tag",
                "day",
                "dag",
                "sala",
                "salle",
                "sezione",
                "section",
                "capitolo",
            ),
        ]
    )
)
_LABEL = re.compile(
    r"(?:nummer|number|numer|nr|telefon|telefoon|fax|iban|identifi\w*|versicher\w*|steuer\w*|ausweis|passport|reisepass)(?!\w)"
    r"|(?<!\w)(?:tel|mob|mobil\w*|e-?mail|geb|idnr|svnr|rvnr|kvnr|pesel|nip|cnp|bsn|dni|nie|nif|niss|cpr|afm|amka|αδτ|αφμ|αμκα|егн|еик)(?!\w)",
    re.IGNORECASE,
)
"""Words that name what follows an address: they are no towns and no streets."""
_DAY = re.compile(r"[0-3]?[0-9]([.\-/]) ?[01]?[0-9]\1 ?(?:19|20)?[0-9]{2}(?!\w)")
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2} ")
_BREAKS = frozenset(" ,;·|–-\n\u00a0\u202f")
_YEAR_LIKE = re.compile(r"(?<!\S)(?:19|20)[0-9]{2} [^\d]{1,80}\Z")
_QUOTES = '„“”"«»‚‘ '


def after_number(text: str, end: int) -> tuple[int, bool]:
    """After a house number: its letter or range, the flat, the town. Sure with a postcode, a region or a known town."""
    piece = text[end : end + _REACH]
    found = _NUMBER.match(piece)
    at = found.end() if found is not None and not _inside_word(piece, found.end()) else 0
    return _go_on(text, end + at, after_name=False)


def after_name(text: str, end: int) -> tuple[int, bool]:
    """After a street's name whose number stands before it: the flat, the town. Sure as in `after_number`."""
    last = text[max(0, end - _SHORT_TYPE) : end]
    ended = last.endswith(".") and " " not in last
    return (end, False) if ended else _go_on(text, end, after_name=True)


def after_code(text: str, end: int) -> tuple[int, bool]:
    """After a postcode: its town. Sure where the town is a known one."""
    found = parts().in_town.match(f" in{text[end : end + _REACH]}")
    if found is None or found["town"].split()[0].lower() in _NO_TOWNS:
        return end, False
    return _go_on(text, end + found.end() - 3, after_name=False)[0], _known(found["town"])


def after_unproved(text: str, end: int) -> tuple[int, bool]:
    """As `after_number`, and never sure: for what a validator has to prove."""
    return after_number(text, end)[0], False


def number_and_town(text: str, end: int) -> tuple[int, bool]:
    """After a name and a number, which may be anything: sure with a known town, where the name can be a street's."""
    words = text[max(0, end - _BACK) : end].replace(",", " ").lower().split()
    if _NO_STREET_NAMES.intersection(words[-2:-1]) or _DAY.match(text, text.rfind(" ", 0, end) + 1):
        return end, False
    return after_number(text, end)


def code_and_town(text: str, end: int) -> tuple[int, bool]:
    """A postcode and a town, as one match: sure where the town is a known one, and not in the middle of an address."""
    code = _YEAR_LIKE.search(text, max(0, end - _BACK), end)
    if code is not None:
        return end, False
    start = max(text.rfind(" ", 0, end), 0)
    for _ in range(_WORDS_OF_TOWN):
        if _known(text[start:end]):
            return _go_on(text, end, after_name=False)[0], True
        start = max(text.rfind(" ", 0, start), 0)
    return end, False


def before_street(text: str, start: int) -> int:
    """Before a street: towns, districts, regions and postcodes, told by a word, a code or a known name."""
    for _ in range(_MOST_PARTS):
        if text[start - 1 : start] not in _BREAKS:
            return start
        window = text[max(0, start - _BACK) : start]
        size = _before(window)
        if not size:
            return start
        start -= size
    return start


@lru_cache(maxsize=_REMEMBERED)
def _before(window: str) -> int:
    """How many characters at the end of ``window`` are a part that stands before a street; 0 for none."""
    size = len(window)
    for pattern, reach in zip(parts().before, _REACHES, strict=True):
        found = pattern.search(window, max(0, size - reach))
        if found is not None and ("town" not in found.groupdict() or _known(found["town"])):
            return size - found.start("from" if "from" in found.re.groupindex else 0)
    return 0


def _go_on(text: str, at: int, *, after_name: bool) -> tuple[int, bool]:
    start, sure = at, False
    towns = 0
    for _ in range(_MOST_PARTS):
        size, town, certain = _part(text[at : at + _REACH], after_name=after_name and at == start, named=towns > 0)
        sure = sure or certain
        if not size:
            break
        towns += town
        at += size
    return at, sure


@lru_cache(maxsize=_REMEMBERED)
def _part(piece: str, *, after_name: bool, named: bool) -> tuple[int, bool, bool]:
    """How many characters of ``piece`` are one more part, whether that is a town, and whether it proves an address.

    ``named``: a town was named before it.
    """
    known = parts()
    found, town, sure = known.flat.match(piece), False, False
    if found is None:
        found = known.postal.match(piece)
        if found is not None and not _stands(found):
            found = None
        town = sure = found is not None
    if found is None:
        found = known.code.match(piece) or known.region.match(piece)
        sure = found is not None
    if found is None:
        found, sure = _town(piece, after_name=after_name)
        town = found is not None
        if named and not sure:
            return 0, False, False  # a name behind the town is a person's more often than another town's
    if found is None or _inside_word(piece, found.end()):
        return 0, False, sure
    return found.end(), town, sure


def _town(piece: str, *, after_name: bool) -> "tuple[re.Match[str] | None, bool]":
    """A town without a postcode, and whether it is a known one."""
    found = parts().in_town.match(piece) or parts().town.match(piece)
    if found is not None and _known(found["town"]):
        return found, True
    if found is not None and "end" in found.re.groupindex and found["end"] is not None and not _no_town(found):
        return found, False
    if found is not None and "end" not in found.re.groupindex and not _no_town(found):
        return found, False
    return (parts().town_on.match(piece) if after_name else None), False


def _stands(postal: "re.Match[str]") -> bool:
    """Whether a postal part is one: where its form is that of other things too, its town must be a known one."""
    unsure = next((postal[name] for name in ("town2", "town3", "town4") if postal[name] is not None), None)
    return not _no_town(postal) if unsure is None else any(map(_known, unsure.split("/")))


def _no_town(found: "re.Match[str]") -> bool:
    town = found["town"]
    return town is not None and (town.split()[0].lower() in _NO_TOWNS or _LABEL.search(town) is not None)


def _known(name: str) -> bool:
    """Whether the name is of a known town, or begins with one."""
    words = name.strip(_QUOTES).lower().split()
    if any(" ".join(words[:count]) in TOWNS for count in range(len(words), 0, -1)):
        return True
    # An ending that a case adds to it: Splita, Zagrebu, Gdańsku.
    last = words[0][-1:] if words else ""
    plain = unicodedata.normalize("NFKD", last)[:1]
    return bool(last) and len(words[0]) > _SHORTEST and bool({words[0][:-1], words[0][:-1] + plain} & TOWNS)


def _inside_word(piece: str, at: int) -> bool:
    return 0 < at < len(piece) and piece[at - 1].isalnum() and piece[at].isalnum()


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


def numbered_street(text: str) -> bool | None:
    """False for a year before a name: ``1987 Supreme Court``."""
    return False if _A_YEAR.match(text) else None


def town_and_street(text: str) -> bool:
    """Whether the first of two names is a known town, and the second one that a street may have."""
    town, _, rest = text.partition(", ")
    words = rest.lower().split()
    if _NO_STREET_NAMES.intersection(words) or _LABEL.search(rest):
        return False
    return _known(town) and street(rest) is not False


def named_street(text: str) -> bool | None:
    """False for the names of months, rooms, versions and the like with a number."""
    return False if _NO_STREET_NAMES.intersection(text.lower().replace(",", " ").split()) else None


def pem(text: str, end: int) -> tuple[int, bool]:
    """After the first line of a key in textual encoding (RFC 7468): its last line, or the end of the text. Sure."""
    last = _PEM_END.search(text, end, end + _LONGEST_KEY)
    return (min(len(text), end + _LONGEST_KEY) if last is None else last.end()), True


MORE: Mapping[str, More] = MappingProxyType(
    {
        "after_number": after_number,
        "after_name": after_name,
        "after_code": after_code,
        "after_unproved": after_unproved,
        "number_and_town": number_and_town,
        "code_and_town": code_and_town,
        "pem": pem,
    }
)
"""By the name that patterns refer to them by."""
BEFORE: Mapping[str, Before] = MappingProxyType(
    dict.fromkeys(("after_number", "after_name", "after_code", "number_and_town"), before_street)
)
"""By the same names."""
