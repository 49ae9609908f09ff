"""A release tampered with, replayed, revoked or expired: ``pratique verify`` says which, and exits with 7."""

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import pratique.cli.errors
from pratique.crypto.dsse import open_envelope, sign
from pratique.crypto.signing import generate, load_public, save_public
from pratique.keys import FileKeyStore
from pratique.model.release import PAYLOAD_TYPE, Release
from pratique.verify.statement import build_statement
from tests.e2e.sample_projects import prepare, record, run, statement, target, write

pytestmark = pytest.mark.e2e

Verify = Callable[..., SimpleNamespace]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two releases of two files and one."""
    root = prepare(tmp_path_factory.mktemp("released") / "project")
    write(root, "a.jsonl", map(record, range(40)))
    write(root, "b.jsonl", map(record, range(40, 60)))
    run(root)
    write(root, "c.jsonl", map(record, range(60, 80)))
    run(root)
    return root


def release_of(root: Path, sequence: int) -> Path:
    (found,) = [folder for folder in target(root).iterdir() if statement(folder).sequence == sequence]
    return found


@pytest.fixture
def release(published: Path, tmp_path: Path) -> Path:
    """A copy of the first release, as a recipient has it."""
    return Path(shutil.copytree(release_of(published, 1), tmp_path / "received"))


@pytest.fixture
def verify(published: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Runs the command as the script does, with the exporter's key."""

    def call(*words: object, key: Path = published / "exporter.pub") -> SimpleNamespace:
        code = pratique.cli.errors.run(["verify", *map(str, words), "--key", str(key)])
        printed = capsys.readouterr()
        return SimpleNamespace(code=code, out=printed.out, error=printed.err)

    return call


def refuses(outcome: SimpleNamespace, *words: str) -> None:
    """Exit code 7, nothing on standard output, one line on standard error that says all of ``words``."""
    assert outcome.code == 7
    assert outcome.out == ""
    (line,) = outcome.error.splitlines()
    assert [word for word in words if word not in line] == []


def data_files(release: Path) -> list[Path]:
    return sorted(release.glob("*.jsonl"))


def trust_file(path: Path, published: Path, **changes: object) -> Path:
    public = base64.b64encode(load_public(published / "exporter.pub")).decode()
    accepted = {
        "version": 1,
        "exporters": {"Hafen AG": [public]},
        "routes": {"eu -> us": ["pseudonymised"]},
        "revoked_runs": [],
        "revoked_releases": [],
        "lowest": {},
    }
    path.write_text(json.dumps({**accepted, **changes}))
    return path


def signed_anew(published: Path, release: Path, change: Callable[[Release], Release]) -> None:
    """The exporter's own signature over another statement: what an honest mistake or an old route would look like."""
    signer = FileKeyStore(published / "keys" / "eu.json").exporter()
    (release / "release.json").write_bytes(sign(PAYLOAD_TYPE, build_statement(change(statement(release))), signer))


def test_as_released_it_verifies(verify: Verify, release: Path, published: Path, tmp_path: Path) -> None:
    assert verify(release).code == 0
    assert verify(release / "release.json", "--trust", trust_file(tmp_path / "trust.json", published)).code == 0


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_one_byte_of_a_file(verify: Verify, release: Path, which: int, where: str) -> None:
    path = data_files(release)[which]
    data = bytearray(path.read_bytes())
    at = {"first": 0, "middle": len(data) // 2, "last": len(data) - 1}[where]
    data[at] ^= 1
    path.write_bytes(data)
    refuses(verify(release), path.name, "changed")


@pytest.mark.parametrize("data", [b"", b"x"])
def test_a_file_cut_or_grown(verify: Verify, release: Path, data: bytes) -> None:
    path = data_files(release)[0]
    path.write_bytes(path.read_bytes() + data if data else path.read_bytes()[:-1])
    refuses(verify(release), path.name, "changed")


def test_every_byte_of_the_release_counts(verify: Verify, release: Path) -> None:
    """Every 97th byte of release.json, one at a time; the first and the last ones too."""
    path = release / "release.json"
    whole = path.read_bytes()
    for at in {0, 1, len(whole) - 1, *range(0, len(whole), 97)}:
        data = bytearray(whole)
        data[at] ^= 1
        path.write_bytes(data)
        refuses(verify(release))


def test_one_byte_of_the_signed_statement(verify: Verify, release: Path) -> None:
    path = release / "release.json"
    envelope = json.loads(path.read_bytes())
    payload = base64.b64decode(envelope["payload"]).replace(b'"read":60', b'"read":61')
    path.write_text(json.dumps({**envelope, "payload": base64.b64encode(payload).decode()}))
    refuses(verify(release))


def test_a_file_added(verify: Verify, release: Path) -> None:
    (release / "more.jsonl").write_bytes(b"{}\n")
    refuses(verify(release), "more.jsonl", "added")


def test_a_hidden_file_added(verify: Verify, release: Path) -> None:
    (release / ".more").write_bytes(b"")
    refuses(verify(release), ".more", "added")


def test_a_file_removed(verify: Verify, release: Path) -> None:
    path = data_files(release)[1]
    path.unlink()
    refuses(verify(release), path.name, "missing")


def test_a_file_renamed(verify: Verify, release: Path) -> None:
    path = data_files(release)[0]
    path.rename(path.with_name("other.jsonl"))
    refuses(verify(release), path.name, "renamed", "other.jsonl")


def test_two_files_exchanged(verify: Verify, release: Path) -> None:
    first, second = data_files(release)
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    refuses(verify(release), first.name, "changed")


def test_a_file_that_is_a_link_now(verify: Verify, release: Path, tmp_path: Path) -> None:
    path = data_files(release)[0]
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    refuses(verify(release), path.name, "link")


def test_no_release_file(verify: Verify, release: Path) -> None:
    (release / "release.json").unlink()
    refuses(verify(release), "release.json", "missing")


def test_signed_by_another_key(verify: Verify, release: Path) -> None:
    path = release / "release.json"
    payload = open_envelope(path.read_bytes()).payload
    path.write_bytes(sign(PAYLOAD_TYPE, payload, generate()))
    refuses(verify(release), "signed by another key")


def test_held_against_another_key(verify: Verify, release: Path, tmp_path: Path) -> None:
    save_public(tmp_path / "other.pub", generate().public)
    refuses(verify(release, key=tmp_path / "other.pub"), "signed by another key")


def test_an_older_release_replayed(verify: Verify, published: Path, release: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    assert verify(release, "--seen", seen).code == 0
    assert verify(release_of(published, 2), "--seen", seen).code == 0
    refuses(verify(release, "--seen", seen), "older release", "replayed", "sequence 1")
    assert verify(release_of(published, 2), "--seen", seen).code == 0


def test_what_does_not_verify_is_not_remembered(verify: Verify, published: Path, release: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    second = Path(shutil.copytree(release_of(published, 2), tmp_path / "second"))
    data_files(second)[0].write_bytes(b"")
    refuses(verify(second, "--seen", seen))
    assert verify(release, "--seen", seen).code == 0


@pytest.mark.parametrize("by", ["revoked_runs", "revoked_releases"])
def test_revoked(verify: Verify, published: Path, release: Path, tmp_path: Path, by: str) -> None:
    payload = open_envelope((release / "release.json").read_bytes()).payload
    named = {"revoked_runs": statement(release).run, "revoked_releases": hashlib.sha256(payload).hexdigest()}
    trust = trust_file(tmp_path / "trust.json", published, **{by: [named[by]]})
    refuses(verify(release, "--trust", trust), "revoked")
    assert verify(release_of(published, 2), "--trust", trust).code == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"exporters": {}}, "exporter"),
        ({"routes": {}}, "route"),
        ({"routes": {"eu -> us": ["anonymised"]}}, "pseudonymised"),
        ({"lowest": {"events": 2}}, "sequence 1"),
        ({"more": 1}, "trust file"),
    ],
)
def test_not_trusted(
    verify: Verify, published: Path, release: Path, tmp_path: Path, change: dict[str, object], word: str
) -> None:
    refuses(verify(release, "--trust", trust_file(tmp_path / "trust.json", published, **change)), word)


def test_an_expired_route(verify: Verify, published: Path, release: Path) -> None:
    def expire(found: Release) -> Release:
        assert found.route is not None
        return replace(found, route={**found.route, "until": "2020-12-31"})

    signed_anew(published, release, expire)
    refuses(verify(release), "expired", "2020-12-31", "eu -> us")


def test_counts_that_do_not_add_up(verify: Verify, published: Path, release: Path) -> None:
    signed_anew(published, release, lambda found: replace(found, counts=replace(found.counts, read=1000)))
    refuses(verify(release), "counts", "add up")
