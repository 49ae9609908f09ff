"""Runs, parts, releases and plans in a database."""

import dataclasses
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from pratique.errors import StoreError
from pratique.model.codec import canonical, decode
from pratique.model.data import Part, PartId
from pratique.model.quarantine import HeldSet
from pratique.model.release import InputState, StagedFile
from pratique.stores.database import open_database
from pratique.stores.lock import FlowLock, SharedLock
from pratique.stores.tables import finished_parts, plans, purges, releases, run_inputs, run_parts, runs
from pratique.stores.tables import replayed as replayed_sets

_T = TypeVar("_T", Part, InputState, StagedFile)


class SqliteRunStore:
    """Implements `pratique.ports.RunStore`. The locks of flows are files in a folder of their own."""

    __slots__ = ("_database", "_held", "_locks")

    def __init__(self, path: Path, locks: Path) -> None:
        """On the database at ``path``, made or migrated if need be; see `open_database`."""
        self._database = open_database(path)
        self._locks = locks
        self._held: dict[str, FlowLock] = {}

    def close(self) -> None:
        """Close the database under it."""
        self._database.close()

    # --- the lock ---------------------------------------------------------------------------------------------------

    def hold(self, flow: str) -> AbstractContextManager[None]:
        """The flow's lock, free the moment its holder and the workers that it was shared with are dead; `BusyError`."""
        lock = FlowLock(self._locks, flow)
        return _Remembered(self._held, flow, lock)

    def share(self, flow: str) -> SharedLock:
        """The lock that this store holds on the flow, as an argument for workers; `StoreError` if it holds none."""
        if flow not in self._held:
            raise StoreError("a lock that is not held cannot be shared", where=f"flow {flow}")
        return self._held[flow].share()

    # --- runs -------------------------------------------------------------------------------------------------------

    def begin(
        self, flow: str, run: str, plan: str, inputs: Sequence[InputState], parts: Sequence[Part], repeat: int
    ) -> None:
        """Record a run, or find it as it was begun before.

        A run that was abandoned, or overtaken by another run of the flow, begins anew with nothing finished. Raises
        `StoreError` if the run stands there with another plan, other inputs or other parts.
        """
        with self._database.write() as connection:
            known = connection.execute(sa.select(runs).where(runs.c.run == run)).mappings().one_or_none()
            if known is None:
                order = _newest_begin(connection, flow) + 1
                row = {"run": run, "flow": flow, "plan": plan, "repeat": repeat, "begun": order, "abandoned": False}
                connection.execute(sa.insert(runs), row)
                _insert_work(connection, run, inputs, parts)
                return
            if (known["flow"], known["plan"], known["repeat"]) != (flow, plan, repeat):
                raise StoreError("is recorded with another plan", where=f"run {run}")
            if _is_released(connection, run) or _open_run(connection, flow) == run:
                if not _same_work(connection, run, inputs, parts):
                    raise StoreError("is recorded with other inputs or parts", where=f"run {run}")
                return
            for table in (finished_parts, run_parts, run_inputs):
                connection.execute(sa.delete(table).where(table.c.run == run))
            _insert_work(connection, run, inputs, parts)
            anew = sa.update(runs).where(runs.c.run == run)
            connection.execute(anew.values(begun=_newest_begin(connection, flow) + 1, abandoned=False))

    def abandon(self, run: str) -> None:
        """Forget what is finished of a run that is not released: it is not open any more. Fine if it is unknown.

        To be called before its staged files are removed, so that no crash leaves a finished part without its file.
        """
        with self._database.write() as connection:
            if _is_released(connection, run):
                raise StoreError("is released, and stays", where=f"run {run}")
            connection.execute(sa.delete(finished_parts).where(finished_parts.c.run == run))
            connection.execute(sa.update(runs).where(runs.c.run == run).values(abandoned=True))

    def abandoned(self, flow: str) -> Sequence[str]:
        """The runs of a flow that were abandoned and not begun again since, in the order of their begin."""
        query = sa.select(runs.c.run).where(runs.c.flow == flow, runs.c.abandoned).order_by(runs.c.begun)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def plan_of(self, run: str) -> str | None:
        """The hash of a run's plan; None for an unknown run."""
        with self._database.read() as connection:
            return connection.execute(sa.select(runs.c.plan).where(runs.c.run == run)).scalar()

    def superseded(self, flow: str) -> frozenset[str]:
        """The runs of a flow with a lower repeat number than its last full run that was released."""
        query = sa.select(runs.c.run).where(runs.c.flow == flow, runs.c.repeat < self.repeats(flow))
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def open_run(self, flow: str) -> str | None:
        """The run of this flow that was begun last, unless it is released or abandoned."""
        with self._database.read() as connection:
            return _open_run(connection, flow)

    def inputs(self, flow: str) -> Mapping[str, InputState]:
        """Inputs of released runs by name; of two with one name, the later release's."""
        query = (
            sa.select(run_inputs.c.document)
            .join(releases, releases.c.run == run_inputs.c.run)
            .where(releases.c.flow == flow)
            .order_by(releases.c.sequence, run_inputs.c.position)
        )
        with self._database.read() as connection:
            documents = connection.execute(query).scalars().all()
        return {state.name: state for state in (_decoded(InputState, document) for document in documents)}

    def repeats(self, flow: str) -> int:
        """The highest repeat number of the flow's released runs; 0 if there is none."""
        query = (
            sa.select(sa.func.max(runs.c.repeat))
            .join(releases, releases.c.run == runs.c.run)
            .where(runs.c.flow == flow)
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar() or 0

    # --- parts ------------------------------------------------------------------------------------------------------

    def parts(self, run: str) -> Sequence[Part]:
        """In the order in which they were given; none for an unknown run."""
        query = sa.select(run_parts.c.document).where(run_parts.c.run == run).order_by(run_parts.c.position)
        with self._database.read() as connection:
            documents = connection.execute(query).scalars().all()
        return tuple(_decoded(Part, document) for document in documents)

    def finished(self, run: str) -> Mapping[PartId, StagedFile]:
        """Parts that are staged and cleared, in the order of `parts`."""
        query = (
            sa.select(finished_parts.c.part, finished_parts.c.document)
            .join(
                run_parts, sa.and_(run_parts.c.run == finished_parts.c.run, run_parts.c.part == finished_parts.c.part)
            )
            .where(finished_parts.c.run == run)
            .order_by(run_parts.c.position)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return {PartId(part): _decoded(StagedFile, document) for part, document in rows}

    def finish_part(self, run: str, staged: StagedFile) -> None:
        """Commit a part as cleared. The first to finish it wins; an equal result in another staging file is left aside.

        Raises `StoreError` for a part that the run does not have, and for a result that differs from the first in
        anything but the staging file: the same part under the same plan has the same bytes.
        """
        row = (finished_parts.c.run == run, finished_parts.c.part == staged.part)
        with self._database.write() as connection:
            first = connection.execute(sa.select(finished_parts.c.document).where(*row)).scalar()
            if first is not None:
                if dataclasses.replace(_decoded(StagedFile, first), staged="") != dataclasses.replace(
                    staged, staged=""
                ):
                    raise StoreError("was finished before with another result", where=f"run {run}, part {staged.part}")
                return
            known = sa.select(run_parts.c.part).where(run_parts.c.run == run, run_parts.c.part == staged.part)
            if connection.execute(known).first() is None:
                raise StoreError("is no part of this run", where=f"run {run}, part {staged.part}")
            connection.execute(
                sa.insert(finished_parts), {"run": run, "part": staged.part, "document": canonical(staged).decode()}
            )

    # --- releases ---------------------------------------------------------------------------------------------------

    def release(self, flow: str, run: str) -> bytes | None:
        """The stored statement of a run, byte for byte."""
        query = sa.select(releases.c.statement).where(releases.c.flow == flow, releases.c.run == run)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def store_release(
        self, flow: str, run: str, sequence: int, statement: bytes, replayed: Collection[HeldSet] = ()
    ) -> None:
        """Commit a release, once, together with what of earlier runs' quarantine it replayed; the same again is fine.

        Raises `StoreError` for other bytes, for a sequence that does not follow the flow's last, for a run that is not
        the flow's open run with every part finished, and for what was replayed before or is of no released run.
        """
        where = f"flow {flow}, run {run}"
        with self._database.write() as connection:
            stored = connection.execute(sa.select(releases).where(releases.c.run == run)).mappings().one_or_none()
            if stored is not None:
                if (stored["flow"], stored["sequence"], stored["statement"]) != (flow, sequence, statement):
                    raise StoreError("is released already, with another statement", where=where)
                return
            if _open_run(connection, flow) != run:
                raise StoreError("is not the open run of the flow", where=where)
            if _count(connection, run_parts, run) != _count(connection, finished_parts, run):
                raise StoreError("has parts that are not finished", where=where)
            last = connection.execute(
                sa.select(sa.func.max(releases.c.sequence)).where(releases.c.flow == flow)
            ).scalar()
            if sequence != (last or 0) + 1:
                raise StoreError(f"release {sequence} does not follow release {last or 0}", where=where)
            connection.execute(
                sa.insert(releases), {"flow": flow, "sequence": sequence, "run": run, "statement": statement}
            )
            _insert_replayed(connection, flow, run, replayed)

    def replayed(self, flow: str) -> Mapping[HeldSet, str]:
        """What of a flow's quarantine was replayed, and by which released run."""
        query = (
            sa.select(replayed_sets)
            .join(releases, releases.c.run == replayed_sets.c.run)
            .where(releases.c.flow == flow)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return {HeldSet(row["of_run"], PartId(row["part"]), row["rule"]): row["run"] for row in rows}

    def releases(self, flow: str) -> Sequence[bytes]:
        """Every stored statement of a flow, oldest first."""
        query = sa.select(releases.c.statement).where(releases.c.flow == flow).order_by(releases.c.sequence)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def last_release(self, flow: str) -> tuple[int, bytes] | None:
        """Sequence and statement of the newest release of a flow."""
        query = (
            sa.select(releases.c.sequence, releases.c.statement)
            .where(releases.c.flow == flow)
            .order_by(releases.c.sequence.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row[0], row[1])

    # --- purges -----------------------------------------------------------------------------------------------------

    def purged(self, flow: str) -> Mapping[str, bytes]:
        """The signed purge record of every purged run of a flow."""
        query = sa.select(purges.c.name, purges.c.record).where(purges.c.kind == "release", purges.c.owner == flow)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(purges.c.id)).all()
        return {row[0]: bytes(row[1]) for row in rows}

    def store_purge(self, flow: str, run: str, record: bytes) -> bytes:
        """Record that a release is purged, once, and give the record that stands: the first. `StoreError` if unknown.

        From now on the release counts as gone; to be called before anything of it is removed.
        """
        with self._database.write() as connection:
            known = sa.select(purges.c.record).where(purges.c.kind == "release", purges.c.name == run)
            if (stored := connection.execute(known).scalar()) is not None:
                return bytes(stored)
            if not _is_released(connection, run):
                raise StoreError("was not released, so there is nothing to purge", where=f"flow {flow}, run {run}")
            row = {"kind": "release", "owner": flow, "name": run, "record": record}
            connection.execute(sa.insert(purges), row)
        return record

    # --- plans ------------------------------------------------------------------------------------------------------

    def store_plan(self, plan_hash: str, document: bytes) -> None:
        """Keep a plan's canonical form under its hash; the same again is fine, other bytes raise `StoreError`."""
        with self._database.write() as connection:
            stored = connection.execute(sa.select(plans.c.document).where(plans.c.hash == plan_hash)).scalar()
            if stored is None:
                connection.execute(sa.insert(plans), {"hash": plan_hash, "document": document})
            elif stored != document:
                raise StoreError("another plan is stored under this hash", where=f"plan {plan_hash}")

    def plan(self, plan_hash: str) -> bytes | None:
        """The stored form of a plan."""
        with self._database.read() as connection:
            return connection.execute(sa.select(plans.c.document).where(plans.c.hash == plan_hash)).scalar()


class _Remembered(AbstractContextManager[None]):
    """A held lock that its store can share while it is held."""

    def __init__(self, held: dict[str, FlowLock], flow: str, lock: FlowLock) -> None:
        self._held = held
        self._flow = flow
        self._lock = lock

    def __enter__(self) -> None:
        self._lock.__enter__()
        self._held[self._flow] = self._lock

    def __exit__(self, *_: object) -> None:
        del self._held[self._flow]
        self._lock.__exit__()


def _newest_begin(connection: sa.Connection, flow: str) -> int:
    return connection.execute(sa.select(sa.func.max(runs.c.begun)).where(runs.c.flow == flow)).scalar() or 0


def _open_run(connection: sa.Connection, flow: str) -> str | None:
    query = sa.select(runs.c.run, runs.c.abandoned).where(runs.c.flow == flow).order_by(runs.c.begun.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None or row[1] or _is_released(connection, row[0]) else row[0]


def _is_released(connection: sa.Connection, run: str) -> bool:
    return connection.execute(sa.select(releases.c.run).where(releases.c.run == run)).first() is not None


def _insert_replayed(connection: sa.Connection, flow: str, run: str, replayed: Collection[HeldSet]) -> None:
    """Record what a release replayed; the key of the table lets nothing be replayed twice."""
    rows = [{"of_run": one.run, "part": one.part, "rule": one.rule, "run": run} for one in sorted(replayed)]
    wanted = {one.run for one in replayed}
    known = sa.select(releases.c.run).where(releases.c.flow == flow, releases.c.run.in_(wanted), releases.c.run != run)
    if set(connection.execute(known).scalars()) != wanted:
        raise StoreError("replays a run that was never released", where=f"flow {flow}, run {run}")
    keys = sa.tuple_(replayed_sets.c.of_run, replayed_sets.c.part, replayed_sets.c.rule)
    for row in rows:
        taken = sa.select(replayed_sets.c.run).where(keys == sa.tuple_(row["of_run"], row["part"], row["rule"]))
        if connection.execute(taken).first() is not None:
            raise StoreError(
                "was replayed before", where=f"run {row['of_run']}, part {row['part']}, rule {row['rule']}"
            )
    if rows:
        connection.execute(sa.insert(replayed_sets), rows)


def _count(connection: sa.Connection, table: sa.Table, run: str) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table).where(table.c.run == run)).scalar_one()


def _insert_work(connection: sa.Connection, run: str, inputs: Sequence[InputState], parts: Sequence[Part]) -> None:
    states = [{"run": run, "position": i, "document": canonical(state).decode()} for i, state in enumerate(inputs)]
    work = [
        {"run": run, "position": i, "part": part.id, "document": canonical(part).decode()}
        for i, part in enumerate(parts)
    ]
    if states:
        connection.execute(sa.insert(run_inputs), states)
    if work:
        connection.execute(sa.insert(run_parts), work)


def _same_work(connection: sa.Connection, run: str, inputs: Sequence[InputState], parts: Sequence[Part]) -> bool:
    for table, wanted in ((run_inputs, inputs), (run_parts, parts)):
        query = sa.select(table.c.document).where(table.c.run == run).order_by(table.c.position)
        if connection.execute(query).scalars().all() != [canonical(item).decode() for item in wanted]:
            return False
    return True


def _decoded(kind: type[_T], document: str) -> _T:
    try:
        return decode(kind, json.loads(document))
    except (ValueError, RecursionError):
        raise StoreError(f"a stored {kind.__name__} does not read as one", do="update Pratique") from None
