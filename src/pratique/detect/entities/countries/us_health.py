"""The United States' health care: beneficiaries, providers, prescriptions, and the numbers that payers give out.

Payers' numbers have no form of their own; a label right before one (``lead``) is what tells it.
"""

# ruff: noqa: E501 - patterns and lists of words, one a line

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, luhn
from pratique.detect.entities.record import EntityType, Pattern

_NPI_PREFIX = "80840"
_NPI_LENGTH = 10
_DEA_DIGITS = 7


def us_npi(text: str) -> bool:
    """Luhn over the number behind the prefix of ISO/IEC 7812 for health applications, 80840; not one digit repeated."""
    digits = digits_of(text)
    return len(digits) == _NPI_LENGTH and len(set(digits[:-1])) > 1 and luhn(_NPI_PREFIX + "".join(map(str, digits)))


def us_dea(text: str) -> bool:
    """The check digit of the Drug Enforcement Administration: odd places once, even places twice, modulo 10."""
    digits = digits_of(text[2:])
    total = sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])
    return len(digits) == _DEA_DIGITS and total % 10 == digits[6]


def us_member_id(text: str) -> bool | None:
    """False without a digit or of another length than a member number has; letters and digits alone prove nothing."""
    length = len(text)
    return None if 6 <= length <= 20 and any("0" <= c <= "9" for c in text) else False  # noqa: PLR2004 - the lengths


_MBI_LETTER = "[AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"
_MBI_EITHER = "[0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"

US_MBI = EntityType(
    name="US_MBI",
    patterns=(
        Pattern(
            regex=rf"\b[0-9]{_MBI_LETTER}{_MBI_EITHER}[0-9]-{_MBI_LETTER}{_MBI_EITHER}[0-9]-{_MBI_LETTER}{{2}}[0-9]{{2}}\b",
            score=0.6, context=0.9,
        ),
        Pattern(
            regex=rf"\b[0-9]{_MBI_LETTER}{_MBI_EITHER}[0-9]{_MBI_LETTER}{_MBI_EITHER}[0-9]{_MBI_LETTER}{{2}}[0-9]{{2}}\b",
            score=0.35, context=0.85,
        ),
    ),
    context={"en": ("medicare", "mbi", "beneficiary", "cms", "medicaid", "hic", "hicn", "medicare number")},
    field_names=("mbi", "medicare number", "medicare beneficiary identifier", "medicare id"),
    countries=("US",),
    source="Centers for Medicare & Medicaid Services: Medicare Beneficiary Identifier format",
    examples=("1EG4-TE5-MK73",),
    with_context=("Medicare 1EG4TE5MK73",),
    not_examples=("1SG4-TE5-MK73", "0EG4-TE5-MK7", "1EG4TE5MK73", "AEG4-TE5-MK73"),
)  # fmt: skip

US_NPI = EntityType(
    name="US_NPI",
    patterns=(
        Pattern(regex=r"\b[12][0-9]{3}[ \-][0-9]{3}[ \-][0-9]{3}\b", score=0.05, validated=0.45, context=0.85),
        Pattern(regex=r"\b[12][0-9]{9}\b", score=0.05, validated=0.2, context=0.85),
    ),
    context={
        "en": ("npi", "national provider", "provider identifier", "provider id", "npi number", "provider", "taxonomy")
    },
    validator="us_npi",
    checks_digits=True,
    field_names=("npi", "npi number", "provider npi", "national provider identifier"),
    countries=("US",),
    source="45 CFR 162.406; ISO/IEC 7812 (Luhn) with prefix 80840",
    with_context=("NPI 1245319599", "national provider identifier: 1245-319-599"),
    not_examples=("1245319599", "NPI 1245319598", "NPI 3245319599", "NPI 1111111112"),
)

MEDICAL_LICENSE = EntityType(
    name="MEDICAL_LICENSE",
    patterns=(
        Pattern(regex=r"\b[A-HJ-MPR-UXa-hj-mpr-ux][A-Za-z9][0-9]{7}\b", score=0.05, validated=0.3, context=0.85),
    ),
    context={
        "en": (
            "dea",
            "dea number",
            "medical license",
            "medical licence",
            "medical certificate",
            "prescriber",
            "certificate",
        )
    },
    validator="us_dea",
    checks_digits=True,
    field_names=("dea number", "dea", "medical license", "medical licence"),
    countries=("US",),
    source="21 CFR part 1301; Drug Enforcement Administration registration numbers, check modulo 10",
    with_context=("DEA number BB1388568", "medical license: B91388568"),
    not_examples=("BB1388568", "DEA number BB1388569", "DEA number ZB1388568"),
)

_WHICH = r"(?: *(?:#|[Nn]o\.?|NO\.?|(?i:number|id)) *:? *| *: *| +)"


def _labelled(labels: str, prefix: str, digits: str, score: float) -> Pattern:
    lead = rf"(?i:\b(?:{labels})){_WHICH}"
    return Pattern(
        regex=rf"{lead}(?i:(?:{prefix})-?)?[0-9]{{{digits}}}\b", lead=lead, score=score, context=score, edges="word"
    )


def _prefixed(prefix: str, digits: str) -> Pattern:
    return Pattern(regex=rf"(?i)\b(?:{prefix})-?[0-9]{{{digits}}}\b", score=0.1, context=0.6, edges="word")


US_CLAIM_NUMBER = EntityType(
    name="US_CLAIM_NUMBER",
    patterns=(
        _labelled("claim|medical +claim|healthcare +claim", "CLM", "6,15", 0.5),
        _prefixed("CLM", "6,15"),
    ),
    context={"en": ("claim", "claims", "billing")},
    field_names=("claim number", "claim id", "claim no"),
    countries=("US",),
    source="Centers for Medicare & Medicaid Services, CMS-1500 instructions: numbers given out by payers",
    examples=("claim number: 123456789", "Claim #CLM-20231234"),
    with_context=("billing: CLM-1234567",),
    not_examples=("CLM-1234567", "claim 12345", "claim number: 1234567890123456"),
)

US_PRESCRIPTION_NUMBER = EntityType(
    name="US_PRESCRIPTION_NUMBER",
    patterns=(_labelled("rx|prescription", "RX", "6,12", 0.6), _prefixed("RX", "6,12")),
    context={"en": ("prescription", "prescriptions", "pharmacy", "medication", "refill")},
    field_names=("prescription number", "rx number", "rx no"),
    countries=("US",),
    source="21 CFR 1306.14: serial numbers that pharmacies give out",
    examples=("Rx #: 7654321", "prescription number 00123456"),
    with_context=("pharmacy label RX-7654321",),
    not_examples=("RX-7654321", "Rx 12345", "RX 6800 XT"),
)

US_PRIOR_AUTHORIZATION_NUMBER = EntityType(
    name="US_PRIOR_AUTHORIZATION_NUMBER",
    patterns=(
        _labelled("prior +authorization|prior +auth|preauthorization|pre-auth|authorization", "PA", "6,12", 0.5),
        _prefixed("PA", "6,12"),
    ),
    context={"en": ("authorization", "authorisation", "auth", "preauthorization", "approval")},
    field_names=("prior authorization number", "authorization number", "auth number"),
    countries=("US",),
    source="Centers for Medicare & Medicaid Services, CMS-1500 instructions, item 23",
    examples=("prior authorization no. 987654321", "pre-auth: PA-987654321"),
    with_context=("approval PA-987654321",),
    not_examples=("PA-987654321", "authorization 12345"),
)

US_REFERRAL_NUMBER = EntityType(
    name="US_REFERRAL_NUMBER",
    patterns=(
        _labelled("referral|infusion +referral", "REF|INF", "6,12", 0.5),
        _prefixed("REF|INF", "6,12"),
    ),
    context={"en": ("referral", "referrals", "infusion", "specialty", "referring")},
    field_names=("referral number", "referral id", "referral no"),
    countries=("US",),
    source="Centers for Medicare & Medicaid Services, CMS-1500 instructions, item 23",
    examples=("referral #445566778", "Referral ID: REF-445566"),
    with_context=("infusion specialty, INF-445566",),
    not_examples=("REF-445566", "referral 12345"),
)

_EIN = r"(?:0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-589])-[0-9]{7}"
_PROVIDER = (
    r"(?:(?:(?:billing|rendering|healthcare) +provider|provider +organization|provider) +"
    r"(?:tax *(?:id|number|identification +number)|tin|ein)|billing +provider)"
)

US_PROVIDER_TAX_ID = EntityType(
    name="US_PROVIDER_TAX_ID",
    patterns=(
        Pattern(regex=rf"(?i:\b{_PROVIDER}){_WHICH}{_EIN}\b", lead=rf"(?i:\b{_PROVIDER}){_WHICH}", score=0.7, context=0.8,
                edges="word"),
        Pattern(regex=rf"\b{_EIN}\b", score=0.1, context=0.7, edges="word"),
    ),
    context={"en": ("tax id", "tin", "ein", "employer identification", "fein", "federal tax", "tax", "billing")},
    field_names=("provider tax id", "ein", "employer identification number", "fein"),
    countries=("US",),
    source="Internal Revenue Service: prefixes of employer identification numbers",
    examples=("billing provider TIN: 12-3456789",),
    with_context=("EIN 12-3456789", "federal tax id 59-1234567"),
    not_examples=("12-3456789", "EIN 07-3456789", "EIN 12-345678"),
)  # fmt: skip

US_HEALTH_INSURANCE_MEMBER_ID = EntityType(
    name="US_HEALTH_INSURANCE_MEMBER_ID",
    patterns=(
        Pattern(regex=r"\b[A-Za-z]{1,5}-?[A-Za-z0-9]{5,14}\b", score=0.05, context=0.65, edges="word", needs_digit=True),
    ),
    context={
        "en": ("member id", "member number", "member no", "subscriber id", "subscriber number", "insurance id", "insurance number",
               "policy number", "policy no", "policy id", "insured id", "insurance policy"),
    },
    validator="us_member_id",
    field_names=("member id", "subscriber id", "insurance member id", "health plan id"),
    countries=("US",),
    source="National Uniform Claim Committee, CMS-1500 instructions, item 1a: numbers given out by payers",
    with_context=("member ID: XYZ123456789", "subscriber id W123456789"),
    not_examples=("XYZ123456789", "member since 2012", "member id: ABCDEFGH"),
)  # fmt: skip

TYPES = (
    US_MBI, US_NPI, MEDICAL_LICENSE, US_CLAIM_NUMBER, US_PRESCRIPTION_NUMBER, US_PRIOR_AUTHORIZATION_NUMBER,
    US_REFERRAL_NUMBER, US_PROVIDER_TAX_ID, US_HEALTH_INSURANCE_MEMBER_ID,
)  # fmt: skip

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {"us_npi": us_npi, "us_dea": us_dea, "us_member_id": us_member_id}
)
