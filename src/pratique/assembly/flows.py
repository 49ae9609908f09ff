"""Move and return: plan, run, re-identify, and treat data in memory."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from pratique.assembly.knowledge import Knowledge, dataset_of, know
from pratique.assembly.parts import Assembly
from pratique.assembly.worker import bind_plan, make_work, open_worker, stored_plan
from pratique.crypto.dsse import open_envelope
from pratique.engines.local import ProcessEngine, SingleEngine
from pratique.errors import ConfigError, RefusedError
from pratique.model.data import Batch, Dataset, FormatSpec
from pratique.model.paths import FieldPath
from pratique.model.plan import Plan
from pratique.model.policy import Flow
from pratique.pipeline.move import Mover, move
from pratique.pipeline.restore import restore
from pratique.pipeline.results import ProtectReport, ReidentifyReport, RunReport
from pratique.policy import compile_plan, output_schema
from pratique.ports import Engine
from pratique.verify import verify_release
from pratique.verify.statement import read_statement

Progress = Callable[[str, int, int | None], None]


def flow_of(assembly: Assembly, name: str) -> Flow:
    """The flow that the project file calls ``name``."""
    flow = assembly.settings.flows.get(name)
    if flow is None:
        known = ", ".join(assembly.settings.flows)
        raise ConfigError(f"no flow is called {name}", where="pratique.yaml", do=f"use one of {known}")
    return flow


def compile_flow(assembly: Assembly, name: str, today: date) -> tuple[Plan, Knowledge]:
    """The plan of a flow as project file, catalogue and keys stand now."""
    flow = flow_of(assembly, name)
    source, target = dataset_of(assembly, flow.source), dataset_of(assembly, flow.target)
    known = know(assembly, flow.source)
    target_format = _target_format(assembly, target, known)
    plan = compile_plan(
        assembly.settings,
        name,
        scan=known.scan,
        verdicts=known.verdicts,
        transforms=assembly.transforms,
        key_version=lambda domain: assembly.keys(source.region).current_version(domain),
        components=assembly.components(known.scan.format, target_format),
        decisions_digest=known.digest,
        bulk_decisions=known.bulk,
        target_format=target_format,
        known_entities=assembly.detector.entities,
        today=today,
    )
    return plan, known


def _target_format(assembly: Assembly, target: Dataset, known: Knowledge) -> FormatSpec:
    if target.format is None:
        return known.scan.format
    if target.format.name == known.scan.format.name:
        return FormatSpec(target.format.name, {**known.scan.format.options, **target.format.options})
    if target.format.name not in assembly.formats:
        raise ConfigError(f"no format is called {target.format.name}", where=f"dataset {target.name}")
    return target.format


def run_flow(
    assembly: Assembly, name: str, *, workers: int, full: bool, today: date, project_file: str, progress: Progress
) -> RunReport:
    """Compile and run a flow to its release."""
    plan, _ = compile_flow(assembly, name, today)
    settings = assembly.settings
    store = assembly.runs(plan.source_region)

    def engine(run: str) -> Engine:
        if workers == 1:
            return SingleEngine(make_work(assembly, plan, run, today))
        arguments = (project_file, name, plan.hash, run, today.isoformat(), store.share(name))
        return ProcessEngine(open_worker, arguments, workers)

    report = move(
        Mover(
            settings=settings,
            plan=plan,
            source=assembly.source(settings.datasets[plan.source]),
            source_format=assembly.formats[plan.source_format.name],
            sink=assembly.sink(settings.datasets[plan.target]),
            store=store,
            staging=assembly.staging(plan.source_region),
            keys=assembly.keys(plan.source_region),
            audit=assembly.audit(plan.source_region),
            engine=engine,
            detectors={**assembly.detector.digests, **assembly.residue.digests},
            who=assembly.who,
            progress=progress,
        ),
        full=full,
    )
    target = assembly.folder(settings.datasets[plan.target])
    return dataclasses.replace(report, release_path=str(target / report.release_path))


def reidentify_flow(
    assembly: Assembly, name: str, *, purpose: str, to: str, fields: Sequence[FieldPath], who: str, today: date
) -> ReidentifyReport:
    """Restore a flow's released data into a restricted dataset.

    1. Who asks is listed for this flow, and holds the private key of that listing.
    2. The target is restricted, and in the exporter's region.
    3. It is written to the audit log, with the purpose, before anything is restored.
    4. Every release of the flow is verified and restored under the plan that it was made with.
    """
    flow = flow_of(assembly, name)
    source, released = dataset_of(assembly, flow.source), dataset_of(assembly, flow.target)
    target = dataset_of(assembly, to)
    _may_reidentify(assembly, flow, target, source.region, purpose, who)
    store = assembly.runs(source.region)
    audit = assembly.audit(source.region)
    statements = store.releases(name)
    if not statements:
        raise RefusedError("nothing was released yet", where=f"flow {name}", do=f"run: pratique run {name}")
    audit.append("reidentify", who, {"flow": name, "purpose": purpose, "to": to, "fields": len(fields)})
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    records = failed = 0
    done: tuple[FieldPath, ...] = ()
    for statement in statements:
        release = read_statement(open_envelope(statement).payload)
        folder = assembly.folder(released) / release.run
        verify_release(
            folder, trust=None, exporter_key=assembly.keys(source.region).exporter_public(), seen=None, today=today
        )
        plan = stored_plan(assembly, name, release.plan)
        bound = bind_plan(assembly, plan)
        with assembly.restricted(target, f"{stamp}-{release.sequence:05d}.jsonl") as out:
            restored = restore(
                bound,
                release,
                lambda file, folder=folder: (folder.parent / file).open("rb"),  # type: ignore[misc]
                format=assembly.formats[plan.target_format.name],
                schema=output_schema(plan),
                fields=fields,
                write=out.write,
            )
        records, failed, done = records + restored.records, failed + restored.failed, restored.fields
    audit.append("reidentified", who, {"flow": name, "records": records, "fields": len(done), "failed": failed})
    return ReidentifyReport(str(assembly.folder(target)), records, done, failed)


def _may_reidentify(assembly: Assembly, flow: Flow, target: Dataset, region: str, purpose: str, who: str) -> None:
    person = assembly.settings.reidentifiers.get(who)
    if person is None or flow.name not in person.flows:
        raise RefusedError(
            f"{who} may not re-identify this flow", where=f"flow {flow.name}", do="the project file lists who may"
        )
    assembly.person_signer(person)
    if not target.restricted:
        raise RefusedError("is not a restricted dataset", where=f"dataset {target.name}", do="mark it restricted: true")
    if target.region != region:
        raise RefusedError(f"is outside the exporter's region {region}", where=f"dataset {target.name}")
    if not purpose.strip():
        raise RefusedError("a re-identification needs a purpose", where=f"flow {flow.name}", do="add --purpose")


def protect(assembly: Assembly, name: str, data: Any, today: date) -> ProtectReport:
    """Treat a table, records or a text in memory, as the flow's plan would. The outcome is not released."""
    plan, _ = compile_flow(assembly, name, today)
    bound = bind_plan(assembly, plan)
    as_text = isinstance(data, str)
    records: list[dict[str, object]]
    if isinstance(data, str):
        if ("text",) not in {step.path for step in plan.steps}:
            raise ConfigError("this flow treats records, not texts", where=f"flow {name}", do="give it records")
        records = [{"text": data}]
    elif isinstance(data, (pa.Table, pa.RecordBatch)):
        records = data.to_pylist()
    else:
        records = [dict(record) for record in data]
    outcome = bound.apply(Batch(np.arange(len(records), dtype=np.int64), records=records))
    held: dict[str, int] = {}
    for item in outcome.quarantined:
        held[item.rule] = held.get(item.rule, 0) + 1
    treated: Sequence[Mapping[str, object]] = outcome.treated.records or []
    if as_text:
        return ProtectReport(None, str(treated[0]["text"]) if treated else None, held)
    return ProtectReport(treated, None, held)
