"""What the inverse makes of single values: shared by its two ways, so that they cannot differ."""

from collections.abc import Sequence

from pratique.kernel.steps import BoundStep
from pratique.kernel.values import text_of
from pratique.model.policy import Scalar
from pratique.model.schema import Kind
from pratique.ports import REFUSED, BoundTransform, Treated


def raw_subjects(subject: BoundStep | None, released: Sequence[Scalar]) -> list[str | None]:
    """The raw subject behind each released one; None where it cannot be told. ``subject``: the step that treated it,
    None where it was kept.
    """
    if subject is None or subject.bound is None:
        return [text_of(value) for value in released]
    inverted = subject.bound.invert(released, None)
    return [None if found is REFUSED or found is None else text_of(found) for found in inverted]


def inverted(step: BoundStep, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[tuple[object, bool]]:
    """Each value as it was, and whether it could be restored; what could not stays as it is."""
    assert step.bound is not None
    found = step.bound.invert(values, subjects)
    return [_settled(step, value, one) for value, one in zip(values, found, strict=True)]


def _settled(step: BoundStep, value: Scalar, found: Treated) -> tuple[object, bool]:
    failed = found is REFUSED or found is None
    return (value, False) if failed else (_as_kind(found, step), True)


def _as_kind(found: object, step: BoundStep) -> object:
    """A token gives back text; where the field only ever held one kind of number, the number comes back."""
    kinds = set(step.step.kinds) - {Kind.NULL}
    if isinstance(found, str) and kinds <= {Kind.INTEGER, Kind.DOUBLE} and len(kinds) == 1:
        try:
            return int(found) if kinds == {Kind.INTEGER} else float(found)
        except ValueError:
            return found  # A normal form may be more than the number was: +49… of a telephone number.
    if isinstance(found, str) and kinds == {Kind.BOOLEAN}:
        return found == "true"
    return found


def restored_text(rules: Sequence[BoundTransform], text: str) -> tuple[str, int]:
    """The text with what stands for a token of any rule put back, and how many could not be; what no rule proves
    stays.
    """
    found = sorted((*span, number) for number, rule in enumerate(rules) for span in rule.spans(text))
    pieces: list[str] = []
    at = failed = 0
    for start, end, number in found:
        restored = rules[number].invert([text[start:end]], None)[0]
        if restored is REFUSED or restored is None:
            failed += 1
            continue
        pieces += (text[at:start], str(restored))
        at = end
    return "".join([*pieces, text[at:]]), failed
