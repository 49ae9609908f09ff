"""Know: scan datasets, show what the catalogue holds, take decisions."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pratique.assembly.parts import Assembly
from pratique.catalogue import (
    bulk_count,
    counted,
    decisions_digest,
    is_loosening,
    make_decision,
    sign_decision,
    verdicts,
)
from pratique.errors import CatalogueError, ConfigError
from pratique.infer import differences, scan
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, Verdict
from pratique.model.data import Dataset, FormatSpec
from pratique.model.paths import FieldPath, show_path
from pratique.pipeline.results import FieldView, ScanReport

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is held of one dataset, as plans use it."""

    scan: Scan
    verdicts: Mapping[FieldPath, Verdict]
    decisions: Sequence[Decision]
    digest: str
    """Of the decisions that counted."""
    bulk: int
    """How many fields rest on a bulk decision."""


def scan_dataset(assembly: Assembly, name: str, progress: Progress) -> ScanReport:
    """Look at a dataset and write what was found to its region's catalogue."""
    dataset = dataset_of(assembly, name)
    source = assembly.source(dataset)
    inputs = source.inputs()
    form, options = assembly.format_of(dataset, inputs[0].name)
    found = scan(
        source,
        form,
        FormatSpec(form.name, options),
        assembly.detector,
        name,
        progress=lambda done, whole: progress(f"scan {name}", done, whole),
    )
    store = assembly.catalogue(dataset.region)
    before = store.latest_scan(name)
    store.add_scan(found)
    assembly.audit(dataset.region).append(
        "scan", assembly.who, {"dataset": name, "records": found.records, "fields": len(found.evidence)}
    )
    changes = (
        []
        if before is None
        else [f"{d.kind}: {show_path(d.path)} ({d.detail})" for d in differences(before.schema, found.schema)]
    )
    return ScanReport(found, know(assembly, name).verdicts, changes)


def know(assembly: Assembly, name: str) -> Knowledge:
    """What the catalogue holds of a dataset; `CatalogueError` if it was never scanned."""
    dataset = dataset_of(assembly, name)
    store = assembly.catalogue(dataset.region)
    found = store.latest_scan(name)
    if found is None:
        raise CatalogueError("was never scanned", where=f"dataset {name}", do=f"run: pratique scan {name}")
    decisions = store.decisions(name)
    stewards = assembly.steward_keys()
    share = assembly.settings.detection.proposal_share
    held = verdicts(found, decisions, stewards, share)
    return Knowledge(
        found, held, decisions, decisions_digest(counted(found, decisions, stewards, share)), bulk_count(held)
    )


def fields(assembly: Assembly, name: str) -> list[FieldView]:
    """Every field of a scanned dataset, in document order."""
    known = know(assembly, name)
    evidence = {e.path: e for e in known.scan.evidence}
    return [
        FieldView(
            dataset=name,
            path=path,
            evidence=evidence.get(path) or Evidence(path, 0, 0, 0, 0.0, 0.0, ()),
            verdict=verdict,
            decisions=[d for d in known.decisions if d.path == path],
        )
        for path, verdict in known.verdicts.items()
    ]


def fields_of(assembly: Assembly, name: str | None) -> list[FieldView]:
    """Every field of one dataset, or of every dataset that was scanned."""
    if name is not None:
        return fields(assembly, name)
    settings = assembly.settings
    scanned = {
        found
        for region in dict.fromkeys(d.region for d in settings.datasets.values())
        for found in _scanned(assembly, region)
    }
    return [view for dataset in settings.datasets if dataset in scanned for view in fields(assembly, dataset)]


def _scanned(assembly: Assembly, region: str) -> Sequence[str]:
    if not assembly.state(region).exists():
        return ()
    store = assembly.catalogue(region)
    # Decisions may be there of a dataset that nobody scanned here.
    return [name for name in store.datasets() if store.latest_scan(name) is not None]


def decide(
    assembly: Assembly,
    name: str,
    paths: Sequence[FieldPath],
    kind: DecisionKind,
    entities: Sequence[str],
    *,
    reason: str,
    steward: str | None,
) -> list[Decision]:
    """Take one decision on each of some fields: all of them, or none.

    With ``steward`` each is signed by that steward's key. Without one, who decides is the system's user, unproven; a
    decision that loosens is refused then, since it would not count.
    """
    dataset = dataset_of(assembly, name)
    # Before looking: what a scan finds from now on was not known to who decides.
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    known = know(assembly, name)
    signer = None
    who = assembly.who
    if steward is not None:
        person = assembly.settings.stewards.get(steward)
        if person is None:
            raise ConfigError(f"no steward is called {steward}", where="pratique.yaml", do="list them under stewards")
        signer = assembly.person_signer(person)
        who = steward
    bulk = uuid.uuid4().hex if len(paths) > 1 else ""
    made: list[Decision] = []
    for path in paths:
        verdict = known.verdicts.get(path)
        where = f"{name}.{show_path(path)}"
        if verdict is None:
            raise CatalogueError("no such field", where=where, do=f"see: pratique catalogue list {name}")
        chosen = tuple(entities) or (verdict.entities if kind is DecisionKind.CONFIRM else ())
        decision = make_decision(
            known.decisions,
            dataset=name,
            path=path,
            kind=kind,
            entities=chosen,
            who=who,
            reason=reason,
            at=at,
            bulk=bulk,
        )
        if signer is not None:
            decision = sign_decision(decision, signer)
        elif is_loosening(decision, verdict):
            raise CatalogueError(
                f"{kind.value} loosens, so it counts only with a steward's signature",
                where=where,
                do="add --steward NAME",
            )
        made.append(decision)
    assembly.catalogue(dataset.region).add_decisions(made)
    assembly.audit(dataset.region).append(
        "decision", who, {"dataset": name, "kind": kind.value, "fields": len(made), "bulk": bulk}
    )
    return made


def dataset_of(assembly: Assembly, name: str) -> Dataset:
    """The dataset that the project file calls ``name``."""
    dataset = assembly.settings.datasets.get(name)
    if dataset is None:
        raise ConfigError(f"no dataset is called {name}", where="pratique.yaml", do="see: pratique catalogue list")
    return dataset
