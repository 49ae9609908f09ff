"""Presidio's side of ``scan``. Usage: scan_presidio.py [WARM TEXTS]: files of JSON lists.

Runs in an environment of its own (`benchmarks.peers`): its default English recognisers behind a blank spaCy pipeline,
which finds no names and costs next to nothing. Its engine has read the texts of WARM before the clock starts.
"""

import json
import sys
import time
from pathlib import Path

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
    warm, texts = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])
    for text in warm:
        analyzer.analyze(text, language="en")
    start = time.perf_counter()
    findings = sum(len(analyzer.analyze(text, language="en")) for text in texts)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "texts": len(texts), "findings": findings}))


if __name__ == "__main__":
    main()
