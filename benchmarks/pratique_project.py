"""The benchmark's project: written, scanned and decided once, then run from a fresh copy each time.

Each step is also a script (``prepare FOLDER``, ``run FOLDER WORKERS``, ``restore FOLDER``), so that a run starts cold,
in a process of its own; it prints JSON on its last line.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.events import KEYED
from benchmarks.frame import CACHE, ROOT, BenchmarkError, child, python

FLOW = "purchases"
STEWARD = "bench-steward"
REIDENTIFIER = "bench-desk"
FORMATS = ("jsonl", "parquet", "csv", "avro")
PROJECT = f"""\
name: benchmark
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{STEWARD}: keys/{STEWARD}.pub}}
reidentifiers: {{{REIDENTIFIER}: {{key: keys/{REIDENTIFIER}.pub, flows: [{FLOW}]}}}}
datasets:
  purchases:
    {{uri: data/eu/purchases/, format: FORMAT, region: eu, subject: user_id, purpose: benchmark, retention: 1y}}
  purchases-us: {{uri: data/us/purchases/, format: FORMAT, region: us}}
  purchases-back: {{uri: data/eu/back/, format: jsonl, region: eu, restricted: true}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{8}}\\b', score: 0.8, field_names: [user_id]}}
policies:
  default:
    entities: {{USER_ID: {{token: viewer}}, CREDIT_CARD: {{token: card}}}}
    not_personal: keep
    otherwise: quarantine
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31, residue: 0, residue_score: 0.6}}
flows:
  {FLOW}: {{from: purchases, to: purchases-us, policy: default}}
"""


# --- in this process -----------------------------------------------------------------------------------------------


def prepared(source: Path) -> Path:
    """A project over this input with everything decided and nothing run; made anew each time it is asked for."""
    form = source.suffix.removeprefix(".")
    folder = CACHE / f"project-{form}-{source.stem}"
    shutil.rmtree(folder, ignore_errors=True)
    data = folder / "data" / "eu" / "purchases"
    data.mkdir(parents=True)
    os.link(source, data / f"events.{form}")
    prepare(folder, form)
    return folder


def prepare(folder: Path, form: str = "jsonl") -> None:
    """Write the project file beside the data that is there already, make keys, scan, and decide everything."""
    (folder / "pratique.yaml").write_text(PROJECT.replace("FORMAT", form), encoding="utf-8")
    _call("prepare", folder)


def copied(project: Path) -> Path:
    """A fresh copy of a prepared project, as no run has seen it; its input is the same file, not a second one."""
    folder = project.with_name(project.name + "-run")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder, copy_function=_copy)
    return folder


def _copy(source: str, target: str) -> None:
    if Path(source).stem == "events":
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def run_pratique(
    folder: Path, workers: int = 1, *, cores: list[int] | None = None, watch: Callable[[int], None] | None = None
) -> dict[str, Any]:
    """Run the flow to its release; ``seconds`` go from opening the project to the signed release on disk."""
    return _call("run", folder, str(workers), cores=cores, watch=watch)


def check_restored(folder: Path, source: Path, records: int) -> None:
    """Verify the release, reverse it, and hold every byte against the input; `BenchmarkError` where one differs.

    What is compared is the whole input: the kept fields as released, the keyed ones as restored. That the release holds
    no keyed value in clear is checked on its bytes as well.
    """
    result = _call("restore", folder)
    if result["records"] != records or result["failed"]:
        raise BenchmarkError(f"{result['records']} records came back of {records}, {result['failed']} values failed")
    restored = [path for path in sorted(Path(result["path"]).rglob("*.jsonl")) if path.is_file()]
    _compare(source, restored)
    released = data_files(folder)
    if not released or any(_holds(path, b'"user-') for path in released):
        raise BenchmarkError("a viewer's id is in the release in clear")


def data_files(folder: Path) -> list[Path]:
    """Every published data file, sorted."""
    root = folder / "data" / "us" / "purchases"
    return sorted(path for form in FORMATS for path in root.rglob(f"*.{form}"))


def _compare(source: Path, restored: list[Path]) -> None:
    size = 1 << 20
    with source.open("rb") as wanted:
        for path in restored:
            with path.open("rb") as got:
                while block := got.read(size):
                    if block != wanted.read(len(block)):
                        raise BenchmarkError(f"what was restored differs from the input, in {path.name}")
        if wanted.read(1):
            raise BenchmarkError("what was restored is shorter than the input")


def _holds(path: Path, word: bytes) -> bool:
    tail = b""
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            if word in tail + block:
                return True
            tail = block[-len(word) :]
    return False


def released_digests(folder: Path) -> Mapping[str, str]:
    """SHA-256 of every published data file, by its name below the target."""
    import hashlib  # noqa: PLC0415

    root = folder / "data" / "us" / "purchases"
    found = {}
    for path in data_files(folder):
        with path.open("rb") as stream:
            found[str(path.relative_to(root))] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def _call(command: str, folder: Path, *rest: str, **options: Any) -> dict[str, Any]:
    return child([python(), "-m", "benchmarks.pratique_project", command, folder, *rest], **options)


# --- in the child ---------------------------------------------------------------------------------------------------


def _prepare(folder: Path) -> dict[str, Any]:
    """Keys, scan, and the decisions of a steward: what is not keyed holds no personal data."""
    from pratique.assembly import start  # noqa: PLC0415 (imported in the child only)
    from pratique.assembly.parts import Assembly  # noqa: PLC0415
    from pratique.config import load  # noqa: PLC0415
    from pratique.model.catalogue import DecisionKind  # noqa: PLC0415
    from pratique.project import Project  # noqa: PLC0415

    start.create_missing(Assembly(load(folder / "pratique.yaml")))
    project = Project.open(folder)
    project.scan([FLOW])
    for view in project.catalogue(FLOW):
        name = view.path[0]
        if name in KEYED:
            entity = {"user_id": "USER_ID", "card_number": "CREDIT_CARD"}[name]
            project.decide(FLOW, [view.path], DecisionKind.SET, [entity], reason="made up", steward=STEWARD)
            continue
        for entity in sorted({one.entity for one in view.evidence.types} | set(view.verdict.entities)):
            project.decide(FLOW, [view.path], DecisionKind.REJECT, [entity], reason="made up", steward=STEWARD)
        project.decide(FLOW, [view.path], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    return {"fields": len(project.catalogue(FLOW)), "plan": project.plan(FLOW).hash}


def _run(folder: Path, workers: int) -> dict[str, Any]:
    from pratique.project import Project  # noqa: PLC0415

    start = time.perf_counter()
    report = Project.open(folder).run(FLOW, workers=workers)
    seconds = time.perf_counter() - start
    counts = report.counts
    return {
        "seconds": seconds,
        "read": counts.read,
        "written": counts.written,
        "quarantined": sum(counts.quarantined.values()),
    }


def _restore(folder: Path) -> dict[str, Any]:
    from pratique.project import Project  # noqa: PLC0415

    report = Project.open(folder).reidentify(FLOW, purpose="benchmark", to="purchases-back", who=REIDENTIFIER)
    return {"path": report.path, "records": report.records, "failed": report.failed}


def main() -> None:
    """One step in a process of its own."""
    command, folder, *rest = sys.argv[1:]
    steps: dict[str, Callable[..., dict[str, Any]]] = {"prepare": _prepare, "run": _run, "restore": _restore}
    print(json.dumps(steps[command](Path(folder), *map(int, rest))))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
