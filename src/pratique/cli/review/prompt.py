"""Lines that a reviewer types: reasons, types, what to look for."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from pratique.cli.review.frame import Line, line, wrap
from pratique.cli.review.session import PASTE, Session, View
from pratique.cli.review.words import address, decision_words, option_effects
from pratique.cli.show import Cell, Style
from pratique.errors import PratiqueError
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.reviewing import Choice, FieldName

_SEARCHING = (
    "Every word must stand in the dataset, the field, a type seen, the state or the risk; with a minus before it, "
    "nowhere. Some words: proposed, undecided, conflict, clear, holds, treated, closes, bulk."
)
LONGEST = 500
"""Characters of a typed line."""


class Prompt(View):
    """One line to type. Enter takes it, Esc leaves, up and down bring earlier lines."""

    takes_text = True

    def __init__(self, text: str = "", earlier: Sequence[str] = ()) -> None:
        self.text = text
        self._earlier = list(earlier)
        self._at = len(self._earlier)

    @abstractmethod
    def enter(self, session: Session) -> None:
        """Take the line."""

    def tab(self, session: Session) -> None:
        """Complete the line, where there is something to complete."""

    def press(self, session: Session, key: str) -> None:
        """Edit the line."""
        if key.startswith(PASTE):
            self._add(key.removeprefix(PASTE))
        elif key == "enter":
            self.enter(session)
        elif key == "esc":
            session.go_home()
        elif key == "tab":
            self.tab(session)
        elif key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl-u":
            self.text = ""
        elif key == "ctrl-w":
            self.text = self.text.rstrip().rpartition(" ")[0]
        elif key in ("up", "down"):
            self._recall(-1 if key == "up" else 1)
        elif len(key) == 1:
            self._add(key)

    def _add(self, text: str) -> None:
        self.text = (self.text + "".join(c for c in text if c.isprintable()))[:LONGEST]

    def _recall(self, step: int) -> None:
        if self._earlier:
            self._at = min(max(self._at + step, 0), len(self._earlier))
            self.text = self._earlier[self._at] if self._at < len(self._earlier) else ""

    def typed(self, label: str, width: int) -> list[Line]:
        """The line as it stands, with a cursor."""
        return [*wrap(f"{self.text}▏", width, first=line(Cell(label, Style.STRONG)), indent=len(label))]


class ReasonPrompt(Prompt):
    """Why? Asked once for each kind of decision; then the same reason is taken until another is given."""

    def __init__(self, session: Session, choices: Sequence[Choice], done: Callable[[str], object]) -> None:
        kind = choices[0].kind
        super().__init__(session.reasons.get(kind, ""), [r for r in session.used if r != session.reasons.get(kind)])
        self._choices = choices
        self._done = done

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """What is decided, and the line."""
        del height
        first = self._choices[0]
        where = address(first.item) if len(self._choices) == 1 else f"{len(self._choices)} fields in bulk"
        entities = first.entities if len(self._choices) == 1 or first.kind is not DecisionKind.CONFIRM else ()
        body = [line(Cell(f"{decision_words(first.kind, entities)}: ", Style.STRONG), where), []]
        body += self.typed("why? ", width)
        body += [
            [],
            *wrap(Cell("The reason stands in the catalogue for ever. Write no value of the data.", Style.FAINT), width),
        ]
        if session.used:
            body += wrap(Cell("up: reasons that you gave before", Style.FAINT), width)
        return body

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "Enter decides   Esc does not   up/down an earlier reason"

    def enter(self, session: Session) -> None:
        """Decide, with a reason that says something."""
        if not self.text.strip():
            session.say("say why, in a few words", Style.ATTENTION)
            return
        self._done(self.text.strip())


class NewReason(Prompt):
    """Another reason for the next decisions of every kind."""

    def __init__(self, session: Session) -> None:
        super().__init__("", session.used)

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The reasons in use, and the line."""
        del height
        body = [line("The reason for the decisions to come, of every kind; leave it empty to be asked again."), []]
        body += [
            one
            for kind, reason in session.reasons.items()
            for one in wrap(reason, width, first=line(Cell(f"now for {kind.value}: ", Style.FAINT)), indent=4)
        ]
        return [*body, [], *self.typed("why? ", width)]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "Enter takes it   Esc leaves all as it was   up/down an earlier reason"

    def enter(self, session: Session) -> None:
        """Take it for every kind, or forget all."""
        reason = self.text.strip()
        session.reasons = {kind: reason for kind in DecisionKind if kind is not DecisionKind.WITHDRAW} if reason else {}
        session.go_home()
        session.say(f'reason: "{reason}"' if reason else "you will be asked why again")


class TypesPrompt(Prompt):
    """The types of a field, or of several, with completion and with what they would change."""

    def __init__(self, session: Session, choices: Sequence[Choice], take: Callable[[tuple[str, ...]], object]) -> None:
        held = dict.fromkeys(entity for choice in choices for entity in choice.item.verdict.entities)
        super().__init__("".join(f"{entity} " for entity in held))
        self._choices = choices
        self._take = take
        self._known = session.desk.entities()

    def _words(self) -> list[str]:
        return self.text.replace(",", " ").upper().split()

    def _matches(self) -> list[str]:
        """Types that the word being typed could become."""
        if not self.text or self.text[-1] in " ,":
            return []
        word = self._words()[-1]
        begins = [name for name in self._known if name.startswith(word)]
        return begins or [name for name in self._known if word in name]

    def tab(self, session: Session) -> None:
        """Complete the last word if only one type begins so, or as far as all agree."""
        matches = self._matches()
        if not matches:
            session.say("no type begins like this", Style.ATTENTION)
            return
        word = self._words()[-1]
        common = matches[0] if len(matches) == 1 else _common(matches)
        if len(common) >= len(word) or len(matches) == 1:
            start = self.text[: len(self.text) - len(word)]
            self.text = start + common + (" " if len(matches) == 1 else "")

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The line, the types that fit, and what would change."""
        where = address(self._choices[0].item) if len(self._choices) == 1 else f"{len(self._choices)} fields in bulk"
        body = [line(Cell("set the types of ", Style.STRONG), where), [], *self.typed("types: ", width), []]
        unknown = [word for word in self._words() if word not in self._known]
        if matches := [name for name in self._matches() if name not in self._words()]:
            body += wrap(Cell(", ".join(matches), Style.NAME), width, first=line(Cell("Tab: ", Style.FAINT)), indent=5)
        elif not self._words():
            body += wrap(Cell(", ".join(self._known), Style.FAINT), width)
        if self._words() and not unknown:
            for flow, words in _effects(session, self._choices[0], tuple(self._words())):
                body += wrap(words, width, first=line(Cell(f"{flow}: " if flow else "then: ", Style.FAINT)), indent=6)
        return body[:height]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "Enter takes these types   Tab completes   Ctrl-U empties the line   Esc leaves"

    def enter(self, session: Session) -> None:
        """Take them, if all are known."""
        words = self._words()
        unknown = [word for word in words if word not in self._known]
        if not words:
            session.say("name at least one type; that there is none is said by n, not personal", Style.ATTENTION)
        elif unknown:
            session.say(f"there is no type {unknown[0]}; Tab shows those that begin like it", Style.ATTENTION)
        else:
            self._take(tuple(dict.fromkeys(words)))


def _effects(session: Session, choice: Choice, entities: tuple[str, ...]) -> list[tuple[str, str]]:
    try:
        option = session.desk.what_if(choice.item, DecisionKind.SET, entities)
    except PratiqueError as error:
        return [("", error.line)]
    effects = option_effects(option)
    return [(flow, words + (f" [{loosening_words(session)}]" if option.loosens else "")) for flow, words in effects]


def loosening_words(session: Session) -> str:
    """What a decision that loosens needs."""
    return "loosens: signed" if session.desk.signs else "loosens: needs --as STEWARD"


def _common(names: Sequence[str]) -> str:
    first, last = min(names), max(names)
    at = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:at]


class SearchPrompt(Prompt):
    """Show only fields that match: every word, somewhere in dataset, field, type, state or risk."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.query)

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The line, and how many it finds."""
        del height
        found = matching(session, self.text)
        waiting = sum(session.is_open(name) for name in found)
        says = f"{len(found)} fields match, {waiting} of them to decide"
        body = [*self.typed("look for: ", width), [], line(says), []]
        for text in (_SEARCHING, "Empty: all fields again."):
            body += wrap(Cell(text, Style.FAINT), width)
        return body

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "Enter shows only these   Esc leaves"

    def enter(self, session: Session) -> None:
        """Show only what matches."""
        session.query = self.text.strip()
        session.found = frozenset(matching(session, session.query)) if session.query else None
        here = session.order[session.at] if session.at < len(session.order) else None
        session.go_home()
        if session.found is not None and not any(session.is_open(n) for n in session.found):
            session.found, session.query = None, ""
            session.say("no field that waits matches; all are shown", Style.ATTENTION)
        elif here is None or not session.shown(here) or not session.is_open(here):
            session.first()


def matching(session: Session, query: str) -> list[FieldName]:
    """The fields of the queue that a search finds."""
    words = query.casefold().split()
    found = []
    for name in session.order:
        item = session.desk.item(name)
        if item is None:
            continue
        verdict = item.verdict
        seen = [t.entity for t in item.evidence.types]
        text = " ".join(
            (address(item), *verdict.entities, *seen, verdict.state.value, item.rank.risk.value, verdict.by)
        ).casefold() + (" bulk" if verdict.bulk else "")
        if all((w[1:] not in text) if w.startswith("-") and len(w) > 1 else (w in text) for w in words):
            found.append(name)
    return found
