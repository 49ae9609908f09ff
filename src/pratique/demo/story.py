"""The demo: sample data on the whole way through, each step told, done, and measured.

Nothing is staged: every result is what the library's own calls gave, and every command that is shown does what was
done. The figures come back as one document.
"""

import shutil
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.crypto.signing import load_public
from pratique.demo import data, truth
from pratique.demo.abroad import count_viewers, verified
from pratique.demo.project_file import MEMOS, REIDENTIFIER, STEWARD, STREAMS, write_project
from pratique.demo.telling import Mood, Teller
from pratique.errors import PratiqueError, VerifyError
from pratique.model.catalogue import DecisionKind, Evidence, Verdict, VerdictState
from pratique.model.paths import show_path
from pratique.pipeline.results import RunReport
from pratique.project import Project
from pratique.verify import verify_release

_KEY = "exporter.pub"
_TITLES_ARE_NO_PEOPLE = "titles of shows and films, not people"
_PROGRAMME_DATA = "programme data, nobody in it"
_CHECKED = "checked with the data owner"
_PURPOSE = "case 17: stolen card"
_TITLES = (("channel", "tv_show"), ("movie", "movie_name"))
"""Fields that hold titles."""
_SHOWN_TYPES = 4
_TOP = 5


def tell(folder: Path, *, seed: int, teller: Teller) -> dict[str, Any]:
    """Tell the story in ``folder``, which is empty or not there yet; gives its figures.

    Raises `PratiqueError` where a step fails that should not, and where one does not fail that should.
    """
    began = time.monotonic()
    story = _Story(folder, seed, teller)
    story.prepare()
    story.know()
    story.decide()
    story.plan()
    story.move()
    story.memos()
    story.verify()
    story.back()
    story.next_day()
    story.abroad()
    story.figures["seconds"] = round(time.monotonic() - began, 2)
    story.end()
    return story.figures


class _Story:
    """One telling; each method is a chapter and leaves its figures."""

    def __init__(self, folder: Path, seed: int, teller: Teller) -> None:
        self.folder = folder
        self.seed = seed
        self.teller = teller
        self.figures: dict[str, Any] = {"folder": str(folder), "seed": seed}
        self.runs: dict[str, RunReport] = {}
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        """Opened once: detectors and lists of names are read once."""
        if self._project is None:
            self._project = Project.open(self.folder)
        return self._project

    def prepare(self) -> None:
        """Sample data, project file, keys."""
        say = self.teller
        say.chapter("Pratique: the whole way, on made-up data")
        say.say(
            "A broadcaster in the EU has analysts in the US. They may count viewers; they may not know one. Everything "
            f"below happens now, in {self.folder}. This terminal stands in the EU."
        )
        say.chapter("1  Data and keys")
        say.command(f"pratique demo {self.folder.name} --prepare")
        sample = data.make_sample(self.folder, self.seed)
        write_project(self.folder)
        events = ", ".join(f"{stream} {count:,}" for stream, count in sample.events.items())
        say.result(f"{sample.total:,} events ({events}) and {sample.memos} confidential memos")
        say.command("pratique keys create")
        keys = self.project.create_keys()
        say.result(f"{len(keys)} files in keys/, open to you only. None ever leaves the EU.")
        self.figures |= {"events": dict(sample.events), "memos": sample.memos, "planted": dict(sample.planted)}

    def know(self) -> None:
        """Scan everything."""
        say = self.teller
        say.chapter("2  Know: what is personal?")
        say.command("pratique scan")
        rows: list[list[str]] = []
        undecided = proposed = 0
        for report in self.project.scan(progress=say.progress):
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
        self.figures["scan"] = {"proposed": proposed, "undecided": undecided}

    def decide(self) -> None:
        """A steward rejects, clears and confirms."""
        say = self.teller
        say.chapter("3  Decide: people do, by name, with a reason")
        say.say(
            'Some shows are called "Barry" and "Andi Mack", so the field of titles looks like people. A steward says no. '
            "That loosens, so it counts only with the steward's signature."
        )
        rejected = [name for name in _TITLES if self._looks_like_people(*name)]
        for dataset, field in rejected:
            say.command(
                f"pratique catalogue reject {dataset} {field} --entity PERSON --steward {STEWARD} "
                f"--reason '{_TITLES_ARE_NO_PEOPLE}'"
            )
            self.project.decide(
                dataset, [(field,)], DecisionKind.REJECT, ["PERSON"], reason=_TITLES_ARE_NO_PEOPLE, steward=STEWARD
            )
        cleared = sum(self._clear(dataset) for dataset in STREAMS)
        say.command(
            f"pratique catalogue not-personal channel channel_name tv_show tv_show_type --steward {STEWARD} "
            f"--reason '{_PROGRAMME_DATA}'"
        )
        say.result(
            f"and so on: {cleared} fields of the four streams. They are decided in bulk, and each certificate will say so."
        )
        confirmed = sum(self._confirm(dataset) for dataset in (*STREAMS, MEMOS))
        say.command(f"pratique catalogue confirm channel --proposed --reason '{_CHECKED}'")
        say.result(f"and so on: {confirmed} proposals, in all five datasets")
        self.figures["decisions"] = {"rejected": len(rejected), "not_personal": cleared, "confirmed": confirmed}

    def _looks_like_people(self, dataset: str, field: str) -> bool:
        return any(v.path == (field,) and "PERSON" in v.verdict.entities for v in self.project.catalogue(dataset))

    def _clear(self, dataset: str) -> int:
        views = self.project.catalogue(dataset)
        titles = {(field,) for name, field in _TITLES if name == dataset}
        # A field whose one proposal was rejected is undecided again: no type, and nobody yet said that it is clean.
        paths = [v.path for v in views if v.verdict.state is VerdictState.UNDECIDED or v.path in titles]
        if paths:
            self.project.decide(dataset, paths, DecisionKind.NOT_PERSONAL, reason=_PROGRAMME_DATA, steward=STEWARD)
        return len(paths)

    def _confirm(self, dataset: str) -> int:
        views = self.project.catalogue(dataset)
        paths = [v.path for v in views if v.verdict.state is VerdictState.PROPOSED]
        self.project.decide(dataset, paths, DecisionKind.CONFIRM, reason=_CHECKED)
        return len(paths)

    def plan(self) -> None:
        """What would happen to one flow."""
        say = self.teller
        say.chapter("4  Plan: what would happen, before it does")
        say.command("pratique plan movie")
        explanation = self.project.explain("movie")
        say.table(
            ["field", "held to be", "treatment", "output is"],
            [[f.path, f.verdict, f.treatment.split(" (")[0], f.output_class] for f in explanation.fields],
        )
        say.result(f"Route {explanation.summary.route}; class {explanation.summary.data_class}", Mood.FAINT)

    def move(self) -> None:
        """Run every flow."""
        say = self.teller
        say.chapter("5  Move: treat, read again at the gate, release")
        say.command(f"for flow in {' '.join((*STREAMS, MEMOS))}; do pratique run $flow; done")
        rows = []
        for flow in (*STREAMS, MEMOS):
            began = time.monotonic()
            report = self.project.run(flow, progress=say.progress)
            self._took(report)
            held = _held(report)
            seconds = f"{time.monotonic() - began:.1f} s"
            rows.append([flow, f"{report.counts.read:,}", f"{report.counts.written:,}", held, seconds])
        say.table(["flow", "read", "released", "quarantined", "took"], rows, right=(1, 2, 4))
        say.result("Every count adds up: read is released and quarantined.", Mood.GOOD)
        before, after = self._pair("movie")
        say.say("The same record at home and in the US (you see the left side because you are in the EU):")
        say.table(["field", "eu", "us"], [[name, str(before[name]), _short(after[name])] for name in before])
        self.figures["record"] = {"fields": len(before), "changed": sum(before[n] != after[n] for n in before)}

    def _took(self, report: RunReport) -> None:
        """Keep a run's figures; a run whose counts do not add up ends the story."""
        counts = report.counts
        if counts.read != counts.written + sum(counts.quarantined.values()):
            raise PratiqueError("the counts of a run do not add up", where=f"flow {report.flow}")
        self.runs[report.flow] = report
        self.figures.setdefault("runs", []).append(
            {
                "flow": report.flow,
                "sequence": report.sequence,
                "read": counts.read,
                "written": counts.written,
                "quarantined": dict(counts.quarantined),
                "files": report.files,
                "bytes": report.bytes,
                "class": report.data_class.value,
                "release": str(self._release(report.flow)),
            }
        )

    def _release(self, flow: str) -> Path:
        return Path(self.runs[flow].release_path).parent

    def _shown_release(self, flow: str) -> str:
        return self._release(flow).relative_to(self.folder.resolve()).as_posix()

    def _pair(self, flow: str) -> tuple[Mapping[str, object], Mapping[str, object]]:
        """The first record of a flow as it was and as it is, of a flow that held nothing back."""
        source = truth.records(self.folder / "data" / "eu" / flow)
        return source[0], truth.records(self._release(flow))[0]

    def memos(self) -> None:
        """What was found in the memos, held against what was planted."""
        say = self.teller
        say.chapter("6  Free text, honestly: found, held against what was planted")
        score = self.project.plan(MEMOS).guard_score
        detector = self.project.detector()

        def find(texts: Any) -> Any:
            found = detector.find_many(texts, field=("text",))
            return [[finding for finding in findings if finding.score >= score] for findings in found]

        recall = data.memo_recall(self.folder, find)
        numbers = [line for line in recall if line.entity not in _TEXT_TYPES]
        rows = [[r.entity, f"{r.covered} of {r.planted}", f"{r.share:.1%}"] for r in recall if r.entity in _TEXT_TYPES]
        planted, covered = sum(r.planted for r in numbers), sum(r.covered for r in numbers)
        if planted:
            rows.append([f"{len(numbers)} national ids", f"{covered} of {planted}", f"{covered / planted:.1%}"])
        say.table(["planted", "found", "recall"], rows, right=(1, 2))
        left = truth.readable_abroad(self.folder, self._release(MEMOS))
        held = self.runs[MEMOS].counts.quarantined.get("residue", 0)
        shown = ", ".join(f"{count} {entity}" for entity, count in left.values.items()) or "nothing"
        say.result(
            f"The gate reads what was treated with detectors of its own: {held} of {self.runs[MEMOS].counts.read} memos "
            f"held back. What both missed is readable abroad: {shown}. So letters need a person, or a model, before "
            "they travel."
        )
        self.figures["recall"] = {
            r.entity: {"planted": r.planted, "covered": r.covered, "typed": r.typed} for r in recall
        }
        self.figures["memos_abroad"] = {"held_by_gate": held, "released": left.memos, "readable": dict(left.values)}

    def verify(self) -> None:
        """Verify a release, then a copy with one byte changed."""
        say = self.teller
        say.chapter("7  Abroad: verify, offline, with the exporter's public key only")
        say.command(f"pratique keys export-public {_KEY}")
        key = self.project.export_public(self.folder / _KEY)
        say.command(f"pratique verify {self._shown_release('channel')} --key {_KEY}")
        verification = verify_release(
            self._release("channel"), trust=None, exporter_key=load_public(key), seen=None, today=_today()
        )
        say.result("Verified", Mood.GOOD)
        for sentence in verification.proven:
            say.result(f"+ {sentence}")
        say.say("Now one byte changes, in a copy:")
        copy = self.folder / "changed-copy"
        shutil.copytree(self._release("channel"), copy)
        changed = sorted(copy.glob("*.jsonl"))[0]
        content = bytearray(changed.read_bytes())
        content[len(content) // 2] ^= 1
        changed.write_bytes(content)
        say.command(f"pratique verify {copy.name} --key {_KEY}")
        refusal = self._refusal(copy, key)
        say.result(f"pratique: {refusal.line}   (exit {refusal.exit_code})", Mood.ATTENTION)
        self.figures["verify"] = {
            "proven": list(verification.proven),
            "not_proven": list(verification.not_proven),
            "changed_copy": refusal.line,
            "exit_code": refusal.exit_code,
        }

    def _refusal(self, copy: Path, key: Path) -> VerifyError:
        try:
            verify_release(copy, trust=None, exporter_key=load_public(key), seen=None, today=_today())
        except VerifyError as error:
            return error
        raise PratiqueError("a release with a changed byte was verified", where="demo")

    def back(self) -> None:
        """Re-identify one flow."""
        say = self.teller
        say.chapter("8  Return: back to persons, for a stated purpose, at home only")
        say.command(f"pratique reidentify movie --purpose '{_PURPOSE}' --to movie-restricted")
        report = self.project.reidentify("movie", purpose=_PURPOSE, to="movie-restricted", who=REIDENTIFIER)
        source = truth.records(self.folder / "data" / "eu" / "movie")
        restored = truth.records(Path(report.path))
        equal = sum(a == b for a, b in zip(source, restored, strict=False))
        fields = ", ".join(show_path(path) for path in report.fields)
        say.result(f"{report.records:,} records restored ({fields}) by {REIDENTIFIER}, whom the project file names")
        say.result(f"{equal:,} of {len(source):,} are the source's records again, value for value", Mood.GOOD)
        self.figures["reidentified"] = {
            "records": report.records,
            "failed": report.failed,
            "source": len(source),
            "equal": equal,
        }

    def next_day(self) -> None:
        """A new day's events, some of which have a field that nobody has seen."""
        say = self.teller
        say.chapter("9  The next day, a new field")
        first = self.runs["channel"]
        earlier = _contents(self._release("channel"))
        data.second_day(self.folder, self.seed)
        added = data.add_new_field(self.folder, self.seed)
        say.say(f"The channel stream goes on, and in some of its events there is now a {data.NEW_FIELD}.")
        say.command("pratique run channel")
        report = self.project.run("channel", progress=say.progress)
        untouched = _contents(Path(first.release_path).parent) == earlier
        self._took(report)
        say.result(
            f"Only what is new was read: {report.counts.read:,} records, {report.counts.written:,} released as release "
            f"{report.sequence}; in quarantine {_held(report)}."
        )
        say.result(
            "Their bytes are sealed in the EU's quarantine; nobody decided, so nothing passed. Had it been more than "
            f"{self.project.plan('channel').max_quarantine:.0%} of the records, there would be no release at all."
        )
        passed = sum(b"@mail.example.net" in content for content in _all_contents(self.folder / "data" / "us"))
        self.figures["next_day"] = {
            "events_in_new_file": sum(added.events.values()),
            "sequence": report.sequence,
            "earlier_release_untouched": untouched,
            "files_abroad_with_its_values": passed,
        }

    def abroad(self) -> None:
        """What the analyst in the US does."""
        say = self.teller
        say.chapter("10  The analyst in the US: two datasets, joined by token")
        us, key = self.folder / "data" / "us", self.folder / _KEY
        say.command(f"for r in data/us/{{channel,movie}}/*; do pratique verify $r --key {_KEY}; done")
        channel = verified(us / "channel", key, _today())
        movie = verified(us / "movie", key, _today())
        viewers = count_viewers(channel, us / "channel", movie, us / "movie")
        releases = [*channel, *movie]
        say.result(
            f"{len(channel)} releases of channel-us and {len(movie)} of movie-us verified. Then counted and joined, with "
            "nothing of the EU's read:"
        )
        say.table(
            ["viewer", "shows", "purchases"],
            [[_short(v.token), f"{v.shows:,}", f"{v.purchases:,}"] for v in viewers[:_TOP]],
            right=(1, 2),
        )
        shows, purchases = sum(v.shows for v in viewers), sum(v.purchases for v in viewers)
        say.result(f"{len(viewers):,} viewers, {shows:,} shows, {purchases:,} purchases, and not one name or number")
        self.figures["abroad"] = {
            "releases": len(releases),
            "viewers": len(viewers),
            "shows": shows,
            "purchases": purchases,
            "counts": [[v.shows, v.purchases] for v in viewers],
        }

    def end(self) -> None:
        """Where to look."""
        say = self.teller
        say.chapter(f"Done, in {self.figures['seconds']:.1f} s. Where to look")
        say.table(
            ["in the folder", "is"],
            [
                ["pratique.yaml", "everything that it follows from, on one page"],
                ["data/us/", "what crossed the border: files, and a release.json each"],
                [".pratique/eu/audit.jsonl", "who did what, and why; a chain that breaks when changed"],
                [".pratique/eu/quarantine/", "what was held back, sealed"],
                ["truth/memos.json", "what was planted in the memos"],
            ],
        )
        say.command(f"cd {self.folder} && pratique catalogue show channel tv_show")
        say.say("On from here: the README's tour, docs/guide, and pratique init for data of your own.")


_TEXT_TYPES = frozenset(
    ("ADDRESS", "CREDIT_CARD", "DATE_TIME", "EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "PERSON", "PHONE_NUMBER")
)
"""Types that the table shows one by one; the others are national identifiers."""


def _seen(verdict: Verdict, evidence: Evidence) -> str:
    """The proposed types with their share, the first few of many."""
    shares = {kind.entity: kind.share for kind in evidence.types if kind.hits}
    shown = [f"{e} {shares[e]:.0%}" if e in shares else f"{e} by name" for e in verdict.entities[:_SHOWN_TYPES]]
    more = len(verdict.entities) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _held(report: RunReport) -> str:
    return ", ".join(f"{count:,} by rule {rule}" for rule, count in sorted(report.counts.quarantined.items())) or "none"


def _short(value: object) -> str:
    """A long token, cut in the middle."""
    text = str(value)
    return text if len(text) <= 30 else f"{text[:14]}…{text[-4:]}"  # noqa: PLR2004 (what a table of three fits)


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _all_contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def _today() -> Any:
    return datetime.now(UTC).date()
