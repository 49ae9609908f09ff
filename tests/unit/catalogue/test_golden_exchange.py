"""The file in which decisions are reviewed stands in people's repositories: it outlives code."""

import json
from pathlib import Path

from pratique.catalogue import proposals, verdicts
from pratique.catalogue.exchange import exchange, render
from pratique.config.exchange import read_exchange
from pratique.model.catalogue import Decision, Scan
from pratique.model.codec import decode

FOLDER = Path(__file__).parents[2] / "assets" / "golden"
CATALOGUE = json.loads((FOLDER / "catalogue.json").read_text(encoding="utf-8"))
GOLDEN = json.loads((FOLDER / "exchange.json").read_text(encoding="utf-8"))
SCAN = decode(Scan, CATALOGUE["scan"])
DECISIONS = tuple(decode(Decision, d) for d in CATALOGUE["decisions"])


def test_the_file_is_written_as_ever() -> None:
    stewards = {"ann": bytes.fromhex(GOLDEN["steward"])}
    proposed = proposals(SCAN, 0.05)
    content = exchange(SCAN, proposed, DECISIONS)
    assert render(content, verdicts(SCAN, DECISIONS, stewards, 0.05), SCAN.evidence) == GOLDEN["file"]


def test_the_file_is_read_as_ever() -> None:
    read = read_exchange(GOLDEN["file"].encode(), "x.yaml")
    assert read.problems == ()
    assert read == exchange(SCAN, proposals(SCAN, 0.05), DECISIONS)
    back = [entry.decision(read.dataset, field.path) for field in read.fields for entry in field.entries]
    assert sorted(back, key=lambda d: (d.path, d.sequence)) == sorted(DECISIONS, key=lambda d: (d.path, d.sequence))
