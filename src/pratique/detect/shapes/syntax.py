"""The part of RE2's syntax that shapes are made of, read into trees over symbols.

What cannot be read (anchors to lines, named classes, capturing groups) raises `UnreadableError`; the scanner then runs
such a pattern over whole texts, which is right and slower.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pratique.detect.shapes.symbols import (
    END,
    FAR_LETTER,
    FAR_LOWER,
    FAR_MARK,
    FAR_NUMBER,
    FAR_UPPER,
    Alphabet,
)
from pratique.detect.shapes.trees import (
    MOST_COPIES,
    Either,
    Node,
    One,
    Row,
    Shape,
    Times,
    edge_symbols,
    least_length,
)

_ASCII = [chr(code) for code in range(0x80)]
_DIGITS, _SPACES = frozenset("0123456789"), frozenset("\t\n\f\r ")
_WORDS = frozenset(c for c in _ASCII if c.isalnum() or c == "_")
_CLASSES = {"d": _DIGITS, "s": _SPACES, "w": _WORDS}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_CATEGORIES = {
    "L": ((str.isalpha,), (FAR_UPPER, FAR_LOWER, FAR_LETTER)),
    "Lu": ((str.isupper,), (FAR_UPPER,)),
    "Lt": ((), (FAR_UPPER,)),
    "Ll": ((str.islower,), (FAR_LOWER,)),
    "M": ((), (FAR_MARK,)),
    "N": ((str.isdigit,), (FAR_NUMBER,)),
    "Nd": ((str.isdigit,), (FAR_NUMBER,)),
}
_EXACT_CATEGORIES = frozenset({"L", "M", "N"})
_MOST_LISTED = 600


class UnreadableError(ValueError):
    """The pattern has something in it that shapes do not know."""


@dataclass
class _Class:
    """A set of characters: those of ASCII one by one, those beyond as symbols."""

    ascii: set[str]
    far: set[int]
    exact: bool = True

    def add(self, other: "_Class") -> None:
        self.ascii |= other.ascii
        self.far |= other.far
        self.exact = self.exact and other.exact


def named_characters(regexes: Iterable[str]) -> set[str]:
    """Characters beyond ASCII that patterns name, one by one or in short ranges."""
    found: set[str] = set()
    for regex in regexes:
        if not regex.isascii():
            found.update(c for c in regex if not c.isascii())
        at = regex.find("\\x{")
        while at >= 0:
            code = int(regex[at + 3 : regex.index("}", at)], 16)
            found.add(chr(code))
            at = regex.find("\\x{", at + 3)
    return found


class Reader:
    """Reads patterns over one alphabet."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self._regex = ""
        self._at = 0
        self._fold = False
        self._exact = True
        self._bounds = [False, False]
        self._ones: dict[tuple[str, bool], tuple[One, bool]] = {}

    def read(self, regex: str, *, needs_digit: bool = False) -> Shape:
        """The pattern's shape. Raises `UnreadableError`."""
        self._regex, self._at, self._fold, self._exact = regex, 0, False, True
        self._bounds = [False, False]
        node = self._either()
        if self._at != len(regex):
            raise UnreadableError
        length, endless = least_length(node)
        # A boundary beside anything but a letter or digit of ASCII is another condition: RE2 is asked then.
        tied = self.alphabet.digits | self.alphabet.letters
        bounded = self._bounds[1] and not endless and edge_symbols(node, last=True) <= tied
        exact = self._exact and self._bounds[0] and bounded and edge_symbols(node) <= tied
        return Shape(node, exact, bounded, endless, length, needs_digit)

    def _peek(self, size: int = 1) -> str:
        return self._regex[self._at : self._at + size]

    def _take(self) -> str:
        self._at += 1
        character = self._regex[self._at - 1 : self._at]
        if not character:
            raise UnreadableError
        return character

    def _either(self) -> Node:
        fold = self._fold
        ways = {self._row(): None}
        while self._peek() == "|":
            self._at += 1
            ways[self._row()] = None
        self._fold = fold
        return next(iter(ways)) if len(ways) == 1 else Either(tuple(ways))

    def _row(self) -> Node:
        parts: list[Node] = []
        while self._peek() not in {"", "|", ")"}:
            part = self._item()
            if part is not None:
                parts.append(self._repeated(part))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _item(self) -> Node | None:
        start, character = self._at, self._take()
        if character == "(":
            return self._group()
        if character in "^$*+?{":
            raise UnreadableError
        if character == "\\" and self._peek() in {"b", "B"}:
            self._boundary()
            return None
        if character == "[":
            self._skip_class()
        elif character == "\\":
            self._escape()
        source = self._regex[start : self._at], self._fold
        known = self._ones.get(source)
        if known is None:
            after, self._at = self._at, start
            known = self._ones[source] = self._one(self._characters())
            self._at = after
        self._exact = self._exact and known[1]
        return known[0]

    def _skip_class(self) -> None:
        self._at += self._peek() == "^"
        first = True
        while first or self._peek() != "]":
            first = False
            if self._take() == "\\":
                self._at += 1
        self._at += 1

    def _characters(self) -> _Class:
        character = self._take()
        if character == "[":
            return self._class()
        if character == ".":
            return _Class(set(_ASCII) - {"\n"}, set(self.alphabet.far))
        return self._escape() if character == "\\" else self._literal(character)

    def _boundary(self) -> None:
        """A boundary of words: at the pattern's ends it is remembered, inside it only narrows."""
        if self._take() == "B":
            self._exact = False
        elif self._at == len(self._regex):
            self._bounds[1] = True
        elif self._regex[: self._at] in {"\\b", "(?i)\\b"}:
            self._bounds[0] = True
        else:
            self._exact = False

    def _group(self) -> Node | None:
        if self._peek() != "?":
            raise UnreadableError
        self._at += 1
        flags = ""
        while self._peek() not in {":", ")"}:
            flags += self._take()
        if flags not in {"", "i"}:
            raise UnreadableError
        if self._take() == ")":
            self._fold = self._fold or flags == "i"
            return None
        outer = self._fold
        self._fold = outer or flags == "i"
        node = self._either()
        self._fold = outer
        if self._take() != ")":
            raise UnreadableError
        return node

    def _escape(self) -> _Class:
        character = self._take()
        if character in "pP":
            return self._category(negated=character == "P")
        if character.lower() in _CLASSES and character.lower() != character:
            listed = _CLASSES[character.lower()]
            return _Class({c for c in _ASCII if c not in listed}, set(self.alphabet.far))
        if character in _CLASSES:
            return _Class(set(_CLASSES[character]), set())
        if character == "x":
            return self._literal(self._code())
        if character in _CONTROLS:
            return self._literal(_CONTROLS[character])
        if character.isalnum():
            raise UnreadableError
        return self._literal(character)

    def _code(self) -> str:
        if self._peek() != "{":
            code, self._at = self._peek(2), self._at + 2
            return chr(int(code, 16))
        end = self._regex.index("}", self._at)
        code, self._at = self._regex[self._at + 1 : end], end + 1
        return chr(int(code, 16))

    def _category(self, *, negated: bool) -> _Class:
        name = self._take()
        if name == "{":
            end = self._regex.index("}", self._at)
            name, self._at = self._regex[self._at : end], end + 1
        if name not in _CATEGORIES:
            raise UnreadableError
        tests, far = _CATEGORIES[name]
        listed = {c for c in _ASCII if any(test(c) for test in tests)}
        if negated:
            return _Class(set(_ASCII) - listed, set(self.alphabet.far), exact=False)
        return _Class(listed, set(far), exact=name in _EXACT_CATEGORIES)

    def _literal(self, character: str) -> _Class:
        if character.isascii():
            return _Class({character}, set())
        symbol = self.alphabet.symbol(character)
        return _Class(set(), {symbol}, exact=self.alphabet.whole(symbol) == {character})

    def _class(self) -> _Class:
        negated = self._peek() == "^"
        self._at += negated
        whole, first = _Class(set(), set()), True
        while first or self._peek() != "]":
            first = False
            whole.add(self._class_item())
        self._at += 1
        if not negated:
            return whole
        if self._fold and whole.ascii & set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            whole.ascii |= {c.swapcase() for c in whole.ascii}
        partly = {symbol for symbol in whole.far if not self.alphabet.whole(symbol)}
        far = set(self.alphabet.far) - (whole.far - partly)
        return _Class(set(_ASCII) - whole.ascii, far, exact=whole.exact and not partly)

    def _class_item(self) -> _Class:
        character = self._take()
        if character == "[" and self._peek() == ":":
            raise UnreadableError
        if character == "\\":
            before = self._at
            item = self._escape()
            single = self._regex[before] not in "pPdDwWsS"
            character = self._code_at(before) if single else ""
        else:
            item = self._literal(character)
        if not character or self._peek() != "-" or self._peek(2) == "-]":
            return item
        self._at += 1
        last = self._take()
        if last == "\\":
            before = self._at
            self._escape()
            last = self._code_at(before)
        return self._range(character, last)

    def _code_at(self, before: int) -> str:
        """The character that an escape which began at ``before`` stands for."""
        after, self._at = self._at, before
        kind = self._take()
        character = self._code() if kind == "x" else _CONTROLS.get(kind, kind)
        self._at = after
        return character

    def _range(self, first: str, last: str) -> _Class:
        whole = _Class({c for c in _ASCII if first <= c <= last}, set())
        beyond = range(max(ord(first), 0x80), ord(last) + 1)
        if len(beyond) > _MOST_LISTED:
            whole.far, whole.exact = set(self.alphabet.far), False
            return whole
        for code in beyond:
            whole.add(self._literal(chr(code)))
        return whole

    def _one(self, characters: _Class) -> tuple[One, bool]:
        """The symbols of some characters, and whether no other character has them."""
        listed, far, exact = characters.ascii, set(characters.far), characters.exact
        if self._fold:
            listed = listed | {c.swapcase() for c in listed if c.isalpha()}
            if far & {FAR_UPPER, FAR_LOWER}:
                far, exact = far | {FAR_UPPER, FAR_LOWER}, False
        symbols = {self.alphabet.symbol(c) for c in listed} - {END}
        exact = exact and all(self.alphabet.whole(s) <= listed for s in symbols)
        return One(frozenset(symbols | far)), exact

    def _repeated(self, part: Node) -> Node:
        while True:
            least, most = 1, 1
            mark = self._peek()
            if mark in {"?", "*", "+"} and mark:
                self._at += 1
                least, most = (0 if mark in "?*" else 1), (1 if mark == "?" else None)  # type: ignore[assignment]
            elif mark == "{":
                least, most = self._counted()  # type: ignore[assignment]
            else:
                return part
            if self._peek() == "?":  # lazy: another choice among the same texts
                self._at += 1
                self._exact = False
            part = self._times(part, least, most)

    def _counted(self) -> tuple[int, int | None]:
        end = self._regex.find("}", self._at)
        if end < 0:
            raise UnreadableError
        first, comma, second = self._regex[self._at + 1 : end].partition(",")
        self._at = end + 1
        if not first.isdigit() or (second and not second.isdigit()):
            raise UnreadableError
        return int(first), int(second) if second else (None if comma else int(first))

    def _times(self, part: Node, least: int, most: int | None) -> Node:
        if least > MOST_COPIES or (most is not None and most > MOST_COPIES):
            return Times(part, min(least, MOST_COPIES), None)
        return Times(part, least, most)
