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
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()):
        raise DetectionError("a recogniser file must be inside the project's folder", where=file)
    try:
        source = path.read_bytes()
    except OSError:
        raise DetectionError("a recogniser file cannot be read", where=file) from None
    digest = hashlib.sha256(source).hexdigest()
    module = ModuleType(f"pratique_recognizer_{digest[:16]}")
    module.__file__ = str(path)
    base = _prepare(module)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - a file that the project file lists
        made = _instances(module, base)
    except Exception as error:  # noqa: BLE001 - whatever the user's code raises is a fault of that file
        raise DetectionError(
            f"a recogniser file fails to load ({type(error).__name__})", where=_place(file, path, error)
        ) from None
    if not made:
        raise DetectionError(
            "a recogniser file holds no recogniser", where=file, do="define a class that needs no arguments"
        )
    return [PresidioRecognizer(inner, digest=digest, file=file) for inner in made]


def _place(file: str, path: Path, error: Exception) -> str:
    """The file, with the line of it that failed."""
    trace, line = error.__traceback__, error.lineno if isinstance(error, SyntaxError) else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{file}:{line}" if line else file


def _prepare(module: ModuleType) -> type:
    """Give the module its view of Presidio; returns the base class of recognisers in that view."""
    if importlib.util.find_spec(_PACKAGE) is not None:
        base: type = importlib.import_module(_PACKAGE).EntityRecognizer
        return base
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
    return shim.EntityRecognizer


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
