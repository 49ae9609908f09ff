"""Set up one process of the program: keep aside what it removes, bring about a fault, put a mutant in place.

Nothing of this is in the program: it is done by hooks of the interpreter, before the program is loaded.
"""

import contextlib
import errno
import os
import resource
import shutil
import signal
import sys
import threading
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

from tools.canary_site.mutant import Patch

_LARGEST = 64 << 20


def install(morgue: str, mutant: str, fault: str) -> None:
    """Everything that the environment asks for."""
    patches: dict[str, list[Patch]] = {}
    if fault:
        _bring_about(fault, patches)
    if mutant:
        from tools.canary_site.mutants import MUTANTS  # noqa: PLC0415 (only where there is one)

        for module, patch in MUTANTS[mutant].patches:
            patches.setdefault(module, []).append(patch)
    if patches:
        sys.meta_path.insert(0, _Patching(patches))
    sys.addaudithook(_Morgue(morgue))


class _Morgue:
    """Keeps what is removed, replaced or emptied, under a number, with the name that it had in an index."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._local = threading.local()
        self._count = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "os.mkdir":
            self._note("-", os.fsdecode(arguments[0]))
        if event not in ("os.remove", "os.rename", "os.truncate", "open") or getattr(self._local, "busy", False):
            return
        self._local.busy = True
        try:
            if event == "os.remove":
                self._keep(arguments[0], arguments[1], share=True)
            elif event == "os.rename":
                self._keep(arguments[1], arguments[3], share=True)
            elif event == "os.truncate" or (isinstance(arguments[2], int) and arguments[2] & os.O_TRUNC):
                self._keep(arguments[0], -1, share=False)
        except OSError:
            pass  # it was not there
        finally:
            self._local.busy = False

    def _keep(self, path: Any, folder: int, *, share: bool) -> None:
        if isinstance(path, int):
            return
        name = os.fsdecode(path)
        where = None if folder == -1 else folder
        found = os.stat(name, dir_fd=where, follow_symlinks=False)
        if not 0 < found.st_size <= _LARGEST or name.startswith(self._folder):
            return
        self._count += 1
        kept = os.path.join(self._folder, f"{os.getpid()}-{self._count}")  # noqa: PTH118 (early, and cheap)
        # Noted first: a process may be killed between the two.
        self._note(os.path.basename(kept), name)  # noqa: PTH119
        if share:
            with contextlib.suppress(OSError):
                os.link(name, kept, src_dir_fd=where, follow_symlinks=False)
                return
        if where is None:
            shutil.copyfile(name, kept)

    def _note(self, kept: str, name: str) -> None:
        """Write down under which name something was; of a folder only the name is kept."""
        with open(os.path.join(self._folder, "index"), "a", encoding="utf-8", errors="replace") as index:  # noqa: PTH118, PTH123
            index.write(f"{kept}\t{os.path.abspath(name)}\n")  # noqa: PTH100


def _bring_about(fault: str, patches: dict[str, list[Patch]]) -> None:
    """A fault, as ``kind:detail``: see `_at_event` for those at an event; ``size:BYTES`` lets no file be longer;
    ``defect:MODULE:NAME`` makes a function raise an error that carries the data which it was given.
    """
    kind, _, detail = fault.partition(":")
    if kind == "size":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(detail), int(detail)))
    elif kind == "defect":
        module, _, name = detail.partition(":")
        patches.setdefault(module, []).append(lambda loaded: _break(loaded, name))
    else:
        _at_event(kind, *detail.split(":"))


def _at_event(kind: str, event: str, part: str, number: str) -> None:
    """At the ``number``-th audit event whose first argument has ``part`` in it: ``kill``, ``interrupt`` or ``full``."""
    left = int(number)

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if name != event or not arguments or part not in str(arguments[0]):
            return
        left -= 1
        if left:
            return
        if kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif kind == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        else:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(hook)


def _break(module: Any, name: str) -> None:
    def broken(*arguments: Any, **more: Any) -> None:
        raise ValueError(f"what is this: {_shown(arguments)} {_shown(tuple(more.values()))}")

    owner, _, last = name.rpartition(".")
    setattr(getattr(module, owner) if owner else module, last, broken)


def _shown(arguments: tuple[Any, ...]) -> str:
    """All that is in arguments, columns and records too, as an error of a library would quote it."""
    found: list[str] = []
    for argument in arguments:
        columns = getattr(argument, "columns", None)
        values = getattr(argument, "values", None)
        if isinstance(columns, dict):
            found += [str(column.values.to_pylist()) for column in columns.values()]
        elif hasattr(values, "to_pylist"):
            found.append(str(values.to_pylist()))  # type: ignore[union-attr]
        elif hasattr(argument, "to_pylist"):
            found.append(str(argument.to_pylist()))
        else:
            found.append(repr(getattr(argument, "records", None) or argument))
    return " ".join(found)


class _Patching(MetaPathFinder):
    """Finds the modules that are to be changed as Python would, and changes each when it has been loaded."""

    def __init__(self, patches: dict[str, list[Patch]]) -> None:
        self._patches = patches

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The usual spec, with a loader that patches."""
        if name not in self._patches:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Patched(spec.loader, self._patches[name])
        return spec


class _Patched(Loader):
    """Loads a module, then changes it."""

    def __init__(self, loader: Any, patches: list[Patch]) -> None:
        self._loader = loader
        self._patches = patches

    def create_module(self, spec: ModuleSpec) -> Any:
        """As usual."""
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """As usual, then the patches in their order."""
        self._loader.exec_module(module)
        for patch in self._patches:
            patch(module)
