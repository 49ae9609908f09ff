"""Where the records of a part come from: its source, or the quarantine of an earlier run."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from pratique.errors import FormatError, SourceError
from pratique.model.data import Block, FormatSpec, Input, Part
from pratique.model.schema import Schema
from pratique.ports import Format, Source


class Reader(Protocol):
    """Gives the records of parts."""

    def blocks(self, part: Part) -> Iterator[Block]:
        """The part's records, each once; the same at every call."""
        ...

    def check(self, part: Part) -> None:
        """Raise `SourceError` or `StoreError` where what `blocks` read is not any more what the run began with."""
        ...


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Parts of the source's inputs."""

    source: Source
    format: Format
    spec: FormatSpec
    schema: Schema
    identities: Mapping[int, str]
    """Input number to what the source said of the input when its digest was taken."""

    def blocks(self, part: Part) -> Iterator[Block]:
        """As `Reader.blocks`."""
        with naming(part.input), self.source.open(part.input) as stream:
            yield from self.format.decode(stream, part.start, part.end, self.spec, self.schema)

    def check(self, part: Part) -> None:
        """As `Reader.check`."""
        check_unchanged(self.source, part.input, self.identities)


@contextlib.contextmanager
def naming(item: Input) -> Iterator[None]:
    """What cannot be read or decoded in this block is the input's."""
    try:
        yield
    except (FormatError, SourceError) as error:
        raise error.within(f"input #{item.number}") from None


def check_unchanged(source: Source, item: Input, identities: Mapping[int, str]) -> None:
    """Raise `SourceError` where an input is not any more what it was when its digest was taken."""
    if source.identity(item) != identities.get(item.number):
        raise SourceError(
            "changed since the run began", where=f"input #{item.number}", do="let its writer finish, then run again"
        )
