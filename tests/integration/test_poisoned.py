"""Poisoned kernels and encoders, as test doubles: whatever they let slip, the gate or the guard catches."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pratique.assembly.worker
from pratique.errors import FormatError, PratiqueError, RefusedError
from pratique.formats.jsonl import JsonLines
from pratique.formats.writing import RowEncoder
from pratique.kernel import BoundPlan
from pratique.kernel.values import records_of
from pratique.model.data import Batch, FormatSpec, Outcome, Record
from pratique.model.release import StagedFile
from pratique.model.schema import Schema
from pratique.pipeline.work import work_part as honest_work
from pratique.stores import SqliteRunStore
from tests.e2e.sample_projects import (
    EMAIL,
    IBAN,
    NAME,
    copy,
    lines,
    prepare,
    quarantined,
    record,
    released,
    released_bytes,
    run,
    source,
    target,
    write,
)

RECORDS = 50
VICTIM = 17
"""The number of the record that the double mistreats."""
Change = Callable[[Record, Record], None]
"""Changes a treated record; gets the raw one too."""
Rows = list[tuple[int, Record]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("template") / "project")


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    found = copy(template, tmp_path / "project")
    write(found, "a.jsonl", map(record, range(RECORDS)))
    return found


@dataclass
class Poisoned:
    """A bound plan that treats as it must, and then does something to what it treated."""

    honest: BoundPlan
    poison: Callable[[Rows, dict[int, Record]], Rows]
    """Takes and gives treated rows with their ordinals; gets the raw records by ordinal too."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.honest, name)

    def apply(self, batch: Batch) -> Outcome:
        raws = dict(zip(batch.ordinals.tolist(), records_of(batch), strict=True))
        outcome = self.honest.apply(batch)
        rows = list(zip(outcome.treated.ordinals.tolist(), map(dict, records_of(outcome.treated)), strict=True))
        rows = self.poison(rows, raws)
        ordinals = np.array([ordinal for ordinal, _ in rows], dtype=np.int64)
        return replace(outcome, treated=Batch(ordinals, records=[treated for _, treated in rows]))


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Rows, dict[int, Record]], Rows]], None]:
    """Has every worker of this process bind to a poisoned plan."""
    honest = pratique.assembly.worker.bind_plan

    def poison_with(rows: Callable[[Rows, dict[int, Record]], Rows]) -> None:
        monkeypatch.setattr(
            pratique.assembly.worker, "bind_plan", lambda assembly, plan: Poisoned(honest(assembly, plan), rows)
        )

    return poison_with


def to_victim(change: Change) -> Callable[[Rows, dict[int, Record]], Rows]:
    def rows(treated: Rows, raws: dict[int, Record]) -> Rows:
        for ordinal, item in treated:
            if item["number"] == VICTIM:
                change(item, raws[ordinal])
        return treated

    return rows


def leave_raw(name: str) -> Change:
    return lambda treated, raw: treated.update({name: raw[name]})


def echo(name: str, into: str, text: str = "{}") -> Change:
    return lambda treated, raw: treated.update({into: text.format(raw[name])})


def put(**fields: object) -> Change:
    return lambda treated, _: treated.update(fields)


def forge(treated: Record, _: Record) -> None:
    """A token that looks right and is not of this key."""
    token = str(treated["user_id"])
    treated["user_id"] = token[:-3] + ("AAA" if not token.endswith("AAA") else "BBB")


LEAKS: dict[str, Change] = {
    "a raw value in a token column": leave_raw("user_id"),
    "a raw number in a token column": leave_raw("card_number"),
    "a raw value that no detector knows, in a token column": put(user_id="blue bear"),
    "a forged token": forge,
    "another field's token": lambda treated, _: treated.update(user_id=treated["card_number"]),
    "an echo as a kept field": echo("user_id", "show"),
    "an echo inside a kept field": echo("user_id", "show", "seen by {} twice"),
    "an echoed card number in a kept field": echo("card_number", "show", "paid with {}."),
    "an echo in a free text": echo("user_id", "note", "{} asked"),
    "a name in a free text": put(note=f"call {NAME} back"),
    "an e-mail address in a free text": put(note=f"write to {EMAIL}"),
    "an IBAN in a free text": put(note=f"pay to {IBAN} please"),
    "an IBAN in a kept field": put(show=IBAN),
    "an IBAN in groups of four": put(note="pay to DE89 3704 0044 0532 0130 00"),
    "a card number as a kept number": put(number=4111111111111111),
}


@pytest.mark.parametrize("what", LEAKS)
def test_the_gate_takes_out_the_record(root: Path, poison: Callable[..., None], what: str) -> None:
    change, rule = LEAKS[what], "foreign-echo" if "echo" in what else "residue"
    before: list[Record] = []

    def noted(treated: Record, raw: Record) -> None:
        before.append(dict(treated))
        change(treated, raw)
        assert treated != before[-1], "the double does nothing"

    poison(to_victim(noted))
    report = run(root)
    assert len(before) == 1, "staged anew, without the record"
    assert (report.counts.read, report.counts.written) == (RECORDS, RECORDS - 1)
    assert report.counts.quarantined == {rule: 1}
    assert [item["number"] for item in released(root, report)] == [n for n in range(RECORDS) if n != VICTIM]
    data = released_bytes(root, report).decode()
    assert not any(word in data for word in (str(record(VICTIM)["user_id"]), NAME, EMAIL, IBAN))
    (original,) = quarantined(root, report.run)[rule]
    assert original.rstrip(b"\n") == lines([record(VICTIM)]).rstrip(b"\n"), "its original, not what was made of it"


def test_a_kernel_that_never_stops_is_refused(root: Path, poison: Callable[..., None]) -> None:
    """Each time that a record is taken out, the next one leaks: the part is refused, and nothing is published."""

    def rows(treated: Rows, raws: dict[int, Record]) -> Rows:
        ordinal, first = treated[0]
        first["user_id"] = raws[ordinal]["user_id"]
        return treated

    poison(rows)
    with pytest.raises(RefusedError) as refused:
        run(root)
    assert "still finds something" in refused.value.line
    assert str(record(0)["user_id"]) not in refused.value.line
    assert nothing_left(root)


def drop(treated: Rows, _: dict[int, Record]) -> Rows:
    return [(ordinal, item) for ordinal, item in treated if item["number"] != VICTIM]


def duplicate(treated: Rows, _: dict[int, Record]) -> Rows:
    return [row for row in treated for _ in range(1 + (row[1]["number"] == VICTIM))]


def instead(treated: Rows, raws: dict[int, Record]) -> Rows:
    """Drops one row and doubles another: the sum is right."""
    return duplicate([(o, item) for o, item in treated if item["number"] != VICTIM + 1], raws)


def invent(treated: Rows, _: dict[int, Record]) -> Rows:
    ordinal, last = treated[-1]
    return [*treated, (ordinal + 1, {**last, "number": RECORDS})]


WRONG_ROWS = {"dropped": drop, "doubled": duplicate, "one for another": instead, "invented": invent}


@pytest.mark.parametrize("rows", WRONG_ROWS.values(), ids=WRONG_ROWS.keys())
def test_rows_that_do_not_add_up_are_refused(
    root: Path, poison: Callable[..., None], rows: Callable[[Rows, dict[int, Record]], Rows]
) -> None:
    poison(rows)
    with pytest.raises(RefusedError):
        run(root)
    assert nothing_left(root)


@pytest.mark.parametrize("rows", WRONG_ROWS.values(), ids=WRONG_ROWS.keys())
def test_the_gate_alone_sees_it_too(
    root: Path,
    poison: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    rows: Callable[[Rows, dict[int, Record]], Rows],
) -> None:
    monkeypatch.setattr("pratique.pipeline.work._check_rows", lambda *_: None)
    poison(rows)
    with pytest.raises(RefusedError, match=r"part .*-00000"):
        run(root)
    assert nothing_left(root)


MISSHAPEN: dict[str, Change] = {
    "an extra field": put(street="Hafenstrasse 3"),
    "an extra field that is empty": put(street=None),
    "a text for a number": put(price="1.25"),
    "a number for a token": put(user_id=17),
    "a list for a text": put(show=["Night Ferry"]),
    "a record for a text": put(show={"title": "Night Ferry"}),
    "a whole number for a text": put(note=5),
}


@pytest.mark.parametrize("change", MISSHAPEN.values(), ids=MISSHAPEN.keys())
def test_other_fields_and_kinds_are_never_published(root: Path, poison: Callable[..., None], change: Change) -> None:
    """The encoder or the gate refuses; a field that the schema does not name may also be left out by the encoder."""
    poison(to_victim(change))
    try:
        report = run(root)
    except (RefusedError, FormatError):
        assert nothing_left(root)
        return
    names = {name for item in released(root, report) for name in item}
    assert names == set(record(0))
    kinds = {name: {type(item[name]) for item in released(root, report)} for name in names}
    assert kinds == {name: {type(record(0)[name])} for name in names}


def edited(edit: Callable[[Sequence[bytes]], Iterator[bytes]]) -> Callable[..., RowEncoder]:
    honest = JsonLines.encoder

    def encoder(self: JsonLines, schema: Schema, spec: FormatSpec, seed: bytes) -> RowEncoder:
        true = honest(self, schema, spec, seed)
        return RowEncoder(b"", lambda batches: b"".join(edit(bytes(true.encode(batches)).splitlines(keepends=True))))

    return encoder


def to_line(change: Callable[[dict[str, Any]], object]) -> Callable[[Sequence[bytes]], Iterator[bytes]]:
    def edit(written: Sequence[bytes]) -> Iterator[bytes]:
        for line in written:
            item = json.loads(line)
            if item["number"] == VICTIM:
                change(item)
                line = json.dumps(item, separators=(",", ":")).encode() + b"\n"  # noqa: PLW2901
            yield line

    return edit


ENCODERS: dict[str, Callable[[Sequence[bytes]], Iterator[bytes]]] = {
    "an extra field": to_line(lambda item: item.update(street="Hafenstrasse 3")),
    "a number as text": to_line(lambda item: item.update(price="1.25")),
    "a whole number as text": to_line(lambda item: item.update(number="17")),
    "a token as a number": to_line(lambda item: item.update(user_id=17)),
    "a row dropped": lambda written: (line for line in written if b'"number":17,' not in line),
    "a row doubled": lambda written: (line for line in written for _ in range(1 + (b'"number":17,' in line))),
    "a field doubled": lambda written: (line.replace(b"{", b'{"number":1,', 1) for line in written),
    "half a row": lambda written: (line[:-9] + b"\n" if b'"number":17,' in line else line for line in written),
    "nothing": lambda written: iter(()),
}


@pytest.mark.parametrize("edit", ENCODERS.values(), ids=ENCODERS.keys())
def test_the_gate_believes_no_encoder(
    root: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Sequence[bytes]], Iterator[bytes]]
) -> None:
    monkeypatch.setattr(JsonLines, "encoder", edited(edit))
    with pytest.raises(RefusedError):
        run(root)
    assert nothing_left(root)


def test_staged_bytes_that_change_after_the_gate_are_not_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte of a cleared staging file is changed before it is copied: its digest is no longer the gate's."""
    work = honest_work

    def then_tamper(*arguments: Any) -> Any:
        worked = work(*arguments)
        path = root / ".pratique/eu/staging" / worked.file.staged
        data = path.read_bytes().replace(b"Night Ferry", b"Nacht Ferry", 1)
        path.unlink()
        path.write_bytes(data)
        path.chmod(0o400)
        return worked

    monkeypatch.setattr(pratique.assembly.worker, "work_part", then_tamper)
    with pytest.raises(PratiqueError, match="not the one that the gate cleared"):
        run(root)
    assert nothing_left(root)


def test_a_part_that_store_and_staging_exchange_together_is_not_published(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file, and its digest in the record of the finished part, by one who can write both and has no key."""
    commit = SqliteRunStore.finish_part

    def then_exchange(self: SqliteRunStore, run: str, file: StagedFile) -> None:
        path = root / ".pratique/eu/staging" / file.staged
        data = path.read_bytes().replace(b"Night Ferry", b"Nacht Ferry", 1)
        path.unlink()
        path.write_bytes(data)
        path.chmod(0o400)
        commit(self, run, replace(file, digest=sha256(data).hexdigest()))

    monkeypatch.setattr(SqliteRunStore, "finish_part", then_exchange)
    with pytest.raises(RefusedError, match="not the one that its worker wrote"):
        run(root)
    assert nothing_left(root)


def nothing_left(root: Path) -> bool:
    """Nothing is at the target."""
    return not any(path.is_file() for path in target(root).rglob("*"))


# --- the kernel itself: an honest one meets such data in its input ---------------------------------------------------


def with_victim(**fields: object) -> list[dict[str, Any]]:
    return [{**record(n), **(fields if n == VICTIM else {})} for n in range(RECORDS)]


HELD: dict[str, tuple[dict[str, object], str]] = {
    "its own id in a kept field": ({"show": f"for {record(VICTIM)['user_id']}"}, "guard"),
    "its own card number in a kept field": ({"show": record(VICTIM)["card_number"]}, "guard"),
    "an IBAN in a kept field": ({"show": IBAN}, "guard"),
    "a card number as a kept number": ({"number": 4111111111111111}, "guard"),
    "a treated value that no detector knows": ({"user_id": "bluebear-77", "show": "bluebear-77 was here"}, "echo"),
}


@pytest.mark.parametrize(("fields", "rule"), HELD.values(), ids=HELD.keys())
@pytest.mark.parametrize("form", ["columns", "records"])
def test_the_kernel_holds_the_record(root: Path, fields: dict[str, object], rule: str, form: str) -> None:
    """By columns, and record by record, where a field is missing in another record."""
    records = with_victim(**fields)
    data = lines(records)
    if form == "records":
        # A block with an escape that a fast reader might alter goes record by record.
        data = data.replace(b"please call back", b"please\\u0020call\\u0020back")
    (source(root) / "a.jsonl").write_bytes(data)
    report = run(root)
    assert report.counts.quarantined == {rule: 1}
    assert report.counts.written == RECORDS - 1
    assert len(quarantined(root, report.run)[rule]) == 1
