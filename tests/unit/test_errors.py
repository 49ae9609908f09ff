"""Errors: where they are, what the system is to blame for, and what to do about it."""

import errno
import os
import pickle

import pytest

from pratique.errors import PratiqueError, RefusedError, SourceError, SystemFaultError, remedy, system_fault


def test_a_wider_place_comes_before_the_own_one_and_once() -> None:
    error = SourceError("is gone", where="input #3", do="look")
    wider = error.within("dataset events")
    assert type(wider) is SourceError
    assert str(wider) == wider.line == "dataset events, input #3: is gone; look"
    assert wider.within("dataset events") is wider
    assert SourceError("is gone").within("dataset events").line == "dataset events: is gone"
    assert error.line == "input #3: is gone; look"


def test_what_an_error_knows_besides_goes_with_it() -> None:
    error = RefusedError("too much", where="flow f")
    vars(error)["read"] = 7
    assert vars(error.within("region eu"))["read"] == 7
    back = pickle.loads(pickle.dumps(error.within("region eu")))
    assert (back.line, vars(back)["read"]) == ("region eu, flow f: too much", 7)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.EFBIG, errno.EIO, errno.EDQUOT])
def test_what_no_program_is_to_blame_for_says_what_to_do(number: int) -> None:
    error = OSError(number, os.strerror(number), "Anna Schmidt.csv")
    fault = system_fault(error, "pratique.x:1")
    assert isinstance(fault, SystemFaultError)
    assert fault.exit_code == 4
    assert fault.do == remedy(error) != ""
    assert os.strerror(number) in fault.line
    assert "pratique.x:1" in fault.line
    assert "Anna" not in fault.line


@pytest.mark.parametrize(
    "error", [OSError(errno.EBADF, "x"), OSError("x"), ValueError("x"), KeyError(errno.ENOSPC), PratiqueError("x")]
)
def test_anything_else_is_a_defect(error: Exception) -> None:
    assert system_fault(error, "pratique.x:1") is None


def test_memory_that_ran_out() -> None:
    fault = system_fault(MemoryError("Anna"), "pratique.x:1")
    assert fault is not None
    assert fault.line == "memory ran out (in pratique.x:1); give it more, or use fewer workers"
