"""Bytes that somebody bent on harm, or a bad disk, makes of sound ones; and what every reader owes them."""

import copy
import json
import traceback
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from pratique.errors import PratiqueError

SECRET = "Quandt Berta 77"
"""A value that stands in sound documents; no error may show it."""
T = TypeVar("T")
LONGEST_LINE = 1000

ODD: Sequence[Any] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2,
        99,
        2**31,
        2**63 - 1,
        2**63,
        -(2**63) - 1,
        2**200,
        10**400,
        0.5,
        -0.0,
        1e308,
        5e-324,
    ),
    *("", " ", "x", "\0", "\n", "\u202e", "\ud800", "../../x", "/", ".", "a" * 5000, "=", "AAAA", "A" * 43 + "="),
    *("2026-02-30", "9999-12-31", "0000-00-00T00:00:00Z", "eu -> us", "{keys}", "[]", "1.5", "NaN"),
    *([], {}, [[]], [{}], [None], {"": ""}, {"a": {"a": {}}}, [1, "x", None], {"version": 99}),
)
_PIECES: Sequence[bytes] = (
    *(
        b"",
        b"\0",
        b"\n",
        b"\r\n",
        b" ",
        b"\t",
        b'"',
        b"'",
        b"\\",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"-",
        b"#",
        b"&",
        b"*",
    ),
    *(
        b"!",
        b"%",
        b"|",
        b">",
        b"?",
        b"@",
        b"`",
        b"~",
        b"<<",
        b"---\n",
        b"...\n",
        b"null",
        b"NaN",
        b"-Infinity",
        b"1e999",
    ),
    *(
        b"9" * 40,
        b"\xff",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\\ud800",
        b"\\u0000",
        b'"a":1,"a":1',
        b"[" * 3000,
    ),
    *(b'{"a":' * 3000, b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x80" * 12, b"\x1f\x8b", b"PAR1", b"Obj\x01"),
)


def mutated(seeds: Sequence[bytes], words: Sequence[bytes] = ()) -> st.SearchStrategy[bytes]:
    """A sound document with bytes cut, doubled, moved, flipped, or with pieces put in; now and then plain noise."""
    pieces = st.one_of(_of([*_PIECES, *words]), st.binary(max_size=12))
    edit = st.tuples(st.sampled_from("cdifms"), st.floats(0, 1), st.floats(0, 1), pieces)
    bent = st.tuples(_of(seeds), st.lists(edit, min_size=1, max_size=6)).map(lambda drawn: _bend(*drawn))
    return st.one_of(bent, bent, bent, bent, st.binary(max_size=200))


def _of(things: Sequence[T]) -> st.SearchStrategy[T]:
    """One of them; told by its number, since what fails is printed."""
    return st.integers(0, len(things) - 1).map(lambda number: things[number])


def _bend(seed: bytes, edits: Sequence[tuple[str, float, float, bytes]]) -> bytes:
    data = bytearray(seed)
    for kind, where, how, piece in edits:
        at = int(where * len(data))
        end = min(len(data), at + 1 + int(how * how * 64))
        if kind == "c":
            del data[at:end]
        elif kind == "d":
            data[at:at] = data[at:end]
        elif kind == "i":
            data[at:at] = piece
        elif kind == "f" and at < len(data):
            data[at] ^= 1 << int(how * 7)
        elif kind == "m":
            moved = data[at:end]
            del data[at:end]
            to = int(how * len(data))
            data[to:to] = moved
        elif kind == "s":
            del data[at:]
    return bytes(data)


def bent_json(document: Any) -> st.SearchStrategy[bytes]:
    """JSON of the same make with some nodes put in place of others, taken out, or added."""
    places = list(_places(document, ()))
    edit = st.tuples(_of(places), st.sampled_from("rrrdak"), _of(ODD))
    return st.lists(edit, min_size=1, max_size=4).map(lambda edits: _bent(document, edits))


def _places(node: Any, path: tuple[Any, ...]) -> Any:
    yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inner:
        yield from _places(child, (*path, key))


def _bent(document: Any, edits: Sequence[tuple[tuple[Any, ...], str, Any]]) -> bytes:
    top = [json.loads(json.dumps(document))]
    for path, kind, item in edits:
        above, key, odd = top, 0, copy.deepcopy(item)
        try:
            for step in path:
                above, key = above[key], step
            if kind == "d":
                del above[key]
            elif kind == "a" and isinstance(above[key], dict):
                above[key]["more"] = odd
            elif kind == "a" and isinstance(above[key], list):
                above[key].append(odd)
            elif kind == "k" and isinstance(above, dict):
                above[str(odd)] = above.pop(key)
            else:
                above[key] = odd
        except (KeyError, IndexError, TypeError):  # an edit before this one took the place away
            continue
    return json.dumps(top[0] if top else None, ensure_ascii=True).encode()


def reads_or_refuses(read: Callable[[], T], *secrets: str) -> T | None:
    """What ``read`` gives, or None where it refuses: with one line, in words, that shows no secret however printed."""
    try:
        return read()
    except PratiqueError as error:
        caught = error
    line = caught.line
    assert line == str(caught)
    assert line.strip()
    assert line.isprintable(), ascii(line)
    assert len(line) < LONGEST_LINE, len(line)
    shown = "".join(traceback.format_exception(caught)) if _raised_from_none(caught) else line
    assert [secret for secret in (SECRET, *secrets) if secret in shown] == []
    return None


def _raised_from_none(error: BaseException) -> bool:
    return error.__suppress_context__ or error.__context__ is None
