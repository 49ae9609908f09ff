"""The demo's input: four streams of events, confidential memos, and the truth about the memos.

Everything is made from one seed, here, by code and lists of this project; nothing is downloaded and nobody in it
exists. The truth (where each personal item of the memos stands) lies beside the data, outside every dataset, so that
the recall which the demo shows can be computed.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pratique.demo.memos import Planted, make_memos
from pratique.demo.streams import USERS, Lines, Streams
from pratique.errors import SourceError
from pratique.model.catalogue import Finding

EVENTS: Mapping[str, int] = {"channel": 40_000, "movie": 25_000, "website": 20_000, "mobile": 20_000}
"""Events of each stream on the first day."""
FIRST_DAY = dt.date(2026, 1, 1)
DAYS = 90
SECOND_DAY = dt.date(2026, 4, 1)
NEW_FIELD_DAY = dt.date(2026, 4, 2)
NEW_FIELD = "viewer_email"
NEW_FIELD_EVENTS = 200
"""Events of the file in which a new field appears; every other one has it."""
_FILES = 3
_TRUTH = Path("truth", "memos.json")


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written."""

    events: Mapping[str, int]
    """By stream."""
    memos: int
    planted: Mapping[str, int]
    """Personal items in the memos, by entity type."""
    files: tuple[Path, ...]
    truth: Path | None
    """Where the truth about the memos stands; None where no memos were written."""

    @property
    def total(self) -> int:
        """Events of all streams."""
        return sum(self.events.values())


@dataclass(frozen=True, slots=True)
class Recall:
    """How many planted items of one entity type were found."""

    entity: str
    planted: int
    covered: int
    """Items of which every letter and digit lies in some finding, whatever its type: these do not leak."""
    typed: int
    """Of those, items that a finding of their own type touches."""

    @property
    def share(self) -> float:
        """Covered per planted."""
        return self.covered / self.planted if self.planted else 0.0


def make_sample(folder: Path, seed: int = 7) -> SampleSummary:
    """Write the demo's input under ``folder``.

    Events in ``data/eu/<stream>/*.jsonl``, memos in ``data/eu/memos/*.txt``, the truth in ``truth/memos.json``.
    The same seed gives the same bytes. Existing files of these names are replaced.
    """
    random = Random(seed)  # noqa: S311 (sample data, not keys)
    streams = Streams(random)
    files: list[Path] = []
    for stream, count in EVENTS.items():
        days = [FIRST_DAY + dt.timedelta(days=at) for at in range(DAYS)]
        for number in range(_FILES):
            share = count // _FILES + (1 if number < count % _FILES else 0)
            month = days[number * DAYS // _FILES : (number + 1) * DAYS // _FILES]
            path = folder / "data" / "eu" / stream / f"{stream}-2026-{number + 1:02d}.jsonl"
            files.append(_write_lines(path, streams.of(stream)(share, month)))
    memos = make_memos(random)
    files.extend(_write(folder / "data" / "eu" / "memos" / memo.file, memo.text) for memo in memos)
    planted = [item for memo in memos for item in memo.planted]
    truth = _write(folder / _TRUTH, _show_truth(seed, planted))
    return SampleSummary(dict(EVENTS), len(memos), _count(planted), tuple(files), truth)


def second_day(folder: Path, seed: int = 7) -> SampleSummary:
    """Write one more day of ordinary events, a file a stream, by the same viewers: what a second run treats."""
    streams = Streams(Random(seed))  # noqa: S311 (sample data, not keys)
    events = {stream: count // 20 for stream, count in EVENTS.items()}
    files = [
        _write_lines(_day_file(folder, stream, SECOND_DAY), streams.of(stream)(count, [SECOND_DAY]))
        for stream, count in events.items()
    ]
    return SampleSummary(events, 0, {}, tuple(files), None)


def add_new_field(folder: Path, seed: int = 7) -> SampleSummary:
    """Write a new file of the channel stream in which every other event has `NEW_FIELD`, which no scan ever saw."""
    streams = Streams(Random(seed))  # noqa: S311 (sample data, not keys)
    path = _write_lines(_day_file(folder, "channel", NEW_FIELD_DAY), _with_new_field(streams.channel, NEW_FIELD_EVENTS))
    return SampleSummary({"channel": NEW_FIELD_EVENTS}, 0, {}, (path,), None)


def load_truth(folder: Path) -> list[Planted]:
    """The planted items of the memos that `make_sample` wrote under ``folder``."""
    try:
        document = json.loads((folder / _TRUTH).read_bytes())
        return [Planted(str(f), int(s), int(e), str(t)) for f, s, e, t in document["planted"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise SourceError("the truth about the memos cannot be read", where=_TRUTH.as_posix()) from None


def memo_recall(folder: Path, find_many: Callable[[Sequence[str]], Iterable[Iterable[Finding]]]) -> list[Recall]:
    """What a detector finds of the planted items in the memos under ``folder``: one line an entity type, by name."""
    truth = load_truth(folder)
    files = sorted({item.file for item in truth})
    texts = {file: (folder / "data" / "eu" / "memos" / file).read_bytes().decode() for file in files}
    found = dict(zip(files, map(list, find_many([texts[file] for file in files])), strict=True))
    planted, covered, typed = Counter[str](), Counter[str](), Counter[str]()
    for item in truth:
        touching = [f for f in found[item.file] if f.start < item.end and f.end > item.start]
        planted[item.entity] += 1
        if _covers(touching, item, texts[item.file]):
            covered[item.entity] += 1
            typed[item.entity] += any(f.entity == item.entity for f in touching)
    return [Recall(entity, planted[entity], covered[entity], typed[entity]) for entity in sorted(planted)]


def _covers(findings: Sequence[Finding], item: Planted, text: str) -> bool:
    return all(any(f.start <= at < f.end for f in findings) for at in range(item.start, item.end) if text[at].isalnum())


def _with_new_field(lines: Lines, count: int) -> Iterable[str]:
    for number, line in enumerate(lines(count, [NEW_FIELD_DAY])):
        if number % 2:
            yield line
        else:
            yield f'{line[:-1]},"{NEW_FIELD}":"viewer{number * 7919 % USERS:04d}@mail.example.net"}}'


def _day_file(folder: Path, stream: str, day: dt.date) -> Path:
    return folder / "data" / "eu" / stream / f"{stream}-{day:%Y-%m-%d}.jsonl"


def _show_truth(seed: int, planted: Sequence[Planted]) -> str:
    rows = ",\n".join(json.dumps([p.file, p.start, p.end, p.entity]) for p in planted)
    return f'{{"seed":{seed},"columns":["file","start","end","entity"],"planted":[\n{rows}\n]}}\n'


def _count(planted: Sequence[Planted]) -> dict[str, int]:
    return dict(sorted(Counter(item.entity for item in planted).items()))


def _write_lines(path: Path, lines: Iterable[str]) -> Path:
    return _write(path, "\n".join(lines) + "\n")


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path
