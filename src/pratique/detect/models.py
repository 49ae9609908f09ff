"""Which model of language reads texts, as a project or a caller says it."""

from pathlib import Path

from pratique.detect.ner.model import shipped
from pratique.detect.recognizer import TextModel

DEFAULT, NONE = "default", "none"


def load_model(said: str, root: Path) -> TextModel | None:
    """``default``: the package's own (None where the package was built without one); ``none``: none; else a file.

    A file, relative to ``root``, is what `pratique.detect.presidio.load_engine` takes. Raises `DetectionError`.
    """
    if said == DEFAULT:
        return shipped()
    if said == NONE:
        return None
    from pratique.detect.presidio.engines import load_engine  # noqa: PLC0415 - most projects have none

    return load_engine(said, root)
