"""What is known of fields, written onto their places in a schema."""

from collections.abc import Mapping
from dataclasses import replace

from pratique.model.paths import ITEM, KEY, VALUE, FieldPath
from pratique.model.schema import Node, Schema

Properties = tuple[tuple[str, str], ...]
"""Sorted pairs, as in `pratique.model.schema.Node.properties`."""
_KEYS = "pratique.keys."
"""What of a map is said of its keys, which have no place of their own in a schema."""


def annotated(schema: Schema, told: Mapping[FieldPath, Mapping[str, str]]) -> Schema:
    """The schema with what is ``told`` of each field (``pratique.class`` and the like) as properties of its place."""
    return Schema(_node(schema.root, (), told))


def _node(node: Node, path: FieldPath, told: Mapping[FieldPath, Mapping[str, str]]) -> Node:
    own = {name: text for name, text in told.get(path, {}).items() if text}
    keys = told.get((*path, KEY), {})
    own |= {_KEYS + name.removeprefix("pratique."): text for name, text in keys.items() if text}
    return replace(
        node,
        fields=tuple((name, _node(child, (*path, name), told)) for name, child in node.fields),
        item=None if node.item is None else _node(node.item, (*path, ITEM), told),
        value=None if node.value is None else _node(node.value, (*path, VALUE), told),
        properties=tuple(sorted(own.items())),
    )


def plain_properties(node: Node) -> Properties:
    """A place's properties, and its logical type where it has one."""
    logical = (("pratique.logical", node.logical),) if node.logical else ()
    return tuple(sorted((*node.properties, *logical)))
