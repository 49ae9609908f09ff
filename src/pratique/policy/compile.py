"""Compile a policy, the verdicts and a schema into the plan of one flow.

The plan is complete: with the keys that it names, it decides every output byte. What is unclear is refused here, with
the line of the project file, and not met as a surprise in the data.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pratique.errors import PolicyError
from pratique.model.catalogue import Scan, Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.data import Dataset, FormatSpec
from pratique.model.paths import KEY, MARKERS, FieldPath, show_path
from pratique.model.plan import PLAN_VERSION, Applied, Mode, Plan, Step
from pratique.model.policy import Flow, Place, Policy, Route, Settings, TransformSpec
from pratique.model.schema import Field, Kind
from pratique.policy.applied import Context, make_applied, nearest, transform_of
from pratique.policy.choose import QUARANTINE, Choice, choose, entity_spec, rule_words
from pratique.ports import Transform

PART_SIZE = 64 * 1024 * 1024
"""Bytes."""

RESIDUE_SCORE = 0.6
"""Of a flow inside one region, which has no route to say it."""

DOCUMENT: Mapping[str, FieldPath] = {"text": ("text",)}
"""Formats whose records are documents, and the field that is their free text."""

_SHOWN_FIELDS = 5
_DATED = ("date", "timestamp")


def compile_plan(
    settings: Settings,
    flow: str,
    *,
    scan: Scan,
    verdicts: Mapping[FieldPath, Verdict],
    transforms: Mapping[str, Transform],
    key_version: Callable[[str], int],
    components: Mapping[str, str],
    decisions_digest: str,
    bulk_decisions: int,
    target_format: FormatSpec,
    today: date,
    part_size: int = PART_SIZE,
    known_entities: Mapping[str, str] | None = None,
) -> Plan:
    """The plan of ``flow``. ``today`` (UTC) is held against the route's last day; ``key_version`` takes a domain.

    ``known_entities``: every type that detectors find, with its family (`pratique.ports.TextDetector.families`).

    Raises `PolicyError`. Steps: find flow, route and policy; check the policy's names; choose and check a rule for each
    leaf of the scan's schema; take the weakest class; hold it against the route.
    """
    found, route = check_flow(
        settings, flow, scan=scan, transforms=transforms, today=today, known_entities=known_entities
    )
    source, target = settings.datasets[found.source], settings.datasets[found.target]
    policy = settings.policies[found.policy]
    context = Context(found, route, source.subject, transforms, key_version)
    compiler = StepCompiler(context, policy, scan, known_entities or {}).with_subject(verdicts)
    steps = tuple(compiler.step(field, verdicts.get(field.path)) for field in scan.schema.fields())
    if not steps:
        raise PolicyError(f"nothing is known of the fields of {source.name}", do=f"scan {source.name} again")
    data_class = min((s.output_class for s in steps), default=DataClass.NONE)
    check_class(route, steps, data_class, found.place)
    return Plan(
        version=PLAN_VERSION,
        flow=flow,
        source=source.name,
        target=target.name,
        source_region=source.region,
        target_region=target.region,
        # Where the route stands in a file is no part of what it allows: the hash must not hang on it.
        route=None if route is None else replace(route, place=Place()),
        policy=policy.name,
        schema=scan.schema,
        steps=steps,
        subject=source.subject,
        data_class=data_class,
        source_format=scan.format,
        target_format=target_format,
        guard_score=settings.detection.guard_score,
        residue_score=route.residue_score if route else RESIDUE_SCORE,
        residue_limit=route.residue if route else 0,
        max_quarantine=found.max_quarantine,
        max_quarantine_count=found.max_quarantine_count,
        part_size=part_size,
        components=dict(components),
        decisions=decisions_digest,
        bulk_decisions=bulk_decisions,
    )


def check_flow(
    settings: Settings,
    name: str,
    *,
    scan: Scan,
    transforms: Mapping[str, Transform],
    today: date,
    known_entities: Mapping[str, str] | None,
) -> tuple[Flow, Route | None]:
    """The flow and its route; raises `PolicyError` for all that is wrong with them whatever the fields hold."""
    found = _flow(settings, name)
    source, target = settings.datasets[found.source], settings.datasets[found.target]
    policy = settings.policies[found.policy]
    if scan.dataset != source.name:
        raise PolicyError(f"the scan is of {scan.dataset}, flow {name} reads {source.name}", do=f"scan {source.name}")
    route = _route(settings, found, source, target, today)
    check_policy(settings, policy, transforms, known_entities)
    _check_subject(settings, source, scan)
    _check_fields(policy, source, scan)
    return found, route


def _flow(settings: Settings, name: str) -> Flow:
    found = settings.flows.get(name)
    if found is None:
        raise PolicyError(f"there is no flow {name!r}", do=nearest(name, settings.flows))
    for kind, used, known in (
        ("dataset", found.source, settings.datasets),
        ("dataset", found.target, settings.datasets),
        ("policy", found.policy, settings.policies),
    ):
        if used not in known:
            raise PolicyError(
                f"flow {name}: there is no {kind} {used!r}", where=str(found.place), do=nearest(used, known)
            )
    return found


def _route(settings: Settings, flow: Flow, source: Dataset, target: Dataset, today: date) -> Route | None:
    if source.region == target.region:
        return None
    name = f"{source.region} -> {target.region}"
    route = settings.routes.get(name)
    if route is None:
        what = f"flow {flow.name} crosses from {source.region} to {target.region}, and no route allows it"
        raise PolicyError(what, where=str(flow.place), do=f"add {name} under routes")
    if route.data_class is DataClass.ANONYMISED:
        what = f"the route {name} takes anonymised data, and whether data is anonymous is not measured yet"
        raise PolicyError(what, where=str(route.place), do="ask for class: pseudonymised, if the legal basis allows it")
    try:
        last = date.fromisoformat(route.until)
    except ValueError:
        raise PolicyError(f"the route {name} has no last day", where=str(route.place), do="write until") from None
    if today > last:
        what = f"the route {name} closed after {route.until}"
        raise PolicyError(what, where=str(route.place), do="renew its basis, then write the new day under until")
    return route


def check_policy(
    settings: Settings, policy: Policy, transforms: Mapping[str, Transform], known_entities: Mapping[str, str] | None
) -> None:
    """Every name in the policy exists, whether or not a field uses its rule today."""
    label = f"policy.{policy.name}"
    named = {f"{label}.entities.{k}": r for k, r in policy.entities.items()}
    named |= {f"{label}.families.{k}": r for k, r in policy.families.items()}
    named |= {f"{label}.fields.{k}": r for k, r in policy.fields.items()}
    named[f"{label}.not_personal"] = policy.not_personal
    for name, rule in named.items():
        if rule.transform is not None:
            transform_of(rule.transform, transforms, rule.place, name)
        elif not ((rule.as_text or rule.fernet) and name.startswith(f"{label}.fields.")):
            raise PolicyError(f"{name} names no transform", where=str(rule.place), do="write one, like replace")
    if known_entities is None:
        return
    known = {*known_entities, *(e.name for e in settings.detection.entities)}
    for entity, rule in policy.entities.items():
        if entity not in known:
            what = f"{label}.entities: nothing finds the entity type {entity!r}"
            raise PolicyError(what, where=str(rule.place), do=nearest(entity, known))


def _check_subject(settings: Settings, source: Dataset, scan: Scan) -> None:
    subject = source.subject
    if subject is None:
        return
    place = settings.places.get(f"datasets.{source.name}.subject", Place())
    paths = {f.path for f in scan.schema.fields()}
    if subject not in paths or MARKERS & set(subject):
        what = f"the subject of {source.name}, {show_path(subject)}, is not a single value of its records"
        raise PolicyError(what, where=str(place), do=nearest(show_path(subject), map(show_path, paths)))


def _check_fields(policy: Policy, source: Dataset, scan: Scan) -> None:
    """A rule for one field of this dataset must meet a field, or a slip of the pen would quietly undo it."""
    prefix = f"{source.name}."
    known = {f"{prefix}{show_path(f.path)}" for f in scan.schema.fields()}
    for name, rule in policy.fields.items():
        if name.startswith(prefix) and name not in known:
            what = f"policy.{policy.name}.fields: the scan of {source.name} has no value at {name.removeprefix(prefix)}"
            do = f"{nearest(name, known)} (a rule under *. need not meet a field)"
            raise PolicyError(what, where=str(rule.place), do=do)


def check_class(route: Route | None, steps: Sequence[Step], data_class: DataClass, place: Place) -> None:
    """Raise `PolicyError` where records of these steps are weaker than the route takes."""
    if route is None or not data_class < route.data_class:
        return
    weak = [f"{show_path(s.path)} ({s.rule})" for s in steps if s.output_class < route.data_class]
    shown = ", ".join(weak[:_SHOWN_FIELDS]) + (
        f" and {len(weak) - _SHOWN_FIELDS} more" if len(weak) > _SHOWN_FIELDS else ""
    )
    what = f"the route {route.name} takes {route.data_class} data, and records would be {data_class} because of {shown}"
    raise PolicyError(what, where=str(place), do="treat these fields, or decide that they are not personal")


class StepCompiler:
    """Makes the step of each field; holds what they share."""

    def __init__(self, context: Context, policy: Policy, scan: Scan, known: Mapping[str, str]) -> None:
        self._context = context
        self._known = known
        self._policy = policy.resolved(known)
        self._scan = scan
        self._evidence = {e.path: e for e in scan.evidence}
        self._document = DOCUMENT.get(scan.format.name)
        self._spans: tuple[Applied, ...] | None = None

    def with_subject(self, verdicts: Mapping[FieldPath, Verdict]) -> "StepCompiler":
        """One that knows the subject's own rule: in that normal form it is met again when the plan is inverted."""
        context = self._context
        for field in self._scan.schema.fields():
            if field.path == context.subject:
                own = self.step(field, verdicts.get(field.path)).apply
                context = replace(context, subject_entity=own.entity if own is not None else "")
        return StepCompiler(context, self._policy, self._scan, self._known)

    def step(self, field: Field, verdict: Verdict | None) -> Step:
        """The step of one leaf. A missing verdict is an undecided one."""
        if not field.path:
            raise PolicyError("the records are not objects with named fields", do="scan data whose records have fields")
        document = field.path == self._document
        choice = choose(self._policy, self._context.flow.source, field.path, verdict, document=document)
        kinds = field.kinds - {Kind.NULL}
        if choice.fernet:
            _check_tokens(field, choice)
        if not kinds and choice.mode not in (Mode.KEEP, Mode.DROP):
            # Only nulls were seen: there is nothing to check a transform against, and the first value is held back.
            return self._make(field, verdict, choice, Mode.QUARANTINE)
        if choice.mode is Mode.WHOLE:
            return self._whole(field, verdict, choice, kinds)
        if choice.mode is Mode.TEXT:
            return self._text(field, verdict, choice, kinds)
        if choice.mode is Mode.DROP and field.path[-1] == KEY:
            return self._nameless(field, verdict, choice)
        if choice.spec is not None and choice.spec.name in self._context.transforms:
            self._applied(choice, field, kinds or field.kinds)  # for its checks: keep and drop take few parameters
        return self._make(field, verdict, choice, choice.mode)

    def _whole(self, field: Field, verdict: Verdict | None, choice: Choice, kinds: frozenset[Kind]) -> Step:
        applied = self._applied(choice, field, kinds)
        transform = self._context.transforms[applied.transform]
        output = transform.output_kinds(applied.params, kinds)
        if field.path[-1] == KEY and output != {Kind.STRING}:
            return self._nameless(field, verdict, choice)
        output_class = transform.output_class(applied.params, in_text=False)
        if applied.transform == "keep":
            output_class = DataClass.PERSONAL
        if choice.not_personal:
            output_class = DataClass.NONE
        step = self._make(field, verdict, choice, Mode.WHOLE, apply=applied, output=output, output_class=output_class)
        return replace(step, output_logical=transform.output_logical(applied.params, field.logical))

    def _text(self, field: Field, verdict: Verdict | None, choice: Choice, kinds: frozenset[Kind]) -> Step:
        if kinds != {Kind.STRING}:
            what = f"{choice.label}: {show_path(field.path)} holds {', '.join(sorted(kinds))}, not only text"
            raise PolicyError(what, where=str(choice.place), do="use a transform for the whole value")
        spans = self._text_rules(field)
        return self._make(
            field, verdict, choice, Mode.TEXT, spans=spans, output=kinds, output_class=self._text_class(spans)
        )

    def _text_rules(self, field: Field) -> tuple[Applied, ...]:
        """One rule per entity type that has one, and ``otherwise`` for the rest of what detectors know (unless that
        quarantines, which a type without a rule does by itself); the same for every text of a plan.
        """
        if self._spans is None:
            label = f"policy.{self._policy.name}"
            rules = [
                (entity, entity_spec(self._policy, entity), rule_words(self._policy, entity), rule.place)
                for entity, rule in self._policy.entities.items()
            ]
            if self._policy.otherwise != QUARANTINE:
                # There is no field to drop inside a text: the span goes.
                spec = TransformSpec("redact" if self._policy.otherwise == "drop" else self._policy.otherwise)
                rest = sorted(self._known - self._policy.entities.keys())
                rules += [(entity, spec, f"{label}.otherwise", self._policy.place) for entity in rest]
            self._spans = tuple(self._span(field, *rule) for rule in rules)
        return self._spans

    def _span(self, field: Field, entity: str, spec: TransformSpec, label: str, place: Place) -> Applied:
        return make_applied(
            self._context,
            spec,
            path=field.path,
            kinds=frozenset({Kind.STRING}),
            entity=entity,
            evidence=None,
            in_text=True,
            label=label,
            place=place,
        )

    def _text_class(self, spans: tuple[Applied, ...]) -> DataClass:
        """Treated free text is pseudonymised at best: what no detector found is still in it."""
        classes = [DataClass.PSEUDONYMISED]
        for span in spans:
            transform = self._context.transforms[span.transform]
            kept = span.transform == "keep"
            classes.append(DataClass.PERSONAL if kept else transform.output_class(span.params, in_text=True))
        return min(classes)

    def _nameless(self, field: Field, verdict: Verdict | None, choice: Choice) -> Step:
        """A map's key cannot be dropped or emptied. Asked for in a rule: an error; by ``otherwise``: quarantine."""
        if choice.label.endswith(".otherwise"):
            return self._make(field, verdict, choice, Mode.QUARANTINE)
        what = f"{choice.label}: {show_path(field.path)} are the keys of a map, and need a text in their place"
        raise PolicyError(what, where=str(choice.place), do="use token, pseudonym or replace for keys")

    def _applied(self, choice: Choice, field: Field, kinds: frozenset[Kind]) -> Applied:
        assert choice.spec is not None
        return make_applied(
            self._context,
            choice.spec,
            path=field.path,
            kinds=kinds,
            entity=choice.entity,
            # What is lowered has the one form that its type says, whatever a sample looked like.
            evidence=None if field.logical.startswith(_DATED) else self._evidence.get(field.path),
            in_text=False,
            label=choice.label,
            place=choice.place,
        )

    def _make(
        self,
        field: Field,
        verdict: Verdict | None,
        choice: Choice,
        mode: Mode,
        *,
        apply: Applied | None = None,
        spans: tuple[Applied, ...] = (),
        output: frozenset[Kind] = frozenset(),
        output_class: DataClass = DataClass.NONE,
    ) -> Step:
        kinds = field.kinds
        if mode is Mode.KEEP:
            output = kinds
        if mode is not Mode.DROP and (field.optional or Kind.NULL in kinds or mode is Mode.QUARANTINE):
            output |= {Kind.NULL}
        return Step(
            path=field.path,
            mode=mode,
            kinds=tuple(sorted(kinds)),
            optional=field.optional,
            entities=verdict.entities if verdict is not None else (),
            apply=apply,
            spans=spans,
            waived=tuple(sorted(verdict.waived)) if verdict is not None else (),
            output_class=output_class,
            output_kinds=tuple(sorted(output)),
            decided=_decided(verdict),
            rule=choice.label,
            output_logical=field.logical if mode is Mode.KEEP else "",
            fernet=choice.fernet,
        )


def _check_tokens(field: Field, choice: Choice) -> None:
    """Tokens are texts, and values: raises `PolicyError` where the field's are not."""
    shown = show_path(field.path)
    if field.path[-1] == KEY:
        raise PolicyError(f"{shown} are the keys of a map, and are not decoded", where=str(choice.place))
    if field.kinds - {Kind.NULL} != {Kind.STRING} or field.logical:
        held = ", ".join(sorted(field.kinds)) + (f" ({field.logical})" if field.logical else "")
        what = f"{shown} holds {held}, and Fernet tokens are text"
        raise PolicyError(what, where=str(choice.place), do="take fernet out of the rule, or look at the field")


def _decided(verdict: Verdict | None) -> str:
    if verdict is None or verdict.state is VerdictState.UNDECIDED:
        return "none"
    if verdict.state is VerdictState.DECIDED:
        return "bulk" if verdict.bulk else "person"
    return "proposal"
