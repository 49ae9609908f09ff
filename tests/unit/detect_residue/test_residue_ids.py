"""National ids, cards and IBANs: held against documented examples and, number by number, against python-stdnum."""

# mypy: disable-error-code="no-untyped-call"

import random

import pytest
import stdnum.at.vnr
import stdnum.be.eid
import stdnum.be.nn
import stdnum.bg.egn
import stdnum.bg.pnf
import stdnum.ch.ssn
import stdnum.cz.rc
import stdnum.de.idnr
import stdnum.ee.ik
import stdnum.es.nie
import stdnum.es.nif
import stdnum.fi.hetu
import stdnum.fr.nif
import stdnum.fr.nir
import stdnum.gb.nhs
import stdnum.gb.utr
import stdnum.gr.amka
import stdnum.gr.vat
import stdnum.hr.oib
import stdnum.ie.pps
import stdnum.imei
import stdnum.is_.kennitala
import stdnum.lv.pvn
import stdnum.nl.bsn
import stdnum.no.fodselsnummer
import stdnum.pl.nip
import stdnum.pl.pesel
import stdnum.ro.cnp
import stdnum.se.personnummer
import stdnum.si.emso
import stdnum.tr.tckimlik
import stdnum.ua.rntrc

from pratique.detect.residue import ResidueDetector
from pratique.detect.residue.checks import luhn, mod_11_10, remainder_97
from pratique.detect.residue.codes import IBAN_LENGTHS

DETECTOR = ResidueDetector()


def found(text, least=0.6):
    return {(text[f.start : f.end], f.entity) for f in DETECTOR.find_many([text])[0] if f.score >= least}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("078-05-1121", "US_SSN"),
        ("943 476 5919", "UK_NHS"),
        ("AB 12 34 56 C", "UK_NINO"),
        ("44051401359", "PL_PESEL"),
        ("86095742719", "DE_TAX_ID"),
        ("37605030299", "EE_ISIKUKOOD"),
        ("151086 95088", "NO_FODSELSNUMMER"),
        ("85.07.30-033.28", "BE_NATIONAL_NUMBER"),
        ("85073003328", "BE_NATIONAL_NUMBER"),
        ("811228-9874", "SE_PERSONNUMMER"),
        ("19811228-9874", "SE_PERSONNUMMER"),
        ("710319/2745", "CZ_BIRTH_NUMBER"),
        ("1237 010180", "AT_SVNR"),
        ("01013099997", "GR_AMKA"),
        ("1630615123457", "RO_CNP"),
        ("0101006500006", "SI_EMSO"),
        ("756.9217.0769.85", "CH_AHV"),
        ("2 95 10 99 126 111 93", "FR_NIR"),
        ("54362315K", "ES_NIF"),
        ("X-2482300-W", "ES_NIE"),
        ("RCCMNL83S18D969H", "IT_FISCAL_CODE"),
        ("131052-308T", "FI_PERSONAL_IDENTITY_CODE"),
        ("6433435F", "IE_PPS"),
        ("120174-3399", "IS_KENNITALA"),
        ("161175-19997", "LV_PERSONAS_KODS"),
        ("1980010112302", "LU_MATRICULE"),
        ("0123456789211", "FR_TAX_ID"),
        ("591-2345678-29", "BE_IDENTITY_CARD"),
        ("28/12345678/40", "ES_SOCIAL_SECURITY"),
        ("710319 / 2745", "CZ_BIRTH_NUMBER"),
        ("8901012345678901238", "ICCID"),
        ("54.362.315-K", "ES_NIF"),
        ("4111 1111 1111 1111", "CREDIT_CARD"),
        ("378282246310005", "CREDIT_CARD"),
        ("5555-5555-5555-4444", "CREDIT_CARD"),
        ("GB82 WEST 1234 5698 7654 32", "IBAN_CODE"),
        ("de89370400440532013000", "IBAN_CODE"),
    ],
)
def test_a_documented_example_is_found_alone_and_in_a_sentence(text, entity):
    assert (text, entity) in found(text)
    assert (text, entity) in found(f"Seen: {text}, and more.")
    assert entity in DETECTOR.entities


@pytest.mark.parametrize(
    "text",
    [
        "078-05-1121", "943 476 5919", "44051401359", "86095742719", "85073003328", "811228-9874", "710319/2745",
        "1237 010180", "1630615123457", "0101006500006", "756.9217.0769.85", "54362315K", "131052-308T", "6433435F",
        "4111111111111111", "DE89370400440532013000", "RCCMNL83S18D969H",
    ],
)  # fmt: skip
def test_an_identifier_that_letters_or_digits_touch_is_not_one(text):
    assert not found(f"x{text}")
    assert not {f for f in found(f"{text}7x") if f[0].startswith(text)}


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112", "378282246310006", "000-12-3456", "666-12-3456", "901-12-3456", "078-00-1121",
        "078-05-0000", "GB82 WEST 1234 5698 7654 33", "XX82 WEST 1234 5698 7654 32", "54362315L", "131052-308U",
        "0.4111111111111111", "4111111111111111.25", "1.4111.1111.1111.1111", "411 111 111 111 111 1",
        "2026-11-23T12:19:18.123456Z", "23-11-2026 12:30:45", "0000000000000000", "BG123456A", "1700000000",
    ],
)  # fmt: skip
def test_what_fails_a_check_or_a_structure_is_no_finding(text):
    assert found(text) == set()


def dates(rng, order):
    day, month, year = f"{rng.randrange(1, 29):02}", f"{rng.randrange(1, 13):02}", f"{rng.randrange(30, 99):02}"
    return order.format(d=day, m=month, y=year)


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


PEERS = {
    "UK_NHS": (stdnum.gb.nhs, lambda r: digits(r, 9), 1),
    "NL_BSN": (stdnum.nl.bsn, lambda r: digits(r, 8), 1),
    "PL_PESEL": (stdnum.pl.pesel, lambda r: dates(r, "{y}{m}{d}") + digits(r, 4), 1),
    "DE_TAX_ID": (stdnum.de.idnr, lambda r: "1234567890"[: r.randrange(3, 9)].ljust(9, "5") + digits(r, 1), 1),
    "EE_ISIKUKOOD": (stdnum.ee.ik, lambda r: r.choice("34") + dates(r, "{y}{m}{d}") + digits(r, 3), 1),
    "NO_FODSELSNUMMER": (stdnum.no.fodselsnummer, lambda r: dates(r, "{d}{m}{y}") + f"{r.randrange(500):03}", 2),
    "BE_NATIONAL_NUMBER": (stdnum.be.nn, lambda r: dates(r, "{y}{m}{d}") + digits(r, 3), 2),
    "SE_PERSONNUMMER": (stdnum.se.personnummer, lambda r: dates(r, "{y}{m}{d}") + "-" + digits(r, 3), 1),
    "CZ_BIRTH_NUMBER": (stdnum.cz.rc, lambda r: dates(r, "{y}{m}{d}") + "/" + digits(r, 3), 1),
    "AT_SVNR": (stdnum.at.vnr, lambda r: str(r.randrange(100, 1000)) + digits(r, 1) + dates(r, "{d}{m}{y}"), 0),
    "GR_AMKA": (stdnum.gr.amka, lambda r: dates(r, "{d}{m}{y}") + digits(r, 4), 1),
    "HR_OIB": (stdnum.hr.oib, lambda r: digits(r, 10), 1),
    "RO_CNP": (stdnum.ro.cnp, lambda r: r.choice("12") + dates(r, "{y}{m}{d}") + "12" + digits(r, 3), 1),
    "SI_EMSO": (stdnum.si.emso, lambda r: dates(r, "{d}{m}9{y}") + "50" + digits(r, 3), 1),
    "CH_AHV": (stdnum.ch.ssn, lambda r: "756" + digits(r, 9), 1),
    "BG_EGN": (stdnum.bg.egn, lambda r: dates(r, "{y}{m}{d}") + digits(r, 3), 1),
    "BG_LNC": (stdnum.bg.pnf, lambda r: digits(r, 9), 1),
    "IS_KENNITALA": (stdnum.is_.kennitala, lambda r: dates(r, "{d}{m}{y}") + "-" + digits(r, 2), 2),
    "LV_PERSONAS_KODS": (stdnum.lv.pvn, lambda r: dates(r, "{d}{m}{y}") + "1" + digits(r, 3), 1),
    "GR_AFM": (stdnum.gr.vat, lambda r: digits(r, 8), 1),
    "PL_NIP": (stdnum.pl.nip, lambda r: digits(r, 9), 1),
    "TR_NATIONAL_ID": (stdnum.tr.tckimlik, lambda r: str(r.randrange(1, 10)) + digits(r, 8), 2),
    "UA_RNOKPP": (stdnum.ua.rntrc, lambda r: str(r.randrange(10000, 45000)) + digits(r, 4), 1),
    "UK_UTR": (stdnum.gb.utr, lambda r: digits(r, 9), 1),
    "BE_IDENTITY_CARD": (stdnum.be.eid, lambda r: "59" + digits(r, 8), 2),
    "FR_TAX_ID": (stdnum.fr.nif, lambda r: r.choice("0123") + digits(r, 9), 3),
    "IMEI": (stdnum.imei, lambda r: "35" + digits(r, 12), 1),
    "FR_NIR": (stdnum.fr.nir, lambda r: r.choice("12") + dates(r, "{y}{m}") + "75" + digits(r, 6), 2),
}


@pytest.mark.parametrize("entity", sorted(PEERS))
def test_checks_agree_with_python_stdnum_for_every_check_digit(entity):
    peer, body, size = PEERS[entity]
    rng = random.Random(entity)
    agreed = 0
    for _ in range(60 if size in (1, 2) else 600 if size == 0 else 12):
        head = body(rng)
        for tail in range(10**size):
            text = head + (f"{tail:0{size}}" if size else "")
            mine = entity in {e for _, e in found(text, least=0.1)}
            theirs = bool(peer.is_valid(text))
            if theirs:
                assert mine, text
                agreed += 1
            elif mine:
                # Looser than the peer only where the date is one that cannot be told from two digits of a year.
                assert entity in {"SE_PERSONNUMMER", "NL_BSN", "BE_NATIONAL_NUMBER"}, text
    assert agreed >= 10


@pytest.mark.parametrize(
    ("entity", "peer", "body", "letters"),
    [
        ("ES_NIF", stdnum.es.nif, lambda r: digits(r, 8), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        ("ES_NIE", stdnum.es.nie, lambda r: r.choice("XYZ") + digits(r, 7), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        ("IE_PPS", stdnum.ie.pps, lambda r: digits(r, 7), "ABCDEFGHIJKLMNOPQRSTUVW"),
        (
            "FI_PERSONAL_IDENTITY_CODE",
            stdnum.fi.hetu,
            lambda r: dates(r, "{d}{m}{y}-") + f"{r.randrange(2, 900):03}",
            "0123456789ABCDEFHJKLMNPRSTUVWXY",
        ),
    ],
)
def test_check_letters_agree_with_python_stdnum(entity, peer, body, letters):
    rng = random.Random(entity)
    for _ in range(40):
        head = body(rng)
        mine = {letter for letter in letters if entity in {e for _, e in found(head + letter)}}
        assert mine == {letter for letter in letters if peer.is_valid(head + letter)}
        assert len(mine) == 1


def test_every_country_of_the_iban_registry_has_a_length_and_a_check():
    for country, length in IBAN_LENGTHS.items():
        body = "1" * (length - 4)
        check = 98 - remainder_97(body + country + "00")
        iban = f"{country}{check:02}{body}"
        assert (iban, "IBAN_CODE") in found(iban)
        assert "IBAN_CODE" not in {e for _, e in found(iban + "1")}


def test_luhn_and_mod_11_10_catch_every_single_wrong_digit():
    for check, good in ((luhn, "79927398713"), (mod_11_10, "86095742719")):
        assert check(good)
        for place, digit in enumerate(good):
            for other in "0123456789".replace(digit, ""):
                assert not check(good[:place] + other + good[place + 1 :])
