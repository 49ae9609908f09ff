"""Lines that a reviewer types: reasons, types, what to look for."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from pratique.cli.review.completing import common_beginning, matching_types
from pratique.cli.review.frame import Line, line, wrap
from pratique.cli.review.session import PASTE, Session, View
from pratique.cli.review.words import VERBS, address, choices_words, option_effects
from pratique.cli.show import Cell, Style
from pratique.cli.text import count
from pratique.errors import PratiqueError
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.reviewing import Choice, FieldName

_SEARCHING = (
    "Every word must stand in the dataset, the field, a type seen, the state or the risk; with a minus before it, "
    "nowhere. Some words: proposed, undecided, conflict, clear, holds, treated, closes, bulk."
)
_OFFERED = 24
LONGEST = 500
"""Characters of a typed line."""


class Prompt(View):
    """One line to type and to edit anywhere. Enter takes it, Esc leaves, up and down bring earlier lines."""

    takes_text = True

    def __init__(self, text: str = "", earlier: Sequence[str] = ()) -> None:
        self.text = ""
        self._cursor = 0
        """Characters before it."""
        self._put(text)
        self._earlier = list(earlier)
        self._at = len(self._earlier)

    @abstractmethod
    def enter(self, session: Session) -> None:
        """Take the line."""

    def tab(self, session: Session) -> None:
        """Complete the line, where there is something to complete."""

    def leave(self, session: Session) -> None:
        """Back to where it was asked for."""
        session.go_home()

    def press(self, session: Session, key: str) -> None:
        """Edit the line, take it, or leave."""
        match key:
            case "enter":
                self.enter(session)
            case "esc":
                self.leave(session)
            case "tab":
                self.tab(session)
            case "up" | "down":
                self._recall(-1 if key == "up" else 1)
            case _:
                self._edit(key)

    def _edit(self, key: str) -> None:
        before, after = self.text[: self._cursor], self.text[self._cursor :]
        match key:
            case "left" | "right":
                self._cursor = min(max(self._cursor + (1 if key == "right" else -1), 0), len(self.text))
            case "home" | "ctrl-a":
                self._cursor = 0
            case "end" | "ctrl-e":
                self._cursor = len(self.text)
            case "backspace":
                self._put(before[:-1], after)
            case "delete":
                self._put(before, after[1:])
            case "ctrl-u":
                self._put("")
            case "ctrl-w":
                self._put(before.rstrip().rpartition(" ")[0], after)
            case _ if key.startswith(PASTE) or len(key) == 1:
                new = "".join(c for c in key.removeprefix(PASTE) if c.isprintable())
                self._put(before + new[: max(LONGEST - len(self.text), 0)], after)

    def _put(self, before: str, after: str = "") -> None:
        """The line is this now, with the cursor between the two."""
        self.text = before + after
        self._cursor = len(before)

    def _recall(self, step: int) -> None:
        if self._earlier:
            self._at = min(max(self._at + step, 0), len(self._earlier))
            self._put(self._earlier[self._at] if self._at < len(self._earlier) else "")

    def typed(self, label: str, width: int) -> list[Line]:
        """The line as it stands, with a cursor."""
        text = f"{self.text[: self._cursor]}▏{self.text[self._cursor :]}"
        return wrap(text, width, first=line(Cell(label, Style.STRONG)), indent=len(label))


class ReasonPrompt(Prompt):
    """Why? Asked once for each kind of decision; then the same reason is taken until another is given."""

    def __init__(self, session: Session, choices: Sequence[Choice], done: Callable[[str], object]) -> None:
        kind = choices[0].kind
        draft = session.drafts.get(kind, "")
        super().__init__(draft, [reason for reason in session.used if reason != draft])
        self._choices = choices
        self._done = done
        self._before = session.view

    def leave(self, session: Session) -> None:
        """Back to where the decision was chosen: marks stay as they are."""
        session.view = self._before

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """What is decided, and the line."""
        del height
        many = len(self._choices) > 1
        where = f"{count(len(self._choices), 'field')} in bulk" if many else address(self._choices[0].item)
        body = wrap(where, width, first=line(Cell(f"{choices_words(self._choices)}: ", Style.STRONG)), indent=4)
        body.append([])
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
    """Another reason for the next decision, of whatever kind; then it is taken for others of that kind."""

    def __init__(self, session: Session) -> None:
        super().__init__("", session.used)

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The line, and the reasons in use."""
        says = (
            "The reason for the next decision, and then for others of its kind. Leave it empty to be asked again for "
            "every kind."
        )
        body = [*wrap(says, width), [], *self.typed("why? ", width), []]
        for kind, reason in session.reasons.items():
            body += wrap(reason, width, first=line(Cell(f"now for {VERBS[kind]}: ", Style.FAINT)), indent=4)
        return body[:height]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "Enter takes it   Esc leaves all as it was   up/down an earlier reason"

    def enter(self, session: Session) -> None:
        """Take it for the next decision, or forget all."""
        session.next_reason = self.text.strip()
        if not session.next_reason:
            session.reasons.clear()
        session.go_home()
        told = f'the next decision is taken with "{session.next_reason}"'
        session.say(told if session.next_reason else "you will be asked why again")


class TypesPrompt(Prompt):
    """The types of a field, or of several, with completion and with what they would change."""

    def __init__(self, session: Session, choices: Sequence[Choice], take: Callable[[tuple[str, ...]], object]) -> None:
        held = dict.fromkeys(entity for choice in choices for entity in choice.item.verdict.entities)
        super().__init__("".join(f"{entity} " for entity in held))
        self._choices = choices
        self._take = take
        self._types = session.desk.entities()
        self._known = {one.name for one in self._types}
        self._offered: tuple[str, list[str]] = ("", [])
        """The line as the last Tab left it, and the types that the next one goes through."""

    def _words(self) -> list[str]:
        return self.text.replace(",", " ").upper().split()

    def _matches(self) -> list[str]:
        """Types that the word being typed could become."""
        if not self.text or self.text[-1] in " ,":
            return []
        return matching_types(self._types, self._words()[-1])

    def tab(self, session: Session) -> None:
        """Complete the last word as far as all types that begin so agree; then with one after the other."""
        left, matches = self._offered
        if not matches or left != self.text:
            matches = self._matches()
            if not matches:
                session.say("no type is called like this", Style.ATTENTION)
                return
            word = self._words()[-1]
            common = common_beginning(matches)
            if len(common) > len(word) and common not in self._known:
                self._put(self.text[: len(self.text) - len(word)] + common)
                return
        else:
            matches = [*matches[1:], matches[0]]
        start = self.text.rstrip()
        self._put(f"{start[: len(start) - len(self._words()[-1])]}{matches[0]} ")
        self._offered = self.text, matches

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The line, the types that fit, and what would change."""
        where = address(self._choices[0].item) if len(self._choices) == 1 else f"{len(self._choices)} fields in bulk"
        body = [line(Cell("set the types of ", Style.STRONG), where), [], *self.typed("types: ", width), []]
        unknown = [word for word in self._words() if word not in self._known]
        offered = self._offered[1][1:] if self._offered[0] == self.text else self._matches()
        if matches := [name for name in offered if name not in self._words()]:
            body += wrap(_few(matches), width, first=line(Cell("Tab: ", Style.FAINT)), indent=5)
        elif not self._words():
            used = [one.name for one in self._types if one.used]
            says = f"the project speaks of: {', '.join(used)}; {len(self._types) - len(used):,} more are known"
            hint = "Type the beginning of a name, of a word in it (passport), or of a family (national-id); then Tab."
            for text in (says, hint):
                body += wrap(Cell(text, Style.FAINT), width)
        if self._words() and not unknown:
            for flow, words in _effects(session, self._choices[0], tuple(self._words())):
                body += wrap(words, width, first=line(Cell(f"{flow}: " if flow else "then: ", Style.FAINT)), indent=6)
        return body[:height]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return "Enter takes these types   Tab completes, again: the next   Ctrl-U empties the line   Esc leaves"

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


def _few(names: Sequence[str]) -> Cell:
    """As many as are read at a glance."""
    more = f", and {len(names) - _OFFERED:,} more" if len(names) > _OFFERED else ""
    return Cell(", ".join(names[:_OFFERED]) + more, Style.NAME)


class SearchPrompt(Prompt):
    """Show only fields that match: every word, somewhere in dataset, field, type, state or risk."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.query)

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The line, and how many it finds."""
        del height
        found = matching(session, self.text)
        waiting = sum(session.is_open(name) for name in found)
        says = f"{count(len(found), 'field')} found, {waiting:,} of them to decide"
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
