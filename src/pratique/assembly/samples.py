"""Look at real values at the moment of asking: as masked shapes, or, on request and audited, as they are.

Nothing read here is written anywhere.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence

from pratique.assembly.knowledge import dataset_of, know
from pratique.assembly.parts import Assembly
from pratique.assembly.places import reading
from pratique.errors import CatalogueError, RefusedError
from pratique.infer.shapes import ShapeCounter, leaves, subjects
from pratique.model.catalogue import Scan
from pratique.model.data import Batch, Dataset
from pratique.model.paths import MARKERS, FieldPath, show_path
from pratique.pipeline.knowing import Revealed, Sample

Progress = Callable[[str, int, int | None], None]
RECORDS = 10_000
"""Read unless asked otherwise."""
_PER_INPUT = 100
"""At least so many of each input that is opened."""
_SHOWN_VALUES = 10
_LONGEST_VALUE = 200


def sample_shapes(
    assembly: Assembly, name: str, paths: Sequence[FieldPath], *, records: int, progress: Progress
) -> Sample:
    """The masked shapes of some fields' values (of all, where none is named); see `pratique.infer.shapes` for the rule.

    Reads the first records of every input, about ``records`` in all (of many inputs, some): what they look like says
    nothing of how often it is so in the rest.
    """
    known = know(assembly, name)
    wanted = _fields(known.scan, name, paths)
    dataset = dataset_of(assembly, name)
    counters = {path: ShapeCounter(path) for path in wanted}
    subject = _subject(dataset, known.scan)
    read = 0
    with reading(name):
        for batch in _batches(assembly, dataset, known.scan, records, progress):
            of_rows = None if subject is None else subjects(batch, subject)
            for row, path, value in leaves(batch, known.scan.schema, wanted):
                counters[path].add(value, _holder(value if of_rows is None else of_rows[row]))
            read += len(batch)
    return Sample(name, read, subject is not None, tuple(counter.found() for counter in counters.values()))


def reveal(assembly: Assembly, name: str, paths: Sequence[FieldPath], *, reason: str, records: int) -> list[Revealed]:
    """A few real values of the named fields, in the data's own region, on record before anybody sees them.

    Refused (`RefusedError`) without a field or a reason, in a worker of an engine, and where the keys of the data's
    region are not: they never leave it, so whoever can open them is there.
    """
    dataset = dataset_of(assembly, name)
    where = f"dataset {name}"
    if not paths:
        raise RefusedError("values are shown of named fields only", where=where, do="name the fields")
    if not reason.strip():
        raise RefusedError(
            "values are shown for a reason only", where=where, do="say why with --reason: it goes into the audit log"
        )
    check_may_reveal(assembly, dataset.region, where)
    known = know(assembly, name)
    wanted = _fields(known.scan, name, paths)
    shown = [show_path(path) for path in wanted]
    assembly.audit(dataset.region).append(
        "reveal",
        assembly.who,
        {"dataset": name, "fields": [field[:200] for field in shown[:100]], "count": len(shown), "reason": reason},
    )
    found: dict[FieldPath, dict[str, None]] = {path: {} for path in wanted}
    with reading(name):
        for batch in _batches(assembly, dataset, known.scan, records, lambda _label, _done, _whole: None):
            for _, path, value in leaves(batch, known.scan.schema, wanted):
                if value is not None and len(found[path]) < _SHOWN_VALUES:
                    found[path][_short(value)] = None
            if all(len(values) >= _SHOWN_VALUES for values in found.values()):
                break
    return [Revealed(name, path, tuple(values)) for path, values in found.items()]


def check_may_reveal(assembly: Assembly, region: str, where: str) -> None:
    """Raise `RefusedError` unless values of ``region`` may be shown by this process at all."""
    if multiprocessing.parent_process() is not None:
        raise RefusedError("a worker of an engine never shows values", where=where)
    if region not in assembly.settings.keys:
        raise RefusedError(
            f"nothing shows that this is region {region}: the project names no keys of it",
            where=where,
            do="show values where the region's keys are",
        )
    assembly.keys(region).describe()


def _holder(value: object) -> int | None:
    """A number that stands for one subject or value in this process; nothing for null."""
    return None if value is None else hash((type(value), value))


def _short(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _fields(scan: Scan, name: str, paths: Sequence[FieldPath]) -> list[FieldPath]:
    known = [leaf.path for leaf in scan.schema.fields()]
    for path in paths:
        if path not in known:
            do = f"see: pratique catalogue list {name}"
            raise CatalogueError("no such field", where=f"{name}.{show_path(path)}", do=do)
    return list(dict.fromkeys(paths or known))


def _subject(dataset: Dataset, scan: Scan) -> FieldPath | None:
    """The declared subject, where it is one value of each record."""
    subject = dataset.subject
    if subject is None or MARKERS & set(subject) or subject not in {leaf.path for leaf in scan.schema.fields()}:
        return None
    return subject


def _batches(assembly: Assembly, dataset: Dataset, scan: Scan, records: int, progress: Progress) -> Iterator[Batch]:
    """The first records of the inputs, as batches; of the last batch of an input no more than are wanted."""
    source = assembly.source(dataset)
    inputs = source.inputs()
    way = assembly.formats[scan.format.name]
    share = max(_PER_INPUT, -(-records // len(inputs)))
    step = max(1, len(inputs) * share // max(records, 1))
    chosen = inputs[::step] if step > 1 else inputs
    done = 0
    for item in chosen:
        left = share
        with source.open(item) as stream:
            for block in way.decode(stream, 0, None if item.compression else item.size, scan.format, scan.schema):
                for batch in block.batches:
                    yield _head(batch, left)
                    left -= min(left, len(batch))
                done += block.span
                progress("sample", done, None)
                if not left:
                    break


def _head(batch: Batch, size: int) -> Batch:
    if len(batch) <= size:
        return batch
    if batch.records is not None:
        return Batch(batch.ordinals[:size], records=batch.records[:size])
    assert batch.columns is not None
    columns = {name: type(column)(column.values, column.codes.slice(0, size)) for name, column in batch.columns.items()}
    return Batch(batch.ordinals[:size], columns=columns)
