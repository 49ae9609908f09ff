"""`ResidueDetector`: every scan of this package over many texts, with a vectorised first look.

Scores of 0.6 and more are for what is validated or unmistakable; below that a look-alike is reported for those who ask
for lower scores. Not looked for: dates, bare domains, single names, national telephone numbers without a country code,
UUIDs. Text is read as it stands: base64, percent-encoding and the like are not undone.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.detect.residue import (
    addresses,
    cards,
    coded,
    codes,
    coins,
    credentials,
    labels,
    national,
    people,
    phones,
    streets,
)
from pratique.detect.residue.characters import ODD, plain, seen
from pratique.detect.residue.codes import IBAN_LENGTHS, Found
from pratique.detect.residue.national import of_number
from pratique.detect.residue.numbers import numbers
from pratique.model.catalogue import Finding

DETECTOR = "residue"

_SIGNS = (
    addresses.SIGNS,
    phones.SIGNS,
    r"\b9[0-9]{2}[- ][0-9]{2}[- ][0-9]{4}\b",
    r"(?:[0-9A-F]{1,4}:){6}",
    r"\b(?:[0-9A-F]{2}[:-]){5}",
    r"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
    r"(?:\+|\b00)[ (]{0,2}[1-9][0-9() ./-]{4}",
    # Nine digits and more that one and the same separator may part, or none, and that no letter touches.
    r"\b[0-9](?: ?[0-9]){8,18}\b",
    r"\b[0-9](?: ?-? ?[0-9]){8,18}\b",
    r"\b[0-9](?: ?\.? ?[0-9]){8,18}\b",
    r"\b[0-9](?: ?/? ?[0-9]){8,18}\b",
    # Codes of letters and digits.
    "(?:^|[^A-Z0-9])(?:" + "|".join(sorted(IBAN_LENGTHS)) + r")[0-9]{2}[ -]?[A-Z0-9]",
    r"\b[0-9]{7,8}[ -]?[A-Z]{1,2}\b|\b[0-9]{2}\.[0-9]{3}\.[0-9]{3}[ -]?[A-Z]\b",
    r"\b[XYZ]-?[0-9]{7}-?[A-Z]\b",
    r"\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z]",
    r"\b[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]\b",
    r"\b[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",
    r"\b(?:[0-9]{2}\.){2}[0-9]{2}-[0-9]{3}[.-]",
    r"\b[12] ?[0-9]{2} ?[0-9]{2} ?2[AB]",
)
"""RE2, case-insensitive: what every finding but a name shows. Wide on purpose; the scans decide. RE2 counts ASCII
alone as words, so its ``\\b`` holds wherever the scans' own Unicode boundaries do."""

_FIRST_LOOK = f"(?i){ODD}|" + "|".join(_SIGNS)
_TWO_WORDS = r"[\pL\p{Nl}\p{No}]\pM*(?:, ?|\.?\s{1,9})[\pL\p{Nl}\p{No}]"
"""Two words side by side: without that there is no name."""

_LETTER, _NUMBER_OR_VALUE = r"[^\x00-@]", r"[0-9:=-]"
_SECOND_LOOKS = tuple(
    f"(?i){signs}"
    for signs in (f"{coins.SIGNS}|{credentials.SIGNS}", cards.SIGNS, labels.SIGNS, streets.SIGNS, labels.SPELT)
)
"""What only a value with a letter shows, and one with a digit or the sign of a value. Each is an automaton of its own:
of all together it would outgrow its memory. Labels and streets are looked for in ASCII: any other letter is a sign."""

_FEW, _SHORT = 64, 1 << 13
"""Values, and bytes of all of them, up to which the scans cost less than compiling the first look does."""

_ROOMS = (codes, cards, addresses, phones, coded, people, streets, coins, credentials)
_LETTERED = (coded, people, streets, coins, credentials)
"""Those of them that find nothing where no letter is."""

_Scan = Callable[[str], Iterable[Found]]


def _digit_scan(text: str) -> Iterator[Found]:
    for number in numbers(text):
        told = None
        for entity, score in of_number(number):
            if score < national.LABELLED and told is None:
                told = labels.before(text, number.start) in (labels.Label.NUMBER, labels.Label.DOCUMENT)
            yield number.start, number.end, entity, national.LABELLED if told and score < national.LABELLED else score


_NOT_LOOKED_FOR = re.compile(
    r"(?<![\w-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![\w-])"
    r"|\[-?[0-9.]{1,30},-?[0-9.]{1,30}\)"
)
"""UUIDs, and ranges as `generalise` writes them: what looks like a number inside them is none."""
_BLANK = "|"


_SCANS: tuple[_Scan, ...] = (_digit_scan, *(scan for room in _ROOMS for scan in room.SCANS))
_LETTERLESS: tuple[_Scan, ...] = (
    _digit_scan,
    *(scan for room in _ROOMS if room not in _LETTERED for scan in room.SCANS),
)
_ANY_LETTER = re.compile(r"[^\x00-@]")


def _scans(text: str) -> tuple[_Scan, ...]:
    return _SCANS if _ANY_LETTER.search(text) else _LETTERLESS


def _scan(text: str) -> Iterator[Found]:
    """All that is found in the text as it is written, and in what people see of it."""
    flat = plain(text)
    flat = _NOT_LOOKED_FOR.sub(lambda m: _BLANK * len(m[0]), flat)
    for scan in _scans(flat):
        yield from scan(flat)
    if (left := seen(flat)) is not None:
        shown, places = left
        for scan in _scans(shown):
            for start, end, entity, score in scan(shown):
                yield places[start], places[end - 1] + 1, entity, score


class ResidueDetector:
    """Independent detection for the gate. Deterministic, stateless, safe in threads; never raises on any text."""

    @property
    def digests(self) -> Mapping[str, str]:
        """One entry, ``residue``: SHA-256 over the code and name lists of this package."""
        return {DETECTOR: _digest()}

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        return national.ENTITIES.union(*(room.ENTITIES for room in _ROOMS))

    def find_many(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Findings of each text, sorted by start. Overlapping types are all told: the gate asks what may be there."""
        return [self._find(text) for text in texts]

    def _find(self, text: str) -> list[Finding]:
        best: dict[tuple[int, int, str], float] = {}
        for start, end, entity, score in _scan(text):
            place = (start, end, entity)
            best[place] = max(score, best.get(place, 0.0))
        return sorted(Finding(*place, score, DETECTOR) for place, score in best.items())

    def find_any(self, values: pa.Array, score: float) -> npt.NDArray[np.bool_]:
        """Which values (strings, no nulls) may hold a finding at or above ``score``. False is certain, True is not."""
        if len(values) == 0 or score > 1:
            return np.zeros(len(values), dtype=bool)
        if len(values) <= _FEW and values.nbytes <= _SHORT:
            listed = self.find_many(values.to_pylist())
            return np.array([any(f.score >= score for f in findings) for findings in listed], dtype=bool)
        found = _matches(values, _FIRST_LOOK)
        left = np.flatnonzero(~found)
        left = left[_matches(values.take(pa.array(left)), _LETTER)]
        left = left[_matches(values.take(pa.array(left)), _NUMBER_OR_VALUE)]
        rest = values.take(pa.array(left))
        marked = ~np.asarray(pc.string_is_ascii(rest).to_numpy(zero_copy_only=False), dtype=np.bool_)
        for look in _SECOND_LOOKS:
            marked |= _matches(rest, look)
        found[left] = marked
        rest = ~found
        named = np.flatnonzero(rest)[_matches(values.filter(pa.array(rest)), _TWO_WORDS)]
        if len(named):
            texts = values.take(pa.array(named)).to_pylist()
            found[named] = [people.may_hold(plain(text)) for text in texts]
        return found


def _matches(values: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    matched = pc.match_substring_regex(values, pattern)
    return np.asarray(matched.to_numpy(zero_copy_only=False), dtype=np.bool_)


@cache
def _digest() -> str:
    total = hashlib.sha256()
    root = files("pratique.detect.residue")
    entries = [*root.iterdir(), *root.joinpath("data").iterdir()]
    for entry in sorted((e for e in entries if e.name.endswith((".py", ".txt"))), key=lambda e: e.name):
        content = entry.read_bytes()
        total.update(f"{entry.name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()
