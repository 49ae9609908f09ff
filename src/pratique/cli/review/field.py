"""The screen of one field: why it is here, what was seen, what happens to it now, what each decision would change."""

from pratique.cli.review.bulk import AlikeMenu, alike_groups
from pratique.cli.review.deciding import choose, option_lines, take
from pratique.cli.review.frame import Line, columns, cut, flow, line, shortened, sides, width_of, wrap
from pratique.cli.review.lists import EndView, HelpView, ListView
from pratique.cli.review.prompt import NewReason, SearchPrompt
from pratique.cli.review.session import Session, View
from pratique.cli.review.words import (
    RISKS,
    address,
    decision_line,
    held,
    joins_words,
    outcome_words,
    seen_words,
    state_words,
    type_row,
)
from pratique.cli.show import Cell, Style
from pratique.cli.text import count, share
from pratique.model.catalogue import DecisionKind
from pratique.model.schema import Kind
from pratique.pipeline.reviewing import ReviewItem

_TYPES = 4
_SHAPES = 6
_LOOKS = 2
"""Lines, on the short screen, of what may be long."""
_LABEL = 11
_KEYS = {DecisionKind.CONFIRM: "c", DecisionKind.REJECT: "x", DecisionKind.NOT_PERSONAL: "n", DecisionKind.SET: "t"}


def home() -> View:
    """The view that a session goes back to."""
    return FieldView()


class FieldView(View):
    """One field."""

    deciding = frozenset("cxntu")

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The field, so that what matters is above what may be cut off."""
        item = session.item
        if item is None:
            return EndView().draw(session, width, height)
        body = _whole(session, item, width, short=True)
        while len(body) > height and [] in body:
            body.remove([])  # space gives way before words do
        if len(body) > height:
            more = line(Cell(f"{len(body) - height + 1} more lines: d shows all", Style.ATTENTION))
            return [*body[: height - 1], more]
        return body

    def keys(self, session: Session) -> str:
        """Its keys."""
        if session.item is None:
            return EndView().keys(session)
        return (
            "c confirm  x not this type  n not personal  t set types  a all alike\n"
            "space next  b back  u undo  / find  l list  d details  r reason  ? help  q quit"
        )

    def press(self, session: Session, key: str) -> None:
        """One key, one thing."""
        item = session.item
        if item is None:
            EndView().press(session, key)
            return
        match key:
            case "a":
                session.view = AlikeMenu(item)
            case "d":
                session.view = DetailView()
            case _:
                if not choose(session, key, [item], take):
                    travel(session, key)


_MOVES = {
    **dict.fromkeys((" ", "right", "j", "enter", "down"), Session.forward),
    **dict.fromkeys(("left", "b", "k", "up", "backspace"), Session.back),
    **dict.fromkeys(("home", "g"), Session.first),
    "u": Session.undo,
}


def travel(session: Session, key: str) -> None:
    """The keys that decide nothing."""
    if key in _MOVES:
        _MOVES[key](session)
        return
    match key:
        case "/":
            session.view = SearchPrompt(session)
        case "l":
            session.view = ListView(session)
        case "r":
            session.view = NewReason(session)
        case "?" | "h" | "f1":
            session.view = HelpView()
        case "q" | "esc":
            _leave(session, key)
        case _:
            session.say("that key does nothing here; ? shows those that do", Style.ATTENTION)


def _leave(session: Session, key: str) -> None:
    if key == "q":
        session.over = True
    elif session.found is not None:
        session.found, session.query = None, ""
        session.say("all fields again")
    else:
        session.say("q leaves the review; all that was decided is saved")


# --- what is shown ----------------------------------------------------------------------------------------------------


class DetailView(View):
    """All that is known of the field, however long; decisions too."""

    def __init__(self) -> None:
        self._from = 0
        self._page = 1

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """From where it was scrolled to."""
        item = session.item
        if item is None:
            return []
        body = _whole(session, item, width, short=False)
        self._page = max(1, height - 2)
        self._from = max(0, min(self._from, len(body) - height))
        below = len(body) - self._from - height
        if below <= 0:
            return body[self._from :]
        more = line(Cell(f"… {count(below + 1, 'line')} below", Style.FAINT))
        return [*body[self._from : self._from + height - 1], more]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "up/down, PgUp/PgDn scroll   Esc back to the field"

    def press(self, session: Session, key: str) -> None:
        """Scroll, or leave."""
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pgdn": self._page, " ": self._page, "pgup": -self._page}
        if key in steps:
            self._from = max(0, self._from + steps[key])
        else:
            session.go_home()


def _whole(session: Session, item: ReviewItem, width: int, *, short: bool) -> list[Line]:
    return [
        *_head(item, width, short=short),
        *_seen(session, item, width, short=short),
        *_now(item, width, short=short),
        *_options(session, item, width),
        *_alike(session, item, width),
        *_why(session, width, short=short),
        *_history(item, width, short=short),
    ]


def _label(text: str) -> Line:
    return line(Cell(f"{text:<{_LABEL}}", Style.FAINT))


def _head(item: ReviewItem, width: int, *, short: bool) -> list[Line]:
    words, style = RISKS[item.rank.risk]
    kinds = " or ".join(kind.value for kind in item.kinds if kind is not Kind.NULL) or "only null"
    name = line(Cell(address(item), Style.STRONG), Cell(f"  {kinds}", Style.FAINT))
    risk = line(Cell(words, style))
    body = [sides(name, risk, width)]
    if not short and width_of(name) + 2 + width_of(risk) > width:
        body = [*wrap(Cell(address(item), Style.STRONG), width), line(Cell(f"{kinds}  ", Style.FAINT), *risk)]
    body += wrap(item.rank.why, width, first=_label("why here"), indent=_LABEL)
    body += wrap(f"{held(item.verdict)} - {state_words(item)}", width, first=_label("held to be"), indent=_LABEL)
    if item.verdict.waived:
        body += wrap(f"not {', '.join(item.verdict.waived)} (rejected)", width, first=_label(""), indent=_LABEL)
    for note in item.verdict.notes:
        if note != item.rank.why:
            body += wrap(Cell(note, Style.ATTENTION), width, first=_label(""), indent=_LABEL)
    return [*body, []]


def _seen(session: Session, item: ReviewItem, width: int, *, short: bool) -> list[Line]:
    body = wrap(seen_words(item), width, first=_label("seen"), indent=_LABEL)
    types = item.evidence.types[:_TYPES] if short else item.evidence.types
    body += [[*_label(""), *row] for row in columns([type_row(t) for t in types], width - _LABEL)]
    if len(item.evidence.types) > len(types):
        body.append([*_label(""), Cell(f"and {len(item.evidence.types) - len(types)} types more")])
    if item.evidence.date_formats:
        body += wrap("dates like " + " or ".join(item.evidence.date_formats), width, first=_label(""), indent=_LABEL)
    return [*body, *_looks(session, item, width, short=short), []]


def _looks(session: Session, item: ReviewItem, width: int, *, short: bool) -> list[Line]:
    seen = session.desk.shapes(item.dataset)
    found = seen.fields.get(item.path)
    if found is None:
        problem = seen.problem or "no shape of it was read"
        lines = wrap(Cell(problem, Style.FAINT), width, first=_label("looks like"), indent=_LABEL)
        return shortened(lines, _LOOKS, width) if short else lines
    filled = max(1, found.values - found.nulls)
    parts = [f"{s.shape or 'empty'} ({share(s.count / filled)})" for s in found.shapes[: _SHAPES if short else None]]
    hidden = len(found.shapes) - len(parts)
    if hidden:
        parts.append(f"{hidden} more")
    if found.rare:
        parts.append(f"rare shapes ({share(found.rare / filled)})")
    lines = flow(parts or ["(no value)"], width, style=Style.NAME, first=_label("looks like"), indent=_LABEL)
    return shortened(lines, _LOOKS, width) if short else lines


def _now(item: ReviewItem, width: int, *, short: bool) -> list[Line]:
    body: list[Line] = []
    for outcome in item.outcomes:
        label = _label("now" if not body else "")
        joined = f"; joins with {count(len(outcome.joins), 'field')}" if outcome.joins else ""
        where = f"flow {outcome.flow}" + (f" ({outcome.route})" if outcome.route else "")
        problem = f"; keeps the flow closed: {outcome.problem}" if outcome.problem and outcome.treatment else ""
        text = f"{where}: {outcome_words(outcome)}{joined}{problem}"
        rule = f", by {outcome.rule}" if not short and outcome.rule else ""
        body += wrap(text + rule, width, first=label, indent=_LABEL)
        for words in () if short else joins_words(outcome.joins):
            body += wrap(Cell(words, Style.FAINT), width, first=[*_label(""), Cell("  ")], indent=_LABEL + 4)
    return [*body, []] if body else []


def _options(session: Session, item: ReviewItem, width: int) -> list[Line]:
    options = session.desk.options(item)
    rejects = [o for o in options if o.kind is DecisionKind.REJECT]
    shown = [o for o in options if o.kind is not DecisionKind.REJECT] if len(rejects) > 1 else options
    body: list[Line] = []
    for option in shown:
        if option.kind is DecisionKind.NOT_PERSONAL and len(rejects) > 1:
            body.append(cut(line(Cell("x  ", Style.STRONG), "not one of these types (asks which)"), width))
        body += option_lines(session, _KEYS[option.kind], option, width)
    return body


def _alike(session: Session, item: ReviewItem, width: int) -> list[Line]:
    counts = [(by, len(items)) for by, items in alike_groups(session, item).items()]
    if all(number < 2 for _, number in counts):  # noqa: PLR2004 (itself and another)
        return []
    words = ", ".join(f"{number - 1} by {by.value}" for by, number in counts if number > 1)
    start = line(Cell("a  ", Style.STRONG))
    return wrap(Cell(f"others that wait and are alike: {words}", Style.FAINT), width, first=start, indent=3)


def _why(session: Session, width: int, *, short: bool) -> list[Line]:
    """The reasons that keys would be taken with, without asking."""
    says, parts = "reasons in use: ", [f'{_KEYS[kind]} "{reason}"' for kind, reason in session.reasons.items()]
    if session.next_reason:
        says, parts = "reason of the next decision: ", [f'"{session.next_reason}"']
    if not parts:
        return []
    start = line(Cell("r  ", Style.STRONG), Cell(says, Style.FAINT))
    lines = flow(parts, width, style=Style.FAINT, first=start, indent=5)
    return shortened(lines, _LOOKS, width) if short else lines


def _history(item: ReviewItem, width: int, *, short: bool) -> list[Line]:
    if not item.decisions:
        return []
    if short:
        newest = wrap(decision_line(item.decisions[-1]), width, first=_label("decided"), indent=_LABEL)
        return shortened(newest, _LOOKS, width)
    body: list[Line] = [[]]
    for decision in reversed(item.decisions):
        body += wrap(decision_line(decision), width, first=_label("decisions" if len(body) == 1 else ""), indent=_LABEL)
    return body
