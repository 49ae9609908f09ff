"""What several schemas of a topic state, as one."""

from collections.abc import Sequence

from pratique.model.schema import Node, Schema


def merged(schemas: Sequence[Schema]) -> Schema | None:
    """One schema with the fields of all; a place that two of them state as of two logical types has none."""
    if not schemas:
        return None
    root = schemas[0].root
    for other in schemas[1:]:
        root = _joined(root, other.root)
    return Schema(root)


def _joined(one: Node, other: Node) -> Node:
    fields = dict(one.fields)
    for name, child in other.fields:
        fields[name] = _joined(fields[name], child) if name in fields else child
    tags = [tag for node in (one, other) for _, text in node.properties for tag in text.split(",")]
    return Node(
        one.kinds | other.kinds,
        fields=tuple(fields.items()),
        item=_either(one.item, other.item),
        value=_either(one.value, other.value),
        logical=one.logical if one.logical == other.logical else "",
        properties=(("tags", ",".join(dict.fromkeys(tags))),) if tags else (),
    )


def _either(one: Node | None, other: Node | None) -> Node | None:
    return _joined(one, other) if one is not None and other is not None else one or other
