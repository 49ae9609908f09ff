"""Properties of a whole run over data that hypothesis makes: hostile texts, missing and odd fields, broken lines."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.model.schema import Kind, Node
from pratique.policy import output_schema
from pratique.project import Project
from tests.e2e.sample_projects import (
    FLOW,
    copy,
    prepare,
    quarantined,
    record,
    released,
    released_bytes,
    run,
    source,
    target,
    tree,
)

pytestmark = pytest.mark.e2e

KINDS: Mapping[type, Kind] = {
    str: Kind.STRING,
    int: Kind.INTEGER,
    float: Kind.DOUBLE,
    bool: Kind.BOOLEAN,
    type(None): Kind.NULL,
    dict: Kind.RECORD,
    list: Kind.LIST,
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(1 << 70), max_value=1 << 70),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
NAMES = st.sampled_from([*record(0), "street", ""])


@st.composite
def odd_lines(draw: st.DrawFn) -> bytes:
    """A record that passes, with nothing, one or two of its fields changed, taken away or added; or no record."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=40)).replace(b"\n", b" ") + b"\n"
    item: dict[str, Any] = record(draw(st.integers(0, 500)))
    for name in draw(st.lists(NAMES, max_size=2)):
        if draw(st.booleans()):
            item[name] = draw(VALUES)
        else:
            item.pop(name, None)
    return json.dumps(item, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass") + b"\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    text = (root / "pratique.yaml").read_text()
    (root / "pratique.yaml").write_text(text.replace("max_quarantine: 0.5", "max_quarantine: 1.0"))
    return root


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.lists(odd_lines(), min_size=1, max_size=25))
def test_whatever_comes_in(template: Path, data: list[bytes]) -> None:
    """One run: every record is accounted for, the output is of the declared schema, and a re-run changes nothing."""
    with tempfile.TemporaryDirectory() as place:
        root = copy(template, Path(place) / "project")
        (source(root) / "a.jsonl").write_bytes(b"".join(data))
        report = run(root)
        records = sum(1 for line in b"".join(data).split(b"\n") if line.strip(b" \t\r"))
        held = quarantined(root, report.run)
        out = released(root, report)
        assert report.counts.read == records
        assert len(out) == report.counts.written
        assert {rule: len(originals) for rule, originals in held.items()} == report.counts.quarantined
        assert len(out) + sum(map(len, held.values())) == records
        given_lines = [line.rstrip(b"\n") for line in data]
        assert all(original.rstrip(b"\n") in given_lines for originals in held.values() for original in originals)

        root_node = output_schema(Project.open(root).plan(FLOW)).root
        for item in out:
            assert list(misfits(item, root_node)) == []
        written = released_bytes(root, report)
        for line in data:
            assert raw_id(line) not in written

        before = tree(target(root))
        again = run(root)
        assert (again.nothing_new, again.run, again.counts) == (True, report.run, report.counts)
        assert tree(target(root)) == before
        full = run(root, full=True)
        assert released_bytes(root, full) == written
        assert quarantined(root, full.run) == held


def raw_id(line: bytes) -> bytes:
    """The user id of a line as it stands there; something that is in no output where there is none."""
    start = line.find(b'"user-')
    return line[start : start + 14] if start >= 0 else b"\xff"


def misfits(value: object, node: Node, path: str = "") -> Iterator[str]:
    """Where a value is not what the schema declares, kind for kind and name for name."""
    if KINDS[type(value)] not in node.kinds:
        yield f"{path}: {type(value).__name__}"
    elif isinstance(value, dict):
        fields = dict(node.fields)
        if list(value) != list(fields):
            yield f"{path}: other fields"
        for name, child in fields.items():
            yield from misfits(value.get(name), child, f"{path}.{name}")


def test_the_check_can_fail(template: Path) -> None:
    """The property's own eye: what is wrong is seen."""
    root_node = output_schema(Project.open(template).plan(FLOW)).root
    good = record(1)
    assert list(misfits(good, root_node)) == []
    assert list(misfits({**good, "price": "1"}, root_node))
    assert list(misfits({**good, "street": "x"}, root_node))
    assert list(misfits({name: good[name] for name in reversed(good)}, root_node))
