"""Try the project's own cases with the real plans, detectors and keys. Nothing is written."""

import errno
import os
from datetime import date
from pathlib import Path

from pratique.assembly.flows import compile_flow
from pratique.assembly.parts import Assembly
from pratique.assembly.worker import bind_plan
from pratique.config.cases import CASES_FILE, MAX_BYTES, read_cases
from pratique.errors import ConfigError
from pratique.pipeline.checking import CaseReport
from pratique.pipeline.trying import try_cases


def try_policy(assembly: Assembly, file: Path | None, flow: str | None, today: date) -> list[CaseReport]:
    """Every case of a file (of ``policy-tests.yaml`` beside the project file, unless named), in the file's order; with
    ``flow`` only that flow's. Raises `ConfigError` for a file that is none, and what compiling raises.
    """
    path = file or assembly.root / CASES_FILE
    cases = read_cases(_read(path), path.name, assembly.settings)
    if flow is not None:
        cases = tuple(case for case in cases if case.flow == flow)
        if not cases:
            raise ConfigError(f"no case is of flow {flow}", where=path.name, do="write one, or leave the flow out")
    found: dict[str, CaseReport] = {}
    for name in dict.fromkeys(case.flow for case in cases):
        bound = bind_plan(assembly, compile_flow(assembly, name, today)[0])
        own = [case for case in cases if case.flow == name]
        found |= {report.name: report for report in try_cases(bound, own)}
    return [found[case.name] for case in cases]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        if error.errno == errno.ENOENT:
            what = "there is no file of cases"
            raise ConfigError(what, where=str(path), do="write one: see docs/guide/policy-tests.md") from None
        what = f"the file of cases cannot be read ({os.strerror(error.errno or 0)})"
        raise ConfigError(what, where=str(path), do="check that it is a file that you may read") from None
