"""Date formats: how a date stands in a text, so that it can be read, moved by days and written the same way.

A format is a strptime-like pattern (``%d-%m-%Y``) or ``iso`` (``2024-01-31``, with or without a time and a zone, RFC
3339 and its relatives). Several are separated by ``|``. Only the date part of a text is ever rewritten: time of day,
fraction and zone stay as they are, letter for letter. Formats that read one text in two ways are refused;
so is, at run time, a text that two of them read differently: days and months that cannot be told apart are asked for,
never guessed.

Directives: ``%Y %y %m %d %b %B`` for the date (they stand together), ``%H %I %M %S %f %p %z`` around it, ``%%``. Month
names are English. ``%y`` is 1969 to 2068 (POSIX).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pratique.errors import TransformError

ISO = "iso"
IN_TEXT = "iso|%d %B %Y|%d. %B %Y|%B %d, %Y|%B %d %Y|%d %b %Y|%b %d, %Y|%Y/%m/%d|%d.%m.%Y"
"""Formats whose reading is certain, for dates in free text: who writes dots puts the day first."""
MAX_ORDINAL = date.max.toordinal()
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_SHORT = [name[:3] for name in _MONTHS]
_NUMBER = {name.lower(): at for names in (_MONTHS, _SHORT) for at, name in enumerate(names, 1)}
_DATE = {
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "m": "(?P<m>[0-9]{1,2})",
    "d": "(?P<d>[0-9]{1,2})",
    "b": f"(?P<b>(?i:{'|'.join(_SHORT)}))",
    "B": f"(?P<B>(?i:{'|'.join(_MONTHS)}))",
}
_TIME = {
    "H": "(?:[01]?[0-9]|2[0-3])",
    "I": "(?:1[0-2]|0?[1-9])",
    "M": "[0-5]?[0-9]",
    "S": "(?:[0-5]?[0-9]|60)",
    "f": "[0-9]{1,9}",
    "p": "(?i:AM|PM)",
    "z": "(?:Z|[+-][0-9]{2}:?[0-9]{2})",
}
_ISO_TIME = (
    "(?:[T ](?:[01][0-9]|2[0-4]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?"
    " ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_FIELDS = (("Y", "y"), ("m", "b", "B"), ("d",))
_PIVOT = 69
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One format, compiled."""

    pattern: str
    """As it was written."""
    grammar: str
    """RE2 and `re`: every text of this format, and more (the 31st of February)."""
    template: tuple[str, ...]
    """The date part: directives and the literals between them, in order."""
    shape: str
    """Equal for formats that the same texts may fit."""
    regex: re.Pattern[str]

    def read(self, text: str) -> "DateText | None":
        """The date in ``text``; None where it is not of this format or no day of the calendar."""
        found = self.regex.fullmatch(text)
        if found is None:
            return None
        got = found.groupdict()
        if "Y" in got:
            year = int(got["Y"])
        else:
            year = int(got["y"])
            year += 1900 if year >= _PIVOT else 2000
        name = got.get("b") or got.get("B")
        month = _NUMBER[name.lower()] if name else int(got["m"])
        try:
            ordinal = date(year, month, int(got["d"])).toordinal()
        except ValueError:
            return None
        padded = len(got["d"]) == 2 and len(got.get("m") or "00") == 2  # noqa: PLR2004 - two digits
        return DateText(self, ordinal, text[: found.start("date")], text[found.end("date") :], padded)

    def write(self, ordinal: int, *, padded: bool) -> str | None:
        """The date part for a day; None where the format cannot hold its year."""
        day = date.fromordinal(ordinal)
        if "%y" in self.template and not 1900 + _PIVOT <= day.year < 2000 + _PIVOT:
            return None
        width = 2 if padded else 1
        parts = {
            "%Y": f"{day.year:04}",
            "%y": f"{day.year % 100:02}",
            "%m": f"{day.month:0{width}}",
            "%d": f"{day.day:0{width}}",
            "%b": _SHORT[day.month - 1],
            "%B": _MONTHS[day.month - 1],
        }
        return "".join(parts.get(item, item) for item in self.template)


@dataclass(frozen=True, slots=True)
class DateText:
    """A text that holds a date."""

    format: DateFormat
    ordinal: int
    """Days, as `datetime.date.toordinal` counts them."""
    before: str
    after: str
    padded: bool
    """Whether day and month have two digits; one that shows a single digit is written without zeros."""


class Days(dict[int, str | None]):
    """The date part of one format and style for each day, written once. For the length of one call."""

    def __init__(self, pattern: DateFormat, *, padded: bool) -> None:
        super().__init__()
        self._pattern = pattern
        self._padded = padded

    def __missing__(self, ordinal: int) -> str | None:
        text = self._pattern.write(ordinal, padded=self._padded) if 1 <= ordinal <= MAX_ORDINAL else None
        self[ordinal] = text
        return text


def read(text: str, formats: Sequence[DateFormat]) -> DateText | None:
    """The one date that the formats read in ``text`` (surrounding white space aside); None if there is none, or two."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = [got for f in formats if (got := f.read(text)) is not None]
    if not found or any(got.ordinal != found[0].ordinal for got in found):
        return None
    return found[0]


def parse_formats(transform: str, text: str) -> tuple[DateFormat, ...]:
    """The formats that ``text`` names; raises `TransformError` for what is not one, or reads a text in two ways."""
    formats = tuple(_parse(transform, pattern) for pattern in text.split("|"))
    shapes: dict[str, str] = {}
    for f in formats:
        other = shapes.setdefault(f.shape, f.pattern)
        if other != f.pattern:
            raise TransformError(
                f"{transform}: format {other} and {f.pattern} cannot be told apart", do="say which of them it is"
            )
    return formats


def _parse(transform: str, pattern: str) -> DateFormat:
    if pattern == ISO:
        grammar = f"(?P<date>(?P<Y>[0-9]{{4}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})){_ISO_TIME}"
        return DateFormat(ISO, grammar, ("%Y", "-", "%m", "-", "%d"), ISO, re.compile(grammar, re.ASCII))
    items = _items(transform, pattern)
    names = [item[1] for item in items if item.startswith("%")]
    places = [at for at, item in enumerate(items) if item.startswith("%") and item[1] in _DATE]
    inside = items[places[0] : places[-1] + 1] if places else []
    if any(sum(names.count(n) for n in field) != 1 for field in _FIELDS) or len(set(names)) != len(names):
        raise TransformError(f"{transform}: format {pattern} does not hold a year, a month and a day, each once")
    if any(item.startswith("%") and item[1] in _TIME for item in inside):
        raise TransformError(f"{transform}: format {pattern} has a time between the parts of its date")
    grammar, shape = "", ""
    for at, item in enumerate(items):
        start, end = "(?P<date>" if at == places[0] else "", ")" if at == places[-1] else ""
        grammar += start + _piece(items, at) + end
        shape += "%2" if item in ("%d", "%m", "%y") else item
    # ASCII: or a long s would be an s of September, whatever its case.
    return DateFormat(pattern, grammar, tuple(inside), shape, re.compile(grammar, re.ASCII))


def _items(transform: str, pattern: str) -> list[str]:
    """Directives and single literal characters. A literal per cent sign is the item ``%``, alone."""
    if not pattern or len(pattern) > _LONGEST or not pattern.isprintable():
        raise TransformError(f"{transform}: format is empty, or not a printable text")
    items: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern[at] != "%":
            items.append(pattern[at])
            at += 1
            continue
        name = pattern[at + 1 : at + 2]
        if name != "%" and name not in _DATE and name not in _TIME:
            raise TransformError(f"{transform}: format {pattern} has the unknown directive %{name}")
        items.append("\\%" if name == "%" else f"%{name}")
        at += 2
    return items


def _piece(items: Sequence[str], at: int) -> str:
    item = items[at]
    if not item.startswith("%"):
        return re.escape(item[-1])
    grammar = _DATE.get(item[1]) or _TIME[item[1]]
    beside = [*items[max(0, at - 1) : at], *items[at + 1 : at + 2]]
    if item[1] in "mdHMS" and any((b.startswith("%") and b[1] in "YymdHMSf") or b.isdigit() for b in beside):
        # Digits that touch other digits have a fixed number of places.
        grammar = grammar.replace("{1,2}", "{2}").replace("]?[", "][").replace("0?", "0")
    return grammar
