"""How long a match of a pattern can be."""

from pratique.detect.shapes.symbols import Alphabet
from pratique.detect.shapes.syntax import Reader, UnreadableError
from pratique.detect.shapes.trees import Either, Node, One, Row, Times


def longest(regex: str) -> int | None:
    """Characters of the longest text that a pattern matches; None where nothing bounds it, or it cannot be read."""
    try:
        return _longest(_Whole(Alphabet("")).read(regex).node)
    except UnreadableError:
        return None


class _Whole(Reader):
    """Keeps long repetitions as they are, since none is written out here."""

    def _times(self, part: Node, least: int, most: int | None) -> Node:
        return Times(part, least, most)


def _longest(node: Node) -> int | None:
    match node:
        case One():
            return 1
        case Times():
            most = _longest(node.part)
            return None if most is None or node.most is None else most * node.most
        case Row() | Either():
            lengths = [_longest(part) for part in (node.parts if isinstance(node, Row) else node.ways)]
            known = [length for length in lengths if length is not None]
            if len(known) < len(lengths):
                return None
            return sum(known) if isinstance(node, Row) else max(known, default=0)
