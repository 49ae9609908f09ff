"""Everything that a report tells, gathered from project file, catalogues, stores, targets, keys and logs.

Nothing that is stored is changed and no value is read: the data itself is not opened. What cannot be read is told as
such, and all else is told as ever, so that a report can be had of a project that is in trouble.
"""

from datetime import UTC, datetime

from pratique import __version__
from pratique.assembly.parts import Assembly
from pratique.assembly.reporting.datasets import look_at_datasets
from pratique.assembly.reporting.flows import look_at_flows
from pratique.assembly.reporting.guard import Guard
from pratique.assembly.reporting.names import Names
from pratique.assembly.reporting.rest import audits, held, keys, past_due, routes
from pratique.assembly.reporting.work import tasks
from pratique.pipeline.reporting import ProjectReport, Task, Urgency

__all__ = ["report_project"]


def report_project(assembly: Assembly, now: datetime, *, named: bool) -> ProjectReport:
    """The project as it stands at ``now``; the same state and moment give the same report.

    Names of fields are told where a person has decided on the field or the project file names it, else by number; with
    ``named`` False neither datasets, flows, fields nor people are named. Raises nothing that the project is to blame
    for: see `ProjectReport.problems`.
    """
    now = now.astimezone(UTC)
    guard, names = Guard(assembly), Names(assembly.settings, named=named)
    datasets, loosenings, outlooks = look_at_datasets(assembly, now.date(), guard, names)
    flows = look_at_flows(assembly, now.date(), guard, names, outlooks)
    in_quarantine = held(assembly, guard, names)
    routed, keyed, audited = routes(assembly, now.date(), names), keys(assembly, guard, names), audits(assembly, guard)
    due = past_due(assembly, now, guard)
    found = ProjectReport(
        project=assembly.settings.name,
        at=now.isoformat(timespec="seconds"),
        code=__version__,
        named=named,
        datasets=datasets,
        flows=flows,
        routes=routed,
        loosenings=loosenings,
        held=in_quarantine,
        keys=keyed,
        audits=audited,
        tasks=(),
        problems=(),
    )
    work = tasks(assembly, found, due, names)
    if guard.problems:
        work.insert(
            0, Task(Urgency.NOW, "parts of the project cannot be read, and are missing here", "pratique doctor")
        )
    return names.finish(found, work, guard.problems)
