"""Every type is in one family, and the table holds nothing that does not exist."""

from pratique.detect import Detector
from pratique.detect.entities import BUILT_IN
from pratique.detect.entities.families import LISTED, ONLY_MODELS, family_of
from pratique.model.families import FAMILIES
from pratique.model.policy import UserEntity


def test_every_type_is_in_one_family_that_there_is():
    names = [one.name for one in BUILT_IN]
    assert [name for name in names if family_of(name) not in FAMILIES] == []
    assert LISTED.keys() - names == {*ONLY_MODELS}
    assert {family_of(name) for name in (*names, *ONLY_MODELS)} == FAMILIES.keys()


def test_the_rest_of_a_name_counts_only_behind_a_country():
    assert family_of("XX_PASSPORT") == "passport"
    assert family_of("LOYALTY_PASSPORT") == ""
    assert family_of("PASSPORT") == ""
    assert family_of("") == ""


def test_a_detector_tells_the_family_of_each_of_its_types():
    own = (UserEntity("BADGE", ("B[0-9]{6}",), family="profession"), UserEntity("CASE", ("C[0-9]{6}",)))
    detector = Detector(model=None, custom=own)
    assert detector.families.keys() == detector.entities
    assert detector.families["BADGE"] == "profession"
    assert detector.families["CASE"] == ""
    assert detector.families["PL_PESEL"] == "national-id"


def test_saying_a_family_changes_nothing_that_is_found():
    first, second = (
        Detector(model=None, custom=(UserEntity("BADGE", ("B[0-9]{6}",), family=family),))
        for family in ("", "profession")
    )
    assert first.digests == second.digests
    assert first.types == second.types
