"""`make chaos-batch`: kill -9 a run at random moments, run again, and hold what came out against an undisturbed run.

1. A project with many small inputs (some of their records broken) is scanned and decided once.
2. Two copies of it run undisturbed; they are the reference, and where their statements differ (times) nothing is asked.
3. A copy is run again and again. Each attempt is killed, with all its processes, at a random moment after it has made
   progress, until one gets through. After every kill: what is published under a final name is exactly what the
   reference has there, and where ``release.json`` stands, everything that it names is there.
4. What got through must equal the reference: the same files, bytes, counts and quarantine, nothing else in the target,
   a release that verifies, and a further run that finds nothing new.

The seed is printed; the same seed asks for the same moments, as far as a machine's timing lets it.
"""

import argparse
import base64
import hashlib
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.events import events
from benchmarks.pratique_project import FLOW, copied, prepare

ROOT = Path(__file__).resolve().parent.parent
INPUTS = 16
RECORDS = 24_000
BROKEN = (b'{"user_id":"user-00000001","user_id":"user-00000002"}\n', b"{\n", b'{"user_id":7}\n')
PUBLIC_KEY = "exporter.pub"
TARGET = Path("data", "us", "purchases")
STAGING = Path(".pratique", "eu", "staging")
QUARANTINE = Path(".pratique", "eu", "quarantine")


class Wrong(Exception):  # noqa: N818 (it is the finding, not an error of this tool)
    """A run that was killed did not come back as it must."""


def make_project(folder: Path) -> None:
    """The project with its inputs, prepared; after the scan, every input gets a few records that cannot be treated."""
    data = folder / "data" / "eu" / "purchases"
    data.mkdir(parents=True)
    lines = events(RECORDS).read_bytes().splitlines(keepends=True)
    size = len(lines) // INPUTS
    for number in range(INPUTS):
        (data / f"events-{number:02d}.jsonl").write_bytes(b"".join(lines[number * size : (number + 1) * size]))
    prepare(folder)
    call(folder, "keys", "export-public", PUBLIC_KEY)
    for path in data.iterdir():
        share = path.read_bytes().splitlines(keepends=True)
        share[len(share) // 2 : len(share) // 2] = BROKEN
        path.write_bytes(b"".join(share))


def command(*words: str) -> list[str]:
    """A command line of Pratique, by this interpreter."""
    return [sys.executable, "-m", "pratique", *words]


def environment() -> dict[str, str]:
    """This process's environment, with the program on the path."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def call(folder: Path, *words: str) -> dict[str, Any]:
    """Run a command to its end and give its JSON document; `Wrong` where it fails."""
    done = subprocess.run(
        command(*words, "-o", "json"), cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Wrong(f"pratique {words[0]} exited with {done.returncode}: {done.stderr.strip()[-500:]}")
    return dict(json.loads(done.stdout))


def published(folder: Path) -> dict[str, str]:
    """Every file below the target, hidden and temporary ones too, with its digest."""
    root = folder / TARGET
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def statement(folder: Path) -> dict[str, Any]:
    """The one release's statement; its signature is `pratique verify`'s business."""
    (path,) = (folder / TARGET).glob("*/release.json")
    return dict(json.loads(base64.b64decode(json.loads(path.read_bytes())["payload"])))


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """A JSON document as its leaves by path."""
    if isinstance(value, dict):
        return {key: leaf for name, item in value.items() for key, leaf in flat(item, f"{path}/{name}").items()}
    if isinstance(value, list):
        return {key: leaf for at, item in enumerate(value) for key, leaf in flat(item, f"{path}/{at}").items()}
    return {path: value}


def quarantined(folder: Path) -> list[str]:
    """The finished files of quarantine, by name; their bytes are sealed anew each time and say nothing."""
    root = folder / QUARANTINE
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


class Reference:
    """What an undisturbed run gives."""

    def __init__(self, project: Path) -> None:
        first, self.seconds = self._undisturbed(project)
        self.files, self.held = published(first), quarantined(first)
        leaves = flat(statement(first))
        held = call(first, "run", FLOW)["quarantined"]
        if sum(held.values()) != INPUTS * len(BROKEN):
            raise Wrong(f"the reference held back {held}")
        again, _ = self._undisturbed(project)
        other = flat(statement(again))
        self.statement = {path: value for path, value in leaves.items() if other.get(path) == value}
        differing = [name for name, digest in published(again).items() if self.files.get(name) != digest]
        if any(not name.endswith("release.json") for name in differing):
            raise Wrong("two undisturbed runs differ in their files")

    def _undisturbed(self, project: Path) -> tuple[Path, float]:
        folder = copied(project)
        _, seconds = attempt(folder, 1, math.inf)
        return folder, seconds

    def check_partial(self, folder: Path) -> None:
        """After a kill: nothing looks finished that is not."""
        found = published(folder)
        for name, digest in found.items():
            hidden = any(piece.startswith(".") for piece in Path(name).parts)
            if not hidden and not name.endswith("release.json") and self.files.get(name) != digest:
                raise Wrong(f"{name} stands under a final name and is not what it must be")
        if any(name.endswith("/release.json") for name in found):
            missing = [name for name in self.files if name not in found]
            if missing:
                raise Wrong(f"release.json stands and {missing[0]} does not")

    def check_whole(self, folder: Path) -> None:
        """After a run that got through: all is as in the undisturbed run."""
        found = published(folder)
        if found.keys() != self.files.keys():
            raise Wrong(f"the files differ: {sorted(found.keys() ^ self.files.keys())[:4]}")
        for name, digest in found.items():
            if not name.endswith("release.json") and digest != self.files[name]:
                raise Wrong(f"{name} has other bytes")
        leaves = flat(statement(folder))
        differing = [path for path, value in self.statement.items() if leaves.get(path) != value]
        # The audit log tells of attempts, so its head and length differ; everything else that was equal stays equal.
        if unexplained := [path for path in differing if "audit" not in path.lower()]:
            raise Wrong(f"the statement differs in {unexplained[:4]}")
        if quarantined(folder) != self.held:
            raise Wrong("quarantine differs")
        (release,) = (folder / TARGET).glob("*/release.json")
        call(folder, "verify", str(release.parent), "--key", PUBLIC_KEY)
        again = call(folder, "run", FLOW)
        if not again["nothing_new"] or published(folder) != found:
            raise Wrong("a further run did not leave the release alone")


def state_of(folder: Path) -> tuple[int, int]:
    """How many files are staged, held and published, and how large: it changes when a run gets on."""
    count = size = 0
    for root in (folder / STAGING, folder / QUARANTINE, folder / TARGET):
        for place, _, names in os.walk(root):
            for name in names:
                try:
                    size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 (called all the time)
                    count += 1
                except OSError:
                    continue
    return count, size


def attempt(folder: Path, workers: int, delay: float) -> tuple[bool, float]:
    """Run, and kill everything ``delay`` seconds after the first progress.

    Gives whether it was killed (False: it was done before that), and the seconds from the first progress to its end.
    Raises `Wrong` where the run ends by itself with anything but 0.
    """
    before = state_of(folder)
    with subprocess.Popen(
        command("run", FLOW, "--workers", str(workers), "-o", "json"),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while process.poll() is None and state_of(folder) == before:
            time.sleep(0.002)
        start = time.monotonic()
        while process.poll() is None and time.monotonic() < start + delay:
            time.sleep(0.001)
        seconds = time.monotonic() - start
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True, seconds
        errors = process.stderr.read() if process.stderr else b""
    if process.returncode:
        raise Wrong(f"run exited with {process.returncode}: {errors.decode(errors='replace').strip()[-500:]}")
    return False, seconds


def batch(kills: int, seed: int, base: Path) -> str:
    """Run the batch and give the line that sums it up; `Wrong` at the first fault."""
    choose = random.Random(seed)  # noqa: S311 (moments, not secrets)
    project = base / "project"
    make_project(project)
    reference = Reference(project)
    print(f"chaos: seed {seed}, an undisturbed run works for {reference.seconds:.2f} s", flush=True)
    done = runs = 0
    while done < kills:
        folder, before = copied(project), done
        try:
            while done < kills:
                killed, _ = attempt(folder, choose.choice((1, 2)), choose.uniform(0, reference.seconds))
                reference.check_partial(folder)
                if not killed:
                    break
                done += 1
            call(folder, "run", FLOW)
            reference.check_whole(folder)
        except Wrong as fault:
            raise Wrong(f"after kill {done} (seed {seed}), in {folder}: {fault}") from None
        runs += 1
        print(f"chaos: {done}/{kills} kills, run {runs} complete after {done - before}", flush=True)
    return f"chaos: {kills} kills in {runs} runs, every one complete, exact and verified"


def main() -> int:
    """Run the batch; 1 where a run did not come back as it must, and its folder is then kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else int.from_bytes(os.urandom(4))
    base = Path(tempfile.mkdtemp(prefix="pratique-chaos-"))
    try:
        print(batch(chosen.kills, seed, base))
    except Wrong as fault:
        print(f"chaos: FAILED: {fault}")
        return 1
    shutil.rmtree(base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
