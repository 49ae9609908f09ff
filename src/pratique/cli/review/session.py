"""A review on the terminal: keys in, screens out. Knows no terminal, so that tests can press its keys."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pratique.cli.review.frame import SMALLEST, Line, Size, cut, flow, frame, line, width_of, wrap
from pratique.cli.review.words import address, choices_words, decision_words
from pratique.cli.show import Cell, Style
from pratique.cli.text import count
from pratique.errors import CatalogueError, PratiqueError
from pratique.model.catalogue import Decision, DecisionKind
from pratique.pipeline.reviewing import Choice, FieldName, ReviewItem

if TYPE_CHECKING:
    from pratique.assembly.review import Review

TAKEN_BACK = "undone in the same review"
_REASONS = 20
"""Of earlier reviews that are offered again."""
PASTE = "paste:"
"""What stands before pasted text: it is never taken for keys."""


class View(ABC):
    """One kind of screen."""

    takes_text = False
    """Whether pasted text is for it."""
    deciding: frozenset[str] = frozenset()
    """Keys that decide or undo here, on what must have been seen."""

    @abstractmethod
    def draw(self, session: "Session", width: int, height: int) -> list[Line]:
        """The body, at most ``height`` lines of it shown."""

    @abstractmethod
    def press(self, session: "Session", key: str) -> None:
        """Take one key."""

    @abstractmethod
    def keys(self, session: "Session") -> str:
        """What can be pressed, for the foot of the screen."""


@dataclass(frozen=True, slots=True)
class Message:
    """What just happened."""

    text: str
    style: Style = Style.PLAIN


class Session:
    """Where a reviewer is: the queue, the field on screen, what was decided and can be taken back."""

    def __init__(self, desk: "Review", home: Callable[[], View], start: FieldName | None = None) -> None:
        self.desk = desk
        self._home = home
        self.order = [item.name for item in desk.queue()]
        """The queue as it was when it was last put in order; what was decided since stays in its place."""
        self.at = 0
        self.query = ""
        self.found: frozenset[FieldName] | None = None
        """Fields that the search found; None without one."""
        self.reasons: dict[DecisionKind, str] = {}
        """The reason given last for each kind of decision, taken again until another is given."""
        self.next_reason = ""
        """A reason for the next decision, whatever its kind."""
        self.drafts: dict[DecisionKind, str] = {}
        """The reason of what was taken back: it stands in the line when it is asked for again."""
        self.used = _reasons(desk)
        """Every reason given, here or in earlier reviews by the same person, newest last."""
        self.acts: list[list[Decision]] = []
        """What was decided here and not taken back; the newest last."""
        self.decided = 0
        self.message = Message("? shows what the keys do")
        self.alarm = False
        """Whether something unforeseen came up: keys pressed before it was seen are not meant for it."""
        self.over = False
        self.view: View = home()
        if start in self.order:
            self.at = self.order.index(start)
            earlier = sum(self.is_open(name) for name in self.order[: self.at])
            note = f"; {count(earlier, 'field')} to decide before it: Home goes to the first" if earlier else ""
            self.say(f"going on where you stopped{note}")

    # --- where we are ---

    @property
    def item(self) -> ReviewItem | None:
        """The field on screen; None at the end of the queue."""
        return self.desk.item(self.order[self.at]) if self.at < len(self.order) else None

    def is_open(self, name: FieldName) -> bool:
        """Whether a field still waits for a decision."""
        item = self.desk.item(name)
        return item is not None and item.rank.risk.value != "decided"

    def open_names(self) -> list[FieldName]:
        """Fields that wait, in the queue's order."""
        return [name for name in self.order if self.is_open(name)]

    def shown(self, name: FieldName) -> bool:
        """Whether a search leaves the field in."""
        return self.found is None or name in self.found

    def forward(self) -> None:
        """To the next field that waits; past the last one, to the end."""
        self._go(range(self.at + 1, len(self.order)), len(self.order))

    def back(self) -> None:
        """To the field before, decided or not."""
        before = [at for at in range(self.at - 1, -1, -1) if self.shown(self.order[at])]
        if before:
            self.at = before[0]
        else:
            self.say("this is the first field")

    def first(self) -> None:
        """To the first field that waits, with the queue in order again."""
        self.order = [item.name for item in self.desk.queue()]
        self.at = 0
        self._go(range(len(self.order)), len(self.order))

    def go_to(self, name: FieldName) -> None:
        """To this field, wherever it stands."""
        if name not in self.order:
            self.order.insert(self.at, name)
        self.at = self.order.index(name)
        self.go_home()

    def _go(self, places: range, end: int) -> None:
        open_places = (at for at in places if self.is_open(self.order[at]) and self.shown(self.order[at]))
        self.at = next(open_places, end)

    def go_home(self) -> None:
        """Back to the field."""
        self.view = self._home()

    def reason_for(self, kind: DecisionKind) -> str:
        """The reason that a decision of this kind would be taken with; empty if it is to be asked for."""
        return self.next_reason or self.reasons.get(kind, "")

    def say(self, text: str, style: Style = Style.PLAIN) -> None:
        """Show a message until the next key."""
        self.message = Message(text, style)

    # --- what is done ---

    def press(self, key: str) -> None:
        """Take one key. Whatever the project refuses is a message; nothing was stored then."""
        if key.startswith(PASTE) and not self.view.takes_text:
            self.say("that was pasted: nothing was done", Style.ATTENTION)
            return
        self.message, self.alarm = Message(""), False
        try:
            self.view.press(self, key)
        except PratiqueError as error:
            self.alarm = True
            self.say(error.line, Style.BAD)

    def decide(self, choices: Sequence[Choice], reason: str) -> bool:
        """Take decisions, go on to the next field; on a conflict show it, and nothing was stored."""
        if not choices:
            self.say("there is nothing to decide", Style.ATTENTION)
            return False
        try:
            made = self.desk.decide(choices, reason)
        except CatalogueError as error:
            self._reload(c.item.dataset for c in choices)
            if any(changed(self.desk, choice.item) for choice in choices):
                self._conflict(choices, reason)
                return False
            self.alarm = True
            self.say(error.line, Style.BAD)
            return False
        self.reasons[choices[0].kind] = reason
        self.next_reason = ""
        self.drafts.pop(choices[0].kind, None)
        self.used = [*(r for r in self.used if r != reason), reason]
        self.acts.append(made)
        self.decided += len(made)
        self.go_home()
        here = self.order[self.at] if self.at < len(self.order) else None
        if here is None or not self.is_open(here):
            self.forward()
        self.say(_told(choices, made, reason), Style.GOOD)
        return True

    def _conflict(self, choices: Sequence[Choice], reason: str) -> None:
        from pratique.cli.review.conflict import ConflictView  # noqa: PLC0415 (it knows sessions)

        self.alarm = True
        self.view = ConflictView(choices, reason)

    def undo(self) -> None:
        """Take back what was decided last here. It is stored like a decision; both stay on record."""
        if not self.acts:
            self.say("nothing was decided here yet that could be taken back", Style.ATTENTION)
            return
        made = self.acts[-1]
        try:
            self.desk.withdraw(made, TAKEN_BACK)
        except CatalogueError:
            self._reload(d.dataset for d in made)
            raise
        self.acts.pop()
        self.decided -= len(made)
        # What was taken back may have been taken back for its reason.
        if self.reasons.get(made[0].kind) == made[0].reason:
            self.drafts[made[0].kind] = self.reasons.pop(made[0].kind)
        self._catch_up()
        first = (made[0].dataset, made[0].path)
        self.go_to(first)
        words = decision_words(made[0].kind, made[0].entities)
        of = f"of {count(len(made), 'field')} " if len(made) > 1 else ""
        again = "; you will be asked why again" if made[0].kind in self.drafts else ""
        self.say(f"taken back {of}({words}); both stay on record{again}", Style.GOOD)

    def _reload(self, datasets: Iterable[str]) -> None:
        self.desk.reload(list(dict.fromkeys(datasets)))
        self._catch_up()

    def _catch_up(self) -> None:
        """Fields that wait now and are not in the order, as it was made when they were decided, come next."""
        known = set(self.order)
        self.order[self.at + 1 : self.at + 1] = [i.name for i in self.desk.queue() if i.name not in known]

    # --- what is seen ---

    def screen(self, size: Size) -> list[Line]:
        """The whole screen, exactly as many lines as there are, none wider than it is."""
        if size.width < SMALLEST[0] or size.height < SMALLEST[1]:
            small = cut(line(Cell("too small for a review: make it larger, or q", Style.BAD)), size.width)
            return [small, *([] for _ in range(size.height - 1))][: size.height]
        keys = [one for text in self.view.keys(self).splitlines() for one in _hints(text, size.width)]
        # A message has room for the whole of an error; without one the line stays free, so that nothing jumps.
        message = wrap(Cell(self.message.text, self.message.style), size.width)[:4] or [[]]
        room = size.height - 3 - len(keys) - len(message)
        return frame(size, self._head(size.width), self.view.draw(self, size.width, room), message, keys)

    def _head(self, width: int) -> tuple[Line, Line]:
        waiting = self.open_names()
        here = self.order[self.at] if self.at < len(self.order) else None
        shown = [name for name in waiting if self.shown(name)]
        place = f"{shown.index(here) + 1} of " if here in shown else ""
        left = line(f"{place}{len(shown)} to decide, {self.decided} decided here")
        if self.found is not None:
            left = [*line(Cell(f"only /{self.query}", Style.ATTENTION), "  "), *left, *line(f", {len(waiting)} in all")]
        right = line(Cell(self.desk.who + ("" if self.desk.signs else " (does not sign)"), Style.FAINT))
        # What is shown, and who decides, matter more than what program this is.
        whole = [*line(Cell("pratique review", Style.STRONG), "  "), *left]
        return whole if width_of(whole) + 2 + width_of(right) <= width else left, right


def _hints(text: str, width: int) -> list[Line]:
    """Keys and what they do, none of them torn apart."""
    gap = 3 if "   " in text else 2
    return flow(text.split(" " * gap), width, style=Style.FAINT, gap=gap)


def _reasons(desk: "Review") -> list[str]:
    own = [d for item in desk.fields() for d in item.decisions if d.who == desk.who and d.reason != TAKEN_BACK]
    newest_first = sorted((d.at, d.reason) for d in own if d.reason)[::-1]
    return list(dict.fromkeys(reason for _, reason in newest_first))[:_REASONS][::-1]


def changed(desk: "Review", shown: ReviewItem) -> bool:
    """Whether the catalogue says something else of a field than what was shown, after a reload."""
    now = desk.item(shown.name)
    return now is None or (now.scanned, list(now.decisions), now.verdict) != (
        shown.scanned,
        list(shown.decisions),
        shown.verdict,
    )


def renewed(desk: "Review", choices: Sequence[Choice]) -> list[Choice]:
    """The same choices on the fields as they stand now; without those that are gone."""
    now = [(choice, desk.item(choice.item.name)) for choice in choices]
    return [replace(choice, item=item) for choice, item in now if item is not None]


def _told(choices: Sequence[Choice], made: Sequence[Decision], reason: str) -> str:
    what = choices_words(choices)
    where = address(choices[0].item) if len(made) == 1 else f"{count(len(made), 'field')} in bulk"
    signed = ", signed" if made[0].signature else ""
    return f'saved: {where}: {what}{signed} - "{reason}" (u takes it back)'
