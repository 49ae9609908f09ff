"""Check digits, written out here so that no validator of another detector can be wrong in both places at once."""

from collections.abc import Sequence


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: every second digit from the right is doubled; the sum is a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = ord(digit) - 48
        if place & 1:
            value = value * 2 - 9 if value > 4 else value * 2  # noqa: PLR2004 (5 and more double to two digits)
        total += value
    return total % 10 == 0


def remainder_97(characters: str) -> int:
    """The remainder by 97 of the number that ISO 13616 reads in letters and digits (A = 10 … Z = 35)."""
    rest = 0
    for character in characters:
        value = int(character, 36)
        rest = (rest * (100 if value > 9 else 10) + value) % 97  # noqa: PLR2004 (letters are two digits)
    return rest


def weighted(digits: str, weights: Sequence[int]) -> int:
    """The sum of the digits, each times its weight; digits beyond the weights do not count."""
    return sum((ord(digit) - 48) * weight for digit, weight in zip(digits, weights, strict=False))


def mod_11_10(digits: str) -> bool:
    """ISO/IEC 7064 MOD 11,10: the check digit is the last one."""
    carry = 10
    for digit in digits[:-1]:
        carry = ((carry + ord(digit) - 48) % 10 or 10) * 2 % 11
    return (11 - carry) % 10 == ord(digits[-1]) - 48


def ean(digits: str) -> bool:
    """The check of EAN-13: weights 1 and 3 by turns."""
    return weighted(digits, (1, 3) * 7) % 10 == 0


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def day_month(day: str, month: str) -> bool:
    """Whether there is such a day in any year."""
    number = int(month)
    return 1 <= number <= 12 and 1 <= int(day) <= _DAYS[number - 1]  # noqa: PLR2004 (months)


def seven_three_one(characters: str) -> int:
    """ICAO Doc 9303: weights 7 3 1 over digits, letters (A = 10 … Z = 35) and fillers (0), modulo 10."""
    values = (0 if character == "<" else int(character, 36) for character in characters)
    return sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10


_D5 = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
"""Multiplication in the dihedral group of ten elements."""


def _turns() -> tuple[str, ...]:
    turn, turns = "1576283094", ["0123456789"]
    while len(turns) < 8:  # noqa: PLR2004 (the permutation has order eight)
        turns.append("".join(turns[-1][int(digit)] for digit in turn))
    return tuple(turns)


_TURNS = _turns()


def verhoeff(digits: str) -> bool:
    """J. Verhoeff's check (1969): the permuted digits, from the right, multiply to the neutral element."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total = int(_D5[total][int(_TURNS[place % 8][int(digit)])])
    return total == 0
