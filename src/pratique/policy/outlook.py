"""What flows would do with one field now, and what they would do if it were held to be something else.

A plan is compiled whole or not at all. Here every field is compiled by itself, so that a flow that one field keeps
closed still says what it would do with the others, and which field it is.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pratique.errors import PratiqueError
from pratique.model.catalogue import Evidence, Scan, Verdict
from pratique.model.classes import DataClass
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Mode, Step
from pratique.model.policy import Flow, Route, Settings
from pratique.model.schema import Field
from pratique.policy.applied import Context
from pratique.policy.compile import StepCompiler, check_class, check_flow
from pratique.policy.explain import JoinKey, join_keys, treatment
from pratique.ports import Transform


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one flow does with one field."""

    flow: str
    route: str
    """``eu -> us``, or empty inside one region."""
    treatment: str
    """As `FieldExplanation` has it, but free text in two words; empty where there is a problem."""
    transform: str
    """The transform's bare name, or ``free text``, ``drop``, ``quarantine``; empty where there is a problem."""
    rule: str
    """The policy line, or ``undecided``."""
    output_class: str
    """``personal``, ``pseudonymised``, ``none`` …; empty where there is a problem."""
    in_clear: bool
    """Whether values, or the greater part of them, pass as they are."""
    held: bool
    """Whether each record with a value here goes to quarantine."""
    waived: tuple[str, ...]
    """Types that pass here although they are found, where values pass at all."""
    problem: str
    """Why the field keeps the flow closed; empty if it does not."""
    joins: tuple[str, ...]
    """Fields, of this flow and others, whose equal values come out equal."""


@dataclass(frozen=True, slots=True)
class FlowState:
    """Whether a flow could run."""

    flow: str
    closed: str
    """Why not, in one line; empty if it could."""
    data_class: str
    """Of its records; empty where it is closed."""
    held: int
    """Fields whose every value holds its record back."""
    held_share: float
    """The largest share of the scanned records that one such field has values in."""
    max_quarantine: float
    """As `Flow.max_quarantine`."""

    @property
    def open(self) -> bool:
        """Whether a run would come to a release, as far as the scan can tell."""
        return not self.closed and self.held_share <= self.max_quarantine


class Outlook:
    """One flow over the fields of its source, as their verdicts stand. It does not change."""

    def __init__(
        self,
        settings: Settings,
        flow: str,
        *,
        scan: Scan,
        verdicts: Mapping[FieldPath, Verdict],
        transforms: Mapping[str, Transform],
        key_version: Callable[[str], int],
        today: date,
        known_entities: Mapping[str, str],
    ) -> None:
        """Raises nothing: what is wrong with the flow is what it says of itself. ``settings`` are those of a file that
        loads, so that every name in them is of something.
        """
        self.name = flow
        self.source = settings.flows[flow].source
        self.closed = ""
        self._state: FlowState | None = None
        self._fields = {field.path: field for field in scan.schema.fields()}
        self._reach = {e.path: reach(e, scan.records) for e in scan.evidence}
        self._verdicts = verdicts
        self._transforms = transforms
        self._route: Route | None = None
        self._flow: Flow = settings.flows[flow]
        self._subject = settings.datasets[self.source].subject
        self.steps: Mapping[FieldPath, Step | str] = {}
        try:
            _, self._route = check_flow(
                settings, flow, scan=scan, transforms=transforms, today=today, known_entities=known_entities
            )
        except PratiqueError as error:
            # Closed whatever the fields hold; what would become of them can be told all the same.
            self.closed = error.line
            regions = (settings.datasets[name].region for name in (self._flow.source, self._flow.target))
            self._route = settings.routes.get(" -> ".join(regions))
        context = Context(self._flow, self._route, self._subject, transforms, key_version)
        policy = settings.policies[self._flow.policy]
        self._compiler = StepCompiler(context, policy, scan, known_entities)
        self._compile()

    def _compile(self) -> None:
        with contextlib.suppress(PratiqueError):  # the subject's own step says it again, below
            self._compiler = self._compiler.with_subject(self._verdicts)
        self.steps = {
            path: _step(self._compiler, field, self._verdicts.get(path)) for path, field in self._fields.items()
        }

    def after(self, changes: Mapping[FieldPath, Verdict]) -> "Outlook":
        """The same flow, were some fields held to be what these verdicts say."""
        new = object.__new__(Outlook)
        new.__dict__.update(self.__dict__)
        new._state = None
        new._verdicts = {**self._verdicts, **changes}
        if self._subject in changes:
            new._compile()  # what names the person has a say in other fields' steps
        else:
            known = {path: verdict for path, verdict in changes.items() if path in self._fields}
            steps = {path: _step(self._compiler, self._fields[path], verdict) for path, verdict in known.items()}
            new.steps = {**self.steps, **steps}
        return new

    def state(self) -> FlowState:
        """Whether the flow could run, by the checks of `compile_plan`."""
        if self._state is None:
            self._state = self._judged()
        return self._state

    def _judged(self) -> FlowState:
        steps = [step for step in self.steps.values() if isinstance(step, Step)]
        held = sum(step.mode is Mode.QUARANTINE for step in steps)
        closed = self.closed or next((step for step in self.steps.values() if isinstance(step, str)), "")
        data_class = min((step.output_class for step in steps), default=DataClass.NONE)
        if not closed:
            try:
                check_class(self._route, steps, data_class, self._flow.place)
            except PratiqueError as error:
                closed = error.line
        return FlowState(
            flow=self.name,
            closed=closed,
            data_class="" if closed else data_class.value,
            held=held,
            held_share=max((self._reach.get(s.path, 0.0) for s in steps if s.mode is Mode.QUARANTINE), default=0.0),
            max_quarantine=self._flow.max_quarantine,
        )

    def outcome(self, path: FieldPath, joins: "Joins") -> Outcome:
        """What happens to one field."""
        step = self.steps.get(path, "the flow does not know this field")
        route = "" if self._route is None else self._route.name
        if isinstance(step, str):
            return Outcome(
                flow=self.name,
                route=route,
                treatment="",
                transform="",
                rule="",
                output_class="",
                in_clear=False,
                held=False,
                waived=(),
                problem=step,
                joins=(),
            )
        name = {Mode.TEXT: "free text", Mode.KEEP: "keep"}.get(step.mode, step.mode.value)
        transform = step.apply.transform if step.apply is not None else name
        return Outcome(
            flow=self.name,
            route=route,
            treatment="free text" if step.mode is Mode.TEXT else treatment(step),
            transform=transform,
            rule=step.rule,
            output_class=step.output_class.value,
            in_clear=step.mode in (Mode.KEEP, Mode.TEXT) or transform == "keep",
            held=step.mode is Mode.QUARANTINE,
            waived=step.waived if step.mode in (Mode.KEEP, Mode.TEXT) else (),
            problem=self._too_weak(step),
            joins=joins.of(self, step),
        )

    def _too_weak(self, step: Step) -> str:
        try:
            check_class(self._route, [step], step.output_class, self._flow.place)
        except PratiqueError as error:
            return error.line
        return ""

    def keys(self, path: FieldPath) -> Iterator[JoinKey]:
        """What a field must share with another for their equal values to come out equal."""
        step = self.steps.get(path)
        if isinstance(step, Step):
            yield from join_keys(step, self._transforms)


class Joins:
    """Which fields of which flows join; made once for all outlooks together."""

    def __init__(self, outlooks: Sequence[Outlook]) -> None:
        self._by_key: dict[JoinKey, list[tuple[str, FieldPath]]] = {}
        for outlook in outlooks:
            for path in outlook.steps:
                for key in outlook.keys(path):
                    self._by_key.setdefault(key, []).append((outlook.name, path))

    def of(self, outlook: Outlook, step: Step) -> tuple[str, ...]:
        """What the field of ``step`` joins with, whatever it was when these joins were gathered."""
        found: dict[str, None] = {}
        for key in join_keys(step, outlook._transforms):  # noqa: SLF001 (one module)
            for flow, path in self._by_key.get(key, ()):
                if (flow, path) != (outlook.name, step.path):
                    found[show_path(path) if flow == outlook.name else f"{flow}: {show_path(path)}"] = None
        return tuple(found)


def reach(evidence: Evidence, records: int) -> float:
    """The share of the records that have a value in a field, at most: of a list's items as if each were in another."""
    return min(1.0, (evidence.sampled - evidence.nulls) / records) if records else 0.0


def _step(compiler: StepCompiler, field: Field, verdict: Verdict | None) -> Step | str:
    try:
        return compiler.step(field, verdict)
    except PratiqueError as error:
        return error.line
