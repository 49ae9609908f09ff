"""From an exception to one line on standard error and an exit code. No traceback, ever: it could carry a value."""

import errno
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from pratique.cli.text import safe
from pratique.errors import PratiqueError, system_fault
from pratique.hush import hidden, hush, place

DEFECT = 1
USAGE = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; gives the exit code. Raises nothing but what ends the interpreter."""
    try:
        _hush()
        import typer.main  # noqa: PLC0415 (an interrupt while it loads ends here too)

        from pratique.cli.app import app  # noqa: PLC0415

        # Not by calling the application itself: Typer would then put its own exception hook in place of ours.
        command = typer.main.get_command(app)
        result = command(args=list(arguments), prog_name="pratique", standalone_mode=False)
    except PratiqueError as error:
        say(error.line)
        return error.exit_code
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else DEFECT
    except Exception as error:  # noqa: BLE001 (the one place where everything ends)
        return _other(error)
    if result == INTERRUPTED:  # what Typer makes of a KeyboardInterrupt
        say("interrupted")
    return result if isinstance(result, int) else 0


def finish(code: int) -> int:
    """Flush standard output before the interpreter does, which would turn a failure into an exit code of its own.

    Says what was hidden, if anything was.
    """
    if lines := hidden():
        what = "1 line" if lines == 1 else f"{lines:,} lines"
        say(f"a library wrote {what} to standard error; hidden, since it could show a value")
    try:
        sys.stdout.flush()
    except OSError as error:
        _give_up(sys.stdout)
        if code == 0 and error.errno != errno.EPIPE:
            return _other(error)
    return code


def say(line: str) -> None:
    """One line to standard error, without control characters; a closed standard error is no reason to fail."""
    try:
        print(f"pratique: {safe(line)}", file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    """What cannot be written goes nowhere; the interpreter's own flush at the end must find somewhere to put it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _other(error: Exception) -> int:
    """Errors of the argument parser (they carry what the user typed), and everything unforeseen, such as standard
    output on a full disk.
    """
    if type(error).__name__ == "Abort" and _of_parser(error):
        say("interrupted")
        return INTERRUPTED
    if type(error).__name__ == "NoArgsIsHelpError":
        print(getattr(error, "message", ""), file=sys.stderr)  # noqa: T201 (the help: our own text)
        return USAGE
    if _of_parser(error):
        # Where a choice is none, the parser's own checker puts its word for that before the sentence.
        message = getattr(error, "format_message", error.__str__)().replace(": Value error, ", ": ")
        say(f"{message.rstrip('.')}; see {_command(error)} --help")
        return USAGE
    at = place(error.__traceback__)
    fault = system_fault(error, at)
    if fault is not None:
        say(fault.line)
        return fault.exit_code
    say(f"a defect of Pratique: {type(error).__name__} in {at}")
    return DEFECT


def _of_parser(error: Exception) -> bool:
    return _package(type(error).__module__) in {"typer", "click"}


def _package(module: str) -> str:
    return module.partition(".")[0]


def _command(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(getattr(context, "command_path", "pratique"))


def _hush() -> None:
    """Only this module writes to standard error: what libraries write there by themselves may carry values."""
    _open_standard_streams()
    hush(say)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _open_standard_streams() -> None:
    """Streams that the caller closed lead nowhere; else the next file opened would take a stream's place."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
