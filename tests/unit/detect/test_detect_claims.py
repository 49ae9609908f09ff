"""Labels belong to the number behind them."""

# ruff: noqa: RUF001 - letters of every script
import pytest

from pratique.detect import Detector
from pratique.detect.claims import follows_sign, free, has_own

DETECTOR = Detector(model=None)


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in DETECTOR.find(text) if f.score >= 0.5 and f.entity != "DATE_TIME"]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("pas nr. 256408995, faktura nr. 20210045", "20210045", True),  # its label has its number
        ("passports 123456789 and 987654321", "987654321", False),  # a list
        ("ЕГН/ЛНЧ 8001014308 / 7045123985", "7045123985", False),
        ("PESEL;paszport\n80010112343;SF6287035", "SF6287035", False),  # heads of columns
        ("Passport X1234567\n7654321", "7654321", True),  # a line with its label
        ("holders: 123456789 Anna Kern, 987654321", "987654321", False),  # names between numbers of one form
        ("passport 123456789, Tel. 987654321", "987654321", True),
        ("carta rilasciata in data 12/03/2019 numero AX1234567", "AX1234567", False),  # a date takes no label
        ("8001014308 (ЕГН), 383123456", "383123456", True),  # in brackets behind its number
        ("Kennzeichen M-AB 123, 7654321", "7654321", False),
        ("Kennzeichen M-AB 123, Konto 7654321", "7654321", True),
        ("passport, invoice no. 20210045", "20210045", True),  # the number of something else
    ],
)
def test_whether_labels_are_taken(text: str, number: str, *, expected: bool) -> None:
    start = text.rindex(number)
    assert (free(text, 0, start, start + len(number)) != (0, start)) is expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("20210045; Pass-Nr. R45006", "Pass", True),
        ("8001014308 (ЕГН), тел. 0888 123 456", "ЕГН", False),
        ("54362315K, DNI de Juan Ruiz", "DNI", False),
        ("54362315K (DNI) del 12/03/2020", "DNI", False),
        ("LV 678, registrační značka 6S6 9648", "značka", True),
        ("20210045 (Pass R45006)", "Pass", True),
    ],
)
def test_whether_a_label_behind_has_its_own_number(text: str, label: str, *, expected: bool) -> None:
    behind, start = text.index(" "), text.index(label)
    assert has_own(text, behind, len(text), start, start + len(label)) is expected


def test_no_label_looks_beyond_its_text() -> None:
    text = "20210045; Pass-Nr. R45006"
    assert not has_own(text, 8, text.index(" R"), 10, 14)
    assert not follows_sign("nr 12345", 3, 3)
    alone, beside = "20210045 Pass", "R450061"
    assert DETECTOR.find_many([alone, beside])[0] == DETECTOR.find(alone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pas nr. 256408995, faktura nr. 20210045", ["256408995"]),
        ("Rechnung 20210045; Pass-Nr. R45006", ["R45006"]),
        ("carta d’identità rilasciata dal Comune di Roma in data 12/03/2019 numero AX1234567", ["AX1234567"]),
        ("paspoort, afgegeven te Utrecht op 03-05-2019, nummer NXP4R2D71", ["NXP4R2D71"]),
        ("Geschäfts-Nr. CG210012, Urteil, Rechnung 20210045", []),
        ("kørekort 71525229, sag BS-12345/2021", ["71525229"]),
        ("Försändelsen med nummer 2021-8207", []),
        ("Το δέμα με αριθμό 4465390", []),
        ("Führerschein B072RRE2I55, in Höhe von EUR 35177", ["B072RRE2I55"]),
    ],
)
def test_only_the_number_of_the_label_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected
