"""Bad data through ``scan`` and ``run``: bad records are held one by one, bad files refuse, and nothing passes."""

import gzip
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import pratique.cli.errors
import pratique.cli.progress
from tests.e2e import attack_projects as attack
from tests.e2e import bad_inputs as bad
from tests.e2e.bad_inputs import PLANTED, Cli, Ended, between, good, one_line, put
from tests.e2e.sample_projects import FLOW, copy, source

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bad.template(tmp_path_factory.mktemp("bad") / "project")


@pytest.fixture(scope="module")
def expected(project: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return bad.wanted(project, tmp_path_factory.mktemp("good") / "project")


@pytest.fixture
def root(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = copy(project, tmp_path / "project")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command as the script does, in this process."""

    def call(*words: str) -> Ended:
        code = pratique.cli.errors.run(words)
        return Ended(code, *capsys.readouterr())

    return call


NAME = PLANTED[0].encode()
DEEP = 10_000
LINES = {
    "broken JSON": ("json", b'{"number": 1, "note": "' + NAME),
    "cut in a number": ("json", b'{"note": "' + NAME + b'", "number": 1'),
    "invalid UTF-8": ("utf-8", b'{"number": 1, "note": "' + NAME + b' Caf\xe9"}'),
    "UTF-8 of a surrogate": ("utf-8", b'{"note": "' + NAME + b'\xed\xa0\x80"}'),
    "half a surrogate pair": ("surrogate", b'{"note": "' + NAME + b' \\ud800"}'),
    "a key twice": ("duplicate-key", b'{"note": "x", "note": "' + NAME + b'"}'),
    "a key twice, one escaped": ("duplicate-key", b'{"note": "x", "n\\u006fte": "' + NAME + b'"}'),
    "NaN": ("number-range", b'{"price": NaN, "note": "' + NAME + b'"}'),
    "Infinity": ("number-range", b'{"price": -Infinity, "note": "' + NAME + b'"}'),
    "a double too large": ("number-range", b'{"price": 1e999, "note": "' + NAME + b'"}'),
    "10,000 lists": ("depth", b'{"note": ' + b"[" * DEEP + b'"' + NAME + b'"' + b"]" * DEEP + b"}"),
    "10,000 records": ("depth", b'{"a": ' * DEEP + b'"' + NAME + b'"' + b"}" * DEEP),
    "10,000 lists left open": ("depth", b'{"note": ' + b"[" * DEEP + b'"' + NAME),
    "an integer of 65 bits": ("number-range", b'{"number": 18446744073709551616, "note": "' + NAME + b'"}'),
    "an integer of 10,000 digits": ("number-range", b'{"note": "' + NAME + b'", "number": ' + b"9" * DEEP + b"}"),
    "a bare value": ("json", b'"' + NAME + b'"'),
    "NUL bytes": ("json", b"\0" * 3000 + NAME),
    "a field of another kind": ("retyped-field", b'{"number": "' + NAME + b'"}'),
    "a field that nobody saw": ("new-field", b'{"' + NAME + b'": 1}'),
}


@pytest.mark.parametrize(("rule", "line"), LINES.values(), ids=LINES.keys())
def test_a_bad_record_is_held_and_nothing_beside_it(
    cli: Cli, root: Path, expected: bytes, rule: str, line: bytes
) -> None:
    path = put(root, between(line))
    looked = cli("run", FLOW)
    bad.silent(looked)
    assert (looked.code, looked.error) == (0, ""), looked
    assert bad.data_of(bad.releases(root)[-1]) == expected
    ((found, originals),) = bad.held(root).items()
    assert found in looked.out, "the rule is named"
    assert found == rule
    assert [original.strip() for original in originals] == [line]
    bad.no_leaks(root)
    path.write_bytes(good())
    one_line(cli("run", FLOW), 3, "input #0|changed", "--full")
    bad.exact_after(cli, root, expected, "--full")


UNREADABLE = [name for name, (rule, _) in LINES.items() if not rule.endswith("-field")]


def test_a_scan_says_by_which_rules_and_where_records_could_not_be_read(cli: Cli, root: Path) -> None:
    put(root, between(b"\n".join(LINES[name][1] for name in UNREADABLE)))
    looked = cli("scan")
    bad.silent(looked)
    assert (looked.code, looked.error) == (0, "")
    first = len(good(0, bad.RECORDS // 2))
    rules = "depth 3, duplicate-key 2, json 4, number-range 5, surrogate 1, utf-8 2"
    assert f"not readable: {rules}; the first in input #0 at offset {first:,}\n" in looked.out
    (report,) = json.loads(cli("scan", "-o", "json").out)
    assert sum(report["rejected"].values()) == report["rejects"] == len(UNREADABLE)
    bad.no_leaks(root)


DATASET = "^pratique: dataset events"


def packed(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


HELD = ("^pratique: flow events: .*records", "quarantine", r"by rule: .*(json|utf-8) [0-9]+", "; ")
FILES: dict[str, tuple[bytes, tuple[str, ...], int, tuple[str, ...]]] = {
    # what stands in the file; what `scan` says (exit code 4), and with which code and words `run` ends
    "a truncated gzip": (
        gzip.compress(good(0, 900))[:-40],
        (f"{DATASET}, input #0: truncated gzip; copy the file again",),
        4,
        (f"{DATASET}, input #0: truncated gzip; copy the file again",),
    ),
    "a gzip cut in its head": (gzip.compress(good())[:5], ("truncated gzip",), 4, ("truncated gzip",)),
    "a damaged gzip": (
        gzip.compress(good())[:-8] + b"\0" * 8,
        (f"{DATASET}, input #0: damaged gzip; copy",),
        4,
        (f"{DATASET}, input #0: damaged gzip; copy",),
    ),
    "a gzip with more behind it": (
        gzip.compress(good()) + NAME,
        (f"{DATASET}, input #0: bytes after the end of the gzip; ",),
        4,
        (f"{DATASET}, input #0: bytes after the end of the gzip; ",),
    ),
    "a zip bomb": (
        gzip.compress(bytes(100_000_000)),
        (f"{DATASET}, input #0: decompresses to more than 200 times its size; unpack it yourself",),
        4,
        (f"{DATASET}, input #0: decompresses to more than 200 times its size; unpack it yourself",),
    ),
    "a truncated zstd": (
        packed(good(0, 900))[:-40],
        (f"{DATASET}, input #0: truncated zstd; copy the file again",),
        4,
        (f"{DATASET}, input #0: truncated zstd; copy the file again",),
    ),
    "a zstd bomb": (
        packed(bytes(100_000_000)),
        (f"{DATASET}, input #0: decompresses to more than 200 times its size; unpack it yourself",),
        4,
        (f"{DATASET}, input #0: decompresses to more than 200 times its size; unpack it yourself",),
    ),
    "a JSON array": (
        json.dumps([{"note": PLANTED[0]}]).encode(),
        (f"{DATASET}, input #0: a JSON array, not JSON Lines; write one object a line",),
        3,
        HELD,
    ),
    "UTF-16": (
        good().decode().encode("utf-16"),
        (rf"{DATASET}: not one record can be read \(by rule: json 40, utf-8 1; the first in input #0 at offset 0\); ",),
        3,
        HELD,
    ),
    "CSV": (
        b"number,note\n" + b"1,Berta Quandt\n" * 50,
        (f"{DATASET}: not one record can be read .*json 51.*; check the format that the dataset declares",),
        3,
        HELD,
    ),
    "a Parquet file": (
        b"PAR1" + bytes(range(256)) * 9 + NAME + b"PAR1",
        (f"{DATASET}: not one record can be read",),
        3,
        HELD,
    ),
    "a zip archive": (b"PK\x03\x04" + NAME + bytes(500), (f"{DATASET}: not one record",), 3, HELD),
}


@pytest.mark.parametrize(("data", "scanned", "code", "ran"), FILES.values(), ids=FILES.keys())
def test_a_bad_file_is_refused_and_nothing_passes(
    cli: Cli, root: Path, expected: bytes, data: bytes, scanned: tuple[str, ...], code: int, ran: tuple[str, ...]
) -> None:
    put(root, data)
    one_line(cli("scan"), 4, *scanned)
    one_line(cli("run", FLOW), code, *ran)
    bad.nothing_passed(root)
    put(root, good())
    bad.exact_after(cli, root, expected)


def test_good_files_beside_a_bad_one_wait_for_it(cli: Cli, root: Path, expected: bytes) -> None:
    put(root, good(), "a.jsonl")
    broken = put(root, gzip.compress(good())[:-3], "b.jsonl.gz")
    one_line(cli("run", FLOW), 4, f"{DATASET}, input #1: truncated gzip")
    bad.nothing_passed(root)
    broken.unlink()
    bad.exact_after(cli, root, expected)


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xef\xbb\xbf", gzip.compress(b"")], ids=["empty", "blank", "mark", "gzip"]
)
def test_an_empty_file_is_no_record_and_no_error_where_the_schema_is_known(
    cli: Cli, root: Path, expected: bytes, data: bytes
) -> None:
    put(root, data)
    one_line(cli("scan"), 4, f"{DATASET}: there is not one record; check that its files are written to their end")
    ended = cli("run", FLOW)
    assert (ended.code, ended.error) == (0, "")
    assert "Released 0 records" in ended.out
    assert bad.data_of(bad.releases(root)[-1]) == b""
    put(root, good(), "b.jsonl")
    bad.exact_after(cli, root, expected)


def test_a_missing_file(cli: Cli, root: Path, expected: bytes) -> None:
    words = (f"{DATASET}: there is no input; check its uri in pratique.yaml",)
    for command in (("scan",), ("run", FLOW)):
        one_line(cli(*command), 4, *words)
    shutil.rmtree(source(root))
    for command in (("scan",), ("run", FLOW)):
        one_line(cli(*command), 4, *words)
    bad.nothing_passed(root)
    put(root, good())
    bad.exact_after(cli, root, expected)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("/etc/hostname", ("input #1: a link leads out of the dataset's folder; copy the file into the folder",)),
        ("../../../pratique.yaml", ("input #1: a link leads out of the dataset's folder",)),
        ("../../..", ("folder of the dataset is a link; ",)),
        ("z.jsonl", ("inputs cannot be listed .Too many levels of symbolic links.; check",)),
        ("nowhere", ("input #1: cannot be read .No such file or directory.",)),
    ],
)
def test_a_link(cli: Cli, root: Path, expected: bytes, link: str, words: tuple[str, ...]) -> None:
    put(root, good())
    odd = source(root) / "z.jsonl"
    odd.symlink_to(link)
    for command in (("scan",), ("run", FLOW)):
        one_line(cli(*command), 4, DATASET, *words)
    bad.nothing_passed(root)
    odd.unlink()
    bad.exact_after(cli, root, expected)


def test_a_pipe_where_a_file_should_be_is_not_waited_for(cli: Cli, root: Path, expected: bytes) -> None:
    put(root, good())
    pipe = source(root) / "z.jsonl"
    os.mkfifo(pipe)
    for command in (("scan",), ("run", FLOW)):
        one_line(cli(*command), 4, f"{DATASET}, input #1: not a regular file; move it away")
    pipe.unlink()
    bad.exact_after(cli, root, expected)


def grow(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(good(90, 95))


def rewrite(path: Path) -> None:
    path.write_bytes(good(50, 50 + bad.RECORDS)[: path.stat().st_size].ljust(path.stat().st_size, b"\n"))


def replace(path: Path) -> None:
    new = path.with_name(".new")
    new.write_bytes(good(50, 90))
    new.rename(path)


def cut(path: Path) -> None:
    path.write_bytes(good()[:1000])


DISTURBANCES: dict[str, Callable[[Path], None]] = {
    "grows": grow,
    "is written anew": rewrite,
    "is replaced": replace,
    "is cut": cut,
    "is removed": Path.unlink,
}


@pytest.mark.parametrize("moment", [1, 2, 3])
@pytest.mark.parametrize("disturb", DISTURBANCES.values(), ids=DISTURBANCES.keys())
def test_a_file_that_changes_while_it_is_read_releases_nothing_of_it(
    cli: Cli,
    root: Path,
    expected: bytes,
    monkeypatch: pytest.MonkeyPatch,
    disturb: Callable[[Path], None],
    moment: int,
) -> None:
    """At the first, second or third word of the run on how far it is."""
    path = put(root, good())
    left = [moment]

    def told(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            disturb(path)

    with monkeypatch.context() as patched:
        patched.setattr(pratique.cli.progress.Lines, "__call__", told)
        ended = cli("run", FLOW)
    assert left[0] <= 0
    if ended.code == 0:  # what was read was read before
        assert bad.data_of(bad.releases(root)[-1]) == expected
        return
    one_line(ended, 4, f"{DATASET}, input #0: ", "; ")
    bad.nothing_passed(root)
    put(root, good())
    bad.exact_after(cli, root, expected)


def test_a_line_of_200_mb_is_held_in_bounded_memory(root: Path, cli: Cli, expected: bytes) -> None:
    half, size = good(0, bad.RECORDS // 2), 200_000_000
    with (source(root) / "a.jsonl").open("wb") as stream:
        stream.write(half + b'{"note": "' + NAME)
        stream.seek(size, 1)  # zeros that no disk holds
        stream.write(b'"}\n' + good(bad.RECORDS // 2))
    looked, memory = bad.process(root, "scan")
    assert (looked.code, looked.error) == (0, "")
    assert f"not readable: size 1; the first in input #0 at offset {len(half):,}" in looked.out
    assert memory < 400_000_000
    ended, memory = bad.process(root, "run", FLOW)
    bad.silent(ended)
    assert (ended.code, ended.error) == (0, "")
    assert memory < 500_000_000
    assert bad.data_of(bad.releases(root)[-1]) == expected
    ((rule, (original,)),) = bad.held(root).items()
    assert rule == "size"
    assert original.startswith(b'{"note": "' + NAME)
    bad.no_leaks(root)
    put(root, good())
    bad.exact_after(cli, root, expected, "--full")


def test_two_workers_end_with_the_same_line(root: Path) -> None:
    put(root, good(), "a.jsonl")
    put(root, gzip.compress(good(0, 900))[:-40], "b.jsonl.gz")
    ended, _ = bad.process(root, "run", FLOW, "--workers", "2")
    one_line(ended, 4, f"{DATASET}, input #1: truncated gzip; copy the file again")
    bad.nothing_passed(root)


ROWS = {
    "too many cells": ("cells", b"7,Berta Quandt,x,1,more\n"),
    "too few cells": ("cells", b"7,Berta Quandt\n"),
    "a quote inside": ("quote", b'7,Berta "B" Quandt,x,1\n'),
    "invalid UTF-8": ("utf-8", b"7,Berta Quandt J\xfcrgen,x,1\n"),
}


@pytest.mark.parametrize(("rule", "row"), ROWS.values(), ids=ROWS.keys())
def test_a_bad_row_of_a_csv_is_held_and_nothing_beside_it(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, row: bytes
) -> None:
    head, rows = b"id,note,show,price\n", [b"%d,n%d,Night Ferry,%d.5\n" % (n, n, n) for n in range(30)]
    root = tmp_path / "project"
    # With a row that does not fit, nobody can tell the dialect from the data: it is declared, and else asked for.
    declared = "{name: csv, delimiter: ',', header: true, encoding: utf-8}"
    attack.loosen(attack.make(root, {"a.csv": head + b"".join(rows)}, format=declared), {})
    monkeypatch.chdir(root)
    ended = cli("run", attack.FLOW)
    assert (ended.code, ended.error) == (0, "")
    (first,) = bad_releases(root)
    attack.put(root, {"b.csv": head + b"".join(rows[:15]) + row + b"".join(rows[15:])})
    looked = cli("scan", "e")
    bad.silent(looked)
    assert f"not readable: {rule} 1; the first in input #1 at offset " in looked.out
    ended = cli("run", attack.FLOW)
    bad.silent(ended)
    assert (ended.code, ended.error) == (0, "")
    assert re.search(rf"quarantined: {rule} +1 ", ended.out)
    (second,) = [release for release in bad_releases(root) if release != first]
    assert bad.data_of(second) == bad.data_of(first)
    assert attack.leaks(root, "Berta Quandt", "Quandt") == []


def bad_releases(root: Path) -> list[Path]:
    return [path.parent for path in (root / "data/us").rglob("release.json")]
