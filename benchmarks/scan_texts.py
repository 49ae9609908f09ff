"""The inputs of ``scan``: short fields, memos and documents in English, seeded; every value and every text is distinct.

A fifth of the sentences of a memo and a tenth of those of a document hold personal data: an address of mail, a telephone
number, a card, an IBAN, a number of an agency, a name. The fields are what columns of a shop and of an office hold.
"""

# ruff: noqa: E501, SIM905 - lists of words and forms, one a line

import random
from collections.abc import Callable, Iterator

SEED = 20261123
_NOUNS = (
    "invoice delivery order refund ticket session report kettle jacket lamp charger keyboard mattress blender subscription "
    "router backup meeting contract window document folder parcel warehouse account schedule printer payment server"
).split()
_ADJECTIVES = (
    "late broken missing blue wooden quiet annual second wrong damaged premium spare urgent small heavy digital monthly "
    "wireless cotton stainless portable compact green early"
).split()
_VERBS = (
    "called wrote asked waited returned complained confirmed moved checked closed opened paused paid signed".split()
)
_PLACES = "office shop depot counter station branch studio harbour garden campus".split()
_GIVEN = "Anna Tom Maria Peter Lena Omar Julia Marek Sofia David Ines Paul Greta Ivan Chloe Mateo".split()
_FAMILY = "Kern Weaver Rossi Novak Berg Dubois Silva Jensen Murphy Kowalski Popescu Lindgren Moreau Fischer".split()


class Writer:
    """Makes values; the same seed makes the same ones."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"{SEED} {name}")

    def _digits(self, count: int) -> str:
        return str(self._random.randrange(10 ** (count - 1), 10**count))

    def _one(self, words: list[str]) -> str:
        return self._random.choice(words)

    def mail(self) -> str:
        """An address of mail."""
        name = f"{self._one(_GIVEN)}.{self._one(_FAMILY)}{self._random.randrange(10_000)}"
        return f"{name.lower()}@{self._one(_NOUNS)}.example.{self._one(['org', 'com', 'de', 'eu'])}"

    def phone(self) -> str:
        """A telephone number."""
        start = self._one(["+49 30 ", "+44 20 7946 ", "(212) 555-", "0171 ", "+33 1 "])
        return f"{start}{self._digits(4)}{self._one(['', ' '])}{self._digits(3)}"

    def card(self) -> str:
        """A card number with its Luhn digit."""
        body = "4" + self._digits(14)
        total = sum(sum(divmod(int(d) * 2, 10)) if at % 2 == 0 else int(d) for at, d in enumerate(reversed(body)))
        number = body + str(-total % 10)
        return self._one([number, " ".join(number[at : at + 4] for at in range(0, 16, 4))])

    def iban(self) -> str:
        """A German IBAN."""
        body = self._digits(18)
        return f"DE{98 - int(body + '131400') % 97:02d}{body}"

    def name(self) -> str:
        """A name."""
        return f"{self._one(_GIVEN)} {self._one(_FAMILY)}"

    def day(self) -> str:
        """A date."""
        month, day = self._random.randrange(1, 13), self._random.randrange(1, 29)
        year = self._random.randrange(1950, 2026)
        return self._one([f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}"])

    def product(self) -> str:
        """What a shop sells."""
        return f"{self._one(_ADJECTIVES)} {self._one(_NOUNS)} {self._one(_ADJECTIVES)} {self._random.randrange(100_000)}".title()

    def words(self) -> str:
        """Words."""
        return f"{self._one(_ADJECTIVES)} {self._one(_NOUNS)} {self._one(_VERBS)} {self._one(_ADJECTIVES)} {self._one(_PLACES)}"

    def sku(self) -> str:
        """A code of a shop."""
        return f"{self._one(['SKU', 'ART', 'KB', 'ORD'])}-{self._digits(6)}-{self._one(['A', 'B', 'XL'])}"

    def price(self) -> str:
        """A price or a quantity."""
        return f"{self._random.randrange(100_000)}.{self._random.randrange(100):02d}"

    def fields(self) -> Iterator[str]:
        """Values of short fields, without an end: words and products a half, identifiers a fourth, the rest numbers."""
        kinds: list[Callable[[], str]] = [
            self.product, self.product, self.product, self.words, self.words, self.words, self.sku, self.price,
            lambda: self._digits(10), lambda: f"{self.day()}T{self._random.randrange(24):02d}:{self._random.randrange(60):02d}:00",
            self.mail, self.phone, self.name, self.card, self.iban, lambda: self._digits(9),
        ]  # fmt: skip
        while True:
            yield self._random.choice(kinds)()

    def sentence(self, share: float) -> str:
        """One sentence; a ``share`` of them hold personal data."""
        words = f"the {self._one(_ADJECTIVES)} {self._one(_NOUNS)} {self._one(_VERBS)} at the {self._one(_PLACES)}"
        if self._random.random() >= share:
            more = f"and {self._random.randrange(2, 40)} {self._one(_NOUNS)}s were {self._one(_ADJECTIVES)}"
            return f"{words.capitalize()} {more} before {self._one(['noon', 'Monday', 'the weekend', 'closing time'])}."
        return self._random.choice(
            [
                f"{self.name()} {self._one(_VERBS)} about {words}, reach them at {self.mail()}.",
                f"Please call {self.phone()} because {words}.",
                f"{words.capitalize()} with card {self.card()} on {self.day()}.",
                f"The amount goes to {self.iban()}, {words}.",
                f"{self.name()}, born {self.day()}, SSN {self._random.randrange(100, 600)}-{self._digits(2)}-{self._digits(4)}, says {words}.",
            ]
        )

    def text(self, size: int, share: float) -> str:
        """Sentences of at least ``size`` characters together."""
        made: list[str] = []
        length = 0
        while length < size:
            made.append(self.sentence(share))
            length += len(made[-1]) + 1
        return " ".join(made)[:size]


def fields(count: int) -> list[str]:
    """Distinct values of short fields."""
    made: dict[str, None] = {}
    for value in Writer("fields").fields():
        made[value] = None
        if len(made) == count:
            return list(made)
    raise AssertionError


def memos(count: int) -> list[str]:
    """Texts of 500 characters."""
    writer = Writer("memos")
    return [writer.text(500, 0.2) for _ in range(count)]


def documents(count: int, size: int = 5_000) -> list[str]:
    """Texts of 5,000 characters in lines."""
    writer = Writer("documents")
    return [writer.text(size, 0.1).replace(". ", ".\n") for _ in range(count)]
