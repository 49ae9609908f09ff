"""Environments of peers: each in `.cache/peers/NAME`, from its own lock, never in Pratique's."""

import hashlib
import subprocess

from benchmarks.frame import ROOT, BenchmarkError, note


def peer_python(name: str) -> str:
    """The interpreter of a peer's environment, made from ``requirements/peer-NAME.txt`` where it is not there yet."""
    folder = ROOT / ".cache" / "peers" / name
    lock = ROOT / "requirements" / f"peer-{name}.txt"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / ".lock-digest"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != digest:
        note(f"installing {lock.name} into .cache/peers/{name}")
        command = [str(ROOT / "tools" / "environment.sh"), f"peer-{name}", str(folder.relative_to(ROOT))]
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            raise BenchmarkError(f"the environment of {name} could not be made: {done.stdout[-2000:]}")
        stamp.write_text(digest, encoding="ascii")
    return str(folder / "bin" / "python")
