"""The model's runtime: real ONNX files, exact places, the same answer whatever else is read."""

# ruff: noqa: RUF001 - odd characters are what this is about

import os
import subprocess
import sys

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from ner_models import write_model

from pratique.detect import Recognizer
from pratique.detect.ner.look import worth_reading
from pratique.detect.ner.model import CARD, CONFIG, NET, PIECES, NerModel
from pratique.detect.recognizer import TextModel
from pratique.errors import DetectionError

TAGGED = {
    "_Anna": "B-PERSON",
    "_Kern": "I-PERSON",
    "_Berlin": "B-LOCATION",
    "_Hauptstr": "B-ADDRESS",
    "_5": "I-ADDRESS",
    "_case": "O",
    "_X17": "B-ID_CODE",
    "_von": "I-PERSON",
    "_name": "O",
    "fi": "O",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model"), TAGGED)


@pytest.fixture(scope="module")
def model(folder):
    return NerModel(folder)


def mentions(model, text, **more):
    (found,) = model.find_many([text], **more)
    return None if found is None else [(text[f.start : f.end], f.entity) for f in found]


def test_it_is_a_model_of_text(model):
    assert isinstance(model, TextModel)
    assert not isinstance(model, Recognizer)
    assert model.entities == {"PERSON", "LOCATION", "ADDRESS", "ID_CODE"}


def test_it_finds_what_the_net_says(model):
    assert mentions(model, "case X17: Anna von Kern, Berlin.") == [
        ("X17", "ID_CODE"),
        ("Anna von Kern", "PERSON"),
        ("Berlin", "LOCATION"),
    ]


def test_a_sequence_that_cannot_stand_is_not_said(model):
    # The net says I-PERSON after O: the likeliest sequence that stands begins a person there, or says nothing.
    assert mentions(model, "case Kern") in ([], [("Kern", "PERSON")])


def test_places_are_exact_in_texts_far_longer_than_a_window(model):
    text = "\n".join(f"{number} case words Anna Kern" for number in range(300))
    (found,) = model.find_many([text])
    assert [text[f.start : f.end] for f in found] == ["Anna Kern"] * 300


def test_a_short_value_is_read_with_the_name_of_its_field(tmp_path):
    # Of this net the field's name alone is a person's: it must be read, and never told as a part of the value.
    model = NerModel(
        write_model(tmp_path, {"_first": "B-PERSON", "_name": "I-PERSON", ":": "I-PERSON", "_Ba": "I-PERSON"})
    )
    assert mentions(model, "Word 1", field=("first_name",)) == []
    for text in ("Ba", "Ba 1", "Ba " * 60 + "1", "Ba\nBa"):
        (found,) = model.find_many([text], field=("guest", "first_name"))
        assert all(0 <= f.start < f.end <= len(text) for f in found)


def test_digest_is_of_every_file_but_the_card(folder, tmp_path):
    digests = {NerModel(folder).digest}
    for number, name in enumerate((NET, PIECES, CONFIG, "weights.bin")):
        other = write_model(tmp_path / str(number), TAGGED)
        (other / CARD).write_text("what is said of it")
        assert NerModel(other).digest in digests
        with (other / name).open("ab") as stream:
            stream.write(b"\n")
        digests.add(NerModel(other).digest)
    assert len(digests) == 5


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{}",
        b"[]",
        b'{"version": 2}',
        b"\xff",
        b'{"version": 1, "tags": ["O"], "labels": {}, "window": 8, "overlap": 4}',
    ],
)
def test_settings_that_are_wrong_are_refused(folder, tmp_path, wrong):
    other = write_model(tmp_path, TAGGED)
    (other / CONFIG).write_bytes(wrong)
    with pytest.raises(DetectionError, match=r"config\.json"):
        NerModel(other)


def test_a_net_that_is_none_is_refused_in_one_line(tmp_path):
    write_model(tmp_path, TAGGED)
    (tmp_path / NET).write_bytes(b"not a net")
    with pytest.raises(DetectionError, match=r"model\.onnx: the model's net cannot be loaded") as caught:
        NerModel(tmp_path).find_many(["Anna Kern"])
    assert "\n" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_calibration_makes_the_scores(tmp_path):
    model = NerModel(write_model(tmp_path, TAGGED, calibration={"PERSON": [0.2, 0.0]}))
    (found,) = model.find_many(["Anna Berlin"])
    assert found is not None
    assert 0.5 < found[0].score < found[1].score


ODD = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(list("AnKeBrl \n.,5ﬁ\u0301\u00a0ß@"))),
    max_size=80,
)
WORDS = st.lists(
    st.sampled_from([*(tag.strip("_") for tag in TAGGED), "\n", "…", "ﬁ", "e\u0301", "😀", "ПИ"]), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(ODD, WORDS.map(" ".join)), max_size=6))
def test_any_text_has_findings_in_it_and_the_same_alone(model, texts):
    found = model.find_many(texts)
    for text, findings in zip(texts, found, strict=True):
        end = 0
        for f in findings or ():
            assert end <= f.start < f.end <= len(text)
            assert any(map(str.isalnum, text[f.start : f.end]))
            end = f.end
        assert model.find_many([text]) == [findings]


def test_no_text_takes_long_for_being_odd(model):
    assert model.find_many(["A" * 10_000_000, "\u4e2d\u6587 " * 1_000_000]) == [None, None]
    assert model.find_many(["Ab cd " * 100_000]) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kern",
        "on route 66",
        "ask @somebody",
        "schmidt rief an",
        "he said all is well",
        "Jan Ćwik",
        "יוסי כהן",
        "ANNA KERN",
    ],
)
def test_what_may_name_somebody_is_worth_reading(text):
    assert worth_reading(text)


@pytest.mark.parametrize("text", ["Anna", "Hans-Peter", "O’Neill", "SCHMIDT", "schmidt"])
def test_a_single_word_is_worth_reading_where_a_field_names_it(text):
    assert worth_reading(text, named=True)
    assert not worth_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "all is well",
        "größer als früher",
        "…",
        "- - - - -",
        "привет, как дела",
        "AB-4898-Z",
        "X17",
        "12.50 EUR",
        "v1.2.3",
        "2024-05-01T12:00:00Z",
        "a/b/c",
        "4711",
        "USB 3.0",
        "x@example.org",
    ],
)
def test_what_is_no_language_or_names_nothing_is_not(text):
    assert not worth_reading(text)
    assert not worth_reading(text, named=True)


def test_nothing_is_loaded_before_a_text_is_read(folder):
    code = (
        "import sys; from pathlib import Path; import pratique; from pratique.detect import Detector\n"
        "from pratique.detect.ner.model import NerModel\n"
        f"model = NerModel(Path({str(folder)!r})); model.digest; model.find_many(['nothing'])\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "model.find_many(['Anna Kern']); assert 'onnxruntime' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_runtime_reports_its_use_to_nobody(folder, tmp_path):
    # Its native code is out of reach of what forbids sockets: what it would send waits in a file below the home.
    code = (
        "from pathlib import Path; from pratique.detect.ner.model import NerModel\n"
        f"assert NerModel(Path({str(folder)!r})).find_many(['Anna Kern'])[0]\n"
        "import onnxruntime"
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    subprocess.run([sys.executable, "-c", code], check=True, env={**environment, "HOME": str(home)})
    assert list(home.rglob("*")) == []


def test_what_is_less_likely_than_not_is_not_told(tmp_path):
    model = NerModel(write_model(tmp_path, TAGGED, calibration={"PERSON": [1.0, -12.0]}))
    assert mentions(model, "Anna Berlin") == [("Berlin", "LOCATION")]


def test_of_people_less_is_guessed_than_of_the_rest(tmp_path):
    unsure = {"PERSON": [0.001, -0.2], "LOCATION": [0.001, -0.2]}  # 0.45 whatever the net says
    write_model(tmp_path, TAGGED, calibration=unsure)
    assert mentions(NerModel(tmp_path), "Anna Berlin") == [("Berlin", "LOCATION")]
    assert mentions(NerModel(tmp_path, least=0.4), "Anna Berlin") == [("Anna", "PERSON"), ("Berlin", "LOCATION")]
