"""Run ids, keyed inputs, and which inputs are new."""

import gzip
import hashlib
import hmac
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

import pytest

from pratique.errors import RefusedError, SourceError
from pratique.model.data import Input
from pratique.model.plan import KeyRef
from pratique.model.release import InputState
from pratique.runs import check_inputs, hash_inputs, keyed_digests, keyed_inputs, run_id


class OneSource:
    """Inputs in memory."""

    def __init__(self, **files: bytes) -> None:
        self.files = files

    def inputs(self) -> Sequence[Input]:
        return [Input(name, n, len(data)) for n, (name, data) in enumerate(self.files.items())]

    def open(self, item: Input) -> BinaryIO:
        raise AssertionError("digests are of the stored bytes")

    def open_stored(self, item: Input) -> BinaryIO:
        return io.BytesIO(self.files[item.name])


class OneKey:
    """A key store that knows one secret."""

    def reveal(self) -> bytes:
        return b"k" * 32

    def derive(self, use: str, ref: KeyRef, length: int) -> "OneKey":
        assert (use, length) == ("inputs", 32)
        return self


def state(name: str = "a", number: int = 0, size: int = 3, digest: str = "aa" * 32) -> InputState:
    return InputState(name, number, size, digest)


def test_run_id_is_golden() -> None:
    words = b'["pratique/run/1","plan",2,[["a",3,"' + b"aa" * 32 + b'"]]]'
    assert run_id("plan", [state()], 2) == hashlib.sha256(words).hexdigest()[:32]


def test_run_id_hangs_on_plan_inputs_their_order_and_the_repeat() -> None:
    two = [state("a"), state("b")]
    ids = [
        run_id("p", two, 0),
        run_id("q", two, 0),
        run_id("p", two, 1),
        run_id("p", two[::-1], 0),
        run_id("p", two[:1], 0),
        run_id("p", [], 0),
        run_id("p", [state("a"), state("b", size=4)], 0),
        run_id("p", [state("a"), state("b", digest="bb" * 32)], 0),
        run_id("p", [state("a"), state("c")], 0),
    ]
    assert len(set(ids)) == len(ids)
    assert run_id("p", [state("a", number=7), state("b", number=9)], 0) == ids[0], "parts are numbered by the order"


def test_keyed_inputs_say_nothing_without_the_key() -> None:
    states = [state("a", digest="bb" * 32), state("b", digest="aa" * 32)]
    found = keyed_inputs(OneKey(), states)  # type: ignore[arg-type]
    assert found == tuple(sorted(found))
    expected = hmac.new(b"k" * 32, b"pratique/input/1\0" + b"\xaa" * 32, hashlib.sha256).hexdigest()
    assert expected in found
    assert found == keyed_inputs(OneKey(), states[::-1])  # type: ignore[arg-type]


def test_every_input_is_hashed_as_stored() -> None:
    files = {"a": b"x" * (3 << 20), "b": b"", "c.gz": gzip.compress(b"y")}
    source = OneSource(**files)
    told: list[int] = []
    found = hash_inputs(source, source.inputs(), told.append)
    assert [(s.name, s.number, s.size, s.digest) for s in found] == [
        (name, n, len(data), hashlib.sha256(data).hexdigest()) for n, (name, data) in enumerate(files.items())
    ]
    assert told == sorted(told)
    assert told[-1] == sum(map(len, files.values()))


@pytest.mark.parametrize("listed", [0, 2, 4])
def test_an_input_that_grew_or_shrank_is_refused_by_number(listed: int) -> None:
    with pytest.raises(SourceError, match="input #5") as caught:
        hash_inputs(OneSource(**{"alice.jsonl": b"abc"}), [Input("alice.jsonl", 5, listed)])
    assert "alice" not in str(caught.value)


def test_an_input_that_cannot_be_read_is_told_by_number() -> None:
    class Broken(OneSource):
        def open_stored(self, item: Input) -> BinaryIO:
            raise PermissionError(13, "Permission denied", "/data/alice.jsonl")

    with pytest.raises(SourceError, match="input #0: cannot be read: Permission denied") as caught:
        hash_inputs(Broken(), [Input("alice.jsonl", 0, 3)])
    assert "alice" not in str(caught.value)


def test_a_second_run_treats_only_what_is_new() -> None:
    known = {"a": state("a", 4), "gone": state("gone")}
    now = [state("a", 0), state("b", 1)]
    assert check_inputs(known, now, full=False) == (now[1],)
    assert check_inputs(known, now, full=True) == tuple(now)
    assert check_inputs({}, now, full=False) == tuple(now)
    assert check_inputs(known, now[:1], full=False) == ()


@pytest.mark.parametrize("other", [{"digest": "bb" * 32}, {"size": 4}])
def test_the_same_name_with_other_bytes_refuses(other: dict[str, object]) -> None:
    now = [state("alice", 0), replace(state("bob", 1), **other), state("new", 2)]  # type: ignore[arg-type]
    known = {"alice": state("alice"), "bob": state("bob")}
    with pytest.raises(RefusedError, match=r"#1.*--full") as caught:
        check_inputs(known, now, full=False)
    assert "bob" not in str(caught.value)
    assert check_inputs(known, now, full=True) == tuple(now)


def test_many_changed_inputs_are_one_line() -> None:
    now = [state(f"f{n}", n, digest="bb" * 32) for n in range(100)]
    with pytest.raises(RefusedError, match="#9 and 90 more") as caught:
        check_inputs({s.name: state(s.name) for s in now}, now, full=False)
    assert "#10" not in str(caught.value)


def test_two_inputs_of_one_name_refuse() -> None:
    with pytest.raises(SourceError):
        check_inputs({}, [state("a"), state("a", 1)], full=True)


def test_the_digest_of_the_allow_list_is_keyed_and_no_other_is() -> None:
    digests = {"detect.allow": "ab" * 32, "detect.names": "cd" * 32}
    found = keyed_digests(OneKey(), digests)
    assert found["detect.names"] == "cd" * 32
    assert found["detect.allow"] not in digests.values()
    assert found == keyed_digests(OneKey(), digests)
    assert found["detect.allow"] != keyed_digests(OneKey(), {"detect.allow": "ef" * 32})["detect.allow"]
    assert keyed_digests(OneKey(), {"residue": "12" * 32}) == {"residue": "12" * 32}
