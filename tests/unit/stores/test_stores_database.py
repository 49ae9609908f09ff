"""The database: rights, migrations, append-only, other people's files."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from pratique.catalogue import score
from pratique.errors import BusyError, StoreError
from pratique.stores import SqliteCatalogueStore, SqliteRunStore, database, migrate, open_database
from pratique.stores.tables import metadata

FIRST_OF_ALL = """
INSERT INTO scans (dataset, at, document) VALUES ('d', 't', '{}');
INSERT INTO scorings (scan, dataset, document) VALUES (1, 'd', '{}');
INSERT INTO decisions (dataset, path, sequence, document) VALUES ('d', '[]', 1, '{}');
INSERT INTO runs VALUES ('r', 'f', 'p', 0, 1, 0);
INSERT INTO releases VALUES ('f', 1, 'r', x'00');
INSERT INTO replayed VALUES ('r', 'p', 'guard', 'r');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "eu" / "pratique.db"


def make(path: Path) -> None:
    open_database(path).close()


def test_folder_and_files_are_private(path: Path) -> None:
    before = os.umask(0)
    try:
        with open_database(path) as opened, opened.write() as connection:
            connection.execute(sa.text("INSERT INTO plans VALUES ('h', x'00')"))
            for file in path.parent.iterdir():
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_rights_that_are_too_wide_are_narrowed(path: Path) -> None:
    make(path)
    path.parent.chmod(0o755)
    path.chmod(0o644)
    make(path)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_durable_and_strict(path: Path) -> None:
    with open_database(path) as opened, opened.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_TIMEOUT * 1000


def test_the_migrations_make_what_the_code_reads(path: Path) -> None:
    with open_database(path) as opened, opened.read() as connection:
        found = sa.MetaData()
        found.reflect(connection)
    assert set(found.tables) == {*metadata.tables, "alembic_version"}
    for name, table in metadata.tables.items():
        other = found.tables[name]
        assert [(c.name, str(c.type), c.nullable, c.primary_key) for c in table.columns] == [
            (c.name, str(c.type), c.nullable, c.primary_key) for c in other.columns
        ]
        assert {tuple(str(e.column) for e in k.elements) for k in table.foreign_key_constraints} == {
            tuple(str(e.column) for e in k.elements) for k in other.foreign_key_constraints
        }


def test_the_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == migrate.REVISIONS


def test_opening_what_is_up_to_date_does_not_import_alembic(path: Path) -> None:
    make(path)
    code = (
        "import sys; from pathlib import Path; from pratique.stores import open_database; "
        "open_database(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True).stdout
    assert told == "False\n"


@pytest.mark.parametrize("table", ["scans", "scorings", "decisions", "releases", "replayed"])
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET rowid = rowid + 1", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"]
)
@pytest.mark.parametrize("whose", ["ours", "anybody's"])
def test_history_is_append_only_for_any_client(path: Path, table: str, act: str, whose: str) -> None:
    make(path)
    sql = act.replace("{}", table)
    foreign = sqlite3.connect(path)
    foreign.executescript(FIRST_OF_ALL)
    before = foreign.execute(f"SELECT * FROM {table}").fetchall()
    if whose == "ours":
        with (
            open_database(path) as opened,
            pytest.raises(StoreError, match="append-only"),
            opened.write() as connection,
        ):
            connection.exec_driver_sql(sql)
    else:
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            foreign.execute(sql)
        foreign.rollback()
    assert foreign.execute(f"SELECT * FROM {table}").fetchall() == before
    foreign.close()


def test_a_scan_takes_its_scorings_with_it_when_it_is_purged(path: Path) -> None:
    make(path)
    foreign = sqlite3.connect(path)
    foreign.executescript(FIRST_OF_ALL)
    foreign.execute("INSERT INTO scorings (scan, dataset, document) VALUES (2, 'd', '{}')")
    foreign.execute("INSERT INTO purges (kind, owner, name, record) VALUES ('scan', 'd', '1', x'00')")
    foreign.execute("DELETE FROM scans")
    assert foreign.execute("SELECT scan FROM scorings").fetchall() == [(2,)]
    foreign.close()


def test_a_catalogue_of_before_opens_with_all_that_it_holds(path: Path) -> None:
    """Made by the first version there was, opened by this one: nothing is lost, and what is new works."""
    golden = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "catalogue.json").read_text("utf-8"))
    path.parent.mkdir(parents=True)
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        rows = [(golden["scan"]["dataset"], golden["scan"]["at"], json.dumps(golden["scan"]))]
        connection.exec_driver_sql("INSERT INTO scans (dataset, at, document) VALUES (?, ?, ?)", rows)
        for d in golden["decisions"]:
            row = (d["dataset"], json.dumps(d["path"], separators=(",", ":")), d["sequence"], json.dumps(d))
            connection.exec_driver_sql(
                "INSERT INTO decisions (dataset, path, sequence, document) VALUES (?, ?, ?, ?)", row
            )
    engine.dispose()
    store = SqliteCatalogueStore(path)
    (scan,) = store.scans("channel-eu")
    assert store.latest_scan("channel-eu") == scan
    assert [d.sequence for d in store.decisions("channel-eu")] == [d["sequence"] for d in golden["decisions"]]
    assert store.scorings(scan) == ()
    noted = score(scan, 0.05, scan.detectors, at=scan.at)
    store.add_scoring(noted)
    assert store.scorings(scan) == (noted,)
    store.close()


def test_a_newer_database_is_refused_with_a_sentence(path: Path) -> None:
    make(path)
    foreign = sqlite3.connect(path)
    with foreign:
        foreign.execute("UPDATE alembic_version SET version_num = '9999'")
    foreign.close()
    for store in (lambda: SqliteCatalogueStore(path), lambda: SqliteRunStore(path, path.parent / "locks")):
        with pytest.raises(
            StoreError, match=r"pratique\.db: written by a newer version of Pratique; update to open it"
        ):
            store()


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look at" * 40, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_refused_and_left(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(StoreError):
        open_database(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(path: Path) -> None:
    path.parent.mkdir(parents=True)
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    with pytest.raises(StoreError, match="not one of Pratique"):
        open_database(path)


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_database(path)


def test_an_error_does_not_quote_what_was_stored(path: Path) -> None:
    with open_database(path) as opened:
        with opened.write() as connection:
            connection.execute(sa.insert(metadata.tables["plans"]), {"hash": "alice@example.org", "document": b""})
        with pytest.raises(StoreError) as caught, opened.write() as connection:
            connection.execute(sa.insert(metadata.tables["plans"]), {"hash": "alice@example.org", "document": b""})
        assert "alice" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


def test_names_that_are_not_unicode_are_refused(path: Path) -> None:
    with (
        open_database(path) as opened,
        pytest.raises(StoreError, match="Unicode") as caught,
        opened.write() as connection,
    ):
        connection.execute(sa.insert(metadata.tables["plans"]), {"hash": "alice\udcff", "document": b""})
    assert "alice" not in str(caught.value)


def test_a_writer_that_waits_too_long_is_told_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    with open_database(path) as one, open_database(path) as two, one.write():
        with two.read() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM plans")).scalar() == 0
        with pytest.raises(BusyError), two.write():
            pass


def test_a_block_that_raises_leaves_nothing(path: Path) -> None:
    with open_database(path) as opened:
        broken: list[dict[str, object]] = [{"hash": "h", "document": b""}, {"hash": "i", "document": None}]
        with opened.write() as connection:
            connection.execute(sa.insert(metadata.tables["plans"]), {"hash": "kept", "document": b""})
        for row in (broken[1], broken[0]):
            with pytest.raises(StoreError), opened.write() as connection:
                connection.execute(sa.insert(metadata.tables["plans"]), [broken[0], row, broken[1]])
        with opened.read() as connection:
            assert connection.execute(sa.text("SELECT hash FROM plans")).scalars().all() == ["kept"]


OPEN = (
    "import sys; from pathlib import Path; from pratique.stores import open_database; open_database(Path(sys.argv[1]))"
)


def test_many_processes_may_make_it_at_once(path: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", OPEN, path]) for _ in range(4)]
    assert [process.wait() for process in started] == [0] * 4
    make(path)


HALF_WAY = """
import os, signal, sys
from pathlib import Path
import alembic.command, sqlalchemy.event
from pratique.stores import open_database

left = int(sys.argv[2])
def die(connection, cursor, statement, *_):
    global left
    if statement.lstrip().startswith(("CREATE", "INSERT", "PRAGMA", "COMMIT")):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sqlalchemy.event.listen(sqlalchemy.Engine, "after_cursor_execute", die)
open_database(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("statements", [0, 1, 5, 12, 20])
def test_killed_inside_a_migration_it_stays_usable(path: Path, statements: int) -> None:
    killed = subprocess.run([sys.executable, "-c", HALF_WAY, path, str(statements)], check=False)
    assert killed.returncode == -9
    found = sqlite3.connect(path)
    assert found.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,), "all or nothing"
    found.close()
    store = SqliteCatalogueStore(path)
    assert store.latest_scan("channel") is None
    store.close()


def test_a_killed_opener_leaves_no_lock(path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN + "; print('open', flush=True); sys.stdin.read()", path], stdin=-1, stdout=-1
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"open\n"
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    make(path)
