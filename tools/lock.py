"""Write the lock files from pyproject.toml: what is needed to run, to test and to lock, with hashes.

A lock names packages, exact versions and the hashes of every file of that version; it names no download address, so
that it holds with any index. ``python tools/lock.py`` keeps the versions that are there and adds what is missing;
``--upgrade`` takes the newest of all. Run it with the oldest Python that the project supports: the markers of
back-ports are then part of the lock.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
HEADER = "# Made by `make lock` from {sources}; do not edit. Exact versions with hashes, no download address.\n"
COMPILE = [
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-emit-options",
    "--allow-unsafe",
    "--strip-extras",
    "--resolver=backtracking",
    "--quiet",
    "--no-config",
]
ADDRESS = re.compile(r"://|^\s*--(?!hash=)|^\s*#")


def compiled(wanted: list[str], seed: str, constraint: Path | None, *, upgrade: bool) -> str:
    """The text of a lock for the wanted requirements, keeping the pins of ``seed`` where they still fit.

    Raises SystemExit where the resolver finds no answer, and where a line would name an address.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "wanted.in"), Path(folder, "lock.txt")
        source.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        output.write_text(seed, encoding="utf-8")
        command = [sys.executable, "-m", "piptools", "compile", *COMPILE, "--output-file", str(output), str(source)]
        if constraint is not None:
            command += ["--constraint", str(constraint)]
        if upgrade:
            command.append("--upgrade")
        subprocess.run(command, check=True)
        lines = output.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if bad := [line for line in kept if ADDRESS.search(line) and not line.lstrip().startswith("--hash=")]:
        sys.exit(f"lock: a line names an option or an address: {bad[0].strip()}")
    return "\n".join(kept) + "\n"


def write(name: str, wanted: list[str], sources: str, constraint: Path | None, *, upgrade: bool) -> Path:
    """Compile one lock and write it to the requirements folder."""
    path = FOLDER / name
    seed = path.read_text(encoding="utf-8") if path.exists() else ""
    text = HEADER.format(sources=sources) + compiled(wanted, seed, constraint, upgrade=upgrade)
    path.write_text(text, encoding="utf-8")
    print(f"lock: {path.relative_to(ROOT)}: {text.count('==')} packages")
    return path


def main() -> None:
    """Compile the locks in the order in which they constrain each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    parser.add_argument("--peers", action="store_true", help="also the locks of benchmark peers and of training")
    chosen = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    tested = [*needed, *project["dependency-groups"]["dev"]]
    runtime = write("runtime.txt", needed, "dependencies and build-system", None, upgrade=chosen.upgrade)
    write("dev.txt", tested, "dependencies, build-system and the dev group", runtime, upgrade=chosen.upgrade)
    write("lock.txt", project["dependency-groups"]["lock"], "the lock group", None, upgrade=chosen.upgrade)
    if chosen.peers:
        for source in sorted([*FOLDER.glob("peer-*.in"), *FOLDER.glob("train-*.in")]):
            wanted = [line for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
            beside = runtime if source.name.startswith("train-") else None  # a peer has an environment of its own
            write(source.with_suffix(".txt").name, wanted, source.name, beside, upgrade=chosen.upgrade)


if __name__ == "__main__":
    main()
