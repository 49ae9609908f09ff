"""Presidio recogniser files load unchanged, whether or not Presidio is installed, and fail closed."""

import hashlib
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from pratique.detect import build_detector
from pratique.detect.presidio import load_recognizers
from pratique.errors import DetectionError
from pratique.model.paths import FieldPath
from pratique.model.policy import DetectionSettings
from pratique.ports import TextDetector

CARD = """
from typing import List, Optional
from presidio_analyzer import Pattern, PatternRecognizer


class CustomCardRecognizer(PatternRecognizer):
    PATTERNS = [Pattern("card (15 digits)", r"\\b\\d{15}\\b", 0.3)]
    CONTEXT = ["card", "payment"]

    def __init__(self, patterns: Optional[List[Pattern]] = None, supported_entity: str = "CUSTOM_CREDIT_CARD"):
        super().__init__(supported_entity=supported_entity, patterns=patterns or self.PATTERNS, context=self.CONTEXT)

    def validate_result(self, pattern_text: str):
        if pattern_text.startswith("9"):
            return None
        return sum(map(int, pattern_text)) % 2 == 0

    def invalidate_result(self, pattern_text: str):
        return pattern_text.startswith("999")
"""
EVERYTHING = """
import presidio_analyzer
from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

deny = presidio_analyzer.PatternRecognizer(supported_entity="TEAM", deny_list=["Blue", "red.x"])


class Words(EntityRecognizer):
    def __init__(self):
        super().__init__(supported_entities=["WORD"], supported_language="en")

    def load(self):
        self.ready = True

    def analyze(self, text, entities, nlp_artifacts: NlpArtifacts = None):
        why = AnalysisExplanation(recognizer=self.name, original_score=0.7)
        return [RecognizerResult("WORD", i, i + len(t), 0.7, why)
                for t, i in zip(nlp_artifacts.tokens, nlp_artifacts.tokens_indices) if self.ready and t == "zebra"]
"""


def project(tmp_path: Path, source: str, name: str = "rec.py") -> TextDetector:
    (tmp_path / name).write_text(source)
    return build_detector(DetectionSettings(recognizers=(name,)), tmp_path)


def spans(detector: TextDetector, text: str, field: FieldPath | None = None) -> set[tuple[str, str, float]]:
    findings = detector.find_many([text], field=field)[0]
    return {(text[f.start : f.end], f.entity, f.score) for f in findings if f.detector.startswith("rec.py")}


def test_a_pattern_recogniser_unchanged(tmp_path: Path) -> None:
    detector = project(tmp_path, CARD)
    assert "CUSTOM_CREDIT_CARD" in detector.entities
    assert spans(detector, "é 123456789012349") == {("123456789012349", "CUSTOM_CREDIT_CARD", 1.0)}
    assert spans(detector, "123456789012348") == set()
    assert spans(detector, "913456789012348") == set()
    assert spans(detector, "payment 913456789012348") == {("913456789012348", "CUSTOM_CREDIT_CARD", 0.65)}
    assert spans(detector, "913456789012348", field=("card_number",)) == {
        ("913456789012348", "CUSTOM_CREDIT_CARD", 0.65)
    }
    assert spans(detector, "payment 999456789012348") == set()
    assert detector.find_any(pa.array(["no", "123456789012349"]), score=0.5).tolist() == [False, True]


def test_nothing_is_left_behind_in_the_process(tmp_path: Path) -> None:
    before = set(sys.modules)
    project(tmp_path, CARD)
    assert "presidio_analyzer" not in set(sys.modules) - before


def test_other_recognisers_and_deny_lists(tmp_path: Path) -> None:
    detector = project(tmp_path, EVERYTHING)
    assert {"TEAM", "WORD"} <= detector.entities
    assert spans(detector, "a zebra in blue, not bluer") == {("zebra", "WORD", 0.7), ("blue", "TEAM", 1.0)}
    assert spans(detector, "red.x redyx") == {("red.x", "TEAM", 1.0)}


def test_long_texts_are_read_in_windows(tmp_path: Path) -> None:
    detector = project(tmp_path, CARD)
    text = "x " * 30_000 + "123456789012349" + " x" * 30_000
    assert spans(detector, text) == {("123456789012349", "CUSTOM_CREDIT_CARD", 1.0)}


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    detector = project(tmp_path, CARD)
    assert hashlib.sha256(CARD.encode()).hexdigest() in detector.digests.values()


def test_one_that_fails_names_itself_and_no_value(tmp_path: Path) -> None:
    detector = project(tmp_path, CARD.replace("return sum", "raise ValueError(pattern_text)\n        return sum"))
    with pytest.raises(DetectionError, match="CustomCardRecognizer") as caught:
        detector.find_many(["123456789012349"])
    assert "123456789012349" not in str(caught.value)
    assert caught.value.__suppress_context__


REMOTE = """
from presidio_analyzer import RemoteRecognizer
class Remote(RemoteRecognizer):
    def __init__(self):
        super().__init__(["X"], "remote", "en", "1")
    def get_supported_entities(self):
        return ["X"]
    def load(self):
        pass
    def analyze(self, *arguments):
        return []
"""


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = 1", "holds no recogniser"),
        ("\n1 / 0", r"rec.py:2: .*ZeroDivisionError"),
        ("def (", r"rec.py:1: .*SyntaxError"),
        ("from presidio_analyzer import Nothing", "ImportError"),
        ("import presidio_analyzer.elsewhere", "ModuleNotFoundError"),
        (REMOTE, "TypeError"),
    ],
)
def test_files_that_do_not_load(tmp_path: Path, source: str, says: str) -> None:
    with pytest.raises(DetectionError, match=says):
        project(tmp_path, source)


def test_files_must_be_inside_the_project(tmp_path: Path) -> None:
    (tmp_path / "out.py").write_text(CARD)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.py").symlink_to(tmp_path / "out.py")
    for name in ("../out.py", str(tmp_path / "out.py"), "link.py"):
        with pytest.raises(DetectionError, match="inside"):
            load_recognizers([name], tmp_path / "in")
    with pytest.raises(DetectionError, match="cannot be read"):
        load_recognizers(["gone.py"], Path(tmp_path))
