"""What a plan does, field by field, in words: verdict, rule, treatment, class, what still joins, what is lost.

For the terminal of a person in the exporter's region: it names fields. It never shows a value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pratique.model.catalogue import Evidence, Scan, Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Applied, Mode, Plan, Step
from pratique.model.policy import Place, Settings
from pratique.ports import Transform

SMALL_DOMAIN = 100
"""Distinct values at or below which equal tokens can be told apart by how often they come."""

_REPEATS = 10
"""Values per distinct value from which a small number of distinct values is a fact, not a small sample."""


@dataclass(frozen=True, slots=True)
class FieldExplanation:
    """What happens to one field, and why."""

    path: str
    """As `show_path` writes it."""
    number: int
    """Its place in the plan, from 1; names it where its name may not go (``#3``)."""
    kinds: tuple[str, ...]
    verdict: str
    """``PERSON, USER_ID``, ``not personal`` or ``unknown``."""
    state: str
    """As `VerdictState`."""
    decided: str
    """``person``, ``bulk``, ``proposal`` or ``none``; and who, if somebody did."""
    rule: str
    """The policy line, with file and line number where they are known."""
    treatment: str
    """``token in viewer``, ``mask (keep_last 4)``, ``keep``, ``quarantine`` …; of free text, what was found there."""
    spans: Mapping[str, str]
    """Of free text: each entity type that has a rule, and what becomes of it."""
    output_class: str
    joins: tuple[str, ...]
    """Fields of this flow, and of others, whose equal values are still equal."""
    loses: str
    """What is lost."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What holds for the plan as a whole."""

    flow: str
    hash: str
    source: str
    target: str
    route: str
    """Route, basis and last day; or that the flow stays inside one region."""
    policy: str
    data_class: str
    subject: str
    guard_score: float
    residue_score: float
    residue_limit: int
    max_quarantine: float
    max_quarantine_count: int | None
    fields: int
    treated: int
    kept: int
    dropped: int
    quarantined: int
    """Fields whose every value holds its record back."""
    reviewed: int
    """Fields that a person decided, in bulk or one by one."""
    bulk_decisions: int
    warnings: tuple[str, ...]


def explain(
    plan: Plan,
    scan: Scan,
    verdicts: Mapping[FieldPath, Verdict],
    transforms: Mapping[str, Transform],
    *,
    others: Sequence[Plan] = (),
    settings: Settings | None = None,
) -> tuple[FieldExplanation, ...]:
    """One explanation per step, in the plan's order. ``others`` are the plans of other flows, for joins across them."""
    evidence = {e.path: e for e in scan.evidence}
    joins = _join_index(plan, transforms, others)
    return tuple(
        FieldExplanation(
            path=show_path(step.path),
            number=number,
            kinds=tuple(step.kinds),
            verdict=_verdict(verdicts.get(step.path)),
            state=_state(verdicts.get(step.path)),
            decided=_decided(step, verdicts.get(step.path)),
            rule=_rule(step, settings),
            treatment=treatment(step),
            spans={span.entity: span_words(span) for span in step.spans},
            output_class=step.output_class,
            joins=_joins(step, plan.flow, joins),
            loses=_loses(step, transforms),
            warnings=tuple(
                _warnings(step, plan, scan, evidence.get(step.path), verdicts.get(step.path), transforms=transforms)
            ),
        )
        for number, step in enumerate(plan.steps, 1)
    )


def summarise(plan: Plan, scan: Scan) -> PlanSummary:
    """The plan in figures."""
    modes = [s.mode for s in plan.steps]
    route = f"inside {plan.source_region}: no route needed"
    if plan.route is not None:
        route = f"{plan.route.name}, {plan.route.basis}, until {plan.route.until}"
    return PlanSummary(
        flow=plan.flow,
        hash=plan.hash,
        source=plan.source,
        target=plan.target,
        route=route,
        policy=plan.policy,
        data_class=plan.data_class,
        subject="" if plan.subject is None else show_path(plan.subject),
        guard_score=plan.guard_score,
        residue_score=plan.residue_score,
        residue_limit=plan.residue_limit,
        max_quarantine=plan.max_quarantine,
        max_quarantine_count=plan.max_quarantine_count,
        fields=len(modes),
        treated=sum(m in (Mode.WHOLE, Mode.TEXT) for m in modes),
        kept=modes.count(Mode.KEEP),
        dropped=modes.count(Mode.DROP),
        quarantined=modes.count(Mode.QUARANTINE),
        reviewed=sum(s.decided in ("person", "bulk") for s in plan.steps),
        bulk_decisions=plan.bulk_decisions,
        warnings=tuple(_plan_warnings(plan, scan)),
    )


_UNSAID = frozenset({"domain", "in_text"})
"""Parameters that are told otherwise: the key's domain by ``in``, and where the value stands by the step itself."""


_MOST_TYPES = 5
"""Types that are told by name where more have one treatment."""


def treatment(step: Step) -> str:
    """The step in a few words; of a transform's parameters those that are not empty, nought or off. Of a text what
    becomes of the types that the field is held to be; there are hundreds that may be found in it.
    """
    return f"decode with {step.fernet}, then {_treatment(step)}" if step.fernet else _treatment(step)


def _treatment(step: Step) -> str:
    if step.mode is Mode.TEXT:
        said = [f"{span.entity} {span_words(span)}" for span in _told(step)]
        rest = len(step.spans) - len(said)
        return "; ".join([f"free text: {', '.join(said)}" if said else "free text", *_others(rest)])
    if step.mode is Mode.WHOLE and step.apply is not None:
        return _applied(step.apply)
    return step.mode.value


def _told(step: Step) -> list[Applied]:
    """The spans of a text that are told: of types that it is held to hold, or all, where they are few."""
    if len(step.spans) <= _MOST_TYPES:
        return list(step.spans)
    return [span for span in step.spans if span.entity in step.entities]


def _others(rest: int) -> list[str]:
    return [f"{rest} other types by their rules"] if rest else []


def types_words(entities: Sequence[str]) -> str:
    """Types in a few words: the first few by name."""
    if len(entities) <= _MOST_TYPES:
        return ", ".join(entities)
    return f"{', '.join(entities[:_MOST_TYPES])} and {len(entities) - _MOST_TYPES} more types"


def span_words(applied: Applied) -> str:
    """What is done to a span, in a few words; what stands in its place is not told where it is its type."""
    params = {k: v for k, v in applied.params.items() if (k, v) != ("with", f"<{applied.entity}>")}
    return _applied(replace(applied, params=params))


def _applied(applied: Applied) -> str:
    said = {k: v for k, v in sorted(applied.params.items()) if k not in _UNSAID and v}
    params = ", ".join(name if value is True else f"{name} {value}" for name, value in said.items())
    domain = f" in {applied.key.domain}" if applied.key is not None else ""
    return f"{applied.transform}{domain}" + (f" ({params})" if params else "")


def _verdict(verdict: Verdict | None) -> str:
    if verdict is not None and verdict.entities:
        return ", ".join(verdict.entities)
    decided = verdict is not None and verdict.state is VerdictState.DECIDED
    return "not personal" if decided else "unknown"


def _state(verdict: Verdict | None) -> str:
    return VerdictState.UNDECIDED.value if verdict is None else verdict.state.value


def _decided(step: Step, verdict: Verdict | None) -> str:
    return f"{step.decided}: {verdict.by}" if verdict is not None and verdict.by else step.decided


def _rule(step: Step, settings: Settings | None) -> str:
    place = Place()
    if settings is not None:
        # A plan says policy.NAME.…; the project file's sections are called policies.
        section, _, rest = step.rule.partition(".")
        if section == "policy":
            place = settings.places.get(f"policies.{rest}", Place())
    return f"{step.rule} ({place})" if place.line else step.rule


def _loses(step: Step, transforms: Mapping[str, Transform]) -> str:
    if step.mode is Mode.DROP:
        return "the whole field"
    if step.mode is Mode.QUARANTINE:
        return "every record with a value here"
    applied = _told(step) if step.mode is Mode.TEXT else (step.apply,)
    words = {a.transform: transforms[a.transform].loses for a in applied if a is not None and a.transform in transforms}
    if step.mode is Mode.TEXT:
        return "; ".join(f"{name}: {lost}" for name, lost in words.items() if lost)
    return next(iter(words.values()), "")


# --- joins ----------------------------------------------------------------------------------------------------------

JoinKey = tuple[object, ...]


def join_keys(step: Step, transforms: Mapping[str, Transform]) -> Iterator[JoinKey]:
    """What two fields must share for equal values to come out equal: transform, its parameters, and the key."""
    for applied in (step.apply, *step.spans):
        if applied is None or applied.key is None:
            continue
        transform = transforms.get(applied.transform)
        if transform is not None and transform.joins:
            yield applied.transform, applied.version, tuple(sorted(applied.params.items())), applied.key


def _join_index(
    plan: Plan, transforms: Mapping[str, Transform], others: Sequence[Plan]
) -> dict[FieldPath, list[tuple[str, FieldPath]]]:
    by_key: dict[JoinKey, list[tuple[str, FieldPath]]] = {}
    for each in (plan, *(p for p in others if p.flow != plan.flow)):
        for step in each.steps:
            for key in join_keys(step, transforms):
                by_key.setdefault(key, []).append((each.flow, step.path))
    return {step.path: [other for key in join_keys(step, transforms) for other in by_key[key]] for step in plan.steps}


def _joins(step: Step, flow: str, index: Mapping[FieldPath, list[tuple[str, FieldPath]]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for other, path in index[step.path]:
        if (other, path) != (flow, step.path):
            found[show_path(path) if other == flow else f"{other}: {show_path(path)}"] = None
    return tuple(found)


# --- warnings -------------------------------------------------------------------------------------------------------


def _warnings(
    step: Step,
    plan: Plan,
    scan: Scan,
    evidence: Evidence | None,
    verdict: Verdict | None,
    *,
    transforms: Mapping[str, Transform],
) -> Iterator[str]:
    yield from _review_warnings(step, scan, verdict)
    if step.mode is Mode.WHOLE and step.output_class is DataClass.PERSONAL:
        yield "personal data is kept as it is"
    if step.mode is Mode.TEXT:
        ruled = {a.entity for a in step.spans}
        bare = [e for e in step.entities if e not in ruled]
        if bare:
            yield f"{', '.join(bare)} was found here and has no rule: each text that holds it is quarantined"
    joins = step.apply is not None and step.apply.transform in transforms and transforms[step.apply.transform].joins
    if joins:
        yield from _domain_warnings(step, plan, evidence)
    if step.mode is Mode.KEEP and evidence is not None and len(evidence.date_formats) > 1:
        yield f"dates here can be read as {' or as '.join(evidence.date_formats)}"


def _review_warnings(step: Step, scan: Scan, verdict: Verdict | None) -> Iterator[str]:
    if step.decided == "none":
        yield "nothing was found and nobody decided" + _bound(scan)
    elif verdict is not None and verdict.state is VerdictState.CONFLICT:
        yield "what was found speaks against what was decided; decide again: the stricter of the two holds until then"
    elif step.decided == "proposal":
        yield "nobody reviewed this"
    if verdict is not None:
        if verdict.ignored:
            count = "a decision was" if verdict.ignored == 1 else f"{verdict.ignored} decisions were"
            yield f"{count} ignored for want of a steward's signature"
        yield from verdict.notes


def _bound(scan: Scan) -> str:
    bound = scan.miss_bound
    if bound is None:
        return " (the sample was not random)"
    if bound == 0:
        return ""
    return f" (a type in {bound:.2%} of the records or more would have been seen with 95 % confidence)"


def _domain_warnings(step: Step, plan: Plan, evidence: Evidence | None) -> Iterator[str]:
    if evidence is not None:
        values = evidence.sampled - evidence.nulls
        if 0 < evidence.distinct <= SMALL_DOMAIN and values >= _REPEATS * evidence.distinct:
            yield (
                f"only {evidence.distinct} distinct values in {values}: who knows how often each comes can tell which "
                "token is which"
            )
    assert step.apply is not None
    key = step.apply.key
    if key is None:
        return
    applied = [a for s in plan.steps for a in (s.apply, *s.spans) if a is not None and a.key is not None]
    entities = sorted({a.key.entity for a in applied if a.key is not None and a.key.domain == key.domain})
    if len(entities) > 1:
        rest = types_words([e for e in entities if e != key.entity])
        yield f"the domain {key.domain} also holds {rest}, which does not join with {key.entity}"


def _plan_warnings(plan: Plan, scan: Scan) -> Iterator[str]:
    held = sum(s.mode is Mode.QUARANTINE for s in plan.steps)
    if held:
        yield f"{held} of {len(plan.steps)} fields quarantine every record that has a value there: review them"
    unreviewed = sum(s.decided in ("proposal", "none") for s in plan.steps)
    if unreviewed:
        yield f"{unreviewed} of {len(plan.steps)} fields were reviewed by nobody"
    if plan.bulk_decisions:
        yield f"decisions taken in bulk: {plan.bulk_decisions}; the certificate says so"
    if scan.miss_bound is None:
        yield "the scan's sample was not random over records, so what it missed is not bounded"
    if scan.rejects:
        yield f"{scan.rejects} records of the scan could not be read"
