"""Plots: shares as a bar of patterns, and a share over releases. Each says in words what it shows."""

from collections.abc import Sequence

from pratique.cli.report.html import Html, el, join
from pratique.cli.text import share
from pratique.pipeline.reporting import Exposure, ReleaseRow

_TILE = 8
"""Side of a pattern's tile, in pixels."""
_WIDE, _HIGH, _LEFT, _TOP, _BOTTOM = 320, 110, 44, 12, 22
_HALF = 28
"""Half the width of a word below."""
_MOST = 40
"""The newest releases that are drawn."""

_STRIPES = {
    Exposure.IN_CLEAR: "",
    Exposure.CLOSES: "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    Exposure.HELD: "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    Exposure.TEXT: "M0 0L8 8M0 8L8 0",
    Exposure.PROPOSED: "M0 2H8M0 6H8",
    Exposure.KEPT: "M2 0V8M6 0V8",
    Exposure.TREATED: "M4 3V5M3 4H5",
    Exposure.GONE: "",
}
"""What is drawn over the ground of each; the first is full, the last is empty."""


def key_of(exposure: Exposure) -> str:
    """The name of its pattern and of its colours."""
    return exposure.name.lower().replace("_", "-")


def patterns() -> Html:
    """The patterns that bars are filled with, once a page."""
    made = [
        el(
            "pattern",
            el("rect", width=_TILE, height=_TILE, class_=f"ground {key_of(exposure)}"),
            el("path", d=lines, class_=f"stripe {key_of(exposure)}") if lines else "",
            id=f"p-{key_of(exposure)}",
            width=_TILE,
            height=_TILE,
            patternUnits_="userSpaceOnUse",
        )
        for exposure, lines in _STRIPES.items()
    ]
    return el("svg", el("defs", made), class_="defs", width=0, height=0, aria_hidden="true", focusable="false")


def swatch(exposure: Exposure) -> Html:
    """The pattern in a small square."""
    inner = el("rect", width="100%", height="100%", fill=f"url(#p-{key_of(exposure)})", class_="piece")
    return el("svg", inner, class_="swatch", width=14, height=14, aria_hidden="true", focusable="false")


def stacked(counts: Sequence[tuple[Exposure, int]], said: str) -> Html:
    """Shares of a whole, side by side."""
    whole = sum(number for _, number in counts)
    pieces, at = [], 0.0
    for exposure, number in counts:
        width = 100 * number / whole
        fill = f"url(#p-{key_of(exposure)})"
        pieces.append(el("rect", x=f"{at:.3f}%", width=f"{width:.3f}%", height="100%", fill=fill, class_="piece"))
        at += width
    return el("svg", el("title", said), pieces, class_="bar", role="img", aria_label=said, width="100%", height=20)


def over_releases(flow: str, releases: Sequence[ReleaseRow]) -> Html:
    """The share of records in quarantine, release by release, beside what is allowed."""
    shown = releases[-_MOST:]
    shares = [row.held / row.read if row.read else 0.0 for row in shown]
    allowed = [row.max_quarantine for row in shown]
    top = max([0.01, *shares, *(limit for limit in allowed if limit is not None)]) * 1.1
    step = (_WIDE - _LEFT - 8) / len(shown)

    def y(value: float) -> float:
        return round(_TOP + (_HIGH - _TOP - _BOTTOM) * (1 - value / top), 2)

    drawn: list[Html] = []
    for n, (value, limit) in enumerate(zip(shares, allowed, strict=True)):
        width = round(min(step * 0.7, 40), 2)
        left = round(_LEFT + (n + 0.5) * step - width / 2, 2)
        drawn.append(el("rect", x=left, y=y(value), width=width, height=round(y(0) - y(value), 2), class_="column"))
        if limit is not None:
            ends = {"x1": round(_LEFT + n * step, 2), "x2": round(_LEFT + (n + 1) * step, 2)}
            drawn.append(el("line", y1=y(limit), y2=y(limit), class_="limit", **ends))
    axis = el("line", x1=_LEFT, x2=_WIDE - 8, y1=y(0), y2=y(0), class_="axis")
    words = [_word(_LEFT - 6, y(0) + 3, "0%", "end"), *_levels(shares, allowed, y)]
    words.append(_word(*_under(0, len(shown), step), f"release {shown[0].sequence}", "middle"))
    if len(shown) > 1:
        words.append(_word(*_under(len(shown) - 1, len(shown), step), f"release {shown[-1].sequence}", "middle"))
    said = f"Share of records in quarantine in flow {flow}"
    ident = f"plot-{len(shown)}-{shown[-1].run[:12]}"
    told = "; ".join(f"release {row.sequence}: {share(value)}" for row, value in zip(shown, shares, strict=True))
    limit = allowed[-1]
    told += "" if limit is None else f". The newest release was allowed {share(limit)}."
    return el(
        "svg",
        el("title", said, id=f"{ident}-title"),
        el("desc", told, id=f"{ident}-desc"),
        drawn,
        axis,
        words,
        viewBox_=f"0 0 {_WIDE} {_HIGH}",
        role="img",
        aria_labelledby=f"{ident}-title {ident}-desc",
        class_="plot",
    )


def _under(n: int, whole: int, step: float) -> tuple[float, float]:
    """Where the word below a column stands: in its middle, and never over the edge."""
    middle = _LEFT + (n + 0.5) * step
    return min(max(middle, _LEFT + _HALF), _WIDE - 8 - _HALF) if whole > 1 else middle, _HIGH - 6


def _levels(shares: Sequence[float], allowed: Sequence[float | None], y: "object") -> list[Html]:
    """The largest share and the newest limit, at their heights; the limit gives way where they would overlap."""
    assert callable(y)
    largest, limit = max(shares), allowed[-1]
    near = 11
    words = []
    if limit is not None:
        words.append((y(limit), share(limit)))
    if largest and all(abs(y(largest) - at) >= near for at, _ in words) and y(0) - y(largest) >= near:
        words.append((y(largest), share(largest)))
    return [_word(_LEFT - 6, at + 3, text, "end") for at, text in words]


def _word(x: float, y: float, text: str, anchor: str) -> Html:
    return el("text", text, x=round(x, 2), y=round(y, 2), text_anchor=anchor)


def legend(exposures: Sequence[tuple[Exposure, str]]) -> Html:
    """What each pattern stands for."""
    items = [
        join(el("dt", swatch(exposure), " ", exposure.value), el("dd", meaning)) for exposure, meaning in exposures
    ]
    return el("dl", items, class_="legend")
