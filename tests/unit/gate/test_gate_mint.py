"""Only the gate makes Cleared."""

# mypy: disable-error-code="no-untyped-call"

import copy
import hashlib
import io
import pickle
from typing import Any

import pytest

from pratique.errors import RefusedError
from pratique.gate import _mint, is_cleared, reopen
from pratique.model.release import Counts, StagedFile

DATA = b'{"a":1}\n'


def staged_file(data=DATA, *, read=1):
    return StagedFile(
        "00000-00000",
        "run/00000-00000.jsonl",
        "x",
        len(data),
        hashlib.sha256(data).hexdigest(),
        Counts(read, 1, {}),
        0,
        {},
    )


def test_what_the_gate_clears_can_be_told_from_anything_else():
    cleared = reopen(io.BytesIO(DATA), staged_file())
    assert is_cleared(cleared)
    assert (cleared.name, cleared.size, cleared.digest) == (
        "run/00000-00000.jsonl",
        8,
        hashlib.sha256(DATA).hexdigest(),
    )
    cleared.descriptor().read(3)
    assert cleared.descriptor().read() == DATA

    class Look:
        name, digest, size = cleared.name, cleared.digest, cleared.size
        _stamp = _mint._STAMP

        def descriptor(self):
            return io.BytesIO(DATA)

    assert not is_cleared(Look())
    assert not is_cleared(None)
    assert not is_cleared(_mint.ClearedFile)


def test_nobody_else_constructs_subclasses_changes_copies_or_pickles_it():
    with pytest.raises(TypeError):
        _mint.ClearedFile(object(), name="n", digest="d", size=1, descriptor=io.BytesIO())
    assert not is_cleared(object.__new__(_mint.ClearedFile))
    with pytest.raises(TypeError):
        type("Forged", (_mint.ClearedFile,), {})
    cleared: Any = reopen(io.BytesIO(DATA), staged_file())
    with pytest.raises(AttributeError):
        cleared.name = "other"
    with pytest.raises(AttributeError):
        cleared._descriptor = io.BytesIO(b"raw")
    with pytest.raises(AttributeError):
        del cleared._digest
    with pytest.raises(TypeError):
        copy.copy(cleared)
    with pytest.raises(TypeError):
        pickle.dumps(cleared)


@pytest.mark.parametrize("data", [b'{"a":2}\n', b'{"a":1}', b'{"a":1}\n\n', b""])
def test_a_staging_file_that_changed_since_is_not_cleared_again(data):
    with pytest.raises(RefusedError, match="not the one that the gate cleared"):
        reopen(io.BytesIO(data), staged_file())


def test_counts_that_do_not_add_up_are_not_cleared_again():
    with pytest.raises(RefusedError, match="do not add up"):
        reopen(io.BytesIO(DATA), staged_file(read=2))
