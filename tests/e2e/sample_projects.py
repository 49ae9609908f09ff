"""A small project that is scanned and decided for real, its inputs, and ways to call it."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.crypto.dsse import open_envelope
from pratique.crypto.seal import load_unseal_key
from pratique.model.catalogue import DecisionKind
from pratique.model.release import Release
from pratique.pipeline.results import RunReport
from pratique.project import Project
from pratique.quarantine.reader import read
from pratique.verify.statement import read_statement

FLOW = "events"
STEWARD = "office"
IBAN = "DE89370400440532013000"
NAME = "Anna Schmidt"
EMAIL = "anna.schmidt@example.org"
PROJECT = f"""\
name: Hafen AG
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{STEWARD}: keys/{STEWARD}.pub}}
datasets:
  events: {{uri: data/eu/events/, format: jsonl, region: eu, subject: user_id, purpose: test, retention: 1d}}
  events-us: {{uri: data/us/events/, format: jsonl, region: us}}
policies:
  default:
    entities:
      USER_ID: {{token: viewer}}
      CREDIT_CARD: {{token: card}}
      PERSON: replace
      EMAIL_ADDRESS: replace
      IBAN_CODE: replace
    fields: {{events.note: {{as: text}}}}
    not_personal: keep
    otherwise: quarantine
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31, residue: 0, residue_score: 0.6}}
flows:
  {FLOW}: {{from: events, to: events-us, policy: default, max_quarantine: 0.5}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{8}}\\b', score: 0.9, field_names: [user_id]}}
"""
SHOWS = ("Night Ferry", "Small Hours", "Paper Boats")
NOTES = (
    "please call back, the parcel did not come",
    f"{NAME} asked for a refund",
    f"write to {EMAIL}",
    f"pay to {IBAN}",
)


def record(number: int) -> dict[str, Any]:
    """A record that passes, unlike every other."""
    return {
        "number": number,
        "user_id": f"user-{number * 7919 % 10**8:08d}",
        "card_number": card(number),
        "show": SHOWS[number % len(SHOWS)],
        "price": number % 90 / 4 + 0.25,
        "note": NOTES[number % len(NOTES)],
    }


def card(number: int) -> str:
    """A 15-digit card number with its Luhn digit."""
    body = f"37{number * 104_729 % 10**12:012d}"
    total = 0
    for place, digit in enumerate(reversed(body)):
        double = int(digit) * (2 - place % 2)
        total += double // 10 + double % 10
    return f"{body}{-total % 10}"


def lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Records as JSON Lines."""
    return b"".join(json.dumps(item).encode() + b"\n" for item in records)


def state(root: Path) -> dict[str, Any]:
    """All that a project holds: its files' bytes, and what is in its databases, however SQLite lays it out."""
    files = [file for file in sorted(root.rglob("*")) if file.is_file()]
    found: dict[str, Any] = {str(file): file.read_bytes() for file in files if ".db" not in file.name}
    for file in files:
        if file.suffix == ".db":
            with contextlib.closing(sqlite3.connect(file)) as connection:
                found[str(file)] = list(connection.iterdump())
    return found


def source(root: Path) -> Path:
    """Where the inputs lie."""
    return root / "data" / "eu" / "events"


def target(root: Path) -> Path:
    """Where releases come to lie."""
    return root / "data" / "us" / "events"


def write(root: Path, name: str, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write one input."""
    path = source(root) / name
    path.write_bytes(lines(records))
    return path


def prepare(root: Path) -> Path:
    """A project with keys, a scan of 300 records, and every field decided by its steward; its source is empty then."""
    source(root).mkdir(parents=True)
    (root / "pratique.yaml").write_text(PROJECT, encoding="utf-8")
    create_missing(Assembly(load(root / "pratique.yaml")))
    sample = write(root, "sample.jsonl", map(record, range(300)))
    project = Project.open(root)
    project.scan([FLOW])
    kept = [("number",), ("show",), ("price",)]
    mentions = ("PERSON", "EMAIL_ADDRESS", "IBAN_CODE")
    project.decide(FLOW, [("note",)], DecisionKind.SET, mentions, reason="made up", steward=STEWARD)
    project.decide(FLOW, kept, DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    sample.unlink()
    project.export_public(root / "exporter.pub")
    return root


def copy(template: Path, root: Path) -> Path:
    """A project of its own, with the same keys and decisions."""
    shutil.copytree(template, root, symlinks=True)
    return root


def run(root: Path, *, workers: int = 1, full: bool = False) -> RunReport:
    """Run the flow in this process."""
    return Project.open(root).run(FLOW, workers=workers, full=full)


def released(root: Path, report: RunReport) -> list[dict[str, Any]]:
    """The records of a release, in the order of its files."""
    return [json.loads(line) for line in released_bytes(root, report).splitlines()]


def released_bytes(root: Path, report: RunReport) -> bytes:
    """The data files of a release, one after the other."""
    return b"".join(path.read_bytes() for path in sorted((target(root) / report.run).glob("0*")))


def statement(folder: Path) -> Release:
    """What a release's folder says."""
    return read_statement(open_envelope((folder / "release.json").read_bytes()).payload)


def quarantined(root: Path, run_id: str) -> dict[str, list[bytes]]:
    """Original bytes by rule, decrypted."""
    private = load_unseal_key(root / "keys" / "eu.quarantine.pem")
    found: dict[str, list[bytes]] = {}
    for path in sorted((root / ".pratique/eu/quarantine" / FLOW / run_id).glob("*.quarantine")):
        for entry in read(path, private):
            found.setdefault(entry.rule, []).append(entry.original)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def command(*words: str) -> list[str]:
    """A command line of Pratique."""
    return [sys.executable, "-m", "pratique", *words]


def environment() -> dict[str, str]:
    """This process's environment, with the program on the path."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}


def start(root: Path, words: Sequence[str]) -> "subprocess.Popen[str]":
    """Start a command as a process of its own, in the project's folder."""
    return subprocess.Popen(
        command(*words), cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
