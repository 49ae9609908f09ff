"""Cyprus."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; Greek letters

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    bare_vat,
    capitals,
    code,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern

_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)


def _tic(text: str) -> bool:
    """Eight digits, those at odd places translated, and the letter of the sum modulo 26."""
    plain = alphanumerics(text).removeprefix("CY")
    if not (len(plain) == 9 and plain[:8].isdigit() and plain[8].isalpha()) or plain[:2] == "12":
        return False
    digits = [int(c) for c in plain[:8]]
    total = sum(_ODD[d] for d in digits[::2]) + sum(digits[1::2])
    return ord(plain[8]) - ord("A") == total % 26


VALIDATORS: Mapping[str, Validator] = {"cy_tic": _tic}

_GREEK_ID = (
    "δελτίο ταυτότητας",
    "δελτίου ταυτότητας",
    "αρ δελτίου ταυτότητας",
    "αρ ταυτότητας",
    "αδτ",
    "α δ τ",
    "ταυτότητα",
    "ταυτότητας",
    "αριθμός ταυτότητας",
    "αρ δ τ",
    "δ τ",
    "πολιτική ταυτότητα",
)
CY_IDENTITY_CARD = EntityType(
    name="CY_IDENTITY_CARD",
    patterns=(
        code("[0-9]{6,10}", score=0.02, context=0.7),
        capitals(series("[0-9]{6,8}", letters="[A-Z]{1,2}"), score=0.05, context=0.65),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "el": _GREEK_ID,
            "tr": ("kimlik", "kimlik no", "kimlik kartı"),
            "*": (
                "cyprus id",
                "cypriot id",
                "cyprus identity card",
                "cypriot identity card",
                "id no",
                "i d no",
                "id card no",
                "identity number",
            ),
        },
    ),
    field_names=("ταυτοτητα", "αρ ταυτοτητας", "id card", "identity card"),
    countries=("CY",),
    source="Civil Registry Law 141(I)/2002: number of up to ten digits, no check",
    with_context=("αρ. ταυτότητας 1234567", "Α.Δ.Τ. 0000987654", "Cypriot ID No. 912345", "δελτίο ταυτότητας: 876543"),
    not_examples=(
        "αρ. ταυτότητας 12345",
        "1234567",
    ),
)

CY_ARC = EntityType(
    name="CY_ARC",
    patterns=(code("[0-9]{6,8}", score=0.02, context=0.7),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {
            "el": ("αρ εγγραφής αλλοδαπού", "α ε α", "αρ αλλοδαπού", "δελτίο εγγραφής αλλοδαπού"),
            "*": ("arc", "arc no", "alien registration", "alien registration certificate", "mrz"),
        },
    ),
    field_names=("arc", "arc number"),
    countries=("CY",),
    source="Aliens and Immigration Law (Cap. 105): alien registration certificate",
    with_context=("ARC No. 6123456", "άδεια διαμονής αρ. 6123456"),
    not_examples=(
        "ARC No. 61234",
        "6123456",
    ),
)

_TIC = rf"[0-9]{{8}}{SP}-?[A-Z]"
CY_TAX_ID = EntityType(
    name="CY_TAX_ID",
    patterns=(proved(_TIC, alone=0.4, context=0.9), labelled(code(_TIC))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "el": ("αφτ", "α φ τ", "αφμ", "αριθμός φορολογικής ταυτότητας", "φορολογικής ταυτότητας", "τικ"),
            "*": ("tic", "t i c", "tax identification code"),
        },
    ),
    validator="cy_tic",
    field_names=("tic", "αφτ", "tax id"),
    countries=("CY",),
    source="Tax Department of Cyprus: tax identification code, eight digits and check letter modulo 26",
    with_context=("T.I.C. 10259033P", "ΑΦΤ: 10259033P", "Α.Φ.Τ. 10259033Z"),
    not_examples=("10259033Z", "10259033P"),
)

_VAT = rf"CY{SEP}[0-9]{{8}}{SP}[A-Z]"
CY_VAT_CODE = EntityType(
    name="CY_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.9, context=0.95, score=0.3),
        bare_vat(rf"[0-9]{{8}}{SP}[A-Z]"),
        labelled(code(_VAT)),
    ),
    context=labels.VAT,
    validator="cy_tic",
    field_names=("φπα", "vat", "vat number"),
    countries=("CY",),
    source="Value Added Tax Law 95(I)/2000: CY and the tax identification code",
    examples=("CY10259033P", "CY-10259033P"),
    with_context=("Αρ. ΦΠΑ CY10259033Z",),
    not_examples=(
        "Αρ. ΦΠΑ CY10259033",
        "CY10259033Z",
    ),
)

CY_SOCIAL_SECURITY = EntityType(
    name="CY_SOCIAL_SECURITY",
    patterns=(code("[0-9]{6,8}", score=0.02, context=0.7),),
    context=labels.joined(
        labels.SOCIAL_SECURITY,
        {
            "el": ("κοινωνικών ασφαλίσεων", "αρ κοινωνικών ασφαλίσεων", "ακα", "α κ α", "ασφαλισμένου"),
            "*": ("social insurance", "s i n", "si no", "social insurance no"),
        },
    ),
    field_names=("social insurance", "κοινωνικων ασφαλισεων"),
    countries=("CY",),
    source="Social Insurance Services of Cyprus: up to eight digits, no check",
    with_context=("αρ. κοινωνικών ασφαλίσεων 1234567", "Social Insurance No. 654321"),
    not_examples=(
        "αρ. κοινωνικών ασφαλίσεων 12345",
        "1234567",
    ),
)

CY_HEALTH_INSURANCE = EntityType(
    name="CY_HEALTH_INSURANCE",
    patterns=(code("[0-9]{6,10}", score=0.02, context=0.65),),
    context={
        "el": ("γεσυ", "γεσυ αρ", "αρ δικαιούχου", "δικαιούχου", "δικαιούχος"),
        "*": ("gesy", "gesy no", "gesy beneficiary"),
    },
    field_names=("gesy",),
    countries=("CY",),
    source="Health Insurance Organisation of Cyprus (GeSY): number of the beneficiary",
    with_context=("ΓεΣΥ αρ. 1234567", "GeSY beneficiary No. 1234567"),
    not_examples=(
        "ΓεΣΥ αρ. 12345",
        "1234567",
    ),
)

CY_PASSPORT = EntityType(
    name="CY_PASSPORT",
    patterns=(capitals(series("[0-9]{6,8}", letters="[A-Z]", spaced="[A-Z]"), score=0.05, context=0.8),),
    context=labels.PASSPORT,
    field_names=("διαβατηριο", "passport", "passport number"),
    countries=("CY",),
    source="Civil Registry Law 141(I)/2002: K and eight digits; older ones a letter and six",
    with_context=("διαβατήριο αρ. K00123456", "Cypriot passport No. L00654321", "αρ. διαβατηρίου E123456"),
    not_examples=(
        "διαβατήριο αρ. K00123",
        "K00123456",
    ),
)

CY_DRIVER_LICENSE = EntityType(
    name="CY_DRIVER_LICENSE",
    patterns=(code("[0-9]{6,12}", score=0.02, context=0.7),),
    context=labels.DRIVING_LICENCE,
    field_names=("αδεια οδηγησης", "driver license"),
    countries=("CY",),
    source="Driving Licence Law 94(I)/2001: number of the licence",
    with_context=("άδεια οδήγησης αρ. 1234567", "Cyprus driving licence 000912345600"),
    not_examples=(
        "άδεια οδήγησης αρ. 12345",
        "1234567",
    ),
)

CY_COMPANY_NUMBER = EntityType(
    name="CY_COMPANY_NUMBER",
    patterns=(
        Pattern(regex=rf"(?:HE|ΗΕ|H\.E\.|Η\.Ε\.){SP}[0-9]{{1,6}}\b", score=0.4, context=0.85),
        code(rf"(?:C|S|OE|AE|BN|B){SP}[0-9]{{2,6}}", score=0.05, context=0.7),
        code("[0-9]{4,6}", score=0.01, context=0.55, near=("αριθμό εγγραφής", "αρ εγγραφής", "αριθμός εγγραφής")),
    ),
    context={
        "el": (
            "έφορος εταιρειών",
            "εφόρου εταιρειών",
            "εταιρεία",
            "εταιρείας",
            "αρ εγγραφής",
            "αριθμό εγγραφής",
            "εγγραφής",
        ),
        "*": (
            "registrar of companies",
            "registration no",
            "registration number",
            "company number",
            "company no",
            "reg no",
        ),
    },
    field_names=("αριθμος εγγραφης", "company number", "registration number"),
    countries=("CY",),
    source="Companies Law (Cap. 113), Registrar of Companies: HE and the number",
    with_context=("εταιρεία με αρ. εγγραφής ΗΕ 123456", "Registration No. HE123456"),
    not_examples=("HE 1234567", "123456"),
)

CY_LICENSE_PLATE = EntityType(
    name="CY_LICENSE_PLATE",
    patterns=(
        Pattern(regex=r"\b[A-Z]{3}[ \-]?[0-9]{3}\b", score=0.1, context=0.8),
        Pattern(regex=r"[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{3}[ \-]?[0-9]{3}\b", score=0.1, context=0.8),
    ),
    context=labels.joined(
        labels.PLATE,
        {
            "el": ("αρ εγγραφής", "αριθμό εγγραφής", "αριθμούς εγγραφής", "αριθμός εγγραφής"),
            "en": ("registration no", "reg no"),
        },
    ),
    field_names=("αριθμος εγγραφης", "πινακιδα", "license plate"),
    countries=("CY",),
    source="Motor Vehicles and Road Traffic Regulations: three letters, three digits",
    with_context=("όχημα με αρ. εγγραφής KAB 123", "vehicle registration number MYZ 456"),
    not_examples=(
        "όχημα με αρ. εγγραφής KAB 12",
        "KAB 123",
    ),
)

CY_POSTCODE = EntityType(
    name="CY_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"), Pattern(regex=r"\bCY-[1-9][0-9]{3}\b", score=0.45, context=0.8)),
    context=labels.POSTCODE,
    field_names=("ταχυδρομικος κωδικας", "τκ", "postcode", "postal code", "zip"),
    countries=("CY",),
    source="Cyprus Post: four digits",
    with_context=("Τ.Κ. 1065", "ταχυδρομικός κώδικας 3025", "postal code 8047"),
    not_examples=(
        "Τ.Κ. 106",
        "1065",
    ),
)

TYPES = (
    CY_IDENTITY_CARD, CY_ARC, CY_TAX_ID, CY_VAT_CODE, CY_SOCIAL_SECURITY, CY_HEALTH_INSURANCE, CY_PASSPORT, CY_DRIVER_LICENSE,
    CY_COMPANY_NUMBER, CY_LICENSE_PLATE, CY_POSTCODE,
)  # fmt: skip
