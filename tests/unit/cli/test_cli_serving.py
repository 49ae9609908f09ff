"""What a stream's worker says of itself: metrics, health, lines of JSON. No socket is opened here."""

import json

import pytest

from pratique.cli import serving
from pratique.cli.serving import Lines, Served, metrics
from pratique.errors import ConfigError, SourceError
from pratique.pipeline.results import Lag
from pratique.pipeline.streaming import Progress

LAGS = [Lag("channel", 0, 5, 12, 5, 5, 0), Lag("channel", 1, None, 3, 0, 0, 0)]


def served(lag=lambda: LAGS):
    """One that listens nowhere."""
    found = object.__new__(Served)
    found._flow, found._lag, found._progress, found._known = "channel", lag, None, None
    found._beat = serving.time.monotonic()
    found._asking = serving.threading.Lock()
    return found


def test_metrics_are_prometheus_text_of_what_was_counted():
    progress = Progress(state="running", read=12, written=10, quarantined=2, transactions=3, resumed=1, releases=[1, 2])
    lines = metrics("channel", progress, LAGS, 0.25).splitlines()
    samples = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert samples['pratique_stream_read_total{flow="channel"}'] == "12"
    assert samples['pratique_stream_quarantined_total{flow="channel"}'] == "2"
    assert samples['pratique_stream_releases_total{flow="channel"}'] == "2"
    assert samples['pratique_stream_lag{flow="channel",partition="0"}'] == "7"
    assert samples['pratique_stream_lag{flow="channel",partition="1"}'] == "3"
    assert samples['pratique_stream_state{flow="channel",state="running"}'] == "1"
    assert samples['pratique_stream_state{flow="channel",state="waiting"}'] == "0"
    named = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {name.partition("{")[0] for name in samples} == named


def test_large_counts_are_written_out():
    progress = Progress(state="running", read=123_456_789)
    assert 'pratique_stream_read_total{flow="channel"} 123456789\n' in metrics("channel", progress, None, 0)


def test_ready_only_while_it_treats_and_healthy_while_it_makes_steps():
    watch = served()
    assert watch.answer("/readyz") == (503, "starting\n")
    watch.tell(Progress(state="waiting", why="cluster eu: the brokers do not answer"))
    assert watch.answer("/readyz") == (503, "waiting: cluster eu: the brokers do not answer\n")
    assert watch.answer("/healthz") == (200, "ok\n")
    watch.tell(Progress(state="running"))
    assert watch.answer("/readyz") == (200, "ok\n")
    watch._beat -= serving.STILL + 1
    assert watch.answer("/healthz")[0] == 503
    assert watch.answer("/nothing")[0] == 404


def test_brokers_are_asked_for_lag_only_while_they_answer_and_not_at_every_scrape():
    asked = []

    def lags():
        asked.append(1)
        return LAGS

    watch = served(lags)
    watch.tell(Progress(state="waiting"))
    assert "lag" not in watch.answer("/metrics")[1]
    watch.tell(Progress(state="running"))
    assert all('lag{flow="channel",partition="0"} 7' in watch.answer("/metrics")[1] for _ in range(3))
    assert len(asked) == 1

    def silent():
        raise SourceError("the brokers do not answer")

    watch = served(silent)
    watch.tell(Progress(state="running"))
    status, text = watch.answer("/metrics")
    assert status == 200
    assert "stream_lag" not in text


@pytest.mark.parametrize("address", ["9464", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999", ":1"])
def test_what_is_no_address_is_refused_before_anything_starts(address):
    with pytest.raises(ConfigError, match="HOST:PORT"):
        Served("channel", address, list)


def test_lines_tell_of_changes_and_releases(capsys):
    lines = Lines("channel", every=3600)
    progress = Progress(state="starting")
    lines(progress)
    progress.state = "running"
    lines(progress)
    progress.read = 7
    lines(progress)
    progress.releases.append(4)
    lines(progress)
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(one["event"], one["state"]) for one in told] == [
        ("state", "starting"),
        ("state", "running"),
        ("release", "running"),
    ]
    assert told[-1]["release"] == 4
    assert told[-1]["read"] == 7
    assert all(one["flow"] == "channel" for one in told)
