"""Staging in memory: what is staged is gone with the process, as is a transaction that was not committed."""

import io
from collections.abc import Callable, Collection
from typing import BinaryIO

from pratique.errors import StoreError
from pratique.model.data import PartId


class MemoryStagingArea:
    """Implements `pratique.ports.StagingArea` for parts that are published at once and by this process: of a stream."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._count = 0

    def create(self, part: PartId, extension: str) -> "MemoryStaged":
        """A new file of its own."""
        self._count += 1
        return MemoryStaged(f"{part}.{self._count}{extension}", self._files)

    def open(self, name: str) -> BinaryIO:
        """A finished file. Raises `StoreError` if it is gone."""
        if name not in self._files:
            raise StoreError("a staging file is gone", where=name)
        return io.BytesIO(self._files[name])

    def remove(self, name: str) -> None:
        """Forget a file; fine if it is gone."""
        self._files.pop(name, None)

    def sweep(self, keep: Callable[[], Collection[str]]) -> int:
        """Nothing: no other process stages here."""
        del keep
        return 0


class MemoryStaged:
    """Implements `pratique.ports.Staged`."""

    def __init__(self, name: str, files: dict[str, bytes]) -> None:
        self.name = name
        self._files = files
        self._parts: list[bytes] = []

    def write(self, data: bytes | memoryview) -> None:
        """Append."""
        self._parts.append(bytes(data))

    def finish(self) -> BinaryIO:
        """What was written, as one read-only string of bytes."""
        self._files[self.name] = b"".join(self._parts)
        self._parts = []
        return io.BytesIO(self._files[self.name])

    def settle(self) -> None:
        """Memory is as settled as it gets."""

    def discard(self) -> None:
        """Forget it."""
        self._files.pop(self.name, None)
