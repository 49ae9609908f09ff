"""Looking after topics: what there is, making what is missing, removing. Changes nothing that exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.errors import RefusedError, SourceError
from pratique.model.stream import Cluster, TopicSpec

_SHOWN: Final = ("cleanup.policy", "retention.ms", "max.message.bytes", "min.insync.replicas")


@dataclass(frozen=True, slots=True)
class TopicState:
    """One topic as it is."""

    name: str
    partitions: int
    replication: int
    settings: Mapping[str, str]
    """Empty in a list."""

    @property
    def compact(self) -> bool:
        """Whether older messages of a key are removed."""
        return "compact" in self.settings.get("cleanup.policy", "")


class Topics:
    """The topics of one cluster. Raises `SourceError` where the brokers do not answer."""

    def __init__(self, cluster: Cluster, root: Path) -> None:
        self._where = f"cluster {cluster.name}"
        self._admin = sdk().admin.AdminClient(settings_of(cluster, root))

    def list(self) -> dict[str, TopicState]:
        """Every topic but the cluster's own."""
        with _Speaking(self._where):
            found = self._admin.list_topics(timeout=PATIENCE).topics
        return {
            name: TopicState(name, len(topic.partitions), _replicas(topic), {})
            for name, topic in sorted(found.items())
            if not name.startswith("__")
        }

    def describe(self, name: str) -> TopicState | None:
        """One topic with its settings; None where it is not there."""
        found = self.list().get(name)
        if found is None:
            return None
        resource = sdk().admin.ConfigResource("topic", name)
        with _Speaking(self._where):
            told = self._admin.describe_configs([resource])[resource].result(PATIENCE)
        settings = {key: str(told[key].value) for key in _SHOWN if key in told}
        return TopicState(found.name, found.partitions, found.replication, settings)

    def create(self, name: str, spec: TopicSpec, milliseconds: int | None) -> bool:
        """Make a topic; False where it is there already. ``milliseconds``: of retention; None: the broker's default."""
        settings: dict[str, str] = {"cleanup.policy": "compact" if spec.compact else "delete"}
        if milliseconds is not None:
            settings["retention.ms"] = str(milliseconds)
        kit = sdk()
        wanted = kit.admin.NewTopic(name, spec.partitions, spec.replication, config=settings)
        try:
            self._admin.create_topics([wanted])[name].result(PATIENCE)
        except kit.KafkaException as error:
            if error.args[0].code() == kit.KafkaError.TOPIC_ALREADY_EXISTS:
                return False
            raise RefusedError(f"topic {name} cannot be created: {named(error)}", where=self._where) from None
        return True

    def delete(self, name: str) -> None:
        """Remove a topic and all in it; `RefusedError` where that is not allowed or it is not there."""
        kit = sdk()
        try:
            self._admin.delete_topics([name])[name].result(PATIENCE)
        except kit.KafkaException as error:
            raise RefusedError(f"topic {name} cannot be deleted: {named(error)}", where=self._where) from None


def _replicas(topic: Any) -> int:
    partitions: Sequence[Any] = list(topic.partitions.values())
    return len(partitions[0].replicas) if partitions else 0


class _Speaking:
    """Errors of the client inside are those of the cluster."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None and isinstance(error, sdk().KafkaException):
            raise SourceError(
                f"the brokers do not answer ({named(error)})", where=self._where, do="check that they run"
            ) from None
