"""What the chapters of the story share: where it plays, to whom it is told, and what was measured so far."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pratique.demo.telling import Teller
from pratique.errors import PratiqueError
from pratique.pipeline.results import RunReport
from pratique.project import Project

_LONGEST = 30
"""Characters of a value in a table of three columns."""


class Scene:
    """One telling of the story."""

    def __init__(self, folder: Path, seed: int, teller: Teller) -> None:
        self.folder = folder
        self.seed = seed
        self.teller = teller
        self.figures: dict[str, Any] = {"folder": str(folder), "seed": seed}
        self.runs: dict[str, RunReport] = {}
        """The newest run of each flow."""
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        """Opened once: detectors and lists of names are read once."""
        if self._project is None:
            self._project = Project.open(self.folder)
        return self._project

    def took(self, report: RunReport) -> None:
        """Keep a run's figures; a run whose counts do not add up ends the story."""
        counts = report.counts
        if counts.read != counts.written + sum(counts.quarantined.values()):
            raise PratiqueError("the counts of a run do not add up", where=f"flow {report.flow}")
        self.runs[report.flow] = report
        self.figures.setdefault("runs", []).append(
            {
                "flow": report.flow,
                "sequence": report.sequence,
                "read": counts.read,
                "written": counts.written,
                "quarantined": dict(counts.quarantined),
                "files": report.files,
                "bytes": report.bytes,
                "class": report.data_class.value,
                "release": str(self.release(report.flow)),
            }
        )

    def release(self, flow: str) -> Path:
        """The folder of a flow's newest release."""
        return Path(self.runs[flow].release_path).parent

    def shown_release(self, flow: str) -> str:
        """The same, from the project's folder."""
        return self.release(flow).relative_to(self.folder.resolve()).as_posix()


def held(report: RunReport) -> str:
    """What a run held back, by rule."""
    return ", ".join(f"{count:,} by rule {rule}" for rule, count in sorted(report.counts.quarantined.items())) or "none"


def short(value: object) -> str:
    """A long token, cut in the middle."""
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:14]}…{text[-4:]}"


def today() -> date:
    """As runs and verification take it: UTC."""
    return datetime.now(UTC).date()
