"""The context words of many types in one table.

That of the built-in types is worked out when the package is made (`WordTable.kept`) and stored beside the code
(`pratique.detect.shapes.stored`): gathering some 60,000 words takes longer than everything else that a detector needs.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import orjson

from pratique.detect.entities.countries.labels import LANGUAGES
from pratique.detect.entities.record import EntityType

VERSION = 1
"""Of the table: raised with every change that makes another one of the same types."""
WORD = re.compile(r"[^\W0-9_]+")
LEAST_BEGINNING = 5
"""Letters of a word that also counts where another word begins with it."""
_LEAST_PLAIN = 4
"""Characters of a word or phrase that is also known as capitals and keyboards write it, without accents."""
_LEAST_LETTERS = 3
Phrase = tuple[tuple[str, ...], int]
"""The words that follow a phrase's first one, and the types that it speaks for."""


@dataclass(frozen=True, slots=True)
class Words:
    """What speaks for a type and what speaks against it, in any language."""

    near: frozenset[str]
    """Words and phrases; ``@`` is any e-mail address. Those of five letters also count as beginnings of longer ones."""
    against: frozenset[str] = frozenset()
    """Words right before a candidate that rule it out."""
    against_after: frozenset[str] = frozenset()
    """Words right after a candidate that rule it out."""

    @classmethod
    def of(cls, entity: EntityType, languages: Container[str] | None = None) -> "Words":
        """The words of a type; ``languages``: of these only. Those with accents are also known without."""
        chosen = [words for name, words in entity.context.items() if languages is None or name in languages]
        return cls(
            frozenset[str]().union(*map(_known, chosen)),
            frozenset(word.lower() for word in entity.against),
            frozenset(word.lower() for word in entity.against_after),
        )

    def beside(self, near: tuple[str, ...]) -> "Words":
        """These and other words near."""
        return replace(self, near=self.near | _known(near)) if near else self


class WordTable(NamedTuple):
    """Which types a word speaks for. A set of types is an integer: bit ``n`` is that of `Words` number ``n``."""

    whole: Mapping[str, int]
    """Of a word by itself."""
    phrases: Mapping[str, Sequence[Phrase]]
    """Of phrases, by their first word."""
    against: Mapping[str, int]
    against_after: Mapping[str, int]
    mail: int
    """The types that an e-mail address speaks for."""
    numbers: Sequence[tuple[int, int]] = ()
    """By pattern of the types in their order: the number of all its words, and of those at home (`of_types`)."""

    def kept(self) -> bytes:
        """The table, to be stored."""
        sets: dict[int, int] = {0: 0}

        def number(types: int) -> int:
            return sets.setdefault(types, len(sets))

        told: dict[str, Any] = {
            name: {word: number(types) for word, types in sorted(getattr(self, name).items())}
            for name in ("whole", "against", "against_after")
        }
        told["phrases"] = {
            first: [[" ".join(rest), number(types)] for rest, types in its]
            for first, its in sorted(self.phrases.items())
        }
        told["mail"] = number(self.mail)
        told["numbers"] = [list(pair) for pair in self.numbers]
        told["sets"] = [f"{types:x}" for types in sets]
        return orjson.dumps(told)

    @classmethod
    def restored(cls, kept: bytes) -> "WordTable":
        """What `kept` gave."""
        told = orjson.loads(kept)
        sets = [int(types, 16) for types in told["sets"]]
        names = ("whole", "against", "against_after")
        whole, against, after = ({word: sets[number] for word, number in told[name].items()} for name in names)
        phrases = {
            first: [(tuple(rest.split(" ")), sets[number]) for rest, number in its]
            for first, its in told["phrases"].items()
        }
        return cls(whole, phrases, against, after, sets[told["mail"]], [(a, b) for a, b in told["numbers"]])


def of_words(types: Iterable[Words], numbers: Sequence[tuple[int, int]] = ()) -> WordTable:
    """The table of these words."""
    near: dict[str, int] = {}
    against: dict[str, int] = {}
    after: dict[str, int] = {}
    for number, words in enumerate(types):
        bit = 1 << number
        for table, listed in ((near, words.near), (against, words.against), (after, words.against_after)):
            for word in listed:
                table[word] = table.get(word, 0) | bit
    whole: dict[str, int] = {}
    phrases: dict[str, dict[tuple[str, ...], int]] = {}
    mail = near.pop("@", 0)
    for phrase, spoken_for in sorted(near.items()):
        first, *rest = _parts(phrase)
        if rest:
            following = phrases.setdefault(first, {})
            following[tuple(rest)] = following.get(tuple(rest), 0) | spoken_for
        elif first:
            whole[first] = whole.get(first, 0) | spoken_for
    return WordTable(whole, {first: list(its.items()) for first, its in phrases.items()}, against, after, mail, numbers)


def of_types(types: Iterable[EntityType]) -> WordTable:
    """The table of the words of types.

    Each pattern has two sets of them: all, and those *at home*: in a language of the type's own countries, or in all.
    """
    distinct: dict[Words, int] = {}
    numbers: list[tuple[int, int]] = []
    for entity in types:
        languages = {language for country in entity.countries for language in LANGUAGES.get(country, ())}
        every = Words.of(entity)
        at_home = Words.of(entity, {*languages, "*"}) if languages else every
        for pattern in entity.patterns:
            pair = (distinct.setdefault(words.beside(pattern.near), len(distinct)) for words in (every, at_home))
            numbers.append((next(pair), next(pair)))
    return of_words(distinct, numbers)


def digest(types: Iterable[EntityType]) -> str:
    """Of everything that the table of types is made of."""
    told: list[str] = [str(VERSION)]
    for entity in types:
        told += ("\0type", *(language for country in entity.countries for language in LANGUAGES.get(country, ())))
        for language, words in entity.context.items():
            told += ("\0near", language, *words)
        told += ("\0against", *entity.against, "\0after", *entity.against_after)
        for pattern in entity.patterns:
            told += ("\0pattern", *pattern.near)
    return hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()


def small(text: str) -> str:
    """In lower case; the dotted capital of Turkish becomes the one letter that it is of."""
    return text.replace("İ", "i").lower()


def _parts(phrase: str) -> list[str]:
    """The words of a phrase. Digits are no words: ``ipv4`` is known by its letters, ``field 5`` not at all."""
    if not phrase.isalpha() and any(map(str.isdigit, phrase)):
        phrase = phrase.rstrip("0123456789")
        if len(phrase) < _LEAST_LETTERS or not phrase.isalpha():
            return [""]
    return WORD.findall(phrase) or [phrase]


@cache
def _known(words: tuple[str, ...]) -> frozenset[str]:
    """The words in lower case, and without accents."""
    lower = {word.lower() for word in words}
    return frozenset(lower.union(_plain(word) for word in lower if not word.isascii() and len(word) >= _LEAST_PLAIN))


def _plain(word: str) -> str:
    """Without accents and dots: of the Turkish dotless i the capital is I, which is an i in lower case."""
    word = word.replace("ı", "i")  # noqa: RUF001
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
