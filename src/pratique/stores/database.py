"""One SQLite file of a region: how it is opened, and the transactions that everything goes through.

Durable and crash-safe: WAL with ``synchronous=FULL``, so a commit that returned survives ``kill -9`` and loss of power.
Safe for any number of threads and processes of one machine: writers queue (``BEGIN IMMEDIATE``, 30 seconds), readers
never wait. The limit: the file must be on a local disk; WAL and locks do not work over network file systems.

What is special to SQLite is in this module and in the triggers of the migrations; the stores speak SQLAlchemy Core.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Self

import sqlalchemy as sa
from sqlalchemy import event, exc

from pratique.errors import BusyError, StoreError, remedy
from pratique.stores.migrate import REVISIONS, current_revision, migrate

FILE_NAME: Final = "pratique.db"
"""Of the database in a region's state folder."""
BUSY_TIMEOUT: Final = 30.0
"""Seconds that a writer waits for another."""


class Database:
    """An open database. `close` it; it may be used from several threads, and is opened anew in each process."""

    __slots__ = ("_engine", "path")

    def __init__(self, path: Path, engine: sa.Engine) -> None:
        self.path = path
        self._engine = engine

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state. Raises `StoreError`."""
        with _speaking(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that alone writes; committed (on disk) when the block ends, undone if it raises.

        Raises `BusyError` after `BUSY_TIMEOUT` seconds of waiting, `StoreError`.
        """
        with _speaking(self.path), self._engine.connect() as connection:
            connection.execution_options(pratique_write=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, outside a transaction, for what cannot be done inside one."""
        with _speaking(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            yield raw

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(path: Path) -> Database:
    """Open the database at ``path``, making or migrating it if need be.

    A missing folder is made, 0700, and the file 0600; rights that are wider are narrowed. Raises `StoreError` for a
    file that is no database, is not Pratique's, or is newer than this code; `BusyError` if it stays locked.
    """
    _private(path)
    database = Database(path, _engine(path))
    try:
        with database.read() as connection:
            revision = current_revision(connection)
        if revision != REVISIONS[-1]:
            _bring_up(database)
    except BaseException:
        database.close()
        raise
    return database


def _private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.parent.stat().st_mode & 0o077:
            path.parent.chmod(0o700)
        if not path.exists():
            _create(path)
        if not path.is_file():
            raise StoreError("cannot be opened: it is not a file", where=str(path))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreError(f"cannot be opened: {error.strerror}", where=str(path), do=remedy(error)) from None


def _create(path: Path) -> None:
    """Make the empty file, 0600: here and not by SQLite, whose journal and shared memory take over its rights.

    It gets its name only when it is closed. A process that closes any descriptor of a database loses every lock that
    its connections hold there (POSIX), and another process, thinking itself the last, then takes the log away from
    under them: so nothing but SQLite ever opens the file under its name.
    """
    unnamed = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(6).hex()}")
    os.close(os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        # Where another process was faster, its file is the one.
        with contextlib.suppress(FileExistsError):
            os.link(unnamed, path)
    finally:
        unnamed.unlink(missing_ok=True)


def _bring_up(database: Database) -> None:
    """Migrate, one process at a time: switching to WAL does not wait for others, so the waiting is done here."""
    with _alone(database.path):
        with _speaking(database.path), database._engine.connect() as connection:  # noqa: SLF001 (this module made it)
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            if raw.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
                raise StoreError("the disk cannot hold a write-ahead log", where=str(database.path))
        with database.write() as connection:
            if current_revision(connection) != REVISIONS[-1]:
                migrate(connection)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait for other processes that bring the same database up."""
    try:
        descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreError(f"cannot be locked: {error.strerror}", where=str(path), do=remedy(error)) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        # Parameters are field and file names: they stay out of error texts.
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT},
    )

    @event.listens_for(engine, "connect")
    def _connected(raw: sqlite3.Connection, _record: Any) -> None:
        # The driver's own idea of when a transaction begins is switched off: `_begun` says it.
        raw.isolation_level = None
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten in the file; a purge then rewrites it and empties the log.
        raw.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("pratique_write", False)
        # A reader that turned into a writer could lose its place to another; a writer takes the lock at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextlib.contextmanager
def _speaking(path: Path) -> Iterator[None]:
    """Turn the driver's errors into ours; their texts are dropped, for they may quote what was stored."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        cause = getattr(error, "orig", None) or error
        name = getattr(cause, "sqlite_errorname", type(cause).__name__)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BusyError("another process is writing", where=str(path), do="try again") from None
        what, do = _WORDS.get(name, _WORDS.get(name[: len(_INPUT_OUTPUT)], (f"cannot be used ({name})", "")))
        raise StoreError(what, where=str(path), do=do) from None
    except UnicodeError:
        raise StoreError("a name that is not Unicode text cannot be stored", where=str(path)) from None


_INPUT_OUTPUT: Final = "SQLITE_IOERR"
_WORDS: Final = {
    "SQLITE_NOTADB": ("not a database", "restore it from a copy"),
    "SQLITE_CORRUPT": ("the database is damaged", "restore it from a copy"),
    "SQLITE_FULL": ("the disk is full", "free space there, then run it again"),
    "SQLITE_READONLY": ("the database cannot be written", "check who may write there"),
    "SQLITE_CANTOPEN": ("the database cannot be opened", "check who may write there, and the limit of open files"),
    "SQLITE_CONSTRAINT_TRIGGER": ("what is stored is append-only", ""),
    _INPUT_OUTPUT: (
        "the disk does not do what it is told to",
        "is it full, or is the size of a file limited? Then try again",
    ),
}
"""What happened and what to do, by SQLite's name of it."""
