"""The model of the package: a small multilingual encoder that labels pieces of words, run by ONNX Runtime.

Nothing is loaded before the first text is read, and nothing is ever fetched: the model is files beside this one.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np

from pratique.detect.fieldnames import name_words, own_name
from pratique.detect.ner.bodies import is_body_of_state
from pratique.detect.ner.decode import Calibration, Scores, Tags
from pratique.detect.ner.look import worth_reading
from pratique.detect.ner.pieces import BEGIN, BREAK, UNKNOWN, Pieces, Tokens
from pratique.detect.ner.repair import repair
from pratique.detect.ner.windows import Window, windows
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath

FOLDER: Final = Path(__file__).parent / "model"
"""Where the model of the package is."""
NAME: Final = "model"
NET, PIECES, CONFIG, CARD = "model.onnx", "pieces.txt", "config.json", "MODEL_CARD.md"
"""Of the net's weights a further file may hold the most, which the net names."""
VERSION: Final = 1
"""Of what this code makes of the net's answers, in the digest: raised with every change that can change a finding."""
LEAST: Final = {"PERSON": 0.5}
"""The least scores that are told, by type: of people, what is likelier than not."""
LEAST_OF_OTHERS: Final = 0.4
"""Of the other types, as of patterns: 3 of 560 mentions more in the Text Anonymization Benchmark's dev part."""
ORGANIZATION: Final = "ORGANIZATION"
_FORMAT = 1
_NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
_LONG_WINDOW, _LEAST_PIECE = 40, 1.5
_SHORT_VALUE = 100
"""Characters of a field's value up to which its name is read with it."""
_REPEAT = "detection: {model: none} in pratique.yaml, or Detector(model=None), does without"


@dataclass(frozen=True, slots=True)
class _Settings:
    """What ``config.json`` says."""

    tags: Tags
    entities: dict[str, str]
    """Label to entity type."""
    window: int
    """Pieces of a window, without its two marks."""
    overlap: int
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class _Net:
    """What is loaded when it is first needed."""

    pieces: Pieces
    session: Any


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text as the model reads it."""

    text: str
    lead: int
    """Characters of the field's name before the value."""
    tokens: Tokens
    windows: list[Window]
    """Those that it can read."""


class NerModel:
    """A token classifier in a folder: `NET`, `PIECES` and `CONFIG`, described by `CARD`. A `TextModel`.

    Guarantee: the findings of a text depend on the text and the field alone. Each window is a call of its own, because
    the net's int8 layers are scaled by what is in the call (one call of many windows is no faster: see
    docs/benchmarks.md). Between kinds of processors, and versions of ONNX Runtime, sums may be rounded differently.

    Told is what is about as likely as not (`LEAST`); bodies of state that identify nobody are not
    (`pratique.detect.ner.bodies`).

    Limits: it reads the languages of its card in Latin, Greek and Cyrillic letters, at about 25,000 characters a second
    and core; what it says is a guess with a score.
    """

    def __init__(self, folder: Path = FOLDER, *, least: float | None = None) -> None:
        """What has a score below ``least`` is not told; None: `LEAST`, and `LEAST_OF_OTHERS`.

        Raises `DetectionError` where the folder holds no model, or one of another format.
        """
        self._folder = folder
        self._least = least
        self._settings = _read_settings(folder)
        self._lock = Lock()
        self._net: _Net | None = None

    @property
    def name(self) -> str:
        """``model``."""
        return NAME

    @property
    def entities(self) -> frozenset[str]:
        """The types of its labels."""
        return frozenset(self._settings.entities.values())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the folder's files, but for what is said of them, and of the version of this code."""
        total = hashlib.sha256(f"pratique.detect.ner {VERSION}".encode())
        for file in sorted(self._folder.iterdir()):
            if file.is_file() and file.name != CARD:
                total.update(file.name.encode() + b"\0" + _file_digest(file))
        return total.hexdigest()

    def find_many(self, texts: Sequence[str], *, field: FieldPath | None = None) -> list[list[Finding] | None]:
        """Findings of each text, sorted, without overlaps; a short value of a field is read with the field's name.

        None for what is not worth reading (`pratique.detect.ner.look`), or is in a script that the model cannot read.
        """
        name = " ".join(name_words(own_name(field))) if field is not None else ""
        worth = [at for at, text in enumerate(texts) if worth_reading(text, named=bool(name))]
        found: list[list[Finding] | None] = [None for _ in texts]
        if not worth:
            return found
        net = self._loaded()
        readings = [self._reading(net, texts[at], name) for at in worth]
        for at, reading, scores in zip(worth, readings, self._scores(net, readings), strict=True):
            if reading.windows:
                found[at] = self._findings(texts[at], reading, scores)
        return found

    def _reading(self, net: _Net, text: str, name: str) -> _Reading:
        lead = f"{name}: " if name and len(text) <= _SHORT_VALUE and "\n" not in text else ""
        read = lead + text
        tokens = net.pieces.tokens(read)
        parts = windows(read, tokens, self._settings.window, self._settings.overlap)
        return _Reading(read, len(lead), tokens, [window for window in parts if _is_language(tokens, window)])

    def _scores(self, net: _Net, readings: Sequence[_Reading]) -> list[Scores]:
        """Of every piece of every text: by window, the longest first, equal windows once."""
        nothing = np.eye(1, len(self._settings.tags), self._settings.tags.outside, dtype=np.float32)
        found = [np.repeat(nothing, len(reading.tokens), axis=0) for reading in readings]
        jobs: dict[tuple[int, ...], list[tuple[int, Window]]] = {}
        for at, reading in enumerate(readings):
            for window in reading.windows:
                jobs.setdefault(tuple(reading.tokens.ids[window.first : window.last]), []).append((at, window))
        for ids, places in sorted(jobs.items(), key=lambda job: -len(job[0])):
            inputs = np.array([[BEGIN, *ids, BREAK]], np.int64)
            (answer,) = net.session.run(None, {"input_ids": inputs})
            for at, window in places:
                own = answer[0, 1 + window.own_first - window.first : 1 + window.own_last - window.first]
                found[at][window.own_first : window.own_last] = own
        return found

    def _findings(self, text: str, reading: _Reading, scores: Scores) -> list[Finding]:
        settings, tokens = self._settings, reading.tokens
        first = next((at for at, start in enumerate(tokens.starts) if start >= reading.lead), len(tokens))
        spans = settings.tags.spans(scores[first:])
        found = [
            Finding(
                tokens.starts[first + span.first] - reading.lead,
                tokens.ends[first + span.last - 1] - reading.lead,
                settings.entities[span.label],
                round(settings.calibration.score(span), 4),
                NAME,
            )
            for span in spans
        ]
        likely = [f for f in found if f.score >= self._least_of(f.entity)]
        return [
            f
            for f in repair(text, likely)
            if not (f.entity == ORGANIZATION and is_body_of_state(text[f.start : f.end]))
        ]

    def _least_of(self, entity: str) -> float:
        return LEAST.get(entity, LEAST_OF_OTHERS) if self._least is None else self._least

    def _loaded(self) -> _Net:
        with self._lock:
            if self._net is None:
                self._net = _Net(Pieces.load(self._folder / PIECES), _session(self._folder / NET))
            return self._net


@cache
def shipped() -> NerModel | None:
    """The package's own model, one for the whole process; None where the package was built without one."""
    return NerModel() if (FOLDER / CONFIG).exists() else None


def _is_language(tokens: Tokens, window: Window) -> bool:
    """Whether a window may be in a language that the model reads: few of its pieces unknown, most more than letters.

    Of any language that it was measured with, long windows have 1.75 characters a piece or more; of noise about one.
    """
    pieces = range(window.first, window.last)
    known = [at for at in pieces if tokens.ids[at] != UNKNOWN]
    if 2 * len(known) <= len(pieces):
        return False
    if len(pieces) < _LONG_WINDOW:
        return True
    return sum(tokens.ends[at] - tokens.starts[at] for at in known) >= _LEAST_PIECE * len(known)


def _session(file: Path) -> Any:
    # Else it keeps an id of the device and a store of events to send in the user's home. It looks when it is imported.
    os.environ[_NO_TELEMETRY] = "1"
    try:
        import onnxruntime  # noqa: PLC0415 - 60 ms that only those pay who read a text
    except ImportError:
        raise DetectionError("the model needs onnxruntime, which is not installed", do=_REPEAT) from None
    onnxruntime.disable_telemetry_events()  # had somebody else imported it before
    options = onnxruntime.SessionOptions()
    # One worker is one core.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The file holds the operators that are to run. More than this level would join some to one with a slow kernel.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(os.fspath(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - it raises its own kinds, which differ between versions
        kind = type(error).__name__
        raise DetectionError(f"the model's net cannot be loaded ({kind})", where=file.name, do=_REPEAT) from None


def _read_settings(folder: Path) -> _Settings:
    try:
        said = json.loads((folder / CONFIG).read_bytes())
        settings = _Settings(
            Tags(said["tags"]),
            {str(label): str(entity) for label, entity in said["labels"].items()},
            int(said["window"]),
            int(said["overlap"]),
            Calibration(said.get("calibration", {})),
        )
        good = said["version"] == _FORMAT and set(settings.tags.labels) <= settings.entities.keys()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise DetectionError("the model's settings cannot be read", where=CONFIG) from None
    if not good or not 0 <= settings.overlap < settings.window // 2:
        raise DetectionError("the model's settings are of another version, or contradict each other", where=CONFIG)
    return settings


def _file_digest(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        raise DetectionError("a file of the model cannot be read", where=file.name) from None
