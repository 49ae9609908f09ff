"""Real servers, started once a session and shared by the processes of one: the last to leave stops them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.servers import ROOT, Servers, ServersError

FOLDER = ROOT / ".cache" / "servers-test"


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """A broker and a registry; skips with one line where they cannot be had (`PRATIQUE_REQUIRE_SERVERS=1`: fails)."""
    pytest.importorskip("confluent_kafka", reason="the extra streams is not installed")
    found = Servers(FOLDER)
    me = FOLDER / "users" / str(os.getpid())
    with _alone():
        me.parent.mkdir(parents=True, exist_ok=True)
        me.touch()
        try:
            found.up()
        except ServersError as error:
            me.unlink()
            pytest.skip(str(error))
    yield found
    with _alone():
        me.unlink(missing_ok=True)
        if not any(_lives(user) for user in me.parent.iterdir()):
            found.forget()


@contextmanager
def _alone() -> Iterator[None]:
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "servers-test.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lives(user: Path) -> bool:
    return Path(f"/proc/{user.name}").exists()
