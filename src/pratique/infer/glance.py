"""A first glance at files that no project knows yet: the beginnings of a few of them. No value is kept."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from pratique.errors import FormatError
from pratique.infer.evidence import EvidenceBuilder
from pratique.infer.sample import thin
from pratique.infer.scan import detect, detectors_of
from pratique.infer.schema import SchemaBuilder
from pratique.model.catalogue import Scan
from pratique.model.data import FormatSpec, Input
from pratique.ports import Format, Source, TextDetector

INPUTS = 20
"""Files that are looked into."""
RECORDS = 2_000
"""Records that are looked at, of all of them together."""


def field_names(source: Source, item: Input, way: Format, spec: FormatSpec, *, records: int = 50) -> list[str]:
    """The names that the first records of an input have at their top. Raises what source and format raise."""
    found = detect(source, [item], way, spec)
    schema = SchemaBuilder()
    with source.open(item) as stream:
        stated = way.declared(stream, found)
    if stated is not None:
        return [name for name, _ in stated.root.fields]
    with source.open(item) as stream:
        for block in way.decode(stream, 0, None if item.compression else item.size, found, None):
            for batch in block.batches:
                schema.add_batch(thin(batch, np.arange(len(batch)) < records))
            break
    return [name for name, _ in schema.build().root.fields]


def glance(
    source: Source,
    items: Sequence[Input],
    way: Format,
    spec: FormatSpec,
    detector: TextDetector,
    dataset: str,
    *,
    records: int = RECORDS,
) -> Scan:
    """What the first records of the first inputs are: enough to write a first draft, never enough to decide on.

    The scan that it gives is neither complete nor random, and goes into no catalogue. Raises what source and format
    raise, and `FormatError` where there is no record that can be read.
    """
    few = list(items[:INPUTS])
    found = detect(source, few, way, spec)
    schema = SchemaBuilder()
    for item in few:
        with source.open(item) as stream:
            stated = way.declared(stream, found)
        if stated is not None:
            schema.declare(stated)
    evidence = EvidenceBuilder(detector, schema)
    share = max(records // len(few), 1)
    looked_at = rejects = 0
    for item in few:
        left = share
        with source.open(item) as stream:
            for block in way.decode(stream, 0, None if item.compression else item.size, found, None):
                rejects += len(block.rejects)
                for batch in block.batches:
                    some = thin(batch, np.arange(len(batch)) < left)
                    schema.add_batch(some)
                    evidence.add_batch(some)
                    looked_at += len(some)
                    left -= len(some)
                if left <= 0:
                    break
    if not looked_at:
        raise FormatError("no record can be read" if rejects else "there is not one record")
    built = schema.build()
    return Scan(
        dataset=dataset,
        schema=built,
        format=found,
        evidence=evidence.build(built),
        records=looked_at,
        complete=False,
        random=False,
        rejects=rejects,
        detectors=detectors_of(detector),
        at=dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
    )
