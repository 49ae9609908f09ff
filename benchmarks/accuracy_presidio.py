"""Presidio's side of ``accuracy``. Usage: accuracy_presidio.py TEXTS REGION: a JSON list, and where telephones are.

Runs in an environment of its own (`benchmarks.peers`). Every recogniser by rules that it has, of all countries, reads
every text, whatever its language; behind a blank spaCy pipeline, so there is no model of language and no names.
"""

import inspect
import json
import sys
from typing import Any

import spacy
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, predefined_recognizers
from presidio_analyzer.nlp_engine import SpacyNlpEngine

_NEED_MORE = ("Spacy", "Stanza", "Transformers", "GLiNER", "LangExtract", "Azure", "HuggingFace", "MedicalNER")
"""In the names of recognisers that need a model or a service."""


class BlankEngine(SpacyNlpEngine):  # type: ignore[misc]
    """spaCy's tokenizer and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self) -> None:
        """Keep what is there; nothing is downloaded."""


def recognizers(region: str) -> list[EntityRecognizer]:
    """One of each."""
    found = []
    for name, kind in sorted(vars(predefined_recognizers).items()):
        if not inspect.isclass(kind) or not issubclass(kind, EntityRecognizer) or inspect.isabstract(kind):
            continue
        make: Any = kind
        if name == "PhoneRecognizer":
            found.append(make(supported_language="en", supported_regions=[region, "US", "GB"]))
        elif not any(word in name for word in _NEED_MORE):
            found.append(make(supported_language="en"))
    return found


def main() -> None:
    """Find, and print each text's findings as JSON."""
    registry = RecognizerRegistry(recognizers=recognizers(sys.argv[2]), supported_languages=["en"])
    analyzer = AnalyzerEngine(nlp_engine=BlankEngine(), registry=registry, supported_languages=["en"])
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 (as a script would)
        texts = json.load(file)
    found = [[(r.start, r.end, r.entity_type) for r in analyzer.analyze(text, language="en")] for text in texts]
    print(json.dumps({"found": found}))


if __name__ == "__main__":
    main()
