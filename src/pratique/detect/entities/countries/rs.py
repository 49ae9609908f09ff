"""Serbia."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; Cyrillic letters

import re
from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, iso7064_11_10, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    any_script,
    code,
    grouped,
    labelled,
    postcode,
    proved,
)
from pratique.detect.entities.record import EntityType

_GROUP = re.compile("[0-9]+")


def born(digits: list[int]) -> bool:
    """Whether thirteen digits begin with day, month and the last three digits of the year of birth."""
    if len(digits) != 13:
        return False
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    year = digits[4] * 100 + digits[5] * 10 + digits[6]
    return is_date(year, month, day) and (year < 100 or year > 870)


def citizen_number(text: str) -> bool:
    """Date of birth and a check modulo 11 over all thirteen digits, whatever the region."""
    weights = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return born(digits_of(text)) and weighted_sum(text, weights) % 11 == 0


def citizen_number_shape(text: str) -> bool | None:
    """A date."""
    return None if born(digits_of(text)) else False


def _jmbg(text: str) -> bool:
    """All regions but those of Croatia and Slovenia, whose own types know them."""
    return citizen_number(text) and digits_of(text)[7] not in {3, 5}


def _pib(text: str) -> bool:
    """Nine digits, ISO/IEC 7064 MOD 11,10."""
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and iso7064_11_10(digits)


def _company(text: str) -> bool:
    """Seven digits by 8 to 2 modulo 11, and the check digit."""
    digits = digits_of(text)
    if len(digits) != 8 or not any(digits):
        return False
    return (11 - weighted_sum(text, (8, 7, 6, 5, 4, 3, 2)) % 11) % 10 == digits[7]


def _account(text: str) -> bool:
    """ISO/IEC 7064 MOD 97-10 over bank, account (filled with zeros to thirteen digits) and check."""
    groups = _GROUP.findall(text)
    number = f"{groups[0]}{groups[1]:0>13}{groups[2]}" if len(groups) == 3 else "".join(groups)
    return len(number) == 18 and int(number) > 0 and int(number) % 97 == 1


VALIDATORS: Mapping[str, Validator] = {
    "rs_jmbg": _jmbg,
    "rs_jmbg_shape": citizen_number_shape,
    "rs_pib": _pib,
    "rs_company": _company,
    "rs_account": _account,
}

_JMBG = f"[0-9]{{13}}|{grouped(7, 6, by='[ -]')}|{grouped(7, 2, 3, 1, by='[ -]')}"
RS_JMBG = EntityType(
    name="RS_JMBG",
    patterns=(proved(_JMBG, alone=0.6, context=0.95), labelled(code(_JMBG), "rs_jmbg_shape")),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "sr": ("jmbg", "j m b g", "јмбг", "ј м б г", "jedinstveni matični broj", "јединствени матични број", "jedinstvenog matičnog broja", "јединственог матичног броја", "matični broj građana", "матични број грађана",
                   "matičnim brojem", "матичним бројем", "ebs", "ебс", "evidencijski broj", "евиденцијски број"),
            "*": ("jmbg", "unique master citizen number", "unique citizen number", "emšo", "embg", "ембг"),
        },
    ),
    validator="rs_jmbg",
    checks_digits=True,
    field_names=("jmbg", "јмбг", "maticni broj", "матични број"),
    countries=("RS",),
    source="Zakon o jedinstvenom matičnom broju građana: date of birth, region, check modulo 11 (all regions but 30 to 39, 50 to 59)",
    examples=("1706956712967", "1608975107363"),
    with_context=("ЈМБГ: 1706956712967", "sa JMBG 1207986807541", "JMBG 0101980710018"),
    not_examples=("1706956712968", "4506956712967"),
)  # fmt: skip

_NINE = f"[0-9]{{9}}|{grouped(3, 3, 3)}"
RS_PIB = EntityType(
    name="RS_PIB",
    patterns=(proved(_NINE, alone=0.2), labelled(code(_NINE))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "sr": ("pib", "p i b", "пиб", "п и б", "poreski identifikacioni broj", "порески идентификациони број", "poreskog identifikacionog broja", "poreski broj", "порески број"),
            "*": ("pib", "serbian tax"),
        },
    ),
    validator="rs_pib",
    checks_digits=True,
    field_names=("pib", "пиб", "poreski broj"),
    countries=("RS",),
    source="Zakon o poreskom postupku i poreskoj administraciji: nine digits, ISO/IEC 7064 MOD 11,10",
    with_context=("PIB: 109250208", "ПИБ 158706600", "PIB 109250209"),
    not_examples=("PIB: 10925020", "109250208"),
)  # fmt: skip

_VAT = rf"RS{SEP}(?:{_NINE})"
RS_VAT_CODE = EntityType(
    name="RS_VAT_CODE",
    patterns=(proved(_VAT, alone=0.75, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.joined(labels.VAT, {"sr": ("pdv broj", "пдв број", "poreski broj")}),
    validator="rs_pib",
    field_names=("pdv", "vat", "vat number"),
    countries=("RS",),
    source="Zakon o porezu na dodatu vrednost: RS and the PIB",
    examples=("RS109250208", "RS 158706600"),
    with_context=("PDV broj: RS109250209",),
    not_examples=(
        "PDV broj: RS10925020",
        "RS109250209",
    ),
)

RS_COMPANY_NUMBER = EntityType(
    name="RS_COMPANY_NUMBER",
    patterns=(proved("[0-9]{8}", alone=0.15, context=0.85), labelled(code("[0-9]{8}"))),
    context=labels.joined(
        labels.COMPANY,
        {
            "sr": ("matični broj", "матични број", "matičnog broja", "матичног броја", "mb", "мб", "mat br", "мат бр", "apr", "апр", "agencija za privredne registre", "агенција за привредне регистре",
                   "agencije za privredne registre", "агенције за привредне регистре", "bd", "бд"),
        },
    ),
    validator="rs_company",
    checks_digits=True,
    field_names=("maticni broj", "mb", "company number"),
    countries=("RS",),
    source="Agencija za privredne registre: eight digits, check modulo 11",
    with_context=("Matični broj: 30420784", "МБ 19563663", "matični broj 19563664"),
    not_examples=("Matični broj: 3042078", "30420784"),
)  # fmt: skip

RS_IDENTITY_CARD = EntityType(
    name="RS_IDENTITY_CARD",
    patterns=(any_script(r"[0-9]{9}|[A-ZČĆŽŠĐЉЊЋЏА-Ш][0-9]{6,8}|[0-9]{7,8}", score=0.05, context=0.8),),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "sr": ("lk", "лк", "l k", "л к", "br lk", "бр лк", "lk br", "лк бр", "lične karte br", "личне карте бр", "ličnu kartu", "личну карту", "ličnom kartom", "личном картом", "ličnoj karti", "личној карти",
                   "lična isprava", "лична исправа"),
            "*": ("serbian id", "serbian identity"),
        },
    ),
    field_names=("licna karta", "broj licne karte", "лична карта", "id card"),
    countries=("RS",),
    source="Zakon o ličnoj karti: nine digits",
    with_context=("lična karta br. 001234567, izdata od PU za grad Beograd", "ЛК бр. 009876543", "sa ličnom kartom broj 005556667"),
    not_examples=("lična karta br. 001234, izdata od PU za grad Beograd", "001234567"),
)  # fmt: skip

RS_PASSPORT = EntityType(
    name="RS_PASSPORT",
    patterns=(code("[0-9]{9}", score=0.05, context=0.8),),
    context=labels.joined(labels.PASSPORT, {"sr": ("pasoša", "пасоша", "putna isprava br", "путне исправе")}),
    field_names=("pasos", "broj pasosa", "пасош", "passport", "passport number"),
    countries=("RS",),
    source="Zakon o putnim ispravama: nine digits",
    with_context=("pasoš br. 012345678", "Пасош број 014567890", "Serbian passport No. 013456789"),
    not_examples=(
        "pasoš br. 01234567",
        "012345678",
    ),
)

RS_RESIDENCE_PERMIT = EntityType(
    name="RS_RESIDENCE_PERMIT",
    patterns=(any_script("[A-ZА-Ш]{1,2}[0-9]{6,8}|[0-9]{8,9}", score=0.05),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {"sr": ("privremeni boravak", "привремени боравак", "stalno nastanjenje", "lična karta za stranca", "личне карте за странца", "lične karte za stranca", "jedinstvena dozvola", "јединствена дозвола")},
    ),
    countries=("RS",),
    source="Zakon o strancima: residence permits and identity cards of foreigners",
    with_context=("boravišna dozvola br. 012345678", "дозвола боравка број А1234567", "privremeni boravak br. 012345678"),
    not_examples=("boravišna dozvola br. 0123456", "012345678"),
)  # fmt: skip

RS_DRIVER_LICENSE = EntityType(
    name="RS_DRIVER_LICENSE",
    patterns=(code("[0-9]{9}|[0-9]{6,8}", score=0.05),),
    context=labels.joined(
        labels.DRIVING_LICENCE, {"sr": ("vozačkom dozvolom", "возачком дозволом", "vozačke dozvole br")}
    ),
    field_names=("vozacka dozvola", "возачка дозвола", "driver license"),
    countries=("RS",),
    source="Pravilnik o vozačkim dozvolama: nine digits",
    with_context=("vozačka dozvola br. 001234567", "возачка дозвола број 002345678"),
    not_examples=(
        "vozačka dozvola br. 00123456712",
        "001234567",
    ),
)

RS_HEALTH_INSURANCE = EntityType(
    name="RS_HEALTH_INSURANCE",
    patterns=(code("[0-9]{11}", score=0.05, context=0.8),),
    context=labels.joined(
        labels.HEALTH_INSURANCE,
        {"sr": ("lbo", "лбо", "l b o", "lični broj osiguranika", "лични број осигураника", "zdravstvena knjižica", "здравствена књижица", "zdravstvene knjižice", "broj kartice", "бзк", "bzk", "broj zdravstvene", "osiguranika")},
    ),
    field_names=("lbo", "лбо", "zdravstvena knjizica"),
    countries=("RS",),
    source="Zakon o zdravstvenom osiguranju: personal number of the insured (LBO) and of the card, eleven digits",
    with_context=("LBO 12345678901", "здравствена књижица бр. 10987654321"),
    not_examples=("LBO 1234567890", "12345678901"),
)  # fmt: skip

_AREAS = (
    "AC|AL|AR|AP|BB|BČ|BC|BG|BO|BP|BT|BU|BĆ|VA|VB|VL|VP|VR|VS|VŠ|GL|GM|DE|DJ|ĐA|ŽA|ŽG|ZA|ZR|IN|IC|JA|KA|KV|KG|KI|KL|KM|KO|KC|KŠ|KŽ|LB|LE|LO|LU|NG|NI|NP|NS|NV|PA|PB|PE|PZ|PI|PK|PN|PO|PP|PR|PT|PŽ|"
    "RA|RU|SA|SV|SD|SJ|SM|SO|SP|SR|ST|SU|SC|TO|TS|TT|ĆU|UB|UE|UR|UŽ|ČA|ČO|ŠA|ŠI|ŠP|"
    "БГ|НС|НИ|КГ|СУ|ЗР|ПА|ЧА|КВ|КШ|ЛЕ|ВР|ША|СМ|СО|УЕ|ВА|ЈА|ПО|ЗА|ПИ|ПР|КО|БО"
)
RS_LICENSE_PLATE = EntityType(
    name="RS_LICENSE_PLATE",
    patterns=(
        any_script(rf"(?:{_AREAS})[ \-]?[0-9]{{3,5}}[ \-]?[A-ZČĆŽŠĐА-Ш]{{2}}", score=0.2, context=0.85, near=labels.every(labels.VEHICLE)),
    ),
    context=labels.joined(labels.PLATE, {"sr": ("registarskih oznaka", "регистарских ознака", "registarske oznake", "регистарске ознаке", "reg oznake", "рег ознаке", "reg oznaka", "рег ознака", "tablice", "таблице")}),
    field_names=("registarska oznaka", "регистарска ознака", "license plate"),
    countries=("RS",),
    source="Pravilnik o registraciji motornih i priključnih vozila: area, three to five digits, two letters",
    with_context=("vozilo registarskih oznaka BG 1234-AB", "putničko vozilo NS-123-XY", "возило регистарске ознаке НИ 1234-АБ"),
    not_examples=("BG 1234-AB", "XX 1234-AB"),
)  # fmt: skip

RS_POSTCODE = EntityType(
    name="RS_POSTCODE",
    patterns=(postcode(rf"[1-3][0-9]{SP}[0-9]{{3}}"),),
    context=labels.joined(labels.POSTCODE, {"sr": ("poštanski br", "поштански бр", "pošt broj")}),
    field_names=("postanski broj", "поштански број", "postcode", "postal code", "zip"),
    countries=("RS",),
    source="Pošta Srbije: five digits",
    with_context=("poštanski broj 11000", "поштански број 21000"),
    not_examples=(
        "poštanski broj 1100",
        "11000",
    ),
)

_ACCOUNT = r"[1-9][0-9]{2}(?:[\-\x{2013}][0-9]{1,13}[\-\x{2013}]| [0-9]{7,13} )[0-9]{2}"
RS_BANK_ACCOUNT = EntityType(
    name="RS_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.5, context=0.95),
        proved("[1-9][0-9]{17}", alone=0.45, context=0.9),
        labelled(code(r"[1-9][0-9]{2}[\-\x{2013}][0-9]{1,13}[\-\x{2013}][0-9]{2}|[1-9][0-9]{17}")),
    ),
    context=labels.joined(labels.ACCOUNT, {"sr": ("tekući račun", "текући рачун", "žiro račun", "жиро рачун", "tr", "тр", "računu", "рачуну", "računa br", "računom")}),
    validator="rs_account",
    checks_digits=True,
    field_names=("tekuci racun", "broj racuna", "текући рачун"),
    countries=("RS",),
    source="Narodna banka Srbije: bank, thirteen digits and a check, ISO/IEC 7064 MOD 97-10",
    examples=("160-3096444954348-50",),
    with_context=("tekući račun br. 160-3096444954348-51", "рачун 160309644495434850"),
    not_examples=("tekući račun br. 160-3096444954348-5", "160-3096444954348-51"),
)  # fmt: skip

TYPES = (
    RS_JMBG, RS_PIB, RS_VAT_CODE, RS_COMPANY_NUMBER, RS_IDENTITY_CARD, RS_PASSPORT, RS_RESIDENCE_PERMIT, RS_DRIVER_LICENSE,
    RS_HEALTH_INSURANCE, RS_LICENSE_PLATE, RS_POSTCODE, RS_BANK_ACCOUNT,
)  # fmt: skip
