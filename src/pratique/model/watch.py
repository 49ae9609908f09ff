"""What a stream's worker says of itself, for who watches it. Counts, names and rules; never a value."""

from dataclasses import dataclass
from typing import Final

WORD_VERSION: Final = 1
STOPPED: Final = "stopped"
"""The state of a worker that ended with an error."""
PAUSED: Final = "paused"
"""The state of one that a threshold of quarantined messages ended."""


@dataclass(frozen=True, slots=True)
class Word:
    """The last word of one worker."""

    version: int
    flow: str
    pid: int
    state: str
    """As of `pratique.pipeline.streaming.Progress`, or `STOPPED` or `PAUSED`."""
    why: str
    """What it waits for, or why it ended."""
    began: str
    """UTC, ISO 8601, like ``at``."""
    at: str
    read: int
    """Since it began, like the two below."""
    written: int
    quarantined: int
    rate: float
    """Messages a second, of the last seconds."""
    releases: int
    """How many it made."""
