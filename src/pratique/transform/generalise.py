"""generalise: a coarser value in place of a fine one: the year of a date, the range of a number, the network of an
address, the beginning of a postcode.
"""

import ipaddress
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal, InvalidOperation

import pyarrow as pa

from pratique.errors import TransformError
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.normalise import normal
from pratique.ports import REFUSED, KeyStore, Treated
from pratique.transform.common import Base, Bools, BoundBase, matches, texts_of, whole_number
from pratique.transform.dates import IN_TEXT, ISO, DateFormat, parse_formats, read

DATES = frozenset({"year", "quarter", "month"})
TO = DATES | {"bins", "network", "first"}
_DATE_ENTITIES = frozenset({"DATE_TIME", "DATE", "DATE_OF_BIRTH", "BIRTH_DATE"})
_YEAR_IN_TEXT = re.compile(r"(?<![0-9])(?:1[89]|20|21)[0-9]{2}(?![0-9])")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?")
_LARGEST = Decimal(10) ** 15
_FINEST = Decimal("1e-9")
_EXACT = Context(prec=60)
_RANGE = r"\[-?[0-9]+(?:\.[0-9]+)?,-?[0-9]+(?:\.[0-9]+)?\)"
_MAX_FIRST = 32


class Generalise(Base):
    """Parameters, of which the entity type or the field's kind decides what is not said.

    - ``to: year`` (default for dates), ``quarter``, ``month``, with ``format`` as in `dates` (default ``iso``);
    - ``bins``: for numbers, the width of the ranges (``10``) or their edges, ascending (``"18,30,65"``);
    - ``to: network`` (default for ``IP_ADDRESS``): IPv4 to /24, IPv6 to /48;
    - ``first``: the first so many characters, of postcodes.

    The outputs are texts: ``2024``, ``2024-Q1``, ``2024-01``, ``[20,30)``, ``192.0.2.0/24``, ``10``. A value that
    cannot be read is refused; in free text it becomes ``<ENTITY>`` instead, so that nothing passes.
    """

    name = "generalise"
    loses = "detail; the coarser value stays"
    _OWN = {"to": (str,), "format": (str,), "bins": (int, float, str), "first": (int,)}  # noqa: RUF012 - see the base

    def check(self, spec: TransformSpec, kinds: frozenset[Kind], entity: str, *, in_text: bool) -> Mapping[str, Scalar]:
        """``to`` and what belongs to it, complete."""
        params = self.read(spec)
        to = params["to"] if "to" in params else _default(params, kinds, entity)
        params["to"] = to
        if to not in TO:
            raise TransformError(f"generalise: to is not one of {', '.join(sorted(TO))}")
        belongs = {"bins": "bins", "first": "first"}.get(str(to), "format" if to in DATES else "")
        for name in ("bins", "first", "format"):
            if name in params and name != belongs:
                raise TransformError(f"generalise: {name} does not go with to: {to}")
        if to in DATES:
            pattern = params.setdefault("format", IN_TEXT if in_text else ISO)
            parse_formats(self.name, str(pattern))
            if kinds & {Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN}:
                raise TransformError(f"generalise: to: {to} is for dates written as text")
        elif to == "bins":
            _edges(params.get("bins"))
        elif to == "first":
            if "first" not in params:
                raise TransformError("generalise: first is not given", do="say how many characters stay")
            whole_number(self.name, params, "first", 1, _MAX_FIRST)
        return params | {"in_text": in_text}

    def emits(self, entity: str) -> frozenset[str]:
        """The type itself, and what years and networks look like."""
        return frozenset({entity, "DATE_TIME", "DATE_OF_BIRTH", "IP_ADDRESS"})

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundGeneralise":  # noqa: ARG002
        """Needs no key."""
        return BoundGeneralise(applied)


def _default(params: Mapping[str, Scalar], kinds: frozenset[Kind], entity: str) -> str:
    if "bins" in params:
        return "bins"
    if "first" in params:
        return "first"
    if entity == "IP_ADDRESS":
        return "network"
    if entity in _DATE_ENTITIES or "format" in params:
        return "year"
    do = "say bins: WIDTH" if kinds & {Kind.INTEGER, Kind.DOUBLE} else "say to, bins or first"
    raise TransformError(f"generalise: to has no default for {entity}", do=do)


class BoundGeneralise(BoundBase):
    """Makes values coarser."""

    def __init__(self, applied: Applied) -> None:
        to = str(applied.params["to"])
        self._entity = applied.entity
        self._otherwise: Treated = f"<{applied.entity}>" if applied.params["in_text"] else REFUSED
        self._one: Callable[[str], str | None]
        if to in DATES:
            in_text = bool(applied.params["in_text"])
            self._one = _dates(to, parse_formats("generalise", str(applied.params["format"])), in_text=in_text)
            grammar = {"year": "[0-9]{4}", "quarter": "[0-9]{4}-Q[1-4]", "month": "[0-9]{4}-(?:0[1-9]|1[0-2])"}[to]
        elif to == "bins":
            self._one, grammar = _bins(applied.params["bins"])
        elif to == "network":
            self._one = _network
            grammar = r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.0/24|(?:[0-9a-f]{1,4}:){1,3}:/48|::/48"
        else:
            first = int(applied.params["first"])
            self._one = _beginning(first)
            grammar = f"[^ ](?s:.){{0,{first - 1}}}"
        self._grammar = grammar if self._otherwise is REFUSED else f"{grammar}|{re.escape(f'<{applied.entity}>')}"

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """The coarser texts; what cannot be read is `REFUSED`, in free text ``<ENTITY>``."""
        return [self._treat(value, text) for value, text in zip(values, texts_of(values), strict=True)]

    def _treat(self, value: Scalar, text: str | None) -> Treated:
        if text is None or type(value) is bool:
            return REFUSED
        found = self._one(normal(self._entity, text))
        return self._otherwise if found is None else found

    def fits(self, values: pa.Array) -> Bools:
        """A year, a range, a network, a beginning: whatever this one makes."""
        return matches(values, self._grammar)


def _dates(to: str, formats: Sequence[DateFormat], *, in_text: bool) -> Callable[[str], str | None]:
    def one(text: str) -> str | None:
        found = read(text, formats)
        if found is not None:
            day = date.fromordinal(found.ordinal)
            quarter = (day.month + 2) // 3
            return f"{day.year:04}" + {"year": "", "quarter": f"-Q{quarter}", "month": f"-{day.month:02}"}[to]
        # In a text, a year that stands there in full is certain whatever the order of day and month.
        years = set(_YEAR_IN_TEXT.findall(text)) if in_text and to == "year" else set()
        return years.pop() if len(years) == 1 else None

    return one


def _edges(bins: Scalar | None) -> Decimal | list[Decimal]:
    """The width of the ranges, or their edges; `TransformError` for anything else."""
    if bins is None:
        raise TransformError("generalise: bins is not given", do="say the width of the ranges, or their edges")
    try:
        numbers = [Decimal(str(part).strip()) for part in str(bins).split(",")]
    except InvalidOperation:
        raise TransformError("generalise: bins is not a number or numbers with commas") from None
    if not all(n.is_finite() and n.copy_abs() < _LARGEST and n == n.quantize(_FINEST, context=_EXACT) for n in numbers):
        raise TransformError("generalise: bins holds a number that is too large or too fine")
    if not isinstance(bins, str):
        if numbers[0] <= 0:
            raise TransformError("generalise: bins is not a positive width")
        return numbers[0]
    if sorted(set(numbers)) != numbers:
        raise TransformError("generalise: bins are not in ascending order")
    return numbers


def _bins(bins: Scalar) -> tuple[Callable[[str], str | None], str]:
    edges = _edges(bins)
    if isinstance(edges, Decimal):
        return _by_width(edges), _RANGE
    labels = [f"[{_plain(a)},{_plain(b)})" for a, b in itertools.pairwise(edges)]
    labels = [f"(-inf,{_plain(edges[0])})", *labels, f"[{_plain(edges[-1])},inf)"]

    def one(text: str) -> str | None:
        number = _decimal(text)
        return None if number is None else labels[sum(number >= edge for edge in edges)]

    return one, "|".join(re.escape(label) for label in labels)


def _by_width(width: Decimal) -> Callable[[str], str | None]:
    def one(text: str) -> str | None:
        number = _decimal(text)
        if number is None:
            return None
        low = _EXACT.multiply(_EXACT.divide(number, width).to_integral_value(ROUND_FLOOR), width)
        return f"[{_plain(low)},{_plain(_EXACT.add(low, width))})"

    return one


def _decimal(text: str) -> Decimal | None:
    """The number that a text writes, exactly; None for what is none, or too large."""
    number = Decimal(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and number.copy_abs() < _LARGEST else None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _network(text: str) -> str | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(ipaddress.IPv4Network((int(address) & ~0xFF, 24)))
    if address.ipv4_mapped is not None:
        return _network(str(address.ipv4_mapped))
    return str(ipaddress.IPv6Network((int(address) >> 80 << 80, 48)))


def _beginning(first: int) -> Callable[[str], str | None]:
    def one(text: str) -> str | None:
        # A value that is no longer than what may stay would pass as it is.
        return text[:first].rstrip() if len(text) > first else None

    return one
