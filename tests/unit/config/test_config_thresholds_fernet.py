"""``max_quarantine`` as a share or more, and rules that decode."""

from pathlib import Path

import pytest

from pratique.config.load import read
from pratique.errors import ConfigError

FILE = """\
name: Hafen AG
regions: [eu]
keys: {eu: file:keys/eu.json}
datasets:
  a: {uri: in/a/, region: eu}
  b: {uri: out/b/, region: eu}
  c: {uri: out/c/, region: eu}
policies:
  p: {fields: {FIELDS}}
  q: {fields: {OTHERS}}
flows:
  one: {from: a, to: b, policy: p, max_quarantine: MOST}
  two: {from: a, to: c, policy: q}
"""


def settings(most="0.05", fields="", others=None):
    text = FILE.replace("MOST", most).replace("FIELDS", fields).replace("OTHERS", fields if others is None else others)
    return read(text.encode(), "pratique.yaml", Path("/x"))


def refused(**words):
    with pytest.raises(ConfigError) as caught:
        settings(**words)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "share", "count"),
    [
        ("0.05", 0.05, None),
        ("1", 1.0, None),
        ("{share: 0.2}", 0.2, None),
        ("{count: 1000}", 1.0, 1000),
        ("{share: 0.05, count: 0}", 0.05, 0),
    ],
)
def test_thresholds(text, share, count):
    flow = settings(most=text).flows["one"]
    assert (flow.max_quarantine, flow.max_quarantine_count) == (share, count)


@pytest.mark.parametrize(
    "text",
    ["5", "-1", "{}", "{count: 0.5}", "{count: -1}", "{share: 5}", "{most: 1}", "[1]", "{count: true}", "{count: }"],
)
def test_other_thresholds_are_refused_with_their_line(text):
    assert refused(most=text).startswith("pratique.yaml:12: ")


def test_a_field_that_is_decoded():
    rules = settings(fields="a.card: {fernet: old}, a.note: {fernet: old, then: {as: text}}").policies["p"].fields
    assert (rules["a.card"].fernet, rules["a.card"].transform, rules["a.card"].as_text) == ("old", None, False)
    assert (rules["a.note"].fernet, rules["a.note"].as_text) == ("old", True)
    then = settings(fields="a.card: {then: {token: card}, fernet: old}").policies["p"].fields["a.card"]
    assert then.transform is not None
    assert (then.fernet, then.transform.name, then.transform.domain) == ("old", "token", "card")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{fernet: }", "must be text"),
        ("{fernet: 'a b'}", "cannot be the name of a Fernet key"),
        ("{fernet: old, then: {fernet: old}}", "a second time"),
        ("{fernet: old, than: replace}", "unknown key"),
        ("{fernet: old, then: text}", "write {as: text}"),
        ("{fernet: old, then: [replace]}", "must be one transform"),
        ("{fernet: [old]}", "must be text"),
    ],
)
def test_a_rule_with_a_slip(rule, words):
    line = refused(fields=f"a.card: {rule}")
    assert line.startswith("pratique.yaml:9: ")
    assert words in line


def test_only_fields_are_decoded():
    text = FILE.replace("{fields: {FIELDS}}", "{entities: {PERSON: {fernet: old}}}").replace("OTHERS", "")
    with pytest.raises(ConfigError, match="write fernet: KEY in a rule under fields"):
        read(text.replace("MOST", "1").encode(), "pratique.yaml", Path("/x"))


def test_all_flows_decode_a_field_alike():
    settings(fields="a.card: {fernet: old}", others="'*.card': {fernet: old, then: replace}")
    for others in ("", "a.card: {fernet: new}", "'*.card': {fernet: old}, a.card: replace"):
        assert "a.card is not decoded alike in flows.one and flows.two" in refused(
            fields="a.card: {fernet: old}", others=others
        )
