"""An edited file of decisions, judged line by line: what is new, and what cannot be taken, and why.

What has a number was decided and is compared, what has none is new. Nothing is removed by leaving it out, and nothing
is changed by writing it otherwise: both are refused, for decisions are only added. A file that was written before the
catalogue moved on (somebody decided on the same field, a scan proposes something else) is a conflict on that field,
shown and not guessed. All or nothing: one line that is refused, and nothing is taken.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from pratique.catalogue.decisions import check_signature, make_decision, well_formed
from pratique.catalogue.exchange import kinds_of
from pratique.catalogue.verdicts import Moments, StewardKeys, is_loosening, moment, verdict_if
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind, Scan, Verdict
from pratique.model.exchange import Entry, Exchange, ExchangedField
from pratique.model.paths import FieldPath

UNPROVEN: Final = "unproven:"
_LATE: Final = timedelta(minutes=5)
"""How far the clocks of two machines may be apart."""
_ANEW: Final = "export again, and decide anew"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line of the file that cannot be taken."""

    line: int
    path: FieldPath
    """Empty where the line does not read, so that nobody knows."""
    why: str
    do: str
    conflict: bool = False
    """Whether the catalogue moved on since the file was written."""


@dataclass(frozen=True, slots=True)
class State:
    """The catalogue as an import finds it."""

    scan: Scan
    """With its evidence as it was last scored."""
    proposed: Mapping[FieldPath, Sequence[str]]
    verdicts: Mapping[FieldPath, Verdict]
    decisions: Sequence[Decision]
    """Of the dataset, in the order in which they were added."""
    stewards: StewardKeys
    share: float
    moments: Moments


@dataclass(frozen=True, slots=True)
class Import:
    """What a file comes to."""

    new: tuple[Decision, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Editor:
    """Who gives a file back."""

    who: str
    at: str
    """Before the catalogue was looked at; UTC, ISO 8601."""
    sign: Callable[[Decision], Decision] | None
    """None: nobody signs, and nothing that loosens is taken."""


class _No(Exception):  # noqa: N818 (no error: a word about one line)
    def __init__(self, why: str, do: str, *, conflict: bool = False) -> None:
        self.why, self.do, self.conflict = why, do, conflict
        super().__init__()


def judge(content: Exchange, state: State, editor: Editor, *, bulk: str) -> Import:
    """What of a file is new, and every line that cannot be taken, with why. Changes nothing.

    New entries that say the same (decision, types, reason) of several fields were taken together, and are marked with
    ``bulk``. A decision with a number that the catalogue has not is taken as it stands if a listed steward's signature
    on it is good, or if it is unproven and does not loosen.
    """
    said = Counter(said for block in content.fields for said in {_said(e) for e in block.entries if not e.number})
    judging = _Judging(content, state, editor, bulk, kinds_of(state.scan), said)
    for block in content.fields:
        judging.take(block)
    return Import(tuple(judging.new), tuple(sorted(judging.refused, key=lambda refusal: refusal.line)))


@dataclass(slots=True)
class _Judging:
    content: Exchange
    state: State
    editor: Editor
    bulk: str
    kinds: Mapping[FieldPath, str]
    said: Mapping["_Said", int]
    """What new entries say, and of how many fields."""
    new: list[Decision] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def take(self, block: ExchangedField) -> None:
        """Judge one field's block; of its lines the first that cannot be taken is named, for the rest follows it."""
        have = sorted((d for d in self.state.decisions if d.path == block.path), key=lambda d: d.sequence)
        taken = list(have)
        line = block.place.line
        try:
            self._check_whole(block, have)
            for entry in block.entries:
                line = entry.place.line
                if entry.number and entry.number <= len(have):
                    _compare(entry, have[entry.number - 1])
                    continue
                if len(taken) == len(have):
                    self._check_seen(block, have)
                taken.append(self._decision(block, entry, taken))
        except _No as no:
            self.refused.append(Refusal(line, block.path, no.why, no.do, no.conflict))
            return
        self.new += taken[len(have) :]

    def _then(self, path: FieldPath) -> int:
        """How many decisions the field had when the file was written, if it is of this catalogue."""
        return sum(d.path == path for d in self.state.decisions[: self.content.decided])

    def _check_whole(self, block: ExchangedField, have: Sequence[Decision]) -> None:
        """What the file was written with still stands in it."""
        told = sum(bool(entry.number) for entry in block.entries)
        if told < min(self._then(block.path), len(have)):
            raise _No(
                f"decision {told + 1} is left out, and what is decided cannot be removed",
                "put it back; to take back the newest decision, write an entry: withdraw",
            )

    def _check_seen(self, block: ExchangedField, have: Sequence[Decision]) -> None:
        """Whoever wrote the first new entry had seen all that there is of the field."""
        path = block.path
        if path not in self.state.verdicts:
            raise _No("the newest scan has no such field", "scan the dataset, or correct the name")
        told = sum(0 < entry.number <= len(have) for entry in block.entries)
        if told < len(have):
            since = "; ".join(f"{' '.join((d.kind.value, *d.entities))} by {d.who}" for d in have[told:])
            raise _No(f"the catalogue moved on: decided since, {since}", _ANEW, conflict=True)
        proposed = self.state.proposed.get(path, ())
        if set(block.proposed) != set(proposed):
            was, now = (", ".join(sorted(types)) or "nothing" for types in (block.proposed, proposed))
            raise _No(f"the catalogue moved on: proposed was {was}, and is {now}", _ANEW, conflict=True)
        if block.kinds != self.kinds[path]:
            was = block.kinds or "gone"
            raise _No(f"the catalogue moved on: the field was {was}, and is {self.kinds[path]}", _ANEW, conflict=True)

    def _decision(self, block: ExchangedField, entry: Entry, taken: Sequence[Decision]) -> Decision:
        fresh = not entry.number
        try:
            made = make_decision(
                taken,
                dataset=self.content.dataset,
                path=block.path,
                kind=entry.kind,
                entities=entry.entities,
                who=self.editor.who if fresh else entry.who,
                reason=entry.reason,
                at=self.editor.at if fresh else entry.at,
                bulk=entry.bulk if entry.number else self.bulk if self.said[_said(entry)] > 1 else "",
            )
        except CatalogueError as error:
            lacks = not entry.entities and not well_formed(entry.kind, ())
            types = ", ".join(block.proposed) or "PERSON"
            raise _No(error.what, f"say which, below it: types: [{types}]" if lacks else "correct the entry") from None
        if not fresh:
            self._check_foreign(entry, made)
            made = entry.decision(made.dataset, made.path)
        elif self.editor.sign is not None:
            made = self.editor.sign(made)
        if not check_signature(made, self.state.stewards) and self._loosens(made, taken):
            what = f"{made.kind.value} loosens, so it counts only with a steward's signature"
            raise _No(what, "import it with --as STEWARD")
        return made

    def _check_foreign(self, entry: Entry, made: Decision) -> None:
        """A decision of another catalogue: told exactly as it was taken, by somebody who is who the entry says."""
        told, number = entry.decision(made.dataset, made.path), entry.number
        if (told.sequence, told.entities) != (made.sequence, made.entities):
            raise _No(f"decision {number} is not written as Pratique writes it", "export it again")
        try:
            late = moment(entry.at) > datetime.now(UTC) + _LATE
        except CatalogueError:
            raise _No(f"the time of decision {number} is none", "export it again") from None
        if late:
            raise _No(f"decision {number} is of a time to come", "look at the clocks")
        if entry.signature and not check_signature(told, self.state.stewards):
            what = f"the signature of decision {number} is not a listed steward's over these words"
            raise _No(what, "export it again, or write it as a new entry, without a number")
        if not entry.signature and not entry.who.startswith(UNPROVEN):
            what = f"decision {number} is said to be somebody's, and nothing proves it"
            raise _No(what, "write it as a new entry, without a number")

    def _loosens(self, made: Decision, taken: Sequence[Decision]) -> bool:
        """Whether it would, coming after those of its field that are taken already."""
        if made.kind is DecisionKind.CONFIRM:
            return False
        state = self.state
        before = state.verdicts[made.path]
        done = [d for d in state.decisions if d.path == made.path]
        for decision in taken[len(done) :]:
            before = verdict_if(state.scan, done, state.stewards, state.share, decision, state.moments)
            done.append(decision)
        after = verdict_if(state.scan, done, state.stewards, state.share, made, state.moments)
        return is_loosening(made, before, after)


_Said = tuple[DecisionKind, tuple[str, ...], str]


def _said(entry: Entry) -> _Said:
    return (entry.kind, entry.entities, entry.reason)


def _compare(entry: Entry, known: Decision) -> None:
    if entry.decision(known.dataset, known.path) != known:
        raise _No(
            f"decision {entry.number} is not as the catalogue has it, and what is decided cannot be changed",
            "leave it as it was, and write a new entry below it",
        )
