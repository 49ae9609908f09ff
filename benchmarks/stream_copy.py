"""Peer (a): a bare copy from topic to topic in transactions. Usage: stream_copy.py BOOTSTRAP SOURCE TARGET PARTITIONS.

The same client with the same settings, as many messages a transaction, each message as it came to the partition that it
came from, and the offsets in the transaction. Nothing is looked at. It ends where the source ended when it began.
"""

import json
import sys
import time
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

MOST = 20_000
SLICE = 1_000


def taken(consumer: Consumer) -> list[Any]:
    """The messages of one transaction; fewer where no more came."""
    messages: list[Any] = []
    while len(messages) < MOST:
        got = consumer.consume(SLICE, 0.05)
        if not got:
            break
        if any(message.error() is not None for message in got):
            sys.exit("the source cannot be read")
        messages += got
    return messages


def main() -> None:
    """Copy, and print seconds and records between the first and the last commit as JSON."""
    bootstrap, source, target, partitions = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(target, partitions, 1)])[target].result(30)
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": f"copy-{target}",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "queued.max.messages.kbytes": 32_768,
            "fetch.message.max.bytes": 4 << 20,
            "fetch.wait.max.ms": 50,
            "fetch.queue.backoff.ms": 5,
        }
    )
    producer = Producer(
        {
            "bootstrap.servers": bootstrap,
            "transactional.id": f"copy-{target}",
            "linger.ms": 2,
            "queue.buffering.max.messages": 200_000,
            "queue.buffering.max.kbytes": 131_072,
        }
    )
    producer.init_transactions(30)
    parts = [TopicPartition(source, number) for number in range(partitions)]
    at, ends = {}, {}
    for part in parts:
        at[part.partition], ends[part.partition] = consumer.get_watermark_offsets(part, timeout=30)
    consumer.assign([TopicPartition(source, number, first) for number, first in at.items()])
    group = consumer.consumer_group_metadata()
    copied, marks = 0, []
    while any(at[number] < end for number, end in ends.items()):
        messages = taken(consumer)
        if not messages:
            continue
        producer.begin_transaction()
        for message in messages:
            partition = message.partition()
            producer.produce(target, message.value(), message.key(), partition)
            at[partition] = message.offset() + 1
        producer.send_offsets_to_transaction([TopicPartition(source, n, o) for n, o in at.items()], group, 30)
        producer.commit_transaction(30)
        copied += len(messages)
        marks.append((time.perf_counter(), copied))
    consumer.close()
    print(json.dumps({"seconds": marks[-1][0] - marks[0][0], "records": marks[-1][1] - marks[0][1], "read": copied}))


if __name__ == "__main__":
    main()
