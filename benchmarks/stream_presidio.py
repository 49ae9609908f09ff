"""Peer (b): the same job the obvious way. Usage: stream_presidio.py BOOTSTRAP SOURCE TARGET RECORDS.

One consumer that polls, Presidio's analyzer and anonymizer over each field and the key, one produce a message, offsets
committed as they come. Runs in an environment of its own (`benchmarks.peers`). What favours it: a blank spaCy pipeline
instead of a model (no names are found), no transaction, no gate, no release, only as many messages as are asked for.
"""

import json
import sys
import time
from typing import Any

import spacy
from confluent_kafka import Consumer, Producer
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig


class BlankEngine(SpacyNlpEngine):  # type: ignore[misc]
    """spaCy's tokenizer and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self) -> None:
        """Keep what is there; nothing is downloaded."""


class Treatment:
    """Presidio, ready."""

    def __init__(self) -> None:
        self._analyzer = AnalyzerEngine(nlp_engine=BlankEngine(), supported_languages=["en"])
        users = PatternRecognizer(supported_entity="USER_ID", patterns=[Pattern("user", r"\buser-\d{8}\b", 0.8)])
        self._analyzer.registry.add_recognizer(users)
        self._anonymizer = AnonymizerEngine()
        keyed = OperatorConfig("encrypt", {"key": "0123456789abcdef"})
        self._operators = {"DEFAULT": OperatorConfig("keep"), "USER_ID": keyed, "CREDIT_CARD": keyed}

    def text(self, value: str) -> str:
        """One value."""
        found = self._analyzer.analyze(value, language="en")
        return str(self._anonymizer.anonymize(value, found, self._operators).text)

    def record(self, value: bytes) -> bytes:
        """Every field of one record; numbers are looked at as texts and stay numbers where nothing was found."""
        treated = {}
        for name, field in json.loads(value).items():
            text = self.text(str(field))
            treated[name] = field if text == str(field) else text
        return json.dumps(treated).encode()


def main() -> None:
    """Treat so many messages and print seconds and records as JSON."""
    bootstrap, source, target, wanted = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    treatment = Treatment()
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": target, "auto.offset.reset": "earliest"})
    producer = Producer({"bootstrap.servers": bootstrap})
    consumer.subscribe([source])
    done, start = 0, 0.0
    while done <= wanted:
        message: Any = consumer.poll(30)
        if message is None or message.error() is not None:
            sys.exit("the source cannot be read")
        if not start:  # The first is not timed: it waits for the group.
            start = time.perf_counter()
        value = treatment.record(message.value())
        if b"user-" in value:
            sys.exit("a viewer's id was not treated")
        producer.produce(target, value, treatment.text(message.key().decode()))
        producer.poll(0)
        done += 1
    producer.flush(30)
    seconds = time.perf_counter() - start
    consumer.close()
    print(json.dumps({"seconds": seconds, "records": done}))


if __name__ == "__main__":
    main()
