"""Out of the way of values: what libraries print is hidden, traces name a place, and a library is left be."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "Anna Schmidt"
SAY = "import sys, os, ctypes; from pratique.cli.errors import _hush, finish, say; libc = ctypes.CDLL(None)\n"
STATE = (
    "import logging, os, resource, sys, threading, warnings, ctypes\n"
    "def state():\n"
    "    return [os.fstat(2).st_ino, os.fstat(1).st_ino, sys.excepthook is sys.__excepthook__,\n"
    "        sys.unraisablehook is sys.__unraisablehook__, threading.excepthook is threading.__excepthook__,\n"
    "        id(logging.lastResort), logging.root.manager.disable, logging.raiseExceptions,\n"
    "        id(warnings.showwarning), resource.getrlimit(resource.RLIMIT_CORE),\n"
    "        ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), id(sys.stderr), id(sys.stdout)]\n"
)


def python(code: str, *, switches: tuple[str, ...] = (), **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *switches, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_a_library_writes_is_hidden_and_counted_while_our_own_lines_go_on() -> None:
    done = python(
        f"{SAY}_hush(); os.write(2, b'{SECRET}\\n{SECRET}'); say('ours'); libc.dprintf(2, b'{SECRET}\\n')\n"
        f"os.system('echo {SECRET} >&2'); sys.exit(finish(3))"
    )
    hidden = "pratique: a library wrote 3 lines to standard error; hidden, since it could show a value\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"pratique: ours\n{hidden}")


def test_nothing_hidden_nothing_said() -> None:
    assert python(f"{SAY}_hush(); sys.exit(finish(0))").stderr == ""


def test_a_library_that_never_stops_neither_waits_nor_is_shown() -> None:
    """The pipe is full soon; the write holds the interpreter's lock, so nobody could empty it."""
    done = python(
        f"{SAY}_hush(); libc = ctypes.PyDLL(None)\n"
        f"for _ in range(200_000): libc.write(2, b'{SECRET * 5}\\n', {len(SECRET) * 5 + 1})\n"
        "sys.exit(finish(0))"
    )
    assert done.returncode == 0
    assert done.stderr.startswith("pratique: a library wrote ")
    assert SECRET not in done.stderr


TRACES = {
    "uncaught": f"raise ValueError('{SECRET}')",
    "in a thread": f"import threading\ndef f(): raise ValueError('{SECRET}')\nthreading.Thread(target=f).start()",
    "in a destructor": f"class A:\n    def __del__(self): raise ValueError('{SECRET}')\nA()",
    "a child of multiprocessing": (
        "import multiprocessing\n"
        f"p = multiprocessing.get_context('fork').Process(target=int, args=('{SECRET}',)); p.start(); p.join()"
    ),
}


@pytest.mark.parametrize("code", TRACES.values(), ids=TRACES)
def test_a_trace_names_kind_and_place_only(code: str) -> None:
    done = python(f"{SAY}_hush()\n{code}", TYPER_STANDARD_TRACEBACK="1")
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(r"(?m)^pratique: a defect of Pratique: ValueError in (__main__|process\.py):[0-9]+$", done.stderr)


def test_the_command_line_keeps_its_own_hook_whatever_its_parser_does() -> None:
    done = python(
        f"{SAY}from pratique.cli.errors import run\nrun(['--version'])\nraise ValueError('{SECRET}')",
        TYPER_STANDARD_TRACEBACK="1",
    )
    assert SECRET not in done.stderr
    assert "ValueError in __main__" in done.stderr


@pytest.mark.parametrize(
    "code",
    [
        f"import warnings; warnings.warn('{SECRET}')",
        f"import warnings; warnings.simplefilter('always'); warnings.warn('{SECRET}')",
        f"import logging; logging.getLogger('x').error('{SECRET}')",
        f"import logging; logging.basicConfig(level=0); logging.error('{SECRET}')",
        f"import logging; logging.error('%d', '{SECRET}')",
        f"import logging, sys; logging.captureWarnings(True); import warnings; warnings.warn('{SECRET}')",
    ],
)
def test_warnings_and_log_records_go_nowhere(code: str) -> None:
    done = python(f"{SAY}_hush()\n{code}", switches=("-W", "always"))
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("crash", ["ctypes.string_at(0)", "os.abort()", "os.kill(os.getpid(), 11)"])
def test_a_crash_shows_nothing_and_leaves_no_core(tmp_path: Path, crash: str) -> None:
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, -1)); os.chdir({str(tmp_path)!r})\n"
        f"_hush(); os.write(2, b'{SECRET}\\n'); name = '{SECRET}'\n"
        "import faulthandler\n"
        "core = resource.getrlimit(resource.RLIMIT_CORE)\n"
        "print(core, libc.prctl(3, 0, 0, 0, 0), faulthandler.is_enabled(), flush=True)\n"
    )
    done = python(SAY + code + crash, switches=("-X", "faulthandler"))
    assert done.returncode < 0
    assert (done.stdout, done.stderr) == ("(0, 0) 0 False\n", "")
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_our_lines_are_on_the_terminal_and_know_its_size() -> None:
    main, other = pty.openpty()
    code = (
        f"{SAY}_hush(); os.write(2, b'{SECRET}')\n"
        "from rich.console import Console; print(sys.stderr.isatty(), Console(stderr=True).size.width, flush=True)\n"
        "say('ours')"
    )
    os.set_blocking(main, False)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 117, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=other,
        env={**environment, "TERM": "xterm"},
        timeout=60,
        check=False,
    )
    shown = os.read(main, 1 << 16)
    os.close(main)
    os.close(other)
    assert done.stdout == b"True 117\n"
    assert shown == b"pratique: ours\r\n"


def test_imported_as_a_library_nothing_changes() -> None:
    done = python(
        f"{STATE}before = state()\n"
        "import pkgutil, importlib, pratique\n"
        "names = [m.name for m in pkgutil.walk_packages(pratique.__path__, 'pratique.')]\n"
        "skipped = ('pratique.__main__', 'pratique.stores.migrations')\n"
        "[importlib.import_module(n) for n in names if not n.startswith(skipped)]\n"
        "from pratique import Detector, Project\n"
        f"Detector().find('{SECRET} wrote to anna@example.org')\n"
        "after = state()\n"
        "print(before[:2] == after[:2], before[5:] == after[5:], after[2:5], len(names) > 150)"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "True True [True, True, True] True\n"
