"""A fake project, and a way to run a command as the script does."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import pratique.cli.errors
from pratique.model.catalogue import (
    Decision,
    DecisionKind,
    Evidence,
    Scan,
    TypeEvidence,
    Verdict,
    VerdictState,
)
from pratique.model.classes import DataClass
from pratique.model.data import FormatSpec
from pratique.model.paths import FieldPath
from pratique.model.policy import Person
from pratique.model.release import Counts
from pratique.model.schema import Kind, Node, Schema
from pratique.pipeline.results import Check, FieldView, ReidentifyReport, RunReport, ScanReport

HOSTILE = "\x1b]0;gone\x07[red]\u202ename\n\udcff"
"""A field name that would retitle the terminal, colour it, turn the line round and break it, if it were let."""

WHEN = "2026-03-01T10:00:00Z"


def evidence(path: FieldPath, *types: TypeEvidence) -> Evidence:
    return Evidence(path, sampled=1000, nulls=10, distinct=40, mean_length=9.5, mean_words=1.5, types=tuple(types))


def seen(entity: str, hits: int, *, by_name: bool = False) -> TypeEvidence:
    return TypeEvidence(entity, hits=hits, share=hits / 990, mean_score=0.8, whole=hits, by_name=by_name)


class FakeStreams:
    """Of a project whose flows read files."""

    def is_stream(self, flow):
        del flow
        return False


class FakeProject:
    """Answers like `pratique.project.Project`, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.error: BaseException | None = None
        self.settings = SimpleNamespace(
            reidentifiers={"fraud-desk": Person("fraud-desk", "keys/fraud-desk.pub", ("movie",))}
        )
        self.views = [
            FieldView(
                "channel",
                ("tv_show",),
                evidence(("tv_show",), seen("PERSON", 410)),
                Verdict(("tv_show",), VerdictState.PROPOSED, ("PERSON",)),
                [
                    Decision(
                        "channel",
                        ("tv_show",),
                        DecisionKind.REJECT,
                        ("PERSON",),
                        "unproven:root",
                        "2026-03-01T10:00:00Z",
                        "titles [bold]not people[/bold]",
                        1,
                    )
                ],
            ),
            FieldView(
                "channel",
                (HOSTILE,),
                evidence((HOSTILE,)),
                Verdict((HOSTILE,), VerdictState.UNDECIDED, ()),
                [],
            ),
        ]

    def _note(self, *what: object) -> None:
        self.asked.append(what)
        if self.error is not None:
            raise self.error

    def scan(self, datasets=None, *, progress, window=None):
        self._note("scan", datasets)
        progress("channel", 5, 10)
        nodes = tuple((name, Node(frozenset({Kind.STRING, Kind.NULL}))) for name in ("tv_show", HOSTILE))
        scan = Scan(
            "channel",
            Schema(Node(frozenset({Kind.RECORD}), fields=nodes)),
            FormatSpec("jsonl"),
            tuple(view.evidence for view in self.views),
            1000,
            True,
            False,
            2,
            {"patterns": "ab12"},
            "2026-03-01T10:00:00Z",
        )
        return [ScanReport(scan, {view.path: view.verdict for view in self.views}, ["new field: tv_show"])]

    def catalogue(self, dataset=None):
        self._note("catalogue", dataset)
        return self.views

    def decide(self, dataset, paths, kind, entities, *, reason, steward):
        self._note("decide", dataset, list(paths), kind, tuple(entities), reason, steward)
        return [
            Decision(
                dataset,
                path,
                kind,
                tuple(entities),
                steward or "unproven:root",
                "2026-03-01T10:00:00Z",
                reason,
                1,
                signature="c2ln" if steward else "",
            )
            for path in paths
        ]

    def explain(self, flow):
        self._note("explain", flow)
        summary = SimpleNamespace(
            flow=flow,
            hash="ab" * 32,
            source="channel",
            target="channel-us",
            route="eu -> us, SCC, until 2030-06-30",
            policy="default",
            data_class="pseudonymised",
            subject="user_id",
            guard_score=0.5,
            residue_score=0.6,
            residue_limit=0,
            max_quarantine=0.05,
            max_quarantine_count=None,
            fields=2,
            treated=1,
            kept=0,
            dropped=0,
            quarantined=1,
            reviewed=0,
            bulk_decisions=0,
            warnings=("1 of 2 fields quarantine every record that has a value there: review them",),
        )
        fields = [
            SimpleNamespace(
                path="user_id",
                number=1,
                kinds=("string",),
                verdict="USER_ID",
                state="decided",
                decided="person: privacy-office",
                rule="policy.default.entities.USER_ID (pratique.yaml:54)",
                treatment="token in viewer",
                spans={},
                output_class="pseudonymised",
                joins=("movie: user_id", "website: user_id"),
                loses="nothing, under the key",
                warnings=(),
            ),
            SimpleNamespace(
                path="tv_show",
                number=2,
                kinds=("string",),
                verdict="unknown",
                state="undecided",
                decided="none",
                rule="policy.default.otherwise",
                treatment="quarantine",
                spans={},
                output_class="none",
                joins=(),
                loses="every record with a value here",
                warnings=("nothing was found and nobody decided",),
            ),
        ]
        return SimpleNamespace(summary=summary, fields=fields, families=())

    @property
    def streams(self):
        return FakeStreams()

    def run(self, flow, *, workers, full, progress):
        self._note("run", flow, workers, full)
        progress("treat", 1, None)
        return RunReport(
            flow,
            "3f2a",
            nothing_new=False,
            resumed=True,
            release_path="data/us/channel/3f2a",
            counts=Counts(40_000, 39_990, {"guard": 10}),
            files=3,
            bytes=5_200_000,
            parts=3,
            data_class=DataClass.PSEUDONYMISED,
            sequence=1,
            target="channel-us",
        )

    def reidentify(self, flow, *, purpose, to, fields, who, progress):
        self._note("reidentify", flow, purpose, to, fields, who)
        return ReidentifyReport("data/eu/restricted/x.jsonl", 25_000, [("user_id",)], failed=3)

    def doctor(self):
        return [
            Check("project file", ok=True, detail="11 datasets"),
            Check("keys of eu", ok=False, detail="no such file", fix="run: pratique keys create eu"),
        ]

    def keys(self):
        return [{"region": "eu", "kind": "master", "id": "a1", "version": "1"}]

    def create_keys(self, region):
        self._note("create_keys", region)
        return ["keys/eu.json"]

    def export_public(self, path, region):
        self._note("export_public", str(path), region)
        return path


@pytest.fixture
def project(monkeypatch):
    fake = FakeProject()

    def open_project(root):
        fake.asked.append(("open", root))
        return fake

    for module in ("know", "catalogue", "decide", "plan", "move", "keys", "setup"):
        monkeypatch.setattr(f"pratique.cli.{module}.open_project", open_project)
    return fake


@pytest.fixture
def cli(capsys) -> Callable[..., SimpleNamespace]:
    """Runs a command; gives exit code, standard output and standard error."""

    def call(*arguments):
        code = pratique.cli.errors.run(arguments)
        printed = capsys.readouterr()
        return SimpleNamespace(code=code, out=printed.out, err=printed.err)

    return call
