"""A project of any shape, decided as far as a steward can loosen it, and what came of attacking it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.crypto.seal import load_unseal_key
from pratique.model.catalogue import DecisionKind
from pratique.model.paths import show_path
from pratique.pipeline.results import RunReport
from pratique.project import Project
from pratique.quarantine.reader import read

FLOW = "f"
STEWARD = "office"
MENTIONS = ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "CREDIT_CARD")
PROJECT = """\
name: Hafen AG
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{office: keys/office.pub}}
datasets:
  e: {{uri: data/eu/, format: {format}, region: eu}}
  e-us: {{uri: data/us/, format: {format}, region: us}}
policies:
  default:
    entities:
      PERSON: replace
      EMAIL_ADDRESS: {{token: mail}}
      PHONE_NUMBER: {{token: phone}}
      IBAN_CODE: {{mask: {{keep_last: 4}}}}
      CREDIT_CARD: {{token: card}}
    fields: {{{fields}}}
    not_personal: keep
    otherwise: replace
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31}}
flows:
  f: {{from: e, to: e-us, policy: default, max_quarantine: 1.0}}
"""


def make(root: Path, files: Mapping[str, bytes], *, format: str = "jsonl", fields: str = "") -> Project:
    """A project with keys and a scan of ``files``."""
    put(root, files)
    (root / "pratique.yaml").write_text(PROJECT.format(format=format, fields=fields), encoding="utf-8")
    create_missing(Assembly(load(root / "pratique.yaml")))
    project = Project.open(root)
    project.scan(["e"])
    return project


def loosen(project: Project, held: Mapping[str, Sequence[str]]) -> None:
    """Hold the named fields to be of these types, and every other field to be free of personal data."""
    for view in project.catalogue("e"):
        types = held.get(show_path(view.path), ())
        kind = DecisionKind.SET if types else DecisionKind.NOT_PERSONAL
        project.decide("e", [view.path], kind, types, reason="made up", steward=STEWARD)


def put(root: Path, files: Mapping[str, bytes]) -> None:
    """Write inputs."""
    for name, data in files.items():
        path = root / "data/eu" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def lines(records: Iterable[Any]) -> bytes:
    """Records as JSON Lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def released(root: Path, report: RunReport) -> bytes:
    """The data of a release."""
    return b"".join(path.read_bytes() for path in sorted((root / "data/us" / report.run).glob("0*")))


def held(root: Path, report: RunReport) -> list[tuple[str, bytes]]:
    """Rule and original bytes of everything in quarantine, decrypted."""
    private = load_unseal_key(root / "keys/eu.quarantine.pem")
    folder = root / ".pratique/eu/quarantine" / FLOW / report.run
    return [
        (entry.rule, entry.original) for path in sorted(folder.glob("*.quarantine")) for entry in read(path, private)
    ]


def balanced(root: Path, report: RunReport) -> None:
    """``in = out + quarantined``, and what is in quarantine can be had again."""
    counts = report.counts
    assert counts.read == counts.written + sum(counts.quarantined.values())
    assert len(held(root, report)) == sum(counts.quarantined.values())


def leaks(root: Path, *values: str, below: Sequence[str] = ("data/us", ".pratique")) -> list[str]:
    """Files below these folders in which, or in whose names, a planted value stands in any of its written forms."""
    forms = [form for value in values for form in (value.encode(), json.dumps(value)[1:-1].encode())]
    paths = [path for folder in below for path in (root / folder).rglob("*") if path.is_file()]
    return [path.name for path in paths if any(f in path.read_bytes() or f in path.name.encode() for f in forms)]


def command(*words: str) -> list[str]:
    """A command line of Pratique."""
    return [sys.executable, "-m", "pratique", *words]


def call(words: Sequence[str], root: Path, out: IO[bytes]) -> "subprocess.CompletedProcess[bytes]":
    """Run a command in a process of its own, its standard output into ``out``."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    return subprocess.run(words, cwd=root, env=environment, stdout=out, stderr=subprocess.PIPE, check=False, timeout=60)
