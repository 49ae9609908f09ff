"""Writes a country's documents: invented people, their numbers, and sentences around them."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.documents import page as of
from benchmarks.documents.checks import fill, part
from benchmarks.documents.country import Country, IdKind, Kind, Person, form
from benchmarks.documents.page import Document, Page

_SLOT = re.compile(r"\{([^{}]*)\}")
_PEOPLE = "pqr"
_LINE_ENDS = re.compile(r",? – |, (?=[^,–]*\Z|[^,–]*(?:[0-9]{4}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}))")  # noqa: RUF001 - a dash
"""Where an address that is written over lines breaks: before the postcode and the town."""
_BODY = (5, 9)
_WORDS = (150, 600)
_RARE = ("", ":\n", " :\n")
"""A label that is glued to its number, or on the line before: some write so, few."""
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "o",
        ],
        strict=True,
    )
)
"""As people spell their names in mail addresses."""


def document(country: Country, kind: str, number: int, seed: str) -> Document:
    """The same for the same arguments, whatever else is written."""
    name = f"{country.code} {kind} {number}"
    return _Writer(country, Random(f"{seed} {name}")).write(name, country.kinds[kind])


class _Writer:
    def __init__(self, country: Country, random: Random) -> None:
        self.country = country
        self.random = random
        self.page = Page()
        self.people = {name: self.person() for name in _PEOPLE}
        self._used: dict[str, set[str]] = {}
        self.town = self.pick(_listed(country.towns))
        self.firms = [self._firm() for _ in range(2)]

    def write(self, name: str, kind: Kind) -> Document:
        """Opening, body, closing; fillers bring it to its length."""
        random = self.random
        body = random.sample(kind.body, min(len(kind.body), random.randint(*_BODY)))
        fillers = list(self.country.fillers)
        random.shuffle(fillers)
        wanted = random.randint(_WORDS[0] + 20, _WORDS[1] - 150)
        length = sum(len(line.split()) for line in body) + 60
        while fillers and length < wanted:
            body.insert(random.randint(0, len(body)), fillers.pop())
            length += len(body[-1].split())
        numbered = random.random() < 0.35
        for lines in kind.opening:
            self.line(random.choice(lines))
        for at, line in enumerate(body):
            self.line((f"{at + 1}. " if numbered else "") + line)
        for lines in kind.closing:
            self.line(random.choice(lines))
        return self.page.document(name)

    def line(self, template: str) -> None:
        """A paragraph."""
        self.render(template)
        self.page.add("\n" if self.random.random() < 0.3 else "\n\n")

    def render(self, template: str) -> None:
        """Fill in the slots."""
        at = 0
        for slot in _SLOT.finditer(template):
            self.page.add(template[at : slot.start()])
            self.slot(slot[1])
            at = slot.end()
        self.page.add(template[at:])

    def slot(self, name: str) -> None:
        """One slot: ``p.…`` of a person, ``p?man|woman`` of their sex, ``=…`` a time as it stands, or a thing."""
        who, dot, what = name.partition(".")
        if name[0] == "=":
            self.page.add(name[1:], of.DATE)
        elif name[1:2] == "?":
            man, _, woman = name[2:].partition("|")
            self.render((woman if self.people[name[0]].female else man).replace("<", "{").replace(">", "}"))
        elif name in self.people:
            self._full(self.people[name])
        elif dot and who in self.people:
            self._of(self.people[who], who, what)
        else:
            self._thing(name)

    # People

    def person(self) -> Person:
        """Somebody between 19 and 90 years old."""
        country, random = self.country, self.random
        female = random.random() < 0.5
        given = _listed(country.women if female else country.men)
        surnames = _listed((female and country.women_surnames) or country.surnames)
        surname = _cases(random.choice(surnames))
        share, joint = country.compound
        if random.random() < share:
            other = _cases(random.choice(surnames))
            width = max(len(surname), len(other))
            surname = tuple(f"{form(surname, at)}{joint}{form(other, at)}" for at in range(width))
        second: tuple[str, ...] = ()
        if random.random() < country.second:
            second = _cases(random.choice(given))
            second = (f"{second[0][0]}.",) if random.random() < 0.4 else second
        title = random.choice(country.titles) if random.random() < 0.2 else ""
        birth = date(2026, 1, 1) - timedelta(days=random.randint(19 * 366, 90 * 365))
        return Person(female, _cases(random.choice(given)), second, surname, title, birth)

    def _full(self, person: Person, case: int = 0) -> None:
        if person.title:
            self.page.add(f"{person.title} ")
        self.page.add(person.full(case), of.PERSON)

    def _of(self, person: Person, who: str, what: str) -> None:
        """What a slot of a person says: their name in some form, a number of the state, or one of the rest."""
        kinds = {kind.name: kind for kind in self.country.ids}
        name = self._name(person, what)
        if name:
            self.page.add(name, of.PERSON)
        elif what in self.country.cases:
            self._full(person, self.country.cases.index(what))
        elif what in kinds:
            self._number(person, kinds[what])
        elif what == "id":
            self._labelled(person, who)
        elif what == "form":
            self._form(person, who)
        elif what == "account":
            self._account(person)
        else:
            self.page.add(*self._contact(person, what))

    def _name(self, person: Person, what: str) -> str:
        """Surname (``s``, ``sgen``), given name, initial, in capitals, reversed; empty for what is no such form."""
        given, surname, cases = person.given[0], person.surname, self.country.cases
        if what[0] == "s" and what[1:] in ("", *cases):
            return form(surname, cases.index(what[1:]) if what[1:] else 0)
        if what == "i":
            return person.full() if f"{given[0]}." in self.country.no_initials else f"{given[0]}. {surname[0]}"
        if what == "r":
            return f"{surname[0]}{self.pick((', ', ' '))}{given}"
        return {"g": given, "u": _upper(person.full())}.get(what, "")

    def _contact(self, person: Person, what: str) -> tuple[str, str]:
        random, country = self.random, self.country
        contacts: dict[str, Callable[[], tuple[str, str]]] = {
            "tel": lambda: (fill(random, self.pick(country.phones)), of.PHONE),
            "mob": lambda: (fill(random, self.pick(country.mobiles)), of.PHONE),
            "mail": lambda: (self._mail(person), of.EMAIL),
            "addr": lambda: (self._address(), of.ADDRESS),
            "lines": lambda: (_LINE_ENDS.sub("\n", self._address()), of.ADDRESS),
            "iban": lambda: (country.accounts[0][1](random, person), of.ACCOUNT),
            "dob": lambda: (self._date(person.birth), of.BIRTH),
        }
        return contacts[what]()

    def _account(self, person: Person) -> None:
        name, make = self.random.choice(self.country.accounts)
        self.page.add(f"{name}{self.pick((' ', ': '))}")
        self.page.add(make(self.random, person), of.ACCOUNT, name)

    def _mail(self, person: Person) -> str:
        random = self.random
        given, surname = _latin(person.given[0]), _latin(person.surname[0].replace(" ", ""))
        number = str(person.birth.year % 100)
        whole = f"{given}.{surname}", f"{given[0]}.{surname}", f"{given}_{surname}"
        names = (*whole, surname + number, given + number)
        host = random.choice((*self.country.mail_hosts, f"{_latin(random.choice(_listed(self.country.firms)))}.eu"))
        return f"{random.choice(names)}@{host}"

    def _address(self) -> str:
        country, random = self.country, self.random
        code, _, town = random.choice(_listed(country.towns)).partition(" ")
        flat = random.choice(country.flats) if random.random() < 0.3 else ""
        return random.choice(country.address).format(
            street=random.choice(_listed(country.streets)),
            no=fill(random, random.choice(country.numbers)),
            flat=fill(random, flat),
            code=code.replace("_", " "),
            town=town,
        )

    # Numbers of the state

    def value(self, person: Person, kind: IdKind) -> str:
        """As it is written this time."""
        if kind.name not in person.ids:
            person.ids[kind.name] = kind.make(self.random, person)
        return part(self.random.choice(kind.ways), person.ids[kind.name])

    def _number(self, person: Person, kind: IdKind) -> None:
        self.page.add(self.value(person, kind), of.NATIONAL_ID, kind.name)

    def _labelled(self, person: Person, who: str) -> None:
        used = self._used.setdefault(who, set())
        kinds = [kind for kind in self.country.ids if kind.name not in used] or list(self.country.ids)
        kind = self.random.choices(kinds, [kind.weight for kind in kinds])[0]
        used.add(kind.name)
        label = self.random.choice(kind.labels)
        join = self.random.choice(self.country.joins)
        value = self.value(person, kind)
        glued = join == "" and (not label[-1].isalpha() or value[0].isalpha())
        if join in _RARE and (glued or self.random.random() < 0.7):
            join = " "
        before, _, after = join.partition("…")
        self.page.add(label + before)
        self.page.add(value, of.NATIONAL_ID, kind.name)
        self.page.add(after)

    # Blocks

    def _form(self, person: Person, who: str) -> None:
        labels, random = self.country.labels, self.random
        rest = ("born", "address", "phone", "mobile", "mail", "account")
        lines = ["name", *random.sample(rest, random.randint(2, 5))]
        sep = random.choice((": ", ":\t", " : ", ": "))
        for line in lines:
            if line != "account":  # which brings its own
                self.page.add(random.choice(tuple(labels[line])) + sep)
            self._row(person, line)
            self.page.add("\n")
        self._labelled(person, who)

    def _row(self, person: Person, what: str) -> None:
        slots = {"born": "dob", "address": "addr", "phone": "tel", "mobile": "mob"}
        nominative = self.country.cases[0]
        self._of(person, "", self.pick(("u", "r", nominative)) if what == "name" else slots.get(what, what))

    def _table(self) -> None:
        labels, random = self.country.labels, self.random
        kind = random.choices(self.country.ids, [kind.weight for kind in self.country.ids])[0]
        headed = not kind.unlabelled or random.random() < 0.7
        columns = ["name", "id", *random.sample(("born", "phone", "mail", "mobile"), random.randint(1, 2))]
        if random.random() < 0.5:
            columns[1:] = random.sample(columns[1:], len(columns) - 1)
        by = random.choice((" | ", "\t", "; ", "   "))
        if headed:
            heads = [random.choice(kind.heads or kind.labels) if c == "id" else labels[c][0] for c in columns]
            self.page.add(by.join(heads) + "\n")
        for _ in range(random.randint(3, 6)):
            person = self.person()
            for at, column in enumerate(columns):
                self.page.add(by if at else "")
                if column == "id":
                    self._number(person, kind)
                elif column == "name":
                    self.page.add(person.full(), of.PERSON)
                else:
                    self._row(person, column)
            self.page.add("\n")

    # Things

    def _thing(self, name: str) -> None:
        things: dict[str, Callable[[], tuple[str, str]]] = {
            "org": lambda: (self.firms[0], of.ORGANIZATION),
            "org2": lambda: (self.firms[1], of.ORGANIZATION),
            "court": lambda: (self._court(), of.ORGANIZATION),
            "date": lambda: (self._date(date(2026, 1, 1) - timedelta(days=self.random.randint(0, 2500))), of.DATE),
            "amount": lambda: (fill(self.random, self.pick(self.country.amounts)), of.INNOCENT),
            "inv": lambda: (self._dated(self.pick(self.country.invoices)), of.INNOCENT),
            "ref": lambda: (self._dated(self.pick(self.country.invoices)), of.CASE),
            "law": lambda: (fill(self.random, self.pick(self.country.laws)), of.INNOCENT),
            "case": lambda: (self._dated(self.pick(self.country.cases_of_courts)), of.CASE),
            "town": lambda: (self._town(), of.PLACE),
            "here": lambda: (self.town.partition(" ")[2], of.PLACE),
            "n": lambda: (str(self.random.randint(2, 60)), ""),
        }  # fmt: skip
        if name == "table":
            self._table()
            return
        text, kind = things[name]()
        self.page.add(text, kind, name)

    def _dated(self, pattern: str) -> str:
        year = self.random.randint(2018, 2026)
        return fill(self.random, pattern.replace("YYYY", str(year)).replace("YY", f"{year % 100:02d}"))

    def _court(self) -> str:
        return self.pick(self.country.courts).format(town=self._town(), n=self.random.randint(1, 9))

    def _firm(self) -> str:
        surname = _cases(self.pick(_listed(self.country.surnames)))[0]
        return self.pick(self.country.organisations).format(w=self.pick(_listed(self.country.firms)), s=surname)

    def _town(self) -> str:
        return self.pick(_listed(self.country.towns)).partition(" ")[2]

    def _date(self, day: date) -> str:
        month = _listed(self.country.months)[day.month - 1]
        return self.pick(self.country.dates).format(
            d=day.day, dd=f"{day.day:02d}", m=day.month, mm=f"{day.month:02d}", month=month, y=day.year, yy=f"{day:%y}"
        )

    def pick(self, of_these: Sequence[str]) -> str:
        return self.random.choice(of_these)


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


def _cases(word: str) -> tuple[str, ...]:
    return tuple(word.split("/"))


def _upper(name: str) -> str:
    """Capitals; of Greek, without accents, as they are written."""
    raised = name.upper()
    greek = any("GREEK" in unicodedata.name(c, "") for c in raised)
    return _bare(raised) if greek else raised


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _latin(name: str) -> str:
    """As it stands in a mail address."""
    lower = _bare(name.casefold().replace("ł", "l").replace("ı", "i"))  # noqa: RUF001 - letters without a base
    return re.sub(r"[^a-z0-9-]", "", "".join(_GREEK.get(c, c) for c in lower))
