"""Slovakia. Birth numbers, company numbers and bank accounts follow the rules that it shares with Czechia."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.cz import (
    bank_account,
    bank_account_shape,
    birth_number,
    birth_number_shape,
    company_number,
)
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    WEAK,
    capitals,
    code,
    grouped,
    labelled,
    plate,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType


def _tax(text: str) -> bool:
    """Ten digits, a multiple of 11, that do not begin with 0 and whose third one is 2, 3, 4, 7, 8 or 9."""
    digits = digits_of(text)
    if len(digits) != 10 or digits[0] == 0 or digits[2] not in {2, 3, 4, 7, 8, 9}:
        return False
    return int("".join(map(str, digits))) % 11 == 0


VALIDATORS: Mapping[str, Validator] = {
    "sk_birth": birth_number,
    "sk_birth_shape": birth_number_shape,
    "sk_company": company_number,
    "sk_tax": _tax,
    "sk_account": bank_account,
    "sk_account_shape": bank_account_shape,
}

_BIRTH = rf"[0-9]{{6}}{SP}/{SP}[0-9]{{3,4}}"
_BIRTH_PLAIN = rf"[0-9]{{6}}{SEP}[0-9]{{4}}"
SK_BIRTH_NUMBER = EntityType(
    name="SK_BIRTH_NUMBER",
    patterns=(
        proved(_BIRTH, alone=0.7, context=0.95),
        proved(_BIRTH_PLAIN, alone=WEAK, context=0.9),
        labelled(code(f"{_BIRTH}|{_BIRTH_PLAIN}"), "sk_birth_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "sk": ("rodné", "rodné číslo", "rodného čísla", "rodným číslom", "rodnému číslu", "rod č", "rč", "r č", "r čís"),
            "*": ("birth number", "birth no", "rodne cislo"),
        },
    ),
    validator="sk_birth",
    checks_digits=True,
    field_names=("rodne cislo", "birth number", "rc"),
    countries=("SK",),
    source="Zákon č. 301/1995 Z. z. o rodnom čísle: date of birth and divisibility by 11",
    examples=("810107/8150", "580927/7408"),
    with_context=("rodné číslo 8101078150", "r. č. 800101/1234", "s rodným číslom 550510 2779"),
    not_examples=("810107/8151", "8101078150", "813107/8150"),
)  # fmt: skip

_COMPANY = rf"[0-9]{{8}}|{grouped(2, 3, 3, by=SP)}|{grouped(3, 2, 3, by=SP)}"
SK_COMPANY_NUMBER = EntityType(
    name="SK_COMPANY_NUMBER",
    patterns=(proved(_COMPANY, alone=0.2, context=0.85), labelled(code(_COMPANY))),
    context=labels.joined(
        labels.COMPANY, {"sk": ("ičo", "i č o", "identifikačné číslo", "identifikačné číslo organizácie", "obchodnom registri", "obchodného registra"), "*": ("ico",)}
    ),
    validator="sk_company",
    checks_digits=True,
    field_names=("ico", "ičo", "company number"),
    countries=("SK",),
    source="Zákon č. 272/2015 Z. z. o registri právnických osôb: eight digits, check modulo 11",
    with_context=("IČO: 31843603", "IČO 31 887 317", "IČO: 31843604"),
    not_examples=("IČO: 3184360", "31843603"),
)  # fmt: skip

_TAX = f"[1-9][0-9]{{9}}|[1-9][0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}"
SK_TAX_ID = EntityType(
    name="SK_TAX_ID",
    patterns=(proved(_TAX, alone=0.2), labelled(code(_TAX))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "sk": ("dič", "d i č", "daňové identifikačné číslo", "daňového identifikačného čísla", "daňový subjekt"),
            "*": ("dic",),
        },
    ),
    validator="sk_tax",
    checks_digits=True,
    field_names=("dic", "dič", "tax id", "tax number"),
    countries=("SK",),
    source="Zákon č. 563/2009 Z. z. (daňový poriadok): ten digits, a multiple of 11",
    with_context=("DIČ: 2022547560", "DIČ 2022683752"),
    not_examples=(
        "DIČ: 202254756",
        "2022547560",
    ),
)

_VAT = rf"SK{SEP}(?:{_TAX})"
SK_VAT_CODE = EntityType(
    name="SK_VAT_CODE",
    patterns=(proved(_VAT, alone=0.85, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.joined(labels.VAT, {"sk": ("ič dph", "ičdph", "i č dph", "dph", "dič")}),
    validator="sk_tax",
    field_names=("ic dph", "vat", "vat number"),
    countries=("SK",),
    source="Zákon č. 222/2004 Z. z. o DPH: SK and the tax number",
    examples=("SK2022547560", "SK 202 268 37 51"),
    with_context=("IČ DPH: SK2022547561",),
    not_examples=(
        "IČ DPH: SK202254756",
        "SK2022547561",
    ),
)

SK_IDENTITY_CARD = EntityType(
    name="SK_IDENTITY_CARD",
    patterns=(capitals(series("[0-9]{6}"), context=0.8),),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"sk": ("občiansky preukaz č", "čop", "č op", "op č", "op číslo", "číslo op", "občianskym", "občiansky", "občianskeho", "totožnosti", "čísla op", "číslom op")},
    ),
    field_names=("obciansky preukaz", "cislo op", "id card"),
    countries=("SK",),
    source="Zákon č. 395/2019 Z. z. o občianskych preukazoch: two letters and six digits",
    with_context=("občiansky preukaz č. EA123456", "č. OP: HA 654321", "totožnosť preukázaná OP č. SP 123456", "Slovak identity card No. EB123456"),
    not_examples=("občiansky preukaz č. EA12345", "EA123456"),
)  # fmt: skip

SK_PASSPORT = EntityType(
    name="SK_PASSPORT",
    patterns=(capitals(series("[0-9]{7}", letters="[A-Z]{1,2}", spaced="(?:[A-Z]{2}|P)"), context=0.8),),
    context=labels.joined(labels.PASSPORT, {"sk": ("cestovný pas č", "číslo cestovného", "cestovné doklady")}),
    field_names=("cestovny pas", "cislo pasu", "passport", "passport number"),
    countries=("SK",),
    source="Zákon č. 647/2007 Z. z. o cestovných dokladoch: two letters (once P) and seven digits",
    with_context=("cestovný pas č. BA1234567", "číslo pasu P1234567", "Slovak passport No. BD7654321"),
    not_examples=(
        "cestovný pas č. BA123456",
        "BA1234567",
    ),
)

SK_RESIDENCE_PERMIT = EntityType(
    name="SK_RESIDENCE_PERMIT",
    patterns=(capitals(series("[0-9]{6,7}", letters="[A-Z]{1,2}"), context=0.8), code("[0-9]{9}", score=0.02)),
    context=labels.joined(
        labels.RESIDENCE_PERMIT, {"sk": ("povolenie na prechodný pobyt", "povolenie na trvalý pobyt", "doklad o pobyte č", "pobytový preukaz", "prechodný pobyt")}
    ),
    field_names=("doklad o pobyte",),
    countries=("SK",),
    source="Zákon č. 404/2011 Z. z. o pobyte cudzincov; Regulation (EC) 1030/2002",
    with_context=("doklad o pobyte č. EE1234567", "povolenie na pobyt č. SA123456"),
    not_examples=("doklad o pobyte č. EE12345", "EE1234567"),
)  # fmt: skip

SK_DRIVER_LICENSE = EntityType(
    name="SK_DRIVER_LICENSE",
    patterns=(capitals(series("[0-9]{6,7}", letters="[A-Z]{1,2}", spaced="[A-Z]{1,2}"), context=0.8),),
    context=labels.joined(
        labels.DRIVING_LICENCE, {"sk": ("vodičské oprávnenie", "vodičského oprávnenia", "vp č", "vodičskému preukazu")}
    ),
    field_names=("vodicsky preukaz", "driver license"),
    countries=("SK",),
    source="Zákon č. 8/2009 Z. z. o cestnej premávke: letters and six or seven digits",
    with_context=("vodičský preukaz č. A1234567", "vodičského preukazu č. AB 123456"),
    not_examples=(
        "vodičský preukaz č. A12345",
        "A1234567",
    ),
)

SK_HEALTH_INSURANCE = EntityType(
    name="SK_HEALTH_INSURANCE",
    patterns=(
        proved(_BIRTH, alone=0.1, validator="sk_birth"),
        proved(_BIRTH_PLAIN, alone=0.1, validator="sk_birth"),
        labelled(code(f"{_BIRTH}|{_BIRTH_PLAIN}")),
    ),
    context=labels.joined(
        labels.HEALTH_INSURANCE, {"sk": ("poistenca", "poistenec", "číslo poistenca", "preukaz poistenca", "zdravotná poisťovňa", "vszp", "všzp", "poistné číslo")}
    ),
    field_names=("cislo poistenca",),
    countries=("SK",),
    source="Zákon č. 580/2004 Z. z. o zdravotnom poistení: the insured person's birth number",
    with_context=("číslo poistenca: 8101078150", "preukaz poistenca č. 810107/8151"),
    not_examples=("číslo poistenca: 810107815", "8101078150"),
)  # fmt: skip

_AREAS = (
    "BA|BL|BT|BB|BJ|BN|BR|BS|BY|CA|DK|DS|DT|GA|GL|HC|HE|IL|KA|KE|KI|KK|KM|KN|KS|LC|LE|LM|LV|MA|MI|ML|MT|MY|NM|NO|NR|NZ|PB|PD|PE|PK|PN|PO|PP|PT|PU|PX|RA|RK|RS|RV|SA|SB|SC|SE|SI|SK|SL|SN|SO|SP|SV|"
    "TN|TO|TR|TS|TT|TV|VK|VT|ZA|ZC|ZH|ZM|ZV"
)
SK_LICENSE_PLATE = EntityType(
    name="SK_LICENSE_PLATE",
    patterns=(
        plate(rf"(?:{_AREAS})[ \-]?[0-9]{{3}}[ \-]?[A-Z]{{2}}", score=0.2, context=0.85, near=labels.every(labels.VEHICLE)),
        plate(r"[A-Z]{2}[ \-]?[0-9]{3}[ \-]?[A-Z]{2}", score=0.05),
        code(rf"(?:{_AREAS})-?[0-9]{{3}}-?[A-Z]{{2}}", score=0.05, context=0.75),
    ),
    context=labels.joined(labels.PLATE, {"sk": ("evidenčné č", "ev č", "s evč", "evidenčného čísla", "tabuľka s evidenčným")}),
    field_names=("ecv", "evc", "spz", "license plate"),
    countries=("SK",),
    source="Zákon č. 8/2009 Z. z. o cestnej premávke: two letters (of the district before 2023), three digits, two letters",
    with_context=("vozidlo s EČV BA 123 AB", "EVČ: KE-456CD", "automobil ŠPZ AA 123 BB"),
    not_examples=("vozidlo s EČV BA 123 A", "BA 123 AB"),
)  # fmt: skip

SK_POSTCODE = EntityType(
    name="SK_POSTCODE",
    patterns=(
        postcode(rf"[089][0-9]{{2}}{SP}[0-9]{{2}}"),
        capitals(rf"SK-[089][0-9]{{2}}{SP}[0-9]{{2}}", score=0.45, context=0.8),
    ),
    context=labels.POSTCODE,
    field_names=("psc", "psč", "postcode", "postal code", "zip"),
    countries=("SK",),
    source="Slovenská pošta: five digits that begin with 0, 8 or 9",
    with_context=("PSČ 811 01", "PSČ: 04001"),
    not_examples=(
        "PSČ 811 0",
        "811 01",
    ),
)

_ACCOUNT = rf"(?:[0-9]{{1,6}}{SP}-{SP})?[0-9]{{2,10}}{SP}/{SP}[0-9]{{4}}"
SK_BANK_ACCOUNT = EntityType(
    name="SK_BANK_ACCOUNT",
    patterns=(
        proved("[0-9]{1,6}-[0-9]{2,10}/[0-9]{4}|[0-9]{7,10}/[0-9]{4}", alone=0.5, context=0.95),
        proved(_ACCOUNT, alone=WEAK),
        labelled(code(_ACCOUNT), "sk_account_shape"),
    ),
    context=labels.joined(labels.ACCOUNT, {"sk": ("účet", "účtu", "účet č", "bankový účet", "bankového účtu", "bankové spojenie")}),
    validator="sk_account",
    field_names=("cislo uctu", "bankovy ucet", "ucet"),
    countries=("SK",),
    source="Národná banka Slovenska, measure 8/2004: prefix, number and bank, weights modulo 11",
    examples=("6443613057/0900", "19-2871173352/0200"),
    with_context=("č. ú. 6443613058/0900", "číslo účtu: 2871173352 / 0200"),
    not_examples=("6443613058/0900", "12/2024", "účet č. 41/2003"),
)  # fmt: skip

TYPES = (
    SK_BIRTH_NUMBER, SK_COMPANY_NUMBER, SK_TAX_ID, SK_VAT_CODE, SK_IDENTITY_CARD, SK_PASSPORT, SK_RESIDENCE_PERMIT, SK_DRIVER_LICENSE,
    SK_HEALTH_INSURANCE, SK_LICENSE_PLATE, SK_POSTCODE, SK_BANK_ACCOUNT,
)  # fmt: skip
