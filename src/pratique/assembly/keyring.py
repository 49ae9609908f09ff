"""Look after keys: rotate a domain's, back them up, put them back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pratique.assembly.flows import compile_flow
from pratique.assembly.parts import Assembly
from pratique.assembly.worker import stored_plan
from pratique.audit import read_entries
from pratique.config import FILE_NAME
from pratique.crypto.dsse import open_envelope
from pratique.crypto.secret import SecretBytes
from pratique.errors import ConfigError, PratiqueError
from pratique.keys import KeyFiles, keys_path, open_backup, restore_backup, rotate_domain, write_backup
from pratique.keys import import_fernet as take_fernet
from pratique.model.codec import digest
from pratique.model.paths import show_path
from pratique.model.plan import Plan
from pratique.model.policy import Flow
from pratique.pipeline.results import Check, KeyUse, Rotation
from pratique.verify.statement import read_statement

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def rotation(assembly: Assembly, domain: str, region: str | None) -> Rotation:
    """What a rotation of a domain would do: who uses it, and which joins it breaks."""
    region = region_of(assembly, region)
    keys = assembly.keys(region)
    uses = [use for flow in assembly.settings.flows.values() for use in _uses(assembly, flow, region, domain)]
    listed = {row["id"] for row in keys.describe() if row["kind"] == "domain"}
    if not uses and domain not in listed:
        known = sorted(listed | _domains(assembly, region))
        do = f"use one of {', '.join(known)}" if known else "write it into a policy first"
        raise ConfigError(f"no flow uses a domain {domain}", where=f"region {region}", do=do)
    return Rotation(region, domain, keys.current_version(domain), uses)


def rotate(assembly: Assembly, domain: str, region: str | None) -> Rotation:
    """Give a domain its next key version; the versions before stay, to read back what was released under them.

    The log tells of it before and after. Raises `ConfigError` for a domain that nobody uses.
    """
    found = rotation(assembly, domain, region)
    audit = assembly.audit(found.region)
    told = {"region": found.region, "domain": domain}
    audit.append("key", assembly.who, {"what": "rotating", **told, "version": found.version + 1})
    version = rotate_domain(_files(assembly, found.region).keyset, domain)
    assembly.renew_keys(found.region)
    audit.append("key", assembly.who, {"what": "rotated", **told, "version": version})
    return Rotation(found.region, domain, version, found.uses)


def import_fernet(assembly: Assembly, name: str, path: Path, region: str | None) -> int:
    """Take Fernet keys of an older pipeline into a region's keyset, to decode with, and give how many they are.

    Raises `ConfigError` for a name that no rule could write, and `KeyStoreError`.
    """
    region = region_of(assembly, region)
    if not _NAME.fullmatch(name):
        do = "use up to 64 letters, digits, - and _, starting with a letter or digit"
        raise ConfigError("this cannot be the name of a key", where=f"region {region}", do=do)
    count = take_fernet(_files(assembly, region).keyset, name, path)
    assembly.renew_keys(region)
    told = {"what": "imported", "region": region, "fernet": name, "keys": count}
    assembly.audit(region).append("key", assembly.who, told)
    return count


def backup(assembly: Assembly, path: Path, passphrase: SecretBytes) -> list[str]:
    """Seal the keys of every region into a new file, and give the regions. Raises `KeyStoreError`."""
    regions = {region: _files(assembly, region) for region in assembly.settings.keys if assembly.has_keys(region)}
    if not regions:
        raise ConfigError("there are no keys to back up", where=FILE_NAME, do="run: pratique keys create")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    states = {region: _state(assembly, region) for region in regions}
    write_backup(path, regions, passphrase, now)
    for region, state in states.items():
        assembly.audit(region).append("key", assembly.who, {"what": "backed-up", "region": region, "state": state})
    return list(regions)


def restore(assembly: Assembly, path: Path, passphrase: SecretBytes) -> tuple[list[str], list[Path]]:
    """Put the keys of a backup where the project file says; gives the regions, and what was written.

    Never over other keys. Raises `KeyStoreError`, and `ConfigError` where the project file has no such region.
    """
    opened = open_backup(path, passphrase)
    strangers = [region for region in opened.regions if region not in assembly.settings.keys]
    if strangers:
        raise ConfigError(
            f"the backup holds keys of region {strangers[0]}, which has none in the project file",
            where=FILE_NAME,
            do=f"add it under keys: {strangers[0]}",
        )
    written = restore_backup(opened, {region: _files(assembly, region) for region in opened.regions})
    for region in opened.regions:
        assembly.renew_keys(region)
        assembly.audit(region).append("key", assembly.who, {"what": "restored", "region": region})
    return list(opened.regions), written


def backup_checks(assembly: Assembly) -> Iterator[Check]:
    """Of every region with keys: whether they were backed up as they are now, by what the log tells."""
    for region in assembly.settings.keys:
        if not assembly.has_keys(region):
            continue
        name = f"backup of {region}"
        try:
            told = [
                entry["details"]
                for entry in read_entries(assembly.audit_file(region))
                if entry["event"] == "key" and entry["details"].get("what") == "backed-up"
            ]
            state = _state(assembly, region)
        except PratiqueError:
            # Keys and log have checks of their own.
            continue
        if any(details.get("state") == state for details in told):
            yield Check(name, ok=True, detail="backed up as they are")
        else:
            since = "not since they changed" if told else "never; without them nothing can be read back"
            yield Check(name, ok=True, note=True, detail=since, fix="run: pratique keys backup FILE")


def region_of(assembly: Assembly, region: str | None) -> str:
    """The region that was named, or the only one with keys."""
    regions = list(assembly.settings.keys)
    if region is None and len(regions) != 1:
        raise ConfigError("several regions have keys", where=FILE_NAME, do=f"name one of {', '.join(regions)}")
    return region or regions[0]


def _files(assembly: Assembly, region: str) -> KeyFiles:
    if region not in assembly.settings.keys:
        raise ConfigError(f"region {region} has no keys", where=FILE_NAME, do=f"add it under keys: {region}")
    path = keys_path(assembly.settings.keys[region], assembly.root)
    return KeyFiles(path, path.with_name(f"{path.stem}.quarantine.pem"))


def _state(assembly: Assembly, region: str) -> str:
    """What names the keys as they are now, and says nothing of them: a digest of their kinds, ids, versions, dates."""
    return digest([dict(row) for row in assembly.keys(region).describe()])


def _uses(assembly: Assembly, flow: Flow, region: str, domain: str) -> Iterator[KeyUse]:
    if assembly.settings.datasets[flow.source].region != region:
        return
    store = assembly.runs(region)
    purged = store.purged(flow.name)
    fields: list[str] = []
    releases = 0
    for statement in store.releases(flow.name):
        release = read_statement(open_envelope(statement).payload)
        plan = None if release.run in purged else _stored(assembly, flow, release.plan)
        if plan is not None and (keyed := _keyed(plan, domain)):
            releases += 1
            fields = keyed
    now = _compiled(assembly, flow)
    fields = fields if now is None else _keyed(now, domain)
    if fields or releases:
        yield KeyUse(flow.name, flow.target, fields, releases)


def _domains(assembly: Assembly, region: str) -> set[str]:
    """Every domain that a flow of the region uses now."""
    flows = [f for f in assembly.settings.flows.values() if assembly.settings.datasets[f.source].region == region]
    plans = [plan for plan in (_compiled(assembly, flow) for flow in flows) if plan is not None]
    return {ref for plan in plans for refs in _refs(plan).values() for ref in refs}


def _keyed(plan: Plan, domain: str) -> list[str]:
    return [shown for shown, domains in _refs(plan).items() if domain in domains]


def _refs(plan: Plan) -> dict[str, set[str]]:
    """The domains whose keys treat each field."""
    found: dict[str, set[str]] = {}
    for step in plan.steps:
        applied = [one for one in (step.apply, *step.spans) if one is not None and one.key is not None]
        found[show_path(step.path)] = {one.key.domain for one in applied if one.key is not None}
    return found


def _compiled(assembly: Assembly, flow: Flow) -> Plan | None:
    """The plan as things stand; None where it does not compile."""
    try:
        return compile_flow(assembly, flow.name, datetime.now(UTC).date())[0]
    except PratiqueError:
        return None


def _stored(assembly: Assembly, flow: Flow, plan: str) -> Plan | None:
    try:
        return stored_plan(assembly, flow.name, plan)
    except PratiqueError:
        return None
