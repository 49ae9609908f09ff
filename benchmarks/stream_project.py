"""The benchmark's stream: a topic of purchases, decided once, then treated from its beginning into a new topic each
time.

Each step is also a script (``prepare FOLDER SOURCE RECORDS``, ``run FOLDER``, ``check FOLDER``), so that a
worker starts cold, in a process of its own; it prints JSON on its last line.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.events import KEYED
from benchmarks.frame import CACHE, ROOT, BenchmarkError, child, python

FLOW = "purchases"
STEWARD = "bench-steward"
PARTITIONS = 4
SAMPLE = 5_000
"""Messages that are scanned; the rest comes after."""
PROJECT = f"""\
name: benchmark-NUMBER
regions: {{eu: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{STEWARD}: keys/{STEWARD}.pub}}
clusters: {{bench: {{bootstrap: "BOOTSTRAP"}}}}
datasets:
  purchases: {{uri: kafka://bench/raw, format: json, region: eu, subject: user_id, topic: {{partitions: {PARTITIONS}}}}}
  treated: {{uri: kafka://bench/treated-NUMBER, format: json, region: eu, topic: {{partitions: {PARTITIONS}}}}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{8}}\\b', score: 0.8, field_names: [user_id]}}
policies:
  default:
    entities: {{USER_ID: {{token: viewer}}, CREDIT_CARD: {{token: card}}}}
    not_personal: keep
    otherwise: quarantine
flows:
  {FLOW}: {{from: purchases, to: treated, policy: default}}
"""


# --- in this process -----------------------------------------------------------------------------------------------


def prepared(bootstrap: str, source: Path, records: int) -> Path:
    """A project with everything decided and nothing run, and its topic with the first records of a file."""
    folder = CACHE / "project-stream"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _write(folder, bootstrap, 0)
    found = _call("prepare", folder, source, str(records))
    if found["messages"] != records:
        raise BenchmarkError(f"{found['messages']} messages of {records} are in the topic")
    return folder


def fresh(project: Path, bootstrap: str, number: int) -> Path:
    """A copy of a prepared project with a target of its own, which nothing was written to."""
    folder = project.with_name(f"{project.name}-run")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder)
    _write(folder, bootstrap, number)
    return folder


def run_stream(folder: Path, workers: int = 1, **options: Any) -> dict[str, Any]:
    """Work the flow to the topic's end; ``seconds`` and ``records`` are those between the first and the last commit, of
    several workers those of the whole run.
    """
    return _call("run", folder, str(workers), **options)


def fill(folder: Path, source: Path, records: int, times: int) -> None:
    """Write the first records of a file into the topic again, so many times."""
    _call("fill", folder, source, str(records), str(times))


@contextmanager
def following(folder: Path, on: Sequence[int]) -> Iterator[None]:
    """A worker that follows the flow meanwhile, on these cores."""
    command = [python(), "-m", "pratique", "run", FLOW, "--follow", "--project", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, set(on)),  # noqa: PLW1509
    ) as worker:
        try:
            time.sleep(5)
            yield
        finally:
            worker.terminate()
            if worker.wait(60):
                raise BenchmarkError(f"the worker ended with {worker.returncode}")


def check_stream(folder: Path, records: int) -> None:
    """Hold every message of the target against its source: as many, in order, tokens for ids, the rest as it was."""
    found = _call("check", folder)
    if found != {**found, "messages": records, "wrong": 0}:
        raise BenchmarkError(f"of {records} messages {found['messages']} came out, {found['wrong']} of them wrong")


def _write(folder: Path, bootstrap: str, number: int) -> None:
    text = PROJECT.replace("BOOTSTRAP", bootstrap).replace("NUMBER", str(number))
    (folder / "pratique.yaml").write_text(text, encoding="utf-8")


def _call(command: str, folder: Path, *rest: str | Path, **options: Any) -> dict[str, Any]:
    return child([python(), "-m", "benchmarks.stream_project", command, folder, *rest], **options)


# --- in the child ---------------------------------------------------------------------------------------------------


def messages(source: Path) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of each line; the key is the viewer's id."""
    with source.open("rb") as lines:
        for line in lines:
            yield line[12:25], line[:-1]


def _prepare(folder: Path, source: str, records: str) -> dict[str, Any]:
    from pratique.assembly import start  # noqa: PLC0415 (imported in the child only)
    from pratique.assembly.parts import Assembly  # noqa: PLC0415
    from pratique.config import load  # noqa: PLC0415
    from pratique.model.catalogue import DecisionKind  # noqa: PLC0415
    from pratique.project import Project  # noqa: PLC0415

    start.create_missing(Assembly(load(folder / "pratique.yaml")))
    project = Project.open(folder)
    project.streams.create()
    every = islice(messages(Path(source)), int(records))
    count = project.streams.produce("purchases", islice(every, SAMPLE))
    project.scan([FLOW])
    names = {"user_id": "USER_ID", "kafka-key": "USER_ID", "card_number": "CREDIT_CARD"}
    for view in project.catalogue(FLOW):
        name = view.path[0]
        if name in (*KEYED, "kafka-key"):
            project.decide(FLOW, [view.path], DecisionKind.SET, [names[name]], reason="made up", steward=STEWARD)
            continue
        for entity in sorted({one.entity for one in view.evidence.types} | set(view.verdict.entities)):
            project.decide(FLOW, [view.path], DecisionKind.REJECT, [entity], reason="made up", steward=STEWARD)
        project.decide(FLOW, [view.path], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    return {"messages": count + project.streams.produce("purchases", every)}


def _fill(folder: Path, source: str, records: str, times: str) -> dict[str, Any]:
    from pratique.project import Project  # noqa: PLC0415

    streams = Project.open(folder).streams
    every = (islice(messages(Path(source)), int(records)) for _ in range(int(times)))
    return {"messages": sum(streams.produce("purchases", one) for one in every)}


def _run(folder: Path, workers: str) -> dict[str, Any]:
    from pratique.pipeline.streaming import Progress  # noqa: PLC0415
    from pratique.project import Project  # noqa: PLC0415

    seen: list[tuple[float, int]] = []

    def tell(progress: Progress) -> None:
        if progress.transactions and (not seen or progress.read > seen[-1][1]):
            seen.append((time.perf_counter(), progress.read))

    project = Project.open(folder)
    project.streams.create()
    start = time.perf_counter()
    if int(workers) > 1:
        report = project.streams.follow(FLOW, workers=int(workers))
        whole = time.perf_counter() - start
        return {"seconds": whole, "whole": whole, "records": report.read, "read": report.read}
    report = project.streams.follow(FLOW, tell=tell)
    whole = time.perf_counter() - start
    if report.read != report.written or len(seen) < 2:
        raise BenchmarkError(f"{report.read} messages were read, {report.written} written")
    return {
        "seconds": seen[-1][0] - seen[0][0],
        "records": seen[-1][1] - seen[0][1],
        "read": report.read,
        "whole": whole,
    }


def _check(folder: Path) -> dict[str, Any]:
    from pratique.connectors.kafka import TopicReader, address_of  # noqa: PLC0415
    from pratique.project import Project  # noqa: PLC0415

    settings = Project.open(folder).settings
    found, wrong = 0, 0
    source, target = (
        TopicReader(address_of(settings.datasets[name].uri, settings.clusters), folder)
        for name in ("purchases", "treated")
    )
    for partition, (first, end) in target.ranges().items():
        begin, last = source.ranges()[partition]
        pairs = zip(source.messages(partition, begin, last), target.messages(partition, first, end), strict=True)
        for (_, _, _, raw), (_, key, _, value) in pairs:
            before, after = json.loads(raw or b""), json.loads(value or b"")
            found += 1
            kept = {name: text for name, text in before.items() if name not in KEYED}
            tokens = (after["user_id"], after["card_number"])
            right = after == {**after, **kept} and len(after) == len(before)
            right = right and key == tokens[0].encode() and all(str(token).startswith("tok1.") for token in tokens)
            wrong += not right
    return {"messages": found, "wrong": wrong}


def main() -> None:
    """One step in a process of its own."""
    command, folder, *rest = sys.argv[1:]
    steps: dict[str, Callable[..., dict[str, Any]]] = {"prepare": _prepare, "fill": _fill, "run": _run, "check": _check}
    print(json.dumps(steps[command](Path(folder), *rest)))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
