"""Bring a database to the version that this code knows, or refuse.

The version is read with one query. Alembic is imported only where something is to be done; it then works inside one
transaction of the caller, so that a process killed half-way leaves the database as it was.
"""

import threading
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from pratique.errors import StoreError

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every revision that this code can start from, oldest first; the last is the one that it works with."""

_ALEMBIC: Final = threading.Lock()
"""Alembic keeps the migration at work in a global: one thread at a time."""
_FOLDER: Final = Path(__file__).parent / "migrations"


def current_revision(connection: sa.Connection) -> str | None:
    """The revision of a database; None for an empty one. Raises `StoreError` for one that is newer, or not ours."""
    where = str(connection.engine.url.database)
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreError("a database, but not one of Pratique", where=where)
    rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(rows) != 1:
        raise StoreError("the database does not say which version it has", where=where, do="restore it from a copy")
    revision = str(rows[0])
    if revision not in REVISIONS:
        raise StoreError("written by a newer version of Pratique", where=where, do="update to open it")
    return revision


def migrate(connection: sa.Connection) -> None:
    """Run what is missing, in the caller's transaction: all or nothing where the database has transactional DDL."""
    from alembic import command  # noqa: PLC0415 (takes longer to import than opening a database may take)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _ALEMBIC:
        command.upgrade(config, "head")
