"""What can be done with a project's streams: the front that `pratique.project.Project.streams` gives."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pratique.assembly import following, registries, streaming, tailing, watching, withheld
from pratique.assembly.flows import flow_of
from pratique.assembly.parts import Assembly
from pratique.assembly.registries import Subject, SubjectView
from pratique.assembly.tailing import Tail
from pratique.assembly.watching import StreamStatus
from pratique.connectors.kafka import TopicState
from pratique.pipeline.results import Held, Lag, StreamReport
from pratique.pipeline.streaming import Progress


class Streams:
    """The streams of one project. Every method raises `PratiqueError` only."""

    def __init__(self, assembly: Assembly, project_file: str) -> None:
        self._assembly = assembly
        self._file = project_file

    def is_stream(self, flow: str) -> bool:
        """Whether a flow leads from topic to topic."""
        return streaming.is_stream(self._assembly, flow)

    def follow(
        self,
        flow: str,
        *,
        forever: bool = False,
        stop: Callable[[], bool] = lambda: False,
        tell: Callable[[Progress], None] = lambda _: None,
        workers: int = 1,
    ) -> StreamReport:
        """Treat what comes, exactly once: to where the topic ends now, or until ``stop`` says so.

        ``workers``: processes that share the partitions.
        """
        today = datetime.now(UTC).date()
        with watching.watched(self._assembly, flow, tell) as told:
            return following.follow_flow(
                self._assembly,
                flow,
                forever=forever,
                today=today,
                stop=stop,
                tell=told,
                project_file=self._file,
                workers=workers,
            )

    def held(self, flow: str) -> list[Held]:
        """What a flow holds in its quarantine topic, by plan, rule and field. Needs no private key."""
        return withheld.list_withheld(self._assembly, flow_of(self._assembly, flow))

    def replay(self, flow: str, *, rules: Collection[str] = (), key: Path | None = None) -> StreamReport:
        """Treat again what a flow holds, after a fix; what fails again is held again. Not while it is followed."""
        today = datetime.now(UTC).date()
        return withheld.replay_withheld(self._assembly, flow, rules=rules, key=key, today=today)

    def status(self, flow: str | None = None) -> list[StreamStatus]:
        """How each flow is: behind, what its worker says, what was released last."""
        return watching.statuses(self._assembly, flow)

    def lag(self, flow: str | None = None) -> list[Lag]:
        """How far each flow is behind, partition by partition."""
        return streaming.lag(self._assembly, flow)

    def create(self) -> list[tuple[str, bool]]:
        """Make the topics that are missing; changes nothing that exists."""
        return streaming.create_topics(self._assembly)

    def topics(self) -> list[TopicState]:
        """Every topic on the project's clusters."""
        return streaming.list_topics(self._assembly)

    def describe(self, topic: str) -> TopicState:
        """One topic with its settings."""
        return streaming.describe_topic(self._assembly, topic)

    def delete(self, topic: str) -> None:
        """Remove a topic of the project and all in it; on record."""
        streaming.delete_topic(self._assembly, topic)

    def tail(self, topic: str, count: int = 10, *, reason: str | None = None) -> Tail:
        """The newest messages of a topic: masked, if it is raw and no ``reason`` is given; with one it is on record."""
        return tailing.tail(self._assembly, topic, count, reason=reason)

    # --- schema registries ---

    def subjects(self) -> list[Subject]:
        """Every subject of every registry of the project."""
        return registries.subjects(self._assembly)

    def subject(self, name: str, version: int | None = None) -> SubjectView:
        """One subject, in its newest version unless another is asked for."""
        return registries.subject(self._assembly, name, version)

    def compatibility(self, subject: str | None = None) -> list[tuple[str, str]]:
        """By cluster, what its registry enforces, for a subject or for all."""
        return registries.compatibility(self._assembly, subject)

    def set_compatibility(self, subject: str | None, level: str) -> list[tuple[str, str]]:
        """Have registries enforce a level; on record."""
        return registries.set_compatibility(self._assembly, subject, level)

    # --- writing ---

    def produce(self, dataset: str, messages: Iterator[tuple[bytes | None, bytes | None]], *, rate: float = 0) -> int:
        """Write keys and values into a dataset's topic; gives how many."""
        return streaming.produce(self._assembly, dataset, messages, rate=rate)

    def produce_file(self, dataset: str, file: str | Path, *, key: str | None = None, rate: float = 0) -> int:
        """Write the lines of a file, with a field of each as its key."""
        return self.produce(dataset, streaming.file_messages(Path(file), key), rate=rate)
