"""From an exception to one line on standard error and an exit code. No traceback, ever: it could carry a value."""

import errno
import logging
import os
import sys
import threading
import warnings
from collections.abc import Sequence
from types import TracebackType

from pratique.cli.text import safe
from pratique.errors import PratiqueError

DEFECT = 1
USAGE = 2
SYSTEM = 4
_OF_THE_SYSTEM = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EACCES, errno.EPERM),
    }
)
"""What no program is to blame for."""
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; gives the exit code. Raises nothing but what ends the interpreter."""
    try:
        _hush()
        from pratique.cli.app import app  # noqa: PLC0415 (an interrupt while it loads ends here too)

        result = app(args=list(arguments), prog_name="pratique", standalone_mode=False)
    except PratiqueError as error:
        say(error.line)
        return error.exit_code
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else DEFECT
    except OSError as error:
        return _system(error)
    except Exception as error:  # noqa: BLE001 (the one place where everything ends)
        return _other(error)
    if result == INTERRUPTED:  # what Typer makes of a KeyboardInterrupt
        say("interrupted")
    return result if isinstance(result, int) else 0


def finish(code: int) -> int:
    """Flush standard output before the interpreter does, which would turn a failure into an exit code of its own."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # What cannot be written goes nowhere; the interpreter's own flush must find somewhere to put it.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        if code == 0 and error.errno != errno.EPIPE:
            return _system(error)
    return code


def say(line: str) -> None:
    """One line to standard error, without control characters; a closed standard error is no reason to fail."""
    try:
        print(f"pratique: {safe(line)}", file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        return


def _system(error: OSError) -> int:
    """What the operating system refuses where nobody foresaw it, such as standard output on a full disk."""
    if error.errno is None or error.errno not in _OF_THE_SYSTEM:
        return _other(error)
    say(f"cannot be read or written: {os.strerror(error.errno)} (in {place(error.__traceback__)})")
    return SYSTEM


def _other(error: Exception) -> int:
    """Errors of the argument parser (they carry what the user typed), and everything unforeseen."""
    if type(error).__name__ == "Abort" and _of_parser(error):
        say("interrupted")
        return INTERRUPTED
    if type(error).__name__ == "NoArgsIsHelpError":
        print(getattr(error, "message", ""), file=sys.stderr)  # noqa: T201 (the help: our own text)
        return USAGE
    if _of_parser(error):
        message = getattr(error, "format_message", error.__str__)()
        say(f"{message.rstrip('.')}; see {_command(error)} --help")
        return USAGE
    say(f"a defect of Pratique: {type(error).__name__} in {place(error.__traceback__)}")
    return DEFECT


def _of_parser(error: Exception) -> bool:
    return _package(type(error).__module__) in {"typer", "click"}


def _package(module: str) -> str:
    return module.partition(".")[0]


def _command(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(getattr(context, "command_path", "pratique"))


def place(traceback: TracebackType | None) -> str:
    """``module:line`` of the innermost frame inside Pratique, or of the innermost one there is."""
    found = "?"
    ours = False
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", "?"))
        if _package(module) == "pratique" or not ours:
            found = f"{module}:{traceback.tb_lineno}"
            ours = _package(module) == "pratique"
        traceback = traceback.tb_next
    return found


def _hush() -> None:
    """Only this module writes to standard error: warnings, log records and hooks of libraries may carry values."""
    warnings.simplefilter("ignore")
    logging.lastResort = None
    threading.excepthook = lambda args: say(
        f"a defect of Pratique: {args.exc_type.__name__} in {place(args.exc_traceback)}"
    )
    sys.unraisablehook = lambda _: None
    _open_standard_streams()
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
