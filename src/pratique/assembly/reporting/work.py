"""Open work: what a person would do next, the most urgent first, each with its command."""

from collections.abc import Iterator, Sequence

from pratique.assembly.parts import Assembly
from pratique.assembly.reporting.names import Names
from pratique.model.catalogue import VerdictState
from pratique.pipeline.reporting import DatasetReport, FlowReport, ProjectReport, Task, Urgency
from pratique.pipeline.results import HeldState, PurgeItem
from pratique.stores import FILE_NAME

_SOON = 30
"""Days before a route closes from which that is told."""


def tasks(assembly: Assembly, report: ProjectReport, due: Sequence[PurgeItem], names: Names) -> list[Task]:
    """Everything that waits for somebody."""
    settings = assembly.settings
    found = [
        *_keys(assembly, names),
        *_audits(report),
        *(
            task
            for name, dataset in zip(settings.datasets, report.datasets, strict=True)
            for task in _dataset(name, dataset, names)
        ),
        *(
            task
            for name, flow in zip(settings.flows, report.flows, strict=True)
            for task in _flow(name, settings.flows[name].source, flow, report, names)
        ),
        *_routes(report),
    ]
    if due:
        found.append(Task(Urgency.SOON, f"{_n(len(due), 'thing')} past retention", "pratique purge --dry-run"))
    return sorted(found, key=lambda task: list(Urgency).index(task.urgency))


def _keys(assembly: Assembly, names: Names) -> Iterator[Task]:
    for region in assembly.settings.keys:
        if not assembly.has_keys(region):
            # New keys would not be the old ones: what was released could not be read back, and nothing would join.
            lost = (assembly.state(region) / FILE_NAME).exists()
            what = f"region {region} has no keys{', and had some: put them back from a backup' if lost else ''}"
            yield Task(Urgency.NOW, what, f"pratique keys {'restore FILE' if lost else 'create'}")
    for name, person in assembly.settings.stewards.items():
        if not (assembly.root / person.public_key).exists():
            what = f"the public key of {names.person(name)} is not there, so nothing that they signed counts"
            yield Task(Urgency.NOW, what, "pratique doctor")


def _audits(report: ProjectReport) -> Iterator[Task]:
    for audit in report.audits:
        if not audit.ok:
            what = f"the audit log of {audit.region} is not whole: {_n(len(audit.problems), 'problem')}"
            yield Task(Urgency.NOW, what, f"pratique audit verify --region {audit.region}")


def _dataset(name: str, dataset: DatasetReport, names: Names) -> Iterator[Task]:
    shown = f"dataset {name}" if names.named else dataset.name
    if dataset.read and not dataset.scanned and not dataset.unread:
        yield Task(Urgency.NOW, f"{shown} was never scanned", names.command("pratique scan", name, "DATASET"))
    review = names.command("pratique review", name, "DATASET")
    if conflicts := dataset.states.get(VerdictState.CONFLICT.value, 0):
        what = f"{shown}: in {_n(conflicts, 'field')} what was found speaks against what was decided"
        yield Task(Urgency.NOW, what, review)
    if undecided := dataset.states.get(VerdictState.UNDECIDED.value, 0):
        what = f"{shown}: {_n(undecided, 'field')} that nobody decided; records with a value there are held back"
        yield Task(Urgency.NOW if dataset.read else Urgency.LOOK, what, review)
    if proposed := dataset.states.get(VerdictState.PROPOSED.value, 0):
        yield Task(Urgency.SOON, f"{shown}: {_n(proposed, 'proposal')} that nobody reviewed", review)
    if dataset.ignored:
        what = f"{shown}: {_n(dataset.ignored, 'decision')} that would loosen and that no listed steward signed"
        yield Task(Urgency.SOON, what, names.command("pratique catalogue history", name, "DATASET"))


def _flow(name: str, source: str, flow: FlowReport, report: ProjectReport, names: Names) -> Iterator[Task]:
    shown = f"flow {name}" if names.named else flow.name
    plan = names.command("pratique plan", name, "FLOW")
    run = names.command("pratique run", name, "FLOW")
    scanned = any(one.scanned for one in report.datasets if one.name == names.dataset(source))
    if flow.closed:
        # A route that has expired has a task of its own.
        if scanned and flow.route not in {route.name for route in report.routes if route.days < 0}:
            yield Task(Urgency.NOW, f"{shown} cannot run: {flow.closed}", plan)
    elif scanned and flow.held_share > flow.max_quarantine:
        what = f"{shown} would hold back up to {flow.held_share:.0%} of the records; {flow.max_quarantine:g} is allowed"
        yield Task(Urgency.NOW, what, plan)
    elif scanned and not flow.releases:
        yield Task(Urgency.LOOK, f"{shown} could run, and released nothing yet", run)
    if flow.open_run:
        yield Task(Urgency.NOW, f"{shown}: a run was begun and is not released", run)
    if flow.plan and flow.newest_plan and flow.plan != flow.newest_plan:
        what = f"{shown}: the next run would work by another plan than the newest release"
        yield Task(Urgency.LOOK, what, f"{plan} --diff")
    for row in flow.releases:
        if not row.adds_up or row.state == "missing":
            what = "its counts do not add up" if not row.adds_up else "its target holds no such release any more"
            yield Task(Urgency.NOW, f"{shown}, release {row.sequence}: {what}", "pratique audit verify")
    waiting = sum(r.records for r in report.held if r.flow == flow.name and r.state is HeldState.HELD)
    if waiting:
        what = f"{shown}: {_n(waiting, 'record')} in quarantine that can be replayed after a fix"
        yield Task(Urgency.SOON, what, names.command("pratique quarantine list", name, "FLOW"))


def _routes(report: ProjectReport) -> Iterator[Task]:
    for route in report.routes:
        if route.days < 0:
            yield Task(Urgency.NOW, f"the route {route.name} closed on {route.until}: renew its basis in pratique.yaml")
        elif route.days <= _SOON:
            when = f"closes in {_n(route.days, 'day')}" if route.days else "closes today"
            yield Task(Urgency.SOON, f"the route {route.name} {when}: renew its basis in pratique.yaml")


def _n(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"
