"""Verdicts: what every field is held to be, from the newest scan and all decisions. Pure logic.

The rules, in the order in which they work:

1. *Proposals* are what `propose` makes of the newest scan. They never loosen, and count without anybody's agreement.
2. A field's decisions are replayed by their number, 1, 2, 3 …; a gap or a double refuses, for a lost decision may be a
   strict one.
3. ``confirm`` adds its types. It never takes one away, so proposals that it leaves out stay proposed.
4. ``set`` says what the types are, ``not-personal`` that there are none. What the evidence of the time showed beyond
   that is dismissed, for whoever decided has seen it. (The time of a decision is its ``at``, which a signature covers:
   a steward who signs a time to come dismisses what is found until then.)
5. ``reject TYPE`` takes the type away and waives it, whatever later evidence says, until somebody confirms or sets it
   again. It says nothing about other types: a field whose only type is rejected is *undecided*, and quarantines, until
   somebody says ``not-personal`` or sets another type. ("This is no name" is not "this is nobody's data".)
6. What loosens counts only with a listed steward's signature; otherwise it is passed over, and counted in ``ignored``.
7. Types that a scan newer than the deciding word proposes, and that nobody waived, are a *conflict*: the field is
   treated as both say, the decided types and the new. A waiver, or a decision newer than the scan, settles it.

It follows, and a property test holds it, that a decision without a good signature never removes a type from a verdict,
never waives one and never makes a field free of personal data.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pratique.catalogue.decisions import check_signature, well_formed
from pratique.catalogue.proposals import propose
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind, Scan, Verdict, VerdictState
from pratique.model.paths import FieldPath, show_path

StewardKeys = Mapping[str, bytes]
"""Stewards' names to their raw Ed25519 public keys."""


def verdicts(
    scan: Scan, decisions: Sequence[Decision], stewards: StewardKeys, proposal_share: float
) -> dict[FieldPath, Verdict]:
    """The verdict of every leaf of the scan's schema, in its order.

    Decisions of fields that the scan does not know wait for a scan that does.
    Raises `CatalogueError` where a field's decisions are not numbered 1, 2, 3 … or are of another dataset.
    """
    return {state.path: state.verdict() for state in _replayed(scan, decisions, stewards, proposal_share)}


def counted(
    scan: Scan, decisions: Sequence[Decision], stewards: StewardKeys, proposal_share: float
) -> tuple[Decision, ...]:
    """The decisions that counted for the verdicts of the same arguments; what a plan's digest of decisions is over."""
    states = _replayed(scan, decisions, stewards, proposal_share)
    return tuple(decision for state in states for decision in state.counted)


def bulk_count(found: Mapping[FieldPath, Verdict]) -> int:
    """How many fields rest on a decision that was taken in bulk."""
    return sum(verdict.bulk for verdict in found.values())


def is_loosening(decision: Decision, before: Verdict) -> bool:
    """Whether ``decision`` would loosen ``before``: a rejection, a not-personal, or a set that lacks a type."""
    match decision.kind:
        case DecisionKind.REJECT | DecisionKind.NOT_PERSONAL:
            return True
        case DecisionKind.SET:
            return not set(before.entities) <= set(decision.entities)
        case DecisionKind.CONFIRM:
            return False


@dataclass(slots=True)
class _State:
    """One field while its decisions are replayed."""

    path: FieldPath
    proposed: tuple[str, ...]
    scanned: datetime
    held: dict[str, bool] = field(default_factory=dict)
    """Types that a person put here, to whether that was in bulk."""
    waived: dict[str, bool] = field(default_factory=dict)
    not_personal: bool = False
    said: datetime | None = None
    """When a set or not-personal last said all there is."""
    confirmed: datetime | None = None
    bulk: bool = False
    """Whether the standing set or not-personal was in bulk."""
    by: str = ""
    ignored: int = 0
    counted: list[Decision] = field(default_factory=list)

    def evidence(self, until: datetime | None) -> tuple[str, ...]:
        """Proposed types that stand: neither waived, nor dismissed by what a person said of this very scan.

        With ``until``: as somebody saw it who decided then; a newer scan was not there yet.
        """
        if self.said is not None and self.scanned <= self.said:
            return ()
        if until is not None and self.scanned > until:
            return ()
        return tuple(entity for entity in self.proposed if entity not in self.waived)

    def entities(self, until: datetime | None = None) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*sorted(self.held), *self.evidence(until))))

    def replay(self, decision: Decision, stewards: StewardKeys) -> None:
        at = _time(decision.at)
        before = Verdict(self.path, VerdictState.PROPOSED, self.entities(at))
        if not well_formed(decision.kind, decision.entities) or (
            is_loosening(decision, before) and not check_signature(decision, stewards)
        ):
            self.ignored += 1
            return
        self.counted.append(decision)
        self.by = decision.who
        bulk = bool(decision.bulk)
        match decision.kind:
            case DecisionKind.REJECT:
                self.held.pop(decision.entities[0], None)
                self.waived[decision.entities[0]] = bulk
            case DecisionKind.CONFIRM:
                if self.not_personal:
                    # The two words contradict each other: what not-personal dismissed is open again.
                    self.not_personal, self.said, self.bulk = False, None, False
                self.confirmed = at
                self._hold(decision.entities, bulk)
            case DecisionKind.SET:
                self.held.clear()
                self.not_personal, self.said, self.bulk = False, at, bulk
                self._hold(decision.entities, bulk)
            case DecisionKind.NOT_PERSONAL:
                self.held.clear()
                self.not_personal, self.said, self.bulk = True, at, bulk

    def _hold(self, entities: Sequence[str], bulk: bool) -> None:  # noqa: FBT001 (a fact, not a switch)
        for entity in entities:
            self.held[entity] = bulk
            self.waived.pop(entity, None)

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
            bulk=self.bulk or any(self.held.values()) or any(self.waived.values()),
            ignored=self.ignored,
            notes=notes,
        )

    def _judge(self, fresh: tuple[str, ...]) -> tuple[VerdictState, tuple[str, ...]]:
        names = ", ".join(fresh)
        newer = self.confirmed is not None and self.scanned > self.confirmed
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
    scan: Scan, decisions: Sequence[Decision], stewards: StewardKeys, proposal_share: float
) -> Iterator[_State]:
    by_field: dict[FieldPath, list[Decision]] = {}
    for decision in decisions:
        if decision.dataset != scan.dataset:
            raise CatalogueError("decisions of another dataset", where=f"dataset {scan.dataset}")
        by_field.setdefault(decision.path, []).append(decision)
    proposed: dict[FieldPath, tuple[str, ...]] = {}
    for evidence in scan.evidence:
        proposed[evidence.path] = (*proposed.get(evidence.path, ()), *propose(evidence, proposal_share))
    scanned = _time(scan.at)
    for path in dict.fromkeys(leaf.path for leaf in scan.schema.fields()):
        state = _State(path, tuple(dict.fromkeys(proposed.get(path, ()))), scanned)
        for number, decision in enumerate(sorted(by_field.get(path, ()), key=lambda d: d.sequence), start=1):
            if decision.sequence != number:
                raise CatalogueError(
                    f"decision {number} is missing, or there are two of it",
                    where=f"{scan.dataset}.{show_path(path)}",
                    do="restore the catalogue from a copy",
                )
            state.replay(decision, stewards)
        yield state


def _time(text: str) -> datetime:
    """A UTC moment; a time without an offset is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CatalogueError("a time that is not ISO 8601") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
