"""How the streams of a project are: each flow's marks on the brokers, its last release, and its worker's own word.

A worker leaves its word in ``STATE/REGION/streams/FLOW.json``: at each change of state, and every few seconds. It says
nothing that was not counted or named, so that whoever may see the project's state may see it.
"""

import contextlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pratique.assembly.flows import flow_of
from pratique.assembly.knowledge import dataset_of
from pratique.assembly.parts import Assembly
from pratique.assembly.streaming import is_stream, stream_marks
from pratique.crypto.dsse import open_envelope
from pratique.errors import ConfigError, PratiqueError, SourceError, ThresholdError
from pratique.model.codec import canonical, decode
from pratique.model.watch import PAUSED, STOPPED, WORD_VERSION, Word
from pratique.pipeline.streaming import Progress
from pratique.verify.statement import read_statement

_EVERY: Final = 2.0
"""Seconds between two words of a worker whose state does not change."""


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """How one flow between topics is."""

    flow: str
    worker: Word | None
    """Of a worker that runs, or the last word of one that ended with an error; None where there is neither."""
    alive: bool
    """Whether the worker's process is there."""
    behind: int | None
    """Messages to go, over all partitions; None where the brokers do not answer."""
    read: int
    """Since the flow began, like the two below."""
    written: int
    quarantined: Mapping[str, int]
    """By rule. ``new-field`` and the like tell of drift."""
    release: int | None
    """The number of the last one."""
    released: str
    """When: UTC, ISO 8601; empty where nothing is."""
    silence: str
    """Why the brokers say nothing, or empty."""


def statuses(assembly: Assembly, flow: str | None) -> list[StreamStatus]:
    """How each flow between topics is, or one of them. Brokers that do not answer are part of the answer."""
    names = [flow] if flow is not None else [n for n in assembly.settings.flows if is_stream(assembly, n)]
    return [_status(assembly, name) for name in names]


def _status(assembly: Assembly, flow: str) -> StreamStatus:
    if not is_stream(assembly, flow):
        raise ConfigError("this flow reads files; its runs are in: pratique catalogue history", where=f"flow {flow}")
    word = _last_word(_file(assembly, flow))
    alive = word is not None and Path(f"/proc/{word.pid}").exists() and word.state not in (STOPPED, PAUSED)
    if word is not None and not alive and word.state not in (STOPPED, PAUSED):
        word = None  # It was killed: what it said last is not so any more.
    behind, silence, read, written = None, "", 0, 0
    quarantined = Counter[str]()
    try:
        marks, ends = stream_marks(assembly, flow)
    except SourceError as error:
        silence = error.line
    else:
        behind = sum(max(end - (mark.offset if (mark := marks.get(p)) else 0), 0) for p, end in ends.items())
        for mark in marks.values():
            if mark is not None:
                read, written = read + mark.read, written + mark.written
                quarantined.update(mark.quarantined)
    region = dataset_of(assembly, flow_of(assembly, flow).source).region
    last = assembly.runs(region).last_release(flow)
    released = "" if last is None else read_statement(open_envelope(last[1]).payload).at
    number = None if last is None else last[0]
    held = dict(sorted(quarantined.items()))
    return StreamStatus(flow, word, alive, behind, read, written, held, number, released, silence)


@contextmanager
def watched(assembly: Assembly, flow: str, tell: Callable[[Progress], None]) -> Iterator[Callable[[Progress], None]]:
    """A worker's ``tell`` that also leaves its word; the word goes with a worker that ends well, and says why it ended
    otherwise.
    """
    words = _Words(flow, _file(assembly, flow), tell)
    try:
        yield words
    except PratiqueError as error:
        words.last(PAUSED if isinstance(error, ThresholdError) else STOPPED, error.line)
        raise
    words.forget()


class _Words:
    """Leaves a worker's word, now and then."""

    def __init__(self, flow: str, file: Path, tell: Callable[[Progress], None]) -> None:
        self._flow, self._file, self._tell = flow, file, tell
        self._began = _now()
        self._progress = Progress()
        self._said = ("", "")
        self._before = (time.monotonic(), 0)
        self._rate = 0.0

    def __call__(self, progress: Progress) -> None:
        self._tell(progress)
        self._progress = progress
        now, said = time.monotonic(), (progress.state, progress.why)
        spent = now - self._before[0]
        if spent < _EVERY and said == self._said:
            return
        if spent >= _EVERY:
            self._rate = (progress.read - self._before[1]) / spent
            self._before = (now, progress.read)
        self._said = said
        self._leave(*said)

    def last(self, state: str, why: str) -> None:
        """The word of a worker that ends with an error."""
        self._rate = 0.0
        self._leave(state, why)

    def forget(self) -> None:
        """Of a worker that ended well there is nothing to say."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _leave(self, state: str, why: str) -> None:
        """Whole or not at all; a word that cannot be written stops nothing."""
        done = self._progress
        word = Word(
            version=WORD_VERSION,
            flow=self._flow,
            pid=os.getpid(),
            state=state,
            why=why,
            began=self._began,
            at=_now(),
            read=done.read,
            written=done.written,
            quarantined=done.quarantined,
            rate=round(self._rate, 1),
            releases=len(done.releases),
        )
        new = self._file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(canonical(word))
            new.replace(self._file)


def _file(assembly: Assembly, flow: str) -> Path:
    region = dataset_of(assembly, flow_of(assembly, flow).source).region
    return assembly.state(region) / "streams" / f"{flow}.json"


def _last_word(file: Path) -> Word | None:
    """What stands there; None for nothing, and for what another version wrote."""
    try:
        word = decode(Word, json.loads(file.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
    return word if word.version == WORD_VERSION else None


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
