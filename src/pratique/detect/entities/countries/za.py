"""South Africa: persons, tax, companies, travel, driving and vehicles, telephones."""

# ruff: noqa: E501, PLR2004 - patterns and lists of words, one a line; the figures are those of the specifications

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, is_date, luhn
from pratique.detect.entities.record import EntityType, Pattern


def za_id(text: str) -> bool:
    """Thirteen digits: a date of birth, citizenship 0 to 2, an 8 or 9, and Luhn."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[10] > 2 or digits[11] not in {8, 9}:
        return False
    year, month, day = (digits[at] * 10 + digits[at + 1] for at in (0, 2, 4))
    return is_date(year, month, day) and luhn(text)


def za_traffic_register(text: str) -> bool | None:
    """False for a number of a person, which has the same length."""
    return False if za_id(text) else None


def za_company(text: str) -> bool | None:
    """False for a year that no company was registered in, or will be for long."""
    year = next((part[-4:] for part in text.split("/") if part[-4:].isdigit()), "")
    return None if "1800" <= year <= "2039" else False


def za_licence(text: str) -> bool | None:
    """False without a letter or beyond the lengths of licence numbers."""
    return None if 10 <= len(text) <= 14 and any(map(str.isalpha, text)) else False


ZA_ID_NUMBER = EntityType(
    name="ZA_ID_NUMBER",
    patterns=(
        Pattern(regex=r"\b[0-9]{10}[0-2][89][0-9]\b", score=0.0, validated=0.55, context=0.9),
        Pattern(regex=r"\b[0-9]{6} [0-9]{4} [0-2][89][0-9]\b", score=0.0, validated=0.6, context=0.9),
    ),
    context={
        "en": (
            "id number",
            "identity number",
            "south african id",
            "rsa id",
            "smart id",
            "national id",
            "identity",
            "id",
        )
    },
    validator="za_id",
    checks_digits=True,
    field_names=("id number", "identity number", "south african id", "rsa id"),
    countries=("ZA",),
    source="Identification Act 68 of 1997: number of thirteen digits, Luhn",
    examples=("8001015009087", "920220 4800 083"),
    not_examples=("8001015009088", "8013015009087", "8001015009387"),
)

ZA_COMPANY_REGISTRATION = EntityType(
    name="ZA_COMPANY_REGISTRATION",
    patterns=(
        Pattern(regex=r"\b(?:19|20)[0-9]{2}/[0-9]{6}/[0-9]{2}\b", score=0.6, context=0.85),
        Pattern(regex=r"(?i)\b(?:CK|NR|[KTWBMN])(?:1[89]|20)[0-9]{2}/[0-9]{6}\b", score=0.35, context=0.85),
    ),
    context={
        "en": (
            "cipc",
            "company registration",
            "registration number",
            "close corporation",
            "company reg",
            "enterprise number",
        )
    },
    validator="za_company",
    field_names=("company registration", "registration number", "enterprise number"),
    countries=("ZA",),
    source="Companies and Intellectual Property Commission: registration numbers since 2011, and of close corporations",
    examples=("2014/123456/07",),
    with_context=("close corporation CK1995/012345",),
    not_examples=("2014/12345/07", "CK1995/012345", "2114/123456/07"),
)

ZA_INCOME_TAX_NUMBER = EntityType(
    name="ZA_INCOME_TAX_NUMBER",
    patterns=(Pattern(regex=r"\b[01239][0-9]{9}\b", score=0.05, context=0.7),),
    context={"en": ("sars", "tax reference", "income tax", "tax number", "itr", "taxpayer", "tax registration")},
    field_names=("income tax number", "tax reference number", "tax number"),
    countries=("ZA",),
    source="South African Revenue Service: tax reference numbers of ten digits",
    with_context=("income tax number 0123456789", "SARS tax reference 9012345678"),
    not_examples=("0123456789", "income tax 4123456789"),
)

ZA_VAT_NUMBER = EntityType(
    name="ZA_VAT_NUMBER",
    patterns=(Pattern(regex=r"\b4[0-9]{9}\b", score=0.1, context=0.75),),
    context={"en": ("vat", "vat number", "vat registration", "tax invoice", "sars", "value added tax")},
    field_names=("vat", "vat number", "vat registration number"),
    countries=("ZA",),
    source="South African Revenue Service: VAT numbers of ten digits, the first 4",
    with_context=(
        "VAT number 4633346662",
        "VAT number 4123456789",
    ),
    not_examples=("4123456789", "VAT 5123456789"),
)

ZA_DRIVER_LICENSE = EntityType(
    name="ZA_DRIVER_LICENSE",
    patterns=(Pattern(regex=r"\b[0-9]{6,10}[A-Za-z0-9]{2,5}\b", score=0.1, context=0.7, edges="word"),),
    context={
        "en": ("licence", "license", "driving licence", "driving license", "driver s licence", "driver s license", "drivers licence",
               "drivers license", "enatis", "natis"),
    },
    validator="za_licence",
    field_names=("driver licence", "drivers licence", "licence number", "driving licence"),
    countries=("ZA",),
    source="National Road Traffic Regulations 2000: licence card numbers",
    with_context=("driver's licence 40330000BWKZ", "eNaTIS 603100012ABC"),
    not_examples=("40330000BWKZ", "licence 123456789012", "licence 40330ABCD"),
)  # fmt: skip

_PROVINCE = "(?:GP|ZN|WP|EC|NC|FS|LP|MP|NW)"

ZA_LICENSE_PLATE = EntityType(
    name="ZA_LICENSE_PLATE",
    patterns=(
        Pattern(regex=rf"(?i)\b[A-Z]{{2}} ?[0-9]{{2}} ?[A-Z]{{2}} ?{_PROVINCE}\b", score=0.3, context=0.8),
        Pattern(regex=rf"(?i)\b[A-Z]{{2,3}} ?[0-9]{{2,3}} ?{_PROVINCE}\b", score=0.25, context=0.8),
        Pattern(regex=rf"(?i)\b[A-Z]{{2,4}}[0-9]{{2,4}}[A-Z]{{0,4}}{_PROVINCE}\b", score=0.25, context=0.8),
        Pattern(regex=r"(?i)\b[0-9]{2,3} ?[A-Z]{2,3} ?EC\b", score=0.2, context=0.75),
    ),
    context={"en": ("licence plate", "license plate", "number plate", "registration", "vehicle registration", "natis", "enatis",
                    "plate number", "plate", "vehicle")},
    field_names=("licence plate", "license plate", "number plate", "vehicle registration"),
    countries=("ZA",),
    source="National Road Traffic Regulations 2000: provincial plates",
    with_context=("number plate CA 123 GP", "plate BB12CDGP", "vehicle ABC123GP"),
    not_examples=("BB12CDGP", "plate BB12CDXX"),
)  # fmt: skip

ZA_PASSPORT = EntityType(
    name="ZA_PASSPORT",
    patterns=(Pattern(regex=r"\b[ADMTadmt][0-9]{8}\b", score=0.15, context=0.75),),
    context={"en": ("passport", "passport number", "travel document", "dha", "south african passport", "rsa passport")},
    field_names=("passport", "passport number"),
    countries=("ZA",),
    source="Department of Home Affairs: passports of a letter and eight digits; ICAO Doc 9303",
    with_context=(
        "South African passport A53928862",
        "South African passport A12345678",
    ),
    not_examples=("A12345678", "passport B1234567", "passport A123456789"),
)

ZA_TRAFFIC_REGISTER_NUMBER = EntityType(
    name="ZA_TRAFFIC_REGISTER_NUMBER",
    patterns=(Pattern(regex=r"\b[0-9]{13}\b", score=0.05, context=0.75),),
    context={"en": ("traffic register", "traffic register number", "trn", "enatis", "natis", "vehicle register")},
    validator="za_traffic_register",
    field_names=("traffic register number", "trn"),
    countries=("ZA",),
    source="National Road Traffic Regulations 2000, regulation 335: number of thirteen digits",
    with_context=(
        "traffic register number 4776112375144",
        "traffic register number 1234567890123",
    ),
    not_examples=("1234567890123", "traffic register 8001015009087"),
)

_MOBILE = "(?:[67][0-9]|8[1-5])"
_FIXED = "(?:[1-5][0-9]|80|86|87)"
_REST = r"[ \-]?[0-9]{3}[ \-]?[0-9]{4}\b"
_COUNTRY = r"(?:\+27[ \-]?(?:\(0\) ?)?|\b0027[ \-]?|\b0)"

ZA_MOBILE_NUMBER = EntityType(
    name="ZA_MOBILE_NUMBER",
    # Beside every other type they are telephone numbers like any other.
    patterns=(Pattern(regex=rf"{_COUNTRY}{_MOBILE}{_REST}", score=0.35, context=0.5),),
    context={"en": ("mobile", "cell", "cellphone", "cellular", "whatsapp", "sms", "handset")},
    field_names=("za mobile number",),
    countries=("ZA",),
    source="Independent Communications Authority of South Africa: national numbering plan",
    with_context=("mobile 082 555 0123", "WhatsApp +27 82 555 0123"),
    not_examples=("011 555 0123", "082 555 0123"),
)

ZA_TELEPHONE_NUMBER = EntityType(
    name="ZA_TELEPHONE_NUMBER",
    patterns=(
        Pattern(regex=rf"(?:{_COUNTRY}{_FIXED}|\(0{_FIXED}\)){_REST}", score=0.35, context=0.5),
        Pattern(regex=r"\b08(?:00|6[01])[ \-]?[0-9]{3}[ \-]?[0-9]{3}\b", score=0.35, context=0.5),
    ),
    context={"en": ("telephone", "tel", "phone", "landline", "call")},
    field_names=("za telephone number",),
    countries=("ZA",),
    source="Independent Communications Authority of South Africa: national numbering plan",
    with_context=("tel (011) 555 0123", "call 0800 123 456"),
    not_examples=("082 555 0123", "tel 011 555 012"),
)

TYPES = (
    ZA_ID_NUMBER, ZA_COMPANY_REGISTRATION, ZA_INCOME_TAX_NUMBER, ZA_VAT_NUMBER, ZA_DRIVER_LICENSE, ZA_LICENSE_PLATE,
    ZA_PASSPORT, ZA_TRAFFIC_REGISTER_NUMBER, ZA_MOBILE_NUMBER, ZA_TELEPHONE_NUMBER,
)  # fmt: skip

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {"za_id": za_id, "za_traffic_register": za_traffic_register, "za_company": za_company, "za_licence": za_licence}
)
