"""The dialect of a CSV file: what separates, quotes and encodes; declared, or told from the head of the data."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pratique.errors import FormatError
from pratique.formats.csv.cells import parse_cells
from pratique.formats.csv.framing import record_ends
from pratique.formats.lines import BOM

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "latin-1", "cp1252")
OPTIONS = ("delimiter", "quote", "header", "encoding", "null")
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_LONGEST_SHORT = 100
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_NO_NAME = re.compile(r"[\d\s.,:/+()-]*\d[\d\s.,:/+()-]*\Z|[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*([_ -][a-z0-9]+)*\Z")
_NUMBER_LIKE = re.compile(r"[^\w]*\d[\d\s.,:/+TZ-]*[^\w]*\Z")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A complete dialect (RFC 4180 with the usual freedoms)."""

    delimiter: str = ","
    quote: str = '"'
    """One character; empty: nothing quotes."""
    header: bool = True
    encoding: str = "utf-8"
    null: str = ""
    """A cell with exactly this text is null."""

    @property
    def codec(self) -> str:
        """The codec of everything after the byte order mark."""
        return "utf-8" if self.encoding == "utf-8-sig" else self.encoding

    @property
    def options(self) -> dict[str, str]:
        """As `FormatSpec` options."""
        return {
            "delimiter": self.delimiter,
            "quote": self.quote or "none",
            "header": str(self.header).lower(),
            "encoding": self.encoding,
            "null": self.null,
        }


def dialect_of(options: Mapping[str, str]) -> Dialect:
    """Read options, with defaults for what is missing; raises `FormatError` for what cannot be."""
    if unknown := set(options) - set(OPTIONS):
        raise FormatError(f"{len(unknown)} unknown CSV options", do=f"known are {', '.join(OPTIONS)}")
    delimiter = _NAMED.get(options.get("delimiter", ","), options.get("delimiter", ","))
    quote = options.get("quote", '"')
    quote = "" if quote == "none" else quote
    header = options.get("header", "true").lower()
    encoding = options.get("encoding", "utf-8").lower()
    if delimiter not in DELIMITERS:
        raise FormatError("not a CSV delimiter", do="use comma, semicolon, tab or pipe")
    if quote not in ("", '"', "'"):
        raise FormatError("not a CSV quote", do="use \", ' or none")
    if header not in ("true", "false"):
        raise FormatError("header is true or false")
    if encoding not in ENCODINGS:
        raise FormatError("not a supported CSV encoding", do=f"use one of {', '.join(ENCODINGS)}")
    null = options.get("null", "")
    if any(sign in null for sign in (delimiter, quote or delimiter, "\n", "\r")):
        raise FormatError("a null word may not hold the delimiter, the quote or a line end")
    return Dialect(delimiter, quote, header == "true", encoding, null)


def detect_dialect(head: bytes, options: Mapping[str, str], *, whole: bool) -> Dialect:
    """Fill what ``options`` leave open from the first bytes of the data (all of it if ``whole``).

    Raises `FormatError` where two readings fit, or none.
    """
    known = dict(options)
    if head.startswith(_WIDE_BOMS):
        raise FormatError("UTF-16 is not supported", do="convert the file to UTF-8")
    # What is declared is not looked for: a row that does not fit is then a reject, and not a riddle.
    if "encoding" not in known:
        known["encoding"] = _encoding(head, whole=whole)
    dialect_of(known)
    if "delimiter" not in known:
        known["delimiter"] = _delimiter(head, known, whole=whole)
    rows = _rows(head, dialect_of(known), whole=whole)
    body: Sequence[Sequence[str]] = [row for row in rows if row is not None]
    if "header" not in known:
        known["header"] = str(_header(body)).lower()
    if "null" not in known and any(cell == "\\N" for row in body for cell in row):
        # What databases write for null when they dump a table; nothing else means it.
        known["null"] = "\\N"
    return dialect_of(known)


def _encoding(head: bytes, *, whole: bool) -> str:
    if head.startswith(BOM):
        return "utf-8-sig"
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if whole or error.start < len(head) - 3:
            raise FormatError("not UTF-8", do="declare the encoding: cp1252 or latin-1") from None
    return "utf-8"


def _delimiter(head: bytes, known: Mapping[str, str], *, whole: bool) -> str:
    """The one delimiter that cuts every record of the head into the same number of cells, at least two."""
    fitting = []
    for delimiter in DELIMITERS:
        rows = _rows(head, dialect_of({**known, "delimiter": delimiter}), whole=whole)
        widths = {len(row) if row is not None else 0 for row in rows}
        if len(widths) == 1 and widths.pop() > 1:
            fitting.append(delimiter)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and not any(sign.encode() in head for sign in DELIMITERS):
        return ","
    raise FormatError(
        "the delimiter cannot be told" if fitting else "no delimiter gives every record the same number of cells",
        do="declare the delimiter",
    )


def _rows(head: bytes, dialect: Dialect, *, whole: bool) -> list[list[str] | None]:
    """The records of the head; None for one that cannot be read. A record that the head cuts is left out."""
    data = head.removeprefix(BOM)
    ends = record_ends(data, dialect.quote.encode())
    bounds = [0, *ends.tolist()]
    if whole and bounds[-1] < len(data):
        bounds.append(len(data))
    if len(bounds) == 1:
        if data:
            raise FormatError("no record ends in the first bytes", do="check the format, the quote and the line ends")
        return []
    rows: list[list[str] | None] = []
    for start, end in itertools.pairwise(bounds):
        line = data[start:end].removesuffix(b"\n").removesuffix(b"\r")
        if line:
            cells = parse_cells(line, dialect.codec, dialect.delimiter, dialect.quote)
            rows.append(None if isinstance(cells, str) else cells)
    return rows


def _matches(pattern: re.Pattern[str], cell: str) -> bool:
    """No number and no address is this long, and the patterns take their time on what is."""
    return len(cell) <= _LONGEST_SHORT and pattern.match(cell) is not None


def _header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns; refuses where it may as well be data."""
    if not rows:
        return True
    first, body = rows[0], rows[1:]
    if len(set(first)) < len(first) or any(_matches(_NO_NAME, cell) for cell in first):
        return False
    for at in range(len(first)):
        below = [row[at] for row in body if len(row) == len(first) and row[at]]
        if below and all(_matches(_NUMBER_LIKE, cell) for cell in below):
            return True
    if all(_IDENTIFIER.match(cell) for cell in first):
        return True
    raise FormatError("the first row may be a header or data", do="declare header: true or false")
