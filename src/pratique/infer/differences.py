"""Schemas side by side: merging two, and naming what changed from one to the other."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

from pratique.model.paths import ITEM, VALUE, FieldPath
from pratique.model.schema import Kind, Node, Schema


class Change(StrEnum):
    """How a field differs."""

    NEW = "new"
    GONE = "gone"
    RETYPED = "retyped"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two schemas differ. Value-free."""

    kind: Change
    path: FieldPath
    detail: str
    """The kinds: of a new or gone field those that it has or had; of a retyped one ``before -> after``."""


def merge(one: Schema, other: Schema) -> Schema:
    """The schema that fits whatever fits either. Fields of the first come first; one that only one has is optional.

    Where one sees a record and the other a map, it is a map.
    """
    return Schema(_merge(one.root, other.root))


def _merge(one: Node, other: Node) -> Node:
    kinds = one.kinds | other.kinds
    if Kind.MAP in kinds and Kind.RECORD in kinds:
        return _merge(_as_map(one), _as_map(other))
    fields = dict(one.fields)
    both_records = Kind.RECORD in one.kinds and Kind.RECORD in other.kinds
    theirs = dict(other.fields)
    for name, child in theirs.items():
        if name in fields:
            fields[name] = _merge(fields[name], child)
        else:
            fields[name] = replace(child, optional=child.optional or both_records)
    if both_records:
        fields = {n: c if n in theirs else replace(c, optional=True) for n, c in fields.items()}
    return Node(
        kinds,
        optional=one.optional or other.optional,
        fields=tuple(fields.items()),
        item=_either(one.item, other.item),
        value=_either(one.value, other.value),
        logical=one.logical if one.logical == other.logical else "",
    )


def _either(one: Node | None, other: Node | None) -> Node | None:
    return _merge(one, other) if one is not None and other is not None else one or other


def _as_map(node: Node) -> Node:
    """A record as a map of its fields."""
    if Kind.RECORD not in node.kinds:
        return node
    values = [replace(child, optional=False) for _, child in node.fields]
    if node.value is not None:
        values.append(node.value)
    value = reduce(_merge, values) if values else None
    return replace(node, kinds=node.kinds - {Kind.RECORD} | {Kind.MAP}, fields=(), value=value)


def differences(old: Schema, new: Schema) -> tuple[Difference, ...]:
    """What the new schema has that the old lacks, the other way round, and where it allows kinds that the old does not.

    Whole records and lists are named by their own path, once, not field by field. A field that has fewer kinds than
    before is no difference.
    """
    return tuple(_compare(old.root, new.root, ()))


def _compare(old: Node, new: Node, path: FieldPath) -> list[Difference]:
    found: list[Difference] = []
    if new.kinds - old.kinds or new.logical != old.logical:
        found.append(Difference(Change.RETYPED, path, f"{_kinds(old)} -> {_kinds(new)}"))
    before, after = dict(old.fields), dict(new.fields)
    if Kind.RECORD in old.kinds and Kind.RECORD in new.kinds:
        for name, child in after.items():
            if name in before:
                found += _compare(before[name], child, (*path, name))
            else:
                found.append(Difference(Change.NEW, (*path, name), _kinds(child)))
        found += [
            Difference(Change.GONE, (*path, name), _kinds(child)) for name, child in before.items() if name not in after
        ]
    for marker, was, now in ((ITEM, old.item, new.item), (VALUE, old.value, new.value)):
        if was is not None and now is not None:
            found += _compare(was, now, (*path, marker))
        elif now is not None and _holder(marker) in old.kinds:
            found.append(Difference(Change.NEW, (*path, marker), _kinds(now)))
    return found


def _holder(marker: str) -> Kind:
    return Kind.LIST if marker == ITEM else Kind.MAP


def _kinds(node: Node) -> str:
    kinds = "|".join(sorted(node.kinds)) or "nothing"
    return f"{kinds} ({node.logical})" if node.logical else kinds
