"""The normal forms, by entity type.

Version 1. Every form starts from NFC with surrounding white space (`str.strip`) removed; most types have no more. A
form is idempotent, never raises, and depends on nothing but this file and Unicode's stability policy: no metadata of
a library decides what a token is made from, so that tokens of different years still join.

What is lost: re-identification gives back the normal form. So a form only drops what carries no meaning for its type.

- E-mail: lower case as a whole. RFC 5321 lets a host tell ``A@x`` from ``a@x``; hardly any does, and a person who
  types the address both ways must not become two. `str.lower`, not case folding, which would merge ``ß`` with ``ss``.
- Phone: E.164 (``+`` and up to 15 digits) where the number says its country by ``+`` or the international prefix
  ``00``; separators go, and so does the trunk zero in ``(0)`` where the country has one. A country is never guessed:
  a national number keeps its default form, as does one with an extension.
- IBAN, cards, national numbers, postcodes and most plates: separators go, letters are upper case. Where a separator
  means something (the century in a Finnish or Swedish identity number, the parts of a Czech account), only white space
  goes. German plates stay as they are: ``M-AB 1`` and ``MA-B 1`` are two.
- IP: IPv6 compressed as RFC 5952 says. MAC: upper-case digits alone. UUID and domain names: lower case.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

NORMALISE_VERSION = 1

_SEPARATORS = re.compile(r"[\s.\-/\u2010-\u2015\u2212]+")
_WHITE = re.compile(r"\s+")
_PHONE = re.compile(r"(?:\+|00)[0-9](?:[\s.\-/()\u2010-\u2015\u2212]*[0-9])+")
_PHONE_SEPARATORS = re.compile(r"[\s.\-/()\u2010-\u2015\u2212]+")
_TRUNK = re.compile(r"((?:\+|00)\s*([0-9]{1,3})[\s.\-]*)\(0\)")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_TRUNK_ZERO_CODES = """
    20 27 31 32 33 40 41 43 44 46 49 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 212 213 233 234 254 255 256
    353 355 358 359 373 380 381 382 385 386 387 389 421 886 961 963 972 977
"""
_TRUNK_ZERO = frozenset(_TRUNK_ZERO_CODES.split())
"""Country codes whose trunk prefix is 0 and is not dialled from abroad (ITU-T E.164, national numbering plans)."""


def _basic(value: str) -> str:
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    return value.strip()


def _lower(value: str) -> str:
    # Lower-casing may leave a letter and a mark that compose (U+0130 is one that does not; others may come).
    return _basic(_basic(value).lower())


def _without_separators(value: str) -> str:
    return _basic(_SEPARATORS.sub("", _basic(value)).upper())


def _without_white(value: str) -> str:
    return _basic(_WHITE.sub("", _basic(value)).upper())


def _phone(value: str) -> str:
    text = _basic(value)
    if not text.startswith(("+", "00")):
        return text
    plain = _TRUNK.sub(lambda m: m[1] if m[2] in _TRUNK_ZERO else m[0], text, count=1)
    if _PHONE.fullmatch(plain) is None:
        return text
    number = _PHONE_SEPARATORS.sub("", plain)
    number = number if number[0] == "+" else f"+{number[2:]}"
    return number if _E164.fullmatch(number) else text


def _ip(value: str) -> str:
    text = _basic(value)
    if ":" not in text:
        return text
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return text


def _mac(value: str) -> str:
    return _basic(re.sub(r"[\s:.\-]+", "", _basic(value)).upper())


_FORMS: dict[str, Callable[[str], str]] = {
    "EMAIL_ADDRESS": _lower,
    "DOMAIN_NAME": _lower,
    "UUID": _lower,
    "PHONE_NUMBER": _phone,
    "IP_ADDRESS": _ip,
    "MAC_ADDRESS": _mac,
    "FI_PERSONAL_IDENTITY_CODE": _without_white,
    "SE_PERSONNUMMER": _without_white,
    "ZA_MOBILE_NUMBER": _phone,
    "ZA_TELEPHONE_NUMBER": _phone,
}
_STATES = """
    PASSPORT DRIVER_LICENSE IDENTITY_CARD RESIDENCE_PERMIT BANK_ACCOUNT VAT_CODE TAX_ID SOCIAL_SECURITY
    SOCIAL_INSURANCE HEALTH_INSURANCE HEALTH_PROVIDER COMPANY_NUMBER LICENSE_PLATE VEHICLE_REGISTRATION POSTCODE
    STUDENT_NUMBER
"""
_OF_STATES = frozenset(_STATES.split())
"""What a type of a state is called, after the state's code: their separators are for the eye only."""
_NUMBERS = """
    ABA_ROUTING_NUMBER BANK_ACCOUNT_NUMBER BIC CREDIT_CARD EHIC_NUMBER EORI IBAN_CODE ICCID IDENTITY_DOCUMENT_NUMBER
    IMEI IMSI LEI MEDICAL_LICENSE VIN AT_SVNR AU_ABN AU_ACN AU_MEDICARE AU_TFN BE_NATIONAL_NUMBER
    BE_PAYMENT_REFERENCE BG_EGN BG_EIK BG_LNC CA_POSTAL_CODE CA_SIN CH_AHV CH_UID CY_ARC CZ_BIRTH_NUMBER CZ_DATA_BOX
    DE_AZR_NUMBER DE_BSNR DE_BUSINESS_ID DE_FUEHRERSCHEIN DE_HANDELSREGISTER DE_ID_CARD DE_LANR DE_PLZ DE_TAX_NUMBER
    DE_VAT_ID DK_CPR EE_ISIKUKOOD ES_CADASTRAL_REFERENCE ES_CIF ES_CUPS ES_NIE ES_NIF FI_BUSINESS_ID FR_NIR FR_SIREN
    FR_SIRET GR_AFM GR_AMKA GR_BAR_NUMBER GR_PERSONAL_NUMBER HR_MBG HR_OIB HU_ADOSZAM HU_PERSONAL_NUMBER
    HU_SELF_EMPLOYED HU_TAJ IE_PPS IN_AADHAAR IN_GSTIN IN_PAN IN_VOTER IS_KENNITALA IT_FISCAL_CODE IT_HEALTH_CARD
    IT_RECIPIENT_CODE KR_BRN KR_FRN KR_RRN LI_PEID LT_ASMENS_KODAS LU_MATRICULE LV_PERSONAS_KODS NG_NIN NL_BSN
    NL_FINE_NUMBER NL_GIRO_ACCOUNT NO_FODSELSNUMMER PH_TIN PH_UMID PL_KRS PL_LAND_REGISTER PL_NIP PL_PESEL PL_PWZ
    PL_REGON PT_NIF PT_NISS RO_CNP RO_CUI RS_JMBG RS_PIB SE_ORGANISATIONSNUMMER SG_NRIC_FIN SG_UEN SI_EMSO
    SK_BIRTH_NUMBER TH_TNIN TR_FOREIGNER_ID TR_NATIONAL_ID TR_VKN UA_EDRPOU UA_RNOKPP UA_UNZR UK_CHI
    UK_DRIVING_LICENCE UK_NHS UK_NINO UK_UTR US_BANK_NUMBER US_CLAIM_NUMBER US_HEALTH_INSURANCE_MEMBER_ID US_ITIN
    US_MBI US_NPI US_PRESCRIPTION_NUMBER US_PRIOR_AUTHORIZATION_NUMBER US_PROVIDER_TAX_ID US_REFERRAL_NUMBER US_SSN
    ZA_COMPANY_REGISTRATION ZA_ID_NUMBER ZA_INCOME_TAX_NUMBER ZA_TRAFFIC_REGISTER_NUMBER ZA_VAT_NUMBER
"""
"""Other identifiers whose separators are for the eye only; names as Presidio has them, or Pratique."""
_PARTED = frozenset(
    {"CZ_BANK_ACCOUNT", "RO_COMPANY_NUMBER", "SI_LICENSE_PLATE", "SK_BANK_ACCOUNT", "TR_COMPANY_NUMBER"}
)
"""Types of states with parts of any length: without its separators a value could be two."""
_FORMS |= dict.fromkeys(_NUMBERS.split(), _without_separators) | dict.fromkeys(_PARTED, _without_white)
_CODE = 2


@cache
def _form(entity: str) -> Callable[[str], str]:
    form = _FORMS.get(entity)
    if form is not None:
        return form
    state, _, rest = entity.partition("_")
    return _without_separators if len(state) == _CODE and rest in _OF_STATES else _basic


_NEVER = r"[^\x00-\x{10FFFF}]"
_NORMAL: dict[Callable[[str], str], str] = {
    _basic: r"[!-~](?:[ -~]*[!-~])?",
    _lower: r"[!-@\[-~](?:[ -@\[-~]*[!-@\[-~])?",
    _without_separators: r"[0-9A-Z]+",
    _without_white: r"[!-`{-~]+",
    _phone: r"\+[1-9][0-9]{6,14}",
}


def normal(entity: str, value: str) -> str:
    """The normal form of ``value`` as an ``entity``; other types have NFC and trim. Idempotent."""
    return _form(entity)(value)


def normal_many(entity: str, values: Sequence[str]) -> list[str]:
    """`normal` of each value. ASCII values of a type without a form of its own cost one `str.strip`."""
    form = _form(entity)
    if form is not _basic:
        return [form(v) for v in values]
    if _all_ascii(values):
        return [v.strip() for v in values]
    return [_basic(v) for v in values]


def normal_pattern(entity: str) -> str:
    """An RE2 pattern of texts that are in the type's normal form already; many that it does not match are so too.

    It lets whole columns skip normalisation: ASCII alone, where NFC changes nothing.
    """
    form = _form(entity)
    return _NORMAL.get(form, _NEVER)


def plain(entity: str) -> bool:
    """Whether the type's normal form is the default one: of ASCII text, nothing but trimming."""
    return _form(entity) is _basic


def _all_ascii(values: Iterable[str]) -> bool:
    return all(map(str.isascii, values))
