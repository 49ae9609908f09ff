"""A program run as a user runs it: by its installed script, with no network and an empty home."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
NO_NETWORK = """
import socket

_connect = socket.socket.connect


def _refuse(self, address, *rest):
    if self.family != socket.AF_UNIX:
        raise OSError("the network is off")
    return _connect(self, address, *rest)


def _unknown(*_args, **_kwargs):
    raise OSError("the network is off")


socket.socket.connect = socket.socket.connect_ex = _refuse
socket.getaddrinfo = socket.gethostbyname = _unknown
"""


def environment(folder: Path) -> dict[str, str]:
    """The variables of a program that has no network, an empty home, and the installed scripts on its path."""
    patch, home = folder / "no-network", folder / "home"
    patch.mkdir()
    home.mkdir()
    (patch / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", os.defpath)))
    return {**kept, "PATH": path, "HOME": str(home), "PYTHONPATH": str(patch), "COLUMNS": "80"}


def run(arguments: list[str], cwd: Path, env: dict[str, str], limit: float = 120) -> subprocess.CompletedProcess[str]:
    """The command's outcome; it gets no input."""
    return subprocess.run(
        arguments,
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def shell(line: str, cwd: Path, env: dict[str, str], limit: float = 60) -> subprocess.CompletedProcess[str]:
    """A line as a person types it."""
    return run(["bash", "-euo", "pipefail", "-c", line], cwd, env, limit)
