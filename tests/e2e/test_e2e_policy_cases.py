"""The project's own cases: through the real plan and the real keys, in memory; what fails is told without a value."""

import json
from pathlib import Path

import pytest
from sample_projects import EMAIL, FLOW, IBAN, NAME, STEWARD, card, copy, prepare, record, state, write

import pratique.cli.errors
from pratique.model.catalogue import DecisionKind
from pratique.project import Project

pytestmark = pytest.mark.e2e

SECRET = "Zyxwvut"
"""In every value of a case that is to fail; in no output."""

NOTE = "field: note, with: {user_id: user-00000001}"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("cases") / "project")
    nested = [
        {**record(n), "tags": [f"tag{n}"], "born": f"19{n % 60 + 40}-03-{n % 27 + 1:02d}", "mail": f"p{n}@example.org"}
        for n in range(40)
    ]
    file = write(root, "sample.jsonl", nested)
    text = (root / "pratique.yaml").read_text()
    text = text.replace("PERSON: replace", "PERSON: replace\n      DATE_TIME: shift_date", 1)
    text = text.replace(
        "fields: {", "fields: {events.card_number: {mask: {keep_last: 4}}, events.mail: {pseudonym: m}, "
    )
    (root / "pratique.yaml").write_text(text)
    project = Project.open(root)
    project.scan([FLOW])
    project.decide(FLOW, [("tags", "[]")], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    project.decide(FLOW, [("born",)], DecisionKind.SET, ["DATE_TIME"], reason="made up", steward=STEWARD)
    project.decide(FLOW, [("mail",)], DecisionKind.SET, ["EMAIL_ADDRESS"], reason="made up", steward=STEWARD)
    file.unlink()
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def cases(root: Path, *items: str) -> None:
    (root / "policy-tests.yaml").write_text("cases:\n" + "".join(f"  - {{{item}}}\n" for item in items))


def problems(root: Path, *items: str) -> list[list[str]]:
    cases(root, *items)
    return [list(report.problems) for report in Project.open(root).test_policy()]


def cli(*words: str) -> int:
    return pratique.cli.errors.run(words)


GOOD = (
    "name: a, field: user_id, value: user-00000001, expect: {by: token, reversible: true}",
    "name: b, field: user_id, value: user-00000001, expect: {same_as: a}",
    "name: c, field: user_id, value: user-00000002, expect: {unlike: [a, b], quarantined: none}",
    f"field: card_number, value: '{card(1)}', expect: {{is: '***********{card(1)[-4:]}', by: mask, reversible: false}}",
    "field: show, value: Night Ferry, expect: {is: Night Ferry, by: keep}",
    "field: number, value: 7, expect: {is: 7}",
    "field: price, value: 7, expect: {is: 7.0}",
    "field: price, value: null, expect: {is: null}",
    f"field: show, value: {IBAN}, expect: {{quarantined: guard}}",
    "field: mail, value: a@example.org, expect: {by: pseudonym, reversible: false}",
    f"{NOTE}, value: {NAME} asks for {EMAIL}, expect: {{by: text, gone: [{NAME}, Anna, '{EMAIL}'], remains: asks for}}",
    "field: nobody, value: x, expect: {quarantined: new-field}",
    "field: number, value: seven, expect: {quarantined: retyped-field}",
    "field: 'tags[]', value: red, expect: {is: red}",
    "field: born, value: 1980-05-17, with: {user_id: user-00000001}, expect: {by: shift_date, reversible: true}",
    "field: born, value: 1980-05-17, expect: {quarantined: any}",
)


def test_what_a_policy_does_can_be_said_in_cases(root: Path) -> None:
    assert problems(root, *GOOD) == [[] for _ in GOOD]


BAD = (
    ("name: a, field: user_id, value: user-00000001, expect: {by: pseudonym}", "treated by token, not by pseudonym"),
    ("name: b, field: user_id, value: user-00000001, expect: {unlike: a}", 'comes out the same as the case "a"'),
    ("name: c, field: user_id, value: user-00000002, expect: {same_as: a}", 'comes out unlike the case "a"'),
    ("field: user_id, value: user-00000001, expect: {reversible: false}", "it can be reversed"),
    ("field: mail, value: a@example.org, expect: {reversible: true}", "does not give the value back"),
    (f"field: show, value: {SECRET}, expect: {{is: Night}}", "comes out as something else"),
    (f"field: show, value: {SECRET}, expect: {{quarantined: guard}}", "is not quarantined"),
    (f"field: show, value: {SECRET} {IBAN}, expect: {{is: x}}", "quarantined by guard"),
    (f"field: show, value: {IBAN}, expect: {{quarantined: echo}}", "quarantined by guard, expected by echo"),
    (f"{NOTE}, value: {SECRET} here, expect: {{gone: [{SECRET}, other]}}", "text 1 of gone still stands"),
    (f"{NOTE}, value: {NAME} here, expect: {{remains: {NAME}}}", "the text of remains is not in the output"),
    (f"{NOTE}, value: {SECRET} here, expect: {{by: token}}", "no token is proven"),
    (f"field: nobody, value: {SECRET}, expect: {{by: keep}}", "no such field"),
    (
        f"field: show, value: '', with: {{number: x}}, expect: {{is: {SECRET}}}",
        "quarantined by retyped-field in number",
    ),
    (f"name: d, field: show, value: {IBAN}, expect: {{unlike: a, quarantined: none}}", "quarantined by guard"),
)


def test_what_is_otherwise_is_told_without_a_value(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = problems(root, *(case for case, _ in BAD))
    for (case, says), told in zip(BAD, found, strict=True):
        assert any(says in one for one in told), (case, told)
    assert cli("policy", "test", "-p", str(root)) == 3
    out = capsys.readouterr().out
    assert f"policy-tests.yaml:{BAD.index(BAD[5]) + 2}: it comes out as something else" in out
    for value in (SECRET, IBAN, NAME, "user-0"):
        assert value not in out


def test_the_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases(root, *GOOD)
    before = state(root)
    assert cli("policy", "test", "-p", str(root), "-o", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["passed"], document["failed"]) == (len(GOOD), 0)
    assert "output" not in document["cases"][0]
    assert state(root) == before
    assert cli("policy", "test", "-p", str(root), "--values") == 0
    assert 'kept: "Night Ferry"' in capsys.readouterr().out
    assert cli("policy", "test", "-p", str(root), "--flow", "nothing") == 2
    assert cli("policy", "test", str(root / "none.yaml"), "-p", str(root)) == 2


def test_a_policy_that_is_changed_fails_its_case(root: Path) -> None:
    assert problems(root, GOOD[3]) == [[]]
    file = root / "pratique.yaml"
    file.write_text(file.read_text().replace("keep_last: 4", "keep_last: 6"))
    assert problems(root, GOOD[3]) == [["it comes out as something else"]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("cases: []\n", "there is no case"),
        ("cases: {}\n", "cases must be a list"),
        ("cases:\n  - x\n", ":2: case 1 must be a mapping"),
        ("cases:\n  - {field: show, value: SECRET, expect: {is: x}, extra: 1}\n", 'unknown key "extra"'),
        ("cases:\n  - {field: show, expect: {is: x}}\n", 'lacks "value"'),
        ("cases:\n  - {field: show, value: SECRET}\n", 'lacks "expect"'),
        ("cases:\n  - {field: show, value: SECRET, expect: {}}\n", "expects nothing"),
        ("cases:\n  - {field: show, value: [SECRET], expect: {is: x}}\n", "must be one value"),
        ("cases:\n  - {flow: nix, field: show, value: SECRET, expect: {is: x}}\n", 'no flow "nix"'),
        ("cases:\n  - {field: 'a..b', value: SECRET, expect: {is: x}}\n", "not a field path"),
        ("cases:\n  - {field: show, value: SECRET, expect: {same_as: z}}\n", 'no case "z"'),
        ("cases:\n  - {name: a, field: show, value: SECRET, expect: {same_as: a}}\n", "held against itself"),
        ("cases:\n  - {field: show, value: SECRET, expect: {quarantined: guard, is: x}}\n", "make two cases"),
        ("cases:\n  - {field: show, value: SECRET, expect: {gone: []}}\n", "holds nothing"),
        ("cases:\n  - {field: show, value: SECRET, expect: {gone: ''}}\n", "holds nothing"),
        ("cases:\n  - {field: show, value: SECRET, expect: {reversible: perhaps}}\n", "must be true or false"),
        ("cases:\n  - {field: show, value: SECRET, with: {show: y}, expect: {is: x}}\n", "says the field of the case"),
        ("cases:\n  - {field: show.a, value: SECRET, with: {show: y}, expect: {is: x}}\n", "do not fit into one"),
        ("cases:\n  - {field: " + "a." * 900 + "a, value: SECRET, expect: {is: x}}\n", "64 levels deep"),
        ("cases:\n  - {field: '[]', value: SECRET, expect: {is: x}}\n", "a place in no record"),
        ("cases:\n  - &a {field: show, value: SECRET, expect: {is: x}}\n", "anchor"),
        ("cases:\n" + "  - {name: a, field: show, value: SECRET, expect: {is: x}}\n" * 2, "two cases have one name"),
        ('cases:\n  - {field: show, value: "SECRET\\ud800", expect: {is: x}}\n', "surrogate"),
    ],
)
def test_a_wrong_file_is_one_line_without_a_value(
    root: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    (root / "policy-tests.yaml").write_text(text)
    assert cli("policy", "test", "-p", str(root)) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.startswith("pratique: policy-tests.yaml:") or "policy-tests.yaml" in err
    assert len(err.splitlines()) == 1
    assert "SECRET" not in err
