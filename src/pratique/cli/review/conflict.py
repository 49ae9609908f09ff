"""Somebody decided meanwhile: both decisions side by side, and the reviewer says which holds."""

from collections.abc import Sequence

from pratique.cli.review.frame import Line, line, wrap
from pratique.cli.review.session import Session, View, changed, renewed
from pratique.cli.review.words import address, choices_words, decision_line, held, state_words
from pratique.cli.show import Cell, Style
from pratique.cli.text import count
from pratique.pipeline.reviewing import Choice


class ConflictView(View):
    """Theirs is stored; the reviewer's own is not."""

    deciding = frozenset("kom")

    def __init__(self, choices: Sequence[Choice], reason: str) -> None:
        self._choices = choices
        self._reason = reason

    def draw(self, session: Session, width: int, height: int) -> list[Line]:
        """What came since, field by field; and what was about to be decided."""
        hit = [choice for choice in self._choices if changed(session.desk, choice.item)]
        body = [*wrap(Cell("Meanwhile somebody else was here. Nothing of yours was stored.", Style.BAD), width), []]
        for choice in hit:
            body += [line(Cell(address(choice.item), Style.STRONG))]
            now = session.desk.item(choice.item.name)
            if now is None:
                body += wrap("the newest scan does not know it any more", width, first=line("  "), indent=2)
                continue
            if now.scanned != choice.item.scanned:
                body += wrap(
                    f"scanned again at {now.scanned[:16].replace('T', ' ')}", width, first=line("  "), indent=2
                )
            elif len(now.decisions) == len(choice.item.decisions):
                body += wrap("its evidence was scored anew", width, first=line("  "), indent=2)
            known = {d.sequence for d in choice.item.decisions}
            for decision in (d for d in now.decisions if d.sequence not in known):
                body += wrap(decision_line(decision), width, first=line(Cell("  theirs  ", Style.FAINT)), indent=10)
            words = f"{held(now.verdict)} - {state_words(now)}"
            body += wrap(words, width, first=line(Cell("  so now  ", Style.FAINT)), indent=10)
        words = f'{choices_words(self._choices)}: "{self._reason}"'
        more = f" ({count(len(self._choices), 'field')} in bulk)" if len(self._choices) > 1 else ""
        body += [[], *wrap(words + more, width, first=line(Cell("yours  ", Style.FAINT)), indent=7)]
        return body[:height]

    def keys(self, session: Session) -> str:
        """Its keys."""
        del session
        others = "   o yours on the other fields only" if len(self._choices) > 1 else ""
        return f"k theirs holds, drop yours{others}   m yours on top of theirs   Esc look again"

    def press(self, session: Session, key: str) -> None:
        """Theirs, ours on top, or another look."""
        if key == "k":
            names = {choice.item.name for choice in self._choices}
            session.go_home()
            if session.item is not None and session.item.name in names and not session.is_open(session.item.name):
                session.forward()
            session.say("theirs holds; yours is dropped")
        elif key == "m":
            session.decide(renewed(session.desk, self._choices), self._reason)
        elif key == "o" and len(self._choices) > 1:
            rest = [choice for choice in self._choices if not changed(session.desk, choice.item)]
            session.decide(renewed(session.desk, rest), self._reason)
        elif key == "esc":
            session.go_home()
        else:
            session.say("k keeps theirs, m stores yours after theirs, Esc looks again", Style.ATTENTION)
