"""Built-in slots: persons, numbers, dates' parts, addresses of the net, and whatever needs more than a list."""

from typing import TYPE_CHECKING

from tools.train_ner.synth import brands, people, script
from tools.train_ner.synth.writer import SlotCall

if TYPE_CHECKING:
    from tools.train_ner.synth.writer import Writer

HOSTS = ("example.com", "example.org", "example.net", "mail.example", "post.example", "corp.example", "test.example")
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
IBAN = {
    "at": 16, "be": 12, "bg": 18, "ch": 17, "cy": 24, "cz": 20, "de": 18, "dk": 14, "ee": 16, "es": 20, "fi": 14,
    "fr": 23, "gb": 18, "gr": 23, "hr": 17, "hu": 24, "ie": 18, "is": 22, "it": 23, "lt": 16, "lu": 16, "lv": 17,
    "mt": 27, "nl": 14, "no": 11, "pl": 24, "pt": 21, "ro": 20, "rs": 18, "se": 20, "si": 15, "sk": 20, "tr": 22,
    "ua": 25,
}  # fmt: skip
# Names of these files may stand in Cyrillic in a Serbian text; others stay in Latin letters there.
_SERBIAN = frozenset({"sr", "hr"})


_PARTS = frozenset({"s", "g", "i", "low", "up"})


def _person(gender: str) -> SlotCall:
    """A person slot; its options: ``s`` surname, ``g`` given name, ``i`` initials, ``form`` as lists have it, ``low``,
    ``up``, or a case of the language.
    """

    def call(writer: "Writer", key: str) -> None:
        options, _, name = key.partition("@")
        name = name or gender
        person = writer.memo.get(name)
        if person is None:
            person = writer.memo[name] = people.draw(writer, gender)
        chosen = options.split(",") if options else []
        text, tail = _written(writer, person, chosen)
        if "up" in chosen:
            text = script.upper(text, writer.language.code)
        elif "low" in chosen:
            text = script.lower(text, writer.language.code)
        writer.mark("PERSON", text, raw=person.origin not in _SERBIAN)
        writer.put(tail)

    return call


def _written(writer: "Writer", person: people.Person, chosen: list[str]) -> tuple[str, str]:
    """The name as the options ask for it, and the ending that stands behind an apostrophe and outside the span."""
    if "form" in chosen:
        return people.listed(writer, person), ""
    case = next((option for option in chosen if option not in _PARTS), "")
    given, surname = (
        people.inflected(writer, person, case, alone="g" in chosen) if case else (person.given, person.surname)
    )
    given, tail = _apart(given, person.given)
    surname, behind = _apart(surname, person.surname)
    if "s" in chosen:
        return surname, behind
    if "g" in chosen:
        return given, tail
    if "i" in chosen:
        return f"{people.abbreviated(writer, person)} {surname}", behind
    return people.full(writer, person, given, surname), behind


def _apart(name: str, nominative: str) -> tuple[str, str]:
    if name.count("'") == nominative.count("'"):
        return name, ""  # its own apostrophes: van 't Riet, D'Angelo
    name, mark, ending = name.rpartition("'")
    return name, mark + ending


def _number(writer: "Writer", key: str) -> None:
    low, _, high = (key or "2-960").partition("-")
    writer.put(str(writer.random.randrange(int(low), int(high) + 1)))


def filled(writer: "Writer", pattern: str) -> str:
    """A pattern with its signs filled: ``#`` a digit, ``~`` a digit that is not 0, ``@`` a capital letter."""
    draw = writer.random.random
    out = []
    for char in pattern:
        if char == "#":
            out.append(str(int(draw() * 10)))
        elif char == "~":
            out.append(str(1 + int(draw() * 9)))
        elif char == "@":
            out.append(LETTERS[int(draw() * len(LETTERS))])
        else:
            out.append(char)
    return "".join(out)


def _pattern(writer: "Writer", key: str) -> None:
    writer.put(filled(writer, key), raw=True)


def _hex(writer: "Writer", key: str) -> None:
    size = int(key or "8")
    writer.put(f"{writer.random.getrandbits(4 * size):0{size}x}", raw=True)


def _year(writer: "Writer", key: str) -> None:
    low, _, high = (key or "1948-2027").partition("-")
    year = writer.random.randrange(int(low), int(high) + 1)
    if not key and writer.chance(0.6):
        year = 2012 + year % 15
    writer.put(str(year))


def _short_year(writer: "Writer", key: str) -> None:
    del key
    writer.put(f"{writer.random.randrange(100):02d}")


def _range(low: int, high: int, form: str) -> SlotCall:
    def call(writer: "Writer", key: str) -> None:
        del key
        writer.put(format(writer.random.randrange(low, high + 1), form))

    return call


def _roman_month(writer: "Writer", key: str) -> None:
    del key
    writer.put(writer.pick(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]), raw=True)


def _time(writer: "Writer", key: str) -> None:
    sign = key or ":"
    writer.mark("DATE_TIME", f"{writer.random.randrange(24):02d}{sign}{writer.random.randrange(60):02d}")


def _house(writer: "Writer", key: str) -> None:
    del key
    number = str(writer.random.randrange(1, 220 if writer.chance(0.7) else 30))
    if writer.chance(0.12):
        number += writer.pick(["a", "b", "c", "A", "B", "C"])
    elif writer.chance(0.05):
        number += f"{writer.pick(['-', '/'])}{writer.random.randrange(2, 20)}"
    writer.put(number, raw=True)


def _postcode(writer: "Writer", key: str) -> None:
    del key
    writer.put(filled(writer, writer.pick(writer.language.meta["postcode"].split("|"))), raw=True)


def _iban(writer: "Writer", key: str) -> None:
    del key
    country = writer.pick(writer.language.meta["countries"].split())
    if writer.chance(0.1):
        country = writer.pick(sorted(IBAN))
    body = filled(writer, f"{country.upper()}##")
    rest = "#" * IBAN[country]
    if country in ("gb", "nl", "ie", "bg", "lv", "ro", "mt"):
        rest = "@@@@" + rest[4:]
    text = body + filled(writer, rest)
    if writer.chance(0.55):
        text = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    writer.mark("ID_CODE", text, raw=True)


def _whose(writer: "Writer") -> tuple[str, str]:
    """Given name and surname, in plain letters, of a person of this text, or of somebody else."""
    persons = [value for value in writer.memo.values() if isinstance(value, people.Person)]
    person = writer.pick(persons) if persons else people.draw(writer, "p")
    code = person.origin if person.origin in script.NOT_LATIN else writer.language.code
    given = script.ascii_letters(person.given.split(" ")[0], code) or "info"
    return given, script.ascii_letters(person.surname.split(" ")[-1], code) or "kontakt"


def _login_of(writer: "Writer") -> str:
    given, surname = _whose(writer)
    draw = writer.random.randrange
    forms = [
        f"{given}.{surname}",
        f"{given[0]}{surname}",
        f"{surname}{given[0]}",
        f"{given}_{surname}",
        f"{given}{surname[:3]}",
        f"{given}{draw(1, 2010)}",
        f"{surname}_{draw(10, 100)}",
        f"{given}{surname}",
        f"{given[0]}.{surname}",
        f"{given}_{draw(1960, 2012)}",
    ]
    return str(writer.pick(forms))


def _login(writer: "Writer", key: str) -> None:
    del key
    writer.mark("USERNAME", _login_of(writer), raw=True)


def _handle(writer: "Writer", key: str) -> None:
    del key
    writer.mark("USERNAME", "@" + _login_of(writer).replace(".", "_"), raw=True)


def _email(writer: "Writer", key: str) -> None:
    del key
    given, surname = _whose(writer)
    name = writer.pick(
        [f"{given}.{surname}", f"{given[0]}.{surname}", f"{given}{surname}", f"{surname}.{given}", "info"]
    )
    country = writer.pick(writer.language.meta["countries"].split())
    host = writer.pick([*HOSTS, f"example.{country}"])
    writer.put(f"{name}@{host}", raw=True)


def _url(writer: "Writer", key: str) -> None:
    del key
    page = writer.pick(["", "/login", "/help", "/shop/item?id=", "/docs/", "/api/v2/orders/"])
    tail = str(writer.random.randrange(10, 9000)) if page[-1:] in ("=", "/") else ""
    writer.put(f"https://{writer.pick(list(HOSTS))}{page}{tail}", raw=True)


def _ip(writer: "Writer", key: str) -> None:
    del key
    writer.put(".".join(str(writer.random.randrange(1, 255)) for _ in range(4)), raw=True)


def _decimal(writer: "Writer", key: str) -> None:
    """An amount: thousands and decimals as the language's file says (``number: 1.234,56``)."""
    large = writer.random.random() < 0.5
    whole = writer.random.randrange(1000, 400_000) if large else writer.random.randrange(5, 999)
    shape = writer.language.meta.get("number", "1.234,56")
    group, point = shape[1], shape[5]
    text = f"{whole:,}".replace(",", group) if writer.chance(0.8) else str(whole)
    if key != "0" and writer.chance(0.55):
        text += f"{point}{writer.random.randrange(100):02d}"
    writer.put(text, raw=True)


def _foreign(name: str) -> SlotCall:
    def call(writer: "Writer", key: str) -> None:
        """An item of the same list in another country's file: a foreign address in this language's text."""
        del key
        home, letters = writer.language, writer.script
        writer.language, writer.script = writer.pick(home.strangers_with_places), None
        writer.language.write_item(writer, name)
        writer.language, writer.script = home, letters

    return call


BUILT_IN: dict[str, SlotCall] = {
    "brand": brands.brand,
    "sur": brands.surname,
    "giv": brands.given_name,
    "p": _person("p"),
    "m": _person("m"),
    "f": _person("f"),
    "n": _number,
    "#": _pattern,
    "hex": _hex,
    "Y": _year,
    "YY": _short_year,
    "D": _range(1, 28, "d"),
    "DD": _range(1, 28, "02d"),
    "M": _range(1, 12, "d"),
    "MM": _range(1, 12, "02d"),
    "ROM": _roman_month,
    "hh": _range(0, 23, "02d"),
    "mi": _range(0, 59, "02d"),
    "time": _time,
    "age": _range(18, 94, "d"),
    "hn": _house,
    "pc": _postcode,
    "iban": _iban,
    "login": _login,
    "user": _handle,
    "email": _email,
    "url": _url,
    "ip": _ip,
    "dec": _decimal,
    "faraddress": _foreign("address"),
    "farcity": _foreign("city"),
    "farorg": _foreign("org"),
}
