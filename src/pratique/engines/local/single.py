"""One worker: this process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pratique.engines.local.defects import as_error
from pratique.model.data import Job, PartId

Work = Callable[[PartId, Callable[[int], None]], object]


@dataclass(frozen=True, slots=True)
class SingleEngine:
    """Works one part after the other, here (`pratique.ports.Engine`)."""

    open: Callable[[Job], Work]
    """Gives what works a part to its end and commits it; that gets a callback that takes bytes done."""

    def start(self) -> None:
        """This process is there already."""

    def close(self) -> None:
        """This process stays."""

    def map(
        self,
        parts: Sequence[PartId],
        job: Job,
        *,
        progress: Callable[[PartId, int], None],
        finished: Callable[[object], None],
    ) -> None:
        """Work the parts in order; the first error ends it."""
        work = self.open(job)
        for part in parts:
            try:
                finished(work(part, lambda count, part=part: progress(part, count)))  # type: ignore[misc]
            except Exception as error:
                # Whoever catches it may log it, so a defect must not bring a value along.
                shown = as_error(error, part)
                if shown is error:
                    raise
                raise shown from None
