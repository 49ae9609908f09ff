"""Where the detectors that treat find nothing at all, the gate still stops what they should have treated."""

# mypy: disable-error-code="no-untyped-call"

# ruff: noqa: RUF001 - Greek letters

import subprocess
import sys
import textwrap

import pytest

from pratique.detect import Detector
from pratique.detect.detector import PatternDetector
from pratique.detect.residue import ResidueDetector
from pratique.kernel.text import TextTreatment
from pratique.model.classes import DataClass
from pratique.model.plan import Applied, Mode
from pratique.model.schema import Kind
from pratique.transform import registry
from tests.unit.gate.gate_fakes import applied, flat, look, plan, step

RESIDUE = ResidueDetector()
RULE = registry()["replace"].bind(Applied("PERSON", "replace", 1, {"with": "X"}, None), None)
BY_FAMILY = {
    "name": ["Dear Anna van der Berg,", "Ο Γιώργος Παπαδόπουλος υπέγραψε", "podepsal Jan Novák"],
    "mail": ["write to anna.kern@example.org", "anna (at) example (dot) org"],
    "telephone": ["call +49 171 5550123", "Tel. 030 901820", "06 12 34 56 78"],
    "account": ["IBAN DE89 3704 0044 0532 0130 00", "card 4111 1111 1111 1111"],
    "national number": ["PESEL 44051401359", "ЕГН 8001011370", "NIR 2 95 10 99 126 111 93", "personnummer 811228-9874"],
    "document": ["Personalausweis Nr. L01X00T47", "passport number 912803456", "dowód osobisty ABC123456"],
    "address": ["wohnhaft Musterstraße 5, 10115 Berlin", "demeurant 12 rue de la Paix, Paris"],
    "birth": ["geboren am 12.03.1980", "née le 12 mars 1980"],
    "secret": ["password: hunter2!x", "AKIA" + "Q3EGRT7XJ2LM5NPO"],
    "coin": ["to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    "network": ["from 192.168.10.20", "device 00:1A:2b:3c:4d:5e"],
}
CASES = [pytest.param(text, id=f"{family}-{number}") for family, texts in BY_FAMILY.items()
         for number, text in enumerate(texts)]  # fmt: skip


def treated(detector, text):
    """What the kernel writes for a free text under a policy that replaces names."""
    treatment = TextTreatment(
        path=("note",),
        rules={"PERSON": RULE},
        emits=frozenset({"PERSON"}),
        joining=frozenset(),
        by_subject=frozenset(),
        kept=frozenset(),
        waived=frozenset(),
        detector=detector,
        score=0.5,
    )
    return treatment.treat([text], None).outputs[0]


def inspected(text):
    note = step("note", Mode.TEXT, spans=(applied("replace", "PERSON"),), output_class=DataClass.PSEUDONYMISED)
    return look([{"note": text}], plan(note), flat(note=Kind.STRING), bound={("note",): [RULE]}, residue=RESIDUE)


@pytest.mark.parametrize("text", CASES)
def test_a_blind_detector_is_not_the_last_word(text, monkeypatch):
    monkeypatch.setattr(PatternDetector, "find_many", lambda _self, texts, **_: [[] for _ in texts])
    monkeypatch.setattr(PatternDetector, "find_with", lambda _self, texts, *_, **__: [[] for _ in texts], raising=False)
    left = treated(Detector(model=None), text)
    assert left == text
    found = inspected(left)
    assert found.cleared is None
    assert found.residue


@pytest.mark.parametrize("text", ["the meeting is on Monday", "<PERSON> came at ten", "invoice 20210045 of 12.03.2024"])
def test_a_text_that_holds_nothing_is_cleared(text):
    """The test above can fail."""
    found = inspected(text)
    assert found.residue == ()
    assert found.cleared is not None


def test_the_gates_eyes_need_neither_the_patterns_nor_the_model_of_the_others():
    """In a process that can load none of them: no shapes, no records, no model, no library of validators."""
    code = """
        import sys

        class Refuse:
            def find_spec(self, name, path=None, target=None):
                refused = ("re2", "stdnum", "phonenumbers", "onnxruntime", "presidio_analyzer")
                own = name.startswith("pratique.detect.") and not name.startswith("pratique.detect.residue")
                if own or name.partition(".")[0] in refused:
                    raise ImportError(name)
                return None

        import types, importlib.util
        package = types.ModuleType("pratique.detect")
        package.__path__ = [importlib.util.find_spec("pratique").submodule_search_locations[0] + "/detect"]
        sys.modules["pratique.detect"] = package
        sys.meta_path.insert(0, Refuse())
        from pratique.detect.residue import ResidueDetector
        texts = sys.stdin.read().split("\\x1e")
        print(sum(any(f.score >= 0.6 for f in found) for found in ResidueDetector().find_many(texts)))
    """
    texts = [text for texts in BY_FAMILY.values() for text in texts]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        input="\x1e".join(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == len(texts)


def test_both_sides_call_a_type_by_one_name():
    """A waiver names a type; what the gate finds must be a type that one can name."""
    assert RESIDUE.entities <= Detector(model=None).entities
