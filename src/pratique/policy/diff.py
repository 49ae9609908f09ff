"""What changed between two plans: one change after the other, for programs and in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pratique.model.data import FormatSpec
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Applied, KeyRef, Mode, Plan, Step
from pratique.policy.explain import join_keys, span_words, treatment, types_words
from pratique.ports import Transform

_HELD = "quarantine of the text"
"""What becomes of a type in a text that has no rule."""


class Reason(StrEnum):
    """Where a change comes from."""

    ROUTE = "route"
    POLICY = "policy"
    """The project file: rules, flows, datasets, thresholds."""
    DECISION = "decision"
    """What a field is held to be, and who said so."""
    SCHEMA = "schema"
    """New, gone or retyped fields."""
    KEY = "key"
    DETECTOR = "detector"
    TRANSFORM = "transform"
    FORMAT = "format"
    PROGRAM = "program"
    """Pratique itself: kernel, gate, normal forms, the plan's own version."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two plans. It names fields and rules, and holds no value."""

    reason: Reason
    field: str
    """As `show_path` writes it; empty for what holds for the whole plan."""
    what: str
    """What of it changed, in a word or two: ``treatment``, ``verdict``, ``joins``."""
    before: str
    """Empty where there was none."""
    after: str
    """Empty where there is none any more."""
    sentence: str
    """The whole, for people."""


def diff(old: Plan, new: Plan) -> tuple[str, ...]:
    """Sentences about what differs; empty exactly if the plans have one hash. It names fields."""
    return tuple(change.sentence for change in changes(old, new))


def changes(old: Plan, new: Plan, transforms: Mapping[str, Transform] | None = None) -> tuple[Change, ...]:
    """What differs, the fields first and in the new plan's order; empty exactly if the plans have one hash.

    With ``transforms`` it is also said which fields of the flow join otherwise than they did.
    """
    if old.hash == new.hash:
        return ()
    found = (
        *_fields(old, new),
        *(() if transforms is None else _joins(old, new, transforms)),
        *_route(old, new),
        *_settings(old, new),
        *_components(old.components, new.components),
    )
    sentence = "the plans differ in the order or the shape of their fields"
    return found or (Change(Reason.SCHEMA, "", "order of the fields", "", "", sentence),)


def _fields(old: Plan, new: Plan) -> Iterator[Change]:
    before = {s.path: s for s in old.steps}
    after = {s.path: s for s in new.steps}
    for path, step in after.items():
        name = show_path(path)
        if path not in before:
            yield Change(Reason.SCHEMA, name, "field", "", treatment(step), f"{name} is new: {treatment(step)}")
        else:
            yield from _field(before[path], step)
    for path, step in before.items():
        if path not in after:
            yield Change(Reason.SCHEMA, show_path(path), "field", treatment(step), "", f"{show_path(path)} is gone")


def _field(old: Step, new: Step) -> Iterator[Change]:
    name = show_path(new.path)
    both_texts = old.mode is new.mode is Mode.TEXT and old.fernet == new.fernet
    if both_texts:
        yield from _spans(name, old.spans, new.spans)
    elif treatment(old) != treatment(new):
        # A rule that moved, or a field that is held to be something else: the latter has a line of its own.
        reason = Reason.DECISION if old.entities != new.entities or old.decided != new.decided else Reason.POLICY
        was, now = treatment(old), treatment(new)
        yield Change(reason, name, "treatment", was, now, f"{name}: {was} becomes {now}")
    if old.apply != new.apply:
        yield from _applied(name, (old.apply,), (new.apply,), shown=treatment(old) != treatment(new))
    for reason, what, was, now, sentence in (
        (Reason.DECISION, "verdict", _listed(old.entities), _listed(new.entities), "was held to be {was}, now {now}"),
        (Reason.SCHEMA, "kinds", _shape(old), _shape(new), "holds {now}, before {was}"),
        (Reason.POLICY, "output kinds", _output(old), _output(new), "comes out as {now}, before {was}"),
        (
            Reason.POLICY,
            "output logical type",
            old.output_logical or "none",
            new.output_logical or "none",
            "its logical type in the output was {was}, now {now}",
        ),
        (Reason.POLICY, "class", old.output_class.value, new.output_class.value, "its class was {was}, now {now}"),
        (Reason.DECISION, "waived", _listed(old.waived), _listed(new.waived), "types waived were {was}, now {now}"),
        (Reason.DECISION, "decided by", old.decided, new.decided, "was decided by {was}, now by {now}"),
        (Reason.POLICY, "rule", old.rule, new.rule, "the rule was {was}, now {now}"),
    ):
        if was != now:
            yield Change(reason, name, what, was, now, f"{name}: {sentence.format(was=was, now=now)}")


def _spans(name: str, old: Sequence[Applied], new: Sequence[Applied]) -> Iterator[Change]:
    """What becomes of types inside a text, those together of which the same can be said."""
    before, after = ({applied.entity: applied for applied in spans} for spans in (old, new))
    changed: dict[tuple[str, str], list[str]] = {}
    for entity in dict.fromkeys((*before, *after)):
        was, now = (span_words(side[entity]) if entity in side else _HELD for side in (before, after))
        if was != now:
            changed.setdefault((was, now), []).append(entity)
        elif entity in before and entity in after:
            yield from _applied(name, (before[entity],), (after[entity],), shown=False)
    for (was, now), entities in changed.items():
        sentence = f"{name}: {types_words(entities)} in its text: {was} becomes {now}"
        yield Change(Reason.POLICY, name, "treatment", was, now, sentence)


def _applied(
    name: str, old: tuple[Applied | None, ...], new: tuple[Applied | None, ...], *, shown: bool
) -> Iterator[Change]:
    """Differences that the words for a treatment do not show: what keys are derived for, and versions. Where those
    words differ already (``shown``), only keys and versions of what stayed the same otherwise.
    """
    for a, b in zip(old, new, strict=False):
        if a is None or b is None or a == b or (shown and (a.entity, a.transform) != (b.entity, b.transform)):
            continue
        if a.key != b.key and a.key is not None and b.key is not None:
            sentence = (
                f"{name}: the key was for {_derived(a.key)}; now for {_derived(b.key)}: tokens of before do not join"
            )
            yield Change(Reason.KEY, name, "key", _derived(a.key), _derived(b.key), sentence)
        elif a.version != b.version:
            sentence = f"{name}: {b.transform} has version {b.version}, before {a.version}"
            yield Change(Reason.TRANSFORM, name, "transform", str(a.version), str(b.version), sentence)
        elif not shown:
            yield Change(Reason.POLICY, name, "rule", "", "", f"{name}: the rule for {b.entity} changed")


def _derived(key: KeyRef) -> str:
    return f"{key.entity}, version {key.version}, {key.route}"


def _joins(old: Plan, new: Plan, transforms: Mapping[str, Transform]) -> Iterator[Change]:
    before, after = _joined(old, transforms), _joined(new, transforms)
    for path, now in after.items():
        was = before.get(path, ())
        if was != now and path in before:
            name = show_path(path)
            sentence = f"{name}: joined with {_listed(was)}, now with {_listed(now)}"
            yield Change(Reason.POLICY, name, "joins", _listed(was), _listed(now), sentence)


def _joined(plan: Plan, transforms: Mapping[str, Transform]) -> dict[FieldPath, tuple[str, ...]]:
    """By field: the other fields of the flow whose equal values come out equal."""
    by_key: dict[object, list[FieldPath]] = {}
    keys = {step.path: list(join_keys(step, transforms)) for step in plan.steps}
    for path, own in keys.items():
        for key in own:
            by_key.setdefault(key, []).append(path)
    return {
        path: tuple(dict.fromkeys(show_path(other) for key in own for other in by_key[key] if other != path))
        for path, own in keys.items()
    }


def _route(old: Plan, new: Plan) -> Iterator[Change]:
    """But its limits, which the plan has as settings of its own."""
    if old.route == new.route:
        return
    if old.route is None or new.route is None:
        was = "" if old.route is None else old.route.name
        now = "" if new.route is None else new.route.name
        sentence = "the flow crosses a border now" if new.route else "the flow stays inside one region now"
        yield Change(Reason.ROUTE, "", "route", was, now, sentence)
        return
    for what, before, after in (
        ("route", old.route.name, new.route.name),
        ("route's class", old.route.data_class, new.route.data_class),
        ("route's basis", old.route.basis, new.route.basis),
        ("route's last day", old.route.until, new.route.until),
    ):
        if before != after:
            yield Change(Reason.ROUTE, "", what, before, after, f"the {what} was {before}, now {after}")


def _settings(old: Plan, new: Plan) -> Iterator[Change]:
    for reason, what, before, after in (
        (Reason.POLICY, "flow", old.flow, new.flow),
        (Reason.PROGRAM, "plan's version", old.version, new.version),
        (Reason.POLICY, "source", f"{old.source} in {old.source_region}", f"{new.source} in {new.source_region}"),
        (Reason.POLICY, "target", f"{old.target} in {old.target_region}", f"{new.target} in {new.target_region}"),
        (Reason.POLICY, "policy", old.policy, new.policy),
        (Reason.POLICY, "subject", _subject(old), _subject(new)),
        (Reason.POLICY, "class of the records", old.data_class, new.data_class),
        (Reason.FORMAT, "source format", _format(old.source_format), _format(new.source_format)),
        (Reason.FORMAT, "target format", _format(old.target_format), _format(new.target_format)),
        (Reason.POLICY, "guard score", old.guard_score, new.guard_score),
        (Reason.ROUTE, "residue score", old.residue_score, new.residue_score),
        (Reason.ROUTE, "number of findings allowed in a release", old.residue_limit, new.residue_limit),
        (Reason.POLICY, "share of records that may be quarantined", old.max_quarantine, new.max_quarantine),
        (Reason.POLICY, "number of records that may be quarantined", _most(old), _most(new)),
        (Reason.PROGRAM, "size of a part", old.part_size, new.part_size),
        (Reason.DECISION, "number of bulk decisions", old.bulk_decisions, new.bulk_decisions),
    ):
        if before != after:
            yield Change(reason, "", what, str(before), str(after), f"the {what} was {before}, now {after}")
    if old.decisions != new.decisions:
        sentence = "the decisions that count are not the same"
        yield Change(Reason.DECISION, "", "decisions", old.decisions[:12], new.decisions[:12], sentence)


def _most(plan: Plan) -> str:
    return "any" if plan.max_quarantine_count is None else str(plan.max_quarantine_count)


def _components(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        was, now = old.get(name, "")[:12], new.get(name, "")[:12]
        if name not in old:
            yield Change(_component(name), "", name, was, now, f"{name} is new ({now})")
        elif name not in new:
            yield Change(_component(name), "", name, was, now, f"{name} is gone")
        elif old[name] != new[name]:
            yield Change(_component(name), "", name, was, now, f"{name} changed from {was} to {now}")


def _component(name: str) -> Reason:
    """Names are as `pratique.assembly` gives them to the compiler."""
    kinds = {
        "detector": Reason.DETECTOR,
        "residue": Reason.DETECTOR,
        "transform": Reason.TRANSFORM,
        "format": Reason.FORMAT,
        "keys": Reason.KEY,
    }
    return kinds.get(name.partition(".")[0], Reason.PROGRAM)


def _subject(plan: Plan) -> str:
    return "none" if plan.subject is None else show_path(plan.subject)


def _format(spec: FormatSpec) -> str:
    options = ", ".join(f"{k} {v!r}" for k, v in sorted(spec.options.items()))
    return f"{spec.name} ({options})" if options else spec.name


def _shape(step: Step) -> str:
    return ", ".join(step.kinds) + (" or is missing" if step.optional else "")


def _output(step: Step) -> str:
    return ", ".join(step.output_kinds) or "nothing"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
