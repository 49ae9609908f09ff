"""``detect`` and ``redact``: one text, from a file or a pipe."""

import io
import json
import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.cli import adhoc
from pratique.cli.show import Form
from pratique.errors import ConfigError
from pratique.model.catalogue import Finding


class FakeDetector:
    """Finds runs of capital letters."""

    def find_many(self, texts):
        return [
            [
                Finding(m.start(), m.end(), "PERSON" if len(m[0]) > 2 else "CODE", len(m[0]) / 10, "capitals")
                for m in re.finditer("[A-Z]+", text)
            ]
            for text in texts
        ]


@pytest.fixture
def detector(monkeypatch, tmp_path):
    asked = []

    def make(entities, language):
        asked.append((entities, language))
        return FakeDetector()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(adhoc, "detector", make)
    return asked


@pytest.fixture
def standard_input(monkeypatch):
    def put(data: bytes):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    return put


def test_detect_shows_where_and_what_but_not_the_text(cli, detector, standard_input):
    standard_input("erste Zeile\nvon ANNABEL an\n  ÜBERALL".encode())
    out = cli("detect", "--score", "0").out
    assert "ANNABEL" not in out
    assert re.search(r"2:5 +16-23 +PERSON +0\.70 +capitals", out)
    assert re.search(r"3:4 +\d+-\d+ +PERSON", out)
    assert "3 findings: 2 PERSON, 1 CODE" in out


def test_detect_as_json_and_by_score(cli, detector, standard_input):
    standard_input(b"AB von ANNABEL")
    document = json.loads(cli("detect", "-o", "json", "-e", "PERSON", "-l", "de").out)
    assert document == [{"start": 7, "end": 14, "entity": "PERSON", "score": 0.7, "detector": "capitals"}]
    assert detector == [(["PERSON"], "de")]


def test_nothing_found_is_no_promise(cli, detector, standard_input):
    standard_input(b"")
    assert cli("detect").out == "Nothing found. That is not proof that nothing is there.\n"


def test_redact_keeps_everything_else_byte_for_byte(cli, detector, tmp_path):
    text = "a ANNABEL\r\n\tb\x1b[0m ÄNNCHEN\u2028c"
    (tmp_path / "letter.txt").write_bytes(text.encode())
    result = cli("redact", "letter.txt", "--score", "0")
    assert result.out == "a <PERSON>\r\n\tb\x1b[0m Ä<PERSON>\u2028c"
    assert result.code == 0


def test_redact_as_json_counts(cli, detector, standard_input):
    standard_input(b"ANNABEL und BERTRAM, AB")
    document = json.loads(cli("redact", "-", "-o", "json", "--score", "0.1").out)
    assert document == {"text": "<PERSON> und <PERSON>, <CODE>", "replaced": {"CODE": 1, "PERSON": 2}}


def test_redact_on_a_terminal_shows_control_characters(cli, detector, standard_input, monkeypatch):
    standard_input(b"\x1b[2J ok\tANNABEL\nnext\xc2\x9b")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert cli("redact").out == "\\x1b[2J ok\t<PERSON>\nnext\\x9b\n"


def test_unreadable_input_is_named_and_no_more(cli, detector, standard_input, tmp_path):
    assert cli("detect", "no-such-file").err == "pratique: no-such-file: cannot be read (No such file or directory)\n"
    assert cli("redact", str(tmp_path)).code == 4
    standard_input(b"secret \xff")
    result = cli("redact")
    assert (result.code, result.out) == (4, "")
    assert result.err == "pratique: standard input: not UTF-8 at byte 7; convert it to UTF-8\n"


def test_a_text_that_is_too_large_is_refused(cli, detector, standard_input, monkeypatch):
    monkeypatch.setattr(adhoc, "MAX_TEXT", 2**20)
    standard_input(b"a" * (2**20 + 1))
    result = cli("detect")
    assert result.code == 4
    assert "larger than 1 MiB" in result.err


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1])), max_size=8).map(
    lambda pairs: [Finding(a, b, "X", 1.0, "d") for a, b in pairs if b <= 40]
)


@given(st.just("abcdefghijklmnopqrstuvwxyz0123456789ABCD"), spans)
def test_replace_leaves_no_character_of_a_finding_and_all_others(text, findings):
    treated = adhoc.replace(text, findings)
    covered = {at for f in findings for at in range(f.start, f.end)}
    assert re.sub("<X>", "", treated) == "".join(c for at, c in enumerate(text) if at not in covered)
    assert bool(findings) == ("<X>" in treated)


def test_the_types_are_listed_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    adhoc.detect(listed=True, output=Form.JSON)
    known = {one["entity"]: one for one in json.loads(capsys.readouterr().out)}
    assert {"PERSON", "IBAN_CODE", "BG_EGN"} <= known.keys()
    assert all(one["source"] for one in known.values())
    assert known["BG_EGN"]["countries"] == ["BG"]
    adhoc.detect(listed=True, entity=["IBAN_CODE"], output=Form.HUMAN)
    shown = capsys.readouterr().out
    assert "IBAN_CODE" in shown
    assert "1 type known" in shown


def test_the_types_of_a_family_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    adhoc.detect(listed=True, family=["passport", "name"], output=Form.JSON)
    known = {one["entity"]: one["family"] for one in json.loads(capsys.readouterr().out)}
    assert known["PERSON"] == "name"
    assert known["DE_PASSPORT"] == "passport"
    assert set(known.values()) == {"name", "passport"}
    adhoc.detect(listed=True, family=["place"], output=Form.HUMAN)
    shown = capsys.readouterr().out
    assert "LOCATION" in shown
    assert "1 of them by a model of language only" in shown
    with pytest.raises(ConfigError, match='did you mean "passport"'):
        adhoc.detect(listed=True, family=["pasport"])
    with pytest.raises(ConfigError, match="add --list"):
        adhoc.detect(family=["passport"])
