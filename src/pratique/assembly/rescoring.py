"""Score a scan anew: today's thresholds, weights, names and types on the evidence that is stored."""

from datetime import UTC, datetime

from pratique.assembly.knowledge import dataset_of, know
from pratique.assembly.parts import Assembly
from pratique.catalogue import changes, proposed, rescored, score, stale
from pratique.infer import detectors_of
from pratique.pipeline.knowing import RescoreReport


def rescore(assembly: Assembly, name: str) -> RescoreReport:
    """Score the newest scan of a dataset anew, without reading its data; see `pratique.catalogue.scoring`.

    Decisions stay as they are. What is proposed anew counts from now on: beside a decision it is a conflict. Noted in
    the catalogue and the audit log only where something is other than before. Raises `CatalogueError` where the dataset
    was never scanned.
    """
    known = know(assembly, name)
    region = dataset_of(assembly, name).region
    store = assembly.catalogue(region)
    share, detector = assembly.settings.detection.proposal_share, assembly.detector
    today = detectors_of(detector)
    last = known.scorings[-1] if known.scorings else None
    if last is None:
        # A scan of before there were scorings: what it proposes as it is counts as seen when it was made.
        last = score(known.looked, share, known.looked.detectors, at=known.looked.at)
        store.add_scoring(last)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    now = score(rescored(known.looked, detector), share, today, at=at, looked=known.looked)
    news = changes(proposed(last), proposed(now))
    again = stale(known.looked, detector, today)
    noted = (now.share, now.detectors, now.evidence, now.proposals) != (
        last.share,
        last.detectors,
        last.evidence,
        last.proposals,
    )
    if noted:
        store.add_scoring(now)
        assembly.audit(region).append(
            "rescore", assembly.who, {"dataset": name, "changed": len(news), "scan_again": len(again)}
        )
    held = know(assembly, name).verdicts
    return RescoreReport(
        dataset=name,
        scan=known.looked.at,
        noted=noted,
        changes=sorted(news, key=lambda change: list(held).index(change.path)),
        verdicts={change.path: held[change.path] for change in news},
        stale=again,
    )
