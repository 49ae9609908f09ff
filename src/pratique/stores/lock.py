"""One living run a flow: a lock of the operating system, and workers that live no longer than their parent.

The lock is ``flock(2)`` on a file that is never removed. The kernel drops it when the last process that holds its
descriptor is gone, so a killed run never leaves a lock behind, and a run whose workers still live never loses one.
The limit: it keeps apart the processes of one machine, not of several.
"""

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import multiprocessing
import multiprocessing.context
import multiprocessing.reduction
import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Final

from pratique.errors import BusyError, StoreError, remedy

_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")
_INHERITED: Final[list[int]] = []
"""Descriptors of locks that came from the parent: open until this process ends."""
_PR_SET_PDEATHSIG: Final = 1


class FlowLock(contextlib.AbstractContextManager[None]):
    """The lock of one flow; held from ``__enter__`` to ``__exit__``, and beyond by workers that it was shared with."""

    __slots__ = ("_descriptor", "_flow", "_path")

    def __init__(self, folder: Path, flow: str) -> None:
        # A flow's name is a file's name only where it cannot mean another place.
        stem = flow if _PLAIN.fullmatch(flow) else hashlib.sha256(flow.encode()).hexdigest()
        self._path = folder / f"{stem}.lock"
        self._flow = flow
        self._descriptor: int | None = None

    def __enter__(self) -> None:
        """Take the lock or raise `BusyError` at once; `StoreError` if the file cannot be had."""
        if self._descriptor is not None:
            raise StoreError("the lock is held already", where=f"flow {self._flow}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            what = f"no lock can be made: {error.strerror}"
            raise StoreError(what, where=f"flow {self._flow}", do=remedy(error)) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        except OSError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES):
                what = f"cannot be locked: {error.strerror}"
                raise StoreError(what, where=f"flow {self._flow}", do=remedy(error)) from None
            raise BusyError(
                f"is being run by process {holder}, or by one of its workers"
                if holder
                else "is being run by another process",
                where=f"flow {self._flow}",
                do="wait for it, or stop it, and try again",
            ) from None
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def __exit__(self, *_: object) -> None:
        """Let go. Not by unlocking, which would take the lock from workers that hold it too: by closing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def share(self) -> "SharedLock":
        """The held lock as an argument of a worker; `StoreError` if it is not held."""
        if self._descriptor is None:
            raise StoreError("a lock that is not held cannot be shared", where=f"flow {self._flow}")
        return SharedLock(self._descriptor)


class SharedLock:
    """A held lock on its way into a worker: an argument of a ``multiprocessing`` process started by ``spawn``.

    The worker holds it from its first instant (the descriptor is inherited, not opened) to its last. It can be pickled
    only while a process is started.
    """

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __reduce__(self) -> tuple[Any, ...]:
        multiprocessing.context.assert_spawning(self)
        # Passes the descriptor itself to the process that is being started.
        return _inherit, (multiprocessing.reduction.DupFd(self._descriptor),)


def _inherit(passed: Any) -> SharedLock:
    descriptor = passed.detach()
    # Not for what the worker itself may start.
    os.set_inheritable(descriptor, False)
    _INHERITED.append(descriptor)
    return SharedLock(descriptor)


def _holder(descriptor: int) -> int:
    """The process id that the holder wrote; 0 if there is none yet. A hint: nothing depends on it."""
    with contextlib.suppress(OSError, ValueError):
        return int(os.pread(descriptor, 20, 0))
    return 0


def die_with_parent(parent: int | None = None) -> None:
    """Have this process killed (SIGKILL) the moment its parent is gone; call it first thing in a worker.

    ``parent`` is the process id of the parent as the parent knew it; without it, as `multiprocessing` told. If the
    parent died before this call, the process ends here. The limits: on Linux the kernel watches the *thread* that
    started the worker, so that thread must outlive it; elsewhere a thread of this process watches, and acts a little
    later.
    """
    starter = multiprocessing.parent_process()
    wanted = parent if parent is not None else (starter.pid if starter is not None else None)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) != 0:
            raise StoreError(f"a worker cannot be tied to its parent: {os.strerror(ctypes.get_errno())}")
    elif starter is not None:
        threading.Thread(target=_watch, args=(starter,), daemon=True, name="parent-watch").start()
    if wanted is not None and os.getppid() != wanted:
        os._exit(1)


def _watch(starter: Any) -> None:
    starter.join()
    os._exit(1)
