"""The project of `make canary`: its file, and the decisions that a steward takes on its data, as a steward would."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.model.catalogue import DecisionKind
from pratique.model.paths import parse_path
from pratique.project import Project
from tools.canary_data import CALLS, EVENTS, LEDGER, LETTERS, PROFILES, RESTRICTED, SOURCE, TABLE, TARGET
from tools.canary_plant import Kind, Planter

STEWARD = "office"
DESK = "fraud-desk"
PROJECT = f"""\
name: Hafen AG
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{STEWARD}: keys/{STEWARD}.pub}}
reidentifiers:
  {DESK}: {{key: keys/{DESK}.pub, flows: [{EVENTS}, {PROFILES}]}}
datasets:
  {EVENTS}: {{uri: {SOURCE}/{EVENTS}/, format: jsonl, region: eu, subject: user_id, purpose: test, retention: 2y}}
  {PROFILES}: {{uri: {SOURCE}/{PROFILES}/, format: jsonl, region: eu, purpose: test, retention: 2y}}
  {TABLE}: {{uri: {SOURCE}/{TABLE}/, format: csv, region: eu, purpose: test, retention: 2y}}
  {LETTERS}: {{uri: {SOURCE}/{LETTERS}/, format: text, region: eu, purpose: test, retention: 2y}}
  {LEDGER}: {{uri: {SOURCE}/{LEDGER}/, format: parquet, region: eu, purpose: test, retention: 2y}}
  {CALLS}: {{uri: {SOURCE}/{CALLS}/, format: avro, region: eu, purpose: test, retention: 2y}}
  {LEDGER}-us: {{uri: {TARGET}/{LEDGER}/, format: avro, region: us}}
  {CALLS}-us: {{uri: {TARGET}/{CALLS}/, format: parquet, region: us}}
  {EVENTS}-us: {{uri: {TARGET}/{EVENTS}/, format: jsonl, region: us}}
  {PROFILES}-us: {{uri: {TARGET}/{PROFILES}/, format: jsonl, region: us}}
  {TABLE}-us: {{uri: {TARGET}/{TABLE}/, format: csv, region: us}}
  {LETTERS}-us: {{uri: {TARGET}/{LETTERS}/, format: text, region: us}}
  restricted: {{uri: {RESTRICTED}/, format: jsonl, region: eu, restricted: true}}
policies:
  default:
    entities:
      USER_ID: {{token: people}}
      EMAIL_ADDRESS: {{token: mail}}
      CREDIT_CARD: {{pseudonym: card}}
      IBAN_CODE: redact
      PHONE_NUMBER: replace
      PERSON: replace
      DATE_TIME: shift_date
      DATE_OF_BIRTH: shift_date
    fields:
      {EVENTS}.contact: {{token: other}}
      {EVENTS}.name: {{token: names}}
      {EVENTS}.note: {{as: text}}
    not_personal: keep
    otherwise: quarantine
  letters:
    entities: {{EMAIL_ADDRESS: replace, PHONE_NUMBER: replace, IBAN_CODE: replace, CREDIT_CARD: replace}}
    fields: {{{LETTERS}.text: {{as: text}}}}
    not_personal: keep
    otherwise: replace
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31, residue: 0, residue_score: 0.6}}
flows:
  {EVENTS}: {{from: {EVENTS}, to: {EVENTS}-us, policy: default, max_quarantine: 0.5}}
  {PROFILES}: {{from: {PROFILES}, to: {PROFILES}-us, policy: default, max_quarantine: 0.5}}
  {TABLE}: {{from: {TABLE}, to: {TABLE}-us, policy: default, max_quarantine: 0.5}}
  {LEDGER}: {{from: {LEDGER}, to: {LEDGER}-us, policy: default, max_quarantine: 0.5}}
  {CALLS}: {{from: {CALLS}, to: {CALLS}-us, policy: default, max_quarantine: 0.5}}
  {LETTERS}: {{from: {LETTERS}, to: {LETTERS}-us, policy: letters}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{14}}\\b', score: 0.9, field_names: [user_id]}}
  allow: ['ALLOWED']
"""
KEPT = {
    EVENTS: ("number", "show", "price", "paid"),
    PROFILES: ("number", "tags[]", "labels{}", "labels{keys}", "contacts{}.since"),
    TABLE: ("number", "city", "remark"),
    LEDGER: ("number", "city"),
    CALLS: ("number", "city"),
}
HELD: dict[str, dict[str, tuple[str, ...]]] = {
    EVENTS: {
        "user_id": ("USER_ID",),
        "email": ("EMAIL_ADDRESS",),
        "contact": ("EMAIL_ADDRESS",),
        "card": ("CREDIT_CARD",),
        "iban": ("IBAN_CODE",),
        "name": ("PERSON",),
        "owner": ("PERSON",),
        "phone": ("PHONE_NUMBER",),
        "born": ("DATE_TIME", "DATE_OF_BIRTH"),
        "joined": ("DATE_TIME",),
        "note": ("EMAIL_ADDRESS", "IBAN_CODE"),
    },
    PROFILES: {
        "person.name": ("PERSON",),
        "person.emails[]": ("EMAIL_ADDRESS",),
        "contacts{keys}": ("EMAIL_ADDRESS",),
        "history[][]": ("IBAN_CODE",),
    },
    TABLE: {"email": ("EMAIL_ADDRESS",), "owner": ("PERSON",), "iban": ("IBAN_CODE",)},
    LEDGER: {"email": ("EMAIL_ADDRESS",), "owner": ("PERSON",)},
    CALLS: {"email": ("EMAIL_ADDRESS",), "owner": ("PERSON",)},
    LETTERS: {"text": ("EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "CREDIT_CARD")},
}


def write_project(planter: Planter, root: Path) -> None:
    """The project file; what it allows never to be a finding is a planted value, and stands nowhere else."""
    root.mkdir(parents=True, exist_ok=True)
    allowed = f"{planter.letters(20)}@{planter.letters(8)}.example.org"
    # Also as a list of one, which is what a digest of the list is of.
    planter.planted.allowed = planter.add(Kind.TREATED, allowed, json.dumps([allowed]))
    (root / "pratique.yaml").write_text(PROJECT.replace("ALLOWED", allowed), encoding="utf-8")


def plant_secrets(planter: Planter, root: Path) -> None:
    """What the keys hold, and a passphrase: secrets are sought like values, and may be in their own files only."""
    keyset = json.loads((root / "keys" / "eu.json").read_text(encoding="utf-8"))
    for secret in (keyset["masters"][0]["secret"], keyset["exporter"]["private"]):
        planter.add(Kind.SECRET, secret, base64.b64decode(secret).hex())
    for path in (*sorted((root / "keys").glob("*.key")), root / "keys" / "eu.quarantine.pem"):
        planter.add(Kind.SECRET, path.read_text(encoding="ascii").splitlines()[1])
    (root / "keys" / "passphrase").write_text(planter.word(Kind.SECRET), encoding="utf-8")
    fernet = base64.urlsafe_b64encode(planter.choose.randbytes(32)).decode()
    (root / "keys" / "fernet").write_text(planter.add(Kind.SECRET, fernet), encoding="utf-8")
    for name in ("passphrase", "fernet"):
        (root / "keys" / name).chmod(0o600)


def decide(root: Path) -> None:
    """Make the keys, scan every dataset, and decide on every field, as a steward."""
    create_missing(Assembly(load(root / "pratique.yaml")))
    project = Project.open(root)
    project.scan()
    for dataset, fields in HELD.items():
        for path, types in fields.items():
            _take(project, dataset, [path], DecisionKind.SET, types)
    for dataset, paths in KEPT.items():
        _take(project, dataset, paths, DecisionKind.NOT_PERSONAL, ())
    project.export_public(root / "exporter.pub")


def _take(project: Project, dataset: str, paths: Sequence[str], kind: DecisionKind, types: Sequence[str]) -> None:
    chosen = [parse_path(path) for path in paths]
    project.decide(dataset, chosen, kind, types, reason="made-up data", steward=STEWARD)
