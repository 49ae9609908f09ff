"""Schemas in the words of others: valid by their rules, true of the records, and free of anything but names."""

import json
import re
import string
from dataclasses import replace

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pratique.exchange import Contract, annotated, contract, json_schema, json_text, yaml_text
from pratique.model.schema import Kind, Node, Schema

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8) | st.sampled_from(
    [
        "true",
        "null",
        "-",
        "a: b",
        "# x",
        "\u202ename\n",
        "'",
        '"',
        "é",
        "*x",
        "&x",
        "!x",
        "2024-01-01",
        "y",
        "=",
        ".nan",
    ]
)
SCALARS = (Kind.STRING, Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN)
LOGICAL = ("date32", "timestamp[us, UTC]", "timestamp[ms]", "time32[ms]", "decimal128(10, 2)", "uuid", "binary")
ABOUT = Contract("Hafen AG", "events", "2026-11-23", "jsonl", "eu", "tests", "me", "2y")


def leaves():
    plain = st.sets(st.sampled_from((*SCALARS, Kind.NULL)), min_size=1).map(lambda kinds: Node(frozenset(kinds)))
    logical = st.sampled_from(LOGICAL).map(lambda name: Node(frozenset({Kind.STRING}), logical=name))
    return plain | logical


def nested(below):
    null = st.sampled_from([frozenset(), frozenset({Kind.NULL})])
    field = st.builds(lambda node, optional: replace(node, optional=optional), below, st.booleans())
    fields = st.dictionaries(NAMES, field, max_size=4)
    return (
        st.builds(lambda f, n: Node(frozenset({Kind.RECORD}) | n, fields=tuple(f.items())), fields, null)
        | st.builds(lambda i, n: Node(frozenset({Kind.LIST}) | n, item=i), below | st.none(), null)
        | st.builds(lambda v, n: Node(frozenset({Kind.MAP}) | n, value=v), below, null)
    )


NODES = st.recursive(leaves(), nested, max_leaves=8)
SCHEMAS = st.dictionaries(NAMES, NODES, min_size=1, max_size=5).map(
    lambda fields: Schema(Node(frozenset({Kind.RECORD}), fields=tuple(fields.items())))
)
WORDS = {
    "date32": "2024-01-31",
    "timestamp[us, UTC]": "2024-01-31T10:00:00.000000Z",
    "timestamp[ms]": "2024-01-31T10:00:00.000",
    "time32[ms]": "10:00:00.000",
    "decimal128(10, 2)": "1.50",
    "uuid": "12345678-1234-1234-1234-123456789abc",
    "binary": "x",
}


def values(node):
    """Values that the node allows."""
    made = {
        Kind.STRING: st.just(WORDS[node.logical]) if node.logical else st.text(string.ascii_letters, max_size=5),
        Kind.INTEGER: st.integers(-(2**63), 2**63 - 1),
        Kind.DOUBLE: st.floats(allow_nan=False, allow_infinity=False),
        Kind.BOOLEAN: st.booleans(),
        Kind.NULL: st.none(),
        Kind.RECORD: st.fixed_dictionaries(
            {n: values(c) for n, c in node.fields if not c.optional},
            optional={n: values(c) for n, c in node.fields if c.optional},
        ),
        Kind.LIST: st.just([]) if node.item is None else st.lists(values(node.item), max_size=3),
        Kind.MAP: st.just({}) if node.value is None else st.dictionaries(NAMES, values(node.value), max_size=3),
    }
    return st.one_of([made[kind] for kind in sorted(node.kinds)])


@given(st.data(), SCHEMAS)
def test_json_schema_is_valid_and_holds_for_every_record_that_fits(data, schema):
    document = json.loads(json_text(json_schema(schema, "events")))
    jsonschema.Draft202012Validator.check_schema(document)
    validator = jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())
    record = data.draw(values(schema.root))
    validator.validate(record)
    unknown = "".join(name for name, _ in schema.root.fields) + "x"
    assert not validator.is_valid({**record, unknown: 1})
    for name, child in schema.root.fields:
        if not child.optional:
            assert not validator.is_valid({k: v for k, v in record.items() if k != name})


def check_element(element, *, named=True):
    """What the standard says of a property, in its own words (ODCS 3.1.0, SchemaProperty)."""
    allowed = {"logicalType", "logicalTypeOptions", "physicalType", "required", "classification", "customProperties"}
    assert set(element) <= allowed | {"properties", "items"} | ({"name"} if named else set())
    assert ("name" in element) is named
    words = {"string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean"}
    assert element.get("logicalType", "string") in words
    assert isinstance(element["required"], bool)
    assert "logicalTypeOptions" not in element or element["logicalType"] == "timestamp"
    for custom in element.get("customProperties", []):
        assert set(custom) == {"property", "value"}
    for below in element.get("properties", []):
        check_element(below)
    if "items" in element:
        check_element(element["items"], named=False)


@given(SCHEMAS)
def test_a_contract_has_the_standards_form_and_reads_back(schema):
    made = contract(schema, ABOUT)
    assert yaml.safe_load(yaml_text(made)) == made
    assert {"apiVersion", "kind", "id", "version", "status"} <= set(made)
    assert (made["apiVersion"], made["kind"], made["status"]) == ("v3.1.0", "DataContract", "draft")
    (table,) = made["schema"]
    assert (table["name"], table["logicalType"], table["physicalType"]) == ("events", "object", "jsonl")
    assert [p["name"] for p in table["properties"]] == [name for name, _ in schema.root.fields]
    for element in table["properties"]:
        check_element(element)
    assert contract(schema, ABOUT) == made


@given(st.recursive(st.none() | st.booleans() | st.integers() | NAMES | st.just(""),
                    lambda s: st.lists(s, max_size=3) | st.dictionaries(NAMES, s, max_size=3), max_leaves=10)
       .filter(lambda v: isinstance(v, (dict, list)) and v))  # fmt: skip
def test_yaml_text_reads_back_whatever_the_names_are(document):
    text = yaml_text(document)
    assert yaml.safe_load(text) == document
    assert all(c == "\n" or c.isprintable() for c in text)


def test_properties_stand_at_their_places():
    string_ = Node(frozenset({Kind.STRING}))
    tags = Node(frozenset({Kind.MAP}), value=string_)
    items = Node(frozenset({Kind.LIST}), item=string_)
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=(("a", string_), ("m", tags), ("l", items))))
    told = {
        ("a",): {"pratique.class": "personal", "pratique.entities": ""},
        ("m", "{keys}"): {"pratique.class": "none"},
        ("m", "{}"): {"pratique.class": "pseudonymised"},
        ("l", "[]"): {"pratique.class": "anonymised"},
    }
    document = json_schema(annotated(schema, told), "t")["properties"]
    assert document["a"] == {"type": "string", "pratique.class": "personal"}
    assert document["m"]["pratique.keys.class"] == "none"
    assert document["m"]["additionalProperties"]["pratique.class"] == "pseudonymised"
    assert document["l"]["items"]["pratique.class"] == "anonymised"
    (table,) = contract(annotated(schema, told), ABOUT)["schema"]
    assert table["properties"][0]["classification"] == "personal"
    assert table["properties"][1]["properties"][0]["name"] == "{}"


@pytest.mark.parametrize(
    ("logical", "word", "options"),
    [
        ("date32", "date", None),
        ("timestamp[us, UTC]", "timestamp", {"timezone": True}),
        ("timestamp[us]", "timestamp", {"timezone": False}),
        ("time64[us]", "time", None),
        ("decimal128(9, 2)", "number", None),
        ("uuid", "string", None),
    ],
)
def test_logical_types_keep_their_word(logical, word, options):
    node = Node(frozenset({Kind.STRING, Kind.NULL}), logical=logical)
    (element,) = contract(Schema(Node(frozenset({Kind.RECORD}), fields=(("x", node),))), ABOUT)["schema"][0][
        "properties"
    ]
    assert element["logicalType"] == word
    assert element.get("logicalTypeOptions") == options
    assert element["physicalType"] == logical
    assert element["required"] is False


def test_an_id_is_of_exporter_and_dataset_alone():
    schema = Schema(Node(frozenset({Kind.RECORD})))
    ids = {contract(schema, Contract(a, b, "1", "csv", "eu"))["id"] for a in ("x", "y") for b in ("c", "d")}
    assert len(ids) == 4
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)
