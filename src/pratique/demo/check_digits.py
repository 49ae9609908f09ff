"""Arithmetic of check digits that several identifiers share."""

_ODD_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_ODD_LETTERS = (*_ODD_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
"""What the letters A to Z are worth in odd places."""


def luhn(body: str) -> str:
    """The digit that makes ``body`` followed by it pass Luhn's check (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        tens, ones = divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)
        total += tens + ones
    return str(-total % 10)


def italian(body: str) -> str:
    """The letter that checks a codice fiscale or an Italian account number."""
    total = 0
    for place, sign in enumerate(body):
        number = int(sign) if sign.isdigit() else ord(sign) - ord("A")
        total += _ODD_LETTERS[number] if place % 2 == 0 else number
    return chr(ord("A") + total % 26)


def falling(body: str) -> int:
    """The sum of the digits, each times its place counted down, the last having the weight 2."""
    return sum(int(digit) * weight for weight, digit in enumerate(reversed(body), start=2))
