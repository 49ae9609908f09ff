"""The library's front door: a project, opened from its file.

```python
from pratique import Project

project = Project.open(".")
project.scan(["channel"])
project.run("channel")
```
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pratique.assembly import Assembly
from pratique.assembly import flows as _flows
from pratique.assembly import knowledge as _knowledge
from pratique.assembly import start as _start
from pratique.config import FILE_NAME, load
from pratique.detect import Detector
from pratique.errors import ConfigError
from pratique.model.catalogue import Decision, DecisionKind
from pratique.model.paths import FieldPath
from pratique.model.plan import Plan
from pratique.model.policy import Settings
from pratique.pipeline.results import (
    Check,
    Explanation,
    FieldView,
    ProtectReport,
    ReidentifyReport,
    RunReport,
    ScanReport,
)
from pratique.policy import explain, summarise

Progress = Callable[[str, int, int | None], None]
"""Gets what is being done, how much is done, and how much there is (bytes; None where nobody knows)."""


def _silent(_label: str, _done: int, _whole: int | None) -> None:
    """Show no progress."""


class Project:
    """One project: its file, and all that can be done with it. Every method raises `PratiqueError` only."""

    def __init__(self, settings: Settings, file: Path) -> None:
        self._assembly = Assembly(settings)
        self._file = file

    @classmethod
    def open(cls, path: str | Path = ".") -> "Project":
        """The project of a folder, or of a project file; `ConfigError` if there is none or it is wrong."""
        where = Path(path)
        file = where / FILE_NAME if where.is_dir() else where
        if not file.is_file():
            raise ConfigError("there is no project here", where=str(file), do="run: pratique init")
        return cls(load(file), file.resolve())

    @classmethod
    def init(cls, path: str | Path = ".", name: str = "") -> list[Path]:
        """Write a commented project file and the keys that it names; `ConfigError` where one is already there."""
        return _start.init(Path(path), name)

    @property
    def settings(self) -> Settings:
        """The project file, checked."""
        return self._assembly.settings

    def detector(self, *, language: str | None = None, entities: Sequence[str] | None = None) -> Detector:
        """A detector for single texts, with the project's own types and recognisers."""
        return self._assembly.make_detector(language, entities)

    # --- know ---

    def scan(self, datasets: Sequence[str] | None = None, *, progress: Progress = _silent) -> list[ScanReport]:
        """Look at datasets (all that flows read, unless named) and write what was found to the catalogue."""
        names = list(datasets or dict.fromkeys(flow.source for flow in self.settings.flows.values()))
        return [_knowledge.scan_dataset(self._assembly, name, progress) for name in names]

    def catalogue(self, dataset: str | None = None) -> list[FieldView]:
        """Every field of a dataset, or of all that were scanned."""
        return _knowledge.fields_of(self._assembly, dataset)

    def decide(
        self,
        dataset: str,
        paths: Sequence[FieldPath],
        kind: DecisionKind,
        entities: Sequence[str] = (),
        *,
        reason: str = "",
        steward: str | None = None,
    ) -> list[Decision]:
        """Take one decision on some fields, all or none; signed by ``steward``, which what loosens needs."""
        return _knowledge.decide(self._assembly, dataset, paths, kind, entities, reason=reason, steward=steward)

    # --- move ---

    def plan(self, flow: str) -> Plan:
        """What would happen, compiled and checked."""
        return _flows.compile_flow(self._assembly, flow, _today())[0]

    def explain(self, flow: str) -> Explanation:
        """What would happen, field by field, for people."""
        plan, known = _flows.compile_flow(self._assembly, flow, _today())
        fields = explain(plan, known.scan, known.verdicts, self._assembly.transforms)
        return Explanation(summarise(plan, known.scan), fields)

    def run(self, flow: str, *, workers: int = 1, full: bool = False, progress: Progress = _silent) -> RunReport:
        """Treat, gate, publish: everything new, or with ``full`` everything; takes up what a crash left."""
        return _flows.run_flow(
            self._assembly,
            flow,
            workers=workers,
            full=full,
            today=_today(),
            project_file=str(self._file),
            progress=progress,
        )

    def protect(self, flow: str, data: Any) -> ProtectReport:
        """Treat a table (Arrow), records (mappings) or a text in memory. The outcome is not released."""
        return _flows.protect(self._assembly, flow, data, _today())

    # --- return ---

    def reidentify(
        self, flow: str, *, purpose: str, to: str, fields: Sequence[FieldPath] = (), who: str
    ) -> ReidentifyReport:
        """Restore a flow's released data into the restricted dataset ``to``, audited; only for whom the file names."""
        return _flows.reidentify_flow(self._assembly, flow, purpose=purpose, to=to, fields=fields, who=who)

    # --- keys and health ---

    def keys(self) -> list[Mapping[str, str]]:
        """Every key of every region, described; no secret."""
        return _start.list_keys(self._assembly)

    def create_keys(self, region: str | None = None) -> list[Path]:
        """Make the region's keys, or every key that the project file names and that is missing; never overwrites."""
        if region is None:
            return _start.create_missing(self._assembly)
        return _start.create_region_keys(self._assembly, region)

    def export_public(self, path: str | Path, region: str | None = None) -> Path:
        """Write the exporter's public key, for those who verify."""
        return _start.export_public(self._assembly, Path(path), region)

    def doctor(self) -> list[Check]:
        """Is the configuration sound, are the keys there."""
        return _start.doctor(self._assembly)


def _today() -> date:
    return datetime.now(UTC).date()
