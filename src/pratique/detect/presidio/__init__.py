"""Presidio recogniser files, unchanged: modules that import `presidio_analyzer`, whether or not that is installed.

Only files that the project lists are loaded. A recogniser is code that the user trusts like the rest of the project: it
runs with all rights of the process. Where `presidio_analyzer` is not installed, the module's own ``import`` is given a
small stand-in; `sys.modules` is never touched.
"""

import builtins
import hashlib
import importlib.util
import inspect
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pratique.detect.presidio import shim
from pratique.detect.presidio.adapter import PresidioRecognizer
from pratique.errors import DetectionError

__all__ = ["PresidioRecognizer", "load_recognizers"]

_PACKAGE = "presidio_analyzer"
_SHOWN = (
    "AnalysisExplanation", "EntityRecognizer", "LocalRecognizer", "Pattern", "PatternRecognizer", "RecognizerResult",
    "RemoteRecognizer",
)  # fmt: skip


def load_recognizers(files: Sequence[str], root: Path) -> list[PresidioRecognizer]:
    """Recognisers of the files (relative to ``root``): instances in a module, and its classes, made without arguments.

    Raises `DetectionError` naming the file where it is outside ``root``, unreadable, fails to load or holds no
    recogniser.
    """
    return [recognizer for file in files for recognizer in _load_file(file, root)]


def _load_file(file: str, root: Path) -> list[PresidioRecognizer]:
    module, digest = load_module(file, root, "recogniser file")
    made = made_here(module, file, "recogniser file")
    if not made:
        raise DetectionError(
            "a recogniser file holds no recogniser", where=file, do="define a class that needs no arguments"
        )
    return [PresidioRecognizer(inner, digest=digest, file=file) for inner in made]


def load_module(file: str, root: Path, what: str) -> tuple[ModuleType, str]:
    """Run a Python file (relative to ``root``) that the project lists: its module, and the SHA-256 of its text.

    Raises `DetectionError` naming the file, ``what`` it is, and the line that failed.
    """
    source, path = read_file(file, root, what)
    digest = hashlib.sha256(source).hexdigest()
    module = ModuleType(f"pratique_recognizer_{digest[:16]}")
    module.__file__ = str(path)
    _prepare(module)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - a file that the project file lists
    except Exception as error:  # noqa: BLE001 - whatever the user's code raises is a fault of that file
        raise _fails(error, file, path, what) from None
    return module, digest


def made_here(module: ModuleType, file: str, what: str) -> list[Any]:
    """The Presidio recognisers of a module that `load_module` gave; raises as it does."""
    try:
        return _instances(module, _base())
    except Exception as error:  # noqa: BLE001 - making them runs the user's code
        raise _fails(error, file, Path(module.__file__ or file), what) from None


def read_file(file: str, root: Path, what: str) -> tuple[bytes, Path]:
    """The bytes of a file inside ``root``, and where it is; raises `DetectionError`."""
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()):
        raise DetectionError(f"a {what} must be inside the project's folder", where=file)
    try:
        return path.read_bytes(), path
    except OSError:
        raise DetectionError(f"a {what} cannot be read", where=file) from None


def _fails(error: Exception, file: str, path: Path, what: str) -> DetectionError:
    kind = type(error).__name__
    return DetectionError(f"a {what} fails to load ({kind})", where=_place(file, path, error))


def _place(file: str, path: Path, error: Exception) -> str:
    """The file, with the line of it that failed."""
    trace, line = error.__traceback__, error.lineno if isinstance(error, SyntaxError) else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{file}:{line}" if line else file


def _base() -> type:
    """The base class of recognisers, in the view that modules have of Presidio."""
    if importlib.util.find_spec(_PACKAGE) is not None:
        base: type = importlib.import_module(_PACKAGE).EntityRecognizer
        return base
    return shim.EntityRecognizer


def _prepare(module: ModuleType) -> None:
    """Give the module its view of Presidio."""
    if importlib.util.find_spec(_PACKAGE) is not None:
        return
    view = _stand_in()
    real = builtins.__import__

    def importing(
        name: str, globals_: Any = None, locals_: Any = None, fromlist: Sequence[str] | None = (), level: int = 0
    ) -> ModuleType:
        if level == 0 and (name == _PACKAGE or name.startswith(f"{_PACKAGE}.")):
            if name not in view:
                raise ModuleNotFoundError(f"{name} is not in the part of {_PACKAGE} that recognisers use")
            return view[name if fromlist else _PACKAGE]
        return real(name, globals_, locals_, fromlist or (), level)

    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": importing}


def _stand_in() -> dict[str, ModuleType]:
    view = {
        name: ModuleType(name)
        for name in (
            _PACKAGE, f"{_PACKAGE}.nlp_engine", f"{_PACKAGE}.pattern", f"{_PACKAGE}.pattern_recognizer",
            f"{_PACKAGE}.entity_recognizer", f"{_PACKAGE}.local_recognizer", f"{_PACKAGE}.recognizer_result",
            f"{_PACKAGE}.analysis_explanation",
        )
    }  # fmt: skip
    for name, module in view.items():
        for shown in _SHOWN:
            setattr(module, shown, getattr(shim, shown))
        if name.endswith("nlp_engine"):
            module.NlpArtifacts = shim.NlpArtifacts  # type: ignore[attr-defined]
        if name != _PACKAGE:
            setattr(view[_PACKAGE], name.rpartition(".")[2], module)
    return view


def _instances(module: ModuleType, base: type) -> list[Any]:
    """The module's recognisers: its instances, and its own classes that no other of its classes refines, made now."""
    values = list(vars(module).values())
    made = [value for value in values if isinstance(value, base)]
    own = [v for v in values if isinstance(v, type) and v.__module__ == module.__name__ and issubclass(v, base)]
    refined = {parent for value in own for parent in value.__mro__[1:]}
    chosen = [v for v in own if v not in refined and not inspect.isabstract(v) and v not in {type(m) for m in made}]
    if any(parent.__name__ == "RemoteRecognizer" for v in (*chosen, *map(type, made)) for parent in v.__mro__):
        raise TypeError("remote recognisers are not loaded: texts do not leave this process")
    return made + [value() for value in chosen]
