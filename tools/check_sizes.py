"""Checks of every file's size and of what no file may name.

- Python of the program, of tools and of benchmarks, and C: 400 lines at most. Longer is two ideas in one file.
- Any file: 5 MB at most; the weights of the model that ships with the package: 40 MB.
- No text names a folder of somebody's machine or the host of a package registry: a clone must mean the same anywhere.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.tree import ROOT, project_files

MAX_LINES = 400
MAX_BYTES = 5_000_000
WEIGHTS, MAX_WEIGHTS = Path("src/pratique/detect/ner/model/weights.bin"), 40_000_000
LINED = {"src": (".py",), "tools": (".py",), "benchmarks": (".py",), "native": (".c", ".h")}
"""By folder: the files whose lines are counted."""

# A path counts where it starts, not inside a longer one or an address; this line is why it shows no example.
MACHINE_PATH = re.compile(r"(?<![\w.*\\])/(?:(?:work|root)\b|home/[a-z]|Users/[A-Za-z])|\b[A-Z]:\\Users\\")
REGISTRY_HOST = re.compile(
    r"\b(?:pypi\.(?:org|python)|[a-z]*\.?pythonhosted\.|registry\.npmjs\.|registry\.yarnpkg\.|static\.crates\.|"
    r"crates\.io|proxy\.golang\.|sum\.golang\.|repo\d?\.maven\.|maven\.org|deb\.debian\.|registry-1\.docker\.)"
)


def faults(root: Path = ROOT, names: list[Path] | None = None) -> Iterator[str]:
    """One line per fault, ``file: what`` or ``file:line: what``; nothing where all is well."""
    for name in project_files(root) if names is None else names:
        path = root / name
        size = path.stat().st_size
        most = MAX_WEIGHTS if name == WEIGHTS else MAX_BYTES
        if size > most:
            yield f"{name}: {size:,} bytes, more than {most:,}"
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = text.splitlines()
        if name.suffix in LINED.get(name.parts[0], ()) and len(lines) > MAX_LINES:
            yield f"{name}: {len(lines)} lines, more than {MAX_LINES}"
        for number, line in enumerate(lines, start=1):
            if MACHINE_PATH.search(line):
                yield f"{name}:{number}: names a folder of one machine"
            if REGISTRY_HOST.search(line):
                yield f"{name}:{number}: names the host of a package registry"


def main() -> int:
    """Print the faults; 1 where there are any."""
    found = list(faults())
    for fault in found:
        print(fault)
    print(f"sizes: {len(project_files())} files, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
