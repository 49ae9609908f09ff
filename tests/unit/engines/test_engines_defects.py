"""What a defect says of a value stays inside, whichever engine meets it."""

import traceback

import pytest

from pratique.engines.local import SingleEngine
from pratique.errors import PratiqueError, SourceError
from pratique.model.data import Job, PartId

PART = PartId("00000-00000")
JOB = Job("", "", {})


def test_a_defect_names_its_place_and_no_value():
    def work(_part, _progress):
        int("Anna Schmidt")

    with pytest.raises(PratiqueError, match=r"ValueError in pratique\.engines\.local\.single:[0-9]+") as caught:
        SingleEngine(lambda _job: work).map([PART], JOB, progress=lambda *_: None, finished=lambda _: None)
    assert "Anna" not in "".join(traceback.format_exception(caught.value))


def test_an_error_of_pratique_passes_as_it_is():
    def work(_part, _progress):
        raise SourceError("cannot be read", where="input #3")

    with pytest.raises(SourceError, match="input #3: cannot be read"):
        SingleEngine(lambda _job: work).map([PART], JOB, progress=lambda *_: None, finished=lambda _: None)
