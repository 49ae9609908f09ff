"""Progress of long work: a bar on a terminal's standard error, nothing anywhere else."""

import os
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pratique.cli.text import safe, size

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class Progress:
    """What `pratique.project` tells how far it is; this one shows nothing. Ends with its ``with`` block."""

    def __call__(self, label: str, done: int, whole: int | None) -> None:
        """``done`` of ``whole`` bytes (None: nobody knows) of the work called ``label``."""

    def close(self) -> None:
        """All is done, or over."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class Bar(Progress):
    """A bar a piece of work, with its rate and the time left; wiped when the work ends."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._label = ""

    def __call__(self, label: str, done: int, whole: int | None) -> None:
        """Drawn ten times a second at most, however often this is called."""
        if self._bar is None or label != self._label:
            self.close()
            self._bar, self._label = _make_bar(), label
            self._task = self._bar.add_task(safe(label), total=whole)
            self._bar.start()
        assert self._task is not None
        self._bar.update(self._task, completed=done, total=whole)

    def close(self) -> None:
        """Wipes the bar."""
        if self._bar is not None:
            self._bar.stop()
        self._bar = self._task = None


def bar() -> Progress:
    """A bar where standard error is a terminal, else silence."""
    return Bar() if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else Progress()


def _make_bar() -> "RichProgress":
    from rich.console import Console  # noqa: PLC0415 (only on a terminal)
    from rich.progress import BarColumn, ProgressColumn, Task, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as RichProgress  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class Label(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(task.description, style="cyan", overflow="ellipsis", no_wrap=True)

    class Done(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(size(task.completed) if task.total is None else f"{task.percentage:3.0f} %", no_wrap=True)

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{size(speed)}/s" if speed else "", style="dim", no_wrap=True)

    return RichProgress(
        Label(),
        BarColumn(bar_width=28),
        Done(),
        Rate(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True, highlight=False, markup=False, emoji=False),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
