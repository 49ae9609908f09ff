"""A flow from topic to topic: transaction after transaction, each treated and gated like a part, and released by spans.

The order of steps makes every crash harmless: what a transaction did is committed with its offsets, in one commit of
the broker's, and everything that this process knows is read back from there when it starts. A release is made of what
is committed, after it; it is stored before it is published, and published again where a crash came between.
"""

import contextlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import BinaryIO, Final, Protocol

from pratique.errors import RefusedError, ThresholdError, UnsettledError
from pratique.gate import reopen
from pratique.model.chain import Span, first_link
from pratique.model.codec import canonical
from pratique.model.plan import Plan
from pratique.model.quarantine import Entry
from pratique.model.release import Counts
from pratique.model.stream import Mark, Sealed, Taken
from pratique.pipeline.covering import Covering, newest_span, publish_last, release_span, since
from pratique.pipeline.results import StreamReport
from pratique.pipeline.taking import Shelf, TakenReader, advance
from pratique.pipeline.work import WorkedPart, Workshop, work_part
from pratique.ports import Cleared, Stream
from pratique.runs import MemoryStagingArea, held_by

MOST: Final = 20_000
"""Messages of one transaction."""
SETTLED: Final = 1_000
"""Messages of a span from which its share of quarantine is held against the flow's threshold: a few say nothing."""
_WAIT: Final = 0.05
"""Seconds that a transaction waits for more messages."""
_FIRST, _LONGEST = 0.1, 5.0
"""Seconds between tries to take hold again."""
_LOOK: Final = 1.0
"""Seconds between two looks at what other workers have done."""
_PATIENCE: Final = 120.0
"""Seconds of tries after which a run to the end gives up; one that follows never does."""


class Helpers(Protocol):
    """Other workers of a flow, in processes of their own: each has partitions of its own, and makes no releases."""

    def start(self) -> None:
        """Start them; once, when what was left by earlier ones is settled."""
        ...

    def look(self) -> bool:
        """Whether any still works. Raises what made one end that was not asked to."""
        ...

    def done(self) -> tuple[int, int, int, int]:
        """What they have done so far: read, written, quarantined, transactions."""
        ...

    def end(self) -> None:
        """Ask each to end after the transaction at hand, and wait until it has."""
        ...


@dataclass(frozen=True, slots=True)
class Streamer:
    """All that a stream's worker needs."""

    covering: Covering
    """What makes releases."""
    stream: Stream
    shop: Workshop
    """Its staging is a `MemoryStagingArea`, its reader a `TakenReader`, its quarantine a `Shelf`."""
    seal: Callable[[list[tuple[int, int, Entry]]], list[Sealed]]
    """Partition, offset and entry to sealed messages."""
    stored_plan: Callable[[str], Plan]
    prefix: bytes
    """With what the stream has each value begin."""
    stop: Callable[[], bool]
    """Whether the worker was asked to end: it does so after the transaction at hand."""
    tell: Callable[["Progress"], None] = lambda _: None
    """Called after each step, and again and again while there is nothing to do or something to wait for."""
    seconds: float = 60.0
    """Of one span, while it follows."""
    records: int = 1_000_000
    """Of one span."""
    helpers: Helpers | None = None
    """The flow's other workers, of which this one is the first; None: there are none."""
    today: Callable[[], date] = lambda: datetime.now(UTC).date()
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class Progress:
    """What a worker has done since it started."""

    state: str = "starting"
    """``starting``, ``running``, ``waiting`` (for brokers), ``done``."""
    why: str = ""
    """What it waits for; free of values, as every error is."""
    read: int = 0
    written: int = 0
    quarantined: int = 0
    transactions: int = 0
    resumed: int = 0
    """How often it had to ask what was committed."""
    releases: list[int] = field(default_factory=list)


def follow(streamer: Streamer, *, forever: bool) -> StreamReport:
    """Work a flow to the ends that its partitions have now, or with ``forever`` until it is asked to stop.

    1. Take the flow's lock. Publish the last release again where a crash kept it from its readers.
    2. Take hold of the stream; what is committed under an earlier plan and not released is released, under that plan.
    3. Transaction by transaction: take, treat, gate, commit. Where nobody knows whether a commit happened, go to 2.
    4. Each span's end, and this run's, is a release.

    Raises `BusyError` if the flow is running already, `ThresholdError` where too much is in quarantine (all of it is
    committed and sealed), `RefusedError` where route or gate stand against it, and `UnsettledError` where brokers do
    not answer for too long.
    """
    covering = streamer.covering
    with covering.store.hold(covering.plan.flow), contextlib.closing(streamer.stream):
        covering.store.store_plan(covering.plan.hash, canonical(covering.plan))
        publish_last(covering)
        return Worker(streamer, forever=forever).run()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A transaction that is treated and cleared, and not committed yet."""

    taken: Taken
    worked: WorkedPart
    staged: BinaryIO
    cleared: Cleared
    held: list[Entry]


class Worker:
    """One run: its marks, and what is open of the span.

    While one transaction is being committed, the next is taken and treated; it is begun when the one before is known to
    be committed, and thrown away, to be taken again, where that is not known.
    """

    def __init__(self, streamer: Streamer, *, forever: bool) -> None:
        self._with = streamer
        self._forever = forever
        self._progress = Progress()
        self._marks: dict[int, Mark] = {}
        self._before: Span | None = None
        """What the newest release covers."""
        self._ends: Mapping[int, int] | None = None
        self._since = streamer.clock()
        self._failing: float | None = None
        self._helping = False
        self._seen: dict[int, Mark] = {}
        """What is committed by all workers, as of `_looked`."""
        self._looked = -_LOOK
        self._committing: tuple[_Ready, Future[Mapping[int, Mark]]] | None = None
        staging, reader, shelf = streamer.shop.staging, streamer.shop.reader, streamer.shop.quarantine
        assert isinstance(staging, MemoryStagingArea)
        assert isinstance(reader, TakenReader)
        assert isinstance(shelf, Shelf)
        self._staging, self._reader, self._shelf = staging, reader, shelf

    def run(self) -> StreamReport:
        """See `follow`."""
        try:
            while True:
                try:
                    self._resume()
                    self._work()
                    break
                except UnsettledError as error:
                    self._wait(error)
                    if self._with.stop():
                        break
        finally:
            if self._with.helpers is not None:
                self._with.helpers.end()
        self._state("done")
        progress = self._progress
        helpers = self._with.helpers
        read, written, quarantined, transactions = (0, 0, 0, 0) if helpers is None else helpers.done()
        return StreamReport(
            flow=self._with.covering.plan.flow,
            read=progress.read + read,
            written=progress.written + written,
            quarantined=progress.quarantined + quarantined,
            transactions=progress.transactions + transactions,
            resumed=progress.resumed,
            releases=tuple(progress.releases),
            target=self._with.covering.plan.target,
        )

    # --- taking hold --------------------------------------------------------------------------------------------------

    def _resume(self) -> None:
        stream, plan = self._with.stream, self._with.covering.plan
        found = stream.resume()
        self._progress.resumed += 1
        for p, known in self._marks.items():
            mark = found.get(p)
            if known.plan and (mark is None or mark.offset < known.offset):
                raise UnsettledError(
                    f"partition {p} was committed further than the brokers say",
                    where=f"flow {plan.flow}",
                    do="check that no broker lost data",
                )
        if self._with.helpers is not None and not self._helping:
            stream.settle()
        committed = {p: mark for p, mark in found.items() if mark is not None}
        self._check_released(self._of_all(committed))
        self._marks = {p: mark if mark is not None else self._first(p) for p, mark in found.items()}
        earlier = sorted({mark.plan for mark in self._of_all(self._marks).values()} - {"", plan.hash})
        for former in earlier:
            # What was committed under an earlier plan is released under it, before anything is done under this one.
            self._release(self._with.stored_plan(former))
        if self._ends is None and not self._forever:
            self._ends = stream.ends()
        if self._with.helpers is not None and not self._helping:
            self._with.helpers.start()
            self._helping = True
        self._progress.why = ""
        self._state("running")

    def _of_all(self, mine: Mapping[int, Mark]) -> dict[int, Mark]:
        """The marks of all partitions: this worker's as they are, and the others' as committed now."""
        if self._with.helpers is None:
            return dict(mine)
        self._looked = self._with.clock()
        self._seen = {p: mark for p, mark in self._with.stream.everyone().items() if mark is not None}
        return {**self._seen, **mine}

    def _counts(self) -> Counts:
        """Of the span that is open; what other workers did counts a little later."""
        if self._with.helpers is not None and self._with.clock() - self._looked >= _LOOK:
            self._of_all(self._marks)
        return since(self._before, {**self._seen, **self._marks})

    def _first(self, partition: int) -> Mark:
        first, out = self._with.stream.begin(partition)
        chain = first_link(self._with.covering.plan.target, partition).hex()
        return Mark(first, out=out, began=first, out_began=out, read=0, written=0, quarantined={}, chain=chain, plan="")

    def _check_released(self, marks: Mapping[int, Mark]) -> None:
        """The broker must not know less than what is released: else messages would be written a second time."""
        self._before = newest_span(self._with.covering)
        for part in self._before.partitions if self._before is not None else ():
            mark = marks.get(part.partition)
            if mark is None or mark.offset < part.end:
                raise RefusedError(
                    f"offsets up to {part.end} of partition {part.partition} are released, and the flow's mark is at "
                    f"{'nothing' if mark is None else mark.offset}",
                    where=f"flow {self._with.covering.plan.flow}",
                    do="restore the topic of marks, or give the flow another name to begin anew",
                )

    def _wait(self, error: UnsettledError) -> None:
        """Nothing is lost and nothing passes while the brokers are away."""
        self._progress.why = error.line
        self._state("waiting")
        now = self._with.clock()
        self._failing = self._failing if self._failing is not None else now
        failing = now - self._failing
        if not self._forever and failing > _PATIENCE:
            raise error
        end = now + min(max(failing, _FIRST), _LONGEST)
        while self._with.clock() < end and not self._with.stop():
            time.sleep(0.05)
            self._with.tell(self._progress)

    # --- transactions -------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        with ThreadPoolExecutor(1, "commit") as commits:
            try:
                while not self._with.stop():
                    if self._forever and self._due():
                        self._settle()
                        self._release(self._with.covering.plan)
                    taken = self._with.stream.take(MOST, _WAIT)
                    ready = self._treat(taken) if len(taken) else None
                    self._settle()
                    self._failing = None
                    if ready is not None:
                        self._begin(ready, commits)
                    else:
                        self._with.tell(self._progress)  # Nothing came, and it lives.
                    mine = self._ends is not None and all(taken.after.get(p, 0) >= end for p, end in self._ends.items())
                    others = self._with.helpers is not None and self._with.helpers.look()
                    if mine and not others:
                        break
                self._settle()
            finally:
                # Its outcome is for the brokers to tell, to who takes hold next.
                if self._committing is not None:
                    self._forget(self._committing[0])
                    self._committing = None
        if self._with.helpers is not None:
            self._with.helpers.end()
            # A commit is answered before all can read it: the last ones of the others are to be in this release.
            self._with.stream.settle()
        self._release(self._with.covering.plan)

    def _treat(self, taken: Taken) -> _Ready:
        shop = replace(self._with.shop, today=self._with.today())
        worked = work_part(shop, self._reader.take(taken))
        staged = self._staging.open(worked.file.staged)
        return _Ready(taken, worked, staged, reopen(staged, worked.file), self._shelf.entries)

    def _begin(self, ready: _Ready, commits: ThreadPoolExecutor) -> None:
        """Have it committed meanwhile. Nothing else is: `_settle` was called."""
        written = ready.cleared.descriptor().read()
        plan = self._with.shop.plan.hash
        marks, held = advance(self._marks, ready.taken, written, ready.held, plan, self._with.prefix)
        sealed = self._with.seal(held)
        future = commits.submit(self._with.stream.commit, ready.taken, ready.cleared, sealed, marks)
        self._committing = (ready, future)

    def _forget(self, ready: _Ready) -> None:
        self._staging.remove(ready.worked.file.staged)

    def _settle(self) -> None:
        """Wait for the transaction that is being committed, if one is."""
        if self._committing is None:
            return
        ready, future = self._committing
        self._marks.update(future.result())
        self._committing = None
        self._forget(ready)
        counts = ready.worked.file.counts
        progress = self._progress
        progress.read += counts.read
        progress.written += counts.written
        progress.quarantined += sum(counts.quarantined.values())
        progress.transactions += 1
        self._with.tell(progress)
        self._check_threshold()

    def _check_threshold(self) -> None:
        """A brake: what the span holds is committed; the flow stops before it holds much more."""
        plan = self._with.covering.plan
        counts = self._counts()
        held = sum(counts.quarantined.values())
        over = plan.max_quarantine_count is not None and held > plan.max_quarantine_count
        if not over and held <= plan.max_quarantine * max(counts.read, SETTLED):
            return
        if self._with.helpers is not None:
            self._with.helpers.end()
        self._release(plan)
        error = ThresholdError(
            f"paused: {held:,} of the {counts.read:,} messages since the last release are in quarantine "
            f"({held_by(counts, None)})",
            where=f"flow {plan.flow}",
            do="look at what is held, scan and review, then run it again; or raise max_quarantine of the flow",
        )
        error.read, error.quarantined = counts.read, counts.quarantined
        raise error

    # --- releases -----------------------------------------------------------------------------------------------------

    def _due(self) -> bool:
        if self._with.clock() - self._since >= self._with.seconds:
            return True
        return self._counts().read >= self._with.records

    def _release(self, plan: Plan) -> None:
        self._since = self._with.clock()
        made = release_span(replace(self._with.covering, plan=plan), self._of_all(self._marks))
        if made is not None:
            self._before = newest_span(self._with.covering)
            self._progress.releases.append(made)
            self._with.tell(self._progress)

    def _state(self, state: str) -> None:
        self._progress.state = state
        self._with.tell(self._progress)
