"""The audit log for people: what it tells, whether it is whole, and whether the stores hold what it tells."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pratique.assembly.parts import Assembly
from pratique.audit import AuditCheck, Finding, Held, HeldRelease, HeldRow, Told, compare, read_entries, verify_chain
from pratique.crypto.dsse import open_envelope, verify
from pratique.crypto.signing import key_id
from pratique.errors import ConfigError, VerifyError
from pratique.model.release import RELEASE_FILE, Release
from pratique.model.spans import earlier, is_span
from pratique.pipeline.results import AuditEntry, AuditPage, AuditReport
from pratique.verify.statement import read_statement
from pratique.verify.strict import read_small


def list_entries(
    assembly: Assembly, region: str | None, *, since: str, event: str, flow: str, before: int, limit: int
) -> AuditPage:
    """The newest entries that fit, oldest first, at most ``limit`` (0: all), of those before number ``before``.

    ``since`` is a day, a time (UTC unless it says otherwise) or a span back from now. ``flow`` also finds what an entry
    says of the flow's datasets. Raises `VerifyError` for a log that does not read.
    """
    region = _region(assembly, region)
    start = _since(since)
    names = _names(assembly, flow)
    found = [
        entry
        for entry in map(_entry, read_entries(assembly.audit_file(region)))
        if (not before or entry.sequence < before)
        and (not event or entry.event == event)
        and (start is None or _time(entry) >= start)
        and (names is None or names & {str(entry.details.get(key)) for key in ("flow", "dataset")})
    ]
    shown = found[-limit:] if limit else found
    return AuditPage(region, shown, len(found) - len(shown))


def verify_audit(assembly: Assembly, region: str | None = None, head: str = "") -> list[AuditReport]:
    """Hold the logs (of every region that keeps something, or of one) against their chain, their signed end, the
    region's stores and the releases in its targets.

    ``head`` is an earlier head that somebody noted elsewhere: the log must hold it.
    """
    if region is None:
        regions = [name for name in assembly.settings.regions if _keeps(assembly, name)]
        if head and len(regions) != 1:
            raise ConfigError("a head is of one region's log", do=f"name one of {', '.join(regions)} with --region")
    else:
        regions = [_known(assembly, region)]
    return [_verify(assembly, name, head) for name in regions]


def _verify(assembly: Assembly, region: str, head: str) -> AuditReport:
    public = _public(assembly, region)
    told = Told()
    check = verify_chain(assembly.audit_file(region), head or None, region=region, public=public, each=told.take)
    held, problems = _held(assembly, region, public)
    if not check.entries and not _holds_anything(held):
        return AuditReport(region, ok=True, entries=0, head="", signed=False, notes=["nothing was done here yet"])
    notes: list[Finding] = []
    if not check.ok:
        problems.insert(0, Finding(_sentence(check, held), f"line {check.line}" if check.line else "", check.line))
    if check.ok or not check.line:
        # Behind a line that is wrong nothing was read: what is stored would all seem to be untold.
        found, notes = compare(told, held)
        problems += found if check.entries else []
    return AuditReport(
        region,
        ok=not problems,
        entries=check.entries,
        head=check.head,
        signed=check.signed,
        torn=check.torn,
        releases=len(held.releases),
        published=len(held.published),
        problems=problems,
        notes=[*_weak(check, public), *(f"{note.where}: {note.what}" for note in notes)],
    )


def _sentence(check: AuditCheck, held: Held) -> str:
    if not check.entries and not check.line and _holds_anything(held):
        return f"{check.problem}, and {len(held.releases)} releases and {len(held.scans)} scans are stored beside it"
    return check.problem


def _weak(check: AuditCheck, public: bytes | None) -> Iterator[str]:
    """What the check cannot say, in sentences."""
    if check.torn:
        yield "a line that was never finished stands at the end: a process was killed, and the next entry replaces it"
    if public is None:
        yield "the region has no key, so nothing says that the end of the log is its own"
    for number in check.sealed:
        yield f"entries 1 to {number} were not signed when they were written: only releases and stores vouch for them"


def _held(assembly: Assembly, region: str, public: bytes | None) -> tuple[Held, list[Finding]]:
    """What the region's database holds and what its flows' targets hold; and what is wrong with the statements."""
    problems: list[Finding] = []
    if not (assembly.state(region)).exists():
        return Held(), problems
    ledger = assembly.ledger(region)
    published = dict(_published(assembly, region, public))
    releases: list[HeldRelease] = []
    for flow, sequence, run, statement in ledger.releases():
        where = f"flow {flow}, release {sequence}"
        release = _release(statement, public)
        if release is None or (release.flow, release.sequence, release.run) != (flow, sequence, run):
            problems.append(Finding("what is stored as this release is not what the exporter signed", where))
            continue
        digest = hashlib.sha256(statement).hexdigest()
        releases.append(HeldRelease(flow, sequence, run, digest, release.audit_head, digest in published))
    held = Held(
        scans=[HeldRow(row.owner, row.digest) for row in ledger.scans()],
        decisions=[HeldRow(row.owner, row.digest) for row in ledger.decisions()],
        runs={run.run: run.flow for run in ledger.runs()},
        releases=releases,
        published=list(published.values()),
        purges=[HeldRow(row.owner, row.digest) for row in ledger.purges()],
        untold=ledger.untold(),
    )
    ledger.close()
    return held, problems


def _published(assembly: Assembly, region: str, public: bytes | None) -> Iterator[tuple[str, HeldRelease]]:
    """Every release of this exporter in the targets of the region's flows, by the digest of its statement."""
    settings = assembly.settings
    flows = [flow for flow in settings.flows.values() if settings.datasets[flow.source].region == region]
    for folder in sorted({assembly.folder(settings.datasets[flow.target]) for flow in flows}):
        for path in sorted(folder.glob(f"*/{RELEASE_FILE}")):
            statement = _bytes(path)
            release = _release(statement, public)
            if release is not None and release.exporter == settings.name and release.flow in {f.name for f in flows}:
                digest = hashlib.sha256(statement).hexdigest()
                yield digest, HeldRelease(release.flow, release.sequence, release.run, digest, release.audit_head)


def _bytes(path: Path) -> bytes:
    try:
        return read_small(path, RELEASE_FILE)
    except VerifyError:
        return b""


def _release(statement: bytes, public: bytes | None) -> Release | None:
    """The release of a statement that the region's key signed (any, where there is no key)."""
    try:
        envelope = open_envelope(statement)
        if public is not None:
            verify(envelope, {key_id(public): public})
        return read_statement(envelope.payload)
    except VerifyError:
        return None


def _holds_anything(held: Held) -> bool:
    return bool(held.scans or held.decisions or held.runs or held.releases or held.published)


def _public(assembly: Assembly, region: str) -> bytes | None:
    return assembly.keys(region).exporter_public() if assembly.has_keys(region) else None


def _region(assembly: Assembly, region: str | None) -> str:
    """The region that was named, or the only one that has a log."""
    if region is not None:
        return _known(assembly, region)
    logs = [name for name in assembly.settings.regions if assembly.audit_file(name).exists()]
    if len(logs) > 1:
        raise ConfigError("several regions have a log", do=f"name one of {', '.join(logs)} with --region")
    return logs[0] if logs else assembly.settings.regions[0]


def _known(assembly: Assembly, region: str) -> str:
    if region not in assembly.settings.regions:
        known = ", ".join(assembly.settings.regions)
        raise ConfigError(f"no region is called {region}", where="pratique.yaml", do=f"use one of {known}")
    return region


def _keeps(assembly: Assembly, region: str) -> bool:
    settings = assembly.settings
    sources = {settings.datasets[flow.source].region for flow in settings.flows.values()}
    return region in sources or region in settings.keys or assembly.state(region).exists()


def _names(assembly: Assembly, flow: str) -> set[str] | None:
    if not flow:
        return None
    found = assembly.settings.flows.get(flow)
    # A flow that is not in the file any more may still be in the log.
    return {flow} if found is None else {flow, found.source, found.target}


def _since(text: str) -> datetime | None:
    if not text:
        return None
    now = datetime.now(UTC)
    if is_span(text):
        return earlier(now, text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            "--since is neither a day, nor a time, nor a span", do="write it like 2026-01-31, 2026-01-31T12:00 or 7d"
        ) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _time(entry: AuditEntry) -> datetime:
    try:
        found = datetime.fromisoformat(entry.at)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _entry(fields: dict[str, object]) -> AuditEntry:
    details = fields["details"]
    assert isinstance(details, dict)
    return AuditEntry(
        sequence=int(str(fields["sequence"])),
        at=str(fields["at"]),
        event=str(fields["event"]),
        who=str(fields["who"]),
        details=details,
        hash=str(fields["hash"]),
    )
