"""Text made safe, tables, figures."""

import io
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pratique.cli import progress
from pratique.cli.show import Cell, Column, PlainScreen, RichScreen, Screen, Style
from pratique.cli.text import count, safe, share, size

any_text = st.text(st.characters(), max_size=40)


@given(any_text)
def test_safe_text_is_one_line_of_harmless_characters(text):
    shown = safe(text)
    assert "\n" not in shown
    assert not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in {"Zl", "Zp"} for c in shown)
    shown.encode()


@given(st.text("abc äöü€漢字 [/red]:smile:{}", max_size=30))
def test_safe_text_leaves_harmless_text_alone(text):
    assert safe(text) == text


@given(any_text, any_text)
def test_the_plain_table_keeps_one_line_a_row(first, second):
    lines = printed(
        lambda: PlainScreen().table([Column("a"), Column("b", right=True)], [[first, Cell(second)], ["x", "y"]])
    )
    assert len(lines) == 3
    assert (
        lines[1] == f"{safe(first):<{max(1, len(safe(first)))}}  {safe(second):>{max(1, len(safe(second)))}}".rstrip()
    )


def printed(call: Callable[[], None]) -> list[str]:
    import contextlib

    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        call()
    return stream.getvalue().split("\n")[:-1]


def on_terminal(width: int, call: Callable[[Screen], None]) -> str:
    stream = io.StringIO()
    screen = RichScreen()
    screen._console = Console(
        file=stream,
        width=width,
        _environ={},  # whatever this process is told of its own terminal
        force_terminal=True,
        color_system="standard",
        highlight=False,
        markup=False,
        emoji=False,
    )
    call(screen)
    return stream.getvalue()


def test_a_terminal_table_fits_and_loses_nothing():
    long = "policy.default.entities.CUSTOM_CREDIT_CARD (pratique.yaml:55)"

    def call(screen):
        screen.table(
            [Column("field"), Column("rule"), Column("n", right=True)], [[Cell("a" * 70, Style.NAME), long, "1,000"]]
        )

    import re

    plain = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal(60, call))
    assert max(map(len, plain.splitlines())) <= 60
    assert plain.count("a") >= 70
    assert "1,000" in plain
    assert "55)" in plain


def test_a_terminal_never_gets_what_a_name_holds():
    out = on_terminal(
        200, lambda screen: screen.line("[red]x[/red] :smile:", Cell("\x1b]0;t\x07", Style.BAD), "\x9b2J")
    )
    assert "[red]x[/red] :smile:" in out
    assert "\x1b]0" not in out
    assert "\x07" not in out
    assert "\x9b" not in out


def test_figures():
    assert [count(n, "reject") for n in (0, 1, 40_000)] == ["0 rejects", "1 reject", "40,000 rejects"]
    assert count(2, "box", "boxes") == "2 boxes"
    assert [size(n) for n in (0, 812, 5_200_000, 7e15)] == ["0 B", "812 B", "5.2 MB", "7,000.0 TB"]
    assert [share(s) for s in (0, 0.0001, 0.125, 0.5, 0.9999, 1)] == [
        "0%",
        "< 0.1%",
        "12.5%",
        "50%",
        "> 99.9%",
        "100%",
    ]


def test_progress_of_short_work_is_silent_unless_standard_error_is_a_terminal(monkeypatch, capsys):
    with progress.bar() as silent:
        silent("x", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(progress.bar(), progress.Bar)
    monkeypatch.setenv("TERM", "dumb")
    assert not isinstance(progress.bar(), progress.Bar)


def test_a_bar_takes_any_order_of_calls_and_hostile_labels(capsys):
    bar = progress.Bar()
    bar.close()
    with bar:
        bar("scan \x1b[2J[red]", 0, None)
        bar("scan \x1b[2J[red]", 10, 100)
        bar("other", 5, 0)
    bar.close()
    assert "\x1b[2J" not in capsys.readouterr().err


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_plain_lines_come_now_and_then_and_say_how_fast_and_how_long(capsys):
    clock = Clock()
    with progress.Lines(clock) as lines:
        for second in range(12):
            lines("treat and gate", second * 1_000_000, 20_000_000)
            clock.now += 1
    assert capsys.readouterr().err.splitlines() == [
        "treat and gate: 5.0 MB of 20.0 MB (25 %), 1.0 MB/s, 0:15 left",
        "treat and gate: 10.0 MB of 20.0 MB (50 %), 1.0 MB/s, 0:10 left",
        "treat and gate: done, 11.0 MB in 0:12, 916.7 kB/s",
    ]


def test_lines_that_nobody_asked_for_are_of_long_work_only_and_few(capsys):
    clock = Clock()
    with progress.Lines(clock, asked=False) as lines:
        for label, seconds in (("read inputs", 29), ("treat and gate", 70)):
            for second in range(seconds):
                lines(label, second * 1_000_000, 100_000_000)
                clock.now += 1
    assert capsys.readouterr().err.splitlines() == [
        "treat and gate: 30.0 MB of 100.0 MB (30 %), 1.0 MB/s, 1:10 left",
        "treat and gate: 60.0 MB of 100.0 MB (60 %), 1.0 MB/s, 0:40 left",
        "treat and gate: done, 69.0 MB in 1:10, 985.7 kB/s",
    ]


def test_what_failed_is_not_called_done(capsys):
    def fail() -> None:
        with progress.Lines() as lines:
            lines("scan", 1, 2)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert capsys.readouterr().err == ""


def test_a_rate_follows_the_last_while_and_time_left_is_never_made_up():
    clock = Clock()
    rate = progress.Rate(clock)
    assert rate.left(0, 10) is None
    for second in range(100):
        rate.take(1000 * second if second < 50 else 50_000 + 10 * (second - 50))
        clock.now += 1
    assert 9 <= rate.speed <= 11
    assert rate.left(50_500, None) is None
    assert rate.left(100, 50) == 0


def test_a_clock_that_stands_or_goes_back_harms_nothing():
    clock = Clock()
    rate = progress.Rate(clock)
    for step in (0, 0, -50, 0):
        clock.now += step
        rate.take(5)
    assert rate.speed == 0


@pytest.mark.parametrize(
    ("terminal", "name", "expected"),
    [(True, "xterm", progress.Bar), (True, "dumb", progress.Lines), (False, "xterm", progress.Lines)],
)
def test_progress_fits_what_standard_error_is(monkeypatch, terminal, name, expected):
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    monkeypatch.setenv("TERM", name)
    assert type(progress.bar()) is expected
    assert type(progress.bar(progress.Kind.PLAIN)) is progress.Lines
    assert type(progress.bar(progress.Kind.NONE)) is progress.Progress
