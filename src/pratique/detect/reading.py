"""A text as people read it: without characters that nobody sees, and with what a line break tore apart put together.

A soft hyphen or a zero-width space inside an e-mail address leaves it the same address to the eye, and no pattern
matches it any more. What is found in what is read is told at its place in what is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pratique.detect.overlaps import Candidate
from pratique.model.catalogue import Finding

_UNSEEN = (
    "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
"""Default ignorable code points (Unicode, DerivedCoreProperties) but the letters among them."""
_ODD = re.compile(f"[{_UNSEEN}\uff01-\uff5e\u017f\u212a\u00a0\u2000-\u200a\u202f\u205f\u3000\u2010\u2011]")
_WIDE = {0xFF01 + at: 0x21 + at for at in range(0x5E)} | {0x17F: ord("s"), 0x212A: ord("K")}
"""Full-width forms, the two letters beyond ASCII that are an ASCII letter in the other case, wide and narrow spaces,
and hyphens that no keyboard has.
"""
_WIDE |= dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), ord(" "))
_WIDE |= dict.fromkeys((0x2010, 0x2011), ord("-"))
_REMOVED = re.compile(f"[{_UNSEEN}]")

_WRAP = re.compile(r"(?<=[0-9A-Za-z])[ \t\-]{0,3}\r?\n[ \t>|]{0,4}(?=[0-9A-Za-z])")
_REACH = 48
"""Characters on each side of a line break: the longest IBAN, in groups of four."""
_NEAR = 12
"""Characters on each side of a line break within which an identifier that lies across it has a digit."""
_DIGIT = re.compile("[0-9]")
_DIGITS = 8
"""Digits without which nothing that is validated can lie across a line break."""

LOOK = (
    r"[\x{AD}\x{34F}\x{61C}\x{180B}-\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FE00}-\x{FE0F}"
    r"\x{FEFF}\x{E0000}-\x{E007F}\x{E0100}-\x{E01EF}\x{FF01}-\x{FF5E}]"
    r"|[0-9A-Za-z][ \t\-]{0,3}\r?\n[ \t>|]{0,4}[0-9A-Za-z]"
)
"""RE2: matches every text that `read` changes, or that `wrapped` gives a piece of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a text."""

    text: str
    places: Sequence[int] | None = None
    """The offset in the written text of each character; None where the two are the same length."""

    def written(self, finding: Finding) -> Finding:
        """The finding at its place in the written text; unseen characters inside are in it, those around are not."""
        if self.places is None:
            return finding
        return replace(finding, start=self.places[finding.start], end=self.places[finding.end - 1] + 1)


def read(text: str) -> Reading:
    """``text`` without unseen characters, its full-width forms as ASCII."""
    if text.isascii() or _ODD.search(text) is None:
        return Reading(text)
    wide = text.translate(_WIDE)
    if _REMOVED.search(wide) is None:
        return Reading(wide)
    places = [at for at, character in enumerate(wide) if _REMOVED.match(character) is None]
    return Reading("".join(wide[at] for at in places), places)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands around one line break, with a space or with nothing in its place."""

    text: str
    start: int
    """Offset of the piece in the text that it is of."""
    seam: int
    """Offset in the piece of what stands in place of the break."""
    width: int
    """How much does: 1 or 0 characters."""
    gap: int
    """Characters that the break and what is around it take up in the text."""

    def across(self, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """Those of the piece's candidates that are validated and lie across the break, at their place in the text.

        Bare digits of two lines are not run together: columns of numbers would become card numbers.
        """
        for c in found:
            if not (c.validated and c.start < self.seam and c.end > self.seam + self.width):
                continue
            if self.width or any(map(str.isalpha, self.text[c.start : c.end])):
                yield replace(c, start=c.start + self.start, end=c.end + self.start + self.gap - self.width)


def wrapped(text: str) -> list[Piece]:
    """Two pieces for every line break that an identifier may lie across; of another break nothing is in them."""
    if "\n" not in text:
        return []
    pieces: list[Piece] = []
    for gap in _WRAP.finditer(text):
        near = (max(gap.start() - _NEAR, 0), gap.start()), (gap.end(), gap.end() + _NEAR)
        if not all(_DIGIT.search(text, *side) for side in near):
            continue
        start = max(gap.start() - _REACH, text.rfind("\n", 0, gap.start()) + 1)
        end = min(gap.end() + _REACH, _line_end(text, gap.end()))
        # A number that is cut in two would be another number.
        while start < gap.start() and text[start - 1 : start].isalnum() and text[start].isalnum():
            start += 1
        while end > gap.end() and text[end : end + 1].isalnum() and text[end - 1].isalnum():
            end -= 1
        before, after = text[start : gap.start()], text[gap.end() : end]
        if sum(map(str.isdigit, before + after)) >= _DIGITS:
            pieces.extend(
                Piece(joint.join((before, after)), start, len(before), len(joint), gap.end() - gap.start())
                for joint in (" ", "")
            )
    return pieces


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
