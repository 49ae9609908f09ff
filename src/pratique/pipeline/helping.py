"""A stream's worker that is not the first: it treats its partitions' messages, and leaves releases to the first."""

import contextlib
from collections.abc import Mapping

from pratique.model.plan import Plan
from pratique.model.stream import Mark
from pratique.pipeline.streaming import Streamer, Worker


def help_out(streamer: Streamer, *, forever: bool) -> None:
    """Work the stream's partitions as `pratique.pipeline.streaming.follow` does, but make no release, and ask no
    threshold: the first worker does, which holds the flow's lock and knows what all have done.

    To be called while the first worker lives, after it has settled what earlier ones left. Raises likewise.
    """
    with contextlib.closing(streamer.stream):
        _Helper(streamer, forever=forever).run()


class _Helper(Worker):
    def _check_released(self, marks: Mapping[int, Mark]) -> None:
        """The first worker did."""

    def _check_threshold(self) -> None:
        """It does."""

    def _due(self) -> bool:
        return False

    def _release(self, plan: Plan) -> None:
        """It does that too."""
