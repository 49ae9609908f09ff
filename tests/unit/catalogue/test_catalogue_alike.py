"""Fields that are alike."""

from dataclasses import replace

import pytest

from pratique.catalogue.alike import Alike, likeness
from pratique.model.catalogue import Evidence, TypeEvidence, Verdict, VerdictState
from pratique.model.schema import Kind

MAIL = TypeEvidence("EMAIL_ADDRESS", 98, 0.98, 0.9, 98, by_name=True)
EVIDENCE = Evidence(("email",), 100, 0, 90, 20.0, 1.0, (MAIL,))
VERDICT = Verdict(("email",), VerdictState.PROPOSED, ("EMAIL_ADDRESS",))
KINDS = (Kind.STRING,)


def alike(by, *, path=("email",), kinds=KINDS, evidence=EVIDENCE, verdict=VERDICT):
    return likeness(by, path, kinds, evidence, verdict) == likeness(by, ("email",), KINDS, EVIDENCE, VERDICT)


def test_names_are_compared_where_they_stand_without_capitals():
    for path in (("EMail",), ("customer", "email"), ("emails", "[]", "email"), ("email", "[]"), ("email", "{}")):
        assert alike(Alike.NAME, path=path)
    assert not alike(Alike.NAME, path=("email", "host"))
    assert not alike(Alike.NAME, path=("e_mail",))


def test_types_are_compared_with_the_state_they_are_in():
    assert alike(Alike.TYPES, path=("other",), kinds=(Kind.INTEGER,), evidence=replace(EVIDENCE, types=()))
    assert not alike(Alike.TYPES, verdict=replace(VERDICT, state=VerdictState.DECIDED))
    assert not alike(Alike.TYPES, verdict=replace(VERDICT, entities=("EMAIL_ADDRESS", "PERSON")))
    assert not alike(Alike.TYPES, verdict=replace(VERDICT, waived=("PERSON",)))


def test_families_are_compared_with_the_state_and_what_is_in_none_is_its_own():
    families = {"DE_PASSPORT": "passport", "FR_PASSPORT": "passport", "PERSON": "name", "BADGE": ""}

    def same(*entities, first=("DE_PASSPORT",), **change):
        one, other = (replace(VERDICT, entities=types) for types in (first, entities))
        other = replace(other, **change)
        kinds = [likeness(Alike.FAMILIES, ("x",), KINDS, EVIDENCE, each, families) for each in (one, other)]
        return kinds[0] == kinds[1]

    assert same("FR_PASSPORT")
    assert same("FR_PASSPORT", "DE_PASSPORT")
    assert not same("FR_PASSPORT", "PERSON")
    assert not same("FR_PASSPORT", state=VerdictState.DECIDED)
    assert not same("FR_PASSPORT", waived=("PERSON",))
    assert same("BADGE", first=("BADGE",))
    assert not same("BADGE", first=("CASE",))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"types": (replace(MAIL, hits=99, share=0.99),)}, True),
        ({"types": (replace(MAIL, hits=80, share=0.8),)}, False),
        ({"types": (replace(MAIL, by_name=False),)}, False),
        ({"types": (MAIL, replace(MAIL, entity="PERSON", hits=1, share=0.01))}, False),
        ({"distinct": 60}, True),
        ({"distinct": 10}, False),
        ({"mean_words": 6.0}, False),
        ({"mean_length": 40.0}, True),
        ({"date_formats": ("%d.%m.%Y",)}, False),
    ],
)
def test_evidence_is_compared_by_bands(change, same):
    assert alike(Alike.EVIDENCE, path=("other",), evidence=replace(EVIDENCE, **change)) is same


def test_kinds_belong_to_the_evidence_and_null_is_no_kind():
    assert not alike(Alike.EVIDENCE, kinds=(Kind.INTEGER,))
    assert alike(Alike.EVIDENCE, kinds=(Kind.NULL, Kind.STRING))


def test_no_values_at_all_is_no_crash():
    empty = replace(EVIDENCE, sampled=3, nulls=3, distinct=0, types=())
    assert likeness(Alike.EVIDENCE, ("x",), (), empty, VERDICT)
