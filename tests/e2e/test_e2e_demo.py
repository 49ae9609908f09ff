"""``pratique demo`` as a user runs it, with no network and an empty home; its figures are held against the raw data."""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.offline import environment, run

pytestmark = pytest.mark.e2e

VALIDATED = frozenset(("IBAN_CODE", "CREDIT_CARD", "EMAIL_ADDRESS", "IP_ADDRESS"))
NO_NUMBERS = frozenset(("PERSON", "ADDRESS", "DATE_TIME", "PHONE_NUMBER"))
"""Types that no check digit and no fixed form proves."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The figures of one demo and the folder it played in."""
    folder = tmp_path_factory.mktemp("demo")
    env = environment(folder)
    done = run(["pratique", "demo", "story", "-o", "json"], folder, env)
    assert (done.returncode, done.stderr) == (0, "")
    assert not any((folder / "home").iterdir())
    return json.loads(done.stdout), folder / "story"


def records(folder: Path, leave_out: str = " ") -> list[dict[str, Any]]:
    files = [file for file in sorted(folder.glob("*.jsonl")) if leave_out not in file.name]
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def abroad(folder: Path) -> list[Path]:
    return [file for file in (folder / "data" / "us").rglob("*") if file.is_file()]


def planted(folder: Path) -> list[tuple[str, str]]:
    """Type and text of everything that was planted in the memos."""
    truth = json.loads((folder / "truth" / "memos.json").read_text(encoding="utf-8"))
    texts = {file.name: file.read_bytes().decode() for file in (folder / "data" / "eu" / "memos").iterdir()}
    return [(entity, texts[file][start:end]) for file, start, end, entity in truth["planted"]]


def test_counts_add_up(told: tuple[dict[str, Any], Path]) -> None:
    figures, folder = told
    runs = figures["runs"]
    assert [run["flow"] for run in runs] == ["channel", "movie", "website", "mobile", "memos", "channel"]
    for one in runs:
        assert one["read"] == one["written"] + sum(one["quarantined"].values())
        assert Path(one["release"]).is_relative_to(folder)
    first = {one["flow"]: one["read"] for one in runs[:5]}
    assert first == {**figures["events"], "memos": figures["memos"]}
    assert sum(figures["events"].values()) >= 100_000
    assert figures["memos"] >= 50
    released = [*(folder / "data" / "us").glob("c*/*/*.jsonl")]
    assert sum(len(file.read_bytes().splitlines()) for file in released) == runs[0]["written"] + runs[5]["written"]


def test_a_changed_byte_is_refused(told: tuple[dict[str, Any], Path]) -> None:
    figures, _ = told
    assert figures["verify"]["exit_code"] == 7
    assert "was changed" in figures["verify"]["changed_copy"]
    assert any(sentence.startswith("Integrity") for sentence in figures["verify"]["proven"])


def test_all_of_a_flow_comes_back(told: tuple[dict[str, Any], Path]) -> None:
    figures, folder = told
    back = figures["reidentified"]
    assert back == {"records": 25_000, "failed": 0, "source": 25_000, "equal": 25_000}
    audit = (folder / ".pratique" / "eu" / "audit.jsonl").read_text(encoding="utf-8")
    assert "case 17: stolen card" in audit
    assert "fraud-desk" in audit


def test_a_new_field_is_quarantined_and_not_passed(told: tuple[dict[str, Any], Path]) -> None:
    figures, folder = told
    later = figures["runs"][5]
    raw = records(folder / "data" / "eu" / "channel")
    with_field = [record for record in raw if "viewer_email" in record]
    assert later["sequence"] == 2
    assert later["quarantined"] == {"new-field": len(with_field)}
    assert len(with_field) == 100
    assert figures["next_day"]["earlier_release_untouched"] is True
    values = {record["viewer_email"].encode() for record in with_field}
    for file in abroad(folder):
        content = file.read_bytes()
        assert b"viewer_email" not in content
        assert not any(value in content for value in values)


def test_the_analyst_counts_what_the_raw_data_say(told: tuple[dict[str, Any], Path]) -> None:
    figures, folder = told
    channel = [r for r in records(folder / "data" / "eu" / "channel") if "viewer_email" not in r]
    shows = Counter(record["user_id"] for record in channel)
    bought = Counter(r["user_id"] for r in records(folder / "data" / "eu" / "movie", leave_out="2026-04-01"))
    expected = Counter((shows[viewer], bought[viewer]) for viewer in shows.keys() | bought.keys())
    assert Counter(map(tuple, figures["abroad"]["counts"])) == expected
    assert figures["abroad"]["releases"] == 3


def test_nobody_of_the_streams_can_be_read_abroad(told: tuple[dict[str, Any], Path]) -> None:
    _, folder = told
    cards = {record["card_number"] for record in records(folder / "data" / "eu" / "movie")}
    phones = {record["a_party"] for record in records(folder / "data" / "eu" / "mobile")}
    for file in abroad(folder):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"user-\d{5}", text)
        if file.parent.parent.name == "movie":
            assert cards.isdisjoint(re.findall(r"\d{15}", text))
        if file.parent.parent.name == "mobile":
            assert phones.isdisjoint(re.findall(r"\+[\d ]+", text))


def test_no_planted_value_with_a_proof_stands_in_the_memos_abroad(told: tuple[dict[str, Any], Path]) -> None:
    _, folder = told
    items = [(entity, value) for entity, value in planted(folder) if entity not in NO_NUMBERS]
    assert {entity for entity, _ in items} >= VALIDATED
    assert len(items) > 300
    text = "\0".join(file.read_text(encoding="utf-8") for file in abroad(folder) if "memos" in file.parts)
    assert len(text) > 20_000
    assert [entity for entity, value in items if value in text] == []


def test_recall_is_what_the_release_shows(told: tuple[dict[str, Any], Path]) -> None:
    figures, folder = told
    recall = figures["recall"]
    counted = Counter(entity for entity, _ in planted(folder))
    assert {entity: line["planted"] for entity, line in recall.items()} == counted
    assert recall["PERSON"]["covered"] / recall["PERSON"]["planted"] > 0.9
    for entity in VALIDATED:
        assert recall[entity]["covered"] / recall[entity]["planted"] > 0.97
    readable = figures["memos_abroad"]["readable"]
    assert all(count <= recall[e]["planted"] - recall[e]["covered"] for e, count in readable.items())


def test_the_story_fits_a_page(tmp_path: Path) -> None:
    done = run(["pratique", "demo", "told"], tmp_path, environment(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) <= 150
    assert "\x1b" not in done.stdout
    assert sum(line.startswith("$ pratique ") for line in lines) >= 10
    # Tables of a piped story are as wide as they need to be; prose and commands are not.
    assert all(len(line) <= 80 for line in lines if not re.search(r"\S {2,}\S", line))


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x", encoding="utf-8")
    done = run(["pratique", "demo", "mine"], tmp_path, environment(tmp_path))
    assert done.returncode == 2
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_the_network_is_off_for_what_is_run_here(tmp_path: Path) -> None:
    attempt = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = run([sys.executable, "-c", attempt], tmp_path, environment(tmp_path))
    assert done.returncode != 0
    assert "the network is off" in done.stderr
