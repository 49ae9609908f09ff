"""Shapes of values: ``Aa-999``, ``a.aaaa@aaa.aa``. What a reviewer may see of data without seeing a value.

A shape keeps what a format is made of and drops what a value is made of:

- a letter of any script is ``A`` (a capital) or ``a`` (any other), a digit or number sign of any script is ``9``;
- spaces are one space, dashes ``-``, ASCII punctuation stays as it is, every other character is ``*``;
- marks on letters are left out, so that a letter with its accent apart has the shape of the letter that has it within;
- of more than `LETTERS` letters of one kind in a row only so many are shown, and ``…``; digits count up to `DIGITS`;
- only the first `LONGEST` characters are looked at; for the rest stands ``…``.

A shape that few have could tell whose value it is. So one is shown only if `HOLDERS` or more share it: subjects of the
records where the dataset declares its subject, different values otherwise. Those with fewer are put together by a
coarser shape, in which each word or number is one sign (`coarse`), and that one is held to the same rule. What is left
is counted, and its shape not told.

The limits: a shape says how long short words and numbers are, and which punctuation stands between them; values made of
punctuation alone show as they are, if enough share them. With no subject declared, one person's many values look like
many people's. Frequencies are of the records that were read, not of the dataset.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pratique.model.data import Batch
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath
from pratique.model.schema import Kind, Node, Schema

HOLDERS: Final = 5
"""How many must share a shape before it is shown."""
LETTERS: Final = 4
DIGITS: Final = 20
LONGEST: Final = 200
WIDEST: Final = 48
"""Signs of a shape; a longer one is told by its coarse shape only."""
WORDS: Final = 6
"""Words and numbers of a coarse shape; for what follows stands ``…``."""
MAX_SHAPES: Final = 4_000
"""Different shapes of one field that are counted one by one; later ones by their coarse shape, then not at all."""

MORE: Final = "…"
_RUNS: Final = re.compile(rf"A{{{LETTERS + 1},}}|a{{{LETTERS + 1},}}|9{{{DIGITS + 1},}}| {{2,}}|\*{{2,}}")
_WORD: Final = re.compile(rf"[Aa9{MORE}]+")
_BY_CATEGORY: Final = {"Lu": "A", "Lt": "A", "L": "a", "N": "9", "M": "", "Pd": "-"}
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

Scalar = str | int | float | bool


class _Signs(dict[int, str]):
    """Code point to sign, filled as characters are met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        sign = self[code] = _sign(chr(code))
        return sign


def _sign(character: str) -> str:
    if character in _PUNCTUATION:
        return character
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return _BY_CATEGORY.get(category) or _BY_CATEGORY.get(category[0], "*")


_SIGNS: Final = _Signs()


def shape_of(value: Scalar) -> str:
    """The shape of one value; ``boolean`` for a truth value, empty for an empty text."""
    if isinstance(value, bool):
        return "boolean"
    text = value if isinstance(value, str) else repr(value)
    signs = text[:LONGEST].translate(_SIGNS)
    return _RUNS.sub(_shortened, signs) + (f" {MORE}" if len(text) > LONGEST else "")


def _shortened(run: re.Match[str]) -> str:
    sign = run[0][0]
    if sign in " *":
        return sign
    return sign * (DIGITS if sign == "9" else LETTERS) + MORE


def coarse(shape: str) -> str:
    """A shape with every word and number as one: ``9…`` digits, ``A…`` capitals, ``a…`` small letters, ``Aa…`` both,
    ``x…`` letters and digits mixed; the first `WORDS` of them, and `WIDEST` signs.
    """
    if shape == "boolean":
        return shape
    made: list[str] = []
    end = 0
    for number, word in enumerate(_WORD.finditer(shape)):
        if number == WORDS:
            return f"{''.join(made)[:WIDEST].rstrip()} {MORE}"
        made += [shape[end : word.start()], _kind(word[0])]
        end = word.end()
    return ("".join(made) + shape[end:])[:WIDEST]


def _kind(word: str) -> str:
    signs = set(word) - {MORE}
    if not signs:
        return MORE
    if "9" in signs:
        return f"9{MORE}" if signs == {"9"} else f"x{MORE}"
    return f"{''.join(sorted(signs))}{MORE}"


@dataclass(frozen=True, slots=True)
class ShapeCount:
    """One shape of a field."""

    shape: str
    count: int
    """Values of this shape, among those read."""
    share: float
    """Of the values that are not null."""
    coarse: bool
    """Whether too few share the exact shapes behind it."""


@dataclass(frozen=True, slots=True)
class FieldShapes:
    """What the values of one field look like."""

    path: FieldPath
    values: int
    """Values read, nulls included."""
    nulls: int
    shapes: tuple[ShapeCount, ...]
    """The most frequent first."""
    rare: int
    """Values whose shape too few share: it is not told."""


@dataclass(slots=True)
class _Seen:
    coarse: str
    count: int = 0
    holders: set[int] = field(default_factory=set)
    """Hashes that mean nothing outside this process; never more than `HOLDERS`."""

    def add(self, holder: int | None) -> None:
        self.count += 1
        if holder is not None and len(self.holders) < HOLDERS:
            self.holders.add(holder)


class ShapeCounter:
    """Counts the shapes of one field. It keeps shapes and hashes, never a value."""

    def __init__(self, path: FieldPath) -> None:
        self._path = path
        self._values = self._nulls = self._uncounted = 0
        self._exact: dict[str, _Seen] = {}
        self._coarse: dict[str, _Seen] = {}

    def add(self, value: Scalar | None, holder: int | None) -> None:
        """Take one value; ``holder`` stands for who shares it, None for nobody."""
        self._values += 1
        if value is None:
            self._nulls += 1
            return
        shape = shape_of(value)
        seen = self._exact.get(shape)
        if seen is None:
            rough = coarse(shape)
            table, key = (self._exact, shape) if len(shape) <= WIDEST else (self._coarse, rough)
            if len(table) >= MAX_SHAPES and key not in table:
                table, key = self._coarse, rough
            if len(table) >= MAX_SHAPES and key not in table:
                self._uncounted += 1
                return
            seen = table.setdefault(key, _Seen(rough))
        seen.add(holder)

    def found(self) -> FieldShapes:
        """What may be told."""
        filled = self._values - self._nulls
        told = {shape: seen.count for shape, seen in self._exact.items() if len(seen.holders) >= HOLDERS}
        together: dict[str, _Seen] = {}
        apart = [seen for shape, seen in self._exact.items() if shape not in told]
        for seen in (*apart, *self._coarse.values()):
            group = together.setdefault(seen.coarse, _Seen(seen.coarse))
            group.count += seen.count
            group.holders |= seen.holders
        rough = {shape: seen.count for shape, seen in together.items() if len(seen.holders) >= HOLDERS}
        rare = self._uncounted + sum(seen.count for shape, seen in together.items() if shape not in rough)
        shapes = [
            ShapeCount(shape, count, count / filled, is_rough)
            for counts, is_rough in ((told, False), (rough, True))
            for shape, count in counts.items()
        ]
        shapes.sort(key=lambda found: (-found.count, found.coarse, found.shape))
        return FieldShapes(self._path, self._values, self._nulls, tuple(shapes), rare)


def leaves(batch: Batch, schema: Schema, wanted: Iterable[FieldPath]) -> Iterator[tuple[int, FieldPath, Scalar | None]]:
    """Row number, field and value of every value of the wanted fields; what the schema does not know is passed over."""
    paths = frozenset(wanted)
    if batch.columns is not None:
        for name, column in batch.columns.items():
            if (name,) in paths:
                values = column.values.to_pylist()
                for row, code in enumerate(column.codes.to_pylist()):
                    yield row, (name,), None if code is None else values[code]
        return
    for row, record in enumerate(batch.records or ()):
        for path, value in _walk(record, schema.root, ()):
            if path in paths:
                yield row, path, value


def _walk(value: Any, node: Node | None, path: FieldPath) -> Iterator[tuple[FieldPath, Scalar | None]]:
    if node is None:
        return
    if isinstance(value, Mapping):
        is_map = Kind.MAP in node.kinds
        below = dict(node.fields)
        for name, child in value.items():
            if is_map:
                yield (*path, KEY), name
                yield from _walk(child, node.value, (*path, VALUE))
            else:
                yield from _walk(child, below.get(name), (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item, node.item, (*path, ITEM))
    else:
        yield path, value


def subjects(batch: Batch, subject: FieldPath) -> Sequence[Scalar | None]:
    """The subject of each row; ``subject`` has names only."""
    if batch.columns is not None:
        column = batch.columns.get(subject[0]) if len(subject) == 1 else None
        if column is None:
            return [None] * len(batch)
        values = column.values.to_pylist()
        return [None if code is None else values[code] for code in column.codes.to_pylist()]
    return [_at(record, subject) for record in batch.records or ()]


def _at(value: Any, path: FieldPath) -> Scalar | None:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return None if isinstance(value, (Mapping, list)) else value
