"""What happened to a dataset in the catalogue, and how two of its states differ."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pratique.assembly.knowledge import dataset_of, know
from pratique.assembly.parts import Assembly
from pratique.catalogue import (
    Moments,
    changes,
    check_signature,
    fates,
    latest,
    moments,
    proposals,
    proposed,
    verdicts,
)
from pratique.catalogue.exchange import kinds_of
from pratique.config.exchange import MAX_BYTES, read_exchange
from pratique.errors import CatalogueError, ConfigError
from pratique.infer import differences
from pratique.model.catalogue import Decision, Scan, Scoring, Verdict
from pratique.model.paths import FieldPath, show_path
from pratique.pipeline.knowing import CatalogueDiff, Event, EventKind, FieldDiff, Signed

NOW: Final = "now"
_FILES: Final = (".yaml", ".yml")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")
"""Longer ones are days: 20260131."""
_Proposed = Mapping[FieldPath, tuple[str, ...]]


# --- history ---------------------------------------------------------------------------------------------------------


def history(assembly: Assembly, name: str, paths: Collection[FieldPath]) -> list[Event]:
    """Every scan, scoring and decision of a dataset, oldest first; of some fields only where any are named.

    Times are what was written down then. `CatalogueError` where the dataset was never scanned, or where neither scans
    nor decisions know a field.
    """
    known = know(assembly, name)
    store = assembly.catalogue(dataset_of(assembly, name).region)
    stewards, share = assembly.steward_keys(), assembly.settings.detection.proposal_share
    became = fates(known.scan, known.decisions, stewards, share, known.moments)
    events = list(_looks(store.scans(name), {s.at: store.scorings(s) for s in store.scans(name)}, share))
    events += [
        Event(
            dataset=name,
            at=d.at,
            kind=EventKind.DECISION,
            path=d.path,
            decision=d,
            fate=became[d.path, d.sequence],
            signed=Signed.GOOD if check_signature(d, stewards) else Signed.BAD if d.signature else Signed.NO,
        )
        for d in known.decisions
    ]
    if paths:
        there = {path for event in events for path in (event.path, *(path for path, _ in event.changes))}
        there |= set(known.verdicts)
        for path in paths:
            if path not in there:
                raise CatalogueError(
                    "the catalogue has no such field",
                    where=f"{name}.{show_path(path)}",
                    do=f"pratique catalogue list {name} shows those it has",
                )
        events = [_of(event, paths) for event in events if event.kind is not EventKind.DECISION or event.path in paths]
    # A look comes before a decision of the same moment: who decided then had seen it.
    return sorted(events, key=lambda event: (_moment(event.at), event.kind is EventKind.DECISION))


def _of(event: Event, paths: Collection[FieldPath]) -> Event:
    if event.kind is EventKind.DECISION:
        return event
    return replace(event, changes=tuple((path, text) for path, text in event.changes if path in paths))


def _looks(scans: Sequence[Scan], scorings: Mapping[str, Sequence[Scoring]], share: float) -> Iterator[Event]:
    before: Scan | None = None
    last: _Proposed = {}
    for number, scan in enumerate(scans, start=1):
        scored = scorings[scan.at]
        found: _Proposed = proposed(scored[0]) if scored else proposals(scan, share)
        told: list[tuple[FieldPath, str]] = []
        if before is not None:
            told += [(d.path, f"{d.kind.value} ({d.detail})") for d in differences(before.schema, scan.schema)]
        told += _told(last, found)
        yield Event(scan.dataset, scan.at, EventKind.SCAN, number=number, records=scan.records, changes=tuple(told))
        before, last = scan, found
        for scoring in scored[1:]:
            found = proposed(scoring)
            yield Event(scan.dataset, scoring.at, EventKind.SCORING, number=number, changes=tuple(_told(last, found)))
            last = found


def _told(before: _Proposed, after: _Proposed) -> list[tuple[FieldPath, str]]:
    return [
        (c.path, ", ".join((*(f"+{entity}" for entity in c.gained), *(f"-{entity}" for entity in c.lost))))
        for c in changes(before, after)
    ]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


# --- diff ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _State:
    """One state of a dataset."""

    label: str
    kinds: Mapping[FieldPath, str]
    proposed: _Proposed
    decisions: Sequence[Decision]
    verdicts: Mapping[FieldPath, Verdict]
    """Empty of a file."""


def diff(assembly: Assembly, name: str, before: str, after: str) -> CatalogueDiff:
    """How two states of a dataset differ: kinds, proposals, verdicts, decisions.

    A state is ``now``, a scan by its number (``1`` is the first), a moment (ISO 8601; UTC where it does not say; a day
    is its beginning), or an exported file (``….yaml``); ``before`` may be empty: the scan before the newest. Past
    verdicts are taken with today's stewards and threshold. Raises `ConfigError` or `CatalogueError` for a state that
    there is not.
    """
    known = know(assembly, name)
    store = assembly.catalogue(dataset_of(assembly, name).region)
    scans = store.scans(name)
    first = _state(assembly, name, before or str(max(1, len(scans) - 1)), scans, known.decisions)
    second = _state(assembly, name, after, scans, known.decisions)
    paths = dict.fromkeys((*second.kinds, *first.kinds, *(d.path for d in (*first.decisions, *second.decisions))))
    found = [_field(path, first, second) for path in paths]
    return CatalogueDiff(name, first.label, second.label, [field for field in found if field is not None])


def _field(path: FieldPath, first: _State, second: _State) -> FieldDiff | None:
    was, now = (set(state.proposed.get(path, ())) for state in (first, second))
    mine, theirs = ([d for d in state.decisions if d.path == path] for state in (first, second))
    told = FieldDiff(
        path=path,
        before=first.kinds.get(path),
        after=second.kinds.get(path),
        gained=tuple(sorted(now - was)),
        lost=tuple(sorted(was - now)),
        was_held=first.verdicts.get(path),
        is_held=second.verdicts.get(path),
        decisions=tuple(d for d in theirs if d not in mine),
        missing=tuple(d for d in mine if d not in theirs),
    )
    held = told.was_held is not None and told.is_held is not None and _held(told.was_held) != _held(told.is_held)
    differs = told.before != told.after or told.gained or told.lost or told.decisions or told.missing or held
    return told if differs else None


def _held(verdict: Verdict) -> tuple[object, ...]:
    return (verdict.state, frozenset(verdict.entities), verdict.waived)


def _state(assembly: Assembly, name: str, which: str, scans: Sequence[Scan], decisions: Sequence[Decision]) -> _State:
    if which.lower().endswith(_FILES):
        return _of_file(name, Path(which))
    if which == NOW:
        return _past(assembly, scans[-1], decisions, "now", None)
    if _NUMBER.fullmatch(which):
        if not 1 <= int(which) <= len(scans):
            raise CatalogueError(f"has no scan {which}: they are numbered 1 to {len(scans)}", where=f"dataset {name}")
        scan = scans[int(which) - 1]
        return _past(assembly, scan, decisions, f"scan {which} of {scan.at[:16]}", _moment(scan.at))
    try:
        until = _moment(which)
    except ValueError:
        raise ConfigError(
            "not a state of the catalogue",
            where=f"dataset {name}",
            do="give now, a scan's number, a moment like 2026-01-31T12:00, or an exported file like movie.yaml",
        ) from None
    there = [scan for scan in scans if _moment(scan.at) <= until]
    if not there:
        raise CatalogueError("was not scanned yet at that moment", where=f"dataset {name}")
    return _past(assembly, there[-1], decisions, which, until)


def _past(assembly: Assembly, scan: Scan, decisions: Sequence[Decision], label: str, until: datetime | None) -> _State:
    stewards, share = assembly.steward_keys(), assembly.settings.detection.proposal_share
    scorings: Sequence[Scoring] = assembly.catalogue(dataset_of(assembly, scan.dataset).region).scorings(scan)
    found: _Proposed
    since: Moments
    if until is None:
        held = latest(scan, scorings)
        found, since = proposals(held, share), moments(scan, scorings, share)
    else:
        scorings = [s for number, s in enumerate(scorings) if not number or _moment(s.at) <= until]
        decisions = _until(decisions, until)
        held = latest(scan, scorings)
        found, since = (proposed(scorings[-1]) if scorings else proposals(held, share)), moments(scan, scorings, share)
    return _State(label, kinds_of(scan), found, decisions, verdicts(held, decisions, stewards, share, since))


def _until(decisions: Sequence[Decision], until: datetime) -> list[Decision]:
    """Of each field the decisions from the first on that were taken by then."""
    left: dict[FieldPath, bool] = {}
    found = []
    for decision in sorted(decisions, key=lambda d: d.sequence):
        if left.get(decision.path, True) and _moment(decision.at) <= until:
            found.append(decision)
        else:
            left[decision.path] = False
    return found


def _of_file(name: str, file: Path) -> _State:
    data = read_file(file)
    exported = read_exchange(data, file.name)
    if exported.problems:
        raise exported.problems[0]
    if exported.dataset != name:
        raise ConfigError(f"the file is of dataset {exported.dataset}", where=file.name)
    return _State(
        label=file.name,
        kinds={field.path: field.kinds for field in exported.fields if field.kinds},
        proposed={field.path: field.proposed for field in exported.fields},
        decisions=[
            replace(entry.decision(name, field.path), sequence=number)
            for field in exported.fields
            for number, entry in enumerate(field.entries, start=1)
        ],
        verdicts={},
    )


def read_file(file: Path) -> bytes:
    """An exported file's bytes, up to one more than the reader takes; `ConfigError` where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError("there is no such file", where=str(file)) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(file)) from None
