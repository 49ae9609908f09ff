"""Out of the way of values: what a process of Pratique does so that nothing beside its own lines can show one.

For the command line and for workers only: both processes are Pratique's own. Importing this module, or any other of
Pratique, changes nothing; a program that uses the library keeps its hooks, its streams and its core dumps.

The guarantee: after `hush` or `hush_worker`, what any library writes to descriptor 2 is counted and never shown, no
traceback is printed, no warning or log record is either, and a crash leaves no core dump. The limits: a library that
writes to descriptor 1, to a terminal or to a file by itself is not caught, and a debugger run by the same user's
administrator sees all memory.
"""

import contextlib
import fcntl
import logging
import os
import resource
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

_STANDARD_ERROR: Final = 2
_PR_SET_DUMPABLE: Final = 4
_ROOM: Final = 1 << 20
"""Bytes of a pipe, where the system allows so many; what comes when it is full is lost, as it would be anyhow."""


@dataclass(slots=True)
class _Caught:
    """Where descriptor 2 leads now."""

    reading: int | None = None
    """The pipe's other end; None: nothing is caught in this process."""


_CAUGHT: Final = _Caught()


def hush(tell: Callable[[str], None]) -> None:
    """Bring this process out of the way of values; ``tell`` shows one line (a defect: its type and place).

    Python's own ``sys.stderr`` goes on to where descriptor 2 led. To be called once, before any other thread starts.
    """
    _no_traces(tell)
    _no_dumps()
    if _CAUGHT.reading is None:
        _catch()


def hush_worker(*, caught: bool) -> None:
    """Bring a worker process out of the way of values: it shows nothing at all; its parent says what there is to say.

    ``caught``: the parent's descriptor 2, which this process has too, is counted by the parent; else it leads nowhere.
    """
    _no_traces(lambda _line: None)
    _no_dumps()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if not caught:
        os.dup2(nowhere, _STANDARD_ERROR)
    os.close(nowhere)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (as long as the process)


def catching() -> bool:
    """Whether descriptor 2 of this process is caught and counted."""
    return _CAUGHT.reading is not None


def hidden() -> int:
    """How many lines were caught since the last call: at least so many, where more came than the pipe holds."""
    if _CAUGHT.reading is None:
        return 0
    lines, unfinished = 0, False
    with contextlib.suppress(BlockingIOError):
        while data := os.read(_CAUGHT.reading, 1 << 16):
            lines += data.count(b"\n")
            unfinished = not data.endswith(b"\n")
    return lines + unfinished


def place(trace: TracebackType | None) -> str:
    """``module:line`` of the innermost frame inside Pratique, or of the innermost one there is."""
    found = "?"
    ours = False
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "?"))
        if _ours(module) or not ours:
            found = f"{module}:{trace.tb_lineno}"
            ours = _ours(module)
        trace = trace.tb_next
    return found


def _ours(module: str) -> bool:
    return module.partition(".")[0] == "pratique"


def _catch() -> None:
    """Lead descriptor 2 into a pipe that nobody waits for; ``sys.stderr`` and ``sys.__stderr__`` keep what it was.

    The pipe takes what fits and refuses the rest at once: a library that writes much neither waits nor fills memory.
    """
    ours = fcntl.fcntl(_STANDARD_ERROR, fcntl.F_DUPFD_CLOEXEC, _STANDARD_ERROR + 1)
    reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK) if hasattr(os, "pipe2") else _pipe()
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _ROOM)
    before = sys.stderr
    encoding = getattr(before, "encoding", None) or "utf-8"
    shown = os.fdopen(ours, "w", encoding=encoding, errors="backslashreplace", buffering=1)
    if before is not None:
        with contextlib.suppress(OSError, ValueError):
            before.flush()
    os.dup2(writing, _STANDARD_ERROR)  # the one that processes started from here have too
    os.close(writing)
    # Rich asks the latter for the terminal's size.
    sys.stderr = sys.__stderr__ = shown  # type: ignore[misc]
    _CAUGHT.reading = reading


def _pipe() -> tuple[int, int]:
    """A pipe whose ends do not block, where the system has no ``pipe2``."""
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    return ends


def _no_traces(tell: Callable[[str], None]) -> None:
    """Hooks that print type and place only; warnings and log records go nowhere: both may carry values."""

    def defect(kind: type[BaseException], trace: TracebackType | None) -> None:
        tell(f"a defect of Pratique: {kind.__name__} in {place(trace)}")

    def unraisable(unraised: Any) -> None:
        defect(unraised.exc_type, unraised.exc_traceback)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            defect(args.exc_type, args.exc_traceback)

    sys.excepthook = lambda kind, _error, trace: defect(kind, trace)
    sys.unraisablehook = unraisable
    threading.excepthook = in_thread
    # What `multiprocessing`, `logging` and others print of an error that they end.
    setattr(traceback.TracebackException, "print", lambda trace, **_: tell(_named(trace)))  # noqa: B010
    faulthandler = sys.modules.get("faulthandler")
    if faulthandler is not None:  # switched on from outside: it is never imported for its own sake
        faulthandler.disable()
    warnings.simplefilter("ignore")
    warnings.showwarning = _show_nothing
    logging.disable(logging.CRITICAL)
    logging.lastResort = None
    logging.raiseExceptions = False


def _named(trace: traceback.TracebackException) -> str:
    """Kind and place of what somebody else was about to print whole."""
    kind = getattr(trace, "exc_type_str", None) or getattr(trace.exc_type, "__qualname__", "an error")
    last = trace.stack[-1] if trace.stack else None
    return f"a defect of Pratique: {kind} in {Path(last.filename).name}:{last.lineno}" if last else str(kind)


def _show_nothing(*_: object, **__: object) -> None:
    """For libraries that switch warnings on again."""


def _no_dumps() -> None:
    """No core dump, whatever the system does with them, and no debugger of the same user."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 (a library's user never needs it)

        # The limit alone does not hold where dumps are piped into a program.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
