"""The small YAML: what it takes, what it refuses, and with which line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.config.nodes import MAX_BYTES, MAX_DEPTH, ListNode, MapNode, ScalarNode, parse
from pratique.errors import ConfigError


def value(text):
    node = parse(f"key: {text}\n".encode(), "f.yaml").entries["key"]
    assert isinstance(node, ScalarNode)
    return node.value


def error(text):
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ConfigError) as caught:
        parse(data, "f.yaml")
    line = str(caught.value)
    assert "\n" not in line
    assert caught.value.do, line
    return line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("2026-06-30", "2026-06-30"),
        ("012", "012"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("<<", "<<"),
        ("=", "="),
        ("'12'", "12"),
        ('"true"', "true"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("0.05", 0.05),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("99999999999999999999999", "99999999999999999999999"),
    ],
)
def test_plain_scalars_are_read_by_narrow_rules(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_keys_stay_text_and_keep_their_lines():
    node = parse(b"no: 1\neu -> us: {on: 2}\n012: [a, 1]\n", "f.yaml")
    assert list(node.entries) == ["no", "eu -> us", "012"]
    assert [p.line for p in node.keys.values()] == [1, 2, 3]
    inner = node.entries["eu -> us"]
    assert isinstance(inner, MapNode)
    assert list(inner.entries) == ["on"]
    items = node.entries["012"]
    assert isinstance(items, ListNode)
    assert [i.raw for i in items.items if isinstance(i, ScalarNode)] == ["a", "1"]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: 1\nb: *x\n", 2, "aliases"),
        ("a: 1\nb: &x\n  c: 1\n", 2, "anchors"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tags"),
        ("a: !thing x\n", 1, "tags"),
        ("a: ! x\n", 1, "tags"),
        ("a: 1\nb: 2\n\na: 3\n", 4, "twice"),
        ("x:\n  a: 1\n  'a': 2\n", 3, "twice"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directives"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", 1, "directives"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [a, b]\n: 1\n", 1, "key"),
        ("? {a: b}\n: 1\n", 1, "key"),
        ("a: 1\n: 2\n", 2, ""),
        ("- a\n- b\n", 1, "mapping"),
        ("just text\n", 1, "mapping"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: 1\n\tb: 2\n", 2, ""),
        ("a: [1, 2\nb: 3\n", 2, ""),
        ("a: 'x\n", 2, ""),
        ("fields:\n  *.user_id: keep\n", 2, "quotes"),
        ("a: 1\nb: @x\n", 2, "quotes"),
        ("a: b: c\n", 1, ""),
        ('a: "\\ud800"\n', 1, "surrogate"),
        ('"\\udfff": 1\n', 1, "surrogate"),
        ("a: \x07\n", 1, "character"),
        ("a: 1\nb: \x00\n", 2, "character"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text, line, word):
    message = error(text)
    assert message.startswith(f"f.yaml:{line}: ")
    assert word in message


def test_duplicate_key_names_both_lines():
    assert "first on line 1" in error("aa: 1\nbb: 2\naa: 3\n")


def test_not_utf8_names_the_line():
    assert error(b"a: 1\nb: \xff\n").startswith("f.yaml:2: ")
    assert error("a: ü\n".encode("utf-16")).startswith("f.yaml:1: ")


def test_a_byte_order_mark_is_fine():
    assert list(parse(b"\xef\xbb\xbfa: 1\n", "f.yaml").entries) == ["a"]


def test_size_and_depth_are_bounded():
    assert "KiB" in error(b"a: " + b"x" * MAX_BYTES)
    ok = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    parse(ok.encode(), "f.yaml")
    assert "levels" in error("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert "levels" in error("a: " + "[" * 100_000)
    assert "levels" in error("a: " + "{b: " * 50_000)


def test_an_odd_key_cannot_write_to_the_terminal():
    message = error('"\\e[2Jx": 1\n"\\e[2Jx": 2\n')
    assert "\x1b" not in message


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text("ab:[]{}-?*&!|>'\"%@#, \n\t<=~.0", max_size=60).map(str.encode)))
def test_any_bytes_parse_or_are_refused_in_one_line(data):
    try:
        assert isinstance(parse(data, "f.yaml"), MapNode)
    except ConfigError as caught:
        refused = caught
    else:
        return
    assert "\n" not in str(refused)
    assert str(refused).startswith("f.yaml:")
    assert refused.__cause__ is None
