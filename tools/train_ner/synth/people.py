"""Persons: who is drawn, and how the name is written.

A name is drawn from its language's own lists and, where Faker is installed, from Faker's person providers of the
language's countries; some persons come from another country than the text. Courtesy titles are never part of a name.
"""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.train_ner.synth import script

if TYPE_CHECKING:
    from tools.train_ner.synth.inflect import Cases
    from tools.train_ner.synth.language import Language
    from tools.train_ner.synth.writer import Writer

FOREIGN = 0.14
INITIAL, MIDDLE, DOUBLE_GIVEN, DOUBLE_SURNAME = 0.05, 0.04, 0.05, 0.05
PARTICLE = 0.03  # the file's own share is under `particle`


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a text: nominative names; ``origin`` is the language whose rules inflect them."""

    given: str
    surname: str
    gender: str
    origin: str


@dataclass(slots=True)
class Pool:
    """The names of one language: given names and surnames by gender."""

    given: dict[str, list[str]]
    surnames: dict[str, list[str]]


def from_faker(locales: Iterable[str], provider: str, *attributes: str) -> list[str]:
    """What Faker's providers of these locales list under these attributes; empty where Faker is not installed."""
    found: dict[str, None] = {}
    for locale in locales:
        try:
            module = importlib.import_module(f"faker.providers.{provider}.{locale}")
        except ImportError:
            continue
        for attribute in attributes:
            values = getattr(module.Provider, attribute, ())
            found.update(dict.fromkeys(_turned(str(value).strip()) for value in values))
    return [
        name
        for name in found
        if name not in ("", "Doe") and not name.islower() and not set(name) & set("(/,0123456789")
    ]


def _turned(name: str) -> str:
    """``van Werl`` of the Dutch lists' ``Werl, van``."""
    head, comma, particle = name.partition(", ")
    return f"{particle} {head}" if comma else name


def titles_of(language: "Language") -> frozenset[str]:
    """The courtesy titles of the language's file, case-folded."""
    return frozenset(title.casefold() for title in language.words("tm") + language.words("tf"))


def pool_of(language: "Language") -> Pool:
    """The language's pool: its own lists, and Faker's for the locales that the file names under ``faker``."""
    locales = language.meta.get("faker", "").split()
    titles = titles_of(language)  # a list of given names can hold one, such as the Turkish for Mr
    given = {
        "m": language.words("male") + from_faker(locales, "person", "first_names_male"),
        "f": language.words("female") + from_faker(locales, "person", "first_names_female"),
    }
    given = {gender: [name for name in names if name.casefold() not in titles] for gender, names in given.items()}
    own = language.words("surnames")
    if any(from_faker(locales, "person", "last_names_female")):
        men = own + from_faker(locales, "person", "last_names_male")
        listed = from_faker(locales, "person", "last_names_female")
    else:
        men = own + from_faker(locales, "person", "last_names")
        listed = []
    women = [feminine(language, name) for name in (own if listed else men)] + listed
    if language.cases is not None and "daughter.f" in language.cases.rules:
        women += [language.cases.form(name, "daughter", "f", False) for name in own]  # Lithuanian: unmarried
    return Pool(given, {"m": men, "f": women})


def feminine(language: "Language", surname: str) -> str:
    """The form of a surname that a woman bears; the same where the language does not tell them apart."""
    if language.code == "ga":
        return _irish(surname)
    if language.cases is None or not language.cases.rules.get("surname.f"):
        return surname
    return language.cases.form(surname, "surname", "f", False)


def _irish(surname: str) -> str:
    """Ní and Nic for Ó and Mac, with the next letter lenited as grammar asks (not c and g behind Nic)."""
    for prefix, changed, lenited in (("Ó ", "Ní ", "bcdfgmpst"), ("Mac ", "Nic ", "bdfmpst")):
        if surname.startswith(prefix):
            rest = surname.removeprefix(prefix)
            if rest[0].lower() in lenited and rest[1:2] != "h":
                rest = f"{rest[0]}h{rest[1:]}"
            return changed + rest
    return surname


def draw(writer: "Writer", gender: str) -> Person:
    """A person for this text: mostly of its language, sometimes of another country."""
    home = writer.language
    if writer.chance(FOREIGN):
        home = writer.pick(home.strangers)
    pool = home.pool
    if gender == "p":
        gender = "m" if writer.chance(0.5) else "f"
    given = writer.pick(pool.given[gender])
    if writer.chance(DOUBLE_GIVEN):
        second = writer.pick(pool.given[gender])
        if second != given and " " not in given and "-" not in given and "-" not in second:
            given = f"{given}{writer.pick(['-', ' '])}{second}"
    surname = writer.pick(pool.surnames[gender])
    both = home.meta.get("surnames") == "2" and writer.chance(0.6)
    if both or (writer.chance(DOUBLE_SURNAME) and home.code != "is"):
        second = writer.pick(pool.surnames[gender])
        if second != surname and " " not in surname and "-" not in surname + second:
            surname = f"{surname}{' ' if both else '-'}{second}"
    particles = home.words("particles")
    if (
        particles
        and surname[0].isupper()
        and " " not in surname
        and writer.chance(float(home.meta.get("particle", PARTICLE)))
    ):
        particle = writer.pick(particles)
        surname = particle + ("" if particle.endswith("'") else " ") + surname
    if home is not writer.language and writer.language.code not in script.NOT_LATIN:
        given, surname = script.latin(given, home.code), script.latin(surname, home.code)
    return Person(given, surname, gender, home.code)


def inflected(writer: "Writer", person: Person, case: str, *, alone: bool = False) -> tuple[str, str]:
    """Given name and surname in a case of the text's language.

    Where only the last word of a name takes the ending, the given name takes it only when it stands ``alone``.
    Elsewhere, names of other countries take it where they look like the language's own masculine nouns, as most
    writers do it.
    """
    language = writer.language
    cases = language.cases
    given, surname = person.given, person.surname
    if cases is None or case not in cases.names:
        return given, surname
    if language.meta.get("inflect") == "last":
        given_last = alone or (language.meta.get("order") == "surname" and person.origin == language.code)
        if given_last:
            return _last(cases, given, case, person.gender, surname=False), surname
        return given, _last(cases, surname, case, person.gender, surname=True)
    if person.origin != language.code and (person.gender == "f" or " " in surname or not _plain(person)):
        return given, surname
    given = " ".join(cases.form(part, case, person.gender, False) for part in given.split(" "))
    head, space, word = surname.rpartition(" ")
    return given, head + space + cases.form(word, case, person.gender, True)


def _last(cases: "Cases", name: str, case: str, gender: str, *, surname: bool) -> str:
    """The name with its last word in that case; of a hyphenated word, the last part."""
    cut = max(name.rfind(" "), name.rfind("-")) + 1
    return name[:cut] + cases.form(name[cut:], case, gender, surname)


def _plain(person: Person) -> bool:
    ends = "bcdfgklmnprstvz"
    return person.given[-1] in ends and person.surname[-1] in ends


def initials(person: Person) -> str:
    """``A.`` of a given name, ``J.-P.`` of a hyphenated one."""
    return "-".join(f"{part[0]}." for part in person.given.replace(" ", "-").split("-") if part)


def abbreviated(writer: "Writer", person: Person) -> str:
    """The initials; the given name where they would look like a courtesy title (French ``M.``, Polish ``P.``)."""
    letters = initials(person)
    return person.given if letters.casefold() in titles_of(writer.language) else letters


def full(writer: "Writer", person: Person, given: str, surname: str) -> str:
    """A full name as prose has it, in the order of the text's language."""
    if writer.language.meta.get("order") == "surname" and person.origin == writer.language.code:
        return f"{surname} {given}"
    if writer.chance(INITIAL) and given == person.given:
        return f"{abbreviated(writer, person)} {surname}"
    if writer.chance(MIDDLE) and " " not in given and person.origin == writer.language.code:
        letter = writer.pick(writer.language.pool.given["m"])[0]
        return f"{given} {letter}. {surname}"
    return f"{given} {surname}"


def listed(writer: "Writer", person: Person) -> str:
    """A name as forms and tables have it: any order, with or without a comma, capitals for the surname or for all."""
    given, surname = person.given, person.surname
    code = writer.language.code
    capital = script.upper(surname, code)
    roll = writer.random.random()
    forms = (
        (0.42, full(writer, person, given, surname)),
        (0.60, f"{surname}, {given}"),
        (0.72, f"{surname} {given}"),
        (0.80, f"{capital} {given}"),
        (0.86, f"{capital}, {given}"),
        (0.91, f"{given} {capital}"),
        (0.95, f"{script.upper(given, code)} {capital}"),
        (0.98, f"{surname}, {initials(person)}"),
    )
    return next((form for bound, form in forms if roll < bound), f"{surname} {initials(person)}")
