"""Reading Zstandard (RFC 8878) from an untrusted file: bounded in ratio, and sure of its end."""

import io
from typing import BinaryIO

import pyarrow as pa

from pratique.errors import SourceError

MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
"""The last three bytes of the magic number of a frame to pass over, which some tools put first."""
MAX_RATIO = 200
"""Decompressed bytes per stored byte; a run of one byte can reach 32,768."""
FREE = 64 << 20
"""Decompressed bytes below which the ratio does not matter."""


def is_zstd(head: bytes) -> bool:
    """Whether a file that begins so is made of Zstandard's frames."""
    return head[:4] == MAGIC or (head[1:4] == _SKIPPABLE and head[:1] != b"" and head[0] >> 4 == 5)  # noqa: PLR2004


class _Counted:
    """The stored file as Arrow reads it: how many bytes were taken, and what went wrong with them."""

    def __init__(self, stored: BinaryIO) -> None:
        self._stored = stored
        self.taken = 0
        self.error: SourceError | None = None

    @property
    def closed(self) -> bool:
        return self._stored.closed

    def read(self, size: int) -> bytes:
        try:
            data = self._stored.read(size)
        except SourceError as error:
            self.error = error
            raise
        self.taken += len(data)
        return data

    def close(self) -> None:
        """The file is closed by who opened it."""


class Unzstd(io.RawIOBase):
    """The decompressed bytes of one or more frames; checks every frame's checksum where it has one.

    Raises `SourceError` at the end of a truncated file, at damage, at bytes after the last frame, at frames that need
    more than 128 MiB of memory, and when more than `FREE` bytes came out at more than `MAX_RATIO` for one.
    """

    def __init__(self, stored: BinaryIO, where: str, *, free: int = FREE, max_ratio: int = MAX_RATIO) -> None:
        self._stored = stored
        self._where = where
        self._free = free
        self._max_ratio = max_ratio
        self._counted = _Counted(stored)
        self._frames = pa.CompressedInputStream(pa.PythonFile(self._counted, "r"), "zstd")
        self._written = 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        """Fill (part of) the buffer; 0 at the sound end only."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._frames.read(len(view))
        except (OSError, pa.ArrowException, SourceError) as error:
            raise self._counted.error or self._said(error) from None
        self._written += len(data)
        if self._written > self._free and self._written > self._max_ratio * max(self._counted.taken, 1):
            raise SourceError(
                f"decompresses to more than {self._max_ratio} times its size",
                where=self._where,
                do="unpack it yourself",
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stored file too."""
        if not self.closed:
            self._stored.close()
        super().close()

    def _said(self, error: Exception) -> SourceError:
        """Arrow's error in our words: only whether the file was cut short is taken from its own."""
        what = "truncated zstd" if "Truncated" in str(error) else "damaged zstd, or bytes after its end"
        return SourceError(what, where=self._where, do="copy the file again")
