"""The demo's input: what is in it, that it is the same every time, and that the truth about it is true."""

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import pratique.detect
from pratique.demo import data, titles
from pratique.demo.names import NAMES
from pratique.demo.project_file import MEMOS, STREAMS, write_project
from pratique.errors import SourceError
from pratique.model.catalogue import Finding

FIELDS = {
    "channel": ["channel_name", "tv_show", "tv_show_type", "date", "user_id"],
    "movie": ["movie_name", "movie_type", "purchase_date", "user_id", "price", "card_number"],
    "website": ["domain", "website_type", "date", "user_id"],
    "mobile": ["a_party", "b_party", "starting_time", "duration", "call_type"],
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    return folder, data.make_sample(folder)


def events(folder: Path, stream: str) -> list[dict[str, Any]]:
    files = sorted((folder / "data" / "eu" / stream).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_no_detector_has_the_list_of_names():
    """Family names of the sample stand on no list; of the rarer given names, each list lacks some."""
    lists = [p for p in Path(pratique.detect.__file__).parent.rglob("data/*.txt") if p.is_file()]
    assert len(lists) >= 3
    families = {name.lower() for names in NAMES.values() for name in names.families}
    given = {name.lower() for names in NAMES.values() for name in (*names.women, *names.men)}
    for path in lists:
        known = {line.split("\t")[0].lower() for line in path.read_text("utf-8").splitlines()}
        assert not families & known, path.name
        assert given - known, path.name


def test_there_are_enough_events_and_memos(sample):
    folder, summary = sample
    assert summary.total >= 100_000
    assert summary.memos >= 50
    assert summary.memos == len(list((folder / "data" / "eu" / "memos").glob("*.txt")))


@pytest.mark.parametrize("stream", STREAMS)
def test_events_have_exactly_their_fields(sample, stream):
    folder, summary = sample
    found = events(folder, stream)
    assert len(found) == summary.events[stream] == data.EVENTS[stream]
    assert {tuple(event) for event in found} == {tuple(FIELDS[stream])}


def test_values_have_their_forms(sample):
    folder = sample[0]
    for event in events(folder, "movie"):
        assert re.fullmatch(r"user-\d{5}", event["user_id"])
        assert re.fullmatch(r"\d{15}", event["card_number"])
        assert type(event["price"]) is float
        dt.datetime.strptime(event["purchase_date"], "%d-%m-%Y")  # noqa: DTZ007
    for event in events(folder, "mobile"):
        assert event["a_party"].startswith("+")
        assert event["a_party"].replace(" ", "") != event["b_party"].replace(" ", "")
        dt.datetime.strptime(event["starting_time"], "%m-%d-%Y")  # noqa: DTZ007


def test_columns_of_dates_can_be_told_apart(sample):
    folder = sample[0]
    assert any(int(event["starting_time"][3:5]) > 12 for event in events(folder, "mobile"))
    assert any(int(event["date"][:2]) > 12 for event in events(folder, "channel"))


def test_viewers_follow_zipf_and_are_the_same_in_all_streams(sample):
    folder = sample[0]
    viewers = {stream: Counter(e["user_id"] for e in events(folder, stream)) for stream in ("channel", "movie")}
    ranked = [count for _, count in viewers["channel"].most_common()]
    assert ranked[0] > 5 * ranked[9]
    assert ranked[0] > 100 * ranked[-1]
    common = set(viewers["channel"]) & set(viewers["movie"])
    assert len(common) > 0.6 * len(viewers["movie"])


def test_a_viewer_has_one_card(sample):
    cards = {(e["user_id"], e["card_number"]) for e in events(sample[0], "movie")}
    assert len(cards) == len({user for user, _ in cards}) == len({card for _, card in cards})


def test_shows_that_look_like_people_are_seen_often(sample):
    shows = Counter(event["tv_show"] for event in events(sample[0], "channel"))
    assert (shows["Barry"] + shows["Andi Mack"]) / shows.total() > 0.05
    assert set(shows) == {name for name, _ in titles.TV_SHOWS}


def test_some_callers_are_written_in_two_ways(sample):
    numbers = {event["a_party"] for event in events(sample[0], "mobile")}
    twice = [number for number in numbers if " " in number and number.replace(" ", "") in numbers]
    assert len(twice) > 100


def test_the_same_seed_gives_the_same_bytes(sample, tmp_path):
    folder, summary = sample
    again = data.make_sample(tmp_path)
    assert [p.relative_to(tmp_path) for p in again.files] == [p.relative_to(folder) for p in summary.files]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(again.files, summary.files, strict=True))
    assert (tmp_path / "truth" / "memos.json").read_bytes() == summary.truth.read_bytes()


def test_another_seed_gives_other_people(sample, tmp_path):
    other = data.make_sample(tmp_path, seed=8)
    assert (tmp_path / "truth" / "memos.json").read_bytes() != sample[1].truth.read_bytes()
    assert other.files[0].read_bytes() != sample[1].files[0].read_bytes()


def test_the_truth_points_at_what_it_says(sample):
    folder, summary = sample
    truth = data.load_truth(folder)
    assert Counter(item.entity for item in truth) == Counter(summary.planted)
    seen = set()
    for item in truth:
        text = (folder / "data" / "eu" / "memos" / item.file).read_bytes().decode()
        planted = text[item.start : item.end]
        assert planted == planted.strip() != ""
        assert not text[item.start - 1 : item.start].isalnum()
        assert not text[item.end : item.end + 1].isalnum()
        if item.entity == "EMAIL_ADDRESS":
            assert re.fullmatch(r"\S+@\S+", planted)
        if item.entity == "IBAN_CODE":
            assert re.fullmatch(r"[A-Z]{2}[0-9A-Z ]+", planted)
        seen.add(item.entity)
    assert len([entity for entity in seen if re.match(r"[A-Z]{2}_", entity)]) >= 10
    assert {"PERSON", "ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IP_ADDRESS", "DATE_TIME"} <= seen


def test_no_slot_is_left_open(sample):
    for file in (sample[0] / "data" / "eu" / "memos").iterdir():
        assert not re.search(r"[{}]", file.read_text("utf-8"))


def test_the_truth_lies_outside_the_datasets_and_holds_no_text(sample):
    folder, summary = sample
    assert not summary.truth.is_relative_to(folder / "data")
    document = json.loads(summary.truth.read_bytes())
    assert all([type(v) for v in row] == [str, int, int, str] for row in document["planted"])


def test_recall_counts_what_is_wholly_covered(sample):
    folder = sample[0]
    truth = data.load_truth(folder)
    by_file: dict[str, list[Any]] = {}
    for item in truth:
        by_file.setdefault(item.file, []).append(item)
    files = sorted(by_file)

    def all_but_last_letter_of_people(texts):
        assert len(texts) == len(files)
        for file in files:
            yield [Finding(i.start, i.end - (i.entity == "PERSON"), "PERSON", 0.9, "test") for i in by_file[file]]

    recall = {line.entity: line for line in data.memo_recall(folder, all_but_last_letter_of_people)}
    assert recall["PERSON"].covered == 0
    assert recall["PERSON"].share == 0
    assert recall["IBAN_CODE"].covered == recall["IBAN_CODE"].planted > 0
    assert recall["IBAN_CODE"].typed == 0
    assert recall["IBAN_CODE"].share == 1
    assert sum(line.planted for line in recall.values()) == len(truth)


def test_recall_needs_the_truth(tmp_path):
    with pytest.raises(SourceError, match=r"truth/memos\.json: the truth about the memos cannot be read"):
        data.load_truth(tmp_path)
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "memos.json").write_text('{"planted": [["secret"]]}')
    with pytest.raises(SourceError) as caught:
        data.load_truth(tmp_path)
    assert "secret" not in str(caught.value)


def test_the_second_day_is_by_the_same_viewers(sample, tmp_path):
    folder = sample[0]
    summary = data.second_day(tmp_path)
    known = {event["user_id"] for event in events(folder, "channel")} | {e["user_id"] for e in events(folder, "movie")}
    day = events(tmp_path, "channel")
    assert len(day) == summary.events["channel"] > 0
    assert {event["date"] for event in day} == {"01-04-2026"}
    assert sum(event["user_id"] in known for event in day) > 0.9 * len(day)
    assert not {path.name for path in summary.files} & {path.name for path in sample[1].files}
    cards = {e["user_id"]: e["card_number"] for e in events(folder, "movie")}
    assert all(cards.get(e["user_id"], e["card_number"]) == e["card_number"] for e in events(tmp_path, "movie"))


def test_the_new_field_is_in_every_other_event_of_a_new_file(sample, tmp_path):
    summary = data.add_new_field(tmp_path)
    found = events(tmp_path, "channel")
    assert len(found) == data.NEW_FIELD_EVENTS == summary.events["channel"]
    assert sum(data.NEW_FIELD in event for event in found) == len(found) / 2
    assert {tuple(k for k in event if k != data.NEW_FIELD) for event in found} == {tuple(FIELDS["channel"])}
    assert not {path.name for path in summary.files} & {path.name for path in sample[1].files}


def test_the_project_s_files_are_written(tmp_path):
    written = write_project(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in written] == [
        "pratique.yaml",
        "recognizers/custom_credit_card.py",
    ]
    text = written[0].read_text("utf-8")
    assert all(f"  {flow}: {{from: {flow}, to: {flow}-us" in text for flow in (*STREAMS, MEMOS))
    compile(written[1].read_text("utf-8"), "recogniser", "exec")
