"""What stands beside a telephone number, an address or a name and belongs to it."""

# ruff: noqa: E501, RUF001 - lists of texts; letters of every script

import pytest

from pratique.detect.completing import completed
from pratique.detect.overlaps import Candidate, resolve


def whole(text: str, **marked: str) -> list[tuple[str, str]]:
    """Types and texts of what is found where, by type, some of the text was found."""
    found = [
        Candidate(text.index(piece), text.index(piece) + len(piece), entity, 0.9, "model")
        for entity, pieces in marked.items()
        for piece in pieces.split("|")
    ]
    return [(f.entity, text[f.start : f.end]) for f in resolve(text, completed(text, found))]


@pytest.mark.parametrize(
    ("text", "number", "extended"),
    [
        ("llame al 91 524 00 42 (extensión 687) hoy", "91 524 00 42", "91 524 00 42 (extensión 687)"),
        ("tel. 541 405 921, linka 572", "541 405 921", "541 405 921, linka 572"),
        ("unter (0441) 1687-0 (App. 257) oder", "(0441) 1687-0", "(0441) 1687-0 (App. 257)"),
        ("Rückruf 0911 / 568868-0, Durchwahl -965.", "0911 / 568868-0", "0911 / 568868-0, Durchwahl -965"),
        ("albo (42) 874-58-38 w. 82.", "(42) 874-58-38", "(42) 874-58-38 w. 82"),
        ("τηλ. 2310 779779, εσωτερικό 13.", "2310 779779", "2310 779779, εσωτερικό 13"),
        ("call 1 (425) 882-9090 now", "(425) 882-9090", "1 (425) 882-9090"),
        ("Telefon 030 901820 m 5 Leuten", "030 901820", "030 901820"),
        ("tel. 030 901820, int. 5.000 EUR", "030 901820", "030 901820"),
        ("Punkt 1. (030) 901820", "(030) 901820", "(030) 901820"),
    ],
)
def test_an_extension_is_part_of_its_number(text: str, number: str, extended: str) -> None:
    assert whole(text, PHONE_NUMBER=number) == [("PHONE_NUMBER", extended)]


@pytest.mark.parametrize(
    ("text", "address", "place", "joined"),
    [
        ("na Rua das Amoreiras, n.º 59, em Faro.", "Rua das Amoreiras, n.º 59", "Faro", "Rua das Amoreiras, n.º 59, em Faro"),
        ("в ж.к. Люлин 5 №71, гр. София, срещу", "ж.к. Люлин 5 №71", "София", "ж.к. Люлин 5 №71, гр. София"),
        ("puerta 8, de Móstoles", "puerta 8", "Móstoles", "puerta 8, de Móstoles"),
        ("живее в гр. Варна, ул. Роза 3", "Варна, ул. Роза 3", "", "гр. Варна, ул. Роза 3"),
        ("Frau Ott\nc/o Schulz\nAm Markt 5\n20095 Hamburg", "Am Markt 5\n20095 Hamburg", "", "c/o Schulz\nAm Markt 5\n20095 Hamburg"),
    ],
)  # fmt: skip
def test_an_address_has_its_town_and_what_names_it(text: str, address: str, place: str, joined: str) -> None:
    marked = {"ADDRESS": address, **({"LOCATION": place} if place else {})}
    assert whole(text, **marked) == [("ADDRESS", joined)]


def test_what_is_another_place_stays_apart() -> None:
    text = "lives at 12 High Street, and works in Paris"
    assert whole(text, ADDRESS="12 High Street", LOCATION="Paris") == [
        ("ADDRESS", "12 High Street"),
        ("LOCATION", "Paris"),
    ]
    assert whole("12 High Street in London", ADDRESS="12 High Street", LOCATION="London")[1] == ("LOCATION", "London")


def test_a_given_name_behind_a_surname_and_a_comma_is_part_of_the_name() -> None:
    assert whole("Name: Schröder, Katja\nSeite 3", PERSON="Schröder") == [("PERSON", "Schröder, Katja")]
    assert whole("Schröder, Katja und Paul kamen", PERSON="Schröder|Katja") == [
        ("PERSON", "Schröder"),
        ("PERSON", "Katja"),
    ]
    assert whole("Herr Schröder, Hamburg", PERSON="Schröder") == [("PERSON", "Schröder")]
    assert whole("Dª Mª Carmen Ruiz", PERSON="Carmen Ruiz") == [("PERSON", "Mª Carmen Ruiz")]


def test_a_number_between_commas_behind_a_name_is_an_age() -> None:
    assert whole("Anna Berg, 34, of Leeds", PERSON="Anna Berg") == [("PERSON", "Anna Berg"), ("AGE", "34")]
    assert whole("Anna Berg, 34 votes", PERSON="Anna Berg") == [("PERSON", "Anna Berg")]
    assert whole("Anna Berg, 340, of", PERSON="Anna Berg") == [("PERSON", "Anna Berg")]


def test_lines_of_a_chat_begin_with_names() -> None:
    text = "Thomas: ok\nMaria: 12345\n"
    assert whole(text, ID_CODE="12345") == [("PERSON", "Thomas"), ("PERSON", "Maria"), ("ID_CODE", "12345")]
    assert whole("Maria: 12345\nTotal: 3\n", ID_CODE="12345") == [("ID_CODE", "12345")]


def test_what_is_unsure_is_left_as_it_is() -> None:
    text = "Rua 5, em Faro"
    unsure = [Candidate(0, 5, "ADDRESS", 0.3, "model"), Candidate(10, 14, "LOCATION", 0.9, "model")]
    assert set(completed(text, unsure)) == set(unsure)
