"""Normal forms: idempotent, total, and the joins that they are for."""

# ruff: noqa: RUF001 - Greek letters
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect.entities import BUILT_IN
from pratique.normalise import normal, normal_many
from pratique.normalise.forms import _FORMS, plain

ENTITIES = [
    *sorted(set(_FORMS) & {"EMAIL_ADDRESS", "PHONE_NUMBER", "IP_ADDRESS", "MAC_ADDRESS", "IBAN_CODE"}),
    "PERSON",
]
ODD = st.text(st.characters(), max_size=20) | st.text(
    st.sampled_from("+0123456789 ()-./:\u00a0\u2013aA@ßİŉΐ\u0301\u0345\ud800\0\u1e9e\uff11"), max_size=20
)


@pytest.mark.parametrize(
    ("entity", "value", "expected"),
    [
        ("PERSON", "  Zoë Müller\n", "Zoë Müller"),
        ("PERSON", "Zoe\u0308", "Zo\u00eb"),
        ("PERSON", "", ""),
        ("PERSON", " \t ", ""),
        ("PERSON", "McDonald", "McDonald"),
        ("EMAIL_ADDRESS", " Jane.Doe@Example.COM ", "jane.doe@example.com"),
        ("EMAIL_ADDRESS", "straße@x.de", "straße@x.de"),
        ("PHONE_NUMBER", "+49 (0)30 1234-567", "+49301234567"),
        ("PHONE_NUMBER", "0049/30/1234567", "+49301234567"),
        ("PHONE_NUMBER", "+44 (0)20 7946 0018", "+442079460018"),
        ("PHONE_NUMBER", "+39 (06) 1234567", "+39061234567"),
        ("PHONE_NUMBER", "+39 (0)6 1234567", "+39061234567"),
        ("PHONE_NUMBER", "+1.202.555.0143", "+12025550143"),
        ("PHONE_NUMBER", "030 1234567", "030 1234567"),
        ("PHONE_NUMBER", "(202) 555-0143", "(202) 555-0143"),
        ("PHONE_NUMBER", "+49 30 1234567 ext. 12", "+49 30 1234567 ext. 12"),
        ("PHONE_NUMBER", "+1234567890123456", "+1234567890123456"),
        ("PHONE_NUMBER", "+0 12345678", "+0 12345678"),
        ("IBAN_CODE", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("CREDIT_CARD", "4111-1111 1111\u00a01111", "4111111111111111"),
        ("FI_PERSONAL_IDENTITY_CODE", " 131052-308t", "131052-308T"),
        ("SE_PERSONNUMMER", "640823+3234", "640823+3234"),
        ("BG_PASSPORT", " 383 123-456", "383123456"),
        ("HU_ADOSZAM", "12892312-2-42", "12892312242"),
        ("UK_POSTCODE", "sw1a 2aa", "SW1A2AA"),
        ("IT_LICENSE_PLATE", "AB 123 CD", "AB123CD"),
        ("GR_IDENTITY_CARD", "ΑΒ-123456", "ΑΒ123456"),
        ("CZ_BANK_ACCOUNT", "19-2000145399 / 0800", "19-2000145399/0800"),
        ("DE_KFZ", "M-AB 123", "M-AB 123"),
        ("ZA_MOBILE_NUMBER", "+27 82 555 0123", "+27825550123"),
        ("EMPLOYEE_PASSPORT_NOTE", "a-b", "a-b"),
        ("IP_ADDRESS", "2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        ("IP_ADDRESS", " 192.0.2.1", "192.0.2.1"),
        ("IP_ADDRESS", "::gg", "::gg"),
        ("MAC_ADDRESS", "00-1b:44.11 3a b7", "001B44113AB7"),
        ("UUID", "F47AC10B-58CC-4372-A567-0E02B2C3D479", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
        ("USER_ID", "user-12345", "user-12345"),
    ],
)
def test_forms(entity, value, expected):
    assert normal(entity, value) == expected
    assert normal_many(entity, [value, "x", value]) == [expected, normal(entity, "x"), expected]


def test_a_century_sign_keeps_two_people_apart():
    assert normal("FI_PERSONAL_IDENTITY_CODE", "131052-308T") != normal("FI_PERSONAL_IDENTITY_CODE", "131052+308T")


@settings(max_examples=150)
@given(st.sampled_from(ENTITIES), ODD)
def test_every_form_is_total_idempotent_and_nfc(entity, value):
    once = normal(entity, value)
    assert normal(entity, once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


@settings(max_examples=60)
@given(st.sampled_from(ENTITIES), st.lists(ODD, max_size=6))
def test_many_is_one_by_one(entity, values):
    assert normal_many(entity, values) == [normal(entity, v) for v in values]


def test_ascii_with_nothing_to_do_is_the_same_object():
    value = "user-" + str(12345)
    assert plain("USER_ID")
    assert normal_many("USER_ID", [value])[0] is value


def test_no_number_of_a_state_is_forgotten() -> None:
    """Who adds a type says in `pratique.normalise.forms` what its separators mean, or here that it has no form."""
    kept = {"DE_KFZ", "PERSONAL_NUMBER"}
    assert {e.name for e in BUILT_IN if (e.countries or e.checks_digits) and plain(e.name)} <= kept
