"""Bad surroundings through ``scan`` and ``run``: disks, limits, clocks, keys, project files, stores, processes."""

import contextlib
import ctypes
import datetime as dt
import functools
import gc
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import alembic.command
import pytest
import sqlalchemy as sa
from alembic.config import Config

import pratique.cli.errors
from pratique.audit import verify_chain
from pratique.crypto.signing import load_public
from pratique.model.catalogue import DecisionKind
from pratique.project import Project
from pratique.stores import migrate
from pratique.stores.lock import FlowLock
from pratique.verify import verify_release
from tests.e2e import bad_inputs as bad
from tests.e2e.bad_inputs import Cli, Ended, good, one_line, put
from tests.e2e.sample_projects import FLOW, STEWARD, copy, environment, statement, target

pytestmark = pytest.mark.e2e
STATE = ".pratique/eu/pratique.db"
CLONE_NEWNS = 0x00020000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = bad.template(tmp_path_factory.mktemp("bad") / "project")
    put(root, good())
    return root


@pytest.fixture(scope="module")
def expected(project: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return bad.wanted(project, tmp_path_factory.mktemp("good") / "project")


@pytest.fixture
def root(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = copy(project, tmp_path / "project")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command as the script does, in this process."""

    def call(*words: str) -> Ended:
        code = pratique.cli.errors.run(words)
        gc.collect()  # what a failed command held
        return Ended(code, *capsys.readouterr())

    return call


# --- disks -----------------------------------------------------------------------------------------------------------


@functools.cache
def may_mount() -> bool:
    """Give this process mounts of its own, which go when it goes, however it goes."""
    if sys.platform != "linux" or ctypes.CDLL(None).unshare(CLONE_NEWNS) != 0:
        return False
    return subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system in memory at ``folder``; skips where this user may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if not may_mount() or subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("ro", r"/00000-00000.jsonl: cannot be written .Read-only file system.; check who may read and write there"),
        ("size=4k", r"/00000-00000.jsonl: cannot be written .No space left on device.; free space there, then run it"),
        (
            "nr_inodes=2",
            r"/00000-00000.jsonl: cannot be written .No space left on device.; free space there, then run it again",
        ),
    ],
)
def test_a_target_that_takes_nothing(cli: Cli, root: Path, expected: bytes, options: str, words: str) -> None:
    with mounted(target(root), options):
        one_line(cli("run", FLOW), 4, f"^pratique: dataset events-us, [0-9a-f]{{32}}{words}")
        bad.nothing_passed(root)
    bad.exact_after(cli, root, expected)


@pytest.mark.parametrize("left", [0, 16, 64])
def test_a_full_disk_under_everything_that_is_kept(root: Path, cli: Cli, expected: bytes, left: int) -> None:
    """With ``left`` KiB free."""
    state, aside = root / ".pratique", root / "aside"
    state.rename(aside)
    filler = state / "filler"
    with mounted(state, "size=4m"):
        subprocess.run(["cp", "-a", f"{aside}/.", str(state)], check=True)
        with contextlib.suppress(OSError), filler.open("wb") as stream:
            while True:
                stream.write(bytes(4096))
                stream.flush()
        os.truncate(filler, filler.stat().st_size - left * 1024)
        for words in (("scan",), ("run", FLOW)):
            ended = cli(*words)
            if ended.code:
                one_line(ended, 6, "is full|told to|No space left", "; ")
        filler.unlink()
        released = bool(bad.releases(root))
        if not released:
            bad.nothing_passed(root)
        bad.exact_after(cli, root, expected, *["--full"] * released)
        assert verify_chain(root / ".pratique/eu/audit.jsonl", statement(bad.releases(root)[-1]).audit_head).ok


@pytest.mark.parametrize("size", [0, 5_000, 100_000])
def test_files_that_may_not_grow(root: Path, cli: Cli, expected: bytes, size: int) -> None:
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    put(root, good(0, 2000), "b.jsonl")
    ended, _ = bad.process(root, "run", FLOW, prepare_child=limit)
    one_line(ended, ended.code, "File too large|told to", "; ")
    assert ended.code in {4, 6}
    bad.nothing_passed(root)
    (root / "data/eu/events/b.jsonl").unlink()
    bad.exact_after(cli, root, expected)


# --- limits of the process -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("files", [9, 13, 15])
def test_no_file_descriptors_left(root: Path, cli: Cli, expected: bytes, files: int) -> None:
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_NOFILE, (files, files))
    ended, _ = bad.process(root, "run", FLOW, prepare_child=limit)
    if ended.code:
        one_line(ended, ended.code, "Too many open files|cannot be opened|told to", "; ")
        assert ended.code in {4, 5, 6}
        bad.nothing_passed(root)
        bad.exact_after(cli, root, expected)
    else:
        assert bad.data_of(bad.releases(root)[-1]) == expected


def test_memory_that_runs_out_is_no_defect(cli: Cli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError(bad.PLANTED[0])

    with monkeypatch.context() as patched:
        patched.setattr("pratique.assembly.worker.work_part", exhausted)
        one_line(cli("run", FLOW), 4, r"memory ran out \(in pratique\.[a-z.]+:[0-9]+\); give it more, or use fewer")
    bad.nothing_passed(root)


# --- clocks ----------------------------------------------------------------------------------------------------------


def turn_back(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Every clock that this program reads goes ``days`` back."""
    back = dt.timedelta(days=days)

    class Then(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Then":  # type: ignore[override]
            then = dt.datetime.now(tz) - back
            return cls(*then.timetuple()[:6], then.microsecond, tzinfo=then.tzinfo)

    turned = 0
    for name, module in list(sys.modules.items()):
        if name.startswith("pratique."):
            if vars(module).get("datetime") is dt.datetime:
                monkeypatch.setattr(module, "datetime", Then)
                turned += 1
            if vars(module).get("dt") is dt:
                monkeypatch.setattr(module, "dt", _Clock(Then))
                turned += 1
    assert turned > 3


class _Clock:
    def __init__(self, then: type) -> None:
        self.datetime = then

    def __getattr__(self, name: str) -> object:
        return getattr(dt, name)


def test_a_clock_that_jumps_back(cli: Cli, root: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    bad.exact_after(cli, root, expected)
    first = bad.releases(root)[0]
    with monkeypatch.context() as patched:
        turn_back(patched, 4000)
        assert cli("scan").code == 0
        decided = Project.open(root).decide(
            "events", [("show",)], DecisionKind.NOT_PERSONAL, reason="x", steward=STEWARD
        )
        assert decided[0].at < statement(first).at
        bad.exact_after(cli, root, expected, "--full")
    second = bad.releases(root)[1]
    assert statement(second).at < statement(first).at
    assert [statement(release).sequence for release in (first, second)] == [1, 2]
    public, today = load_public(root / "exporter.pub"), dt.datetime.now(dt.UTC).date()
    seen = root / "seen.json"
    for release in (first, second):
        verify_release(release, trust=None, exporter_key=public, seen=seen, today=today)
    assert verify_chain(root / ".pratique/eu/audit.jsonl", statement(second).audit_head).ok
    bad.exact_after(cli, root, expected, "--full")


# --- keys ------------------------------------------------------------------------------------------------------------


def open_to_others(path: Path) -> None:
    path.chmod(0o644)


def gone(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


KEYS: dict[str, tuple[Callable[[Path], None], str]] = {
    "gone": (gone, "no such key file; restore it from a backup; where there never was one, run: pratique keys create"),
    "readable by others": (open_to_others, "others may open; run: chmod 600 on it"),
    "half": (half, "the key file is not JSON; restore it from a backup"),
}


@pytest.mark.parametrize(("spoil", "words"), KEYS.values(), ids=KEYS.keys())
def test_a_key_file(cli: Cli, root: Path, expected: bytes, spoil: Callable[[Path], None], words: str) -> None:
    path = root / "keys/eu.json"
    whole = path.read_bytes()
    spoil(path)
    one_line(cli("run", FLOW), 5, "eu.json", words, "; ")
    bad.nothing_passed(root)
    path.write_bytes(whole)
    path.chmod(0o600)
    bad.exact_after(cli, root, expected)


# --- project files ---------------------------------------------------------------------------------------------------

DATASETS = "datasets:\n"
FILES: dict[str, tuple[str, str, int, str]] = {
    # a piece of the file and what it is replaced by; exit code and words
    "a typo in a section": (
        "policies:",
        "polices:",
        2,
        r'unknown key "polices" in the project file; did you mean "policies"\?',
    ),
    "a typo in a policy": ("not_personal: keep", "not_persona: keep", 2, 'unknown key "not_persona"'),
    "a typo in a transform": ("{token: card}", "{tokn: card}", 2, 'tokn.*; .*"token"'),
    "a typo in an entity type": ("CREDIT_CARD:", "CREDIT_CRAD:", 2, 'CREDIT_CRAD.*; .*"CREDIT_CARD"'),
    "a typo in a field": ("events.note: {as: text}", "events.noet: {as: text}", 2, 'noet.*; .*"?note"?'),
    "a typo in a parameter": ("USER_ID: {token: viewer}", "USER_ID: {mask: {keep_lst: 4}}", 2, "keep_lst"),
    "an alias": (DATASETS, "name2: &x y\nstate: *x\n" + DATASETS, 2, "YAML (anchors|aliases) are not allowed; "),
    "a billion laughs": (
        DATASETS,
        'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\n' + DATASETS,
        2,
        "YAML anchors are not allowed; ",
    ),
    "a merge": (DATASETS, "<<: {a: 1}\n" + DATASETS, 2, 'unknown key "<<"'),
    "a tag": (DATASETS, "state: !!python/object/apply:os.system [id]\n" + DATASETS, 2, "YAML tags are not allowed; "),
    "a key twice": (
        DATASETS,
        "state: a\nstate: b\n" + DATASETS,
        2,
        '"state" stands here twice, first on line [0-9]+; ',
    ),
    "a pattern that is none": (r"\buser-[0-9]{8}\b", r"user-([0-9]", 2, "USER_ID.*pattern.*; "),
    "a pattern of another engine": (r"\buser-[0-9]{8}\b", r"(?=user)(.)\1", 2, "USER_ID.*pattern.*; "),
    "a pattern that explodes": (r"\buser-[0-9]{8}\b", r"((x{1,99}){1,99}){1,99}", 2, "USER_ID.*pattern.*; "),
    "a pattern of nothing": (r"\buser-[0-9]{8}\b", r"x*", 2, "USER_ID.*(empty|nothing).*; "),
}


@pytest.mark.parametrize(("old", "new", "code", "words"), FILES.values(), ids=FILES.keys())
def test_a_project_file(cli: Cli, root: Path, expected: bytes, old: str, new: str, code: int, words: str) -> None:
    path = root / "pratique.yaml"
    right = path.read_text()
    assert right.count(old) == 1
    path.write_text(right.replace(old, new))
    one_line(cli("run", FLOW), code, r"^pratique: pratique\.yaml:[0-9]+: |detection", words)
    bad.nothing_passed(root)
    path.write_text(right)
    bad.exact_after(cli, root, expected)


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"[", b"- a", b"a: " * 5000, b"[" * 50_000, b"#" * 300_000])
def test_a_project_file_that_is_none(cli: Cli, root: Path, data: bytes) -> None:
    (root / "pratique.yaml").write_bytes(data)
    for words in (("scan",), ("run", FLOW)):
        one_line(cli(*words), 2, r"^pratique: pratique\.yaml:1: ", "; ")
    bad.nothing_passed(root)


def test_two_rules_that_clash_are_for_a_person_to_settle(cli: Cli, root: Path) -> None:
    path = root / "pratique.yaml"
    right = path.read_text()
    clash = "PERSON: {mask: {keep_last: 4}}", "EMAIL_ADDRESS: {mask: {keep_first: 4}}"
    path.write_text(right.replace("PERSON: replace", clash[0]).replace("EMAIL_ADDRESS: replace", clash[1]))
    Project.open(root).decide("events", [("show",)], DecisionKind.SET, ["PERSON", "EMAIL_ADDRESS"], steward=STEWARD)
    for words in (("plan", FLOW), ("run", FLOW)):
        one_line(
            cli(*words), 2, r"^pratique: pratique\.yaml:[0-9]+: show is held to be (PERSON|EMAIL_ADDRESS) and ", "; "
        )
    bad.nothing_passed(root)


# --- stores and other processes --------------------------------------------------------------------------------------


def change(root: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(root / STATE)) as database, database:
        database.execute(statement)


def test_a_catalogue_of_a_newer_version(cli: Cli, root: Path, expected: bytes) -> None:
    with contextlib.closing(sqlite3.connect(root / STATE)) as database:
        (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    change(root, "UPDATE alembic_version SET version_num = '9999'")
    for words in (("scan",), ("run", FLOW), ("catalogue", "list")):
        one_line(cli(*words), 6, "pratique.db: written by a newer version of Pratique; update to open it")
    bad.nothing_passed(root)
    change(root, f"UPDATE alembic_version SET version_num = '{version}'")
    bad.exact_after(cli, root, expected)


@pytest.mark.parametrize("data", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_catalogue_that_is_none(cli: Cli, root: Path, expected: bytes, data: bytes) -> None:
    path = root / STATE
    whole = path.read_bytes()
    path.write_bytes(data)
    for words in (("scan",), ("run", FLOW), ("catalogue", "list")):
        one_line(cli(*words), 6, "pratique.db: (not a database|the database is damaged); restore it from a copy")
    assert path.read_bytes() == data, "left for who repairs it"
    path.write_bytes(whole)
    bad.exact_after(cli, root, expected)


def test_two_runs_at_once_on_one_flow(root: Path, cli: Cli, expected: bytes) -> None:
    with FlowLock(root / ".pratique/eu/locks", FLOW):
        ended, _ = bad.process(root, "run", FLOW)
        one_line(
            ended, 6, f"flow {FLOW}: is being run by process {os.getpid()}.*; wait for it, or stop it, and try again"
        )
    bad.exact_after(cli, root, expected)


KILLED = """
import os, signal, sys
import sqlalchemy
from pratique.cli import errors
left = int(sys.argv[1])
def die(connection, cursor, statement, *_):
    global left
    if statement.lstrip().upper().startswith(("CREATE", "INSERT", "UPDATE", "ALTER", "DROP", "PRAGMA", "COMMIT")):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sqlalchemy.event.listen(sqlalchemy.Engine, "after_cursor_execute", die)
sys.exit(errors.finish(errors.run(sys.argv[2:])))
"""


def killed(root: Path, statements: int) -> None:
    """A scan that is killed after so many statements with which it makes or migrates the database."""
    words = [sys.executable, "-c", KILLED, str(statements), "scan"]
    done = subprocess.run(words, cwd=root, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, b"", b"")


@pytest.mark.parametrize("statements", [0, 7])
def test_killed_while_the_first_scan_makes_the_database(root: Path, cli: Cli, expected: bytes, statements: int) -> None:
    (root / ".pratique").rename(root / "aside")
    killed(root, statements)
    ended = cli("scan")
    assert (ended.code, ended.error) == (0, "")
    one_line(cli("run", FLOW), 3, "records are in quarantine|stopped after", "; ")  # nobody has decided here
    bad.nothing_passed(root)
    shutil.rmtree(root / ".pratique")
    (root / "aside").rename(root / ".pratique")
    bad.exact_after(cli, root, expected)


def first_version(root: Path) -> None:
    """The state's database as the first version would have it, with the same scans and decisions."""
    path, now = root / STATE, root / "now.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.rename(now)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "0001")
    engine.dispose()
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("ATTACH ? AS now", (str(now),))
        for table in ("scans", "decisions"):
            names = ", ".join(row[1] for row in database.execute(f"PRAGMA table_info({table})"))
            database.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM now.{table}")
    path.chmod(0o600)


@pytest.mark.parametrize("statements", [0, 5, 12])
def test_killed_in_a_migration(root: Path, cli: Cli, expected: bytes, statements: int) -> None:
    before = [decision for view in Project.open(root).catalogue("events") for decision in view.decisions]
    first_version(root)
    killed(root, statements)
    with contextlib.closing(sqlite3.connect(root / STATE)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)], "all or nothing"
    ended = cli("catalogue", "list")
    assert (ended.code, ended.error) == (0, "")
    found = [decision for view in Project.open(root).catalogue("events") for decision in view.decisions]
    assert found == before
    bad.exact_after(cli, root, expected)
