"""Bulgaria."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; Cyrillic letters

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, by_stdnum, digits_of, this_century, weighted, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, WEAK, code, grouped, labelled, postcode, proved
from pratique.detect.entities.record import EntityType, Pattern


def _eik(text: str) -> bool:
    """Nine digits modulo 11 with two sets of weights; of thirteen, the last four have a check of their own."""
    digits = digits_of(text)
    if len(digits) not in {9, 13} or not any(digits):
        return False
    nine = _twice(digits[:8], (1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 10))
    four = _twice(digits[8:12], (2, 7, 3, 5), (4, 9, 5, 7)) if len(digits) > 9 else digits[-1]
    return nine == digits[8] and four == digits[-1]


def _twice(digits: list[int], first: tuple[int, ...], second: tuple[int, ...]) -> int:
    for weights in (first, second):
        check = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
        if check < 10:
            return check
    return 0


def _lnc(text: str) -> bool:
    digits = digits_of(text)
    return (
        len(digits) == 10
        and len(set(digits)) > 1
        and weighted_sum(text, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10 == digits[9]
    )


_vat_of_persons = by_stdnum("bg.vat")


def _vat(text: str) -> bool | None:
    """Of a company its nine digits; of a person and of others ten, whose rules python-stdnum knows."""
    return _eik(text) if len(digits_of(text)) == 9 else _vat_of_persons(text)


_NINE = "[0-9]{9}"
_TEN = "[0-9]{10}"
_PLATE_LETTERS = "ABEKMHOPCTYXАВЕКМНОРСТУХ"
_AREAS = frozenset(
    "A B BH BP BT C CA CB CC CH CM CO CT E EA EB EH H K KH M OB P PA PB PK PP PC T TX X XX Y".split()  # noqa: SIM905
)
_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


def _plate(text: str) -> bool | None:
    """Whether it begins with an area; lower case and letters set apart from a number are often something else."""
    return None if text.upper().translate(_LATIN).rstrip("ABEKMHOPCTYX").rstrip("0123456789 -") in _AREAS else False


_egn_checked = this_century(40, weighted("bg.egn", (2, 4, 8, 5, 10, 9, 7, 3, 6, -1), 11, (0, 10)))


def _egn(text: str) -> bool | None:
    """Weighted check and date of birth; who was born before 1925 is rarer than a number that looks so (a timestamp)."""
    if not _egn_checked(text):
        return False
    digits = digits_of(text)
    return None if digits[0] * 10 + digits[1] < 25 and digits[2] < 4 else True


VALIDATORS: Mapping[str, Validator] = {
    "bg_egn": _egn,
    "bg_lnc": _lnc,
    "bg_eik": _eik,
    "bg_vat": _vat,
    "bg_plate": _plate,
}


_EGN = proved(rf"{_TEN}|{grouped(2, 2, 2, 4, by='[ .]')}|[0-9]{{6}}[ \-][0-9]{{4}}")

BG_EGN = EntityType(
    name="BG_EGN",
    patterns=(_EGN, labelled(_EGN)),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "bg": ("егн", "е г н", "единен граждански номер", "единния граждански номер", "граждански номер"),
            "*": ("egn", "e g n", "edinen grazhdanski nomer", "uniform civil number", "unified civil number", "civil number"),
        },
    ),
    validator="bg_egn",
    checks_digits=True,
    field_names=("egn", "егн", "единен граждански номер", "civil number"),
    countries=("BG",),
    source="Civil Registration Act (ЗГР) art. 11, ESGRAON: date of birth (1900 to 2049) and weighted check modulo 11",
    examples=("6101057005", "8001011370"),
    with_context=("ЕГН 8001014308", "с Единен граждански номер: 850623 5828", "Personal identification number: 9203148675"),
    not_examples=("7552010004", "6101057006"),
)  # fmt: skip

_LNC = proved(_TEN, alone=WEAK, context=0.85)
BG_LNC = EntityType(
    name="BG_LNC",
    patterns=(_LNC, labelled(_LNC)),
    context={
        "bg": ("лнч", "л н ч", "личен номер на чужденец", "личния номер на чужденец", "лн на чужденец", "чужденец", "чужденеца"),
        "*": ("lnch", "lnc", "lnč", "personal number of a foreigner", "personal number of foreigner", "foreigner number"),
    },
    validator="bg_lnc",
    checks_digits=True,
    field_names=("lnch", "лнч"),
    countries=("BG",),
    source="Foreigners in the Republic of Bulgaria Act; weighted check modulo 10 as tax forms apply it",
    with_context=("ЛНЧ: 1001234562", "личен номер на чужденец 7045123985", "LNCh 3009876542"),
    not_examples=("1001234562", "7045123985"),
)  # fmt: skip

_EIK = proved(f"{_NINE}(?:[0-9]{{4}})?", alone=WEAK, context=0.85)
BG_EIK = EntityType(
    name="BG_EIK",
    patterns=(_EIK, labelled(_EIK)),
    context={
        "bg": ("еик", "е и к", "булстат", "единен идентификационен код", "еик по булстат", "търговския регистър", "търговски регистър"),
        "*": ("eik", "bulstat", "uic", "unified identification code", "company number", "registration number"),
    },
    validator="bg_eik",
    checks_digits=True,
    field_names=("eik", "еик", "bulstat", "булстат"),
    countries=("BG",),
    source="BULSTAT Register Act and Commercial Register Act: 9 or 13 digits, check modulo 11",
    with_context=("ЕИК 203123451", "БУЛСТАТ: 175123982", "UIC 831098769"),
    not_examples=("ЕИК 20312345", "203123451"),
)  # fmt: skip

_VAT = proved(rf"BG{SEP}(?:{grouped(3, 3, 3)}[0-9]?)", alone=0.75, context=0.95, score=0.2)
BG_VAT_CODE = EntityType(
    name="BG_VAT_CODE",
    patterns=(_VAT, labelled(_VAT)),
    context=labels.VAT,
    validator="bg_vat",
    field_names=("vat", "ддс", "vat number", "ддс номер"),
    countries=("BG",),
    source="VAT Act (ЗДДС) art. 94: BG and the number of the company, the person or the foreigner",
    examples=("BG203123451", "BG 175123982", "BG6101057005"),
    with_context=("ИН по ДДС: BG203123452",),
    not_examples=("BG203123452", "BG 123"),
)

BG_IDENTITY_CARD = EntityType(
    name="BG_IDENTITY_CARD",
    patterns=(
        code(_NINE, score=0.05),
        Pattern(regex=r"(?i)[A-ZА-Я]{2}[0-9]{7}\b", score=0.15, context=0.75),
    ),
    context=labels.IDENTITY_CARD,
    field_names=("лична карта", "лк", "identity card", "id card"),
    countries=("BG",),
    source="Bulgarian Personal Documents Act: nine digits; from 2024 two letters and seven digits",
    with_context=("л.к. № 640123456, издадена на 10.05.2015 г. от МВР София", "лична карта № 640123456", "с лична карта АА1234567"),
    not_examples=("л.к. № 64012345, издадена на 10.05.2015 г. от МВР София", "640123456"),
)  # fmt: skip

BG_PASSPORT = EntityType(
    name="BG_PASSPORT",
    patterns=(code(_NINE, score=0.05), Pattern(regex=r"(?i)[A-ZА-Я]{2}[0-9]{7}\b", score=0.1, context=0.7)),
    context=labels.PASSPORT,
    field_names=("паспорт", "passport"),
    countries=("BG",),
    source="Bulgarian Personal Documents Act: nine digits; from 2024 two letters and seven digits",
    with_context=("паспорт № 383123456, издаден от МВР", "Bulgarian passport No. 383123456", "с паспорт 383123456"),
    not_examples=(
        "паспорт № 38312345, издаден от МВР",
        "383123456",
    ),
)

BG_RESIDENCE_PERMIT = EntityType(
    name="BG_RESIDENCE_PERMIT",
    patterns=(code(_NINE, score=0.05), Pattern(regex=r"(?i)[A-ZА-Я]{2}[0-9]{7}\b", score=0.1, context=0.7)),
    context=labels.RESIDENCE_PERMIT,
    countries=("BG",),
    source="Bulgarian Personal Documents Act: documents of foreigners, nine digits",
    with_context=("разрешение за пребиваване № 940123456", "карта за пребиваване 940123456"),
    not_examples=(
        "разрешение за пребиваване № 94012345",
        "940123456",
    ),
)

BG_DRIVER_LICENSE = EntityType(
    name="BG_DRIVER_LICENSE",
    patterns=(code(_NINE, score=0.05),),
    context=labels.DRIVING_LICENCE,
    field_names=("сумпс", "свидетелство за управление"),
    countries=("BG",),
    source="Bulgarian Personal Documents Act: driving licences, nine digits",
    with_context=("свидетелство за управление на МПС № 281234567", "шофьорска книжка № 281234567", "СУМПС 281234567"),
    not_examples=(
        "свидетелство за управление на МПС № 28123456",
        "281234567",
    ),
)

BG_LICENSE_PLATE = EntityType(
    name="BG_LICENSE_PLATE",
    patterns=(
        Pattern(
            regex=rf"[{_PLATE_LETTERS}]{{1,2}}[ \-]?[0-9]{{4}}[ \-]?[{_PLATE_LETTERS}]{{2}}",
            score=0.3,
            context=0.8,
            near=labels.every(labels.VEHICLE),
        ),
    ),
    context=labels.PLATE,
    validator="bg_plate",
    field_names=("license plate", "plate", "рег номер", "регистрационен номер"),
    countries=("BG",),
    source="Ordinance I-45 on the registration of vehicles: area, four digits, two of the letters that both alphabets have",
    with_context=("рег. № СВ 1234 АК", "автомобил с рег. номер CA1234BC", "registration number PB 4321 KT"),
    not_examples=("СВ 1234 АК", "XX 12 AB"),
)

BG_POSTCODE = EntityType(
    name="BG_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"),),
    context=labels.joined(labels.POSTCODE, {"bg": ("пк", "пощ код")}),
    field_names=("пощенски код", "пк", "postcode", "postal code", "zip"),
    countries=("BG",),
    source="Bulgarian Posts: four digits",
    with_context=("п.к. 1000", "пощенски код: 4000", "postcode 1303"),
    not_examples=("1303", "п.к. 0123"),
)

TYPES = (
    BG_EGN, BG_LNC, BG_EIK, BG_VAT_CODE, BG_IDENTITY_CARD, BG_PASSPORT, BG_RESIDENCE_PERMIT, BG_DRIVER_LICENSE,
    BG_LICENSE_PLATE, BG_POSTCODE,
)  # fmt: skip
