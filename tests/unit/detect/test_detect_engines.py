"""Other makers' models behind the same seam, by a file of the project."""

import importlib.util

import pytest

from pratique.detect import Detector, TextModel, build_detector
from pratique.detect.presidio.engines import load_engine
from pratique.errors import DetectionError
from pratique.model.policy import DetectionSettings

ENGINE = """
from types import SimpleNamespace


class Capitals:
    '''Says that every word in capitals is an organisation.'''

    def get_supported_languages(self):
        return ["en", "de"]

    def get_supported_entities(self):
        return ["ORGANIZATION", "ID"]

    def process_text(self, text, language):
        found, at = [], 0
        for word in text.split(" "):
            if word.isupper():
                label = "ORGANIZATION" if language == "en" else "ID"
                found.append(SimpleNamespace(start_char=at, end_char=at + len(word), label_=label))
            at += len(word) + 1
        return SimpleNamespace(entities=found, scores=[0.85 if language == "en" else 0.4] * len(found))


engine = Capitals()
"""
RECOGNIZER = """
from presidio_analyzer import EntityRecognizer, RecognizerResult


class Names(EntityRecognizer):
    def __init__(self):
        super().__init__(supported_entities=["PERSON"])

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        at = text.find("Zork")
        return [RecognizerResult("PERSON", at, at + 4, 0.9)] if at >= 0 else []
"""
OWN = """
from pratique.model.catalogue import Finding


class Own:
    name, entities, digest = "own", frozenset({"PLANET"}), "1"

    def find_many(self, texts, *, field=None):
        return [[Finding(0, len(t), "PLANET", 0.9, "own")] if t == "Mars" else [] for t in texts]


model = Own()
"""


def loaded(tmp_path, source, name="model.py"):
    (tmp_path / name).write_text(source)
    return load_engine(name, tmp_path)


def test_an_engine_reads_each_text_in_each_of_its_languages(tmp_path):
    model = loaded(tmp_path, ENGINE)
    assert isinstance(model, TextModel)
    assert model.entities == {"ORGANIZATION", "ID_CODE"}
    found, nothing = model.find_many(["we asked ACME.", "nobody"])
    assert [(f.start, f.end) for f in found] == [(9, 13)]
    assert nothing == []


def test_an_engine_reads_long_texts_in_pieces(tmp_path):
    text = "word " * 8_000 + "ACME"
    (found,) = loaded(tmp_path, ENGINE).find_many([text])
    assert [(f.start, f.end, f.entity) for f in found] == [(40_000, 40_004, "ORGANIZATION")]


def test_a_recogniser_of_presidio_is_a_model(tmp_path):
    model = loaded(tmp_path, RECOGNIZER)
    (found,) = model.find_many(["Mr Zork's letter"])
    assert [(f.start, f.end, f.entity) for f in found] == [(3, 7, "PERSON")]


def test_a_project_names_the_file_of_its_model(tmp_path):
    (tmp_path / "own.py").write_text(OWN)
    detector = build_detector(DetectionSettings(model="own.py"), tmp_path)
    assert "PLANET" in detector.entities
    assert [f.entity for f in detector.find_many(["Mars"])[0]] == ["PLANET"]
    assert detector.without_model.find_many(["Mars"]) == [[]]
    other = build_detector(DetectionSettings(model="none"), tmp_path)
    assert detector.digests["detect.model"]
    assert "detect.model" not in other.digests
    assert "PLANET" not in other.entities


def test_a_model_can_be_given_to_a_detector(tmp_path):
    model = loaded(tmp_path, OWN)
    assert [f.entity for f in Detector(model=model).find("Mars")] == ["PLANET"]
    assert Detector(entities=["PLANET"], model=model).entities == {"PLANET"}
    with pytest.raises(DetectionError, match="unknown entity types"):
        Detector(entities=["PLANET"], model=None)
    with pytest.raises(DetectionError, match="unknown model"):
        Detector(model="large")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1", "model.py: a model file holds no model; give it one: a variable whose value is the model"),
        (ENGINE + "other = Capitals()\n", "holds several models"),
        ("import nothing_of_this_name", r"model.py:1: a model file fails to load \(ModuleNotFoundError\)"),
    ],
)
def test_a_file_that_holds_not_one_model_is_refused(tmp_path, source, message):
    with pytest.raises(DetectionError, match=message):
        loaded(tmp_path, source)


def test_a_file_outside_the_project_is_refused(tmp_path):
    with pytest.raises(DetectionError, match="inside the project"):
        load_engine("../model.py", tmp_path)
    with pytest.raises(DetectionError, match="cannot be read"):
        load_engine("none.py", tmp_path)


@pytest.mark.parametrize(
    "findings",
    [
        "[Finding(0, 99, 'PLANET', 0.9, 'own')]",
        "[Finding(0, 1, 'STAR', 0.9, 'own')]",
        "[Finding(0, 1, 'PLANET', 7, 'own')]",
    ],
)
def test_a_model_that_says_what_cannot_be_fails_closed_and_shows_no_value(tmp_path, findings):
    source = OWN.replace('[Finding(0, len(t), "PLANET", 0.9, "own")]', findings)
    with pytest.raises(DetectionError, match="model own: the model gave an impossible finding") as caught:
        Detector(model=loaded(tmp_path, source)).find("Mars")
    assert "Mars" not in str(caught.value)


def test_a_model_that_raises_fails_closed_and_shows_no_value(tmp_path):
    source = OWN.replace('if t == "Mars"', "if int(t)")
    with pytest.raises(DetectionError, match="model own: the model failed on a text") as caught:
        Detector(model=loaded(tmp_path, source)).find("Mars")
    assert caught.value.__cause__ is None
    assert "Mars" not in str(caught.value)


SPACY = """
import spacy
from presidio_analyzer.nlp_engine import SpacyNlpEngine

pipeline = spacy.blank("de")
ruler = pipeline.add_pipe("entity_ruler")
ruler.add_patterns([{"label": "PERSON", "pattern": "Zork"}, {"label": "ORG", "pattern": "Acme"}])


class Rules(SpacyNlpEngine):
    def __init__(self):
        super().__init__(models=[{"lang_code": "de", "model_name": "rules"}])
        self.nlp = {"de": pipeline}


engine = Rules()
"""
needs_presidio = pytest.mark.skipif(
    importlib.util.find_spec("presidio_analyzer") is None, reason="needs pratique[presidio]"
)


@needs_presidio
@pytest.mark.filterwarnings("ignore")
def test_a_real_spacy_pipeline_behind_presidios_engine(tmp_path):
    model = loaded(tmp_path, SPACY)
    text = "Herr Zork fragt Acme."
    (found,) = model.find_many([text])
    assert ("Zork", "PERSON") in [(text[f.start : f.end], f.entity) for f in found]
    found = Detector(model=model).find(text)
    assert "PERSON" in [f.entity for f in found]


@needs_presidio
@pytest.mark.filterwarnings("ignore")
def test_presidios_own_configuration_of_a_pipeline_on_disk(tmp_path):
    import spacy

    pipeline = spacy.blank("de")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Zork"}])
    pipeline.to_disk(tmp_path / "rules")
    configuration = f"nlp_engine_name: spacy\nmodels: [{{lang_code: de, model_name: {tmp_path / 'rules'}}}]\n"
    model = loaded(tmp_path, configuration, "nlp.yaml")
    assert [f.entity for f in model.find_many(["Herr Zork"])[0]] == ["PERSON"]


@needs_presidio
@pytest.mark.filterwarnings("ignore")
def test_a_pipeline_that_is_not_there_is_not_fetched(tmp_path):
    configuration = "nlp_engine_name: spacy\nmodels: [{lang_code: de, model_name: de_none_such}]\n"
    with pytest.raises(DetectionError, match="spaCy pipeline de_none_such is not installed; install it first"):
        loaded(tmp_path, configuration, "nlp.yaml")


@pytest.mark.skipif(importlib.util.find_spec("presidio_analyzer") is not None, reason="is about its absence")
def test_a_configuration_of_presidios_needs_presidio(tmp_path):
    with pytest.raises(DetectionError, match=r"install pratique\[presidio\]"):
        loaded(tmp_path, "nlp_engine_name: spacy\n", "nlp.yaml")
