"""What changed between two plans, in sentences."""

from collections.abc import Iterator, Mapping

from pratique.model.data import FormatSpec
from pratique.model.paths import show_path
from pratique.model.plan import Applied, Plan, Step
from pratique.policy.explain import treatment


def diff(old: Plan, new: Plan) -> tuple[str, ...]:
    """Sentences about what differs; empty exactly if the plans have one hash. It names fields."""
    if old.hash == new.hash:
        return ()
    found = (*_fields(old, new), *_route(old, new), *_settings(old, new), *_components(old.components, new.components))
    return found or ("the plans differ in the order or the shape of their fields",)


def _fields(old: Plan, new: Plan) -> Iterator[str]:
    before = {s.path: s for s in old.steps}
    after = {s.path: s for s in new.steps}
    for path, step in after.items():
        if path not in before:
            yield f"{show_path(path)} is new: {treatment(step)}"
        else:
            yield from _field(before[path], step)
    for path in before:
        if path not in after:
            yield f"{show_path(path)} is gone"


def _field(old: Step, new: Step) -> Iterator[str]:
    name = show_path(new.path)
    if treatment(old) != treatment(new):
        yield f"{name}: {treatment(old)} becomes {treatment(new)}"
    elif (old.apply, old.spans) != (new.apply, new.spans):
        yield from _applied(name, (old.apply, *old.spans), (new.apply, *new.spans))
    if old.entities != new.entities:
        yield f"{name}: was held to be {_listed(old.entities)}, now {_listed(new.entities)}"
    if old.kinds != new.kinds or old.optional != new.optional:
        yield f"{name}: holds {_shape(new)}, before {_shape(old)}"
    if old.output_kinds != new.output_kinds:
        yield f"{name}: comes out as {', '.join(new.output_kinds) or 'nothing'}, before {', '.join(old.output_kinds)}"
    if old.output_class != new.output_class:
        yield f"{name}: its class was {old.output_class}, now {new.output_class}"
    if old.waived != new.waived:
        yield f"{name}: types waived were {_listed(old.waived)}, now {_listed(new.waived)}"
    if old.decided != new.decided:
        yield f"{name}: was decided by {old.decided}, now by {new.decided}"
    if old.rule != new.rule:
        yield f"{name}: the rule was {old.rule}, now {new.rule}"


def _applied(name: str, old: tuple[Applied | None, ...], new: tuple[Applied | None, ...]) -> Iterator[str]:
    """Differences that the words for a treatment do not show: what keys are derived for, and versions."""
    for a, b in zip(old, new, strict=False):
        if a is None or b is None or a == b:
            continue
        if a.key != b.key and a.key is not None and b.key is not None:
            yield (
                f"{name}: the key was for {a.key.entity}, version {a.key.version}, {a.key.route}; now for "
                f"{b.key.entity}, version {b.key.version}, {b.key.route}: tokens of before do not join"
            )
        elif a.version != b.version:
            yield f"{name}: {b.transform} has version {b.version}, before {a.version}"
        else:
            yield f"{name}: the rule for {b.entity} changed"


def _route(old: Plan, new: Plan) -> Iterator[str]:
    if old.route == new.route:
        return
    if old.route is None or new.route is None:
        yield "the flow crosses a border now" if new.route else "the flow stays inside one region now"
        return
    for what, before, after in (
        ("route", old.route.name, new.route.name),
        ("route's class", old.route.data_class, new.route.data_class),
        ("route's basis", old.route.basis, new.route.basis),
        ("route's last day", old.route.until, new.route.until),
    ):
        if before != after:
            yield f"the {what} was {before}, now {after}"


def _settings(old: Plan, new: Plan) -> Iterator[str]:
    for what, before, after in (
        ("flow", old.flow, new.flow),
        ("plan's version", old.version, new.version),
        ("source", f"{old.source} in {old.source_region}", f"{new.source} in {new.source_region}"),
        ("target", f"{old.target} in {old.target_region}", f"{new.target} in {new.target_region}"),
        ("policy", old.policy, new.policy),
        ("subject", _subject(old), _subject(new)),
        ("class of the records", old.data_class, new.data_class),
        ("source format", _format(old.source_format), _format(new.source_format)),
        ("target format", _format(old.target_format), _format(new.target_format)),
        ("guard score", old.guard_score, new.guard_score),
        ("residue score", old.residue_score, new.residue_score),
        ("number of findings allowed in a release", old.residue_limit, new.residue_limit),
        ("share of records that may be quarantined", old.max_quarantine, new.max_quarantine),
        ("size of a part", old.part_size, new.part_size),
        ("number of bulk decisions", old.bulk_decisions, new.bulk_decisions),
    ):
        if before != after:
            yield f"the {what} was {before}, now {after}"
    if old.decisions != new.decisions:
        yield "the decisions that count are not the same"


def _components(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*old, *new}):
        if name not in old:
            yield f"{name} is new ({new[name][:12]})"
        elif name not in new:
            yield f"{name} is gone"
        elif old[name] != new[name]:
            yield f"{name} changed from {old[name][:12]} to {new[name][:12]}"


def _subject(plan: Plan) -> str:
    return "none" if plan.subject is None else show_path(plan.subject)


def _format(spec: FormatSpec) -> str:
    options = ", ".join(f"{k} {v!r}" for k, v in sorted(spec.options.items()))
    return f"{spec.name} ({options})" if options else spec.name


def _shape(step: Step) -> str:
    return ", ".join(step.kinds) + (" or is missing" if step.optional else "")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
