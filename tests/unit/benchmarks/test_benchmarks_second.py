"""The texts of a second hand: valid numbers, and marks that lie on what they say."""

from datetime import date
from random import Random

import pytest
from stdnum.bg import egn, pnf
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gr import amka, vat
from stdnum.hr import oib
from stdnum.it import codicefiscale, iva
from stdnum.pl import nip, pesel
from stdnum.pt import cc, nif
from stdnum.ro import cnp

from benchmarks.documents.page import NATIONAL_ID, PERSON
from benchmarks.second.numbers import MAKERS
from benchmarks.second.writer import CODES, Somebody, country, documents

CHECKED = {
    "egn": egn, "lnc": pnf, "rc": rc, "idnr": idnr, "dni": dni, "nie": nie, "nir": nir, "amka": amka, "afm": vat,
    "oib": oib, "cf": codicefiscale, "piva": iva, "nip": nip, "pesel": pesel, "cc": cc, "nif": nif, "cnp": cnp,
}  # fmt: skip


@pytest.mark.parametrize("name", CHECKED)
def test_numbers_are_valid(name: str) -> None:
    for at in range(100):
        random = Random(at)
        born = date(1940 + at % 60, 1 + at % 12, 1 + at % 28)
        somebody = Somebody(female=at % 2 == 0, birth=born, givens=[["Ana"]], surnames=[["Óbe"]], join=" ")
        assert CHECKED[name].is_valid(MAKERS[name](random, somebody)), name


@pytest.mark.parametrize("code", CODES)
def test_every_slot_is_filled_and_every_mark_is_a_text(code: str) -> None:
    written = documents(code, 2, "test")
    assert len(written) == 2 * len(country(code).templates) >= 20
    for document in written:
        assert "{" not in document.text
        assert all(document.text[mark.start : mark.end].strip() for mark in document.marks)
        assert any(mark.kind == PERSON for mark in document.marks)
    assert sum(mark.kind == NATIONAL_ID for document in written for mark in document.marks) >= 40


def test_the_same_seed_writes_the_same() -> None:
    assert documents("es", 1, "one") == documents("es", 1, "one") != documents("es", 1, "other")
