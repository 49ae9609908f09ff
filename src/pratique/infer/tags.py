"""What the tags of a schema that data came with say: evidence, like a field's name, and never a licence.

A tag is read as the name of an entity type (``EMAIL_ADDRESS``, ``email-address``), or else as a field's name would be
(``email``). Other tags, such as ``PII`` or ``PUBLIC``, say nothing here: what nobody decided is held back anyway.
"""

import re
from collections.abc import Iterator

from pratique.model.paths import ITEM, VALUE, FieldPath
from pratique.model.schema import Node, Schema
from pratique.ports import TextDetector

TAGS = "tags"
"""Property of a node: its tags, with commas."""
MAX_TAGS = 20
"""Of one field; further ones are not read."""
_OTHER = re.compile(r"[^A-Z0-9]+")


def tagged_types(schema: Schema, detector: TextDetector) -> dict[FieldPath, frozenset[str]]:
    """The types that each tagged field is tagged as; of a list its items, of a map its values."""
    found: dict[FieldPath, frozenset[str]] = {}
    for path, tags in _tags(schema.root, ()):
        types = frozenset(entity for tag in tags[:MAX_TAGS] for entity in _types_of(tag, detector))
        if types:
            found[path] = found.get(path, frozenset()) | types
    return found


def _types_of(tag: str, detector: TextDetector) -> frozenset[str]:
    name = _OTHER.sub("_", tag.upper()).strip("_")
    if name in detector.entities:
        return frozenset({name})
    return detector.types_of_name((tag[:100],)) & detector.entities if tag else frozenset()


def _tags(node: Node, path: FieldPath) -> Iterator[tuple[FieldPath, list[str]]]:
    told = dict(node.properties).get(TAGS, "")
    if told:
        at, inner = path, node
        while (below := inner.item or inner.value) is not None:
            at, inner = (*at, ITEM if inner.item is not None else VALUE), below
        yield at, told.split(",")
    for name, child in node.fields:
        yield from _tags(child, (*path, name))
    if node.item is not None:
        yield from _tags(node.item, (*path, ITEM))
    if node.value is not None:
        yield from _tags(node.value, (*path, VALUE))
