"""What every quarantine store promises."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pratique.crypto.seal import UnsealKey, generate_unseal_key
from pratique.errors import KeyStoreError, StoreError
from pratique.model.data import PartId
from pratique.model.release import NEW_FIELD
from pratique.ports import QuarantineStore
from pratique.quarantine import Entry, FileQuarantineStore, read

PART = PartId("00000-00000")

ORIGINALS: list[Entry] = [
    Entry(0, "json", None, b'{"name": "Alice Archer"'),
    Entry(40, "new-field", ("a", "[]", "b.c ☃"), b"", NEW_FIELD),
    Entry(41, "utf-8", ("\ud800",), bytes(range(256)) * 3),
    Entry(9_000_000_000_000_000, "guard", (), b"x" * 700_000, size=9_000_000),
    Entry(9_000_000_000_000_001, "guard", ("card",), b"4111 1111 1111 1111", "#3"),
]


@pytest.fixture
def key() -> UnsealKey:
    return generate_unseal_key()


@pytest.fixture(params=["file"])
def store(request: pytest.FixtureRequest, tmp_path: Path, key: UnsealKey) -> FileQuarantineStore:
    return FileQuarantineStore(tmp_path / "quarantine", key.public)


def fill(store: QuarantineStore, run: str = "r1", part: PartId = PART, originals: list[Entry] = ORIGINALS) -> None:
    writer = store.writer("channel", run, part)
    for original in originals:
        writer.add(original)
    writer.finish()


def entries(store: FileQuarantineStore, key: UnsealKey, run: str = "r1") -> list[Entry]:
    return [entry for file in store.files("channel", run) for entry in read(file, key)]


def test_records_come_back_exactly(store: FileQuarantineStore, key: UnsealKey) -> None:
    fill(store)
    assert entries(store, key) == ORIGINALS


def test_counts_need_no_key(store: FileQuarantineStore) -> None:
    assert store.counts("channel", "r1") == {}
    fill(store)
    fill(store, part=PartId("00000-00001"), originals=ORIGINALS[:1])
    fill(store, run="r2", originals=ORIGINALS[:1])
    assert store.counts("channel", "r1") == {"guard": 2, "json": 2, "new-field": 1, "utf-8": 1}
    assert store.counts("movie", "r1") == {}


def test_what_is_not_finished_does_not_count(store: FileQuarantineStore, key: UnsealKey) -> None:
    writer = store.writer("channel", "r1", PART)
    writer.add(ORIGINALS[3])
    assert store.counts("channel", "r1") == {}
    assert entries(store, key) == []
    writer.discard()


def test_a_new_attempt_replaces_the_old(store: FileQuarantineStore, key: UnsealKey) -> None:
    fill(store)
    fill(store, originals=ORIGINALS[:2])
    assert entries(store, key) == ORIGINALS[:2]
    fill(store, originals=[])
    assert store.counts("channel", "r1") == {}
    fill(store, originals=[])


def test_a_discarded_attempt_leaves_the_finished_one(store: FileQuarantineStore, key: UnsealKey) -> None:
    fill(store, originals=ORIGINALS[:2])
    writer = store.writer("channel", "r1", PART)
    writer.add(ORIGINALS[3])
    writer.discard()
    writer.discard()
    assert len(entries(store, key)) == 2
    with pytest.raises(StoreError):
        writer.add(ORIGINALS[0])
    with pytest.raises(StoreError):
        writer.finish()


def test_nothing_is_added_or_finished_twice(store: FileQuarantineStore, key: UnsealKey) -> None:
    writer = store.writer("channel", "r1", PART)
    writer.add(ORIGINALS[0])
    writer.finish()
    for act in (writer.finish, lambda: writer.add(ORIGINALS[0])):
        with pytest.raises(StoreError):
            act()
    writer.discard()
    assert len(entries(store, key)) == 1


def test_only_the_key_that_it_was_sealed_to_opens(store: FileQuarantineStore) -> None:
    fill(store)
    with pytest.raises(KeyStoreError):
        entries(store, generate_unseal_key())


@pytest.mark.parametrize("rule", ["", "Alice Archer", "a@b", "x\n", "x" * 65, "1a"])
def test_a_rule_is_a_name_from_the_code(store: FileQuarantineStore, rule: str) -> None:
    with pytest.raises(StoreError) as caught:
        store.writer("channel", "r1", PART).add(Entry(0, rule, None, b""))
    assert not rule or rule not in str(caught.value)


@pytest.mark.parametrize("field", ["Alice Archer", "#", "#0", "#1x", "# 1", "new fields ", "#1\n"])
def test_a_field_is_a_number_of_the_plan(store: FileQuarantineStore, field: str) -> None:
    with pytest.raises(StoreError) as caught:
        store.writer("channel", "r1", PART).add(Entry(0, "guard", ("a",), b"", field))
    assert field not in str(caught.value)


def test_fields_are_counted_in_clear_and_not_named(store: FileQuarantineStore) -> None:
    fill(store)
    [told] = store.summaries("channel", "r1")
    assert told.fields == {"guard": {"#3": 1}, "new-field": {NEW_FIELD: 1}}
    [file] = store.files("channel", "r1")
    assert b"card" not in file.read_bytes()


def test_a_run_is_removed_whole_and_alone(store: FileQuarantineStore, key: UnsealKey) -> None:
    assert list(store.runs("channel")) == []
    fill(store)
    fill(store, part=PartId("00000-00001"))
    fill(store, run="r2")
    unfinished = store.writer("channel", "r1", PartId("00000-00002"))
    unfinished.add(ORIGINALS[3])
    assert list(store.runs("channel")) == ["r1", "r2"]
    store.remove("channel", "r1")
    store.remove("channel", "r1")
    store.remove("movie", "r1")
    assert list(store.runs("channel")) == ["r2"]
    assert entries(store, key) == []
    assert len(entries(store, key, "r2")) == 5
    unfinished.discard()


@pytest.mark.parametrize(
    "place", [("channel", "r2", PART), ("movie", "r1", PART), ("channel", "r1", PartId("00000-00009"))]
)
def test_a_file_in_the_place_of_another_is_refused(store: FileQuarantineStore, place: tuple[str, str, PartId]) -> None:
    """The seal holds where it lies: a copy opens, and must not count as the other's."""
    fill(store)
    [file] = store.files("channel", "r1")
    copied = store.path(*place)
    copied.parent.mkdir(parents=True, exist_ok=True)
    copied.write_bytes(file.read_bytes())
    with pytest.raises(StoreError, match="moved here"):
        store.counts(*place[:2])


def test_a_finished_file_has_a_digest(store: FileQuarantineStore) -> None:
    assert store.digest("channel", "r1", PART) is None
    fill(store)
    [file] = store.files("channel", "r1")
    assert store.digest("channel", "r1", PART) == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["../../x", "a/b", "..", "ñ☃", "x" * 300, ""])
def test_odd_names_stay_apart_and_inside(store: FileQuarantineStore, key: UnsealKey, name: str, tmp_path: Path) -> None:
    for flow, run, part in ((name, "r1", PART), ("channel", name, PART), ("channel", "r1", PartId(name))):
        writer = store.writer(flow, run, part)
        writer.add(ORIGINALS[0])
        writer.finish()
        assert store.counts(flow, run) == {"json": 1}
    assert all((tmp_path / "quarantine") in file.parents for file in tmp_path.rglob("*.quarantine"))
    assert len(list(tmp_path.rglob("*.quarantine"))) == 3


Broken = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "harm",
    [
        lambda b: b[:-1],
        lambda b: b[: len(b) // 2],
        lambda b: b[:25],
        lambda b: b"",
        lambda b: b + b"x",
        lambda b: b"X" + b[1:],
        lambda b: b[: len(b) // 2] + bytes([b[len(b) // 2] ^ 1]) + b[len(b) // 2 + 1 :],
        lambda b: b.replace(b'"guard":2', b'"guard":1').replace(b'"entries":5', b'"entries":4'),
        lambda b: b.replace(b'"guard":2', b'"guard":9'),
        lambda b: b.replace(b'"run":"r1"', b'"run":"r2"'),
        lambda b: b.replace(b'"part":"00000-00000"', b'"part":"00000-00001"'),
        lambda b: b.replace(b'"version":2', b'"version":1'),
        lambda b: b.replace(b'"version":2', b'"version":3'),
        lambda b: b.replace(b'{"#3":1}', b'{"#4":1}'),
        lambda b: b.replace(b'"guard":{"#3":1},', b""),
        lambda b: b[:21] + b"\xff\xff\xff\xff" + b[25:],
    ],
)
def test_harm_is_found(store: FileQuarantineStore, key: UnsealKey, harm: Broken) -> None:
    fill(store)
    [file] = store.files("channel", "r1")
    before = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(harm(before))
    assert file.read_bytes() != before
    with pytest.raises(StoreError) as caught:
        entries(store, key)
    assert "Alice" not in str(caught.value)
