"""Datasets: what is known of them, what was decided, what flows would do with their fields, how they drift."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from pratique.assembly.knowledge import Knowledge, know
from pratique.assembly.parts import Assembly
from pratique.assembly.reporting.guard import Guard
from pratique.assembly.reporting.names import Names
from pratique.catalogue import Fate, check_signature, fates
from pratique.infer import differences
from pratique.infer.differences import Change
from pratique.model.catalogue import DecisionKind, Scan, Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.data import Dataset
from pratique.model.paths import show_path
from pratique.model.plan import Mode, Step
from pratique.pipeline.reporting import DatasetReport, Exposure, Loosening, ScanPoint, TypeCount
from pratique.policy.outlook import Outlook

_SCANS = 24
"""The newest scans of a dataset that are told."""


def look_at_datasets(
    assembly: Assembly, today: date, guard: Guard, names: Names
) -> tuple[list[DatasetReport], list[Loosening], dict[str, Outlook]]:
    """Every dataset of the project file, in its order; every decision that loosens, newest first; and what each flow
    that reads a scanned dataset would do.
    """
    outlooks: dict[str, Outlook] = {}
    found: list[DatasetReport] = []
    loosenings: list[Loosening] = []
    for dataset in assembly.settings.datasets.values():
        what, bare = f"dataset {dataset.name}", _bare(assembly, dataset, names)
        failures = guard.failures
        known = guard.attempt(what, partial(_known, assembly, dataset), None)
        if known is None:
            found.append(replace(bare, unread=guard.failures > failures))
            continue
        own: dict[str, Outlook] = guard.attempt(what, partial(_outlooks, assembly, dataset, known, today), {})
        outlooks |= own
        names.learn(dataset.name, (leaf.path for leaf in known.scan.schema.fields()), known.decisions)
        found.append(guard.attempt(what, partial(_report, assembly, dataset, known, own, names), bare))
        loosenings += guard.attempt(what, partial(_loosenings, assembly, known, names), [])
    return found, sorted(loosenings, key=lambda one: one.at, reverse=True), outlooks


def _known(assembly: Assembly, dataset: Dataset) -> Knowledge | None:
    """What the catalogue holds of a dataset; None where it was never scanned."""
    if not assembly.state(dataset.region).exists():
        return None
    never = assembly.catalogue(dataset.region).latest_scan(dataset.name) is None
    return None if never else know(assembly, dataset.name)


def _bare(assembly: Assembly, dataset: Dataset, names: Names) -> DatasetReport:
    flows = assembly.settings.flows.values()
    return DatasetReport(
        name=names.dataset(dataset.name),
        region=dataset.region,
        restricted=dataset.restricted,
        read=any(flow.source == dataset.name for flow in flows),
        written=any(flow.target == dataset.name for flow in flows),
    )


def _report(
    assembly: Assembly, dataset: Dataset, known: Knowledge, outlooks: Mapping[str, Outlook], names: Names
) -> DatasetReport:
    bare = _bare(assembly, dataset, names)
    held = known.verdicts.values()
    return DatasetReport(
        name=bare.name,
        region=bare.region,
        restricted=bare.restricted,
        read=bare.read,
        written=bare.written,
        scanned=known.scan.at,
        records=known.scan.records,
        miss_bound=known.scan.miss_bound,
        fields=len(known.verdicts),
        states={state.value: sum(v.state is state for v in held) for state in VerdictState},
        kept=sum(v.state is VerdictState.DECIDED and not v.entities for v in held),
        bulk=known.bulk,
        decisions=len(known.decisions),
        ignored=sum(v.ignored for v in held),
        types=_types(known.verdicts, names),
        exposures={names.flow(flow): _exposures(outlook) for flow, outlook in outlooks.items()},
        scans=_drift(assembly.catalogue(dataset.region).scans(dataset.name)),
    )


def _types(verdicts: Mapping[tuple[str, ...], Verdict], names: Names) -> dict[str, TypeCount]:
    counts: dict[str, Counter[str]] = {}
    for verdict in verdicts.values():
        for entity in verdict.entities:
            counts.setdefault(names.entity(entity), Counter())[verdict.state.value] += 1
    return {
        entity: TypeCount(n[VerdictState.DECIDED.value], n[VerdictState.PROPOSED.value], n[VerdictState.CONFLICT.value])
        for entity, n in sorted(counts.items())
    }


def _outlooks(assembly: Assembly, dataset: Dataset, known: Knowledge, today: date) -> dict[str, Outlook]:
    flows = [flow.name for flow in assembly.settings.flows.values() if flow.source == dataset.name]
    return {flow: _outlook(assembly, flow, known, today) for flow in flows}


def _outlook(assembly: Assembly, flow: str, known: Knowledge, today: date) -> Outlook:
    """What a flow would do with each field as its verdict stands."""
    settings = assembly.settings
    region = settings.datasets[settings.flows[flow].source].region
    return Outlook(
        settings,
        flow,
        scan=known.scan,
        verdicts=known.verdicts,
        transforms=assembly.transforms,
        key_version=lambda domain: assembly.keys(region).current_version(domain),
        today=today,
        known_entities=assembly.detector.families,
    )


def _exposures(outlook: Outlook) -> dict[Exposure, int]:
    counts = Counter(_exposure(step) for step in outlook.steps.values())
    return {exposure: counts[exposure] for exposure in Exposure if counts[exposure]}


def _exposure(step: Step | str) -> Exposure:
    """What becomes of a field: the worst that can be said of its step."""
    if isinstance(step, str):
        found = Exposure.CLOSES
    elif step.mode is Mode.QUARANTINE:
        found = Exposure.HELD
    elif step.output_class is DataClass.PERSONAL:
        found = Exposure.IN_CLEAR
    elif step.mode is Mode.TEXT:
        found = Exposure.TEXT
    elif step.mode is Mode.DROP:
        found = Exposure.GONE
    elif step.mode is Mode.KEEP:
        found = Exposure.KEPT
    elif step.decided == "proposal":
        found = Exposure.PROPOSED
    elif step.output_class is DataClass.NONE:
        found = Exposure.KEPT if step.apply is not None and step.apply.transform == "keep" else Exposure.GONE
    else:
        found = Exposure.TREATED
    return found


def _drift(scans: Sequence[Scan]) -> list[ScanPoint]:
    points: list[ScanPoint] = []
    before: Scan | None = None
    for number, scan in enumerate(scans, start=1):
        changed = Counter(d.kind for d in differences(before.schema, scan.schema)) if before is not None else Counter()
        points.append(
            ScanPoint(
                number=number,
                at=scan.at,
                records=scan.records,
                rejects=scan.rejects,
                new=changed[Change.NEW],
                gone=changed[Change.GONE],
                retyped=changed[Change.RETYPED],
            )
        )
        before = scan
    return points[-_SCANS:]


def _loosenings(assembly: Assembly, known: Knowledge, names: Names) -> list[Loosening]:
    """Rejections and not-personal decisions, and of the others those that were signed or that do not count unsigned."""
    stewards, share = assembly.steward_keys(), assembly.settings.detection.proposal_share
    became = fates(known.scan, known.decisions, stewards, share, known.moments)
    found: list[Loosening] = []
    for decision in known.decisions:
        fate, good = became[decision.path, decision.sequence], check_signature(decision, stewards)
        always = decision.kind in (DecisionKind.REJECT, DecisionKind.NOT_PERSONAL)
        perhaps = decision.kind in (DecisionKind.SET, DecisionKind.WITHDRAW) and (good or fate is Fate.IGNORED)
        if always or perhaps:
            found.append(
                Loosening(
                    dataset=names.dataset(decision.dataset),
                    field=names.field(decision.dataset, show_path(decision.path)),
                    kind=decision.kind.value,
                    entities=tuple(map(names.entity, decision.entities)),
                    at=decision.at,
                    signed_by=names.person(decision.who) if good else "",
                    bulk=bool(decision.bulk),
                    fate=fate.value,
                )
            )
    return found
