"""``kafka://CLUSTER/TOPIC``: a cluster of the project file, or its brokers themselves (``host:port,host:port``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pratique.errors import ConfigError
from pratique.model.stream import Cluster

SCHEME: Final = "kafka://"
_TOPIC: Final = re.compile(r"[A-Za-z0-9._-]{1,200}")
_BROKERS: Final = re.compile(r"[A-Za-z0-9._-]+:[0-9]{1,5}(,[A-Za-z0-9._-]+:[0-9]{1,5})*")


@dataclass(frozen=True, slots=True)
class Address:
    """One topic."""

    cluster: Cluster
    topic: str

    @property
    def quarantine(self) -> str:
        """The topic beside it, for what of it cannot be treated."""
        return f"{self.topic}-quarantine"

    @property
    def marks(self) -> str:
        """The topic beside it, for how far the flow that writes it has come."""
        return f"{self.topic}-marks"

    @property
    def releases(self) -> str:
        """The topic beside it, for the releases that cover it."""
        return f"{self.topic}-releases"


def address_of(uri: str, clusters: Mapping[str, Cluster]) -> Address:
    """The topic that an address names; `ConfigError` for an unknown cluster, and for what is no address."""
    where, _, topic = uri.removeprefix(SCHEME).partition("/")
    if not uri.startswith(SCHEME) or not _TOPIC.fullmatch(topic):
        raise ConfigError("not the address of a topic", do="write kafka://CLUSTER/TOPIC")
    if where in clusters:
        return Address(clusters[where], topic)
    if not _BROKERS.fullmatch(where):
        raise ConfigError("an address names an unknown cluster", do="list it under clusters, or write host:port")
    return Address(Cluster(where, where), topic)
