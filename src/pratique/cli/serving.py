"""Health, readiness and metrics of a stream's worker, over HTTP; and its log as lines of JSON. Nothing holds a value.

``/healthz``: 200 while the worker makes steps, waiting ones too. ``/readyz``: 200 while it treats, 503 with the reason
while it starts or waits. ``/metrics``: Prometheus' text format. Other paths are 404, other methods 501. Nothing listens
unless it is asked for. There is no login: bind it where only those who watch can reach it.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from pratique.errors import ConfigError, PratiqueError

if TYPE_CHECKING:
    from pratique.pipeline.results import Lag
    from pratique.pipeline.streaming import Progress

STILL: Final = 180.0
"""Seconds without a step after which a worker is not healthy: longer than the slowest answer that it waits for."""
_FRESH: Final = 5.0
"""Seconds for which an answer of the brokers is good enough."""
_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
_STATES: Final = ("starting", "running", "waiting", "done")
_LARGEST_PORT: Final = 65_535


class Lines:
    """A worker's log, a JSON object a line, on standard error: each change of state, each release, and now and then."""

    def __init__(self, flow: str, *, every: float = 5.0) -> None:
        self._flow, self._every = flow, every
        self._state, self._releases = "", 0
        self._next = 0.0

    def __call__(self, progress: "Progress") -> None:
        """Say what is new."""
        if progress.state != self._state:
            self._say("state", progress)
        elif len(progress.releases) > self._releases:
            self._say("release", progress, release=progress.releases[-1])
        elif time.monotonic() >= self._next:
            self._say("progress", progress)
        else:
            return
        self._state, self._releases = progress.state, len(progress.releases)
        self._next = time.monotonic() + self._every

    def _say(self, event: str, progress: "Progress", **more: Any) -> None:
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": event,
            "flow": self._flow,
            "state": progress.state,
            **({"why": progress.why} if progress.why else {}),
            "read": progress.read,
            "written": progress.written,
            "quarantined": progress.quarantined,
            "transactions": progress.transactions,
            "resumed": progress.resumed,
            **more,
        }
        print(json.dumps(line), file=sys.stderr, flush=True)  # noqa: T201


class Served:
    """Listens as long as it is entered. Raises `ConfigError` for an address at which it cannot listen."""

    def __init__(self, flow: str, address: str, lag: "Callable[[], Sequence[Lag]]") -> None:
        """``address``: ``HOST:PORT``; port 0 is any that is free. ``lag`` is asked at most every few seconds."""
        self._flow, self._lag = flow, lag
        host, _, port = address.rpartition(":")
        if not host or not port.isdigit() or int(port) > _LARGEST_PORT:
            raise ConfigError("not an address to listen at", where="--serve", do="write HOST:PORT, as 127.0.0.1:9464")
        self._began = self._beat = time.monotonic()
        self._progress: Progress | None = None
        self._known: tuple[float, Sequence[Lag]] | None = None
        self._asking = threading.Lock()
        try:
            self._server = ThreadingHTTPServer((host.strip("[]"), int(port)), _handler(self))
        except OSError as error:
            raise ConfigError(
                f"cannot listen at that address: {error.strerror}", where="--serve", do="choose another"
            ) from None
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.2,), name="serve", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The one that it listens at."""
        return int(self._server.server_address[1])

    def tell(self, progress: "Progress") -> None:
        """The worker made a step."""
        self._progress, self._beat = progress, time.monotonic()

    def answer(self, path: str) -> tuple[int, str]:
        """Status and text of one path."""
        progress = self._progress
        state = "starting" if progress is None else progress.state
        if path == "/healthz":
            still = time.monotonic() - self._beat
            return (200, "ok\n") if still < STILL else (503, f"no step for {still:.0f} s\n")
        if path == "/readyz":
            why = "" if progress is None else progress.why
            return (200, "ok\n") if state == "running" else (503, f"{state}{f': {why}' if why else ''}\n")
        if path == "/metrics":
            return 200, metrics(self._flow, progress, self._lags(state), time.monotonic() - self._beat)
        return 404, "there is /healthz, /readyz and /metrics\n"

    def _lags(self, state: str) -> "Sequence[Lag] | None":
        """None where brokers do not answer: a scrape is not kept waiting for those that the worker waits for."""
        if state != "running":
            return None
        with self._asking:
            now = time.monotonic()
            if self._known is None or now - self._known[0] > _FRESH:
                try:
                    self._known = (now, self._lag())
                except PratiqueError:
                    return None
            return self._known[1]


def metrics(flow: str, progress: "Progress | None", lags: "Sequence[Lag] | None", still: float) -> str:
    """A worker's figures in Prometheus' text format. Totals go by what is committed since the worker began."""
    of = f'flow="{flow}"'
    lines: list[str] = []

    def add(name: str, kind: str, told: str, samples: Sequence[tuple[str, float]]) -> None:
        lines.append(f"# HELP pratique_stream_{name} {told}")
        lines.append(f"# TYPE pratique_stream_{name} {kind}")
        lines.extend(f"pratique_stream_{name}{{{labels}}} {_number(value)}" for labels, value in samples)

    state = "starting" if progress is None else progress.state
    add(
        "state", "gauge", "1 for the state that the worker is in.", [(f'{of},state="{s}"', s == state) for s in _STATES]
    )
    add("step_age_seconds", "gauge", "Seconds since the worker made a step.", [(of, still)])
    if progress is not None:
        add("read_total", "counter", "Messages read.", [(of, progress.read)])
        add("written_total", "counter", "Messages written, treated.", [(of, progress.written)])
        add("quarantined_total", "counter", "Messages held in quarantine.", [(of, progress.quarantined)])
        add("transactions_total", "counter", "Transactions committed.", [(of, progress.transactions)])
        add("resumed_total", "counter", "Times that it took hold of the stream.", [(of, progress.resumed)])
        add("releases_total", "counter", "Releases made.", [(of, len(progress.releases))])
    if lags is not None:
        told = "Offsets between what is committed and the source's end."
        add("lag", "gauge", told, [(f'{of},partition="{one.partition}"', one.behind) for one in lags])
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    """All its digits: counts grow beyond those that are kept by default."""
    return repr(value) if isinstance(value, float) else str(int(value))


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One question."""

        server_version = "pratique"
        sys_version = ""
        timeout = 10

        def do_GET(self) -> None:
            """Answer it."""
            status, text = served.answer(self.path.partition("?")[0])
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", _TEXT)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """What is asked is nobody's business."""

    return Handler
