"""Rows held back while a batch is treated."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pratique.kernel.values import Bools
from pratique.model.data import Quarantined
from pratique.model.paths import FieldPath


@dataclass(slots=True)
class Held:
    """Rows held back so far; the first rule to hold a row is the one that is named."""

    ordinals: npt.NDArray[np.int64]
    reasons: dict[int, Quarantined] = field(default_factory=dict)
    rows: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.rows = np.zeros(len(self.ordinals), dtype=bool)

    def hold(self, rows: Bools, rule: str, path: FieldPath | None) -> None:
        """Hold back the flagged rows that nothing held before."""
        fresh = np.flatnonzero(rows & ~self.rows)
        for row in fresh:
            self.hold_row(int(row), rule, path)

    def hold_row(self, row: int, rule: str, path: FieldPath | None) -> None:
        """Hold back one row, unless something held it before."""
        if not self.rows[row]:
            self.reasons[row] = Quarantined(int(self.ordinals[row]), rule, path)
            self.rows[row] = True

    def listed(self) -> tuple[Quarantined, ...]:
        """In row order."""
        return tuple(self.reasons[row] for row in sorted(self.reasons))
