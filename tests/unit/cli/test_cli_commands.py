"""Every command: what it asks of the project, what it shows, that nothing in a name reaches the terminal."""

import json

import pytest

from pratique.model.catalogue import DecisionKind
from tests.unit.cli.conftest import HOSTILE

COMMANDS = (
    ("scan",),
    ("catalogue", "list"),
    ("catalogue", "show", "channel"),
    ("catalogue", "confirm", "channel", "--proposed", "-r", "x"),
    ("catalogue", "reject", "channel", "tv_show", "-e", "PERSON", "-r", "x"),
    ("catalogue", "set", "channel", "tv_show", "-e", "PERSON", "-r", "x"),
    ("catalogue", "not-personal", "channel", "--undecided", "-r", "x"),
    ("catalogue", "withdraw", "channel", "tv_show", "-r", "x"),
    ("plan", "channel"),
    ("run", "channel"),
    ("reidentify", "movie", "--purpose", "x", "--to", "movie-restricted"),
    ("keys", "create", "eu"),
    ("keys", "list"),
    ("keys", "export-public", "exporter.pub"),
    ("doctor",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c[:2]))
def test_human_output_is_plain_and_json_is_one_document(cli, project, command):
    human = cli(*command)
    assert human.code == (2 if command == ("doctor",) else 0)
    assert human.err == ""
    assert human.out.strip()
    assert all(c == "\n" or c.isprintable() for c in human.out)
    assert not any(line != line.rstrip() for line in human.out.splitlines())
    machine = cli(*command, "-o", "json")
    assert machine.code == human.code
    assert machine.err == ""
    assert machine.out.isascii()
    assert len(machine.out.splitlines()) == 1
    json.loads(machine.out)


@pytest.mark.parametrize("command", [("scan",), ("catalogue", "list"), ("catalogue", "show", "channel")])
def test_hostile_names_are_shown_as_escapes_and_kept_in_json(cli, project, command):
    from pratique.model.paths import parse_path

    out = cli(*command).out
    assert "\\u202e" in out
    assert "[red]" in out
    assert not {"\x1b", "\x07", "\u202e", "\udcff"} & set(out)
    document = json.loads(cli(*command, "-o", "json").out)
    fields = document[0]["fields"] if command == ("scan",) else document
    assert parse_path(fields[1]["field"]) == (HOSTILE,)


def test_scan_asks_for_the_datasets_named_or_for_all(cli, project):
    cli("scan", "channel", "movie")
    cli("scan", "-p", "elsewhere")
    assert project.asked == [("open", "."), ("scan", ["channel", "movie"]), ("open", "elsewhere"), ("scan", None)]


def test_scan_says_what_was_found_and_what_is_to_be_done(cli, project):
    out = cli("scan").out
    assert "channel  1,000 records, format jsonl, every record looked at, 2 rejects" in out
    assert "PERSON 41.4%" in out
    assert "changed: new field: tv_show" in out
    assert "1 dataset, 2 fields: 1 proposed as personal, 1 to be decided" in out
    assert "next: pratique catalogue list channel" in out


def test_catalogue_list_filters_by_state(cli, project):
    document = json.loads(cli("catalogue", "list", "channel", "--state", "proposed", "-o", "json").out)
    assert [field["field"] for field in document] == ["tv_show"]
    assert ("catalogue", "channel") in project.asked


def test_catalogue_show_has_the_whole_history_and_no_markup(cli, project):
    out = cli("catalogue", "show", "channel", "tv_show").out
    assert "reject PERSON" in out
    assert "titles [bold]not people[/bold]" in out
    assert "1,000 values, 10 nulls, about 40 distinct" in out


def test_catalogue_show_names_an_unknown_field(cli, project):
    result = cli("catalogue", "show", "channel", "tv_shoe")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("pratique: channel.tv_shoe: the catalogue has no such field; ")


def test_decisions_carry_who_why_and_which(cli, project):
    cli("catalogue", "reject", "channel", "tv_show", "a.b[]", "-e", "PERSON", "-r", "titles", "-s", "privacy-office")
    cli("catalogue", "set", "channel", "tv_show", "-e", "PERSON", "-e", "USER_ID", "-r", "why")
    cli("catalogue", "confirm", "channel", "--proposed", "-r", "why")
    cli("catalogue", "not-personal", "channel", "--undecided", "-r", "why", "-s", "privacy-office")
    decided = [asked[1:] for asked in project.asked if asked[0] == "decide"]
    assert decided == [
        ("channel", [("tv_show",), ("a", "b", "[]")], DecisionKind.REJECT, ("PERSON",), "titles", "privacy-office"),
        ("channel", [("tv_show",)], DecisionKind.SET, ("PERSON", "USER_ID"), "why", None),
        ("channel", [("tv_show",)], DecisionKind.CONFIRM, (), "why", None),
        ("channel", [(HOSTILE,)], DecisionKind.NOT_PERSONAL, (), "why", "privacy-office"),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("confirm", "channel", "-r", "x"),
        ("confirm", "channel", "tv_show", "--proposed", "-r", "x"),
        ("not-personal", "channel", "-r", "x"),
        ("not-personal", "channel", "tv_show", "--undecided", "-r", "x"),
        ("reject", "channel", "-e", "PERSON", "-r", "x"),
        ("reject", "channel", "tv_show", "-r", "x"),
        ("reject", "channel", "tv_show", "-e", "PERSON"),
        ("set", "channel", "tv_show", "-r", "x"),
        ("confirm", "channel", "a..b", "-r", "x"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused(cli, project, arguments):
    result = cli("catalogue", *arguments)
    assert result.code == 2
    assert result.out == ""
    assert not any(asked[0] == "decide" for asked in project.asked)


def test_nothing_left_to_decide_is_no_decision(cli, project):
    project.views = project.views[:1]
    result = cli("catalogue", "not-personal", "channel", "--undecided", "-r", "x")
    assert (result.code, result.out) == (0, "Nothing to decide.\n")
    assert not any(asked[0] == "decide" for asked in project.asked)


def test_plan_explains_every_field(cli, project):
    out = cli("plan", "channel").out
    for words in ("channel -> channel-us", "token in viewer", "pseudonymised", "movie: user_id, website: user_id"):
        assert words in out
    for words in ("nothing, under the key", "(pratique.yaml:54)", "! tv_show: nothing was found and nobody decided"):
        assert words in out


def test_run_shows_counts_that_add_up(cli, project):
    result = cli("run", "channel", "--workers", "2", "--full")
    assert ("run", "channel", 2, True) in project.asked
    assert "Released 39,990 records to channel-us, taken up where it had stopped" in result.out
    assert "quarantined: guard" in result.out
    assert "5.2 MB" in result.out
    assert "add up" not in result.out
    document = json.loads(cli("run", "channel", "-o", "json").out)
    assert document["read"] == document["written"] + sum(document["quarantined"].values())


def test_reidentify_asks_as_the_only_one_allowed(cli, project):
    assert cli("reidentify", "movie", "--purpose", "case", "--to", "r", "-f", "user_id").code == 0
    assert project.asked[-1] == ("reidentify", "movie", "case", "r", (("user_id",),), "fraud-desk")
    cli("reidentify", "movie", "--purpose", "case", "--to", "r", "--as", "somebody")
    assert project.asked[-1] == ("reidentify", "movie", "case", "r", (), "somebody")


def test_reidentify_does_not_guess_who_asks(cli, project):
    result = cli("reidentify", "channel", "--purpose", "case", "--to", "r")
    assert result.code == 2
    assert result.err == (
        "pratique: channel: who asks? 0 people may re-identify this flow; "
        "name somebody under reidentifiers in pratique.yaml\n"
    )
    assert not any(asked[0] == "reidentify" for asked in project.asked)


def test_doctor_says_what_to_do_and_exits_with_two(cli, project):
    result = cli("doctor")
    assert result.code == 2
    assert "keys of eu: run: pratique keys create eu" in result.out
    assert "2 checks, 1 amiss" in result.out


def test_demo_prepare_writes_and_spares_what_is_there(cli, tmp_path):
    folder = tmp_path / "new"
    document = json.loads(cli("demo", "--prepare", str(folder), "-o", "json").out)
    assert sum(document["events"].values()) >= 100_000
    assert (folder / "pratique.yaml").is_file()
    again = cli("demo", "--prepare", str(folder))
    assert again.code == 2
    assert "the demo needs a new or an empty folder" in again.err
