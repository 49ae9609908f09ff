"""Several workers: processes of this machine, each with its own keys, store connection and memory.

A worker is started fresh (``spawn``), so that no key, lock or thread of the parent comes along by accident; what it
needs it opens itself from the words that it is given. It dies with its parent.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pratique.engines.local.defects import as_error
from pratique.errors import StoreError
from pratique.model.data import PartId

Work = Callable[[PartId, Callable[[int], None]], None]
OpenWorker = Callable[..., Work]


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Works parts in ``workers`` processes (`pratique.ports.Engine`)."""

    open_worker: OpenWorker
    """A function of a module, called in the worker with ``arguments``. Both are pickled: neither may hold a secret."""
    arguments: tuple[Any, ...]
    workers: int

    def map(self, parts: Sequence[PartId], *, progress: Callable[[PartId, int], None]) -> None:
        """Hand out the parts one by one; after a failure no more are, and the first error is raised at the end."""
        context = multiprocessing.get_context("spawn")
        waiting = list(reversed(parts))
        links: list[multiprocessing.connection.Connection] = []
        processes = []
        for _ in range(min(self.workers, len(parts))):
            ours, theirs = context.Pipe()
            process = context.Process(target=_worker, args=(theirs, self.open_worker, self.arguments, os.getpid()))
            process.start()
            theirs.close()
            links.append(ours)
            processes.append(process)
        failure: Exception | None = None
        try:
            failure = _serve(links, waiting, progress)
        finally:
            for link in links:
                link.close()
            for process in processes:
                if failure is not None:
                    process.join(timeout=5)
                if process.is_alive() and failure is not None:
                    process.terminate()
                process.join()
        if failure is not None:
            raise failure


def _serve(
    links: Sequence[multiprocessing.connection.Connection],
    waiting: list[PartId],
    progress: Callable[[PartId, int], None],
) -> Exception | None:
    """Answer each worker's word: ``ready`` (give it a part), ``progress``, ``failed``. Ends when all have left."""
    failure: Exception | None = None
    open_links = list(links)
    while open_links:
        for ready in multiprocessing.connection.wait(open_links):
            assert isinstance(ready, multiprocessing.connection.Connection)
            try:
                word, part, detail = ready.recv()
                if word == "ready":
                    ready.send(waiting[-1] if waiting else None)
            except (EOFError, OSError):  # killed: with words in the pipe that it never read, the end is a reset
                open_links.remove(ready)
                waiting.clear()
                failure = failure or StoreError("a worker died", do="run it again: what was finished is kept")
                continue
            if word == "progress":
                progress(part, detail)
            elif word == "failed":
                failure = failure or detail
                waiting.clear()
                open_links.remove(ready)
            elif waiting:
                waiting.pop()
            else:
                open_links.remove(ready)
    return failure


def _tell(link: multiprocessing.connection.Connection, part: PartId, count: int) -> None:
    link.send(("progress", part, count))


def _worker(
    link: multiprocessing.connection.Connection, open_worker: OpenWorker, arguments: tuple[Any, ...], parent: int
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    part = PartId("")
    try:
        work = open_worker(*arguments, parent)
        while True:
            link.send(("ready", part, None))
            part = link.recv()
            if part is None:
                return
            work(part, partial(_tell, link, part))
    except (EOFError, BrokenPipeError):
        return
    except Exception as error:  # noqa: BLE001 (a defect must reach the parent, its text must not: it may hold a value)
        link.send(("failed", part, as_error(error, part)))
