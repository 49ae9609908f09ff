"""Routes, quarantine, keys, logs, and what is past its time."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from pratique.assembly.auditing import verify_audit
from pratique.assembly.parts import Assembly
from pratique.assembly.quarantine import list_held
from pratique.assembly.reporting.guard import Guard
from pratique.assembly.reporting.names import Names
from pratique.assembly.retention import look, past
from pratique.errors import RefusedError
from pratique.pipeline.reporting import HeldReport, KeyReport, RouteReport
from pratique.pipeline.results import AuditReport, Held, PurgeItem

_AHEAD = timedelta(minutes=10)
_OWN_IDS = ("domain", "fernet")
"""Kinds of keys that the project file names."""


def routes(assembly: Assembly, today: date, names: Names) -> list[RouteReport]:
    """Every route of the project file, the one that closes first in front."""
    settings = assembly.settings
    found = [
        RouteReport(
            name=route.name,
            data_class=route.data_class.value,
            basis=names.own(route.basis),
            until=route.until,
            days=(date.fromisoformat(route.until) - today).days,
            residue=route.residue,
            flows=[
                names.flow(flow.name)
                for flow in settings.flows.values()
                if (settings.datasets[flow.source].region, settings.datasets[flow.target].region)
                == (route.source, route.target)
            ],
        )
        for route in settings.routes.values()
    ]
    return sorted(found, key=lambda route: (route.days, route.name))


def held(assembly: Assembly, guard: Guard, names: Names) -> list[HeldReport]:
    """What is in quarantine, flow by flow."""
    found: list[HeldReport] = []
    for flow in assembly.settings.flows.values():
        rows: list[Held] = []
        for row in guard.attempt(f"quarantine of {flow.name}", partial(list_held, assembly, flow.name), rows):
            field = names.field(flow.source, row.field)
            found.append(HeldReport(names.flow(flow.name), row.release, row.rule, field, row.records, row.state))
    return found


def keys(assembly: Assembly, guard: Guard, names: Names) -> list[KeyReport]:
    """Every key of every region that has any, without a secret."""
    found: list[KeyReport] = []
    for region in assembly.settings.keys:
        if assembly.has_keys(region):
            found += guard.attempt(f"keys of {region}", partial(_keys_of, assembly, region, names), [])
    return found


def _keys_of(assembly: Assembly, region: str, names: Names) -> list[KeyReport]:
    store = assembly.keys(region)
    found = [
        KeyReport(
            region=region,
            kind=key["kind"],
            id=names.own(key["id"]) if key["kind"] in _OWN_IDS else key["id"],
            version=key["version"],
            created=key["created"],
        )
        for key in store.describe()
    ]
    told = {key["id"] for key in store.describe() if key["kind"] == "domain"}
    # A domain that was never rotated stands in no key file: its keys follow from the master key.
    for domain in sorted(_domains(assembly, region) - told):
        version = str(store.current_version(domain))
        found.append(KeyReport(region=region, kind="domain", id=names.own(domain), version=version, created=""))
    return found


def _domains(assembly: Assembly, region: str) -> set[str]:
    """The domains of the policies by which flows leave a region."""
    settings = assembly.settings
    policies = {flow.policy for flow in settings.flows.values() if settings.datasets[flow.source].region == region}
    rules = [rule for name in policies for rule in settings.policies[name].rules]
    return {rule.transform.domain for rule in rules if rule.transform is not None and rule.transform.domain}


def audits(assembly: Assembly, guard: Guard) -> list[AuditReport]:
    """Whether the log of each region that keeps something is whole."""
    found: list[AuditReport] = []
    for region in assembly.settings.regions:
        if assembly.state(region).exists() or assembly.audit_file(region).exists():
            found += guard.attempt(f"the log of {region}", partial(verify_audit, assembly, region), [])
    return found


def past_due(assembly: Assembly, now: datetime, guard: Guard) -> list[PurgeItem]:
    """What is past its retention."""
    found: list[PurgeItem] = []
    for region in assembly.settings.regions:
        if assembly.state(region).exists():
            found += guard.attempt(f"retention in {region}", partial(_past, assembly, region, now), [])
    return found


def _past(assembly: Assembly, region: str, now: datetime) -> list[PurgeItem]:
    """Raises `RefusedError` where the clock went back. A run that writes just now is a little ahead, and no fault."""
    kept = look(assembly, region, datetime.max.replace(tzinfo=UTC))
    if kept.last and datetime.fromisoformat(kept.last) - now > _AHEAD:
        raise RefusedError("the clock stands before the log's last entry, and retention goes by time")
    return past(assembly, region, kept, now)
