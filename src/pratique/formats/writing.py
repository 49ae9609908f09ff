"""What formats have in common that write each row by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pratique.model.data import Batch


@dataclass(frozen=True, slots=True)
class RowEncoder:
    """Implements `pratique.ports.Encoder` where a row's bytes do not hang on other rows, and no footer follows."""

    before: bytes
    """What comes before the first row."""
    write: Callable[[Sequence[Batch]], bytes | memoryview]
    """The bytes of the rows of some batches."""

    def head(self) -> bytes:
        """What comes before the first row."""
        return self.before

    def encode(self, batches: Sequence[Batch]) -> bytes | memoryview:
        """The rows, merged by ordinal."""
        return self.write(batches)

    def finish(self) -> bytes:
        """Nothing."""
        return b""
