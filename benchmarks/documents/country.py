"""What a country's documents are made of, as data: names, numbers, notations, words and sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

Make = Callable[[Random, "Person"], str]


@dataclass(frozen=True, slots=True)
class IdKind:
    """A number that a state gives to people."""

    name: str
    labels: tuple[str, ...]
    make: Make
    """The number in its compact form."""
    ways: tuple[str, ...] = ("",)
    """How people part it: each ``#`` takes a character, all else is written; empty: as it is."""
    heads: tuple[str, ...] = ()
    """What a table's column of them is called; without any, the labels."""
    weight: int = 2
    unlabelled: bool = False
    """Whether its form alone tells what it is, so that a table without a head may have it."""


@dataclass(slots=True)
class Person:
    """Somebody invented. Names are tuples of their grammatical cases, the nominative first."""

    female: bool
    given: tuple[str, ...]
    second: tuple[str, ...]
    surname: tuple[str, ...]
    title: str
    birth: date
    ids: dict[str, str] = field(default_factory=dict)
    """By kind; made when first asked for."""

    def full(self, case: int = 0) -> str:
        """Given name, second name where there is one, surname."""
        second = f" {form(self.second, case)}" if self.second else ""
        return f"{form(self.given, case)}{second} {form(self.surname, case)}"


def form(word: tuple[str, ...], case: int) -> str:
    """A case of a word; the nominative where it has no other."""
    return word[case] if case < len(word) else word[0]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document: a line of each of ``opening``, some of ``body``, a line of each of ``closing``."""

    opening: tuple[tuple[str, ...], ...]
    body: tuple[str, ...]
    closing: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Country:
    """All that `benchmarks.documents.writer` needs. Words with cases are written ``Jan/Jana/Janowi``."""

    code: str
    cases: tuple[str, ...]
    """Names of the cases of names, as templates have them; the first is the nominative."""
    men: str
    women: str
    surnames: str
    """Parted by commas, as all lists of names here."""
    women_surnames: str
    """Empty: as the men's."""
    compound: tuple[float, str]
    """How often a surname is of two, and what joins them."""
    second: float
    """How often somebody has a second given name or an initial."""
    titles: tuple[str, ...]
    """Academic ones."""
    towns: str
    """``postcode town`` each."""
    streets: str
    address: tuple[str, ...]
    """``{street}``, ``{no}``, ``{flat}``, ``{code}``, ``{town}``."""
    flats: tuple[str, ...]
    numbers: tuple[str, ...]
    """Of houses: ``#`` is a digit, ``%`` one but 0."""
    phones: tuple[str, ...]
    mobiles: tuple[str, ...]
    mail_hosts: tuple[str, ...]
    accounts: tuple[tuple[str, Make], ...]
    """What an account of the country is called, and its number."""
    ids: tuple[IdKind, ...]
    joins: tuple[str, ...]
    """Between label and number, as the country writes it."""
    dates: tuple[str, ...]
    """``{d}``, ``{dd}``, ``{m}``, ``{mm}``, ``{month}``, ``{y}``, ``{yy}``."""
    months: str
    amounts: tuple[str, ...]
    organisations: tuple[str, ...]
    """``{w}`` is one of `firms`, ``{s}`` a surname."""
    firms: str
    courts: tuple[str, ...]
    cases_of_courts: tuple[str, ...]
    invoices: tuple[str, ...]
    laws: tuple[str, ...]
    labels: Mapping[str, Sequence[str]]
    """Of forms and tables: name, born, address, phone, mobile, mail, account."""
    fillers: tuple[str, ...]
    kinds: Mapping[str, Kind]
    no_initials: tuple[str, ...] = ()
    """Initials that are read as a title: ``M. Moreau`` is a Frenchman, whatever he is called."""
