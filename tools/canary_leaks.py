"""Where planted values turned up and must not have: in files, in their names, in tables, in what a command showed."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tools.canary_data import DRAFT, RESTRICTED, SOURCE, TARGET
from tools.canary_plant import Kind, Planted
from tools.canary_search import Hit, Searcher
from tools.canary_watch import Outcome, Place

RELEASE = "release.json"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A planted value that others could have seen, or a rule of the release that did not hold."""

    where: str
    what: str
    ran: bool = True
    """False: no leak, but a command that did not come out as the story says."""
    seen: bool = False
    """True: a planted value itself stood there."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Hunt:
    """Seeks the values of one planting."""

    def __init__(self, planted: Planted) -> None:
        self._planted = planted
        self._searcher = Searcher()
        self._count = 0
        self.learn()

    def learn(self) -> None:
        """Seek what was planted since, too."""
        texts = self._planted.texts(self._count)
        self._searcher.add(texts)
        self._count += len(texts)

    def shown(self, step: str, outcome: Outcome, *, reveals: bool = False, drafts: bool = False) -> Iterator[Leak]:
        """In what a command showed: nothing may be there, but on the terminal of who asked for it (``reveals``), and
        in a draft (``drafts``) names of files in which no detector finds anything.
        """
        for where, data in (
            ("standard output", b"" if reveals else outcome.out),
            ("standard error", outcome.err),
            ("a process", outcome.seen),
        ):
            yield from self._leaks(f"{step}: {where}", data, (_is_plain_name,) if drafts else ())
        if outcome.dumps:
            yield Leak(step, "a process could have left a core file")

    def files(self, place: Place, below: Iterable[Path] = ()) -> Iterator[Leak]:
        """In every file that the commands touched, under its name or without one, and in the names themselves."""
        for path, was in _files(place, list(below) or [place.base]):
            allowed = _allowed(was)
            if allowed is None:
                continue
            name = str(was).encode(errors="surrogateescape")
            yield from self._leaks(f"{was}: name", name, allowed)
            yield from self._leaks(str(was), path.read_bytes() if path.is_file() else b"", allowed)
            for attribute in _attributes(path):
                yield from self._leaks(f"{was}: extended attributes", attribute, ())
            if was.name == "pratique.db":
                yield from self._tables(path, was, allowed)

    def text(self, where: str, data: bytes) -> Iterator[Leak]:
        """In bytes in which nothing may be."""
        yield from self._leaks(where, data, ())

    def _tables(self, path: Path, was: Path, allowed: tuple["Allowed", ...]) -> Iterator[Leak]:
        for table, rows in _dump(path):
            yield from self._leaks(f"{was}: table {table}", rows, allowed)

    def _leaks(self, where: str, data: bytes, allowed: tuple["Allowed", ...]) -> Iterator[Leak]:
        for hit in sorted(self._searcher.search(data)):
            if not any(may(self._planted, hit) for may in allowed):
                canary = self._planted.canaries[hit.number]
                yield Leak(where, f"a {canary.kind.value} value, {hit.form} ({canary.text})", seen=True)


Allowed = Callable[[Planted, Hit], bool]


def _is_kept(planted: Planted, hit: Hit) -> bool:
    return planted.canaries[hit.number].kind is Kind.KEPT


def _is_named(planted: Planted, hit: Hit) -> bool:
    return planted.canaries[hit.number].kind is Kind.NAMED


def _is_plain_name(planted: Planted, hit: Hit) -> bool:
    return _is_named(planted, hit) and "@" not in planted.canaries[hit.number].text


def _is_for_the_gate(planted: Planted, hit: Hit) -> bool:
    return planted.canaries[hit.number].text in planted.until_gate


def _is_digest_of_allowed(planted: Planted, hit: Hit) -> bool:
    return planted.canaries[hit.number].text == planted.allowed and hit.form == "sha256"


def _allowed(path: Path) -> "tuple[Allowed, ...] | None":
    """What may stand in a file (by its path below the story's folder); None for what is not looked at.

    1. The inputs, the project file, the restricted dataset and the keys hold values: that is what they are for.
    2. A data file of a release holds kept values; that each is in its place is `tools.canary_check`'s business.
    3. A staged file is in the exporter's region until the gate has read it: kept values, and what the gate is to find.
    4. A project that was drafted from files names those in whose names no detector finds anything.
    5. The state of the exporter's region knows the inputs by name, and the allow-list by its digest.
    """
    inside = path.parts[1:] if path.parts[:1] == ("project",) else ()
    text = "/".join(inside)
    held = text.startswith((f"{SOURCE}/", f"{RESTRICTED}/", "keys/")) or path.name == "eu.json"
    if held or (text.startswith("pratique") and text.endswith(".yaml")):
        return None
    if text.startswith(f"{TARGET}/") and path.name != RELEASE:
        return (_is_kept,)
    if text.startswith(".pratique/eu/staging/"):
        return (_is_kept, _is_for_the_gate)
    if text.startswith(f"{DRAFT}/"):
        return (_is_plain_name,)
    if text.startswith(".pratique/eu/pratique.db"):
        return (_is_named, _is_digest_of_allowed)
    return ()


def _files(place: Place, below: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Every file, and where it stood (relative to the story's folder) when it was removed or now; folders for names."""
    removed = _index(place)
    for top in below:
        for folder, folders, names in os.walk(top):
            for name in (*names, *folders):
                path = Path(folder, name)
                if path.is_symlink() or not (path.is_file() or path.is_dir()):
                    continue
                was = removed.get(path.name) if path.parent == place.morgue else None
                yield path, (was or path).relative_to(place.base) if (was or path).is_relative_to(place.base) else path


def _index(place: Place) -> dict[str, Path]:
    index = place.morgue / "index"
    if not index.exists():
        return {}
    lines = index.read_text(encoding="utf-8", errors="replace").splitlines()
    return {kept: Path(was) for kept, _, was in (line.partition("\t") for line in lines)}


def _attributes(path: Path) -> Iterator[bytes]:
    try:
        for name in os.listxattr(path, follow_symlinks=False):
            yield name.encode() + b"\n" + os.getxattr(path, name, follow_symlinks=False)
    except OSError:
        return


def _dump(path: Path) -> Iterator[tuple[str, bytes]]:
    """The rows of every table, as text; what a page boundary cuts in two is whole here."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                quoted = '"' + name.replace('"', '""') + '"'
                rows = database.execute(f"SELECT * FROM {quoted}")  # noqa: S608 (the database's own names)
                cells = (cell for row in rows for cell in row)
                yield (
                    name,
                    b"\n".join(
                        cell if isinstance(cell, bytes) else str(cell).encode(errors="replace") for cell in cells
                    ),
                )
    except sqlite3.Error:
        return
