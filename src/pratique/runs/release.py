"""What the parts of a run add up to, and the certificate that says so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pratique.errors import RefusedError
from pratique.model.chain import Span
from pratique.model.plan import Plan
from pratique.model.policy import Route
from pratique.model.release import RELEASE_VERSION, Counts, FileEntry, Release, StagedFile
from pratique.runs.thresholds import check_quarantine


def total(files: Sequence[StagedFile]) -> Counts:
    """The counts of all parts together. Raises `RefusedError` where a part does not add up."""
    quarantined: Counter[str] = Counter()
    for file in files:
        held = sum(file.counts.quarantined.values())
        if file.counts.read != file.counts.written + held:
            raise RefusedError(
                f"the counts do not add up: {file.counts.read} read, {file.counts.written} written, {held} quarantined",
                where=f"part {file.part}",
            )
        quarantined.update(file.counts.quarantined)
    return Counts(
        read=sum(file.counts.read for file in files),
        written=sum(file.counts.written for file in files),
        quarantined=dict(sorted(quarantined.items())),
    )


def assemble(
    plan: Plan,
    *,
    exporter: str,
    run: str,
    files: Sequence[StagedFile],
    counts: Counts,
    sequence: int,
    previous: str,
    at: str,
    code: str,
    inputs: tuple[str, ...],
    detectors: Mapping[str, str],
    key: str,
    audit_head: str,
    replays: tuple[str, ...] = (),
    span: Span | None = None,
) -> Release:
    """The release of a run whose every part is cleared (``files``); it still has to be signed.

    1. The parts add up, to ``counts``, and no two files have one name.
    2. No more is in quarantine, and no more residue is left, than flow and route allow. A replay (``replays``: of which
       runs) is not held to the flow's thresholds: it can only lessen what those runs hold. Nor is a stream
       (``span``, in place of ``files``): what it covers is out already.
    3. The route is open at ``at`` (UTC, ISO 8601), and takes the plan's class.

    Raises `RefusedError` otherwise.
    """
    where = f"flow {plan.flow}, run {run}"
    if total(files) != counts and span is None:
        raise RefusedError("the counts of the parts are not those of the run", where=where)
    if len({file.name for file in files}) != len(files) or len({file.part for file in files}) != len(files):
        raise RefusedError("two files of the run have one name or part", where=where)
    if not replays and span is None:
        check_quarantine(plan, counts)
    residue = sum(file.residue for file in files)
    if residue > plan.residue_limit:
        raise RefusedError(f"{residue} residue findings, and {plan.residue_limit} are allowed", where=where)
    if plan.route is not None:
        _check_route(plan, plan.route, at, where)
    return Release(
        version=RELEASE_VERSION,
        exporter=exporter,
        dataset=plan.target,
        flow=plan.flow,
        route=None if plan.route is None else _shown_route(plan.route),
        run=run,
        sequence=sequence,
        previous=previous,
        at=at,
        files=tuple(
            FileEntry(file.name, file.digest, file.size, file.counts.written)
            for file in sorted(files, key=lambda file: file.name)
        ),
        plan=plan.hash,
        policy=plan.policy,
        code=code,
        inputs=inputs,
        counts=counts,
        data_class=plan.data_class.value,
        format=plan.target_format.name,
        detectors=dict(detectors),
        guard_score=plan.guard_score,
        residue_score=plan.residue_score,
        residue=residue,
        waivers=_waivers(plan),
        bulk_decisions=plan.bulk_decisions,
        risk="not measured",
        key=key,
        audit_head=audit_head,
        replays=replays,
        span=span,
    )


def _check_route(plan: Plan, route: Route, at: str, where: str) -> None:
    if plan.data_class < route.data_class:
        raise RefusedError(
            f"{plan.data_class.value} data, and {route.name} takes {route.data_class.value}", where=where
        )
    if datetime.fromisoformat(at).date() > date.fromisoformat(route.until):
        raise RefusedError(f"the route {route.name} was open until {route.until}", where=where)


def _shown_route(route: Route) -> dict[str, str]:
    return {"name": route.name, "class": route.data_class.value, "basis": route.basis, "until": route.until}


def _waivers(plan: Plan) -> tuple[str, ...]:
    """Every waiver in force, used or not: ``#field number TYPE``, fields numbered from 1 in the plan's order."""
    return tuple(
        f"#{number} {entity}" for number, step in enumerate(plan.steps, start=1) for entity in sorted(step.waived)
    )
