"""The real program with a recogniser that writes what it sees wherever it can: nothing of it is shown, runs go on."""

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import bad_inputs as bad
from tests.e2e.bad_inputs import Ended, good, lines, put
from tests.e2e.sample_projects import FLOW, NAME, copy, environment, record

pytestmark = pytest.mark.e2e
RECOGNIZER = """
import ctypes, logging, multiprocessing, os, sys, threading, time, traceback, warnings
from presidio_analyzer import EntityRecognizer

def crash(alone):
    # In a worker, or in the one process that there is; the others wait for it.
    if alone or multiprocessing.parent_process() is not None:
        open("crashed", "w").close()
        ctypes.string_at(0)
    while not os.path.exists("crashed"):
        time.sleep(0.01)

class Noisy(EntityRecognizer):
    def __init__(self):
        super().__init__(supported_entities=["NOISE"], supported_language="en")

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        {act}
        return []
"""
HIDDEN = r"pratique: a library wrote ([0-9,]+ lines|1 line) to standard error; hidden, since it could show a value\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = bad.template(tmp_path_factory.mktemp("noisy") / "project")
    put(root, good())
    path = root / "pratique.yaml"
    path.write_text(path.read_text().replace("detection:\n", "detection:\n  recognizers: [noisy.py]\n"))
    return root


def noisy(project: Path, root: Path, act: str) -> Path:
    root = copy(project, root)
    (root / "noisy.py").write_text(RECOGNIZER.format(act=act))
    return root


def no_value(ended: Ended) -> None:
    """Nothing of any record's text is shown."""
    shown = ended.out + ended.error
    values = [
        NAME,
        "please call back",
        "Night Ferry",
        *(str(record(number)["user_id"]) for number in range(bad.RECORDS)),
    ]
    assert [value for value in values if value in shown] == []
    assert "Traceback" not in shown


WRITES = {
    "to the descriptor": "os.write(2, text.encode() + b'\\n')",
    "by the C library": "ctypes.CDLL(None).dprintf(2, b'%s\\n', text.encode())",
    "to the old stream": "open(2, 'w', closefd=False).write(text + '\\n')",
}
ELSEWHERE = {
    "a warning": "warnings.simplefilter('always'); warnings.warn(text)",
    "a log record": "logging.basicConfig(); logging.getLogger('x').error(text)",
    "a broken log record": "logging.getLogger('x').error('%d', text)",
    "a traceback": "try: int(text + '!')\n        except ValueError: traceback.print_exc()",
    "a thread": "t = threading.Thread(target=int, args=(text + '!',)); t.start(); t.join()",
}


@pytest.mark.parametrize("act", WRITES.values(), ids=WRITES.keys())
def test_what_is_written_is_counted_and_hidden(project: Path, tmp_path: Path, act: str) -> None:
    root = noisy(project, tmp_path / "project", act)
    put(root, good(0, 20), "b.jsonl")
    for words in (("scan",), ("run", FLOW, "--workers", "2")):
        ended, _ = bad.process(root, *words)
        no_value(ended)
        assert ended.code == 0
        assert re.fullmatch(HIDDEN, ended.error)


@pytest.mark.parametrize("act", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_what_python_prints_of_values_is_not_printed(project: Path, tmp_path: Path, act: str) -> None:
    root = noisy(project, tmp_path / "project", act)
    ended, _ = bad.process(root, "scan")
    no_value(ended)
    assert ended.code == 0
    assert not ended.error or re.fullmatch(
        r"(pratique: a defect of Pratique: ValueError in \S+:[0-9]+\n)+", ended.error
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_crash_shows_nothing_and_leaves_nothing(project: Path, tmp_path: Path, workers: str) -> None:
    """Killed by a fault in a library, after it has written what it saw: no line of it, and no core dump."""
    act = f"os.write(2, text.encode() + b'\\n'); os.path.exists('crash') and crash({workers == '1'})"
    root = noisy(project, tmp_path / "project", act)
    put(root, good(0, 20), "b.jsonl")
    assert bad.process(root, "scan")[0].code == 0
    (root / "crash").touch()
    ended, _ = bad.process(root, "run", FLOW, "--workers", workers)
    no_value(ended)
    if workers == "1":
        assert (ended.code, ended.out, ended.error) == (-signal.SIGSEGV, "", "")
    else:
        assert ended.code == 6
        worker_died = "pratique: a worker died; run it again: what was finished is kept\n"
        assert re.fullmatch(f"({HIDDEN})?{worker_died}({HIDDEN})?", ended.error)
    assert list(root.glob("core*")) == []
    bad.nothing_passed(root)
    (root / "crash").unlink()
    assert bad.process(root, "run", FLOW)[0].code == 0


LIBRARY = """
import logging, os, resource, sys, threading, warnings, ctypes
from pratique import Project

def state():
    return (os.fstat(1).st_ino, os.fstat(2).st_ino, sys.excepthook, sys.unraisablehook, threading.excepthook,
        logging.lastResort, logging.root.manager.disable, warnings.showwarning, sys.stderr, sys.stdout,
        resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))

if __name__ == "__main__":
    before = state()
    project = Project.open(".")
    project.scan()
    report = project.run("events", workers=int(sys.argv[1]))
    print(report.counts.written, state() == before, before[-1])
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_program_that_uses_the_library_stays_as_it_was(project: Path, tmp_path: Path, workers: str) -> None:
    """Its descriptors, hooks and limits are its own; only workers, which are Pratique's processes, are silent."""
    root = noisy(project, tmp_path / "project", "os.write(2, b'seen by %d\\n' % os.getpid())")
    (root / "program.py").write_text(LIBRARY)
    words = [sys.executable, "program.py", workers]
    done = subprocess.run(words, cwd=root, env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, f"{bad.RECORDS} True 1\n"), done.stderr[-2000:]
    assert len(set(done.stderr.splitlines())) == 1, "what its own process wrote, and no worker"


def test_a_progress_bar_goes_on_while_libraries_write(project: Path, tmp_path: Path) -> None:

    root = noisy(project, tmp_path / "project", "os.write(2, text.encode() + b'\\n')")
    put(root, lines(map(record, range(3000))))
    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pratique", "scan"],
        cwd=root,
        env={**environment(), "TERM": "xterm", "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=other,
    )
    os.close(other)
    shown = b""
    try:
        while piece := os.read(main, 1 << 16):
            shown += piece
    except OSError:  # the terminal's other end is closed
        pass
    finally:
        os.close(main)
    assert process.wait(timeout=60) == 0
    text = shown.decode()
    assert "scan" in text
    assert "\u2501" in text, "the bar is drawn"
    assert re.search(HIDDEN.replace(r"\n", r"\r\n"), text)
    assert NAME not in text
    assert "Night Ferry" not in text
