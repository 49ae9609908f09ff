"""Pieces of patterns that the countries share, and how their scores are chosen.

Scores: a value whose check a random value of its form passes less than about once in two hundred reaches 0.5 on its
own (`PROVED`), with a rarer form more; a weaker check (`WEAK`) needs a context word or a field name; bare digits
without a check (`BARE`) need it more. A number whose check digits fail, in a form that its label names, is a slip of
the pen or an example, and as personal as the right one: `labelled` keeps it at 0.6, with context alone.
Types that Presidio has too drop it, as Presidio does, and leave it to `pratique.detect.entities.countries.named`.
"""

from dataclasses import replace

from pratique.detect.entities.record import Pattern

SPACE = r"[ \x{A0}\x{2007}\x{2009}\x{202F}]"
"""One space, of any width."""
SP = rf"{SPACE}?"
SEP = r"[ .\-/\x{A0}\x{2007}\x{2009}\x{202F}\x{2010}-\x{2013}]?"
"""Nothing, or one separator as people put it into a number."""
DASH = r"[\-\x{2010}-\x{2013}]"

PAIR = "(?:[A-MO-Z][A-Z]|N[A-NP-QS-Z])"
"""Two capitals, but for NO and NR, which stand before numbers."""

PROVED = 0.55
WEAK = 0.3
BARE = 0.1
LABELLED = 0.6


def grouped(*sizes: int, by: str = SEP) -> str:
    """RE2: groups of digits of these sizes, with an optional separator between them."""
    return by.join(f"[0-9]{{{size}}}" for size in sizes)


def series(digits: str, letters: str = "[A-Z]{2}", spaced: str = PAIR) -> str:
    """RE2 for `capitals`: letters and digits in either case; with a space between them capitals only."""
    return rf"(?i:{letters}){digits}|{spaced}{SPACE}{digits}"


def code(regex: str, context: float = 0.75, score: float = BARE, **more: object) -> Pattern:
    """A form that no check proves: low on its own, by its label more; either case of letters."""
    return replace(Pattern(regex=rf"(?i)\b(?:{regex})\b", score=score, context=context), **more)  # type: ignore[arg-type]


def capitals(regex: str, context: float = 0.75, score: float = BARE, **more: object) -> Pattern:
    """As `code`, but in capitals only (save what ``regex`` frees of case): in small letters it would be words."""
    return replace(Pattern(regex=rf"\b(?:{regex})\b", score=score, context=context), **more)  # type: ignore[arg-type]


def plate(regex: str, context: float = 0.8, score: float = BARE, **more: object) -> Pattern:
    """A form in capitals: in small letters many a plate is a few words (``de 120 km``)."""
    return capitals(regex, context, score, **more)


def any_script(regex: str, context: float = 0.75, score: float = BARE, **more: object) -> Pattern:
    r"""As `code`, with letters beyond ASCII at an end, of which RE2's ``\b`` knows nothing."""
    return replace(code(regex, context, score, **more), regex=rf"(?i)(?:{regex})")


def proved(regex: str, alone: float = PROVED, context: float = 0.9, score: float = 0.05, **more: object) -> Pattern:
    """A form that the type's validator proves; ``score`` where it gives no verdict."""
    pattern = Pattern(regex=rf"(?i)\b(?:{regex})\b", score=score, validated=alone, context=context)
    return replace(pattern, **more)  # type: ignore[arg-type]


def bare_vat(regex: str) -> Pattern:
    """A VAT number without the country before it: by its check digits and its label."""
    return proved(regex, alone=0.05, context=0.8)


def labelled(pattern: Pattern, validator: str = "unchecked") -> Pattern:
    """The same form with a check of its shape at most: for values that carry their label and fail the check."""
    return replace(pattern, score=0.0, validated=0.0, context=LABELLED, validator=validator)


def postcode(regex: str) -> Pattern:
    """A postcode by its label; beside a town it is a part of an address, which is a type of its own."""
    return code(regex, context=0.65, score=0.02)
