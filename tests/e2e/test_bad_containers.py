"""Bad Parquet and Avro files through ``scan`` and ``run``: a line that names dataset and input, and nothing passes."""

import gzip
import io
import json
import re
import zlib
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pratique.cli.errors
from pratique.formats.avro.container import block_bytes, header_bytes
from tests.e2e import attack_projects as attack
from tests.e2e import bad_inputs as bad
from tests.e2e.bad_inputs import PLANTED, Cli, Ended, one_line

pytestmark = pytest.mark.e2e

NAME = PLANTED[0]
ROWS = [{"id": n, "note": f"n{n}", "show": "Night Ferry"} for n in range(30)]
FIELDS = {"id": "long", "note": "string", "show": "string"}
MARK = bytes(16)


def avro(rows: list[dict[str, Any]], **more: Any) -> bytes:
    fields = [{"name": name, "type": given} for name, given in (FIELDS | more).items()]
    sink = io.BytesIO()
    fastavro.writer(sink, {"type": "record", "name": "R", "fields": fields}, rows, codec="deflate")
    return sink.getvalue()


def parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def avro_bomb() -> bytes:
    """Some kilobytes that stand for 37 billion nulls."""
    fields = [{"name": f"n{at}", "type": "null"} for at in range(9000)]
    fields += [{"name": name, "type": given} for name, given in FIELDS.items()]
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(3 << 22)) + packer.flush()
    head = header_bytes(json.dumps({"type": "record", "name": "R", "fields": fields}).encode(), "deflate", MARK)
    return b"".join([head, *block_bytes(1 << 22, packed, MARK)])


def parquet_bomb() -> bytes:
    """A footer of many small pieces, each of which would take a hundred times its bytes."""
    structs = 4 << 20
    count = bytes([structs & 127 | 128, structs >> 7 & 127 | 128, structs >> 14 & 127 | 128, structs >> 21])
    footer = b"\x59\xfc" + count + b"\x15\x00\x00" * structs + b"\x00"
    return b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"


GOOD = {"parquet": parquet(ROWS), "avro": avro(ROWS)}
FILES = {
    "a Parquet file that is cut": ("parquet", GOOD["parquet"][:-20], "cut short: it has no footer; let its writer"),
    "an empty Parquet file": ("parquet", b"", "not a Parquet file; check the format"),
    "a Parquet file in a gzip": (
        "parquet",
        gzip.compress(GOOD["parquet"]),
        "compressed as a whole cannot be read; decompress",
    ),
    "JSON Lines for Parquet": ("parquet", b'{"note": "%s"}\n' % NAME.encode() * 9, "not a Parquet file; check"),
    "a Parquet footer of small pieces": ("parquet", parquet_bomb(), "metadata are too large; write"),
    "an Avro file that is cut": ("avro", GOOD["avro"][:-20], "the block at offset [0-9]+: the Avro file is cut short"),
    "an empty Avro file": ("avro", b"", "not an Avro container file; check the format"),
    "JSON Lines for Avro": ("avro", b'{"note": "%s"}\n' % NAME.encode() * 9, "not an Avro container file; check"),
    "an Avro file of nulls": ("avro", avro_bomb(), "unpacks to more than 200 times its size; write it without"),
}


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command as the script does, in this process."""

    def call(*words: str) -> Ended:
        code = pratique.cli.errors.run(words)
        return Ended(code, *capsys.readouterr())

    return call


def released(root: Path) -> dict[str, bytes]:
    """Every file at the target."""
    return {str(path): path.read_bytes() for path in (root / "data/us").rglob("*") if path.is_file()}


def project(form: str, root: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A project that has released its good rows."""
    attack.loosen(attack.make(root, {f"a.{form}": GOOD[form]}, format=form), {})
    monkeypatch.chdir(root)
    assert cli("run", attack.FLOW).code == 0
    return released(root)


@pytest.mark.parametrize(("form", "data", "words"), FILES.values(), ids=FILES.keys())
def test_a_bad_container_is_named_and_nothing_passes(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, data: bytes, words: str
) -> None:
    root = tmp_path / "project"
    before = project(form, root, cli, monkeypatch)
    attack.put(root, {f"b.{form}": data})
    one_line(cli("scan", "e"), 4, f"^pratique: dataset e, input #1.*{words}")
    one_line(cli("run", attack.FLOW), 4, f"^pratique: dataset e, input #0.*{words}")
    assert released(root) == before
    assert attack.leaks(root, NAME) == []
    attack.put(root, {f"b.{form}": GOOD[form]})
    ended = cli("run", attack.FLOW)
    assert (ended.code, ended.error) == (0, "")
    assert "written" in ended.out
    assert len(released(root)) > len(before)


@pytest.mark.parametrize("form", GOOD)
def test_a_column_that_nobody_knows_is_held_and_a_changed_type_is_refused(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    root = tmp_path / "project"
    project(form, root, cli, monkeypatch)
    more = [{**row, NAME.replace(" ", "_"): NAME} for row in ROWS]
    named = {NAME.replace(" ", "_"): "string"}
    attack.put(root, {f"b.{form}": parquet(more) if form == "parquet" else avro(more, **named)})
    ended = cli("run", attack.FLOW)
    bad.silent(ended)
    assert (ended.code, ended.error) == (0, "")
    assert re.search(r"quarantined: new-field +30 ", ended.out)
    retyped = [{**row, "id": NAME} for row in ROWS]
    attack.put(root, {f"c.{form}": parquet(retyped) if form == "parquet" else avro(retyped, id="string")})
    ended = cli("run", attack.FLOW)
    bad.silent(ended)
    assert ended.code in {0, 4}
    assert "retyped-field" in ended.out or "another type than the scan saw" in ended.error
    assert attack.leaks(root, NAME, NAME.replace(" ", "_")) == []


def test_a_changed_input_is_named_with_its_dataset(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    before = project("parquet", root, cli, monkeypatch)
    attack.put(root, {"a.parquet": parquet(ROWS[:3])})
    one_line(cli("run", attack.FLOW), 3, "^pratique: dataset e, input #0: the bytes are not those .*--full")
    assert released(root) == before
