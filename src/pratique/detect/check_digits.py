"""Check digits of national identifiers: from a candidate's text to a verdict, as in `pratique.detect.validators`.

The arithmetic of a check runs first, since most wrong candidates fail it; python-stdnum judges what is left.
"""

# ruff: noqa: PLR2004 - the figures are those of the specifications that the entity types name
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from itertools import cycle
from operator import mul

Validator = Callable[[str], bool | None]

_VALUE_OF_DIGIT = bytes((byte - 48) % 256 for byte in range(256))
_NO_DIGIT = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUHN_DOUBLE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def digits_of(text: str) -> list[int]:
    """The ASCII digits of a text, in order."""
    return list(text.encode("ascii", "ignore").translate(_VALUE_OF_DIGIT, _NO_DIGIT))


def alphanumerics(text: str) -> str:
    """The ASCII letters and digits of a text, in upper case: an identifier without its separators."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day; a year of two digits (0 to 99) may be of any century."""
    return 1 <= month <= 12 and 1 <= day <= (_DAYS[month - 1] if month != 2 or year % 4 else 29)


def unchecked(_text: str) -> None:
    """No verdict: for the pattern of a type whose validator is for its other patterns."""


def weighted_sum(text: str, weights: Sequence[int]) -> int:
    """The sum of the digits of a text, each times its weight; digits beyond the weights do not count."""
    return sum(map(mul, weights, digits_of(text)))


def cross_sum(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of the digits of every product of a digit and its weight; the weights repeat."""
    return sum(sum(divmod(product, 10)) for product in map(mul, map(int, digits), cycle(weights)))


def mrz(text: str) -> bool:
    """The check digit of ICAO Doc 9303 part 3: the last character over those before it, weights 7, 3, 1, modulo 10."""
    values = [int(c, 36) for c in alphanumerics(text)]
    return len(values) > 1 and sum(map(mul, cycle((7, 3, 1)), values[:-1])) % 10 == values[-1]


def luhn(text: str) -> bool:
    """The check of ISO/IEC 7812-1 annex B over all digits of the text; False without digits."""
    digits = digits_of(text)
    return bool(digits) and (sum(digits[-1::-2]) + sum(_LUHN_DOUBLE[d] for d in digits[-2::-2])) % 10 == 0


@cache
def _stdnum(module: str) -> Callable[[str], bool]:
    # Imported when first needed: most runs need few of them.
    return import_module(f"stdnum.{module}").is_valid  # type: ignore[no-any-return]


def weighted(module: str, weights: tuple[int, ...], modulus: int, remainders: tuple[int, ...] = (0,)) -> Validator:
    """A validator that takes the weighted digit sum first, then asks python-stdnum."""

    def validate(text: str) -> bool:
        digits = digits_of(text)
        total = sum(map(mul, weights, digits)) % modulus
        return len(digits) == len(weights) and total in remainders and judge_stdnum(module, text)

    return validate


_VERHOEFF = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""The permutation of Verhoeff's check: it is applied once more with every place."""


def verhoeff(text: str) -> bool:
    """Verhoeff's check over all digits of the text, in the dihedral group of order ten; False without digits."""
    digits = digits_of(text)
    check = 0
    for place, digit in enumerate(reversed(digits)):
        for _ in range(place % 8):
            digit = _VERHOEFF[digit]  # noqa: PLW2901 - the digit as it stands in its place
        turn = (check + digit if check < 5 else check - digit) % 5
        check = turn + 5 * ((check < 5) != (digit < 5))
    return bool(digits) and check == 0


def by_stdnum(module: str) -> Validator:
    """The verdict of a module of python-stdnum, which is imported when it is first asked."""

    def validate(text: str) -> bool:
        return judge_stdnum(module, text)

    return validate


def judge_stdnum(module: str, text: str) -> bool:
    """Whether a module of python-stdnum takes ``text`` for valid; it never raises."""
    try:
        return bool(_stdnum(module)(text))
    except Exception:  # noqa: BLE001 - a library's slip must not stop a scan
        # What could not be checked is taken for what it looks like: a check that fails is no licence.
        return True


def iso7064_11_10(digits: Sequence[int]) -> bool:
    """The check of ISO/IEC 7064 MOD 11,10 over all digits, the check digit last."""
    check = 5
    for digit in digits:
        check = ((check or 10) * 2 % 11 + digit) % 10
    return check == 1


def this_century(month_offset: int, validate: Validator) -> Validator:
    """Only births from 1900 (months as they are) to 2049 (months plus ``month_offset``): the other centuries that the
    number can write would only let more random numbers pass.
    """

    def judge(text: str) -> bool:
        digits = digits_of(text)
        if len(digits) < 6:
            return False
        year, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
        born = 1 <= month <= 12 or (month_offset < month <= month_offset + 12 and year < 50)
        return born and bool(validate(text))

    return judge
