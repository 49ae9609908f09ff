"""Know: scan datasets, show what the catalogue holds, take decisions."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from pratique.assembly.parts import Assembly
from pratique.assembly.places import reading
from pratique.catalogue import (
    Moments,
    bulk_count,
    changes,
    counted,
    decisions_digest,
    is_loosening,
    latest,
    make_decision,
    moments,
    proposals,
    proposed,
    score,
    sign_decision,
    verdict_if,
    verdicts,
)
from pratique.crypto.fernet import FernetDecoder
from pratique.crypto.signing import Ed25519Signer
from pratique.errors import CatalogueError, ConfigError
from pratique.infer import Rejected, differences, scan
from pratique.kernel.decode import decode_batch
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, Scoring, Verdict
from pratique.model.data import Dataset, FormatSpec
from pratique.model.paths import FieldPath, parse_path, show_path
from pratique.model.stream import Window
from pratique.pipeline.results import FieldView, ScanReport

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is held of one dataset, as plans use it."""

    scan: Scan
    """With its evidence as it was last scored."""
    verdicts: Mapping[FieldPath, Verdict]
    decisions: Sequence[Decision]
    digest: str
    """Of the decisions that counted."""
    bulk: int
    """How many fields rest on a bulk decision."""
    looked: Scan
    """The scan as it was stored."""
    scorings: Sequence[Scoring]
    moments: Moments


def scan_dataset(assembly: Assembly, name: str, progress: Progress, window: Window | None = None) -> ScanReport:
    """Look at a dataset and write what was found to its region's catalogue; of a topic, at what lies in the window."""
    dataset = dataset_of(assembly, name)
    if assembly.state(dataset.region).exists():
        # A catalogue that does not open is told of before the data is read.
        assembly.catalogue(dataset.region)
    if window is not None and not dataset.uri.startswith("kafka://"):
        raise ConfigError("only a topic is looked at by a window", where=f"dataset {name}", do="scan all of it")
    source = assembly.source(dataset, window)
    rejected = Rejected()
    with reading(name):
        inputs = source.inputs()
        form, options = assembly.format_of(dataset, inputs[0].name)
        found = scan(
            source,
            form,
            FormatSpec(form.name, options),
            assembly.detector,
            name,
            progress=lambda done, whole: progress("scan", done, whole),
            rejected=rejected,
            prepare=partial(decode_batch, ways=_decoders(assembly, dataset)),
        )
    if window is not None and not window.whole:
        found = replace(found, complete=False, random=False)
    store = assembly.catalogue(dataset.region)
    before = store.latest_scan(name)
    share = assembly.settings.detection.proposal_share
    news: list[str] = []
    if before is not None:
        news = [f"{d.kind}: {show_path(d.path)} ({d.detail})" for d in differences(before.schema, found.schema)]
        news += _proposed_now(before, store.scorings(before), found, share)
    store.add_scan(found)
    store.add_scoring(score(found, share, found.detectors, at=found.at))
    return ScanReport(found, know(assembly, name).verdicts, news, rejected.rules, rejected.first)


def _decoders(assembly: Assembly, dataset: Dataset) -> dict[FieldPath, Callable[[str], str | None]]:
    """What flows decode of a dataset before they treat it, a look at it decodes too. All of them agree; the project
    file is held to that. `KeyStoreError` where a key is missing.
    """
    settings = assembly.settings
    rules = {
        path: rule.fernet
        for flow in settings.flows.values()
        if flow.source == dataset.name
        for path, rule in settings.policies[flow.policy].decoded(dataset.name).items()
    }
    return {
        parse_path(path): FernetDecoder(assembly.keys(dataset.region).fernet(key)).decode for path, key in rules.items()
    }


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
    scorings = store.scorings(found)
    scan, since = latest(found, scorings), moments(found, scorings, share)
    held = verdicts(scan, decisions, stewards, share, since)
    return Knowledge(
        scan=scan,
        verdicts=held,
        decisions=decisions,
        digest=decisions_digest(counted(scan, decisions, stewards, share, since)),
        bulk=bulk_count(held),
        looked=found,
        scorings=scorings,
        moments=since,
    )


def _proposed_now(before: Scan, scorings: Sequence[Scoring], found: Scan, share: float) -> list[str]:
    """Fields of both scans for which something else is proposed than was."""
    was = proposed(scorings[-1]) if scorings else proposals(before, share)
    both = {leaf.path for leaf in before.schema.fields()} & {leaf.path for leaf in found.schema.fields()}
    lines = []
    for change in changes({p: was.get(p, ()) for p in both}, proposals(found, share)):
        if change.path in both:
            words = (*(f"+{entity}" for entity in change.gained), *(f"-{entity}" for entity in change.lost))
            lines.append(f"proposed otherwise: {show_path(change.path)} ({', '.join(words)})")
    return lines


def note_proposals(assembly: Assembly, name: str) -> None:
    """Note what is proposed now, where no scoring tells of it yet, so that whoever decides next has seen it."""
    known = know(assembly, name)
    share = assembly.settings.detection.proposal_share
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    now = score(known.scan, share, known.scan.detectors, at=at, looked=known.looked)
    if known.scorings and proposed(known.scorings[-1]) != proposed(now):
        assembly.catalogue(dataset_of(assembly, name).region).add_scoring(now)


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
    return [view for dataset in scanned_datasets(assembly) for view in fields(assembly, dataset)]


def scanned_datasets(assembly: Assembly) -> list[str]:
    """Every dataset of the project file that was scanned, in the file's order."""
    settings = assembly.settings
    scanned = {
        found
        for region in dict.fromkeys(d.region for d in settings.datasets.values())
        for found in _scanned(assembly, region)
    }
    return [dataset for dataset in settings.datasets if dataset in scanned]


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
    note_proposals(assembly, name)
    # Before looking: what a scan finds from now on was not known to who decides.
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    known = know(assembly, name)
    signer = None if steward is None else signer_of(assembly, steward)
    who = steward or assembly.who
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
        after = verdict_after(assembly, known, decision) if kind is DecisionKind.WITHDRAW else None
        if signer is not None:
            decision = sign_decision(decision, signer)
        elif is_loosening(decision, verdict, after):
            raise CatalogueError(
                f"{kind.value} loosens, so it counts only with a steward's signature",
                where=where,
                do="add --steward NAME",
            )
        made.append(decision)
    assembly.catalogue(dataset.region).add_decisions(made)
    return made


def verdict_after(assembly: Assembly, known: Knowledge, decision: Decision) -> Verdict:
    """What the field of ``decision`` would be held to be if that were taken now, with a good signature."""
    share = assembly.settings.detection.proposal_share
    return verdict_if(known.scan, known.decisions, assembly.steward_keys(), share, decision, known.moments)


def signer_of(assembly: Assembly, steward: str) -> Ed25519Signer:
    """The private key of a steward whom the project file lists; `ConfigError` or `KeyStoreError` if there is none."""
    person = assembly.settings.stewards.get(steward)
    if person is None:
        raise ConfigError(f"no steward is called {steward}", where="pratique.yaml", do="list them under stewards")
    return assembly.person_signer(person)


def dataset_at(assembly: Assembly, name: str) -> str:
    """The name of the dataset that ``name`` is, or is the address of; `ConfigError` where there is none."""
    if "://" not in name:
        return name
    found = [dataset.name for dataset in assembly.settings.datasets.values() if dataset.uri == name]
    if not found:
        raise ConfigError("no dataset of the project is there", where=name, do="list it under datasets, with a region")
    return found[0]


def dataset_of(assembly: Assembly, name: str) -> Dataset:
    """The dataset that the project file calls ``name``."""
    dataset = assembly.settings.datasets.get(name)
    if dataset is None:
        raise ConfigError(f"no dataset is called {name}", where="pratique.yaml", do="see: pratique catalogue list")
    return dataset
