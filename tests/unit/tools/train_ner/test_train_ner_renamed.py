"""Records whose people bear other names."""

from random import Random

import pytest

from tools.train_ner.records import Record
from tools.train_ner.renamed import Pool, pool_of, renamed

POOL = Pool(["Mia"], ["Öhlund-Ruiz"])


def record(text, *names, lang="en"):
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append((at, at + len(name), "PERSON"))
        at += len(name)
    return Record("x", "x", lang, text, tuple(spans), frozenset({"PERSON"}))


def test_a_person_bears_one_other_name_throughout_and_spans_move_along():
    given = record("Ann Kern, J. Kern and KERN met Ann. Kern Ltd", "Ann Kern", "J. Kern", "KERN", "Ann")
    other = renamed(given, POOL, Random(1))
    assert other.text == "Mia Öhlund-Ruiz, J. Öhlund-Ruiz and ÖHLUND-RUIZ met Mia. Kern Ltd"
    assert [other.text[start:end] for start, end, _ in other.spans] == [
        "Mia Öhlund-Ruiz",
        "J. Öhlund-Ruiz",
        "ÖHLUND-RUIZ",
        "Mia",
    ]


def test_small_letters_stay_small_and_particles_stay():
    assert renamed(record("ask ann de kern", "ann de kern"), POOL, Random(1)).text == "ask mia de öhlund-ruiz"


@pytest.mark.parametrize("given", [record("Ann Kern", "Ann Kern", lang="fi"), record("nobody")])
def test_other_languages_and_texts_without_people_stay(given):
    assert renamed(given, POOL, Random(1)) is given


def test_the_pool_has_first_and_last_words_of_names():
    pool = pool_of([record("Ann Maria Kern, Bo, JO OTT", "Ann Maria Kern", "Bo", "JO OTT")], given=["Zoe"])
    assert (pool.given, pool.family) == (["Zoe", "Ann"], ["Kern"])
