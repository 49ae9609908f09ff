"""Kill a run after every single step that it leaves on disk, run again, and tell what came out: a script of its own.

``crash_points.py PROJECT WORK STRIDE [replay]``: for each k (from 1 on, by STRIDE), a copy of PROJECT is run, or what
it holds is replayed, by a forked process that ends itself (as by ``kill -9``: no clean-up of any kind) after the k-th
durable step, until a k is beyond the last step. Then the copy is run to its end. Prints one JSON line for each k: the
step, the exit codes, what is at the target, what is left over.
"""

import hashlib
import json
import os
import pathlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pratique.errors import RefusedError
from pratique.project import Project
from pratique.stores import SqliteRunStore
from tests.e2e.sample_projects import FLOW, copy, target, tree

KILLED = 9
STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "link"),
    (pathlib.Path, "unlink"),
    (pathlib.Path, "replace"),
    (pathlib.Path, "rename"),
    *((SqliteRunStore, name) for name in ("store_plan", "begin", "abandon", "finish_part", "store_release")),
)


def killed_after(count: int, told: int) -> None:
    """Have this process end itself after its ``count``-th step, and write the step's name to ``told``."""
    left = count

    def wrap(name: str, honest: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            result = honest(*arguments, **options)
            left -= 1
            if left == 0:
                os.write(told, name.encode())
                os._exit(KILLED)
            return result

        return step

    for owner, name in STEPS:
        setattr(owner, name, wrap(name, getattr(owner, name)))


def act(root: Path) -> None:
    """What is killed."""
    project = Project.open(root)
    if sys.argv[4:] == ["replay"]:
        try:
            project.replay(FLOW)
        except RefusedError as error:
            # What failed again once is all that is left after a replay that was done but for its last steps.
            if not error.what.startswith("none of"):
                raise
    else:
        project.run(FLOW)


def forked(root: Path, count: int) -> tuple[int, str]:
    """Do it in a forked process: its exit code, and the step after which it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            killed_after(count, writing)
            act(root)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return os.waitstatus_to_exitcode(status), told.read().decode()


def main() -> None:
    """Go through every k."""
    project, work, stride = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    # What is loaded and compiled here, the forked ones have.
    act(copy(project, work / "first"))
    count = 1 - stride
    code = KILLED
    while code == KILLED:
        count += stride
        root = copy(project, work / str(count))
        code, step = forked(root, count)
        speaking = sorted(path.parent.name for path in target(root).rglob("release.json"))
        again, _ = forked(root, -1)
        files = {name: hashlib.sha256(data).hexdigest() for name, data in tree(target(root)).items()}
        staged = [p.name for p in (root / ".pratique/eu/staging").iterdir() if not p.name.startswith(".")]
        print(
            json.dumps(
                {
                    "root": str(root),
                    "step": step,
                    "code": code,
                    "again": again,
                    "speaking": speaking,
                    "files": files,
                    "staged": staged,
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
