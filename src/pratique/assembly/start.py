"""Begin and look after: a first project, its keys, and whether all is sound."""

import stat
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pratique.assembly.parts import Assembly
from pratique.config import FILE_NAME, load, template
from pratique.crypto.signing import load_public, save_public
from pratique.errors import ConfigError, KeyStoreError, PratiqueError
from pratique.keys import create_keys, create_person_key, keys_path
from pratique.pipeline.results import Check


def init(folder: Path, name: str) -> list[Path]:
    """Write a first project file, the keys of its regions, and those of its people."""
    file = folder / FILE_NAME
    text = template(name or folder.resolve().name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() or file.is_symlink():
            raise ConfigError("there is a project already", where=str(file), do="edit it, or choose another folder")
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", where=str(file), do="choose another folder") from None
    return [file, *create_missing(Assembly(load(file)))]


def create_missing(assembly: Assembly) -> list[Path]:
    """Make every key that the project file names and that is not there."""
    made: list[Path] = []
    for region in assembly.settings.keys:
        if not _keyset(assembly, region).exists():
            made.extend(create_region_keys(assembly, region))
    people = [*assembly.settings.stewards.values(), *assembly.settings.reidentifiers.values()]
    for person in people:
        public = assembly.root / person.public_key
        if not public.exists():
            public.parent.mkdir(parents=True, exist_ok=True)
            create_person_key(public.with_suffix(".key"), public)
            made += [public, public.with_suffix(".key")]
    return made


def create_region_keys(assembly: Assembly, region: str) -> list[Path]:
    """Make one region's keys; `KeyStoreError` if there are any."""
    if region not in assembly.settings.keys:
        raise ConfigError(f"region {region} has no keys", where=FILE_NAME, do=f"add it under keys: {region}")
    path = _keyset(assembly, region)
    apart = path.with_name(f"{path.stem}.quarantine.pem")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    create_keys(path, apart)
    assembly.audit(region).append("key", assembly.who, {"region": region, "what": "created"})
    return [path, apart]


def list_keys(assembly: Assembly) -> list[Mapping[str, str]]:
    """Every key of every region, described."""
    return [{"region": region, **key} for region in assembly.settings.keys for key in assembly.keys(region).describe()]


def export_public(assembly: Assembly, path: Path, region: str | None) -> Path:
    """Write the public key of a region's exporter (of the only region with keys, unless named)."""
    regions = list(assembly.settings.keys)
    if region is None and len(regions) != 1:
        raise ConfigError("several regions have keys", where=FILE_NAME, do=f"name one of {', '.join(regions)}")
    save_public(path, assembly.keys(region or regions[0]).exporter_public())
    return path


def doctor(assembly: Assembly) -> list[Check]:
    """Every check, those that passed too."""
    settings = assembly.settings
    looks: dict[str, tuple[Callable[[], str], str]] = {
        f"keys of {region}": (partial(_keys, assembly, region), "run: pratique keys create") for region in settings.keys
    }
    for person in {**settings.stewards, **settings.reidentifiers}.values():
        looks[f"key of {person.name}"] = (partial(_public, assembly, person.public_key), "run: pratique keys create")
    looks["detection"] = (lambda: f"{len(assembly.detector.entities)} entity types", "see detection in pratique.yaml")
    for flow in settings.flows.values():
        looks[f"dataset {flow.source}"] = (partial(_inputs, assembly, flow.source), "see its uri in pratique.yaml")
    for region in {d.region: None for d in settings.datasets.values()}:
        if assembly.state(region).exists():
            looks[f"state of {region}"] = (partial(_state, assembly, region), "run: chmod 700 on it")
    checks = [Check("project file", ok=True, detail=f"{len(settings.datasets)} datasets, {len(settings.flows)} flows")]
    return [*checks, *(_check(name, look, fix) for name, (look, fix) in looks.items())]


def _check(name: str, look: Callable[[], str], fix: str) -> Check:
    try:
        return Check(name, ok=True, detail=look())
    except PratiqueError as error:
        return Check(name, ok=False, detail=error.what, fix=error.do or fix)


def _keyset(assembly: Assembly, region: str) -> Path:
    return keys_path(assembly.settings.keys[region], assembly.root)


def _keys(assembly: Assembly, region: str) -> str:
    return f"{len(assembly.keys(region).describe())} keys"


def _public(assembly: Assembly, path: str) -> str:
    load_public(assembly.root / path)
    return path


def _inputs(assembly: Assembly, name: str) -> str:
    return f"{len(assembly.source(assembly.settings.datasets[name]).inputs())} inputs"


def _state(assembly: Assembly, region: str) -> str:
    mode = stat.S_IMODE(assembly.state(region).stat().st_mode)
    if mode & 0o077:
        raise KeyStoreError("the state folder is open to others", where=region)
    return "0700"
