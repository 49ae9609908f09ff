"""What every bad input is held to: one clear line, the right exit code, nothing lost, nothing passed, exact after."""

import contextlib
import re
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.sample_projects import (
    FLOW,
    command,
    copy,
    environment,
    lines,
    prepare,
    quarantined,
    record,
    released_bytes,
    run,
    source,
    statement,
    target,
)

PLANTED = ("Berta Quandt", "quandt.b@", "VALUE-77-")
"""What stands in bad inputs, and may stand nowhere after."""
RECORDS = 40


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command did."""

    code: int
    out: str
    error: str


Cli = Callable[..., Ended]


def good(first: int = 0, last: int = RECORDS) -> bytes:
    """Records that pass."""
    return lines(map(record, range(first, last)))


def between(bad: bytes) -> bytes:
    """A bad line with good ones before and after it."""
    return good(0, RECORDS // 2) + bad + b"\n" + good(RECORDS // 2)


def template(root: Path) -> Path:
    """A decided project, the release of whose good records is in ``wanted``."""
    return prepare(root)


def wanted(project: Path, work: Path) -> bytes:
    """What an undisturbed run releases of the good records."""
    root = copy(project, work)
    put(root, good())
    return released_bytes(root, run(root))


def put(root: Path, data: bytes, name: str = "a.jsonl") -> Path:
    """Write an input."""
    source(root).mkdir(parents=True, exist_ok=True)
    path = source(root) / name
    path.write_bytes(data)
    return path


def process(root: Path, *words: str, prepare_child: Callable[[], None] | None = None) -> tuple[Ended, int]:
    """Run a command in a process of its own: what it did, and its largest memory in bytes.

    That is looked up while it runs: what `wait4` tells begins with the memory of this process, from before the command.
    """
    started = subprocess.Popen(
        command(*words),
        cwd=root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare_child,  # noqa: PLW1509 (the tests have one thread)
    )
    assert started.stdout is not None
    assert started.stderr is not None
    largest = 0
    with started.stdout as out, started.stderr as error, ThreadPoolExecutor(2) as pool:
        shown, errors = pool.submit(out.read), pool.submit(error.read)
        while started.poll() is None:
            largest = max(largest, _high_water(started.pid))
            time.sleep(0.01)
        return Ended(started.returncode, shown.result(), errors.result()), largest


def _high_water(process: int) -> int:
    """The most memory that the program of a process has had so far; 0 where it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def one_line(ended: Ended, code: int, *words: str) -> None:
    """Nothing but one line: ``pratique: where: what; do``, with all of these words, short enough to be read."""
    assert ended.code == code, ended
    assert ended.out == "", ended
    assert ended.error.count("\n") == 1, ended
    assert ended.error.startswith("pratique: "), ended
    assert len(ended.error) < 400, ended
    assert "defect" not in ended.error, ended
    assert [word for word in words if not re.search(word, ended.error)] == [], ended
    silent(ended)


def silent(ended: Ended) -> None:
    """No planted value is shown."""
    assert [value for value in PLANTED if value in ended.out + ended.error] == []


def nothing_passed(root: Path) -> None:
    """No release, no file at the target, and no planted value in anything that this project wrote."""
    assert [path for path in target(root).rglob("*") if path.is_file()] == []
    no_leaks(root)


def no_leaks(root: Path) -> None:
    """No planted value stands in, or names, anything that this project wrote."""
    paths = [path for folder in (root / ".pratique", target(root)) for path in folder.rglob("*")]
    for path in paths:
        data = path.read_bytes() if path.is_file() else b""
        assert [value for value in PLANTED if value.encode() in data or value in str(path)] == [], path


def releases(root: Path) -> Sequence[Path]:
    """The folders of all releases, oldest first."""
    found = [path.parent for path in target(root).rglob("release.json")]
    return sorted(found, key=lambda folder: statement(folder).sequence)


def data_of(release: Path) -> bytes:
    """The data of one release."""
    return b"".join(path.read_bytes() for path in sorted(release.glob("0*")))


def exact_after(cli: Cli, root: Path, expected: bytes, *options: str) -> None:
    """The next run releases what an undisturbed one does; the audit log and the chain of releases are whole."""
    ended = cli("run", FLOW, *options)
    assert (ended.code, ended.error) == (0, ""), ended
    assert data_of(releases(root)[-1]) == expected
    found = statement(releases(root)[-1])
    assert found.sequence == len(releases(root))
    assert found.counts.read == found.counts.written + sum(found.counts.quarantined.values())
    staging = root / ".pratique/eu/staging"
    assert [path.name for path in staging.iterdir() if not path.name.startswith(".")] == []


def held(root: Path) -> dict[str, list[bytes]]:
    """Original bytes by rule of what the newest release held back, decrypted."""
    return quarantined(root, releases(root)[-1].name)
