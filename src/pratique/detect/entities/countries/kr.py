"""South Korea: resident and foreigner registration, business registration, driving licences, passports."""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.record import EntityType, Pattern

_RRN = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_BRN = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_LAST_REGION = 95
_LICENCE_REGIONS = range(11, 29)


def _registered(text: str, start: int) -> bool | None:
    digits = digits_of(text)
    if len(digits) != len(_RRN) + 1:
        return False
    region = digits[7] * 10 + digits[8]
    right = (start - weighted_sum(text, _RRN) % 11) % 10 == digits[-1]
    # Numbers given out since October 2020 have no region and no check digit.
    return True if region <= _LAST_REGION and right else None


def kr_rrn(text: str) -> bool | None:
    """True where the check digit modulo 11 is right; no verdict otherwise, since newer numbers have none."""
    return _registered(text, 11)


def kr_frn(text: str) -> bool | None:
    """As `kr_rrn`, for foreigners, whose check digit is two more."""
    return _registered(text, 13)


def kr_brn(text: str) -> bool:
    """Ten digits, weighted sum with the carry of the ninth place, modulo 10."""
    digits = digits_of(text)
    if len(digits) != len(_BRN) + 1:
        return False
    total = weighted_sum(text, _BRN) + digits[8] * 5 // 10
    return -total % 10 == digits[9]


def kr_driver_license(text: str) -> bool | None:
    """False for a region that issues no licences."""
    digits = digits_of(text)
    return None if len(digits) > 1 and digits[0] * 10 + digits[1] in _LICENCE_REGIONS else False


_BIRTH = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"

KR_RRN = EntityType(
    name="KR_RRN",
    patterns=(
        Pattern(regex=rf"\b{_BIRTH}-[1-4][0-9]{{6}}\b", edges="none", score=0.5, validated=0.8, context=0.9),
        Pattern(regex=rf"\b{_BIRTH}[1-4][0-9]{{6}}\b", edges="none", score=0.1, validated=0.35, context=0.85),
    ),
    context={"en": ("rrn", "rrn#", "resident registration number", "resident registration", "korean rrn"),
             "ko": ("주민등록번호", "주민번호")},
    validator="kr_rrn",
    field_names=("rrn", "resident registration number", "주민등록번호"),
    countries=("KR",),
    source="Resident Registration Act (주민등록법), Enforcement Rules: number of thirteen digits",
    examples=("960121-1234567", "880101-2345678"),
    with_context=("RRN 9601211234567", "주민등록번호 8801012345678"),
    not_examples=("961321-1234567", "960132-1234567", "960121-5234567", "9601211234567"),
)  # fmt: skip

KR_FRN = EntityType(
    name="KR_FRN",
    patterns=(
        Pattern(regex=rf"\b{_BIRTH}-[5-8][0-9]{{6}}\b", edges="none", score=0.5, validated=0.8, context=0.9),
        Pattern(regex=rf"\b{_BIRTH}[5-8][0-9]{{6}}\b", edges="none", score=0.1, validated=0.35, context=0.85),
    ),
    context={"en": ("frn", "foreigner registration number", "foreigner registration", "alien registration"),
             "ko": ("외국인등록번호", "외국인번호")},
    validator="kr_frn",
    field_names=("frn", "foreigner registration number", "외국인등록번호"),
    countries=("KR",),
    source="Immigration Act (출입국관리법): foreigner registration number of thirteen digits",
    examples=("960121-5234567",),
    with_context=("FRN 9601216234567",),
    not_examples=("960121-9234567", "960121-1234567", "9601216234567"),
)  # fmt: skip

KR_BRN = EntityType(
    name="KR_BRN",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}-[0-9]{2}-[0-9]{5}\b", edges="none", score=0.0, validated=0.35, context=0.9),
        Pattern(regex=r"\b[0-9]{10}\b", edges="none", score=0.0, validated=0.1, context=0.8),
    ),
    context={"en": ("brn", "business registration number", "korean brn", "business number", "tax registration number"),
             "ko": ("사업자등록번호", "사업자번호", "사업자")},
    validator="kr_brn",
    checks_digits=True,
    field_names=("brn", "business registration number", "사업자등록번호"),
    countries=("KR",),
    source="National Tax Service (국세청): business registration number, modulo 10",
    with_context=("사업자등록번호 124-81-00998", "BRN 1248100998"),
    not_examples=("124-81-00998", "BRN 124-81-00997", "1248100998"),
)  # fmt: skip

KR_DRIVER_LICENSE = EntityType(
    name="KR_DRIVER_LICENSE",
    patterns=(
        Pattern(regex=r"\b[0-9]{2}-[0-9]{2}-[0-9]{6}-[0-9]{2}\b", edges="none", score=0.35, context=0.85),
        Pattern(regex=r"\b[0-9]{2}[\- ]?[0-9]{2}[\- ]?[0-9]{6}[\- ]?[0-9]{2}\b", edges="none", score=0.05, context=0.7),
    ),
    context={"en": ("korean driver license", "korean driver s license", "driver license", "driver s license"),
             "ko": ("운전면허", "운전면허번호", "면허번호")},
    validator="kr_driver_license",
    field_names=("driver license", "운전면허번호"),
    countries=("KR",),
    source="Korean National Police Agency: licence number of twelve digits, region first",
    with_context=("운전면허번호 11-22-123456-01", "Korean driver license 112212345601"),
    not_examples=("11-22-123456-01", "운전면허 10-22-123456-01", "운전면허 29-22-123456-01"),
)  # fmt: skip

KR_PASSPORT = EntityType(
    name="KR_PASSPORT",
    patterns=(
        Pattern(regex=r"\b[MSRODmsrod][0-9]{3}[A-Za-z][0-9]{4}\b", edges="none", score=0.1, context=0.75),
        Pattern(regex=r"\b[MSRODmsrod][0-9]{8}\b", edges="none", score=0.05, context=0.7),
    ),
    context={"en": ("passport", "passport number", "korean passport"), "ko": ("여권", "여권번호", "대한민국 여권")},
    field_names=("passport", "passport number", "여권번호"),
    countries=("KR",),
    source="Ministry of Foreign Affairs (외교부): passport numbers since December 2021, and before",
    with_context=("여권번호 M123A4567", "Korean passport M12345678"),
    not_examples=("M123A4567", "M12345678", "passport M123A456"),
)

TYPES = (KR_RRN, KR_FRN, KR_BRN, KR_DRIVER_LICENSE, KR_PASSPORT)

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {"kr_rrn": kr_rrn, "kr_frn": kr_frn, "kr_brn": kr_brn, "kr_driver_license": kr_driver_license}
)
