"""Catalogue and runs in one SQLite file per region, and the lock that keeps a flow to one living run."""

from pratique.stores.catalogue import SqliteCatalogueStore
from pratique.stores.database import FILE_NAME, Database, open_database
from pratique.stores.ledger import SqliteLedger
from pratique.stores.lock import FlowLock, SharedLock, die_with_parent
from pratique.stores.runs import SqliteRunStore

__all__ = [
    "FILE_NAME",
    "Database",
    "FlowLock",
    "SharedLock",
    "SqliteCatalogueStore",
    "SqliteLedger",
    "SqliteRunStore",
    "die_with_parent",
    "open_database",
]
