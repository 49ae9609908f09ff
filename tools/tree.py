"""The files of the project, as git sees them: what is tracked, and what would be."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", ".cache", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}


def project_files(root: Path = ROOT) -> list[Path]:
    """Every file that belongs to the project, sorted, relative to ``root``; links are not followed.

    Asks git, which knows what is ignored; in a folder without git (an unpacked archive) every file counts that is in no
    folder of caches.
    """
    try:
        command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        answer = subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(root) for path in root.rglob("*"))
        names = [path for path in found if not SKIPPED.intersection(path.parts)]
    else:
        names = [Path(name.decode()) for name in answer.stdout.split(b"\0") if name]
    return sorted({name for name in names if (root / name).is_file() and not (root / name).is_symlink()})
