"""Following a project's streams: what each worker of a flow between topics needs, in this process and in others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from pratique.assembly.flows import compile_flow, flow_of
from pratique.assembly.parts import Assembly
from pratique.assembly.registries import register_output
from pratique.assembly.streaming import group_of, topic_of
from pratique.assembly.worker import make_shop, stored_plan
from pratique.config import load
from pratique.connectors.kafka import Ends, KafkaStream, TopicReleaseLog, Topics
from pratique.engines.local import HelperProcesses
from pratique.errors import SourceError
from pratique.formats import uses_registry
from pratique.gate import is_cleared
from pratique.model.plan import Plan
from pratique.model.quarantine import Entry
from pratique.model.stream import Sealed
from pratique.pipeline.covering import Covering
from pratique.pipeline.helping import help_out
from pratique.pipeline.results import StreamReport
from pratique.pipeline.streaming import Progress, Streamer, follow
from pratique.pipeline.taking import Shelf, TakenReader
from pratique.quarantine import seal_messages
from pratique.runs import MemoryStagingArea
from pratique.stores import SharedLock, die_with_parent


def follow_flow(
    assembly: Assembly,
    name: str,
    *,
    forever: bool,
    today: date,
    stop: Callable[[], bool],
    tell: Callable[[Progress], None],
    project_file: str,
    workers: int = 1,
) -> StreamReport:
    """Compile a flow between topics and work it; see `pratique.pipeline.streaming.follow`.

    ``workers``: processes that share the partitions, this one among them; more than there are partitions are not
    started.
    """
    plan, _ = compile_flow(assembly, name, today)
    settings = assembly.settings
    target = topic_of(assembly, settings.datasets[plan.target])
    prefix = register_output(
        assembly, plan, target, forever=forever, stop=stop, tell=lambda: tell(Progress(state="waiting"))
    )
    slots = workers if workers == 1 else min(workers, _partitions(assembly, plan.source))
    streamer = make_streamer(assembly, plan, prefix, slot=0, slots=slots, stop=stop, tell=tell)
    if slots == 1:
        return follow(streamer, forever=forever)
    store = assembly.runs(plan.source_region)
    streamer = replace(streamer, covering=replace(streamer.covering, store=store))
    helpers = HelperProcesses(
        open_helper,
        lambda slot: (project_file, name, plan.hash, prefix, slot, slots, forever, store.share(name)),
        slots,
        again=forever,
    )
    return follow(replace(streamer, helpers=helpers), forever=forever)


def open_helper(
    project_file: str,
    name: str,
    plan_hash: str,
    prefix: bytes,
    slot: int,
    slots: int,
    forever: bool,  # noqa: FBT001 (multiprocessing hands words over by place)
    lock: SharedLock,
    parent: int,
    *,
    stop: Callable[[], bool],
    tell: Callable[[tuple[int, int, int, int]], None],
) -> None:
    """Open everything anew in a worker process, and work a slot's partitions under the plan that the first one stored.

    The process holds the flow's ``lock`` as long as it lives, and dies with its ``parent``: so whoever gets the lock
    next is alone.
    """
    del lock  # Holding it is all that it is for, and the process holds it since it was unpickled.
    die_with_parent(parent)
    pa.enable_signal_handlers(False)
    assembly = Assembly(load(Path(project_file)))
    plan = stored_plan(assembly, name, plan_hash)

    def told(progress: Progress) -> None:
        tell((progress.read, progress.written, progress.quarantined, progress.transactions))

    streamer = make_streamer(assembly, plan, prefix, slot=slot, slots=slots, stop=stop, tell=told)
    help_out(streamer, forever=forever)


def make_streamer(
    assembly: Assembly,
    plan: Plan,
    prefix: bytes,
    *,
    slot: int,
    slots: int,
    stop: Callable[[], bool],
    tell: Callable[[Progress], None],
) -> Streamer:
    """All that one worker of a flow needs."""
    name, settings = plan.flow, assembly.settings
    flow = flow_of(assembly, name)
    source = topic_of(assembly, settings.datasets[plan.source])
    target = topic_of(assembly, settings.datasets[plan.target])
    keys = assembly.keys(plan.source_region)
    shelf = Shelf()
    reader = TakenReader(assembly.formats[plan.source_format.name], plan.source_format, plan.schema)
    shop = make_shop(
        assembly,
        plan,
        plan.hash[:32],
        datetime.now(UTC).date(),
        reader=reader,
        limit=None,
        staging=MemoryStagingArea(),
        held=shelf,
    )

    def seal(held: list[tuple[int, int, Entry]]) -> list[Sealed]:
        return seal_messages(keys.quarantine_public(), name, source.topic, plan.hash, held)

    registry = assembly.registry(source) if uses_registry(plan.source_format) else None
    ends = Ends(source, target, group_of(assembly, name), slot, slots, registry=registry, prefix=prefix)
    return Streamer(
        covering=Covering(
            settings=settings,
            plan=plan,
            topic=target.topic,
            store=assembly.runs(plan.source_region),
            log=TopicReleaseLog(target, assembly.root),
            keys=keys,
            audit=assembly.audit(plan.source_region),
            detectors={
                **assembly.digests(plan.source_region, assembly.detector.digests),
                **assembly.residue.digests,
            },
            who=assembly.who,
        ),
        stream=KafkaStream(ends, assembly.root, is_cleared),
        shop=shop,
        seal=seal,
        stored_plan=lambda plan_hash: stored_plan(assembly, name, plan_hash),
        prefix=prefix,
        stop=stop,
        tell=tell,
        seconds=flow.spans.seconds,
        records=flow.spans.messages,
    )


def _partitions(assembly: Assembly, dataset: str) -> int:
    address = topic_of(assembly, assembly.settings.datasets[dataset])
    found = Topics(address.cluster, assembly.root).list().get(address.topic)
    if found is None:
        raise SourceError(f"there is no topic {address.topic}", do="run: pratique topics create")
    return found.partitions
