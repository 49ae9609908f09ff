"""What must hold of a release besides that no value leaked: kept values in their own place, everything else shuffled.

Read with the standard library, not with the program's own readers. Checked are also the channels in which no value
stands as text: which records came out and how many each rule held back, order, length, equality across domains, and
that keyed output hangs on the key.
"""

import base64
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastavro
import pyarrow.parquet as pq

from tools.canary_data import EVENTS, FLOWS, PROFILES, TARGET
from tools.canary_leaks import RELEASE, Hunt, Leak
from tools.canary_plant import JOINED, Planted
from tools.canary_watch import Place

KEYED = ("user_id", "email", "contact", "card", "name")
_ORDER = 5.0
"""Standard deviations of a rank correlation that chance does not reach."""
_FEWEST = 20

Records = dict[int, list[tuple[str, Any]]]
"""Number to the leaves of the record, each with its field."""


def check(place: Place, planted: Planted, hunt: Hunt, flows: tuple[str, ...] = FLOWS) -> Iterator[Leak]:
    """Every rule, for the releases of some flows."""
    left = [path for path in place.project.glob(".pratique/*/staging/*") if not path.name.startswith(".")]
    if flows and left:
        yield Leak("staging", f"{len(left)} files are left, although all is released")
    for flow in flows:
        records = read(place, flow)
        yield from _check_records(flow, records, planted)
        yield from _check_files(place, flow, hunt)
        yield from _check_counts(place, flow, planted)
        yield from _check_kept(flow, records, planted, hunt)
    if EVENTS in flows:
        yield from _check_shuffled(read(place, EVENTS), planted)


def check_keys(place: Place, twin: Place) -> Iterator[Leak]:
    """The same data under other keys must come out otherwise, value by value."""
    ours, theirs = read(place, EVENTS), read(twin, EVENTS)
    for name in KEYED:
        same = sum(
            1
            for number, leaves in ours.items()
            if number in theirs and _of(leaves, name) == _of(theirs[number], name) and _of(leaves, name)
        )
        if same:
            yield Leak(f"release of {EVENTS}", f"{name} is the same under other keys, in {same} records")


def read(place: Place, flow: str) -> Records:
    """Every record of every release of a flow."""
    found: Records = {}
    for statement in (place.project / TARGET / flow).rglob(RELEASE):
        for name in _stated(statement)["files"]:
            path = statement.parent.parent / name["name"]
            found |= _read_file(flow, path) if path.exists() else {}
    return found


def _stated(path: Path) -> dict[str, Any]:
    """What a statement says, without the program's own reader."""
    envelope = json.loads(path.read_bytes())
    predicate: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"]))["predicate"]
    return predicate


def _read_file(flow: str, path: Path) -> Records:
    if path.suffix == ".txt":
        text = path.read_text(encoding="utf-8")
        number = re.match(r"Letter ([0-9]+)\.", text)
        return {int(number[1]) if number else -1: [("text", text)]}
    maps = ("contacts", "labels") if flow == PROFILES else ()
    return {int(item["number"]): list(_leaves(item, "", maps)) for item in _items(path)}


def _items(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]]
    if path.suffix == ".parquet":
        found = pq.read_table(path).to_pylist()
    elif path.suffix == ".avro":
        with path.open("rb") as stream:
            found = list(fastavro.reader(stream))  # type: ignore[arg-type]
    elif path.suffix == ".csv":
        found = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    else:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return found


def _metadata(path: Path) -> bytes:
    """What a container says besides its records and the statistics of its columns."""
    if path.suffix == ".parquet":
        schema = pq.read_schema(path)
        told = [schema.metadata or {}, *(field.metadata or {} for field in schema)]
        return b"\n".join([str(schema).encode(), *(part for one in told for pair in one.items() for part in pair)])
    if path.suffix == ".avro":
        with path.open("rb") as stream:
            return json.dumps(fastavro.reader(stream).metadata).encode()
    return b""


def _leaves(value: Any, path: str, maps: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        is_map = path in maps
        for name, child in value.items():
            below = f"{path}{{}}" if is_map else f"{path}.{name}".lstrip(".")
            yield f"{path}{{keys}}" if is_map else f"{path}.*", name
            yield from _leaves(child, below, maps)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child, f"{path}[]", maps)
    else:
        yield path, value


def _of(leaves: list[tuple[str, Any]], name: str) -> str:
    return next((str(value) for path, value in leaves if path == name), "")


def _check_records(flow: str, records: Records, planted: Planted) -> Iterator[Leak]:
    wanted, found = set(planted.released[flow]), set(records)
    if wanted != found:
        yield Leak(
            f"release of {flow}",
            f"{len(found - wanted)} records came out that must not, {len(wanted - found)} did not that must",
        )


def _check_files(place: Place, flow: str, hunt: Hunt) -> Iterator[Leak]:
    """Nothing lies in a release's folder that the statement does not name; containers carry nothing but records."""
    for path in (place.project / TARGET / flow).rglob(RELEASE):
        stated = {name["name"] for name in _stated(path)["files"]}
        there = {str(file.relative_to(path.parent.parent)) for file in path.parent.rglob("*") if file.is_file()}
        for name in stated & there:
            yield from hunt.text(f"metadata of {name}", _metadata(path.parent.parent / name))
        if more := there - stated - {str(path.relative_to(path.parent.parent))}:
            yield Leak(f"release of {flow}", f"{len(more)} files lie there that the statement does not name")


def _check_counts(place: Place, flow: str, planted: Planted) -> Iterator[Leak]:
    held: Counter[str] = Counter()
    for path in (place.project / TARGET / flow).rglob(RELEASE):
        held.update(_stated(path)["counts"]["quarantined"])
    wanted = planted.held.get(flow, Counter())
    if held != wanted:
        rules = sorted(rule for rule in held | wanted if held[rule] != wanted[rule])
        shown = ", ".join(f"{rule} {held[rule]} for {wanted[rule]}" for rule in rules)
        yield Leak(f"release of {flow}", f"other records were held back: {shown}")


def _check_kept(flow: str, records: Records, planted: Planted, hunt: Hunt) -> Iterator[Leak]:
    """Each kept value stands in its place; and with these taken out, no planted value is left anywhere."""
    rest: list[str] = []
    missing = 0
    for number, leaves in records.items():
        waiting = {(path, text) for path, _ in leaves for text in planted.kept.get((flow, number, path), ())}
        for path, value in leaves:
            text = str(value)
            for one in planted.kept.get((flow, number, path), ()):
                if one in text and (path, one) in waiting:
                    waiting.remove((path, one))
                    text = text.replace(one, " ", 1)
            rest.append(f"{path} {text}")
        missing += len(waiting)
    if missing:
        yield Leak(f"release of {flow}", f"{missing} kept values are not in their own place")
    yield from hunt.text(f"release of {flow}, out of place", "\n".join(rest).encode())


def _check_shuffled(records: Records, planted: Planted) -> Iterator[Leak]:
    where = f"release of {EVENTS}"
    for name in KEYED:
        raws = planted.raws.get((EVENTS, name), {})
        pairs = [(raws[number], _of(leaves, name)) for number, leaves in records.items() if number in raws]
        if len(pairs) >= _FEWEST and abs(found := _correlation(pairs)) > _ORDER / (len(pairs) - 1) ** 0.5:
            yield Leak(where, f"the order of {name} shows in its tokens (rank correlation {found:.2f})")
    lengths = {len(_of(leaves, "email")) for leaves in records.values()}
    if len(lengths) > 1:
        yield Leak(where, f"addresses of one padded length have tokens of {len(lengths)} lengths")
    names = {_of(leaves, "owner") for leaves in records.values()}
    if len(names) > 1:
        yield Leak(where, f"what is replaced came out in {len(names)} ways")
    if any(_bare(_of(leaves, "email")) == _bare(_of(leaves, "contact")) for leaves in records.values()):
        yield Leak(where, "one value has the same token in two domains")
    dates = {_of(leaves, "joined") for leaves in records.values()}
    if JOINED in dates or len(dates) < len(records) / 4:
        yield Leak(where, f"one date of {len(records)} persons was shifted in {len(dates)} ways")


def _bare(token: str) -> str:
    return token.rpartition(".")[2]


def _correlation(pairs: list[tuple[str, str]]) -> float:
    """Of the ranks of raw values and outputs (Spearman)."""
    ranks = [{value: at for at, value in enumerate(sorted({pair[side] for pair in pairs}))} for side in (0, 1)]
    numbers = [(ranks[0][raw], ranks[1][out]) for raw, out in pairs]
    means = [sum(pair[side] for pair in numbers) / len(numbers) for side in (0, 1)]
    both = sum((a - means[0]) * (b - means[1]) for a, b in numbers)
    spread = [sum((pair[side] - means[side]) ** 2 for pair in numbers) for side in (0, 1)]
    return both / (spread[0] * spread[1]) ** 0.5 if all(spread) else 0.0
