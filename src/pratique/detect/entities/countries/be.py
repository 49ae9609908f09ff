"""Belgium."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
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


def _number(text: str) -> str:
    return "".join(map(str, digits_of(text)))


def _national_number(text: str) -> bool:
    """Nine digits, with a 2 before them from births of 2000 to 2049, modulo 97; months plus 20 or 40 are of the bis register."""
    digits = _number(text)
    if len(digits) != 11:
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    if not (1 <= month % 20 <= 12 and month < 53 and 1 <= day <= 31):
        return False  # numbers without a birth date exist, but any number of eleven digits looks like them
    body, check = int(digits[:9]), 97 - int(digits[9:])
    return check == body % 97 or (int(digits[:2]) < 50 and check == (2_000_000_000 + body) % 97)


def _national_shape(text: str) -> bool | None:
    """A month and a day."""
    digits = _number(text)
    return None if len(digits) == 11 and int(digits[2:4]) % 20 <= 12 and int(digits[4:6]) <= 31 else False


def _enterprise(text: str) -> bool:
    """Eight digits and their complement modulo 97; nine digits are older, without the leading zero."""
    digits = _number(text)
    return 9 <= len(digits) <= 10 and int(digits) > 0 and (int(digits[:-2]) + int(digits[-2:])) % 97 == 0


def _modulo_97(text: str) -> bool:
    """The last two digits are the rest of the others, 97 for none: of accounts and of cards."""
    digits = _number(text)
    return len(digits) == 12 and int(digits) > 0 and (int(digits[:10]) % 97 or 97) == int(digits[10:])


def _provider(text: str) -> bool:
    """Of eleven digits, the seventh and eighth are the complement of the first six modulo 97."""
    digits = _number(text)
    return len(digits) == 11 and digits[0] > "0" and 97 - int(digits[:6]) % 97 == int(digits[6:8])


VALIDATORS: Mapping[str, Validator] = {
    "be_nn": _national_number,
    "be_nn_shape": _national_shape,
    "be_enterprise": _enterprise,
    "be_97": _modulo_97,
    "be_inami": _provider,
}

_NN = grouped(2, 2, 2, 3, 2)
BE_NATIONAL_NUMBER = EntityType(
    name="BE_NATIONAL_NUMBER",
    patterns=(
        proved(r"[0-9]{2}[. ][0-9]{2}[. ][0-9]{2}[\- ][0-9]{3}[.\- ][0-9]{2}", alone=0.9, context=0.95, score=0.3),
        proved(_NN),
        labelled(code(_NN), "be_nn_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "nl": ("rijksregisternummer", "rijksregister", "insz", "rijksregisternr", "rr nr", "rrnr", "nationaal nummer", "bisnummer", "identificatienummer van het rijksregister"),
            "fr": ("registre national", "niss", "numéro national", "n national", "rn", "nn", "numéro bis", "n de registre national", "nrn"),
            "de": ("nationalregister", "nationalregisternummer", "enss"),
            "*": ("rrn", "nrn", "insz", "niss", "ssin", "national register", "national number"),
        },
    ),
    validator="be_nn",
    checks_digits=True,
    field_names=("rijksregisternummer", "numero national", "national register number", "insz", "niss", "registre national"),
    countries=("BE",),
    source="Royal decree of 3 April 1984: date of birth, check modulo 97",
    examples=("85.07.30-033.28", "85073003328", "85 07 30 033 28"),
    with_context=("numéro de registre national 80.01.01-123.45", "rijksregisternummer 85.07.30-033-28", "NISS : 850730 033 28", "N.N. 85.07.30 033.28"),
    not_examples=("85073003329", "85.17.30-033.28"),
)  # fmt: skip

_ENTERPRISE = rf"[01]{grouped(3, 3, 3)}"
BE_COMPANY_NUMBER = EntityType(
    name="BE_COMPANY_NUMBER",
    patterns=(
        proved(r"[01][0-9]{3}\.[0-9]{3}\.[0-9]{3}", alone=0.75, context=0.95, score=0.2),
        proved(f"{_ENTERPRISE}|[1-9][0-9]{{2}}[. ]?[0-9]{{3}}[. ]?[0-9]{{3}}", alone=0.38),
        labelled(code(f"{_ENTERPRISE}|[1-9][0-9]{{2}}[. ]?[0-9]{{3}}[. ]?[0-9]{{3}}")),
    ),
    context={
        "nl": ("kbo", "ondernemingsnummer", "kruispuntbank", "rpr", "ondernemingsnr", "btw", "kbo nummer"),
        "fr": ("bce", "numéro d entreprise", "rpm", "banque carrefour", "n d entreprise", "tva"),
        "de": ("zdu", "unternehmensnummer", "rjp"),
        "*": ("crossroads bank", "enterprise number", "company number", "belgian company", "vat"),
    },
    validator="be_enterprise",
    checks_digits=True,
    field_names=("ondernemingsnummer", "numero entreprise", "kbo", "bce", "enterprise number"),
    countries=("BE",),
    source="Code of economic law, book III: ten digits, check modulo 97",
    examples=("0403.019.261",),
    with_context=("KBO 0403019261", "BCE n° 0403 019 261", "numéro d'entreprise 0403.019.262", "RPR Gent 0403.019.261"),
    not_examples=("0403019261", "0403.019.262"),
)  # fmt: skip

_VAT = rf"BE{SEP}(?:{_ENTERPRISE}|{grouped(3, 3, 3)})"
BE_VAT_CODE = EntityType(
    name="BE_VAT_CODE",
    patterns=(proved(_VAT, alone=0.85, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.VAT,
    validator="be_enterprise",
    field_names=("btw nummer", "btw", "tva", "vat", "vat number", "numero tva"),
    countries=("BE",),
    source="VAT Code art. 50: BE and the enterprise number",
    examples=("BE0403019261", "BE 0403.019.261", "BE-0403.019.261"),
    with_context=("BTW BE 0403.019.262", "TVA BE403.019.261"),
    not_examples=(
        "BTW BE 0403.019.26",
        "BE0403019262",
    ),
)

_CARD = r"[0-9]{3}[\- ][0-9]{7}[\- ][0-9]{2}"
BE_IDENTITY_CARD = EntityType(
    name="BE_IDENTITY_CARD",
    patterns=(
        proved(_CARD, alone=0.6, context=0.9),
        proved("[0-9]{12}", alone=0.3, context=0.8),
        labelled(code(rf"{_CARD}|[0-9]{{12}}")),
        code(
            rf"B{SEP}[0-9]{{9}}|B{SEP}[0-9]{{3}}[ .\-][0-9]{{3}}[ .\-][0-9]{{3}}|B{SEP}[0-9]{{7}}{SEP}[0-9]{{2}}",
            score=0.1,
            context=0.75,
            validator="unchecked",
        ),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"nl": ("kaartnummer", "eid", "eid kaart"), "fr": ("numéro de carte", "eid"), "*": ("eid", "card number")},
    ),
    validator="be_97",
    field_names=("identiteitskaart", "carte identite", "eid", "id card", "kaartnummer"),
    countries=("BE",),
    source="Royal decree of 25 March 2003: twelve digits, check modulo 97; foreigners' cards B and nine digits",
    examples=("591-1234567-53",),
    with_context=(
        "identiteitskaart nr. 591-1234567-04",
        "carte d'identité n° 591 1234567 53",
        "identiteitskaart B 1234567 89",
    ),
    not_examples=("591-1234567-04", "591123456753"),
)

BE_PASSPORT = EntityType(
    name="BE_PASSPORT",
    patterns=(capitals(series("[0-9]{6}"), score=0.1, context=0.8),),
    context=labels.PASSPORT,
    field_names=("paspoort", "passeport", "passport", "passport number", "paspoortnummer"),
    countries=("BE",),
    source="Law of 10 February 2015 on passports: two letters and six digits",
    with_context=("paspoort nr. EJ123456", "passeport belge n° EK 654321"),
    not_examples=(
        "paspoort nr. EJ12345",
        "EJ123456",
    ),
)

BE_RESIDENCE_PERMIT = EntityType(
    name="BE_RESIDENCE_PERMIT",
    patterns=(
        capitals(
            rf"(?i:[A-Z]{{1,2}}[.\-/]?)[0-9]{{7,9}}|[A-MO-Z][A-Z]?{SPACE}[0-9]{{7,9}}|[0-9]{{7}}",
            score=0.05,
            context=0.7,
        ),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {
            "nl": ("ov nummer", "ov nr", "dossiernummer dvz", "openbare veiligheid"),
            "fr": ("sûreté publique", "n sp", "numéro sp"),
        },
    ),
    countries=("BE",),
    source="Royal decree of 8 October 1981: cards of foreigners; file number of the Immigration Office, seven digits",
    with_context=("verblijfskaart nr. B123456789", "titre de séjour B1234567", "O.V.-nummer 7654321"),
    not_examples=(
        "verblijfskaart nr. B123456",
        "B123456789",
    ),
)

BE_DRIVER_LICENSE = EntityType(
    name="BE_DRIVER_LICENSE",
    patterns=(code("[0-9]{10}", score=0.02, context=0.75),),
    context=labels.DRIVING_LICENCE,
    field_names=("rijbewijs", "permis conduire", "driver license", "rijbewijsnummer"),
    countries=("BE",),
    source="Royal decree of 23 March 1998: ten digits",
    with_context=("rijbewijs nr. 1234567890", "permis de conduire n° 1987654321"),
    not_examples=(
        "rijbewijs nr. 123456789",
        "1234567890",
    ),
)

BE_HEALTH_PROVIDER = EntityType(
    name="BE_HEALTH_PROVIDER",
    patterns=(
        proved(r"[1-9][\-/. ][0-9]{5}[\-/. ][0-9]{2}[\-/. ][0-9]{3}", alone=0.75, context=0.95),
        proved("[1-9][0-9]{10}", alone=0.3, context=0.85),
    ),
    context={"nl": ("riziv", "rizivnummer"), "fr": ("inami", "n inami"), "*": ("riziv", "inami", "nihdi")},
    validator="be_inami",
    checks_digits=True,
    field_names=("riziv", "inami"),
    countries=("BE",),
    source="RIZIV-INAMI: profession and number, complement modulo 97, qualification",
    examples=("1-23456-25-001",),
    with_context=("RIZIV 12345625001", "n° INAMI 1-23456-25-001"),
    not_examples=("1-23456-26-001", "12345625001"),
)

BE_LICENSE_PLATE = EntityType(
    name="BE_LICENSE_PLATE",
    patterns=(
        plate(
            r"[1-9OQ]-[A-Z]{3}-[0-9]{3}",
            score=0.4,
            context=0.9,
            near=(*labels.every(labels.VEHICLE), "plaque", "plaques", "plaat"),
        ),
        code(
            r"[1-9OQ][ \-]?[A-Z]{3}[ \-]?[0-9]{3}|[A-Z]{3}[ \-][0-9]{3}|[0-9]{3}[ \-][A-Z]{3}", score=0.15, context=0.8
        ),
        code("[1-9oq]-[a-z]{3}-[0-9]{3}", score=0.3),
    ),
    context=labels.PLATE,
    field_names=("nummerplaat", "plaque", "license plate", "kenteken"),
    countries=("BE",),
    source="Royal decree of 20 July 2001: digit, three letters, three digits; before 2010 without the first digit",
    with_context=("nummerplaat 1-ABC-123", "plaque d'immatriculation 1-XYZ-987", "voertuig met nummerplaat ABC-123"),
    not_examples=("1-ABC-123", "ABC-123"),
)

BE_POSTCODE = EntityType(
    name="BE_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"), Pattern(regex=r"\bB-[1-9][0-9]{3}\b", score=0.42, context=0.8)),
    context=labels.POSTCODE,
    field_names=("postcode", "code postal", "postal code", "zip"),
    countries=("BE",),
    source="bpost: four digits",
    with_context=("postcode 1000", "code postal : 4000"),
    not_examples=("1000", "B-1000"),
)

_ACCOUNT = _CARD
BE_BANK_ACCOUNT = EntityType(
    name="BE_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.6, context=0.95),
        proved("[0-9]{12}", alone=WEAK, context=0.85),
        labelled(code(_ACCOUNT)),
    ),
    context=labels.ACCOUNT,
    validator="be_97",
    checks_digits=True,
    field_names=("rekeningnummer", "rekening", "numero compte", "compte"),
    countries=("BE",),
    source="National Bank of Belgium: accounts before IBAN, twelve digits, check modulo 97",
    examples=("539-0075470-34",),
    with_context=("rekeningnummer 539007547034", "compte n° 539-0075470-35"),
    not_examples=("539-0075470-35", "539007547034"),
)

BE_PAYMENT_REFERENCE = EntityType(
    name="BE_PAYMENT_REFERENCE",
    patterns=(
        Pattern(
            regex=r"\+\+\+[0-9]{3}/[0-9]{4}/[0-9]{5}\+\+\+|\*\*\*[0-9]{3}/[0-9]{4}/[0-9]{5}\*\*\*",
            score=0.1,
            validated=0.8,
            context=0.9,
            edges="word",
        ),
    ),
    context={"nl": ("mededeling", "gestructureerde mededeling"), "fr": ("communication", "communication structurée")},
    validator="be_97",
    countries=("BE",),
    source="Febelfin: structured communication, check modulo 97",
    examples=(
        "+++566/5897/99653+++",
        "+++090/9337/55493+++",
    ),
    not_examples=(
        "+++090/9337/55493++",
        "+++090/9337/55494+++",
    ),
)

TYPES = (
    BE_NATIONAL_NUMBER, BE_COMPANY_NUMBER, BE_VAT_CODE, BE_IDENTITY_CARD, BE_PASSPORT, BE_RESIDENCE_PERMIT, BE_DRIVER_LICENSE,
    BE_HEALTH_PROVIDER, BE_LICENSE_PLATE, BE_POSTCODE, BE_BANK_ACCOUNT, BE_PAYMENT_REFERENCE,
)  # fmt: skip
