"""All that a region's database holds, for who checks it and for who purges it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from pratique.errors import BusyError, StoreError
from pratique.stores.database import Database, open_database
from pratique.stores.tables import (
    decisions,
    finished_parts,
    plans,
    purges,
    releases,
    run_inputs,
    run_parts,
    runs,
    scans,
    untold,
)
from pratique.stores.telling import document_digest

_SCAN = "scan"
_RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Row:
    """A stored row, by what it belongs to and its document's digest."""

    id: int
    owner: str
    """Dataset or flow."""
    at: str
    """When it was made, where the row says so: UTC, ISO 8601."""
    digest: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was begun."""

    run: str
    flow: str
    plan: str
    abandoned: bool


class SqliteLedger:
    """Reads everything of one region's database; removes only what a recorded purge names."""

    __slots__ = ("_database",)

    def __init__(self, path: Path) -> None:
        """On the database at ``path``, made or migrated if need be; see `open_database`."""
        self._database: Database = open_database(path)

    def close(self) -> None:
        """Close the database under it."""
        self._database.close()

    # --- what is there ----------------------------------------------------------------------------------------------

    def scans(self) -> list[Row]:
        """Every scan, oldest first."""
        query = sa.select(scans.c.id, scans.c.dataset, scans.c.at, scans.c.document).order_by(scans.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [Row(number, dataset, at, document_digest(text.encode())) for number, dataset, at, text in rows]

    def decisions(self) -> list[Row]:
        """Every decision, oldest first."""
        query = sa.select(decisions.c.id, decisions.c.dataset, decisions.c.document).order_by(decisions.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [Row(number, dataset, "", document_digest(text.encode())) for number, dataset, text in rows]

    def runs(self) -> list[Run]:
        """Every run, in the order in which they were begun."""
        query = sa.select(runs.c.run, runs.c.flow, runs.c.plan, runs.c.abandoned).order_by(runs.c.flow, runs.c.begun)
        with self._database.read() as connection:
            return [Run(*row) for row in connection.execute(query).all()]

    def releases(self) -> list[tuple[str, int, str, bytes]]:
        """Flow, sequence, run and statement of every release."""
        query = sa.select(releases.c.flow, releases.c.sequence, releases.c.run, releases.c.statement)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(releases.c.flow, releases.c.sequence)).all()
        return [(flow, sequence, run, statement) for flow, sequence, run, statement in rows]

    def purges(self) -> list[Row]:
        """Every recorded purge of a release, by its flow and its record's digest."""
        query = sa.select(purges.c.id, purges.c.owner, purges.c.record).where(purges.c.kind == _RELEASE)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(purges.c.id)).all()
        return [Row(number, owner, "", document_digest(record)) for number, owner, record in rows]

    def untold(self) -> frozenset[str]:
        """Digests of what is stored and about to be told."""
        with self._database.read() as connection:
            notes = connection.execute(sa.select(untold.c.details)).scalars().all()
        try:
            return frozenset(digest for note in notes for digest in json.loads(note).get("digests", ()))
        except (ValueError, AttributeError, TypeError):
            raise StoreError("what is to be told does not read", do="restore the database from a copy") from None

    def plans(self) -> list[str]:
        """The hash of every stored plan."""
        with self._database.read() as connection:
            return list(connection.execute(sa.select(plans.c.hash).order_by(plans.c.hash)).scalars())

    def named_runs(self) -> frozenset[str]:
        """Runs of which names of inputs are stored."""
        with self._database.read() as connection:
            found = [connection.execute(sa.select(t.c.run).distinct()).scalars().all() for t in (run_inputs, run_parts)]
        return frozenset(run for part in found for run in part)

    # --- what goes --------------------------------------------------------------------------------------------------

    def drop_scans(self, rows: Sequence[Row], record: bytes) -> None:
        """Delete old scans, with the record of it; the newest of a dataset is refused with `StoreError`."""
        newest = sa.select(sa.func.max(scans.c.id)).group_by(scans.c.dataset)
        with self._database.write() as connection:
            kept = set(connection.execute(newest).scalars())
            for row in rows:
                if row.id in kept:
                    raise StoreError("the newest scan of a dataset is not purged", where=f"dataset {row.owner}")
                there = connection.execute(sa.select(scans.c.id).where(scans.c.id == row.id)).first()
                if there is None:
                    continue
                entry = {"kind": _SCAN, "owner": row.owner, "name": str(row.id), "record": record}
                connection.execute(sa.insert(purges), entry)
                connection.execute(sa.delete(scans).where(scans.c.id == row.id))

    def forget_run(self, run: str) -> None:
        """Delete the names and digests of a purged run's inputs and what its parts counted; the release stays."""
        with self._database.write() as connection:
            known = sa.select(purges.c.id).where(purges.c.kind == _RELEASE, purges.c.name == run)
            if connection.execute(known).first() is None:
                raise StoreError("is not purged, and stays", where=f"run {run}")
            for table in (finished_parts, run_parts, run_inputs):
                connection.execute(sa.delete(table).where(table.c.run == run))

    def drop_plans(self, hashes: Collection[str]) -> None:
        """Delete plans; one that an unfinished run works by is refused with `StoreError`."""
        with self._database.write() as connection:
            for name in hashes:
                open_runs = sa.select(runs.c.run).where(
                    runs.c.plan == name, ~runs.c.abandoned, runs.c.run.not_in(sa.select(releases.c.run))
                )
                if connection.execute(open_runs).first() is not None:
                    raise StoreError("an unfinished run works by this plan", where=f"plan {name[:12]}")
                connection.execute(sa.delete(plans).where(plans.c.hash == name))

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the file: rewrite it, and empty the write-ahead log.

        Raises `BusyError` where another process reads or writes just then; nothing is lost by that.
        """
        with self._database.bare() as raw:
            raw.execute("VACUUM")
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise BusyError(
                "another process reads the database, so what was deleted is still in its write-ahead log",
                where=str(self._database.path),
                do="run: pratique purge, again",
            )
