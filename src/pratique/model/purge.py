"""The purge record: what an exporter signs when a release is past its time and its files go."""

from dataclasses import dataclass

PURGE_VERSION = 1
PURGE_TYPE = "urn:pratique:purge:1"
PURGE_FILE = "purged.json"
"""Beside ``release.json``, in the release's folder."""


@dataclass(frozen=True, slots=True)
class PurgeRecord:
    """The predicate of a purge statement. It names a release and a rule, never anything that was in the files."""

    version: int
    exporter: str
    flow: str
    dataset: str
    """The target dataset's name."""
    run: str
    sequence: int
    release: str
    """SHA-256 (hex) of the release's payload."""
    released: str
    """When it was released: UTC, ISO 8601. The span counts from here."""
    retention: str
    """The span, as the project file gives it: ``2y``."""
    retention_of: str
    """The dataset whose retention this is."""
    due: str
    """When the span was over: UTC, ISO 8601."""
    purged: str
    """When the purge was decided: UTC, ISO 8601, seconds. The files go right after."""
    files: int
    size: int
    """Bytes of all files."""
    records: int
    key: str
    """Id of the signing key, which is the release's own."""

    @property
    def rule(self) -> str:
        """The rule in words."""
        return f"retention {self.retention} of {self.retention_of}"
