"""France."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, by_stdnum, digits_of, luhn
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    SPACE,
    WEAK,
    code,
    grouped,
    labelled,
    plate,
    postcode,
    proved,
)
from pratique.detect.entities.record import EntityType, Pattern

_nir_checked = by_stdnum("fr.nir")


def _nir(text: str) -> bool | None:
    """The key modulo 97 of fifteen characters; thirteen have none."""
    plain = alphanumerics(text)
    return None if len(plain) == 13 else _nir_checked(plain)


def _nir_shape(text: str) -> bool | None:
    """A month, or one of those that stand for an unknown one, and a department."""
    plain = alphanumerics(text)
    known = plain[3:5].isdigit() and (1 <= int(plain[3:5]) <= 12 or 20 <= int(plain[3:5]) <= 99)
    return None if known else False


def _spi(text: str) -> bool:
    """The last three digits are the first ten modulo 511."""
    digits = "".join(map(str, digits_of(text)))
    return len(digits) == 13 and digits[0] < "4" and int(digits[:10]) % 511 == int(digits[10:])


def _siren(text: str) -> bool:
    return len(set(digits_of(text))) > 1 and luhn(text)


def _siret(text: str) -> bool:
    """Luhn over fourteen digits and over the company's nine; for the post office the sum modulo 5."""
    digits = digits_of(text)
    if digits[:9] == [3, 5, 6, 0, 0, 0, 0, 0, 0]:
        return sum(digits) % 5 == 0
    return len(set(digits)) > 1 and luhn("".join(map(str, digits[:9]))) and luhn(text)


def _rib(text: str) -> bool:
    """Bank, branch and account with letters as digits, times 89, 15 and 3, and the key: modulo 97."""
    plain = alphanumerics(text)
    number = "".join(c if c.isdigit() else str((int(c, 36) - 10) % 9 + 1 + (c >= "S")) for c in plain)
    if len(plain) != 23 or not number.isdigit() or int(number) == 0:
        return False
    bank, branch, account, key = (int(number[a:b]) for a, b in ((0, 5), (5, 10), (10, 21), (21, 23)))
    return (89 * bank + 15 * branch + 3 * account + key) % 97 == 0


def _two_digits(text: str) -> bool | None:
    return None if sum(map(str.isdigit, text)) >= 2 else False


VALIDATORS: Mapping[str, Validator] = {
    "fr_nir": _nir,
    "fr_nir_shape": _nir_shape,
    "fr_spi": _spi,
    "fr_siren": _siren,
    "fr_siret": _siret,
    "fr_tva": by_stdnum("fr.tva"),
    "fr_rib": _rib,
    "fr_luhn": _siren,
    "fr_document": _two_digits,
}

_THIRTEEN = rf"[1-478]{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}(?:[0-9]{{2}}|2[AB]){SEP}[0-9]{{3}}{SEP}[0-9]{{3}}"
_KEY = rf"(?:{SPACE}?(?:[/|(\-]|clé|cle){SPACE}?|{SEP})[0-9]{{2}}"
_NIR = f"{_THIRTEEN}{_KEY}"
FR_NIR = EntityType(
    name="FR_NIR",
    patterns=(
        proved(_NIR, alone=0.75, context=0.95, score=0.1),
        labelled(code(_NIR), "fr_nir_shape"),
        code(_THIRTEEN, score=0.02, context=0.75, validator="fr_nir_shape"),
    ),
    context=labels.joined(
        labels.SOCIAL_SECURITY,
        {"fr": ("nir", "insee", "numéro de sécu", "carte vitale", "assurée", "assuré", "immatriculation", "nss", "n ss", "numéro ss", "sécurité sociale", "matricule")},
        {"*": ("nir", "insee", "french social security")},
    ),
    validator="fr_nir",
    checks_digits=True,
    field_names=("nir", "numero securite sociale", "insee", "securite sociale", "num secu", "nss"),
    countries=("FR",),
    source="INSEE, décret 82-103: numéro d'inscription au répertoire, key modulo 97",
    examples=("2 95 10 99 126 111 93", "295109912611193", "2 95 10 99 126 111 / 93"),
    with_context=("n° de sécurité sociale 1 80 01 75 123 456 00", "numéro de sécurité sociale : 1 80 01 75 123 456", "NIR 180012A123456 clé 12"),
    not_examples=("295109912611199", "2 95 10 99 126 111"),
)  # fmt: skip

_SPI = rf"[0-3](?:[0-9]{{12}}|[0-9]{SP}{grouped(2, 3, 3, 3, by=SP)})"
FR_TAX_ID = EntityType(
    name="FR_TAX_ID",
    patterns=(proved(_SPI, alone=0.5, context=0.9), labelled(code(_SPI))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {"fr": ("numéro fiscal", "spi", "référence fiscale", "identifiant fiscal", "n fiscal", "déclarant")},
    ),
    validator="fr_spi",
    checks_digits=True,
    field_names=("numero fiscal", "spi", "tax id"),
    countries=("FR",),
    source="Direction générale des finances publiques: numéro fiscal de référence, check modulo 511",
    examples=("30 23 217 600 053", "3023217600053"),
    with_context=("Numéro fiscal : 30 23 217 600 054", "SPI 0123456789002"),
    not_examples=(
        "Numéro fiscal : 30 23 217 600 05",
        "3023217600054",
    ),
)

_SIREN = grouped(3, 3, 3)
FR_SIREN = EntityType(
    name="FR_SIREN",
    patterns=(proved(_SIREN, alone=WEAK, context=0.85), labelled(code(_SIREN))),
    context={
        "fr": (
            "siren",
            "rcs",
            "r c s",
            "registre du commerce",
            "registre du commerce et des sociétés",
            "immatriculée",
            "rne",
            "répertoire des métiers",
        ),
        "*": ("siren", "rcs", "french company", "trade and companies register"),
    },
    validator="fr_siren",
    checks_digits=True,
    field_names=("siren",),
    countries=("FR",),
    source="Code de commerce art. R123-220, INSEE: nine digits, Luhn",
    with_context=("RCS Paris 732 829 320", "SIREN : 732829320", "RCS Lyon 732 829 321"),
    not_examples=("732829320", "732 829 321"),
)

_SIRET = grouped(3, 3, 3, 5)
FR_SIRET = EntityType(
    name="FR_SIRET",
    patterns=(proved(_SIRET, alone=0.45, context=0.9), labelled(code(_SIRET))),
    context={"fr": ("siret", "siren", "établissement", "rcs", "n siret"), "*": ("siret",)},
    validator="fr_siret",
    checks_digits=True,
    field_names=("siret",),
    countries=("FR",),
    source="Code de commerce art. R123-221, INSEE: company and establishment, Luhn",
    with_context=("SIRET 732 829 320 00074", "n° SIRET : 73282932000074", "SIRET 73282932000075"),
    not_examples=(
        "SIRET 732 829 320 0007",
        "73282932000075",
    ),
)

_VAT = rf"FR{SEP}[0-9A-HJ-NP-Z]{{2}}{SEP}{grouped(3, 3, 3)}"
FR_VAT_CODE = EntityType(
    name="FR_VAT_CODE",
    patterns=(proved(_VAT, alone=0.85, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.VAT,
    validator="fr_tva",
    field_names=("tva", "numero tva", "tva intracommunautaire", "vat", "vat number"),
    countries=("FR",),
    source="Code général des impôts art. 286 ter: FR, key, SIREN",
    examples=("FR44732829320", "FR 44 732 829 320"),
    with_context=("TVA intracommunautaire : FR45732829320",),
    not_examples=(
        "TVA intracommunautaire : FR4573282932",
        "FR45732829320",
    ),
)

FR_PASSPORT = EntityType(
    name="FR_PASSPORT",
    patterns=(code(rf"[0-9]{{2}}{SP}[A-Z]{{2}}{SP}[0-9]{{5}}", score=0.25, context=0.85),),
    context=labels.PASSPORT,
    field_names=("passeport", "passport", "passport number"),
    countries=("FR",),
    source="Décret 2005-1726: two digits, two letters, five digits",
    with_context=("passeport n° 12AB34567", "titulaire du passeport français 09 CD 12345"),
    not_examples=(
        "passeport n° 12AB3456",
        "12AB34567",
    ),
)

FR_IDENTITY_CARD = EntityType(
    name="FR_IDENTITY_CARD",
    patterns=(
        code(rf"[0-9]{{12}}|[0-9]{{4}}{SPACE}[0-9]{{4}}{SPACE}[0-9]{{4}}|[0-9]{{4}}[0-9AB]{{3}}[0-9]{{5}}", score=0.05),
        code("[A-Z0-9]{9}", score=0.02, context=0.7, validator="fr_document", needs_digit=True),
    ),
    context=labels.IDENTITY_CARD,
    field_names=("cni", "carte identite", "numero carte identite", "id card"),
    countries=("FR",),
    source="Décret 55-1397: twelve characters, since 2021 nine",
    with_context=(
        "carte nationale d'identité n° 880692310285",
        "CNI n° X4RTBPFW4",
        "titulaire de la carte d'identité 150375A00123",
    ),
    not_examples=("880692310285", "X4RTBPFW4"),
)

FR_RESIDENCE_PERMIT = EntityType(
    name="FR_RESIDENCE_PERMIT",
    patterns=(
        code("[0-9]{10}", score=0.05),
        code("[A-Z0-9]{9}", score=0.02, context=0.7, validator="fr_document", needs_digit=True),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT, {"fr": ("agdref", "numéro étranger", "n étranger", "numéro d étranger")}
    ),
    field_names=("titre sejour", "agdref"),
    countries=("FR",),
    source="Code de l'entrée et du séjour des étrangers: AGDREF number of ten digits, documents of nine characters",
    with_context=("titre de séjour n° 9912345678", "carte de résident n° TFR12345K"),
    not_examples=(
        "titre de séjour n° 99123456",
        "9912345678",
    ),
)

FR_DRIVER_LICENSE = EntityType(
    name="FR_DRIVER_LICENSE",
    patterns=(
        code(
            rf"[0-9]{{12}}|[0-9]{{2}}{SP}[A-Z]{{2}}{SP}[0-9]{{5}}|[0-9]{{2}}{SPACE}[0-9]{{2}}{SPACE}[0-9]{{2}}{SPACE}[0-9]{{6}}",
            score=0.05,
            context=0.8,
        ),
    ),
    context=labels.DRIVING_LICENCE,
    field_names=("permis conduire", "driver license"),
    countries=("FR",),
    source="Code de la route, arrêté of 20 April 2012: twelve digits, since 2013 nine characters",
    with_context=("permis de conduire n° 751299100123", "permis n° 13AA00002"),
    not_examples=("751299100123", "13AA00002"),
)

FR_HEALTH_PROVIDER = EntityType(
    name="FR_HEALTH_PROVIDER",
    patterns=(
        proved("[0-9]{11}", alone=WEAK, context=0.85),
        code("[0-9]{8}[0-9AB]|[0-9][AB][0-9]{7}", score=0.02, context=0.65, validator="unchecked"),
    ),
    context={"fr": ("rpps", "adeli", "finess", "n rpps", "numéro rpps", "numéro adeli")},
    validator="fr_luhn",
    checks_digits=True,
    field_names=("rpps", "adeli", "finess"),
    countries=("FR",),
    source="Agence du numérique en santé: RPPS of eleven digits, ADELI and FINESS of nine, Luhn",
    with_context=("Dr Martin, RPPS 10001234565", "N° ADELI : 751234564"),
    not_examples=("10001234565", "10001234561"),
)

FR_STUDENT_NUMBER = EntityType(
    name="FR_STUDENT_NUMBER",
    patterns=(
        code("[0-9]{10}[A-Z]|[0-9]{9}[A-Z]{2}|[0-9][A-Z0-9]{9}[A-Z]", score=0.15, context=0.8, validator="fr_document"),
    ),
    context={
        "fr": (
            "ine",
            "bea",
            "étudiant",
            "identifiant national élève",
            "identifiant national étudiant",
            "numéro étudiant",
        )
    },
    field_names=("ine",),
    countries=("FR",),
    source="Ministère de l'éducation nationale: identifiant national étudiant, eleven characters",
    with_context=("INE : 1234567890K", "étudiant n° 123456789AB"),
    not_examples=(
        "INE : 1234567890",
        "1234567890K",
    ),
)

_PLATE_LETTERS = "A-HJ-NP-TV-Z"
FR_LICENSE_PLATE = EntityType(
    name="FR_LICENSE_PLATE",
    patterns=(
        plate(
            f"[{_PLATE_LETTERS}]{{2}}[- ]?[0-9]{{3}}[- ]?[{_PLATE_LETTERS}]{{2}}",
            score=0.3,
            context=0.85,
            near=labels.every(labels.VEHICLE),
        ),
        code("[0-9]{1,4}[- ]?[A-Z]{2,3}[- ]?(?:[0-9]{2}|2[AB]|97[1-8])", score=0.1, context=0.75),
        code("[a-z]{2}-[0-9]{3}-[a-z]{2}", score=0.2),
    ),
    context=labels.PLATE,
    field_names=("immatriculation", "plaque", "license plate"),
    countries=("FR",),
    source="Arrêté of 9 February 2009: two letters, three digits, two letters; before 2009 digits, letters, department",
    with_context=("véhicule immatriculé AB-123-CD", "plaque d'immatriculation : AB 123 CD", "immatriculée 1234 AB 75"),
    not_examples=("AB-123-CD", "AI-123-OU"),
)

FR_POSTCODE = EntityType(
    name="FR_POSTCODE",
    patterns=(
        postcode("(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}"),
        Pattern(regex=r"\bF-(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}\b", score=0.45, context=0.8),
    ),
    context=labels.joined(labels.POSTCODE, {"fr": ("cp", "code post")}),
    field_names=("code postal", "cp", "postcode", "postal code", "zip"),
    countries=("FR",),
    source="La Poste: department and three digits",
    with_context=("code postal 75008", "CP : 69002"),
    not_examples=("75008", "CP 99123"),
)

_RIB = rf"[0-9]{{5}}{SEP}[0-9]{{5}}{SEP}(?:[0-9A-Z]{{11}}|[0-9]{{4}} [0-9]{{3}} [0-9]{{4}}){SEP}[0-9]{{2}}"
FR_BANK_ACCOUNT = EntityType(
    name="FR_BANK_ACCOUNT",
    patterns=(
        proved(_RIB, alone=0.75, context=0.95),
        labelled(code(_RIB)),
        code("[0-9]{11}|[0-9]{10}[A-Z]", score=0.02, context=0.6, validator="unchecked"),
    ),
    context=labels.joined(labels.ACCOUNT, {"fr": ("rib", "code banque", "code guichet", "guichet", "clé rib")}),
    validator="fr_rib",
    checks_digits=True,
    field_names=("rib", "compte bancaire", "numero compte"),
    countries=("FR",),
    source="Comité français d'organisation et de normalisation bancaires: relevé d'identité bancaire, key modulo 97",
    examples=("20041 01005 0500013M026 06", "2004101005 0500013M026 06"),
    with_context=("RIB : 20041 01005 0500013M026 07", "compte n° 12345678901"),
    not_examples=(
        "RIB : 20041 01005 0500013M026 0",
        "20041 01005 0500013M026 07",
    ),
)

TYPES = (
    FR_NIR, FR_TAX_ID, FR_SIREN, FR_SIRET, FR_VAT_CODE, FR_PASSPORT, FR_IDENTITY_CARD, FR_RESIDENCE_PERMIT, FR_DRIVER_LICENSE,
    FR_HEALTH_PROVIDER, FR_STUDENT_NUMBER, FR_LICENSE_PLATE, FR_POSTCODE, FR_BANK_ACCOUNT,
)  # fmt: skip
