"""Reading a staged file once: every byte is hashed on its way to whoever decodes it."""

import hashlib
import io
from typing import BinaryIO

_CHUNK = 1 << 20


class HashingStream(io.RawIOBase):
    """A read-only view of an open descriptor that hashes each byte of the file once, in order, however it is read.

    Bytes that the reader skips are read and hashed all the same, at the latest by `finish`. Closing it leaves the
    descriptor open.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._hash = hashlib.sha256()
        self._hashed = 0
        self._at = 0
        stream.seek(0)

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The offset of the next byte to read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any binary stream."""
        self._at = self._stream.seek(offset, whence)
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """As of any binary stream."""
        view = memoryview(buffer).cast("B")
        if self._at > self._hashed:
            self._hash_to(self._at)
        count = int(self._stream.readinto(view))  # type: ignore[attr-defined]
        end = self._at + count
        if end > self._hashed:
            self._hash.update(view[self._hashed - self._at : count])
            self._hashed = end
        self._at = end
        return count

    def _hash_to(self, end: int) -> None:
        self._stream.seek(self._hashed)
        while self._hashed < end:
            data = self._stream.read(min(_CHUNK, end - self._hashed))
            if not data:
                break
            self._hash.update(data)
            self._hashed += len(data)
        self._stream.seek(self._at)

    def finish(self) -> tuple[str, int]:
        """SHA-256 (hex) and size of the whole file; what nobody read is read now."""
        self._stream.seek(self._hashed)
        view = memoryview(bytearray(_CHUNK))
        while count := self._stream.readinto(view):  # type: ignore[attr-defined]
            self._hash.update(view[:count])
            self._hashed += count
        return self._hash.hexdigest(), self._hashed
