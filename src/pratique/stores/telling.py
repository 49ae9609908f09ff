"""What is stored is told in the audit log, exactly once unless a process is killed, and then at least once.

In one transaction with a row goes what is to be told of it (``untold``); after that the log gets it, and only then
the note goes. So nothing that is stored stays untold for longer than until the next row comes, whenever a process is
killed.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from pratique.model.catalogue import Decision, Scan
from pratique.model.codec import canonical
from pratique.ports import AuditLog
from pratique.stores.database import Database
from pratique.stores.tables import untold

_MOST: Final = 200
"""Digests in one entry of the log."""


def note_scan(connection: sa.Connection, scan: Scan, who: str) -> None:
    """Note that a scan is to be told; in the transaction that stores it."""
    details = {
        "dataset": scan.dataset,
        "records": scan.records,
        "fields": len(scan.evidence),
        "digests": [document_digest(canonical(scan))],
    }
    _note(connection, "scan", who, details)


def note_decisions(connection: sa.Connection, new: Sequence[Decision]) -> None:
    """Note that decisions are to be told; in the transaction that stores them. One entry for what is of one kind."""
    for (dataset, who, kind, bulk), group in groupby(new, lambda d: (d.dataset, d.who, d.kind.value, d.bulk)):
        same = list(group)
        for start in range(0, len(same), _MOST):
            some = same[start : start + _MOST]
            details = {
                "dataset": dataset,
                "kind": kind,
                "fields": len(some),
                "bulk": bulk,
                "signed": sum(bool(decision.signature) for decision in some),
                "digests": [document_digest(canonical(decision)) for decision in some],
            }
            _note(connection, "decision", who, details)


def tell(database: Database, audit: AuditLog) -> None:
    """Write to the log what is noted, whoever noted it. Raises `StoreError`; what is not written stays noted."""
    with database.write() as connection:
        for row in connection.execute(sa.select(untold).order_by(untold.c.id)).mappings().all():
            audit.append(row["event"], row["who"], json.loads(row["details"]))
            connection.execute(sa.delete(untold).where(untold.c.id == row["id"]))


def document_digest(document: bytes) -> str:
    """What a row is named by in the log: SHA-256 (hex) of its document."""
    return sha256(document).hexdigest()


def _note(connection: sa.Connection, event: str, who: str, details: Mapping[str, Any]) -> None:
    connection.execute(sa.insert(untold), {"event": event, "who": who, "details": canonical(details).decode()})
