"""The confidential memos: templates filled with people, and where each planted item stands."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from pratique.demo.memo_texts import LANGUAGES, Language
from pratique.demo.people import COUNTRIES, Person, make_person

_SLOT = re.compile(r"\{(?:([ab])\.)?([a-z_]+)\}")
_MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
_LONG_DATE = {"de": "{d}. {m} {y}", "es": "{d} de {m} de {y}"}
_TITLES = {
    "en": ("Ms", "Mr"),
    "de": ("Frau", "Herr"),
    "fr": ("Madame", "Monsieur"),
    "es": ("doña", "don"),
    "it": ("la signora", "il signor"),
    "nl": ("mevrouw", "de heer"),
    "pl": ("Pani", "Pan"),
}
_ENTITIES = {
    "name": "PERSON",
    "family": "PERSON",
    "given": "PERSON",
    "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "street": "ADDRESS",
    "town": "ADDRESS",
    "card": "CREDIT_CARD",
    "iban": "IBAN_CODE",
    "ip": "IP_ADDRESS",
    "date": "DATE_TIME",
    "short_date": "DATE_TIME",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One item that a memo holds. Offsets count `str` positions of the memo's text."""

    file: str
    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo and what was planted in it."""

    file: str
    text: str
    planted: tuple[Planted, ...]


def make_memos(random: Random) -> list[Memo]:
    """Every memo: `Language.memos` of each language, mostly English."""
    memos: list[Memo] = []
    for language in LANGUAGES:
        order = list(COUNTRIES if language.country is None else (language.country,))
        for number in range(language.memos):
            home = order[number % len(order)]
            memos.append(_memo(random, language, home, f"memo-{len(memos) + 1:03d}-{language.code}.txt"))
    return memos


def _memo(random: Random, language: Language, home: str, file: str) -> Memo:
    first = make_person(random, home)
    second = make_person(random, random.choice(COUNTRIES))
    bodies = random.sample(language.bodies, random.randrange(3, 5 if language.country else 7))
    template = "\n\n".join((random.choice(language.openings), *bodies, random.choice(language.closings))) + "\n"
    day = dt.date(2026, 1, 5) + dt.timedelta(days=random.randrange(80))
    text, planted, at = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        at = slot.end()
        entity, filled = _fill(random, slot, {"a": first, "b": second}, day, language.code)
        if entity:
            planted.append(Planted(file, len(text), len(text) + len(filled), entity))
        text += filled
    return Memo(file, text + template[at:], tuple(planted))


def _fill(
    random: Random, slot: re.Match[str], people: Mapping[str, Person], day: dt.date, code: str
) -> tuple[str, str]:
    """The entity type of a slot (empty: none) and what stands in its place."""
    what = slot[2]
    if slot[1] is None:
        later = day + dt.timedelta(days=random.randrange(3, 40))
        fillings = {
            "date": _long_date(day, code),
            "short_date": f"{later:%Y-%m-%d}" if code == "en" else f"{later:%d-%m-%Y}",
            "amount": f"{random.randrange(40, 9800)}.{random.randrange(100):02d} EUR",
            "reference": f"{random.choice('KLMRV')}{random.choice('ABC')}-{random.randrange(2000, 9999)}",
        }
        return _ENTITIES.get(what, ""), fillings[what]
    person = people[slot[1]]
    special = {
        "id": (person.id.entity, person.id.value),
        "id_label": ("", person.id.label),
        "title": ("", _TITLES[code][0 if person.woman else 1]),
        "born": ("DATE_TIME", _long_date(person.born, code)),
    }
    return special[what] if what in special else (_ENTITIES[what], str(getattr(person, what)))


def _long_date(day: dt.date, code: str) -> str:
    month = _MONTHS[code].split()[day.month - 1]
    return _LONG_DATE.get(code, "{d} {m} {y}").format(d=day.day, m=month, y=day.year)
