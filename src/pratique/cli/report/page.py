"""The page: one HTML file that needs nothing else, and may do nothing.

Its Content-Security-Policy lets it load nothing and run nothing; the one style sheet counts by its digest.
"""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from pratique.cli.report import know, move, plots, trust
from pratique.cli.report.html import Html, Piece, el, join
from pratique.cli.report.parts import command, faint, folded, mark, name, para, section, when
from pratique.model.catalogue import VerdictState
from pratique.pipeline.reporting import ProjectReport, Task, Urgency

MARK = "<!-- a report of Pratique -->"
"""What tells a report from any other file: its second line."""
_CHAPTERS = (
    ("work", "Open work"),
    ("types", "Personal data"),
    ("risk", "Risk"),
    ("decisions", "Decisions"),
    ("plans", "Plans"),
    ("releases", "Releases"),
    ("drift", "Drift"),
    ("quarantine", "Quarantine"),
    ("routes", "Routes"),
    ("keys", "Keys"),
    ("audit", "Audit"),
    ("about", "About"),
)
_URGENCIES = {Urgency.NOW: ("bad", "now"), Urgency.SOON: ("soon", "soon"), Urgency.LOOK: ("note", "look")}


def page(report: ProjectReport) -> str:
    """The report as an HTML document."""
    style = files("pratique.cli.report").joinpath("style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name_="color-scheme", content="light dark"),
        el("meta", name_="robots", content="noindex"),
        el("meta", name_="referrer", content="no-referrer"),
        el("title", f"{report.project}: report of {report.at[:10]}"),
        Html(f"<style>{style}</style>"),
    )
    body = el(
        "body",
        el("a", "To the report", href="#main", class_="skip"),
        plots.patterns(),
        _header(report),
        el("main", *_sections(report), id="main", tabindex="-1"),
        el("footer", para(f"Pratique {report.code}, ", when(report.at), " UTC")),
    )
    return f"<!doctype html>\n{MARK}\n{el('html', head, body, lang='en').markup}\n"


def _header(report: ProjectReport) -> Html:
    links = el("ul", [el("li", el("a", title, href=f"#{ident}")) for ident, title in _CHAPTERS])
    return el(
        "header",
        el("p", "Pratique report", class_="eyebrow"),
        el("h1", name(report.project)),
        para("As it stood at ", when(report.at), " UTC", "" if report.named else ", without names", class_="faint"),
        _tiles(report),
        el("nav", links, aria_label="Chapters"),
    )


def _tiles(report: ProjectReport) -> Html:
    looked = [one for one in report.datasets if one.scanned]
    read = [one for one in report.datasets if one.read]
    fields = sum(one.fields for one in looked)
    waiting = fields - sum(one.states.get(VerdictState.DECIDED.value, 0) for one in looked)
    able = sum(not flow.closed and flow.held_share <= flow.max_quarantine for flow in report.flows)
    whole = [audit.ok for audit in report.audits]
    log = (
        ("note", "not known" if report.problems else "none yet")
        if not whole
        else ("good", "whole")
        if all(whole)
        else ("bad", "not whole")
    )
    tiles: list[tuple[str, Piece]] = [
        ("sources scanned", f"{sum(bool(one.scanned) for one in read)} of {len(read)}"),
        ("fields", f"{fields:,}"),
        ("waiting for a decision", mark("soon", f"{waiting:,}") if waiting else mark("good", "0")),
        ("flows that could run", f"{able} of {len(report.flows)}"),
        ("releases", f"{sum(len(flow.releases) for flow in report.flows):,}"),
        ("audit log", mark(*log)),
    ]
    return el("dl", [el("div", el("dt", title), el("dd", what)) for title, what in tiles], class_="tiles")


def _sections(report: ProjectReport) -> list[Html]:
    return [
        *([_problems(report.problems)] if report.problems else []),
        _work(report.tasks),
        know.types(report),
        know.risk(report),
        know.decisions(report),
        move.plans(report),
        move.releases(report),
        know.drift(report),
        move.quarantine(report),
        trust.routes(report),
        trust.keys(report),
        trust.audit(report),
        trust.about(report),
    ]


def _problems(problems: Sequence[str]) -> Html:
    return section(
        "problems",
        "Not everything could be read",
        para(mark("bad", "What follows is missing in this report, and what rests on it.")),
        el("ul", [el("li", line) for line in problems]),
    )


def _work(tasks: Sequence[Task]) -> Html:
    if not tasks:
        return section("work", "Open work", para(mark("good", "Nothing waits for anybody.")))
    items = [
        el(
            "li",
            mark(*_URGENCIES[task.urgency]),
            el("span", " ", task.what, class_="what"),
            join(" ", command(task.command)) if task.command else "",
        )
        for task in tasks
    ]
    note = faint("Now: something is wrong or stands still. Soon: a person is waited for. Look: somebody should know.")
    return section("work", "Open work", folded("ul", items, "things to do", "work"), note)
