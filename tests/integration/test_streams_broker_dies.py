"""A broker that is killed in the moment of a commit, again and again: what it left open comes out once."""

import threading
import time
from dataclasses import replace

import pytest

from pratique.connectors.kafka import Ends, KafkaStream, TopicReader, address_of
from pratique.connectors.kafka.client import sdk, settings_of
from pratique.errors import UnsettledError
from pratique.model.stream import Cluster, Mark
from tests.integration.test_streams import Cleared
from tools.servers import Servers

TIMES = 5
COUNT = 20


@pytest.fixture
def broker(tmp_path, servers):
    """One of its own: nobody else's is killed. The shared ones say whether servers can be had at all."""
    del servers
    found = Servers(tmp_path / "servers")
    found.start("kafka")
    found.wait("kafka")
    yield found
    found.forget()


def resumed(stream):
    end = time.monotonic() + 120
    while True:
        try:
            return stream.resume()
        except UnsettledError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def taken(stream):
    """A few messages; fewer only at the end of the topic."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = stream.take(COUNT, 1.0)
        if len(found):
            return found
    raise AssertionError("the messages did not come")


def following(found, before):
    marks = {}
    for partition in set(found.partitions.tolist()):
        mark = before.get(partition) or Mark(0, 0, 0, 0, 0, 0, {}, "00" * 32, "p")
        marks[partition] = replace(mark, offset=found.after[partition])
    return marks


def test_a_broker_that_dies_while_it_commits_leaves_nothing_lost_or_doubled(tmp_path, broker):
    cluster = Cluster("local", broker.bootstrap)
    source, target = (address_of(f"kafka://local/{name}", {"local": cluster}) for name in ("raw", "treated"))
    kit, settings = sdk(), settings_of(cluster, tmp_path)
    names = (source.topic, target.topic, target.marks, source.quarantine)
    admin = kit.admin.AdminClient(settings)
    for one in admin.create_topics([kit.admin.NewTopic(name, 2, 1) for name in names]).values():
        one.result(30)
    producer = kit.Producer(settings)
    for number in range(1000):
        producer.produce(source.topic, value=b"%d" % number, partition=number % 2)
    assert producer.flush(30) == 0
    stream = KafkaStream(Ends(source, target, "group"), tmp_path, lambda _: True)
    for times in range(TIMES):
        marks = resumed(stream)
        for _ in range(3):
            found = taken(stream)
            marks = {**marks, **stream.commit(found, Cleared(found.messages), [], following(found, marks))}
        found = taken(stream)
        # Some milliseconds after the beginning of a transaction: before its commit, in it, or after it.
        killer = threading.Timer(0.004 + 0.004 * times, broker.stop, ("kafka",), {"kill": True})
        killer.start()
        try:
            for _ in range(50):
                marks = {**marks, **stream.commit(found, Cleared(found.messages), [], following(found, marks))}
                found = stream.take(COUNT, 0.01)
        except UnsettledError:
            pass
        killer.join()
        broker.start("kafka")
        broker.wait("kafka")
    marks = resumed(stream)
    left = sum(500 - (mark.offset if mark else 0) for mark in marks.values())
    while left:
        found = taken(stream)
        left -= len(found)
        marks = {**marks, **stream.commit(found, Cleared(found.messages), [], following(found, marks))}
    stream.close()
    for partition, messages in ((p, list(TopicReader(target, tmp_path).messages(p, 0, marks[p].out))) for p in (0, 1)):
        assert [int(value) for *_, value in messages] == list(range(partition, 1000, 2))
