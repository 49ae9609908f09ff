"""What the parts of a run add up to, and the certificate that says so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from pratique.errors import RefusedError
from pratique.model.plan import Plan
from pratique.model.policy import Route
from pratique.model.release import RELEASE_VERSION, Counts, FileEntry, Release, StagedFile

_SHOWN: Final = 10


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


def check_share(plan: Plan, counts: Counts, fields: Mapping[str, int] | None = None) -> None:
    """Raise `RefusedError` where more of the records are in quarantine than the flow allows.

    The error gives counts by rule and, where ``fields`` tells them (``#n``, or names on a terminal in the exporter's
    region, to counts), by field.
    """
    held = sum(counts.quarantined.values())
    if not held or held / max(counts.read, 1) <= plan.max_quarantine:
        return
    by = f"by rule: {_shown(counts.quarantined)}" + (f"; by field: {_shown(fields)}" if fields else "")
    raise RefusedError(
        f"{held} of {counts.read} records are in quarantine, more than {plan.max_quarantine:.1%} ({by})",
        where=f"flow {plan.flow}",
        do="review the catalogue, or raise max_quarantine of the flow",
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
) -> Release:
    """The release of a run whose every part is cleared (``files``); it still has to be signed.

    1. The parts add up, to ``counts``, and no two files have one name.
    2. No more is in quarantine, and no more residue is left, than flow and route allow.
    3. The route is open at ``at`` (UTC, ISO 8601), and takes the plan's class.

    Raises `RefusedError` otherwise.
    """
    where = f"flow {plan.flow}, run {run}"
    if total(files) != counts:
        raise RefusedError("the counts of the parts are not those of the run", where=where)
    if len({file.name for file in files}) != len(files) or len({file.part for file in files}) != len(files):
        raise RefusedError("two files of the run have one name or part", where=where)
    check_share(plan, counts)
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


def _shown(counts: Mapping[str, int]) -> str:
    largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = f" and {len(largest) - _SHOWN} more" if len(largest) > _SHOWN else ""
    return ", ".join(f"{name} {count}" for name, count in largest[:_SHOWN]) + more
