"""A registry that goes, drags, or answers with what is no answer: the flow waits, and nothing passes meanwhile."""

import contextlib
import http.server
import json
import threading
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from pratique.connectors.kafka import Registry
from tests.integration.stream_projects import SCHEMA, StreamProject, avro


class Between(http.server.BaseHTTPRequestHandler):
    """Stands between a flow and the real registry."""

    protocol_version = "HTTP/1.0"

    def answer(self):
        door = self.server
        door.asked += 1
        if door.way == "page":
            self.send_response(404)
            self.end_headers()
            self.wfile.write(b"<html>not here</html>")
            return
        if door.way == "closed":
            self.connection.close()
            return
        if door.way == "drags":
            time.sleep(0.3)
        size = int(self.headers.get("Content-Length") or 0)
        asked = urllib.request.Request(
            f"{door.real}{self.path}",
            data=self.rfile.read(size) if size else None,
            method=self.command,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as got:
                status, body = got.status, got.read()
        except urllib.error.HTTPError as error:
            with error:
                status, body = error.code, error.read()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer  # noqa: N815 (the names that http.server asks for)

    def log_message(self, *_):
        pass

    def handle(self):
        with contextlib.suppress(OSError, ValueError):
            super().handle()


@pytest.fixture
def door(servers):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Between)
    server.real, server.way, server.asked, server.daemon_threads = servers.registry, "open", 0, True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def until(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@pytest.mark.parametrize("way", ["closed", "page"])
def test_a_flow_waits_for_a_registry_that_is_away(tmp_path, servers, door, way):
    address = SimpleNamespace(bootstrap=servers.bootstrap, registry=f"http://127.0.0.1:{door.server_port}")
    made = StreamProject(tmp_path, address, format="avro")
    direct = Registry(servers.registry)
    first = direct.register(f"{made.topic}-value", SCHEMA)
    made.send([avro(number, first) for number in range(100)])
    made.decide()
    states, reports, stopping = [], [], []

    def tell(progress):
        states.append((progress.state, progress.written))

    def work():
        reports.append(made.streams.follow("events", forever=True, stop=lambda: bool(stopping), tell=tell))

    door.way = way  # from the start: the output cannot be registered
    worker = threading.Thread(target=work)
    worker.start()
    try:
        until(lambda: any(state == "waiting" for state, _ in states))
        assert sum(map(len, made.read("-treated").values())) == 0
        door.way = "drags"
        until(lambda: any(written == 100 for _, written in states))
        # What is known already needs no registry; a new id does.
        door.way = way
        made.send([avro(number, first) for number in range(100, 120)])
        until(lambda: any(written == 120 for _, written in states))
        fewer = json.loads(SCHEMA)
        fewer["fields"][2]["type"] = "string"
        fewer["fields"][2].pop("default")
        text = json.dumps(fewer)
        second = direct.register(f"{made.topic}-value", text)
        before = len(states)
        made.send([avro(number, second, text=text) for number in range(120, 150)])
        until(lambda: any(state == "waiting" for state, _ in states[before:]))
        assert sum(map(len, made.read("-treated").values())) == 120
        door.way = "open"
        until(lambda: any(written == 150 for _, written in states))
    finally:
        stopping.append(True)
        worker.join(60)
    assert not worker.is_alive()
    assert sum(map(len, made.read("-treated").values())) == 150
    assert not made.held()
    assert (reports[0].read, reports[0].quarantined) == (150, 0)
