"""Addresses, telephone numbers, people; the first look; hostile text."""

# mypy: disable-error-code="no-untyped-call"

# ruff: noqa: RUF001 (look-alike characters are what these tests are about)

import base64
import os
import random
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect.residue import ResidueDetector
from pratique.detect.residue.phones import LENGTHS
from pratique.ports import ResidueDetector as Port
from tests.effort import effort

DETECTOR = ResidueDetector()


def found(text, least=0.6):
    return {(text[f.start : f.end], f.entity) for f in DETECTOR.find_many([text])[0] if f.score >= least}


def test_it_is_what_the_gate_asks_for():
    port: Port = DETECTOR
    assert list(port.digests) == ["residue"]
    assert len(port.digests["residue"]) == 64
    assert {"PERSON", "EMAIL_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "US_SSN", "PHONE_NUMBER"} <= port.entities
    assert DETECTOR.find_many([]) == []
    assert DETECTOR.find_any(pa.array([], type=pa.string()), 0.6).shape == (0,)


MANY = ("user-1",) * 64
"""Beside these a value is not scanned at once, but looked at first."""


@pytest.mark.parametrize(
    ("text", "mention", "entity"),
    [
        ("write to a.b+c@ex-ample.co.uk.", "a.b+c@ex-ample.co.uk", "EMAIL_ADDRESS"),
        ("<jörg@müller.example>", "jörg@müller.example", "EMAIL_ADDRESS"),
        ("(x@y.org)", "x@y.org", "EMAIL_ADDRESS"),
        ("from 192.168.10.20:8080", "192.168.10.20", "IP_ADDRESS"),
        ("[2001:db8::8a2e:370:7334]", "2001:db8::8a2e:370:7334", "IP_ADDRESS"),
        ("fe80:0:0:0:202:b3ff:fe1e:8329.", "fe80:0:0:0:202:b3ff:fe1e:8329", "IP_ADDRESS"),
        ("00:1A:2b:3c:4d:5e up", "00:1A:2b:3c:4d:5e", "MAC_ADDRESS"),
        ("see https://example.org/a?b=c.", "https://example.org/a?b=c", "URL"),
        ("+31 6 12345678", "+31 6 12345678", "PHONE_NUMBER"),
        ("call +44 (0)20 7946 0958 now", "+44 (0)20 7946 0958", "PHONE_NUMBER"),
        ("+491715550123", "+491715550123", "PHONE_NUMBER"),
        ("0049 30 901820", "0049 30 901820", "PHONE_NUMBER"),
        ("Dear Anna van der Berg,", "Anna van der Berg", "PERSON"),
        ("JOSÉ LUIS GARCÍA", "JOSÉ LUIS GARCÍA", "PERSON"),
        ("by John F. Kennedy in", "John F. Kennedy", "PERSON"),
        ("Müller, Anna", "Müller, Anna", "PERSON"),
        ("krzysztof kowalski", "krzysztof kowalski", "PERSON"),
        ("Anna\nSchmidt", "Anna\nSchmidt", "PERSON"),
        ("Jürgen Müller", "Jürgen Müller", "PERSON"),
    ],
)
def test_found_where_it_stands(text, mention, entity):
    assert (mention, entity) in found(text)
    assert DETECTOR.find_any(pa.array([text]), 0.6)[0]
    assert DETECTOR.find_any(pa.array([text, *MANY]), 0.6)[0]


@pytest.mark.parametrize(
    "text",
    [
        "j***n@example.org", "***@example.org", "a@b", "@handle", "user@", "a..b@example.org", "x@-bad-.org", "x@y.1",
        "1.2.3.4.5", "v1.2.3.4", "256.1.1.1", "01.02.03.04", "127.0.0.1", "::1", "0.0.0.0", "12:30:45", "std::vector",
        "00:00:00:00:00:00", "00:1a:2b:3c:4d", "http://localhost", "example.org",
        "+31 6 1234", "+999 123456789", "12+31612345678", "+0123456789",
        "Barry", "Anna", "Will Young", "The Crown", "Paris Saint Germain", "May Day", "Grand Hotel", "Victoria",
        "drama comedy", "black white", "anna and schmidt", "anna  x", "Schmidt Weber", "<PERSON>", "user-12345",
    ],
)  # fmt: skip
def test_look_alikes_are_no_findings(text):
    assert found(text) == set()


def test_look_alike_characters_do_not_hide_anything():
    assert found("４１１１\u00a01111\u20091111\u202f1111") == {
        ("４１１１\u00a01111\u20091111\u202f1111", "CREDIT_CARD")
    }
    assert ("ｘ＠ｙ．ｏｒｇ", "EMAIL_ADDRESS") in found("ｘ＠ｙ．ｏｒｇ")
    assert found("078\u201005\u20111121") == {("078\u201005\u20111121", "US_SSN")}
    assert ("Anna O\u2019Brien", "PERSON") in found("Anna O\u2019Brien")
    assert found("٤١١١١١١١١١١١١١١١") == {("٤١١١١١١١١١١١١١١١", "CREDIT_CARD")}
    assert found("Ju\u0308rgen Mu\u0308ller") == {("Ju\u0308rgen Mu\u0308ller", "PERSON")}


def test_tokens_and_pseudonyms_hold_nothing():
    rng = random.Random(5)
    texts = []
    for _ in range(1500):
        raw = rng.randbytes(32)
        texts += [
            "tok1.1." + base64.urlsafe_b64encode(raw).decode().rstrip("="),
            base64.b64encode(raw[:16]).decode(),
            raw[:16].hex(),
        ]
    assert sum(bool(found(text)) for text in texts) <= 1


def test_every_country_code_takes_its_own_lengths_only():
    for code, (least, most) in LENGTHS.items():
        number = f"+{code}" + ("6" * most)
        assert (number, "PHONE_NUMBER") in found(number)
        short = f"+{code}" + "6" * (least - 1)
        assert (short, "PHONE_NUMBER") not in found(short)


PIECES = st.sampled_from(
    ["Anna Schmidt", "anna", "Müller", ", ", ". ", " ", "\n", "-", "/", ".", ":", "::", "@", "x", "_", "é", "²", "Ⅴera",
     "o'", "\u0308", "１", "+", "00", "4111 1111 1111 1111", "078-05-1121", "DE89", "370400440532013000", "131052-308T",
     "85.07.30-033.28", "+31 6 12345678", "a@b.org", "192.168.1.20", "2001:db8::1:2", "00:1a:2b:3c:4d:5e",
     "44051401359", "54362315K", "X2482300W", "AB 12 34 56 C", "RCCMNL83S18D969H", "6433435FA", "710319/2745",
     "756.9217.0769.85", "https://e.org", "1 95 10 2A 126 111 ", "John", "F.", "van", "de", "Kennedy", "1", "23", "456",
     "GB82 WEST 1234 5698 7654 32", "\u00a0", "tok1.1.abc", "passport ", "BSN", "A.F.M. ", "р. с. ",
     "паспорт ", "geb. ",
     "née ", "1.2.1980", "2 mars 1980", "tel ", "κιν. ", "password: ", "hasło=", "x9!Kq2_z", "Lange Straße 5",
     "ul. Długa 7",
     "Rue de la Paix", "12 ", "5 High Street, ", "110 00 Praha", "L01X00T47",
     "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
     "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "ghp_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY", "-----BEGIN PRIVATE KEY", "Frau ",
     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", "anna (at) x (dot) org", "a%40b.org", "(0171) 123 4567", "Petrem ",
     "06 12 34 56 78", "65 170839 J 003", "MORGA657054SM9IJ", "postgres://a:b2c@d", "Novákovem", "ß", "ſ", "İ",
     "ŉ", "ﬁ"]
)  # fmt: skip


@pytest.mark.fuzz
@settings(max_examples=effort(400), deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=8).map("".join), st.sampled_from([0.1, 0.45, 0.6, 0.8])
)
def test_the_first_look_is_never_false_where_something_is_found(text, score):
    try:
        values = pa.array([text], type=pa.string())
    except UnicodeEncodeError:
        return
    best = max((f.score for f in DETECTOR.find_many([text])[0]), default=0.0)
    assert DETECTOR.find_any(values, score)[0] == (best >= score)
    assert DETECTOR.find_any(pa.array([text, *MANY]), score)[0] or best < score


@pytest.mark.fuzz
@settings(max_examples=effort(200), deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken_and_findings_lie_inside_it(text):
    findings = DETECTOR.find_many([text])[0]
    assert findings == sorted(findings)
    for finding in findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.entity in DETECTOR.entities
        assert 0 < finding.score <= 1


@pytest.mark.parametrize(
    "hostile",
    ["1:" * 50_000 + "g", "@" * 50_000, "1 " * 50_000, "a" * 200_000, "Anna " * 20_000, "DE89" * 30_000, "+1 " * 40_000,
     "1-" * 60_000 + "x", "a.b@" * 30_000, "http://" * 20_000, "x'" * 60_000, "0049(" * 30_000, "2001:db8:" * 20_000,
     "BSN 1" * 30_000, "A.F.M. " * 20_000, "passport 12345 " * 9_000, "Str. 1 " * 20_000, "Straße 5, " * 15_000,
     "12 rue " * 20_000, "geb. 1.1.80 " * 12_000, "password: a1 " * 12_000, "(at)" * 30_000, "ghp_" * 30_000,
     "<" * 120_000,
     "Herr " * 30_000, "1a" * 60_000, "0x" * 60_000, "eyJ" * 40_000, "06 12 " * 20_000, "AB12 " * 25_000],
)  # fmt: skip
def test_hostile_text_takes_linear_time(hostile):
    DETECTOR.find_any(pa.array([hostile]), 0.6)
    DETECTOR.find_many([hostile[:50]])  # what is made once is made here
    once, twice = (_calls(DETECTOR.find_many, [hostile[:size]]) for size in (4_000, 8_000))
    assert twice <= 2.2 * once + 200
    # A character costs a bounded number of calls, whatever stands around it.
    assert twice <= 25 * 8_000


def test_the_first_look_is_one_step_for_all_values_where_nothing_can_match():
    values = pa.array([f"user-{number}" for number in range(10_000)])
    assert not DETECTOR.find_any(values, 0.6).any()
    assert _calls(DETECTOR.find_any, values, 0.6) < len(values) / 5


def _calls(act, *given):
    """How many calls, of Python and of C, ``act`` makes: what grows with the work, on any machine."""
    count = 0

    def count_one(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(count_one)
    try:
        act(*given)
    finally:
        sys.setprofile(None)
    return count


def test_the_first_look_answers_for_each_value():
    values = pa.array(["user-1", "Anna Schmidt", "", os.urandom(8).hex(), "x@y.org"])
    assert np.flatnonzero(DETECTOR.find_any(values, 0.6)).tolist() == [1, 4]
    assert not DETECTOR.find_any(values, 1.5).any()


def test_the_seconds_of_a_time_are_no_number_of_anybody():
    times = [
        f"2018-05-06T06:08:{second:02d}.{part:06d}{zone}"
        for second in range(60)
        for part in range(0, 10**6, 9973)
        for zone in ("Z", "+00:00")
    ]
    assert not any(ResidueDetector().find_many(times))
    assert [f.entity for f in ResidueDetector().find_many(["13380885Z"])[0]] == ["ES_NIF"]
