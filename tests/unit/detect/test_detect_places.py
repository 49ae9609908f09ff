"""Addresses and telephone numbers as they stand in texts of many languages, and what only looks like them."""

# ruff: noqa: E501 - lists of values
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector
from pratique.detect.places import after_name, after_number

DETECTOR = Detector(model=None)


def found(text: str, entity: str) -> list[str]:
    return [text[f.start : f.end] for f in DETECTOR.find(text) if f.entity == entity and f.score >= 0.5]


ADDRESSES = (
    # en
    "221B Baker Street, London", "10 Downing Street, London SW1A 2AA", "57 Larkfield Road, Harwell Stoke HS2 1LD",
    "Flat 3, 12 Acacia Avenue, Leeds LS1 4AP", "12 The Laurels, Little Marlow, SL7 3RT", "7 Glebe Park, Ardmore, Co. Kerry",
    "123 5th Avenue",
    # de
    "Hauptstraße 5, 10115 Berlin", "Hauptstr. 5a, D-10115 Berlin", "Lange Gasse 12-14, 1080 Wien", "Alte Allee 3 B, 60311 Frankfurt am Main",
    "Potsdamer Platz 1, 10785 Berlin", "Am Rathaus 7, 24937 Flensburg", "Kärntner Ring 4, 1010 Wien", "Feldweg 12",
    # fr
    "12 rue de la Paix, 75002 Paris", "14 bis avenue de l'Opéra, 75001 Paris", "3, place Bellecour, 69002 Lyon",
    "Rue du Midi 12, 1000 Bruxelles", "8 quai des Belges, 13001 Marseille cedex 01", "27 chemin des Vieux Chênes",
    # es
    "Calle Mayor 25, 28013 Madrid", "Calle de la Luna 36, 2.º B, 48300 Gernika", "Avenida de América, 12", "Plaza de España 4", "Paseo del Prado 28",
    # it
    "Via Roma 7, 20121 Milano (MI)", "Viale dei Tigli 12/B", "Piazza Garibaldi 3, 80142 Napoli", "Corso Italia 15", "Largo Augusto 8",
    # pt
    "Rua das Flores 12, 4050-262 Porto", "Avenida da Liberdade, 110", "Praça do Comércio 5",
    # nl
    "Keizersgracht 123, 1015 CJ Amsterdam", "Lange Lindenpad 8, 1012 AB Amsterdam", "Kerkstraat 12a", "Stationsplein 9, 3511 ED Utrecht",
    # pl
    "ul. Długa 12/4, 00-950 Warszawa", "al. Jana Pawła II 12", "plac Wolności 3, 90-001 Łódź", "ulica Stare Miasto 9",
    # nordic
    "Storgatan 5, 871 45 Härnösand", "Kungsvägen 12 B", "Vestergade 12, 1456 København", "Skovvej 4", "Karl Johans gate 22, 0162 Oslo",
    "Kirkeveien 5", "Mannerheimintie 5", "Puistokatu 36 A 5, 57130 Savonlinna",
    # hu, cs, sl, ro, lt, lv, et
    "Petőfi Sándor utca 12", "Kossuth Lajos tér 1", "Rákóczi út 60", "náměstí Míru 5, 120 00 Praha 2", "Dlouhá 12, 110 00 Praha",
    "Slovenska cesta 5", "Strada Lungă nr. 12", "Vilniaus gatvė 12", "Brīvības iela 12", "Narva mnt 5",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("frame", ["{}", "xx {}.", "({})", "zz:\n{}\nyy"])
def test_a_whole_address_is_one_finding(address: str, frame: str) -> None:
    assert found(frame.format(address), "ADDRESS") == [address]


def test_the_town_may_stand_on_the_next_line() -> None:
    assert found("Anna Schmidt\nHauptstraße 5\n10115 Berlin\nTel.", "ADDRESS") == ["Hauptstraße 5\n10115 Berlin"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("our new address is 30 Tigh Mór.", "30 Tigh Mór"),
        ("sie ist wohnhaft Am Alten Markt 4.", "Am Alten Markt 4"),
        ("Mr Lipa lives at Westerpad 12, 4331 BK Middelburg", "Westerpad 12, 4331 BK Middelburg"),
    ],
)
def test_a_cue_before_it_is_enough(text: str, address: str) -> None:
    assert found(text, "ADDRESS") == [address]


NO_ADDRESSES = (
    "Route 66", "via Route 66", "Windows 11, Version 2024", "Platz 3", "Auf Platz 3", "Auf dem Platz 3", "Den Platz 3 holte Hamburg",
    "Room 204, 2nd floor", "Zimmer 12", "Art. 6 Abs. 1 lit. f DSGVO", "§ 823 Abs. 1 BGB", "Spring 2024", "Season 2, Episode 12",
    "1 place to go", "2 places in Paris", "first place Team 3", "Square Enix 2", "Watergate 2", "ThinkPad 14", "Brigade 2", "Partie 3",
    "Käufer 12", "Anstieg 5", "Rechnung 12, 20000 Euro", "Im Spiel 3, 15000 Zuschauer", "Zum Thema 12", "Am Montag 5 Stunden",
    "Camino al Mundial 2026", "et al. Smith 12", "sent via Zoom 5 times", "Wall Street 2", "5 kg", "3 x 250 ml", "Bayern 3:2", "v2.10.4",
    "Price 12.99 EUR", "Chapter 5, 2000 Words", "Flug LH 400", "Halle 7", "May 12, 2024",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert found(text, "ADDRESS") == []


NUMBERS = (
    "+44 (0)20 7946 0018", "+49 (0) 170 / 1234567", "+49 170-123 45 67", "+33.1.42.68.53.00", "+(49) 170 1234567", "+ 49 170 1234567",
    "0049 170 1234567", "00 33 6 12 34 56 78", "00420 601 123 456", "07400 123456", "0171 3920071", "085 012 3456",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("frame", ["{}", "xx {}.", "({})"])
def test_a_number_that_speaks_for_itself(number: str, frame: str) -> None:
    assert found(frame.format(number), "PHONE_NUMBER") == [number]


NO_NUMBERS = (
    "call 08.00-17.00", "open 08:00 - 17:00, call", "call 01.02.2024", "call 1999-2004", "call for 912 345 678 EUR", "06 12 34 44 48",
    "0000 1234 5678", "number 1 234 567", "population 83 200 000", "€ 12 500 000", "account 0123 456789", "T: 20 °C", "P: 120",
    "T: 12.05.2024", "tel. 112", "Bond 007, 1962", "6-4 6-3 7-6", "10.4.2", "GTIN 00012345600012", "call me at 5", "01 02 2024",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert found(text, "PHONE_NUMBER") == []


@pytest.mark.parametrize("after", [" and", " from here", " sent", " 12 EUR", ""])
@pytest.mark.parametrize(
    "iban", ["PL61 1090 1014 0000 0712 1981 2874", "NO93 8601 1117 947", "DE89 3704 0044 0532 0130 00"]
)
def test_an_iban_ends_where_its_country_says(iban: str, after: str) -> None:
    assert found(f"to {iban}{after}", "IBAN_CODE") == [iban]


@settings(max_examples=200, deadline=None, database=None)
@given(st.one_of(st.text(max_size=60), st.text(" ,.-A5aBº\n1/(", max_size=60)), st.integers(0, 60))
def test_what_goes_on_stays_in_the_text(text: str, at: int) -> None:
    at = min(at, len(text))
    for more in (after_number, after_name):
        end, _ = more(text, at)
        assert at <= end <= len(text)


def _calls(act: Callable[[], object]) -> int:
    count = 0

    def count_one(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(count_one)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece", ["Hauptstraße 5, ", "12 rue A ", "0171 ", "+49 ", "T: 0", "5 A, B ", "lives at 5 A ", "00 1(", "PL39 "]
)
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    DETECTOR.find(piece * 10)
    once, twice = (_calls(lambda n=n: DETECTOR.find(piece * n)) for n in (400, 800))  # type: ignore[misc]
    assert twice <= 2.2 * once + 500
