"""Detection: entity types as data, one scanner, people's names, users' own types, Presidio recognisers.

`Detector` is the library's class; `build_detector` makes the detector of a project.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pratique.detect.detector import PatternDetector
from pratique.detect.presidio import load_recognizers
from pratique.detect.recognizer import Recognizer
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.policy import DetectionSettings, UserEntity
from pratique.ports import TextDetector

__all__ = ["Detector", "Recognizer", "build_detector"]


class Detector(PatternDetector):
    """Finds personal data in texts.

    ``language`` (ISO 639-1) is a hint, for telephone numbers in national form; identifiers are found in any language.
    ``entities``: look for these types only. ``model``: ``None`` for patterns and lists only; ``"default"`` is that too
    until a model ships. Raises `DetectionError` for unknown types and models.
    """

    def __init__(
        self,
        language: str | None = None,
        entities: Iterable[str] | None = None,
        model: str | None = "default",
        *,
        recognizers: Sequence[Recognizer] = (),
        custom: Sequence[UserEntity] = (),
        allow: Sequence[str] = (),
    ) -> None:
        if model not in {None, "default"}:
            raise DetectionError("unknown model", do='give "default" or None')
        super().__init__(
            language=language,
            entities=None if entities is None else frozenset(entities),
            recognizers=recognizers,
            custom=custom,
            allow=allow,
        )

    def find(self, text: str) -> list[Finding]:
        """Findings of one text, sorted by start, without overlaps; offsets are `str` positions."""
        return self.find_many([text])[0]


def build_detector(settings: DetectionSettings, root: Path) -> TextDetector:
    """The detector of a project: built-in types, its own, its recogniser files (relative to ``root``), its allow-list.

    Raises `DetectionError` naming the place of what does not compile or load.
    """
    return PatternDetector(
        custom=settings.entities, recognizers=load_recognizers(settings.recognizers, root), allow=settings.allow
    )
