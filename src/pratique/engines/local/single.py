"""One worker: this process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pratique.engines.local.defects import as_error
from pratique.model.data import PartId


@dataclass(frozen=True, slots=True)
class SingleEngine:
    """Works one part after the other, here (`pratique.ports.Engine`)."""

    work: Callable[[PartId, Callable[[int], None]], None]
    """Works a part to its end and commits it; gets a callback that takes bytes done."""

    def map(self, parts: Sequence[PartId], *, progress: Callable[[PartId, int], None]) -> None:
        """Work the parts in order; the first error ends it."""
        for part in parts:
            try:
                self.work(part, lambda count, part=part: progress(part, count))  # type: ignore[misc]
            except Exception as error:
                # Whoever catches it may log it, so a defect must not bring a value along.
                shown = as_error(error, part)
                if shown is error:
                    raise
                raise shown from None
