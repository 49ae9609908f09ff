"""``doctor`` finds each thing that is broken, says what to do, and is content with a sound project."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pratique.pipeline.results import Check
from pratique.project import Project
from tests.e2e.sample_projects import copy, prepare, record, run, write


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    write(root, "a.jsonl", map(record, range(20)))
    run(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def amiss(root: Path) -> dict[str, Check]:
    return {check.name: check for check in Project.open(root).doctor() if not check.ok}


def edit(old: str, new: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        file = root / "pratique.yaml"
        text = file.read_text()
        assert text.count(old) == 1, old
        file.write_text(text.replace(old, new))

    return change


def spoil(name: str, data: bytes = b"garbage") -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes(data)


def remove(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).unlink()


def empty(root: Path) -> None:
    for file in (root / "data/eu/events").iterdir():
        file.unlink()


def target_in_the_way(root: Path) -> None:
    shutil.rmtree(root / "data/us")
    (root / "data/us").write_text("x")


def spoil_database(root: Path) -> None:
    database = root / ".pratique/eu/pratique.db"
    database.write_bytes(b"garbage" * 1000)
    # As long as the journal holds every page, SQLite does not look at the file itself, and nothing is lost.
    database.with_name("pratique.db-wal").unlink(missing_ok=True)


def cut_log(root: Path) -> None:
    log = root / ".pratique/eu/audit.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))


def swap_plan(root: Path) -> None:
    edit("USER_ID: {token: viewer}", "USER_ID: shift_date")(root)
    edit(", subject: user_id", "")(root)


BROKEN: dict[str, tuple[Callable[[Path], object], str, str, str]] = {
    "no key file": (remove("keys/eu.json"), "keys of eu", "no such key file", "keys create"),
    "a key file that is none": (spoil("keys/eu.json"), "keys of eu", "not JSON", "restore it from a backup"),
    "a key file open to others": (lambda r: (r / "keys/eu.json").chmod(0o644), "keys of eu", "others may", "chmod 600"),
    "no steward's key": (remove("keys/office.pub"), "key of office", "no such key file", "keys create"),
    "a steward's key that is none": (spoil("keys/office.pub"), "key of office", "not a PEM", "restore the file"),
    "a pattern that is none": (edit("\\buser-[0-9]{8}\\b", "(user"), "detection", "RE2", "look-around"),
    "a transform that is none": (edit("PERSON: replace", "PERSON: replac"), "policy default", "replac", "mean"),
    "a type that nothing finds": (edit("PERSON: replace", "PERSN: replace"), "policy default", "PERSN", "mean"),
    "no input": (empty, "dataset events", "no input", "uri"),
    "a file in the target's way": (target_in_the_way, "dataset events-us", "not a folder", "move"),
    "a closed route": (edit("2099-12-31", "2020-12-31"), "flow events", "closed after 2020-12-31", "renew"),
    "a rule that does not compile": (swap_plan, "flow events", "no subject", "subject"),
    "state open to others": (lambda r: (r / ".pratique/eu").chmod(0o755), "state of eu", "open to others", "chmod 700"),
    "a database that is none": (spoil_database, "catalogue of eu", "database", "restore"),
    "no audit log": (remove(".pratique/eu/audit.jsonl"), "audit log of eu", "no audit log", "audit verify"),
    "a log that was cut": (cut_log, "audit log of eu", "missing", "audit verify"),
}


def test_a_sound_project_is_found_sound(root: Path) -> None:
    checks = Project.open(root).doctor()
    assert [check.name for check in checks if not check.ok] == []
    names = {check.name for check in checks}
    assert names >= {name for _, name, _, _ in BROKEN.values()} | {"project file"}


@pytest.mark.parametrize(("harm", "name", "what", "fix"), BROKEN.values(), ids=BROKEN.keys())
def test_each_broken_thing_is_found(root: Path, harm: Callable[[Path], object], name: str, what: str, fix: str) -> None:
    harm(root)
    found = amiss(root)
    assert what in found[name].detail
    assert fix in found[name].fix
    assert str(root) not in found[name].detail
    # What follows from it is not told as if it were something of its own.
    told = [check.detail for check in found.values() if check.fix]
    assert len(set(told)) == len(told)


def test_before_the_first_scan_a_flow_is_judged_by_what_is_known(root: Path) -> None:
    shutil.rmtree(root / ".pratique")
    assert amiss(root) == {}
    edit("2099-12-31", "2020-12-31")(root)
    assert "closed after 2020-12-31" in amiss(root)["flow events"].detail
    assert not (root / ".pratique/eu/pratique.db").exists()


def test_two_datasets_without_input_are_two_causes(root: Path) -> None:
    text = (root / "pratique.yaml").read_text()
    text = text.replace("policies:", "  more: {uri: data/eu/more/, format: jsonl, region: eu}\npolicies:", 1)
    text = text.replace("detection:", "  more: {from: more, to: events-us, policy: default}\ndetection:", 1)
    (root / "pratique.yaml").write_text(text)
    empty(root)
    found = amiss(root)
    assert {found["dataset events"].detail, found["dataset more"].detail} == {"there is no input"}


def test_a_cause_is_told_once(root: Path) -> None:
    spoil("keys/eu.json")(root)
    found = amiss(root)
    assert found["flow events"].detail == "as keys of eu"
    assert [check.name for check in found.values() if check.fix] == ["keys of eu"]
