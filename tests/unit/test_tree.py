"""The tree as a whole: what no file may hold, what must be there, and that the network is off in here."""

import re
import socket
import tomllib
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

from tools import check_sizes
from tools.tree import ROOT, project_files

LOCKS = ("runtime.txt", "dev.txt", "lock.txt", "peer-presidio.txt", "train-ner.txt")


def packages(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", name)[0]).lower()


def test_no_file_is_too_large_or_names_a_machine_or_a_registry() -> None:
    assert list(check_sizes.faults()) == []


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in project_files() if path.name.startswith("test_") and path.parts[0] == "tests"]
    assert sorted(names) == sorted(set(names))


def test_unit_tests_mirror_the_source() -> None:
    # `detect_residue` mirrors `detect/residue`: test files have names of their own, and so need no packages.
    folders = {
        path.parts[2].split("_")[0]
        for path in project_files()
        if path.parts[:2] == ("tests", "unit") and len(path.parts) > 3
    }
    rooms = {path.name for path in (ROOT / "src" / "pratique").iterdir()} | {"tools", "benchmarks"}
    assert folders - rooms - {"__pycache__"} == set()


def test_every_package_under_the_source_is_a_package() -> None:
    source = ROOT / "src"
    folders = {(ROOT / path).parent for path in project_files() if path.parts[0] == "src" and path.suffix == ".py"}
    named_by_data = {"assets"}
    bare = [
        str(folder.relative_to(source))
        for folder in folders
        if not (folder / "__init__.py").exists() and not named_by_data.intersection(folder.parts)
    ]
    assert bare == []


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_and_hash_everything_and_name_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.split("\n", 1)[1])
    assert len(entries) > 3
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9.-]*==[^ ]+ ", entry), entry.split("\n")[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.split("\n")[0]
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:)", text, re.MULTILINE)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    runtime, dev = packages("runtime.txt"), packages("dev.txt")
    assert {normal(name) for name in needed} <= runtime.keys()
    assert {normal(name) for name in project["dependency-groups"]["dev"]} <= dev.keys()
    assert runtime.items() <= dev.items()


def test_every_runtime_dependency_is_imported_somewhere() -> None:
    modules = {"google-re2": "re2", "python-stdnum": "stdnum", "pyyaml": "yaml"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [path for path in project_files() if path.parts[0] == "src" and path.suffix == ".py"]
    text = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in names)
    for wanted in map(normal, project["project"]["dependencies"]):
        module = modules.get(wanted, wanted)
        assert re.search(rf"(?m)^\s*(?:import|from) {module}\b|import_module\(f?\"{module}\.", text), wanted


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert (ROOT / "NOTICE").read_text(encoding="utf-8").startswith("Pratique\nCopyright")


def test_the_network_is_off_here() -> None:
    with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_unix_sockets_are_left() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def fault_of(tmp_path: Path, name: str, text: str | bytes) -> list[str]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(check_sizes.faults(tmp_path, [Path(name)]))


SLASH = "/"


@pytest.mark.parametrize(
    "line",
    [
        f"open('{SLASH}work/main/x')",
        f"see file://{SLASH}root/.config",
        f"{SLASH}home/anna/project",
        f"PATH={SLASH}Users/Anna/bin",
        "https://" + "pypi" + ".org/simple",
        "registry" + ".npmjs.org",
    ],
)
def test_a_machine_path_or_registry_is_found(tmp_path: Path, line: str) -> None:
    (found,) = fault_of(tmp_path, "notes.md", f"first\n{line}\n")
    assert found.startswith("notes.md:2: names ")


@pytest.mark.parametrize(
    "line", ["work/main", "and/work", "https://example.com/home/page", f"{SLASH}workers", f"{SLASH}homepage"]
)
def test_other_paths_are_left_alone(tmp_path: Path, line: str) -> None:
    assert fault_of(tmp_path, "notes.md", line) == []


def test_lines_and_bytes_are_counted(tmp_path: Path) -> None:
    assert fault_of(tmp_path, "src/a.py", "x = 1\n" * 400) == []
    assert fault_of(tmp_path, "src/a.py", "x = 1\n" * 401) == ["src/a.py: 401 lines, more than 400"]
    assert fault_of(tmp_path, "native/a.c", "int x;\n" * 401) == ["native/a.c: 401 lines, more than 400"]
    assert fault_of(tmp_path, "tests/a.py", "x = 1\n" * 401) == []
    assert fault_of(tmp_path, "a.bin", b"\xff" * 5_000_001) == ["a.bin: 5,000,001 bytes, more than 5,000,000"]


def test_the_weights_of_the_model_may_be_larger(tmp_path: Path) -> None:
    name = str(check_sizes.WEIGHTS)
    assert fault_of(tmp_path, name, b"\xff" * 5_000_001) == []
    assert fault_of(tmp_path, name, b"\xff" * 40_000_001) == [f"{name}: 40,000,001 bytes, more than 40,000,000"]
