"""Text made safe to show: names and messages may hold anything that somebody once put into a file name or a field."""

import unicodedata

_ALLOWED_CATEGORIES = frozenset("LMNPSZ")
"""Letters, marks, numbers, punctuation, symbols, separators; what else there is can move a cursor or hide text."""
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SPACES = frozenset({"Zl", "Zp"})


def safe(text: str) -> str:
    """``text`` with every control, format, surrogate, private and unassigned character as an escape.

    That covers terminal sequences, line breaks, bidirectional overrides and zero-width characters; terminal markup is
    never interpreted, since everything is shown as plain text. The result is one line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _shown(c) else _escape(c) for c in text)


def _shown(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in _ALLOWED_CATEGORIES and category not in _SPACES


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004


def count(number: int, one: str, many: str = "") -> str:
    """``1 record``, ``40,000 records``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: float) -> str:
    """Bytes as people say them: ``812 B``, ``5.2 MB``."""
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1000:  # noqa: PLR2004 (SI units)
            return f"{number:,.0f} {unit}" if unit == "B" else f"{number:,.1f} {unit}"
        number /= 1000
    return f"{number:,.1f} TB"


def share(number: float) -> str:
    """A share of 0 to 1 in per cent: ``100%``, ``12.5%``, ``< 0.1%``."""
    if 0 < number < 0.001:  # noqa: PLR2004 (what one decimal place can show)
        return "< 0.1%"
    if 0.999 < number < 1:  # noqa: PLR2004
        return "> 99.9%"
    return f"{number * 100:.1f}%".replace(".0%", "%")
