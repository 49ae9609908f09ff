"""What every catalogue store promises."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Proposal, Scan, Scoring, TypeEvidence
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.ports import CatalogueStore
from pratique.stores import SqliteCatalogueStore
from pratique.testing.stores import MemoryCatalogueStore

Reopen = Callable[[], CatalogueStore]


@pytest.fixture(params=["memory", "sqlite"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reopen]:
    """Gives the same store at every call, opened anew where a store outlives its object."""
    memory = MemoryCatalogueStore()
    opened: list[SqliteCatalogueStore] = []

    def sqlite() -> CatalogueStore:
        opened.append(SqliteCatalogueStore(tmp_path / "eu" / "pratique.db"))
        return opened[-1]

    yield sqlite if request.param == "sqlite" else lambda: memory
    for store in opened:
        store.close()


def scan(dataset: str = "channel", records: int = 3, field: str = "user_id") -> Scan:
    leaf = Node(frozenset({Kind.STRING, Kind.NULL}), optional=True)
    nested = Node(frozenset({Kind.RECORD}), fields=((field, leaf), ("tags", Node(frozenset({Kind.LIST}), item=leaf))))
    found = TypeEvidence("PERSON", 2, 2 / 3, 0.85, 1, by_name=True)
    return Scan(
        dataset=dataset,
        schema=Schema(nested),
        format=FormatSpec("csv", {"delimiter": ";"}),
        evidence=(Evidence((field,), records, 0, 3, 7.5, 1.0, (found,), ("%d-%m-%Y",)),),
        records=records,
        complete=False,
        random=True,
        rejects=1,
        detectors={"patterns": "00ff"},
        at="2026-01-02T03:04:05+00:00",
    )


def decision(
    sequence: int, path: tuple[str, ...] = ("user_id",), dataset: str = "channel", who: str = "ann"
) -> Decision:
    return Decision(
        dataset,
        path,
        DecisionKind.CONFIRM,
        ("PERSON",),
        who,
        "2026-01-02T03:04:05+00:00",
        "größer ☃",
        sequence,
        "b1",
        "c2ln",
    )


def test_is_the_port(reopen: Reopen) -> None:
    assert isinstance(reopen(), CatalogueStore)


def test_empty(reopen: Reopen) -> None:
    store = reopen()
    assert store.latest_scan("channel") is None
    assert list(store.datasets()) == []
    assert list(store.decisions("channel")) == []


def test_a_scan_comes_back_as_it_was(reopen: Reopen) -> None:
    reopen().add_scan(scan())
    assert reopen().latest_scan("channel") == scan()
    assert reopen().latest_scan("movie") is None


@pytest.mark.parametrize(
    "field", ["", "a.b", "[]", "naïve ☃", 'quote"; DROP TABLE scans; --', "\x00\n\x1b[31m", "x" * 70_000]
)
def test_odd_field_names_come_back(reopen: Reopen, field: str) -> None:
    store = reopen()
    store.add_scan(scan(field=field))
    store.add_decisions([decision(1, (field, "[]"))])
    assert reopen().latest_scan("channel") == scan(field=field)
    assert list(reopen().decisions("channel")) == [decision(1, (field, "[]"))]


def test_the_scan_added_last_is_the_latest_whatever_its_time(reopen: Reopen) -> None:
    store = reopen()
    for records in (9, 4):
        store.add_scan(scan(records=records))
    store.add_scan(scan("movie", records=1))
    found = store.latest_scan("channel")
    assert found is not None
    assert found.records == 4


def test_scans_are_kept_in_their_order(reopen: Reopen) -> None:
    store = reopen()
    added = [scan(records=9), scan(records=4), scan(records=9)]
    for found in added:
        store.add_scan(found)
    store.add_scan(scan("movie"))
    assert list(reopen().scans("channel")) == added
    assert list(reopen().scans("nothing")) == []


def scoring(of: Scan, share: float = 0.05) -> Scoring:
    return Scoring(
        of.dataset,
        of.at,
        "2026-01-03T00:00:00+00:00",
        share,
        {"patterns": "01ff"},
        of.evidence,
        (Proposal(("user_id",), ("PERSON", "größer ☃")),),
    )


def test_scorings_belong_to_their_scan(reopen: Reopen) -> None:
    store = reopen()
    first, second = scan(), replace(scan(), at="2026-01-02T03:04:06+00:00")
    for found in (first, second, scan("movie")):
        store.add_scan(found)
    added = [scoring(first), scoring(first, 0.5)]
    for one in (added[0], scoring(second), added[1]):
        store.add_scoring(one)
    assert list(reopen().scorings(first)) == added
    assert list(reopen().scorings(second)) == [scoring(second)]
    assert list(reopen().scorings(scan("movie"))) == []
    assert list(reopen().scorings(scan("nothing"))) == []


def test_what_was_not_scanned_is_not_scored(reopen: Reopen) -> None:
    with pytest.raises(CatalogueError, match="no such scan"):
        reopen().add_scoring(scoring(scan()))


def test_datasets_have_a_scan_or_a_decision(reopen: Reopen) -> None:
    store = reopen()
    store.add_scan(scan("movie"))
    store.add_scan(scan("movie"))
    store.add_decisions([decision(1, dataset="channel")])
    assert list(store.datasets()) == ["channel", "movie"]


def test_decisions_keep_the_order_in_which_they_came(reopen: Reopen) -> None:
    store = reopen()
    added = [decision(1), decision(1, ("a",)), decision(2), decision(1, ("[]",))]
    store.add_decisions(added[:3])
    store.add_decisions(added[3:])
    store.add_decisions([decision(1, dataset="movie")])
    assert list(reopen().decisions("channel")) == added
    assert list(reopen().decisions("movie")) == [decision(1, dataset="movie")]


@pytest.mark.parametrize("sequence", [-1, 0, 1, 3])
def test_a_taken_or_skipped_sequence_refuses_all(reopen: Reopen, sequence: int) -> None:
    store = reopen()
    store.add_decisions([decision(1)])
    with pytest.raises(CatalogueError):
        store.add_decisions([decision(1, ("other",)), decision(sequence, who="bob")])
    assert list(store.decisions("channel")) == [decision(1)]


def test_a_double_inside_one_call_refuses_all(reopen: Reopen) -> None:
    store = reopen()
    with pytest.raises(CatalogueError):
        store.add_decisions([decision(1), decision(1, who="bob")])
    assert list(store.decisions("channel")) == []


def test_nothing_to_add_is_fine(reopen: Reopen) -> None:
    reopen().add_decisions([])


def test_of_many_who_decide_at_once_one_wins(reopen: Reopen) -> None:
    def decide(number: int) -> bool:
        try:
            reopen_store.add_decisions([decision(1, who=f"steward {number}"), decision(1, (f"field {number}",))])
        except CatalogueError:
            return False
        return True

    reopen_store = reopen()
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(decide, range(16)))
    assert won.count(True) == 1
    assert len(reopen().decisions("channel")) == 2
