"""Field paths: where in a record a value stands.

A path is a tuple of names with three markers: ``[]`` for the items of a list, ``{}`` for the values of a map,
``{keys}`` for the keys of a map. A record that uses a marker as a field name is refused, so paths are unambiguous.
"""

import json
import re

from pratique.errors import ConfigError

PATH_VERSION = 1
"""Of the form of a path and of its notation (`show_path`). Documents that carry paths have versions of their own, which
cover it.
"""

FieldPath = tuple[str, ...]

ITEM = "[]"
VALUE = "{}"
KEY = "{keys}"
MARKERS = frozenset({ITEM, VALUE, KEY})

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_TOKEN = re.compile(r'(\[\]|\{keys\}|\{\})|\.?("(?:[^"\\]|\\.)*"|[^.\[\]{}"\\\s][^.\[\]{}"\\]*)')


def show_path(path: FieldPath) -> str:
    """The path as people write it: ``a.b[].c``, ``tags{}``, ``"odd name".x``. The inverse of `parse_path`."""
    text = ""
    for name in path:
        if name in MARKERS:
            text += name
            continue
        part = name if _PLAIN.match(name) else json.dumps(name, ensure_ascii=False)
        text += f".{part}" if text else part
    return text


def parse_path(text: str) -> FieldPath:
    """Read what `show_path` writes; raises `ConfigError` on anything else."""
    names: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or ((at == 0) == text.startswith(".", at) and not found[1]):
            raise ConfigError("not a field path", where=json.dumps(text), do="write it like a.b[].c")
        if found[1]:
            names.append(found[1])
        else:
            names.append(_unquoted(found[2]))
        at = found.end()
    if not names:
        raise ConfigError("an empty field path", do="write it like a.b[].c")
    return tuple(names)


def _unquoted(name: str) -> str:
    if not name.startswith('"'):
        return name
    try:
        return str(json.loads(name))
    except ValueError:
        raise ConfigError("a quoted name in a field path that is not JSON", do='write it like a."b c"') from None
