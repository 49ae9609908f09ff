"""The ``policies`` section: what to do with each entity type or field."""

import re
from dataclasses import replace
from typing import NoReturn

from pratique.config.nodes import MapNode, Node, ScalarNode, fail, quoted
from pratique.config.values import choice, entity, field_path, known, mapping, name, text
from pratique.model.families import FAMILIES
from pratique.model.paths import show_path
from pratique.model.policy import Place, Policy, Rule, Scalar, TransformSpec

_TRANSFORM = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")
_KEYS = ("families", "entities", "fields", "not_personal", "otherwise")
OTHERWISE = ("quarantine", "drop", "redact", "replace")


def read_policies(node: Node, datasets: MapNode) -> dict[str, Policy]:
    """Every policy by name. Whether its transforms exist and fit is judged when a plan is compiled."""
    section = mapping(node, "policies")
    found: dict[str, Policy] = {}
    for key, value in section.entries.items():
        place = section.keys[key]
        found[name(key, place, "a policy")] = _read_policy(key, value, place, datasets)
    return found


def _read_policy(key: str, node: Node, place: Place, datasets: MapNode) -> Policy:
    what = f"policies.{key}"
    body = mapping(node, what, _KEYS)
    entities = mapping(body.entries["entities"], f"{what}.entities") if "entities" in body.entries else None
    families = mapping(body.entries["families"], f"{what}.families") if "families" in body.entries else None
    fields = mapping(body.entries["fields"], f"{what}.fields") if "fields" in body.entries else None
    not_personal = Rule(TransformSpec("keep"), place)
    if "not_personal" in body.entries:
        not_personal = _read_rule(
            body.entries["not_personal"], f"{what}.not_personal", body.keys["not_personal"], in_field=False
        )
    otherwise = body.entries.get("otherwise")
    return Policy(
        name=key,
        entities=_read_entities(entities, what) if entities else {},
        fields=_read_fields(fields, what, datasets) if fields else {},
        not_personal=not_personal,
        otherwise=choice(otherwise, f"{what}.otherwise", OTHERWISE) if otherwise is not None else "quarantine",
        place=place,
        families=_read_families(families, what) if families else {},
    )


def _read_families(section: MapNode, what: str) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for key, value in section.entries.items():
        place = section.keys[key]
        known(key, place, "family of types", FAMILIES)
        rule = rules[key] = _read_rule(value, f"{what}.families.{key}", place, in_field=False)
        if rule.transform is not None and rule.transform.name == "keep":
            # A later version may know one more type of the family: nobody has said that it may pass.
            do = "write keep for single types, under entities"
            fail(place, f"{what}.families.{key} keeps whatever types the family has", do)
    return rules


def _read_entities(section: MapNode, what: str) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for key, value in section.entries.items():
        place = section.keys[key]
        rules[entity(key, place)] = _read_rule(value, f"{what}.entities.{key}", place, in_field=False)
    return rules


def _read_fields(section: MapNode, what: str, datasets: MapNode) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    places: dict[str, Place] = {}
    for key, value in section.entries.items():
        place = section.keys[key]
        dataset, dot, path = key.partition(".")
        if not dot or not path:
            fail(
                place, f"{quoted(key)} names no dataset", f'write it as DATASET.{key or "field"}, or "*.{key}" for all'
            )
        if dataset != "*":
            known(dataset, place, "dataset", datasets.keys)
        shown = f"{dataset}.{show_path(field_path(path, place, f'the field of {what}.fields'))}"
        if shown in rules:
            fail(place, f"{quoted(shown)} has two rules, the first on line {places[shown].line}", "keep one of the two")
        rules[shown] = _read_rule(value, f"{what}.fields.{shown}", place, in_field=True)
        places[shown] = place
    return rules


def _read_rule(node: Node, what: str, place: Place, *, in_field: bool) -> Rule:
    """``replace``, ``{token: viewer}``, ``{mask: {keep_last: 4}}`` or, for a field, ``{as: text}``, ``{fernet: K}``."""
    if isinstance(node, MapNode) and "fernet" in node.entries:
        return _read_fernet(node, what, place, in_field=in_field)
    if isinstance(node, ScalarNode):
        if node.raw == "text" and in_field:
            fail(node.place, f"{what} cannot be text", "write {as: text}")
        return Rule(TransformSpec(_transform(text(node, what), node.place, what)), place)
    if not isinstance(node, MapNode) or len(node.entries) != 1:
        _not_a_rule(node, what)
    (key, value), *_ = node.entries.items()
    if key == "as":
        if not in_field:
            fail(node.keys[key], f"{what} cannot be read as text", "write as: text in a rule under fields")
        choice(value, f"{what}.as", ("text",))
        return Rule(None, place, as_text=True)
    return Rule(_read_spec(_transform(key, node.keys[key], what), value, what), place)


def _read_fernet(node: MapNode, what: str, place: Place, *, in_field: bool) -> Rule:
    """``{fernet: KEY}``: decode, then go by the verdict; or ``{fernet: KEY, then: RULE}``."""
    if not in_field:
        fail(node.keys["fernet"], f"{what} cannot be decoded", "write fernet: KEY in a rule under fields")
    body = mapping(node, what, ("fernet", "then"))
    key = name(text(body.entries["fernet"], f"{what}.fernet"), body.entries["fernet"].place, "a Fernet key")
    if "then" not in body.entries:
        return Rule(None, place, fernet=key)
    then = body.entries["then"]
    if isinstance(then, MapNode) and "fernet" in then.entries:
        fail(then.place, f"{what}.then decodes a second time", "write what becomes of the decoded value, like replace")
    return replace(_read_rule(then, f"{what}.then", place, in_field=True), fernet=key)


def _read_spec(transform: str, node: Node, what: str) -> TransformSpec:
    if isinstance(node, ScalarNode):
        if not isinstance(node.value, str):
            fail(node.place, f"{what} gives {transform} a bare value", f"write {{{transform}: {{parameter: value}}}}")
        return TransformSpec(transform, _domain(node, what))
    if not isinstance(node, MapNode):
        _not_a_rule(node, what)
    params: dict[str, Scalar] = {}
    for key, value in node.entries.items():
        if key == "domain":
            continue
        if not isinstance(value, ScalarNode) or value.value is None:
            fail(
                value.place,
                f"{what}: the parameter {quoted(key)} must be one value",
                "write a text, number, true or false",
            )
        params[key] = value.value
    domain = node.entries.get("domain")
    return TransformSpec(transform, None if domain is None else _domain(domain, what), params)


def _domain(node: Node, what: str) -> str:
    return name(text(node, f"the domain of {what}"), node.place, "a pseudonym domain")


def _transform(value: str, place: Place, what: str) -> str:
    if not _TRANSFORM.match(value):
        fail(place, f"{what}: {quoted(value)} cannot be a transform", "write it like replace or {token: viewer}")
    return value


def _not_a_rule(node: Node, what: str) -> NoReturn:
    fail(
        node.place, f"{what} must be one transform", "write it like replace, {token: viewer} or {mask: {keep_last: 4}}"
    )
