"""Reading quarantine: the counts by anyone, the records by whoever holds the private key."""

import base64
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from pratique.crypto.seal import Opener, UnsealKey
from pratique.errors import StoreError, VerifyError
from pratique.model.quarantine import Entry, Summary
from pratique.quarantine.form import (
    END,
    LAST,
    LENGTH,
    MAGIC,
    MAX_HEAD,
    OLDEST,
    QUARANTINE_VERSION,
    context_of,
    entry_from,
)


def summary(file: Path) -> Summary:
    """What the file says in clear, unproven: `read` proves it. `StoreError` if it is damaged or newer than we."""
    with _open(file) as stream:
        return _summary(stream, file, _head(stream, file))


def read(file: Path, private_key: UnsealKey) -> Iterator[Entry]:
    """Every held record, in the order in which they were taken.

    Entries come as their frames are proven. The iterator raises `StoreError` where the file was cut, altered or moved,
    or its counts in clear are not those of its entries; what came before that is genuine, but not the whole. A key
    other than the one sealed to raises `KeyStoreError`.
    """
    with _open(file) as stream:
        head = _head(stream, file)
        told = _summary(stream, file, head)
        try:
            seal = base64.b64decode(head["seal"], validate=True)
            opener = Opener(private_key, seal, context_of(told.flow, told.run, told.part, told.version))
        except (ValueError, VerifyError):
            _damaged(file)
        counts: dict[str, int] = {}
        fields: dict[str, dict[str, int]] = {}
        for entry in _entries(stream, file, opener, told.version):
            counts[entry.rule] = counts.get(entry.rule, 0) + 1
            if entry.field:
                by_field = fields.setdefault(entry.rule, {})
                by_field[entry.field] = by_field.get(entry.field, 0) + 1
            yield entry
        if counts != told.counts or fields != told.fields:
            raise StoreError(
                "the counts in clear are not those of the sealed entries", where=file.name, do="restore it from a copy"
            )


def _entries(stream: BinaryIO, file: Path, opener: Opener, version: int) -> Iterator[Entry]:
    """The entries of all frames, from where the head ends to the frame that says it is the last."""
    number = 0
    last = False
    while length := LENGTH.unpack(_exactly(stream, LENGTH.size, file))[0]:
        if last:
            _damaged(file)
        try:
            plain = opener.open(number, _exactly(stream, length, file))
        except VerifyError:
            _damaged(file)
        number += 1
        last = plain[:1] == LAST
        for line in plain[1:].splitlines():
            yield entry_from(line, version)
    if not last:
        _damaged(file)


def _open(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise StoreError(f"quarantine cannot be read: {error.strerror}", where=file.name) from None


def _head(stream: BinaryIO, file: Path) -> dict[str, Any]:
    if stream.read(len(MAGIC)) != MAGIC:
        raise StoreError("not a quarantine file", where=file.name, do="restore it from a copy")
    head = _json(stream, LENGTH.unpack(_exactly(stream, LENGTH.size, file))[0], file)
    version = head.get("version")
    if type(version) is int and version > QUARANTINE_VERSION:
        raise StoreError("written by a newer version of Pratique", where=file.name, do="update to read it")
    known = type(version) is int and version >= OLDEST
    if not known or any(type(head.get(key)) is not str for key in ("flow", "run", "part", "seal")):
        _damaged(file)
    return head


def _summary(stream: BinaryIO, file: Path, head: dict[str, Any]) -> Summary:
    """Read the foot, and come back to where the stream stood."""
    start = stream.tell()
    size = stream.seek(0, os.SEEK_END)
    tail = LENGTH.size + len(END)
    if size - tail < start:
        _damaged(file)
    stream.seek(size - tail)
    length = LENGTH.unpack(_exactly(stream, LENGTH.size, file))[0]
    if stream.read() != END or length > size - tail - start:
        _damaged(file)
    stream.seek(size - tail - length)
    foot = _json(stream, length, file)
    stream.seek(start)
    counts = _counts(foot.get("counts"), file)
    fields = foot.get("fields") if head["version"] > OLDEST else {}
    if foot.get("entries") != sum(counts.values()) or not isinstance(fields, dict):
        _damaged(file)
    by_field = {rule: _counts(of, file) for rule, of in fields.items()}
    return Summary(head["version"], head["flow"], head["run"], head["part"], foot["entries"], counts, by_field)


def _counts(data: Any, file: Path) -> Mapping[str, int]:
    if not isinstance(data, dict) or any(type(n) is not int or n < 0 for n in data.values()):
        _damaged(file)
    return data


def _json(stream: BinaryIO, length: int, file: Path) -> dict[str, Any]:
    if length > MAX_HEAD:
        _damaged(file)
    try:
        data = json.loads(_exactly(stream, length, file))
    except (ValueError, RecursionError):
        _damaged(file)
    return data if isinstance(data, dict) else {}


def _exactly(stream: BinaryIO, length: int, file: Path) -> bytes:
    # Never ask for more than there is: a length that was altered must not become an allocation.
    data = stream.read(min(length, os.fstat(stream.fileno()).st_size - stream.tell()))
    if len(data) != length:
        _damaged(file)
    return data


def _damaged(file: Path) -> NoReturn:
    raise StoreError(
        "a quarantine file was cut, altered or moved", where=file.name, do="restore it from a copy"
    ) from None
