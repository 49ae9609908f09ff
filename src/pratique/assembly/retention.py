"""What is past its time in one region: found here, and removed by `pratique.assembly.purging`.

A dataset's ``retention`` is how long the project keeps what it wrote of that dataset's data:

- a release's files go by the target's retention, or else by its source's, from the day of the release;
- quarantine, which holds source records, by the source's, from the day of the release (of a run without one, from the
  day when the run began);
- a re-identified file by its restricted dataset's, or else by its source's, from the day when it was restored;
- a scan by its dataset's, from its own day, unless it is the dataset's newest;
- plans go with the last release that was made under them; what killed processes left goes whenever somebody purges.

A dataset without a retention keeps everything. Source data is never touched: a dataset is the project's own only as far
as a flow of the project wrote it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.assembly.parts import Assembly
from pratique.audit import verify_chain
from pratique.crypto.dsse import open_envelope
from pratique.errors import RefusedError, VerifyError
from pratique.model.data import Dataset
from pratique.model.purge import PURGE_FILE
from pratique.model.release import RELEASE_FILE, Release
from pratique.model.spans import later
from pratique.pipeline.results import PurgeItem
from pratique.stores.ledger import Row, Run
from pratique.verify.statement import read_statement

_RESTORED = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,63})-([0-9]{5,})-[0-9a-f]{12}\.jsonl")
_UNFINISHED = re.compile(rf"\.({_RESTORED.pattern})\.unfinished")


@dataclass(slots=True)
class Kept:
    """What a region's log and stores say about what is there."""

    runs: Mapping[str, Run]
    releases: Mapping[str, Release]
    """By run."""
    statements: Mapping[str, bytes]
    purged: Mapping[str, bytes]
    """Purge record by run."""
    scans: list[Row]
    plans: list[str]
    named: frozenset[str]
    """Runs of which names of inputs are stored."""
    began: dict[str, str] = field(default_factory=dict)
    """When each run began, by the log."""
    restored: dict[str, str] = field(default_factory=dict)
    """When each restored file was made, by the log: dataset and name to time."""
    told: set[str] = field(default_factory=set)
    """Digests of the purge records that the log tells of."""
    last: str = ""
    """When the log's last entry was written."""

    def take(self, entry: Mapping[str, Any]) -> None:
        """Gather an entry of the log."""
        details, at = entry["details"], str(entry["at"])
        self.last = max(self.last, at)
        if entry["event"] == "run":
            self.began[str(details.get("run"))] = at
        elif entry["event"] == "reidentified":
            self.restored |= {f"{details.get('to')}/{name}": at for name in details.get("files", ())}
        elif entry["event"] == "purge":
            self.told.add(str(details.get("record", "")))


def look(assembly: Assembly, region: str, now: datetime) -> Kept:
    """Everything that a region's stores hold, and what its log says of it.

    Raises `VerifyError` where the log is not whole, since a purge without a record is no proof, and `RefusedError`
    where the clock stands before what was written last.
    """
    ledger = assembly.ledger(region)
    releases = ledger.releases()
    kept = Kept(
        runs={run.run: run for run in ledger.runs()},
        releases={run: read_statement(open_envelope(statement).payload) for _, _, run, statement in releases},
        statements={run: statement for _, _, run, statement in releases},
        purged={
            run: record
            for flow in {flow for flow, _, _, _ in releases}
            for run, record in assembly.runs(region).purged(flow).items()
        },
        scans=ledger.scans(),
        plans=ledger.plans(),
        named=ledger.named_runs(),
    )
    ledger.close()
    public = assembly.keys(region).exporter_public() if assembly.has_keys(region) else None
    check = verify_chain(assembly.audit_file(region), region=region, public=public, each=kept.take)
    if not check.ok and (check.entries or kept.releases or kept.scans):
        raise VerifyError(check.problem, where=f"the log of region {region}", do="see: pratique audit verify")
    times = [kept.last, *(release.at for release in kept.releases.values())]
    newest = max((_time(text) for text in times if text), default=now)
    if now < newest:
        raise RefusedError(
            f"the clock stands before the log's last entry ({newest:%Y-%m-%d %H:%M} UTC), and purging goes by time",
            where=f"region {region}",
            do="set the clock right",
        )
    return kept


def past(assembly: Assembly, region: str, kept: Kept, now: datetime) -> list[PurgeItem]:
    """What is past its time, in the order in which it goes."""
    found = [*_releases(assembly, region, kept, now), *_restored(assembly, region, kept, now)]
    found += [*_quarantine(assembly, region, kept, now), *_scans(assembly, kept, now)]
    gone = {item.name for item in found if item.what == "release"} | set(kept.purged)
    found += _plans(region, kept, gone)
    litter = assembly.staging(region).sweep(lambda: staged(assembly, region, kept), dry=True)
    if litter:
        found.append(PurgeItem(region, "staging", region, "left by killed processes", files=litter))
    return found


def staged(assembly: Assembly, region: str, kept: Kept) -> set[str]:
    """What in staging still counts: of every open run, and of every flow's last release."""
    store = assembly.runs(region)
    flows = {run.flow for run in kept.runs.values()}
    runs = {run for run in map(store.open_run, flows) if run is not None}
    runs |= {read_statement(open_envelope(last[1]).payload).run for last in map(store.last_release, flows) if last}
    return {file.staged for run in runs for file in store.finished(run).values()}


def _releases(assembly: Assembly, region: str, kept: Kept, now: datetime) -> Iterator[PurgeItem]:
    settings = assembly.settings
    for run, release in kept.releases.items():
        target = settings.datasets.get(release.dataset)
        if target is None:
            continue
        rule = _rule(target, _source(assembly, release.flow))
        due = None if rule is None else later(_time(release.at), rule[0])
        if run not in kept.purged and (rule is None or due is None or now < due):
            continue
        there = [path for path in _files(assembly, target, release) if path.exists()]
        if run in kept.purged and not there and run not in kept.named and not _unmarked(assembly, target, run):
            continue
        yield PurgeItem(
            region=region,
            what="release",
            of=release.flow,
            name=run,
            since=release.at,
            due="" if due is None else due.isoformat(),
            rule="" if rule is None else f"retention {rule[0]} of {rule[1]}",
            files=len(there),
            size=sum(path.stat().st_size for path in there),
            again=run in kept.purged,
        )


def _unmarked(assembly: Assembly, target: Dataset, run: str) -> bool:
    folder = assembly.folder(target) / run
    return (folder / RELEASE_FILE).exists() and not (folder / PURGE_FILE).exists()


def _files(assembly: Assembly, target: Dataset, release: Release) -> list[Path]:
    """The release's files, and what writers that were killed left of them."""
    folder = assembly.folder(target)
    names = [folder / file.name for file in release.files]
    return [*names, *(path.with_name(f".{path.name}.tmp") for path in names)]


def _restored(assembly: Assembly, region: str, kept: Kept, now: datetime) -> Iterator[PurgeItem]:
    made = {(release.flow, release.sequence): release for release in kept.releases.values()}
    for dataset in assembly.settings.datasets.values():
        folder = assembly.folder(dataset)
        if not dataset.restricted or dataset.region != region or not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            found = _RESTORED.fullmatch(path.name) or _UNFINISHED.fullmatch(path.name)
            release = made.get((found[found.re.groups - 1], int(found[found.re.groups]))) if found else None
            if release is None or path.is_symlink() or not path.is_file():
                continue
            rule = _rule(dataset, _source(assembly, release.flow))
            since = kept.restored.get(f"{dataset.name}/{path.name}", release.at)
            item = PurgeItem(region, "restored", dataset.name, path.name, since, files=1, size=path.stat().st_size)
            yield from _if_past(item, rule, now)


def _quarantine(assembly: Assembly, region: str, kept: Kept, now: datetime) -> Iterator[PurgeItem]:
    if not assembly.has_keys(region):
        return
    store, runs = assembly.quarantine(region), assembly.runs(region)
    for flow in sorted({run.flow for run in kept.runs.values()}):
        open_run = runs.open_run(flow)
        source = _source(assembly, flow)
        for run in store.runs(flow):
            release = kept.releases.get(run)
            since = release.at if release is not None else kept.began.get(run, "")
            if run == open_run or source is None or not since:
                continue
            files = store.files(flow, run)
            item = PurgeItem(
                region, "quarantine", flow, run, since, files=len(files), size=sum(p.stat().st_size for p in files)
            )
            yield from _if_past(item, _rule(source), now)


def _scans(assembly: Assembly, kept: Kept, now: datetime) -> Iterator[PurgeItem]:
    newest = {row.owner: row.id for row in kept.scans}
    for row in kept.scans:
        dataset = assembly.settings.datasets.get(row.owner)
        if dataset is not None and row.id != newest[row.owner]:
            item = PurgeItem(dataset.region, "scan", row.owner, row.digest, row.at)
            yield from _if_past(item, _rule(dataset), now)


def _plans(region: str, kept: Kept, gone: set[str]) -> Iterator[PurgeItem]:
    """Plans under which only purged releases were made, and that are not those of a flow's newest run."""
    newest = {run.flow: run.plan for run in kept.runs.values()}
    used: dict[str, list[Run]] = {}
    for run in kept.runs.values():
        used.setdefault(run.plan, []).append(run)
    for name in kept.plans:
        runs = used.get(name, [])
        all_gone = all(run.run in gone or (run.abandoned and run.run not in kept.releases) for run in runs)
        if name not in newest.values() and all_gone and any(run.run in gone for run in runs):
            yield PurgeItem(region, "plan", runs[0].flow, name)


def _if_past(item: PurgeItem, rule: tuple[str, str] | None, now: datetime) -> Iterator[PurgeItem]:
    due = None if rule is None else later(_time(item.since), rule[0])
    if rule is not None and due is not None and now >= due:
        yield replace(item, rule=f"retention {rule[0]} of {rule[1]}", due=due.isoformat())


def _rule(*datasets: Dataset | None) -> tuple[str, str] | None:
    """The span that counts and whose it is: the first dataset's that states one."""
    for dataset in datasets:
        if dataset is not None and dataset.retention:
            return dataset.retention, dataset.name
    return None


def retention_of(assembly: Assembly, release: Release) -> tuple[str, str]:
    """The span that counts for a release's files, and whose it is; empty where nothing states one."""
    return _rule(assembly.settings.datasets.get(release.dataset), _source(assembly, release.flow)) or ("", "")


def _source(assembly: Assembly, flow: str) -> Dataset | None:
    found = assembly.settings.flows.get(flow)
    return None if found is None else assembly.settings.datasets[found.source]


def _time(text: str) -> datetime:
    """A time that a release, a scan or the log states. Raises `VerifyError` for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise VerifyError("a stored time is none, and purging goes by it", do="see: pratique audit verify") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
