"""What every run store promises."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pratique.errors import BusyError, StoreError
from pratique.model.data import Input, Part, PartId
from pratique.model.quarantine import HeldSet
from pratique.model.release import Counts, InputState, StagedFile
from pratique.ports import RunStore
from pratique.stores import SqliteRunStore
from pratique.testing.stores import MemoryRunStore

Reopen = Callable[[], RunStore]


@pytest.fixture(params=["memory", "sqlite"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reopen]:
    """Gives the same store at every call, opened anew where a store outlives its object."""
    memory = MemoryRunStore()
    opened: list[SqliteRunStore] = []

    def sqlite() -> RunStore:
        opened.append(SqliteRunStore(tmp_path / "eu" / "pratique.db", tmp_path / "eu" / "locks"))
        return opened[-1]

    yield sqlite if request.param == "sqlite" else lambda: memory
    for store in opened:
        store.close()


def inputs(count: int = 2, digest: str = "aa", names: str = "day") -> list[InputState]:
    return [InputState(f"{names}-{n}.jsonl ☃", n, 10 * n, digest) for n in range(count)]


def parts(count: int = 3) -> list[Part]:
    item = Input("day-0.jsonl", 0, 100)
    return [Part(PartId(f"00000-{n:05d}"), item, 10 * n, None if n == count - 1 else 10 * n + 10) for n in range(count)]


def staged(part: int = 0, staged_as: str = "a", digest: str = "bb") -> StagedFile:
    name = f"00000-{part:05d}"
    return StagedFile(
        name, f"run/{name}.jsonl", staged_as, 100, digest, Counts(3, 2, {"guard": 1}), 0, {"#1 PERSON": 4}
    )


def begin(store: RunStore, run: str = "r1", flow: str = "channel", repeat: int = 0, count: int = 3) -> None:
    store.begin(flow, run, "plan", inputs(), parts(count), repeat)


def released(store: RunStore, run: str, sequence: int, flow: str = "channel", repeat: int = 0) -> None:
    begin(store, run, flow, repeat, count=1)
    store.finish_part(run, staged())
    store.store_release(flow, run, sequence, f"statement of {run}".encode())


def test_is_the_port(reopen: Reopen) -> None:
    assert isinstance(reopen(), RunStore)


def test_what_is_replayed_is_recorded_with_the_release_and_once(reopen: Reopen) -> None:
    released(reopen(), "r1", 1)
    first, second = HeldSet("r1", PartId("00000-00000"), "guard"), HeldSet("r1", PartId("00000-00000"), "json")
    begin(reopen(), "p1", count=1)
    reopen().finish_part("p1", staged())
    assert reopen().replayed("channel") == {}
    for _ in range(2):
        reopen().store_release("channel", "p1", 2, b"replay", [first])
    assert reopen().replayed("channel") == {first: "p1"}
    assert reopen().replayed("movie") == {}
    begin(reopen(), "p2", count=1)
    reopen().finish_part("p2", staged())
    for wrong in ([second, first], [HeldSet("r9", PartId("00000-00000"), "guard")], [replace(second, run="p2")]):
        with pytest.raises(StoreError):
            reopen().store_release("channel", "p2", 3, b"again", wrong)
        assert reopen().release("channel", "p2") is None, "all or nothing"
    reopen().store_release("channel", "p2", 3, b"again", [second])
    assert reopen().replayed("channel") == {first: "p1", second: "p2"}


def test_what_was_replayed_of_another_flow_is_no_business_of_this_one(reopen: Reopen) -> None:
    released(reopen(), "r1", 1)
    begin(reopen(), "m1", "movie", count=1)
    reopen().finish_part("m1", staged())
    with pytest.raises(StoreError):
        reopen().store_release("movie", "m1", 1, b"x", [HeldSet("r1", PartId("00000-00000"), "guard")])


def test_what_a_full_run_treated_again_is_superseded(reopen: Reopen) -> None:
    released(reopen(), "r1", 1)
    begin(reopen(), "r2", repeat=1, count=1)
    assert set(reopen().superseded("channel")) == set()
    reopen().finish_part("r2", staged())
    reopen().store_release("channel", "r2", 2, b"full")
    released(reopen(), "r3", 3, repeat=1)
    assert set(reopen().superseded("channel")) == {"r1"}
    assert set(reopen().superseded("movie")) == set()


def test_abandoned_runs_are_known_until_they_begin_again(reopen: Reopen) -> None:
    begin(reopen())
    assert list(reopen().abandoned("channel")) == []
    reopen().abandon("r1")
    assert list(reopen().abandoned("channel")) == ["r1"]
    assert list(reopen().abandoned("movie")) == []
    begin(reopen())
    assert list(reopen().abandoned("channel")) == []
    assert (reopen().plan_of("r1"), reopen().plan_of("r2")) == ("plan", None)


def test_empty(reopen: Reopen) -> None:
    store = reopen()
    assert store.open_run("channel") is None
    assert store.inputs("channel") == {}
    assert list(store.parts("r1")) == []
    assert store.finished("r1") == {}
    assert store.repeats("channel") == 0
    assert store.release("channel", "r1") is None
    assert store.last_release("channel") is None
    assert list(store.releases("channel")) == []
    assert store.plan("plan") is None


# --- the lock ---


def test_one_holds_a_flow(reopen: Reopen) -> None:
    first, second = reopen(), reopen()
    with first.hold("channel"):
        for store in (first, second):
            with pytest.raises(BusyError), store.hold("channel"):
                pass
        with second.hold("movie"):
            pass
    with second.hold("channel"):
        pass


def test_a_flow_is_free_after_an_error(reopen: Reopen) -> None:
    store = reopen()
    with pytest.raises(RuntimeError), store.hold("channel"):
        raise RuntimeError
    with store.hold("channel"):
        pass


@pytest.mark.parametrize("flow", ["../../etc/x", "a/b", ".", "..", "ñ☃", "x" * 300, ""])
def test_odd_flow_names_have_their_own_lock(reopen: Reopen, flow: str) -> None:
    store = reopen()
    with store.hold(flow), store.hold("channel"), pytest.raises(BusyError), store.hold(flow):
        pass


# --- begin ---


def test_a_begun_run_is_open_and_known(reopen: Reopen) -> None:
    begin(reopen())
    assert reopen().open_run("channel") == "r1"
    assert reopen().open_run("movie") is None
    assert list(reopen().parts("r1")) == parts()
    assert reopen().inputs("channel") == {}, "inputs count when they are released"


def test_begin_is_idempotent_and_keeps_what_is_finished(reopen: Reopen) -> None:
    begin(reopen())
    reopen().finish_part("r1", staged())
    begin(reopen())
    assert list(reopen().finished("r1")) == ["00000-00000"]


@pytest.mark.parametrize(
    "other",
    [
        ("movie", "r1", "plan", inputs(), parts(), 0),
        ("channel", "r1", "other plan", inputs(), parts(), 0),
        ("channel", "r1", "plan", inputs(digest="cc"), parts(), 0),
        ("channel", "r1", "plan", inputs(1), parts(), 0),
        ("channel", "r1", "plan", inputs(), parts(2), 0),
        ("channel", "r1", "plan", inputs(), parts(), 1),
    ],
)
def test_an_open_run_does_not_begin_otherwise(reopen: Reopen, other: tuple[object, ...]) -> None:
    begin(reopen())
    with pytest.raises(StoreError):
        reopen().begin(*other)  # type: ignore[arg-type]
    assert list(reopen().parts("r1")) == parts()


def test_the_newest_begun_run_is_the_open_one(reopen: Reopen) -> None:
    store = reopen()
    begin(store, "r1")
    begin(store, "r2")
    assert store.open_run("channel") == "r2"
    begin(store, "r1")
    assert store.open_run("channel") == "r1"


def test_an_overtaken_run_begins_anew(reopen: Reopen) -> None:
    store = reopen()
    begin(store, "r1")
    store.finish_part("r1", staged())
    begin(store, "r2")
    store.begin("channel", "r1", "plan", inputs(1), parts(2), 0)
    assert store.finished("r1") == {}, "its staging files may be gone"
    assert list(store.parts("r1")) == parts(2)


def test_an_abandoned_run_is_not_open_and_begins_anew(reopen: Reopen) -> None:
    store = reopen()
    begin(store)
    store.finish_part("r1", staged())
    store.abandon("r1")
    store.abandon("r1")
    assert reopen().open_run("channel") is None
    assert reopen().finished("r1") == {}
    begin(store)
    assert reopen().open_run("channel") == "r1"
    assert reopen().finished("r1") == {}


def test_an_unknown_run_may_be_abandoned_and_a_released_may_not(reopen: Reopen) -> None:
    store = reopen()
    store.abandon("nobody")
    released(store, "r1", 1)
    with pytest.raises(StoreError):
        store.abandon("r1")
    assert store.release("channel", "r1") == b"statement of r1"


# --- parts ---


def test_a_finished_part_comes_back(reopen: Reopen) -> None:
    begin(reopen())
    for number in (2, 0):
        reopen().finish_part("r1", staged(number))
    assert reopen().finished("r1") == {"00000-00000": staged(0), "00000-00002": staged(2)}
    assert list(reopen().finished("r1")) == ["00000-00000", "00000-00002"], "in the order of the parts"


def test_the_first_to_finish_a_part_wins(reopen: Reopen) -> None:
    store = reopen()
    begin(store)
    store.finish_part("r1", staged(0, "first"))
    store.finish_part("r1", staged(0, "first"))
    store.finish_part("r1", staged(0, "second"))
    assert store.finished("r1") == {"00000-00000": staged(0, "first")}


@pytest.mark.parametrize(
    "other",
    [
        staged(digest="cc"),
        replace(staged(), size=99),
        replace(staged(), counts=Counts(3, 3, {})),
        replace(staged(), residue=1),
        replace(staged(), name="else"),
    ],
)
def test_another_result_for_a_finished_part_refuses(reopen: Reopen, other: StagedFile) -> None:
    store = reopen()
    begin(store)
    store.finish_part("r1", staged())
    with pytest.raises(StoreError):
        store.finish_part("r1", other)
    assert store.finished("r1") == {"00000-00000": staged()}


def test_a_part_that_the_run_has_not_cannot_finish(reopen: Reopen) -> None:
    store = reopen()
    begin(store)
    for run, part in (("r1", 7), ("r2", 0)):
        with pytest.raises(StoreError):
            store.finish_part(run, staged(part))
    assert store.finished("r1") == {}


def test_parts_finish_from_many_threads(reopen: Reopen) -> None:
    store = reopen()
    begin(store, count=24)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.finish_part("r1", staged(n % 24, str(n))), range(48)))
    assert len(store.finished("r1")) == 24


# --- releases ---


def test_a_release_is_kept_byte_for_byte(reopen: Reopen) -> None:
    store = reopen()
    begin(store, count=1)
    store.finish_part("r1", staged())
    store.store_release("channel", "r1", 1, b"\x00\xff statement\n")
    store.store_release("channel", "r1", 1, b"\x00\xff statement\n")
    assert reopen().release("channel", "r1") == b"\x00\xff statement\n"
    assert reopen().release("movie", "r1") is None
    assert reopen().last_release("channel") == (1, b"\x00\xff statement\n")
    assert reopen().open_run("channel") is None
    assert set(reopen().inputs("channel")) == {state.name for state in inputs()}


def test_a_run_is_released_once(reopen: Reopen) -> None:
    store = reopen()
    released(store, "r1", 1)
    for flow, sequence, statement in (
        ("channel", 1, b"other"),
        ("channel", 2, b"statement of r1"),
        ("movie", 1, b"statement of r1"),
    ):
        with pytest.raises(StoreError):
            store.store_release(flow, "r1", sequence, statement)
    assert list(store.releases("channel")) == [b"statement of r1"]


@pytest.mark.parametrize("sequence", [-1, 0, 1, 3])
def test_sequences_are_neither_taken_twice_nor_skipped(reopen: Reopen, sequence: int) -> None:
    store = reopen()
    released(store, "r1", 1)
    begin(store, "r2", count=1)
    store.finish_part("r2", staged())
    with pytest.raises(StoreError):
        store.store_release("channel", "r2", sequence, b"two")
    store.store_release("channel", "r2", 2, b"two")
    assert store.last_release("channel") == (2, b"two")
    assert list(store.releases("channel")) == [b"statement of r1", b"two"]


def test_an_unfinished_run_is_not_released(reopen: Reopen) -> None:
    store = reopen()
    begin(store, count=2)
    store.finish_part("r1", staged())
    with pytest.raises(StoreError):
        store.store_release("channel", "r1", 1, b"too early")
    assert store.last_release("channel") is None


@pytest.mark.parametrize("how", ["unknown", "abandoned", "overtaken"])
def test_only_the_open_run_is_released(reopen: Reopen, how: str) -> None:
    store = reopen()
    if how != "unknown":
        begin(store, count=0)
    if how == "abandoned":
        store.abandon("r1")
    if how == "overtaken":
        begin(store, "r2", count=0)
    with pytest.raises(StoreError):
        store.store_release("channel", "r1", 1, b"no")


def test_flows_count_their_releases_each(reopen: Reopen) -> None:
    store = reopen()
    released(store, "r1", 1)
    released(store, "m1", 1, flow="movie")
    released(store, "r2", 2)
    assert store.last_release("movie") == (1, b"statement of m1")
    assert store.last_release("channel") == (2, b"statement of r2")


def test_a_released_run_begins_no_more(reopen: Reopen) -> None:
    store = reopen()
    released(store, "r1", 1)
    begin(store, "r1", count=1)
    assert store.open_run("channel") is None
    assert store.finished("r1") == {"00000-00000": staged()}


def test_the_later_release_says_what_an_input_is(reopen: Reopen) -> None:
    store = reopen()
    store.begin("channel", "r1", "plan", inputs(2, "aa"), [], 0)
    store.store_release("channel", "r1", 1, b"one")
    store.begin("channel", "r2", "plan", inputs(1, "bb"), [], 1)
    store.store_release("channel", "r2", 2, b"two")
    store.begin("channel", "r3", "plan", inputs(1, "cc"), [], 2)
    found = store.inputs("channel")
    assert [state.digest for state in found.values()] == ["bb", "aa"]
    assert store.inputs("movie") == {}


def test_repeats_count_what_was_released(reopen: Reopen) -> None:
    store = reopen()
    released(store, "r1", 1, repeat=0)
    begin(store, "r2", repeat=1)
    assert store.repeats("channel") == 0, "a repeat that never came to a release has not happened"
    released(store, "r3", 2, repeat=3)
    assert store.repeats("channel") == 3


# --- plans ---


def test_a_plan_is_kept_under_its_hash(reopen: Reopen) -> None:
    store = reopen()
    store.store_plan("h1", b"\x00plan")
    store.store_plan("h1", b"\x00plan")
    with pytest.raises(StoreError):
        store.store_plan("h1", b"other")
    assert reopen().plan("h1") == b"\x00plan"


def test_a_release_is_purged_once_and_its_statement_stays(reopen: Reopen) -> None:
    store = reopen()
    with pytest.raises(StoreError):
        store.store_purge("channel", "r1", b"record")
    released(store, "r1", 1)
    assert dict(store.purged("channel")) == {}
    assert store.store_purge("channel", "r1", b"record") == b"record"
    assert store.store_purge("channel", "r1", b"another") == b"record", "the first stands"
    assert dict(reopen().purged("channel")) == {"r1": b"record"}
    assert dict(reopen().purged("other")) == {}
    assert len(reopen().releases("channel")) == 1
