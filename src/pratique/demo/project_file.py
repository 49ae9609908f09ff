"""The demo's project file and its recogniser, as they lie in the package."""

from importlib import resources
from pathlib import Path

STREAMS = ("channel", "movie", "website", "mobile")
"""The flows of events; each is named like its dataset."""
MEMOS = "memos"
"""The flow of the confidential memos."""
STEWARD = "privacy-office"
REIDENTIFIER = "fraud-desk"
_ASSETS = ("pratique.yaml", "recognizers/custom_credit_card.py")


def write_project(folder: Path) -> list[Path]:
    """Write the demo's ``pratique.yaml`` and recogniser under ``folder``; gives the files. Makes no keys."""
    assets = resources.files("pratique.demo") / "assets"
    written: list[Path] = []
    for name in _ASSETS:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(assets.joinpath(name).read_bytes())
        written.append(target)
    return written
