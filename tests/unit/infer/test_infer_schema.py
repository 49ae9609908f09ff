"""Schemas: what shapes are seen, when an object is a map, how two schemas merge and differ."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError
from pratique.infer import Change, SchemaBuilder, differences, merge
from pratique.infer.dates import DateFormats, formats_of
from pratique.model.data import Batch, Column
from pratique.model.paths import show_path
from pratique.model.schema import Kind, Schema


def build(records):
    builder = SchemaBuilder()
    builder.add_batch(Batch(np.arange(len(records)), records=records))
    return builder.build()


def leaves(schema):
    return {show_path(leaf.path): ("|".join(sorted(leaf.kinds)), leaf.optional) for leaf in schema.fields()}


def test_nested_records_lists_unions_nulls_and_missing_fields():
    schema = build(
        [
            {"id": 1, "who": {"name": "A", "tags": ["x", 1]}, "b": True},
            {"id": 2.5, "who": None, "rows": [{"n": 1}, {"n": None, "m": "z"}], "b": "no"},
            {"id": 3, "who": {"name": None, "tags": []}, "e": []},
        ]
    )
    assert leaves(schema) == {
        "id": ("double|integer", False),
        "who.name": ("null|string", False),
        "who.tags[]": ("integer|string", False),
        "b": ("boolean|string", True),
        "rows[].n": ("integer|null", False),
        "rows[].m": ("string", True),
    }
    assert Kind.NULL in dict(schema.root.fields)["who"].kinds


def test_columns_and_records_give_the_same_schema():
    codes = pa.array([0, None, 1], pa.int32())
    columns = {
        "s": Column(pa.array(["x", "y"]), codes),
        "n": Column(pa.array([1, 2]), pa.array([0, 1, 0], pa.int32())),
        "z": Column(pa.array([], pa.string()), pa.nulls(3, pa.int32())),
    }
    builder = SchemaBuilder()
    builder.add_batch(Batch(np.arange(3), columns=columns))
    rows = [{"s": "x", "n": 1, "z": None}, {"s": None, "n": 2, "z": None}, {"s": "y", "n": 1, "z": None}]
    assert builder.build() == build(rows)
    builder.add_record({"s": "x"})
    assert builder.build() == build([*rows, {"s": "x"}])


@pytest.mark.parametrize(
    "records",
    [
        [{"m": {f"key{n}{m}": 1 for m in range(11)}} for n in range(10)],
        [{"m": {f"key{n}": 1, f"also{n}": 2}} for n in range(8)],
        [{"m": {"ann@example.org": 1, "bob@example.org": 2}}],
        [{"m": {"2020": 1}}],
        [{"m": {"0a1b2c3d-0000-4000-8000-000000000000": 1}}],
    ],
)
def test_objects_with_many_varying_or_value_like_keys_are_maps(records):
    schema = build(records)
    assert set(leaves(schema)) == {"m{keys}", "m{}"}
    for record in records:
        for key in record["m"]:
            assert key not in repr(schema)


def test_objects_with_steady_keys_are_records_and_the_top_is_always_one():
    schema = build([{"r": {f"f{n}": n for n in range(50)}, f"own{at}": 1} for at in range(30)])
    assert len(leaves(schema)) == 80


def test_too_many_names_at_the_top_are_refused():
    builder = SchemaBuilder()
    with pytest.raises(FormatError):
        builder.add_record({str(n): 1 for n in range(10_001)})


def test_maps_of_records_and_lists_inside_maps():
    schema = build([{"m": {f"k{n}": {"x": n, "l": ["s"]}, f"j{n}": {"x": None}}} for n in range(9)])
    assert leaves(schema) == {
        "m{keys}": ("string", False),
        "m{}.x": ("integer|null", False),
        "m{}.l[]": ("string", False),
    }


values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.floats(0, 1) | st.sampled_from(["s", "t"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "1", "2"]), inner, max_size=3)
    ),
    max_leaves=8,
)
records = st.lists(st.dictionaries(st.sampled_from(["p", "q", "r"]), values, max_size=3), min_size=1, max_size=6)


def as_set(schema):
    return {(leaf.path, leaf.kinds, leaf.optional) for leaf in schema.fields()}


@given(records)
@settings(max_examples=60, deadline=None)
def test_a_schema_differs_from_itself_in_nothing_and_merges_into_itself(rows):
    schema = build(rows)
    assert differences(schema, schema) == ()
    assert merge(schema, schema) == schema


@given(records, records)
@settings(max_examples=80, deadline=None)
def test_a_merged_schema_lacks_nothing_of_either(one, other):
    both = merge(build(one), build(other))
    assert as_set(both) == as_set(merge(build(other), build(one)))
    for schema in (build(one), build(other)):
        lacking = [found for found in differences(both, schema) if found.kind is not Change.GONE]
        # Where one side sees a map the merged schema has a map, and a record is no kind of it any more.
        assert all(Kind.RECORD in kinds_at(schema, found.path) for found in lacking), lacking


def kinds_at(schema, path):
    node = schema.root
    for name in path:
        node = node.item if name == "[]" else node.value if name == "{}" else dict(node.fields)[name]
    return node.kinds


def test_differences_name_new_gone_and_retyped_fields():
    old = build([{"a": 1, "b": {"c": "x"}, "d": ["s"], "g": 1}])
    new = build([{"a": "1", "b": {"c": "x", "n": {"deep": 1}}, "d": [1], "e": None}])
    assert [(found.kind.value, show_path(found.path), found.detail) for found in differences(old, new)] == [
        ("retyped", "a", "integer -> string"),
        ("new", "b.n", "record"),
        ("retyped", "d[]", "string -> integer"),
        ("new", "e", "null"),
        ("gone", "g", "integer"),
    ]
    assert differences(new, build([{"a": "1", "b": {"c": "x", "n": {"deep": 1}}, "d": [], "e": None}])) == ()


def test_merging_makes_what_only_one_has_optional():
    both = merge(build([{"a": 1, "b": 1}]), build([{"a": None, "c": 1}]))
    assert leaves(both) == {"a": ("integer|null", False), "b": ("integer", True), "c": ("integer", True)}
    assert isinstance(both, Schema)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31-12-2020", {"%d-%m-%Y"}),
        ("12-31-2020", {"%m-%d-%Y"}),
        ("05-06-2020", {"%d-%m-%Y", "%m-%d-%Y"}),
        ("2020-02-29", {"%Y-%m-%d"}),
        ("2021-02-29", set()),
        ("29/02/2020 23:59", {"%d/%m/%Y %H:%M"}),
        ("2020-01-13T10:00:00.123Z", {"%Y-%m-%dT%H:%M:%S.%f%z"}),
        ("1.2.20", {"%d.%m.%y", "%m.%d.%y"}),
        ("1.2.3", None),
        (" 31-12-2020", None),
        ("01.02.20", {"%d.%m.%y", "%m.%d.%y", "%y.%m.%d"}),
        ("2020-01-01T25:00", set()),
        ("10.0.0.1", None),
        ("hello", None),
        ("2020", None),
    ],
)
def test_date_formats_of_one_value(text, expected):
    assert formats_of(text) == (None if expected is None else frozenset(expected))


def test_a_column_tells_day_from_month_or_stays_in_doubt():
    dates = DateFormats()
    assert dates.found() == ()
    for text in ("05-06-2020", "n/a", "07-08-2020"):
        dates.add(text)
    assert dates.found() == ("%d-%m-%Y", "%m-%d-%Y")
    dates.add("13-08-2020")
    assert dates.found() == ("%d-%m-%Y",)
    dates.add("08-13-2020")
    assert dates.found() == ()
