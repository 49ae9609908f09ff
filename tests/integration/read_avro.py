"""A plain reader of a topic of Avro values: confluent-kafka, fastavro, the registry's REST API, nothing of Pratique's.

Usage: read_avro.py BOOTSTRAP REGISTRY TOPIC. Prints a JSON object a line: partition, key, headers, schema, record.
"""

import io
import json
import struct
import sys
import urllib.request
from typing import Any

import fastavro
from confluent_kafka import Consumer, TopicPartition

bootstrap, registry, topic = sys.argv[1:]
consumer = Consumer(
    {
        "bootstrap.servers": bootstrap,
        "group.id": "somebody-else",
        "isolation.level": "read_committed",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
)
schemas = {}


def schema(number):
    if number not in schemas:
        with urllib.request.urlopen(f"{registry}/schemas/ids/{number}", timeout=10) as answer:
            schemas[number] = fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
    return schemas[number]


for partition in sorted(consumer.list_topics(topic, timeout=30).topics[topic].partitions):
    first, end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=30)
    consumer.assign([TopicPartition(topic, partition, first)])
    while consumer.position([TopicPartition(topic, partition)])[0].offset < end:
        message = consumer.poll(1)
        if message is None:
            break
        if message.error() is not None:
            sys.exit("the topic cannot be read")
        value, record, number = message.value(), None, None
        if value is not None:
            magic, number = struct.unpack(">bI", value[:5])
            body = io.BytesIO(value[5:])
            record = fastavro.schemaless_reader(body, schema(number))
            if magic or body.read():
                sys.exit("a value is not one record")
        key = message.key()
        given: Any = message.headers()
        headers = [(name, None if data is None else data.decode()) for name, data in given or ()]
        told = {"partition": partition, "key": None if key is None else key.decode(), "headers": headers}
        print(json.dumps({**told, "schema": number, "record": record}))
consumer.close()
