"""generalise: what it makes of dates, numbers, addresses and postcodes, and what it refuses."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import TransformError
from pratique.model.plan import Applied
from pratique.model.policy import TransformSpec
from pratique.model.schema import Kind
from pratique.ports import REFUSED
from pratique.transform.generalise import BoundGeneralise, Generalise

TEXT, INTEGER, DOUBLE = frozenset({Kind.STRING}), frozenset({Kind.INTEGER}), frozenset({Kind.DOUBLE})


def bound(entity: str = "DATE_TIME", kinds=TEXT, *, in_text: bool = False, **params) -> BoundGeneralise:
    it = Generalise()
    complete = it.check(TransformSpec("generalise", None, params), kinds, entity, in_text=in_text)
    return it.bind(Applied(entity, "generalise", 1, complete), None)


@pytest.mark.parametrize(
    ("made", "value", "expected"),
    [
        (bound(), "2024-02-29T10:00:00Z", "2024"),
        (bound(to="quarter"), "2024-12-31", "2024-Q4"),
        (bound(to="month"), "0099-02-01", "0099-02"),
        (bound(format="%d-%m-%Y", to="month"), "01-02-2024", "2024-02"),
        (bound(), "29/02/2024", REFUSED),
        (bound(), "2024-02-30", REFUSED),
        (bound("AGE", INTEGER, bins=10), 29, "[20,30)"),
        (bound("AGE", INTEGER, bins=10), 30, "[30,40)"),
        (bound("AGE", INTEGER, bins=10), -1, "[-10,0)"),
        (bound("AGE", INTEGER, bins=10), 0, "[0,10)"),
        (bound("AGE", INTEGER, bins=10), True, REFUSED),
        (bound("AGE", INTEGER, bins=10), 10**15, REFUSED),
        (bound("PRICE", DOUBLE, bins=0.1), 0.3, "[0.3,0.4)"),
        (bound("PRICE", DOUBLE, bins=0.1), 1e-300, "[0,0.1)"),
        (bound("PRICE", DOUBLE, bins=0.1), -1e-300, "[-0.1,0)"),
        (bound("PRICE", DOUBLE, bins=0.1), float("nan"), REFUSED),
        (bound("AGE", bins="18, 65"), "17", "(-inf,18)"),
        (bound("AGE", bins="18, 65"), "18.0", "[18,65)"),
        (bound("AGE", bins="18, 65"), "65", "[65,inf)"),
        (bound("AGE", bins="18, 65"), "1_8", REFUSED),
        (bound("AGE", bins="18, 65"), "Jane", REFUSED),
        (bound("AGE", bins="18, 65"), "1e400", REFUSED),
        (bound("IP_ADDRESS"), "192.0.2.77", "192.0.2.0/24"),
        (bound("IP_ADDRESS"), "2001:DB8:1:2:3:4:5:6", "2001:db8:1::/48"),
        (bound("IP_ADDRESS"), "::ffff:192.0.2.77", "192.0.2.0/24"),
        (bound("IP_ADDRESS"), "::1", "::/48"),
        (bound("IP_ADDRESS"), "0:0:1::5", "0:0:1::/48"),
        (bound("IP_ADDRESS"), "fe80::1%eth0", "fe80::/48"),
        (bound("IP_ADDRESS"), "192.0.2.0/24", REFUSED),
        (bound("IP_ADDRESS"), "192.0.2.077", REFUSED),
        (bound("POSTCODE", first=2), "10115", "10"),
        (bound("POSTCODE", first=5), "SW1A 1AA", "SW1A"),
        (bound("POSTCODE", first=5), "10115", REFUSED),
        (bound("POSTCODE", first=5), "", REFUSED),
        (bound("POSTCODE", INTEGER, first=2), 10115, "10"),
        (bound(in_text=True), "12 March 2024", "2024"),
        (bound(in_text=True), "03/12/2024", "2024"),
        (bound(in_text=True), "03/12/24", "<DATE_TIME>"),
        (bound(in_text=True), "2023 to 2024", "<DATE_TIME>"),
        (bound(in_text=True), "12024", "<DATE_TIME>"),
        (bound(in_text=True), "yesterday", "<DATE_TIME>"),
        (bound(in_text=True, to="month"), "03/12/2024", "<DATE_TIME>"),
        (bound(in_text=True, to="month"), "March 3, 2024", "2024-03"),
        (bound("IP_ADDRESS", in_text=True), "somewhere", "<IP_ADDRESS>"),
    ],
)
def test_examples(made, value, expected):
    assert made.apply([value], None) == [expected]
    if expected is not REFUSED:
        assert made.fits(pa.array([expected])).all()


@settings(max_examples=80, deadline=None)
@given(st.floats(-1e14, 1e14), st.sampled_from([1, 10, 0.1, 0.25, 1000]))
def test_a_number_lies_in_its_range(value, width):
    it = bound("PRICE", DOUBLE, bins=width)
    (out,) = it.apply([value], None)
    low, high = (float(part) for part in str(out)[1:-1].split(","))
    assert low <= value <= high
    assert it.fits(pa.array([out])).all()


@settings(max_examples=60, deadline=None)
@given(st.ip_addresses(), st.text(st.characters(codec="utf-8"), max_size=20))
def test_addresses_and_texts_fit_or_are_refused(address, text):
    it = bound("IP_ADDRESS")
    (out, odd) = it.apply([str(address), text], None)
    assert it.fits(pa.array([out])).all()
    assert str(out).endswith(("/24", "/48"))
    first = bound("POSTCODE", first=4)
    kept = [o for o in first.apply([text], None) if o is not REFUSED]
    assert first.fits(pa.array(kept, pa.string())).all()
    assert odd is REFUSED or it.fits(pa.array([odd])).all()


@pytest.mark.parametrize(
    ("params", "kinds", "entity", "named"),
    [
        ({}, TEXT, "PERSON", "to has no default"),
        ({}, INTEGER, "AGE", "bins"),
        ({"to": "decade"}, TEXT, "DATE_TIME", "to is not one of"),
        ({"to": "year", "bins": 10}, TEXT, "DATE_TIME", "bins does not go"),
        ({"to": "bins"}, INTEGER, "AGE", "bins is not given"),
        ({"bins": 0}, INTEGER, "AGE", "positive"),
        ({"bins": -1.5}, INTEGER, "AGE", "positive"),
        ({"bins": "3,2"}, INTEGER, "AGE", "ascending"),
        ({"bins": "1,1"}, INTEGER, "AGE", "ascending"),
        ({"bins": "a"}, INTEGER, "AGE", "bins is not a number"),
        ({"bins": ""}, INTEGER, "AGE", "bins is not a number"),
        ({"bins": "nan"}, INTEGER, "AGE", "too large or too fine"),
        ({"bins": float("inf")}, INTEGER, "AGE", "too large or too fine"),
        ({"bins": 1e-12}, INTEGER, "AGE", "too large or too fine"),
        ({"bins": "1e999999999"}, INTEGER, "AGE", "too large or too fine"),
        ({"bins": True}, INTEGER, "AGE", "bins is not a"),
        ({"first": 0}, TEXT, "POSTCODE", "first"),
        ({"first": 33}, TEXT, "POSTCODE", "first"),
        ({"to": "first"}, TEXT, "POSTCODE", "first is not given"),
        ({"to": "year"}, INTEGER, "DATE_TIME", "written as text"),
        ({"to": "year", "format": "%d-%m-%Y|%m-%d-%Y"}, TEXT, "DATE_TIME", "told apart"),
        ({"to": "network", "format": "iso"}, TEXT, "IP_ADDRESS", "format does not go"),
        ({"in_text": True}, TEXT, "DATE_TIME", "in_text"),
    ],
)
def test_wrong_parameters_are_named(params, kinds, entity, named):
    with pytest.raises(TransformError, match=named):
        Generalise().check(TransformSpec("generalise", None, params), kinds, entity, in_text=False)
