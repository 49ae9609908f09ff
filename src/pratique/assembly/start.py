"""Begin and look after: a first project and its keys."""

from collections.abc import Mapping
from pathlib import Path

from pratique.assembly.parts import Assembly
from pratique.config import FILE_NAME, load, template
from pratique.config.cases import CASES_FILE, cases_template
from pratique.crypto.signing import save_public
from pratique.errors import ConfigError
from pratique.keys import create_keys, create_person_key, keys_path


def init(folder: Path, name: str) -> list[Path]:
    """Write a first project file, the keys of its regions, and those of its people."""
    written = write_first(folder, template(name or folder.resolve().name), cases_template("customers"))
    return [*written, *create_missing(Assembly(load(folder / FILE_NAME)))]


def write_first(folder: Path, project: str, cases: str) -> list[Path]:
    """Write a project file, and beside it a file for the project's own cases where there is none; gives what was
    written. Never over another.
    """
    file, beside = folder / FILE_NAME, folder / CASES_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() or file.is_symlink():
            raise ConfigError("there is a project already", where=str(file), do="edit it, or choose another folder")
        with file.open("x", encoding="utf-8") as stream:
            stream.write(project)
        if beside.exists() or beside.is_symlink():
            return [file]
        with beside.open("x", encoding="utf-8") as stream:
            stream.write(cases)
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", where=str(file), do="choose another folder") from None
    return [file, beside]


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


def _keyset(assembly: Assembly, region: str) -> Path:
    return keys_path(assembly.settings.keys[region], assembly.root)
