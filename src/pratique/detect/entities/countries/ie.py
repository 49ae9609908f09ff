"""Ireland."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, SP, capitals, code, grouped, labelled, proved, series
from pratique.detect.entities.record import EntityType, Pattern

_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV"


def _check_letter(seven: str, second: str = "W") -> str:
    """Weights 8 to 2 over seven digits, 9 over a second letter (W is none), modulo 23."""
    total = sum(int(digit) * (8 - at) for at, digit in enumerate(seven)) + 9 * _LETTERS.index(second)
    return _LETTERS[total % 23]


def _pps(text: str) -> bool:
    """A check letter; a second letter counts, but for those (T, W, X) that once marked a spouse."""
    plain = alphanumerics(text)
    if len(plain) not in {8, 9} or not plain[:7].isdigit() or plain[8:] not in {"", "A", "B", "H", "T", "W", "X"}:
        return False
    return plain[7] == _check_letter(plain[:7], plain[8:] if plain[8:] in {"A", "B", "H"} else "W")


def _vat(text: str) -> bool:
    """As a PPS number, or in the old form with a letter or a sign in the second place."""
    plain = "".join(c for c in text.upper() if (c.isascii() and c.isalnum()) or c in "+*").removeprefix("IE")
    if len(plain) not in {8, 9} or not (plain[0] + plain[2:7]).isdigit():
        return False
    if plain[1].isdigit():
        return plain[8:] in _LETTERS and plain[7] == _check_letter(plain[:7], plain[8:] or "W")
    return len(plain) == 8 and plain[7] == _check_letter(f"0{plain[2:7]}{plain[0]}")


_KEYS = (
    "A41 A42 A45 A63 A65 A67 A75 A81 A82 A83 A84 A85 A86 A91 A92 A94 A96 A98 C15 D01 D02 D03 D04 D05 D06 D6W D07 D08 "
    "D09 D10 D11 D12 D13 D14 D15 D16 D17 D18 D20 D22 D24 E21 E25 E32 E34 E41 E45 E53 E91 F12 F23 F26 F28 F31 F35 F42 "
    "F45 F52 F56 F91 F92 F93 F94 H12 H14 H16 H18 H23 H53 H54 H62 H65 H71 H91 K32 K34 K36 K45 K56 K67 K78 N37 N39 N41 "
    "N91 P12 P14 P17 P24 P25 P31 P32 P36 P43 P47 P51 P56 P61 P67 P72 P75 P81 P85 R14 R21 R32 R35 R42 R45 R51 R56 R93 "
    "R95 T12 T23 T34 T45 T56 V14 V15 V23 V31 V35 V42 V92 V93 V94 V95 W12 W23 W34 W91 X35 X42 X91 Y14 Y21 Y25 Y34 Y35 "
)
_ROUTING_KEYS = frozenset(_KEYS.split())


def _eircode(text: str) -> bool:
    """Begins with one of the routing keys, or with A65, which is in use for examples only."""
    return alphanumerics(text)[:3] in _ROUTING_KEYS


VALIDATORS: Mapping[str, Validator] = {
    "ie_pps": _pps,
    "ie_vat": _vat,
    "ie_eircode": _eircode,
}

_PPS = rf"[0-9]{{7}}{SEP}[A-W][ABHTWX]?|{grouped(3, 4)}{SEP}[A-W][ABHTWX]?|[0-9]{{7}}{SEP}[A-W]{SEP}[ABHTWX]"
IE_PPS = EntityType(
    name="IE_PPS",
    patterns=(
        proved("[0-9]{7}[A-W][ABHTWX]?", alone=0.6, context=0.95, score=0.1),
        capitals(_PPS, score=0.05, validated=0.4, context=0.95),
        labelled(capitals(rf"(?:[0-9]{{7}}|{grouped(3, 4)})(?:(?i:[A-Z]{{1,2}})|{SEP}[A-Z]{SEP}[A-Z]?)")),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        labels.TAX_NUMBER,
        labels.SOCIAL_SECURITY,
        {
            "en": ("pps", "ppsn", "p p s n", "p p s", "pps number", "pps no", "personal public service", "rsi number", "rsi", "revenue", "tax reference", "psc"),
            "ga": ("uimhir psp", "uimhir phearsanta seirbhíse poiblí", "upsp", "psp"),
            "*": ("pps", "ppsn"),
        },
    ),
    validator="ie_pps",
    field_names=("pps", "ppsn", "pps number"),
    countries=("IE",),
    source="Social Welfare Consolidation Act 2005: seven digits, check letter modulo 23, second letter since 2013",
    examples=("6433435F", "6433435OA"),
    with_context=("PPS No. 6433435G", "PPSN: 643 3435 F", "Personal Public Service Number 6433435 OA", "Uimhir PSP 6433435F"),
    not_examples=("6433435E", "6433435OB"),
)  # fmt: skip

_VAT = rf"IE{SEP}(?:[0-9]{{7}}[A-W][A-IWH]?|[0-9][A-Z+*][0-9]{{5}}[A-W])"
IE_VAT_CODE = EntityType(
    name="IE_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.85, context=0.95, score=0.2),
        labelled(code(rf"IE{SEP}[0-9][0-9A-Z+*][0-9]{{5}}{SP}[A-Z]{{1,2}}")),
        proved("[0-9][A-Z+*][0-9]{5}[A-W]", alone=0.3, context=0.9),
    ),
    context=labels.VAT,
    validator="ie_vat",
    field_names=("vat", "vat number", "vat no"),
    countries=("IE",),
    source="Value-Added Tax Consolidation Act 2010: IE, seven digits and one or two letters; before 2013 a sign in the second place",
    examples=("IE6433435F", "IE 6433435OA", "IE8D79739I"),
    with_context=("VAT No. IE6433435G",),
    not_examples=("VAT No. IE6433435", "IE6433435G"),
)  # fmt: skip

IE_PASSPORT = EntityType(
    name="IE_PASSPORT",
    patterns=(capitals(f"{series('[0-9]{7}')}|{series('[0-9]{8}', '[A-Z]', '[A-Z]')}|[A-Z][0-9]{{2}}[A-Z0-9]{{6}}"),),
    context=labels.joined(labels.PASSPORT, {"en": ("passport card",), "ga": ("pas", "phas", "phas éireannach", "uimhir phas")}),
    field_names=("passport", "passport number"),
    countries=("IE",),
    source="Passports Act 2008, ICAO Doc 9303: two letters and seven digits; cards letter and eight digits",
    with_context=("Irish passport number PA1234567", "Passport No: LT7654321", "passport card no. C12345678"),
    not_examples=("Irish passport number PA123456", "PA1234567"),
)  # fmt: skip

IE_DRIVER_LICENSE = EntityType(
    name="IE_DRIVER_LICENSE",
    patterns=(code(rf"[0-9]{{9}}|{grouped(3, 3, 3)}", score=0.02, context=0.8),),
    context=labels.joined(
        labels.DRIVING_LICENCE, {"en": ("licence number", "driver number", "learner permit", "ndls")}
    ),
    field_names=("driving licence", "driver number", "driver license"),
    countries=("IE",),
    source="Road Traffic (Licensing of Drivers) Regulations 2006: driver number, nine digits",
    with_context=("driving licence no. 123456789", "Driver Number: 234 567 891"),
    not_examples=(
        "driving licence no. 12345678",
        "123456789",
    ),
)

IE_RESIDENCE_PERMIT = EntityType(
    name="IE_RESIDENCE_PERMIT",
    patterns=(code(r"[A-Z]{2,3}-?[0-9]{6,7}|[0-9]{2}[\-/][0-9]{5,6}|[0-9]{6,9}|[A-Z]{3}[0-9A-Z]{7}", score=0.05, context=0.7, needs_digit=True),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {"en": ("irp", "gnib", "irish residence permit", "person id", "immigration registration", "registration certificate", "stamp 4", "department of justice reference")},
    ),
    field_names=("irp", "gnib", "irp number"),
    countries=("IE",),
    source="Immigration Act 2004 section 9: registration certificate (Irish Residence Permit)",
    with_context=("IRP no. ABC123456", "GNIB number 1234567", "Irish Residence Permit No. 000123456"),
    not_examples=("IRP no. ABC12345", "ABC123456"),
)  # fmt: skip

IE_HEALTH_INSURANCE = EntityType(
    name="IE_HEALTH_INSURANCE",
    patterns=(
        code(r"[A-Z]?[0-9]{6,8}[A-Z]{1,2}|[A-Z][0-9]{6,8}[A-Z]?", score=0.05, context=0.75),
        code("[0-9]{18}|[0-9]{6,8}", score=0.02, context=0.65),
    ),
    context={
        "en": ("medical card", "gms", "gms number", "gp visit card", "drug payment scheme", "dps", "ihi", "individual health identifier", "health insurance", "mrn", "hospital number", "medical record"),
        "ga": ("cárta leighis",),
    },
    field_names=("medical card", "gms number", "ihi"),
    countries=("IE",),
    source="Health Act 1970, Health Identifiers Act 2014: medical card of digits and a letter, health identifier of eighteen digits",
    with_context=("Medical Card No. 1234567A", "GMS number A123456B", "IHI 123456789012345678"),
    not_examples=("Medical Card No. 12345", "1234567Z"),
)  # fmt: skip

IE_COMPANY_NUMBER = EntityType(
    name="IE_COMPANY_NUMBER",
    patterns=(code("[0-9]{5,6}", score=0.02, context=0.75), code("[0-9]{8}", score=0.02, context=0.65)),
    context=labels.joined(
        {"en": ("cro", "company number", "company registration", "company no", "registered number", "companies registration office", "registered in ireland", "rbn", "registration number", "charity number", "chy", "rcn", "companies act", "company reg no")},
        {"ga": ("uimhir chláraithe",)},
    ),
    field_names=("cro", "cro number", "company number"),
    countries=("IE",),
    source="Companies Act 2014: number in the register of the Companies Registration Office",
    with_context=("CRO number 123456", "Registered in Ireland No. 654321", "company registration number 456789"),
    not_examples=("CRO number 1234", "123456"),
)  # fmt: skip

_COUNTIES = "C|CE|CN|CW|D|DL|G|KE|KK|KY|L|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|T|TN|TS|W|WD|WH|WX|WW"
IE_LICENSE_PLATE = EntityType(
    name="IE_LICENSE_PLATE",
    patterns=(
        code(rf"(?:[89][0-9]|[0-9]{{2}}|1[3-9][12]|2[0-9][12])-(?:{_COUNTIES})-[0-9]{{1,6}}", score=0.42, context=0.9),
        capitals(rf"(?:[0-9]{{2}}|1[3-9][12]|2[0-9][12]){SP}(?:{_COUNTIES}){SP}[0-9]{{1,6}}", score=0.1, context=0.8),
    ),
    context=labels.joined(labels.PLATE, {"en": ("reg", "reg no", "registration", "motor vehicle", "registration mark", "car reg")}),
    field_names=("registration", "reg", "license plate"),
    countries=("IE",),
    source="Vehicle Registration and Taxation Regulations 1992: year (and half-year since 2013), county, number",
    with_context=("vehicle registration 131-D-12345", "a black Ford, reg. no. 08 KY 1234", "registration number 221 C 456"),
    not_examples=("08 KY 1234", "131-ZZ-12345"),
)  # fmt: skip

_EIRCODE = "[AC-FHKNPRTV-Y][0-9][0-9W]"
_UNIQUE = "[0-9AC-FHKNPRTV-Y]{4}"
IE_POSTCODE = EntityType(
    name="IE_POSTCODE",
    patterns=(
        proved(f"{_EIRCODE} {_UNIQUE}", alone=0.6, context=0.9),
        proved(f"{_EIRCODE}{_UNIQUE}", alone=0.2, context=0.85),
        labelled(code(f"{_EIRCODE}[ -]{_UNIQUE}")),
    ),
    context=labels.joined(labels.POSTCODE, {"en": ("eircode", "dublin", "cork", "galway", "limerick", "waterford", "ireland", "co"), "ga": ("éirchód", "éire", "baile átha cliath")}),
    validator="ie_eircode",
    field_names=("eircode", "postcode", "postal code", "zip"),
    countries=("IE",),
    source="Communications Regulation (Postal Services) Act 2011, Eircode: routing key and unique identifier",
    examples=("D02 X285", "A65 F4E2"),
    with_context=("Eircode: D6WXK26", "Dublin 2, D02X285"),
    not_examples=("A65F4E2", "B65 F4E2", "A99 F4E2"),
)  # fmt: skip

_ACCOUNT = r"(?:90|92|93|95|97|98|99)[ \x{A0}\-\x{2013}]?[0-9]{2}[ \x{A0}\-\x{2013}]?[0-9]{2}"
IE_BANK_ACCOUNT = EntityType(
    name="IE_BANK_ACCOUNT",
    patterns=(
        Pattern(regex=rf"\b{_ACCOUNT}(?: {{1,3}}|[/, ]{{1,2}})[0-9]{{8}}\b", score=0.2, context=0.85),
        code(f"{_ACCOUNT}|[0-9]{{8}}", score=0.02, context=0.7),
    ),
    context={
        "en": ("account", "account no", "account number", "a c", "a c no", "sort code", "nsc", "bank account", "acc no", "bank"),
        "ga": ("cuntas", "cuntas bainc", "cód sórtála"),
    },
    field_names=("account number", "sort code", "bank account"),
    countries=("IE",),
    source="Banking & Payments Federation Ireland: national sort code of six digits from 90 on, account of eight digits",
    with_context=("Sort code 93-11-52, account number 12345678", "account no. 87654321", "NSC: 90-00-17"),
    not_examples=("93-11-52", "12345678"),
)  # fmt: skip

TYPES = (
    IE_PPS, IE_VAT_CODE, IE_PASSPORT, IE_DRIVER_LICENSE, IE_RESIDENCE_PERMIT, IE_HEALTH_INSURANCE, IE_COMPANY_NUMBER,
    IE_LICENSE_PLATE, IE_POSTCODE, IE_BANK_ACCOUNT,
)  # fmt: skip
