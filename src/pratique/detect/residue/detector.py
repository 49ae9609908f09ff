"""`ResidueDetector`: every scan of this package over many texts, with a vectorised first look.

Scores of 0.6 and more are for what is validated or unmistakable; below that a look-alike is reported for those who ask
for lower scores. Not looked for: dates, bare domains, single names, national telephone numbers without a country code,
UUIDs. Text is read as it stands: base64, percent-encoding and the like are not undone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.detect.residue import addresses, codes, people, phones
from pratique.detect.residue.characters import ODD, plain, seen
from pratique.detect.residue.codes import IBAN_LENGTHS, Found
from pratique.detect.residue.numbers import BY_LENGTH, numbers, of_number
from pratique.model.catalogue import Finding

DETECTOR = "residue"

_SIGNS = (
    "@",
    "://",
    "::",
    r"(?:[0-9A-F]{1,4}:){6}",
    r"\b(?:[0-9A-F]{2}[:-]){5}",
    r"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
    r"(?:\+|\b00)[ (]{0,2}[1-9][0-9() ./-]{4}",
    # Nine digits and more that one and the same separator may part, or none, and that no letter touches.
    r"\b[0-9](?: ?[0-9]){8,18}\b",
    r"\b[0-9](?:-?[0-9]){8,18}\b",
    r"\b[0-9](?:\.?[0-9]){8,18}\b",
    r"\b[0-9](?:/?[0-9]){8,18}\b",
    # Codes of letters and digits.
    "(?:^|[^A-Z0-9])(?:" + "|".join(sorted(IBAN_LENGTHS)) + r")[0-9]{2}[ -]?[A-Z0-9]",
    r"\b[0-9]{7,8}-?[A-Z]{1,2}\b",
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

_FEW, _SHORT = 64, 1 << 13
"""Values, and bytes of all of them, up to which the scans cost less than compiling the first look does."""

_SCANS: tuple[Callable[[str], Iterable[Found]], ...] = (
    *codes.SCANS,
    *addresses.SCANS,
    *phones.SCANS,
    *people.SCANS,
)


def _digit_scan(text: str) -> Iterator[Found]:
    for number in numbers(text):
        for entity, score in of_number(number):
            yield number.start, number.end, entity, score


def _scan(text: str) -> Iterator[Found]:
    """All that is found in the text as it is written, and in what people see of it."""
    flat = plain(text)
    for scan in (_digit_scan, *_SCANS):
        yield from scan(flat)
    if (left := seen(flat)) is not None:
        shown, places = left
        for scan in (_digit_scan, *_SCANS):
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
        digits = frozenset(entity for checks in BY_LENGTH.values() for entity, _ in checks)
        return digits | {"CREDIT_CARD"} | codes.ENTITIES | addresses.ENTITIES | phones.ENTITIES | people.ENTITIES

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
