"""Peer (b): Presidio's analyzer and anonymizer over records. Usage: presidio_peer.py INPUT RECORDS.

Runs in an environment of its own (`benchmarks.peers`). What favours it: a blank spaCy pipeline instead of a model (no
names are found), its own batch engines for columns of values, only the records that are asked for, and no gate, release
or verification. Its own recognisers run, with one pattern added for the viewers' ids.
"""

import json
import sys
import time
from itertools import islice

import spacy
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, Pattern, PatternRecognizer
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_anonymizer import BatchAnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig


class BlankEngine(SpacyNlpEngine):  # type: ignore[misc]
    """spaCy's tokenizer and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self) -> None:
        """Keep what is there; nothing is downloaded."""


def main() -> None:
    """Treat the first records of a file column by column and print seconds and records as JSON."""
    source, wanted = sys.argv[1], int(sys.argv[2])
    with open(source, encoding="utf-8") as lines:  # noqa: PTH123 (as a script would)
        records = [json.loads(line) for line in islice(lines, wanted)]
    columns = {name: [str(record[name]) for record in records] for name in records[0]}
    analyzer = AnalyzerEngine(nlp_engine=BlankEngine(), supported_languages=["en"])
    users = PatternRecognizer(supported_entity="USER_ID", patterns=[Pattern("user", r"\buser-\d{8}\b", 0.8)])
    analyzer.registry.add_recognizer(users)
    batch, anonymizer = BatchAnalyzerEngine(analyzer), BatchAnonymizerEngine()
    keyed = OperatorConfig("encrypt", {"key": "0123456789abcdef"})
    operators = {"DEFAULT": OperatorConfig("keep"), "USER_ID": keyed, "CREDIT_CARD": keyed}
    list(batch.analyze_dict({"warm": ["up 4111111111111111"]}, language="en"))
    start = time.perf_counter()
    results = batch.analyze_dict(columns, language="en")
    treated = anonymizer.anonymize_dict(results, operators=operators)
    seconds = time.perf_counter() - start
    if any("user-" in value for value in treated["user_id"]):
        sys.exit("a viewer's id was not treated")
    print(json.dumps({"seconds": seconds, "records": len(records)}))


if __name__ == "__main__":
    main()
