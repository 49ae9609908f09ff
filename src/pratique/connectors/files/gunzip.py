"""Reading gzip (RFC 1952) from an untrusted file: bounded in ratio, and sure of its end."""

import io
import zlib
from typing import BinaryIO

from pratique.errors import SourceError

MAGIC = b"\x1f\x8b"
MAX_RATIO = 200
"""Decompressed bytes per stored byte; deflate can reach 1032."""
FREE = 64 << 20
"""Decompressed bytes below which the ratio does not matter."""
_READ = 1 << 18
_GZIP = 16 + zlib.MAX_WBITS


class Gunzip(io.RawIOBase):
    """The decompressed bytes of one or more gzip members; checks every member's CRC and length.

    Raises `SourceError` at the end of a truncated file, at damage, at bytes after the last member other than zero
    padding, and when more than `FREE` bytes came out at more than `MAX_RATIO` for one.
    """

    def __init__(self, stored: BinaryIO, where: str, *, free: int = FREE, max_ratio: int = MAX_RATIO) -> None:
        self._stored = stored
        self._where = where
        self._free = free
        self._max_ratio = max_ratio
        self._read = 0
        self._written = 0
        self._member: zlib._Decompress | None = None
        self._waiting = b""
        self._done = False

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        """Fill (part of) the buffer; 0 at the sound end only."""
        view = memoryview(buffer).cast("B")
        while len(view) and not self._done:
            data = self._some(len(view))
            if data:
                self._written += len(data)
                self._check_ratio()
                view[: len(data)] = data
                return len(data)
        return 0

    def close(self) -> None:
        """Close the stored file too."""
        if not self.closed:
            self._stored.close()
        super().close()

    def _some(self, size: int) -> bytes:
        """Up to ``size`` decompressed bytes; may be none although more will come."""
        if not self._waiting:
            self._waiting = self._stored.read(_READ)
            self._read += len(self._waiting)
        if self._member is None:
            return self._begin_member()
        try:
            # Called even without input: output may wait inside.
            data = self._member.decompress(self._waiting, size)
        except zlib.error:
            raise SourceError("damaged gzip", where=self._where, do="copy the file again") from None
        at_end = not self._waiting
        self._waiting = self._member.unconsumed_tail
        if self._member.eof:
            self._waiting = self._member.unused_data
            self._member = None
        elif at_end and not data:
            raise SourceError("truncated gzip", where=self._where, do="copy the file again")
        return data

    def _begin_member(self) -> bytes:
        if self._written or self._read > len(self._waiting):
            # Between members: tape drives and some tools pad with zeros.
            self._waiting = self._waiting.lstrip(b"\0")
            if not self._waiting:
                more = self._stored.read(_READ)
                self._read += len(more)
                self._waiting = more
                self._done = not more
                return b""
        if not self._waiting:
            self._done = True
            return b""
        if not MAGIC.startswith(self._waiting[:2]):
            raise SourceError("bytes after the end of the gzip", where=self._where, do="copy the file again")
        self._member = zlib.decompressobj(_GZIP)
        return b""

    def _check_ratio(self) -> None:
        if self._written > self._free and self._written > self._max_ratio * max(self._read, 1):
            raise SourceError(
                f"decompresses to more than {self._max_ratio} times its size",
                where=self._where,
                do="unpack it yourself",
            )
