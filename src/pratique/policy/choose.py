"""Verdict to rule: which one line of a policy treats a field.

In this order:

1. A rule for the field wins over rules for entity types. It may always treat; it may let a value pass (``keep``, or the
   untouched rest of ``as: text``) only where somebody or something has said what the field is.
2. A field of which nothing is known quarantines: "nothing found" is no licence.
3. A field that a person held to be free of personal data goes by ``not_personal``.
4. A personal field goes by the rules of all its types; a type without one goes by its family's, and without that by
   ``otherwise``; where evidence speaks against a decision, ``not_personal`` has its say too. The strictest wins:
   quarantine > drop > redact > replace > generalise > shift_date > mask > pseudonym > token > keep.

Hence: one more type found in a field can only make its treatment stricter or leave it, never looser.
"""

from dataclasses import dataclass, replace

from pratique.errors import PolicyError
from pratique.model.catalogue import Verdict, VerdictState
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Mode
from pratique.model.policy import Place, Policy, Rule, TransformSpec

QUARANTINE = "quarantine"
STRICTNESS = (
    QUARANTINE,
    "drop",
    "redact",
    "replace",
    "generalise",
    "shift_date",
    "mask",
    "pseudonym",
    "token",
    "keep",
)
"""Strictest first."""

ANY = "FIELD"
"""The entity type that a field rule's key is derived for where no type is known."""

_PARTIAL = frozenset({"generalise", "shift_date", "mask"})
"""Transforms whose parameters decide how much shows, so that two of them cannot be ranked by name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The rule that treats a field, before its transform is checked."""

    mode: Mode
    spec: TransformSpec | None
    """Of WHOLE (and of KEEP and DROP, so that their parameters are checked)."""
    entity: str
    label: str
    """The policy line, as in `pratique.model.plan.Step.rule`."""
    place: Place
    not_personal: bool = False
    """Whether the field does not count towards the record's class."""
    fernet: str = ""
    """The Fernet key that the field's values are decoded with first."""


def strictness(name: str) -> int:
    """How strict a transform (or ``quarantine``) is: larger is stricter. `PolicyError` for one without a rank."""
    if name not in STRICTNESS:
        raise PolicyError(f"the transform {name} has no rank of strictness", do="write a rule for the field")
    return len(STRICTNESS) - STRICTNESS.index(name)


def field_rule(policy: Policy, dataset: str, path: FieldPath) -> tuple[str, Rule] | None:
    """The policy's rule for this very field, with its key; the dataset's own before ``*``."""
    for owner in (dataset, "*"):
        key = f"{owner}.{show_path(path)}"
        if key in policy.fields:
            return key, policy.fields[key]
    return None


def choose(policy: Policy, dataset: str, path: FieldPath, verdict: Verdict | None, *, document: bool) -> Choice:
    """The rule for one field. ``document``: the dataset's format makes this field free text by itself.

    ``policy`` has the rules of families as rules of their types (`Policy.resolved`).
    """
    personal = verdict is not None and verdict.state is not VerdictState.UNDECIDED and bool(verdict.entities)
    cleared = verdict is not None and verdict.state is VerdictState.DECIDED and not verdict.entities
    entities = verdict.entities if verdict is not None and personal else ()
    label = f"policy.{policy.name}"
    found = field_rule(policy, dataset, path)
    if found is not None and found[1].fernet:
        return _decoded(policy, dataset, path, verdict, found, document=document)
    if found is not None:
        return _by_field(f"{label}.fields.{found[0]}", found[1], entities, cleared=cleared)
    if cleared:
        return _by_rule(f"{label}.not_personal", policy.not_personal, ANY, cleared=True)
    if not personal:
        return Choice(Mode.QUARANTINE, None, "", "undecided", policy.place)
    if document:
        return Choice(Mode.TEXT, None, "", f"{label}.entities", policy.place)
    choice = _strictest(policy, path, entities)
    state = verdict.state if verdict is not None else VerdictState.UNDECIDED
    if state is VerdictState.PROPOSED and choice.spec is not None and choice.spec.name == "keep":
        # A proposal that nobody reviewed may only make treatment stricter: it is no leave to keep.
        choice = Choice(Mode.QUARANTINE, None, "", "undecided", choice.place)
    elif state is VerdictState.CONFLICT:
        choice = _stricter(choice, _by_rule(f"{label}.not_personal", policy.not_personal, ANY, cleared=False))
    return choice


def _decoded(
    policy: Policy,
    dataset: str,
    path: FieldPath,
    verdict: Verdict | None,
    found: tuple[str, Rule],
    *,
    document: bool,
) -> Choice:
    """What is decoded goes by the rest of its rule, or by the verdict as if there were no rule for the field."""
    key, rule = found
    fields = {name: other for name, other in policy.fields.items() if name not in (f"*.{show_path(path)}", key)}
    if rule.transform is not None or rule.as_text:
        fields[key] = replace(rule, fernet="")
    choice = choose(replace(policy, fields=fields), dataset, path, verdict, document=document)
    return replace(choice, fernet=rule.fernet, place=rule.place)


def _stricter(first: Choice, second: Choice) -> Choice:
    """What was decided may have been "not personal", whose own rule may be the stricter of the two."""
    return second if _rank(second) > _rank(first) else first


def _rank(choice: Choice) -> int:
    return strictness(QUARANTINE if choice.spec is None else choice.spec.name)


def _by_field(label: str, rule: Rule, entities: tuple[str, ...], *, cleared: bool) -> Choice:
    known = cleared or bool(entities)
    passes = rule.as_text or (rule.transform is not None and rule.transform.name == "keep")
    if passes and not known:
        return Choice(Mode.QUARANTINE, None, "", "undecided", rule.place)
    return _by_rule(label, rule, entities[0] if entities else ANY, cleared=cleared)


def _by_rule(label: str, rule: Rule, entity: str, *, cleared: bool) -> Choice:
    if rule.as_text:
        return Choice(Mode.TEXT, None, "", label, rule.place, not_personal=cleared)
    if rule.transform is None:
        raise PolicyError(f"{label} names no transform", where=str(rule.place), do="write one, like replace")
    mode = Mode.WHOLE
    if rule.transform.name == "drop":
        mode = Mode.DROP
    elif rule.transform.name == "keep" and cleared:
        mode = Mode.KEEP
    return Choice(mode, rule.transform, entity, label, rule.place, not_personal=cleared)


def _strictest(policy: Policy, path: FieldPath, entities: tuple[str, ...]) -> Choice:
    """Of equally strict rules that of the type which the verdict names first (the most frequent, or the person's)."""
    missing = [e for e in entities if e not in policy.entities]
    ruled = [e for e in entities if e in policy.entities]
    best = max(ruled, key=lambda e: strictness(entity_spec(policy, e).name), default=None)
    if missing and (best is None or strictness(policy.otherwise) > strictness(entity_spec(policy, best).name)):
        return _otherwise(policy, missing[0])
    assert best is not None
    _check_clash(policy, path, best, ruled)
    return _by_rule(rule_label(policy, best), policy.entities[best], best, cleared=False)


def _otherwise(policy: Policy, entity: str) -> Choice:
    label = f"policy.{policy.name}.otherwise"
    if policy.otherwise == QUARANTINE:
        return Choice(Mode.QUARANTINE, None, entity, label, policy.place)
    if policy.otherwise not in ("drop", "redact", "replace"):
        raise PolicyError(f"{label} cannot be {policy.otherwise}", where=str(policy.place), do="use quarantine")
    return _by_rule(label, Rule(TransformSpec(policy.otherwise), policy.place), entity, cleared=False)


def rule_label(policy: Policy, entity: str) -> str:
    """The policy line that treats an entity type: its own, or its family's."""
    family = policy.entities[entity].family
    return f"policy.{policy.name}.families.{family}" if family else f"policy.{policy.name}.entities.{entity}"


def rule_words(policy: Policy, entity: str) -> str:
    """The same for errors: of a family's rule it is also said for which of its types."""
    label = rule_label(policy, entity)
    return f"{label} (for {entity})" if policy.entities[entity].family else label


def entity_spec(policy: Policy, entity: str) -> TransformSpec:
    """What the policy does with an entity type that it has a rule for."""
    rule = policy.entities[entity]
    if rule.transform is None:
        what = f"{rule_words(policy, entity)} names no transform"
        raise PolicyError(what, where=str(rule.place), do="write one, like replace")
    return rule.transform


def _check_clash(policy: Policy, path: FieldPath, best: str, ruled: list[str]) -> None:
    """Two masks that show different parts, and neither hides all that the other hides: that is for a person to say."""
    first = entity_spec(policy, best)
    if first.name not in _PARTIAL:
        return
    for other in ruled:
        spec = entity_spec(policy, other)
        if spec.name == first.name and spec.params != first.params:
            raise PolicyError(
                f"{show_path(path)} is held to be {best} and {other}, whose rules {first.name} it differently",
                where=str(policy.entities[other].place),
                do=f"write a rule for the field under policies.{policy.name}.fields, or decide its type",
            )
