"""How long a message takes, at a given rate. Usage: stream_latency.py FOLDER LINES RATE SECONDS.

Beside a worker that follows the flow, one thread produces at the rate and another reads the target, committed messages
only. No message is held, and order is kept, so the n-th message of a partition comes out as its n-th. Prints the 50th
and 99th of 100 of the times from produce to read, as JSON; the first fifth is not counted, while the worker gets going.
"""

import json
import sys
import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from confluent_kafka import Consumer, Producer, TopicPartition

from benchmarks.frame import ROOT
from benchmarks.stream_project import FLOW, PARTITIONS, messages

Stamps = dict[int, list[float]]
"""By partition, in order."""


def produce(bootstrap: str, topic: str, lines: Path, rate: int, seconds: int, sent: Stamps) -> None:
    """Spread over the partitions, a hundredth of a second's messages at a time."""
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 2})
    count = rate * seconds
    start = time.perf_counter()
    for number, (key, value) in enumerate(islice(messages(lines), count)):
        if number % max(rate // 100, 1) == 0:
            producer.poll(0)
            time.sleep(max(start + number / rate - time.perf_counter(), 0))
        partition = number % PARTITIONS
        sent[partition].append(time.perf_counter())
        producer.produce(topic, value, key, partition)
    producer.flush(30)


def main() -> None:
    """Measure, while a worker of its own process follows."""
    folder, lines, rate, seconds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    from pratique.connectors.kafka import address_of  # noqa: PLC0415 (after the path is set)
    from pratique.project import Project  # noqa: PLC0415

    settings = Project.open(folder).settings
    source, target = (address_of(settings.datasets[name].uri, settings.clusters) for name in ("purchases", "treated"))
    bootstrap = source.cluster.bootstrap
    sent: Stamps = {partition: [] for partition in range(PARTITIONS)}
    came: Stamps = {partition: [] for partition in range(PARTITIONS)}
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "latency",
            "isolation.level": "read_committed",
            "fetch.wait.max.ms": 10,
            "enable.auto.commit": False,
        }
    )
    ends = {p: consumer.get_watermark_offsets(TopicPartition(target.topic, p), timeout=30)[1] for p in came}
    consumer.assign([TopicPartition(target.topic, partition, end) for partition, end in ends.items()])
    thread = threading.Thread(target=produce, args=(bootstrap, source.topic, lines, rate, seconds, sent))
    thread.start()
    patience = time.perf_counter() + seconds + 60
    while sum(map(len, came.values())) < rate * seconds and time.perf_counter() < patience:
        got: list[Any] = consumer.consume(10_000, 0.005)
        now = time.perf_counter()
        for message in got:
            if message.error() is None:
                came[message.partition()].append(now)
    thread.join()
    consumer.close()
    if {p: len(times) for p, times in came.items()} != {p: len(times) for p, times in sent.items()}:
        sys.exit(f"not every message of {FLOW} came out")
    times = [np.subtract(came[p], sent[p])[len(sent[p]) // 5 :] for p in came]
    half, most = np.percentile(np.concatenate(times), [50, 99])
    print(json.dumps({"seconds": float(most), "p50": float(half), "p99": float(most), "messages": rate * seconds}))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
