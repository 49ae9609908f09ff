"""The project that `tools/chaos_batch.py` kills the runs of: its file, its inputs, and how it is called.

Every record has a number of its own, so that what came out can be told apart from what else might have; about one in
ninety cannot be treated, for one of several reasons, and must be found in quarantine.
"""

import gzip
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.model.catalogue import DecisionKind
from pratique.project import Project
from tools.chaos_forms import Form, Record

ROOT = Path(__file__).resolve().parent.parent
FLOW = "events"
STEWARD = "office"
SOURCE = Path("data", "eu", "events")
TARGET = Path("data", "us", "events")
STATE = Path(".pratique", "eu")
ODD = 1 / 90
"""The share of records that cannot be treated."""
PART_SIZE = 48 << 10
"""Bytes, of runs with small parts: an input has several."""
PROJECT = f"""\
name: chaos
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{STEWARD}: keys/{STEWARD}.pub}}
datasets:
  events: {{uri: {SOURCE}/, format: FORMAT, region: eu, subject: user_id, purpose: chaos, retention: 1d}}
  events-us: {{uri: {TARGET}/, format: FORMAT, region: us}}
policies:
  default:
    entities: {{USER_ID: {{token: viewer}}, CREDIT_CARD: {{token: card}}, PERSON: replace, EMAIL_ADDRESS: replace}}
    fields: {{events.note: {{as: text}}}}
    not_personal: keep
    otherwise: quarantine
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31, residue: 0, residue_score: 0.6}}
flows:
  {FLOW}: {{from: events, to: events-us, policy: default}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{8}}\\b', score: 0.9, field_names: [user_id]}}
"""
_SHOWS = ("Night Ferry", "The Long Tide", "Small Hours", "Paper Boats", "Winter Kitchen", "Low Water")
_NOTES = (
    "please call back, the parcel did not come",
    "Anna Schmidt asked for a refund",
    "write to service.desk@example.org",
    "no",
)
_SMALL = (
    "import pratique.policy.compile as c; from pratique.cli import main; "
    f"c.compile_plan.__kwdefaults__['part_size'] = {PART_SIZE}; main()"
)
"""The program with small parts: the size goes through the plan, from where the workers have it."""


def make_project(folder: Path, form: Form) -> None:
    """Write, scan and decide a project; its source is empty then."""
    (folder / SOURCE).mkdir(parents=True)
    (folder / "pratique.yaml").write_text(PROJECT.replace("FORMAT", form.name), encoding="utf-8")
    sample = folder / SOURCE / f"sample{form.suffix}"
    sample.write_bytes(form.write(random.Random(0), range(500), _record, 0.0))  # noqa: S311 (made-up data)
    create_missing(Assembly(load(folder / "pratique.yaml")))
    project = Project.open(folder)
    project.scan([FLOW])
    mentions = ("PERSON", "EMAIL_ADDRESS")
    project.decide(FLOW, [("note",)], DecisionKind.SET, mentions, reason="made up", steward=STEWARD)
    for name in ("number", "show", "price"):
        project.decide(FLOW, [(name,)], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    sample.unlink()


def add_inputs(
    choose: random.Random, folders: Sequence[Path], form: Form, name: str, first: int, records: int, files: int
) -> int:
    """Write the same new inputs to every folder, the last one as gzip where that suits the format; gives how many
    records there are.
    """
    written = 0
    for number in range(files):
        share = records // files
        data = form.write(choose, range(first + written, first + written + share), _record, ODD)
        suffix = form.suffix
        written += share
        if form.gzipped and number == files - 1:
            data, suffix = gzip.compress(data, 1, mtime=0), f"{suffix}.gz"
        for folder in folders:
            # By another name first, as a careful writer does: no listing sees half a file.
            hidden = folder / SOURCE / ".unfinished"
            hidden.write_bytes(data)
            hidden.rename(folder / SOURCE / f"{name}-{number:02d}{suffix}")
    return written


def command(*words: str, small: bool = False) -> list[str]:
    """A command line of Pratique, by this interpreter."""
    return [sys.executable, *(("-c", _SMALL) if small else ("-m", "pratique")), *words]


def environment() -> dict[str, str]:
    """This process's environment, with the program on the path."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def _record(choose: random.Random, number: int) -> Record:
    return {
        "number": number,
        "user_id": f"user-{choose.randrange(2000):08d}",
        "card_number": _card(f"37{choose.randrange(10**12):012d}"),
        "show": choose.choice(_SHOWS),
        "price": choose.randrange(1, 400) / 4,
        "note": choose.choice(_NOTES),
    }


def _card(body: str) -> str:
    """The body with its Luhn digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        double = int(digit) * (2 - place % 2)
        total += double // 10 + double % 10
    return f"{body}{-total % 10}"
