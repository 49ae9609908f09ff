"""Norway."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
    WEAK,
    capitals,
    code,
    grouped,
    labelled,
    postcode,
    proved,
)
from pratique.detect.entities.record import EntityType, Pattern


def _dated(digits: list[int]) -> bool:
    """Day (40 more in a D-number), month (40 more in other series, 80 in tests of the register), year."""
    day, month, year = (digits[at] * 10 + digits[at + 1] for at in (0, 2, 4))
    return is_date(year, month % 40, day - 40 if day > 40 else day) and month <= 92


def _born(text: str) -> bool:
    """A date and two check digits, both modulo 11."""
    digits = digits_of(text)
    if len(digits) != 11 or not _dated(digits):
        return False
    first = weighted_sum(text, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    second = weighted_sum(text, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    return first == second == 0


def _born_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 11 and _dated(digits) else False


def _organisation(text: str) -> bool:
    """Nine digits from 8 on, weights modulo 11."""
    digits = digits_of(text)
    return len(digits) == 9 and digits[0] >= 8 and weighted_sum(text, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _account(text: str) -> bool:
    """Eleven digits, weights modulo 11."""
    digits = digits_of(text)
    return len(digits) == 11 and any(digits) and weighted_sum(text, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


VALIDATORS: Mapping[str, Validator] = {
    "no_fodselsnummer": _born,
    "no_fodselsnummer_shape": _born_shape,
    "no_orgnr": _organisation,
    "no_konto": _account,
}

_BORN = f"[0-7][0-9][0-9]{{4}}{SEP}[0-9]{{5}}|{grouped(2, 2, 2, 5)}|[0-7][0-9][0-9]{{4}}{SP}[0-9]{{3}}{SP}[0-9]{{2}}"
NO_FODSELSNUMMER = EntityType(
    name="NO_FODSELSNUMMER",
    patterns=(
        proved(r"[0-7][0-9]{5}[ \x{A0}\-][0-9]{5}", alone=0.85, context=0.95),
        proved(_BORN, alone=0.55, context=0.95),
        labelled(code(_BORN), "no_fodselsnummer_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "no": ("fødselsnummer", "fødselsnr", "fødselsn", "f nr", "fnr", "personnummer", "personnr", "pnr", "d nummer", "dnr", "fødsels og personnummer", "fødsels", "fødselsnummeret", "h nummer", "p nr"),
            "*": ("fodselsnummer", "fødselsnummer", "fodselsnr", "fnr"),
        },
    ),
    validator="no_fodselsnummer",
    checks_digits=True,
    field_names=("fodselsnummer", "fnr", "personnummer"),
    countries=("NO",),
    source="Folkeregisterforskriften: date of birth, three digits, two check digits modulo 11; D-numbers with 40 added to the day",
    examples=("15108695088", "151086 95088"),
    with_context=("fødselsnummer 15108695087", "f.nr. 151086-95088", "D-nummer: 55108695000", "fnr 15 10 86 95088"),
    not_examples=("15108695077", "45138695088"),
)  # fmt: skip

_NINE = grouped(3, 3, 3, by=r"[ .\x{A0}]?")
NO_COMPANY_NUMBER = EntityType(
    name="NO_COMPANY_NUMBER",
    patterns=(proved(_NINE, alone=WEAK, context=0.9), labelled(code(_NINE))),
    context={
        "no": ("organisasjonsnummer", "organisasjonsnr", "orgnr", "org nr", "org nummer", "foretaksnummer", "foretaksregisteret", "brønnøysund", "orgnummer", "enhetsregisteret", "org"),
        "en": ("organisation number", "organization number", "org no", "business register", "company number", "registration number"),
        "*": ("orgnr", "org nr"),
    },
    against_after=labels.MONEY,
    validator="no_orgnr",
    checks_digits=True,
    field_names=("organisasjonsnummer", "orgnr", "company number"),
    countries=("NO",),
    source="Enhetsregisterloven: nine digits, check modulo 11",
    with_context=("org.nr. 988 077 917", "organisasjonsnummer 988077917", "Org.nr: 988077918"),
    not_examples=("988077917", "988 077 918"),
)  # fmt: skip

_VAT = rf"(?:NO{SEP})?{_NINE}{SP}MVA"
NO_VAT_CODE = EntityType(
    name="NO_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.85, context=0.95, score=0.3),
        labelled(code(f"{_VAT}|NO{SEP}{_NINE}")),
        proved(f"NO{SEP}{_NINE}", alone=0.55, context=0.95),
    ),
    context=labels.joined(labels.VAT, labels.COMPANY),
    validator="no_orgnr",
    field_names=("mva", "mva nummer", "vat", "vat number"),
    countries=("NO",),
    source="Merverdiavgiftsloven, bokføringsforskriften § 5-1-2: the organisation's number and MVA",
    examples=("NO 988 077 917 MVA", "988077917MVA", "NO988077917"),
    with_context=("Org.nr. NO 988 077 918 MVA",),
    not_examples=("988077918MVA", "988077917"),
)

_ACCOUNT = r"[0-9]{4}[. ][0-9]{2}[. ][0-9]{5}"
NO_BANK_ACCOUNT = EntityType(
    name="NO_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.75, context=0.95, score=0.05),
        proved("[0-9]{11}", alone=WEAK, context=0.9),
        labelled(code(f"{_ACCOUNT}|[0-9]{{11}}")),
    ),
    context=labels.joined(labels.ACCOUNT, {"no": ("konto", "kontonr", "kontonummer", "bankkonto", "bankkontonummer", "kto", "konto nr", "bankgiro")}),
    validator="no_konto",
    checks_digits=True,
    field_names=("kontonummer", "konto", "bankkonto", "kontonr"),
    countries=("NO",),
    source="Finans Norge: bank of four digits, kind of two, number, check modulo 11",
    examples=("8601.11.17947",),
    with_context=("kontonummer 8601 11 17947", "konto nr. 86011117947", "Kontonr: 8601.11.17948"),
    not_examples=("8601.11.17948", "86011117947"),
)  # fmt: skip

NO_PASSPORT = EntityType(
    name="NO_PASSPORT",
    patterns=(code(r"[A-Z]{3}[0-9]{6}|[A-Z]{2}[0-9]{7}", score=0.1, context=0.8), code("[0-9]{8,9}", score=0.02)),
    context=labels.joined(labels.PASSPORT, {"no": ("pass", "passnummer", "passnr", "passet", "norsk pass")}),
    field_names=("passnummer", "pass", "passport", "passport number"),
    countries=("NO",),
    source="Passloven: eight or nine digits; since 2020 three letters and six digits",
    with_context=("passnummer 29876543", "norsk pass nr. FHC002549", "Norwegian passport No. 30123456"),
    not_examples=("29876543", "FHC002549"),
)

NO_IDENTITY_CARD = EntityType(
    name="NO_IDENTITY_CARD",
    patterns=(code(r"[A-Z]{2,3}[0-9]{6,7}", score=0.05, context=0.8), code("[0-9]{8,9}", score=0.02, context=0.65)),
    context=labels.joined(
        labels.IDENTITY_CARD, {"no": ("id kort", "nasjonalt id kort", "identitetskort", "legitimasjon", "bankkort")}
    ),
    field_names=("id kort", "identitetskort", "id card"),
    countries=("NO",),
    source="ID-kortloven: three letters and six digits",
    with_context=("nasjonalt ID-kort nr. CCC123456", "legitimasjon: ID-kort FAB654321"),
    not_examples=(
        "nasjonalt ID-kort nr. CCC12345",
        "CCC123456",
    ),
)

NO_RESIDENCE_PERMIT = EntityType(
    name="NO_RESIDENCE_PERMIT",
    patterns=(
        code(rf"(?:19|20)[0-9]{{2}}{SP}[0-9]{{6}}{SP}[0-9]{{2}}", score=0.05, context=0.85),
        code(r"[A-Z]{2,3}[0-9]{6,7}|[0-9]{9}", score=0.02, context=0.75),
    ),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"no": ("duf", "duf nummer", "duf nr", "dufnummer", "udi", "utlendingsnummer", "oppholdskort", "oppholdstillatelse")}),
    field_names=("duf nummer", "duf", "oppholdskort"),
    countries=("NO",),
    source="Utlendingsforskriften: DUF number of twelve digits, year first; cards under Regulation (EC) 1030/2002",
    with_context=("DUF-nummer 2015 123456 78", "DUF nr. 201512345678", "oppholdskort nr. NOR123456"),
    not_examples=("DUF-nummer 2015 123456 7", "201512345678"),
)  # fmt: skip

NO_DRIVER_LICENSE = EntityType(
    name="NO_DRIVER_LICENSE",
    patterns=(
        code(rf"[0-9]{{2}}{SP}[0-9]{{2}}{SP}[0-9]{{6}}{SP}[0-9]", score=0.02, context=0.8),
        code("[0-9]{11,12}", score=0.02, context=0.7),
    ),
    context=labels.joined(labels.DRIVING_LICENCE, {"no": ("førerkort", "førerkortnummer", "førerkortnr", "førerrett")}),
    field_names=("forerkort", "forerkortnummer", "driver license"),
    countries=("NO",),
    source="Førerkortforskriften: eleven digits",
    with_context=("førerkort nr. 89 15 123456 7", "førerkortnummer: 89151234567"),
    not_examples=(
        "førerkort nr. 89 15 123456",
        "89 15 123456 7",
    ),
)

NO_HEALTH_PROVIDER = EntityType(
    name="NO_HEALTH_PROVIDER",
    patterns=(code("[0-9]{7,9}", score=0.02, context=0.75),),
    context={"no": ("hpr", "hpr nr", "hpr nummer", "hprnr", "her id", "helsepersonell"), "*": ("hpr",)},
    field_names=("hpr nummer", "hpr"),
    countries=("NO",),
    source="Helsepersonellregisteret: seven to nine digits",
    with_context=("lege Kari Nordmann, HPR-nr. 1234567", "HPR 9876543"),
    not_examples=(
        "lege Kari Nordmann, HPR-nr. 123456",
        "1234567",
    ),
)

NO_LICENSE_PLATE = EntityType(
    name="NO_LICENSE_PLATE",
    patterns=(
        capitals(
            rf"{PAIR}[ \x{{A0}}\-][0-9]{{2}}{SP}[0-9]{{3}}|{PAIR}[ \x{{A0}}\-][0-9]{{4}}|(?i:[A-Z]{{2}}[0-9]{{4,5}})",
            context=0.85,
        ),
    ),
    context=labels.joined(
        labels.PLATE,
        {
            "no": (
                "registreringsnummer",
                "kjennemerke",
                "kjøretøyet",
                "bil",
                "bilen",
                "personbil",
                "skiltnummer",
                "bilskilt",
                "reg nr",
            )
        },
    ),
    field_names=("registreringsnummer", "regnr", "license plate", "kjennemerke"),
    countries=("NO",),
    source="Kjøretøyforskriften: two letters and five digits, four for motorcycles and trailers",
    with_context=("bil med kjennemerke AB 12345", "reg.nr. EL98765", "kjøretøyet DN 4321"),
    not_examples=(
        "bil med kjennemerke AB 123",
        "AB 12345",
    ),
)

NO_POSTCODE = EntityType(
    name="NO_POSTCODE",
    patterns=(postcode("[0-9]{4}"), Pattern(regex=r"\b(?:NO|N)-[0-9]{4}\b", score=0.42, context=0.8)),
    context=labels.POSTCODE,
    field_names=("postnummer", "postnr", "postcode", "postal code", "zip"),
    countries=("NO",),
    source="Posten Norge: four digits",
    with_context=("postnummer 0150", "Postnr. 5003"),
    not_examples=(
        "postnummer 015",
        "0150",
    ),
)

TYPES = (
    NO_FODSELSNUMMER, NO_COMPANY_NUMBER, NO_VAT_CODE, NO_BANK_ACCOUNT, NO_PASSPORT, NO_IDENTITY_CARD, NO_RESIDENCE_PERMIT,
    NO_DRIVER_LICENSE, NO_HEALTH_PROVIDER, NO_LICENSE_PLATE, NO_POSTCODE,
)  # fmt: skip
