"""Arrow schemas as Parquet states them, and the schemas of this house: what is lowered to what, and back."""

from collections.abc import Mapping

import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.lowering import arrow_type, kind_and_logical
from pratique.model.paths import MARKERS
from pratique.model.schema import SCALARS, Kind, Node, Schema

MAX_DEPTH = 64
"""Lists, records and maps inside each other, the record itself included."""
_NULL = frozenset({Kind.NULL})
_NUMBERS = frozenset({Kind.INTEGER, Kind.DOUBLE})


def without_dictionary(arrow: pa.DataType) -> pa.DataType:
    """The type of the values, where a dictionary only says how they are stored."""
    return arrow.value_type if pa.types.is_dictionary(arrow) else arrow


def is_list(arrow: pa.DataType) -> bool:
    """Whether it is any of Arrow's lists (a map is none)."""
    return bool(pa.types.is_list(arrow) or pa.types.is_large_list(arrow) or pa.types.is_fixed_size_list(arrow))


def declared_schema(arrow: pa.Schema) -> Schema:
    """The schema that a file states. Raises `FormatError`, naming a column by its place, for what is not read."""
    if len(set(arrow.names)) < len(arrow.names):
        raise FormatError("two columns have the same name", do="rename one")
    if not len(arrow):
        raise FormatError("a file without columns", do="move it away")
    fields = _fields([arrow.field(at) for at in range(len(arrow))], "column", 1)
    return Schema(Node(frozenset({Kind.RECORD}), fields=fields))


def _fields(fields: list[pa.Field], where: str, depth: int) -> tuple[tuple[str, Node], ...]:
    found: dict[str, Node] = {}
    for number, field in enumerate(fields):
        place = f"{where} #{number}" if where == "column" else where
        if field.name in MARKERS:
            raise FormatError("a name is a path marker ([], {} or {keys})", where=place, do="rename it")
        if field.name in found:
            raise FormatError("two fields of a record have the same name", where=place, do="rename one")
        found[field.name] = _node(field.type, place, depth)
    return tuple(found.items())


def _node(given: pa.DataType, where: str, depth: int) -> Node:
    arrow = without_dictionary(given)
    if depth > MAX_DEPTH:
        raise FormatError(f"nested deeper than {MAX_DEPTH}", where=where, do="write the data with a simpler schema")
    if pa.types.is_struct(arrow):
        below = _fields([arrow.field(at) for at in range(arrow.num_fields)], where, depth + 1)
        return Node(frozenset({Kind.RECORD}), fields=below)
    if is_list(arrow):
        return Node(frozenset({Kind.LIST}), item=_node(arrow.value_type, where, depth + 1))
    if pa.types.is_map(arrow):
        key = kind_and_logical(without_dictionary(arrow.key_type))
        if key is None or key[0] is not Kind.STRING:
            raise FormatError("a map whose keys are no texts", where=where, do="write it as a list of records")
        return Node(frozenset({Kind.MAP}), value=_node(arrow.item_type, where, depth + 1))
    known = kind_and_logical(arrow)
    if known is None:
        raise FormatError("a type that is not read", where=where, do="write the column as another type")
    return Node(frozenset({known[0]}), logical=known[1])


def check_hint(stated: Schema, hint: Schema | None) -> None:
    """Raise `FormatError` where a file states another logical type for a field than the plan goes by."""
    if hint is not None:
        _check_hint(stated.root, hint.root, "")


def _check_hint(stated: Node, hint: Node, where: str) -> None:
    if hint.logical and stated.logical != hint.logical and stated.kinds & hint.kinds:
        raise FormatError(
            "a column is of another type than the scan saw", where=where, do="scan the dataset again, or mend the file"
        )
    known = dict(hint.fields)
    for number, (name, child) in enumerate(stated.fields):
        if name in known:
            _check_hint(child, known[name], where or f"column #{number}")
    for below, other in ((stated.item, hint.item), (stated.value, hint.value)):
        if below is not None and other is not None:
            _check_hint(below, other, where)


# --- out ------------------------------------------------------------------------------------------------------------


def output_type(schema: Schema) -> pa.Schema:
    """The Arrow schema that an output schema is written with; what the plan says of a field is the field's metadata.

    Raises `FormatError`, naming a field by its place, for what Parquet cannot hold: two kinds in one place (but whole
    numbers and doubles, which are written as doubles), records without fields.
    """
    if not schema.root.fields:
        raise FormatError("Parquet cannot hold records without fields", do="keep a field, or write to jsonl")
    fields = [
        _output_field(name, node, f"field #{number} of the output")
        for number, (name, node) in enumerate(schema.root.fields)
    ]
    return pa.schema(fields)


def _output_field(name: str, node: Node, where: str) -> pa.Field:
    metadata: Mapping[str, str] | None = dict(node.properties) or None
    return pa.field(name, _output_node(node, where), nullable=True, metadata=metadata)


def _output_node(node: Node, where: str) -> pa.DataType:
    kinds = node.kinds - _NULL
    if kinds == _NUMBERS:
        return pa.float64()
    if len(kinds) > 1:
        raise FormatError(
            f"Parquet cannot hold {' and '.join(sorted(kinds))} in one column",
            where=where,
            do="treat the field so that it is of one kind, or write to jsonl",
        )
    kind = next(iter(kinds), Kind.NULL)
    if kind in SCALARS:
        return pa.null() if kind is Kind.NULL else arrow_type(kind, node.logical)
    if kind is Kind.LIST:
        item = node.item or Node(_NULL)
        return pa.list_(_output_field("element", item, where))
    if kind is Kind.MAP:
        return pa.map_(pa.string(), _output_field("value", node.value or Node(_NULL), where))
    if not node.fields:
        raise FormatError("Parquet cannot hold a record without fields", where=where, do="write to jsonl")
    return pa.struct([_output_field(name, child, where) for name, child in node.fields])
