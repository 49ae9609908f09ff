"""Models of other makers in place of the package's own: spaCy, Stanza, Transformers, GLiNER, through Presidio.

A project names one file:

- YAML: Presidio's own configuration of an NLP engine (``nlp_engine_name: spacy``, ``transformers``, ``stanza``);
- Python: a module with one model in it: an NLP engine, a recogniser of Presidio's (`GLiNERRecognizer`), or an object of
  the user's own that is a `pratique.detect.TextModel`.

Like a recogniser file it is code that the user trusts. What those libraries load is theirs to say; Pratique fetches
nothing, and does not let Presidio fetch a spaCy pipeline that is not there.
"""

import hashlib
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pratique.detect.ner.repair import repair
from pratique.detect.presidio import load_module, made_here, read_file
from pratique.detect.presidio.adapter import PresidioRecognizer, windows
from pratique.detect.recognizer import TextModel
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath

_WHAT = "model file"
_OURS = {"ID": "ID_CODE", "EMAIL": "EMAIL_ADDRESS"}
"""What Presidio calls types that have another name here."""
_LIBRARIES = ("presidio-analyzer", "spacy", "stanza", "transformers", "torch", "gliner", "onnxruntime")


class EngineModel:
    """An NLP engine of Presidio as a `TextModel`.

    A text is read in each language that the engine is configured for; what any of its pipelines finds counts. Texts are
    given one at a time, so that none changes what is found in another. Spans are repaired
    (`pratique.detect.ner.repair`), scores are the engine's: Presidio's 0.85 where its pipeline tells none.
    """

    def __init__(self, engine: Any, *, name: str, digest: str) -> None:
        """``name``: as the detector of its findings; ``digest``: of the file that says what it is."""
        self._engine = engine
        self._name = name
        self._digest = digest
        self._languages = tuple(str(language) for language in engine.get_supported_languages())
        self._entities = frozenset(_OURS.get(str(e), str(e)) for e in engine.get_supported_entities())

    @property
    def name(self) -> str:
        """The file, or what it was made with."""
        return self._name

    @property
    def entities(self) -> frozenset[str]:
        """What the engine says it supports."""
        return self._entities

    @property
    def digest(self) -> str:
        """Of its file, of the versions of the libraries, and of the pipelines as far as they tell their own."""
        return hashlib.sha256("\n".join((self._digest, *_versions(), *_pipelines(self._engine))).encode()).hexdigest()

    def find_many(self, texts: Sequence[str], *, field: FieldPath | None = None) -> list[list[Finding]]:  # noqa: ARG002 - engines know no fields
        """Findings of each text; raises whatever the engine raises."""
        return [self._find(text) for text in texts]

    def _find(self, text: str) -> list[Finding]:
        found: dict[tuple[int, int, str], float] = {}
        for offset, window in windows(text):
            for language in self._languages:
                said = self._engine.process_text(window, language)
                for entity, score in zip(said.entities, said.scores, strict=True):
                    label = _OURS.get(str(entity.label_), str(entity.label_))
                    at = (offset + int(entity.start_char), offset + int(entity.end_char), label)
                    if label in self._entities:
                        found[at] = max(float(score), found.get(at, 0.0))
        findings = [Finding(*at[:2], at[2], min(score, 1.0), self._name) for at, score in found.items()]
        return repair(text, findings)


class RecognizerModel:
    """A recogniser of Presidio's that holds a model, such as `GLiNERRecognizer`, as a `TextModel`."""

    def __init__(self, inner: PresidioRecognizer) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        """The recogniser's."""
        return self._inner.name

    @property
    def entities(self) -> frozenset[str]:
        """What it says it supports."""
        return self._inner.entities

    @property
    def digest(self) -> str:
        """Of its file and of the versions of the libraries."""
        return hashlib.sha256("\n".join((self._inner.digest, *_versions())).encode()).hexdigest()

    def find_many(self, texts: Sequence[str], *, field: FieldPath | None = None) -> list[list[Finding]]:
        """Findings of each text; raises whatever the recogniser raises."""
        return [repair(text, self._inner.find(text, field)) for text in texts]


def load_engine(file: str, root: Path) -> TextModel:
    """The model of a file (relative to ``root``), as this module's head says.

    Raises `DetectionError` naming the file where it is outside ``root``, unreadable, fails to load, or holds no model
    or several.
    """
    return _from_python(file, root) if file.endswith(".py") else _from_yaml(file, root)


def _from_yaml(file: str, root: Path) -> TextModel:
    source, path = read_file(file, root, _WHAT)
    if importlib.util.find_spec("presidio_analyzer") is None:
        do = "install pratique[presidio]"
        raise DetectionError("an NLP engine needs presidio-analyzer, which is not installed", where=file, do=do)
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415 - imports spaCy: seconds

    try:
        provider = NlpEngineProvider(conf_file=path)
        missing = sorted(_missing(provider.nlp_configuration))
        engine = None if missing else provider.create_engine()
        if engine is not None and not engine.is_loaded():
            engine.load()
    except Exception as error:  # noqa: BLE001 - it raises many kinds
        kind = type(error).__name__
        raise DetectionError(f"Presidio does not make an NLP engine of it ({kind})", where=file) from None
    if engine is None:
        do = f"install it first: python -m spacy download {missing[0]}"
        raise DetectionError(f"the spaCy pipeline {missing[0]} is not installed", where=file, do=do)
    return EngineModel(engine, name=file, digest=hashlib.sha256(source).hexdigest())


def _missing(configuration: Mapping[str, Any]) -> set[str]:
    """The spaCy pipelines that Presidio would fetch."""
    import spacy  # noqa: PLC0415 - comes with Presidio

    names = [model["model_name"] for model in configuration["models"]]
    if configuration["nlp_engine_name"] == "transformers":
        names = [name["spacy"] for name in names]
    elif configuration["nlp_engine_name"] != "spacy":
        return set()
    return {str(name) for name in names if not (spacy.util.is_package(str(name)) or Path(str(name)).exists())}


def _from_python(file: str, root: Path) -> TextModel:
    module, digest = load_module(file, root, _WHAT)
    models: list[TextModel] = []
    for value in vars(module).values():
        if isinstance(value, type):
            continue
        if isinstance(value, TextModel):
            models.append(value)
        elif callable(getattr(value, "process_text", None)) and callable(
            getattr(value, "get_supported_entities", None)
        ):
            models.append(EngineModel(value, name=file, digest=digest))
    recognizers = made_here(module, file, _WHAT)
    models += [RecognizerModel(PresidioRecognizer(each, digest=digest, file=file)) for each in recognizers]
    if len(models) != 1:
        what = "holds no model" if not models else "holds several models"
        raise DetectionError(f"a {_WHAT} {what}", where=file, do="give it one: a variable whose value is the model")
    return models[0]


def _versions() -> Iterable[str]:
    for library in _LIBRARIES:
        try:
            yield f"{library} {version(library)}"
        except PackageNotFoundError:
            continue


def _pipelines(engine: Any) -> Iterable[str]:
    """Language, name and version of spaCy's pipelines, which are what Presidio keeps for every kind of engine."""
    pipelines = getattr(engine, "nlp", None)
    for language, pipeline in sorted(pipelines.items()) if isinstance(pipelines, dict) else ():
        meta = getattr(pipeline, "meta", {})
        yield f"{language} {meta.get('lang', '')} {meta.get('name', '')} {meta.get('version', '')}"
