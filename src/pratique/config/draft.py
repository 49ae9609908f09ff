"""A first ``pratique.yaml`` for files that were looked at: says what was found, as proposals, and holds no value."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pratique.model.paths import FieldPath, show_path

_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./-]*[A-Za-z0-9_/]|[A-Za-z_]")
_WORDS = frozenset({"true", "false", "null"})
_MOST_FIELDS = 40
"""Fields of a dataset that its comment lists."""


@dataclass(frozen=True, slots=True)
class DraftField:
    """What a first glance says of one field."""

    path: FieldPath
    number: int
    """Its place in its schema, from 1."""
    kinds: str
    types: tuple[str, ...]
    """Proposed."""
    shown: bool
    """Whether its name may stand in a comment: one that looks like personal data does not."""


@dataclass(frozen=True, slots=True)
class DraftDataset:
    """One dataset and the flow that would take it abroad."""

    name: str
    target: str
    uri: str
    target_uri: str
    format: str
    """Empty where the files' names tell it."""
    target_format: str
    subject: FieldPath | None
    files: int
    records: int
    """That were looked at."""
    fields: tuple[DraftField, ...]


@dataclass(frozen=True, slots=True)
class DraftRule:
    """One line of the draft's policy."""

    key: str
    """A family of types, an entity type, or ``dataset.field``."""
    rule: str
    """As YAML: ``replace``, ``{token: people}``."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the file is made of."""

    exporter: str
    source: str
    target: str
    steward: str
    until: str
    datasets: tuple[DraftDataset, ...]
    families: tuple[DraftRule, ...]
    entities: tuple[DraftRule, ...]
    fields: tuple[DraftRule, ...]


def render(draft: Draft) -> str:
    """The file's text; every name in it is quoted where YAML or a terminal would take it for something else."""
    return "".join(f"{line}".rstrip() + "\n" for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    source, target = draft.source, draft.target
    yield '# Pratique: a first draft, from a glance at the files. Go through it; then "pratique doctor" and "scan".'
    yield "# What stands here as a type is a proposal; people decide (pratique review). Every key:"
    yield "# docs/reference/project-file.md"
    yield ""
    yield "# Who you are; this name stands in every release."
    yield f"name: {text(draft.exporter)}"
    yield ""
    yield f"regions: {{{source}: {{}}}}" if source == target else f"regions: {{{source}: {{}}, {target}: {{}}}}"
    yield ""
    yield '# Where the keys of a region are. They never leave it. "pratique keys create" makes them.'
    yield f"keys: {{{source}: file:keys/{source}.json}}"
    yield ""
    yield "# Whose signature counts where a decision loosens something. The private half stays with the person."
    yield f"stewards: {{{draft.steward}: keys/{draft.steward}.pub}}"
    yield ""
    yield "# subject: the field that says whom a record is about. Look whether it is the right one."
    yield "# Worth adding to each: owner, purpose, retention (90d, 6w, 18m, 2y)."
    yield "datasets:"
    for dataset in draft.datasets:
        yield from _dataset(dataset, draft)
    yield ""
    yield "# What to do with what is found. Where several types are found in one field, the strictest rule counts:"
    yield "# drop, redact, replace, generalise, shift_date, mask, pseudonym, token, keep."
    yield "policies:"
    yield "  default:"
    yield '    # By family of types; "pratique detect --list" shows which types there are, and in which family each is.'
    yield from _rules("families", draft.families)
    yield "    # By type, and by field: the first wins over a family's rule, the second over both."
    yield from _rules("entities", draft.entities)
    yield from _rules("fields", draft.fields)
    yield "    not_personal: keep                  # a field that a person held to be free of personal data"
    yield "    otherwise: quarantine               # personal data without a rule"
    if source != target:
        yield ""
        yield "# Leave to go from one region to another. The legal basis is yours to name."
        yield "routes:"
        yield f"  {source} -> {target}:"
        yield "    class: pseudonymised"
        yield "    basis: to be named                  # such as: SCC 2021/914 module 2"
        yield f"    until: {draft.until}"
        yield "    residue: 0                          # how many findings a release may still hold"
        yield "    residue_score: 0.6                  # from which score on a finding counts"
    yield ""
    yield "flows:"
    for dataset in draft.datasets:
        yield f"  {dataset.name}: {{from: {dataset.name}, to: {dataset.target}, policy: default, max_quarantine: 0.05}}"


def _dataset(dataset: DraftDataset, draft: Draft) -> Iterator[str]:
    files, records = _count(dataset.files, "file"), _count(dataset.records, "record")
    yield f"  {dataset.name}:  # {files}; looked at: {records}"
    yield f"    uri: {text(dataset.uri)}"
    yield f"    region: {draft.source}"
    if dataset.format:
        yield f"    format: {dataset.format}"
    if dataset.subject is not None:
        yield f"    subject: {text(show_path(dataset.subject))}"
    else:
        yield "    # subject: none was found; dates can be shifted only where there is one"
    yield from _comments(dataset.fields)
    uri, form = text(dataset.target_uri), dataset.target_format
    yield f"  {dataset.target}: {{uri: {uri}, region: {draft.target}, format: {form}}}"


def _count(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


def _comments(fields: Sequence[DraftField]) -> Iterator[str]:
    """What was found, field by field: first what has types, as long as there is room."""
    ordered = sorted(fields, key=lambda field: not field.types)
    told = sorted(ordered[:_MOST_FIELDS], key=lambda field: field.number)
    names = [bare(show_path(field.path)) if field.shown else f"field #{field.number}" for field in told]
    width = min(max((len(name) for name in names), default=0), 40)
    for name, field in zip(names, told, strict=True):
        yield f"    #   {name:<{width}}  {field.kinds:<16}  {', '.join(field.types) or 'nothing found: decide'}"
    if len(fields) > len(told):
        yield f"    #   and {len(fields) - len(told):,} more fields"


def _rules(section: str, rules: Sequence[DraftRule]) -> Iterator[str]:
    if not rules:
        yield f"    {section}: {{}}"
        return
    yield f"    {section}:"
    for rule in rules:
        line = f"      {text(rule.key)}: {rule.rule}"
        yield f"{line:<40}  # {rule.why}" if rule.why else line


def text(value: str) -> str:
    """A YAML scalar that reads back as this text."""
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return bare(json.dumps(value, ensure_ascii=False))


def bare(value: str) -> str:
    """A text in one line, with nothing that hides or moves anything."""
    return "".join(c if c.isprintable() else _escaped(c) for c in value)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 (the basic plane's end)
