"""Pratique: finds personal data, de-identifies it under your own keys, holds the border, proves what crossed."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pratique.detect import Detector
    from pratique.project import Project

__version__ = "0.1.0"
__all__ = ["Detector", "Project", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the two front doors when they are first asked for: `pratique.verify` alone must stay light."""
    if name == "Project":
        from pratique.project import Project  # noqa: PLC0415

        return Project
    if name == "Detector":
        from pratique.detect import Detector  # noqa: PLC0415

        return Detector
    raise AttributeError(name)
