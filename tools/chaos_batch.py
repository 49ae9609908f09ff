"""`make chaos-batch`: kill -9 a run at random moments, run again, and hold what came out against an undisturbed twin.

1. A project is scanned and decided once, and copied: the copy, with the same keys, is the twin.
2. Batch after batch, both get the same new inputs. The project's runs are killed at random moments after they made
   progress (while parts are treated, while files are published, around the signature), with one worker and with two, by
   turns; every other batch in small parts. Now and then an input comes between a kill and the next run, so that the
   unfinished run is overtaken.
3. After each kill: nothing looks finished that is not (`check_killed`). The next run may find the killed one's workers
   still dying, and is tried again then; they must be gone when the batch ends.
4. When a run has got through, the twin runs once, undisturbed, and both must be equal (`Comparison.check`).

Each format has a project of its own, and its share of the kills.

The seed is printed; the same seed asks for the same moments, as far as a machine's timing lets it.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.chaos_attempt import Aim, Attempt, Wrong, attempt, await_end
from tools.chaos_checks import Comparison, check_killed, stored_releases
from tools.chaos_forms import FORMS, Form
from tools.chaos_project import add_inputs, make_project

FILES = 6
KILLS_A_BATCH = 4
BUSY = 6
"""The exit code of a run that finds another one at work."""
BUSY_SECONDS = 10.0


class Chaos:
    """The project, its twin, and what was done to it so far."""

    def __init__(self, base: Path, form: Form, kills: int, seed: int, records: int) -> None:
        self._choose = random.Random(f"{seed} {form.name}")  # noqa: S311 (moments and made-up data, not secrets)
        self._form = form
        self._kills = kills
        self._records = records
        self._folder, self._twin = base / "project", base / "twin"
        make_project(self._folder, form)
        shutil.copytree(self._folder, self._twin)
        self._check = Comparison(self._folder, self._twin, form)
        self._number = 0
        self._spans: dict[tuple[bool, bool], float] = {}
        """Seconds from the first progress (or the first at the target) to the end, by small parts and publishing."""
        self.done = self.batches = self.busy = self.overtaken = 0
        self.stages: Counter[str] = Counter()

    def batch(self) -> None:
        """New inputs, runs and kills until one gets through, and the comparison. `Wrong` at the first fault."""
        name, small, first = f"batch-{self.batches:05d}", self.batches % 2 == 1, self._number
        self._add(name, FILES)
        kills = 0
        families = []
        while True:
            aim = (
                self._aim(small=small)
                if (small, True) in self._spans and self.done < self._kills and kills < KILLS_A_BATCH
                else None
            )
            outcome = self._attempt(aim, small=small)
            stage = check_killed(self._folder, outcome.output, self._check.public)
            if not outcome.killed:
                break
            kills += 1
            self.done += 1
            self.stages[stage] += 1
            families.append(outcome.family)
            if self._choose.random() < 0.5:
                await_end(outcome.family)
            if self._choose.random() < 0.1 and stored_releases(self._folder) == self.batches:
                self._add(f"{name}-late{kills}", 1)  # a name of its own: a batch may be overtaken twice
                self.overtaken += 1
        for family in families:
            await_end(family)
        if json.loads(outcome.output)["sequence"] != self.batches + 1:
            raise Wrong("a run was reported as done under another number")
        self._undisturbed(small=small)
        self._check.check(name, first, self._number - first)
        self.batches += 1

    def _add(self, name: str, files: int) -> None:
        records = self._records * files // FILES
        folders = (self._folder, self._twin)
        self._number += add_inputs(self._choose, folders, self._form, name, self._number, records, files)

    def _attempt(self, aim: Aim | None, *, small: bool) -> Attempt:
        """A run, with one worker and two by turns; one that finds the killed one's workers alive is tried again."""
        workers = 1 + (self.done + self.batches) % 2
        end = time.monotonic() + BUSY_SECONDS
        while True:
            outcome = attempt(self._folder, workers=workers, small=small, aim=aim)
            if outcome.killed or outcome.code == 0:
                return outcome
            if outcome.code != BUSY or "is being run by" not in outcome.error:
                raise Wrong(f"run exited with {outcome.code}: {outcome.error}")
            if time.monotonic() > end:
                raise Wrong(f"the flow was held for {BUSY_SECONDS:.0f} s after its run was killed")
            self.busy += 1
            time.sleep(0.05)

    def _aim(self, *, small: bool) -> Aim:
        publishing = self._choose.random() < 0.4
        return Aim(publishing, self._choose.uniform(0, 0.8 * self._spans[small, publishing]))

    def _undisturbed(self, *, small: bool) -> None:
        outcome = attempt(self._twin, workers=1, small=small, aim=None)
        if outcome.code:
            raise Wrong(f"the undisturbed run exited with {outcome.code}: {outcome.error}")
        self._spans[small, False], self._spans[small, True] = outcome.working, outcome.publishing

    def finish(self) -> None:
        """A further run finds nothing new, and leaves everything as it is."""
        again = attempt(self._folder, workers=1, small=self.batches % 2 == 0, aim=None)
        if again.code or not json.loads(again.output)["nothing_new"]:
            raise Wrong("a further run found something new")
        if again.publishing:
            raise Wrong("a further run changed the target")


def run(kills: int, seed: int, records: int, base: Path) -> str:
    """Run all batches of all formats and give the line that sums them up; `Wrong` at the first fault."""
    print(f"chaos: seed {seed}", flush=True)
    stages: Counter[str] = Counter()
    releases = overtaken = busy = 0
    shares = {form: kills * (at + 1) // len(FORMS) - kills * at // len(FORMS) for at, form in enumerate(FORMS)}
    tried = [(form, share) for form, share in shares.items() if share]
    for form, share in tried:
        chaos = _of_form(form, share, seed, records, base / form.name)
        stages += chaos.stages
        releases, overtaken, busy = releases + chaos.batches, overtaken + chaos.overtaken, busy + chaos.busy
    where = ", ".join(f"{count} while {stage}" for stage, count in sorted(stages.items()))
    return (
        f"chaos: {kills} kills in {len(tried)} formats ({where}; {overtaken} runs overtaken, {busy} found busy), "
        f"{releases} releases, all complete, exact and verified: "
        f"a kill does harm in less than {3 / kills:.1%} of cases (95 %)"
    )


def _of_form(form: Form, kills: int, seed: int, records: int, base: Path) -> Chaos:
    base.mkdir()
    chaos = Chaos(base, form, kills, seed, records)
    while chaos.done < kills:
        try:
            chaos.batch()
        except Wrong as fault:
            where = f"after kill {chaos.done} of {form.name}, batch {chaos.batches} (seed {seed}), in {base}"
            raise Wrong(f"{where}: {fault}") from None
        print(f"chaos: {form.name}: {chaos.done}/{kills} kills, {chaos.batches} releases exact", flush=True)
    chaos.finish()
    return chaos


def main() -> int:
    """Run the batch; 1 where a run did not come back as it must, and its folder is then kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--records", type=int, default=12_000, help="of one batch")
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else int.from_bytes(os.urandom(4))
    base = Path(tempfile.mkdtemp(prefix="pratique-chaos-"))
    try:
        print(run(chosen.kills, seed, chosen.records, base))
    except Wrong as fault:
        print(f"chaos: FAILED: {fault}")
        return 1
    shutil.rmtree(base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
