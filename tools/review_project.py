"""A made-up project with more than 200 fields to review: ``python tools/review_project.py FOLDER``.

Six datasets of a shop, scanned for real; every value is made up from a fixed seed. With this project `pratique review`
is tried as a new user would (docs/guide/reviewing.md), and its tests count keystrokes. No model of language reads it:
what is proposed is the same with every model.
"""

import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.project import Project

RECORDS = 120
STEWARD = "privacy-office"
_FIRST = ("Anna", "Jonas", "Lena", "Marek", "Chloé", "Tomasz", "Ingrid", "Paolo", "Sofia", "Emil", "Greta", "Luca")
_LAST = ("Schmidt", "Novak", "Dubois", "Rossi", "Jansen", "Lindqvist", "Kowalski", "Moreau", "Weber", "Horvat")
_STREETS = ("Hauptstraße", "Gartenweg", "Lindenallee", "Bahnhofstraße", "Am Markt")
_TOWNS = ("Hamburg", "Berlin", "Wien", "Lyon", "Milano", "Gdansk", "Malmö")
_WORDS = ("red", "oak", "lamp", "chair", "shelf", "linen", "steel", "round", "small", "large", "matte", "glass")
_STATES = ("new", "open", "done", "late", "void")
_Maker = Callable[[random.Random], Any]


def _person(r: random.Random) -> str:
    return f"{r.choice(_FIRST)} {r.choice(_LAST)}"


def _mail(r: random.Random) -> str:
    return f"{r.choice(_FIRST).lower().replace('é', 'e')}.{r.choice(_LAST).lower()}{r.randrange(999)}@example.org"


def _phone(r: random.Random) -> str:
    return f"+49 40 {r.randrange(10**6, 10**7)}"


def _iban(r: random.Random) -> str:
    body = f"{r.randrange(10**18):018d}"
    return f"DE{98 - int(body + '131400') % 97:02d}{body}"


def _card(r: random.Random) -> str:
    body = f"37{r.randrange(10**12):012d}"
    total = sum(sum(divmod(int(d) * (2 - at % 2), 10)) for at, d in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def _day(r: random.Random) -> str:
    return f"{r.randrange(1950, 2026)}-{r.randrange(1, 13):02d}-{r.randrange(1, 29):02d}"


def _note(r: random.Random) -> str:
    middle = r.choice((_person(r), "the customer", _mail(r), "nobody"))
    return f"{middle} asked about the {r.choice(_WORDS)} {r.choice(_WORDS)}"


PERSONAL: Mapping[str, _Maker] = {
    "first_name": lambda r: r.choice(_FIRST),
    "last_name": lambda r: r.choice(_LAST),
    "full_name": _person,
    "email": _mail,
    "phone": _phone,
    "mobile": _phone,
    "iban": _iban,
    "card_number": _card,
    "birth_date": _day,
    "street": lambda r: f"{r.choice(_STREETS)} {r.randrange(1, 200)}",
    "ip_address": lambda r: f"192.0.2.{r.randrange(256)}",
    "customer_id": lambda r: f"C-{r.randrange(10**6):06d}",
}
PLAIN: Mapping[str, _Maker] = {
    "amount": lambda r: r.randrange(100, 99999) / 100,
    "quantity": lambda r: r.randrange(1, 20),
    "status": lambda r: r.choice(_STATES),
    "sku": lambda r: f"{r.choice(_WORDS)}-{r.choice(_WORDS)}",
    "colour": lambda r: r.choice(_WORDS),
    "is_active": lambda r: r.random() < 0.5,
    "channel": lambda r: r.choice(("shop", "web", "phone")),
    "note": _note,
    "rating": lambda r: r.randrange(1, 6),
    "weight": lambda r: r.random() * 40,
}
DATASETS = ("customers", "orders", "payments", "support", "newsletter", "staff")
PREFIXES = ("", "billing_", "delivery_")
_HEAD = f"""\
name: Made-up Shop AG
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{STEWARD}: keys/{STEWARD}.pub}}
policies:
  default:
    families:
      name: replace
      date: {{generalise: {{to: year}}}}
      address: replace
      bank-account: redact
    entities:
      CUSTOMER_ID: {{token: customer}}
      EMAIL_ADDRESS: {{token: customer-mail}}
      PHONE_NUMBER: {{mask: {{keep_last: 2}}}}
      CREDIT_CARD: {{token: card}}
      IP_ADDRESS: generalise
    fields:
      "support.note": {{as: text}}
    not_personal: keep
    otherwise: quarantine
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31}}
detection:
  model: none
  entities:
    CUSTOMER_ID: {{pattern: '\\bC-[0-9]{{6}}\\b', score: 0.9, field_names: [customer_id]}}
datasets:
"""


def records(dataset: str) -> list[dict[str, Any]]:
    """The records of one dataset; the same each time."""
    chance = random.Random(dataset)  # noqa: S311 (made-up data, the same each time)
    personal = [f"{prefix}{name}" for prefix in PREFIXES for name in PERSONAL]
    chosen = sorted(chance.sample(personal, 24))
    makers = {name: next(m for end, m in PERSONAL.items() if name.endswith(end)) for name in chosen}
    makers = {"customer_id": PERSONAL["customer_id"], **makers, **PLAIN}
    return [{name: make(chance) for name, make in makers.items()} for _ in range(RECORDS)]


def make(root: Path, datasets: Sequence[str] = DATASETS) -> Project:
    """Write the project, its keys and its data, and scan everything."""
    text = _HEAD
    for name in datasets:
        folder = root / "data/eu" / name
        folder.mkdir(parents=True)
        lines = "".join(json.dumps(record) + "\n" for record in records(name))
        (folder / "part.jsonl").write_text(lines, encoding="utf-8")
        text += f"  {name}: {{uri: data/eu/{name}/, format: jsonl, region: eu, purpose: test, retention: 1y}}\n"
        text += f"  {name}-us: {{uri: data/us/{name}/, format: jsonl, region: us}}\n"
    text += "flows:\n" + "".join(f"  {n}: {{from: {n}, to: {n}-us, policy: default}}\n" for n in datasets)
    (root / "pratique.yaml").write_text(text, encoding="utf-8")
    create_missing(Assembly(load(root / "pratique.yaml")))
    project = Project.open(root)
    project.scan()
    return project


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    print(f"review-project: {len(made.review_queue())} fields to review in {sys.argv[1]}")
