"""The story at home, in the exporter's region: data, know, decide, plan, move, and the memos held against the truth."""

import time
from collections.abc import Iterable, Mapping, Sequence

from pratique.demo import data, truth
from pratique.demo.project_file import MEMOS, STEWARD, STREAMS, write_project
from pratique.demo.scene import Scene, held, short
from pratique.demo.telling import Mood
from pratique.model.catalogue import DecisionKind, Evidence, Finding, Verdict, VerdictState
from pratique.model.paths import show_path

_TITLES_ARE_NO_PEOPLE = "titles of shows and films, not people"
_PROGRAMME_DATA = "programme data, nobody in it"
_CHECKED = "checked with the data owner"
_TITLES = (("channel", "tv_show"), ("movie", "movie_name"))
"""Fields that hold titles."""
_SHOWN_TYPES = 4
_TEXT_TYPES = frozenset(
    ("ADDRESS", "CREDIT_CARD", "DATE_TIME", "EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "PERSON", "PHONE_NUMBER")
)
"""Types that the table shows one by one; the others are national identifiers."""


def prepare(scene: Scene) -> None:
    """Sample data, project file, keys."""
    say = scene.teller
    say.chapter("Pratique: the whole way, on made-up data")
    say.say(
        "A broadcaster in the EU has analysts in the US. They may count viewers; they may not know one. Everything "
        f"below happens now, in {scene.folder}. This terminal stands in the EU."
    )
    say.chapter("1  Data and keys")
    say.command(f"pratique demo {scene.folder.name} --prepare")
    sample = data.make_sample(scene.folder, scene.seed)
    write_project(scene.folder)
    events = ", ".join(f"{stream} {count:,}" for stream, count in sample.events.items())
    say.result(f"{sample.total:,} events ({events}) and {sample.memos} confidential memos")
    say.command("pratique keys create")
    keys = scene.project.create_keys()
    say.result(f"{len(keys)} files in keys/, open to you only. No private key ever leaves the EU.")
    scene.figures |= {"events": dict(sample.events), "memos": sample.memos, "planted": dict(sample.planted)}


def know(scene: Scene) -> None:
    """Scan everything."""
    say = scene.teller
    say.chapter("2  Know: what is personal?")
    say.command("pratique scan")
    rows: list[list[str]] = []
    undecided = proposed = 0
    for report in scene.project.scan(progress=say.progress):
        evidence = {e.path: e for e in report.scan.evidence}
        for path, verdict in report.verdicts.items():
            undecided += verdict.state is VerdictState.UNDECIDED
            proposed += verdict.state is VerdictState.PROPOSED
            if verdict.entities:
                rows.append([report.scan.dataset, show_path(path), _seen(verdict, evidence[path])])
    say.table(["dataset", "field", "looks like"], rows)
    say.result(
        f"{proposed} fields look personal and will be treated as such. In {undecided} nothing was found, which is "
        "no licence: until a person decides, they hold their records back.",
        Mood.FAINT,
    )
    scene.figures["scan"] = {"proposed": proposed, "undecided": undecided}


def decide(scene: Scene) -> None:
    """A steward rejects, clears and confirms."""
    say = scene.teller
    say.chapter("3  Decide: people do, by name, with a reason")
    say.say(
        'Some shows are called "Barry" and "Andi Mack", so the field of titles looks like people. A steward says no. '
        "That loosens, so it counts only with the steward's signature."
    )
    rejected = [name for name in _TITLES if _looks_like_people(scene, *name)]
    for dataset, field in rejected:
        say.command(
            f"pratique catalogue reject {dataset} {field} --entity PERSON --steward {STEWARD} "
            f"--reason '{_TITLES_ARE_NO_PEOPLE}'"
        )
        scene.project.decide(
            dataset, [(field,)], DecisionKind.REJECT, ["PERSON"], reason=_TITLES_ARE_NO_PEOPLE, steward=STEWARD
        )
    cleared = sum(_clear(scene, dataset) for dataset in STREAMS)
    say.command(
        f"pratique catalogue not-personal channel channel_name tv_show tv_show_type --steward {STEWARD} "
        f"--reason '{_PROGRAMME_DATA}'"
    )
    say.result(
        f"and so on: {cleared} fields of the four streams. They are decided in bulk, and each certificate will say so."
    )
    confirmed = sum(_confirm(scene, dataset) for dataset in (*STREAMS, MEMOS))
    say.command(f"pratique catalogue confirm channel --proposed --reason '{_CHECKED}'")
    say.result(f"and so on: {confirmed} proposals, in all five datasets")
    scene.figures["decisions"] = {"rejected": len(rejected), "not_personal": cleared, "confirmed": confirmed}


def _looks_like_people(scene: Scene, dataset: str, field: str) -> bool:
    return any(v.path == (field,) and "PERSON" in v.verdict.entities for v in scene.project.catalogue(dataset))


def _clear(scene: Scene, dataset: str) -> int:
    views = scene.project.catalogue(dataset)
    titles = {(field,) for name, field in _TITLES if name == dataset}
    # A field whose one proposal was rejected is undecided again: no type, and nobody yet said that it is clean.
    paths = [v.path for v in views if v.verdict.state is VerdictState.UNDECIDED or v.path in titles]
    if paths:
        scene.project.decide(dataset, paths, DecisionKind.NOT_PERSONAL, reason=_PROGRAMME_DATA, steward=STEWARD)
    return len(paths)


def _confirm(scene: Scene, dataset: str) -> int:
    views = scene.project.catalogue(dataset)
    paths = [v.path for v in views if v.verdict.state is VerdictState.PROPOSED]
    scene.project.decide(dataset, paths, DecisionKind.CONFIRM, reason=_CHECKED)
    return len(paths)


def plan(scene: Scene) -> None:
    """What would happen to one flow."""
    say = scene.teller
    say.chapter("4  Plan: what would happen, before it does")
    say.command("pratique plan movie")
    explanation = scene.project.explain("movie")
    say.table(
        ["field", "held to be", "treatment", "class"],
        [[f.path, f.verdict, f.treatment.split(" (")[0], f.output_class] for f in explanation.fields],
    )
    say.result(f"Route {explanation.summary.route}; class {explanation.summary.data_class}", Mood.FAINT)


def move(scene: Scene) -> None:
    """Run every flow."""
    say = scene.teller
    say.chapter("5  Move: treat, read again at the gate, release")
    say.command(f"for flow in {' '.join((*STREAMS, MEMOS))}; do pratique run $flow; done")
    rows = []
    for flow in (*STREAMS, MEMOS):
        began = time.monotonic()
        report = scene.project.run(flow, progress=say.progress)
        scene.took(report)
        kept = held(report)
        seconds = f"{time.monotonic() - began:.1f} s"
        rows.append([flow, f"{report.counts.read:,}", f"{report.counts.written:,}", kept, seconds])
    say.table(["flow", "read", "released", "quarantined", "took"], rows, right=(1, 2, 4))
    say.result("Every count adds up: read is released and quarantined.", Mood.GOOD)
    before, after = _pair(scene, "movie")
    say.say("The same record at home and in the US (you see the left side because you are in the EU):")
    say.table(["field", "eu", "us"], [[name, str(before[name]), short(after[name])] for name in before])
    scene.figures["record"] = {"fields": len(before), "changed": sum(before[n] != after[n] for n in before)}


def _pair(scene: Scene, flow: str) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """The first record of a flow as it was and as it is, of a flow that held nothing back."""
    source = truth.records(scene.folder / "data" / "eu" / flow)
    return source[0], truth.records(scene.release(flow))[0]


def memos(scene: Scene) -> None:
    """What was found in the memos, held against what was planted."""
    say = scene.teller
    say.chapter("6  Free text, honestly: found, held against what was planted")
    score = scene.project.plan(MEMOS).guard_score
    detector = scene.project.detector()

    def find(texts: Sequence[str]) -> Iterable[Iterable[Finding]]:
        found = detector.find_many(texts, field=("text",))
        return [[finding for finding in findings if finding.score >= score] for findings in found]

    recall = data.memo_recall(scene.folder, find)
    numbers = [line for line in recall if line.entity not in _TEXT_TYPES]
    rows = [[r.entity, f"{r.covered} of {r.planted}", f"{r.share:.1%}"] for r in recall if r.entity in _TEXT_TYPES]
    planted, covered = sum(r.planted for r in numbers), sum(r.covered for r in numbers)
    if planted:
        rows.append([f"{len(numbers)} national ids", f"{covered} of {planted}", f"{covered / planted:.1%}"])
    say.table(["planted", "found", "recall"], rows, right=(1, 2))
    left = truth.readable_abroad(scene.folder, scene.release(MEMOS))
    stopped = scene.runs[MEMOS].counts.quarantined.get("residue", 0)
    shown = ", ".join(f"{count} {entity}" for entity, count in left.values.items()) or "nothing"
    say.result(
        f"The gate reads the outcome with detectors of its own: {stopped} of {scene.runs[MEMOS].counts.read} memos "
        f"held back. What both missed is readable abroad: {shown}. These memos are made up; of letters of your own "
        "measure it (pratique eval), and have a person read a sample before they travel."
    )
    scene.figures["recall"] = {r.entity: {"planted": r.planted, "covered": r.covered, "typed": r.typed} for r in recall}
    scene.figures["memos_abroad"] = {"held_by_gate": stopped, "released": left.memos, "readable": dict(left.values)}


def _seen(verdict: Verdict, evidence: Evidence) -> str:
    """The proposed types with their share, the first few of many."""
    shares = {kind.entity: kind.share for kind in evidence.types if kind.hits}
    shown = [f"{e} {shares[e]:.0%}" if e in shares else f"{e} by name" for e in verdict.entities[:_SHOWN_TYPES]]
    more = len(verdict.entities) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
