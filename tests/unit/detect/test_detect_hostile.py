"""Hostile texts: nothing crashes, nothing is counted twice over, no offset shifts, and no socket is opened.

No time is measured here. What a text costs is counted in candidates that are judged, which must grow with its length
and not faster; ``make fuzz`` tries longer.
"""

import os
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector, scanner
from pratique.detect.reading import read
from pratique.model.catalogue import Finding
from tests.effort import effort

DETECTOR = Detector(model=None)
MAIL = "anna.kern@example.org"
CARD = "4111 1111 1111 1111"
UNITS = [
    ":", "::", "@", ".", "-", "1", "a", "A", " ", "\n", "\r", "\0", "é", "\u0301", "e\u0301", "😀", "\u200b",
    "\u202e", "ש", "ع", "中", "\U00010400", "\ud800", "1 ", "1.", "1-", "a@", "@a.", "a@a@", "+49", "+49 1",
    "AB12", "Ab ", "a:", "1:", "12.3.", "N 1 ", "Str. 1 ", "Street 5, ", "DE89 3704 ", "age 5 ", "sk-",
    "http://", "password: ", "((1", "\u00ad", "İ", "ß", "%40", "a/", "eyJa.",
]  # fmt: skip


def sound(text: str, found: list[Finding]) -> None:
    """Findings lie inside the text, in order and apart, and none is empty."""
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        end = one.end


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_what_is_judged_grows_with_the_length_of_a_text_and_not_faster(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = 0
    judge = scanner.judge

    def counted(*given: object, **named: object) -> None:
        nonlocal judged
        judged += 1
        judge(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(scanner, "judge", counted)
    counts = []
    for size in (4_000, 8_000, 16_000):
        judged = 0
        text = unit * (size // len(unit))
        sound(text, DETECTOR.find(text))
        counts.append(judged)
    # A place is where a few types at most can begin; what is judged twice as often is twice as long.
    assert counts[2] <= 8 * 16_000
    assert counts[2] <= 2.2 * counts[1] + 50


@pytest.mark.parametrize("unit", ["a", "1", "é", ":", "\u0301", "😀", "."], ids=ascii)
def test_a_megabyte_of_one_character_holds_nothing(unit: str) -> None:
    text = unit * 1_000_000
    assert DETECTOR.find(text) == []


@pytest.mark.fuzz
def test_a_text_full_of_findings_has_them_all() -> None:
    count = 100_000 if effort(1) > 1 else 5_000
    text = "a1@b.org " * count
    found = DETECTOR.find(text)
    sound(text, found)
    assert len(found) == count
    assert {text[one.start : one.end] for one in found} == {"a1@b.org"}


def beside() -> Iterator[str]:
    """One assigned and one unassigned character of every plane, and all kinds of those that nobody sees."""
    for plane in range(17):
        points = [point for point in range(plane << 16, (plane + 1) << 16, 97) if not 0xD800 <= point < 0xE000]
        letters = [p for p in points if unicodedata.category(chr(p)) not in ("Cn", "Co")][:40]
        yield from map(chr, (*letters[::8], points[-1]))
    yield from ("\u200c", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u061c", "\r", "\0", "\u2028", "\x85", "\u0338")


@pytest.mark.parametrize("sign", sorted(set(beside())), ids=ascii)
def test_offsets_are_exact_beside_every_kind_of_character(sign: str) -> None:
    text = f"{sign * 5} {MAIL} {sign}{sign} {CARD}, {sign}"
    spans = {text[one.start : one.end].strip(sign) for one in DETECTOR.find(text)}
    assert {MAIL, CARD} <= spans


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f"], ids=ascii)
@pytest.mark.parametrize("value", [MAIL, CARD, "DE89 3704 0044 0532 0130 00", "+49 171 5550123"])
def test_what_is_found_reads_as_what_stands_there(value: str, unseen: str) -> None:
    for at in range(1, len(value), 3):
        text = f"see \u0301 {value[:at]}{unseen}{value[at:]} \U0001f600"
        found = [read(text[one.start : one.end]).text for one in DETECTOR.find(text)]
        assert value in found


@pytest.mark.parametrize("lone", [chr(0xD800), chr(0xDFFF), f"{chr(0xD83D)} x {chr(0xDE00)}"], ids=ascii)
def test_lone_surrogates_are_text_like_any_other(lone: str) -> None:
    text = f"{lone} {MAIL} {lone}"
    assert MAIL in {text[one.start : one.end] for one in DETECTOR.find(text)}


MIXED = st.lists(
    st.one_of(
        st.sampled_from([*UNITS, MAIL, CARD, "Anna Kern", "geb. 12.03.1980", "Musterstraße 5, 10115 Berlin", "\r\n> "]),
        st.text(max_size=4),
        st.integers(0, sys.maxunicode).map(chr),
    ),
    max_size=24,
).map("".join)


@pytest.mark.fuzz
@settings(max_examples=effort(80), deadline=None, database=None)
@given(MIXED)
def test_texts_that_mix_all_of_it_give_sound_findings(text: str) -> None:
    sound(text, DETECTOR.find(text))
    sound(text * 3, DETECTOR.find(text * 3))


@pytest.mark.fuzz
@settings(max_examples=effort(40), deadline=None, database=None)
@given(st.lists(MIXED, min_size=2, max_size=6))
def test_a_text_is_read_alike_alone_and_among_others(texts: list[str]) -> None:
    assert DETECTOR.find_many(texts) == [DETECTOR.find(text) for text in texts]


READER = Detector()
"""With the package's model of language."""


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_the_model_reads_what_repeats_itself(unit: str) -> None:
    text = unit * (2_000 // len(unit))
    sound(text, READER.find(text))


@pytest.mark.parametrize(
    "sign", ["\u0301", "\u200b", "\u202e", "\r", "\0", "😀", "\U000e0041", "\ud800", "ﷺ"], ids=ascii
)
def test_the_models_offsets_are_exact_beside_every_kind_of_character(sign: str) -> None:
    text = f"{sign * 3} The contract was signed by Katarzyna Nowakowska in Gdynia. {sign} {MAIL} {sign}"
    spans = {text[one.start : one.end] for one in READER.find(text)}
    assert {"Katarzyna Nowakowska", MAIL} <= spans


@pytest.mark.fuzz
@settings(max_examples=effort(20), deadline=None, database=None)
@given(MIXED)
def test_the_models_findings_are_sound_in_any_text(text: str) -> None:
    sound(text, READER.find(text))


@pytest.mark.parametrize("model", ["none", "default"])
def test_nothing_from_the_import_to_the_findings_opens_a_socket(model: str, tmp_path: Path) -> None:
    """In a process of its own, where every socket and every look-up of a name ends it: model included.

    What native code opens is not seen so. ONNX Runtime's telemetry shows by what it keeps in the user's home.
    """
    code = f"""
        import os, sys

        def refuse(event, _arguments):
            if event.startswith("socket."):
                os._exit(3)

        sys.addaudithook(refuse)
        from pathlib import Path
        import pyarrow as pa
        from pratique.detect import Detector
        from pratique.detect.models import load_model
        from pratique.detect.residue import ResidueDetector

        texts = ["Anna Kern lives at Musterstraße 5, 10115 Berlin.", "{MAIL}", "{CARD}", "ЕГН 8001011370"] * 30
        detector = Detector(model=load_model("{model}", Path.cwd()))
        assert all(detector.find_many(texts))
        assert detector.find_any(pa.array(texts), score=0.5).all()
        assert ResidueDetector().find_any(pa.array(texts), 0.6).all()
    """
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | home,
    )
    assert done.returncode == 0, done.stderr
    assert [found for found in tmp_path.rglob("*") if "onnxruntime" in found.name.lower()] == []
