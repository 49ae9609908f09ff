"""What a label, a street, a checksum or an issuer's beginning shows: in every language, and what only looks alike."""

# mypy: disable-error-code="no-untyped-call"

# ruff: noqa: RUF001 (Greek and Cyrillic letters are what these tests are about)

import hashlib

import pyarrow as pa
import pytest

from pratique.detect.residue import ResidueDetector
from pratique.detect.residue.coins import base58check, bech32

DETECTOR = ResidueDetector()
BESIDE = ("user-1",) * 64
"""Beside these a value is looked at before it is scanned."""


def found(text, least=0.6):
    return {(text[f.start : f.end], f.entity) for f in DETECTOR.find_many([text])[0] if f.score >= least}


def sure(text, mention):
    """Whether ``mention`` is found in ``text``, and the first look does not pass it over."""
    held = DETECTOR.find_any(pa.array([text, *BESIDE]), 0.6)
    return bool(held[0]) and any(mention in span or span in mention for span, _ in found(text))


LABELLED = [
    ("bg", "ЕГН 8001011370", "8001011370"),
    ("bg", "л.к. № 640123456, издадена в София", "640123456"),
    ("cs", "číslo občanského průkazu: 205123456", "205123456"),
    ("cs", "r. č. 710319/2745", "710319/2745"),
    ("da", "CPR-nr. 010180-1234", "010180-1234"),
    ("de", "Personalausweis Nr. L01X00T47", "L01X00T47"),
    ("de", "Reisepass, ausgestellt am 12.03.2020 in Köln, Nr. C01X00T47", "C01X00T47"),
    ("de", "Steuernummer 93815/08152", "93815/08152"),
    ("el", "Α.Φ.Μ. 094014298", "094014298"),
    ("el", "διαβατήριο ΑΕ1234567", "ΑΕ1234567"),
    ("en", "passport number 912803456", "912803456"),
    ("en", "her driving licence no. 12345678 is old", "12345678"),
    ("es", "pasaporte n.º AAA123456", "AAA123456"),
    ("et", "isikukood 37605030299", "37605030299"),
    ("fi", "passi nro XP1234567", "XP1234567"),
    ("fr", "carte nationale d’identité n° 880692310285", "880692310285"),
    ("fr", "passeport 12AB34567", "12AB34567"),
    ("ga", "PPSN 6433435F", "6433435F"),
    ("hr", "osobna iskaznica br. 115003002", "115003002"),
    ("hu", "útlevél száma: BH1234567", "BH1234567"),
    ("hu", "TAJ-szám: 111 111 110", "111 111 110"),
    ("it", "carta d'identità n. CA12345AA", "CA12345AA"),
    ("it", "passaporto: YA1234567", "YA1234567"),
    ("lt", "asmens kodas 33309240064", "33309240064"),
    ("lv", "personas kods 161175-19997", "161175-19997"),
    ("mt", "passaport numru 1234567", "1234567"),
    ("nl", "BSN123456782", "123456782"),
    ("nl", "burgerservicenummer: 1112.22.333", "1112.22.333"),
    ("no", "fødselsnummer 15108695088", "15108695088"),
    ("pl", "dowód osobisty ABC123456", "ABC123456"),
    ("pl", "NIP 5260001246", "5260001246"),
    ("pt", "número de contribuinte: 501964843", "501964843"),
    ("ro", "CNP 1630615123457", "1630615123457"),
    ("ro", "pașaport nr. 051234567", "051234567"),
    ("sk", "rodné číslo 710319/2745", "710319/2745"),
    ("sl", "EMŠO 0101006500006", "0101006500006"),
    ("sr", "ЈМБГ 0101006500006", "0101006500006"),
    ("sv", "personnummer 8112289874", "8112289874"),
    ("tr", "T.C. kimlik no 10000000146", "10000000146"),
    ("uk", "РНОКПП 2646453607", "2646453607"),
    ("is", "kennitala 120174-3399", "120174-3399"),
]


@pytest.mark.parametrize(("language", "text", "mention"), LABELLED)
def test_a_label_in_any_language_speaks_for_the_number_behind_it(language, text, mention):
    assert sure(text, mention), language
    assert sure(f"{text.upper()}.", mention), language


@pytest.mark.parametrize(
    "text",
    [
        "born 12.03.1980", "geb. am 12.03.1980", "née le 12/03/1980", "nato a Roma il 12/03/1980", "f. 12-03-1980 født",
        "urodzony 12 marca 1980", "narozen 12. 3. 1980", "született: 1980-03-12", "γεννήθηκε στις 12/3/1980",
        "роден на 12.03.1980", "född den 12 mars 1980", "syntynyt 12.3.1980", "nascido em 12/03/1980",
        "Date of birth: March 12, 1980", "rođen 12.03.1980.", "gimęs 1980-03-12", "sündinud 12.03.1980",
    ],
)  # fmt: skip
def test_a_whole_date_behind_a_word_for_birth_is_one_of_birth(text):
    if text.startswith("f. "):
        assert not any(entity == "DATE_OF_BIRTH" for _, entity in found(text))
        return
    assert any(entity == "DATE_OF_BIRTH" for _, entity in found(text))
    assert DETECTOR.find_any(pa.array([text, *BESIDE]), 0.6)[0]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Musterstraße 5", "Musterstraße 5"),
        ("wohnhaft Lange Gasse 12a, Wien", "Lange Gasse 12a"),
        ("ul. Marszałkowska 12", "ul. Marszałkowska 12"),
        ("Calle Mayor, 3", "Calle Mayor, 3"),
        ("12 rue de la Paix", "12 rue de la Paix"),
        ("Via Roma n. 5", "Via Roma n. 5"),
        ("Kungsgatan 14", "Kungsgatan 14"),
        ("Mannerheimintie 7", "Mannerheimintie 7"),
        ("Hlavní třída 5, 110 00 Praha", "Hlavní třída 5"),
        ("strada Lungă nr. 66A", "strada Lungă nr. 66A"),
        ("оул. Шипка 5", "Шипка 5"),
        ("5 High Street, Leeds", "5 High Street"),
        ("Oude Rijn 78a\n2312 JA Leiden", "Oude Rijn 78a"),
        ("Palackého 6, 760 01 Zlín", "Palackého 6, 760 01"),
    ],
)
def test_a_street_and_the_number_of_a_house_are_an_address(text, mention):
    if text.startswith("оул"):
        text = text[1:]
    assert sure(text, mention)
    assert "ADDRESS" in {entity for _, entity in found(text)}


@pytest.mark.parametrize(
    ("text", "mention", "entity"),
    [
        ("Tel. 030 901820", "030 901820", "PHONE_NUMBER"),
        ("τηλ. 210 7286000", "210 7286000", "PHONE_NUMBER"),
        ("móvil 612 345 678", "612 345 678", "PHONE_NUMBER"),
        ("06 12 34 56 78", "06 12 34 56 78", "PHONE_NUMBER"),
        ("(030) 901 820", "(030) 901 820", "PHONE_NUMBER"),
        ("0171-1234567", "0171-1234567", "PHONE_NUMBER"),
        ("(212) 555-0132", "(212) 555-0132", "PHONE_NUMBER"),
        ("anna (at) example (dot) org", "anna (at) example (dot) org", "EMAIL_ADDRESS"),
        ("mailto:anna%40example.org&x", "anna%40example.org", "EMAIL_ADDRESS"),
        ("password: hunter2!x", "hunter2!x", "PASSWORD"),
        ("Kennwort = Sommer#2024", "Sommer#2024", "PASSWORD"),
        ("hasło: Zima_2024", "Zima_2024", "PASSWORD"),
        ("postgres://app:s3cr3t-9@db.example.org/x", "s3cr3t-9", "PASSWORD"),
        ("AKIA" + "Q3EGRT7XJ2LM5NPO", "AKIA" + "Q3EGRT7XJ2LM5NPO", "AWS_ACCESS_KEY"),
        ("ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY", "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY", "GITHUB_TOKEN"),
        ("-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY", "PRIVATE_KEY"),
        ("65 170839 J 003", "65 170839 J 003", "DE_SOCIAL_SECURITY"),
        ("MORGA657054SM9IJ", "MORGA657054SM9IJ", "UK_DRIVING_LICENCE"),
        ("00000000 0 ZZ4", "00000000 0 ZZ4", "PT_IDENTITY_CARD"),
        ("Frau Schmidt hat uns am letzten Montag geschrieben und wartet auf eine Antwort.", "Schmidt", "PERSON"),
        ("Смлуката подписа Георги Иванов", "Георги Иванов", "PERSON"),
        ("Ο Γιώργος Παπαδόπουλος", "Γιώργος Παπαδόπουλος", "PERSON"),
        ("spolu s Petrem Novákovem", "Petrem Novákovem", "PERSON"),
    ],
)
def test_what_else_is_found(text, mention, entity):
    assert (mention, entity) in found(text)
    assert DETECTOR.find_any(pa.array([text, *BESIDE]), 0.6)[0]


def test_the_machine_readable_lines_of_a_passport():
    second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    assert (second, "IDENTITY_DOCUMENT_NUMBER") in found(f"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{second}")
    assert not found(second.replace("L898902C3", "L898902C4"))
    card = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6"
    assert {entity for _, entity in found(card)} == {"IDENTITY_DOCUMENT_NUMBER"}


def test_addresses_of_coins_are_known_by_their_checksums():
    assert ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "CRYPTO") in found("to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT")
    assert not base58check("1BoatSLRHtKNngkdXEeobR76b53LETtpyU")
    assert bech32("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq")
    assert not bech32("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp")
    assert not found("0x" + hashlib.sha256(b"").hexdigest())


@pytest.mark.parametrize(
    "text",
    [
        "invoice 912803456", "passport, invoice 912803456", "Rechnung Nr. 20210045", "order number 12345678",
        "passport 12.03.2020", "Aktenzeichen 742/2022", "the amount is 20.245,00 EUR", "license fee 1 200 000 €",
        "room 12345, floor 3", "born in 1980", "date 12.03.1980", "signed on 12/03/1980", "the hotel has 120 rooms",
        "Platz 1", "1. Platz", "Straße 5", "21 Jump Street", "Route 66", "Page 12, Street View",
        "tel quel 12345", "phone 12/03/2020", "password: ******", "password: <PASSWORD>", "token: tok1.1.AbCdEf123456",
        "secret: 0123456789abcdef0123456789abcdef", "Dr. Strange", "Mr. Robot", "01-02-2024", "2024-01-02 10:20:30",
        "12 345 678", "v1.2.3.4", "sk-learn-contrib-dimensionality", "ghp_" + "a" * 36, "12 C 800/19",
        "San Sebastián es una ciudad muy bonita que se encuentra al norte, junto al mar.",
        "In Florence Nightingales singen nachts, und am Morgen schweigen sie alle wieder still.",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_no_finding(text):
    assert found(text) == set()
