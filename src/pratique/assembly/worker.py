"""What a worker makes of the few words that it is given: a part's work, ready to be called."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pratique.assembly.parts import Assembly
from pratique.config import load
from pratique.errors import RefusedError, StoreError
from pratique.gate import Witness
from pratique.kernel import BoundPlan, bind
from pratique.model.data import Job, PartId
from pratique.model.plan import Plan, read_plan
from pratique.pipeline.limit import Limit, most_records
from pratique.pipeline.reading import Reader, SourceReader
from pratique.pipeline.work import Holding, Workshop, work_part
from pratique.policy import output_schema
from pratique.ports import StagingArea
from pratique.runs import seal_part
from pratique.stores import SharedLock, die_with_parent

Work = Callable[[PartId, Callable[[int], None]], Witness | None]


def open_worker(project_file: str, flow: str, today: str, lock: SharedLock, parent: int) -> Callable[[Job], Work]:
    """Open everything anew in a worker process, from the project file; the run's parts and plan come with the job.

    The process holds the flow's ``lock`` as long as it lives, and dies with its ``parent``.
    """
    del lock  # Holding it is all that it is for, and the process holds it since it was unpickled.
    die_with_parent(parent)
    assembly = Assembly(load(Path(project_file)))
    assembly.warm()

    def opened(job: Job) -> Work:
        return make_work(assembly, stored_plan(assembly, flow, job.plan), job, date.fromisoformat(today))

    return opened


def stored_plan(assembly: Assembly, flow: str, plan_hash: str) -> Plan:
    """The plan that was stored when the run began.

    Raises `StoreError` if it is not there or is not the one of this hash, and `PolicyError` if it is of a newer
    version.
    """
    region = assembly.settings.datasets[assembly.settings.flows[flow].source].region
    document = assembly.runs(region).plan(plan_hash)
    if document is None:
        raise StoreError("the plan is not in the store", where=f"flow {flow}", do="run the flow again")
    if hashlib.sha256(document).hexdigest() != plan_hash:
        raise StoreError("the stored plan is not the one of its hash", where=f"flow {flow}", do="restore the database")
    return read_plan(document, where=f"flow {flow}")


def bind_plan(assembly: Assembly, plan: Plan) -> BoundPlan:
    """Bind a plan to the keys of its source's region; `RefusedError` if what it was compiled with is not what is
    here.
    """
    here = assembly.components(plan.source_region, plan.source_format, plan.target_format)
    if changed := sorted(name for name in plan.components if here.get(name) != plan.components[name]):
        raise RefusedError(
            f"the plan was compiled with another {changed[0]}", where=f"flow {plan.flow}", do="compile the plan again"
        )
    keys = assembly.keys(plan.source_region) if plan.source_region in assembly.settings.keys else None
    return bind(plan, keys, assembly.transforms, assembly.detector)


def bind_released(assembly: Assembly, plan: Plan) -> BoundPlan:
    """Bind a plan to take back what was released under it: detectors may have changed since, what reads and inverts the
    values may not (`bind` looks at the transforms). Raises `RefusedError`.
    """
    here = assembly.components(plan.source_region, plan.source_format, plan.target_format)
    for name in ("normalise", f"format.{plan.target_format.name}"):
        if here.get(name) != plan.components.get(name):
            raise RefusedError(
                f"the release was made with another {name}",
                where=f"flow {plan.flow}",
                do="use that version of Pratique",
            )
    keys = assembly.keys(plan.source_region) if plan.source_region in assembly.settings.keys else None
    return bind(plan, keys, assembly.transforms, assembly.detector)


def make_work(assembly: Assembly, plan: Plan, job: Job, today: date) -> Work:
    """The work of one run's parts: each is brought to a cleared staging file and committed, and gives its witness."""
    store = assembly.runs(plan.source_region)
    keys = assembly.keys(plan.source_region)
    parts = {part.id: part for part in store.parts(job.run)}
    source = assembly.source(assembly.settings.datasets[plan.source])
    form, spec = assembly.formats[plan.source_format.name], plan.source_format
    limit = Limit(
        plan,
        lambda: store.finished(job.run).values(),
        lambda: most_records(source, form, spec, list(parts.values()), store.finished(job.run).values()),
    )
    shop = make_shop(
        assembly,
        plan,
        job.run,
        today,
        reader=SourceReader(source, form, spec, plan.schema, job.identities),
        limit=limit,
    )

    def work(part: PartId, progress: Callable[[int], None]) -> Witness | None:
        worked = work_part(shop, parts[part], progress)
        store.finish_part(job.run, seal_part(keys, job.run, worked.file))
        limit.add(worked.file)
        return worked.witness

    return work


def make_shop(
    assembly: Assembly,
    plan: Plan,
    run: str,
    today: date,
    *,
    reader: Reader,
    limit: Limit | None,
    staging: StagingArea | None = None,
    held: Holding | None = None,
) -> Workshop:
    """What working a part of a run needs, wherever its records come from, and wherever they go: to the region's staging
    and quarantine, unless told otherwise.
    """
    return Workshop(
        plan=plan,
        run=run,
        reader=reader,
        target_format=assembly.formats[plan.target_format.name],
        treatment=bind_plan(assembly, plan),
        output_schema=output_schema(plan),
        residue=assembly.residue,
        staging=assembly.staging(plan.source_region) if staging is None else staging,
        quarantine=assembly.quarantine(plan.source_region) if held is None else held,
        today=today,
        limit=limit,
    )
