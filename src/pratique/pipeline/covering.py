"""Releases of a stream: each covers a span of offsets, is signed, and names the one before it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from pratique import __version__
from pratique.crypto.dsse import open_envelope, sign
from pratique.errors import RefusedError
from pratique.model.chain import PartitionSpan, Span, first_link
from pratique.model.codec import digest
from pratique.model.plan import Plan
from pratique.model.policy import Settings
from pratique.model.release import PAYLOAD_TYPE, Counts, Release
from pratique.model.stream import Mark
from pratique.ports import AuditLog, KeyStore, ReleaseLog, RunStore
from pratique.runs import RUN_ID_LENGTH, assemble
from pratique.verify.statement import build_statement, read_statement

_RUN_DOMAIN = "pratique/span/1"


@dataclass(frozen=True, slots=True)
class Covering:
    """All that making a stream's releases takes."""

    settings: Settings
    plan: Plan
    topic: str
    """The target's."""
    store: RunStore
    log: ReleaseLog
    keys: KeyStore
    audit: AuditLog
    detectors: Mapping[str, str]
    who: str
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def newest_span(covering: Covering) -> Span | None:
    """What the flow's newest release covers; None where there is none. `RefusedError` if that is one of files."""
    last = covering.store.last_release(covering.plan.flow)
    if last is None:
        return None
    release = read_statement(open_envelope(last[1]).payload)
    if release.span is None:
        raise RefusedError(
            "the flow has released files before", where=f"flow {covering.plan.flow}", do="give the stream another name"
        )
    return release.span


def release_span(covering: Covering, marks: Mapping[int, Mark]) -> int | None:
    """Make, store and publish the release of all that is committed and in none yet; its number, or None if there is
    nothing.

    1. The span: for each partition from where the last release ended to the mark.
    2. The counts add up, in whole and for each partition; the route is open, and takes the plan's class.
    3. Signed, and stored: from here on it is the same, whatever is killed.
    4. Appended to the topic of releases.
    """
    plan = covering.plan
    before = newest_span(covering)
    span = _span(covering, before, marks)
    if span is None:
        return None
    counts = since(before, marks)
    if counts.read != counts.written + sum(counts.quarantined.values()):
        raise RefusedError("the counts of a span do not add up", where=f"flow {plan.flow}", do="please report it")
    offsets = [[part.partition, part.first, part.end, part.read] for part in span.partitions]
    run = digest([_RUN_DOMAIN, plan.flow, plan.hash, offsets])[:RUN_ID_LENGTH]
    last = covering.store.last_release(plan.flow)
    details = {"flow": plan.flow, "run": run, "plan": plan.hash, "parts": len(span.partitions)}
    covering.audit.append("run", covering.who, details)
    covering.store.begin(plan.flow, run, plan.hash, (), (), 0)
    release = assemble(
        plan,
        exporter=covering.settings.name,
        run=run,
        files=(),
        counts=counts,
        sequence=1 if last is None else last[0] + 1,
        previous="" if last is None else sha256(open_envelope(last[1]).payload).hexdigest(),
        at=covering.now().replace(microsecond=0).isoformat(),
        code=__version__,
        inputs=(),
        detectors=covering.detectors,
        key=covering.keys.exporter().key_id,
        audit_head=covering.audit.head,
        span=span,
    )
    statement = sign(PAYLOAD_TYPE, build_statement(release), covering.keys.exporter())
    covering.store.store_release(plan.flow, run, release.sequence, statement)
    _publish(covering, release, statement)
    return release.sequence


def publish_last(covering: Covering) -> None:
    """Append the newest stored release where a crash kept it from the topic."""
    last = covering.store.last_release(covering.plan.flow)
    if last is None:
        return
    published = covering.log.read(covering.plan.flow)
    if last[1] not in published:
        _publish(covering, read_statement(open_envelope(last[1]).payload), last[1])


def _publish(covering: Covering, release: Release, statement: bytes) -> None:
    """Logged, then out: what is out is in the log (after a crash maybe twice)."""
    told = {"flow": release.flow, "run": release.run, "digest": sha256(statement).hexdigest()}
    covering.audit.append("release", covering.who, told)
    covering.log.append(release.flow, release.sequence, statement)


def _span(covering: Covering, before: Span | None, marks: Mapping[int, Mark]) -> Span | None:
    known = {part.partition: part for part in before.partitions} if before is not None else {}
    parts: list[PartitionSpan] = []
    moved = False
    for partition, mark in sorted(marks.items()):
        old = known.get(partition)
        if old is None and not mark.plan:
            continue  # nothing was taken from it yet
        # What comes out of quarantine moves no offset of the source.
        moved = moved or old is None or (mark.offset, mark.read) != (old.end, old.read)
        parts.append(
            PartitionSpan(
                partition=partition,
                first=mark.began if old is None else old.end,
                end=mark.offset,
                read=mark.read,
                written=mark.written,
                quarantined=dict(sorted(mark.quarantined.items())),
                out_first=mark.out_began if old is None else old.out_end,
                out_end=mark.out,
                before=first_link(covering.plan.target, partition).hex() if old is None else old.chain,
                chain=mark.chain,
            )
        )
    if known.keys() - {part.partition for part in parts}:
        raise RefusedError("a partition that was released is gone", where=f"flow {covering.plan.flow}")
    return Span(covering.topic, tuple(parts)) if moved else None


def since(before: Span | None, marks: Mapping[int, Mark]) -> Counts:
    """What the marks say beyond what a release covers."""
    quarantined: Counter[str] = Counter()
    read = written = 0
    for mark in marks.values():
        read, written = read + mark.read, written + mark.written
        quarantined.update(mark.quarantined)
    for part in before.partitions if before is not None else ():
        read, written = read - part.read, written - part.written
        quarantined.subtract(part.quarantined)
    return Counts(read, written, {rule: count for rule, count in sorted(quarantined.items()) if count})
