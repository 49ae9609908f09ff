"""mask: all characters but a few at either end are covered; separators stay."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import pyarrow as pa

from pratique.errors import TransformError
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import REFUSED, KeyStore, Treated
from pratique.transform.common import Base, Bools, BoundBase, matches, texts_of, whole_number

SEPARATORS = " -./:@,()_+'"
"""What stays as it is. Everything else counts as a character to cover."""
MAX_KEPT = 16


class Mask(Base):
    """Parameters: ``keep_first`` and ``keep_last`` (0 to 16, default 0), ``char`` (default ``*``).

    Never shows more than half of a value's characters: one that is too short for what is to be kept is covered whole.
    The limit: the length, the separators and what is kept stay visible, so equal values stay equal.
    """

    name = "mask"
    loses = "all but the characters kept, the length and the separators"
    _OWN = {"keep_first": (int,), "keep_last": (int,), "char": (str,)}  # noqa: RUF012 - declared ClassVar in the base

    def check(
        self,
        spec: TransformSpec,
        kinds: frozenset[Kind],
        entity: str,  # noqa: ARG002
        *,
        in_text: bool,  # noqa: ARG002
    ) -> Mapping[str, Scalar]:
        """The three parameters, complete."""
        params: dict[str, Scalar] = {"keep_first": 0, "keep_last": 0, "char": "*", **self.read(spec)}
        for name in ("keep_first", "keep_last"):
            whole_number(self.name, params, name, 0, MAX_KEPT)
        char = str(params["char"])
        if len(char) != 1 or char.isalnum() or char in SEPARATORS or not char.isprintable():
            raise TransformError("mask: char is not one printable sign other than letters, digits and separators")
        if Kind.BOOLEAN in kinds:
            raise TransformError("mask does not hide a Boolean: its length tells", do="replace, redact or token it")
        return params

    def emits(self, entity: str) -> frozenset[str]:
        """The type itself: a masked card still looks like one to some scanners."""
        return frozenset({entity})

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundMask":  # noqa: ARG002
        """Needs no key."""
        return BoundMask(
            int(applied.params["keep_first"]), int(applied.params["keep_last"]), str(applied.params["char"])
        )


class BoundMask(BoundBase):
    """Covers values."""

    def __init__(self, first: int, last: int, char: str) -> None:
        self._first = first
        self._last = last
        self._char = char
        separator, other, cover = f"[{re.escape(SEPARATORS)}]", f"[^{re.escape(SEPARATORS)}]", re.escape(char)
        kept = first + last
        self._grammar = f"(?:{separator}|{cover})*"
        if kept:
            self._grammar += (
                f"|(?:{separator}*{other}){{{first}}}(?:{separator}*{cover}){{{kept},}}"
                f"(?:{separator}*{other}){{{last}}}{separator}*"
            )

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """The covered texts."""
        texts = texts_of(values)
        return [
            REFUSED if text is None or type(value) is bool else self._cover(text)
            for value, text in zip(values, texts, strict=True)
        ]

    def _cover(self, text: str) -> str:
        if not text.isascii():
            # Composed first: a letter and its accent are one character, and are covered as one.
            text = unicodedata.normalize("NFC", text)
        places = [at for at, sign in enumerate(text) if sign not in SEPARATORS]
        if not places:
            # Separators alone would pass as they are; then they are the value.
            return self._char * len(text)
        if self._first + self._last <= len(places) // 2:
            places = places[self._first : len(places) - self._last]
        covered = list(text)
        for at in places:
            covered[at] = self._char
        return "".join(covered)

    def fits(self, values: pa.Array) -> Bools:
        """Covered signs and separators, with at most the kept characters at either end and no fewer covered ones."""
        return matches(values, self._grammar)
