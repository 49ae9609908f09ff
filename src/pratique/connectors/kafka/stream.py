"""A flow between two topics of one cluster, exactly once.

1. `KafkaStream.resume` makes a new producer under the worker's transactional id. The broker fences whoever had the
   id, and finishes or undoes the transaction that it left; only then the marks are read. So whatever became of an
   earlier commit, what is taken next is exactly what no committed transaction took.
2. Partitions are assigned, not negotiated: a killed worker's successor need not wait for a session to end, and no
   rebalance takes partitions away in the middle of a transaction.
3. `KafkaStream.commit` writes output, quarantine and marks, and sends the offsets, in one transaction, and returns when
   they can be read. Any failure on the way is *unsettled*: the producer is thrown away, and step 1 asks the broker.
"""

import contextlib
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.connectors.kafka.ledger import messages_between, newest_marks
from pratique.connectors.kafka.mending import Log, open_logs, undo, wait_closed
from pratique.connectors.kafka.patience import Patience, StuckError, leave
from pratique.connectors.kafka.positions import bounds, partitions_of
from pratique.connectors.kafka.registry import Registry
from pratique.connectors.kafka.taking import origins, set_from
from pratique.connectors.kafka.writing import flush, write, write_set
from pratique.errors import ConfigError, RefusedError, SourceError, UnsettledError
from pratique.model.stream import Mark, Sealed, Taken
from pratique.ports import Cleared

_LARGEST: Final = 20 << 20
"""Bytes of the largest message that is taken or written."""
_TRANSACTION: Final = 60_000
"""Milliseconds after which the broker undoes a transaction that nobody ends."""
_SLICE: Final = 1000
"""Messages asked for at a time."""
_ROOM: Final = 16 << 20
"""Bytes of messages after which no more are taken."""
FETCH: Final = 4 << 20
"""Bytes of one partition that are fetched at a time: so many are taken before another partition's turn comes."""
_CALL: Final = 5.0
"""Seconds of one step of a transaction; more than a broker that is well ever takes."""
_SHORT: Final = 5.0
"""Seconds of one try to take hold, which may have to wait for a transaction that is being undone."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a stream begins, where it leads, and under which names."""

    source: Address
    target: Address
    group: str
    """Under which offsets are committed."""
    slot: int = 0
    """Which of the flow's workers this is: partition n is that of slot ``n % slots``."""
    slots: int = 1
    """How many there are."""
    registry: Registry | None = None
    """That knows the schemas to which values refer; None where they refer to none."""
    prefix: bytes = b""
    """What each value is to begin with: a registry's header, in the place of the staged one."""

    def transactional(self, slot: int) -> str:
        """Under which the worker of a slot writes; nobody else does."""
        return f"{self.group}.{slot}"


class KafkaStream:
    """Implements `pratique.ports.Stream`. One thread."""

    def __init__(self, ends: Ends, root: Path, is_cleared: Callable[[object], bool]) -> None:
        """``is_cleared`` is the gate's own test. Raises `ConfigError` for two clusters: no transaction spans them."""
        if ends.source.cluster != ends.target.cluster:
            raise ConfigError(
                "a stream leads from one cluster into another, and no transaction spans the two",
                do="keep source and target on one cluster",
            )
        self._ends = ends
        self._is_cleared = is_cleared
        self._base = settings_of(ends.source.cluster, root)
        self._consumer: Any = None
        self._looking: Any = None
        self._producer: Any = None
        self._group: Any = None
        self._patience = Patience()
        self._partitions: list[int] = []
        self._everyone: list[int] = []
        self._quarantines = 1
        self._positions: dict[int, int] = {}

    # --- taking hold --------------------------------------------------------------------------------------------------

    def resume(self) -> Mapping[int, Mark | None]:
        """Fence, settle, and go to where the last committed transaction ended."""
        kit = sdk()
        self.close()
        try:
            consumer = self._open_consumer()
            # Of its own: nothing of what it fetches may come where messages of the source are taken.
            self._looking = self._new_consumer()
            self._check_topics(consumer)
            self._producer = kit.Producer(
                self._base
                | {
                    "transactional.id": self._ends.transactional(self._ends.slot),
                    "transaction.timeout.ms": _TRANSACTION,
                    "message.max.bytes": _LARGEST,
                    "linger.ms": 2,
                    "queue.buffering.max.messages": 200_000,
                    "queue.buffering.max.kbytes": 131_072,
                }
            )
            producer = self._producer
            self._patience.call(lambda: producer.init_transactions(_SHORT), 4 * _SHORT)
            self._group = consumer.consumer_group_metadata()
            found = self._committed()
            edges = bounds(consumer, self._ends.source.topic, self._partitions)
        except (kit.KafkaException, StuckError) as error:
            self._drop_producer()
            raise self._unsettled(error) from None
        self._positions = {}
        for partition, (first, end) in edges.items():
            mark = found[partition]
            at = first if mark is None else mark.offset
            if at < first or at > end:
                self._drop_producer()
                what = "are gone before they were treated" if at < first else "were taken that are not there any more"
                raise SourceError(
                    f"messages of partition {partition} {what} (offset {at}, of {first} to {end})",
                    where=f"topic {self._ends.source.topic}",
                    do="lengthen the topic's retention, and give the flow another name to begin anew",
                )
            self._positions[partition] = at
        topic = self._ends.source.topic
        consumer.assign([kit.TopicPartition(topic, p, at) for p, at in self._positions.items()])
        return found

    def settle(self) -> None:
        """Fence each of the other slots, too, and undo what is left of them."""
        kit = sdk()
        ours = self._ends.slot
        try:
            for slot in range(self._ends.slots):
                if slot != ours:
                    other = kit.Producer(self._base | {"transactional.id": self._ends.transactional(slot)})
                    self._patience.call(partial(other.init_transactions, _SHORT), 4 * _SHORT)
                    self._mend(other, slot)
                    leave(other.close)
        except (kit.KafkaException, StuckError) as error:
            raise self._unsettled(error) from None

    def begin(self, partition: int) -> tuple[int, int]:
        """The source's position, and the target's end."""
        kit = sdk()
        try:
            found = bounds(self._consumer, self._ends.target.topic, [partition])
        except kit.KafkaException as error:
            raise self._unsettled(error) from None
        return self._positions[partition], found[partition][1]

    def ends(self) -> Mapping[int, int]:
        """Of the partitions held."""
        kit = sdk()
        try:
            found = bounds(self._consumer, self._ends.source.topic, self._partitions)
        except kit.KafkaException as error:
            raise self._unsettled(error) from None
        return {partition: end for partition, (_, end) in found.items()}

    def everyone(self) -> Mapping[int, Mark | None]:
        """The newest mark of each partition, whichever worker has it."""
        kit = sdk()
        looking = self._new_consumer()
        try:
            return newest_marks(looking, self._ends.target.marks, self._ends.group, self._everyone)
        except (kit.KafkaException, StuckError) as error:
            raise self._unsettled(error) from None
        finally:
            leave(looking.close)

    # --- one transaction ----------------------------------------------------------------------------------------------

    def take(self, most: int, seconds: float) -> Taken:
        """What came, in the order of each partition."""
        messages: list[Any] = []
        size, end = 0, time.monotonic() + seconds
        while len(messages) < most and size < _ROOM:
            left = end - time.monotonic()
            got = self._consumer.consume(min(_SLICE, most - len(messages)), max(left, 0))
            size += self._sort(got, messages)
            if left <= 0 or not got:
                break
        partitions, offsets = origins(messages)
        registry = self._ends.registry
        schemas = {} if registry is None else registry.schemas_of([message.value() for message in messages])
        return Taken(set_from(messages, schemas=schemas).pack(), partitions, offsets, dict(self._positions))

    def _sort(self, got: Sequence[Any], messages: list[Any]) -> int:
        """Messages to ``messages``, positions into positions; gives the messages' bytes."""
        kit = sdk()
        kind = kit.Message
        size, positions, source = 0, self._positions, self._ends.source.topic
        told = (map(one, got) for one in (kind.error, kind.topic, kind.partition, kind.offset))
        for message, fault, topic, partition, offset in zip(got, *told, strict=True):
            if fault is None:
                if topic != source or offset < positions[partition]:
                    raise UnsettledError("messages came out of order", where=f"topic {self._ends.source.topic}")
                messages.append(message)
                size += len(message)
                positions[partition] = offset + 1
            elif fault.code() == kit.KafkaError._PARTITION_EOF:  # noqa: SLF001 (its public name)
                self._positions[message.partition()] = max(message.offset(), self._positions[message.partition()])
            elif fault.code() == kit.KafkaError._AUTO_OFFSET_RESET:  # noqa: SLF001
                raise SourceError(
                    "messages are gone before they were treated",
                    where=f"topic {self._ends.source.topic}, partition {message.partition()}",
                    do="lengthen the topic's retention",
                )
            elif fault.fatal() or fault.code() in (
                kit.KafkaError.TOPIC_AUTHORIZATION_FAILED,
                kit.KafkaError.GROUP_AUTHORIZATION_FAILED,
            ):
                raise SourceError(f"cannot be read: {named(fault)}", where=f"topic {self._ends.source.topic}")
            # Others are connections that come and go: the client connects again by itself.
        return size

    def commit(
        self, taken: Taken, cleared: Cleared, held: Sequence[Sealed], marks: Mapping[int, Mark]
    ) -> Mapping[int, Mark]:
        """Output, quarantine and marks, in one transaction."""
        kit = sdk()
        data = self._checked(cleared)
        producer, source = self._producer, self._ends.source.topic
        if producer is None:
            raise UnsettledError("the stream is not held", do="please report it")
        last: dict[int, int] = {}
        ends: dict[Log, int] = {}

        def told(error: object, message: Any) -> None:
            if error is None:
                ends[message.topic(), message.partition()] = message.offset() + 1

        try:
            producer.begin_transaction()
            expected = write_set(producer, self._ends.target.topic, self._ends.prefix, data, taken, last)
            for one in held:
                write(
                    producer,
                    self._ends.source.quarantine,
                    value=one.value,
                    headers=list(one.headers),
                    partition=one.partition % self._quarantines,
                    on_delivery=told,
                )
            flush(producer, last, expected)
            done = {p: replace(mark, out=last.get(p, mark.out)) for p, mark in marks.items()}
            offsets = [kit.TopicPartition(source, p, mark.offset, mark.note()) for p, mark in sorted(done.items())]
            group = self._group
            for partition, mark in sorted(done.items()):
                write(
                    producer,
                    self._ends.target.marks,
                    key=self._ends.group.encode(),
                    value=mark.record(),
                    partition=partition,
                    on_delivery=told,
                )
            self._patience.call(lambda: producer.send_offsets_to_transaction(offsets, group, _CALL), 2 * _CALL)
            self._patience.call(lambda: producer.commit_transaction(PATIENCE), PATIENCE + _CALL)
            producer.poll(0)
            ends |= {(self._ends.target.topic, partition): end for partition, end in last.items()}
            wait_closed(self._looking, ends)
        except (kit.KafkaException, StuckError) as error:
            self._drop_producer()
            raise self._unsettled(error) from None
        return done

    def close(self) -> None:
        """Let go of both clients."""
        self._drop_producer()
        for consumer in (self._consumer, self._looking):
            if consumer is not None:
                leave(consumer.close)
        self._consumer = self._looking = None

    # --- their parts --------------------------------------------------------------------------------------------------

    def _checked(self, cleared: Cleared) -> bytes:
        """The bytes that the gate saw."""
        if not self._is_cleared(cleared):
            raise RefusedError("the gate did not clear what was to be written", do="please report it")
        data = cleared.descriptor().read()
        if hashlib.sha256(data).hexdigest() != cleared.digest:
            raise RefusedError("the messages are not those that the gate cleared")
        return data

    def _open_consumer(self) -> Any:
        """A new one: what an earlier one had fetched ahead must not come after what is taken again."""
        self._consumer = self._new_consumer()
        return self._consumer

    def _new_consumer(self) -> Any:
        return sdk().Consumer(
            self._base
            | {
                "group.id": self._ends.group,
                # What is not decided is waited for, not guessed.
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "auto.offset.reset": "error",
                "enable.partition.eof": True,
                "queued.max.messages.kbytes": 32_768,
                "fetch.message.max.bytes": FETCH,
                "fetch.wait.max.ms": 50,
                "fetch.queue.backoff.ms": 5,
            }
        )

    def _check_topics(self, consumer: Any) -> None:
        source = partitions_of(consumer, self._ends.source.topic)
        target = partitions_of(consumer, self._ends.target.topic)
        self._quarantines = len(partitions_of(consumer, self._ends.source.quarantine))
        if source != target:
            raise ConfigError(
                f"the source has {len(source)} partitions and the target {len(target)}",
                where=f"topic {self._ends.target.topic}",
                do="create the target with as many partitions",
            )
        marks = partitions_of(consumer, self._ends.target.marks)
        if source != marks:
            raise ConfigError(
                f"the source has {len(source)} partitions and the topic of marks {len(marks)}",
                where=f"topic {self._ends.target.marks}",
                do="delete it if nothing was ever treated, and run: pratique topics create",
            )
        self._everyone = source
        self._partitions = [p for p in source if p % self._ends.slots == self._ends.slot]

    def _committed(self) -> Mapping[int, Mark | None]:
        """The newest mark of each partition, to be asked for once whoever wrote before is fenced."""
        looking = self._looking
        found = newest_marks(looking, self._ends.target.marks, self._ends.group, self._partitions)
        self._check_target(looking, {p: mark.out for p, mark in found.items() if mark is not None})
        self._mend(self._producer, self._ends.slot)
        return found

    def _mend(self, producer: Any, slot: int) -> None:
        """Undo what an earlier worker of a slot left open. What one of another slot left, when they were shared out
        otherwise, ends when the broker undoes it: `StuckError` until then.
        """
        ends = self._ends
        every = sdk().Consumer(self._base | {"group.id": ends.group, "isolation.level": "read_uncommitted"})
        try:
            mine = [p for p in self._everyone if p % ends.slots == slot]
            logs = [(topic, p) for topic in (ends.target.marks, ends.target.topic) for p in mine]
            shared = [(ends.source.quarantine, q) for q in range(self._quarantines)]
            found = open_logs(self._looking, every, [*logs, *shared])
            if found:
                # Where several workers hold messages, one of them may be at it.
                mustered = logs if ends.slots > 1 else [*logs, *shared]
                undo(producer, self._patience, found, lambda: open_logs(self._looking, every, mustered))
        finally:
            leave(every.close)

    def _check_target(self, looking: Any, outs: Mapping[int, int]) -> None:
        """The target must end where the marks say: what is beyond was written by nobody's leave, and no release would
        ever verify over it.
        """
        topic = self._ends.target.topic
        edges = bounds(looking, topic, sorted(outs))
        if any(out > edges[p][1] for p, out in outs.items()):
            raise StuckError  # what is marked as written must be readable before anything else is done
        for message in messages_between(looking, topic, {p: (out, edges[p][1]) for p, out in outs.items()}):
            raise RefusedError(
                "the target holds a message that the flow did not write",
                where=f"topic {topic}, partition {message.partition()}, offset {message.offset()}",
                do="find out who else writes there, and give the flow a new target",
            )

    def _drop_producer(self) -> None:
        """Throw the producer away, and all that it has not sent. The broker undoes its open transaction."""
        producer, self._producer = self._producer, None
        if producer is not None:
            with contextlib.suppress(Exception):
                producer.purge()
            leave(producer.close)

    def _unsettled(self, error: Exception) -> UnsettledError:
        return UnsettledError(
            f"the brokers did not settle a transaction ({named(error)})",
            where=f"cluster {self._ends.source.cluster.name}",
            do="check that they run",
        )
