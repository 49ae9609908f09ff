"""One CSV record to cells and back, exactly (RFC 4180)."""

import re
from functools import lru_cache


@lru_cache(maxsize=64)
def _cell(delimiter: str, quote: str) -> re.Pattern[str]:
    """One cell and what follows it: the delimiter, or the end of the record."""
    d, q = re.escape(delimiter), re.escape(quote)
    if not quote:
        return re.compile(rf"(?P<plain>[^{d}]*)(?P<next>{d}|\Z)")
    return re.compile(rf"(?:{q}(?P<quoted>(?:[^{q}]++|{q}{q})*+){q}|(?P<plain>[^{d}{q}\r\n]*))(?P<next>{d}|\Z)")


def parse_cells(record: bytes, codec: str, delimiter: str, quote: str) -> list[str] | str:
    """The cells of a record (without its line end), or the rule by which it is a reject.

    ``utf-8`` or ``encoding``: bytes that are not of the encoding; ``line-end``: a carriage return outside quotes;
    ``quote``: a quote where none may stand.
    """
    try:
        text = record.decode(codec)
    except UnicodeDecodeError:
        return "utf-8" if codec == "utf-8" else "encoding"
    pattern = _cell(delimiter, quote)
    cells: list[str] = []
    at = 0
    while True:
        found = pattern.match(text, at)
        if found is None:
            return "line-end" if _plain_return(text, quote) else "quote"
        quoted = found["quoted"] if quote else None
        cells.append(found["plain"] if quoted is None else quoted.replace(quote * 2, quote))
        at = found.end()
        if not found["next"]:
            break
    if not quote and "\r" in text:
        return "line-end"
    return cells


def _plain_return(text: str, quote: str) -> bool:
    """Whether a carriage return stands outside quotes."""
    outside = text if not quote else "".join(text.split(quote)[::2])
    return "\r" in outside


def write_cell(text: str, delimiter: str, quote: str) -> str | None:
    """The cell's text in the file, quoted where it must be; None where it needs a quote and the dialect has none."""
    if not any(sign in text for sign in (delimiter, "\n", "\r")) and (not quote or quote not in text):
        return text
    return quote + text.replace(quote, quote * 2) + quote if quote else None
