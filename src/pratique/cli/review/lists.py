"""The queue as a list, the help, and what there is when nothing is left to decide."""

from pratique.cli.review.frame import Line, columns, line, window, wrap
from pratique.cli.review.session import Session, View
from pratique.cli.review.words import RISKS, address, held
from pratique.cli.show import Cell, Style
from pratique.cli.text import count

_HELP = (
    ("c", "confirm: all the types that the field is held to be are right"),
    ("x", "not this type, whatever a detector says (loosens: counts only signed)"),
    ("n", "no personal data in this field (loosens)"),
    ("t", "set the types (loosens where one that is proposed is not among them)"),
    ("a", "one decision for all fields that are alike; you see them first"),
    ("u", "take back what was decided last here; both stay on record"),
    ("space", "the next field that waits; this one waits on"),
    ("b", "the field before, decided or not"),
    ("Home", "the queue in order again, from its first field"),
    ("/", "find: only fields that match; Esc shows all again"),
    ("l", "the queue as a list"),
    ("d", "all that is known of the field: types, rules, joins, decisions"),
    ("r", "another reason, for the next decision and then for others of its kind; you are asked once for each"),
    ("q", "leave; what was decided is saved, and next time you go on here"),
)
_ORDER = (
    "The order: what would pass in clear; what newer evidence speaks against; what keeps a flow closed; what holds "
    "records back, most records first; what is treated, weakest treatment first."
)


class HelpView(View):
    """What the keys do."""

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """Keys, then the order of the queue."""
        del session
        body: list[Line] = []
        for key, says in _HELP:
            body += wrap(says, width, first=line(Cell(f"{key:<7}", Style.STRONG)), indent=7) if key else [[]]
        body += [[], *wrap(Cell(_ORDER, Style.FAINT), width)]
        return body[:height]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "any key goes back to the field"

    def press(self, session: Session, key: str) -> None:
        """Leave."""
        del key
        session.go_home()


class ListView(View):
    """The queue, one field a line."""

    def __init__(self, session: Session) -> None:
        self._names = [name for name in session.order if session.shown(name)]
        here = session.order[session.at] if session.at < len(session.order) else None
        self._at = self._names.index(here) if here in self._names else 0
        self._page = 1

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """A page of it, around the cursor."""
        places, more = window(self._at, len(self._names), height)
        self._page = max(1, height - 1)
        rows: list[list[str | Cell]] = []
        for at in places:
            item = session.desk.item(self._names[at])
            if item is None:
                continue
            words, style = RISKS[item.rank.risk]
            mark, bold = ("> ", Style.STRONG) if at == self._at else ("  ", Style.PLAIN)
            rows.append([Cell(f"{mark}{address(item)}", bold), Cell(words.lower(), style), held(item.verdict)])
        return [*columns(rows, width), *more]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "up/down, PgUp/PgDn, Home, End   Enter goes to the field   / find   Esc leaves"

    def press(self, session: Session, key: str) -> None:
        """Move, or go there."""
        from pratique.cli.review.prompt import SearchPrompt  # noqa: PLC0415 (only here)

        last = max(0, len(self._names) - 1)
        steps = {"down": 1, "j": 1, " ": self._page, "up": -1, "k": -1, "pgdn": self._page, "pgup": -self._page}
        steps |= {"home": -last, "end": last}
        if key in steps:
            self._at = min(max(self._at + steps[key], 0), last)
        elif key == "enter" and self._names:
            session.go_to(self._names[self._at])
        elif key == "/":
            session.view = SearchPrompt(session)
        elif key in ("esc", "q", "l", "left"):
            session.go_home()
        else:
            session.say("Enter goes to the field, Esc leaves", Style.ATTENTION)


class EndView(View):
    """The end of the queue: what still waits, and which flows can run."""

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """Figures, and flows."""
        waiting = session.open_names()
        if session.found is not None:
            matching = sum(session.shown(name) for name in waiting)
            says = f"No more fields that match /{session.query}: {matching} of them to decide, {len(waiting)} in all."
        elif waiting:
            says = f"The end of the queue: {count(len(waiting), 'field')} to decide that you passed over."
        else:
            says = "Every field is decided."
        body = [*wrap(Cell(says, Style.ATTENTION if waiting else Style.GOOD), width), []]
        for flow in session.desk.flows():
            state = Cell("open", Style.GOOD) if flow.open else Cell("closed", Style.BAD)
            why = flow.closed
            if not why and not flow.open:
                why = f"{count(flow.held, 'field')} would hold back more of the records than it allows"
            elif not why:
                why = f"records would be {flow.data_class}"
                why += f"; {count(flow.held, 'field')} hold records back" if flow.held else ""
            start = line(Cell("flow ", Style.FAINT), flow.flow, Cell(": ", Style.FAINT), state, "  ")
            body += wrap(Cell(why, Style.FAINT), width, first=start, indent=4)
        return body[:height]

    def keys(self, session: Session) -> str:
        """Its keys."""
        if session.found is not None:
            return "Esc shows all fields again   u undo   b back   l list   q quit"
        first = "Home goes to those that wait   " if session.open_names() else ""
        return f"{first}u undo   b back   l list   q quit"

    def press(self, session: Session, key: str) -> None:
        """The same keys as on a field, but for decisions."""
        from pratique.cli.review.field import travel  # noqa: PLC0415 (it shows this)

        if key == "esc" and session.found is not None:
            session.found, session.query = None, ""
            session.first()
        elif key in (" ", "enter", "right", "j", "down"):
            if session.open_names():
                session.first()
            else:
                session.say("nothing is left to decide; q leaves")
        else:
            travel(session, key)
