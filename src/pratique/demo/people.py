"""People for the memos: one country each, with everything that a memo may say of them."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from pratique.demo import identifiers, national_ids
from pratique.demo.names import NAMES

COUNTRIES = tuple(NAMES)

_PLACES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "GB": (
        ("{n} Larkmere Road", "{n} Old Tannery Lane", "Flat 3, {n} Quayside Terrace", "{n} Pellham Crescent"),
        ("Wexcombe WX4 7QT", "Harrow Stoke HS2 1LD", "Port Allerby PA9 3EE"),
    ),
    "IE": (("{n} Cois Abhann", "{n} Chapelgate Street"), ("Ballymorran, Co. Clare", "Kilcarrick, Co. Mayo")),
    "DE": (
        ("Lindhofstraße {n}", "Am alten Speicher {n}", "Kranichweg {n}", "Glockengießergasse {n}"),
        ("24937 Flensburg", "99423 Weimar", "79219 Staufen", "26721 Emden"),
    ),
    "FR": (
        ("{n}, rue des Tanneurs-Neufs", "{n} bis, quai de la Herse", "{n}, allée des Grands-Charmes"),
        ("35400 Saint-Malo", "87000 Limoges", "54300 Lunéville"),
    ),
    "ES": (
        ("Calle del Molino Viejo {n}, 2.º B", "Avenida de los Fresnos {n}", "Plaza de la Cordelería {n}"),
        ("31500 Tudela", "48300 Gernika", "16001 Cuenca"),
    ),
    "IT": (("Via dei Funaioli {n}", "Corso Bellariva {n}", "Vicolo del Torchio {n}"), ("55100 Lucca", "46100 Mantova")),
    "NL": (
        ("Zoutkeetsgracht {n}", "Lange Wilgenpad {n}", "Korenmolenlaan {n}"),
        ("8861 KP Harlingen", "4331 BK Middelburg"),
    ),
    "PL": (
        ("ul. Garncarska {n}/4", "ul. Stare Sady {n}", "al. Jesionowa {n}/12"),
        ("27-600 Sandomierz", "87-100 Toruń"),
    ),
    "SE": (("Repslagargatan {n}", "Björkvägen {n}"), ("621 57 Visby", "871 45 Härnösand")),
    "FI": (("Myllypuistonkatu {n} A 5", "Rantakivenkuja {n}"), ("06100 Porvoo", "57130 Savonlinna")),
    "BE": (("Lakenhalstraat {n}", "Rue du Vieux Lavoir {n}"), ("9700 Oudenaarde", "5500 Dinant")),
    "PT": (
        ("Rua da Fonte Seca {n}, 1.º Dto", "Travessa do Lagar {n}"),
        ("7000-501 Évora", "4900-317 Viana do Castelo"),
    ),
}
_LETTERS = {ord("ß"): "ss", ord("ł"): "l", ord("ø"): "o", ord("æ"): "ae", ord(" "): "", ord("'"): ""}
_MAIL_HOSTS = ("post.example.org", "mail.example.net", "brief.example.com", "correo.example.org", "poczta.example.net")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    country: str
    woman: bool
    given: str
    family: str
    email: str
    phone: str
    street: str
    town: str
    card: str
    iban: str
    ip: str
    born: dt.date
    id: national_ids.NationalId

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


def make_person(random: Random, country: str) -> Person:
    """A person of this country, all of whose numbers have right check digits."""
    names = NAMES[country]
    woman = random.random() < 0.5  # noqa: PLR2004 (even odds)
    given = random.choice(names.women if woman else names.men)
    family = random.choice(names.families)
    born = dt.date(1944, 1, 1) + dt.timedelta(days=random.randrange(22_000))
    number = identifiers.phone(random, country)
    streets, towns = _PLACES[country]
    return Person(
        country=country,
        woman=woman,
        given=given,
        family=family,
        email=_email(random, given, family),
        phone=random.choice((number.compact, number.spaced, number.spaced, number.national)),
        street=random.choice(streets).format(n=random.randrange(2, 140)),
        town=random.choice(towns),
        card=identifiers.card(random),
        iban=identifiers.iban(random, country),
        ip=identifiers.address_of_machine(random),
        born=born,
        id=national_ids.national_id(random, country, national_ids.Birth(born, woman, given, family)),
    )


def _email(random: Random, given: str, family: str) -> str:
    first, last = _ascii(given), _ascii(family)
    local = random.choice(
        (f"{first}.{last}", f"{first[0]}.{last}", f"{last}{random.randrange(50, 99)}", f"{first}_{last}")
    )
    return f"{local}@{random.choice(_MAIL_HOSTS)}"


def _ascii(name: str) -> str:
    swapped = name.lower().translate(_LETTERS)
    return unicodedata.normalize("NFD", swapped).encode("ascii", "ignore").decode()
