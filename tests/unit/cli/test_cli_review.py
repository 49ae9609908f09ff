"""A review, its keys pressed without a terminal, over a made-up project that is scanned for real."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from pratique.catalogue import standing
from pratique.cli.review.bulk import BulkConfirm, BulkList
from pratique.cli.review.conflict import ConflictView
from pratique.cli.review.field import FieldView, home
from pratique.cli.review.frame import Size, text_of
from pratique.cli.review.prompt import ReasonPrompt
from pratique.cli.review.session import PASTE, Session
from pratique.cli.review.words import choices_words, joins_words
from pratique.detect.entities import BUILT_IN
from pratique.model.catalogue import DecisionKind, VerdictState
from pratique.pipeline.reviewing import Choice
from pratique.project import Project
from tools import review_project

STEWARD = review_project.STEWARD
SMALL = ("customers", "support")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Two datasets; the flow of one has a free text."""
    root = tmp_path_factory.mktemp("review")
    review_project.make(root, SMALL)
    return root


@pytest.fixture
def root(template, tmp_path):
    return Path(shutil.copytree(template, tmp_path / "project"))


def begin(root, *, steward=STEWARD, dataset=None):
    desk = Project.open(root).review(dataset, steward=steward)
    return Session(desk, home, desk.remembered())


def press(session, *keys):
    """Press keys; a text with a leading ``=`` is typed."""
    for key in keys:
        for one in key[1:] if key.startswith("=") else (key,):
            session.press(one)


def shown(session, width=80, height=24):
    """The screen as text; it is exactly as large as the terminal."""
    lines = [text_of(line) for line in session.screen(Size(width, height))]
    assert len(lines) == height
    assert all(cell_len(line) <= width for line in lines)
    return "\n".join(lines)


def said(session):
    """The screen's words, however they are wrapped."""
    return " ".join(shown(session).split())


def go(session, dataset, name):
    session.go_to((dataset, (name,)))


def verdict(root, dataset, name):
    return next(v for v in Project.open(root).catalogue(dataset) if v.path == (name,)).verdict


def decisions(root, dataset, name):
    return next(v for v in Project.open(root).catalogue(dataset) if v.path == (name,)).decisions


def test_the_riskiest_comes_first_and_the_screen_says_why(root):
    session = begin(root)
    text = shown(session)
    assert "support.note" in text
    assert "PASSES IN CLEAR" in text
    assert "free text" in text
    for word in ("EMAIL_ADDRESS", "PERSON", "score", "every record looked at", "looks like", "loosens: signed"):
        assert word in text, word
    assert "privacy-office" in text


def test_one_key_decides_once_a_reason_was_given(root):
    session = begin(root)
    first = session.item
    press(session, "c", "=checked with sales", "enter")
    assert session.decided == 1
    second = session.item
    assert second.name != first.name
    go(session, "customers", "email")
    press(session, "c")
    assert session.decided == 2
    made = decisions(root, "customers", "email")
    assert [(d.kind, d.reason, d.who, bool(d.signature), d.bulk) for d in made] == [
        (DecisionKind.CONFIRM, "checked with sales", STEWARD, True, "")
    ]
    assert verdict(root, "customers", "email").state is VerdictState.DECIDED


def test_a_reason_is_asked_once_for_each_kind_and_can_be_recalled_and_changed(root):
    session = begin(root)
    go(session, "customers", "amount")
    press(session, "n", "enter")
    assert "say why" in shown(session)
    press(session, "=figures", "enter", "n")
    assert session.decided == 2
    go(session, "customers", "email")
    press(session, "c")
    assert isinstance(session.view, ReasonPrompt)
    press(session, "up", "enter")
    assert session.reasons[DecisionKind.CONFIRM] == "figures"
    press(session, "r", "=another", "enter")
    go(session, "customers", "iban")
    press(session, "c")
    assert decisions(root, "customers", "iban")[-1].reason == "another"


def test_another_reason_is_for_the_next_decision_and_for_its_kind_only(root):
    session = begin(root)
    press(session, "r", "=read it", "enter")
    assert 'reason of the next decision: "read it"' in said(session)
    press(session, "c")
    assert session.decided == 1
    assert 'reasons in use: c "read it"' in said(session)
    go(session, "customers", "amount")
    press(session, "n")
    assert isinstance(session.view, ReasonPrompt), "a reason for what is confirmed is none for what is not personal"
    press(session, "=figures", "enter")
    assert 'c "read it" n "figures"' in said(session)
    press(session, "r", "enter")
    assert "reasons in use" not in said(session)
    press(session, "n")
    assert isinstance(session.view, ReasonPrompt)


def test_escape_at_the_reason_decides_nothing(root):
    session = begin(root)
    before = session.item.name
    press(session, "n", "=never mind", "esc")
    assert (session.decided, session.item.name) == (0, before)
    assert isinstance(session.view, FieldView)


def test_rejecting_one_of_several_types_asks_which(root):
    session = begin(root)
    press(session, "x")
    assert "Which type is not in support.note?" in shown(session)
    assert "PERSON found in it passes from then on" in said(session)
    press(session, "7")
    assert session.decided == 0
    press(session, "2", "=no names", "enter")
    assert verdict(root, "support", "note").waived == ("PERSON",)


def test_setting_types_completes_and_says_what_it_would_do(root):
    session = begin(root)
    go(session, "customers", "colour")
    press(session, "t", "=pers", "tab")
    text = shown(session)
    assert "types: PERSON" in text
    assert "-> replace" in text
    press(session, "=nosuch", "enter")
    assert "there is no type NOSUCH" in shown(session)
    press(session, "ctrl-w", "enter", "=colours of people", "enter")
    assert verdict(root, "customers", "colour").entities == ("PERSON",)


def test_completion_offers_first_what_the_project_speaks_of_and_then_what_its_regions_countries_have(root):
    session = begin(root)
    go(session, "customers", "colour")
    press(session, "t")
    assert "the project speaks of: ADDRESS, CREDIT_CARD, CUSTOMER_ID" in said(session)
    # A word of a name, or a family: the project lies in the EU, so passports of its members come first.
    press(session, "=passp")
    assert "Tab: AT_PASSPORT, BE_PASSPORT" in said(session)
    press(session, "tab", "tab")
    assert "types: BE_PASSPORT ▏" in said(session)
    press(session, "ctrl-u", "=national-", "tab")
    assert "types: PERSONAL_NUMBER ▏" in said(session)
    press(session, "tab")
    assert "types: BE_NATIONAL_NUMBER ▏" in said(session)
    # What is typed after it is a word of its own.
    press(session, "=ger", "backspace", "backspace", "backspace", "=zzz", "tab")
    assert "no type is called like this" in shown(session)


def test_tab_goes_on_to_the_next_type_only_as_long_as_nothing_else_is_typed(root):
    session = begin(root)
    go(session, "customers", "colour")
    press(session, "t", "=pers", "tab", "tab")
    assert "types: PERSONAL_NUMBER ▏" in shown(session)
    press(session, "tab")
    assert "types: FI_PERSONAL_IDENTITY_CODE ▏" in shown(session)
    press(session, "ctrl-u", "=pers", "tab", "=email_a", "tab")
    assert "types: PERSON EMAIL_ADDRESS ▏" in shown(session)
    press(session, "enter", "=both", "enter")
    assert verdict(root, "customers", "colour").entities == ("EMAIL_ADDRESS", "PERSON")


def test_without_a_steward_what_loosens_says_what_is_needed_and_stores_nothing(root):
    session = begin(root, steward=None)
    go(session, "customers", "amount")
    assert "needs --as STEWARD" in shown(session)
    assert "does not sign" in shown(session)
    press(session, "n")
    assert f"start again with --as {STEWARD}" in said(session)
    go(session, "customers", "email")
    press(session, "x")
    assert session.decided == 0
    press(session, "c", "=right", "enter")
    assert session.decided == 1
    assert not decisions(root, "customers", "email")[0].signature
    assert decisions(root, "customers", "amount") == []


def test_undo_takes_back_and_the_plan_is_what_it_was(root):
    project = Project.open(root)
    before = project.plan("customers").hash
    session = begin(root)
    go(session, "customers", "amount")
    press(session, "n", "=figures", "enter")
    assert project.plan("customers").hash != before
    press(session, "u")
    assert session.item.name == ("customers", ("amount",))
    assert session.decided == 0
    assert verdict(root, "customers", "amount").state is VerdictState.UNDECIDED
    assert [d.kind for d in decisions(root, "customers", "amount")] == [
        DecisionKind.NOT_PERSONAL,
        DecisionKind.WITHDRAW,
    ]
    assert project.plan("customers").hash == before
    press(session, "u")
    assert "nothing was decided here yet" in shown(session)


def test_what_was_taken_back_waits_again_wherever_the_queue_was_put_in_order_meanwhile(root):
    session = begin(root)
    everything = set(session.open_names())
    go(session, "customers", "amount")
    press(session, "a", "t", "n", "enter", "=figures", "enter", "home", "u")
    assert set(session.open_names()) == everything
    assert session.item.name == ("customers", ("amount",))
    press(session, "a", "t")
    assert len(session.view._items) > 10


def test_what_somebody_else_took_back_meanwhile_waits_again(root):
    begin_with = begin(root)
    go(begin_with, "customers", "email")
    press(begin_with, "c", "=seen", "enter")
    session = begin(root)
    assert ("customers", ("email",)) not in session.open_names()
    press(begin_with, "u")
    go(session, "customers", "email")
    press(session, "n", "=no", "enter")
    assert isinstance(session.view, ConflictView)
    press(session, "k")
    assert ("customers", ("email",)) in session.open_names()


def test_after_undo_the_reason_is_asked_again_and_stands_there_to_be_edited(root):
    session = begin(root)
    go(session, "customers", "amount")
    press(session, "n", "=figurs", "enter", "u")
    assert "you will be asked why again" in said(session)
    press(session, "n")
    assert isinstance(session.view, ReasonPrompt)
    press(session, "left", "=e", "enter")
    assert decisions(root, "customers", "amount")[-1].reason == "figures"
    assert session.reasons[DecisionKind.NOT_PERSONAL] == "figures"


def test_undo_leaves_a_reason_that_was_given_since(root):
    session = begin(root)
    go(session, "customers", "amount")
    press(session, "n", "=figures", "enter")
    go(session, "customers", "email")
    press(session, "r", "=seen", "enter", "c", "u")
    assert session.reasons == {DecisionKind.NOT_PERSONAL: "figures"}


def test_a_line_is_edited_anywhere(root):
    session = begin(root)
    press(session, "/", "=iban", "home", "=x", "right", "delete", "end", "left", "backspace", "right", "=k")
    assert session.view.text == "xink"
    press(session, "ctrl-a", "backspace", "left", "ctrl-e", "delete", "right", "= two", "ctrl-w", "=!", f"{PASTE}a\nb")
    assert session.view.text == "xink!ab"
    press(session, "left", "left", "left", "ctrl-w")
    assert session.view.text == "!ab"
    press(session, "ctrl-u", "=" + "y" * 600)
    assert len(session.view.text) == 500


def test_undo_of_what_only_a_steward_may_undo_needs_one(root):
    session = begin(root, steward=None)
    go(session, "customers", "email")
    press(session, "t", "=person ", "enter", "=both", "enter")
    assert verdict(root, "customers", "email").entities == ("EMAIL_ADDRESS", "PERSON")
    press(session, "u")
    assert "withdraw loosens" in shown(session)
    assert verdict(root, "customers", "email").entities == ("EMAIL_ADDRESS", "PERSON")


def test_a_bulk_decision_is_shown_first_marked_as_bulk_and_undone_as_one(root):
    session = begin(root)
    go(session, "customers", "amount")
    press(session, "a", "t")
    assert isinstance(session.view, BulkList)
    fields = len(session.view._items)
    assert fields > 10
    press(session, "down", " ")
    press(session, "n")
    assert isinstance(session.view, BulkConfirm)
    text = shown(session)
    assert f"not personal: {fields - 1} fields, in bulk" in text
    assert "flow support opens" in text
    press(session, "enter", "=figures and states", "enter")
    assert session.decided == fields - 1
    views = [v for name in SMALL for v in Project.open(root).catalogue(name)]
    made = [d for v in views for d in v.decisions]
    assert len(made) == fields - 1
    assert len({d.bulk for d in made}) == 1
    assert all(d.bulk and d.signature for d in made)
    assert Project.open(root).plan("support").bulk_decisions == sum(d.dataset == "support" for d in made)
    press(session, "u")
    assert session.decided == 0
    views = [v for name in SMALL for v in Project.open(root).catalogue(name)]
    assert all(v.verdict.state is not VerdictState.DECIDED for v in views)


def test_fields_of_one_family_are_a_group_of_their_own_where_that_is_more(root):
    examples = {one.name: [text for text in one.examples if text.isdigit()] for one in BUILT_IN}
    part = root / "data/eu/customers/part.jsonl"
    records = [json.loads(line) for line in part.read_text(encoding="utf-8").splitlines()]
    numbers = {name: examples[entity][0] for name, entity in (("egn", "BG_EGN"), ("pesel", "PL_PESEL"))}
    part.write_text("".join(json.dumps({**record, **numbers}) + "\n" for record in records), encoding="utf-8")
    Project.open(root).scan(["customers"])
    session = begin(root)
    go(session, "customers", "egn")
    assert verdict(root, "customers", "egn").entities == ("BG_EGN",)
    assert verdict(root, "customers", "pesel").entities == ("PL_PESEL",)
    assert "alike: 1 by families" in said(session)
    press(session, "a")
    assert "f 2 fields held to be of the same families of types" in said(session)
    press(session, "f", "c", "enter", "=checked", "enter")
    assert session.decided == 2
    assert verdict(root, "customers", "pesel").state is VerdictState.DECIDED
    # Where the group is that of the same types, it is shown once.
    go(session, "customers", "iban")
    press(session, "a")
    assert "held to be the same" in said(session)
    assert "same families" not in said(session)


def test_a_bulk_confirmation_confirms_of_each_field_what_is_proposed_for_it(root):
    session = begin(root)
    press(session, "/", "=proposed -note", "enter", "a", "s", "c")
    assert "what is proposed for each" in shown(session)
    press(session, "enter", "=all checked", "enter")
    for name in SMALL:
        for view in Project.open(root).catalogue(name):
            if view.verdict.entities and view.path != ("note",):
                assert view.verdict.state is VerdictState.DECIDED
                assert view.verdict.bulk


def test_escape_at_the_reason_of_a_bulk_decision_keeps_the_marks(root):
    session = begin(root)
    go(session, "customers", "amount")
    press(session, "a", "t", " ", "n", "enter", "=figures", "esc")
    assert isinstance(session.view, BulkConfirm)
    press(session, "esc")
    assert isinstance(session.view, BulkList)
    assert len(session.view._marked) == len(session.view._items) - 1
    assert session.decided == 0


def test_a_bulk_decision_says_with_which_reason_and_takes_another(root):
    session = begin(root)
    press(session, "c", "=read it", "enter")
    go(session, "customers", "email")
    press(session, "a", "t", "c")
    assert 'why: "read it"' in said(session)
    press(session, "r", "=addresses", "enter")
    assert decisions(root, "customers", "email")[-1].reason == "addresses"


def test_in_which_order_types_were_seen_makes_no_difference_to_a_bulk_decision(root):
    session = begin(root)
    notes = [item for item in session.desk.queue() if item.path == ("note",)]
    orders = (("EMAIL_ADDRESS", "PERSON"), ("PERSON", "EMAIL_ADDRESS"))
    choices = [Choice(item, DecisionKind.CONFIRM, order) for item, order in zip(notes, orders, strict=True)]
    assert choices_words(choices) == "confirm EMAIL_ADDRESS, PERSON"
    press(session, "a", "n", "n")
    assert said(session).count("EMAIL_ADDRESS or PERSON is found is held back") == 2
    assert "PERSON or EMAIL_ADDRESS" not in said(session)


def test_what_does_not_fit_is_counted(root):
    session = begin(root)
    fields = len(session.order)
    page = 18
    press(session, "l")
    assert f"… {fields - page} below" in shown(session)
    first = shown(session).splitlines()[2]
    press(session, "pgdn")
    assert f"… {page} above, {fields - 2 * page} below" in shown(session), "one page on, and no line twice"
    press(session, "end")
    assert f"… {(fields - 1) // page * page} above" in shown(session)
    press(session, *["pgup"] * 9)
    assert shown(session).splitlines()[2] == first
    press(session, "esc", "d")
    assert " below" in shown(session)
    press(session, *["pgdn"] * 9)
    assert " below" not in shown(session)


def test_a_search_is_never_cut_off_the_screen(root):
    session = begin(root, steward=None)
    press(session, "/", "=customers email", "enter")
    assert "only /customers email" in shown(session).splitlines()[0]


def test_search_shows_only_what_matches_and_escape_shows_all(root):
    session = begin(root)
    everything = len(session.open_names())
    press(session, "/", "=iban", "enter")
    assert "only /iban" in shown(session)
    seen = set()
    while session.item is not None:
        seen.add(session.item.name)
        press(session, " ")
    assert seen
    assert all("iban" in path[0] for _, path in seen)
    assert "No more fields that match /iban" in shown(session)
    press(session, "esc")
    assert session.found is None
    assert len(session.open_names()) == everything
    press(session, "/", "=there is no such thing", "enter")
    assert "no field that waits matches" in shown(session)
    assert session.found is None


def test_a_session_goes_on_where_the_last_one_stopped(root):
    session = begin(root)
    press(session, " ", " ", " ")
    here = session.item.name
    session.desk.remember(here)
    again = begin(root)
    assert again.item.name == here
    assert "3 fields to decide before it" in shown(again)
    other = begin(root, steward=None)
    assert other.item.name != here, "somebody else has a place of their own"
    [place] = (root / ".pratique/eu/review").glob("*.json")
    for damage in (b"", b"[]", b'{"dataset": 1}', b"\xff", b'{"dataset":"x","field":["y"],"at":"z"}'):
        place.write_bytes(damage)
        assert begin(root).item.name != here


def test_a_decision_on_what_was_not_shown_is_a_conflict_and_both_are_shown(root):
    mine, theirs = begin(root), begin(root, steward=None)
    for session in (mine, theirs):
        go(session, "customers", "email")
    press(theirs, "c", "=theirs was first", "enter")
    press(mine, "x", "=mine came later", "enter")
    assert isinstance(mine.view, ConflictView)
    text = said(mine)
    for words in (
        "Nothing of yours was stored",
        "theirs was first",
        "mine came later",
        "not signed",
        "not EMAIL_ADDRESS",
    ):
        assert words in text, words
    assert [d.kind for d in decisions(root, "customers", "email")] == [DecisionKind.CONFIRM]
    press(mine, "z")
    assert isinstance(mine.view, ConflictView)
    press(mine, "m")
    assert [d.kind for d in decisions(root, "customers", "email")] == [DecisionKind.CONFIRM, DecisionKind.REJECT]


def test_theirs_can_hold(root):
    mine, theirs = begin(root), begin(root, steward=None)
    for session in (mine, theirs):
        go(session, "customers", "email")
    press(theirs, "c", "=right", "enter")
    press(mine, "x", "=wrong", "enter", "k")
    assert mine.decided == 0
    assert mine.item.name != ("customers", ("email",))
    assert len(decisions(root, "customers", "email")) == 1


def test_a_bulk_decision_stores_nothing_where_one_field_is_in_conflict_then_the_others(root):
    mine, theirs = begin(root), begin(root, steward=STEWARD)
    for session in (mine, theirs):
        go(session, "customers", "amount")
    press(theirs, "n", "=figures", "enter")
    press(mine, "a", "t", "n", "enter", "=all of these", "enter")
    assert isinstance(mine.view, ConflictView)
    assert "o yours on the other fields only" in shown(mine)
    assert next(v for v in Project.open(root).catalogue() if v.verdict.state is VerdictState.DECIDED).path == (
        "amount",
    )
    press(mine, "o")
    assert mine.decided > 10
    assert len(decisions(root, "customers", "amount")) == 1


def test_a_new_scan_meanwhile_is_a_conflict_too(root):
    session = begin(root)
    go(session, "customers", "email")
    Project.open(root).scan(["customers"])
    press(session, "c", "=right", "enter")
    assert isinstance(session.view, ConflictView)
    assert "scanned again at" in shown(session)
    assert decisions(root, "customers", "email") == []
    press(session, "m")
    assert len(decisions(root, "customers", "email")) == 1


def test_undo_of_what_somebody_decided_on_meanwhile_is_refused(root):
    mine, theirs = begin(root), begin(root)
    go(mine, "customers", "email")
    press(mine, "c", "=right", "enter")
    theirs.desk.reload(["customers"])
    go(theirs, "customers", "email")
    press(theirs, "x", "=wrong", "enter")
    press(mine, "u")
    assert "meanwhile" in shown(mine)
    assert len(decisions(root, "customers", "email")) == 2


def test_pasted_text_decides_nothing(root):
    session = begin(root)
    press(session, f"{PASTE}n\nc\nxyz")
    assert session.decided == 0
    assert isinstance(session.view, FieldView)
    assert "pasted" in shown(session)
    press(session, "n", f"{PASTE}as agreed\nwith sales\x1b", "enter")
    assert session.decided == 1
    assert session.used == ["as agreedwith sales"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (20, 5), (80, 13), (41, 60)])
def test_every_screen_fits_every_terminal(root, size):
    session = begin(root)
    for keys in (
        (),
        ("?",),
        ("l",),
        ("l", "pgdn", "down", "enter"),
        ("d",),
        ("d", "pgdn", "pgdn"),
        ("/",),
        ("r",),
        ("t",),
        ("x",),
        ("a",),
        ("a", "t"),
        ("a", "t", "c"),
        ("n",),
        ("z",),
        ("home",),
    ):
        press(session, *keys)
        shown(session, *size)
        press(session, "esc", "esc", "esc")
    session.at = len(session.order)
    shown(session, *size)


def test_names_that_attack_a_terminal_are_shown_as_escapes(root):
    hostile = "\x1b]0;gone\x07[red]\u202ename"
    source = root / "data/eu/customers/part.jsonl"
    records = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for record in records:
        record[hostile] = "x"
    source.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    Project.open(root).scan(["customers"])
    session = begin(root)
    go(session, "customers", hostile)
    for keys in ((), ("d",), ("l",), ("a",), ("n",)):
        press(session, *keys)
        text = shown(session)
        assert "gone" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
        press(session, "esc")


def test_a_source_that_is_gone_costs_the_shapes_only(root):
    shutil.rmtree(root / "data")
    session = begin(root)
    assert "looks like" in shown(session)
    press(session, "c", "=right", "enter")
    assert session.decided == 1


def test_no_value_is_ever_on_a_screen(root):
    session = begin(root)
    values = {str(v) for name in SMALL for r in review_project.records(name) for v in r.values() if isinstance(v, str)}
    values = {v for v in values if len(v) > 5 and any(c.isdigit() for c in v)}
    assert len(values) > 500
    for _ in range(len(session.order)):
        text = shown(session, 120, 50)
        press(session, "d")
        text += shown(session, 120, 50)
        press(session, "esc", " ")
        assert not [v for v in values if v in text]


def test_two_hundred_proposals_take_few_keys(tmp_path):
    """The way that a new user found: in bulk what is plainly alike, the rest one by one."""
    root = tmp_path / "large"
    review_project.make(root)
    session = begin(root)
    assert len(session.open_names()) >= 200
    pressed = 0

    def count(*keys):
        nonlocal pressed
        press(session, *keys)
        pressed += sum(len(key) - 1 if key.startswith("=") else 1 for key in keys)

    count("c", "=read it", "enter")
    count("a", "t", "n", "enter", "=figures, states, words", "enter")
    typed = pressed
    while session.open_names():
        assert session.item is not None
        count(*(("a", "t", "c", "enter") if session.item.verdict.entities else ("n",)))
    assert pressed < 120
    assert pressed - typed < 90
    assert all(flow.open for flow in session.desk.flows())
    assert "Every field is decided." in shown(session)
    for name in review_project.DATASETS:
        Project.open(root).plan(name)


def test_joins_are_told_flow_by_flow():
    joins = ("orders: customer_id", "email", "staff: mail", "orders: b", "phone")
    assert joins_words(joins) == ["email, phone", "orders: customer_id, b", "staff: mail"]
    assert joins_words(()) == []


# --- the command ------------------------------------------------------------------------------------------------------


def test_piped_it_is_the_queue_as_data(cli, root):
    done = cli("review", "-p", str(root), "-o", "json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert [len(document["queue"]), document["signs"]] == [document["fields"], False]
    first = document["queue"][0]
    assert (first["dataset"], first["field"], first["risk"]) == ("support", "note", "in clear")
    assert {option["kind"] for option in first["options"]} == {"confirm", "reject", "not-personal"}
    assert first["alike"]["name"] == 1
    plain = cli("review", "customers", "-p", str(root))
    assert plain.code == 0
    assert "holds back 100% of the records in flow customers" in plain.out
    assert "support" not in plain.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("nothing",), 2, "no dataset is called nothing"),
        (("--as", "nobody"), 2, "no steward is called nobody"),
    ],
)
def test_what_cannot_be_reviewed_is_one_line(cli, root, arguments, code, says):
    done = cli("review", *arguments, "-p", str(root))
    assert done.code == code
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_a_stewards_key_that_is_not_here_is_said_before_anything(cli, root):
    (root / f"keys/{STEWARD}.key").unlink()
    done = cli("review", "--as", STEWARD, "-p", str(root))
    assert done.code == 5
    assert len(done.err.splitlines()) == 1


def test_a_flow_that_does_not_compile_does_not_stop_a_review(root):
    file = root / "pratique.yaml"
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    settings["routes"]["eu -> us"]["until"] = "2020-01-01"
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    session = begin(root)
    press(session, "c", "=right", "enter")
    session.at = len(session.order)
    assert "closed after 2020-01-01" in shown(session).replace("\n    ", " ")


def test_evidence_that_was_scored_anew_meanwhile_is_a_conflict_and_what_if_foretells(root):
    """A lower threshold proposes what nobody saw; whoever decides on the old screen is shown the new one first."""
    file = root / "pratique.yaml"
    session = begin(root)
    first = session.item
    assert first.name == ("support", ("note",))
    text = file.read_text(encoding="utf-8").replace("detection:\n", "detection:\n  proposal_share: 0.28\n")
    file.write_text(text, encoding="utf-8")
    session = begin(root)
    item = session.desk.item(first.name)
    assert item.verdict.entities == ("EMAIL_ADDRESS",)
    press(session, "home")
    go(session, *(first.name[0], first.name[1][0]))
    press(session, "n", "=nobody", "enter")
    assert verdict(root, "support", "note").state is VerdictState.DECIDED
    file.write_text(text.replace("0.28", "0.05"), encoding="utf-8")
    session = begin(root)
    item = session.desk.item(first.name)
    assert (item.verdict.state, item.rank.risk.value) == (VerdictState.CONFLICT, "in clear")
    [option] = [o for o in session.desk.options(item) if o.kind is DecisionKind.NOT_PERSONAL]
    assert option.verdict.state is VerdictState.DECIDED
    go(session, "support", "note")
    press(session, "n", "=nobody, still", "enter")
    assert session.decided == 1
    assert verdict(root, "support", "note") == option.verdict


LETTERS = list("cxntaulrdbqmskoz?/ 12é\u202e")
NAMED = ["enter", "enter", "esc", "tab", "up", "down", "left", "pgdn", "home", "backspace", f"{PASTE}n\n"]
KEYS = st.sampled_from([*LETTERS, *NAMED, "=PERSON ", "=checked", "=checked"])


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(KEYS, max_size=40), st.booleans())
def test_whatever_is_pressed_the_screen_fits_and_the_count_is_right(template, keys, signs):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(template, Path(folder) / "project"))
        session = begin(root, steward=STEWARD if signs else None)
        for key in keys:
            if not key.startswith("=") or session.view.takes_text:
                press(session, key)
            shown(session, 60, 18)
        views = Project.open(root).catalogue()
        assert session.decided == sum(len(standing(view.decisions)) for view in views)
        assert sum(len(act) for act in session.acts) == session.decided
        assert set(session.open_names()) == {item.name for item in session.desk.queue()}, "none is lost sight of"
        assert all(not view.verdict.ignored for view in views), "nothing was stored that does not count"
