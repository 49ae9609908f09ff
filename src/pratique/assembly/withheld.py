"""What a project's streams hold in their quarantine topics: listed without a key, treated again with it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path

from pratique.assembly.flows import compile_flow
from pratique.assembly.following import make_streamer
from pratique.assembly.knowledge import dataset_of
from pratique.assembly.parts import Assembly
from pratique.assembly.quarantine import private_key
from pratique.assembly.registries import register_output
from pratique.assembly.streaming import group_of, topic_of
from pratique.assembly.worker import stored_plan
from pratique.connectors.kafka import Address, TopicReader, read_marks
from pratique.errors import PolicyError, StoreError
from pratique.model.messages import unpack_headers
from pratique.model.plan import Plan
from pratique.model.policy import Flow
from pratique.model.quarantine import FOREIGN, Entry
from pratique.pipeline.restream import HeldTopic, replay_stream
from pratique.pipeline.results import Held, HeldState, StreamReport
from pratique.quarantine import open_message
from pratique.runs import named

Message = tuple[int, bytes | None, bytes | None, bytes | None]


def list_withheld(assembly: Assembly, flow: Flow) -> list[Held]:
    """What a flow between topics holds, by plan, rule and field, from what stands in clear in the headers.

    `Held.run` is the plan under which it was held.
    """
    topic = _topic(assembly, flow.source)
    target = topic_of(assembly, dataset_of(assembly, flow.target))
    marks = read_marks(target, assembly.root, group_of(assembly, flow.name))
    reader = TopicReader(topic, assembly.root)
    ranges = reader.ranges()
    rows: Counter[tuple[str, str, str]] = Counter()
    for number, (first, end) in sorted(ranges.items()):
        begins = {p: mark.again for p, mark in marks.items() if mark is not None and p % len(ranges) == number}
        for at, _, headers, _ in reader.messages(number, max(first, min(begins.values(), default=end)), end):
            told = {name: (value or b"").decode("ascii", "replace") for name, value in unpack_headers(headers or b"")}
            origin = told.get("pratique-origin", "").partition(":")[0]
            if told.get("pratique-flow") == flow.name and origin.isdigit() and at >= begins.get(int(origin), end):
                rows[told.get("pratique-plan", ""), told.get("pratique-rule", ""), told.get("pratique-field", "")] += 1
    found: list[Held] = []
    for (plan_hash, rule, field), count in sorted(rows.items()):
        plan = _plan(assembly, flow.name, plan_hash)
        shown = next(iter(named(plan, {field: 1}))) if plan is not None else field
        state = HeldState.FOREIGN if rule == FOREIGN else HeldState.HELD
        found.append(Held(flow.name, plan_hash, None, rule, shown, count, state, ""))
    return found


def replay_withheld(
    assembly: Assembly,
    name: str,
    *,
    rules: Collection[str],
    key: Path | None,
    today: date,
    stop: Callable[[], bool] = lambda: False,
) -> StreamReport:
    """Compile the flow as it stands now, and treat again what it holds (`pratique.pipeline.restream.replay_stream`)."""
    plan, _ = compile_flow(assembly, name, today)
    private = private_key(assembly, plan.source_region, key)
    source = topic_of(assembly, dataset_of(assembly, plan.source))
    target = topic_of(assembly, dataset_of(assembly, plan.target))
    prefix = register_output(assembly, plan, target, forever=False, stop=stop, tell=lambda: None)
    reader = TopicReader(_topic(assembly, plan.source), assembly.root)

    def ends() -> dict[int, int]:
        return {number: end for number, (_, end) in reader.ranges().items()}

    def messages(number: int, first: int, end: int) -> Iterator[Message]:
        return reader.messages(number, max(first, reader.ranges()[number][0]), end)

    def opened(value: bytes) -> tuple[int, Entry]:
        return open_message(private, name, source.topic, value)

    streamer = make_streamer(assembly, plan, prefix, slot=0, slots=1, stop=stop, tell=lambda _: None)
    return replay_stream(streamer, HeldTopic(ends, messages, opened), rules)


def _topic(assembly: Assembly, dataset: str) -> Address:
    """The quarantine beside a source."""
    source = topic_of(assembly, dataset_of(assembly, dataset))
    return Address(source.cluster, source.quarantine)


def _plan(assembly: Assembly, flow: str, plan_hash: str) -> Plan | None:
    """For the names of fields; None where it is not stored any more."""
    try:
        return stored_plan(assembly, flow, plan_hash)
    except (StoreError, PolicyError):
        return None
