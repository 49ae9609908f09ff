"""A worker that is watched: status, health, readiness, metrics and lines of JSON, with a broker that goes away."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from pratique.errors import ThresholdError
from tests.integration.stream_projects import StreamProject, good


def ask(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=40) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


def until(what, seconds=90):
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)
    return found


@pytest.fixture
def made(tmp_path, servers):
    project = StreamProject(tmp_path, servers)
    project.send([good(number) for number in range(200)])
    project.decide()
    return project


def test_a_worker_tells_how_it_is(made):
    assert [(one.worker, one.behind, one.release) for one in made.streams.status()] == [(None, 200, None)]
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        port = link.getsockname()[1]
    command = [sys.executable, "-m", "pratique", "run", "events", "--follow", "--project", str(made.folder)]
    worker = subprocess.Popen(
        [*command, "--serve", f"127.0.0.1:{port}", "--log", "json"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        until(lambda: ask(port, "/readyz") == (200, "ok\n"))
        until(lambda: 'written_total{flow="events"} 200\n' in ask(port, "/metrics")[1])
        until(lambda: 'pratique_stream_lag{flow="events",partition="0"} 0\n' in ask(port, "/metrics")[1])
        assert ask(port, "/healthz") == (200, "ok\n")
        made.send([good(1, extra="user-00009")])
        until(lambda: 'quarantined_total{flow="events"} 1\n' in ask(port, "/metrics")[1])
        found = until(lambda: [s for s in made.streams.status() if s.worker and s.worker.quarantined])[0]
        assert (found.alive, found.worker.state, found.behind, found.written) == (True, "running", 0, 200)
        assert found.quarantined == {"new-field": 1}
        worker.send_signal(signal.SIGTERM)
        _, told = worker.communicate(timeout=60)
    finally:
        worker.kill()
    assert worker.returncode == 0
    lines = [json.loads(line) for line in told.splitlines()]
    assert [one["state"] for one in lines if one["event"] == "state"][-2:] == ["running", "done"]
    assert any(one["event"] == "release" for one in lines)
    assert b"user-" not in told
    after = made.streams.status()[0]
    assert (after.worker, after.alive, after.release) == (None, False, 1)


def test_too_much_in_quarantine_pauses_the_flow_and_status_says_why(tmp_path, servers):
    made = StreamProject(tmp_path, servers, share="0.01")
    made.send([good(number) for number in range(100)])
    made.decide()
    made.send([good(number, extra="more") for number in range(60)])
    with pytest.raises(ThresholdError, match="paused: 60 of"):
        made.streams.follow("events")
    found = made.streams.status("events")[0]
    assert (found.worker.state, found.alive) == ("paused", False)
    assert "new-field" in found.worker.why
    assert found.quarantined == {"new-field": 60}
    shown = subprocess.run(
        [sys.executable, "-m", "pratique", "status", "--project", str(made.folder)], capture_output=True, check=True
    )
    assert b"paused" in shown.stdout
    assert b"events, quarantined: new-field 60" in shown.stdout


def test_an_address_that_is_taken_is_one_line(made):
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        link.listen()
        address = f"127.0.0.1:{link.getsockname()[1]}"
        command = [sys.executable, "-m", "pratique", "run", "events", "--project", str(made.folder), "--serve", address]
        done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("pratique: --serve: cannot listen at that address")
