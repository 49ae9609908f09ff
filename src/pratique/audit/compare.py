"""What the log tells, held against what the stores hold, both ways.

A log can be whole and still be an older one, and a store can lose a row that no log protects. So everything that counts
is told in the log by its digest, and whoever takes something out of one of the two is found out by the other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pratique.audit.entries import AuditEvent

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """A release as a store, or the folder that it was published to, holds it."""

    flow: str
    sequence: int
    run: str
    digest: str
    """SHA-256 (hex) of the signed statement's bytes."""
    audit_head: str
    """What the release says that the log's end was."""
    published: bool = True
    """Whether its target holds it."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row of the catalogue or of the purges."""

    name: str
    """Of the dataset, or of the flow."""
    digest: str
    """SHA-256 (hex) of the row's document."""


@dataclass(frozen=True, slots=True)
class Held:
    """All that a region's stores hold of what its log tells."""

    scans: Sequence[HeldRow] = ()
    decisions: Sequence[HeldRow] = ()
    runs: Mapping[str, str] = field(default_factory=dict)
    """Run id to flow."""
    releases: Sequence[HeldRelease] = ()
    published: Sequence[HeldRelease] = ()
    """What the targets hold, whoever stored it; signed by the region's exporter."""
    purges: Sequence[HeldRow] = ()
    untold: frozenset[str] = frozenset()
    """Digests of what is stored and about to be told: a process was killed between the two."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit."""

    what: str
    """A sentence."""
    where: str
    """Dataset, flow or entry."""
    entry: int = 0
    """The entry that tells it; 0 where none does."""


@dataclass(slots=True)
class Told:
    """What a log tells, gathered entry by entry; `take` is for `pratique.audit.verify_chain`."""

    heads: dict[str, int] = field(default_factory=dict)
    releases: dict[str, tuple[int, str]] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    scans: dict[str, tuple[int, str]] = field(default_factory=dict)
    decisions: dict[str, tuple[int, str]] = field(default_factory=dict)
    purges: dict[str, tuple[int, str]] = field(default_factory=dict)
    purged_scans: set[str] = field(default_factory=set)
    nameless: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Scans and decisions that entries of older versions tell of by their number alone: (event, dataset) to number."""

    def take(self, entry: Mapping[str, Any]) -> None:
        """Gather one entry."""
        number, details = int(entry["sequence"]), entry["details"]
        self.heads[entry["hash"]] = number
        match entry["event"]:
            case AuditEvent.RELEASE:
                self.releases[_text(details, "digest")] = (number, _text(details, "flow"))
            case AuditEvent.RUN:
                self.runs[_text(details, "run")] = number
            case AuditEvent.SCAN:
                self._rows(self.scans, "scan", details, number, 1)
            case AuditEvent.DECISION:
                self._rows(self.decisions, "decision", details, number, details.get("fields"))
            case AuditEvent.PURGE:
                if digest := _text(details, "record"):
                    self.purges[digest] = (number, _text(details, "flow"))
                self.purged_scans.update(_texts(details, "scans"))

    def _rows(
        self, rows: dict[str, tuple[int, str]], event: str, details: Mapping[str, Any], number: int, count: Any
    ) -> None:
        dataset = _text(details, "dataset")
        digests = _texts(details, "digests")
        for digest in digests:
            rows[digest] = (number, dataset)
        if not digests and isinstance(count, int):
            self.nameless[event, dataset] += count


def compare(told: Told, held: Held) -> tuple[list[Finding], list[Finding]]:
    """What does not fit, as problems, and as notes on what a killed process explains.

    1. Every scan, decision, run, release and purge that is stored is told.
    2. Every one that is told is stored: scans unless a purge took them, runs unless nothing came of them.
    3. The head of every release, as stored and as published, is in the log, before the entry that tells of it.
    4. Every release in a target is stored: else the state was put back to an earlier one.
    """
    problems = [*_rows(told, held), *_releases(told, held), *_published(told, held)]
    notes: list[Finding] = []
    for run, flow in held.runs.items():
        if run not in told.runs:
            problems.append(Finding(f"run {run} is stored, and the log does not tell of it", f"flow {flow}"))
    lost = sorted(number for run, number in told.runs.items() if run not in held.runs)
    if lost:
        what = f"{len(lost)} runs that the log tells of were never begun: a process was killed before"
        notes.append(Finding(what, f"entry {_shown(lost)}", lost[0]))
    if held.untold:
        what = f"{len(held.untold)} stored rows are about to be told: the next scan, decision or purge does it"
        notes.append(Finding(what, "catalogue"))
    notes.extend(
        Finding(f"release {release.sequence} is signed and not out yet: run the flow again", f"flow {release.flow}")
        for release in held.releases
        if _is_on_its_way(release, told, held)
    )
    return problems, notes


def _rows(told: Told, held: Held) -> Iterator[Finding]:
    spare = Counter(told.nameless)
    kinds = (
        ("scan", held.scans, told.scans, "dataset"),
        ("decision", held.decisions, told.decisions, "dataset"),
        ("purge", held.purges, told.purges, "flow"),
    )
    for event, rows, named, kind in kinds:
        for row in rows:
            if row.digest in named or row.digest in held.untold:
                continue
            if spare[event, row.name] > 0:
                spare[event, row.name] -= 1
            else:
                yield Finding(f"a {event} is stored that the log does not tell of", f"{kind} {row.name}")
        stored = {row.digest for row in rows}
        for digest, (number, name) in named.items():
            if digest not in stored and not (event == "scan" and digest in told.purged_scans):
                what = f"entry {number} tells of a {event} that is not stored any more: it was taken out, or altered"
                yield Finding(what, f"{kind} {name}", number)


def _releases(told: Told, held: Held) -> Iterator[Finding]:
    for release in held.releases:
        where = f"flow {release.flow}"
        number = told.releases.get(release.digest, (0, ""))[0]
        head = told.heads.get(release.audit_head, 0)
        if not head and release.audit_head:
            yield Finding(
                f"the head that release {release.sequence} carries is not in the log: it was cut off or rewritten",
                where,
            )
        elif number and head >= number:
            yield Finding(f"entry {number} tells of release {release.sequence} before it was made", where, number)
        if not number and not _is_on_its_way(release, told, held):
            yield Finding(f"release {release.sequence} is stored, and the log does not tell of it", where)
    stored = {release.digest for release in held.releases}
    for digest, (number, flow) in told.releases.items():
        if digest not in stored:
            what = f"entry {number} tells of a release that is not stored any more: it was taken out, or altered"
            yield Finding(what, f"flow {flow}", number)


def _is_on_its_way(release: HeldRelease, told: Told, held: Held) -> bool:
    """Whether a process was killed after it stored this release, its flow's newest, and before it told of it."""
    newest = max(other.sequence for other in held.releases if other.flow == release.flow)
    return release.digest not in told.releases and not release.published and release.sequence == newest


def _published(told: Told, held: Held) -> Iterator[Finding]:
    stored = {release.digest for release in held.releases}
    for release in held.published:
        if release.digest in stored:
            continue
        where = f"flow {release.flow}"
        yield Finding(
            f"the target holds release {release.sequence}, which is signed and not stored here: "
            f"the state was put back to an earlier one, or the release was taken out",
            where,
        )
        if release.audit_head and release.audit_head not in told.heads:
            yield Finding(
                f"the head that the published release {release.sequence} carries is not in the log: "
                f"it was cut off or rewritten",
                where,
            )


def _text(details: Mapping[str, Any], name: str) -> str:
    value = details.get(name)
    return value if isinstance(value, str) else ""


def _texts(details: Mapping[str, Any], name: str) -> list[str]:
    value = details.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _shown(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(map(str, numbers[:_SHOWN])) + more
