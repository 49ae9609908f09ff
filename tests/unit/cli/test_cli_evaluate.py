"""``pratique eval``."""

import json

import pytest
from typer.testing import CliRunner

from pratique.cli import evaluate
from pratique.cli.app import app
from pratique.detect import Detector
from pratique.errors import ConfigError

TEXT = "Mail anna@example.org, or Anna Schmidt, in Rome"


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    at = TEXT.index
    spans = [[5, 21, "MAIL"], [at("Anna"), at("Anna") + 12, "PER"], [at("Rome"), at("Rome") + 4, "PLANET"]]
    (tmp_path / "d.jsonl").write_text(json.dumps({"text": TEXT, "spans": spans}) + "\n")
    return "d.jsonl"


def run(*arguments):
    return CliRunner().invoke(app, ["eval", *arguments, "--no-model"])


def test_figures_as_one_json_document(dataset):
    result = run(dataset, "-L", "MAIL=EMAIL_ADDRESS", "-o", "json", "--errors", "5")
    assert result.exit_code == 0
    document = json.loads(result.output)
    types = {t["entity"]: t for t in document["types"]}
    assert types["EMAIL_ADDRESS"]["exact"] == {
        "mentions": 1,
        "findings": 1,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "f2": 1.0,
    }
    assert types["PERSON"]["exact"]["f1"] == 1.0
    assert types["PLANET"]["exact"]["recall"] == 0.0
    assert document["identifiers"] is None
    (error,) = document["errors"]
    assert (error["line"], error["kind"], error["expected"]) == (1, "missed", "PLANET")
    assert error["shape"].endswith("aa [Aaaa]")
    assert "Rome" not in result.output


def test_a_table_for_people(dataset):
    result = run(dataset, "--errors", "1", "--label", "PLANET=")
    assert result.exit_code == 0
    assert "PERSON" in result.output
    assert "PLANET" not in result.output
    assert "1 of 1 error" in result.output
    assert "anna@" not in result.output


def test_one_type_only(dataset):
    document = json.loads(run(dataset, "-e", "PERSON", "-o", "json").output)
    assert [t["entity"] for t in document["types"]] == ["PERSON"]


def test_figures_are_the_same_however_many_texts_go_together(dataset, tmp_path, monkeypatch):
    (tmp_path / "many.jsonl").write_text((tmp_path / "d.jsonl").read_text() * 130)
    once = evaluate.measure(tmp_path / "many.jsonl", {}, Detector(model=None), 0.5)
    monkeypatch.setattr(evaluate, "_TOGETHER", 7)
    assert once == evaluate.measure(tmp_path / "many.jsonl", {}, Detector(model=None), 0.5)
    assert once.texts == 130


@pytest.mark.parametrize("label", ["PER", "=X", ""])
def test_a_label_that_says_nothing_is_refused(dataset, label):
    result = run(dataset, "--label", label)
    assert isinstance(result.exception, ConfigError)
    assert result.exception.exit_code == 2
