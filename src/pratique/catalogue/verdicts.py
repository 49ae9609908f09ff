"""Verdicts: what every field is held to be, from the newest scan and all decisions. Pure logic.

The rules, in the order in which they work:

1. *Proposals* are what `propose` makes of the newest scan. They never loosen, and count without anybody's agreement.
2. A field's decisions are replayed by their number, 1, 2, 3 …; a gap or a double refuses, for a lost decision may be a
   strict one.
3. ``confirm`` adds its types. It never takes one away, so proposals that it leaves out stay proposed.
4. ``set`` says what the types are, ``not-personal`` that there are none. What the evidence of the time showed beyond
   that is dismissed, for whoever decided has seen it. (The time of a decision is its ``at``, which a signature covers:
   a steward who signs a time to come dismisses what is found until then.) A type that the same evidence came to propose
   only later, because the scan was scored anew, was not seen (`pratique.catalogue.scoring`).
5. ``reject TYPE`` takes the type away and waives it, whatever later evidence says, until somebody confirms or sets it
   again. It says nothing about other types: a field whose only type is rejected is *undecided*, and quarantines, until
   somebody says ``not-personal`` or sets another type. ("This is no name" is not "this is nobody's data".)
6. What loosens counts only with a listed steward's signature; otherwise it is passed over, and counted in ``ignored``.
7. Types that are proposed only since after the deciding word, and that nobody waived, are a *conflict*: the field is
   treated as both say, the decided types and the new. A waiver, or a newer decision, settles it. Whatever a new scan
   proposes is proposed since that scan, had it been so before or not.
8. ``withdraw`` takes back the newest decision of the field that still stands, whether that one counted or not: the
   verdict is then what it would be had it never been taken. It loosens where the other way round would be stricter:
   where a type goes, a waiver comes back, or the field is held to be free of personal data again.

It follows, and a property test holds it, that a decision without a good signature never removes a type from a verdict,
never waives one and never makes a field free of personal data.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from pratique.catalogue.decisions import check_signature, well_formed
from pratique.catalogue.proposals import proposals
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind, Scan, Verdict, VerdictState
from pratique.model.paths import FieldPath, show_path

StewardKeys = Mapping[str, bytes]
"""Stewards' names to their raw Ed25519 public keys."""


Moments = Mapping[FieldPath, Mapping[str, datetime]]
"""Since when each type is proposed for each field; what is not in it is proposed since the scan."""


def verdicts(
    scan: Scan,
    decisions: Sequence[Decision],
    stewards: StewardKeys,
    proposal_share: float,
    moments: Moments | None = None,
) -> dict[FieldPath, Verdict]:
    """The verdict of every leaf of the scan's schema, in its order.

    Decisions of fields that the scan does not know wait for a scan that does.
    Raises `CatalogueError` where a field's decisions are not numbered 1, 2, 3 … or are of another dataset.
    """
    states = _replayed(scan, decisions, stewards, proposal_share, moments)
    return {state.path: state.verdict() for state in states}


def counted(
    scan: Scan,
    decisions: Sequence[Decision],
    stewards: StewardKeys,
    proposal_share: float,
    moments: Moments | None = None,
) -> tuple[Decision, ...]:
    """The decisions that counted for the verdicts of the same arguments; what a plan's digest of decisions is over."""
    states = _replayed(scan, decisions, stewards, proposal_share, moments)
    return tuple(decision for state in states for decision in state.counted)


class Fate(StrEnum):
    """What became of a decision."""

    STANDS = "stands"
    """The verdict rests on it, or it took back another."""
    SUPERSEDED = "superseded"
    """Later decisions say all that it said, or otherwise."""
    WITHDRAWN = "withdrawn"
    """A later decision took it back."""
    IGNORED = "ignored"
    """It would loosen, and no listed steward signed it."""
    WAITING = "waiting"
    """The newest scan does not know the field."""


def fates(
    scan: Scan,
    decisions: Sequence[Decision],
    stewards: StewardKeys,
    proposal_share: float,
    moments: Moments | None = None,
) -> dict[tuple[FieldPath, int], Fate]:
    """What became of every decision of the dataset, by field and sequence. Raises `CatalogueError` as `verdicts`."""
    found = {(d.path, d.sequence): Fate.WAITING for d in decisions}
    for state in _replayed(scan, decisions, stewards, proposal_share, moments):
        own = {d.sequence: d for d in decisions if d.path == state.path}
        resting = {d.sequence for d in state.resting()} | state.withdrawals
        counted = {d.sequence for d in state.counted}
        for sequence in own:
            fate = Fate.SUPERSEDED if sequence in counted else Fate.IGNORED
            if sequence in state.withdrawn:
                fate = Fate.WITHDRAWN
            elif sequence in resting:
                fate = Fate.STANDS
            found[state.path, sequence] = fate
    return found


def bulk_count(found: Mapping[FieldPath, Verdict]) -> int:
    """How many fields rest on a decision that was taken in bulk."""
    return sum(verdict.bulk for verdict in found.values())


def verdict_if(
    scan: Scan,
    decisions: Sequence[Decision],
    stewards: StewardKeys,
    proposal_share: float,
    decision: Decision,
    moments: Moments | None = None,
) -> Verdict:
    """What the field of ``decision`` would be held to be if that were added to ``decisions`` with a good signature.

    Raises `CatalogueError` as `verdicts`, and for a field that the scan does not know.
    """
    own = [d for d in decisions if d.path == decision.path]
    for state in _replayed(
        scan, [*own, decision], stewards, proposal_share, moments, only=decision.path, trusted=decision
    ):
        return state.verdict()
    raise CatalogueError("no such field", where=f"{scan.dataset}.{show_path(decision.path)}")


def is_loosening(decision: Decision, before: Verdict, after: Verdict | None = None) -> bool:
    """Whether ``decision`` would loosen ``before``: a rejection, a not-personal, or a set that lacks a type.

    Of a withdrawal ``after`` says it (see `verdict_if`): without it, it is held to loosen.
    """
    match decision.kind:
        case DecisionKind.REJECT | DecisionKind.NOT_PERSONAL:
            return True
        case DecisionKind.SET:
            return not set(before.entities) <= set(decision.entities)
        case DecisionKind.CONFIRM:
            return False
        case DecisionKind.WITHDRAW:
            return after is None or _looser(before, after)


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions of one field, in their order, that no later one withdrew, were every withdrawal to count."""
    left: list[Decision] = []
    for decision in sorted(decisions, key=lambda d: d.sequence):
        if decision.kind is not DecisionKind.WITHDRAW:
            left.append(decision)
        elif left:
            left.pop()
    return left


def _looser(before: Verdict, after: Verdict) -> bool:
    """Whether a type is gone, one more is waived, or the field is newly held to be free of personal data."""
    freed = after.state is VerdictState.DECIDED and not after.entities
    was_free = before.state is VerdictState.DECIDED and not before.entities
    return (
        not set(before.entities) <= set(after.entities)
        or not set(after.waived) <= set(before.waived)
        or (freed and not was_free)
    )


@dataclass(slots=True)
class _State:
    """One field while its decisions are replayed."""

    path: FieldPath
    proposed: Mapping[str, datetime]
    """Types to since when they are proposed."""
    held: dict[str, Decision] = field(default_factory=dict)
    """Types that a person put here, to the newest decision that says so."""
    waived: dict[str, Decision] = field(default_factory=dict)
    not_personal: bool = False
    said: datetime | None = None
    """When a set or not-personal last said all there is."""
    confirmed: datetime | None = None
    saying: Decision | None = None
    """The standing set or not-personal."""
    by: str = ""
    ignored: int = 0
    counted: list[Decision] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)
    """Sequences of the decisions that were taken back."""
    withdrawals: set[int] = field(default_factory=set)
    """Sequences of those that took them back."""

    def evidence(self, until: datetime | None) -> tuple[str, ...]:
        """Proposed types that stand: neither waived, nor dismissed by what a person said who saw them.

        With ``until``: as somebody saw it who decided then; what is proposed since later was not there yet.
        """
        return tuple(
            entity
            for entity, since in self.proposed.items()
            if entity not in self.waived
            and not (self.said is not None and since <= self.said)
            and not (until is not None and since > until)
        )

    def entities(self, until: datetime | None = None) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*sorted(self.held), *self.evidence(until))))

    def replay(self, decision: Decision, signed: Callable[[Decision], bool]) -> None:
        at = moment(decision.at)
        before = Verdict(self.path, VerdictState.PROPOSED, self.entities(at))
        if not well_formed(decision.kind, decision.entities) or (
            is_loosening(decision, before) and not signed(decision)
        ):
            self.ignored += 1
            return
        self.counted.append(decision)
        self.by = decision.who
        match decision.kind:
            case DecisionKind.REJECT:
                self.held.pop(decision.entities[0], None)
                self.waived[decision.entities[0]] = decision
            case DecisionKind.CONFIRM:
                if self.not_personal:
                    # The two words contradict each other: what not-personal dismissed is open again.
                    self.not_personal, self.said, self.saying = False, None, None
                self.confirmed = at
                self._hold(decision)
            case DecisionKind.SET:
                self.held.clear()
                self.not_personal, self.said, self.saying = False, at, decision
                self._hold(decision)
            case DecisionKind.NOT_PERSONAL:
                self.held.clear()
                self.not_personal, self.said, self.saying = True, at, decision
            case DecisionKind.WITHDRAW:
                raise AssertionError("a withdrawal is no word about the field")  # `_replay` takes them out

    def _hold(self, decision: Decision) -> None:
        for entity in decision.entities:
            self.held[entity] = decision
            self.waived.pop(entity, None)

    def resting(self) -> tuple[Decision, ...]:
        """The decisions that the verdict rests on."""
        saying = () if self.saying is None else (self.saying,)
        return (*saying, *self.held.values(), *self.waived.values())

    def verdict(self) -> Verdict:
        fresh = tuple(entity for entity in self.evidence(None) if entity not in self.held)
        state, notes = self._judge(fresh)
        if self.ignored:
            notes = (*notes, f"{self.ignored} decisions that loosen are not signed by a listed steward: ignored")
        return Verdict(
            path=self.path,
            state=state,
            entities=self.entities(),
            waived=tuple(sorted(self.waived)),
            by=self.by,
            bulk=any(decision.bulk for decision in self.resting()),
            ignored=self.ignored,
            notes=notes,
        )

    def _judge(self, fresh: tuple[str, ...]) -> tuple[VerdictState, tuple[str, ...]]:
        names = ", ".join(fresh)
        newer = self.confirmed is not None and any(self.proposed[entity] > self.confirmed for entity in fresh)
        if fresh and (self.said is not None or (self.held and newer)):
            return VerdictState.CONFLICT, (f"found since that was decided: {names}",)
        if fresh and self.held:
            return VerdictState.PROPOSED, (f"proposed and not confirmed: {names}",)
        if fresh:
            return VerdictState.PROPOSED, ()
        if self.held or self.not_personal:
            return VerdictState.DECIDED, ()
        silent = ("every type seen is rejected; nobody has said what the field is",) if self.waived else ()
        return VerdictState.UNDECIDED, silent


def _replayed(
    scan: Scan,
    decisions: Sequence[Decision],
    stewards: StewardKeys,
    proposal_share: float,
    moments: Moments | None = None,
    *,
    only: FieldPath | None = None,
    trusted: Decision | None = None,
) -> Iterator[_State]:
    """Every field, or ``only`` one, with its decisions replayed; ``trusted`` counts as if a steward had signed it."""
    by_field: dict[FieldPath, list[Decision]] = {}
    for decision in decisions:
        if decision.dataset != scan.dataset:
            raise CatalogueError("decisions of another dataset", where=f"dataset {scan.dataset}")
        by_field.setdefault(decision.path, []).append(decision)
    if only is not None:
        scan = replace(scan, evidence=tuple(found for found in scan.evidence if found.path == only))
    proposed = proposals(scan, proposal_share)
    scanned = moment(scan.at)
    for path in dict.fromkeys(leaf.path for leaf in scan.schema.fields()):
        if only is not None and path != only:
            continue
        own = sorted(by_field.get(path, ()), key=lambda d: d.sequence)
        for number, decision in enumerate(own, start=1):
            if decision.sequence != number:
                raise CatalogueError(
                    f"decision {number} is missing, or there are two of it",
                    where=f"{scan.dataset}.{show_path(path)}",
                    do="restore the catalogue from a copy",
                )
        since = (moments or {}).get(path, {})
        types = {entity: since.get(entity, scanned) for entity in proposed.get(path, ())}
        yield _replay(
            lambda path=path, types=types: _State(path, types),  # type: ignore[misc]
            own,
            lambda decision: decision is trusted or check_signature(decision, stewards),
        )


def _replay(new: Callable[[], _State], own: Sequence[Decision], signed: Callable[[Decision], bool]) -> _State:
    """One field's decisions, in their order, with those taken out that a withdrawal which counts takes back."""
    state, left, refused = new(), list[Decision](), 0
    withdrawn, withdrawals = set[int](), set[int]()
    for decision in own:
        if decision.kind is not DecisionKind.WITHDRAW:
            state.replay(decision, signed)
            left.append(decision)
            continue
        without = new()
        for earlier in left[:-1]:
            without.replay(earlier, signed)
        moment(decision.at)  # a time that is none refuses, as everywhere
        sound = bool(left) and well_formed(decision.kind, decision.entities)
        if sound and (signed(decision) or not is_loosening(decision, state.verdict(), without.verdict())):
            state = without
            withdrawn.add(left.pop().sequence)
            withdrawals.add(decision.sequence)
        else:
            refused += 1
    state.ignored += refused
    state.withdrawn, state.withdrawals = withdrawn, withdrawals
    return state


def moment(text: str) -> datetime:
    """A UTC moment; a time without an offset is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CatalogueError("a time that is not ISO 8601") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
