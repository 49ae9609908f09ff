"""Whether a project is sound: its file, keys, detectors, policies, inputs, targets, and what it keeps."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from pratique.assembly.auditing import verify_audit
from pratique.assembly.flows import compile_flow
from pratique.assembly.keyring import backup_checks
from pratique.assembly.knowledge import dataset_of
from pratique.assembly.parts import Assembly
from pratique.crypto.signing import load_public
from pratique.errors import ConfigError, KeyStoreError, PratiqueError, SinkError, StoreError
from pratique.keys import keys_path
from pratique.model.policy import Flow
from pratique.pipeline.results import Check
from pratique.policy import check_policy
from pratique.stores import FILE_NAME

_CREATE = "run: pratique keys create"
_RESTORE = "restore the file from where you keep a copy; a new key would not be the same"
_YAML = "see pratique.yaml"

Look = tuple[str, Callable[[], str], str]
"""The name of a check, what looks (and gives what it found, or raises), and what to do where the error does not say."""


def doctor(assembly: Assembly, today: date) -> list[Check]:
    """Every check, those that passed too; what one cause breaks in several places is told once.

    Looks for nothing that only somebody else has, like a private key.
    """
    settings = assembly.settings
    shown = f"{_count(len(settings.datasets), 'dataset')}, {_count(len(settings.flows), 'flow')}"
    checks = [Check("project file", ok=True, detail=shown)]
    first: dict[str, str] = {}
    # What others rest on comes first, so that a cause has its own name.
    for look in (*_key_looks(assembly), *_rule_looks(assembly), *_state_looks(assembly), *_data_looks(assembly, today)):
        check, cause = _check(*look, assembly.root)
        earlier = first.setdefault(cause, check.name) if cause else check.name
        checks.append(check if earlier == check.name else replace(check, detail=f"as {earlier}", fix=""))
    return [*checks, *backup_checks(assembly)]


def _key_looks(assembly: Assembly) -> Iterator[Look]:
    settings = assembly.settings
    for region, uri in settings.keys.items():
        there = keys_path(uri, assembly.root).exists()
        yield f"keys of {region}", partial(_keys, assembly, region), _RESTORE if there else _CREATE
    for person in {**settings.stewards, **settings.reidentifiers}.values():
        public = assembly.root / person.public_key
        fix = _RESTORE if public.exists() else _CREATE
        yield f"key of {person.name}", partial(_public, public, person.public_key), fix


def _rule_looks(assembly: Assembly) -> Iterator[Look]:
    yield "detection", lambda: _count(len(assembly.detector.entities), "entity type"), "see detection in pratique.yaml"
    for name in assembly.settings.policies:
        yield f"policy {name}", partial(_policy, assembly, name), _YAML


def _data_looks(assembly: Assembly, today: date) -> Iterator[Look]:
    flows = assembly.settings.flows.values()
    for name in dict.fromkeys(flow.source for flow in flows):
        yield f"dataset {name}", partial(_inputs, assembly, name), "see its uri in pratique.yaml"
    for name in dict.fromkeys(flow.target for flow in flows):
        yield f"dataset {name}", partial(_target, assembly, name), "see its uri in pratique.yaml"
    for flow in flows:
        yield f"flow {flow.name}", partial(_flow, assembly, flow, today), _YAML


def _state_looks(assembly: Assembly) -> Iterator[Look]:
    for region in {d.region: None for d in assembly.settings.datasets.values()}:
        folder = assembly.state(region)
        if folder.exists():
            yield f"state of {region}", partial(_state, folder, region), f"run: chmod 700 {folder}"
        if (folder / FILE_NAME).exists():
            what = "restore the file from a backup of the state folder"
            yield f"catalogue of {region}", partial(_catalogue, assembly, region), what
            yield f"audit log of {region}", partial(_audit, assembly, region), "see: pratique audit verify"


def _check(name: str, look: Callable[[], str], fix: str, root: Path) -> tuple[Check, str]:
    """The check, and its cause where the error names a place: the same one can be met again."""
    try:
        return Check(name, ok=True, detail=look()), ""
    except OSError as error:
        return Check(name, ok=False, detail=f"cannot be looked at ({error.strerror})", fix=fix), ""
    except PratiqueError as error:
        where = error.where if error.where and error.where not in name else ""
        where = where.removeprefix(f"{root}{os.sep}")
        detail = f"{error.what} ({where})" if where else error.what
        return Check(name, ok=False, detail=detail, fix=error.do or fix), error.line if error.where else ""


def _keys(assembly: Assembly, region: str) -> str:
    return _count(len(assembly.keys(region).describe()), "key")


def _public(path: Path, shown: str) -> str:
    load_public(path)
    return shown


def _policy(assembly: Assembly, name: str) -> str:
    policy = assembly.settings.policies[name]
    check_policy(assembly.settings, policy, assembly.transforms, assembly.detector.families)
    return _count(len(policy.entities) + len(policy.families) + len(policy.fields), "rule")


def _inputs(assembly: Assembly, name: str) -> str:
    return _count(len(assembly.source(assembly.settings.datasets[name]).inputs()), "input")


def _target(assembly: Assembly, name: str) -> str:
    """The target, or the nearest folder above it that is there, is a folder in which this user may write."""
    place = assembly.folder(dataset_of(assembly, name))
    there = place
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise SinkError("something that is not a folder lies in the target's way", where=str(there), do="move it away")
    if not os.access(there, os.W_OK | os.X_OK):
        raise SinkError("the target cannot be written", where=str(there), do="give this user leave to write there")
    return "can be written" if there == place else "will be made"


def _flow(assembly: Assembly, flow: Flow, today: date) -> str:
    """It compiles, as far as its source is known."""
    region = dataset_of(assembly, flow.source).region
    database = assembly.state(region) / FILE_NAME
    if not database.exists() or assembly.catalogue(region).latest_scan(flow.source) is None:
        target = dataset_of(assembly, flow.target).region
        route = assembly.settings.routes.get(f"{region} -> {target}")
        if route is not None and region != target and route.until < today.isoformat():
            raise ConfigError(f"the route {route.name} closed after {route.until}", where=str(route.place))
        return "its source was not scanned yet"
    plan, _ = compile_flow(assembly, flow.name, today)
    until = f", its route is open until {plan.route.until}" if plan.route is not None else ""
    return f"{plan.data_class}, {_count(len(plan.steps), 'field')}{until}"


def _state(folder: Path, region: str) -> str:
    if not folder.is_dir():
        raise StoreError("the state folder is not a folder", where=region, do="move it away")
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise KeyStoreError("the state folder is open to others", where=region)
    return "0700"


def _catalogue(assembly: Assembly, region: str) -> str:
    scanned = len(assembly.catalogue(region).datasets())
    assembly.runs(region).plan("")  # reads as the catalogue does, from tables of its own
    return f"{_count(scanned, 'dataset')} known"


def _audit(assembly: Assembly, region: str) -> str:
    (report,) = verify_audit(assembly, region)
    if report.ok:
        return f"{_count(report.entries, 'entry', 'entries')}, whole"
    more = f", and {len(report.problems) - 1} more" if len(report.problems) > 1 else ""
    raise StoreError(f"{report.problems[0].what}{more}")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
