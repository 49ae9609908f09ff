"""One decision on several fields: those that are alike, shown before it is taken, and marked as bulk."""

from collections import Counter
from collections.abc import Sequence

from pratique.catalogue.alike import Alike, likeness
from pratique.cli.review.deciding import choose, take
from pratique.cli.review.frame import Line, columns, line, window, wrap
from pratique.cli.review.session import Session, View
from pratique.cli.review.words import address, choices_words, held, option_effects
from pratique.cli.show import Cell, Style
from pratique.cli.text import count, share
from pratique.model.schema import Kind
from pratique.pipeline.reviewing import Choice, ReviewItem
from pratique.policy.outlook import FlowState

_MENU = {"n": Alike.NAME, "t": Alike.TYPES, "f": Alike.FAMILIES, "e": Alike.EVIDENCE}
_SAYS = {
    Alike.NAME: "of the same name",
    Alike.TYPES: "held to be the same",
    Alike.FAMILIES: "held to be of the same families of types",
    Alike.EVIDENCE: "with the same types at about the same shares, and values of the same kind",
}


def alike(session: Session, item: ReviewItem, by: Alike) -> list[ReviewItem]:
    """The fields that wait and are alike, ``item`` first."""

    def likeness_of(of: ReviewItem) -> tuple[object, ...]:
        return likeness(by, of.path, of.kinds, of.evidence, of.verdict, session.desk.families)

    wanted = likeness_of(item)
    others = [session.desk.item(name) for name in session.open_names() if name != item.name]
    return [item, *(other for other in others if other is not None and likeness_of(other) == wanted)]


def alike_groups(session: Session, item: ReviewItem) -> dict[Alike, list[ReviewItem]]:
    """The fields that are alike in each way; by families only where that makes more than by types."""
    groups = {by: alike(session, item, by) for by in Alike}
    if len(groups[Alike.FAMILIES]) == len(groups[Alike.TYPES]):
        del groups[Alike.FAMILIES]
    return groups


class AlikeMenu(View):
    """Alike in what?"""

    def __init__(self, item: ReviewItem) -> None:
        self._item = item

    def _groups(self, session: Session) -> dict[str, tuple[str, list[ReviewItem]]]:
        ways = alike_groups(session, self._item)
        groups = {key: (_SAYS[by], ways[by]) for key, by in _MENU.items() if by in ways}
        if session.found is not None:
            found = [session.desk.item(n) for n in session.open_names() if session.shown(n)]
            groups["s"] = (f"found by /{session.query}", [i for i in found if i is not None])
        return groups

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The groups, with their sizes."""
        del height
        body = [
            line("Decide on several fields at once: those that wait and are alike to"),
            line(Cell(address(self._item), Style.STRONG), f"  {held(self._item.verdict)}"),
            [],
        ]
        for key, (says, items) in self._groups(session).items():
            body += wrap(
                f"{count(len(items), 'field')} {says}", width, first=line(Cell(f"{key}  ", Style.STRONG)), indent=3
            )
        note = (
            "You see them all before anything is decided. A decision on several fields counts as taken in bulk, and a "
            "release says how many of its fields rest on such."
        )
        return [*body, [], *wrap(Cell(note, Style.FAINT), width)]

    def keys(self, session: Session) -> str:
        """Its keys."""
        return f"{' '.join(self._groups(session))} shows these fields   Esc leaves"

    def press(self, session: Session, key: str) -> None:
        """A group, or back."""
        groups = self._groups(session)
        if key in ("esc", "q", "a"):
            session.go_home()
        elif key in groups:
            says, items = groups[key]
            if len(items) > 1:
                session.view = BulkList(says, items)
            else:
                session.say("there is no other field in this group", Style.ATTENTION)
        else:
            session.say("press one of the letters on the left, or Esc", Style.ATTENTION)


class BulkList(View):
    """The fields of a group; one decision for those that are marked."""

    def __init__(self, says: str, items: list[ReviewItem]) -> None:
        self._says = says
        self._items = items
        self._marked = {item.name for item in items}
        self._at = 0
        self._page = 1

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """Marked and unmarked fields, around the cursor."""
        body = [
            *wrap(f"{count(len(self._items), 'field')} {self._says}; {len(self._marked)} marked", width),
            [],
        ]
        places, more = window(self._at, len(self._items), height - len(body))
        self._page = max(1, height - len(body) - 1)
        rows: list[list[str | Cell]] = []
        for at in places:
            item = self._items[at]
            mark = f"{'>' if at == self._at else ' '} [{'x' if item.name in self._marked else ' '}] "
            name = Cell(mark + address(item), Style.STRONG if at == self._at else Style.PLAIN)
            rows.append([name, held(item.verdict), Cell(_looks(session, item), Style.FAINT)])
        return [*body, *columns(rows, width, widest=46), *more]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return (
            "on all marked: c confirm  x not this type  n not personal  t set types\n"
            "space marks or unmarks   m all or none   up/down, PgUp/PgDn   Esc leaves"
        )

    def press(self, session: Session, key: str) -> None:
        """Move, mark, decide."""
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pgdn": self._page, "pgup": -self._page}
        steps |= {"home": -len(self._items), "end": len(self._items)}
        if key in steps:
            self._at = min(max(self._at + steps[key], 0), len(self._items) - 1)
        elif key == " ":
            self._marked ^= {self._items[self._at].name}
            self._at = min(self._at + 1, len(self._items) - 1)
        elif key == "m":
            self._marked = set() if self._marked else {item.name for item in self._items}
        elif key in ("esc", "q"):
            session.go_home()
        else:
            self._decide(session, key)

    def _decide(self, session: Session, key: str) -> None:
        items = [item for item in self._items if item.name in self._marked]
        if not items:
            session.say("no field is marked: space marks one, m all", Style.ATTENTION)
        elif not choose(session, key, items, self._show):
            session.say("that key does nothing here", Style.ATTENTION)

    def _show(self, session: Session, choices: Sequence[Choice]) -> None:
        session.view = BulkConfirm(self, choices)


def _looks(session: Session, item: ReviewItem) -> str:
    """Its kind of value, and its commonest shape."""
    kinds = " or ".join(kind.value for kind in item.kinds if kind is not Kind.NULL) or "only null"
    found = session.desk.shapes(item.dataset).fields.get(item.path)
    if found is None:
        return kinds
    if not found.shapes:
        return f"{kinds} rare shapes" if found.rare else kinds
    part = share(found.shapes[0].count / max(1, found.values - found.nulls))
    return f"{kinds} {found.shapes[0].shape} ({part})"


class BulkConfirm(View):
    """What a bulk decision would change, before it is taken."""

    deciding = frozenset({"enter", "r"})

    def __init__(self, before: BulkList, choices: Sequence[Choice]) -> None:
        self._before = before
        self._choices = choices
        self._effects: list[tuple[str, int]] | None = None
        self._flows: list[tuple[FlowState, FlowState]] = []
        self._loosens = 0

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """How many fields, and what becomes of them."""
        what = choices_words(self._choices)
        body = [line(Cell(f"{what}: {count(len(self._choices), 'field')}, in bulk", Style.STRONG)), []]
        for words, number in self._gather(session):
            body += wrap(words, width, first=line(Cell(f"{number:>5}  ", Style.FAINT)), indent=7)
        for before, after in self._flows:
            if before.open != after.open:
                words = f"flow {after.flow} {'opens' if after.open else 'closes'}"
                body += wrap(Cell(words, Style.GOOD if after.open else Style.BAD), width, first=line(" " * 7), indent=7)
        if self._loosens:
            signed = "it is signed" if session.desk.signs else "it needs --as STEWARD"
            text = f"It loosens {count(self._loosens, 'field')}: {signed}."
            body += [[], *wrap(Cell(text, Style.ATTENTION), width)]
        if reason := session.reason_for(self._choices[0].kind):
            body += [[], *wrap(f'"{reason}"', width, first=line(Cell("why: ", Style.STRONG)), indent=5)]
        body += [[], *wrap(Cell(", ".join(address(choice.item) for choice in self._choices), Style.FAINT), width)]
        if len(body) > height:
            return [*body[: height - 1], line(Cell("… (Esc shows the list)", Style.ATTENTION))]
        return body

    def _gather(self, session: Session) -> list[tuple[str, int]]:
        if self._effects is None:
            found: Counter[str] = Counter()
            options = [(c.item, session.desk.what_if(c.item, c.kind, c.entities)) for c in self._choices]
            self._flows = session.desk.flows_after(options)
            self._loosens = sum(option.loosens for _, option in options)
            for _, option in options:
                found.update({words for _, words in option_effects(option, flows=False)})
            self._effects = found.most_common()
        return self._effects

    def keys(self, session: Session) -> str:
        """Its keys."""
        reason = session.reason_for(self._choices[0].kind)
        return f"Enter decides{'   r with another reason' if reason else ' and asks why'}   Esc back to the list"

    def press(self, session: Session, key: str) -> None:
        """Take it, or not."""
        if key == "enter":
            take(session, self._choices)
        elif key == "r":
            take(session, self._choices, anew=True)
        elif key in ("esc", "q"):
            session.view = self._before
        else:
            session.say("Enter decides, Esc does not", Style.ATTENTION)
