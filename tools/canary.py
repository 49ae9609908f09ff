"""`make canary`: plant values, run every command and every failure, and seek what leaked; then kill every mutant.

1. *Planting*: ten thousand values, each unlike every other, of three kinds (`tools.canary_plant`); what must become
   of each is known from the planting.
2. *The story* (`tools.canary_story`): every command, for people, programs and on a terminal; runs that are killed,
   interrupted, refused, that find a full disk, broken input, wrong keys or a defect that quotes the data; then runs
   that succeed, verification and the way back. Whatever could be seen of it is searched (`tools.canary_leaks`), and
   what was released is held against the planting (`tools.canary_check`).
3. *Mutants* (`tools.canary_site.mutants`): programs that leak on purpose, each through a channel of its own. One that
   survives is a hole in this test, and fails it. The same scenes without a mutant must be clean.

The seed is printed; the same seed plants the same values.
"""

import argparse
import copy
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.canary_check import check, check_keys
from tools.canary_data import CALLS, EVENTS, FLOWS, LEDGER, LETTERS, PROFILES, plant_rest, plant_sample
from tools.canary_leaks import Hunt, Leak
from tools.canary_plant import Kind, Planter
from tools.canary_project import decide, plant_secrets, write_project
from tools.canary_site.mutant import Mutant
from tools.canary_site.mutants import MUTANTS
from tools.canary_story import (
    FAILURES,
    JSON,
    LAST,
    LOOKS,
    SAMPLE_ONLY,
    SCENES,
    STORY,
    TERMINAL,
    Step,
    check_all_take_part,
    newest,
)
from tools.canary_watch import Place, watched

FULL = 1_000
"""Records from which on more than ten thousand values are planted."""
SMALL = 100
"""Records of a mutant's project."""
LANES = 2
RELEASED = {"run": EVENTS, "return": EVENTS, "profiles": PROFILES, "letters": LETTERS, "ledger": LEDGER, "calls": CALLS}
"""The first word of a scene, to the flow that it releases."""
_SHOWN = 20
_WIDEST = 160
_STATE = Path(".pratique", "eu")


class Canary:
    """A project with its planting, and what leaked from it. Copies share the planting, and may be played at once."""

    def __init__(self, base: Path, records: int, seed: int) -> None:
        self.place = Place(base)
        self.planter = Planter(seed)
        write_project(self.planter, self.place.project)
        plant_sample(self.planter, self.place.project, records)
        decide(self.place.project)
        plant_secrets(self.planter, self.place.project)
        self.hunt = Hunt(self.planter.planted)
        self._records = records
        self._planting = threading.Lock()

    def more(self) -> None:
        """The inputs that no scan has seen, odd records among them."""
        plant_rest(self.planter, self.place.project, self._records)
        self.hunt.learn()

    def copy(self, base: Path, *, keys: bool = True) -> "Canary":
        """The same project in another place, under its own keys or (without ``keys``) under new ones."""
        shutil.copytree(self.place.base, base, symlinks=True)
        found = copy.copy(self)
        found.place = Place(base)
        if not keys:
            for name in ("eu.json", "eu.quarantine.pem"):
                (found.place.project / "keys" / name).unlink()
            watched(["keys", "create"], found.place)
        return found

    def play(self, steps: Sequence[Step], *, quick: bool = False, mutant: str = "") -> Iterator[Leak]:
        """Every step in its forms (``quick``: one of them, by turns)."""
        for at, step in enumerate(steps):
            forms = (step.forms[at % len(step.forms)],) if quick else step.forms
            for form in forms:
                yield from self._step(step, form, mutant)

    def _step(self, step: Step, form: str, mutant: str) -> Iterator[Leak]:
        with self._planting:
            given = step.before(self.place, self.planter) if step.before else None
            self.hunt.learn()
        words = [word.format(release=newest(self.place)) for word in step.words]
        state = self.place.project / _STATE
        with _reading(state / "pratique.db"):
            outcome = watched(
                [*words, *(("-o", "json") if form == JSON else ())],
                self.place,
                terminal=form == TERMINAL and given is None,
                typed=step.typed,
                given=given or b"",
                mutant=mutant,
                fault=step.fault,
            )
            if outcome.code not in step.codes:
                said = outcome.err.decode(errors="replace").strip()[-300:]
                yield Leak(step.name, f"exit code {outcome.code}, not one of {step.codes}: {said}", ran=False)
            yield from self.hunt.shown(f"{step.name}, {form}", outcome, reveals=step.reveals, drafts=step.drafts)
            yield from self.hunt.files(self.place, [state])
        if step.after:
            step.after(self.place, self.planter)

    def search(self, flows: Sequence[str]) -> Iterator[Leak]:
        """All files, and the releases of ``flows``."""
        yield from self.hunt.files(self.place)
        yield from check(self.place, self.planter.planted, self.hunt, tuple(flows))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Somebody reads the database all the while: so its log keeps every page that was ever written."""
    if not path.exists():
        yield
        return
    reader = sqlite3.connect(path, isolation_level=None)
    try:
        with suppress(sqlite3.Error):
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield
    finally:
        reader.close()


def story(base: Path, records: int, seed: int, *, quick: bool) -> tuple[list[Leak], str]:
    """The whole story of the program as it is; what leaked, and what it was searched for."""
    canary = Canary(base / "story", records, seed)
    found = list(canary.play(LOOKS, quick=quick))
    canary.more()
    twin = canary.copy(base / "twin", keys=False)
    found += [*canary.play(FAILURES, quick=quick), *canary.play(STORY, quick=quick)]
    found += canary.search(FLOWS)
    found += [*twin.play(SCENES["run"]), *check_keys(canary.place, twin.place)]
    found += canary.play(LAST, quick=quick)
    found += canary.hunt.files(canary.place)
    planted = canary.planter.planted
    kinds = ", ".join(f"{planted.count(kind):,} {kind.value}" for kind in Kind)
    steps = len(LOOKS) + len(FAILURES) + len(STORY) + len(LAST)
    return found, f"{len(planted.canaries):,} values ({kinds}), {steps} steps"


class Zoo:
    """Where mutants are let loose: two small projects, before and after the odd records came, and copies of them."""

    def __init__(self, base: Path, seed: int) -> None:
        self._base = base
        self._sample = Canary(base / "sample", SMALL, seed)
        self._whole = self._sample.copy(base / "whole")
        self._whole.more()

    def play(self, name: str, mutant: Mutant | None) -> list[Leak]:
        """One scene in a copy of its own, with a mutant or without; what leaked."""
        base = self._base / (f"scene {name}" if mutant is None else f"mutant {mutant.name}")
        template = self._sample if name in SAMPLE_ONLY else self._whole
        canary = template.copy(base)
        twin = template.copy(base.with_name(f"{base.name} twin"), keys=False) if mutant and mutant.keys else None
        chosen = "" if mutant is None else mutant.name
        flow = RELEASED.get(name.partition(" ")[0])
        found = [*canary.play(SCENES[name], mutant=chosen), *canary.search([flow] if flow else [])]
        if twin is not None:
            found += [*twin.play(SCENES[name], mutant=chosen), *check_keys(canary.place, twin.place)]
        if bool(found) == (mutant is not None):
            shutil.rmtree(base)
        return found


def let_loose(zoo: Zoo, pool: Executor, chosen: Sequence[Mutant]) -> Iterator[str]:
    """A line for every mutant that survives, and for every scene that is not clean without one."""
    names = sorted({mutant.scene for mutant in chosen})
    controls = [pool.submit(zoo.play, name, None) for name in names]
    hunts = [pool.submit(zoo.play, mutant.scene, mutant) for mutant in chosen]
    for name, control in zip(names, controls, strict=True):
        if found := control.result():
            yield f"the scene {name} is not clean without a mutant: {found[0]}"
    for mutant, hunt in zip(chosen, hunts, strict=True):
        found = hunt.result()
        # What a release must be says nothing where its run did not end as it should.
        ran = all(leak.ran for leak in found)
        if leaks := [leak for leak in found if leak.seen or ran]:
            print(f"canary: killed {mutant.name}: {leaks[0]}"[:_WIDEST], flush=True)
        else:
            # What a mutant breaks must still run: else it says nothing of this test.
            why = f", and does not run ({found[0]})" if found else ""
            yield f"the mutant {mutant.name} survives{why}: {mutant.channel}"


def main() -> int:
    """Play, seek, kill; 1 where something leaked or a mutant survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=FULL)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--quick", action="store_true", help="each command in one form only")
    parser.add_argument("--mutants", type=int, default=None, help="so many, by the seed; all unless given")
    parser.add_argument("--only", default="", help="story, mutants, or mutants with this in their name")
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else int.from_bytes(os.urandom(4))
    print(f"canary: seed {seed}", flush=True)
    if missing := check_all_take_part():
        print(f"canary: FAILED: takes no part: {', '.join(missing)}; add a line to tools/canary_story.py")
        return 1
    base = Path(tempfile.mkdtemp(prefix="pratique-canary-"))
    mutants = [m for m in MUTANTS.values() if chosen.only in ("", "mutants") or chosen.only in m.name]
    if chosen.mutants is not None:
        mutants = random.Random(seed).sample(mutants, min(chosen.mutants, len(mutants)))  # noqa: S311 (no secret)
    records = chosen.records if chosen.only in ("", "story") else None
    faults = run(base, seed, mutants, records, quick=chosen.quick)
    for fault in faults[:_SHOWN]:
        print(f"canary: FAILED: {fault}")
    if faults:
        print(f"canary: {len(faults)} faults; see {base}")
        return 1
    shutil.rmtree(base)
    return 0


def run(base: Path, seed: int, mutants: Sequence[Mutant], records: int | None, *, quick: bool) -> list[str]:
    """The story (with ``records``) and the mutants beside each other; what is wrong, a line each."""
    start = time.monotonic()
    faults: list[str] = []
    with ThreadPoolExecutor(LANES) as pool:
        told = None if records is None else pool.submit(story, base, records, seed, quick=quick)
        if mutants:
            faults += let_loose(Zoo(base, seed), pool, mutants)
            killed = len(mutants) - sum("survives" in line for line in faults)
        if told is not None:
            found, text = told.result()
            faults += dict.fromkeys(map(str, found))
            print(f"canary: {text}: {len(found)} hits")
    if mutants:
        print(f"canary: killed {killed} of {len(mutants)} ({time.monotonic() - start:.0f} s)")
    return faults


if __name__ == "__main__":
    sys.exit(main())
