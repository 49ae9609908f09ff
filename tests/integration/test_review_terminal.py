"""A review on a real terminal: it is put back whatever happens, and nothing that was decided is lost."""

import contextlib
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pratique.model.catalogue import Decision, DecisionKind
from pratique.project import Project
from tools import review_project

pytestmark = pytest.mark.integration

STEWARD = review_project.STEWARD
PATIENCE = 60.0
"""Seconds, on a machine that does other things too."""
SETTLED = 0.4
"""Seconds without output after which a screen is whole; also more than keys that come too quickly are apart."""


OWNER = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
child = os.fork()
if not child:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGHUP, signal.SIG_IGN)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""What a shell does: it owns the terminal, and gives it to the program, which can be interrupted and stopped."""


class Terminal:
    """A review as a process of its own, on a terminal of its own."""

    def __init__(self, root: Path, *arguments: str, **more: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.modes = termios.tcgetattr(slave)
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", OWNER, sys.executable, "-m", "pratique", "review", *arguments],
            cwd=root,
            env={**env, "TERM": "xterm-256color", **more},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        self._slave = slave
        self.seen = ""

    def wait(self, *words: str) -> str:
        """Wait until all words came since the last key, and the screen is whole."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            ready = select.select([self._master], [], [], SETTLED)[0]
            if ready:
                self.seen += os.read(self._master, 65536).decode("utf-8", "replace")
            elif all(word in self.seen for word in words):
                return self.seen
        raise AssertionError(f"{words} did not come; {self.seen[-2000:]!r}")

    def press(self, keys: str, *words: str) -> str:
        """Send keys, wait for what they bring."""
        self.seen = ""
        os.write(self._master, keys.encode())
        return self.wait(*words)

    def _program(self) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return int(children.split()[0])

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self._program(), number)

    def state(self) -> str:
        """``S`` sleeping, ``T`` stopped."""
        return Path(f"/proc/{self._program()}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]

    def resize(self, width: int, height: int) -> None:
        """As a window manager does."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def end(self) -> int:
        """The exit code, with everything written read."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if select.select([self._master], [], [], 0.1)[0]:
                self.seen += os.read(self._master, 65536).decode("utf-8", "replace")
        while select.select([self._master], [], [], 0.1)[0]:
            self.seen += os.read(self._master, 65536).decode("utf-8", "replace")
        return self.process.wait(timeout=1)

    @property
    def restored(self) -> bool:
        """Whether modes, screen, cursor and the rest are as they were."""
        modes = termios.tcgetattr(self._slave) == self.modes
        return modes and self.seen.rfind("\x1b[?1049l") > self.seen.rfind("\x1b[?1049h") and "\x1b[?25h" in self.seen

    def close(self) -> None:
        """Nothing stays behind."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError, IndexError):
                self.signal(signal.SIGKILL)
            self.process.kill()
            self.process.wait(timeout=PATIENCE)
        os.close(self._master)
        os.close(self._slave)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("review-terminal")
    review_project.make(root, ("customers", "support"))
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "project"))


@pytest.fixture
def review(root: Path) -> Iterator[Callable[..., Terminal]]:
    with contextlib.ExitStack() as stack:

        def start(*arguments: str, **more: str) -> Terminal:
            terminal = Terminal(root, *arguments, **more)
            stack.callback(terminal.close)
            terminal.wait("to decide", "q quit")
            return terminal

        yield start


def decided(root: Path) -> list[Decision]:
    return [d for view in Project.open(root).catalogue() for d in view.decisions]


def test_a_decision_survives_kill_9_and_the_next_review_goes_on(root, review):
    first = review("--as", STEWARD)
    first.press("n", "why?")
    first.press("figures\r", "saved:", "1 decided")
    first.press(" ", "q quit")
    first.signal(signal.SIGKILL)
    first.process.wait(timeout=PATIENCE)
    [made] = decided(root)
    assert (made.kind, made.reason, bool(made.signature)) == (DecisionKind.NOT_PERSONAL, "figures", True)
    second = review("--as", STEWARD)
    assert "going on where you stopped" in second.seen
    second.press("q")
    assert second.end() == 0
    assert second.restored
    assert "0 decided" in second.seen


@pytest.mark.parametrize("how", ["key", "signal"])
def test_an_interrupt_puts_the_terminal_back(root, review, how):
    terminal = review()
    if how == "key":
        terminal.press("\x03")
    else:
        terminal.signal(signal.SIGTERM)
    assert terminal.end() == 130
    assert terminal.restored
    assert "pratique: interrupted" in terminal.seen
    assert "Traceback" not in terminal.seen
    assert decided(root) == []


def test_stopped_and_continued_it_paints_again(review):
    terminal = review()
    terminal.press("\x1a", "\x1b[?1049l")
    assert terminal.state() == "T"
    assert terminal.restored
    terminal.seen = ""
    terminal.signal(signal.SIGCONT)
    terminal.wait("\x1b[?1049h", "q quit")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.restored


def test_a_terminal_that_goes_away_ends_it(root):
    terminal = Terminal(root)
    terminal.wait("q quit")
    os.close(terminal._slave)
    os.close(terminal._master)
    assert terminal.process.wait(timeout=PATIENCE) in (0, 4, 130)  # by who notices first


def test_pasted_text_decides_nothing_and_keys_that_come_too_quickly_one_field_only(root, review):
    terminal = review("--as", STEWARD)
    terminal.press("\x1b[200~nnn\nccc\x1b[201~", "pasted")
    terminal.press("n", "why?")
    terminal.press("figures\r", "saved:")
    terminal.press("nnnnnnnnnn", "saved:")
    assert len(decided(root)) == 2
    # A reason typed where none is asked for: no letter of it decides, not even by way of what is alike.
    terminal.press("figures and counts\r", "too quickly")
    assert len(decided(root)) == 2


def test_it_is_painted_for_the_size_that_the_terminal_has_and_without_colour_if_asked(review):
    terminal = review(NO_COLOR="1")
    assert "\x1b[31m" not in terminal.seen
    assert "\x1b[33m" not in terminal.seen
    terminal.seen = ""
    terminal.resize(40, 12)
    terminal.wait("more lines")
    terminal.seen = ""
    terminal.resize(20, 5)
    terminal.wait("too small")
    terminal.press("q")
    assert terminal.end() == 0


def test_two_stewards_at_once_lose_nothing(root, review):
    """Both decide on the same field; the second sees the first's decision, and says what holds."""
    first, second = review("--as", STEWARD), review()
    first.press("/iban\r", "_iban")
    second.press("/iban\r", "_iban")
    first.press("c", "why?")
    second.press("c", "why?")
    first.press("the first\r", "saved:")
    second.press("the second\r", "Nothing of yours was stored", "the first")
    assert [d.reason for d in decided(root)] == ["the first"]
    second.press("m", "saved:")
    assert [(d.sequence, d.reason) for d in decided(root)] == [(1, "the first"), (2, "the second")]


def test_many_decisions_of_two_processes_are_all_there(root):
    """Without a terminal: two reviews race through the same queue; each decision is stored once or refused."""
    code = """
import sys
from pratique.errors import CatalogueError
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.reviewing import Choice
from pratique.project import Project
desk = Project.open(sys.argv[1]).review()
stored = 0
for name in [item.name for item in desk.queue() if item.verdict.entities][:12]:
    try:
        desk.decide([Choice(desk.item(name), DecisionKind.CONFIRM)], sys.argv[2])
        stored += 1
    except CatalogueError:
        desk.reload([name[0]])
print(stored)
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(root), who], stdout=subprocess.PIPE, text=True)
        for who in ("one", "two")
    ]
    stored = [int(process.communicate(timeout=PATIENCE)[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    views = [view for view in Project.open(root).catalogue() if view.decisions]
    assert sum(len(view.decisions) for view in views) == sum(stored)
    for view in views:
        assert [d.sequence for d in view.decisions] == list(range(1, len(view.decisions) + 1))
        assert view.verdict.state.value == "decided"
