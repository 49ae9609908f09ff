"""Workers of a stream beside this process: each has a slot, and works until it is done or asked to end.

Started fresh like the workers of a run (`pratique.engines.local.processes`): what each needs it opens itself. Each dies
with this process. One that dies by itself is started again while the flow is followed.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from typing import Any, Final

from pratique.engines.local.defects import told
from pratique.errors import StoreError
from pratique.hush import catching, hush_worker

Counts = tuple[int, int, int, int]
"""Read, written, quarantined, transactions."""
HelpOut = Callable[..., None]
_GRACE: Final = 60.0
"""Seconds for the transaction at hand."""
_NOTHING: Final[Counts] = (0, 0, 0, 0)


@dataclass(slots=True)
class _Helper:
    slot: int
    process: SpawnProcess
    link: multiprocessing.connection.Connection
    counts: Counts = _NOTHING
    open: bool = True


class HelperProcesses:
    """Implements `pratique.pipeline.streaming.Helpers`: one process for each of the slots from 1 to before ``slots``.

    ``help_out``: a function of a module, called in each with ``arguments(slot)``, the parent's process id, ``stop`` (as
    of `Streamer`) and ``tell``, to be called with counts. What ``arguments`` gives is pickled: it may hold no secret.
    """

    def __init__(
        self, help_out: HelpOut, arguments: Callable[[int], tuple[Any, ...]], slots: int, *, again: bool
    ) -> None:
        """``again``: whether one that dies is started again."""
        self._help_out = help_out
        self._arguments = arguments
        self._slots = slots
        self._again = again
        self._helpers: list[_Helper] = []
        self._before: Counts = _NOTHING
        self._ended = False

    def start(self) -> None:
        """Start them."""
        self._helpers = [self._start(slot) for slot in range(1, self._slots)]

    def look(self) -> bool:
        """Whether any still works; `StoreError` where one died, or the error that ended one."""
        for at, helper in enumerate(self._helpers):
            while helper.open and helper.link.poll():
                self._hear(helper)
            if helper.open or helper.process.exitcode == 0:
                continue
            helper.process.join()
            if helper.process.exitcode == 0:
                continue
            if not self._again:
                raise StoreError("a worker died", do="run it again: what was committed is kept")
            self._before = _sum(self._before, helper.counts)
            self._helpers[at] = self._start(helper.slot)
        return any(helper.open for helper in self._helpers)

    def done(self) -> Counts:
        """What they have done."""
        found = self._before
        for helper in self._helpers:
            found = _sum(found, helper.counts)
        return found

    def end(self) -> None:
        """Ask each to end, hear their last words, and wait; one that does not end in time is killed."""
        for helper in self._helpers:
            if helper.process.is_alive():
                helper.process.terminate()
        for helper in self._helpers:
            helper.process.join(_GRACE)
            if helper.process.is_alive():
                helper.process.kill()
                helper.process.join()
            while helper.open:
                try:
                    self._hear(helper)
                except Exception:  # noqa: BLE001, S112 (this process ends for a reason of its own)
                    continue

    def _start(self, slot: int) -> _Helper:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        given = (theirs, self._help_out, self._arguments(slot), os.getpid(), catching())
        process = context.Process(target=_work, args=given)
        process.start()
        theirs.close()
        return _Helper(slot, process, ours)

    def _hear(self, helper: _Helper) -> None:
        try:
            word, detail = helper.link.recv()
        except (EOFError, OSError):
            helper.open = False
            helper.link.close()
            return
        if word == "failed":
            raise detail
        helper.counts = detail


def _sum(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _work(
    link: multiprocessing.connection.Connection,
    help_out: HelpOut,
    arguments: tuple[Any, ...],
    parent: int,
    caught: bool,  # noqa: FBT001 (multiprocessing hands words over by place)
) -> None:
    asked = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _number, _frame: asked.set())
    hush_worker(caught=caught)
    try:
        help_out(*arguments, parent, stop=asked.is_set, tell=lambda counts: link.send(("done", counts)))
    except (BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:  # noqa: BLE001 (a defect must reach the parent, its text must not: it may hold a value)
        link.send(("failed", told(error)))
