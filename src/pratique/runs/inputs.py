"""What a run reads: the digest of every input, and which of them are new."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pratique.errors import RefusedError, SourceError, remedy
from pratique.model.data import Input
from pratique.model.release import InputState
from pratique.ports import Source

_CHUNK: Final = 1 << 20
_SHOWN: Final = 10
"""How many inputs an error numbers."""


def _no_progress(_done: int) -> None:
    """Nobody watches."""


def hash_inputs(
    source: Source, inputs: Sequence[Input], progress: Callable[[int], None] = _no_progress
) -> list[InputState]:
    """The state of every input, from one pass over its stored bytes; ``progress`` gets bytes read so far, of all.

    Raises `SourceError` where an input has more or fewer bytes than its listing said, or cannot be read. What is
    changed after this pass is not seen here.
    """
    states: list[InputState] = []
    done = 0
    buffer = bytearray(_CHUNK)
    view = memoryview(buffer)
    for item in inputs:
        found = hashlib.sha256()
        size = 0
        try:
            with source.open_stored(item) as stream:
                while count := stream.readinto(buffer):  # type: ignore[attr-defined]
                    found.update(view[:count])
                    size += count
                    progress(done + size)
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise SourceError(what, where=f"input #{item.number}", do=remedy(error)) from None
        if size != item.size:
            raise SourceError(
                f"had {item.size} bytes when it was listed and {size} when it was read",
                where=f"input #{item.number}",
                do="let it be written to its end first, then run again",
            )
        done += size
        states.append(InputState(item.name, item.number, size, found.hexdigest()))
    return states


def check_inputs(known: Mapping[str, InputState], now: Sequence[InputState], *, full: bool) -> tuple[InputState, ...]:
    """The inputs that a run treats: all if ``full``, else those that no release holds (``known``: those that one does).

    Raises `RefusedError` where an input has the name of a released one and other bytes, and `SourceError` for two of
    one name. Inputs are named by their number.
    """
    if len({state.name for state in now}) != len(now):
        raise SourceError("two inputs have the same name")
    if full:
        return tuple(now)
    changed = [state for state in now if state.name in known and _bytes_of(known[state.name]) != _bytes_of(state)]
    if changed:
        numbers = ", ".join(f"#{state.number}" for state in changed[:_SHOWN])
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise RefusedError(
            "the bytes are not those that were released under the name before",
            where=f"input {numbers}{more}",
            do="give new data a new name, or run with --full to release everything anew",
        )
    return tuple(state for state in now if state.name not in known)


def _bytes_of(state: InputState) -> tuple[int, str]:
    return state.size, state.digest
