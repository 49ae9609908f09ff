"""Slovenia."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    WEAK,
    bare_vat,
    capitals,
    code,
    grouped,
    labelled,
    plate,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.countries.rs import citizen_number, citizen_number_shape
from pratique.detect.entities.record import EntityType


def _emso(text: str) -> bool:
    """The number that Yugoslavia gave out, of a region from 50 to 59."""
    return citizen_number(text) and digits_of(text)[7] == 5


def _tax(text: str) -> bool:
    """Seven digits by 8 to 2 modulo 11, and the check digit; eleven less one is not given out."""
    digits = digits_of(text)
    if len(digits) != 8 or digits[0] == 0:
        return False
    check = 11 - weighted_sum(text, (8, 7, 6, 5, 4, 3, 2)) % 11
    return check < 11 and check % 10 == digits[7]


def _company(text: str) -> bool:
    """Six digits by 7 to 2 modulo 11, and the check digit; three of a part of the company may follow."""
    digits = digits_of(text)
    if len(digits) not in {7, 10}:
        return False
    rest = -weighted_sum(text, (7, 6, 5, 4, 3, 2)) % 11
    return rest > 0 and rest % 10 == digits[6]


def _account(text: str) -> bool:
    """ISO/IEC 7064 MOD 97-10."""
    digits = digits_of(text)
    return len(digits) == 15 and any(digits) and int("".join(map(str, digits))) % 97 == 1


VALIDATORS: Mapping[str, Validator] = {
    "si_emso": _emso,
    "si_emso_shape": citizen_number_shape,
    "si_tax": _tax,
    "si_company": _company,
    "si_account": _account,
}

_EMSO = f"[0-9]{{13}}|{grouped(7, 6, by='[ -]')}|{grouped(7, 2, 3, 1, by='[ -]')}|{grouped(7, 2, 4, by='[ -]')}"
SI_EMSO = EntityType(
    name="SI_EMSO",
    patterns=(proved(_EMSO, alone=0.6, context=0.95), labelled(code(_EMSO), "si_emso_shape")),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "sl": ("emšo", "enotna matična številka", "enotne matične številke", "enotno matično številko", "matična številka občana", "emš"),
            "*": ("emšo", "unique master citizen number", "personal registration number"),
        },
    ),
    validator="si_emso",
    checks_digits=True,
    field_names=("emso", "emšo"),
    countries=("SI",),
    source="Zakon o centralnem registru prebivalstva: date of birth, region 50 to 59, check modulo 11",
    examples=("0605979507355", "2305955506734"),
    with_context=("EMŠO: 0605979507355", "EMŠO 0101980500006", "emšo 0605979 507355", "EMSO: 0104994509926"),
    not_examples=("0605979507356", "1706956712967"),
)  # fmt: skip

_TAX = f"[1-9][0-9]{{7}}|[1-9][0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{2}}|[1-9][0-9]{{1}} {grouped(3, 3, by=' ')}"
SI_TAX_ID = EntityType(
    name="SI_TAX_ID",
    patterns=(proved(_TAX, alone=0.2), labelled(code(_TAX))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {"sl": ("davčna številka", "davčne številke", "davčno številko", "davčno št", "davčna št", "davč št", "dš", "d š", "davčni zavezanec"), "*": ("slovenian tax",)},
    ),
    validator="si_tax",
    checks_digits=True,
    field_names=("davcna stevilka", "davčna številka", "tax number", "tax id"),
    countries=("SI",),
    source="Zakon o finančni upravi: eight digits, check modulo 11",
    with_context=("davčna številka: 59477164", "davčna št. 599 282 04", "DŠ: 55936008", "davčna številka 59477165"),
    not_examples=("davčna številka: 5947716", "59477164"),
)  # fmt: skip

_VAT = rf"SI{SEP}(?:{_TAX})"
SI_VAT_CODE = EntityType(
    name="SI_VAT_CODE",
    patterns=(proved(_VAT, alone=0.75, context=0.95, score=0.2), bare_vat(_TAX), labelled(code(_VAT))),
    context=labels.joined(
        labels.VAT, {"sl": ("id za ddv", "id št za ddv", "identifikacijska številka za ddv", "id ddv")}
    ),
    validator="si_tax",
    field_names=("ddv", "id za ddv", "vat", "vat number"),
    countries=("SI",),
    source="Zakon o davku na dodano vrednost (ZDDV-1): SI and the tax number",
    examples=("SI59477164", "SI 59928204"),
    with_context=("ID za DDV: SI59477165",),
    not_examples=(
        "ID za DDV: SI5947716",
        "SI59477165",
    ),
)

SI_COMPANY_NUMBER = EntityType(
    name="SI_COMPANY_NUMBER",
    patterns=(proved("[0-9]{7}(?:[0-9]{3})?", alone=0.1, context=0.85), labelled(code("[0-9]{7}(?:[0-9]{3})?"))),
    context=labels.joined(
        labels.COMPANY,
        {"sl": ("matična številka", "matične številke", "matično številko", "matična št", "mat št", "matično št", "mš", "poslovni register", "ajpes", "sodni register")},
    ),
    validator="si_company",
    checks_digits=True,
    field_names=("maticna stevilka", "matična številka", "company number"),
    countries=("SI",),
    source="Zakon o Poslovnem registru Slovenije: seven digits (ten with the part), check modulo 11",
    with_context=("matična številka: 5489555000", "mat. št. 5594219", "matična št.: 5880298"),
    not_examples=("matična številka: 548955500", "5489555000"),
)  # fmt: skip

_NINE = f"[0-9]{{9}}|{grouped(3, 3, 3, by=SP)}"
SI_IDENTITY_CARD = EntityType(
    name="SI_IDENTITY_CARD",
    patterns=(code(rf"{_NINE}|I[A-Z]{SP}[0-9]{{7}}", score=0.05, context=0.8),),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"sl": ("osebni izkaznici", "os izkaznica", "os izk", "oi št", "oi", "osebna izk", "izkaznice št", "izkaznica št", "osebno izk")},
    ),
    field_names=("osebna izkaznica", "stevilka osebne izkaznice", "id card"),
    countries=("SI",),
    source="Zakon o osebni izkaznici (ZOIzk-1): nine digits; from 2022 two letters and seven digits",
    with_context=("osebna izkaznica št. 001234567", "osebno izkaznico št. IE1234567, izdano pri UE Ljubljana", "Slovenian identity card No. 002345678"),
    not_examples=("osebna izkaznica št. 00123456", "001234567"),
)  # fmt: skip

SI_PASSPORT = EntityType(
    name="SI_PASSPORT",
    patterns=(
        capitals(series("[0-9]{7}", letters="P[A-Z]"), context=0.8),
        code("[0-9]{9}|[A-Z]{2}[0-9]{7}", score=0.02, context=0.7),
    ),
    context=labels.joined(labels.PASSPORT, {"sl": ("potni list št", "potnega lista št", "potno listino")}),
    field_names=("potni list", "passport", "passport number"),
    countries=("SI",),
    source="Zakon o potnih listinah (ZPLD-1): P, a letter and seven digits",
    with_context=("potni list št. PB1234567", "s potnim listom PA 7654321", "Slovenian passport No. PB0987654"),
    not_examples=(
        "potni list št. PB123456",
        "PB1234567",
    ),
)

SI_RESIDENCE_PERMIT = EntityType(
    name="SI_RESIDENCE_PERMIT",
    patterns=(capitals(rf"{series('[0-9]{7}', letters='[A-Z]{1,2}')}|[0-9]{{9}}", score=0.05),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {
            "sl": (
                "dovoljenjem za prebivanje",
                "dovoljenje za stalno prebivanje",
                "izkaznica dovoljenja",
                "potrdilo o prijavi",
            )
        },
    ),
    field_names=("dovoljenje za prebivanje",),
    countries=("SI",),
    source="Zakon o tujcih (ZTuj-2); Regulation (EC) 1030/2002",
    with_context=("dovoljenje za prebivanje št. TR1234567", "dovoljenje za začasno prebivanje št. 001234567"),
    not_examples=(
        "dovoljenje za prebivanje št. TR123456",
        "TR1234567",
    ),
)

SI_DRIVER_LICENSE = EntityType(
    name="SI_DRIVER_LICENSE",
    patterns=(code(rf"S?{SP}[0-9]{{9}}|{_NINE}|S{SP}[0-9]{{8}}", score=0.05, context=0.8),),
    context=labels.joined(labels.DRIVING_LICENCE, {"sl": ("vozniška", "vozniške", "vozniško", "vozniškega")}),
    field_names=("voznisko dovoljenje", "driver license"),
    countries=("SI",),
    source="Zakon o voznikih (ZVoz-1): nine digits, an S before them on earlier forms",
    with_context=("vozniško dovoljenje št. 003456789", "vozniškega dovoljenja št. S 001234567"),
    not_examples=(
        "vozniško dovoljenje št. 00345678",
        "003456789",
    ),
)

SI_HEALTH_INSURANCE = EntityType(
    name="SI_HEALTH_INSURANCE",
    patterns=(code(_NINE, score=0.05, context=0.8),),
    context=labels.joined(
        labels.HEALTH_INSURANCE,
        {"sl": ("zzzs številka", "zzzs št", "zzzs", "številka zavarovane osebe", "št zavarovane osebe", "kartica zdravstvenega", "kartice zdravstvenega", "zdravstveno zavarovanje", "št zavarovanca", "številka zavarovanca")},
    ),
    field_names=("zzzs", "stevilka zavarovane osebe"),
    countries=("SI",),
    source="Zakon o zdravstvenem varstvu in zdravstvenem zavarovanju (ZZZS): nine digits",
    with_context=("ZZZS št.: 031234567", "številka zavarovane osebe 041234567"),
    not_examples=("ZZZS št.: 03123456", "031234567"),
)  # fmt: skip

_AREAS = "CE|GO|KK|KP|KR|LJ|MB|MS|NM|PO|SG"
SI_LICENSE_PLATE = EntityType(
    name="SI_LICENSE_PLATE",
    patterns=(
        plate(
            rf"(?:{_AREAS})[ \-](?:[A-ZČŠŽ]{{2}}[ \-][0-9]{{3}}|[A-ZČŠŽ][0-9][ \-][0-9]{{3}}|[0-9]{{2}}[ \-][A-ZČŠŽ]{{3}}|[A-ZČŠŽ][ \-]?[0-9]{{2}}[ \-]?[0-9]{{2}})",
            score=0.3,
            context=0.85,
            near=labels.every(labels.VEHICLE),
        ),
        plate(rf"(?:{_AREAS})[ \-]?[0-9A-ZČŠŽ]{{2}}[ \-]?[0-9A-ZČŠŽ]{{3}}", score=0.05, needs_digit=True),
    ),
    context=labels.joined(
        labels.PLATE,
        {
            "sl": (
                "registrske oznake",
                "registrska oznaka",
                "reg št",
                "reg oznaka",
                "registrskih",
                "registracijske",
                "registrsko številko",
            )
        },
    ),
    field_names=("registrska oznaka", "registrska stevilka", "license plate"),
    countries=("SI",),
    source="Pravilnik o registraciji motornih vozil: area, and two or three letters with two or three digits",
    with_context=(
        "vozilo reg. št. LJ AB-123",
        "avtomobil z registrsko oznako MB 12-XYZ",
        "registrske oznake KP JM-456",
    ),
    not_examples=(
        "vozilo reg. št. LJ AB-12",
        "LJ AB-123",
    ),
)

SI_POSTCODE = EntityType(
    name="SI_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"), capitals("SI-[1-9][0-9]{3}", score=0.45, context=0.8)),
    context=labels.joined(labels.POSTCODE, {"sl": ("poštna št", "poštno številko", "poštne številke")}),
    field_names=("postna stevilka", "postcode", "postal code", "zip"),
    countries=("SI",),
    source="Pošta Slovenije: four digits",
    with_context=("poštna številka 1000", "poštna št.: 2000", "postal code SI-1000"),
    not_examples=(
        "poštna številka 100",
        "1000",
    ),
)

_ACCOUNT = rf"[0-9]{{5}}{SP}[\-\x{{2013}} ]{SP}[0-9]{{10}}|{grouped(4, 4, 4, 3, by='[ -]')}"
SI_BANK_ACCOUNT = EntityType(
    name="SI_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.6, context=0.95),
        proved("[0-9]{15}", alone=WEAK, context=0.9),
        labelled(code(f"{_ACCOUNT}|[0-9]{{15}}")),
    ),
    context=labels.joined(labels.ACCOUNT, {"sl": ("trr", "t r r", "transakcijskega računa", "transakcijski", "tekoči račun", "osebni račun", "bančnega računa", "računu")}),
    validator="si_account",
    checks_digits=True,
    field_names=("trr", "transakcijski racun", "stevilka racuna"),
    countries=("SI",),
    source="Banka Slovenije: bank, account and check, the IBAN without SI56, ISO/IEC 7064 MOD 97-10",
    examples=("02719-3500654388",),
    with_context=("TRR: 02719-3500654389", "transakcijski račun 027193500654388"),
    not_examples=("TRR: 02719-350065438", "02719-3500654389"),
)  # fmt: skip

TYPES = (
    SI_EMSO, SI_TAX_ID, SI_VAT_CODE, SI_COMPANY_NUMBER, SI_IDENTITY_CARD, SI_PASSPORT, SI_RESIDENCE_PERMIT, SI_DRIVER_LICENSE,
    SI_HEALTH_INSURANCE, SI_LICENSE_PLATE, SI_POSTCODE, SI_BANK_ACCOUNT,
)  # fmt: skip
