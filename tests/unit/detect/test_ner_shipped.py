"""The model of the package itself: what it must always be, whatever it was trained on."""

# ruff: noqa: RUF001 - letters of other alphabets

import random
from dataclasses import replace

import pytest

from pratique.detect import Detector
from pratique.detect.ner.model import FOLDER, shipped

LARGEST = 40_000_000
TEXTS = [
    ("The contract was signed by Katarzyna Nowakowska in Gdynia.", "Katarzyna Nowakowska", "Gdynia"),
    ("Der Vertrag wurde von Katarzyna Nowakowska in Gdynia unterschrieben.", "Katarzyna Nowakowska", "Gdynia"),
    ("El contrato fue firmado por Íñigo Etxeberria en Bilbao.", "Íñigo Etxeberria", "Bilbao"),
    ("Szerződést kötött Szilágyi Zoltán, aki Szegeden lakik.", "Szilágyi Zoltán", "Szegeden"),
    ("Договорът е подписан от Димитър Стоянов в Пловдив.", "Димитър Стоянов", "Пловдив"),
]


@pytest.fixture(scope="module")
def model():
    return shipped()


def test_it_is_small_enough():
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= LARGEST


@pytest.mark.parametrize(("text", "person", "place"), TEXTS, ids=["en", "de", "es", "hu", "bg"])
def test_it_knows_people_and_places_of_several_languages(model, text, person, place):
    (found,) = model.find_many([text])
    assert {(text[f.start : f.end], f.entity) for f in found} >= {(person, "PERSON"), (place, "LOCATION")}


def test_a_text_has_the_same_findings_to_the_last_digit_whatever_else_is_read(model):
    texts = [text for text, *_ in TEXTS] + [" ".join(text for text, *_ in TEXTS) * 8]
    alone = [model.find_many([text])[0] for text in texts]
    for seed in range(3):
        order = random.Random(seed).sample(range(len(texts)), len(texts))
        assert model.find_many([texts[at] for at in order]) == [alone[at] for at in order]


def test_the_name_of_a_field_tells_a_person_from_a_series(model):
    somebody, series = (model.find_many(["Barry"], field=(name,))[0] for name in ("first_name", "tv_show"))
    assert [f.entity for f in somebody] == ["PERSON"]
    assert not any(f.entity == "PERSON" and f.score >= 0.5 for f in series)


def values(count, seed=17):
    draw = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    makers = (
        lambda: "".join(draw.choices(syllables, k=draw.randint(1, 4))),
        lambda: f"{draw.choice(['€', '$', 'EUR ', ''])}{draw.uniform(0, 9_999):,.2f}",
        lambda: f"{draw.randint(1, 500)} {draw.choice(['pcs', 'kg', 'ml', 'boxes', 'km/h'])}",
        lambda: f"{draw.choice(['v', ''])}{draw.randint(0, 20)}.{draw.randint(0, 20)}.{draw.randint(0, 99)}",
        lambda: (
            f"{''.join(draw.choices('ABCDEFGHKLMNPRSTXYZ', k=3))}-{draw.randint(10, 99_999)}{draw.choice(['', '-XL'])}"
        ),
        lambda: f"20{draw.randint(10, 25)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}T{draw.randint(10, 23)}:15:00Z",
    )
    return [draw.choice(makers)() for _ in range(count)]


def test_it_says_nothing_of_what_is_no_language(model):
    assert not any(model.find_many(values(10_000)))


@pytest.mark.parametrize(
    "text",
    [
        random.Random(3).randbytes(400_000).decode("latin-1"),
        "".join(map(chr, [*range(0xD800), *range(0xE000, 0x30000), *range(0xE0000, 0x110000, 7)])),
        " ".join(
            "".join(random.Random(at).choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", k=9))
            for at in range(9_000)
        ),
        "A b " * 100_000,
    ],
    ids=["bytes", "every plane", "random words", "letters"],
)
def test_it_does_not_read_noise(model, text):
    runs = 0
    session = model._loaded().session

    class Counted:
        def run(self, *arguments):
            nonlocal runs
            runs += 1
            return session.run(*arguments)

    before, model._net = model._net, replace(model._loaded(), session=Counted())
    try:
        model.find_many([text])
    finally:
        model._net = before
    assert runs <= 25


def test_the_detector_finds_with_it_what_patterns_and_lists_cannot():
    text = "Witness: Xquolinda Vrantsch, of Kroldenbrück, phone +49 30 901820"
    detector = Detector()
    found = {f.entity for f in detector.find(text)}
    assert {"PERSON", "PHONE_NUMBER"} <= found
    assert "PERSON" not in {f.entity for f in detector.without_model.find_many([text])[0] if f.score >= 0.5}
