"""Replay in every format, of every rule, in any order: what a full run would give comes out, each record once."""

import contextlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import fastavro
import hypothesis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pratique.pipeline.work
from pratique.crypto.dsse import open_envelope
from pratique.errors import RefusedError
from pratique.gate import ResidueHit
from pratique.pipeline.results import HeldState
from pratique.project import Project
from pratique.verify.statement import read_statement
from tests.e2e import attack_projects as attack

pytestmark = pytest.mark.e2e
CARD = "4111111111111111"
ROWS: list[dict[str, Any]] = [{"id": n, "mail": f"anna{n}@example.org", "word": "red", "n": n / 4} for n in range(30)]


def jsonl(rows: list[dict[str, Any]]) -> bytes:
    return attack.lines(rows)


def nested(rows: list[dict[str, Any]]) -> bytes:
    return attack.lines(
        {"id": r["id"], "in": {"mail": [r["mail"]], "word": r["word"]}, "m": {"k": r["n"]}} for r in rows
    )


def csv(rows: list[dict[str, Any]]) -> bytes:
    text = "".join(f'{r["id"]},{r["mail"]},"{r["word"]}\n",{r["n"]}\n' for r in rows)
    return f"id,mail,word,n\n{text}".encode()


def parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, row_group_size=7)
    return sink.getvalue()


def nested_parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    made = [{"id": r["id"], "in": {"mail": [r["mail"]], "word": r["word"]}, "n": r["n"]} for r in rows]
    pq.write_table(pa.Table.from_pylist(made), sink, row_group_size=7)
    return sink.getvalue()


def avro(rows: list[dict[str, Any]]) -> bytes:
    fields = [("id", "long"), ("mail", "string"), ("word", "string"), ("n", "double")]
    schema = {"type": "record", "name": "r", "fields": [{"name": name, "type": kind} for name, kind in fields]}
    sink = io.BytesIO()
    fastavro.writer(sink, schema, rows, sync_interval=200)
    return sink.getvalue()


WAYS = {
    "jsonl": ("jsonl", jsonl),
    "nested": ("jsonl", nested),
    "csv": ("csv", csv),
    "avro": ("avro", avro),
    "parquet": ("parquet", parquet),
    "nested parquet": ("parquet", nested_parquet),
}


def rows_of(root: Path, run: str) -> list[str]:
    """Released records of a run, each as one text; what is treated with a key is the same for the same value."""
    found: list[str] = []
    for path in sorted((root / "data/us" / run).glob("0*")):
        if path.suffix == ".parquet":
            found += [json.dumps(row, default=str) for row in pq.read_table(path).to_pylist()]
        elif path.suffix == ".avro":
            found += [json.dumps(row) for row in fastavro.reader(io.BytesIO(path.read_bytes()))]
        elif path.suffix == ".csv":
            found += [line for line in path.read_text().split("\n")[1:] if line]
        else:
            found += path.read_text().splitlines()
    return sorted(found)


@pytest.mark.parametrize("way", WAYS)
def test_held_records_come_out_as_a_full_run_gives_them(tmp_path: Path, way: str) -> None:
    form, write = WAYS[way]
    bad: list[dict[str, Any]] = [{**row, "word": f"card {CARD}"} if row["id"] % 5 == 0 else row for row in ROWS]
    project = attack.make(tmp_path, {"a." + form: write(bad)}, format=form)
    # Everything is held to be free of personal data, but the cards in a word are found by the guard.
    attack.loosen(project, dict.fromkeys(("mail", "in.mail[]"), ("EMAIL_ADDRESS",)))
    report = project.run(attack.FLOW)
    assert dict(report.counts.quarantined) == {"guard": 6}
    fields = {str(f.path) for f in project.explain(attack.FLOW).fields}
    word = "in.word" if "in.word" in fields else "word"
    file = tmp_path / "pratique.yaml"
    file.write_text(file.read_text().replace("fields: {}", f"fields: {{e.{word}: replace}}"))
    project = Project.open(tmp_path)
    replayed = project.replay(attack.FLOW)
    assert replayed.release is not None
    assert (replayed.release.counts.read, replayed.release.counts.written) == (6, 6)
    full = project.run(attack.FLOW, full=True)
    out = rows_of(tmp_path, replayed.release.run)
    whole = rows_of(tmp_path, full.run)
    assert set(out) <= set(whole)
    if form != "csv":
        assert len(out) == 6
    assert CARD not in "".join(out)


def test_documents_are_replayed(tmp_path: Path) -> None:
    files = {"a.txt": b"a quiet letter", "b.txt": f"pay to DE89370400440532013000 by card {CARD}".encode()}
    project = attack.make(tmp_path, files, format="text")
    file = tmp_path / "pratique.yaml"
    text = file.read_text()
    file.write_text(
        text.replace("      CREDIT_CARD: {token: card}\n", "").replace("otherwise: replace", "otherwise: quarantine")
    )
    project = Project.open(tmp_path)
    attack.loosen(project, {"text": attack.MENTIONS[:4]})
    report = project.run(attack.FLOW)
    assert sum(report.counts.quarantined.values()) == 1
    file.write_text(text)
    replayed = Project.open(tmp_path).replay(attack.FLOW)
    assert replayed.release is not None
    (out,) = rows_of(tmp_path, replayed.release.run)
    assert out.startswith("pay to ")
    assert CARD not in out


def test_residue_is_replayed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = attack.make(tmp_path, {"a.jsonl": jsonl(ROWS)})
    attack.loosen(project, {"mail": ("EMAIL_ADDRESS",)})
    honest = pratique.pipeline.work.inspect
    looked: list[int] = []

    def find_one(stream: Any, **more: Any) -> Any:
        found = honest(stream, **more)
        looked.append(found.written)
        if len(looked) > 1:
            return found
        return replace(found, cleared=None, residue=(ResidueHit(0, ("word",), "PERSON", "test"),))

    with monkeypatch.context() as patch:
        patch.setattr(pratique.pipeline.work, "inspect", find_one)
        report = project.run(attack.FLOW)
    assert dict(report.counts.quarantined) == {"residue": 1}
    replayed = project.replay(attack.FLOW, rules=["residue"])
    assert replayed.release is not None
    assert len(rows_of(tmp_path, replayed.release.run)) == 1


def test_what_echoes_another_record_is_never_replayed(tmp_path: Path) -> None:
    """Only the gate knew it, and only beside the record that it echoes: alone, nothing would hold it back."""
    rows = [{**row, "mail": f"Qxzvbnmk{n} Wtrklmpd"} for n, row in enumerate(ROWS)]
    rows[7]["word"] = f"as {rows[3]['mail']}"
    project = attack.make(tmp_path, {"a.jsonl": jsonl(ROWS[:5])}, fields="e.mail: {token: who}")
    attack.loosen(project, {"mail": ("PERSON",)})
    (tmp_path / "data/eu/a.jsonl").unlink()
    attack.put(tmp_path, {"b.jsonl": jsonl(rows)})
    report = project.run(attack.FLOW)
    assert dict(report.counts.quarantined) == {"foreign-echo": 1}
    replayed = project.replay(attack.FLOW)
    assert (replayed.release, replayed.foreign) == (None, 1)
    assert [(row.rule, row.state) for row in project.quarantine()] == [("foreign-echo", HeldState.FOREIGN)]
    assert not attack.leaks(tmp_path, str(rows[3]["mail"]))


def test_what_was_too_long_to_keep_is_said_and_left(tmp_path: Path) -> None:
    long = b'{"id": 99, "mail": "", "word": "' + b"x" * (17 << 20) + b'", "n": 1.5}\n'
    project = attack.make(tmp_path, {"a.jsonl": jsonl(ROWS)})
    attack.loosen(project, {"mail": ("EMAIL_ADDRESS",)})
    attack.put(tmp_path, {"b.jsonl": long + b'{"id": 7, "broken\n'})
    report = project.run(attack.FLOW)
    assert dict(report.counts.quarantined) == {"json": 1, "size": 1}
    assert {(row.rule, row.state) for row in project.quarantine()} == {
        ("size", HeldState.CUT),
        ("json", HeldState.HELD),
    }
    (record,) = project.quarantined(attack.FLOW, rules=["size"])
    assert record.size == len(long) - 1
    assert project.replay(attack.FLOW, rules=["size"]) == type(project.replay(attack.FLOW, rules=["size"]))(
        None, (), 1, 0
    )
    with pytest.raises(RefusedError, match="none of 1 records passes"):
        project.replay(attack.FLOW)


# --- in any order -----------------------------------------------------------------------------------------------------

FAULTS = ("none", "new", "guard", "retyped", "json")


def made(number: int, fault: str) -> bytes:
    row: dict[str, Any] = {"id": number, "mail": f"anna{number}@example.org", "word": "red", "n": number / 4}
    if fault == "new":
        row["deck"] = "upper"
    elif fault == "guard":
        row["word"] = f"card {CARD}"
    elif fault == "retyped":
        row["n"] = "four"
    line = json.dumps(row)
    return (line[:-1] if fault == "json" else line).encode() + b"\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("template") / "project"
    root.mkdir()
    project = attack.make(root, {"s.jsonl": jsonl(ROWS)})
    attack.loosen(project, {"mail": ("EMAIL_ADDRESS",)})
    (root / "data/eu/s.jsonl").unlink()
    return root


def fix(root: Path, what: str) -> Project:
    project = Project.open(root)
    if what == "scan":
        project.scan(["e"])
        known = {"mail": ("EMAIL_ADDRESS",)}
        attack.loosen(project, known)
    elif what == "word":
        file = root / "pratique.yaml"
        file.write_text(file.read_text().replace("fields: {}", "fields: {e.word: replace}"))
    return Project.open(root)


def counts_of(root: Path) -> tuple[int, int, int]:
    """Records read of the source, written by all releases, and held now."""
    project = Project.open(root)
    store = project._assembly.runs("eu")
    releases = [read_statement(open_envelope(s).payload) for s in store.releases(attack.FLOW)]
    store.close()
    total = sum(row.records for row in project.quarantine() if row.state in (HeldState.HELD, HeldState.CUT))
    return (
        sum(r.counts.read for r in releases if not r.replays),
        sum(r.counts.written for r in releases),
        total,
    )


@hypothesis.settings(max_examples=6, deadline=None, phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate])
@given(
    faults=st.lists(st.lists(st.sampled_from(FAULTS), min_size=1, max_size=8), min_size=1, max_size=3),
    acts=st.lists(
        st.sampled_from(["scan", "word", "nothing"]).flatmap(
            lambda fixed: st.tuples(
                st.just(fixed), st.sets(st.sampled_from(["new-field", "guard", "retyped-field", "json"]))
            )
        ),
        min_size=1,
        max_size=2,
    ),
)
def test_it_always_adds_up(
    template: Path, tmp_path_factory: pytest.TempPathFactory, faults: list[list[str]], acts: list[tuple[str, set[str]]]
) -> None:
    """``in = out + quarantined`` over the run and its replays, whatever is fixed and replayed in whatever order."""
    root = tmp_path_factory.mktemp("any") / "project"
    shutil.copytree(template, root)
    number = 0
    for at, some in enumerate(faults):
        lines = [made(number + k, fault) for k, fault in enumerate(["none", *some])]
        number += len(lines)
        attack.put(root, {f"{at}.jsonl": b"".join(lines)})
    Project.open(root).run(attack.FLOW)
    read, written, held = counts_of(root)
    assert (read, written + held) == (number, number)
    for fixed, rules in acts:
        project = fix(root, fixed)
        # Where nothing passes, nothing changes.
        with contextlib.suppress(RefusedError):
            project.replay(attack.FLOW, rules=sorted(rules))
        read, written, held = counts_of(root)
        assert (read, written + held) == (number, number)
        rows = [json.loads(line) for path in (root / "data/us").glob("*/0*") for line in path.read_bytes().splitlines()]
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids)) == written
