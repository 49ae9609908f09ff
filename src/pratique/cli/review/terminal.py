"""The terminal of a review: keys read one by one, screens painted whole, everything put back at the end.

Whatever ends the review, but ``kill -9`` of the process, leaves the terminal as it was: modes, screen and cursor.
"""

import contextlib
import os
import re
import select
import signal
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator, Sequence
from types import FrameType, TracebackType
from typing import Any, Final, Self

from rich.console import Console
from rich.text import Text

from pratique.cli.review.frame import Line, Size, width_of
from pratique.cli.review.session import PASTE, Session

_ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
"""Another screen, no cursor, no wrapping at the edge, pasted text marked as such."""
_LEAVE: Final = "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
_ESCAPE_WAIT: Final = 0.05
"""Seconds after which an Esc is a key and not the beginning of one."""
_LOOK: Final = 0.25
"""Seconds between looks at the terminal's size."""
TOO_QUICK: Final = 0.15
"""Seconds after a key within which none that decides can have been meant for what is on screen: so the letters of a
reason that nobody asked for."""

_SEQUENCES: Final = {
    "[A": "up",
    "[B": "down",
    "[C": "right",
    "[D": "left",
    "OA": "up",
    "OB": "down",
    "OC": "right",
    "OD": "left",
    "[H": "home",
    "OH": "home",
    "[1~": "home",
    "[7~": "home",
    "[F": "end",
    "OF": "end",
    "[4~": "end",
    "[8~": "end",
    "[3~": "delete",
    "[5~": "pgup",
    "[6~": "pgdn",
    "OP": "f1",
    "[11~": "f1",
}
_SEQUENCE: Final = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|O[@-~])")
_PASTED: Final = re.compile(r"\x1b\[200~(.*?)\x1b\[201~", re.DOTALL)
_PLAIN: Final = {
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x01": "ctrl-a",
    "\x05": "ctrl-e",
    "\x15": "ctrl-u",
    "\x17": "ctrl-w",
    "\x04": "q",
}


def split_keys(text: str, *, whole: bool) -> tuple[list[str], str]:
    """Keys in what a terminal sent, and what may be the beginning of one; with ``whole`` nothing more is to come.

    Sequences that no key of ours sends are left out, whole: none of their characters is taken for a key.
    """
    keys: list[str] = []
    at = 0
    while at < len(text):
        if text[at] != "\x1b":
            keys.append(_PLAIN.get(text[at], text[at]))
            at += 1
            continue
        if pasted := _PASTED.match(text, at):
            keys.append(PASTE + pasted[1])
            at = pasted.end()
        elif text.startswith("\x1b[200~", at):
            if whole:
                break
            return keys, text[at:]
        elif sequence := _SEQUENCE.match(text, at):
            if sequence[1] in _SEQUENCES:
                keys.append(_SEQUENCES[sequence[1]])
            at = sequence.end()
        elif not whole and re.fullmatch(r"\x1b(\[[0-?]*[ -/]*|O)?", text[at:]):
            return keys, text[at:]
        else:
            keys.append("esc")
            at += 1
    return [key for key in keys if len(key) > 1 or key.isprintable()], ""


class Terminal:
    """The terminal that standard input and output are, taken over while in the ``with`` block."""

    def __init__(self) -> None:
        self._in = sys.stdin.fileno()
        self._console = Console(highlight=False, markup=False, emoji=False)
        self._modes: list[Any] = []
        self._handlers: dict[int, Any] = {}
        self._rest = b""
        self._again = False

    def __enter__(self) -> Self:
        self._modes = termios.tcgetattr(self._in)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP):
            self._handlers[number] = signal.getsignal(number)
            signal.signal(number, self._stop if number == signal.SIGTSTP else _interrupt)
        self._take()
        self.forget_keys()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, termios.error):  # a terminal that is gone needs nothing back
            self._give()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _take(self) -> None:
        tty.setcbreak(self._in)
        self._write(_ENTER)
        self._again = True

    def _give(self) -> None:
        self._write(_LEAVE)
        termios.tcsetattr(self._in, termios.TCSADRAIN, self._modes)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-Z: the terminal is as it was until the process goes on."""
        del frame
        self._give()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._stop)
        self._take()

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def size(self) -> Size:
        """As it is now."""
        try:
            found = os.get_terminal_size(sys.stdout.fileno())  # whatever COLUMNS says
        except OSError:
            raise EOFError from None
        return Size(found.columns or 80, found.lines or 24)

    def paint(self, lines: Sequence[Line], size: Size) -> None:
        """The whole screen, over the one before."""
        text = Text(no_wrap=True, overflow="crop", end="")
        for at, one in enumerate(lines):
            for cell in one:
                text.append(cell.text, style=cell.style.value)
            text.append(" " * max(size.width - width_of(one), 0))
            if at + 1 < len(lines):
                text.append("\n")
        with self._console.capture() as caught:
            self._console.print(text, width=size.width, crop=False, soft_wrap=True, end="")
        self._write("\x1b[H" + caught.get())
        self._again = False

    def forget_keys(self) -> None:
        """What was typed before the screen was seen is not meant for it."""
        termios.tcflush(self._in, termios.TCIFLUSH)
        self._rest = b""

    def keys(self, size: Size) -> Iterator[str]:
        """The keys that come next; none if the screen must be painted anew. `EOFError` when the terminal is gone."""
        while self.size() == size and not self._again:
            if not select.select([self._in], [], [], _ESCAPE_WAIT if self._rest else _LOOK)[0]:
                if self._rest:
                    keys, _ = split_keys(self._rest.decode("utf-8", "replace"), whole=True)
                    self._rest = b""
                    yield from keys
                    return
                continue
            try:
                data = os.read(self._in, 4096)
            except OSError:
                data = b""
            if not data:
                raise EOFError
            text, tail = _decoded(self._rest + data)
            keys, rest = split_keys(text, whole=False)
            self._rest = rest.encode() + tail
            if keys:
                yield from keys
                return


def _decoded(data: bytes) -> tuple[str, bytes]:
    """The text of whole characters, and the bytes of one that is not whole yet."""
    for cut in range(min(4, len(data) + 1)):
        try:
            return data[: len(data) - cut].decode(), data[len(data) - cut :]
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace"), b""


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def possible() -> bool:
    """Whether standard input and output are a terminal on which a screen can be painted."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def run(session: Session, moved: Callable[[Session], None]) -> None:
    """Until the reviewer leaves; ``moved`` is told of every field that comes on screen."""
    with Terminal() as terminal:
        last = float("-inf")
        moved(session)
        while not session.over:
            try:
                size = terminal.size()
                terminal.paint(session.screen(size), size)
                for key in terminal.keys(size):
                    early, last = time.monotonic() - last < TOO_QUICK, time.monotonic()
                    if early and key in session.view.deciding:
                        session.say("that came too quickly to be meant for what is on screen: nothing was done")
                        break
                    before = session.decided
                    session.press(key)
                    moved(session)
                    if session.decided != before or session.alarm or session.over:
                        last = time.monotonic()
                        terminal.forget_keys()
                        break
            except EOFError:
                session.over = True
