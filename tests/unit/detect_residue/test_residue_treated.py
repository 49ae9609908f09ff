"""What Pratique's own transforms write is no residue: a gate that cries wolf stops all work."""

# mypy: disable-error-code="no-untyped-call"

import base64
import random
import shutil
import uuid
from pathlib import Path

import pyarrow as pa
import pytest

from pratique.detect.residue import ResidueDetector
from pratique.keys import FileKeyStore
from pratique.model.plan import Applied, KeyRef
from pratique.model.policy import TransformSpec
from pratique.model.schema import Kind
from pratique.transform import registry

DETECTOR = ResidueDetector()
GOLDEN = Path(__file__).parents[2] / "assets" / "golden"
SCORE = 0.6
LABELS = (
    "passport no. {}",
    "ЕГН {}",
    "Steuernummer: {}",
    "tel. {}",
    "born {}",
    "password: {}",
    "IBAN {}",
    "Frau {} schrieb",
    "{}",
)
"""What treated values stand behind in texts: the very words that make a raw value residue."""


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "keyset.json"
    shutil.copyfile(GOLDEN / "keyset.json", path)
    path.chmod(0o600)
    return FileKeyStore(path)


def raw_values():
    """Invented values of many forms: numbers, codes, names, dates, addresses, of each many."""
    rng = random.Random(11)

    def digits(count):
        return "".join(rng.choices("0123456789", k=count))

    values = []
    for _ in range(150):
        year, month, day = rng.randrange(1930, 2010), rng.randrange(1, 13), rng.randrange(1, 29)
        values += [
            digits(9), digits(10), digits(11), digits(13), "4" + digits(15), f"+49 30 {digits(7)}", f"0171 {digits(7)}",
            f"{year}-{month:02}-{day:02}", f"{digits(6)}/{digits(4)}", f"DE{digits(20)}", f"AB{digits(6)}C",
            f"anna.kern{digits(3)}@example.org", f"192.168.{rng.randrange(256)}.{rng.randrange(256)}",
            f"Musterstraße {rng.randrange(1, 200)}", "Anna Schmidt", "Jan Kowalski",
            f"L{digits(2)}X{digits(2)}T{digits(2)}",
        ]  # fmt: skip
    return values


RAW = raw_values()


def written(keys, name, params, entity):
    """What one transform writes for all of `RAW`, through its own check and binding; texts only."""
    transform = registry()[name]
    spec = TransformSpec(name, domain="people" if transform.keyed else None, params=params)
    complete = transform.check(spec, frozenset({Kind.STRING}), entity, in_text=True)
    key = KeyRef("people", "PERSON", 1, "eu -> us") if transform.keyed else None
    bound = transform.bind(Applied(entity, name, 1, complete, key), keys)
    return [out for out in bound.apply(RAW, ["one"] * len(RAW)) if isinstance(out, str)]


WAYS = [
    ("token", {}, "PERSON"),
    ("pseudonym", {}, "PERSON"),
    ("pseudonym", {"bits": 192}, "PERSON"),
    ("pseudonym", {"bits": 256}, "PERSON"),
    ("pseudonym", {"encoding": "hex"}, "PERSON"),
    ("pseudonym", {"encoding": "hex", "bits": 192}, "PERSON"),
    ("pseudonym", {"encoding": "hex", "bits": 256}, "PERSON"),
    ("mask", {}, "CREDIT_CARD"),
    ("mask", {"keep_last": 4}, "CREDIT_CARD"),
    ("mask", {"keep_first": 2, "keep_last": 2, "char": "#"}, "PHONE_NUMBER"),
    ("mask", {"keep_first": 1, "char": "•"}, "PERSON"),
    ("generalise", {"to": "year"}, "DATE_OF_BIRTH"),
    ("generalise", {"to": "quarter"}, "DATE_OF_BIRTH"),
    ("generalise", {"to": "month"}, "DATE_OF_BIRTH"),
    ("generalise", {"bins": 10}, "AGE"),
    ("generalise", {"to": "network"}, "IP_ADDRESS"),
    ("generalise", {"first": 2}, "DE_PLZ"),
    ("shift_date", {}, "DATE_OF_BIRTH"),
    ("shift_date", {}, "DATE_TIME"),
    ("replace", {}, "PERSON"),
    ("replace", {"with": "[removed]"}, "PHONE_NUMBER"),
]


def test_every_transform_that_writes_anything_is_among_them():
    silent = {"drop", "redact", "keep"}
    assert {name for name, _, _ in WAYS} | silent == set(registry())


@pytest.mark.parametrize(("name", "params", "entity"), WAYS)
def test_no_transforms_output_is_residue_alone_or_behind_a_label(keys, name, params, entity):
    emits = registry()[name].emits(entity)
    outputs = written(keys, name, params, entity)
    assert outputs
    texts = [label.format(output) for output in outputs for label in LABELS]
    wrong = [
        (texts[at], finding.entity)
        for at, findings in enumerate(DETECTOR.find_many(texts))
        for finding in findings
        if finding.score >= SCORE and finding.entity not in emits
    ]
    assert wrong == []


def test_what_the_labels_speak_for_is_residue_where_it_is_raw():
    """The test above can fail."""
    texts = [label.format(raw) for raw in RAW[:60] for label in LABELS]
    held = DETECTOR.find_any(pa.array(texts), SCORE)
    assert held.sum() > len(texts) / 2


def test_random_tokens_and_pseudonyms_of_any_key_hold_nothing():
    rng = random.Random(23)
    texts = []
    for _ in range(4000):
        raw = base64.urlsafe_b64encode(rng.randbytes(rng.choice((16, 24, 32)))).decode().rstrip("=")
        texts += [
            raw,
            raw + ".",
            f"id {raw}",
            rng.randbytes(16).hex(),
            f"tok1.1.{raw}",
            str(uuid.UUID(bytes=rng.randbytes(16))),
        ]
    assert [
        text for text, held in zip(texts, DETECTOR.find_many(texts), strict=True) if any(f.score >= SCORE for f in held)
    ] == []
