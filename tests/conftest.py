"""What every test has: no network in unit and contract tests, one Arrow thread, hypothesis with a bounded budget."""

import os
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pyarrow as pa
import pytest

TESTS = Path(__file__).parent
OFFLINE = (TESTS / "unit", TESTS / "contract")
NEEDS_SERVERS = TESTS / "integration"

hypothesis.settings.register_profile(
    "default", max_examples=50, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# The same examples every time, and no database of earlier failures: a red run of the machine can be had again at home.
hypothesis.settings.register_profile(
    "ci", hypothesis.settings.get_profile("default"), derandomize=True, max_examples=30, database=None, print_blob=True
)
# What tools/fuzz.py asks for: how many examples is said by each property (`tests.effort`), and by the run's seed which.
hypothesis.settings.register_profile(
    "fuzz", deadline=None, suppress_health_check=list(hypothesis.HealthCheck), database=None, print_blob=True
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))

# As the program does at start: one worker is one thread, and figures do not depend on the machine.
pa.set_cpu_count(1)
pa.set_io_thread_count(1)


@pytest.fixture(autouse=True, scope="session")
def _not_hushed() -> Generator[None]:
    """The command line, called in this process, does not take over its streams, its hooks and its core's limit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pratique.cli.errors._hush", lambda: None)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by where it stands: offline, or in need of servers."""
    for item in items:
        if any(folder in item.path.parents for folder in OFFLINE):
            item.add_marker("disable_socket")
        elif NEEDS_SERVERS in item.path.parents:
            item.add_marker("integration")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where servers are required (``PRATIQUE_REQUIRE_SERVERS=1``), a skipped integration test is a failed one."""
    report = yield
    required = os.environ.get("PRATIQUE_REQUIRE_SERVERS") == "1"
    if required and report.skipped and NEEDS_SERVERS in item.path.parents and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but servers are required here: {report.longrepr}"
    return report
