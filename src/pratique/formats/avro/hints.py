"""Whether what an input states of its fields is what the plan goes by."""

from pratique.errors import FormatError
from pratique.formats.avro.types import stored_logical
from pratique.model.schema import Node, Schema


def check_hint(stated: Schema, hint: Schema | None) -> None:
    """Raise `FormatError` where a file states another logical type for a field than the plan goes by."""
    if hint is not None:
        _check_hint(stated.root, hint.root, "")


def _check_hint(stated: Node, hint: Node, where: str) -> None:
    wanted = (hint.logical, stored_logical(hint.logical))
    if hint.logical and stated.logical not in wanted and stated.kinds & hint.kinds:
        raise FormatError(
            "a field is of another type than the scan saw", where=where, do="scan the dataset again, or mend the file"
        )
    known = dict(hint.fields)
    for number, (name, child) in enumerate(stated.fields):
        if name in known:
            _check_hint(child, known[name], where or f"field #{number}")
    for below, other in ((stated.item, hint.item), (stated.value, hint.value)):
        if below is not None and other is not None:
            _check_hint(below, other, where)
