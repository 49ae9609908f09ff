"""shift_date: every date of one person moves by the same secret number of days.

Intervals between the dates of a person stay exact; weekday, season and order between persons are lost. The
number of days is HMAC-SHA-256 of the subject's normal form under the plan's key, its first 128 bits modulo the
range, never 0.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pratique.crypto.mac import HmacKey
from pratique.crypto.secret import Unpicklable
from pratique.errors import TransformError
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.normalise import normal_many
from pratique.ports import REFUSED, KeyStore, Secret, Treated
from pratique.transform.common import (
    Base,
    Bools,
    BoundBase,
    check_text,
    derived,
    matches,
    text_of,
    to_bools,
    whole_number,
)
from pratique.transform.dates import IN_TEXT, ISO, MAX_ORDINAL, DateFormat, DateText, Days, parse_formats, read

KEY_SIZE = 32
UNIX = {"unix": 86_400, "unix_ms": 86_400_000}
"""Formats of whole numbers: seconds and milliseconds since 1970, and what a day is in them."""
_EPOCH = 719_163
"""1 January 1970 as an ordinal."""


class ShiftDate(Base):
    """Parameters: ``days`` (1 to 36500, default 365: the furthest that a date moves either way); ``format`` (default
    ``iso``, in free text those of `dates.IN_TEXT`; patterns as `dates` says; for whole numbers ``unix`` or
    ``unix_ms``); ``subject`` (the entity type of the subject's field, for its normal form; default none, which is NFC
    and trim).

    A value that is no date of the format is refused; in free text it becomes ``<ENTITY>`` instead (*last Tuesday*), so
    that nothing passes.

    The inverse may have the subject only as a token gives it back, in the normal form of its type. So the compiler must
    fill in ``subject`` with the type that the subject's own rule goes by, or the days would differ.

    Needs a subject: without one a value is refused. The limit: who knows one true date of a person knows them all.
    """

    name = "shift_date"
    reversible = True
    keyed = True
    needs_subject = True
    loses = "the true date; intervals within one subject stay"
    _OWN = {"days": (int,), "format": (str,), "subject": (str,)}  # noqa: RUF012 - declared ClassVar in the base

    def check(
        self,
        spec: TransformSpec,
        kinds: frozenset[Kind],
        entity: str,  # noqa: ARG002
        *,
        in_text: bool,
    ) -> Mapping[str, Scalar]:
        """The three parameters, complete, and whether it is for free text. A domain may be given."""
        usual = IN_TEXT if in_text else ISO
        params: dict[str, Scalar] = {"days": 365, "format": usual, "subject": "", **self.read(spec)}
        if spec.domain is not None:
            check_text(self.name, "domain", spec.domain)
        check_text(self.name, "subject", str(params["subject"]))
        whole_number(self.name, params, "days", 1, 36_500)
        pattern = str(params["format"])
        numbers = bool(kinds & {Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN})
        if pattern in UNIX:
            if in_text or kinds - {Kind.INTEGER, Kind.NULL}:
                raise TransformError(f"shift_date: format {pattern} is for fields of whole numbers")
            return params
        if numbers:
            raise TransformError("shift_date: a number has no date format", do="say format: unix or unix_ms")
        parse_formats(self.name, pattern)
        return params | {"in_text": True} if in_text else params

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:
        """Text stays text, whole numbers stay whole numbers."""
        kind = Kind.INTEGER if params["format"] in UNIX else Kind.STRING
        return frozenset({kind}) | (kinds & {Kind.NULL})

    def output_logical(self, params: Mapping[str, Scalar], logical: str) -> str:
        """A date stays a date, and a time a time: only the day in their text moves."""
        return logical if params["format"] == ISO and logical.startswith(("date", "timestamp")) else ""

    def emits(self, entity: str) -> frozenset[str]:
        """Shifted dates are dates."""
        return frozenset({entity, "DATE_TIME", "DATE_OF_BIRTH"})

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundShift":
        """Raises `KeyStoreError` where the key is missing."""
        key, _ = derived(applied, keys, "shift_date", KEY_SIZE)
        params = applied.params
        otherwise: Treated = f"<{applied.entity}>" if params.get("in_text") else REFUSED
        return BoundShift(key, int(params["days"]), str(params["format"]), str(params["subject"]), otherwise)


class BoundShift(BoundBase, Unpicklable):
    """Moves dates under one key."""

    def __init__(self, key: Secret, days: int, pattern: str, subject: str = "", otherwise: Treated = REFUSED) -> None:
        """``otherwise`` stands for a text that is no date of the formats."""
        self._key = HmacKey(key)
        self._subject = subject
        self._otherwise = otherwise
        self._days = days
        self._unit = UNIX.get(pattern)
        self._formats: tuple[DateFormat, ...] = () if self._unit else parse_formats("shift_date", pattern)

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """The moved dates. What is no date of the formats is `REFUSED`, in free text ``<ENTITY>``; what has no subject
        is refused everywhere.
        """
        return self._shift(values, subjects, 1)

    def invert(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """The true dates, day and month with two digits."""
        return self._shift(values, subjects, -1)

    def _shift(self, values: Sequence[Scalar], subjects: Sequence[str] | None, sign: int) -> list[Treated]:
        if subjects is None:
            return [REFUSED] * len(values)
        offsets = self._offsets(subjects, sign)
        if self._unit:
            return [self._number(v, offsets.get(s)) for v, s in zip(values, subjects, strict=True)]
        return self._texts(values, subjects, offsets, sign)

    def _offsets(self, subjects: Sequence[str], sign: int) -> dict[str, int]:
        """Days by distinct subject; what names nobody (no text, an empty one, lone surrogates) has none."""
        named = [s for s in dict.fromkeys(subjects) if isinstance(s, str) and text_of(s) is not None and s.strip()]
        codes = self._key.many(form.encode() for form in normal_many(self._subject, named))
        offsets: dict[str, int] = {}
        for subject, code in zip(named, codes, strict=True):
            offset = int.from_bytes(code[:16]) % (2 * self._days) - self._days
            offsets[subject] = sign * (offset + 1 if offset >= 0 else offset)
        return offsets

    def _texts(
        self, values: Sequence[Scalar], subjects: Sequence[str], offsets: Mapping[str, int], sign: int
    ) -> list[Treated]:
        written = {(f.pattern, p): Days(f, padded=p) for f in self._formats for p in (True, False)}
        found: dict[str, tuple[DateText, Days]] = {}
        for text in _distinct(values):
            got = read(text, self._formats)
            if got is not None:
                # Back in time the style is unknown (12-12 shows none): the normal form has two digits.
                found[text] = got, written[got.format.pattern, got.padded or sign < 0]
        out: list[Treated] = []
        for value, subject in zip(values, subjects, strict=True):
            pair = found.get(value) if type(value) is str else None
            offset = offsets.get(subject)
            moved = pair[1][pair[0].ordinal + offset] if pair is not None and offset else None
            if pair is not None and moved is not None:
                out.append(f"{pair[0].before}{moved}{pair[0].after}")
            else:
                out.append(self._otherwise if offset and type(value) is str else REFUSED)
        return out

    def _number(self, value: Scalar, offset: int | None) -> Treated:
        if type(value) is not int or not offset or self._unit is None:
            return REFUSED
        moved = value + offset * self._unit
        within = all(1 <= n // self._unit + _EPOCH <= MAX_ORDINAL for n in (value, moved))
        return moved if within else REFUSED

    def fits(self, values: pa.Array) -> Bools:
        """A date of one of the formats, in free text also ``<ENTITY>``; of numbers, a time of the years 1 to 9999."""
        if self._unit is None:
            grammars = [_nameless(f.grammar) for f in self._formats]
            constant = [re.escape(self._otherwise)] if isinstance(self._otherwise, str) else []
            return matches(values, "|".join(grammars + constant))
        if not pa.types.is_signed_integer(values.type):
            return to_bools(values.is_null(), null=True)
        low, high = (1 - _EPOCH) * self._unit, (MAX_ORDINAL + 1 - _EPOCH) * self._unit - 1
        inside = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
        return to_bools(inside, null=True)


def _distinct(values: Iterable[Scalar]) -> set[str]:
    return {v for v in values if type(v) is str}


def _nameless(grammar: str) -> str:
    """Several formats in one pattern may not repeat the names of groups."""
    for name in ("date", "Y", "y", "m", "d", "b", "B"):
        grammar = grammar.replace(f"(?P<{name}>", "(?:")
    return grammar
