"""Keys end to end: rotated, backed up, lost and put back, what was released is still read back; and no key shows."""

import base64
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sample_projects as sample

from pratique.crypto import passphrase as sealing
from pratique.crypto.passphrase import passphrase_of
from pratique.errors import ConfigError, KeyStoreError
from pratique.project import Project

WORDS = "a passphrase that nobody may ever see"
PEOPLE = """
reidentifiers:
  office: {key: keys/office.pub, flows: [events]}
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sample.prepare(tmp_path_factory.mktemp("keys") / "project")
    file = root / "pratique.yaml"
    back = "datasets:\n  back: {uri: data/eu/back/, format: jsonl, region: eu, restricted: true}\n"
    file.write_text(file.read_text().replace("datasets:\n", back) + PEOPLE)
    sample.write(root, "a.jsonl", map(sample.record, range(20)))
    sample.run(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return sample.copy(template, tmp_path / "project")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LOG_N", 14)


def restored(root: Path) -> list[str]:
    """The subjects of all that was released, read back."""
    project = Project.open(root)
    project.reidentify("events", purpose="a test", to="back", who="office")
    files = sorted((root / "data/eu/back").glob("events-*.jsonl"))
    return [json.loads(line)["user_id"] for file in files for line in file.read_bytes().splitlines()]


def subjects(numbers: range) -> list[str]:
    return [str(sample.record(number)["user_id"]) for number in numbers]


def test_after_a_rotation_both_releases_are_read_back(root: Path) -> None:
    project = Project.open(root)
    before = project.plan("events").hash
    rotation = project.rotation("viewer")
    assert rotation.version == 1
    assert [(use.flow, list(use.fields), use.releases) for use in rotation.uses] == [("events", ["user_id", "note"], 1)]
    assert project.rotate_key("viewer").version == 2
    assert Project.open(root).plan("events").hash != before, "the plan names the key version"

    sample.write(root, "b.jsonl", map(sample.record, range(20)))
    sample.run(root)
    tokens = [
        json.loads(line)["user_id"]
        for file in sample.target(root).glob("*/0*")
        for line in file.read_bytes().splitlines()
    ]
    assert len(tokens) == 40
    assert len(set(tokens)) == 40, "the same people have other tokens now: the joins are broken"
    assert restored(root) == subjects(range(20)) * 2
    assert [use.releases for use in Project.open(root).rotation("viewer").uses] == [2]
    assert [use.releases for use in Project.open(root).rotation("card").uses] == [2], "other domains are as they were"
    told = [entry.details for entry in Project.open(root).audit(event="key").entries]
    assert [(d["what"], d.get("version")) for d in told] == [("created", None), ("rotating", 2), ("rotated", 2)]
    assert all(report.ok for report in Project.open(root).verify_audit())


def test_a_domain_that_nobody_uses_is_refused(root: Path) -> None:
    before = (root / "keys/eu.json").read_bytes()
    with pytest.raises(ConfigError, match=r"no flow uses a domain vewer; use one of card, viewer"):
        Project.open(root).rotate_key("vewer")
    assert (root / "keys/eu.json").read_bytes() == before


@pytest.mark.usefixtures("quick")
def test_lost_and_put_back(root: Path, tmp_path: Path) -> None:
    project = Project.open(root)
    (note,) = [check for check in project.doctor() if check.name == "backup of eu"]
    assert (note.ok, note.note) == (True, True)
    project.rotate_key("viewer")
    project.backup_keys(tmp_path / "keys.backup", passphrase_of(WORDS))
    (note,) = [check for check in project.doctor() if check.name == "backup of eu"]
    assert not note.note
    kept = {name: (root / "keys" / name).read_bytes() for name in ("eu.json", "eu.quarantine.pem")}
    for name in kept:
        (root / "keys" / name).unlink()
    with pytest.raises(KeyStoreError):
        restored(root)

    regions, written = Project.open(root).restore_keys(tmp_path / "keys.backup", passphrase_of(WORDS))
    assert regions == ["eu"]
    assert {path.name: path.read_bytes() for path in written} == kept
    assert restored(root) == subjects(range(20))
    sample.write(root, "b.jsonl", map(sample.record, range(20, 30)))
    assert sample.run(root).sequence == 2
    assert all(report.ok for report in Project.open(root).verify_audit())

    Project.open(root).rotate_key("card")
    (note,) = [check for check in Project.open(root).doctor() if check.name == "backup of eu"]
    assert "not since they changed" in note.detail


@pytest.mark.usefixtures("quick")
def test_keys_of_a_region_that_the_project_lacks_are_not_put_anywhere(root: Path, tmp_path: Path) -> None:
    file = root / "pratique.yaml"
    text = file.read_text()
    file.write_text(text.replace("{eu: file:keys/eu.json}", "{eu: file:keys/eu.json, us: file:keys/us.json}"))
    Project.open(root).create_keys("us")
    Project.open(root).backup_keys(tmp_path / "keys.backup", passphrase_of(WORDS))
    other = tmp_path / "other"
    other.mkdir()
    (other / "pratique.yaml").write_text(text)
    with pytest.raises(ConfigError, match="keys of region us"):
        Project.open(other).restore_keys(tmp_path / "keys.backup", passphrase_of(WORDS))
    assert not (other / "keys").exists()


# --- no key shows ---


def secrets(root: Path) -> list[bytes]:
    """Every piece of key material of the project, and the passphrase, in the forms in which they could show."""
    raw = [WORDS.encode()]
    keyset = json.loads((root / "keys/eu.json").read_bytes())
    texts = [master["secret"] for master in keyset["masters"]] + [keyset["exporter"]["private"]]
    pems = [(root / "keys" / name).read_text() for name in ("eu.quarantine.pem", "office.key")]
    texts += ["".join(pem.splitlines()[1:-1]) for pem in pems]
    for text in texts:
        data = base64.b64decode(text)
        raw += [text.encode(), data, data.hex().encode(), base64.urlsafe_b64encode(data), repr(data).encode()[2:-1]]
    return raw


SERIES = """
import json, os, sys
from pratique.cli.errors import run
from pratique.crypto import passphrase
passphrase.LOG_N = 14
for words, variable, expected in json.loads(sys.argv[1]):
    os.environ.pop("PRATIQUE_PASSPHRASE", None)
    if variable:
        os.environ["PRATIQUE_PASSPHRASE"] = variable.replace("WORDS", open("../words").read().strip())
    code = run(words)
    assert code == expected, (words, code)
"""


def shown_by(root: Path, *series: tuple[list[str], str, int]) -> bytes:
    """All that commands print, run one after the other as the script runs one; each with its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", SERIES, json.dumps(series)],
        cwd=root,
        env=sample.environment(),
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout + done.stderr


def test_no_command_shows_a_key_or_the_passphrase(root: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text(WORDS + "\n")
    words.chmod(0o600)
    file, option = str(tmp_path / "keys.backup"), ["--passphrase-file", str(words)]
    shown = shown_by(
        root,
        (["keys", "rotate", "viewer"], "", 2),
        (["keys", "rotate", "viewer", "--yes"], "", 0),
        (["keys", "rotate", "viewer", "--yes", "-o", "json"], "", 0),
        (["keys", "rotate", "nobody", "--yes"], "", 2),
        (["keys", "backup", file, *option], "", 0),
        (["keys", "backup", file, *option], "", 5),
        (["keys", "backup", file + "2"], "", 2),
        (["keys", "backup", file + "2"], "short", 5),
        (["keys", "backup", file + "2"], "WORDS", 0),
        (["keys", "restore", file, *option], "", 0),
        (["keys", "restore", file], "WORDS twice", 5),
        (["keys", "restore", "pratique.yaml", *option], "", 5),
        (["keys", "list", "-o", "json"], "", 0),
        (["doctor"], "", 0),
        (["audit", "list", "-o", "json"], "", 0),
    )
    kept = [path.read_bytes() for path in (root / ".pratique").rglob("*") if path.is_file()]
    kept += [(tmp_path / name).read_bytes() for name in ("keys.backup", "keys.backup2")]
    assert b"joins" in shown.lower()
    for secret in secrets(root):
        assert len(secret) >= 30
        assert all(secret not in text for text in (shown, *kept)), "a key or the passphrase shows"
    words.chmod(0o644)
    assert b"others may open" in shown_by(root, (["keys", "restore", file, *option], "", 5))


def answered(root: Path, words: tuple[str, ...], answers: list[tuple[bytes, bytes]]) -> tuple[int, bytes]:
    """A command at a terminal: when it shows a text, type the answer."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(root)
        os.execve(sample.command()[0], sample.command(*words), sample.environment() | {"TERM": "xterm"})
    shown, deadline = b"", time.monotonic() + 60
    left = list(answers)
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
        if left and left[0][0] in shown:
            os.write(terminal, left.pop(0)[1] + b"\n")
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown


def test_at_a_terminal_it_asks(root: Path, tmp_path: Path) -> None:
    keyset = (root / "keys/eu.json").read_bytes()
    code, shown = answered(root, ("keys", "rotate", "viewer"), [(b"[y/N]", b"n")])
    assert (code, (root / "keys/eu.json").read_bytes()) == (3, keyset)
    assert b"Joins break" in shown
    typed = WORDS.encode()
    backup = str(tmp_path / "keys.backup")
    code, shown = answered(root, ("keys", "backup", backup), [(b"Passphrase: ", typed), (b"confirmation: ", typed)])
    assert code == 0
    assert typed not in shown, "what is typed is not echoed"
