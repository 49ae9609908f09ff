"""Austria."""

# ruff: noqa: E501, PLR2004, SIM905 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, by_stdnum, digits_of, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PROVED,
    SEP,
    SP,
    WEAK,
    capitals,
    code,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def _social_security(text: str) -> bool | None:
    """Weights modulo 11, and a day, a month and a year of birth; months 13 to 15, of unknown days, prove nothing."""
    digits = digits_of(text)
    if len(digits) != 10 or digits[0] == 0 or not _dated(digits):
        return False
    if weighted_sum(text, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 != digits[3]:
        return False
    return True if digits[6] * 10 + digits[7] <= 12 else None


def _dated(digits: list[int]) -> bool:
    return 1 <= digits[4] * 10 + digits[5] <= 31 and 1 <= digits[6] * 10 + digits[7] <= 15


def _social_security_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 10 and _dated(digits) else False


_DISTRICTS = frozenset(
    """AM BA BB BD BG BH BL BM BN BP BR BZ B DL DO E EF EU FB FE FF FK FR FW G GB GD GF GM GR GS GU HA HB HE HF HL HO I IL IM JE JO JU
    JW K KB KF KG KI KK KL KO KR KS KU L LA LB LE LF LI LL LN LZ MA MD ME MI MT MU MZ N ND NK OP OW P PE PL PT RA RE RI RO S SB SD SE SL
    SO SP SR ST SV SW SZ TA TD TK TU UU VB VI VK VL VO W WB WD WE WL WN WO WT WU WY WZ ZE ZT ZW""".split()
)


def _plate(text: str) -> bool | None:
    """Whether it begins with a district or an office."""
    return None if text.replace("-", " ").split(" ")[0] in _DISTRICTS else False


VALIDATORS: Mapping[str, Validator] = {
    "at_vnr": _social_security,
    "at_vnr_shape": _social_security_shape,
    "at_tin": by_stdnum("at.tin"),
    "at_plate": _plate,
    "at_uid": by_stdnum("at.uid"),
}

_SVNR = rf"[1-9][0-9]{{3}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}"
AT_SVNR = EntityType(
    name="AT_SVNR",
    patterns=(
        proved(r"[1-9][0-9]{3}[ \-/][0-9]{6}", alone=0.7),
        proved(_SVNR, alone=PROVED),
        labelled(code(_SVNR), "at_vnr_shape"),
    ),
    context=labels.joined(
        labels.SOCIAL_SECURITY,
        {"de": ("svnr", "sozialversicherungsnummer", "sozialversicherung", "versicherungsnummer", "sv nr", "sv nummer", "vsnr", "vnr", "ögk", "svnummer", "e card")},
        {"*": ("austrian social security", "svnr")},
    ),
    validator="at_vnr",
    checks_digits=True,
    field_names=("svnr", "sozialversicherungsnummer", "versicherungsnummer", "sv nummer"),
    countries=("AT",),
    source="ASVG § 31, Dachverband der Sozialversicherungsträger: check modulo 11 and date of birth",
    examples=("1237 010180", "1237010180", "1237-010180"),
    with_context=("SVNr. 1234 010180", "Sozialversicherungsnummer: 1237 01 01 80", "SV-Nr 1237/010180"),
    not_examples=("2237010180", "1237 320180"),
)  # fmt: skip

_TIN = r"[0-9]{2}[ \-/]?[0-9]{3}[ /]?[0-9]{4}"
AT_TAX_ID = EntityType(
    name="AT_TAX_ID",
    patterns=(
        proved(r"[0-9]{2}[ \-][0-9]{3}/[0-9]{4}", alone=0.45, context=0.9),
        proved(_TIN, alone=WEAK, context=0.85),
        labelled(code(_TIN)),
    ),
    context=labels.joined(
        labels.TAX_NUMBER, {"de": ("abgabenkontonummer", "abgabenkonto", "finanzamtsnummer", "steuer nr")}
    ),
    validator="at_tin",
    checks_digits=True,
    field_names=("steuernummer", "abgabenkontonummer", "tax id"),
    countries=("AT",),
    source="Bundesministerium für Finanzen: tax office, number, check digit",
    with_context=(
        "Steuernummer 59-119/9013",
        "Steuernummer: 59 119/9014",
        "St.Nr. 591199013",
        "Abgabenkontonummer 59-119/9013",
    ),
    not_examples=("59-119/9014", "59-119/9013", "591199013"),
)

_UID = rf"AT{SP}U{SP}[0-9]{{8}}|ATU{SP}[0-9]{{3}}[ .][0-9]{{3}}[ .][0-9]{{2}}"
AT_VAT_CODE = EntityType(
    name="AT_VAT_CODE",
    patterns=(proved(_UID, alone=0.9, context=0.95, score=0.3), labelled(code(rf"{_UID}|U{SP}[0-9]{{8}}"))),
    context=labels.VAT,
    validator="at_uid",
    field_names=("uid", "uid nummer", "ust id", "vat", "vat number"),
    countries=("AT",),
    source="Umsatzsteuergesetz 1994 art. 28: ATU, seven digits, check digit",
    examples=("ATU13585627", "ATU 13585627"),
    with_context=("UID-Nr.: ATU13585628",),
    not_examples=("ATU13585626", "ATU1358562"),
)

AT_COMPANY_NUMBER = EntityType(
    name="AT_COMPANY_NUMBER",
    patterns=(
        Pattern(regex=r"\bFN[ \x{A0}]?(?:[1-9][0-9]{0,2}[ .])?[0-9]{1,6}[ \x{A0}]?[a-zA-Z]\b", score=0.6, context=0.9),
        code("[0-9]{5,6} ?[a-z]", score=0.1, context=0.75),
    ),
    context={
        "de": ("firmenbuch", "firmenbuchnummer", "fn", "firmenbuchgericht", "landesgericht", "handelsgericht", "fb nr"),
        "en": ("commercial register", "company register", "companies register"),
    },
    field_names=("firmenbuchnummer", "fn"),
    countries=("AT",),
    source="Firmenbuchgesetz § 30: number and check letter",
    examples=("FN 122119m", "FN 56247 t"),
    with_context=("Firmenbuchnummer: 122119m",),
    not_examples=("122119m", "FN 1234567890"),
)

AT_PASSPORT = EntityType(
    name="AT_PASSPORT",
    patterns=(
        capitals(
            rf"{series('[0-9]{7}', letters='[A-Z]{1,2}', spaced='[A-MO-Z][A-Z]?')}|[A-Z]{{2}}[0-9]{{6}}",
            score=0.1,
            context=0.8,
        ),
    ),
    context=labels.joined(labels.PASSPORT, {"de": ("reisepass nr", "pass nr")}),
    field_names=("reisepass", "passnummer", "passport", "passport number"),
    countries=("AT",),
    source="Passgesetz-Durchführungsverordnung: letter and seven digits",
    with_context=("Reisepass Nr. P1234567", "österreichischer Reisepass U 1234567"),
    not_examples=(
        "Reisepass Nr. P123456",
        "P1234567",
    ),
)

AT_IDENTITY_CARD = EntityType(
    name="AT_IDENTITY_CARD",
    patterns=(
        capitals(
            rf"{series('[0-9]{7}', letters='[A-Z]{1,2}', spaced='[A-MO-Z][A-Z]?')}|[0-9]{{7,8}}|[0-9]{{2}}[A-Z]{{2}}[0-9]{{5}}",
            score=0.05,
            context=0.75,
        ),
    ),
    context=labels.IDENTITY_CARD,
    field_names=("personalausweis", "ausweisnummer", "id card"),
    countries=("AT",),
    source="Passgesetz-Durchführungsverordnung: Personalausweis, letters and seven digits",
    with_context=("Personalausweis Nr. PA1234567", "amtlicher Lichtbildausweis: 12345678"),
    not_examples=(
        "Personalausweis Nr. PA123456",
        "PA1234567",
    ),
)

AT_RESIDENCE_PERMIT = EntityType(
    name="AT_RESIDENCE_PERMIT",
    patterns=(
        capitals(series("[0-9]{6,8}", letters="[A-Z]{1,3}"), score=0.05, context=0.75),
        code("[0-9]{9,12}", score=0.02, context=0.65),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {"de": ("rot weiß rot", "daueraufenthalt eu", "anmeldebescheinigung", "ifa zahl", "ifa", "zmr", "zmr zahl")},
    ),
    field_names=("aufenthaltstitel", "zmr zahl"),
    countries=("AT",),
    source="NAG-Durchführungsverordnung; Meldegesetz: ZMR number of twelve digits",
    with_context=("Aufenthaltstitel Nr. A1234567", "ZMR-Zahl 000123456789", "Rot-Weiß-Rot-Karte AR1234567"),
    not_examples=(
        "Aufenthaltstitel Nr. A12345",
        "000123456789",
    ),
)

AT_DRIVER_LICENSE = EntityType(
    name="AT_DRIVER_LICENSE",
    patterns=(code(r"[0-9]{8}|[0-9]{5,6}/[0-9]{2,4}", score=0.02, context=0.75),),
    context=labels.DRIVING_LICENCE,
    field_names=("führerschein", "führerscheinnummer", "driver license"),
    countries=("AT",),
    source="Führerscheingesetz-Durchführungsverordnung: eight digits",
    with_context=("Führerschein Nr. 12345678", "Lenkberechtigung, Führerschein-Nr.: 98765432"),
    not_examples=(
        "Führerschein Nr. 1234567",
        "12345678",
    ),
)

AT_HEALTH_INSURANCE = EntityType(
    name="AT_HEALTH_INSURANCE",
    patterns=(code(r"80040000[0-9]{12}|8004 ?0000 ?[0-9]{4} ?[0-9]{4} ?[0-9]{4}", score=0.45, context=0.85),),
    context=labels.HEALTH_INSURANCE,
    field_names=("ecard", "ekvk"),
    countries=("AT",),
    source="CEN/TS 15974: e-card, issuer 80040",
    with_context=(
        "e-card Nr. 80040000020087654321",
        "e-card Nr. 80040000010012345678",
    ),
    not_examples=(
        "e-card Nr. 8004000001001234567",
        "90040000010012345678",
    ),
)

AT_LICENSE_PLATE = EntityType(
    name="AT_LICENSE_PLATE",
    patterns=(
        Pattern(
            regex=r"\b[A-Z]{1,2}[ \-](?:[0-9]{1,5}[ \-]?[A-Z]{1,4}|[A-Z]{3,5}[ \-]?[0-9]{1,2})\b",
            score=0.1,
            context=0.8,
            near=labels.every(labels.VEHICLE),
        ),
    ),
    context=labels.PLATE,
    validator="at_plate",
    field_names=("kennzeichen", "license plate"),
    countries=("AT",),
    source="Kraftfahrgesetz-Durchführungsverordnung § 26: district, digits, letters",
    with_context=("behördliches Kennzeichen W-12345X", "Kennzeichen GU 123 AB", "Pkw L-ANNA 1"),
    not_examples=(
        "behördliches Kennzeichen W-12345",
        "W-12345X",
    ),
)

AT_POSTCODE = EntityType(
    name="AT_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"), Pattern(regex=r"\bA-[1-9][0-9]{3}\b", score=0.42, context=0.8)),
    context=labels.POSTCODE,
    field_names=("plz", "postleitzahl", "postcode", "postal code", "zip"),
    countries=("AT",),
    source="Österreichische Post: four digits",
    with_context=("PLZ 1010", "Postleitzahl: 8010"),
    not_examples=("1010", "A-1010"),
)

AT_BANK_ACCOUNT = EntityType(
    name="AT_BANK_ACCOUNT",
    patterns=(
        code(r"[0-9]{4,11}|[0-9]{3,4}[ .\-][0-9]{3}[ .\-][0-9]{3}(?:[ .\-][0-9]{2})?", score=0.02, context=0.6),
        code("[1-9][0-9]{4}", score=0.02, context=0.65, near=("blz", "bankleitzahl")),
    ),
    context={"de": ("kto", "kto nr", "ktonr", "konto nr", "girokonto", "kontonummer")},
    field_names=("kontonummer", "blz"),
    countries=("AT",),
    source="Oesterreichische Nationalbank: accounts of up to eleven digits, bank codes of five",
    with_context=("Konto-Nr. 12345678901, BLZ 20111", "Kto. 00234573201"),
    not_examples=(
        "12345678902",
        "12345678901",
    ),
)

TYPES = (
    AT_SVNR, AT_TAX_ID, AT_VAT_CODE, AT_COMPANY_NUMBER, AT_PASSPORT, AT_IDENTITY_CARD, AT_RESIDENCE_PERMIT, AT_DRIVER_LICENSE,
    AT_HEALTH_INSURANCE, AT_LICENSE_PLATE, AT_POSTCODE, AT_BANK_ACCOUNT,
)  # fmt: skip
