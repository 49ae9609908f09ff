"""Progress of long work on standard error: a bar on a terminal; plain lines where somebody asks, and of long work.

Every command shows it in one way: what is being done, how much of it, how fast, and how long it will take. Labels are
words of this program, never a name or a value, and a terminal's title is left alone.
"""

import os
import sys
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pratique.cli.text import safe, size

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

_EVERY = 5.0
"""Seconds between two plain lines, at least."""
_LONG = 30.0
"""The same where nobody asked for lines; what takes less says nothing."""
_WINDOW = 20.0
"""Seconds over which a rate is taken."""
_WIDE, _NARROW = 64, 36
"""Columns from which there is room for everything, and for a bar at all."""


class Kind(StrEnum):
    """How progress is shown."""

    AUTO = "auto"
    """A bar on a terminal, lines on a dumb one, and where standard error is no terminal, lines of what takes long."""
    BAR = "bar"
    PLAIN = "plain"
    NONE = "none"


class Rate:
    """Bytes a second over the last while, from how much was done when; no jump shows for longer than that."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._points: deque[tuple[float, int]] = deque(maxlen=512)

    def take(self, done: int) -> None:
        """So much is done now."""
        now = self._clock()
        if len(self._points) > 1 and now - self._points[-2][0] < _WINDOW / 256:
            self._points.pop()
        self._points.append((now, done))
        while len(self._points) > 2 and now - self._points[0][0] > _WINDOW:  # noqa: PLR2004 (two make a rate)
            self._points.popleft()

    @property
    def speed(self) -> float:
        """Bytes a second; 0 while nobody can know."""
        if len(self._points) < 2:  # noqa: PLR2004
            return 0.0
        (began, first), (now, last) = self._points[0], self._points[-1]
        return max(0, last - first) / (now - began) if now - began >= 0.5 else 0.0  # noqa: PLR2004 (seconds)

    def left(self, done: int, whole: int | None) -> float | None:
        """Seconds until all is done, at this rate; None while nobody can know."""
        speed = self.speed
        return max(0, whole - done) / speed if speed and whole is not None else None


class Progress:
    """What `pratique.project` tells how far it is; this one shows nothing. Ends with its ``with`` block."""

    def __call__(self, label: str, done: int, whole: int | None) -> None:
        """``done`` of ``whole`` bytes (None: nobody knows) of the work called ``label``."""

    def close(self) -> None:
        """All is done, or over."""

    def give_up(self) -> None:
        """Something went wrong: say no more."""
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.give_up()


class Bar(Progress):
    """A bar a piece of work, with its rate and the time left; wiped when the work ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._label = ""
        self._rate = Rate(clock)

    def __call__(self, label: str, done: int, whole: int | None) -> None:
        """Drawn ten times a second at most, however often this is called."""
        if self._bar is None or label != self._label:
            self.close()
            self._rate = Rate(self._clock)
            self._bar, self._label = _make_bar(self._rate), label
            self._task = self._bar.add_task(safe(label), total=whole)
            self._bar.start()
        assert self._task is not None
        self._rate.take(done)
        self._bar.update(self._task, completed=done, total=whole)

    def close(self) -> None:
        """Wipes the bar."""
        if self._bar is not None:
            self._bar.stop()
        self._bar = self._task = None


class Lines(Progress):
    """A line every few seconds, and one when a piece of work is done; for logs, and for terminals without a cursor.

    Where nobody ``asked`` for them: one every half a minute, and none of a piece of work that takes less.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, asked: bool = True) -> None:
        self._clock = clock
        self._asked = asked
        self._label = ""
        self._began = self._said = 0.0
        self._done, self._whole = 0, 0
        self._rate = Rate(clock)

    def __call__(self, label: str, done: int, whole: int | None) -> None:
        """Says a line if the last one is some time ago."""
        now = self._clock()
        if label != self._label:
            self.close()
            self._label, self._began, self._said, self._rate = label, now, now, Rate(self._clock)
        self._done, self._whole = done, whole or 0
        self._rate.take(done)
        if now - self._said >= (_EVERY if self._asked else _LONG):
            self._said = now
            of = f" of {size(whole)} ({share_of(done, whole)})" if whole else ""
            left = self._rate.left(done, whole)
            words = [f"{size(done)}{of}", f"{size(self._rate.speed)}/s" if self._rate.speed else ""]
            words.append(f"{span(left)} left" if left is not None else "")
            self._say(", ".join(filter(None, words)))

    def close(self) -> None:
        """Says what was done, and how fast."""
        if self._label and (self._asked or self._said > self._began):
            took = self._clock() - self._began
            rate = f", {size(self._done / took)}/s" if took >= 1 and self._done else ""
            self._say(f"done, {size(self._done)} in {span(took)}{rate}")
        self._label = ""

    def give_up(self) -> None:
        """What failed is not called done."""
        self._label = ""

    def _say(self, words: str) -> None:
        try:
            print(f"{safe(self._label)}: {words}", file=sys.stderr, flush=True)  # noqa: T201 (what was asked for)
        except OSError:
            self._label = ""  # nobody listens, and that is no reason to fail


def share_of(done: int, whole: int) -> str:
    """``45 %``, and never 100 % before all is done."""
    return f"{min(100, 100 * done // whole)} %"


def span(seconds: float) -> str:
    """``0:12``, ``4:05``, ``1:04:05``."""
    whole = int(seconds + 0.5)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def bar(kind: Kind = Kind.AUTO) -> Progress:
    """Progress as it was asked for, or as standard error allows."""
    if kind is Kind.AUTO:
        dumb = os.environ.get("TERM", "dumb") in ("", "dumb")
        if not sys.stderr.isatty():
            return Lines(asked=False)
        kind = Kind.PLAIN if dumb else Kind.BAR
    if kind is Kind.NONE:
        return Progress()
    return Bar() if kind is Kind.BAR else Lines()


def _make_bar(rate: Rate) -> "RichProgress":
    from rich.console import Console  # noqa: PLC0415 (only on a terminal)
    from rich.progress import BarColumn, ProgressColumn, Task  # noqa: PLC0415
    from rich.progress import Progress as RichProgress  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class Label(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(task.description, style="cyan", overflow="ellipsis", no_wrap=True)

    class Done(ProgressColumn):
        def render(self, task: Task) -> Text:
            known = task.total is not None and task.total > 0
            text = share_of(int(task.completed), int(task.total or 1)) if known else size(task.completed)
            return Text(f"{text:>5}", no_wrap=True)

    class Speed(ProgressColumn):
        def render(self, _task: Task) -> Text:
            return Text(f"{size(rate.speed)}/s" if rate.speed else "", style="dim", no_wrap=True)

    class Left(ProgressColumn):
        def render(self, task: Task) -> Text:
            left = rate.left(int(task.completed), None if task.total is None else int(task.total))
            return Text(f"{span(left)} left" if left is not None else "", no_wrap=True)

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns: list[ProgressColumn] = [Label(), Done(), Left()]
    if console.width >= _NARROW:
        columns.insert(1, BarColumn(bar_width=24 if console.width >= _WIDE else max(4, console.width - 34)))
    if console.width >= _WIDE:
        columns.insert(3, Speed())
    return RichProgress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
