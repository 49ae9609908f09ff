"""Topics as datasets: to look at, to treat exactly once, to look after. The client is imported when it is used."""

from pratique.connectors.kafka.address import Address, address_of
from pratique.connectors.kafka.ledger import read_marks
from pratique.connectors.kafka.marks import KafkaMarks
from pratique.connectors.kafka.produce import produce_values
from pratique.connectors.kafka.reading import TopicReader
from pratique.connectors.kafka.registry import LEVELS, Registry, Version, wire_header
from pratique.connectors.kafka.releases import TopicReleaseLog
from pratique.connectors.kafka.source import KafkaSource, newest
from pratique.connectors.kafka.stream import Ends, KafkaStream
from pratique.connectors.kafka.topics import Topics, TopicState

__all__ = [
    "LEVELS",
    "Address",
    "Ends",
    "KafkaMarks",
    "KafkaSource",
    "KafkaStream",
    "Registry",
    "TopicReader",
    "TopicReleaseLog",
    "TopicState",
    "Topics",
    "Version",
    "address_of",
    "newest",
    "produce_values",
    "read_marks",
    "wire_header",
]
