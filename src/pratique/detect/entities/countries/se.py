"""Sweden."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, luhn
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    DASH,
    SEP,
    SP,
    SPACE,
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
from pratique.detect.entities.record import EntityType, Pattern


def _born(digits: list[int]) -> bool:
    """The last ten digits begin with a date of birth; days plus 60 are of coordination numbers."""
    year, month, day = (digits[-at] * 10 + digits[1 - at] for at in (10, 8, 6)) if len(digits) >= 10 else (0, 0, 0)
    return is_date(year, month, day) or is_date(year, month, day - 60)


def _checked(digits: list[int]) -> bool:
    """Luhn over the last ten digits."""
    return luhn("".join(map(str, digits[-10:])))


def _person(text: str) -> bool:
    """Date of birth and a Luhn digit."""
    digits = digits_of(text)
    return _born(digits) and _checked(digits)


def _person_shape(text: str) -> bool | None:
    return None if _born(digits_of(text)) else False


def _organisation(text: str) -> bool:
    """Ten digits (16 may stand before them), the third 2 or more so that it is no month, and a Luhn digit."""
    digits = digits_of(text)
    return len(digits) in {10, 12} and digits[-8] >= 2 and digits[-10] > 0 and _checked(digits)


def _vat(text: str) -> bool:
    """The number of the organisation or the person, and two digits, as a rule 01."""
    digits = digits_of(text)
    return len(digits) == 12 and any(digits[:10]) and digits[10:] != [0, 0] and luhn("".join(map(str, digits[:10])))


VALIDATORS: Mapping[str, Validator] = {
    "se_personnummer": _person,
    "se_personnummer_shape": _person_shape,
    "se_organisationsnummer": _organisation,
    "se_vat": _vat,
}

_PERSON = rf"(?:18|19|20)?[0-9]{{6}}{SP}(?:{DASH}|\+){SP}[0-9]{{4}}"
_PERSON_PLAIN = rf"(?:18|19|20)?[0-9]{{6}}{SPACE}?[0-9]{{4}}"
SE_PERSONNUMMER = EntityType(
    name="SE_PERSONNUMMER",
    patterns=(
        Pattern(regex=rf"\b(?:{_PERSON})\b", score=0.0, validated=0.8, context=0.95),
        Pattern(regex=r"\b(?:19|20)[0-9]{10}\b", score=0.0, validated=0.55, context=0.95),
        Pattern(regex=rf"\b(?:{_PERSON_PLAIN})\b", score=0.0, validated=WEAK, context=0.9),
        labelled(code(rf"{_PERSON}|{_PERSON_PLAIN}"), "se_personnummer_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "sv": ("personnummer", "personnr", "pers nr", "persnr", "pnr", "p nr", "person nr", "personnumret", "samordningsnummer", "samordningsnr", "samordningsnumret", "född", "personbeteckning"),
            "*": ("personnummer", "swedish personal", "coordination number", "samordningsnummer"),
        },
    ),
    validator="se_personnummer",
    checks_digits=True,
    field_names=("personnummer", "personnr", "samordningsnummer"),
    countries=("SE",),
    source="Folkbokföringslag (1991:481) § 18, Skatteverket SKV 704 and SKV 707: date of birth (coordination numbers: day plus 60) and Luhn",
    examples=("880320-0016", "19880320-0016", "198803200016", "880380-0013"),
    with_context=("Personnummer 8803200016", "personnr: 800101-1234", "samordningsnummer 880380-0013", "pnr 880320 0016"),
    not_examples=("880320-0018", "8803200016", "881320-0014"),
)  # fmt: skip

_ORGANISATION = rf"(?:16)?[0-9]{{6}}{SP}{DASH}?{SP}[0-9]{{4}}"
SE_ORGANISATIONSNUMMER = EntityType(
    name="SE_ORGANISATIONSNUMMER",
    patterns=(
        proved("[0-9]{6}-[0-9]{4}", alone=0.38, context=0.9),
        proved(_ORGANISATION, alone=0.2, context=0.9),
        labelled(code(_ORGANISATION)),
    ),
    context=labels.joined(
        labels.COMPANY,
        {
            "sv": ("organisationsnummer", "organisationsnr", "orgnr", "org nr", "orgnummer", "org nummer", "organisationsnumret", "registreringsnummer", "bolagsverket"),
            "*": ("organisation number", "organization number", "corporate identity", "corporate id", "swedish company"),
        },
    ),
    validator="se_organisationsnummer",
    checks_digits=True,
    field_names=("organisationsnummer", "orgnr", "org nr", "company number"),
    countries=("SE",),
    source="Lag (1974:174) om identitetsbeteckning för juridiska personer: third digit 2 or more, Luhn",
    with_context=("org.nr 556172-1019", "organisationsnummer 5562149772", "Orgnr: 556172-1018"),
    not_examples=("556172-1019", "551272-1019"),
)  # fmt: skip

_VAT = rf"SE{SEP}[0-9]{{6}}{SEP}[0-9]{{4}}{SEP}[0-9]{{2}}"
SE_VAT_CODE = EntityType(
    name="SE_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.joined(
        labels.VAT, {"sv": ("momsregistreringsnummer", "momsreg nr", "moms reg nr", "vat nr", "f skatt")}
    ),
    validator="se_vat",
    field_names=("momsnummer", "momsregistreringsnummer", "vat", "vat number"),
    countries=("SE",),
    source="Mervärdesskattelag (2023:200): SE, the organisation's or person's number and 01",
    examples=("SE556172101901", "SE 556172-1019 01"),
    with_context=("Momsreg.nr SE556172101801",),
    not_examples=(
        "Momsreg.nr SE55617210180",
        "SE556172101801",
    ),
)

_DOCUMENT = rf"[0-9]{{8}}|{series('[0-9]{6,7}')}"
SE_IDENTITY_CARD = EntityType(
    name="SE_IDENTITY_CARD",
    patterns=(capitals(_DOCUMENT, score=0.05, context=0.8), capitals("[0-9]{9,10}", score=0.02, context=0.65)),
    context=labels.joined(
        labels.IDENTITY_CARD, {"sv": ("id kortet", "id kort nr", "id kortsnummer", "nationellt identitetskort", "legitimerat sig", "legitimerade sig", "legitimationens")}
    ),
    field_names=("id kort", "identitetskort", "id card"),
    countries=("SE",),
    source="Förordning (2005:661) om nationellt identitetskort: eight digits; two letters and digits from 2022",
    with_context=("nationellt id-kort nr 12345678", "ID-kort nr 87654321", "Swedish identity card No. 34567812"),
    not_examples=("nationellt id-kort nr 1234567", "12345678"),
)  # fmt: skip

SE_PASSPORT = EntityType(
    name="SE_PASSPORT",
    patterns=(capitals(_DOCUMENT, score=0.05, context=0.8),),
    context=labels.joined(labels.PASSPORT, {"sv": ("passet", "passets nummer", "passhandling")}),
    field_names=("pass", "passnummer", "passport", "passport number"),
    countries=("SE",),
    source="Passlag (1978:302): eight digits; two letters and six or seven digits from 2022",
    with_context=("pass nr 12345678", "passnummer AA1234567", "Swedish passport No. 98765432"),
    not_examples=(
        "pass nr 1234567",
        "12345678",
    ),
)

SE_RESIDENCE_PERMIT = EntityType(
    name="SE_RESIDENCE_PERMIT",
    patterns=(
        capitals(series("[0-9]{7,8}"), score=0.05, context=0.8),
        capitals("[0-9]{2}-[0-9]{6}(?:/[0-9])?|[0-9]{8,9}", score=0.05, context=0.75),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {
            "sv": (
                "uppehållstillståndskort",
                "ut kort",
                "lma kort",
                "dossiernummer",
                "dossiernr",
                "beteckning migrationsverket",
                "uppehållsrätt",
            )
        },
    ),
    field_names=("uppehallstillstand", "dossiernummer"),
    countries=("SE",),
    source="Utlänningsförordning (2006:97); Regulation (EC) 1030/2002: card number; file number of Migrationsverket",
    with_context=("uppehållstillståndskort nr SE1234567", "LMA-kort 50-123456/7", "dossiernummer 12-345678"),
    not_examples=(
        "uppehållstillståndskort nr SE123456",
        "12-345678",
    ),
)

SE_DRIVER_LICENSE = EntityType(
    name="SE_DRIVER_LICENSE",
    patterns=(code(rf"{_PERSON}|{_PERSON_PLAIN}", score=0.02, context=0.8, validator="se_personnummer_shape"),),
    context=labels.joined(
        labels.DRIVING_LICENCE, {"sv": ("körkortsnummer", "körkort nr", "körkortet", "referensnummer körkort")}
    ),
    field_names=("korkort", "korkortsnummer", "driver license"),
    countries=("SE",),
    source="Körkortsförordning (1998:980): the holder's personal number; reference numbers of digits",
    with_context=("körkort nr 880320-0016", "körkortsnummer: 880320-0018"),
    not_examples=(
        "körkort nr 880320-001",
        "880320-0018",
    ),
)

SE_LICENSE_PLATE = EntityType(
    name="SE_LICENSE_PLATE",
    patterns=(
        plate(r"[A-HJ-PR-UW-Z]{3}[ \-]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]", context=0.85, near=labels.every(labels.VEHICLE)),
        code(r"[A-HJ-PR-UW-Z]{3}[ \-]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]", score=0.02, context=0.75),
    ),
    context=labels.joined(
        labels.PLATE, {"sv": ("registreringsnumret", "regnummer", "reg nummer", "regskylt", "med registrerings")}
    ),
    field_names=("registreringsnummer", "regnr", "license plate"),
    countries=("SE",),
    source="Förordning (2019:383) om fordons registrering: three letters, two digits, a digit or letter",
    with_context=("personbil med registreringsnummer ABC 123", "bilen, regnr DEF45G", "fordonet ABC123"),
    not_examples=("ABC 123", "ABC 1234"),
)

SE_POSTCODE = EntityType(
    name="SE_POSTCODE",
    patterns=(
        postcode(rf"[1-9][0-9]{{2}}{SP}[0-9]{{2}}"),
        capitals(rf"SE?-[1-9][0-9]{{2}}{SP}[0-9]{{2}}", score=0.4, context=0.8),
    ),
    context=labels.POSTCODE,
    field_names=("postnummer", "postnr", "postcode", "postal code", "zip"),
    countries=("SE",),
    source="Svensk standard SS 613401, PostNord: five digits",
    with_context=("postnummer 114 55", "postnr: 41301", "postcode SE-114 55"),
    not_examples=(
        "postnummer 114 5",
        "114 55",
    ),
)

_CLEARING = r"[1-9][0-9]{3}(?:-[0-9])?"
SE_BANK_ACCOUNT = EntityType(
    name="SE_BANK_ACCOUNT",
    patterns=(
        code(rf"{_CLEARING}[ ,\-]{{1,2}}[0-9]{{2,3}}[ \-.]?[0-9]{{3}}[ \-.]?[0-9]{{2,3}}(?:[ \-]?[0-9])?", score=0.02, context=0.8),
        code(rf"{_CLEARING}[ ,\-]{{1,2}}{grouped(2, 2, 2, 1, by='[ .-]?')}", score=0.02, context=0.8),
        Pattern(
            regex=rf"(?i)\bkonto(?:nummer|nr)?\.?:?{SPACE}[0-9]{{7,14}}\b",
            lead=rf"(?i)konto(?:nummer|nr)?\.?:?{SPACE}",
            score=0.6,
            context=0.8,
        ),
        code(r"[0-9]{3,4}-[0-9]{4}|(?:[0-9]{1,2}[ ])?[0-9]{2} [0-9]{2}(?: [0-9]{2})?-[0-9]|[0-9]{3,7}-[0-9]", score=0.02, context=0.8, validator="luhn"),
        Pattern(
            regex=rf"(?i)\bclearing(?:nummer|nr|no)?\.?:?{SPACE}?{_CLEARING}\b", lead=rf"(?i)clearing(?:nummer|nr|no)?\.?:?{SPACE}?", score=0.6, context=0.8
        ),
    ),
    context=labels.joined(
        labels.ACCOUNT,
        {"sv": ("kontonumret", "clearingnummer", "clearingnr", "cl nr", "bankgiro", "bankgironr", "bg", "plusgiro", "plusgironr", "pg", "postgiro", "lönekonto", "sparkonto")},
    ),
    field_names=("kontonummer", "bankkonto", "bankgiro", "plusgiro", "clearingnummer"),
    countries=("SE",),
    source="Bankgirot: clearing number and account; Bankgiro and PlusGiro numbers with a Luhn digit",
    with_context=("kontonummer 8327-9, 123 456 789-0", "konto 6123-123 456 789", "bankgiro 547-1305", "Clearingnr: 5678", "plusgiro 49 58 18-7"),
    not_examples=("547-1305", "8327-9 1234567890"),
)  # fmt: skip

TYPES = (
    SE_PERSONNUMMER, SE_ORGANISATIONSNUMMER, SE_VAT_CODE, SE_IDENTITY_CARD, SE_PASSPORT, SE_RESIDENCE_PERMIT, SE_DRIVER_LICENSE,
    SE_LICENSE_PLATE, SE_POSTCODE, SE_BANK_ACCOUNT,
)  # fmt: skip
