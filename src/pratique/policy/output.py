"""The schema of treated records, from the plan alone."""

from pratique.model.paths import ITEM, KEY, VALUE, FieldPath
from pratique.model.plan import Mode, Plan, Step
from pratique.model.schema import SCALARS, Kind, Node, Schema

_NULL = frozenset({Kind.NULL})


def output_schema(plan: Plan) -> Schema:
    """The shape that every treated record has: the plan's order, dropped fields gone, kinds as the steps make them.

    NULL is allowed everywhere below the root, since what is missing is written as null; nothing is optional. Items and
    map values that are dropped leave nulls in their place, as the kernel does; a record all of whose fields are dropped
    stays, empty.
    """
    steps = {step.path: step for step in plan.steps}
    root = _node(plan.schema.root, (), steps)
    return Schema(Node(root.kinds - _NULL, fields=root.fields, item=root.item, value=root.value))


def _node(node: Node, path: FieldPath, steps: dict[FieldPath, Step]) -> Node:
    below = node.kinds - SCALARS
    step = steps.get(path)
    return Node(
        kinds=below | _scalars(step) | _NULL,
        fields=tuple(
            (name, _node(child, (*path, name), steps))
            for name, child in node.fields
            if not _gone(child, (*path, name), steps)
        ),
        item=_node(node.item, (*path, ITEM), steps) if node.item is not None else None,
        value=_node(node.value, (*path, VALUE), steps) if node.value is not None else None,
        logical="" if step is None else step.output_logical,
        properties=() if step is None else _properties(step),
    )


def _properties(step: Step) -> tuple[tuple[str, str], ...]:
    """What a released field says of itself: verdict, treatment and class; no value, no key, no name."""
    if step.mode is Mode.DROP:
        return ()
    told = {
        "pratique.class": step.output_class.value,
        "pratique.decided": step.decided,
        "pratique.entities": ",".join(sorted(step.entities)),
        "pratique.transform": step.apply.transform if step.apply is not None else step.mode.value,
    }
    return tuple(sorted((name, text) for name, text in told.items() if text))


def _scalars(step: Step | None) -> frozenset[Kind]:
    if step is None or step.mode is Mode.DROP or step.path[-1:] == (KEY,):
        return frozenset()
    return frozenset(step.output_kinds)


def _gone(node: Node, path: FieldPath, steps: dict[FieldPath, Step]) -> bool:
    """Whether a field is not in the output: its values are dropped, and it holds nothing else."""
    step = steps.get(path)
    return step is not None and step.mode is Mode.DROP and not node.kinds - SCALARS
