"""Presidio's side of ``scan``. Usage: scan_presidio.py TEXTS: a file with a JSON list.

Runs in an environment of its own (`benchmarks.peers`): its default English recognisers behind a blank spaCy pipeline,
which finds no names and costs next to nothing. Its engine has read one text before the clock starts.
"""

import json
import sys
import time

import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine


class BlankEngine(SpacyNlpEngine):  # type: ignore[misc]
    """spaCy's tokenizer and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self) -> None:
        """Keep what is there; nothing is downloaded."""


def main() -> None:
    """Find and tell; with no file, the names of its types."""
    analyzer = AnalyzerEngine(nlp_engine=BlankEngine(), supported_languages=["en"])
    entities = sorted(set(analyzer.get_supported_entities("en")))
    if len(sys.argv) < 2:
        print(json.dumps({"seconds": 0.0, "entities": entities}))
        return
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 (as a script would)
        texts = json.load(file)
    analyzer.analyze("warm up 4111111111111111", language="en")
    start = time.perf_counter()
    findings = sum(len(analyzer.analyze(text, language="en")) for text in texts)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "texts": len(texts), "findings": findings}))


if __name__ == "__main__":
    main()
