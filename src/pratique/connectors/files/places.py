"""Where a dataset's URI points: its base folder, and the pattern under it. Nothing may leave the base folder."""

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pratique.errors import ConfigError

_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Place:
    """A base folder, and what of it is meant."""

    base: Path
    """Absolute, not resolved."""
    pattern: str
    """Relative to ``base``, with ``/``: a file's name, a glob, or empty for everything below."""


def local_path(uri: str, root: Path) -> Path:
    """The absolute path that a URI names: a path (a relative one is under ``root`` and stays there) or ``file://``.

    Raises `ConfigError` for other schemes and for relative paths that leave ``root``.
    """
    parts = urlsplit(uri)
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return Path(os.path.normpath(unquote(parts.path)))
    if "://" in uri:
        raise ConfigError("only local files are supported", do="give a path or a file:// URI")
    if not uri or "\0" in uri:
        raise ConfigError("not a path", do="give a path or a file:// URI")
    path = Path(uri)
    if path.is_absolute():
        return Path(os.path.normpath(path))
    joined = Path(os.path.normpath(root / path))
    if not joined.is_relative_to(os.path.normpath(root)):
        raise ConfigError("a relative path that leaves the project's folder", do="give an absolute path")
    return joined


def place_of(uri: str, root: Path) -> Place:
    """The base folder is the longest leading part without a wildcard; a path that exists is taken literally."""
    path = local_path(uri, root)
    if path.is_dir():
        return Place(path, "")
    if path.exists() or not _GLOB & set(str(path)):
        return Place(path.parent, path.name)
    steps = path.parts
    first = next(at for at, step in enumerate(steps) if _GLOB & set(step))
    return Place(Path(*steps[:first]), "/".join(steps[first:]))


def safe_name(name: str) -> PurePosixPath | None:
    """A relative name with ``/`` that has no way out of its folder and hides nothing; otherwise None."""
    path = PurePosixPath(name)
    plain = str(path) == name and not path.is_absolute() and name.isprintable() and "\\" not in name
    if not plain or any(step.startswith(".") for step in path.parts) or not path.parts:
        return None
    return path
