"""Whole texts: openings, bodies and closings of one kind put together; forms, tables, chats and single values."""

import random
from typing import Any

from tools.train_ner.synth import script
from tools.train_ner.synth.language import Language
from tools.train_ner.synth.slots import BUILT_IN
from tools.train_ner.synth.writer import Template, Writer

# How often each kind is written, in parts.
SHARES = {
    "letter": 9, "contract": 10, "declaration": 8, "medical": 9, "judgment": 10, "memo": 6, "mail": 9, "ticket": 6,
    "chat": 6, "log": 4, "news": 11, "neg": 4, "form": 10, "table": 5, "value": 8,
}  # fmt: skip
PROSE = frozenset({"letter", "contract", "declaration", "medical", "judgment", "memo", "mail", "ticket", "news"})
SINGLE, HEADED, OPENED, CLOSED, NEGATIVE = 0.3, 0.4, 0.8, 0.7, 0.22
LONGEST = 1400  # characters, about 200 words: no further body is added behind it

# What a field of a form or a column of a table holds.
FIELDS = {
    "name": "{p:form}", "given": "{p:g}", "surname": "{p:s}", "dob": "{datenum}", "pob": "{city}", "addr": "{address}",
    "line": "{line}", "pc": "[ADDRESS:{pc}]", "city": "{city}", "country": "{country}", "nat": "{nat}",
    "phone": "{phone}",
    "email": "{email}", "id": "{nid}", "passport": "{passport}", "iban": "{iban}", "employer": "{org}",
    "authority": "{body}", "case": "{case}", "date": "{datenum}", "user": "{login}", "amount": "{amount}",
    "age": "{age}",
    "job": "{job}", "product": "{product}", "doctor": "{tm} {m8:form}", "contact": "{p9:form}", "time": "{time}",
    "show": "{show}", "version": "{version}",
}  # fmt: skip
# What names a party of a contract or a judgment, behind the name.
PARTY = ("dob", "pob", "addr", "id", "phone", "email", "iban", "passport", "nat", "job")
PARTIES = frozenset({"contract", "declaration", "judgment", "letter"})
PARTY_SHARE, SIGNED = 0.16, 0.15
COLUMNS = (
    "name", "given", "surname", "dob", "addr", "city", "phone", "email", "id", "iban", "employer", "case", "date",
    "amount", "user", "product", "job", "country",
)  # fmt: skip
FORM_TITLES = 0.35
SIGNS = (": ", ":  ", ":\t", ": ", " = ", ":\n", " - ", "\t")
BARS = (";", ",", "\t", " | ", "; ")
VALUES = (
    "{p}", "{p:form}", "{p:form}", "{p:g}", "{p:s}", "{p:low}", "{city}", "{country}", "{address}", "{line}", "{org}",
    "{body}",
    "{date}", "{datenum}", "{phone}", "{nid}", "{case}", "{user}", "{login}", "{nat}", "{product}", "{job}", "{amount}",
    "{version}", "{email}", "{faraddress}", "{farorg}", "{passport}", "{iban}",
)  # fmt: skip
MARGINS = {name: Template(text, BUILT_IN) for name, text in FIELDS.items()}
SINGLES = [Template(text, BUILT_IN) for text in VALUES]
HEAD = Template("{p9:form}\n{block}\n\n<{city}, {date}|{date}|{city}>\n\n", BUILT_IN)
HEAD_WITH_NUMBERS = Template("{p9}\n{block}\n<{phone}|{email}|{phone}\n{email}>\n\n<{city}, |>{date}\n\n", BUILT_IN)
SIGNATURE = Template(
    "\n\n<____________________\n{p}|...........................\n({p})|____________________\n{p:form}|"
    "________________          ________________\n{p}          {p2}|/s/ {p}|(-) {p}|(s) {p:i}|i.A. {p:s}|i. V. {p:i}|"
    "p.p. {p:s}|{p:s}|{p:i}>",
    BUILT_IN,
)
TO = Template("{p:form}\n{block}\n\n", BUILT_IN)
SPEAKERS = [
    Template(text, BUILT_IN) for text in ("{p7:g}: ", "\\[{time}\\] {p7:g}: ", "{time} {login}: ", "<{login}: |>", "")
]
HEADERS = [
    Template(text, BUILT_IN)
    for text in (
        "{c_from}: {p8} ({email})\n{c_to}: {p}\n",
        "{c_from}: {p8}\n{c_to}: {email}\n",
        "{c_to}: {p:form}\n",
        "",
    )
]
HEADS = {"letter": [HEAD, HEAD_WITH_NUMBERS, TO], "mail": HEADERS}
_KINDS = [kind for kind, parts in SHARES.items() for _ in range(parts)]


def document(language: Language, random_: random.Random) -> tuple[str, list[list[Any]]]:
    """One text of any kind, with its spans sorted; offsets count ``str`` positions."""
    cyrillic = language.code == "sr" and random_.random() < 0.5
    writer = Writer(language, random_, script.serbian_cyrillic if cyrillic else None)
    kind = writer.pick(_KINDS)
    if kind == "form":
        _form(writer)
    elif kind == "table":
        _table(writer)
    elif kind == "value":
        writer.pick(SINGLES).write(writer)
    elif kind == "chat":
        _chat(writer)
    elif kind == "log":
        writer.script = None
        _lines(writer, "log")
    else:
        _prose(writer, kind)
    text = _cased(writer, kind)
    end = len(text.rstrip())
    return text[:end], writer.spans


def _cased(writer: Writer, kind: str) -> str:
    """The text, now and then in small letters (chats, values) or capitals (forms), with offsets unchanged."""
    text = writer.text()
    roll = writer.random.random()
    if roll < (0.45 if kind == "chat" else 0.03 if kind in ("value", "table", "ticket") else 0.0):
        return script.lower(text, writer.language.code)
    if roll > (0.95 if kind in ("form", "value", "table") else 0.993):
        return script.upper(text, writer.language.code)
    return text


def _prose(writer: Writer, kind: str) -> None:
    parts = writer.language.kinds[kind]
    if writer.chance(SINGLE):
        writer.pick(parts.bodies).write(writer)
        return
    joint = writer.pick(["\n", "\n\n", " ", " "])
    _open(writer, kind, " " if joint == " " else "\n")
    bodies = _shuffled(writer, parts.bodies)
    negatives = _shuffled(writer, writer.language.kinds["neg"].bodies)
    wanted = writer.random.randrange(1, 8)
    numbered = kind in ("contract", "judgment") and joint != " " and writer.chance(0.4)
    for place, body in enumerate(bodies[:wanted]):
        if writer.at > LONGEST:
            break
        if place:
            _gap(writer, joint)
        if numbered:
            writer.put(f"{place + 1}. ")
        body.write(writer)
        if kind in PROSE and negatives and writer.chance(NEGATIVE):
            _gap(writer, joint if numbered else " ")
            negatives.pop().write(writer)
    if kind in PARTIES and writer.chance(PARTY_SHARE):
        _gap(writer, "\n")
        _party(writer)
        joint = "\n\n"
    if parts.closings and writer.chance(CLOSED):
        _gap(writer, joint)
        writer.pick(parts.closings).write(writer)
        if kind in PARTIES and writer.chance(SIGNED):
            SIGNATURE.write(writer)


def _open(writer: Writer, kind: str, joint: str) -> None:
    """The head of a letter or a mail, and an opening."""
    if kind in HEADS and writer.chance(HEADED):
        writer.pick(HEADS[kind]).write(writer)
    openings = writer.language.kinds[kind].openings
    if openings and writer.chance(OPENED):
        writer.pick(openings).write(writer)
        _gap(writer, joint)


def _party(writer: Writer) -> None:
    """Who somebody is, as papers tell it: the name, and two to six captions with what they ask for."""
    captions = writer.language.captions
    keys = writer.random.sample(PARTY, 2 + int(writer.random.random() * 5))
    sign = writer.pick([": ", ": ", " "])
    joint = writer.pick([", ", ", ", "\n", "; "])
    if writer.chance(0.4):
        writer.put(writer.pick(captions["name"]) + sign)
    MARGINS["name"].write(writer)
    for key in keys:
        writer.put(joint)
        if key != "addr" or writer.chance(0.5):
            writer.put(writer.pick(captions[key]) + sign)
        MARGINS[key].write(writer)


def _shuffled(writer: Writer, templates: list[Template]) -> list[Template]:
    """The templates in another order, each once."""
    return writer.random.sample(templates, len(templates))


def _gap(writer: Writer, joint: str) -> None:
    """A separator, unless the text ends in white space already or is empty."""
    if writer.parts and not writer.parts[-1][-1:].isspace():
        writer.put(joint)


def _lines(writer: Writer, kind: str) -> None:
    bodies = writer.language.kinds[kind].bodies
    for place in range(writer.random.randrange(1, 5)):
        if place:
            writer.put("\n")
            writer.memo.clear()
        writer.pick(bodies).write(writer)


def _chat(writer: Writer) -> None:
    bodies = _shuffled(writer, writer.language.kinds["chat"].bodies)
    speaker = writer.pick(SPEAKERS)
    for place, body in enumerate(bodies[: writer.random.randrange(1, 5)]):
        if place:
            writer.put("\n")
            writer.memo.pop("p7", None)
        speaker.write(writer)
        if writer.chance(0.1):
            writer.pick(writer.language.kinds["neg"].bodies).write(writer)
        else:
            body.write(writer)


def _form(writer: Writer) -> None:
    captions = writer.language.captions
    keys = [key for key in FIELDS if key in captions]
    writer.random.shuffle(keys)
    keys = keys[: writer.random.randrange(2, 10)]
    if "name" not in keys and writer.chance(0.6):
        keys.insert(0, "name")
    if writer.chance(FORM_TITLES):
        writer.language.write_item(writer, "form_title")
        writer.put("\n")
    sign = writer.pick(list(SIGNS))
    joint = writer.pick(["\n", "\n", "\n", "; ", " | ", ", "]) if sign != ":\n" else "\n"
    capital = writer.chance(0.12)
    for place, key in enumerate(keys):
        if place:
            writer.put(joint)
        caption = writer.pick(captions[key])
        writer.put(script.upper(caption, writer.language.code) if capital else caption)
        writer.put(sign)
        MARGINS[key].write(writer)


def _table(writer: Writer) -> None:
    captions = writer.language.captions
    keys = [key for key in COLUMNS if key in captions]
    writer.random.shuffle(keys)
    keys = keys[: writer.random.randrange(2, 6)]
    bar = writer.pick(list(BARS))
    if writer.chance(0.7):
        writer.put(bar.join(writer.pick(captions[key]) for key in keys) + "\n")
    for row in range(writer.random.randrange(1, 6)):
        if row:
            writer.put("\n")
        writer.memo.clear()
        for place, key in enumerate(keys):
            if place:
                writer.put(bar)
            MARGINS[key].write(writer)
