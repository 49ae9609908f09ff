"""Long texts as windows that overlap."""

from dataclasses import dataclass

from pratique.detect.ner.pieces import BREAK, Tokens


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``first`` to ``last`` (exclusive) of a text; its answer counts for ``own_first`` to ``own_last``."""

    first: int
    last: int
    own_first: int
    own_last: int


def windows(text: str, tokens: Tokens, size: int, overlap: int) -> list[Window]:
    """Windows of at most ``size`` pieces over all of the text's pieces.

    Every piece is owned by exactly one window. Where two windows share pieces (``overlap`` of them or fewer, less than
    half of ``size``), each owns the half that is farther from its edge. A window ends at the end of a line, else of a
    sentence, else of a word, where one is in its last third; it begins with a word.
    """
    total = len(tokens)
    if not total:
        return []
    found: list[Window] = []
    first = own = 0
    while True:
        last = total if total - first <= size else _end(text, tokens, first + size - size // 3, first + size)
        if last == total:
            return [*found, Window(first, last, own, last)]
        following = _begin(text, tokens, max(last - overlap, first + 1), last)
        border = (following + last + 1) // 2
        found.append(Window(first, last, own, border))
        first, own = following, border


def _end(text: str, tokens: Tokens, least: int, most: int) -> int:
    """Where a window ends that must have ``least`` to ``most`` pieces before its end."""
    for good in (_line_ends, _sentence_ends, _word_ends):
        for at in range(most, least - 1, -1):
            if good(text, tokens, at):
                return at
    return most


def _begin(text: str, tokens: Tokens, least: int, most: int) -> int:
    return next((at for at in range(least, most) if _word_ends(text, tokens, at)), least)


def _line_ends(_: str, tokens: Tokens, at: int) -> bool:
    return tokens.ids[at] == BREAK


def _sentence_ends(text: str, tokens: Tokens, at: int) -> bool:
    end = tokens.ends[at - 1]
    return text[end - 1 : end] in {".", "!", "?", "…", ";"} and _word_ends(text, tokens, at)


def _word_ends(text: str, tokens: Tokens, at: int) -> bool:
    """Whether a word ends before the piece ``at``."""
    return text[tokens.ends[at - 1] : tokens.starts[at] + 1][:1].isspace() or tokens.ids[at] == BREAK
