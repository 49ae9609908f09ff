"""What belongs to a telephone number, an address or a name and stands beside it, outside what was found.

Patterns and models end where the number or the town ends. ``612 345 678 (extensión 21)``, ``гр. Варна, …``, ``Rua X, 9,
em Faro``: an extension left open leads to the same desk, and a town that a small word parts from its street is no
other place. Every look is bounded, so the cost is linear in the number of candidates.
"""

# ruff: noqa: E501, RUF001, RUF002 - lists of words; letters of every script

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pratique.detect.entities.families import family_of
from pratique.detect.names import FAMILY, GIVEN, key, names
from pratique.detect.overlaps import CERTAIN, Candidate

PHONE: Final = "PHONE_NUMBER"
ADDRESS: Final = "ADDRESS"
LOCATION: Final = "LOCATION"
PERSON: Final = "PERSON"
AGE: Final = "AGE"
CODE: Final = "ID_CODE"
_LEAST_DIGITS: Final = 7
"""Of a number that the model does not call a telephone's, though an extension is behind it."""
_REACH: Final = 32
_GAP: Final = 24
"""Characters between two parts of one address, at most."""

_WORDS = (
    "ext|extn|extension|extensión|extensão|extensie|ramal|anexo|poste|interno|int|interior|durchwahl|dw|nebenstelle|nst|app|apparat|"
    "toestel|tst|wew|wewn|linka|kl|klapka|mellék|вътр|вътрешен|εσωτ|εσωτερικό|kućni|kuć|lokal|lok|interni|anknytning|ankn|alanumero|"
    "alanro|vidinis|vid|iekšējais|sise|dahili|доб|вн"
)
_LETTERS = "w|m|l|p|в"
"""Of one letter, which a dot ends."""
_NUMBERED = r"[ \u00a0]?(?:nr\.? ?|no\.? ?|n\.º ?)?-?[0-9]{1,6}"
_EXTENSION = re.compile(
    rf"[,;]?\s{{0,2}}(?:\((?i:{_WORDS}|{_LETTERS}|x)[.:]{{0,2}}{_NUMBERED}\)"
    rf"|(?<!\w)(?i:(?:{_WORDS}|x)[.:]{{0,2}}|(?:{_LETTERS})\.)\s?{_NUMBERED}(?![\w%€$£]|[.,:/-][0-9]))"
)
"""A word for an extension and its digits, in brackets or not."""
_LONG_DISTANCE = re.compile(r"(?<![\w.,/+-])1[ .-]?\Z")
_LEAST: Final = 3

_GIVEN_BEHIND = re.compile(
    r",\s((?!and\b)[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:-[^\W\d_]+)?)(?: [^\W\d_a-zß-öø-ÿ]\.)?(?![\w-])(?!,? (?:and|und|et|y|e|i|a|&) |, [^\W\d_a-zß-öø-ÿ])"
)
_SPEAKER = re.compile(r"^[ \t]*(?:\[[^\]\n]{1,24}\][ \t]*)?([^\W\d_]{3,20}) ?:[ \t]", re.MULTILINE)
_SPEAKER_SCORE: Final = 0.6
_LISTED_BEFORE = re.compile(r"(?:,|\band|&) \Z")
_MARIA = re.compile(r"(?<![\w.])M(?:ª|\.ª|a\.) ?\Z")
_AGE_BEHIND = re.compile(r", ([1-9][0-9])(?=,\s[^\W\d])")
_LEAST_AGE, _AGE_SCORE = 8, 0.6

_PLACE_WORDS = (
    "гр|с|общ|обл|р-н|ж\\.к|жк|кв|ул|бул|пл|м|loc|localitatea|mun|municipiul|oraș|orașul|com|comuna|sat|satul|jud|județul|str|"
    "urb|urbanización|urbanização|polígono|residencial|c/o|Απ|οδός|οδ|λεωφ|πλ|ulica|ul|aleja|al|osiedle|os|pl|nám|tř|"
    "intrarea|aleea|calea|bd|b-dul|via|viale|calle|avda|rua|av|bât|résidence|lieu-dit|apdo|apartado"
)
_BEFORE = re.compile(rf"(?<![\w.])(?:(?i:{_PLACE_WORDS})\.?[ \u00a0]?|(?i:c/o) [^\n,;]{{2,40}}(?:, |\r?\n))\Z")
"""What says that a street or a place follows, right before it; or with whom somebody lives there."""
_CODE_LABELS = "PSČ|PLZ|C\\.? ?P\\.?|CAP|Τ\\.? ?Κ\\.?|ΤΚ|п\\. ?к\\.|ПК|cod(?:ul)? po[sșş]tal|cod|kod(?: pocztowy)?|irsz\\.?|postnr\\.?|code postal|código postal|pašto kodas"
_SMALL = (
    "em|en|à|a|in|w|we|v|ve|u|te|la|în|din|de|di|na|в|във|у|στην|στο|στη|στον|от|από|i|"
    "гр\\.|с\\.|г\\.|м\\.|loc\\.|mun\\.|localitatea|municipiul|orașul|com\\.|comuna|jud\\.|județul|freguesia de|concelho de|localidad de|localité de|miasto|obec|město|mesto"
)
_JOINT = re.compile(
    rf"[ \u00a0]?[,;·–-]?\s{{0,2}}(?:\(?(?i:{_CODE_LABELS}):?[ \u00a0]?|(?i:{_SMALL})[ \u00a0]{{0,2}}){{1,2}}\(?|[ \u00a0]\("
)
"""What stands between two parts of one address, with a word in it."""
_ENGLISH_IN = re.compile(r"\s(?:in|a|i)\s", re.IGNORECASE)


def completed(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, telephone numbers with their extensions, addresses with what names them and their towns.

    Names have the given name behind a surname and a comma (``Petersen, Cem``). A number between commas behind a name
    is an age: ``Anna Berg, 34, of Leeds``.
    ``text``: as it was read. What is joined has the type ADDRESS, the higher of both scores, and the detector of the
    part that stands first. Everything else is as it was.
    """
    whole: list[Candidate] = []
    places: list[Candidate] = []
    for c in candidates:
        if c.score < CERTAIN:
            whole.append(c)
        elif c.entity == PHONE or (c.entity == CODE and sum(map(str.isdigit, text[c.start : c.end])) >= _LEAST_DIGITS):
            whole.append(_whole_number(text, c))
        elif c.entity == PERSON:
            name = _whole_name(text, c)
            whole += [name, *_age(text, name)]
        elif c.entity in {ADDRESS, LOCATION} or family_of(c.entity) == "address":
            places.append(c)
        else:
            whole.append(c)
    return [*whole, *_joined(text, places), *_speakers(text, candidates)]


def _whole_number(text: str, phone: Candidate) -> Candidate:
    """With its extension, and the 1 that North Americans dial before an area code."""
    after = _EXTENSION.match(text, phone.end, phone.end + _REACH)
    before = (
        _LONG_DISTANCE.search(text, max(0, phone.start - _LEAST), phone.start) if text[phone.start] == "(" else None
    )
    if after is None and before is None:
        return phone
    start = phone.start if before is None else before.start()
    return replace(phone, start=start, end=phone.end if after is None else after.end())


def _whole_name(text: str, name: Candidate) -> Candidate:
    """With the given name behind a surname and a comma, where no list of people goes on behind it."""
    start = _begun_name(text, name.start)
    name = name if start == name.start else replace(name, start=start)
    said = text[name.start : name.end]
    if " " in said.strip() or not _has(said, FAMILY, without=GIVEN):
        return name
    given = _GIVEN_BEHIND.match(text, name.end, name.end + _REACH)
    if (
        given is None
        or not _has(given[1], GIVEN)
        or _LISTED_BEFORE.search(text, max(0, name.start - _LEAST), name.start)
    ):
        return name
    return replace(name, end=given.end())


def _begun_name(text: str, start: int) -> int:
    """With a short form of María before it."""
    found = _MARIA.search(text, max(0, start - _LEAST - 2), start)
    return start if found is None else found.start()


def _has(word: str, kind: int, *, without: int = 0) -> bool:
    """Whether the lists know a word, or its part behind a hyphen, as of that kind, and not as one to do ``without``."""
    kinds = [names().kinds.get(key(part), 0) for part in word.split("-")]
    return any(its & kind for its in kinds) and not (len(kinds) == 1 and kinds[0] & without)


def _speakers(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Given names that lines of a chat begin with (``Ana: ok``), if two lines do; what the model is the less sure of,
    the less is said in a line.
    """
    if "\n" not in text or not candidates:
        return []
    lines = [m for m in _SPEAKER.finditer(text) if names().kinds.get(key(m[1]), 0) & GIVEN]
    if len(lines) < 2:  # noqa: PLR2004 - one line is a label
        return []
    like = replace(candidates[0], entity=PERSON, score=_SPEAKER_SCORE, validated=False, label=0, words=0)
    return [replace(like, start=m.start(1), end=m.end(1)) for m in lines]


def _age(text: str, name: Candidate) -> list[Candidate]:
    found = _AGE_BEHIND.match(text, name.end, name.end + _LEAST_AGE)
    return (
        [] if found is None else [replace(name, start=found.start(1), end=found.end(1), entity=AGE, score=_AGE_SCORE)]
    )


def _joined(text: str, places: Sequence[Candidate]) -> list[Candidate]:
    """Addresses with the places behind them that no more than a small word or the label of a postcode parts."""
    joined: list[Candidate] = []
    last: int | None = None
    """Where in ``joined`` the address is that reaches farthest."""
    for c in sorted(places, key=lambda c: (c.start, -c.end)):
        if last is not None and _is_one(text, joined[last], c):
            joined[last] = replace(joined[last], end=_closed(text, c.end), score=max(joined[last].score, c.score))
            continue
        start = _begun(text, c) if c.entity == ADDRESS else c.start
        joined.append(c if start == c.start else replace(c, start=start))
        if c.entity == ADDRESS and (last is None or c.end >= joined[last].end):
            last = len(joined) - 1
    return joined


def _is_one(text: str, first: Candidate, second: Candidate) -> bool:
    gap = text[first.end : second.start]
    if not 0 < len(gap) <= _GAP or second.start < first.end:
        return False
    return _JOINT.fullmatch(gap) is not None and not (second.entity == LOCATION and _ENGLISH_IN.fullmatch(gap))


def _closed(text: str, end: int) -> int:
    """With the bracket that a postcode stands in."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[max(0, end - _GAP) : end] else end


def _begun(text: str, address: Candidate) -> int:
    """Where an address begins, with the word that says what its first name is of."""
    found = _BEFORE.search(text, max(0, address.start - 2 * _REACH), address.start)
    return address.start if found is None else found.start()
