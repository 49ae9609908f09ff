"""Running one command while everything that others could see of it is taken down: streams, terminal, `/proc`.

While the command lives, every process of its session is looked at every ten milliseconds: its arguments, environment,
name, and files that have no name any more. What it removes or overwrites is kept aside by `tools.canary_site`. The
limit: what lives shorter than that and leaves no file may go unseen.
"""

import contextlib
import fcntl
import os
import pty
import resource
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 180.0
"""Seconds after which a command that does not end is killed."""
_POLL = 0.01
_YOUNG = 30
"""Looks at a process before which it need not have come to forbid core files."""
_LARGEST = 8 << 20
"""Bytes of a nameless file that are looked at."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders that the commands of one story live in; nothing that they touch is outside."""

    base: Path

    @property
    def project(self) -> Path:
        """Where the commands are run."""
        return self.base / "project"

    @property
    def morgue(self) -> Path:
        """Where what they remove is kept."""
        return self.base / "morgue"

    def environment(self, *, mutant: str = "", fault: str = "") -> dict[str, str]:
        """Of every command: a home, caches and temporary files of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        folders = {name: self.base / name.lower() for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
        for folder in (*folders.values(), self.morgue):
            folder.mkdir(parents=True, exist_ok=True)
        return {
            **kept,
            **{name: str(folder) for name, folder in folders.items()},
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "tools" / "canary_site", ROOT / "src", ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TERM": "xterm-256color",
            "CANARY_MORGUE": str(self.morgue),
            "CANARY_MUTANT": mutant,
            "CANARY_FAULT": fault,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command, and what could be seen of it."""

    code: int
    out: bytes
    """Standard output; on a terminal, everything that the terminal was sent."""
    err: bytes
    seen: bytes
    """Arguments, environments, names and nameless files of its processes."""
    dumps: bool
    """Whether a process of it could have left a core file."""


@dataclass(slots=True)
class _Sight:
    """What was seen of one session's processes."""

    session: int
    found: set[bytes] = field(default_factory=set)
    known: dict[str, bool] = field(default_factory=dict)
    limits: dict[str, tuple[int, bool]] = field(default_factory=dict)
    """By process: how often it was looked at, and whether it could leave a core file at the last of these."""

    @property
    def dumps(self) -> bool:
        """Whether one of them could have left a core file, but for the first moments of its life."""
        return any(could for looks, could in self.limits.values() if looks > _YOUNG)

    def look(self) -> None:
        names = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
        self.known = {name: self.known[name] for name in names if name in self.known}
        for name in names:
            if name not in self.known:
                self.known[name] = self._is_ours(name)
            if self.known[name]:
                self._take(name)

    def _is_ours(self, name: str) -> bool:
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = Path("/proc", name, "stat").read_text(errors="replace").rpartition(")")[2].split()
            return int(fields[3]) == self.session
        return False

    def _take(self, name: str) -> None:
        folder = Path("/proc", name)
        for part in ("cmdline", "environ", "comm"):
            with contextlib.suppress(OSError):
                self.found.add((folder / part).read_bytes())
        with contextlib.suppress(OSError, StopIteration):
            limits = (folder / "limits").read_text(encoding="ascii").splitlines()
            size = next(line for line in limits if line.startswith("Max core file size")).split()[4]
            self.limits[name] = (self.limits.get(name, (0, False))[0] + 1, size != "0")
        with contextlib.suppress(OSError):
            for link in (folder / "fd").iterdir():
                with contextlib.suppress(OSError):
                    target = str(link.readlink())
                    if target.endswith(" (deleted)") or target.startswith("/memfd:"):
                        with link.open("rb") as stream:
                            self.found.add(target.encode() + b"\n" + stream.read(_LARGEST))


def watched(
    words: Sequence[str],
    place: Place,
    *,
    terminal: bool = False,
    given: bytes = b"",
    typed: bytes = b"",
    mutant: str = "",
    fault: str = "",
) -> Outcome:
    """Run ``pratique`` with these words in the project's folder; ``given`` is its standard input, ``typed`` what is
    typed at its terminal once it has shown something.
    """
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))  # else nobody could tell who forbids core files
    command = [sys.executable, "-m", "pratique", *words]
    environment = place.environment(mutant=mutant, fault=fault)
    return _on_terminal(command, place, environment, typed) if terminal else _piped(command, place, environment, given)


def _piped(command: list[str], place: Place, environment: dict[str, str], given: bytes) -> Outcome:
    process = subprocess.Popen(
        command,
        cwd=place.project,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    watch = _Watch(process.pid)
    try:
        out, err = process.communicate(given, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    sight = watch.end()
    return Outcome(process.returncode, out, err, b"\n".join(sight.found), sight.dumps)


def _on_terminal(command: list[str], place: Place, environment: dict[str, str], typed: bytes) -> Outcome:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    process = subprocess.Popen(
        command, cwd=place.project, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    watch = _Watch(process.pid)
    shown = bytearray()
    end = time.monotonic() + LONGEST
    while True:
        if time.monotonic() > end:
            process.kill()
        if not select.select([ours], [], [], 0.05)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # the last process has closed it
            break
        if not piece:
            break
        shown += piece
        if typed:
            os.write(ours, typed)
            typed = b""
    code = process.wait()
    os.close(ours)
    sight = watch.end()
    return Outcome(code, bytes(shown), b"", b"\n".join(sight.found), sight.dumps)


class _Watch:
    """Looks at a session's processes until told to end."""

    def __init__(self, session: int) -> None:
        self._sight = _Sight(session)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.wait(_POLL):
            self._sight.look()

    def end(self) -> _Sight:
        self._over.set()
        self._thread.join()
        return self._sight
