"""From a key to a decision: which types, why, and whether it may count."""

from collections.abc import Callable, Sequence

from pratique.cli.review.frame import Line, line, wrap
from pratique.cli.review.prompt import ReasonPrompt, TypesPrompt, loosening_words
from pratique.cli.review.session import Session, View
from pratique.cli.review.words import address, decision_words, option_effects
from pratique.cli.show import Cell, Style
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.reviewing import Choice, Option, ReviewItem

Then = Callable[[Session, Sequence[Choice]], None]
"""What is done with choices: taken, or shown first."""
_NUMBERS = 9


def take(session: Session, choices: Sequence[Choice], *, anew: bool = False) -> None:
    """Decide: with the reason given last for this kind of decision, or ask for one; with ``anew`` ask in any case."""
    for choice in choices if not session.desk.signs else ():
        option = session.desk.what_if(choice.item, choice.kind, choice.entities)
        if option.loosens:
            words = decision_words(choice.kind, choice.entities)
            [*stewards] = session.desk.stewards
            start = "leave with q and start again with --as " + (" or --as ".join(stewards) or "STEWARD")
            session.say(f"{words} loosens, and counts only signed by a steward: {start}", Style.BAD)
            return
    reason = session.reason_for(choices[0].kind) if choices else ""
    if not choices or (reason and not anew):
        session.decide(choices, reason)
    else:
        session.alarm = True
        session.view = ReasonPrompt(session, choices, lambda given: session.decide(choices, given))


def choose(session: Session, key: str, items: Sequence[ReviewItem], then: Then) -> bool:
    """The decision that a key stands for, on some fields; False for a key that stands for none."""
    match key:
        case "c":
            _confirm(session, items, then)
        case "x":
            _reject(session, items, then)
        case "n":
            then(session, [Choice(item, DecisionKind.NOT_PERSONAL) for item in items])
        case "t":
            choices = [Choice(item, DecisionKind.SET) for item in items]
            session.view = TypesPrompt(
                session, choices, lambda types: then(session, [Choice(c.item, c.kind, types) for c in choices])
            )
        case _:
            return False
    return True


def _confirm(session: Session, items: Sequence[ReviewItem], then: Then) -> None:
    choices = [Choice(i, DecisionKind.CONFIRM, i.verdict.entities) for i in items if i.verdict.entities]
    if choices:
        then(session, choices)
    else:
        session.say("nothing was found here that could be confirmed: n not personal, t sets types", Style.ATTENTION)


def _reject(session: Session, items: Sequence[ReviewItem], then: Then) -> None:
    types = list(dict.fromkeys(entity for item in items for entity in item.verdict.entities))
    if not types:
        session.say("no type was found here that could be rejected", Style.ATTENTION)
    elif len(types) == 1:
        then(session, _rejections(items, types[0]))
    else:
        session.view = PickType(types, items, then)


def _rejections(items: Sequence[ReviewItem], entity: str) -> list[Choice]:
    return [Choice(item, DecisionKind.REJECT, (entity,)) for item in items if entity in item.verdict.entities]


class PickType(View):
    """Which of several types is not there?"""

    deciding = frozenset("123456789")

    def __init__(self, types: Sequence[str], items: Sequence[ReviewItem], then: Then) -> None:
        self._types = types[:_NUMBERS]
        self._items = items
        self._then = then

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """The types, by number, and what rejecting each would do."""
        del height
        where = address(self._items[0]) if len(self._items) == 1 else f"these {len(self._items)} fields"
        body = [line("Which type is not in ", Cell(where, Style.STRONG), "?"), []]
        for number, entity in enumerate(self._types, 1):
            [choice, *more] = _rejections(self._items, entity)
            option = session.desk.what_if(choice.item, choice.kind, choice.entities)
            body += option_lines(session, str(number), option, width)
            if more:
                body.append(line(Cell(f"     so in {address(choice.item)}; {len(more)} more have it", Style.FAINT)))
        return body

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        return f"1-{len(self._types)} rejects that type   Esc leaves"

    def press(self, session: Session, key: str) -> None:
        """A number decides."""
        if key.isdigit() and key.isascii() and 1 <= int(key) <= len(self._types):
            session.go_home()
            self._then(session, _rejections(self._items, self._types[int(key) - 1]))
        elif key in ("esc", "q"):
            session.go_home()
        else:
            session.say("press the number of a type, or Esc", Style.ATTENTION)


def option_lines(session: Session, key: str, option: Option, width: int) -> list[Line]:
    """A decision under its key, whether it must be signed, and what it would do."""
    start = line(Cell(f"{key}  ", Style.STRONG), Cell(decision_words(option.kind, option.entities)))
    if option.loosens:
        start += line(Cell(f" [{loosening_words(session)}]", Style.ATTENTION))
    effects = option_effects(option)
    if len(effects) == 1:
        return wrap(Cell(effects[0][1], Style.FAINT), width, first=[*start, Cell("  ")], indent=5)
    body = [start]
    for flow, words in effects:
        body += wrap(Cell(f"{flow}: {words}", Style.FAINT), width, first=line("     "), indent=7)
    return body
