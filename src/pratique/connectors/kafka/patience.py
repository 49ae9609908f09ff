"""Calls into the client that may never come back, with an end all the same.

librdkafka 2.16 does not keep the timeout of ``send_offsets_to_transaction`` where the broker went away in the middle:
the call waits for an answer that nobody will give. So such calls are made in a thread of their own. Where one does not
come back in time, it is left behind with the client that it belongs to, whose transactional id the next one fences.
"""

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any


class StuckError(Exception):
    """A call did not come back in time."""


class Patience:
    """Makes calls one after the other, in one thread, for as long as they come back."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None]] | None = None

    def call(self, work: Callable[[], Any], seconds: float) -> Any:
        """What ``work`` gives or raises; `StuckError` after so many seconds."""
        if self._calls is None:
            self._calls = queue.SimpleQueue()
            threading.Thread(target=_serve, args=(self._calls,), name="kafka calls", daemon=True).start()
        answers: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

        def made() -> None:
            try:
                answers.put((work(), None))
            except BaseException as error:  # noqa: BLE001 (raised again by who waits)
                answers.put((None, error))

        self._calls.put(made)
        try:
            found, error = answers.get(timeout=seconds)
        except queue.Empty:
            self._calls = None
            raise StuckError from None
        if error is not None:
            raise error
        return found


def leave(work: Callable[[], object]) -> None:
    """Have something done that nobody waits for; what goes wrong there is nobody's business."""

    def made() -> None:
        with contextlib.suppress(Exception):
            work()

    threading.Thread(target=made, name="kafka leaving", daemon=True).start()


def _serve(calls: "queue.SimpleQueue[Callable[[], None]]") -> None:
    while True:
        calls.get()()
