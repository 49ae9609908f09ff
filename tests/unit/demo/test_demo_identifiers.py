"""The sample data's numbers, held against python-stdnum and phonenumbers, which do not make them."""

import datetime as dt
import ipaddress
import re
from random import Random

import phonenumbers
import pytest
from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.be import iban as be_iban
from stdnum.be import nn
from stdnum.de import idnr
from stdnum.es import dni
from stdnum.es import iban as es_iban
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import nif
from stdnum.se import personnummer

from pratique.demo import identifiers, national_ids
from pratique.demo.people import COUNTRIES, make_person

VALIDATORS = {
    "GB": nhs, "IE": pps, "DE": idnr, "FR": nir, "ES": dni, "IT": codicefiscale, "NL": bsn, "PL": pesel,
    "SE": personnummer, "FI": hetu, "BE": nn, "PT": nif,
}  # fmt: skip


@pytest.mark.parametrize("country", COUNTRIES)
def test_national_ids_have_right_check_digits(country):
    random = Random(11)
    for number in range(300):
        day = dt.date(1944, 1, 1) + dt.timedelta(days=random.randrange(22_000))
        birth = national_ids.Birth(day, bool(number % 2), "Gaspard", "Élio-d'Or")
        made = national_ids.national_id(random, country, birth)
        assert VALIDATORS[country].is_valid(made.value), country


def test_a_changed_digit_is_noticed():
    random = Random(3)
    made = national_ids.national_id(random, "PL", national_ids.Birth(dt.date(1990, 2, 3), True, "a", "b")).value
    changed = made[:-1] + str((int(made[-1]) + 1) % 10)
    assert pesel.is_valid(made)
    assert not pesel.is_valid(changed)


def test_codice_fiscale_of_short_and_odd_names():
    random = Random(5)
    for given, family in (("Io", "O"), ("Żaneta Maria", "D'Àlò"), ("Gianfranco", "Fo")):
        birth = national_ids.Birth(dt.date(2001, 12, 31), True, given, family)
        assert codicefiscale.is_valid(national_ids.national_id(random, "IT", birth).value)
    assert (
        national_ids.national_id(
            random, "IT", national_ids.Birth(dt.date(2001, 1, 1), False, "Gianfranco", "Fo")
        ).value[:6]
        == "FOXGFR"
    )


@pytest.mark.parametrize("country", COUNTRIES)
def test_ibans_are_valid_and_name_no_real_bank(country):
    random = Random(7)
    for _ in range(100):
        made = identifiers.iban(random, country)
        assert made[:2] == country
        assert re.fullmatch(r"\w{4}( \w{4})*( \w{1,4})?", made)
        assert stdnum_iban.is_valid(made, check_country=False)
        assert re.match(r"[A-Z]{2}\d\d(PRTQ|[A-Z]?999)", made.replace(" ", ""))


def test_ibans_pass_the_countries_own_checks():
    random = Random(7)
    for _ in range(100):
        assert be_iban.is_valid(identifiers.iban(random, "BE"))
        assert es_iban.is_valid(identifiers.iban(random, "ES"))


@pytest.mark.parametrize("country", COUNTRIES)
def test_phones_are_valid_in_every_way_of_writing(country):
    random = Random(9)
    for _ in range(100):
        made = identifiers.phone(random, country)
        at_home = phonenumbers.parse(made.national, country)
        assert phonenumbers.is_valid_number(at_home)
        assert phonenumbers.format_number(at_home, phonenumbers.PhoneNumberFormat.E164) == made.compact
        assert phonenumbers.parse(made.spaced) == phonenumbers.parse(made.compact)


def test_cards_pass_luhn_and_viewer_cards_are_no_network_s():
    random = Random(1)
    for _ in range(200):
        assert luhn.is_valid(re.sub("[ -]", "", identifiers.card(random)))
        assert re.fullmatch(r"8[1-9]\d{13}", identifiers.viewer_card(random))


def test_machines_have_documentation_addresses():
    random = Random(2)
    kept = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
    versions = set()
    for _ in range(200):
        address = ipaddress.ip_address(identifiers.address_of_machine(random))
        versions.add(address.version)
        assert any(address in network for network in kept)
    assert versions == {4, 6}


def test_people_have_plain_email_addresses_of_example_domains():
    random = Random(4)
    for number in range(300):
        person = make_person(random, COUNTRIES[number % len(COUNTRIES)])
        assert re.fullmatch(r"[a-z][a-z0-9._-]*[a-z0-9]@[a-z]+\.example\.(org|net|com)", person.email), number
