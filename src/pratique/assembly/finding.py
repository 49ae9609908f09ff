"""Which files there are, and which of them belong together: for a first project file.

What ends up in the project file are names of folders and patterns. A file's own name goes there only where it stands
for a dataset by itself, and where no detector finds anything personal in it; so does a folder's.
"""

import glob
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pratique.connectors.files import FilesSource
from pratique.errors import ConfigError, PratiqueError
from pratique.formats import format_for
from pratique.model.data import Dataset, FormatSpec

MAX_FILES = 100_000
LOOKED_INTO = 50
"""Files of one folder and format; the others go by their names."""
_PASSED_OVER = re.compile(r"\.|_SUCCESS\Z|.*(~|\.tmp|\.swp|\.part)\Z")
"""As sources pass them over."""
_PARTITION = re.compile(r"[^=]+=.*|[0-9][0-9._TZ-]*")
"""A folder that only divides a dataset: ``day=2024-01-31``, ``2024``."""
_VARYING = re.compile(r"[0-9]+([._-]?[0-9]+)*[a-z]?\Z|part\Z", re.IGNORECASE)
"""What of a file's name only numbers it."""
_COMPRESSED = (".gz", ".zst")


@dataclass(slots=True)
class Passed:
    """What was not taken, and why: counted, never named."""

    why: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str, files: int = 1) -> None:
        """Count ``files`` more."""
        self.why[reason] = self.why.get(reason, 0) + files


@dataclass(frozen=True, slots=True)
class Group:
    """Files that make one dataset."""

    uri: str
    """Means these files, and no others but such as cannot be read, as of now."""
    stem: str
    """What it might be called."""
    spec: FormatSpec
    declared: bool
    """Whether the project file must say the format."""
    names: frozenset[str]
    """Of the files, as a source of this URI lists them."""


def find_groups(
    paths: Sequence[str],
    root: Path,
    alike: Callable[[Path, FormatSpec], Collection[str] | None],
    is_personal: Callable[[str], bool],
    passed: Passed,
) -> list[Group]:
    """The groups of files at or below ``paths``, in the order of their names.

    ``alike`` gives the names of a file's fields (None: cannot be read); files of one folder that share few of them are
    apart. ``is_personal`` tells of a name whether it may be personal data. Raises `ConfigError` for a path that is not
    there, and where no file can be read.
    """
    by_place: dict[tuple[Path, str], list[Path]] = {}
    specs: dict[str, tuple[FormatSpec, bool]] = {}
    for top, file in _files(paths, passed):
        known = _format(file)
        if known is None:
            passed.add("of no known format")
            continue
        kind = known[0].name + repr(sorted(known[0].options.items())) + str(known[1])
        specs[kind] = known
        base = _base(file.parent, top, is_personal)
        if base is None:
            passed.add("below a folder whose name may be personal data")
            continue
        by_place.setdefault((base, kind), []).append(file)
    groups = [
        group
        for (base, kind), files in sorted(by_place.items())
        for group in _Sorter(root, base, *specs[kind], is_personal, passed).groups(sorted(files), alike)
    ]
    if not groups:
        told = "; ".join(f"{count:,} {reason}" for reason, count in passed.why.items())
        raise ConfigError(
            f"there is no file to begin with{f' ({told})' if told else ''}",
            do="name files or folders with .jsonl, .csv, .txt, .parquet or .avro in them",
        )
    return groups


def _files(paths: Sequence[str], passed: Passed) -> Iterator[tuple[Path, Path]]:
    """Each file with the folder that it was found by, once."""
    seen: set[Path] = set()
    for given in paths:
        found = [given] if os.path.lexists(given) else sorted(glob.glob(given, recursive=True))  # noqa: PTH207
        if not found:
            raise ConfigError("there is nothing under a path that --from names", do="check the path")
        for one in found:
            path = Path(os.path.abspath(one))  # noqa: PTH100 - links stay as they are written
            inside = _walk(path, passed) if path.is_dir() else iter([path])
            top = path if path.is_dir() else path.parent
            for file in inside:
                if file not in seen:
                    seen.add(file)
                    if len(seen) > MAX_FILES:
                        raise ConfigError(f"there are more than {MAX_FILES:,} files", do="name a folder with fewer")
                    yield top, file


def _walk(folder: Path, passed: Passed) -> Iterator[Path]:
    todo = [folder]
    while todo:
        here = todo.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            passed.add("in folders that cannot be opened")
            continue
        for entry in entries:
            if _PASSED_OVER.match(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                todo.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
            else:
                passed.add("that are links, or no files")


def _format(file: Path) -> tuple[FormatSpec, bool] | None:
    """The format that a file's name tells, and whether it must be declared all the same."""
    suffixes = [suffix.lower() for suffix in file.suffixes if suffix.lower() not in _COMPRESSED]
    if suffixes[-1:] == [".json"]:
        return FormatSpec("jsonl"), True
    try:
        return format_for(Dataset("", "", ""), file.name), False
    except ConfigError:
        return None


def _base(folder: Path, top: Path, is_personal: Callable[[str], bool]) -> Path | None:
    """The nearest folder that does not just divide, and whose name may be written; none where ``top``'s may not."""
    highest, names = folder, folder.relative_to(top).parts
    for depth, name in enumerate(names):
        if _PARTITION.fullmatch(name) or not _writable(name) or is_personal(name):
            highest = top.joinpath(*names[:depth])
            break
    return highest if _writable(top.name or "x") and not is_personal(top.name) else None


def _writable(name: str) -> bool:
    """Whether a project file can hold the name, and means it by it."""
    return name.isprintable() and name == name.strip() and not set(name) & set('*?[]\\:"') and not name.startswith("~")


class _Sorter:
    """Sorts the files of one format below one folder into datasets."""

    def __init__(
        self,
        root: Path,
        base: Path,
        spec: FormatSpec,
        declared: bool,  # noqa: FBT001
        is_personal: Callable[[str], bool],
        passed: Passed,
    ) -> None:
        self._root = root
        self._base = base
        self._spec = spec
        self._declared = declared
        self._is_personal = is_personal
        self._passed = passed
        self._broken: set[str] = set()

    def groups(self, files: list[Path], alike: Callable[[Path, FormatSpec], Collection[str] | None]) -> Iterator[Group]:
        """One group where the files look alike; else one for each kind."""
        kinds: list[tuple[frozenset[str], list[Path]]] = []
        for number, file in enumerate(files):
            if number >= LOOKED_INTO and kinds:
                self._rest(kinds, file)
                continue
            names = alike(file, self._spec)
            if names is None:
                self._passed.add("that cannot be read")
                self._broken.add(file.relative_to(self._base).as_posix())
                continue
            own = frozenset(names)
            for known, members in kinds:
                if not own or not known or len(own & known) * 2 >= len(own | known):
                    members.append(file)
                    break
            else:
                kinds.append((own, [file]))
        for _, members in kinds:
            yield from self._group(members, alone=len(kinds) == 1)

    def _rest(self, kinds: list[tuple[frozenset[str], list[Path]]], file: Path) -> None:
        """A file that is not looked into goes with those that are called as it is."""
        stem = _stem([self._plain(file)])
        for _, members in kinds:
            if _stem([self._plain(members[0])]) == stem:
                members.append(file)
                return
        kinds[0][1].append(file)

    def _group(self, files: list[Path], *, alone: bool) -> Iterator[Group]:
        stem = _stem([self._plain(file) for file in files])
        named = bool(stem) and _writable(stem) and not self._is_personal(stem)
        for pattern in self._patterns(files, stem if named else "", alone=alone):
            uri = self._uri(pattern)
            names = frozenset(file.relative_to(self._base).as_posix() for file in files)
            if uri and self._means(uri, names):
                yield Group(uri, stem if named else self._base.name, self._spec, self._declared, names)
                return
        reason = "whose name may be personal data" if not named else "that no pattern tells from others beside them"
        self._passed.add(reason, len(files))

    @staticmethod
    def _plain(file: Path) -> str:
        """The name without what tells the format."""
        name = file.name
        for suffix in reversed(file.suffixes):
            if suffix.lower() in (
                *_COMPRESSED,
                ".jsonl",
                ".ndjson",
                ".json",
                ".csv",
                ".tsv",
                ".txt",
                ".parquet",
                ".avro",
            ):
                name = name.removesuffix(suffix)
            else:
                break
        return name

    def _patterns(self, files: list[Path], stem: str, *, alone: bool) -> Iterator[str]:
        """From the one that says most to the one that says least."""
        ends = sorted({file.name[len(self._plain(file)) :] for file in files})
        deep = any(file.parent != self._base for file in files)
        below = "**/" if deep else ""
        if self._root.is_relative_to(self._base) and deep:
            return  # It would list what is released into the project, too.
        name = self._plain(files[0])
        if len(files) == 1 and not deep and stem and _writable(name) and not self._is_personal(name):
            yield files[0].name
        if alone:
            yield f"{below}*{ends[0]}"
            yield f"{below}*{_common(ends)}*"
            if not self._root.is_relative_to(self._base):
                yield ""
        elif stem:
            yield f"{below}{stem}*{ends[0]}"
            yield f"{below}{stem}*{_common(ends)}*"

    def _uri(self, pattern: str) -> str:
        """Relative to the project where it lies inside; empty where it cannot be written."""
        if self._base.is_relative_to(self._root):
            inside = self._base.relative_to(self._root).as_posix()
            if any(self._is_personal(step) for step in Path(inside).parts):
                return ""
            folder = "" if inside == "." else f"{inside}/"
        else:
            folder = f"{self._base.as_posix()}/"
        found = folder + pattern
        return found if found and all(_writable(step) for step in Path(folder).parts if step != "/") else ""

    def _means(self, uri: str, names: frozenset[str]) -> bool:
        """Whether the URI lists these files and, but for those that cannot be read, no others."""
        try:
            listed = {item.name for item in FilesSource(uri, self._root).inputs()}
        except PratiqueError:
            return False
        return names <= listed <= names | self._broken


def _common(names: list[str]) -> str:
    """What all of them begin with, character by character."""
    first, last = min(names), max(names)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]


def _stem(names: list[str]) -> str:
    """What the names begin with, without what numbers them."""
    common = _common(names) if len(names) > 1 else names[0]
    before = None
    while before != common:
        before = common
        common = _VARYING.sub("", common.rstrip("._- ")).rstrip("._- ")
    return common
