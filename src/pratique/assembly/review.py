"""A review: the queue of fields that nobody decided, what a decision would change, decisions taken on what was shown.

Every decision is stored the moment it is taken, with the number that follows those which the reviewer saw. If somebody
else decided on the field meanwhile, or it was scanned again, nothing is stored and `CatalogueError` says so.
"""

import contextlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pratique.assembly.knowledge import (
    Knowledge,
    dataset_of,
    know,
    note_proposals,
    scanned_datasets,
    signer_of,
    verdict_after,
)
from pratique.assembly.parts import Assembly
from pratique.assembly.samples import sample_shapes
from pratique.assembly.type_names import type_names
from pratique.catalogue import is_loosening, make_decision, sign_decision, standing
from pratique.errors import CatalogueError, PratiqueError
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Verdict
from pratique.model.codec import digest
from pratique.model.paths import FieldPath, show_path
from pratique.pipeline.reviewing import Choice, FieldName, FlowChange, Option, ReviewItem, ShapesSeen, TypeName
from pratique.policy.outlook import FlowState, Joins, Outlook
from pratique.policy.queue import Risk, rank

_SAMPLED = 2_000
"""Records that are read for masked shapes."""
_LONGEST_PLACE = 1 << 20
_LATER = datetime.max.replace(tzinfo=UTC).isoformat()
"""When a decision that is only thought of would be taken: after everything that is proposed now."""


class Review:
    """The fields of some datasets, as they stand, and the decisions that one reviewer takes on them."""

    def __init__(self, assembly: Assembly, dataset: str | None, steward: str | None, today: date) -> None:
        """Of one dataset, or of all that were scanned. With ``steward`` every decision is signed.

        Raises `ConfigError` and `KeyStoreError` where that steward's key is not there.
        """
        self._assembly = assembly
        self._today = today
        self.signs = steward is not None
        self.who = steward or assembly.who
        self.stewards = tuple(assembly.settings.stewards)
        """Those whose signature counts, as the project file names them."""
        self._signer = None if steward is None else signer_of(assembly, steward)
        self._families = assembly.detector.families
        scanned = scanned_datasets(assembly)
        self.datasets = [dataset] if dataset is not None else scanned
        self._known: dict[str, Knowledge] = {}
        self._outlooks: dict[str, list[Outlook]] = {}
        self._shapes: dict[str, ShapesSeen] = {}
        self._joined: Joins | None = None
        # Fields join across flows, so all flows are looked at, whatever is reviewed.
        for name in dict.fromkeys((*self.datasets, *scanned)):
            self._load(name)
        self._items = {item.name: item for name in self.datasets for item in self._items_of(name)}

    # --- what there is ---

    def reload(self, datasets: Iterable[str]) -> None:
        """Read some datasets' scans and decisions again."""
        for name in datasets:
            self._load(name)
            self._items |= {item.name: item for item in self._items_of(name)}

    def _load(self, name: str) -> None:
        known = self._known[name] = know(self._assembly, name)
        settings = self._assembly.settings
        region = dataset_of(self._assembly, name).region
        self._joined = None
        self._outlooks[name] = [
            Outlook(
                settings,
                flow.name,
                scan=known.scan,
                verdicts=known.verdicts,
                transforms=self._assembly.transforms,
                key_version=lambda domain: self._assembly.keys(region).current_version(domain),
                today=self._today,
                known_entities=self._families,
            )
            for flow in settings.flows.values()
            if flow.source == name
        ]

    def _items_of(self, name: str) -> Iterable[ReviewItem]:
        known, outlooks = self._known[name], self._outlooks[name]
        joins = self._joins()
        evidence = {e.path: e for e in known.scan.evidence}
        decisions: dict[FieldPath, list[Decision]] = {}
        for decision in known.decisions:
            decisions.setdefault(decision.path, []).append(decision)
        for field in known.scan.schema.fields():
            seen = evidence.get(field.path) or Evidence(field.path, 0, 0, 0, 0.0, 0.0, ())
            verdict = known.verdicts[field.path]
            outcomes = [outlook.outcome(field.path, joins) for outlook in outlooks]
            yield ReviewItem(
                dataset=name,
                path=field.path,
                kinds=tuple(sorted(field.kinds)),
                evidence=seen,
                verdict=verdict,
                decisions=decisions.get(field.path, []),
                records=known.scan.records,
                miss_bound=known.scan.miss_bound,
                scanned=known.scan.at,
                rank=rank(verdict, seen, known.scan.records, outcomes),
                outcomes=outcomes,
            )

    def _joins(self) -> Joins:
        if self._joined is None:
            self._joined = Joins([outlook for outlooks in self._outlooks.values() for outlook in outlooks])
        return self._joined

    def queue(self) -> list[ReviewItem]:
        """Fields that need a decision, in the order of `pratique.policy.queue`."""
        waiting = [item for item in self._items.values() if item.rank.risk is not Risk.DECIDED]
        return sorted(waiting, key=lambda item: item.rank.key)

    def fields(self) -> Sequence[ReviewItem]:
        """Every field, decided or not, by dataset, in document order."""
        return tuple(self._items.values())

    def item(self, name: FieldName) -> ReviewItem | None:
        """A field as it stands; None if no scan knows it any more."""
        return self._items.get(name)

    def flows(self) -> list[FlowState]:
        """Every flow that reads one of the datasets: could it run?"""
        return [outlook.state() for name in self.datasets for outlook in self._outlooks[name]]

    def shapes(self, dataset: str) -> ShapesSeen:
        """What values of the dataset's fields look like, masked; read once from its first records, and only shown."""
        if dataset not in self._shapes:
            try:
                sample = sample_shapes(self._assembly, dataset, (), records=_SAMPLED, progress=lambda *_: None)
                self._shapes[dataset] = ShapesSeen({found.path: found for found in sample.fields})
            except PratiqueError as error:
                self._shapes[dataset] = ShapesSeen(problem=error.line)
        return self._shapes[dataset]

    # --- where one stopped ---

    def remember(self, name: FieldName) -> None:
        """Write down, in the state of its region, that this field is on screen, so that the next review begins there.

        A convenience: where it cannot be written, the next review begins at the front.
        """
        path = self._place(dataset_of(self._assembly, name[0]).region)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".unfinished")
            unfinished.write_text(json.dumps({"dataset": name[0], "field": name[1], "at": _now()}), encoding="utf-8")
            unfinished.replace(path)

    def remembered(self) -> FieldName | None:
        """The field that was on screen last, of those that still wait; None if nobody knows."""
        found: list[tuple[str, FieldName]] = []
        for region in dict.fromkeys(dataset_of(self._assembly, name).region for name in self.datasets):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                place = json.loads(self._place(region).read_bytes()[:_LONGEST_PLACE])
                found.append((str(place["at"]), (str(place["dataset"]), tuple(map(str, place["field"])))))
        waiting = {item.name for item in self.queue()}
        return next((name for _, name in sorted(found, reverse=True) if name in waiting), None)

    def _place(self, region: str) -> Path:
        return self._assembly.state(region) / "review" / f"{digest(self.who)[:16]}.json"

    # --- what if ---

    def options(self, item: ReviewItem) -> list[Option]:
        """The decisions that need no further word: confirm what is proposed, reject each type of it, not personal."""
        found = [self.what_if(item, DecisionKind.CONFIRM, item.verdict.entities)] if item.verdict.entities else []
        found += [self.what_if(item, DecisionKind.REJECT, (entity,)) for entity in item.verdict.entities]
        return [*found, self.what_if(item, DecisionKind.NOT_PERSONAL, ())]

    def what_if(self, item: ReviewItem, kind: DecisionKind, entities: Sequence[str]) -> Option:
        """What one decision would change, if it were signed; raises `CatalogueError` for one that makes no sense."""
        known = self._known[item.dataset]
        decision = self._make(Choice(item, kind, tuple(entities)), "what if", _LATER, "")
        after = verdict_after(self._assembly, known, decision)
        joins = self._joins()
        changes = []
        for outlook in self._outlooks[item.dataset]:
            then = outlook.after({item.path: after})
            changes.append(
                FlowChange(
                    outlook.outcome(item.path, joins), then.outcome(item.path, joins), outlook.state(), then.state()
                )
            )
        return Option(
            kind=kind,
            entities=decision.entities,
            loosens=is_loosening(decision, item.verdict, after),
            found=tuple(t.entity for t in item.evidence.types if t.hits),
            verdict=after,
            changes=changes,
        )

    def flows_after(self, options: Sequence[tuple[ReviewItem, Option]]) -> list[tuple[FlowState, FlowState]]:
        """Every flow of the fields' datasets, now and were all these decisions taken together."""
        changes: dict[str, dict[FieldPath, Verdict]] = {}
        for item, option in options:
            changes.setdefault(item.dataset, {})[item.path] = option.verdict
        return [
            (outlook.state(), outlook.after(verdicts).state())
            for name, verdicts in changes.items()
            for outlook in self._outlooks[name]
        ]

    @property
    def families(self) -> Mapping[str, str]:
        """Every known type to its family."""
        return self._families

    def entities(self) -> list[TypeName]:
        """Every type that a field can be held to be: those first that the project speaks of, then those of no
        country, those of its regions' countries, the rest.
        """
        settings = self._assembly.settings
        families = self._families
        used = {entity.name for entity in settings.detection.entities}
        used |= {entity for policy in settings.policies.values() for entity in policy.entities}
        for item in self._items.values():
            used |= {*item.verdict.entities, *(seen.entity for seen in item.evidence.types if seen.hits)}
        return type_names(families, used, settings.regions)

    # --- decide ---

    def decide(self, choices: Sequence[Choice], reason: str) -> list[Decision]:
        """Take decisions on fields as they were shown: all of one region, or none of it. Several are a bulk decision.

        Raises `CatalogueError` where one loosens and nobody signs, and where a field is not as it was shown any more.
        """
        for name in dict.fromkeys(choice.item.dataset for choice in choices):
            note_proposals(self._assembly, name)
        # Before looking: what a scan finds from now on was not known to who decides.
        at, bulk = _now(), uuid.uuid4().hex if len(choices) > 1 else ""
        fresh = {name: know(self._assembly, name) for name in dict.fromkeys(c.item.dataset for c in choices)}
        made = []
        for choice in choices:
            item, known = choice.item, fresh[choice.item.dataset]
            if known.scan.at != item.scanned or _of(known, item.path) != list(item.decisions):
                raise _meanwhile(item)
            if known.verdicts[item.path] != item.verdict:  # scored anew meanwhile
                raise _meanwhile(item)
            made.append(self._signed(known, self._make(choice, reason, at, bulk), item))
        self._store(made)
        return made

    def withdraw(self, decisions: Sequence[Decision], reason: str) -> list[Decision]:
        """Take decisions back, each the newest of its field that stands; as `decide`, all of one region or none of it.

        Raises `CatalogueError` where one of them is not the newest any more, for somebody decided since; and where
        taking it back loosens and nobody signs.
        """
        at, bulk = _now(), uuid.uuid4().hex if len(decisions) > 1 else ""
        fresh = {name: know(self._assembly, name) for name in dict.fromkeys(d.dataset for d in decisions)}
        made = []
        for decision in decisions:
            known, item = fresh[decision.dataset], self._items[decision.dataset, decision.path]
            own = _of(known, decision.path)
            if standing(own)[-1:] != [decision] or own != list(item.decisions):
                raise _meanwhile(item)
            choice = Choice(item, DecisionKind.WITHDRAW)
            made.append(self._signed(known, self._make(choice, reason, at, bulk), item))
        self._store(made)
        return made

    def _signed(self, known: Knowledge, decision: Decision, item: ReviewItem) -> Decision:
        if self._signer is not None:
            return sign_decision(decision, self._signer)
        after = verdict_after(self._assembly, known, decision) if decision.kind is DecisionKind.WITHDRAW else None
        if is_loosening(decision, known.verdicts[decision.path], after):
            names = " or ".join(self._assembly.settings.stewards) or "NAME (the project file lists none)"
            raise CatalogueError(
                f"{decision.kind.value} loosens, so it counts only with a steward's signature",
                where=f"{item.dataset}.{show_path(item.path)}",
                do=f"start again with --as {names}",
            )
        return decision

    def _store(self, made: Sequence[Decision]) -> None:
        settings = self._assembly.settings
        regions: dict[str, list[Decision]] = {}
        for decision in made:
            regions.setdefault(settings.datasets[decision.dataset].region, []).append(decision)
        try:
            for region, some in regions.items():
                self._assembly.catalogue(region).add_decisions(some)
        finally:
            self.reload(dict.fromkeys(d.dataset for d in made))

    def _make(self, choice: Choice, reason: str, at: str, bulk: str) -> Decision:
        item = choice.item
        entities = choice.entities or (item.verdict.entities if choice.kind is DecisionKind.CONFIRM else ())
        return make_decision(
            item.decisions,
            dataset=item.dataset,
            path=item.path,
            kind=choice.kind,
            entities=entities,
            who=self.who,
            reason=reason,
            at=at,
            bulk=bulk,
        )


def _of(known: Knowledge, path: FieldPath) -> list[Decision]:
    return [d for d in known.decisions if d.path == path]


def _meanwhile(item: ReviewItem) -> CatalogueError:
    return CatalogueError(
        "somebody decided on this field or scanned it meanwhile, so nothing was stored",
        where=f"{item.dataset}.{show_path(item.path)}",
        do="look at it again and repeat the decision if it still holds",
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
