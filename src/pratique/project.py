"""The library's front door: a project, opened from its file.

```python
from pratique import Project

project = Project.open(".")
project.scan(["channel"])
project.run("channel")
```
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pratique.assembly import Assembly
from pratique.assembly import auditing as _auditing
from pratique.assembly import comparing as _comparing
from pratique.assembly import converting as _converting
from pratique.assembly import drafting as _drafting
from pratique.assembly import exchanging as _exchanging
from pratique.assembly import explaining as _explaining
from pratique.assembly import flows as _flows
from pratique.assembly import health as _health
from pratique.assembly import history as _history
from pratique.assembly import keyring as _keyring
from pratique.assembly import knowledge as _knowledge
from pratique.assembly import purging as _purging
from pratique.assembly import quarantine as _quarantine
from pratique.assembly import reporting as _reporting
from pratique.assembly import rescoring as _rescoring
from pratique.assembly import samples as _samples
from pratique.assembly import start as _start
from pratique.assembly import trying as _trying
from pratique.assembly.review import Review
from pratique.assembly.streams import Streams
from pratique.config import FILE_NAME, load
from pratique.crypto.secret import SecretBytes
from pratique.detect import Detector
from pratique.errors import ConfigError
from pratique.model.catalogue import Decision, DecisionKind
from pratique.model.paths import FieldPath
from pratique.model.plan import Plan
from pratique.model.policy import Settings
from pratique.model.stream import Window
from pratique.pipeline.checking import CaseReport, DraftReport, PlanDiff
from pratique.pipeline.knowing import CatalogueDiff, Event, ImportReport, RescoreReport, Revealed, Sample
from pratique.pipeline.reporting import ProjectReport
from pratique.pipeline.results import (
    AuditPage,
    AuditReport,
    Check,
    Explanation,
    FieldView,
    Held,
    HeldRecord,
    ProtectReport,
    PurgeReport,
    ReidentifyReport,
    ReplayReport,
    Rotation,
    RunReport,
    ScanReport,
)
from pratique.pipeline.reviewing import ReviewItem

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

    @classmethod
    def draft(cls, path: str | Path, name: str, files: Sequence[str], *, region: str, target: str) -> DraftReport:
        """Look at real files, and write a first project file that proposes what to do with what is in them."""
        return _drafting.draft_project(Path(path), name, files, region=region, target=target)

    @property
    def settings(self) -> Settings:
        """The project file, checked."""
        return self._assembly.settings

    def detector(self, *, language: str | None = None, entities: Sequence[str] | None = None) -> Detector:
        """A detector for single texts, with the project's own types and recognisers."""
        return self._assembly.make_detector(language, entities)

    # --- know ---

    def scan(
        self, datasets: Sequence[str] | None = None, *, progress: Progress = _silent, window: Window | None = None
    ) -> list[ScanReport]:
        """Look at datasets (all that flows read, unless named) and write what was found to the catalogue.

        ``window``: what of topics is looked at. A dataset may be named by the address of its topic.
        """
        flows = self.settings.flows.values()
        named = [_knowledge.dataset_at(self._assembly, name) for name in datasets or ()]
        names = named or list(dict.fromkeys(flow.source for flow in flows))
        return [
            _knowledge.scan_dataset(self._assembly, name, _nth(progress, number, len(names)), window)
            for number, name in enumerate(names, start=1)
        ]

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

    def review(self, dataset: str | None = None, *, steward: str | None = None) -> Review:
        """Decide field by field on what is shown: the queue, what each decision would change, undo."""
        return Review(self._assembly, dataset, steward, _today())

    def review_queue(self, dataset: str | None = None) -> list[ReviewItem]:
        """Fields that need a decision, those that would pass in clear or block most first, each with why."""
        return self.review(dataset).queue()

    def sample(
        self,
        dataset: str,
        paths: Sequence[FieldPath] = (),
        *,
        records: int = _samples.RECORDS,
        progress: Progress = _silent,
    ) -> Sample:
        """The masked shapes of fields' values (``Aa-999``), read from the data now and stored nowhere."""
        return _samples.sample_shapes(self._assembly, dataset, paths, records=records, progress=progress)

    def reveal(self, dataset: str, paths: Sequence[FieldPath], *, reason: str) -> list[Revealed]:
        """A few real values of fields, for a person in the data's own region; on record before they are given."""
        return _samples.reveal(self._assembly, dataset, paths, reason=reason, records=_samples.RECORDS)

    def rescore(self, datasets: Sequence[str] | None = None) -> list[RescoreReport]:
        """Score scans anew by today's thresholds and detectors, without reading data; all that were scanned."""
        names = datasets or _knowledge.scanned_datasets(self._assembly)
        return [_rescoring.rescore(self._assembly, name) for name in names]

    def history(self, dataset: str | None = None, paths: Collection[FieldPath] = ()) -> list[Event]:
        """Every scan, scoring and decision, oldest first: of a dataset, or of all."""
        names = _knowledge.scanned_datasets(self._assembly) if dataset is None else [dataset]
        return [event for name in names for event in _history.history(self._assembly, name, paths)]

    def catalogue_diff(self, dataset: str, before: str = "", after: str = _history.NOW) -> CatalogueDiff:
        """How two states differ: ``now``, a scan's number, a moment, an exported file; see `assembly.history.diff`."""
        return _history.diff(self._assembly, dataset, before, after)

    def export_catalogue(self, dataset: str) -> str:
        """A dataset's fields and decisions as YAML, for a review or an editor; no values."""
        return _exchanging.export(self._assembly, dataset)

    def import_catalogue(self, file: str | Path, *, steward: str | None = None, dry_run: bool = False) -> ImportReport:
        """Take the new decisions of an edited export: all, or none where a line is refused."""
        return _exchanging.import_file(self._assembly, Path(file), steward=steward, dry_run=dry_run)

    def convert_schema(self, dataset: str, to: str, *, flow: str | None = None) -> _converting.Converted:
        """The dataset's schema as ``avro``, ``json-schema`` or ``odcs`` (a data contract) says it; no values."""
        return _converting.convert(self._assembly, dataset, to, flow, _today())

    # --- move ---

    def plan(self, flow: str) -> Plan:
        """What would happen, compiled and checked."""
        return _flows.compile_flow(self._assembly, flow, _today())[0]

    def explain(self, flow: str) -> Explanation:
        """What would happen, field by field, for people."""
        return _explaining.explain_flow(self._assembly, flow, _today())

    def plan_diff(self, flow: str) -> PlanDiff:
        """What a run would do otherwise than the flow's newest release did, change by change."""
        return _comparing.compare(self._assembly, flow, _today())

    def test_policy(self, file: str | Path | None = None, *, flow: str | None = None) -> list[CaseReport]:
        """The project's own cases (``policy-tests.yaml``) through the real plans and keys, in memory; nothing stays."""
        return _trying.try_policy(self._assembly, None if file is None else Path(file), flow, _today())

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

    @property
    def streams(self) -> Streams:
        """Topics, and the flows between them."""
        return Streams(self._assembly, str(self._file))

    # --- quarantine ---

    def quarantine(self, flow: str | None = None) -> list[Held]:
        """What is held of one flow, or of all, by run, rule and field. Needs no private key."""
        streams = [name for name in ([flow] if flow else self.settings.flows) if self.streams.is_stream(name)]
        rows = [] if flow in streams else _quarantine.list_held(self._assembly, flow)
        return rows + [row for name in streams for row in self.streams.held(name)]

    def quarantined(
        self, flow: str, *, run: str = "", rules: Collection[str] = (), limit: int = 20, key: Path | None = None
    ) -> list[HeldRecord]:
        """The first records that a flow holds, newest run first: where each stood, its rule and its field; no value."""
        return _quarantine.show_held(self._assembly, flow, run=run, rules=rules, limit=limit, key=key, reason=None)

    def reveal_quarantined(
        self,
        flow: str,
        *,
        reason: str,
        run: str = "",
        rules: Collection[str] = (),
        limit: int = 20,
        key: Path | None = None,
    ) -> list[HeldRecord]:
        """The same with the records themselves, for a person in the data's region; on record before they are given."""
        return _quarantine.show_held(self._assembly, flow, run=run, rules=rules, limit=limit, key=key, reason=reason)

    def replay(
        self,
        flow: str,
        *,
        run: str = "",
        rules: Collection[str] = (),
        key: Path | None = None,
        progress: Progress = _silent,
    ) -> ReplayReport:
        """Treat what released runs hold once more, after a fix, as a release of its own; each record once."""
        return _quarantine.replay_flow(
            self._assembly, flow, run=run, rules=rules, key=key, today=_today(), progress=progress
        )

    # --- return ---

    def reidentify(
        self,
        flow: str,
        *,
        purpose: str,
        to: str,
        fields: Sequence[FieldPath] = (),
        who: str,
        progress: Progress = _silent,
    ) -> ReidentifyReport:
        """Restore a flow's released data into the restricted dataset ``to``, audited; only for whom the file names."""
        return _flows.reidentify_flow(
            self._assembly, flow, purpose=purpose, to=to, fields=fields, who=who, progress=progress
        )

    # --- the record ---

    def audit(
        self,
        region: str | None = None,
        *,
        since: str = "",
        event: str = "",
        flow: str = "",
        before: int = 0,
        limit: int = 0,
    ) -> AuditPage:
        """The newest entries of a region's log that fit, oldest first; ``limit`` 0 is all of them."""
        return _auditing.list_entries(
            self._assembly, region, since=since, event=event, flow=flow, before=before, limit=limit
        )

    def verify_audit(self, region: str | None = None, *, head: str = "") -> list[AuditReport]:
        """Hold each log against its chain, its signed end, the stores, and the releases in the targets."""
        return _auditing.verify_audit(self._assembly, region, head)

    def purge(self, *, dry_run: bool = False, progress: Progress = _silent) -> PurgeReport:
        """Remove what is past its dataset's retention, everywhere this project wrote it, and keep a signed record."""
        return _purging.purge(self._assembly, dry_run=dry_run, progress=progress)

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

    def rotation(self, domain: str, region: str | None = None) -> Rotation:
        """What giving a domain new keys would do: who uses it, and how many releases no longer join with later ones."""
        return _keyring.rotation(self._assembly, domain, region)

    def rotate_key(self, domain: str, region: str | None = None) -> Rotation:
        """Give a domain its next key version; what was released before is still read back with the one before."""
        return _keyring.rotate(self._assembly, domain, region)

    def import_fernet(self, name: str, path: str | Path, region: str | None = None) -> int:
        """Take the Fernet keys of an older pipeline, for rules that say ``fernet: NAME``; gives how many they are."""
        return _keyring.import_fernet(self._assembly, name, Path(path), region)

    def backup_keys(self, path: str | Path, passphrase: SecretBytes) -> list[str]:
        """Seal the keys of every region into a new file, and give the regions; never over another file."""
        return _keyring.backup(self._assembly, Path(path), passphrase)

    def restore_keys(self, path: str | Path, passphrase: SecretBytes) -> tuple[list[str], list[Path]]:
        """Put the keys of a backup where they belong, never over others; gives the regions, and what was written."""
        return _keyring.restore(self._assembly, Path(path), passphrase)

    def report(self, *, named: bool = True, now: datetime | None = None) -> ProjectReport:
        """All that is known, decided, released, held and open, now; without names where ``named`` is False."""
        return _reporting.report_project(self._assembly, now or datetime.now(UTC), named=named)

    def doctor(self) -> list[Check]:
        """Whether all is sound: configuration, keys, policies, inputs, targets, what is kept, and every flow."""
        return _health.doctor(self._assembly, _today())


def _nth(progress: Progress, number: int, whole: int) -> Progress:
    """Progress of one of several: which one is told by its number, for labels hold no names."""
    return progress if whole == 1 else lambda label, done, of: progress(f"{label} {number} of {whole}", done, of)


def _today() -> date:
    return datetime.now(UTC).date()
