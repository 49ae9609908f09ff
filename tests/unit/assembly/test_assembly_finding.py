"""Which files belong together: by folder, format and fields; and no name that may be personal is written."""

from pathlib import Path

import pytest

from pratique.assembly.finding import Passed, find_groups
from pratique.errors import ConfigError


def fields(file: Path, spec):
    text = file.read_text()
    return None if text == "broken" else text.split(",")


def personal(name: str) -> bool:
    return "anna" in name.lower()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def make(root: Path, **files: str) -> None:
    for name, text in files.items():
        put(root, name, text)


def put(root: Path, name: str, text: str = "a,b,c") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def found(root: Path, *paths: str, passed: Passed | None = None):
    groups = find_groups([str(root / path) for path in paths or ("data",)], root, fields, personal, passed or Passed())
    return {group.uri: (group.stem, len(group.names)) for group in groups}


def test_files_of_a_folder_that_look_alike_are_one(root):
    for name in ("events-1.csv", "events-2.csv", "events-2024-01-31.csv"):
        put(root, f"data/{name}")
    assert found(root) == {"data/*.csv": ("events", 3)}


def test_files_that_do_not_look_alike_are_apart(root):
    put(root, "data/customers.csv", "id,name,mail")
    put(root, "data/orders-1.csv", "order,sku,price")
    put(root, "data/orders-2.csv", "order,sku,price,vat")
    put(root, "data/notes.jsonl", "x")
    assert found(root) == {
        "data/customers.csv": ("customers", 1),
        "data/orders*.csv": ("orders", 2),
        "data/notes.jsonl": ("notes", 1),
    }


def test_folders_that_only_divide_are_passed_through(root):
    for day in ("day=2024-01-01", "day=2024-01-02/12", "2024/01"):
        put(root, f"data/events/{day}/part-0001.jsonl.gz")
    assert found(root) == {"data/events/**/*.jsonl.gz": ("events", 3)}


def test_compressed_and_plain_are_one(root):
    put(root, "data/events/a1.csv")
    put(root, "data/events/a2.csv.gz")
    assert found(root) == {"data/events/*.csv*": ("a", 2)}


def test_a_name_that_may_be_personal_is_not_written(root):
    put(root, "data/letters/anna.txt", "x")
    put(root, "data/letters/bob.txt", "x")
    put(root, "data/by/anna/log.csv")
    put(root, "data/one/anna-report.csv")
    made = found(root)
    assert made.keys() == {"data/letters/*.txt", "data/by/**/*.csv", "data/one/*.csv"}
    assert not any("anna" in uri + stem for uri, (stem, _) in made.items())


def test_one_that_cannot_be_told_apart_without_its_name_is_passed_over(root):
    put(root, "data/anna.csv", "x,y,z")
    put(root, "data/orders.csv", "a,b,c")
    passed = Passed()
    assert found(root, passed=passed) == {"data/orders.csv": ("orders", 1)}
    assert passed.why == {"whose name may be personal data": 1}


def test_a_top_folder_that_may_be_personal_is_passed_over(root):
    put(root, "anna/log.csv")
    with pytest.raises(ConfigError, match="whose name may be personal") as caught:
        found(root, "anna")
    assert "anna" not in str(caught.value)


def test_what_is_passed_over_is_counted(root, tmp_path):
    put(root, "data/a.csv")
    put(root, "data/b.csv", "broken")
    put(root, "data/c.md")
    put(root, "data/.hidden.csv")
    put(root, "data/d.csv~")
    (root / "data/link.csv").symlink_to("/etc/hostname")
    (root / "data/loop").symlink_to(root / "data")
    passed = Passed()
    assert found(root, passed=passed) == {"data/a.csv": ("a", 1)}
    assert passed.why["that cannot be read"] == 1
    assert passed.why["of no known format"] == 1
    assert passed.why["that are links, or no files"] == 2


def test_one_file_that_cannot_be_read_does_not_keep_the_others_out(root):
    for n in range(3):
        put(root, f"data/events-{n}.csv")
    put(root, "data/events-9.csv", "broken")
    assert found(root) == {"data/*.csv": ("events", 3)}


@pytest.mark.parametrize("name", ["odd: name", "[x]", "a*b", 'q"q', "line\nbreak", "\u202eturned", " space ", "~home"])
def test_hostile_folders_never_reach_the_file(root, name):
    put(root, f"data/{name}/f.csv")
    put(root, f"data/{name}/g.csv")
    assert found(root) == {"data/**/*.csv": ("data", 2)}


def test_right_in_the_project_nothing_is_taken_that_would_list_releases_too(root):
    put(root, "2024/01/a.csv")
    put(root, "2024/02/b.csv")
    put(root, "top.csv", "x,y,z")
    passed = Passed()
    groups = find_groups([str(root)], root, fields, personal, passed)
    assert [group.uri for group in groups] == ["top.csv"]
    assert sum(passed.why.values()) == 2


def test_a_personal_folder_above_is_not_written_either(root):
    put(root, "in/anna/sub/a.csv")
    with pytest.raises(ConfigError, match="no file to begin with"):
        found(root, "in/anna/sub")


def test_globs_single_files_and_what_is_not_there(root):
    put(root, "data/a.csv")
    put(root, "data/b.csv", "x,y,z")
    assert found(root, "data/a.csv") == {"data/a.csv": ("a", 1)}
    assert found(root, "data/[ab].csv").keys() == {"data/a.csv", "data/b.csv"}
    with pytest.raises(ConfigError, match="nothing under a path"):
        found(root, "data/none*")
    put(root, "empty/x.md")
    with pytest.raises(ConfigError, match="no file to begin with"):
        found(root, "empty")


def test_files_outside_the_project_have_absolute_places(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("outside")
    put(other, "in/a.csv")
    groups = find_groups([str(other / "in")], root, fields, personal, Passed())
    assert [group.uri for group in groups] == [f"{other}/in/a.csv"]


def test_many_files_are_not_all_looked_into(root):
    for n in range(80):
        put(root, f"data/events-{n:03d}.csv")
    put(root, "data/orders.csv", "x,y,z")
    looked = []

    def alike(file, spec):
        looked.append(file)
        return fields(file, spec)

    groups = find_groups([str(root / "data")], root, alike, personal, Passed())
    assert len(looked) == 50
    # The one that was not looked into goes with the others, and is told apart when it is scanned.
    assert sum(len(group.names) for group in groups) == 81
