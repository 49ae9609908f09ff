"""One look at a dataset: schema, format details and evidence in one pass; no value is kept."""

import datetime as dt
from collections.abc import Callable, Sequence

from pratique.errors import FormatError, PratiqueError
from pratique.infer.evidence import EvidenceBuilder
from pratique.infer.sample import LIMIT, Sampler, estimate_size
from pratique.infer.schema import SchemaBuilder
from pratique.model.catalogue import Scan
from pratique.model.data import FormatSpec, Input
from pratique.ports import Format, Source, TextDetector

Progress = Callable[[int, int], None]
"""Gets decompressed bytes done, and their (estimated) total."""


def scan(
    source: Source,
    way: Format,
    spec: FormatSpec,
    detector: TextDetector,
    dataset: str,
    progress: Progress,
    *,
    limit: int = LIMIT,
    seed: int = 0,
) -> Scan:
    """Read every record of a source; infer the schema of all, and the evidence of the sample (`pratique.infer.sample`).

    ``spec`` is as declared; the scan's holds what the format found besides, told from the first input that is not empty
    and checked against the head of each. Raises what source and format raise, and `FormatError` for a dataset without
    a single record.
    """
    items = source.inputs()
    found = detect(source, items, way, spec)
    total = estimate_size(source, items)
    sampler = Sampler(total, limit=limit, seed=seed)
    schema = SchemaBuilder()
    evidence = EvidenceBuilder(detector, schema)
    records = looked_at = rejects = done = 0
    for item in items:
        with source.open(item) as stream:
            for block in way.decode(stream, 0, None if item.compression else item.size, found, None):
                for batch in block.batches:
                    schema.add_batch(batch)
                    sample = sampler.take(batch)
                    evidence.add_batch(sample)
                    looked_at += len(sample)
                    records += len(batch)
                rejects += len(block.rejects)
                done += len(block.data)
                progress(done, max(total, done))
    if not records:
        raise FormatError(
            "not one record can be read", where=f"dataset {dataset}", do="check the format that the dataset declares"
        )
    built = schema.build()
    return Scan(
        dataset=dataset,
        schema=built,
        format=found,
        evidence=evidence.build(built),
        records=looked_at,
        complete=sampler.complete,
        random=not sampler.complete,
        rejects=rejects,
        detectors=dict(detector.digests),
        at=dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
    )


def detect(source: Source, items: Sequence[Input], way: Format, spec: FormatSpec) -> FormatSpec:
    """The format's options completed from the first input that is not empty; every other input's head must bear
    them.
    """
    filled = [item for item in items if item.size] or list(items[:1])
    found = spec
    for at, item in enumerate(filled):
        try:
            with source.open(item) as stream:
                found = way.detect(stream, found.options if at else spec.options)
        except FormatError as error:
            raise _at_input(error, item.number) from None
    return found


def _at_input(error: PratiqueError, number: int) -> FormatError:
    where = f"input #{number}"
    return FormatError(error.what, where=f"{where} {error.where}".strip(), do=error.do)
