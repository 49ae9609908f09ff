"""Partitions of keys, held to what Kafka's own Java client says."""

import json
from pathlib import Path

from pratique.connectors.kafka.partitioning import murmur2, partition_of

VECTORS = Path(__file__).parents[2] / "assets" / "kafka" / "murmur2.json"


def test_keys_go_where_the_java_client_sends_them():
    vectors = json.loads(VECTORS.read_text())["vectors"]
    assert len(vectors) == 120
    for one in vectors:
        key = bytes.fromhex(one["key"])
        assert murmur2(key) == one["hash"] & 0xFFFFFFFF
        for count, partition in one["of"]:
            assert partition_of(key, count, 0) == partition


def test_a_message_without_a_key_stays_where_it_came_from():
    assert [partition_of(None, 3, at) for at in range(5)] == [0, 1, 2, 0, 1]
