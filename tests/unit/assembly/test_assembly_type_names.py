"""In which order types are offered to who says what a field is."""

from pratique.assembly.type_names import countries_of, type_names
from pratique.cli.review.completing import common_beginning, matching_types

FAMILIES = {
    "PERSON": "name",
    "PASSWORD": "credential",
    "DE_PASSPORT": "passport",
    "US_PASSPORT": "passport",
    "US_SSN": "social-security",
    "BG_EGN": "national-id",
    "LOCATION": "place",
    "BADGE": "",
}


def names(used=(), regions=("eu", "us")):
    return [one.name for one in type_names(FAMILIES, set(used), regions)]


def test_first_what_the_project_speaks_of_then_no_country_then_its_regions_countries():
    assert names(["US_SSN"], ["eu"]) == [
        "US_SSN", "BADGE", "LOCATION", "PASSWORD", "PERSON", "BG_EGN", "DE_PASSPORT", "US_PASSPORT",
    ]  # fmt: skip
    assert names(regions=["us"])[-4:] == ["US_PASSPORT", "US_SSN", "BG_EGN", "DE_PASSPORT"]
    # A type that only a decision of before names is offered all the same.
    assert names(["OLD_TYPE"])[0] == "OLD_TYPE"


def test_regions_are_taken_for_countries_as_far_as_their_names_tell_them():
    assert countries_of(["de", "ch-west", "uk"]) == {"DE", "CH", "GB"}
    assert {"DE", "BG", "SE"} < countries_of(["eu"])
    assert "NO" not in countries_of(["eu"])
    assert "NO" in countries_of(["eea"])


def test_a_word_is_completed_by_the_beginning_of_a_name_of_a_word_in_it_or_of_the_family():
    known = type_names(FAMILIES, set(), ["eu"])
    assert matching_types(known, "PASS") == ["PASSWORD", "DE_PASSPORT", "US_PASSPORT"]
    assert matching_types(known, "NATIONAL-ID") == matching_types(known, "NATIONAL_") == ["BG_EGN"]
    assert matching_types(known, "PLACE") == ["LOCATION"]
    assert matching_types(known, "SSPOR") == ["DE_PASSPORT", "US_PASSPORT"]
    assert matching_types(known, "ZZ") == []
    assert common_beginning(["DE_PASSPORT", "DE_PLZ"]) == "DE_P"
    assert common_beginning(["PERSON"]) == "PERSON"
