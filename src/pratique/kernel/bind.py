"""Bind a plan to keys: what acts on batches, by columns where rows are flat, record by record where they are not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pratique.crypto.fernet import FernetDecoder
from pratique.errors import KeyStoreError, PolicyError
from pratique.kernel.columns import treat_columns
from pratique.kernel.steps import BoundStep
from pratique.kernel.text import TextTreatment
from pratique.kernel.walk import treat_records
from pratique.model.data import Batch, Outcome
from pratique.model.paths import FieldPath
from pratique.model.plan import PLAN_VERSION, Applied, Mode, Plan, Step
from pratique.ports import BoundTransform, KeyStore, TextDetector, Transform

_JOINING = frozenset({"token", "pseudonym"})


@dataclass(frozen=True, slots=True)
class BoundPlan:
    """A plan bound to keys (`pratique.ports.Treatment`). Stateless: the same batch always gives the same outcome."""

    plan: Plan
    steps: tuple[BoundStep, ...]

    def apply(self, batch: Batch) -> Outcome:
        """Treat a batch; every row leaves once, treated or quarantined by a named rule."""
        if batch.columns is not None:
            return treat_columns(self.plan, self.steps, batch)
        return treat_records(self.plan, self.steps, batch)

    def bound(self) -> Mapping[FieldPath, tuple[BoundTransform, ...]]:
        """The bound transforms of each treated field, for the gate's proofs."""
        found: dict[FieldPath, tuple[BoundTransform, ...]] = {}
        for step in self.steps:
            if step.bound is not None:
                found[step.step.path] = (step.bound,)
            elif step.text is not None:
                found[step.step.path] = tuple(step.text.rules.values())
        return found

    def emits(self) -> Mapping[FieldPath, frozenset[str]]:
        """The entity types that a scanner may rightly find in each treated field's output."""
        found: dict[FieldPath, frozenset[str]] = {}
        for step in self.steps:
            if step.transform is not None and step.step.apply is not None:
                found[step.step.path] = step.transform.emits(step.step.apply.entity)
            elif step.text is not None:
                found[step.step.path] = step.text.emits
        return found


def bind(plan: Plan, keys: KeyStore | None, transforms: Mapping[str, Transform], detector: TextDetector) -> BoundPlan:
    """Bind ``plan``.

    Raises `KeyStoreError` where a key is missing and `PolicyError` for a plan of another version, or one whose
    transforms are not the ones at hand.
    """
    if plan.version != PLAN_VERSION:
        raise PolicyError(f"the plan has version {plan.version}, this is {PLAN_VERSION}", do="compile it again")
    return BoundPlan(plan, tuple(_bind_step(plan, step, keys, transforms, detector) for step in plan.steps))


def _bind_step(
    plan: Plan, step: Step, keys: KeyStore | None, transforms: Mapping[str, Transform], detector: TextDetector
) -> BoundStep:
    transform = bound = text = None
    if step.mode is Mode.WHOLE:
        assert step.apply is not None
        transform = known(transforms, step.apply)
        bound = _bind_one(transform, step.apply, keys)
    elif step.mode is Mode.TEXT:
        text = TextTreatment(
            path=step.path,
            rules={a.entity: _bind_one(known(transforms, a), a, keys) for a in step.spans},
            emits=frozenset().union(*(known(transforms, a).emits(a.entity) for a in step.spans)),
            joining=frozenset(a.entity for a in step.spans if a.transform in _JOINING),
            by_subject=frozenset(a.entity for a in step.spans if known(transforms, a).needs_subject),
            kept=frozenset(a.entity for a in step.spans if a.transform == "keep"),
            waived=frozenset(step.waived),
            detector=detector,
            score=plan.guard_score,
        )
    return BoundStep(step, transform, bound, text, detector, plan.guard_score, _bind_decoder(step, keys))


def _bind_decoder(step: Step, keys: KeyStore | None) -> Callable[[str], str | None] | None:
    if not step.fernet:
        return None
    if keys is None:
        raise KeyStoreError("the plan needs keys and none are configured", do="run: pratique keys create")
    return FernetDecoder(keys.fernet(step.fernet)).decode


def known(transforms: Mapping[str, Transform], applied: Applied) -> Transform:
    """The transform that ``applied`` names, of that very version."""
    transform = transforms.get(applied.transform)
    if transform is None or transform.version != applied.version:
        raise PolicyError(
            f"the plan asks for transform {applied.transform} version {applied.version}, which is not at hand",
            do="compile the plan again with this version of Pratique",
        )
    return transform


def _bind_one(transform: Transform, applied: Applied, keys: KeyStore | None) -> BoundTransform:
    if transform.keyed and keys is None:
        raise KeyStoreError("the plan needs keys and none are configured", do="run: pratique keys create")
    return transform.bind(applied, keys)
