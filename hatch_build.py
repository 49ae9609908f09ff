"""Builds the native part of the detector (`native/*.c`) with a package, where a C compiler is there.

Without one, or with ``PRATIQUE_NATIVE=0`` in the environment, the package is built without: the detector then reads in
NumPy and Python, slower, and finds the same. A build never fails for want of it.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("native")
TARGET = Path("src/pratique/detect/_native.abi3.so")
FLAGS = ("-std=c11", "-O3", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra", "-DNDEBUG")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile beside the sources, and have the wheel tell that it is of one platform."""
        root = Path(self.root)
        if self.target_name != "wheel":
            return
        if not compiled(root, root / TARGET):
            if version == "editable":
                (root / TARGET).unlink(missing_ok=True)  # an older one
            return
        build_data["artifacts"].append(f"/{TARGET.as_posix()}")
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"cp311-abi3-{platform}"


def compiled(root: Path, target: Path, *flags: str) -> bool:
    """Whether the sources below ``root`` were compiled to ``target``."""
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    command = compiler()
    built = False
    if command and os.environ.get("PRATIQUE_NATIVE") != "0":
        sources = sorted(str(path) for path in (root / FOLDER).glob("*.c"))
        include = sysconfig.get_paths()["include"]
        link = ("-bundle", "-undefined", "dynamic_lookup") if sys.platform == "darwin" else ("-shared",)
        try:
            subprocess.run(  # noqa: S603 - the compiler, and files of our own
                [*command, *FLAGS, *flags, f"-I{include}", *sources, *link, "-o", str(unfinished)],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip
            built = True
        except (OSError, subprocess.SubprocessError):
            unfinished.unlink(missing_ok=True)
    if built:
        unfinished.replace(target)
    return built


def compiler() -> list[str]:
    """The C compiler: what ``CC`` says, else cc, gcc or clang; empty where there is none, or no header of Python."""
    if sys.platform == "win32" or not Path(sysconfig.get_paths()["include"], "Python.h").exists():
        return []
    named = os.environ.get("CC")
    for command in [shlex.split(named)] if named else [["cc"], ["gcc"], ["clang"]]:
        if command and shutil.which(command[0]):
            return command
    return []
