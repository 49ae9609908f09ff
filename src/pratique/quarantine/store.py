"""Sealed files by flow, run and part: ``<folder>/<flow>/<run>/<part>.quarantine``."""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from pratique.crypto.files import sync_folder
from pratique.crypto.seal import Sealer
from pratique.errors import StoreError, remedy
from pratique.model.data import PartId
from pratique.model.quarantine import Entry, Summary
from pratique.model.release import NEW_FIELD
from pratique.quarantine.form import (
    FRAME_FILL,
    LAST,
    LENGTH,
    MAX_RECORD,
    MORE,
    context_of,
    entry_line,
    foot_of,
    head_of,
)
from pratique.quarantine.reader import summary

_PLAIN: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")
_RULE: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")
_FIELD: Final = re.compile(rf"(?:#[1-9][0-9]*|{NEW_FIELD})?")
_SUFFIX: Final = ".quarantine"


class FileQuarantineStore:
    """Implements `pratique.ports.QuarantineStore`. It can seal, and count; opening takes the private key and `read`."""

    __slots__ = ("_folder", "_public")

    def __init__(self, folder: Path, public_key: bytes) -> None:
        """``public_key``: raw X25519, what everything is sealed to. The folder is made, 0700, when something comes."""
        self._folder = folder
        self._public = public_key

    def writer(self, flow: str, run: str, part: PartId) -> "FileQuarantineWriter":
        """For one attempt at a part. What it finishes replaces what an earlier attempt left, finished or not.

        A part without a held record has no file.
        """
        return FileQuarantineWriter(self._place(flow, run), flow, run, part, self._public)

    def files(self, flow: str, run: str) -> Sequence[Path]:
        """The finished files of a run, in the order of its parts."""
        return sorted(self._place(flow, run).glob(f"*{_SUFFIX}"))

    def counts(self, flow: str, run: str) -> Mapping[str, int]:
        """By rule, over the finished files, without any key. Raises `StoreError` for a file that is damaged."""
        found: dict[str, int] = {}
        for told in self.summaries(flow, run):
            for rule, count in told.counts.items():
                found[rule] = found.get(rule, 0) + count
        return dict(sorted(found.items()))

    def runs(self, flow: str) -> Sequence[str]:
        """The runs of which there is anything, finished or not."""
        place = self._folder / _segment(flow)
        with _speaking("read"):
            return sorted(path.name for path in place.iterdir() if path.is_dir()) if place.is_dir() else []

    def summaries(self, flow: str, run: str) -> Sequence[Summary]:
        """What the finished files of a run say in clear, in the order of its parts.

        Raises `StoreError` for a file that is damaged, or that is another run's or part's: one that was copied here
        would open, and its records would count twice.
        """
        found: list[Summary] = []
        for path in self.files(flow, run):
            told = summary(path)
            if (told.flow, told.run, self.path(flow, run, PartId(told.part))) != (flow, run, path):
                raise StoreError(
                    "a quarantine file was moved here from another place", where=path.name, do="move it back"
                )
            found.append(told)
        return found

    def digest(self, flow: str, run: str, part: PartId) -> str | None:
        """SHA-256 (hex) of a part's finished file; None where there is none."""
        try:
            with self.path(flow, run, part).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"quarantine cannot be read: {error.strerror}", where=f"run {run}, part {part}") from None

    def path(self, flow: str, run: str, part: PartId) -> Path:
        """Where a part's finished file is, if there is one."""
        return self._place(flow, run) / f"{_segment(part)}{_SUFFIX}"

    def remove(self, flow: str, run: str) -> None:
        """Remove all that a run left here, finished or not; fine if there is nothing."""
        place = self._place(flow, run)
        with _speaking("removed"):
            if not place.is_dir():
                return
            for path in place.iterdir():
                path.unlink(missing_ok=True)
            place.rmdir()
            sync_folder(place.parent)

    def _place(self, flow: str, run: str) -> Path:
        return self._folder / _segment(flow) / _segment(run)


class FileQuarantineWriter:
    """Implements `pratique.ports.QuarantineWriter`; one file, one thread."""

    __slots__ = (
        "_counts",
        "_done",
        "_fields",
        "_file",
        "_final",
        "_frame",
        "_frames",
        "_head",
        "_sealer",
        "_size",
        "_temporary",
    )

    def __init__(self, place: Path, flow: str, run: str, part: str, public_key: bytes) -> None:
        self._final = place / f"{_segment(part)}{_SUFFIX}"
        self._temporary = place / f".{_segment(part)}.{os.getpid()}-{os.urandom(6).hex()}.partial"
        self._sealer = Sealer(public_key, context_of(flow, run, part))
        self._head = head_of(flow, run, part, self._sealer.header)
        self._file: BinaryIO | None = None
        self._frame: list[bytes] = []
        self._size = 0
        self._frames = 0
        self._counts: dict[str, int] = {}
        self._fields: dict[str, dict[str, int]] = {}
        self._done = False

    def add(self, entry: Entry) -> None:
        """Take one record; `StoreError` for a rule or a field that is no name from the code: they go in clear."""
        if self._done:
            raise StoreError("a quarantine file that is done takes nothing more")
        if not _RULE.fullmatch(entry.rule) or not _FIELD.fullmatch(entry.field):
            raise StoreError("not the name of a quarantine rule, or not the number of a field")
        if len(entry.original) > MAX_RECORD:
            raise StoreError("a record is too long to be quarantined")
        line = entry_line(entry)
        self._frame.append(line)
        self._size += len(line)
        self._counts[entry.rule] = self._counts.get(entry.rule, 0) + 1
        if entry.field:
            by_field = self._fields.setdefault(entry.rule, {})
            by_field[entry.field] = by_field.get(entry.field, 0) + 1
        if self._size >= FRAME_FILL:
            self._flush(MORE)

    def finish(self) -> None:
        """Flush and fsync; the file takes its final name. Before that it does not count."""
        if self._done:
            raise StoreError("a quarantine file is finished once")
        with _speaking():
            if not self._counts:
                # Nothing was held now, so what an earlier attempt held back is not true any more.
                with contextlib.suppress(FileNotFoundError):
                    self._final.unlink()
                    sync_folder(self._final.parent)
                self._sweep()
                self._done = True
                return
            self._flush(LAST)
            file = self._opened()
            file.write(foot_of(self._counts, self._fields))
            file.flush()
            os.fsync(file.fileno())
            file.close()
            self._temporary.replace(self._final)
            self._sweep()
            sync_folder(self._final.parent)
            self._done = True

    def discard(self) -> None:
        """Forget this attempt; what an earlier one finished stays. Fine after `finish`, and twice."""
        self._frame.clear()
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            with contextlib.suppress(OSError):
                self._temporary.unlink()
        self._done = True

    def _flush(self, kind: bytes) -> None:
        with _speaking():
            sealed = self._sealer.seal(self._frames, kind + b"".join(self._frame))
            self._opened().write(LENGTH.pack(len(sealed)) + sealed)
        self._frames += 1
        self._frame.clear()
        self._size = 0

    def _opened(self) -> BinaryIO:
        """The file, made when the first frame comes: most parts hold nothing back."""
        if self._file is None:
            self._final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
            self._file = os.fdopen(os.open(self._temporary, flags, 0o600), "wb")
            self._file.write(self._head)
        return self._file

    def _sweep(self) -> None:
        """Remove what earlier attempts at this part left; only one process works a part at a time."""
        for leftover in self._final.parent.glob(f".{self._final.stem}.*.partial"):
            leftover.unlink(missing_ok=True)


def _segment(name: str) -> str:
    """A name as a folder or file: itself where it cannot mean another place, else its hash."""
    return name if _PLAIN.fullmatch(name) else hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


@contextlib.contextmanager
def _speaking(verb: str = "written") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"cannot be {verb} ({error.strerror})", where="quarantine", do=remedy(error)) from None
