"""Check digits that several countries use, from their public definitions, and invented accounts."""

from collections.abc import Sequence
from random import Random


def digits(random: Random, count: int, first: str = "0123456789") -> str:
    """So many digits; the first is one of ``first``."""
    return random.choice(first) + "".join(random.choices("0123456789", k=count - 1))


def fill(random: Random, pattern: str) -> str:
    """``#`` becomes a digit, ``%`` one but 0, ``@`` a capital letter."""
    letters = {"#": "0123456789", "%": "123456789", "@": "ABCDEFGHJKLMNPRSTUVWXYZ"}
    return "".join(random.choice(letters[c]) if c in letters else c for c in pattern)


def part(pattern: str, value: str) -> str:
    """Write ``value`` into the ``#`` of a pattern; as it is where the pattern has another number of them."""
    if pattern.count("#") != len(value):
        return value
    left = iter(value)
    return "".join(next(left) if c == "#" else c for c in pattern)


def weighted(value: str, weights: Sequence[int]) -> int:
    """The sum of digits times weights."""
    return sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False))


def luhn_digit(value: str) -> str:
    """The digit that makes ``value`` pass ISO/IEC 7812-1 annex B."""
    total = 0
    for at, digit in enumerate(reversed(value)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def mod_11_10(value: str) -> str:
    """The check digit of ISO 7064 MOD 11,10."""
    product = 10
    for digit in value:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def icao_digit(value: str) -> str:
    """The check digit of machine-readable travel documents (ICAO 9303): weights 7, 3, 1."""
    total = sum((int(c, 36)) * (7, 3, 1)[at % 3] for at, c in enumerate(value))
    return str(total % 10)


def iban(country: str, bban: str) -> str:
    """With the check digits of ISO 13616."""
    number = "".join(str(int(c, 36)) for c in f"{bban}{country}00")
    return f"{country}{98 - int(number) % 97:02d}{bban}"


def grouped(value: str, size: int = 4, by: str = " ") -> str:
    """In groups from the left."""
    return by.join(value[at : at + size] for at in range(0, len(value), size))
