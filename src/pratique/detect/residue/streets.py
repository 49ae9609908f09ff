"""Postal addresses: a word for a street in the languages of Europe, a name, and the number of a house."""

# ruff: noqa: SIM905 - lists of words, as they are read

import re
from collections.abc import Iterator

from pratique.detect.residue.characters import fold
from pratique.detect.residue.codes import Found

_ENDINGS = tuple(
    "strasse str gasse weg platz allee damm ufer ring chaussee straat laan plein gracht kade singel gade vej "
    "alle stien torv gatan gata vagen vag grand torg veien vei plass katu tie kuja polku tanav puiestee "
    "maantee gatve utca utja koz iela stigur vegur sokak caddesi".split()
)
"""How the name of a street ends where name and word are one, or stand side by side with the word behind."""
_BEFORE = frozenset(
    "rue avenue boulevard route square sentier cours ronda calea rond lungarno contrada impasse chemin allee "
    "quai place via viale piazza corso largo vicolo calle avenida plaza paseo rua travessa praca ul ulica "
    "ulice ulicy aleja al pl plac os osiedle nabrezi namesti namestie trg cesta strada str bulevardul bd "
    "aleea soseaua triq sraid bothar odos od leoforos plateia bul ulitsa vul vulytsia prospekt ulitsya avda "
    "pza utca".split()
)
"""Words for a street that stand before its name."""
_AFTER = frozenset("street road avenue lane drive court close way crescent terrace square sok cad cd blv bulvari mah "
        "prospektas g gt pr tee puiestee iela bulvaris ul utca ut ter korut krt".split())  # fmt: skip
"""Words for a street that stand behind its name."""
_ENGLISH = frozenset("street road avenue lane drive court close way crescent terrace square".split())

_HOUSE = re.compile(
    r"(?:[,.]? |,? ?(?:n|no|nr|č\. ?p)\.?º? ?|\.)([0-9]{1,4}(?:[/-][0-9]{1,4})?[A-Za-z]?)"
    r"(?![\w%€$£/-]|[.:,][0-9]| [0-9]{3})"
)
_POSTCODE = "(?:[0-9]{2}-[0-9]{3}|[0-9]{3} [0-9]{2}|[0-9]{4}-[0-9]{3}|[0-9]{4} ?[A-Z]{2}|[0-9]{4,5})"
_LINE = re.compile(
    r"(?<![^\W_])[^\W\d_][^\n,;:|@]{2,40} [0-9]{1,4}(?:[/-][0-9]{1,4})?[A-Za-z]?"
    r"(?:,[^,\n;:@]{1,25}){0,2}(?:, ?|\n| - )"
    rf"(?:[A-Z]{{1,2}}-|[T\u03a4]\.?[K\u039a]\.? ?)?{_POSTCODE},?[ \t]{{1,2}}(?=[^\W\d_a-z])"
)
"""Anything with a number, and a postcode with a town behind it: an address in any language."""
_FRONT = re.compile(r"(?<![\w./:-])(?!(?:19|20)[0-9]{2}\b)[0-9]{1,4}[A-Za-z]?(?: ?(?:bis|ter))?,? (?=[^\W\d_])")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_][\w\u0300-\u036f]*(?:['.-][^\W\d_][\w\u0300-\u036f]*)*\.?")
_ALSO_WORDS = frozenset("al os pl cours route str".split())
"""Of these, words of a sentence: a street only with a full stop behind, or a capital."""
_STOPS = "\n\t;:()|@,"
"""What no name of a street reaches over."""
_REACH = 60
"""Characters before a house's number in which the street's name begins."""
_MOST_WORDS = 5
"""Words of the longest name of a street."""
_SHORTEST = 3
"""Letters of the shortest name to which an ending is added."""


def addresses(text: str) -> Iterator[Found]:
    """Both orders: ``Musterstraße 5``, ``Calle Mayor, 3``; and ``12 rue de la Paix``, ``5 High Street``.

    The English form alone is also the title of a film: it counts for 0.6 only where a town or a postcode follows.
    """
    for m in _HOUSE.finditer(text):
        start = _name_before(text, m.start())
        if start is not None:
            yield start, m.end(1), "ADDRESS", 0.65
    for m in _FRONT.finditer(text):
        yield from _behind(text, m)
    for m in _LINE.finditer(text):
        if m[0][0].isupper():
            yield m.start(), m.end(), "ADDRESS", 0.65


def _capital(word: str) -> bool:
    return word[0].isupper()


def _name_before(text: str, end: int) -> int | None:
    """Where the street begins whose name ends at ``end``; None where there is none."""
    near = text[max(0, end - _REACH) : end]
    begin = end - len(near) + max(map(near.rfind, _STOPS)) + 1
    words = list(_WORD.finditer(text, begin, end))[-_MOST_WORDS:]
    if not words or words[-1].end() < end - 1:
        return None
    last = fold(words[-1][0]).rstrip(".")
    if _capital(words[-1][0]) or len(words) > 1:
        # One word with its ending, or a capitalised word before the ending.
        stem = next((last[: -len(ending)] for ending in _ENDINGS if last.endswith(ending)), None)
        if stem is not None and len(stem) >= _SHORTEST and _capital(words[-1][0]):
            return words[-1].start()
        if (stem == "" or last in _AFTER) and len(words) > 1 and _capital(words[-2][0]):
            return words[-2].start() if last not in _ENGLISH else None
    if not _capital(words[-1][0]):
        return None
    for word in reversed(words[:-1]):
        folded = fold(word[0])
        if folded.rstrip(".") in _BEFORE and (folded not in _ALSO_WORDS or _capital(word[0])):
            return word.start()
    return None


def _behind(text: str, front: re.Match[str]) -> Iterator[Found]:
    near = text[front.end() : front.end() + _REACH]
    stop = front.end() + min(place for sign in _STOPS if (place := (near + sign).find(sign)) >= 0)
    words = list(_WORD.finditer(text, front.end(), stop))[: _MOST_WORDS + 1]
    if not words or words[0].start() != front.end():
        return
    if fold(words[0][0]).rstrip(".") in _BEFORE:
        named = next((word for word in words[1:] if _capital(word[0])), None)
        if named is not None:
            yield front.start(), named.end(), "ADDRESS", 0.65
        return
    for place, word in enumerate(words):
        if not _capital(word[0]):
            return
        if place and fold(word[0]).rstrip(".") in _ENGLISH:
            town = re.match(r",? [A-Z0-9][A-Za-z0-9]", text[word.end() : word.end() + 5]) is not None
            yield front.start(), word.end(), "ADDRESS", 0.65 if town else 0.5
            return


SIGNS = (
    f"(?:(?:^|[^a-z0-9])(?:{'|'.join(sorted(_BEFORE | _AFTER))})|{'|'.join(sorted(_ENDINGS))})(?:$|[^a-z0-9])"
    f"|{_POSTCODE},?[ \t]{{1,2}}[^\x00-@]"
)
"""An RE2 pattern, case-insensitive: every text of ASCII alone in which a word for a street or a postcode stands."""

ENTITIES = frozenset({"ADDRESS"})

SCANS = (addresses,)
