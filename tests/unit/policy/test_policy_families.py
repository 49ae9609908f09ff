"""Rules for families of types: which rule wins, what a family means, and how it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.errors import PolicyError
from pratique.model.catalogue import VerdictState
from pratique.model.plan import Mode
from pratique.model.policy import Place, Policy
from pratique.policy import diff, explain
from pratique.policy.choose import QUARANTINE, STRICTNESS, strictness
from pratique.policy.explain import types_words
from pratique.transform import registry
from tests.unit.policy.policy_fixtures import build, evidence, leaf, one, project, rule, scan, verdict

KNOWN = {
    "BG_EGN": "national-id",
    "PL_PESEL": "national-id",
    "RO_CNP": "national-id",
    "DE_TAX_ID": "tax-id",
    "EMAIL_ADDRESS": "contact",
    "PHONE_NUMBER": "contact",
    "PERSON": "name",
    "USER_ID": "",
}


def by_family(families, entities=None, *, otherwise="quarantine", fields=None):
    return Policy(
        "default",
        entities or {},
        fields or {},
        rule("keep", 20),
        otherwise,
        Place("pratique.yaml", 10),
        {family: rule(*said) if isinstance(said, tuple) else said for family, said in families.items()},
    )


def step(*entities, rules, known=KNOWN, **more):
    fields = {"user_id": leaf(), "x": leaf()}
    verdicts = [verdict("user_id"), verdict("x", *entities, **more)]
    return build(fields, verdicts, settings=project(rules), known_entities=known).steps[1]


def text_step(rules, known=KNOWN):
    return step("PERSON", rules=rules, known=known, state=VerdictState.DECIDED)


RULES = by_family(
    {"national-id": ("redact", 31), "contact": rule("token", 32, "people"), "tax-id": ("replace", 33)},
    {"RO_CNP": rule("pseudonym", 34, "people")},
)


def test_a_type_without_a_rule_goes_by_its_familys():
    made = step("BG_EGN", rules=RULES)
    assert (made.mode, made.apply.transform) == (Mode.WHOLE, "redact")
    assert made.rule == "policy.default.families.national-id"
    # Its key and what stands in its place are its own, not the family's.
    assert step("PHONE_NUMBER", rules=RULES).apply.key.entity == "PHONE_NUMBER"
    assert step("DE_TAX_ID", rules=RULES).apply.params["with"] == "<DE_TAX_ID>"


def test_a_rule_for_the_type_wins_over_its_familys_and_one_for_the_field_over_both():
    made = step("RO_CNP", rules=RULES)
    assert (made.apply.transform, made.rule) == ("pseudonym", "policy.default.entities.RO_CNP")
    named = by_family({"national-id": ("redact",)}, fields={"a.x": rule("drop", 40)})
    assert step("BG_EGN", rules=named).mode is Mode.DROP


def test_a_type_whose_family_has_no_rule_goes_by_otherwise():
    assert step("PERSON", rules=RULES).rule == "policy.default.otherwise"
    assert step("USER_ID", rules=RULES).mode is Mode.QUARANTINE
    # What nobody told the family of is in none.
    assert step("BG_EGN", rules=RULES, known={"RO_CNP": ""}).mode is Mode.QUARANTINE


def test_of_a_type_with_its_own_rule_and_one_with_its_familys_the_stricter_counts():
    assert step("RO_CNP", "PL_PESEL", rules=RULES).rule == "policy.default.families.national-id"
    assert step("RO_CNP", "USER_ID", rules=RULES).mode is Mode.QUARANTINE


def test_types_of_one_family_never_clash():
    masked = by_family({"national-id": rule("mask", 31, keep_last=2)})
    assert step("BG_EGN", "PL_PESEL", rules=masked).apply.entity == "BG_EGN"


def test_in_a_text_every_known_type_of_a_family_has_its_rule():
    texts = by_family(RULES.families, {"RO_CNP": rule("replace", 34)}, fields={"a.x": rule("text", 35)})
    made = text_step(texts)
    assert made.mode is Mode.TEXT
    done = {span.entity: span.transform for span in made.spans}
    assert done == {
        "RO_CNP": "replace",
        "BG_EGN": "redact",
        "PL_PESEL": "redact",
        "EMAIL_ADDRESS": "token",
        "PHONE_NUMBER": "token",
        "DE_TAX_ID": "replace",
    }


def test_a_familys_rule_that_does_not_fit_one_of_its_types_is_told_with_its_line_and_the_type():
    texts = by_family({"national-id": rule("mask", 31, keep_last="x")}, fields={"a.x": rule("text", 35)})
    with pytest.raises(PolicyError) as caught:
        text_step(texts)
    assert caught.value.where == "pratique.yaml:31"
    assert "policy.default.families.national-id (for BG_EGN)" in caught.value.what
    with pytest.raises(PolicyError, match=r"policy\.default\.families\.name: there is no transform"):
        step("PERSON", rules=by_family({"name": ("shred",)}))


def test_a_type_that_a_newer_version_adds_to_a_family_shows_as_a_change_of_the_plan():
    """Before, a finding of the type held its text back; now it is treated. Nobody shall learn of it from the output."""
    texts = by_family(RULES.families, fields={"a.x": rule("text", 35)})
    fields, verdicts = {"user_id": leaf(), "x": leaf()}, [verdict("user_id"), verdict("x", "PERSON")]
    old, new = (
        build(fields, verdicts, settings=project(texts), known_entities=known)
        for known in (KNOWN, {**KNOWN, "SI_EMSO": "national-id"})
    )
    assert old.hash != new.hash
    assert diff(old, new) == ("x: SI_EMSO in its text: quarantine of the text becomes redact",)
    # Also of a whole field, where a rule for the type was none before.
    without = {name: family for name, family in KNOWN.items() if name != "BG_EGN"}
    verdicts = [verdict("user_id"), verdict("x", "BG_EGN")]
    old, new = (
        build(fields, verdicts, settings=project(RULES), known_entities=known)
        for known in ({**without, "BG_EGN": ""}, KNOWN)
    )
    assert diff(old, new)[0] == "x: quarantine becomes redact"


def test_what_changed_of_many_types_in_a_text_is_one_sentence():
    fields, verdicts = {"user_id": leaf(), "x": leaf()}, [verdict("user_id"), verdict("x", "PERSON")]
    known = {**KNOWN, **{f"T{n}": "national-id" for n in range(9)}}
    old, new = (
        build(
            fields,
            verdicts,
            settings=project(by_family({"national-id": said, "name": ("replace",)}, fields={"a.x": rule("text", 35)})),
            known_entities=known,
        )
        for said in (("redact",), ("replace",))
    )
    assert diff(old, new) == (
        "x: BG_EGN, PL_PESEL, RO_CNP, T0, T1 and 7 more types in its text: redact becomes replace",
    )


def test_of_a_text_what_was_found_in_it_is_told_and_the_rest_listed():
    texts = by_family(RULES.families, fields={"a.x": rule("text", 35)})
    fields, verdicts = {"user_id": leaf(), "x": leaf()}, [verdict("user_id"), verdict("x", "PL_PESEL")]
    plan = build(fields, verdicts, settings=project(texts), known_entities=KNOWN)
    found = explain(plan, scan(fields, [evidence("x")]), {v.path: v for v in verdicts}, registry())[1]
    assert found.treatment == "free text: PL_PESEL redact; 5 other types by their rules"
    assert found.spans == {
        "BG_EGN": "redact",
        "PL_PESEL": "redact",
        "RO_CNP": "redact",
        "EMAIL_ADDRESS": "token in people",
        "PHONE_NUMBER": "token in people",
        "DE_TAX_ID": "replace",
    }
    assert found.loses == "redact: the value"
    assert types_words(["A", "B"]) == "A, B"
    assert types_words([*"ABCDEFGH"]) == "A, B, C, D, E and 3 more types"


def test_what_a_family_means_leaves_out_types_with_a_rule_of_their_own():
    assert RULES.meant(KNOWN) == {
        "national-id": ("BG_EGN", "PL_PESEL"),
        "contact": ("EMAIL_ADDRESS", "PHONE_NUMBER"),
        "tax-id": ("DE_TAX_ID",),
    }


_TRANSFORMS = [name for name in STRICTNESS if name not in (QUARANTINE, "keep", "generalise", "shift_date", "mask")]
_RULE = st.sampled_from(_TRANSFORMS).map(
    lambda name: rule(name, 1, "d") if name in ("token", "pseudonym") else rule(name)
)


@given(
    families=st.dictionaries(st.sampled_from(["national-id", "tax-id", "contact", "name"]), _RULE),
    entities=st.dictionaries(st.sampled_from(sorted(KNOWN)), _RULE),
    otherwise=st.sampled_from(["quarantine", "drop", "redact", "replace"]),
    held=st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=3, unique=True),
    more=st.sampled_from(sorted(KNOWN)),
)
def test_one_more_type_never_loosens_whatever_rules_families_have(families, entities, otherwise, held, more):
    rules = by_family(families, entities, otherwise=otherwise)

    def rank(*types):
        made = step(*types, rules=rules)
        name = QUARANTINE if made.mode is Mode.QUARANTINE else "drop" if made.mode is Mode.DROP else None
        return strictness(name or made.apply.transform)

    assert rank(*dict.fromkeys([*held, more])) >= rank(*held)


def test_policies_without_families_are_as_they_were():
    assert one("PERSON").rule == "policy.default.entities.PERSON"
