"""Move and return: plan, run, re-identify, and treat data in memory."""

import contextlib
import dataclasses
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from pratique.assembly.knowledge import Knowledge, dataset_of, know
from pratique.assembly.parts import Assembly
from pratique.assembly.places import moving
from pratique.assembly.returning import released_messages
from pratique.assembly.worker import Work, bind_plan, bind_released, make_work, open_worker, stored_plan
from pratique.crypto.dsse import open_envelope
from pratique.engines.local import ProcessEngine, SingleEngine
from pratique.errors import ConfigError, FormatError, KeyStoreError, PolicyError, RefusedError, StoreError, VerifyError
from pratique.formats import STREAM, format_for
from pratique.formats.messages import KEY, Messages
from pratique.formats.tables import records_of_table
from pratique.model.codec import digest
from pratique.model.data import Batch, Dataset, FormatSpec, Job
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Mode, Plan
from pratique.model.policy import Flow
from pratique.model.release import Release
from pratique.pipeline.move import move
from pratique.pipeline.mover import Mover
from pratique.pipeline.restore import restore
from pratique.pipeline.results import ProtectReport, ReidentifyReport, RunReport
from pratique.policy import compile_plan, output_schema
from pratique.ports import Engine
from pratique.verify import verify_release
from pratique.verify.statement import read_statement

Progress = Callable[[str, int, int | None], None]
_LOGGED = 200
"""Names of files in one entry of the log."""
_SHOWN_NAME = 100
"""Characters of a name that somebody gave and nobody knows."""


def flow_of(assembly: Assembly, name: str) -> Flow:
    """The flow that the project file calls ``name``."""
    flow = assembly.settings.flows.get(name)
    if flow is None:
        known = ", ".join(assembly.settings.flows)
        raise ConfigError(f"no flow is called {name}", where="pratique.yaml", do=f"use one of {known}")
    return flow


def compile_flow(assembly: Assembly, name: str, today: date) -> tuple[Plan, Knowledge]:
    """The plan of a flow as project file, catalogue and keys stand now. Raises `KeyStoreError` where a key that it
    decodes with is missing, before any record is read.
    """
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
        components=assembly.components(source.region, known.scan.format, target_format),
        decisions_digest=known.digest,
        bulk_decisions=known.bulk,
        target_format=target_format,
        known_entities=assembly.detector.families,
        today=today,
    )
    _check_target(assembly, plan)
    _check_key(plan)
    for key in {step.fernet for step in plan.steps if step.fernet}:
        assembly.keys(source.region).fernet(key)
    return plan, known


def _target_format(assembly: Assembly, target: Dataset, known: Knowledge) -> FormatSpec:
    if target.uri.startswith(STREAM):
        wanted = format_for(target, "")
        form = assembly.formats[wanted.name]
        return form.detect(io.BytesIO(), {**known.scan.format.options, **wanted.options})
    if target.format is None:
        return known.scan.format
    if target.format.name == known.scan.format.name:
        return FormatSpec(target.format.name, {**known.scan.format.options, **target.format.options})
    if target.format.name not in assembly.formats:
        raise ConfigError(f"no format is called {target.format.name}", where=f"dataset {target.name}")
    return target.format


def _check_target(assembly: Assembly, plan: Plan) -> None:
    """Refuse, before any record is read, a format that cannot hold what the plan puts out."""
    schema = output_schema(plan)
    try:
        assembly.formats[plan.target_format.name].encoder(schema, plan.target_format, bytes(32))
    except FormatError as error:
        # A format names a field by its place only, since its errors may be met in a run.
        place = re.match(r"field #([0-9]+)", error.where)
        field = f"field {show_path((schema.root.fields[int(place[1])][0],))}" if place else error.where
        where = ", ".join(filter(None, (f"flow {plan.flow}", f"dataset {plan.target}", field)))
        raise ConfigError(error.what, where=where, do=error.do) from None


def _check_key(plan: Plan) -> None:
    """A message's key says which messages belong together, and must go on doing so; `PolicyError` where it would not.

    A token or a pseudonym keeps that, and so does a key that is not personal. Where it quarantines, nothing passes.
    """
    if plan.target_format.name != Messages.name:
        return
    step = next((step for step in plan.steps if step.path == (KEY,)), None)
    if step is None or step.mode in (Mode.KEEP, Mode.QUARANTINE):
        return
    if step.mode is Mode.WHOLE and step.apply is not None and step.apply.transform in ("token", "pseudonym", "keep"):
        return
    raise PolicyError(
        f"the key of messages would lose what belongs together ({step.rule})",
        where=f"flow {plan.flow}, field {KEY}",
        do=f"write a rule for {plan.source}.{KEY}: a token or a pseudonym",
    )


def run_flow(
    assembly: Assembly, name: str, *, workers: int, full: bool, today: date, project_file: str, progress: Progress
) -> RunReport:
    """Compile and run a flow to its release."""
    plan, _ = compile_flow(assembly, name, today)
    settings = assembly.settings
    store = assembly.runs(plan.source_region)

    def open_here(job: Job) -> Work:
        return make_work(assembly, plan, job, today)

    engine: Engine = SingleEngine(open_here)
    if workers > 1:
        engine = ProcessEngine(
            open_here, open_worker, lambda: (project_file, name, today.isoformat(), store.share(name)), workers
        )

    report = moving(plan.source, plan.target)(move)(
        Mover(
            settings=settings,
            plan=plan,
            source=assembly.source(settings.datasets[plan.source]),
            source_format=assembly.formats[plan.source_format.name],
            sink=assembly.sink(settings.datasets[plan.target]),
            store=store,
            staging=assembly.staging(plan.source_region),
            quarantine=assembly.quarantine(plan.source_region),
            keys=assembly.keys(plan.source_region),
            audit=assembly.audit(plan.source_region),
            engine=engine,
            detectors={**assembly.digests(plan.source_region, assembly.detector.digests), **assembly.residue.digests},
            who=assembly.who,
            progress=progress,
        ),
        full=full,
    )
    target = assembly.folder(settings.datasets[plan.target])
    return dataclasses.replace(report, release_path=str(target / report.release_path))


def reidentify_flow(
    assembly: Assembly,
    name: str,
    *,
    purpose: str,
    to: str,
    fields: Sequence[FieldPath],
    who: str,
    progress: Progress,
) -> ReidentifyReport:
    """Restore a flow's released data into a restricted dataset.

    1. Who asks is listed for this flow, and holds the private key of that listing.
    2. The target is restricted, in the exporter's region, and in no folder of another region's datasets.
    3. It is written to the audit log, with the purpose, before anything is restored; so is a refusal.
    4. Every release of the flow is verified and restored under the plan that it was made with, to a file of its own
       (``FLOW-SEQUENCE-….jsonl``). The same request gives the same file; no other is ever overwritten.
    """
    flow = flow_of(assembly, name)
    source, target = dataset_of(assembly, flow.source), dataset_of(assembly, to)
    audit = assembly.audit(source.region)
    try:
        _may_reidentify(assembly, flow, target, source.region, purpose, who)
        return _reidentify(assembly, flow, target, purpose=purpose, fields=fields, who=who, progress=progress)
    except (RefusedError, VerifyError, KeyStoreError) as error:
        details = {"flow": name, "to": to, "asked": "reidentify", "as": who[:_SHOWN_NAME], "kind": type(error).__name__}
        with contextlib.suppress(StoreError, KeyStoreError):  # The refusal stands even where the log cannot be written.
            audit.append("refusal", assembly.who, details)
        raise


def _reidentify(
    assembly: Assembly,
    flow: Flow,
    target: Dataset,
    *,
    purpose: str,
    fields: Sequence[FieldPath],
    who: str,
    progress: Progress,
) -> ReidentifyReport:
    name, to = flow.name, target.name
    region = dataset_of(assembly, flow.source).region
    audit = assembly.audit(region)
    store = assembly.runs(region)
    purged = store.purged(name)
    statements = store.releases(name)
    if not statements:
        raise RefusedError("nothing was released yet", where=f"flow {name}", do=f"run: pratique run {name}")
    if len(purged) == len(statements):
        raise RefusedError("all that was released is purged", where=f"flow {name}")
    audit.append("reidentify", who, {"flow": name, "purpose": purpose, "to": to, "fields": len(fields)})
    records = failed = 0
    done: tuple[FieldPath, ...] = ()
    files: list[str] = []
    releases = [read_statement(open_envelope(statement).payload) for statement in statements]
    releases = [release for release in releases if release.run not in purged]
    tell = _counter(progress, sum(file.size for release in releases for file in release.files))
    streamed = releases[-1].span is not None
    sets = released_messages(assembly, flow, statements) if streamed else None
    for release in releases:
        files.append(_restored_name(release, fields))
        plan = stored_plan(assembly, name, release.plan)
        if sets is not None:
            streams: Iterable[tuple[BinaryIO, int]] = ((io.BytesIO(one), 0) for one in sets(release, plan))
        else:
            folder = assembly.folder(dataset_of(assembly, flow.target)) / release.run
            _check_released(assembly, release, folder, region)
            streams = (((folder.parent / file.name).open("rb"), file.size) for file in release.files)
        bound = bind_released(assembly, plan)
        with assembly.restricted(target, files[-1]) as out:
            restored = restore(
                bound,
                release,
                streams,
                format=assembly.formats[plan.target_format.name],
                lines=assembly.formats["jsonl"],
                schema=output_schema(plan),
                fields=fields,
                write=out.write,
                tell=tell,
            )
        records, failed, done = records + restored.records, failed + restored.failed, restored.fields
    told = {"flow": name, "to": to, "records": records, "fields": len(done), "failed": failed}
    for start in range(0, len(files), _LOGGED):
        # By these names and this time, retention finds the files again.
        audit.append("reidentified", who, {**told, "files": files[start : start + _LOGGED]})
    return ReidentifyReport(str(assembly.folder(target)), records, done, failed)


def _counter(progress: Progress, whole: int) -> Callable[[int], None]:
    """Takes bytes that are done, and tells of all of them."""
    done = 0

    def tell(size: int) -> None:
        nonlocal done
        done += size
        progress("re-identify", done, whole)

    progress("re-identify", 0, whole)
    return tell


def _check_released(assembly: Assembly, release: Release, folder: Path, region: str) -> None:
    """What lies in ``folder`` is this very release, whole. Its route may have closed since: the way back needs none."""
    made = datetime.fromisoformat(release.at).date()
    key = assembly.keys(region).exporter_public()
    found = verify_release(folder, trust=None, exporter_key=key, seen=None, today=made)
    if found.release != release:
        raise RefusedError("another release lies in its place", where=f"run {release.run}")


def _restored_name(release: Release, fields: Sequence[FieldPath]) -> str:
    """One name for one request: the same release and the same fields."""
    asked = digest([release.run, sorted(show_path(path) for path in fields)])
    return f"{release.flow}-{release.sequence:05d}-{asked[:12]}.jsonl"


def _check_apart(assembly: Assembly, target: Dataset) -> None:
    """A restricted folder that another region's dataset shares would carry the values across."""
    folder = assembly.folder(target).resolve()
    for other in assembly.settings.datasets.values():
        if other.region != target.region:
            place = assembly.folder(other)
            while any(set("*?[") & set(step) for step in place.parts):
                place = place.parent
            place = place.resolve()
            if folder.is_relative_to(place) or place.is_relative_to(folder):
                raise RefusedError(
                    f"shares a folder with {other.name}, which is in region {other.region}",
                    where=f"dataset {target.name}",
                    do="give it a folder of its own",
                )


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
    _check_apart(assembly, target)
    if not purpose.strip():
        raise RefusedError("a re-identification needs a purpose", where=f"flow {flow.name}", do="add --purpose")


def protect(assembly: Assembly, name: str, data: Any, today: date) -> ProtectReport:
    """Treat a table, records or a text in memory, as the flow's plan would. The outcome is not released.

    Raises `ConfigError` for data of another form, and `FormatError` for a text that is not Unicode.
    """
    plan, _ = compile_flow(assembly, name, today)
    bound = bind_plan(assembly, plan)
    as_text = isinstance(data, str)
    records: list[dict[str, object]]
    held: dict[str, int] = {}
    if isinstance(data, str):
        if ("text",) not in {step.path for step in plan.steps}:
            raise ConfigError("this flow treats records, not texts", where=f"flow {name}", do="give it records")
        records = [{"text": data}]
    elif isinstance(data, (pa.Table, pa.RecordBatch)):
        records, rejects = records_of_table(data)
        held.update(rejects)
    else:
        records = _mappings(data, name)
    try:
        outcome = bound.apply(Batch(np.arange(len(records), dtype=np.int64), records=records))
    except UnicodeEncodeError:
        raise FormatError("a text is not Unicode: it holds half a surrogate pair", where=f"flow {name}") from None
    for item in outcome.quarantined:
        held[item.rule] = held.get(item.rule, 0) + 1
    treated: Sequence[Mapping[str, object]] = outcome.treated.records or []
    if as_text:
        return ProtectReport(None, str(treated[0]["text"]) if treated else None, held)
    return ProtectReport(treated, None, held)


def _mappings(data: Any, flow: str) -> list[dict[str, object]]:
    """The records of any iterable of mappings with names for keys."""
    items: list[Any] = [None]
    if isinstance(data, Iterable) and not isinstance(data, Mapping | bytes):
        items = list(data)
    if not all(isinstance(item, Mapping) and all(isinstance(name, str) for name in item) for item in items):
        raise ConfigError(
            "this is no table, no records and no text",
            where=f"flow {flow}",
            do="give an Arrow table, a list of mappings from names to values, or a str",
        )
    return [dict(item) for item in items]
