"""A run that cannot meet its flow's thresholds any more is stopped, not worked to its end."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pratique.model.data import FormatSpec, Part
from pratique.model.plan import Plan
from pratique.model.release import Counts, StagedFile
from pratique.pipeline.reading import naming
from pratique.ports import Bounded, Format, Source
from pratique.runs import check_early, named, over_count


@dataclass(slots=True)
class Limit:
    """What one worker knows of a run's quarantine. It is asked after every block; asking costs next to nothing.

    A worker knows its own records at once, and those of other workers when its own have doubled since it last looked: a
    few looks a run. So several workers may stop a little later than one does, and never where the run might still pass.
    """

    plan: Plan
    finished: Callable[[], Collection[StagedFile]]
    """The parts of this run that are finished, by whomever."""
    most: Callable[[], int | None]
    """How many records the run has at most, as `most_records` finds it; asked once, when there is a suspicion."""
    _read: int = 0
    _held: int = 0
    """Records read and held in finished parts, as far as this worker knows."""
    _looked: int = 0
    """Of those held, how many were known when it looked last."""
    _most: list[int | None] = field(default_factory=list)

    def look(self, read: int, quarantined: Mapping[str, int], held: Mapping[str, int]) -> None:
        """Raise `RefusedError` where the run is beyond its thresholds. The counts are of the part at work, so far."""
        own = sum(quarantined.values())
        if not own:
            return
        if self._held + own > 2 * self._looked:
            files = self.finished()
            self._read = sum(file.counts.read for file in files)
            self._held = sum(sum(file.counts.quarantined.values()) for file in files)
            self._looked = self._held + own
        if self._is_settled(self._read + read, self._held + own):
            files = self.finished()
            rules, fields = Counter(quarantined), Counter(held)
            for file in files:
                rules.update(file.counts.quarantined)
                fields.update(file.held)
            counts = Counts(read + sum(file.counts.read for file in files), 0, dict(rules))
            check_early(self.plan, counts, self._most[0] if self._most else None, named(self.plan, fields))

    def add(self, file: StagedFile) -> None:
        """Take a part that this worker finished."""
        self._read += file.counts.read
        self._held += sum(file.counts.quarantined.values())

    def _is_settled(self, read: int, held: int) -> bool:
        if over_count(self.plan, held):
            return True
        if held <= self.plan.max_quarantine * read:
            return False
        if not self._most:
            self._most.append(self.most())
        most = self._most[0]
        return most is not None and held > most * self.plan.max_quarantine


def most_records(
    source: Source, format: Format, spec: FormatSpec, parts: Sequence[Part], finished: Collection[StagedFile]
) -> int | None:
    """How many records the parts of a run hold at most: exact for finished parts, the format's bound for the others.

    None where nobody knows without decoding: of compressed inputs, and in formats that give no bound.
    """
    exact = {file.part: file.counts.read for file in finished}
    left = {part.input.number: part.input for part in parts if part.id not in exact}
    if any(item.compression for item in left.values()) or not isinstance(format, Bounded):
        return None
    most = sum(exact[part.id] for part in parts if part.input.number not in left)
    for item in left.values():
        with naming(item), source.open(item) as stream:
            bound = format.most(stream, item.size, spec)
        if bound is None:
            return None
        most += bound
    return most
