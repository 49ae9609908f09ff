"""Avro object containers: header, blocks, sync markers, codecs; from a file that nobody vouches for."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

import pyarrow as pa

from pratique.errors import FormatError

MAGIC = b"Obj\x01"
SYNC = 16
"""Bytes of a sync marker."""
MAX_HEADER = 16 << 20
MAX_ENTRIES = 10_000
"""Of a header's metadata."""
MAX_BLOCK = 64 << 20
"""Bytes of one block, stored and unpacked."""
INDEX_BITS = 22
MAX_ROWS = 1 << INDEX_BITS
"""Records of one block."""
MAX_RATIO = 200
"""Unpacked bytes per stored byte."""
FREE = 64 << 20
"""Unpacked bytes below which the ratio does not matter."""
_CHUNK = 1 << 20
_VARINT = 10


def damaged(where: str) -> FormatError:
    """A file that contradicts itself."""
    return FormatError("the Avro data contradicts itself", where=where, do="the file is damaged: copy it again")


class Taker:
    """Takes bytes from a stream in order, and knows where it is."""

    def __init__(self, stream: BinaryIO) -> None:
        """From the stream's beginning, where it can seek."""
        if stream.seekable():
            stream.seek(0)
        self._stream = stream
        self._data = b""
        self._next = 0
        self._end = 0
        """Offset in the stream of the byte after ``_data``."""

    @property
    def at(self) -> int:
        """Offset of the next byte."""
        return self._end - len(self._data) + self._next

    def go(self, offset: int) -> None:
        """Go to an offset, further on; only there where the stream can seek is nothing read on the way."""
        ahead = offset - self.at
        if ahead <= len(self._data) - self._next:
            self._next += ahead
        elif self._stream.seekable():
            self._data, self._next, self._end = b"", 0, self._stream.seek(offset)
        else:
            while self.at < offset:
                self.take(min(offset - self.at, _CHUNK), "")

    def more(self) -> bool:
        """Whether there is another byte."""
        return self._next < len(self._data) or self._fill(1)

    def _fill(self, size: int) -> bool:
        pieces, have = [self._data[self._next :]], len(self._data) - self._next
        while have < size:
            # A lying length asks for no more memory than the stream has bytes.
            piece = self._stream.read(max(min(size - have, MAX_BLOCK), _CHUNK))
            if not piece:
                break
            pieces.append(piece)
            have += len(piece)
            self._end += len(piece)
        self._data, self._next = b"".join(pieces), 0
        return have >= size

    def take(self, size: int, where: str) -> bytes:
        """So many bytes. Raises `FormatError` where the stream ends before."""
        if self._next + size > len(self._data) and not self._fill(size):
            raise FormatError("the Avro file is cut short", where=where, do="let its writer finish, or copy it again")
        self._next += size
        return self._data[self._next - size : self._next]

    def number(self, where: str) -> int:
        """A zigzag number of variable length."""
        if self._next + _VARINT > len(self._data):
            self._fill(_VARINT)
        number = 0
        for place in range(_VARINT):
            if self._next >= len(self._data):
                self.take(1, where)
            byte = self._data[self._next]
            self._next += 1
            number |= (byte & 127) << (7 * place)
            if byte < 128:  # noqa: PLR2004 - no more follow
                return (number >> 1) ^ -(number & 1)
        raise damaged(where)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the first block."""

    schema: bytes
    """JSON."""
    codec: str
    sync: bytes
    end: int
    """Its length in bytes."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One block as it is stored."""

    start: int
    """Offset of its first byte."""
    rows: int
    data: bytes
    end: int


def read_header(taker: Taker) -> Header:
    """The header. Raises `FormatError` for what is no Avro container, and for codecs that are not read."""
    if not taker.more() or taker.take(min(len(MAGIC), 1), "the header") != MAGIC[:1]:
        raise FormatError("not an Avro container file", do="check the format that the dataset declares")
    if taker.take(len(MAGIC) - 1, "the header") != MAGIC[1:]:
        raise FormatError("not an Avro container file", do="check the format that the dataset declares")
    found: dict[bytes, bytes] = {}
    entries = 0
    while rows := taker.number("the header"):
        if rows < 0:
            rows = -rows
            taker.number("the header")
        entries += rows
        if entries > MAX_ENTRIES:
            raise FormatError(f"more than {MAX_ENTRIES:,} entries in the Avro header", do="write it with fewer")
        for _ in range(rows):
            key = _bytes(taker)
            found[key] = _bytes(taker)
    codec = found.get(b"avro.codec", b"null").decode("ascii", "replace")
    if codec not in CODECS:
        raise FormatError("an Avro codec that is not read", do=f"use one of {', '.join(CODECS)}")
    if b"avro.schema" not in found:
        raise FormatError("an Avro file without a schema", do="the file is damaged")
    sync = taker.take(SYNC, "the header")
    return Header(found[b"avro.schema"], codec, sync, taker.at)


def _bytes(taker: Taker) -> bytes:
    size = taker.number("the header")
    if not 0 <= size <= MAX_HEADER - taker.at:
        raise FormatError(f"an Avro header beyond {MAX_HEADER >> 20} MiB, or damaged", do="copy the file again")
    return taker.take(size, "the header")


def blocks_of(taker: Taker, header: Header, end: int | None, *, data: bool = True) -> Iterator[Stored]:
    """The blocks from where the taker stands that begin before ``end``, their sync markers checked; without ``data``
    they are passed over. That a file was cut right after a block nothing in it tells.
    """
    while (end is None or taker.at < end) and taker.more():
        start = taker.at
        where = f"the block at offset {start:,}"
        rows, size = taker.number(where), taker.number(where)
        if rows < 0 or size < 0 or (not rows and size):
            raise damaged(where)
        if rows > MAX_ROWS or size > MAX_BLOCK:
            raise FormatError(
                f"an Avro block of more than {MAX_BLOCK >> 20} MiB or {MAX_ROWS:,} records",
                where=where,
                do="write smaller blocks",
            )
        body = b""
        if data:
            body = taker.take(size, where)
        else:
            taker.go(taker.at + size)
        if taker.take(SYNC, where) != header.sync:
            raise damaged(where)
        yield Stored(start, rows, body, taker.at)


# --- codecs ---------------------------------------------------------------------------------------------------------


class Unpacker:
    """Unpacks the blocks of one file; bounded block by block, and in ratio over all, values of no bytes counted."""

    def __init__(self, codec: str, voids: int) -> None:
        """``voids``: values of no bytes in a record, each of which counts as a byte."""
        self._unpack = CODECS[codec]
        self._voids = voids
        self._stored = 0
        self._unpacked = 0

    def unpack(self, block: Stored) -> bytes:
        """The block's bytes. Raises `FormatError` for damage, and beyond the bounds."""
        where = f"the block at offset {block.start:,}"
        try:
            data = self._unpack(block.data) if block.rows else b""
        except FormatError as error:
            raise error.within(where) from None
        except (zlib.error, OSError, EOFError, lzma.LZMAError, pa.ArrowException, ValueError):
            raise FormatError(
                "an Avro block that does not unpack", where=where, do="the file is damaged: copy it again"
            ) from None
        self._stored += len(block.data)
        self._unpacked += len(data) + block.rows * self._voids
        if self._unpacked > FREE and self._unpacked > MAX_RATIO * self._stored:
            raise FormatError(
                f"unpacks to more than {MAX_RATIO} times its size", where=where, do="write it without compression"
            )
        return data


def _none(data: bytes) -> bytes:
    return data


def _whole(data: bytes, finished: bool, rest: bytes) -> bytes:  # noqa: FBT001 - as the decompressors say it
    """What a decompressor gave, if it is all there is, and not too much."""
    if len(data) > MAX_BLOCK:
        raise FormatError(f"an Avro block that unpacks to more than {MAX_BLOCK >> 20} MiB", do="write smaller blocks")
    if not finished or rest:
        raise ValueError
    return data


_ADLER = 4


def _deflate(data: bytes) -> bytes:
    way = zlib.decompressobj(-zlib.MAX_WBITS)
    found = way.decompress(data, MAX_BLOCK + 1)
    # Python's writers leave what zlib puts behind the deflated data: three bytes of a checksum, or four.
    return _whole(found, way.eof, way.unused_data[_ADLER:])


def _bzip2(data: bytes) -> bytes:
    way = bz2.BZ2Decompressor()
    return _whole(way.decompress(data, MAX_BLOCK + 1), way.eof, way.unused_data)


def _xz(data: bytes) -> bytes:
    way = lzma.LZMADecompressor(memlimit=4 * MAX_BLOCK)
    return _whole(way.decompress(data, MAX_BLOCK + 1), way.eof, way.unused_data)


def _zstandard(data: bytes) -> bytes:
    with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
        return _whole(stream.read(MAX_BLOCK + 1), finished=True, rest=b"")


def _snappy(data: bytes) -> bytes:
    """Snappy's own form, and the CRC-32 of what was packed, the high byte first."""
    body, checksum = data[:-4], data[-4:]
    size = shift = at = 0
    while True:
        byte = body[at] if at < len(body) else 0
        size |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:  # noqa: PLR2004 - no more follow
            break
    if size > MAX_BLOCK or shift > 5 * 7:
        return _whole(bytes(MAX_BLOCK + 1), finished=True, rest=b"")
    found = bytes(pa.decompress(body, size, codec="snappy", asbytes=True))
    return _whole(found, zlib.crc32(found).to_bytes(4, "big") == checksum, b"")


CODECS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "null": _none,
    "deflate": _deflate,
    "snappy": _snappy,
    "zstandard": _zstandard,
    "bzip2": _bzip2,
    "xz": _xz,
}


# --- writing --------------------------------------------------------------------------------------------------------


def varint(number: int) -> bytes:
    """A number as Avro writes it: zigzag, seven bits a byte, the low ones first."""
    rest = (number << 1) ^ (number >> 63)
    out = bytearray()
    while rest > 127:  # noqa: PLR2004 - what seven bits hold
        out.append(rest & 127 | 128)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def header_bytes(schema: bytes, codec: str, sync: bytes) -> bytes:
    """A header with nothing in it but what must be."""
    entries = ((b"avro.schema", schema), (b"avro.codec", codec.encode()))
    packed = [varint(len(word)) + word for entry in entries for word in entry]
    return b"".join([MAGIC, varint(len(entries)), *packed, varint(0), sync])


def block_bytes(rows: int, data: bytes | memoryview, sync: bytes) -> list[bytes | memoryview]:
    """A block, piece by piece; ``data`` is packed."""
    return [varint(rows), varint(len(data)), data, sync]


_ZSTD_LEVEL = 1


def _pack_deflate(data: bytes | memoryview) -> bytes:
    way = zlib.compressobj(level=6, wbits=-zlib.MAX_WBITS)
    return way.compress(data) + way.flush()


def _pack_snappy(data: bytes | memoryview) -> bytes:
    return bytes(pa.compress(data, "snappy", asbytes=True)) + zlib.crc32(data).to_bytes(4, "big")


PACKERS: Final[Mapping[str, tuple[str, Callable[[bytes | memoryview], bytes | memoryview]]]] = {
    "none": ("null", lambda data: data),
    "deflate": ("deflate", _pack_deflate),
    "snappy": ("snappy", _pack_snappy),
    "zstd": ("zstandard", lambda data: bytes(pa.Codec("zstd", _ZSTD_LEVEL).compress(data, asbytes=True))),
}
"""How blocks are written, by the word of the option ``compression``: Avro's word, and what packs them."""
