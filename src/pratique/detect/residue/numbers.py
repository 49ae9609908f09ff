"""Numbers of digits alone, pulled out as groups that stand together; and payment cards among them.

A group counts only where no letter, digit or underscore touches it, so that base64 and hexadecimal do not fire.
"""

# ruff: noqa: PLR2004 (the numbers are the published structures)

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pratique.detect.residue.checks import luhn

_RUN = re.compile(r"(?<!\w)[0-9]+(?:(?: ?[./-] ?| )[0-9]+)*(?!\w)")
_GROUP = re.compile(r"[0-9]+")
_LONGEST = 19
"""Digits of the longest number looked for."""
_MOST_GROUPS = 7
"""Groups of the structure that has the most (France's): a longer row of groups is no number of any."""


_CARD_SHAPES = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (6, 13), (4, 5, 6), (4, 4, 5), (4, 4, 4, 1)}
_GROUPED = frozenset(
    {(3, 2, 4), (3, 3, 4), (4, 2, 3), (3, 3, 3), (6, 3), (6, 4), (8, 4), (4, 6), (3, 3, 2, 2), (3, 2, 2, 3), (5, 5),
     (2, 3, 3, 3), (6, 5), (6, 3, 2), (2, 2, 2, 3, 2), (7, 4), (1, 6, 4), (2, 8, 2), (3, 7, 2), (3, 4, 4, 2), (7, 6),
     (1, 6, 6), (1, 2, 2, 2, 6), (2, 2, 3, 6), (2, 2, 3, 2, 3, 1), (8, 5), (4, 4, 5), (4, 2, 2, 5), (2, 2, 3, 3, 3),
     (13, 2), (1, 2, 2, 2, 3, 3, 2), (2, 6, 6, 1), (6, 2, 6, 1), (8, 6, 1)} | _CARD_SHAPES
)  # fmt: skip
"""The lengths of the groups in which any number is written that a check is known for: no other row of groups counts."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digit groups that stand together, joined by one and the same separator."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]
    """The length of each group."""
    separator: str
    """Empty where there is one group."""


def numbers(text: str) -> Iterator[Number]:
    """Every number of 9 to 19 digits, once for each way to read it.

    Chains joined by dots, hyphens or slashes are taken whole, so that no piece of a date, a version or a fraction
    counts; of a chain of groups between spaces, every stretch is tried.
    """
    for run in _RUN.finditer(text):
        if run.end() - run.start() < 9:
            continue
        groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, run.start(), run.end())]
        # What parts each group from the one before it: a sign, with spaces around it or not, or a space.
        joints = [text[before[1] : group[0]].strip() or " " for before, group in pairwise(groups)]
        for first in range(len(groups)):
            yield from _from(text, groups, ["", *joints, ""], first)


def _from(text: str, groups: list[tuple[int, int]], joints: list[str], first: int) -> Iterator[Number]:
    before = joints[first]
    digits, shape, separator = "", [], ""
    for place in range(first, min(first + _MOST_GROUPS, len(groups))):
        start, end = groups[place]
        if place > first:
            if separator and joints[place] != separator:
                return
            separator = joints[place]
        digits += text[start:end]
        shape.append(end - start)
        if len(digits) > _LONGEST:
            return
        known = not separator or tuple(shape) in _GROUPED
        if len(digits) >= 9 and known and _whole(separator, before, joints[place + 1]):
            yield Number(groups[first][0], end, digits, tuple(shape), separator)


def _whole(separator: str, before: str, after: str) -> bool:
    """Whether a number is not a piece of a longer chain of the same kind."""
    if not separator:
        return "." not in (before, after)
    return separator == " " or separator not in (before, after)


# --- payment cards (ISO/IEC 7812: issuer ranges as the networks publish them) ----------------------------------------


def _issuer(digits: str) -> bool:
    two, four, size = int(digits[:2]), int(digits[:4]), len(digits)
    if digits[0] == "4":
        return size in (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return size == 16
    if two in (34, 37):
        return size == 15
    if two in (36, 38, 39) or 300 <= four // 10 <= 305:
        return size == 14
    if four == 6011 or 644 <= four // 10 <= 649 or two in (62, 65) or 3528 <= four <= 3589:
        return 16 <= size <= 19
    return two in (50, 56, 57, 58, 63, 67) and size in (16, 18, 19)


def card(number: Number) -> float:
    """0.85 for an issuer's number with a good check digit, 0.35 for a good check digit alone, else 0."""
    size = len(number.digits)
    if not 13 <= size <= 19 or (number.separator and number.shape not in _CARD_SHAPES) or not luhn(number.digits):
        return 0.0
    if not number.digits.strip(number.digits[0]):
        return 0.0
    return 0.85 if _issuer(number.digits) else 0.35
