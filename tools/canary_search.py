"""Seeking planted values in bytes, in every form in which a program might let one out: one pass, however many.

A value is *sought* raw and reversed, in either case, with anything that is no letter or digit between its characters
(spaces, dashes, zero-width characters, the zero bytes of UTF-16), as base64 in each of its three alignments, as
hexadecimal, as an unkeyed digest, and behind the escapes of URLs, JSON, HTML, Python and quoted-printable. Compressed
bytes are unpacked first.

How: what is searched is squeezed to letters and digits (as it stands, in small letters, and once more with its
escapes undone), and every window of eight bytes is held against the first eight of every form. The limit: a form that
is none of these (another cipher, another alphabet, one character a line with words between) is not seen, and a planted
value has twelve letters or digits at least, so that none is met by chance.
"""

import base64
import gzip
import hashlib
import io
import re
import string
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHORTEST = 12
"""Characters of the shortest form that is sought; shorter ones would be met by chance."""
_WINDOW = 8
_BITS = 22
_ODD = np.uint64(0x9E3779B97F4A7C15)
_KEPT = (string.ascii_letters + string.digits).encode()
_REST = bytes(set(range(256)) - set(_KEPT))
_DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")
_SHOWN_DIGEST = 16
"""Characters of a digest that are sought: programs cut them short."""
_ESCAPED = re.compile(
    rb"\\u([0-9a-fA-F]{4})|(?:\\x|%|=)([0-9a-fA-F]{2})|\\U0000([0-9a-fA-F]{4})|&#[xX]0*([0-9a-fA-F]{1,5});?"
    rb"|&#0*([0-9]{1,6});?|\\([0-7]{3})"
)
_UNDONE = 3
"""How often escapes are undone: what stands in JSON inside JSON is escaped twice."""
_MAX_UNPACKED = 256 << 20


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A planted value that was found."""

    number: int
    """Of the value, as `Searcher` was given it."""
    form: str
    """As ``raw``, ``base64``, ``sha256``."""


_Forms = dict[bytes, list[tuple[bytes, Hit]]]
"""By the first bytes of a form: the whole form, and what it is one of."""


class Searcher:
    """Seeks the values that it is made for; each is a list of spellings of one thing."""

    def __init__(self, values: Sequence[Sequence[str]] = ()) -> None:
        self._exact: _Forms = {}
        self._small: _Forms = {}
        self._exact_table = np.zeros(1 << _BITS, dtype=bool)
        self._small_table = np.zeros(1 << _BITS, dtype=bool)
        self._count = 0
        self.add(values)

    def add(self, values: Sequence[Sequence[str]]) -> None:
        """Seek these too."""
        exact: set[bytes] = set()
        small: set[bytes] = set()
        for number, spellings in enumerate(values, start=self._count):
            for spelling in dict.fromkeys(spellings):
                exact.update(_enter(self._exact, needle, Hit(number, form)) for form, needle in _exact_forms(spelling))
                small.update(_enter(self._small, needle, Hit(number, form)) for form, needle in _small_forms(spelling))
        self._count += len(values)
        for beginnings, table in ((exact, self._exact_table), (small, self._small_table)):
            if beginnings:
                table[_places(np.frombuffer(b"".join(beginnings), dtype="<u8"))] = True

    def search(self, data: bytes) -> set[Hit]:
        """Every planted value in ``data``, in any form."""
        found: set[Hit] = set()
        for unpacked in unpack(data):
            exact = unpacked.translate(None, _REST)
            small = exact.lower()
            found |= _find(exact, self._exact, self._exact_table)
            found |= _find(small, self._small, self._small_table)
            plain = undo_escapes(unpacked)
            if plain is not unpacked:
                again = plain.translate(None, _REST).lower()
                found |= {Hit(hit.number, f"escaped {hit.form}") for hit in self._plain(again) - found}
        return found

    def _plain(self, squeezed: bytes) -> set[Hit]:
        return _find(squeezed, self._small, self._small_table)


def unpack(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what they decompress to: gzip or zstd, and what follows a damaged one's beginning."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield _gunzip(data)
    elif data[:4] == b"\x28\xb5\x2f\xfd":
        yield _unzstd(data)


def _gunzip(data: bytes) -> bytes:
    found = io.BytesIO()
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            while piece := stream.read(1 << 16):
                found.write(piece)
                if found.tell() > _MAX_UNPACKED:
                    raise ValueError("a gzip that is too large to be searched")
    except (OSError, EOFError, zlib.error):
        pass  # as far as it goes
    return found.getvalue()


def _unzstd(data: bytes) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 (only where there is one)

    try:
        with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
            return bytes(stream.read(_MAX_UNPACKED))
    except (OSError, pa.ArrowInvalid):
        return b""


def undo_escapes(data: bytes) -> bytes:
    """``data`` with its escapes undone, in turn up to three times; the very object where there are none."""
    for _ in range(_UNDONE):
        if not _ESCAPED.search(data):
            break
        data = _ESCAPED.sub(_character, data)
    return data


def _character(found: re.Match[bytes]) -> bytes:
    if found[5]:
        code = int(found[5])
    elif found[6]:
        code = int(found[6], 8)
    else:
        code = int(found[1] or found[2] or found[3] or found[4], 16)
    # What is beyond ASCII is no part of a planted value: it goes, as everything does that stands between.
    return bytes([code]) if code < 128 else b""


def squeezed(text: str) -> str:
    """Its letters and digits, in small letters."""
    return "".join(c for c in text if c in string.ascii_letters + string.digits).lower()


def _exact_forms(spelling: str) -> Iterator[tuple[str, bytes]]:
    for name, encoding in (("base64", "utf-8"), ("base64 of UTF-16", "utf-16-le")):
        raw = spelling.encode(encoding)
        for before in range(3):
            # The first characters depend on what stands before, the last on what follows.
            text = base64.b64encode(bytes(before) + raw)
            start = -(-before * 8 // 6)
            end = (before + len(raw)) * 8 // 6
            yield name, text[start:end].translate(None, _REST)
    for raw in (spelling.encode(), squeezed(spelling).encode()):
        for name in _DIGESTS:
            digest = base64.b64encode(hashlib.new(name, raw, usedforsecurity=False).digest())
            yield name, digest.translate(None, _REST)[:_SHOWN_DIGEST]


def _small_forms(spelling: str) -> Iterator[tuple[str, bytes]]:
    core = squeezed(spelling).encode()
    yield "raw", core
    yield "reversed", core[::-1]
    for raw in (spelling.encode(), core):
        yield "hex", raw.hex().encode()
        for name in _DIGESTS:
            yield name, hashlib.new(name, raw, usedforsecurity=False).hexdigest()[:_SHOWN_DIGEST].encode()


def _enter(forms: _Forms, needle: bytes, hit: Hit) -> bytes:
    """Write a form down under its beginning, which is given back."""
    if len(needle) < SHORTEST:
        raise ValueError("a planted value is too short to be sought")
    beginning = needle[:_WINDOW]
    entries = forms.setdefault(beginning, [])
    if (needle, hit) not in entries:
        entries.append((needle, hit))
    return beginning


def _places(windows: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return (windows * _ODD) >> np.uint64(64 - _BITS)


def _find(data: bytes, forms: _Forms, table: npt.NDArray[np.bool_]) -> set[Hit]:
    found: set[Hit] = set()
    for offset in range(_WINDOW):
        count = (len(data) - offset) // _WINDOW
        if count <= 0:
            break
        windows = np.frombuffer(data, dtype="<u8", offset=offset, count=count)
        for at in np.flatnonzero(table[_places(windows)]).tolist():
            start = offset + at * _WINDOW
            for needle, hit in forms.get(data[start : start + _WINDOW], ()):
                if data.startswith(needle, start):
                    found.add(hit)
    return found
