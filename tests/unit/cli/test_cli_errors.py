"""Exit codes, one-line errors, and what never reaches a terminal."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from pratique import __version__, errors
from pratique.cli.app import _ORDER, app
from pratique.cli.errors import place

KINDS = [
    (errors.ConfigError, 2),
    (errors.RefusedError, 3),
    (errors.SourceError, 4),
    (errors.KeyStoreError, 5),
    (errors.BusyError, 6),
    (errors.VerifyError, 7),
]


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_every_kind_of_error_has_its_code_and_one_line(cli, project, kind, code):
    project.error = kind("it does not work", where="dataset channel", do="look there")
    result = cli("scan")
    assert (result.code, result.out) == (code, "")
    assert result.err == "pratique: dataset channel: it does not work; look there\n"


def test_an_error_with_a_hostile_name_stays_on_one_line(cli, project):
    project.error = errors.SourceError("gone", where="a\x1b[2J\r\nb\u202e")
    assert cli("scan").err == "pratique: a\\x1b[2J\\r\\nb\\u202e: gone\n"


@pytest.mark.usefixtures("project")
def test_a_choice_that_is_none_is_said_in_a_sentence(cli):
    result = cli("scan", "-o", "xml")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "pratique: Invalid value for '--output' / '-o': 'xml' is not one of 'human', 'json'; see pratique scan --help\n"
    )


def test_a_defect_shows_its_place_and_no_message(cli, project):
    project.error = KeyError("the secret value")
    result = cli("scan")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("pratique: a defect of Pratique: KeyError in pratique.cli.know:")
    assert "secret" not in result.err
    assert result.err.count("\n") == 1


def test_the_place_of_a_defect_is_the_innermost_line_of_ours():
    from pratique.model.paths import parse_path

    with pytest.raises(TypeError) as caught:
        parse_path(None)  # type: ignore[arg-type]
    assert place(caught.value.__traceback__).startswith("pratique.model.paths:")
    assert place(None) == "?"


def test_an_interrupt_exits_with_130(cli, project):
    project.error = KeyboardInterrupt()
    result = cli("run", "channel")
    assert (result.code, result.out) == (130, "")
    assert result.err == "pratique: interrupted\n"


def test_systemexit_keeps_its_code(cli, project):
    project.error = SystemExit(6)
    assert cli("scan").code == 6


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("scan", "--nonsense"),
        ("plan",),
        ("run", "channel", "--workers", "0"),
        ("run", "channel", "--workers", "many"),
        ("scan", "-o", "xml"),
        ("catalogue", "list", "--state", "odd"),
        ("detect", "--score", "2"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_code_two(cli, arguments):
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("pratique: ")
    assert result.err.endswith(" --help\n")
    assert result.err.count("\n") == 1


def test_a_wrong_command_line_cannot_move_the_cursor(cli):
    result = cli("\x1b[2Jscan")
    assert result.code == 2
    assert "\x1b" not in result.err


@pytest.mark.parametrize("arguments", [(), ("catalogue",), ("keys",)])
def test_no_command_shows_the_help(cli, arguments):
    result = cli(*arguments)
    assert result.code == 2
    assert "Usage: pratique" in result.err


def commands(group: Any = app, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        yield (*name, command.name or command.callback.__name__)
    for below in group.registered_groups:
        yield from commands(below.typer_instance, (*name, below.name))


MANUAL = """
init scan review plan policy-test run reidentify verify detect redact eval convert-schema doctor demo
catalogue-list catalogue-show catalogue-confirm catalogue-reject catalogue-set catalogue-not-personal catalogue-withdraw
catalogue-history catalogue-diff catalogue-rescore catalogue-export catalogue-import catalogue-sample
audit-list audit-verify report purge
keys-create keys-list keys-export-public keys-import-fernet keys-rotate keys-backup keys-restore
quarantine-list quarantine-show quarantine-replay
topics-create topics-list topics-describe topics-tail topics-delete registry-list registry-show registry-compatibility
produce lag status
"""


def test_the_commands_are_those_of_the_manual():
    assert {"-".join(command) for command in commands()} == set(MANUAL.split())


@pytest.mark.parametrize("command", sorted(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example_and_json(command):
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert f"Example: pratique {' '.join(command)}" in text or "| pratique redact" in text
    assert "-o, --output" in text


@pytest.mark.parametrize("group", [group.name for group in app.registered_groups])
def test_every_group_has_an_example(group):
    result = CliRunner().invoke(app, [group, "--help"])
    assert result.exit_code == 0
    assert f"Example: pratique {group} " in " ".join(result.output.split())


def test_help_lists_the_exit_codes(cli):
    result = cli("--help")
    assert result.code == 0
    assert "7 verification failed" in " ".join(result.out.split())
    listed = [line.split()[0] for line in result.out.split("Commands:")[1].splitlines() if line.startswith("  ")]
    in_order = [name for name in listed if name in _ORDER]
    assert in_order == list(_ORDER), "in the order in which a person meets them"
    assert in_order[:4] == ["init", "scan", "review", "catalogue"]


def test_version(cli):
    assert cli("--version").out == f"pratique {__version__}\n"


def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "pratique", *arguments], capture_output=True, timeout=60, check=False)


def test_the_module_runs_and_starts_fast():
    """In processor time, so that a busy machine does not fail it."""
    best = 9.0
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = process("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert result.returncode == 0
        assert result.stderr == b""
    assert best < 0.3


def test_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['pratique', '--help']\n"
        "from pratique.cli import main\n"
        "try: main()\n"
        "except SystemExit: print([m for m in ('pyarrow', 'numpy', 'sqlalchemy', 'pydantic', 'rich')"
        " if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert result.stdout.endswith(b"[]\n")


def test_a_closed_pipe_is_no_error():
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        result = subprocess.run(
            [sys.executable, "-m", "pratique", "redact", "-"],
            input=b"nothing in here " * 20_000,
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_are_no_defect(closed):
    command = f'"{sys.executable}" -m pratique redact - {closed}'
    result = subprocess.run(["bash", "-c", command], input=b"x", capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in result.stderr
    assert result.returncode == (4 if "<" in closed else 0)
