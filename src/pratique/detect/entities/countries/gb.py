"""The United Kingdom: persons, health, tax, travel, driving and vehicles, banks, companies. Presidio says ``UK_``."""

# ruff: noqa: E501, PLR2004 - patterns and lists of words, one a line; the figures are those of the specifications

import re
from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.record import EntityType, Pattern

_NHS_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
_UTR_WEIGHTS = (6, 7, 8, 9, 10, 5, 4, 3, 2)
_UTR_CHECK = (2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1)
_VAT_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
_CHI_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_SURNAME = re.compile("[A-Z]+9*")
_UNSEPARATED = str.maketrans("", "", " -\u00a0")


def uk_nino(text: str) -> bool | None:
    """False for prefixes that are never allocated."""
    return False if text[:2].upper() in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"} else None


def uk_nhs(text: str) -> bool:
    """Ten digits, not all the same, weighted sum divisible by 11."""
    digits = digits_of(text)
    return len(digits) == 10 and len(set(digits)) > 1 and weighted_sum(text, _NHS_WEIGHTS) % 11 == 0


def uk_chi(text: str) -> bool:
    """Scotland's Community Health Index: a date of birth, then the NHS number's check."""
    digits = digits_of(text)
    if len(digits) != 10 or not is_date(
        digits[4] * 10 + digits[5], digits[2] * 10 + digits[3], digits[0] * 10 + digits[1]
    ):
        return False
    return (11 - weighted_sum(text, _CHI_WEIGHTS) % 11) % 11 == digits[9]


def uk_utr(text: str) -> bool:
    """Ten digits; the first is the check, weights over the others modulo 11."""
    digits = digits_of(text)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    return _UTR_CHECK[weighted_sum(text[1:], _UTR_WEIGHTS) % 11] == digits[0]


def uk_vat(text: str) -> bool:
    """Nine digits, or twelve with a branch: modulo 97, with or without the offset of 55 (from 2009 on)."""
    digits = digits_of(text)
    if len(digits) not in {9, 12} or not any(digits[:7]):
        return False
    total = weighted_sum(text, _VAT_WEIGHTS) + digits[7] * 10 + digits[8]
    return total % 97 in {0, 42}


def uk_driving_licence(text: str) -> bool | None:
    """False for a surname that is no surname: nines only, or letters after the nines that fill it up."""
    return None if _SURNAME.fullmatch(text.translate(_UNSEPARATED)[:5].upper()) else False


def uk_plate(text: str) -> bool | None:
    """Of the form in use since 2001: an age identifier that was given out. Of the older forms no verdict."""
    plate = text.translate(_UNSEPARATED).upper()
    if len(plate) == 7 and plate[:2].isalpha() and plate[2:4].isdecimal():
        age = int(plate[2:4])
        return 2 <= age <= 29 or 51 <= age <= 79
    return None


_GAP = r"[ \x{A0}]?"

UK_NHS = EntityType(
    name="UK_NHS",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}[ \x{A0}\-][0-9]{3}[ \x{A0}\-][0-9]{4}\b", score=0.05, validated=0.4, context=0.9),
        Pattern(regex=r"\b(?:[0-9]{3}[ \-]?[0-9]{7}|[0-9]{6}[ \-][0-9]{4})\b", score=0.0, validated=0.3, context=0.85),
    ),
    context={"en": ("nhs", "national health", "health service", "health authority", "chi")},
    validator="uk_nhs",
    checks_digits=True,
    field_names=("nhs", "nhs number", "nhs no"),
    countries=("GB",),
    source="NHS Data Model and Dictionary: NHS number, check modulo 11",
    with_context=("NHS 943 476 5870", "NHS no. 943-476-5870", "NHS number 9434765870", "NHS No: 943 4765870"),
    not_examples=("9434765870", "943 476 5870", "943 476 5871", "NHS 943 476 587"),
)

UK_CHI = EntityType(
    name="UK_CHI",
    patterns=(Pattern(regex=r"\b[0-3][0-9][01][0-9][0-9]{2}[ \-]?[0-9]{4}\b", score=0.0, validated=0.3, context=0.85),),
    context={"en": ("chi", "chi number", "community health index")},
    validator="uk_chi",
    checks_digits=True,
    field_names=("chi", "chi number"),
    countries=("GB",),
    source="Public Health Scotland: Community Health Index number",
    with_context=(
        "CHI number 0805319557",
        "CHI number 0101801238",
    ),
    not_examples=("0101801238", "CHI 0101801239", "CHI 0113801238"),
)

UK_NINO = EntityType(
    name="UK_NINO",
    patterns=(
        Pattern(
            regex=rf"(?i)\b[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[A-D]\b",
            score=0.6, context=0.9, validator="uk_nino",
        ),
        Pattern(
            regex=r"(?i)\b[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][\-.][0-9]{2}[\-.]?[0-9]{2}[\-.]?[0-9]{2}[\-.]?[A-D]\b",
            score=0.5, context=0.9, validator="uk_nino",
        ),
        Pattern(regex=rf"(?i)\b[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}\b",
                score=0.0, context=0.7, validator="uk_nino"),
    ),
    context={"en": ("nino", "national insurance", "ni number", "ni no", "insurance number", "nin")},
    field_names=("nino", "national insurance number", "ni number"),
    countries=("GB",),
    source="HM Revenue & Customs manual NIM39110",
    examples=("AB123456C", "AB 12 34 56 C", "ab123456c", "AB-12-34-56-C"),
    with_context=("NI number: AB 12 34 56",),
    not_examples=("BG123456C", "QQ123456C", "AB123456E", "AB123456"),
)  # fmt: skip

UK_UTR = EntityType(
    name="UK_UTR",
    patterns=(
        Pattern(regex=r"\b[0-9]{5}[ \x{A0}]?[0-9]{5}[Kk]?\b", score=0.0, validated=0.25, context=0.85),
        Pattern(regex=r"\b[0-9]{3} [0-9]{3} [0-9]{4}\b", score=0.0, validated=0.25, context=0.8),
    ),
    context={
        "en": (
            "utr",
            "unique taxpayer reference",
            "unique taxpayer",
            "tax reference",
            "self assessment",
            "taxpayer reference",
        )
    },
    validator="uk_utr",
    checks_digits=True,
    field_names=("utr", "unique taxpayer reference"),
    countries=("GB",),
    source="HM Revenue & Customs: unique taxpayer reference, check modulo 11",
    with_context=("UTR 1955839661", "unique taxpayer reference: 19558 39661"),
    not_examples=("1955839661", "UTR 2955839661"),
)

UK_VAT_CODE = EntityType(
    name="UK_VAT_CODE",
    patterns=(
        Pattern(regex=rf"(?i)\b(?:GB|XI){_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{2}}(?:{_GAP}[0-9]{{3}})?\b",
                score=0.1, validated=0.85, context=0.95, validator="uk_vat"),
        Pattern(regex=rf"\b[0-9]{{3}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{2}}\b", score=0.0, validated=0.2, context=0.85,
                validator="uk_vat"),
        Pattern(regex=r"\b(?:GB|XI) ?(?:GD[0-4]|HA[5-9])[0-9]{2}\b", score=0.5, context=0.9),
    ),
    context=labels.joined(labels.VAT, {"en": ("vat", "vat number", "vat registration", "vat reg", "value added tax", "vat no")}),
    field_names=("vat", "vat number", "vat id", "vat reg no"),
    countries=("GB",),
    source="HM Revenue & Customs, VAT Notice 700; check modulo 97",
    examples=("GB980780684", "GB 980 7806 84", "GBGD001"),
    with_context=("VAT Reg No 980 7806 84",),
    not_examples=("GB980780685", "980780684"),
)  # fmt: skip

UK_PASSPORT = EntityType(
    name="UK_PASSPORT",
    patterns=(
        Pattern(regex=r"\b[A-Za-z]{2}[0-9]{7}\b", score=0.1, context=0.75),
        Pattern(regex=r"\b[0-9]{9}(?:GBR[0-9]{7}[UMF<][0-9]{7})?\b", score=0.0, context=0.65),
    ),
    context=labels.joined(labels.PASSPORT, {"en": ("uk passport", "british passport", "passport", "passport number", "passports", "travel document", "hmpo", "hm passport",
                    "her majesty", "his majesty")}),
    field_names=("passport", "passport number", "uk passport", "passport no"),
    countries=("GB",),
    source="HM Passport Office, basic passport checks; ICAO Doc 9303",
    with_context=("British passport number 533401372", "passport AB1234567"),
    not_examples=("AB1234567", "533401372", "passport AB12345678"),
)  # fmt: skip

UK_RESIDENCE_PERMIT = EntityType(
    name="UK_RESIDENCE_PERMIT",
    patterns=(Pattern(regex=r"\b(?:R[A-Z]|Z[A-Z])[A-Z0-9][0-9]{6}\b", score=0.2, context=0.8),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {"en": ("brp", "residence permit", "biometric", "residence card", "settled status", "leave to remain")},
    ),
    field_names=("brp", "residence permit", "brp number"),
    countries=("GB",),
    source="Home Office: biometric residence permits, numbers as on the card",
    with_context=("BRP number ZUX123456", "biometric residence permit RE1234567"),
    not_examples=(
        "BRP number ZUX12345",
        "ZUX123456",
    ),
)

UK_DRIVING_LICENCE = EntityType(
    name="UK_DRIVING_LICENCE",
    patterns=(
        Pattern(
            regex=r"(?i)\b[A-Z][A-Z9]{4}[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9][A-Z9]{2}[A-Z0-9][A-Z]{2}\b",
            score=0.75, context=0.95, validator="uk_driving_licence",
        ),
        Pattern(
            regex=r"(?i)\b[A-Z][A-Z9]{4}[ \-]?[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9][ \-]?[A-Z9]{2}[A-Z0-9][A-Z]{2}(?:[ \-]?[0-9]{2})?\b",
            score=0.7, context=0.95, validator="uk_driving_licence",
        ),
    ),
    context=labels.joined(labels.DRIVING_LICENCE, {"en": ("driving licence", "driving license", "driver s licence", "driver s license", "drivers licence", "dvla", "licence number",
                    "license number", "dl number", "driver number", "licence")}),
    field_names=("driving licence", "driving licence number", "driver number", "licence number"),
    countries=("GB",),
    source="Driver and Vehicle Licensing Agency, INF45/1; driver number",
    examples=("HARTL802217JA9KX", "HARTL 802217 JA9KX 41"),
    with_context=("driving licence: LEE99512060D99ZA",),
    not_examples=("99999802217JA9KX", "HARTL813217JA9KX", "HARTL802327JA9KX", "H9RTL802217JA9KX"),
)  # fmt: skip

_OUTWARD = (
    "(?:GIR|[A-PR-UWYZ](?:[0-9][ABCDEFGHJKPSTUW]?|[0-9]{2}|[A-HK-Y][0-9][ABEHMNPRVWXY]?|[A-HK-Y][0-9]{2}))"
)  # fmt: skip
_INWARD = "(?:0AA|[0-9][ABD-HJLNP-UW-Z]{2})"

UK_POSTCODE = EntityType(
    name="UK_POSTCODE",
    patterns=(
        Pattern(regex=rf"\b{_OUTWARD}[ \x{{A0}}]{_INWARD}\b", score=0.5, context=0.8, edges="word"),
        Pattern(regex=rf"(?i)\b{_OUTWARD}[ \x{{A0}}]?{_INWARD}\b", score=0.1, context=0.65, edges="word"),
    ),
    context=labels.joined(
        labels.POSTCODE,
        {
            "en": (
                "postcode",
                "post code",
                "postal code",
                "zip",
                "address",
                "delivery",
                "mailing",
                "shipping",
                "correspondence",
            )
        },
    ),
    field_names=("postcode", "post code", "postal code", "zip", "zip code"),
    countries=("GB",),
    source="Royal Mail, Programmers' Guide to the Postcode Address File; BS 7666",
    examples=("SW1A 2AA", "M1 1AE", "EC1A 1BB", "GIR 0AA"),
    with_context=("postcode CR26XH", "her postcode is dn55 1pt"),
    not_examples=("CR26XH", "SW1A 2CA", "QA1 1AA", "A1 1A"),
)

UK_VEHICLE_REGISTRATION = EntityType(
    name="UK_VEHICLE_REGISTRATION",
    patterns=(
        Pattern(regex=r"(?i)\b[A-HJ-PR-Y][A-HJ-PR-Y](?:0[1-9]|[1-7][0-9])[ \-]?[A-HJ-PR-Z]{3}\b", score=0.2, validated=0.3,
                context=0.8, validator="uk_plate"),
        Pattern(regex=r"\b[A-HJ-PR-Y][A-HJ-PR-Y](?:0[1-9]|[1-7][0-9]) [A-HJ-PR-Z]{3}\b", score=0.2, validated=0.5,
                context=0.85, validator="uk_plate"),
        Pattern(regex=r"(?i)\b[A-HJ-NPR-TV-Y][0-9]{1,3}[ \-]?[A-HJ-PR-Y][A-HJ-PR-Z]{2}\b", score=0.15, context=0.7),
        Pattern(regex=r"(?i)\b[A-HJ-PR-Z]{3}[ \-]?[0-9]{1,3}[ \-]?[A-HJ-NPR-TV-Y]\b", score=0.1, context=0.7),
    ),
    context=labels.joined(labels.PLATE, {"en": ("vehicle", "registration mark", "vehicle registration", "registration number", "number plate", "licence plate",
                    "license plate", "numberplate", "reg", "vrm", "vrn", "dvla", "v5c", "logbook", "mot", "car", "plate")}),
    field_names=("vehicle registration", "number plate", "licence plate", "vrm", "vrn", "registration mark", "reg no"),
    countries=("GB",),
    source="Driver and Vehicle Licensing Agency, INF104: registration numbers",
    examples=("AB51 KLM",),
    with_context=("her car AB51KLM", "number plate A123 BCD", "reg ABC 123D"),
    not_examples=("AB51KLM", "AB01 KLM", "AB33 KLM", "A123BCD"),
)  # fmt: skip

UK_BANK_ACCOUNT = EntityType(
    name="UK_BANK_ACCOUNT",
    patterns=(
        Pattern(regex=r"\b[0-9]{2}[\- ][0-9]{2}[\- ][0-9]{2}[ ,/:;]{1,3}[0-9]{8}\b", score=0.5, context=0.9),
        Pattern(regex=r"\b[0-9]{2}-[0-9]{2}-[0-9]{2}\b", score=0.05, context=0.75, near=("sort", "sort code", "sc")),
        Pattern(regex=r"\b[0-9]{6}\b", score=0.0, context=0.65, near=("sort code",)),
        Pattern(regex=r"\b[0-9]{8}\b", score=0.0, context=0.7, near=("account number", "account no", "acc no", "a c no", "a c", "account")),
    ),
    context={"en": ("sort code", "sort-code", "bank account number")},
    field_names=("sort code", "account number", "bank account number"),
    countries=("GB",),
    source="Pay.UK: sort codes of six digits, account numbers of eight",
    examples=("20-45-45 55779911",),
    with_context=("sort code 20-45-45", "account number 55779911"),
    not_examples=("20-45-45", "55779911"),
)  # fmt: skip

UK_COMPANY_NUMBER = EntityType(
    name="UK_COMPANY_NUMBER",
    patterns=(
        Pattern(regex=r"\b(?:SC|NI|OC|SO|NC|IP|SP|LP|SL|FC|NF|GE|GS|CE|RC|R0)[0-9]{6}\b", score=0.3, context=0.85),
        Pattern(regex=r"\b[0-9]{8}\b", score=0.0, context=0.75),
    ),
    context=labels.joined(labels.COMPANY, {"en": ("company number", "company no", "company registration", "registered number", "registered in england", "companies house",
                    "registered no", "company reg", "crn")}),
    field_names=("company number", "company registration number", "crn"),
    countries=("GB",),
    source="Companies House: uniform resource identifiers, company number prefixes",
    with_context=("registered in England, company number 04366849", "Companies House SC123456"),
    not_examples=("04366849", "SC123456"),
)  # fmt: skip

TYPES = (
    UK_NHS, UK_CHI, UK_NINO, UK_UTR, UK_VAT_CODE, UK_PASSPORT, UK_RESIDENCE_PERMIT, UK_DRIVING_LICENCE, UK_POSTCODE,
    UK_VEHICLE_REGISTRATION, UK_BANK_ACCOUNT, UK_COMPANY_NUMBER,
)  # fmt: skip

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {
        "uk_nhs": uk_nhs,
        "uk_chi": uk_chi,
        "uk_utr": uk_utr,
        "uk_vat": uk_vat,
        "uk_nino": uk_nino,
        "uk_driving_licence": uk_driving_licence,
        "uk_plate": uk_plate,
    }
)
