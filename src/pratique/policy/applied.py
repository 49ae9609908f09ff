"""A chosen rule to a complete `Applied`: parameters checked, defaults filled in, date format resolved, key named."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from pratique.errors import PolicyError, TransformError
from pratique.model.catalogue import Evidence
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Applied, KeyRef
from pratique.model.policy import Flow, Place, Route, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import Transform

LOCAL = "local"
SHARED = "shared"
DEFAULT_DOMAIN = "default"
"""The domain of a keyed transform that does not join, such as shift_date, where none is written."""

_CALENDAR = frozenset({"year", "quarter", "month"})
"""What generalise makes of a date."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule is checked against."""

    flow: Flow
    route: Route | None
    subject: FieldPath | None
    transforms: Mapping[str, Transform]
    key_version: Callable[[str], int]
    subject_entity: str = ""
    """The entity type that the subject's own rule goes by: what names the person has its normal form."""


def nearest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name."""
    choices = sorted(known)
    near = difflib.get_close_matches(name, choices, n=1)
    return f'did you mean "{near[0]}"?' if near else f"use one of: {', '.join(choices[:20])}"


def transform_of(spec: TransformSpec, transforms: Mapping[str, Transform], place: Place, label: str) -> Transform:
    """The transform that a rule names; raises `PolicyError` for an unknown one."""
    found = transforms.get(spec.name)
    if found is None:
        what = f"{label}: there is no transform {spec.name!r}"
        raise PolicyError(what, where=str(place), do=nearest(spec.name, transforms))
    return found


def make_applied(
    context: Context,
    spec: TransformSpec,
    *,
    path: FieldPath,
    kinds: frozenset[Kind],
    entity: str,
    evidence: Evidence | None,
    in_text: bool,
    label: str,
    place: Place,
) -> Applied:
    """Check ``spec`` for values of ``kinds`` (without NULL) in a field. Raises `PolicyError` with the line."""
    transform = transform_of(spec, context.transforms, place, label)
    shown = show_path(path)
    if transform.needs_subject and context.subject is None:
        raise PolicyError(
            f"{label}: {spec.name} goes by the person, and dataset {context.flow.source} declares no subject ({shown})",
            where=str(place),
            do=f"write subject: FIELD under datasets.{context.flow.source}, or use another transform, like generalise",
        )
    _check_domain(spec, transform, place, label)
    if not in_text:
        spec = _with_date_format(spec, entity, evidence, shown, place)
    try:
        params = transform.check(spec, kinds, entity, in_text=in_text)
    except TransformError as error:
        what = f"{label} does not fit {shown}: {error.what}"
        raise PolicyError(what, where=str(place), do=error.do) from None
    if transform.needs_subject:
        params = {**params, "subject": context.subject_entity}
    key = _key(context, spec, entity) if transform.keyed else None
    return Applied(entity, transform.name, transform.version, dict(params), key)


def _check_domain(spec: TransformSpec, transform: Transform, place: Place, label: str) -> None:
    if not transform.keyed and spec.domain is not None:
        what = f"{label}: {spec.name} is not keyed and takes no domain"
        raise PolicyError(what, where=str(place), do=f"write {{{spec.name}: {{parameter: value}}}}")
    if transform.keyed and transform.joins and spec.domain is None:
        what = f"{label}: {spec.name} joins equal values inside a domain, and names none"
        raise PolicyError(what, where=str(place), do=f"write {{{spec.name}: DOMAIN}}, like {{{spec.name}: customer}}")


def _key(context: Context, spec: TransformSpec, entity: str) -> KeyRef:
    domain = spec.domain or DEFAULT_DOMAIN
    route = LOCAL if context.route is None else context.route.name
    if domain in context.flow.shared_domains:
        route = SHARED
    return KeyRef(domain, entity, context.key_version(domain), route)


def _with_date_format(
    spec: TransformSpec, entity: str, evidence: Evidence | None, shown: str, place: Place
) -> TransformSpec:
    """The format that the evidence is sure of, where the rule writes none. What cannot be told apart is asked."""
    if not _is_dated(spec, entity) or "format" in spec.params or evidence is None or not evidence.date_formats:
        return spec
    if len(evidence.date_formats) > 1:
        raise PolicyError(
            f"the dates in {shown} can be read as {' or as '.join(evidence.date_formats)}",
            where=str(place),
            do=f"write a rule for the field, like {{{spec.name}: {{format: '{evidence.date_formats[0]}'}}}}",
        )
    return replace(spec, params={**spec.params, "format": evidence.date_formats[0]})


def _is_dated(spec: TransformSpec, entity: str) -> bool:
    """Whether the transform reads dates: shift_date always, generalise where rule or entity type say so."""
    if spec.name != "generalise":
        return spec.name == "shift_date"
    to = spec.params.get("to")
    return to in _CALENDAR or (to is None and not {"bins", "first"} & set(spec.params) and "DATE" in entity.upper())
