"""Documents as text: every name may stand in it, and none can move a cursor or become a line of its own."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_. -]*[A-Za-z0-9_]|[A-Za-z_]")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Plain words that some reader of YAML takes for something else."""


def json_text(document: Any) -> str:
    """Indented JSON, ASCII only."""
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def yaml_text(document: Any) -> str:
    """Block YAML of mappings, lists, texts, numbers and truth values; any reader of YAML 1.1 or 1.2 reads it back."""
    return "".join(_lines(document, 0))


def _lines(value: Any, depth: int) -> Iterator[str]:
    space = "  " * depth
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _entry(f"{space}{_scalar(name)}:", below, depth + 1)
    else:
        for item in value:
            if isinstance(item, (dict, list)) and item:
                first, *rest = _lines(item, depth + 1)
                yield f"{space}- {first.lstrip(' ')}"
                yield from rest
            else:
                yield f"{space}- {_scalar(item)}\n"


def _entry(head: str, value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, (dict, list)) and value:
        yield f"{head}\n"
        yield from _lines(value, depth)
    else:
        yield f"{head} {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    # What does not print is an escape that both JSON and YAML read.
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(value, ensure_ascii=False))


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 (the basic plane's end)
