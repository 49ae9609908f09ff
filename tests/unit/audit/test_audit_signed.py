"""The signed end of the log: what nobody without the key can change, and what a killed process leaves of it."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.audit import FileAuditLog, verify_chain
from pratique.audit.entries import Link, build, parse
from pratique.audit.note import coming_path, note_path, read_note, signed_note, write_coming
from pratique.crypto.secret import SecretBytes
from pratique.crypto.signing import Ed25519Signer, generate
from pratique.errors import KeyStoreError, StoreError

KEY = generate()
OTHER = generate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "eu" / "audit.jsonl"


def log(path: Path, key: Ed25519Signer | None = KEY, region: str = "eu") -> FileAuditLog:
    return FileAuditLog(path, region, lambda: key)


def filled(path: Path, count: int = 4, key: Ed25519Signer | None = KEY) -> None:
    for number in range(count):
        log(path, key).append("run", "ann", {"run": f"r{number}"})


def check(path: Path, region: str = "eu") -> str:
    """The problem; empty where there is none."""
    found = verify_chain(path, region=region, public=KEY.public)
    assert found.ok == (not found.problem)
    assert found.ok == found.signed
    return found.problem


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def test_every_end_is_signed(path: Path) -> None:
    for number in range(1, 4):
        log(path).append("run", "ann", {})
        assert check(path) == ""
        assert read_note(path).link.sequence == number
        assert read_note(path).key == KEY.key_id
    assert not coming_path(path).exists()


def test_another_region_and_another_key_are_found(path: Path) -> None:
    filled(path)
    assert "another region's" in check(path, region="us")
    found = verify_chain(path, region="eu", public=OTHER.public)
    assert f"signed by another key ({KEY.key_id})" in found.problem


def forged(path: Path, upto: int) -> None:
    """A chain of other entries, every hash right, as anybody can write it."""
    end, made = Link(0, ""), b""
    for _ in range(upto):
        line, end = build(end, "2026-01-01T00:00:00+00:00", "run", "bob", {})
        made += line
    path.write_bytes(made)
    note_path(path).write_text(f"{end.sequence} {end.hash}\n")


def test_a_rewritten_log_is_found(path: Path) -> None:
    filled(path)
    forged(path, 4)
    assert "signed by no key" in check(path)


def test_a_rewritten_log_with_the_old_signature_is_found(path: Path) -> None:
    filled(path)
    words = note_path(path).read_text().split()
    forged(path, 4)
    end = note_path(path).read_text().split()
    note_path(path).write_text(" ".join([*end, *words[2:]]) + "\n")
    assert "does not fit it" in check(path)
    with pytest.raises(StoreError, match="does not fit it"):
        log(path).append("run", "ann", {})


def test_an_entry_after_the_signed_end_is_found(path: Path) -> None:
    filled(path)
    last = parse(lines(path)[-1][:-1])
    line, _ = build(Link(last["sequence"], last["hash"]), "2026-01-01T00:00:00+00:00", "decision", "ann", {})
    path.write_bytes(path.read_bytes() + line)
    assert "entry 5 stands after the signed end" in check(path)
    with pytest.raises(StoreError, match="entry 5"):
        log(path).append("run", "ann", {})
    with pytest.raises(StoreError, match="entry 5"):
        assert log(path).head


def test_what_was_coming_does_not_take_back_what_came(path: Path) -> None:
    """Somebody kept the note of an earlier end, and puts log and that note back as if it were on its way."""
    filled(path, 2)
    kept = note_path(path).read_bytes()
    filled(path, 2)
    path.write_bytes(b"".join(lines(path)[:2]))
    coming_path(path).write_bytes(kept)
    assert "entries are missing at the end: there were 4" in check(path)
    with pytest.raises(StoreError, match="was longer"):
        log(path).append("run", "ann", {})


def test_an_unsigned_log_is_sealed_and_says_so(path: Path) -> None:
    filled(path, 2, key=None)
    assert "signed by no key" in check(path)
    filled(path, 1)
    found = verify_chain(path, region="eu", public=KEY.public)
    assert (found.ok, found.entries, found.sealed) == (True, 4, (2,))


def test_a_signed_log_takes_nothing_unsigned(path: Path) -> None:
    filled(path)
    before = path.read_bytes()
    with pytest.raises(KeyStoreError):
        log(path, None).append("run", "ann", {})
    assert path.read_bytes() == before


@pytest.mark.parametrize("written", ["nothing", "half", "all"])
def test_a_process_killed_between_the_two_notes(path: Path, written: str) -> None:
    filled(path, 2)
    last = parse(lines(path)[-1][:-1])
    line, link = build(Link(2, last["hash"]), "2026-01-01T00:00:00+00:00", "run", "ann", {})
    write_coming(path, signed_note("eu", link, KEY))
    path.write_bytes(path.read_bytes() + {"nothing": b"", "half": line[:40], "all": line}[written])
    assert check(path) == ""
    log(path).append("run", "ann", {})
    assert check(path) == ""
    assert len(lines(path)) == (4 if written == "all" else 3)


@pytest.mark.parametrize("torn", ["", "3", "3 ", "x y", "1 2 3", "1 " + "a" * 64 + " zz =", "9" * 2000])
def test_a_note_of_odd_words_is_refused(path: Path, torn: str) -> None:
    filled(path)
    note_path(path).write_text(torn)
    with pytest.raises(StoreError, match="does not read"):
        check(path)
    with pytest.raises(StoreError, match="does not read"):
        log(path).append("run", "ann", {})


@settings(max_examples=60, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), note=st.booleans())
def test_no_bit_changes_unseen(where: float, bit: int, note: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.jsonl"
        filled(path, 3)
        file = note_path(path) if note else path
        data = bytearray(file.read_bytes())
        data[int(where * len(data))] ^= 1 << bit
        file.write_bytes(data)
        try:
            problem = check(path)
        except StoreError:
            return
        # Only the last line break, and spaces and the break of the note, say nothing.
        at = int(where * len(data))
        assert problem or (not note and at == len(data) - 1) or (note and chr(data[at]).isspace()), at


APPEND = """
import sys
from pathlib import Path
from pratique.audit import FileAuditLog
from pratique.crypto.secret import SecretBytes
from pratique.crypto.secret import SecretBytes
from pratique.crypto.signing import Ed25519Signer
key = Ed25519Signer.from_secret(SecretBytes(bytes(32)))
log = FileAuditLog(Path(sys.argv[1]), "eu", lambda: key)
while True:
    print(log.append("run", "ann", {"text": "x" * 1500}), flush=True)
"""


def test_killed_at_any_moment_the_end_is_signed(path: Path) -> None:
    key = Ed25519Signer.from_secret(SecretBytes(bytes(32)))
    told: set[str] = set()
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", APPEND, path], 0, stdout=subprocess.PIPE)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(random.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        told |= set((first + rest).decode().split("\n")[:-1])
        assert verify_chain(path, region="eu", public=key.public).signed
    told.add(log(path, key).append("run", "ann", {}))
    assert told <= {parse(line[:-1])["hash"] for line in lines(path)}


def full_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def fails(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, name, fails)


@pytest.mark.parametrize("name", ["write", "pwrite", "fsync"])
def test_a_full_disk_refuses_and_heals(path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    filled(path)
    with monkeypatch.context() as patched:
        full_disk(patched, name)
        with pytest.raises(StoreError, match="No space left"):
            log(path).append("run", "ann", {})
    assert check(path) == ""
    filled(path, 1)
    assert check(path) == ""
    assert len(lines(path)) == 5
