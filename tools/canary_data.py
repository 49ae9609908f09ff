"""The datasets of `make canary`: flat events, nested profiles, a table, letters, and two in containers.

Each has its odd records, and whatever else its format can carry a value in: names inside gzip, metadata of Parquet,
and of Avro documentation, defaults, aliases and the header.

The *sample* of a dataset is what is scanned and decided on; the *rest* comes after, and holds what no scan has seen.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq

from tools.canary_plant import JOINED, Kind, Planter, Row, hyphenated, lines, put, settle, table, zipped

EVENTS, PROFILES, TABLE, LETTERS = "events", "profiles", "table", "letters"
LEDGER, CALLS = "ledger", "calls"
"""Parquet in and Avro out, and the other way round."""
FLOWS = (EVENTS, PROFILES, TABLE, LETTERS, LEDGER, CALLS)
SOURCE = Path("data", "eu")
TARGET = Path("data", "us")
RESTRICTED = Path("data", "restricted")
DRAFT = "drafted"
"""The folder of a project that is drafted from the data."""
SHARES = {EVENTS: 0.5, PROFILES: 0.2, TABLE: 0.15, LETTERS: 0.05, LEDGER: 0.05, CALLS: 0.05}
"""Of the records, by dataset."""
_COLUMNS = 120
ODD = 4
"""One of so many of the rest is odd."""
TREATED_EVENTS = ("user_id", "email", "contact", "card", "name", "owner", "joined")


def plant_sample(planter: Planter, root: Path, records: int) -> None:
    """The inputs that are scanned; half of all."""
    _events(planter, root, "sample", 0, _share(records, EVENTS), odd=False)
    _profiles(planter, root, "sample", 0, _share(records, PROFILES), odd=False)
    _table(planter, root, "sample", 0, _share(records, TABLE), odd=False)
    _letters(planter, root, 0, _share(records, LETTERS))
    for flow in (LEDGER, CALLS):
        _contained(planter, root, flow, "sample", 0, _share(records, flow), odd=False)


def plant_rest(planter: Planter, root: Path, records: int) -> None:
    """The other half, odd records among them."""
    _events(planter, root, "rest", 100_000, _share(records, EVENTS), odd=True)
    _profiles(planter, root, "rest", 100_000, _share(records, PROFILES), odd=True)
    _table(planter, root, "rest", 100_000, _share(records, TABLE), odd=True)
    _letters(planter, root, 100_000, _share(records, LETTERS))
    for flow in (LEDGER, CALLS):
        _contained(planter, root, flow, "rest", 100_000, _share(records, flow), odd=True)


def _share(records: int, dataset: str) -> int:
    """Of half of the records; of events never fewer than are read by columns, which takes lines of one shape."""
    return max(_COLUMNS if dataset == EVENTS else 12, int(records * SHARES[dataset] / 2))


def _events(planter: Planter, root: Path, name: str, first: int, count: int, *, odd: bool) -> None:
    rows: list[Row] = []
    for number in range(first, first + count):
        strange = odd and number % ODD == ODD - 1
        kind = Kind.TREATED if strange else Kind.KEPT
        email = planter.email()
        show, ticket = planter.word(kind), planter.word(kind)
        note = f"ticket {ticket}: write to {planter.email()}, pay {planter.iban()}"
        row = Row(
            number,
            {
                "number": number,
                "user_id": planter.user(),
                "email": email,
                "contact": email,
                "card": planter.card(),
                "iban": planter.iban(),
                "name": planter.name(),
                "owner": planter.name(),
                "phone": planter.phone(),
                "born": planter.moment(),
                "joined": JOINED,
                "show": show,
                "note": note,
                "price": number % 90 / 4 + 0.25,
                "paid": number % 3 == 0,
            },
        )
        if strange:
            _make_odd_event(planter, row, rows, number // ODD)
        else:
            planter.keep(EVENTS, number, "show", show)
            planter.keep(EVENTS, number, "note", ticket)
        rows.append(row)
    settle(planter, EVENTS, rows, TREATED_EVENTS)
    half = len(rows) // 2
    folder = root / SOURCE / EVENTS
    put(folder / f"{hyphenated(planter, f'{name}-1')}.jsonl", lines(rows[:half]))
    inner = planter.word(Kind.TREATED)
    put(folder / f"{hyphenated(planter, f'{name}-2')}.jsonl.gz", zipped(lines(rows[half:]), inner))


def _list(make: Callable[[Kind], str]) -> str:
    """Identifiers one after the other: each is enough to hold the record back, and none may be seen."""
    return ", ".join(make(Kind.GUARDED) for _ in range(12))


def _make_odd_event(planter: Planter, row: Row, rows: list[Row], turn: int) -> None:  # noqa: C901 (one way a turn)
    """One of the ways in which a record must not pass; each with a value that would show."""
    record = row.record
    match turn % 11:
        case 0:
            row.rule, record["show"] = "guard", _list(planter.iban)
        case 1:
            row.rule, record["show"] = "guard", _list(planter.email)
        case 2:
            row.rule, record["show"] = "guard", _list(planter.card)
        case 3:
            # A treated value of the record in another field of it; the guard cannot know it.
            row.rule, record["show"] = "echo", f"seen with {record['owner']}"
        case 4:
            # A value of another record under a token: only the gate can know it.
            others = [other for other in rows if not other.rule]
            row.rule, record["show"] = "foreign-echo", f"as {others[-1].record['name']}"
            ticket = str(record["note"]).split()[1].rstrip(":")
            planter.planted.until_gate.update((others[-1].record["name"], ticket))
        case 5:
            row.rule, record[planter.word(Kind.TREATED)] = "new-field", planter.word(Kind.TREATED)
        case 6:
            row.rule, record["price"] = "retyped-field", planter.word(Kind.TREATED)
        case 7:
            row.rule, row.line = "json", json.dumps(record).encode()[:-1]
        case 8:
            row.rule = "duplicate-key"
            row.line = json.dumps(record).encode()[:-1] + f', "show": "{planter.word(Kind.TREATED)}"}}'.encode()
        case 9:
            row.rule = "utf-8"
            row.line = json.dumps(record).replace('"paid"', '"pa\udcffid"').encode("utf-8", "surrogateescape")
        case _:
            row.rule, record["number"] = "number-range", 10**30 + row.number


def _profiles(planter: Planter, root: Path, name: str, first: int, count: int, *, odd: bool) -> None:
    rows: list[Row] = []
    for number in range(first, first + count):
        strange = odd and number % ODD == ODD - 1
        kind = Kind.TREATED if strange else Kind.KEPT
        tags = [planter.word(kind) for _ in range(2)]
        labels = {planter.word(kind): planter.word(kind) for _ in range(2)}
        contacts = {planter.email(): {"since": planter.word(kind)} for _ in range(2)}
        row = Row(
            number,
            {
                "number": number,
                "person": {"name": planter.name(), "emails": [planter.email() for _ in range(number % 3)]},
                "contacts": contacts,
                "tags": tags,
                "labels": labels,
                "history": [[planter.iban()], [planter.iban()]],
            },
        )
        if strange:
            _make_odd_profile(planter, row, number // ODD)
        else:
            for text in tags:
                planter.keep(PROFILES, number, "tags[]", text)
            for key, value in labels.items():
                planter.keep(PROFILES, number, "labels{keys}", key)
                planter.keep(PROFILES, number, "labels{}", value)
            for contact in contacts.values():
                planter.keep(PROFILES, number, "contacts{}.since", contact["since"])
        rows.append(row)
    settle(planter, PROFILES, rows, ())
    put(root / SOURCE / PROFILES / f"{hyphenated(planter, name)}.jsonl", lines(rows))


def _make_odd_profile(planter: Planter, row: Row, turn: int) -> None:
    record = row.record
    match turn % 5:
        case 0:
            row.rule, record["tags"] = "guard", [_list(planter.iban)]
        case 1:
            row.rule, record["labels"] = "guard", {planter.email(Kind.GUARDED): "x"}
        case 2:
            row.rule, record["person"][planter.word(Kind.TREATED)] = "new-field", planter.word(Kind.TREATED)
        case 3:
            row.rule, record["person"] = "retyped-field", planter.word(Kind.TREATED)
        case _:
            row.rule, record["tags"] = "echo", [f"of {record['person']['name']}"]


def _table(planter: Planter, root: Path, name: str, first: int, count: int, *, odd: bool) -> None:
    header = ["number", "email", "owner", "iban", "city", "remark"]
    rows: list[Row] = []
    for number in range(first, first + count):
        strange = odd and number % ODD == ODD - 1
        kind = Kind.TREATED if strange else Kind.KEPT
        city, remark = planter.word(kind), planter.word(kind)
        cells = [str(number), planter.email(), planter.name(), planter.iban(), city, f'so "{remark}",\nit says']
        row = Row(number, dict(zip(header, cells, strict=True)))
        if strange:
            _make_odd_row(planter, row, number // ODD)
        else:
            planter.keep(TABLE, number, "city", city)
            planter.keep(TABLE, number, "remark", remark)
        rows.append(row)
    settle(planter, TABLE, rows, ("email", "owner"))
    put(root / SOURCE / TABLE / f"{hyphenated(planter, name)}.csv", table(header, rows))
    if odd:
        # Another table by the same name: its header is data that nobody knows.
        strange_header = ["number", planter.word(Kind.TREATED), "owner", "iban", "city", planter.email()]
        stranger = Row(first + count, dict.fromkeys(strange_header, ""), "new-field")
        stranger.record |= {"number": str(stranger.number), "city": planter.word(Kind.TREATED)}
        settle(planter, TABLE, [stranger], ())
        put(root / SOURCE / TABLE / f"{hyphenated(planter, 'stranger')}.csv", table(strange_header, [stranger]))


def _make_odd_row(planter: Planter, row: Row, turn: int) -> None:
    match turn % 4:
        case 0:
            row.rule, row.record["city"] = "guard", _list(planter.iban)
        case 1:
            row.rule, row.line = "cells", f"1,{planter.email()},{planter.word(Kind.TREATED)}".encode()
        case 2:
            row.rule, row.line = "quote", f'1,{planter.email()},"a"{planter.word(Kind.TREATED)},c,d,e'.encode()
        case _:
            row.rule, row.record["remark"] = "echo", f"by {row.record['owner']}"


def _letters(planter: Planter, root: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        word = planter.word(Kind.KEPT)
        planter.keep(LETTERS, number, "text", word)
        text = (
            f"Letter {number}. About {word}.\n\nPlease write to {planter.email()} or call {planter.phone()}.\n"
            f"The account is {planter.iban()}, the card {planter.card()}.\n"
        )
        put(root / SOURCE / LETTERS / f"{number}-{planter.email(Kind.NAMED)}.txt", text.encode())
    planter.planted.released.setdefault(LETTERS, []).extend(range(first, first + count))


def _contained(planter: Planter, root: Path, flow: str, name: str, first: int, count: int, *, odd: bool) -> None:
    rows: list[Row] = []
    for number in range(first, first + count):
        strange = odd and number % ODD == ODD - 1
        city = planter.word(Kind.TREATED if strange else Kind.KEPT)
        record = {"number": number, "email": planter.email(), "owner": planter.name(), "city": city}
        row = Row(number, record)
        if strange and number // ODD % 2:
            row.rule, record["city"] = "guard", _list(planter.iban)
        elif strange:
            row.rule, record["city"] = "echo", f"by {record['owner']}"
        else:
            planter.keep(flow, number, "city", city)
        rows.append(row)
    settle(planter, flow, rows, ("email", "owner"))
    make, suffix = (_parquet, ".parquet") if flow == LEDGER else (_avro, ".avro")
    put(root / SOURCE / flow / f"{hyphenated(planter, name)}{suffix}", make(planter, rows))


def _parquet(planter: Planter, rows: list[Row]) -> bytes:
    words = {name: {planter.word(Kind.TREATED): planter.email()} for name in ("number", "email", "owner", "city")}
    types = {"number": pa.int64()}
    fields = [pa.field(name, types.get(name, pa.string()), metadata=more) for name, more in words.items()]
    schema = pa.schema(fields, metadata={planter.word(Kind.TREATED): planter.email()})
    found = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row.record for row in rows], schema), found, row_group_size=9)
    return found.getvalue()


def _avro(planter: Planter, rows: list[Row]) -> bytes:
    fields = [
        {
            "name": name,
            "type": "long" if name == "number" else "string",
            "doc": f"like {planter.email()}",
            "aliases": [planter.word(Kind.TREATED)],
            **({} if name == "number" else {"default": planter.email()}),
        }
        for name in ("number", "email", "owner", "city")
    ]
    schema = {"type": "record", "name": "Call", "doc": planter.email(), "fields": fields}
    found = io.BytesIO()
    more = {planter.word(Kind.TREATED): planter.email()}
    fastavro.writer(found, fastavro.parse_schema(schema), [row.record for row in rows], "deflate", metadata=more)
    return found.getvalue()
