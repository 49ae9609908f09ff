"""Plain writing: sample events, or the lines of a file, into a topic."""

import time
from collections.abc import Iterable
from pathlib import Path

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.errors import SinkError

_SLICE = 1000


def produce_values(
    address: Address, root: Path, messages: Iterable[tuple[bytes | None, bytes | None]], *, rate: float = 0
) -> int:
    """Write keys and values; at most ``rate`` a second, 0 is as fast as it goes. Gives how many were kept.

    The partition follows from the key as in Kafka's own clients (murmur2). Raises `SinkError`.
    """
    kit = sdk()
    producer = kit.Producer(
        settings_of(address.cluster, root)
        | {"enable.idempotence": True, "linger.ms": 10, "partitioner": "murmur2_random", "message.max.bytes": 20 << 20}
    )
    faults: list[str] = []

    def told(error: object, _message: object) -> None:
        if error is not None and not faults:
            faults.append(named(error))

    start, count = time.monotonic(), 0
    for key, value in messages:
        while True:
            try:
                producer.produce(address.topic, value=value, key=key, on_delivery=told)
                break
            except BufferError:
                producer.poll(0.1)
        count += 1
        if count % _SLICE == 0 or rate:
            producer.poll(0)
        if rate and (ahead := count / rate - (time.monotonic() - start)) > 0:
            time.sleep(ahead)
        if faults:
            break
    left = producer.flush(PATIENCE)
    if faults or left:
        why = faults[0] if faults else f"{left} messages were not taken"
        raise SinkError(f"cannot be written ({why})", where=f"topic {address.topic}")
    return count
