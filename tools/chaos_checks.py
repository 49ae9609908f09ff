"""What must hold after a kill, and after the run that got through."""

import base64
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.audit import verify_chain
from pratique.crypto.seal import UnsealKey, load_unseal_key
from pratique.errors import VerifyError
from pratique.keys import FileKeyStore
from pratique.quarantine.reader import read
from pratique.verify import Verification, verify_release
from tools.chaos_attempt import Wrong
from tools.chaos_forms import Form, unpacked
from tools.chaos_project import FLOW, SOURCE, STATE, TARGET

_VARYING = ("at", "audit_head", "previous")
"""What two runs of the same thing may differ in: times, and what hangs on them."""


def stored_releases(folder: Path) -> int:
    """How many releases the run store holds; read from a copy, so that what a killed run left is left as it is."""
    with tempfile.TemporaryDirectory() as place:
        for path in (folder / STATE).glob("pratique.db*"):
            if not path.name.endswith((".lock", "-shm")):
                shutil.copy(path, place)
        with closing(sqlite3.connect(Path(place, "pratique.db"))) as database:
            return int(database.execute("SELECT count(*) FROM releases").fetchone()[0])


def check_killed(folder: Path, output: bytes, public: bytes) -> str:
    """After a kill: nothing looks finished that is not. Gives how far the run had got.

    A folder without ``release.json`` does not verify, and was not reported; one that has it is whole.
    """
    stage = "working"
    for place in (folder / TARGET).glob("*"):
        if not (place / "release.json").exists():
            stage = "publishing"
            if _verified(place, public) is not None:
                raise Wrong("a folder without release.json verifies")
            if place.name.encode() in output:
                raise Wrong("a run was reported as done, and there is no release.json")
        elif not any(path.name.startswith(".") for path in place.iterdir()) and _verified(place, public) is None:
            raise Wrong("release.json stands, and the release does not verify")
    return stage


def _verified(place: Path, public: bytes) -> Verification | None:
    try:
        return verify_release(place, trust=None, exporter_key=public, seen=None, today=datetime.now(UTC).date())
    except VerifyError:
        return None


class Comparison:
    """A project whose runs were killed, held against its twin with the same keys and inputs whose runs were not."""

    def __init__(self, killed: Path, twin: Path, form: Form) -> None:
        self._form = form
        self._killed = killed
        self._twin = twin
        self.public = FileKeyStore(killed / "keys" / "eu.json").exporter_public()
        self._private = load_unseal_key(killed / "keys" / "eu.quarantine.pem")
        self._seen = killed / "seen.json"
        self._known: set[str] = set()

    def check(self, inputs: str, first: int, records: int) -> None:
        """After a run got through.

        1. The target is the twin's, file by file and byte by byte; the statements differ in times only.
        2. Quarantine, decrypted, is the twin's.
        3. Every record of this batch (inputs named ``inputs-…``, numbered from ``first``) is in the output once, or in
           quarantine once as it was.
        4. The release verifies, as the next one of its flow; staging is empty; the audit log is whole and names it.
        """
        ours, theirs = _tree(self._killed / TARGET), _tree(self._twin / TARGET)
        if ours.keys() != theirs.keys():
            raise Wrong(f"the files at the target differ: {sorted(ours.keys() ^ theirs.keys())[:4]}")
        runs = {Path(name).parts[0] for name in ours} - self._known
        if len(runs) != 1:
            raise Wrong(f"{len(runs)} releases came of one batch")
        (run,) = runs
        self._known |= runs
        for name in ours:
            if name.endswith("release.json"):
                if _statement(ours[name]) != _statement(theirs[name]):
                    raise Wrong("the statement says something else")
            elif ours[name] != theirs[name]:
                raise Wrong(f"{name} has other bytes")
        held = list(_quarantined(self._killed, run, self._private))
        if held != list(_quarantined(self._twin, run, self._private)):
            raise Wrong("quarantine differs")
        numbers = [
            number
            for name, data in sorted(ours.items())
            if name.startswith(run) and name.endswith(self._form.suffix)
            for number in self._form.numbers(data)
        ]
        self._check_records(inputs, first, records, numbers, [original for *_, original in held])
        self._check_state(run)

    def _check_records(self, inputs: str, first: int, records: int, numbers: list[int], held: list[bytes]) -> None:
        paths = sorted((self._killed / SOURCE).glob(f"{inputs}-*"))
        items = [item for path in paths for item in unpacked(self._form, path.name, path.read_bytes())]
        if len(items) != records or len(numbers) + len(held) != records:
            raise Wrong(f"{len(items)} records in, {len(numbers)} out, {len(held)} in quarantine")
        if len(set(numbers)) != len(numbers):
            raise Wrong("a record came out twice")
        if numbers != sorted(numbers):
            raise Wrong("records are out of order")
        out = set(numbers)
        missing = Counter(item for at, item in enumerate(items, start=first) if at not in out)
        if missing != Counter(item for original in held for item in self._form.items(original)):
            raise Wrong("what did not come out is not what is in quarantine")

    def _check_state(self, run: str) -> None:
        if litter := _litter(self._killed):
            raise Wrong(f"{len(litter)} files are left over: {litter[:4]}")
        found = verify_release(
            self._killed / TARGET / run,
            trust=None,
            exporter_key=self.public,
            seen=self._seen,
            today=datetime.now(UTC).date(),
        )
        if found.release.sequence != len(self._known):
            raise Wrong(f"release {len(self._known)} has sequence {found.release.sequence}")
        log = self._killed / STATE / "audit.jsonl"
        chain = verify_chain(log, found.release.audit_head)
        if not chain.ok:
            raise Wrong(f"the audit log: {chain.problem}")
        if not any(entry["event"] == "release" and entry["details"]["run"] == run for entry in _entries(log)):
            raise Wrong("the audit log does not tell of the release")
        # In a process of its own: this one has copied the database's files, and lost SQLite's locks by it.
        words = [sys.executable, "-m", "pratique", "audit", "verify", "-p", str(self._killed)]
        told = subprocess.run(words, capture_output=True, check=False, text=True)
        if told.returncode:
            raise Wrong(f"audit verify: {told.stdout or told.stderr}")


def _litter(folder: Path) -> list[str]:
    """What a run that got through must not leave: staged files, half-written files in quarantine or at the target."""
    staged = [path.name for path in (folder / STATE / "staging").iterdir() if not path.name.startswith(".")]
    roots = (folder / STATE / "quarantine", folder / TARGET)
    return staged + [path.name for root in roots for path in root.rglob(".*")]


def _tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _statement(envelope: bytes) -> dict[str, Any]:
    statement: dict[str, Any] = json.loads(base64.b64decode(json.loads(envelope)["payload"]))
    for name in _VARYING:
        del statement["predicate"][name]
    return statement


def _quarantined(folder: Path, run: str, private: UnsealKey) -> Iterator[tuple[str, int, str, object, bytes]]:
    for path in sorted((folder / STATE / "quarantine" / FLOW / run).glob("*.quarantine")):
        for entry in read(path, private):
            yield path.name, entry.ordinal, entry.rule, entry.path, entry.original


def _entries(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_bytes().splitlines()]
