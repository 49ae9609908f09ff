"""What the parent of a run works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pratique.model.plan import Plan
from pratique.model.policy import Settings
from pratique.ports import AuditLog, Engine, Format, KeyStore, QuarantineStore, RunStore, Sink, Source, StagingArea


@dataclass(frozen=True, slots=True)
class Mover:
    """All that the parent of a run needs."""

    settings: Settings
    plan: Plan
    source: Source
    source_format: Format
    sink: Sink
    store: RunStore
    staging: StagingArea
    quarantine: QuarantineStore
    keys: KeyStore
    audit: AuditLog
    engine: Engine
    """Works the parts; its workers come up while the inputs are read."""
    detectors: Mapping[str, str]
    who: str
    progress: Callable[[str, int, int | None], None] = lambda _label, _done, _total: None
    """Called with what is done, bytes done so far, and bytes in all."""
