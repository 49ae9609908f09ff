"""Several workers: this process, and processes of this machine beside it.

A worker is started fresh (``spawn``), so that no key, lock or thread of the parent comes along by accident; what it
needs it opens itself from the words that it is given: its own keys, store connection and memory. It dies with its
parent. The parent works parts too, since it holds all that this takes, and a core would wait for nothing.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.context import SpawnProcess
from typing import Any, NoReturn

from pratique.engines.local.defects import as_error
from pratique.errors import StoreError
from pratique.hush import catching, hush_worker
from pratique.model.data import Job, PartId

Work = Callable[[PartId, Callable[[int], None]], object]
OpenWork = Callable[[Job], Work]
OpenWorker = Callable[..., OpenWork]
_Link = multiprocessing.connection.Connection
_GRACE = 5.0
"""Seconds that workers have for the end of their parts where another one has failed."""


class ProcessEngine:
    """Works parts in ``workers`` processes, this one among them (`pratique.ports.Engine`).

    ``open_here`` opens a job in this process. ``open_worker``: a function of a module, called in each other one with
    ``arguments`` and the parent's process id; it gives what opens a job there. ``arguments`` is called when the workers
    are started. What both give is pickled: neither may hold a secret.
    """

    def __init__(
        self, open_here: OpenWork, open_worker: OpenWorker, arguments: Callable[[], tuple[Any, ...]], workers: int
    ) -> None:
        self._open_here = open_here
        self._open_worker = open_worker
        self._arguments = arguments
        self._others = workers - 1
        self._links: list[_Link] = []
        self._processes: list[SpawnProcess] = []

    def start(self) -> None:
        """Start the processes, once; they open the project while the caller goes on."""
        if self._processes:
            return
        context = multiprocessing.get_context("spawn")
        arguments = self._arguments()
        for _ in range(self._others):
            ours, theirs = context.Pipe()
            given = (theirs, self._open_worker, arguments, os.getpid(), catching())
            process = context.Process(target=_worker, args=given)
            process.start()
            theirs.close()
            self._links.append(ours)
            self._processes.append(process)

    def map(
        self,
        parts: Sequence[PartId],
        job: Job,
        *,
        progress: Callable[[PartId, int], None],
        finished: Callable[[object], None],
    ) -> None:
        """Hand out the parts one by one; after a failure no more are, and the first error is raised at the end."""
        self.start()
        shared = _Shared(job, parts, progress, finished)
        server = threading.Thread(target=_serve, args=(self._links, shared), name="workers")
        server.start()
        try:
            self._work(shared)
        except BaseException:
            shared.drop()
            raise
        finally:
            server.join()
            self._end(_GRACE if shared.failure is not None else None)
        if shared.failure is not None:
            raise shared.failure from None

    def _work(self, shared: "_Shared") -> None:
        """This process's own share."""
        part = PartId("")
        try:
            work = self._open_here(shared.job)
            while (taken := shared.take()) is not None:
                part = taken
                shared.finished(work(part, partial(shared.progress, part)))
        except Exception as error:  # noqa: BLE001 (a defect is told, its text is not: it may hold a value)
            shared.fail(as_error(error, part))

    def close(self) -> None:
        """End workers that got nothing to do."""
        self._end(0)

    def _end(self, grace: float | None) -> None:
        """Wait for every worker, at most ``grace`` seconds each if given, and end those that are still there."""
        links, self._links = self._links, []
        processes, self._processes = self._processes, []
        for link in links:
            link.close()
        for process in processes:
            if grace is not None:
                process.join(timeout=grace)
                if process.is_alive():
                    process.terminate()
            process.join()


class _Shared:
    """What the thread that serves the workers and the one that works here share: the parts left, the first failure."""

    def __init__(
        self,
        job: Job,
        parts: Sequence[PartId],
        progress: Callable[[PartId, int], None],
        finished: Callable[[object], None],
    ) -> None:
        self.job = job
        self.failure: Exception | None = None
        self._waiting = list(reversed(parts))
        self._progress = progress
        self._finished = finished
        self._lock = threading.Lock()

    def take(self) -> PartId | None:
        """The next part; None where none is left."""
        with self._lock:
            return self._waiting.pop() if self._waiting else None

    def drop(self) -> None:
        """Nobody takes another part."""
        with self._lock:
            self._waiting.clear()

    def fail(self, error: Exception) -> None:
        """The first failure counts, and ends the handing out."""
        with self._lock:
            self.failure = self.failure or error
            self._waiting.clear()

    def progress(self, part: PartId, count: int) -> None:
        """Whoever watches sees one at a time."""
        with self._lock:
            self._progress(part, count)

    def finished(self, result: object) -> None:
        """Likewise."""
        with self._lock:
            self._finished(result)


def _serve(links: Sequence[_Link], shared: _Shared) -> None:
    """Answer each worker's word until all have left.

    ``open``: it wants the job. ``ready``: a part. ``progress``, ``done``, ``failed``: what became of one.
    """
    open_links = list(links)
    try:
        while open_links:
            for ready in multiprocessing.connection.wait(open_links):
                assert isinstance(ready, _Link)
                if not _hear(ready, shared):
                    open_links.remove(ready)
    except Exception as error:  # noqa: BLE001 (of who watches, perhaps; this thread has nobody above it)
        shared.fail(as_error(error, PartId("")))


def _hear(link: _Link, shared: _Shared) -> bool:
    """Hear and answer a worker's next word; False where it was the last."""
    try:
        word, part, detail = link.recv()
        if word == "open":
            link.send(shared.job)
        elif word == "ready":
            part = shared.take()
            link.send(part)
            return part is not None
    except (EOFError, OSError):  # killed: with words in the pipe that it never read, the end is a reset
        shared.fail(StoreError("a worker died", do="run it again: what was finished is kept"))
        return False
    if word == "progress":
        shared.progress(part, detail)
    elif word == "done":
        shared.finished(detail)
    elif word == "failed":
        shared.fail(detail)
        return False
    return True


def _tell(link: _Link, part: PartId, count: int) -> None:
    link.send(("progress", part, count))


def _leave(link: _Link) -> NoReturn:
    """End this process here and now: taking apart what the kernel frees in no time would keep the parent waiting."""
    link.close()
    os._exit(0)


def _worker(
    link: _Link,
    open_worker: OpenWorker,
    arguments: tuple[Any, ...],
    parent: int,
    caught: bool,  # noqa: FBT001 (multiprocessing hands words over by place)
) -> None:
    hush_worker(caught=caught)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    part = PartId("")
    try:
        opened = open_worker(*arguments, parent)
        link.send(("open", part, None))
        work = opened(link.recv())
        while True:
            link.send(("ready", part, None))
            part = link.recv()
            if part is None:
                _leave(link)
            link.send(("done", part, work(part, partial(_tell, link, part))))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:  # noqa: BLE001 (a defect must reach the parent, its text must not: it may hold a value)
        link.send(("failed", part, as_error(error, part)))
