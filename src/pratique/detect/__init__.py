"""Detection: entity types as data, one scanner, people's names, users' own types, recognisers, models of language.

`Detector` is the library's class; `build_detector` makes the detector of a project.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pratique.detect.detector import PatternDetector
from pratique.detect.modelled import ModelDetector
from pratique.detect.models import load_model
from pratique.detect.presidio import load_recognizers
from pratique.detect.recognizer import Recognizer, TextModel
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.policy import DetectionSettings, UserEntity

if TYPE_CHECKING:  # the ports bring half of the model with them
    from pratique.ports import TextDetector

__all__ = ["Detector", "Recognizer", "TextModel", "build_detector"]


class Detector(ModelDetector):
    """Finds personal data in texts.

    ``language`` (ISO 639-1) is a hint, for telephone numbers in national form; identifiers are found in any language.
    ``entities``: look for these types only. ``model``: the model of language that reads the texts besides;
    ``"default"`` is the package's own, loaded when the first text is read, ``None`` is none: patterns and lists only.
    ``score``: the least of a finding; without it 0.4, and for types that ``entities`` names anything above 0.
    Raises `DetectionError` for unknown types and models.
    """

    def __init__(
        self,
        language: str | None = None,
        entities: Iterable[str] | None = None,
        model: TextModel | Literal["default"] | None = "default",
        *,
        recognizers: Sequence[Recognizer] = (),
        custom: Sequence[UserEntity] = (),
        allow: Sequence[str] = (),
        score: float | None = None,
    ) -> None:
        if isinstance(model, str):
            if model != "default":
                raise DetectionError("unknown model", do='give "default", None or a model')
            model = load_model(model, Path())
        asked = None if entities is None else frozenset(entities)
        said = model.entities if model is not None else frozenset()
        patterns = PatternDetector(
            language=language,
            entities=asked,
            recognizers=recognizers,
            custom=custom,
            allow=allow,
            others=said,
            score=score,
        )
        super().__init__(patterns, model, asked)

    def find(self, text: str) -> list[Finding]:
        """Findings of one text, sorted by start, without overlaps; offsets are `str` positions."""
        return self.find_many([text])[0]


def build_detector(settings: DetectionSettings, root: Path) -> "TextDetector":
    """The detector of a project: built-in types, its own, recogniser files, model (relative to ``root``), allow-list.

    Raises `DetectionError` naming the place of what does not compile or load.
    """
    patterns = PatternDetector(
        custom=settings.entities, recognizers=load_recognizers(settings.recognizers, root), allow=settings.allow
    )
    return ModelDetector(patterns, load_model(settings.model, root))
