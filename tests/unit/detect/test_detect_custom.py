"""Users' own types: from the project file and in Python; allow-lists."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from pratique.detect import Detector, Recognizer, build_detector
from pratique.detect.custom import size_of
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath
from pratique.model.policy import DetectionSettings, Place, UserEntity
from pratique.ports import TextDetector

USER_ID = UserEntity("USER_ID", patterns=(r"\buser-\d{5}\b",), score=0.8, field_names=("user_id",))


def build(*entities: UserEntity, allow: tuple[str, ...] = ()) -> TextDetector:
    return build_detector(DetectionSettings(entities=entities, allow=allow), Path())


def spans(detector: TextDetector, text: str, field: FieldPath | None = None) -> list[tuple[str, str, float]]:
    return [(text[f.start : f.end], f.entity, f.score) for f in detector.find_many([text], field=field)[0]]


def test_a_pattern_of_the_users() -> None:
    detector = build(USER_ID)
    assert spans(detector, "é user-12345.") == [("user-12345", "USER_ID", 0.8)]
    assert "USER_ID" in detector.entities
    assert detector.types_of_name(("x", "User_ID")) == {"USER_ID"}
    flags = detector.find_any(pa.array(["nothing", "user-12345"] * 300), score=0.5)
    assert flags.tolist() == [False, True] * 300


def test_context_and_validator_and_field_name() -> None:
    weak = UserEntity("CARD_NO", patterns=(r"\b\d{15}\b",), score=0.3, context=("kundenkarte",), validator="luhn")
    detector = build(weak)
    assert spans(detector, "378282246310004") == []
    assert ("378282246310005", "CARD_NO", 0.95) in spans(detector, "x 378282246310005")
    plain = build(UserEntity("TICKET", patterns=(r"\bT\d{4}\b",), score=0.3, context=("ticket",)))
    assert spans(plain, "T1234") == []
    assert spans(plain, "ticket T1234") == [("T1234", "TICKET", 0.65)]
    assert spans(plain, "T1234", field=("ticket_ref",)) == [("T1234", "TICKET", 0.65)]
    assert "CARD_NO" in detector.validated()


def test_deny_lists_and_names_alone() -> None:
    detector = build(UserEntity("PROJECT", deny=("Blue Heron", "C++ (x)")), UserEntity("BADGE", field_names=("badge",)))
    assert ("Blue Heron", "PROJECT", 1.0) in spans(detector, "about Blue Heron.")
    assert ("C++ (x)", "PROJECT", 1.0) in spans(detector, "C++ (x)")
    assert not any(e == "PROJECT" for _, e, _ in spans(detector, "Blue Herons"))
    assert spans(detector, " 77-x ", field=("Badge",)) == [("77-x", "BADGE", 0.8)]
    assert spans(detector, " 77-x ") == []


@pytest.mark.parametrize(
    ("entity", "says"),
    [
        (UserEntity("X", patterns=("(?<=a)b",), place=Place("p.yaml", 7)), "p.yaml:7"),
        (UserEntity("X", patterns=("a*",), place=Place("p.yaml", 8)), "empty text"),
        (UserEntity("X", patterns=("a",), validator="nope"), "unknown validator"),
        (UserEntity("x y", patterns=("a",)), "capitals"),
        (UserEntity("X", patterns=("a",), score=1.5), "score"),
        (UserEntity("X"), "no pattern"),
        (UserEntity("X", patterns=("\ud800",)), "RE2"),
    ],
)
def test_what_does_not_compile_is_refused_with_its_place(entity: UserEntity, says: str) -> None:
    with pytest.raises(DetectionError, match=says):
        build(entity)


def test_allow_lists_hold_for_values_and_spans() -> None:
    detector = build(allow=("Barry", "info@example.org"))
    assert spans(detector, "Barry") == []
    assert spans(detector, "write to info@example.org") == []
    assert spans(detector, "write to anna@example.org")
    assert [t for t, *_ in spans(detector, "Barry and Anna Schmidt")] == ["Anna Schmidt"]


def test_digests_tell_users_types_apart_but_not_their_places() -> None:
    moved = replace(USER_ID, place=Place("other", 3))
    other = UserEntity("USER_ID", patterns=(r"\buser-\d{6}\b",))
    assert build(USER_ID).digests == build(moved).digests
    assert build(USER_ID).digests != build(other).digests
    assert build(allow=("x",)).digests != build().digests


class Shouts:
    name = "shouts"
    entities = frozenset({"SHOUT"})
    digest = "1"

    def find(self, text: str, field: FieldPath | None = None) -> list[Finding]:
        if text == "bad":
            raise ValueError(text)
        if text == "far":
            return [Finding(0, 99, "SHOUT", 0.9, "shouts")]
        return [Finding(0, len(text), "SHOUT", 0.9, "shouts")] if text.isupper() else []


def test_recognisers_in_python() -> None:
    detector = Detector(recognizers=[Shouts()])
    assert isinstance(Shouts(), Recognizer)
    assert [f.entity for f in detector.find("XQZ!")] == ["SHOUT"]
    assert detector.find_any(pa.array(["xqz", "XQZ"]), score=0.5).tolist() == [False, True]
    for text in ("bad", "far"):
        with pytest.raises(DetectionError, match="shouts") as caught:
            detector.find_many([text])
        assert text not in str(caught.value).replace("recogniser", "")
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_pattern_with_many_matches_covers_the_rest() -> None:
    detector = build(UserEntity("LETTER", patterns=("q",), score=0.9))
    text = "q" * 12_000
    assert max(f.end for f in detector.find_many([text])[0]) == len(text)


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        ("abc", 3), ("a{3}", 3), ("[a-z]{1,30}x", 31), ("(?:[a-z]{1,30} ){1,20}x", 621), ("a|bc", 3), ("(?i)a+b*", 2),
        (r"\p{Lu}{2}\x{41}\.", 4), ("(?:(?:ab){2}c){3}", 15), (r"[\]]{2}[^]a]", 3), (".{0,900}x", 901),
    ],
)  # fmt: skip
def test_the_size_of_a_pattern_is_that_of_its_repetitions_written_out(pattern: str, size: int) -> None:
    assert size_of(pattern) == size


def test_what_cannot_be_read_in_good_time_is_refused() -> None:
    for entity in (
        UserEntity("X", patterns=(".{0,900}x",)),
        UserEntity("X", patterns=("(?:(?:.{0,9}x){0,9}y){0,9}z",)),
        UserEntity("X", patterns=tuple(f"a{at}" for at in range(201))),
        UserEntity("X", deny=("a" * 1_000, "b" * 1_000_000)),
    ):
        with pytest.raises(DetectionError) as error:
            build(entity)
        assert "X" in str(error.value)
    assert spans(build(UserEntity("X", patterns=("[a-z]{3,}-x",))), "abcd-x") == [("abcd-x", "X", 0.6)]


def test_options_of_the_detector() -> None:
    assert {f.entity for f in Detector(entities={"EMAIL_ADDRESS"}).find("Anna Schmidt anna@example.org")} == {
        "EMAIL_ADDRESS"
    }
    assert Detector(model=None).find("Barry")
    assert any(f.entity == "PHONE_NUMBER" and f.score >= 0.5 for f in Detector(language="de").find("030 901820"))
    assert not any(f.score >= 0.5 for f in Detector().find("030 901820"))
    with pytest.raises(DetectionError, match="model"):
        Detector(model="huge")
    with pytest.raises(DetectionError, match="NOPE"):
        Detector(entities={"NOPE"})


def test_a_pattern_too_large_for_the_first_look_is_still_found() -> None:
    detector = build(UserEntity("LARGE", patterns=(r"q\p{L}{1,490}zq",), score=0.9))
    values = pa.array(["nothing"] * 300 + ["qabczq"])
    assert detector.find_any(values, score=0.5).tolist() == [False] * 300 + [True]
