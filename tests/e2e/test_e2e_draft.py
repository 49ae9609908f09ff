"""``init --from``: from raw files, by a draft that people decide on, to a release."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import pratique.cli.errors
from pratique.assembly.drafting import _Drafter
from pratique.errors import ConfigError
from pratique.model.catalogue import DecisionKind, VerdictState
from pratique.model.families import FAMILIES
from pratique.project import Project

pytestmark = pytest.mark.e2e

FIRST, LAST = ("Anna", "Peter", "Julia", "Martin", "Sofia"), ("Schmidt", "Weber", "Keller", "Maier")
HOSTILE = "\x1b[31mred\u202e: {x}\n#"


def person(n: int) -> dict[str, str]:
    first, last = FIRST[n % 5], LAST[n % 4]
    return {
        "customer_id": f"K{n * 7919 % 10**7:07d}",
        "name": f"{first} {last}",
        "mail": f"{first}.{last}{n}@example.org".lower(),
        "phone": f"+49 30 {1000000 + n * 37}",
        "born": f"{1950 + n % 40}-0{n % 9 + 1}-{10 + n % 18}",
        "remarks": f"{first} {last} asked for a refund and wrote from {first.lower()}@example.com",
        HOSTILE: "plain",
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    with (data / "customers.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, person(0))
        writer.writeheader()
        writer.writerows(person(n) for n in range(120))
    for day in ("2024-01-01", "2024-01-02"):
        (data / "orders" / f"day={day}").mkdir(parents=True)
        with gzip.open(data / "orders" / f"day={day}" / "part-0001.jsonl.gz", "wt") as out:
            for n in range(60):
                order = {"order": n, "customer_id": person(n)["customer_id"], "ip": f"10.1.{n}.7", "items": [{"n": 2}]}
                out.write(json.dumps(order) + "\n")
    (data / "letters").mkdir()
    (data / "letters" / "Anna_Schmidt.txt").write_text("Dear Anna Schmidt, we paid to DE89370400440532013000.")
    (data / "peter.weber@example.org").mkdir()
    (data / "peter.weber@example.org" / "log.jsonl").write_text('{"level": "info"}\n')
    (data / "table.parquet").write_bytes(b"no parquet")
    (data / "readme.md").write_text("x")
    return tmp_path


def cli(*words: str) -> int:
    return pratique.cli.errors.run(words)


def draft(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    words = ("init", str(root), "--from", str(root / "data"), "--region", "eu", "--to", "us", "--name", "Shop AG")
    assert cli(*words, *more, "-o", "json") == 0
    return json.loads(capsys.readouterr().out)


def test_from_raw_files_to_a_release(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = draft(root, capsys)
    found = {one["dataset"]: one for one in report["datasets"]}
    assert found.keys() == {"customers", "orders", "letters", "log"}
    assert found["customers"]["subject"] == found["orders"]["subject"] == "customer_id"
    assert found["orders"]["uri"] == "data/orders/**/*.jsonl.gz"
    assert {"EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER", "DATE_OF_BIRTH"} <= set(found["customers"]["types"])
    assert {one["why"]: one["files"] for one in report["passed_over"]} == {
        "of no known format": 1,
        "that cannot be read": 1,
    }

    # Neither file holds a value, or a name that may be personal.
    written = (root / "pratique.yaml").read_text() + (root / "policy-tests.yaml").read_text()
    values = [value for n in range(120) for value in (person(n)["mail"], person(n)["customer_id"], person(n)["phone"])]
    assert not [
        value for value in (*values, "Schmidt,", "Anna_Schmidt", "peter.weber", "DE8937", "1950") if value in written
    ]
    assert all(c == "\n" or c.isprintable() for c in written)

    assert cli("doctor", "-p", str(root)) == 0
    assert cli("scan", "-p", str(root)) == 0
    assert cli("plan", "customers", "-p", str(root)) == 0
    project = Project.open(root)
    assert project.settings.policies["default"].families.keys() == FAMILIES.keys()
    for dataset in ("customers", "orders"):
        views = project.catalogue(dataset)
        undecided = [view.path for view in views if view.verdict.state is VerdictState.UNDECIDED]
        others = [view.path for view in views if view.verdict.state is not VerdictState.UNDECIDED]
        project.decide(dataset, others, DecisionKind.CONFIRM, reason="looked at", steward="privacy-office")
        project.decide(dataset, undecided, DecisionKind.NOT_PERSONAL, reason="looked at", steward="privacy-office")
        done = project.run(dataset)
        assert done.counts.written == done.counts.read == 120
    capsys.readouterr()

    def released(dataset: str) -> bytes:
        return b"".join(f.read_bytes() for f in sorted((root / "released/us" / dataset).rglob("*-*.*")))

    out = released("customers") + released("orders")
    assert not [value for value in values if value.encode() in out]
    customers = list(csv.DictReader(released("customers").decode().splitlines()))
    orders = [json.loads(line) for line in released("orders").splitlines()]
    # The subject still joins, from one dataset to the other.
    joined = {one["customer_id"] for one in customers} & {one["customer_id"] for one in orders}
    assert len(joined) == 60
    assert "asked for a refund" in customers[0]["remarks"]


def test_the_plan_says_which_types_go_by_a_familys_rule(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft(root, capsys)
    assert cli("scan", "customers", "-p", str(root)) == 0
    capsys.readouterr()
    assert cli("plan", "customers", "--families", "-p", str(root)) == 0
    shown = capsys.readouterr().out
    assert "BG_EGN" in shown
    assert "{token: contact}" in shown
    assert cli("plan", "customers", "-p", str(root), "-o", "json") == 0
    told = json.loads(capsys.readouterr().out)
    families = {one["family"]: one for one in told["families"]}
    assert {"PL_PESEL", "RO_CNP"} <= set(families["national-id"]["types"])
    assert families["national-id"]["rule"] == "redact"
    assert families["national-id"]["place"].startswith("pratique.yaml:")
    fields = {one["field"]: one for one in told["fields"]}
    # Of a free text what was found there is told at once, and every type that has a rule in full.
    assert fields["remarks"]["treatment"].endswith("other types by their rules")
    assert fields["remarks"]["spans"]["PL_PESEL"] == "redact"
    assert fields["mail"]["rule"].startswith("policy.default.families.contact (pratique.yaml:")
    assert fields["mail"]["spans"] == {}


def test_it_never_overwrites_and_leaves_nothing_where_it_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "policy-tests.yaml").write_text("mine")
    draft(root, capsys)
    assert (root / "policy-tests.yaml").read_text() == "mine"
    before = (root / "pratique.yaml").read_bytes()
    assert cli("init", str(root), "--from", str(root / "data"), "--region", "eu", "--to", "us") == 2
    assert "there is a project already" in capsys.readouterr().err
    assert (root / "pratique.yaml").read_bytes() == before
    other = root / "other"
    for words in (
        ("--from", str(root / "none"), "--region", "eu", "--to", "us"),
        ("--from", str(root / "data"), "--region", "eu"),
        ("--from", str(root / "data"), "--region", "e u", "--to", "us"),
        ("--from", str(root / "data" / "readme.md"), "--region", "eu", "--to", "us"),
        ("--region", "eu"),
    ):
        assert cli("init", str(other), *words) == 2, words
        assert len(capsys.readouterr().err.splitlines()) == 1
        assert not other.exists()


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("customers", False),
        ("log_entries", False),
        ("long", False),
        ("orders-20240131", False),
        ("orders-20240131123059", False),
        ("anna_schmidt", True),
        ("schmidt_anna", True),
        ("anna.schmidt@example.org", True),
        ("report-4915112345678", True),
        ("DE89370400440532013000", True),
    ],
)
def test_names_that_may_be_personal_are_told(tmp_path: Path, name: str, personal: bool) -> None:
    assert _Drafter(tmp_path, "eu", "us")._is_personal(name) is personal


def test_inside_one_region(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("init", str(root), "--from", str(root / "data"), "--region", "eu", "--to", "eu") == 0
    assert cli("doctor", "-p", str(root)) == 0
    assert "customers-released" in Project.open(root).settings.datasets
    capsys.readouterr()


def test_a_plain_init_writes_cases_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("init", str(tmp_path / "shop")) == 0
    assert (tmp_path / "shop/policy-tests.yaml").is_file()
    capsys.readouterr()
    assert cli("policy", "test", "-p", str(tmp_path / "shop")) == 2
    assert "there is no case" in capsys.readouterr().err


def test_the_commented_cases_are_cases(tmp_path: Path) -> None:
    from pratique.config.cases import cases_template, read_cases
    from pratique.config.load import load

    Project.init(tmp_path, "Shop AG")
    lines = cases_template("customers").splitlines()
    start = lines.index("# cases:")
    text = "\n".join(line.removeprefix("# ") for line in lines[start:-1])
    assert len(read_cases(text.encode(), "policy-tests.yaml", load(tmp_path))) == 3


def test_the_library_raises_only_its_own_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        Project.draft(tmp_path, " ", [str(tmp_path)], region="eu", target="us")
    with pytest.raises(ConfigError):
        Project.draft(tmp_path, "x", ["\0"], region="eu", target="us")
