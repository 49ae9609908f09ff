"""Single values of Avro's logical types to the texts that stand for them, and back: `pratique.model.logical`, value by
value. Columns go by `pratique.formats.lowering`; a test holds both to the same texts.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from pratique.model.logical import DIGITS, Logical, binary_of, binary_text, read_logical

_EPOCH = dt.date(1970, 1, 1).toordinal()
_DAY = 86_400
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

Lower = Callable[[Any], str | None]
Raise = Callable[[str], Any]


def is_uuid(text: str) -> bool:
    """Whether a text is the one of a UUID."""
    return _UUID.fullmatch(text) is not None


def lower_with(logical: str) -> Lower:
    """What gives the text of a value as Avro stores it (a number, bytes, a text), or None where it has none."""
    known = read_logical(logical)
    assert known is not None
    if known.base == "date32":
        return _date_text
    if known.base in ("time32", "time64"):
        return lambda number: _time_text(number, known)
    if known.base == "timestamp":
        return lambda number: _instant_text(number, known)
    if known.base.startswith("decimal"):
        return lambda data: decimal_text(data, known)
    if known.base == "uuid":
        return _uuid_text
    return binary_text


def _date_text(days: int) -> str | None:
    if not 0 < days + _EPOCH <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(days + _EPOCH).isoformat()


def _time_text(number: int, known: Logical) -> str | None:
    digits = DIGITS[known.unit]
    seconds, fraction = divmod(number, 10**digits)
    if not 0 <= seconds < _DAY:
        return None
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{fraction:0{digits}}" if digits else text


def _instant_text(number: int, known: Logical) -> str | None:
    days, rest = divmod(number, _DAY * 10 ** DIGITS[known.unit])
    date = _date_text(days)
    return date and f"{date}T{_time_text(rest, known)}{'Z' if known.zone else ''}"


def decimal_text(data: bytes, known: Logical) -> str | None:
    """The digits of a decimal whose unscaled value stands in bytes, the high byte first."""
    number = int.from_bytes(data, "big", signed=True)
    if abs(number) >= 10**known.precision:
        return None
    if not known.scale:
        return str(number)
    digits = f"{abs(number):0{known.scale + 1}}"
    return f"{'-' if number < 0 else ''}{digits[: -known.scale]}.{digits[-known.scale :]}"


def _uuid_text(stored: str | bytes) -> str | None:
    if isinstance(stored, str):
        return stored if is_uuid(stored) else None
    digits = stored.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def raise_with(logical: str) -> Raise:
    """What gives the value as Avro stores it for its text; raises `ValueError` for a text that is no value's."""
    known = read_logical(logical)
    assert known is not None
    lower, up = lower_with(logical), _raiser(known)

    def raised(text: str) -> Any:
        stored = up(text)
        if stored is None or lower(stored) != text:
            raise ValueError
        return stored

    return raised


def _raiser(known: Logical) -> Callable[[str], Any]:  # noqa: PLR0911 - one return a type
    if known.base == "date32":
        return _days
    if known.base in ("time32", "time64"):
        return lambda text: _units(text, known)
    if known.base == "timestamp":
        day = _DAY * 10 ** DIGITS[known.unit]
        return lambda text: _long(_days(text[:10]) * day + _units(text[11:].removesuffix("Z"), known))
    if known.base.startswith("decimal"):
        return decimal_bytes
    if known.base == "uuid":
        return lambda text: text
    if known.base == "fixed_size_binary":
        return lambda text: _of_width(binary_of(text), known.width)
    return binary_of


def _days(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal() - _EPOCH


def _long(number: int) -> int | None:
    return number if -(1 << 63) <= number < 1 << 63 else None


def _units(text: str, known: Logical) -> int:
    digits = DIGITS[known.unit]
    hours, minutes, seconds = int(text[0:2]), int(text[3:5]), int(text[6:8])
    whole = hours * 3600 + minutes * 60 + seconds
    return int(f"{whole}{text[9:]}") if digits and len(text) == 9 + digits else whole


def _of_width(data: bytes | None, width: int) -> bytes | None:
    return data if data is not None and len(data) == width else None


def decimal_bytes(text: str) -> bytes:
    """The unscaled value of a decimal's text, in as few bytes as hold it; `ValueError` for what is no number."""
    number = int(text.replace(".", "", 1))
    size = (number if number >= 0 else ~number).bit_length() // 8 + 1
    return number.to_bytes(size, "big", signed=True)
