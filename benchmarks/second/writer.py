"""Fills the templates of ``data`` with invented people, their numbers and notations of their country; seeded.

A file has ``key: value | value`` lines, then templates, each behind a line ``== name A:m B:f`` that says who is in it.
``{A}`` is a name, ``{A.revcap 1}`` one in a style and a grammatical case, ``{A.egn}`` a number (``!``: as a register
writes it), ``{A.addr}``, ``{A.mob}`` and the like what else belongs to somebody; ``{KIND|text}`` marks text,
``{n|pattern}`` a number that is nobody's, ``{x|pattern}`` writes without a mark. In patterns ``#`` is a digit,
``%`` one but 0, ``@`` a letter.
"""

# ruff: noqa: SIM905 - lists of words

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from benchmarks.documents import page as of
from benchmarks.documents.checks import fill, grouped, iban, part
from benchmarks.documents.page import Document, Mark, Page
from benchmarks.second.numbers import MAKERS

_DATA: Final = Path(__file__).resolve().parent / "data"
CODES: Final = tuple(sorted(path.stem for path in _DATA.glob("*.txt")))
"""Countries that have a file."""
_SLOT: Final = re.compile(r"\{([^{}]*)\}")
_PEOPLE: Final = re.compile(r"\b([A-H]):([mf])")
_FIRST_DAY, _FIRST_BIRTH = date(2015, 1, 1), date(1938, 1, 1)
_WIDTHS: Final = (38, 78)
_LETTERS: Final = MappingProxyType(
    dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True))
    | dict(zip("абвгдежзийклмнопрстуфхцчшщъьюя",
               "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split(), strict=True))
    | {"ł": "l", "đ": "d", "ß": "ss", "ø": "o"}
)  # fmt: skip
_PLAIN: Final = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "đ": "d", "Đ": "D"})


@dataclass(frozen=True, slots=True)
class Country:
    """A file, read."""

    code: str
    lists: Mapping[str, Sequence[str]]
    numbers: Mapping[str, tuple[str, Sequence[str]]]
    """By name: a maker (``=egn``) or a pattern, and the ways in which it is written."""
    templates: Sequence[tuple[str, str]]


@cache
def country(code: str) -> Country:
    """The country of that code."""
    lists: dict[str, list[str]] = {}
    numbers: dict[str, tuple[str, Sequence[str]]] = {}
    head, *templates = (_DATA / f"{code}.txt").read_text(encoding="utf-8").split("\n== ")
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.startswith("number "):
            make, *ways = value.strip().split(" ; ")
            numbers[name.removeprefix("number ")] = make, ways
        else:
            lists[name] = [one.strip() for one in value.split("|")]
    parted = (template.partition("\n") for template in templates)
    return Country(code, lists, numbers, [(name, body.rstrip("\n")) for name, _, body in parted])


@dataclass(slots=True)
class Somebody:
    """Somebody invented. Names are lists of their cases, the nominative first."""

    female: bool
    birth: date
    givens: Sequence[Sequence[str]]
    surnames: Sequence[Sequence[str]]
    join: str
    known: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """What has been said: text, kind, name."""

    @property
    def given(self) -> str:
        """The first given name."""
        return self.givens[0][0]

    @property
    def surname(self) -> str:
        """The first surname."""
        return self.surnames[0][0]

    def name(self, style: str, case: int) -> str:
        """In one of the styles that forms, signatures and lists have."""
        given = " ".join(_case(name, case) for name in self.givens)
        surname = self.join.join(_case(name, case) for name in self.surnames)
        initials = " ".join(f"{word[0]}." for word in given.split())
        return {
            "": f"{given} {surname}",
            "up": f"{given} {surname}".upper(),
            "cap": f"{given} {surname.upper()}",
            "rev": f"{surname} {given}",
            "revcap": f"{surname.upper()} {given}",
            "revup": f"{surname} {given}".upper(),
            "revc": f"{surname}, {given}",
            "revcup": f"{surname.upper()}, {given}",
            "ini": f"{initials} {surname}",
            "inirev": f"{surname} {initials}",
            "sur": surname,
            "surup": surname.upper(),
            "giv": _case(self.givens[0], case),
        }[style]


def _case(name: Sequence[str], case: int) -> str:
    return name[case] if case < len(name) else name[0]


def documents(code: str, times: int, seed: str) -> list[Document]:
    """Every template of a country so many times."""
    its = country(code)
    return [
        _Writer(its, Random(f"{seed} {code} {at} {time}")).write(*template)
        for at, template in enumerate(its.templates)
        for time in range(times)
    ]


class _Writer:
    def __init__(self, its: Country, random: Random) -> None:
        self.its = its
        self.random = random
        self.page = Page()
        self.people: dict[str, Somebody] = {}

    def write(self, name: str, body: str) -> Document:
        self.people = {who: self.somebody(female=sex == "f") for who, sex in _PEOPLE.findall(name)}
        at = 0
        for slot in _SLOT.finditer(body):
            self.page.add(body[at : slot.start()])
            self.slot(slot[1])
            at = slot.end()
        self.page.add(body[at:])
        return _worn(self.random, self.page.document(f"{self.its.code} {name}"), kept="form" in name or "|" in body)

    def somebody(self, *, female: bool) -> Somebody:
        lists, random = self.its.lists, self.random
        givens = random.sample(
            lists["women" if female else "men"], 1 + (random.random() < float(lists.get("second", ["0"])[0]))
        )
        own = lists["wsur"] if female and "wsur" in lists else lists["sur"]
        surnames = random.sample(own, 1 + (random.random() < float(lists["double"][0])))
        birth = _FIRST_BIRTH + timedelta(days=random.randrange(25_500))
        named, called = ([name.split("/") for name in these] for these in (givens, surnames))
        return Somebody(female, birth, named, called, lists["join"][0].replace("_", " "))

    def pick(self, name: str) -> str:
        return self.random.choice(self.its.lists[name])

    def slot(self, slot: str) -> None:
        key, _, said = slot.partition("|")
        who, _, what = key.partition(".")
        simple: Mapping[str, Callable[[], tuple[str, str]]] = {
            "date": lambda: (self.day(_FIRST_DAY + timedelta(days=self.random.randrange(4_200))), of.DATE),
            "time": lambda: (f"{self.random.randrange(7, 20):02d}:{self.random.randrange(60):02d}", of.DATE),
            "town": lambda: (self.town()[1].split("/")[int(said or 0)], of.PLACE),
            "org": lambda: (self.pick("orgs"), of.ORGANIZATION),
            "case": lambda: (fill(self.random, self.pick("cases")), of.CASE),
            "amt": lambda: (fill(self.random, self.pick("amounts")), ""),
            "n": lambda: (fill(self.random, said), of.INNOCENT),
            "x": lambda: (_filled(self.random, said), ""),
        }
        if who in self.people:
            self.page.add(*self.of_somebody(self.people[who], what))
        elif key in simple:
            self.page.add(*simple[key]())
        else:
            self.page.add(_filled(self.random, said), key)

    def of_somebody(self, somebody: Somebody, what: str) -> tuple[str, str, str]:
        style, _, case = what.partition(" ") if not what.isdigit() else ("", "", what)
        exact = style.endswith("!")
        style = style.rstrip("!")
        if style in {
            "",
            "up",
            "cap",
            "rev",
            "revcap",
            "revup",
            "revc",
            "revcup",
            "ini",
            "inirev",
            "sur",
            "surup",
            "giv",
        }:
            return somebody.name(style, int(case or 0)), of.PERSON, style
        if style == "born":
            return self.day(somebody.birth), of.BIRTH, ""
        if style not in somebody.known:
            somebody.known[style] = self.new(somebody, style, exact=exact)
        return somebody.known[style]

    def new(self, somebody: Somebody, what: str, *, exact: bool) -> tuple[str, str, str]:
        if what in {"addr", "addrl"}:
            return self.address(lines=what == "addrl"), of.ADDRESS, what
        if what in {"tel", "mob", "telx"}:
            return fill(self.random, self.pick(what)), of.PHONE, what
        if what == "mail":
            return self.mail(somebody), of.EMAIL, ""
        if what == "iban":
            number = iban(self.its.code.upper(), fill(self.random, self.pick("bank")))
            return self.random.choice((number, grouped(number), grouped(number))), of.ACCOUNT, what
        if what == "acct":
            return fill(self.random, self.pick("acct")), of.ACCOUNT, what
        make, ways = self.its.numbers[what]
        made = MAKERS[make[1:]](self.random, somebody) if make.startswith("=") else fill(self.random, make)
        return made if exact or not ways else part(self.random.choice(ways), made), of.NATIONAL_ID, what

    def town(self) -> tuple[str, str]:
        code, _, town = self.pick("towns").partition(" ")
        return code.replace("_", " "), town

    def address(self, *, lines: bool) -> str:
        code, town = self.town()
        form = self.pick("addrlines" if lines else "addr")
        for name, text in (
            ("street", self.pick("streets")),
            ("code", code),
            ("town", town.split("/")[0]),
            ("Town", town.split("/")[0].upper()),
        ):
            form = form.replace(f"{{{name}}}", text if name != "code" else "\0")
        return fill(self.random, form).replace("\\n", "\n").replace("\0", code)

    def mail(self, somebody: Somebody) -> str:
        given, surname = (re.sub("[^a-z]", "", _latin(name)) for name in (somebody.given, somebody.surname))
        forms = (f"{given}.{surname}", f"{given[0]}.{surname}", f"{surname}{somebody.birth:%y}", f"{given}_{surname}")
        return f"{self.random.choice(forms)}@{self.pick('hosts')}"

    def day(self, day: date) -> str:
        form = self.pick("dates")
        said = {
            "yyyy": str(day.year),
            "MONTH": self.its.lists["months"][day.month - 1],
            "dd": f"{day:%d}",
            "mm": f"{day:%m}",
        }
        said |= {"yy": f"{day:%y}", "D": str(day.day), "M": str(day.month)}
        return re.sub("yyyy|MONTH|dd|mm|yy|D|M", lambda found: said[found[0]], form)


def _filled(random: Random, text: str) -> str:
    return fill(random, text) if re.search("[#%]", text) else text


def _latin(name: str) -> str:
    return "".join(_LETTERS.get(c, c) for c in _bare(name.lower()))


def _bare(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_PLAIN)) if not unicodedata.combining(c))


def _worn(random: Random, document: Document, *, kept: bool) -> Document:
    """Some as they come out of mail programs and old systems: broken into lines, in capitals, without accents, with
    blanks of other kinds. ``kept``: lines stay as they are.
    """
    chance, width = random.random(), random.randint(*_WIDTHS)
    wrapped, capitals = chance < 0.12 and not kept, 0.26 <= chance < 0.30 and not kept
    plain, blanks = 0.12 <= chance < 0.20, 0.20 <= chance < 0.26
    written: list[str] = []
    places = [0]
    column = 0
    for c in document.text:
        column = 0 if c == "\n" else column + 1
        new = c
        if wrapped and c == " " and column > width:
            new, column = "\n", 0
        elif blanks and c == " " and random.random() < 0.3:
            new = "\u00a0"
        elif plain:
            new = _bare(c) or c
        elif capitals:
            new = c.upper()
        written.append(new)
        places.append(places[-1] + len(new))
    marks = tuple(Mark(places[m.start], places[m.end], m.kind, m.name) for m in document.marks)
    return Document(document.name, "".join(written), marks)
