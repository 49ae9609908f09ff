"""Texts of every country, as people write them, in which identifiers are marked: all of each is found, and no other.

Several types may fit one number and its label (a passport's nine digits), so the type is asked of a detector that looks
for it alone.

A text is a line of ``xx.txt`` beside this file; ``¶`` stands for a line break, ``[[value|TYPE]]`` for an identifier,
and ``[[value]]`` for one whose type does not matter.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from pratique.detect import Detector
from pratique.detect.entities import BUILT_IN

MARK = re.compile(r"\[\[(?P<value>[^|\]]+)(?:\|(?P<type>[A-Z_]+))?\]\]")
NATIONAL = {entity.name for entity in BUILT_IN if entity.countries}
DETECTOR = Detector(model=None)
TEXTS = [
    pytest.param(line, id=f"{file.stem}{number}")
    for file in sorted(Path(__file__).parent.glob("??.txt"))
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
]


def read(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a line, and where its identifiers are."""
    text, at, marks = "", 0, []
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        marks.append((len(text), len(text) + len(mark["value"]), mark["type"] or ""))
        text += mark["value"]
        at = mark.end()
    return (text + line[at:]).replace("¶", "\n"), marks


@cache
def alone(entity: str) -> Detector:
    return Detector(entities=[entity], model=None)


@pytest.mark.parametrize("line", TEXTS)
def test_every_identifier_is_found_whole_and_nothing_else(line: str) -> None:
    text, marks = read(line)
    found = [(f.start, f.end, f.entity) for f in DETECTOR.find(text) if f.score >= 0.5]
    for start, end, entity in marks:
        assert any(a <= start and b >= end for a, b, _ in found), text[start:end]
        if entity:
            spans = [(f.start, f.end) for f in alone(entity).find(text) if f.score >= 0.5]
            assert (start, end) in spans, (text[start:end], entity)
    marked = {at for start, end, _ in marks for at in range(start, end)}
    more = [(text[a:b], entity) for a, b, entity in found if entity in NATIONAL and not marked.issuperset(range(a, b))]
    assert not more


@pytest.mark.parametrize(
    "text",
    [
        "Das Führerscheinformular kostet 12345678 EUR",
        "pas, faktura 201234567",
        "Reisepass, ausgestellt am 12.03.2020",
        "le passeport coûte 12345678 euros",
        "sociaaliturva 1957-1963",
    ],
)
def test_another_number_near_a_label_is_left_alone(text: str) -> None:
    assert not [f.entity for f in DETECTOR.find(text) if f.score >= 0.5 and f.entity != "DATE_TIME"]


def test_there_are_texts_to_look_at() -> None:
    assert len(TEXTS) > 10
    assert sum(bool(MARK.search(str(text.values[0]))) for text in TEXTS) > len(TEXTS) / 2
