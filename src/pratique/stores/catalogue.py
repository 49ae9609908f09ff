"""Scans and decisions in a database."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pratique.errors import CatalogueError, StoreError
from pratique.model.catalogue import Decision, Scan, Scoring
from pratique.model.codec import canonical, decode
from pratique.ports import AuditLog
from pratique.stores.database import open_database
from pratique.stores.tables import decisions, scans, scorings
from pratique.stores.telling import note_decisions, note_scan, tell

_T = TypeVar("_T", Scan, Scoring, Decision)
_REMEMBERED = 256
"""Documents whose decoded form is kept: of a review, which reads the same scans after each decision."""


class SqliteCatalogueStore:
    """Implements `pratique.ports.CatalogueStore`. Triggers of the database keep it append-only, whoever writes."""

    __slots__ = ("_audit", "_database", "_who")

    def __init__(self, path: Path, audit: AuditLog | None = None, who: str = "") -> None:
        """On the database at ``path``, made or migrated if need be; see `open_database`.

        With ``audit``, whatever is stored is told there, scans as ``who``'s; see `pratique.stores.telling`.
        """
        self._database = open_database(path)
        self._audit = audit
        self._who = who

    def close(self) -> None:
        """Close the database under it."""
        self._database.close()

    def add_scan(self, scan: Scan) -> None:
        """Add what one look at a dataset found."""
        with self._database.write() as connection:
            connection.execute(
                sa.insert(scans).values(dataset=scan.dataset, at=scan.at, document=canonical(scan).decode())
            )
            if self._audit is not None:
                note_scan(connection, scan, self._who)
        self._tell()

    def latest_scan(self, dataset: str) -> Scan | None:
        """The scan of this dataset that was added last."""
        query = sa.select(scans.c.document).where(scans.c.dataset == dataset).order_by(scans.c.id.desc()).limit(1)
        with self._database.read() as connection:
            document = connection.execute(query).scalar()
        return None if document is None else _decoded(Scan, document)

    def scans(self, dataset: str) -> Sequence[Scan]:
        """In the order in which they were added."""
        query = sa.select(scans.c.document).where(scans.c.dataset == dataset).order_by(scans.c.id)
        with self._database.read() as connection:
            documents = connection.execute(query).scalars().all()
        return tuple(_decoded(Scan, document) for document in documents)

    def add_scoring(self, scoring: Scoring) -> None:
        """Add how a stored scan was scored; a scan that is not there raises `CatalogueError`."""
        with self._database.write() as connection:
            row = connection.execute(_scan_row(scoring.dataset, scoring.scan)).scalar()
            if row is None:
                raise CatalogueError(
                    "there is no such scan to score",
                    where=f"dataset {scoring.dataset}",
                    do=f"run: pratique scan {scoring.dataset}",
                )
            document = canonical(scoring).decode()
            connection.execute(sa.insert(scorings).values(scan=row, dataset=scoring.dataset, document=document))

    def scorings(self, scan: Scan) -> Sequence[Scoring]:
        """How a stored scan was scored, in the order in which that was added."""
        row = _scan_row(scan.dataset, scan.at).scalar_subquery()
        query = sa.select(scorings.c.document).where(scorings.c.scan == row).order_by(scorings.c.id)
        with self._database.read() as connection:
            documents = connection.execute(query).scalars().all()
        return tuple(_decoded(Scoring, document) for document in documents)

    def datasets(self) -> Sequence[str]:
        """Every dataset that has a scan or a decision, by name."""
        query = sa.union(sa.select(scans.c.dataset), sa.select(decisions.c.dataset))
        with self._database.read() as connection:
            return sorted(connection.execute(query).scalars())

    def add_decisions(self, new: Sequence[Decision]) -> None:
        """All or none. Raises `CatalogueError` for a sequence that is taken, or that leaves a gap."""
        if not new:
            return
        with self._database.write() as connection:
            following: dict[tuple[str, str], int] = {}
            for decision in new:
                field = (decision.dataset, canonical(decision.path).decode())
                if field not in following:
                    following[field] = _last_sequence(connection, *field) + 1
                if decision.sequence != following[field]:
                    raise _collision(decision.dataset)
                following[field] += 1
            try:
                connection.execute(
                    sa.insert(decisions),
                    [
                        {
                            "dataset": decision.dataset,
                            "path": canonical(decision.path).decode(),
                            "sequence": decision.sequence,
                            "document": canonical(decision).decode(),
                        }
                        for decision in new
                    ],
                )
            except IntegrityError:
                raise _collision(new[0].dataset) from None
            if self._audit is not None:
                note_decisions(connection, new)
        self._tell()

    def decisions(self, dataset: str) -> Sequence[Decision]:
        """In the order in which they were added."""
        query = sa.select(decisions.c.document).where(decisions.c.dataset == dataset).order_by(decisions.c.id)
        with self._database.read() as connection:
            documents = connection.execute(query).scalars().all()
        return tuple(_decoded(Decision, document) for document in documents)

    def _tell(self) -> None:
        if self._audit is not None:
            tell(self._database, self._audit)


def _scan_row(dataset: str, at: str) -> "sa.Select[tuple[int]]":
    """The newest scan of this moment."""
    found = sa.select(scans.c.id).where(scans.c.dataset == dataset, scans.c.at == at)
    return found.order_by(scans.c.id.desc()).limit(1)


def _last_sequence(connection: sa.Connection, dataset: str, path: str) -> int:
    query = sa.select(sa.func.max(decisions.c.sequence)).where(decisions.c.dataset == dataset, decisions.c.path == path)
    return connection.execute(query).scalar() or 0


def _collision(dataset: str) -> CatalogueError:
    return CatalogueError(
        "somebody decided on the same field meanwhile, so nothing was stored",
        where=f"dataset {dataset}",
        do="look at the field again and repeat the decision if it still holds",
    )


@lru_cache(maxsize=_REMEMBERED)
def _decoded(kind: type[_T], document: str) -> _T:
    """What a document says; nobody changes it, so that who asks again gets the same object."""
    try:
        return decode(kind, json.loads(document))
    except (ValueError, RecursionError):
        raise StoreError(f"a stored {kind.__name__.lower()} does not read as one", do="update Pratique") from None
