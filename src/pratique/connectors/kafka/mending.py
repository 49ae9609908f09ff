"""Transactions that a broker left open in some logs although its coordinator calls them complete.

A coordinator that comes back after a crash finishes what was prepared: it has a marker written into every log that the
transaction touched. Kafka 4.3.1 skips the logs that have no leader at that moment (all of them, where a single broker
was restarted), takes them for deleted, and calls the transaction complete all the same. There it stays open: nobody
sees it, nobody ends it, and the next marker of the same producer decides it together with what came later. So to read
what is committed and go on would write its messages twice.

Hence two rules. A commit counts when its messages can be read (`wait_closed`): until then no other is begun, so at most
one transaction of a worker is open in this way. And whoever takes hold, and has fenced the one before, looks for it
(`open_logs`) and has it undone by a transaction of the same producer that is undone too (`undo`).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from pratique.connectors.kafka.client import PATIENCE, sdk
from pratique.connectors.kafka.patience import Patience, StuckError
from pratique.connectors.kafka.writing import write

Log = tuple[str, int]
"""Topic and partition."""
_CLOSING: Final = 10.0
"""Seconds for the markers of a transaction; more than brokers that are well ever take."""
_STEP: Final = 0.002


def open_logs(committed: Any, every: Any, logs: Sequence[Log]) -> list[Log]:
    """Those that hold something undecided. ``committed`` and ``every``: consumers that read committed messages, and
    all.
    """
    ends = {log: _end(every, log) for log in logs}  # first: what comes later is not ours to judge
    return [log for log in logs if _end(committed, log) < ends[log]]


def wait_closed(committed: Any, ends: Mapping[Log, int]) -> None:
    """Wait until each log can be read to before an offset; `StuckError` where that takes too long."""
    until = time.monotonic() + _CLOSING
    for log, end in ends.items():
        while _end(committed, log) < end:
            if time.monotonic() > until:
                raise StuckError
            time.sleep(_STEP)


def undo(producer: Any, patience: Patience, logs: Sequence[Log], look: Callable[[], Sequence[Log]]) -> None:
    """Have what ``producer``'s earlier instances left open in some logs undone: by a transaction that writes there and
    is undone. ``look`` gives what is open; `StuckError` where it still is after a while.
    """
    producer.begin_transaction()
    for topic, partition in logs:
        write(producer, topic, value=None, key=b"undone", partition=partition)
    if producer.flush(_CLOSING):
        raise StuckError
    patience.call(partial(producer.abort_transaction, PATIENCE), PATIENCE + _CLOSING)
    until = time.monotonic() + _CLOSING
    while look():
        if time.monotonic() > until:
            raise StuckError
        time.sleep(_STEP)


def _end(consumer: Any, log: Log) -> int:
    found: int = consumer.get_watermark_offsets(sdk().TopicPartition(*log), timeout=PATIENCE, cached=False)[1]
    return found
