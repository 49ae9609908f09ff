"""Mutants that say, write or show a value somewhere besides what the program writes: streams, files, processes."""

import base64
import gzip
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tools.canary_site.mutant import Mutant, after, after_with, changed, instead, raw

WORK = "pratique.pipeline.work"
ERRORS = "pratique.cli.errors"
_LIFE = 0.3
"""Seconds for which a process or a nameless file lives: longer than the pause between two looks."""


def _working(name: str, channel: str, do: Callable[[], object], scene: str = "run") -> Mutant:
    """One that leaks whenever a part is worked."""
    return Mutant(name, channel, scene, ((WORK, after("work_part", do)),))


def _tell_terminal(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _natively() -> None:
    os.write(2, f"re2: pattern too large for {raw()}\n".encode())


def _temporary() -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(raw().encode())
        file.flush()


def _nameless() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(raw().encode())
        file.flush()
        time.sleep(_LIFE)


def _in_memory() -> None:
    descriptor = os.memfd_create("work")
    os.write(descriptor, raw().encode("utf-16-le"))
    time.sleep(_LIFE)
    os.close(descriptor)


def _folder() -> None:
    Path(tempfile.mkdtemp(prefix=f"{raw()}-")).rmdir()


def _cache() -> None:
    folder = Path.home() / ".cache"
    folder.mkdir(exist_ok=True)
    (folder / "last").write_bytes(base64.b64encode(b"x" + raw().encode()))


def _argument() -> None:
    subprocess.run([sys.executable, "-S", "-c", f"import time; time.sleep({_LIFE})", raw()], check=True)


def _environment() -> None:
    subprocess.run(["sleep", str(_LIFE)], env={**os.environ, "LAST_VALUE": raw()}, check=True)


def _process_name() -> None:
    # A process's name has room for fifteen characters.
    Path("/proc/self/comm").write_text(raw("show"), encoding="ascii")
    time.sleep(_LIFE)


def _freed(store: Any, *_: object, **__: object) -> None:
    """Written and dropped: the pages are free, and hold what they held."""
    with _database(store) as database:
        database.execute("CREATE TABLE scratch (line TEXT)")
        database.executemany("INSERT INTO scratch VALUES (?)", [(raw(),)] * 50)
        database.commit()
        database.execute("DROP TABLE scratch")


def _logged_ahead(store: Any, *_: object, **__: object) -> None:
    """Written, and overwritten with zeros: only the write-ahead log still holds it."""
    with _database(store) as database:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("CREATE TABLE IF NOT EXISTS scratch (line TEXT)")
        database.execute("INSERT INTO scratch VALUES (?)", (raw(),))
        database.commit()
        database.execute("DELETE FROM scratch")


def _database(store: Any) -> sqlite3.Connection:
    return sqlite3.connect(store._database.path)  # noqa: SLF001 (a mutant changes the inside)


def _beside(sink: Any, name: str, data: bytes) -> None:
    del data
    path = sink._final(name).with_name("index.gz")  # noqa: SLF001
    with path.open("wb") as file, gzip.GzipFile(raw(), "wb", fileobj=file) as stream:
        stream.write(b"0\n")


def _attribute(sink: Any, cleared: Any) -> None:
    path = sink._final(cleared.name)  # noqa: SLF001
    path.chmod(0o600)
    os.setxattr(path, "user.origin", raw()[::-1].encode())


def _quoted(error: Any) -> Any:
    error.what = f"{error.what}, as {raw()}"
    return error


def _loud(_: Any) -> Any:
    def other(error: Exception) -> int:
        print(f"pratique: {error}", file=sys.stderr)
        return 1

    return other


def _traced(_: Any) -> Any:
    def other(error: Exception) -> int:
        sys.stderr.write("".join(traceback.format_exception(error)))
        return 1

    return other


def _told_by_worker(_: Any) -> Any:
    from pratique.errors import PratiqueError  # noqa: PLC0415 (the program is not loaded yet)

    return lambda error, part: PratiqueError(str(error), where=str(part))


def _labelled(original: Any) -> Any:
    return lambda self, label, done, whole: original(self, f"{label} {raw()}", done, whole)


def _hinted(original: Any) -> Any:
    return lambda self, command: original(self, f"{command} --like {raw()}")


def _mentioned(original: Any) -> Any:
    def findings(screen: Any, text: str, found: Any) -> None:
        original(screen, text, found)
        screen.line(text[found[0].start : found[0].end])

    return findings


def _restored_twice(original: Any) -> Any:
    def restore(*arguments: Any, write: Any, **named: Any) -> Any:
        def both(data: bytes) -> None:
            write(data)
            Path(tempfile.gettempdir(), "restored").write_bytes(bytes(data).replace(b"", b" "))

        return original(*arguments, write=both, **named)

    return restore


def _not_hushed(do: Callable[[], object]) -> tuple[tuple[str, Any], ...]:
    return (ERRORS, instead("_hush", lambda _: lambda: None)), (WORK, after("work_part", do))


def _sampled(original: Any) -> Any:
    def add_scan(self: Any, scan: Any) -> None:
        original(self, replace(scan, detectors={**scan.detectors, "sample": raw().upper()}))

    return add_scan


MUTANTS = (
    _working("printed", "standard output", lambda: print(raw())),
    _working("written-to-stderr", "standard error", lambda: sys.stderr.write(" ".join(raw()))),
    Mutant(
        "in-json-output",
        "standard output for programs",
        "run as json",
        (("pratique.cli.move", changed("run_document", lambda found: {**found, "like": raw()})),),
    ),
    Mutant("error-quotes", "error texts", "defect in a scan", ((ERRORS, instead("_other", _loud)),)),
    Mutant("traceback", "tracebacks", "defect in a scan", ((ERRORS, instead("_other", _traced)),)),
    Mutant(
        "worker-error-quotes",
        "errors of workers",
        "defect in a worker",
        (("pratique.engines.local.defects", instead("as_error", _told_by_worker)),),
    ),
    Mutant(
        "refusal-quotes",
        "refusals",
        "refused",
        (("pratique.runs.thresholds", changed("_refusal", _quoted)),),
    ),
    Mutant("warning", "warnings", "run", _not_hushed(lambda: warnings.warn(raw(), stacklevel=1))),
    Mutant("log-record", "log records", "run", _not_hushed(lambda: logging.getLogger("x").warning(raw()))),
    Mutant(
        "native-stderr",
        "native libraries' standard error",
        "run",
        (("pratique.hush", instead("_catch", lambda _: lambda: None)), (WORK, after("work_part", _natively))),
    ),
    Mutant("core-dumps", "core dumps", "run", (("pratique.hush", instead("_no_dumps", lambda _: lambda: None)),)),
    _working("terminal-title", "terminal titles", lambda: _tell_terminal(f"\x1b]0;{raw()}\x07"), "run on a terminal"),
    _working(
        "clipboard",
        "the terminal's clipboard",
        lambda: _tell_terminal(f"\x1b]52;c;{base64.b64encode(raw().encode()).decode()}\x07"),
        "run on a terminal",
    ),
    Mutant(
        "progress-label",
        "progress bars",
        "run on a terminal",
        (("pratique.cli.progress", instead("Bar.__call__", _labelled)),),
    ),
    Mutant(
        "shell-hint", "hints of commands to type", "scan", (("pratique.cli.show", instead("Screen.next", _hinted)),)
    ),
    Mutant("detect-shows", "what detect shows", "detect", (("pratique.cli.adhoc", instead("_findings", _mentioned)),)),
    Mutant(
        "doctor-names-inputs",
        "names of inputs",
        "look",
        (
            (
                "pratique.assembly.health",
                instead(
                    "_inputs",
                    lambda _: lambda project, name: project.source(project.settings.datasets[name]).inputs()[0].name,
                ),
            ),
        ),
    ),
    Mutant(
        "report-quotes",
        "the report",
        "report",
        (("pratique.cli.report.page", changed("page", lambda made: f"{made}<!-- {raw()} -->")),),
    ),
    Mutant(
        "schema-exemplified",
        "schemas for others",
        "convert",
        (("pratique.exchange.json_schema", changed("json_schema", lambda made: {**made, "examples": [raw()]})),),
    ),
    _working("temporary-file", "temporary files", _temporary),
    _working("nameless-file", "nameless temporary files", _nameless),
    _working("memory-file", "files in memory", _in_memory),
    _working("temporary-folder", "names of temporary files", _folder),
    _working("cache", "caches", _cache),
    _working("process-argument", "arguments in /proc", _argument),
    _working("process-environment", "environment in /proc", _environment),
    _working("process-name", "names of processes", _process_name),
    Mutant(
        "sample-in-catalogue",
        "the catalogue",
        "scan",
        (("pratique.stores.catalogue", instead("SqliteCatalogueStore.add_scan", _sampled)),),
    ),
    Mutant(
        "freed-page",
        "SQLite's freed pages",
        "run",
        (("pratique.stores.runs", after_with("SqliteRunStore.finish_part", _freed)),),
    ),
    Mutant(
        "write-ahead-log",
        "SQLite's write-ahead log",
        "run",
        (("pratique.stores.runs", after_with("SqliteRunStore.finish_part", _logged_ahead)),),
    ),
    Mutant(
        "gzip-name",
        "names inside containers",
        "run",
        (("pratique.connectors.files.sink", after_with("FilesSink.commit", _beside)),),
    ),
    Mutant(
        "extended-attribute",
        "attributes of files",
        "run",
        (("pratique.connectors.files.sink", after_with("FilesSink.publish", _attribute)),),
    ),
    Mutant(
        "restored-elsewhere",
        "re-identified data",
        "return",
        (("pratique.pipeline.restore", instead("restore", _restored_twice)),),
    ),
)
