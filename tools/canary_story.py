"""What `make canary` does with the program: every command in every form, and every way for a run to fail.

To add a command, add a line to `LOOKS` (or, if it must come at a moment of its own, to `STORY`): `check_all_take_part`
refuses to begin while the program has a command that takes no part.
"""

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.canary_data import CALLS, DRAFT, EVENTS, FLOWS, LEDGER, LETTERS, PROFILES, SOURCE, TABLE, TARGET
from tools.canary_plant import Kind, Planter, put
from tools.canary_project import DESK, STEWARD
from tools.canary_watch import Place

HUMAN, JSON, TERMINAL = "human", "json", "terminal"
FORMS = (HUMAN, JSON, TERMINAL)
_BROKER = "needs a broker; tests/integration/test_streams_midstream.py looks through all bytes that come out"
APART = {
    "demo": "its data is its own, and it runs these same commands",
    **dict.fromkeys(("topics", "produce", "lag", "status", "registry"), _BROKER),
}
"""Commands that take no part, and why."""
_REASON = ("--reason", "made-up data", "--steward", STEWARD)
_DEFECT = "defect:pratique.kernel.bind:BoundPlan.apply"
_WHY = ("--reveal", "--reason", "made-up data")
_FROM = tuple(word for name in FLOWS for word in ("--from", f"{SOURCE}/{name}"))
_PURPOSE = ("--purpose", "made-up case", "--as", DESK)


@dataclass(frozen=True, slots=True)
class Step:
    """A command, in one form or several, and what must come of it."""

    words: tuple[str, ...]
    """``{release}`` is the newest release of the first flow."""
    codes: tuple[int, ...] = (0,)
    """Exit codes of which one must come."""
    forms: tuple[str, ...] = FORMS
    fault: str = ""
    """See `tools.canary_site.stage`."""
    before: "Callable[[Place, Planter], bytes | None] | None" = None
    """Sets the scene; what it gives is standard input."""
    typed: bytes = b""
    """What is typed, where it is on a terminal."""
    reveals: bool = False
    """Whether it is asked to show values on its terminal; nowhere else may any be."""
    drafts: bool = False
    """Whether it names files that it found, where no detector finds anything in their names."""
    after: "Callable[[Place, Planter], object] | None" = None
    """Clears it away."""

    @property
    def name(self) -> str:
        """For people."""
        return " ".join(self.words) + (f" ({self.fault.partition(':')[0]})" if self.fault else "")


# --- scenes -----------------------------------------------------------------------------------------------------------


def _another(name: str, **changes: str) -> Callable[[Place, Planter], None]:
    """A project file beside the first, with some texts of it changed."""

    def write(place: Place, _: Planter) -> None:
        text = (place.project / "pratique.yaml").read_text(encoding="utf-8")
        for before, after in (pair.split(" => ") for pair in changes.values()):
            assert before in text
            text = text.replace(before, after)
        (place.project / f"pratique-{name}.yaml").write_text(text, encoding="utf-8")

    return write


def _broken(name: str, make: Callable[[Planter], bytes]) -> Callable[[Place, Planter], None]:
    """A further input of a dataset, which cannot be read."""

    def write(place: Place, planter: Planter) -> None:
        put(place.project / SOURCE / name, make(planter))

    return write


def _gone(name: str) -> Callable[[Place, Planter], None]:
    def remove(place: Place, _: Planter) -> None:
        (place.project / SOURCE / name).unlink()

    return remove


def _half_gzip(planter: Planter) -> bytes:
    whole = gzip.compress(json.dumps({"number": 1, "email": planter.email()}).encode() * 9)
    return whole[: len(whole) // 2]


def _headless(planter: Planter) -> bytes:
    return f"7,{planter.email()},{planter.name()},{planter.iban()},{planter.word(Kind.TREATED)},x\n".encode()


def _garbage(planter: Planter) -> bytes:
    return f'{{"{planter.word(Kind.TREATED)}": [{planter.email()}'.encode() * 3


def _unknown_bytes(planter: Planter) -> bytes:
    return f"{planter.email()} ".encode() + b"\xff\xfe\x00" + planter.word(Kind.TREATED).encode()


def _text(_: Place, planter: Planter) -> bytes:
    """For `detect` and `redact`: all of it is found, so all of it is treated."""
    return f"write to {planter.email()}, pay {planter.iban()}, card {planter.card()}\n".encode()


def _odd_text(_: Place, planter: Planter) -> bytes:
    return _unknown_bytes(planter)


def _labelled(place: Place, planter: Planter) -> None:
    """For `eval`: labelled texts with what is found and what is not, so that errors of both kinds are told."""
    lines = []
    for _ in range(3):
        mail, word = planter.email(), planter.word(Kind.TREATED)
        text = f"write to {mail} about {word}, pay {planter.iban()}"
        marks = [[text.index(mail), text.index(mail) + len(mail), "EMAIL"], [text.index(word), len(text), "PERSON"]]
        lines.append(json.dumps({"text": text, "spans": marks}))
    put(place.project / SOURCE / "labelled.jsonl", "\n".join(lines).encode())


def _mislabelled(place: Place, planter: Planter) -> None:
    line = json.dumps({"text": planter.email(), "spans": [[0, 999, planter.word(Kind.TREATED)]]})
    put(place.project / SOURCE / "labelled.jsonl", line.encode())


def _cases(expect: str) -> Callable[[Place, Planter], None]:
    """Cases with values of their own, of which the file is the place."""

    def write(place: Place, planter: Planter) -> None:
        cases: list[dict[str, object]] = [
            {"flow": EVENTS, "field": "owner", "value": planter.name(), "with": {"user_id": planter.user()}},
            {"flow": EVENTS, "field": "show", "value": planter.word(Kind.TREATED)},
        ]
        lines = [json.dumps({**case, "expect": {"by": expect}}) for case in cases]
        text = "".join(f"  - {line}\n" for line in lines)
        (place.project / SOURCE / "cases.yaml").write_text(f"cases:\n{text}", encoding="utf-8")

    return write


def _ruin_keys(place: Place, _: Planter) -> None:
    keys = place.project / "keys" / "eu.json"
    shutil.copy2(keys, place.base / "eu.json")
    keys.write_text(keys.read_text(encoding="utf-8").replace('"secret"', '"secrat"'), encoding="utf-8")


def _mend_keys(place: Place, _: Planter) -> None:
    (place.base / "eu.json").rename(place.project / "keys" / "eu.json")


def _tamper(place: Place, planter: Planter) -> None:
    """A release with a value in its data, and one with a value for a statement."""
    release = newest(place)
    if release == place.project:
        return  # a step before has said why; `verify` of nothing fails, too
    for name in ("tampered", "forged"):
        copy = place.project / SOURCE / name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(release, copy)
        # As released files are: read-only.
        data = next(path for path in sorted(copy.iterdir()) if path.name != "release.json")
        changed = copy / ("release.json" if name == "forged" else data.name)
        changed.chmod(0o644)
        with changed.open("ab") as stream:
            stream.write(_garbage(planter))


def newest(place: Place) -> Path:
    """The folder of the newest release of the first flow; the project's, where there is none."""
    found = [path.parent for path in (place.project / TARGET / EVENTS).glob("*/release.json")]
    return max(found, key=lambda path: (path / "release.json").stat().st_mtime_ns, default=place.project)


# --- commands ---------------------------------------------------------------------------------------------------------

LOOKS: tuple[Step, ...] = (
    Step(("init", "fresh"), codes=(0, 2)),
    Step(("init", DRAFT, *_FROM, "--region", "eu", "--to", "us"), (0, 2), drafts=True),
    Step(("keys", "create"), codes=(0,)),
    Step(("keys", "list")),
    Step(("keys", "export-public", "exporter.pub"), codes=(0, 2, 5)),
    Step(("doctor",)),
    Step(("scan",)),
    Step(("catalogue", "list")),
    Step(("catalogue", "show", EVENTS)),
    Step(("catalogue", "show", PROFILES), forms=(HUMAN,)),
    Step(("catalogue", "confirm", EVENTS, "user_id", *_REASON)),
    Step(("catalogue", "set", EVENTS, "phone", "--entity", "PHONE_NUMBER", *_REASON)),
    Step(("catalogue", "reject", EVENTS, "show", "--entity", "URL", *_REASON)),
    Step(("catalogue", "withdraw", EVENTS, "price", *_REASON), (0, 2)),
    Step(("catalogue", "not-personal", EVENTS, "price", *_REASON)),
    Step(("review", EVENTS), typed=b"?qq"),
    Step(("catalogue", "sample", EVENTS)),
    Step(("catalogue", "sample", PROFILES), forms=(HUMAN,)),
    Step(("catalogue", "sample", EVENTS, "email", *_WHY), forms=(TERMINAL,), reveals=True),
    Step(("catalogue", "sample", EVENTS, "email", *_WHY), (2, 3), (HUMAN, JSON)),
    Step(("catalogue", "history", EVENTS)),
    Step(("catalogue", "diff", EVENTS)),
    Step(("catalogue", "export", EVENTS)),
    Step(("catalogue", "export", EVENTS, "--to", "events.yaml"), (0, 2)),
    Step(("catalogue", "import", "events.yaml", "--as", STEWARD)),
    Step(
        (
            "catalogue",
            "rescore",
        )
    ),
    Step(("keys", "backup", "backup", "--passphrase-file", "keys/passphrase"), (0, 2, 5)),
    Step(("keys", "restore", "backup", "--passphrase-file", "keys/passphrase"), (0, 2, 5)),
    Step(("keys", "import-fernet", "old", "keys/fernet"), (0, 2, 5)),
    Step(("keys", "rotate", "names", "--yes")),
    *(Step(("plan", flow)) for flow in FLOWS),
    Step(("scan", EVENTS), (1,), (HUMAN, TERMINAL), fault="defect:pratique.infer.evidence:EvidenceBuilder.add_batch"),
    Step(
        ("scan", PROFILES),
        (0, 2, 4),
        (HUMAN, TERMINAL),
        before=_broken(f"{PROFILES}/garbage.jsonl", _garbage),
        after=_gone(f"{PROFILES}/garbage.jsonl"),
    ),
    Step(("scan", PROFILES), (0,), (HUMAN,)),
    *(Step(("convert-schema", CALLS, "--to", form), forms=(HUMAN,)) for form in ("avro", "json-schema", "odcs")),
    Step(("convert-schema", LEDGER, "--to", "avro"), forms=(JSON, TERMINAL)),
    Step(("policy", "test", f"{SOURCE}/cases.yaml"), (3,), before=_cases("replace")),
    Step(("policy", "test", f"{SOURCE}/cases.yaml"), (2, 3), (HUMAN,), before=_cases("no such way")),
    Step(("detect", "-"), before=_text),
    Step(("redact", "-"), before=_text),
    Step(("eval", f"{SOURCE}/labelled.jsonl", "--errors", "9"), before=_labelled),
)
"""What looks and decides; in this order, before anything moves and before any odd record is there to be looked at."""

FAILURES: tuple[Step, ...] = (
    # What stops a run early comes first: the next one takes up what is left.
    Step(("run", EVENTS, "--full"), (1,), (HUMAN, JSON), fault=_DEFECT),
    Step(("run", EVENTS, "--full", "--workers", "2"), (1,), (HUMAN,), fault=_DEFECT),
    Step(("run", PROFILES, "--full"), (1,), (TERMINAL,), fault="defect:pratique.kernel.walk:treat_records"),
    Step(("run", EVENTS, "--full"), (1,), (HUMAN,), fault="defect:pratique.gate.judging:Judge.judge"),
    Step(("run", EVENTS, "--full"), (4, 6), (HUMAN,), fault="full:open:.pratique/eu/quarantine/:1"),
    Step(("run", EVENTS, "--full"), (130,), (HUMAN,), fault="interrupt:open:/staging/:3"),
    Step(("run", EVENTS, "--full"), (-9,), (HUMAN,), fault="kill:open:/staging/:2"),
    Step(("run", EVENTS, "--full", "--workers", "2"), (-9, 6), (HUMAN,), fault="kill:open:.pratique/eu/quarantine/:1"),
    Step(("run", EVENTS, "--full"), (4, 6), (HUMAN, JSON), fault="size:16384"),
    Step(("run", EVENTS, "--full"), (-9,), (HUMAN,), fault="kill:os.link::1"),
    Step(
        ("run", EVENTS, "--full", "-p", "pratique-strict.yaml"),
        (3,),
        before=_another("strict", change="max_quarantine: 0.5 => max_quarantine: 0.0001"),
    ),
    Step(
        ("run", EVENTS, "--full", "-p", "pratique-late.yaml"),
        (2, 3),
        (HUMAN,),
        before=_another("late", change="2099-12-31 => 2020-01-01"),
    ),
    Step(
        ("plan", EVENTS, "-p", "pratique-typo.yaml"),
        (2,),
        before=_another("typo", change="allow: [' => allow: [\"'"),
    ),
    Step(("doctor", "-p", "pratique-typed.yaml"), (2,), before=_another("typed", change="allow: [' => alow: ['")),
    Step(("run", EVENTS, "--full"), (5,), before=_ruin_keys, after=_mend_keys),
    Step(
        ("run", EVENTS, "--full"),
        (4,),
        before=_broken(f"{EVENTS}/half.jsonl.gz", _half_gzip),
        after=_gone(f"{EVENTS}/half.jsonl.gz"),
    ),
    Step(
        ("run", TABLE),
        (2, 3, 4),
        before=_broken(f"{TABLE}/headless.csv", _headless),
        after=_gone(f"{TABLE}/headless.csv"),
    ),
    Step(("detect", "-"), (4,), before=_odd_text),
    Step(("redact", "-"), (4,), (HUMAN,), before=_odd_text),
    Step(("eval", f"{SOURCE}/labelled.jsonl"), (4,), before=_mislabelled),
)
"""Each way for a command to fail, before anything was released."""

STORY: tuple[Step, ...] = (
    Step(("run", EVENTS), forms=(TERMINAL,)),
    Step(("run", PROFILES), forms=(JSON,)),
    Step(("run", TABLE, "--workers", "2"), forms=(HUMAN,)),
    Step(("run", LETTERS), forms=(TERMINAL,)),
    Step(("run", LEDGER), forms=(TERMINAL,)),
    Step(("run", CALLS), forms=(JSON,)),
    Step(("run", EVENTS)),
    Step(("verify", "{release}", "--key", "exporter.pub", "--seen", "seen.json")),
    Step(("reidentify", EVENTS, *_PURPOSE, "--to", f"{EVENTS}-us"), (3,)),
    Step(
        ("reidentify", EVENTS, *_PURPOSE, "--to", "restricted"),
        (1,),
        (HUMAN,),
        fault="defect:pratique.kernel.inverse:bind_inverse",
    ),
    Step(("reidentify", EVENTS, *_PURPOSE, "--to", "restricted", "-f", "user_id", "-f", "email")),
    Step(("reidentify", PROFILES, *_PURPOSE, "--to", "restricted"), forms=(TERMINAL,)),
    Step(("verify", f"{SOURCE}/tampered", "--key", "exporter.pub"), (7,), before=_tamper),
    Step(("verify", f"{SOURCE}/forged", "--key", "exporter.pub"), (7,)),
    Step(("doctor",), forms=(TERMINAL,)),
    Step(("report",), (0, 2)),
    Step(("plan", EVENTS, "--diff")),
    Step(("plan", EVENTS, "--check"), (0, 3)),
)
"""What moves, comes back, and is looked at afterwards."""

LAST: tuple[Step, ...] = (
    Step(("quarantine", "list")),
    Step(("quarantine", "show", EVENTS)),
    Step(("quarantine", "show", EVENTS, *_WHY), forms=(TERMINAL,), reveals=True),
    Step(("quarantine", "show", EVENTS, *_WHY), (2, 3), (HUMAN, JSON)),
    Step(("quarantine", "replay", EVENTS), (0, 3)),
    Step(("audit", "list")),
    Step(("audit", "verify")),
    Step(("purge", "--dry-run")),
    Step(("purge", "--yes"), forms=(HUMAN,)),
)
"""What changes releases, after they were held against the planting."""

SCENES: dict[str, tuple[Step, ...]] = {
    "run": (Step(("run", EVENTS), forms=(HUMAN,)),),
    "run as json": (Step(("run", EVENTS), forms=(JSON,)),),
    "run on a terminal": (Step(("run", EVENTS), forms=(TERMINAL,)),),
    "run with workers": (Step(("run", EVENTS, "--workers", "2"), forms=(HUMAN,)),),
    "profiles": (Step(("run", PROFILES), forms=(HUMAN,)),),
    "table": (Step(("run", TABLE), forms=(HUMAN,)),),
    "ledger": (Step(("run", LEDGER), forms=(HUMAN,)),),
    "calls": (Step(("run", CALLS), forms=(HUMAN,)),),
    "letters": (Step(("run", LETTERS), forms=(HUMAN,)),),
    "scan": (Step(("scan", EVENTS), forms=(HUMAN,)),),
    "look": (Step(("catalogue", "list"), forms=(HUMAN,)), Step(("doctor",), forms=(HUMAN,))),
    "report": (Step(("report",), forms=(HUMAN,)),),
    "convert": (Step(("convert-schema", EVENTS, "--to", "json-schema"), forms=(HUMAN,)),),
    "detect": (Step(("detect", "-"), forms=(HUMAN,), before=_text),),
    "defect in a scan": tuple(step for step in LOOKS if step.fault.startswith("defect")),
    "defect": tuple(step for step in FAILURES if step.fault == _DEFECT and "--workers" not in step.words),
    "defect in a worker": tuple(step for step in FAILURES if step.fault == _DEFECT and "--workers" in step.words),
    "refused": tuple(step for step in FAILURES if "pratique-strict.yaml" in step.words),
    "broken": tuple(step for step in FAILURES if step.words[:2] == ("run", TABLE)),
    "killed": tuple(step for step in FAILURES if step.fault.startswith("kill")),
    "held": (
        Step(("run", EVENTS), forms=(HUMAN,)),
        Step(("quarantine", "show", EVENTS, "--rule", "new-field"), forms=(HUMAN,)),
    ),
    "return": (
        Step(("run", EVENTS), forms=(HUMAN,)),
        Step(("reidentify", EVENTS, *_PURPOSE, "--to", "restricted"), forms=(HUMAN,)),
    ),
}
"""Small parts of the story, for mutants."""
SAMPLE_ONLY = frozenset({"scan", "look", "report", "convert", "defect in a scan"})
"""Scenes before any odd record is there."""


def check_all_take_part() -> list[str]:
    """The program's commands that no step calls; they must be added above."""
    called = {step.words[:length] for step in (*LOOKS, *FAILURES, *STORY, *LAST) for length in (1, 2)}
    return [" ".join(path) for path in _commands() if path not in called and path[0] not in APART]


def _commands() -> Iterator[tuple[str, ...]]:
    import typer.main  # noqa: PLC0415 (loads the whole program)

    from pratique.cli.app import app  # noqa: PLC0415

    def below(node: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        children = getattr(node, "commands", None)
        if children is None:
            yield path
            return
        for name, child in children.items():
            yield from below(child, (*path, name))

    yield from below(typer.main.get_command(app), ())
