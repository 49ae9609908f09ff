"""A dataset's schema, with what is known and done of each field, in the words of others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pratique.assembly.flows import compile_flow
from pratique.assembly.knowledge import Knowledge, dataset_of, know
from pratique.assembly.parts import Assembly
from pratique.errors import ConfigError, FormatError
from pratique.exchange import Contract, annotated, contract, json_schema, json_text, yaml_text
from pratique.model.catalogue import Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.data import Dataset
from pratique.model.paths import FieldPath
from pratique.model.plan import Plan, Step
from pratique.model.schema import Schema
from pratique.policy import output_schema
from pratique.policy.explain import treatment
from pratique.ports import SchemaWriter


class SchemaForm(StrEnum):
    """A language for schemas."""

    AVRO = "avro"
    JSON_SCHEMA = "json-schema"
    ODCS = "odcs"
    """Open Data Contract Standard."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A dataset's schema in such a language."""

    dataset: str
    form: SchemaForm
    flow: str
    """Whose treatment is told; empty where no flow reads or writes the dataset."""
    document: Any
    """As mappings, lists and scalars."""
    text: str
    """As a file: JSON, or YAML of a contract."""


def convert(assembly: Assembly, name: str, to: str, flow: str | None, today: date) -> Converted:
    """What a dataset's records look like: of one that flows write, as they are released; of any other, as it was
    scanned. No value, no list of values, and nothing that came from values.

    Raises `ConfigError` where several flows could be meant, `CatalogueError` where nothing was scanned, what compiling
    raises, and `FormatError` for a schema that the language cannot say.
    """
    if to not in set(SchemaForm):
        raise ConfigError("no such language for schemas", do=f"use one of {', '.join(SchemaForm)}")
    form, dataset = SchemaForm(to), dataset_of(assembly, name)
    chosen = _flow(assembly, name, flow)
    plan = None
    if chosen:
        plan, known = compile_flow(assembly, chosen, today)
    else:
        known = know(assembly, name)
    if plan is not None and assembly.settings.flows[chosen].target == name:
        schema, version, stored = output_schema(plan), plan.hash[:16], plan.target_format.name
    else:
        schema, version, stored = (
            annotated(known.scan.schema, _told(known, plan)),
            known.scan.at,
            known.scan.format.name,
        )
    try:
        document = _document(assembly, schema, form, dataset, version, stored)
    except FormatError as error:
        raise error.within(f"dataset {name}") from None
    text = yaml_text(document) if form is SchemaForm.ODCS else json_text(document)
    return Converted(name, form, chosen, document, text)


def _flow(assembly: Assembly, name: str, asked: str | None) -> str:
    """The flow that reads or writes the dataset; empty where there is none. What flows write goes by who writes it."""
    flows = assembly.settings.flows.values()
    if asked is not None:
        if asked not in assembly.settings.flows:
            raise ConfigError(f"no flow is called {asked}", do=f"use one of {', '.join(assembly.settings.flows)}")
        if name not in (assembly.settings.flows[asked].source, assembly.settings.flows[asked].target):
            raise ConfigError("the flow neither reads nor writes this dataset", where=f"dataset {name}")
        return asked
    found = [flow.name for flow in flows if flow.target == name] or [flow.name for flow in flows if flow.source == name]
    if len(found) > 1:
        raise ConfigError(
            "several flows read or write it", where=f"dataset {name}", do=f"add --flow, one of {', '.join(found)}"
        )
    return found[0] if found else ""


def _told(known: Knowledge, plan: Plan | None) -> dict[FieldPath, dict[str, str]]:
    steps = {} if plan is None else {step.path: step for step in plan.steps}
    return {path: _field(verdict, steps.get(path)) for path, verdict in known.verdicts.items()}


def _field(verdict: Verdict, step: Step | None) -> dict[str, str]:
    """What a field is held to be, and what is done to it; the words of `pratique.policy.output_schema`."""
    found = {"pratique.entities": ",".join(sorted(verdict.entities)), "pratique.verdict": verdict.state.value}
    if step is not None:
        found |= {
            "pratique.class": step.output_class.value,
            "pratique.decided": step.decided,
            "pratique.transform": step.apply.transform if step.apply is not None else step.mode.value,
            "pratique.treatment": treatment(step),
        }
    elif verdict.entities:
        found["pratique.class"] = DataClass.PERSONAL.value
    elif verdict.state is VerdictState.DECIDED:
        found["pratique.class"] = DataClass.NONE.value
    return found


def _document(
    assembly: Assembly, schema: Schema, form: SchemaForm, dataset: Dataset, version: str, stored: str
) -> Mapping[str, Any]:
    if form is SchemaForm.JSON_SCHEMA:
        return json_schema(schema, dataset.name)
    if form is SchemaForm.ODCS:
        about = Contract(
            exporter=assembly.settings.name,
            dataset=dataset.name,
            version=version,
            format=stored,
            region=dataset.region,
            purpose=dataset.purpose,
            owner=dataset.owner,
            retention=dataset.retention,
        )
        return contract(schema, about)
    writer = assembly.formats[form.value]
    assert isinstance(writer, SchemaWriter)
    found: dict[str, Any] = json.loads(writer.schema_document(schema))
    return found
