"""All patterns compiled: from their text, or as they were stored when the package was made.

What is stored is a matter of speed only: it is used where it was made of the very patterns that are asked for, and a
test holds that it gives the same.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pratique.detect.shapes.automaton import Automaton, Known
from pratique.detect.shapes.finder import Finder, least_runs
from pratique.detect.shapes.positions import Builder, Ints, Net
from pratique.detect.shapes.symbols import Alphabet
from pratique.detect.shapes.syntax import Reader, UnreadableError, named_characters
from pratique.detect.shapes.trees import Shape, edge_symbols, to_first_digit

VERSION = 3
"""Of what is stored: raised with every change to this package that makes other arrays of the same patterns."""
BESIDE = Path(__file__).parent.parent / "data" / "shapes.npz"
_LEAST_BEGINNING = 4
"""Characters before its endless part by which a pattern is found by its shape."""
_FAR_DIGIT, _ANY_LETTER = 60, 20
"""A pattern that any of so many letters may begin, with no digit within so many characters, is one of whole texts."""
Source = tuple[str, bool]
"""A pattern in RE2, and whether it needs a digit."""


class Form(NamedTuple):
    """What is known of a pattern that is found by its shape; as `Shape`."""

    exact: bool
    endless: bool
    needs_digit: bool


class Compiled(NamedTuple):
    """Patterns, compiled."""

    finder: Finder
    automaton: Automaton
    net: Callable[[], Net]
    forms: list[Form | None]
    """By pattern; None for one that must be run over whole texts."""


class Kept:
    """What a file holds; each part is unpacked when it is asked for."""

    def __init__(self, path: Path) -> None:
        """Of the file as it is now. One that is not there, or cannot be read, holds nothing."""
        try:
            self._file: Any = np.load(BytesIO(path.read_bytes()), allow_pickle=False)
            self._parts = frozenset(self._file.files)
        except (OSError, EOFError, ValueError, zipfile.BadZipFile):
            self._parts = frozenset()

    def patterns(self, wanted: str) -> bool:
        """Whether it holds the patterns of a digest."""
        return "digest" in self._parts and str(self._file["digest"]) == wanted

    def words(self, wanted: str) -> bytes | None:
        """The table of words (`pratique.detect.wordtable`) of a digest."""
        held = "words" in self._parts and str(self._file["words_digest"]) == wanted
        return self._file["words"].tobytes() if held else None

    def restored(self) -> Compiled:
        """The patterns."""
        alphabet = Alphabet(str(self._file["named"]))
        size = alphabet.size
        begins, endings = (self._file[name].astype(np.int64) for name in ("known_begins", "known_endings"))
        known = Known(self._file["moves"], begins, endings, self._states)

        @cache
        def net() -> Net:
            symbols = np.unpackbits(self._file["symbols"], axis=1, count=size).astype(np.bool_)
            return Net(symbols, *(self._file[name] for name in Net._fields[1:]))

        automaton = Automaton(size, net, known)
        forms = [None if passed else Form(*form) for *form, passed in self._file["forms"].tolist()]
        return Compiled(Finder(alphabet, automaton, self._file["runs"]), automaton, net, forms)

    def _states(self) -> tuple[Ints, Ints]:
        return self._file["known_sizes"], np.cumsum(self._file["known_states"], dtype=np.int32)


def compiled(sources: Sequence[Source], kept: Kept | None = None) -> Compiled:
    """Of these patterns; what is ``kept``, where it is of the same."""
    if kept is not None and kept.patterns(digest(sources)):
        return kept.restored()
    alphabet = Alphabet(named_characters(regex for regex, _ in sources))
    reader = Reader(alphabet)
    shapes = [_shape(reader, *source) for source in sources]
    found = [shape for shape in shapes if shape is not None]
    net = Builder(alphabet).net(found)
    automaton = Automaton(alphabet.size, lambda: net)
    finder = Finder(alphabet, automaton, least_runs(found, net, alphabet))
    forms = [None if s is None else Form(s.exact, s.endless, s.needs_digit) for s in shapes]
    return Compiled(finder, automaton, lambda: net, forms)


def digest(sources: Sequence[Source]) -> str:
    """Of patterns, and of how they are compiled."""
    return hashlib.sha256(json.dumps([VERSION, list(sources)]).encode("utf-8")).hexdigest()


def store(these: Compiled, sources: Sequence[Source], words: tuple[str, bytes], path: Path) -> None:
    """Write what was compiled, with the states that the automaton has met, and all moves between them.

    ``words``: a table of words, its digest first.
    """
    whole = these.net()
    net = whole._asdict() | {"symbols": np.packbits(whole.symbols, axis=1)}
    forms = np.array([(0, 0, 0, 1) if form is None else (*form, 0) for form in these.forms], np.bool_)
    these.automaton.complete()
    known = these.automaton.kept()
    assert len(known.table) <= np.iinfo(np.int16).max
    sizes, states = known.states()
    named = "".join(sorted(named_characters(regex for regex, _ in sources)))
    unfinished = path.with_suffix(".part.npz")
    np.savez_compressed(
        unfinished, allow_pickle=False, digest=np.array(digest(sources)),
        named=np.array(named), forms=forms, runs=these.finder.least_run,
        moves=known.table.astype(np.int16), known_begins=known.begins.astype(np.int32),
        known_endings=known.endings.astype(np.int16), known_sizes=sizes,
        known_states=np.diff(states, prepend=np.int32(0)),
        words_digest=np.array(words[0]), words=np.frombuffer(words[1], np.uint8), **net,
    )  # fmt: skip
    unfinished.replace(path)  # a reader sees the old file or the new one


def _shape(reader: Reader, regex: str, needs_digit: bool) -> Shape | None:  # noqa: FBT001 - as in `Source`
    """The shape by which a pattern is found; None where it must be run over whole texts."""
    try:
        shape = reader.read(regex, needs_digit=needs_digit)
    except UnreadableError:
        return None
    before, _ = to_first_digit(shape.node, reader.alphabet.digits)
    wanders = before > _FAR_DIGIT and len(edge_symbols(shape.node) & reader.alphabet.letters) > _ANY_LETTER
    return None if wanders or (shape.endless and shape.least < _LEAST_BEGINNING) else shape
