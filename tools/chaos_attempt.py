"""One run of a flow as a process of its own, killed with SIGKILL at a chosen moment or let through.

Only the run's first process is killed: that its workers go with it is part of what is tried.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.chaos_project import FLOW, STATE, TARGET, command, environment

LONGEST = 120.0
"""Seconds after which a run that does not end is a fault."""
_POLL = 0.002

Family = frozenset[tuple[int, int]]
"""Processes, each as its id and the moment it was started: ids are used again."""


class Wrong(Exception):  # noqa: N818 (it is the finding, not an error of this tool)
    """A run that was killed did not come back as it must."""


@dataclass(frozen=True, slots=True)
class Aim:
    """When to kill: ``delay`` seconds after the first progress, or after the first that shows at the target."""

    publishing: bool
    delay: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one run."""

    killed: bool
    code: int
    output: bytes
    error: str
    working: float
    """Seconds from the first progress to the end."""
    publishing: float
    """Seconds from the first change at the target to the end; 0 where there was none."""
    family: Family
    """The processes that the killed one had started."""


def attempt(folder: Path, *, workers: int, small: bool, aim: Aim | None) -> Attempt:
    """Run the flow and kill it as aimed; a run that ends before its moment is let go.

    Progress is a change of the run store, of staging, or of the target since the start: before that, nothing is killed.
    """
    words = command("run", FLOW, "--workers", str(workers), "-o", "json", small=small)
    output, error = folder / ".output", folder / ".error"
    before, there = _state(folder), _names(folder / TARGET)
    with output.open("wb") as out, error.open("wb") as err:
        process = subprocess.Popen(words, cwd=folder, env=environment(), stdout=out, stderr=err)
    begun = time.monotonic()
    worked = published = 0.0
    family: Family = frozenset()
    killed = False
    while process.poll() is None:
        now = time.monotonic()
        if not worked and _state(folder) != before:
            worked = now
        if worked and not published and _names(folder / TARGET) != there:
            published = now
        since = published if aim is not None and aim.publishing else worked
        if aim is not None and since and now >= since + aim.delay:
            family = _children(process.pid)
            process.kill()
            killed = process.wait() == -9
            break
        if now > begun + LONGEST:
            process.kill()
            process.wait()
            raise Wrong(f"a run did not end in {LONGEST:.0f} s")
        time.sleep(_POLL)
    end = time.monotonic()
    return Attempt(
        killed=killed,
        code=process.returncode,
        output=output.read_bytes(),
        error=error.read_text(errors="replace").strip()[-500:],
        working=end - worked if worked else 0.0,
        publishing=end - published if published else 0.0,
        family=family,
    )


def await_end(family: Family, seconds: float = 10.0) -> None:
    """Wait until all of them are gone; `Wrong` where one outlives its parent by that long."""
    end = time.monotonic() + seconds
    while left := family & _living().keys():
        if time.monotonic() > end:
            raise Wrong(f"{len(left)} processes outlive the run that started them by {seconds:.0f} s")
        time.sleep(0.01)


def _state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What a run changes as it gets on: the store's files, what is staged, what stands at the target."""
    found: set[tuple[str, int, int]] = set()
    for path in (*(folder / STATE).glob("pratique.db*"), *(folder / STATE / "staging").glob("[0-9a-f]*")):
        # The lock and the shared memory of the database change when it is but opened, and an empty log tells nothing.
        with contextlib.suppress(FileNotFoundError):
            found_now = path.stat()
            if found_now.st_size and not path.name.endswith((".lock", "-shm")):
                found.add((path.name, found_now.st_size, found_now.st_mtime_ns))
    return frozenset(found | {(name, 0, 0) for name in _names(folder / TARGET)})


def _names(folder: Path) -> frozenset[str]:
    return frozenset(name for _, _, names in os.walk(folder) for name in names)


def _children(parent: int) -> Family:
    """Every descendant of a process; none where there is no ``/proc``."""
    living = _living()
    family: set[tuple[int, int]] = set()
    wanted = {parent}
    while wanted:
        found = {key for key, above in living.items() if above in wanted} - family
        family |= found
        wanted = {number for number, _ in found}
    return frozenset(family)


def _living() -> dict[tuple[int, int], int]:
    """Every process that is no zombie, with the id of its parent."""
    return {(number, started): parent for number, started, parent in _processes()}


def _processes() -> Iterator[tuple[int, int, int]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # After the name, which may hold anything: state, parent, …, start time.
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
            if fields[0] not in "ZX":
                yield int(path.parent.name), int(fields[19]), int(fields[1])
