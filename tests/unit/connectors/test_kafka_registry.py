"""The registry's client against registries that are gone, slow, or lie."""

import http.server
import json
import struct
import threading
import time

import pytest

from pratique.assembly.registries import patiently
from pratique.connectors.kafka.registry import Registry
from pratique.errors import PratiqueError, RefusedError, SourceError, UnsettledError

pytestmark = pytest.mark.enable_socket
URL = "http://registry"


class Told(Registry):
    """A registry whose answers are told."""

    def __init__(self, answers):
        super().__init__(URL)
        self.answers, self.asked = answers, []

    def _ask(self, method, path, body=None):
        self.asked.append((method, path))
        for (verb, part), answer in self.answers.items():
            if verb == method and part in path:
                if isinstance(answer, Exception):
                    raise answer
                return answer
        return 404, {"error_code": 40401}


def wire(number):
    return struct.pack(">bI", 0, number) + b"x"


def test_what_was_once_said_of_an_id_is_never_asked_for_again():
    registry = Told({("GET", "/schemas/ids/7"): (200, {"schema": "{}"})})
    assert registry.schemas_of([wire(7), None, b"", b"\1\0\0\0\7", wire(7)]) == {"7": "{}"}
    registry.answers = {("GET", "/schemas"): UnsettledError("gone")}
    assert registry.schemas_of([wire(7)]) == {"7": "{}"}
    assert len(registry.asked) == 1
    with pytest.raises(UnsettledError):
        registry.schemas_of([wire(8)])


def test_that_an_id_is_unknown_is_for_the_registry_to_say():
    known = Told({("GET", "/schemas/ids/9"): (404, {"error_code": 40403})})
    assert known.schemas_of([wire(9), wire(9)]) == {}
    assert known.schemas_of([wire(9)]) == {}
    assert len(known.asked) == 1  # not again at once
    for answer in ((404, None), (404, {"error_code": 404}), (503, None), (200, []), (200, {"schema": 1}), (302, None)):
        with pytest.raises(UnsettledError):
            Told({("GET", "/schemas"): answer}).schemas_of([wire(9)])
    with pytest.raises(SourceError, match="no leave"):
        Told({("GET", "/schemas"): (403, None)}).schemas_of([wire(9)])


def test_an_id_beyond_what_registries_give_is_unknown_without_asking():
    registry = Told({})
    assert registry.schemas_of([b"\0\xff\xff\xff\xff"]) == {}
    assert not registry.asked


def test_halves_of_characters_do_not_break_what_is_written():
    registry = Told({("GET", "/schemas"): (200, {"schema": '"\ud800"'})})
    assert registry.schema(1).encode()


@pytest.mark.parametrize("number", [None, True, -1, 1 << 40, "5", 1.0])
def test_a_number_that_is_no_id_is_not_believed(number):
    registry = Told(
        {("POST", "/compatibility"): (404, None), ("POST", "/subjects"): (200, {"id": number})},
    )
    with pytest.raises(UnsettledError):
        registry.register("s", "{}")


def test_an_id_that_stands_for_another_schema_is_refused():
    answers = {
        ("POST", "/compatibility"): (404, None),
        ("POST", "/subjects"): (200, {"id": 5}),
        ("GET", "/schemas/ids/5"): (200, {"schema": '{"type":"string"}'}),
    }
    with pytest.raises(RefusedError, match="another schema"):
        Told(answers).register("s", '{"type": "bytes"}')
    answers["GET", "/schemas/ids/5"] = (200, {"schema": '{"type":    "bytes"}'})
    assert Told(answers).register("s", '{"type": "bytes"}') == 5


def test_compatibility_is_asked_first_and_the_words_are_shown_in_one_line():
    answers = {("POST", "/compatibility"): (200, {"is_compatible": False, "messages": ["a\nb\x1b[31m", "c" * 999]})}
    registry = Told(answers)
    with pytest.raises(RefusedError) as caught:
        registry.register("s", "{}")
    words = str(caught.value)
    assert "a b [31m; ccc" in words
    assert "\n" not in words
    assert "\x1b" not in words
    assert len(words) < 500
    assert [verb for verb, _ in registry.asked] == ["POST"]


def test_no_reason_names_what_is_enforced():
    answers = {
        ("POST", "/compatibility"): (200, {"is_compatible": False}),
        ("GET", "/config/s"): (200, {"compatibilityLevel": "FULL"}),
    }
    with pytest.raises(RefusedError, match="it enforces FULL"):
        Told(answers).register("s", "{}")


@pytest.mark.parametrize(
    "answer", [(500, {"message": "could not determine"}), (200, {}), (200, {"is_compatible": "yes"})]
)
def test_a_comparison_that_says_nothing_registers_nothing(answer):
    registry = Told({("POST", "/compatibility"): answer, ("POST", "/subjects"): (200, {"id": 1})})
    with pytest.raises(PratiqueError):
        registry.register("s", "{}")
    assert len(registry.asked) == 1


def test_waiting_is_told_and_ends_when_asked():
    answers = iter([UnsettledError("a"), UnsettledError("b"), 7])
    told = []

    def ask():
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return found

    assert patiently(ask, forever=True, stop=lambda: False, tell=lambda: told.append(1)) == 7
    assert len(told) == 2

    def gone():
        raise UnsettledError("gone")

    with pytest.raises(UnsettledError):
        patiently(gone, forever=True, stop=lambda: True, tell=lambda: None)
    times = iter(range(0, 100_000, 50))
    with pytest.raises(UnsettledError):
        patiently(gone, forever=False, stop=lambda: False, tell=lambda: None, clock=lambda: next(times))


# --- over a real socket -----------------------------------------------------------------------------------------------


class Bad(http.server.BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_GET(self):
        way = self.path.strip("/").split("/")[0]
        if way == "redirect":
            self.send_response(302)
            self.send_header("Location", "/good/schemas/ids/1")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if way == "drip":
            for _ in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        body = {
            "good": json.dumps({"schema": "{}"}).encode(),
            "deep": b"[" * 100_000,
            "huge": b" " * (5 << 20) + b"{}",
            "page": b"<html>",
        }.get(way, b"")
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def bad():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bad)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("way", ["redirect", "drip", "deep", "huge", "page", "nothing"])
def test_an_answer_that_is_none_is_waited_for(bad, way):
    with pytest.raises(UnsettledError):
        Registry(f"{bad}/{way}", seconds=0.5).schema(1)


def test_a_good_answer_is_read_and_nobody_answers_where_nobody_is(bad):
    assert Registry(f"{bad}/good").schema(1) == "{}"
    with pytest.raises(UnsettledError, match="does not answer"):
        Registry("http://127.0.0.1:1").schema(1)
