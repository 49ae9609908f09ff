"""Croatia."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, iso7064_11_10, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, SP, WEAK, code, grouped, labelled, postcode, proved
from pratique.detect.entities.record import EntityType, Pattern


def _oib(text: str) -> bool:
    """Eleven digits, ISO/IEC 7064 MOD 11,10."""
    digits = digits_of(text)
    return len(digits) == 11 and iso7064_11_10(digits)


def _born(digits: list[int]) -> bool:
    """Day, month and the last three digits of the year."""
    day, month, year = (
        digits[0] * 10 + digits[1],
        digits[2] * 10 + digits[3],
        digits[4] * 100 + digits[5] * 10 + digits[6],
    )
    return is_date(year, month, day) and (year < 100 or year > 870)


def _mbg(text: str) -> bool:
    """Date of birth, region 30 to 39, three digits and a check modulo 11."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[7] != 3 or not _born(digits):
        return False
    return weighted_sum(text, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _mbg_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 13 and _born(digits) else False


def _account(text: str) -> bool:
    """Seven digits of the bank and ten of the account, each by ISO/IEC 7064 MOD 11,10."""
    digits = digits_of(text)
    return len(digits) == 17 and iso7064_11_10(digits[:7]) and iso7064_11_10(digits[7:])


VALIDATORS: Mapping[str, Validator] = {
    "hr_oib": _oib,
    "hr_mbg": _mbg,
    "hr_mbg_shape": _mbg_shape,
    "hr_account": _account,
}

_OIB = f"[0-9]{{11}}|{grouped(3, 3, 3, 2)}|[0-9]{{5}} [0-9]{{6}}"
HR_OIB = EntityType(
    name="HR_OIB",
    patterns=(proved(_OIB, alone=WEAK, context=0.9), labelled(code(_OIB))),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "hr": ("oib", "o i b", "osobni identifikacijski broj", "osobnog identifikacijskog broja", "osobnim identifikacijskim brojem", "oibom", "oib a", "oib om", "porezni broj"),
            "*": ("oib", "o i b", "tax number", "personal identification number"),
        },
    ),
    validator="hr_oib",
    checks_digits=True,
    field_names=("oib", "osobni identifikacijski broj", "personal identification number"),
    countries=("HR",),
    source="Zakon o osobnom identifikacijskom broju: eleven digits, ISO/IEC 7064 MOD 11,10",
    with_context=("OIB 33392005961", "OIB: 69435151530", "s OIB-om 33392005961", "osobni identifikacijski broj (OIB): 33392005962"),
    not_examples=("OIB 3339200596", "33392005961"),
)  # fmt: skip

HR_VAT_CODE = EntityType(
    name="HR_VAT_CODE",
    patterns=(
        proved(f"HR{SEP}(?:{_OIB})", alone=0.8, context=0.95, score=0.2),
        labelled(code(f"HR{SEP}(?:{_OIB})")),
    ),
    context=labels.joined(labels.VAT, {"hr": ("pdv identifikacijski broj", "pdv id broj", "porezni broj")}),
    validator="hr_oib",
    field_names=("pdv", "pdv id", "vat", "vat number"),
    countries=("HR",),
    source="Zakon o porezu na dodanu vrijednost: HR and the OIB",
    examples=("HR33392005961", "HR 69435151530"),
    with_context=("PDV ID: HR33392005962",),
    not_examples=(
        "PDV ID: HR3339200596",
        "HR33392005962",
    ),
)

HR_MBG = EntityType(
    name="HR_MBG",
    patterns=(proved("[0-9]{13}", alone=0.6, context=0.95), labelled(code("[0-9]{13}"), "hr_mbg_shape")),
    context={
        "hr": (
            "jmbg",
            "mbg",
            "matični broj građana",
            "jedinstveni matični broj",
            "matičnog broja građana",
            "matični broj",
        ),
        "*": ("jmbg", "mbg", "j m b g"),
    },
    validator="hr_mbg",
    checks_digits=True,
    field_names=("jmbg", "mbg", "maticni broj gradana"),
    countries=("HR",),
    source="Zakon o matičnom broju: date of birth, region, check modulo 11",
    examples=("1507985330019",),
    with_context=("JMBG 1507985330018", "MBG: 1507985330019"),
    not_examples=("1507985330018", "4507985330019"),
)

HR_IDENTITY_CARD = EntityType(
    name="HR_IDENTITY_CARD",
    patterns=(code("[0-9]{9}", score=0.05, context=0.8),),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "hr": ("osobna iskaznica", "osobne iskaznice", "osobnu iskaznicu", "osobnom iskaznicom", "osobnoj iskaznici", "osobna isk", "os iskaznica", "br osobne", "broj osobne", "oi br"),
            "*": ("croatian identity card", "croatian id card"),
        },
    ),
    field_names=("osobna iskaznica", "broj osobne iskaznice", "id card"),
    countries=("HR",),
    source="Zakon o osobnoj iskaznici: nine digits",
    with_context=("osobna iskaznica br. 112345678, izdana od PU zagrebačke", "broj osobne iskaznice: 109876543", "osobnom iskaznicom broj 115003002"),
    not_examples=("osobna iskaznica br. 11234567, izdana od PU zagrebačke", "112345678"),
)  # fmt: skip

HR_PASSPORT = EntityType(
    name="HR_PASSPORT",
    patterns=(code("[0-9]{9}", score=0.05, context=0.8),),
    context=labels.PASSPORT,
    field_names=("putovnica", "broj putovnice", "passport", "passport number"),
    countries=("HR",),
    source="Zakon o putnim ispravama hrvatskih državljana: nine digits",
    with_context=("putovnica br. 012345678", "hrvatska putovnica broj 100987654", "putovnicu broj 200123456"),
    not_examples=(
        "putovnica br. 01234567",
        "100987654",
    ),
)

HR_RESIDENCE_PERMIT = EntityType(
    name="HR_RESIDENCE_PERMIT",
    patterns=(code("[0-9]{9}|[A-Z]{2,3}[0-9]{6,7}", score=0.05),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT, {"hr": ("dozvolu boravka", "dozvola privremenog boravka", "privremeni boravak", "stalni boravak")}
    ),
    countries=("HR",),
    source="Zakon o strancima: residence permits, nine characters",
    with_context=("dozvola boravka br. 300123456", "boravišna iskaznica RCR123456"),
    not_examples=("dozvola boravka br. 30012345", "300123456"),
)  # fmt: skip

HR_DRIVER_LICENSE = EntityType(
    name="HR_DRIVER_LICENSE",
    patterns=(code("[0-9]{8,9}", score=0.02, context=0.8),),
    context=labels.joined(labels.DRIVING_LICENCE, {"hr": ("vozačkoj dozvoli", "broj vozačke", "vozačka")}),
    field_names=("vozacka dozvola", "driver license"),
    countries=("HR",),
    source="Zakon o sigurnosti prometa na cestama, Pravilnik o vozačkim dozvolama: eight digits",
    with_context=("vozačka dozvola br. 12345678", "vozačku dozvolu broj 98765432"),
    not_examples=(
        "vozačka dozvola br. 1234567",
        "12345678",
    ),
)

HR_HEALTH_INSURANCE = EntityType(
    name="HR_HEALTH_INSURANCE",
    patterns=(code("[0-9]{9}", score=0.02, context=0.75), code("[0-9]{8}|[0-9]{11}", score=0.02, context=0.65)),
    context=labels.joined(
        labels.HEALTH_INSURANCE,
        {
            "hr": ("mbo", "hzzo", "matični broj osigurane osobe", "zdravstvena iskaznica", "zdravstvene iskaznice", "broj osiguranika", "dopunsko zdravstveno", "hzmo", "osobni broj osiguranika", "osiguranika"),
        },
    ),
    field_names=("mbo", "zdravstveno osiguranje", "broj osiguranika"),
    countries=("HR",),
    source="Hrvatski zavod za zdravstveno osiguranje: MBO of nine digits; mirovinsko osiguranje: number of the insured",
    with_context=("MBO 123456789", "matični broj osigurane osobe: 987654321", "HZZO br. 123456789"),
    not_examples=("MBO 1234567", "123456789"),
)  # fmt: skip

HR_COMPANY_NUMBER = EntityType(
    name="HR_COMPANY_NUMBER",
    patterns=(code("[0-9]{7,9}", score=0.02, context=0.8),),
    context={
        "hr": ("mbs", "matični broj subjekta", "matični broj", "sudski registar", "sudskom registru", "sudskog registra", "trgovački sud", "mb subjekta", "mb obrta", "obrtni registar", "obrta", "matični broj obrta"),
        "*": ("mbs", "court register", "registration number"),
    },
    field_names=("mbs", "maticni broj"),
    countries=("HR",),
    source="Zakon o sudskom registru: MBS of nine digits; register of business entities: eight digits",
    with_context=("MBS: 080123456", "matični broj 01234567", "upisano u sudski registar pod MBS 080654321"),
    not_examples=("MBS: 080123", "080123456"),
)  # fmt: skip

_AREAS = "BJ|BM|ČK|CK|DA|DE|DJ|DU|GS|IM|KA|KC|KR|KT|KŽ|KZ|MA|NA|NG|OG|OS|PU|PŽ|PZ|RI|SB|SK|SL|ST|ŠI|SI|VK|VT|VU|VŽ|VZ|ZD|ZG|ŽU|ZU"
HR_LICENSE_PLATE = EntityType(
    name="HR_LICENSE_PLATE",
    patterns=(
        Pattern(regex=rf"(?:{_AREAS})[ \x{{A0}}\-]?[0-9]{{3,4}}[ \x{{A0}}\-]?[A-Z]{{1,2}}\b", score=0.3, context=0.85),
        Pattern(regex=rf"(?i)(?:{_AREAS})-?[0-9]{{3,4}}-?[A-Z]{{1,2}}\b", score=0.2, context=0.8),
        Pattern(regex=rf"(?:{_AREAS})[ \x{{A0}}\-][0-9]{{3,4}}-[A-Z]{{1,2}}\b", score=0.38, context=0.9),
    ),
    context=labels.joined(labels.PLATE, {"hr": ("reg oznaka", "reg oznake", "registarskih", "registarskom", "automobil", "osobni automobil", "tablice")}),
    field_names=("registarska oznaka", "registracija", "license plate"),
    countries=("HR",),
    source="Pravilnik o registraciji i označavanju vozila: area, three or four digits, one or two letters",
    with_context=("vozilo reg. oznake ZG 1234-AB", "registarske oznake ŠI-123-CD", "automobil ST 9876 B"),
    not_examples=("ZG 1234-AB", "XX 1234-AB"),
)  # fmt: skip

HR_POSTCODE = EntityType(
    name="HR_POSTCODE",
    patterns=(postcode("[1-5][0-9]{4}"), Pattern(regex=r"\bHR-[1-5][0-9]{4}\b", score=0.45, context=0.8)),
    context=labels.POSTCODE,
    field_names=("postanski broj", "postcode", "postal code", "zip"),
    countries=("HR",),
    source="Hrvatska pošta: five digits",
    with_context=("poštanski broj 10000", "postcode 21000", "poštanski broj: HR-10000"),
    not_examples=(
        "poštanski broj 1000",
        "21000",
    ),
)

_ACCOUNT = rf"[0-9]{{7}}{SP}[\-\x{{2013}} ]{SP}[0-9]{{10}}"
HR_BANK_ACCOUNT = EntityType(
    name="HR_BANK_ACCOUNT",
    patterns=(
        proved(f"{_ACCOUNT}|[0-9]{{17}}", alone=0.6, context=0.95),
        labelled(code(_ACCOUNT)),
    ),
    context=labels.joined(labels.ACCOUNT, {"hr": ("računu", "račun broj", "žiro", "vbdi")}),
    validator="hr_account",
    checks_digits=True,
    field_names=("racun", "ziro racun", "broj racuna"),
    countries=("HR",),
    source="Hrvatska narodna banka: accounts before IBAN, ISO/IEC 7064 MOD 11,10 over bank and account",
    examples=("2360000-1101234565",),
    with_context=("žiro račun 2360000-1101234566",),
    not_examples=(
        "žiro račun 2360000-110123456",
        "2360000-1101234566",
    ),
)

TYPES = (
    HR_OIB, HR_VAT_CODE, HR_MBG, HR_IDENTITY_CARD, HR_PASSPORT, HR_RESIDENCE_PERMIT, HR_DRIVER_LICENSE, HR_HEALTH_INSURANCE,
    HR_COMPANY_NUMBER, HR_LICENSE_PLATE, HR_POSTCODE, HR_BANK_ACCOUNT,
)  # fmt: skip
