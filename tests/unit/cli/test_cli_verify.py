"""``verify``: what is passed on and shown, and its exit code. The judging is tested with `pratique.verify`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import pratique.verify
from pratique.crypto.signing import generate, save_public
from pratique.errors import VerifyError
from pratique.model.release import Counts, FileEntry, Release
from pratique.verify import Verification

RELEASE = Release(
    version=1,
    exporter="Hafen\x1b[2J AG",
    dataset="channel-us",
    flow="channel",
    route={"name": "eu -> us", "class": "pseudonymised", "basis": "SCC", "until": "2030-06-30"},
    run="3f2a",
    sequence=4,
    previous="00" * 32,
    at="2026-03-01T10:00:00Z",
    files=(FileEntry("00001-00000.jsonl", "ab" * 32, 5_200_000, 39_990),),
    plan="cd" * 32,
    policy="default",
    code="0.1.0",
    inputs=("ef" * 32,),
    counts=Counts(40_000, 39_990, {"guard": 10}),
    data_class="pseudonymised",
    format="jsonl",
    detectors={"patterns": "1"},
    guard_score=0.5,
    residue_score=0.6,
    residue=0,
    waivers=(),
    bulk_decisions=2,
    risk="not measured",
    key="1ac8326a38dc29b6",
    audit_head="12" * 32,
)


@pytest.fixture
def asked(monkeypatch):
    calls = []

    def verify_release(folder, **options):
        options.pop("progress")(1, 2)
        calls.append((folder, options))
        return Verification(RELEASE, "aa" * 32, RELEASE.key, ("Origin: proven.",), ("Replay: not ruled out.",))

    monkeypatch.setattr(pratique.verify, "verify_release", verify_release)
    return calls


def test_a_good_release_is_shown(cli, asked):
    result = cli("verify", "data/us/channel")
    assert result.code == 0
    assert "Verified: release 3f2a of Hafen\\x1b[2J AG" in result.out
    for words in ("39,990 of 40,000 read", "5.2 MB", "+ Origin: proven.", "- Replay: not ruled out.", "not measured"):
        assert words in result.out


def test_everything_is_passed_on(cli, asked, tmp_path):
    key = generate()
    save_public(tmp_path / "exporter.pub", key.public)
    result = cli("verify", "r", "--key", str(tmp_path / "exporter.pub"), "--seen", "seen.json", "-o", "json")
    assert asked == [
        (
            Path("r"),
            {"trust": None, "exporter_key": key.public, "seen": Path("seen.json"), "today": datetime.now(UTC).date()},
        )
    ]
    assert json.loads(result.out)["release"]["sequence"] == 4


def test_a_bad_release_is_one_sentence_and_code_seven(cli, monkeypatch):
    def verify_release(folder, **options):
        raise VerifyError("the bytes differ from the release's", where="file 00001-00000.jsonl")

    monkeypatch.setattr(pratique.verify, "verify_release", verify_release)
    result = cli("verify", "r", "-o", "json")
    assert (result.code, result.out) == (7, "")
    assert result.err == "pratique: file 00001-00000.jsonl: the bytes differ from the release's\n"


def test_there_must_be_a_release_and_readable_files(cli, tmp_path):
    assert cli("verify", str(tmp_path / "none")).code == 7
    missing = cli("verify", str(tmp_path), "--trust", str(tmp_path / "none"))
    assert missing.code == 7
    assert missing.err.count("\n") == 1
    assert cli("verify", str(tmp_path), "--key", str(tmp_path / "none")).code == 5
