"""Spain. Types that Presidio has too keep its names."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, by_stdnum, digits_of
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
from pratique.detect.entities.record import EntityType

_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_FIRST = "XYZ"


def _nif(text: str) -> bool:
    """The letter is the number modulo 23; K, L and M before it are for persons without a card."""
    plain = alphanumerics(text).lstrip("KLM")
    number = plain[:-1]
    return number.isdigit() and 7 <= len(number) <= 8 and plain[-1] == _LETTERS[int(number) % 23]


def _nie(text: str) -> bool:
    """As of the NIF, with X, Y, Z as 0, 1, 2 before the digits."""
    plain = alphanumerics(text)
    number = plain[1:-1]
    if not (number.isdigit() and 6 <= len(number) <= 8 and plain[0] in _FIRST):
        return False
    return plain[-1] == _LETTERS[int(f"{_FIRST.index(plain[0])}{number}") % 23]


_cif = by_stdnum("es.cif")


def _vat(text: str) -> bool:
    plain = alphanumerics(text).removeprefix("ES")
    return (
        _nie(plain)
        if plain[:1] in _FIRST
        else _nif(plain)
        if plain[:1].isdigit() or plain[:1] in "KLM"
        else _cif(plain) is True
    )


def _social_security(text: str) -> bool:
    """Province, number, and both modulo 97; a number below ten million counts without leading zeros."""
    digits = "".join(map(str, digits_of(text)))
    if len(digits) not in {11, 12} or not ("01" <= digits[:2] <= "53" or digits[:2] == "66"):
        return False
    province, number = int(digits[:2]), int(digits[2:-2])
    body = province * 10_000_000 + number if number < 10_000_000 else int(digits[:-2])
    return number > 0 and body % 97 == int(digits[-2:])


VALIDATORS: Mapping[str, Validator] = {
    "es_nif": _nif,
    "es_nie": _nie,
    "es_cif": _cif,
    "es_vat": _vat,
    "es_nuss": _social_security,
    "es_ccc": by_stdnum("es.ccc"),
    "es_cups": by_stdnum("es.cups"),
    "es_cadastral": by_stdnum("es.referenciacatastral"),
}

_NIF = rf"(?:[0-9]{{8}}|[0-9]{{2}}[. ][0-9]{{3}}[. ][0-9]{{3}}){SEP}{SP}[A-Z]"
_NIF_ODD = rf"[KLM]{SEP}[0-9]{{7}}{SEP}[A-Z]|[0-9](?:[0-9]{{6}}|[. ][0-9]{{3}}[. ][0-9]{{3}}){SEP}[A-Z]"
ES_NIF = EntityType(
    name="ES_NIF",
    patterns=(proved(_NIF, alone=0.65, context=0.95, score=0.1), proved(_NIF_ODD, alone=WEAK, context=0.9)),
    context={
        "es": ("dni", "d n i", "nif", "n i f", "documento nacional de identidad", "documento de identidad", "documento nacional", "número de identificación fiscal",
               "nif nie", "dni nif", "dni nie", "carné de identidad", "cédula", "documento identificativo"),
        "ca": ("document nacional d identitat", "document d identitat"),
        "*": ("spanish id", "spanish identity", "identity card", "identity document", "id card", "tax id", "national id", "identity number"),
        "de": ("personalausweis", "ausweis", "steuernummer"), "fr": ("carte d identité", "pièce d identité"), "it": ("carta d identità", "documento d identità"),
        "pt": ("documento de identidade", "bilhete de identidade"),
    },
    validator="es_nif",
    field_names=("nif", "dni", "documento identidad", "documento"),
    countries=("ES",),
    source="Real Decreto 1553/2005, Orden EHA/451/2008: control letter modulo 23",
    examples=("54362315K", "54362315-K", "54.362.315-K"),
    with_context=("DNI 12345678Z", "con D.N.I. núm. 12.345.678-Z", "NIF 1234567-L", "NIF K1234567L"),
    not_examples=("54362315Z", "1234567L"),
)  # fmt: skip

_NIE = rf"[XYZ]{SEP}[0-9]{{7,8}}{SEP}[A-Z]|[XYZ]{SEP}[0-9][. ][0-9]{{3}}[. ][0-9]{{3}}{SEP}[A-Z]"
ES_NIE = EntityType(
    name="ES_NIE",
    patterns=(proved(_NIE, alone=0.75, context=0.95, score=0.2),),
    context={
        "es": (
            "nie",
            "n i e",
            "extranjero",
            "extranjería",
            "extranjera",
            "número de identidad de extranjero",
            "número de identificación de extranjero",
            "tarjeta de residencia",
        ),
        "*": (
            "foreigner identity",
            "foreigner identification",
            "foreign identity number",
            "identity number",
            "residence card",
        ),
    },
    validator="es_nie",
    field_names=("nie",),
    countries=("ES",),
    source="Orden INT/2058/2008: control letter modulo 23",
    examples=("X2482300W", "X-2482300-W", "X 2482300 W"),
    with_context=("NIE X-1234567-L", "N.I.E.: Y1234567X"),
    not_examples=(
        "NIE X-1234567",
        "X2482300A",
    ),
)

_CIF = rf"[ABCDEFGHJNPQRSUVW]{SEP}(?:[0-9]{{7}}|[0-9]{{2}}[. ][0-9]{{3}}[. ][0-9]{{2}}){SEP}[0-9A-J]"
ES_CIF = EntityType(
    name="ES_CIF",
    patterns=(
        proved(_CIF, alone=WEAK, context=0.9),
        labelled(code(rf"{_CIF}|[ABCDEFGHJNPQRSUVW]{SEP}[0-9]{{2}}[. ][0-9]{{3}}[. ][0-9]{{3}}")),
    ),
    context={
        "es": (
            "cif",
            "c i f",
            "nif",
            "n i f",
            "código de identificación fiscal",
            "sociedad",
            "mercantil",
            "registro mercantil",
        ),
        "*": ("spanish tax", "tax identification", "tax id", "company number", "vat"),
    },
    validator="es_cif",
    field_names=("cif", "nif empresa"),
    countries=("ES",),
    source="Real Decreto 1065/2007, Orden EHA/451/2008: letter of the legal form, number, control character",
    with_context=("CIF B12345674", "C.I.F. A-58818501", "con NIF B-12345674"),
    not_examples=("B12345674", "A58818502"),
)

_VAT = rf"ES{SEP}(?:[A-Z][0-9]{{7}}[0-9A-Z]|[0-9]{{8}}[A-Z])"
ES_VAT_CODE = EntityType(
    name="ES_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.85, context=0.95, score=0.2),
        bare_vat("[A-Z][0-9]{7}[0-9A-Z]|[0-9]{8}[A-Z]"),
        labelled(code(_VAT)),
    ),
    context=labels.VAT,
    validator="es_vat",
    field_names=("vat", "nif iva", "vat number"),
    countries=("ES",),
    source="Real Decreto 1065/2007 art. 25: ES and the tax number",
    examples=("ESB12345674", "ES54362315K", "ES X2482300W"),
    with_context=("NIF-IVA: ESB12345675",),
    not_examples=(
        "NIF-IVA: ESB1234567",
        "ESB12345675",
    ),
)

_NUSS = rf"[0-9]{{2}}(?:{SEP}| / )[0-9]{{7,8}}(?:{SEP}| / )[0-9]{{2}}"
ES_SOCIAL_SECURITY = EntityType(
    name="ES_SOCIAL_SECURITY",
    patterns=(
        proved(_NUSS, alone=0.35, context=0.95),
        proved(r"[0-9]{2}[/ \-][0-9]{7,8}[/ \-][0-9]{2}", alone=0.7, context=0.95),
        labelled(code(_NUSS)),
    ),
    context=labels.joined(labels.SOCIAL_SECURITY, {"es": ("n s s", "nss", "s s", "número de afiliación", "afiliado", "afiliada", "num ss", "ccc", "n º ss", "n ss")}),
    validator="es_nuss",
    checks_digits=True,
    field_names=("nuss", "naf", "nss", "seguridad social", "numero seguridad social"),
    countries=("ES",),
    source="Tesorería General de la Seguridad Social: province, number, check modulo 97",
    examples=("28/12345678/40",),
    with_context=("número de la Seguridad Social 281234567840", "NUSS: 28 12345678 40", "NUSS 28 / 12345678 / 40", "N.º afiliación S.S. 28/12345678/41"),
    not_examples=("281234567840", "28/12345678/41", "99/12345678/40"),
)  # fmt: skip

ES_PASSPORT = EntityType(
    name="ES_PASSPORT",
    patterns=(
        code("[A-Z]{3}[ -]?[0-9]{6}", score=0.1, context=0.8),
        capitals(f"{series('[0-9]{6}')}|[A-Z][ -]?[0-9]{{6,8}}", score=0.0, context=0.7),
    ),
    context=labels.PASSPORT,
    field_names=("pasaporte", "passport", "passport number"),
    countries=("ES",),
    source="Real Decreto 896/2003: three letters and six digits; before 2015 other series",
    with_context=("pasaporte español AAA123456", "Pasaporte n.º XDB123456", "passport PAB 123456"),
    not_examples=(
        "pasaporte español AAA12345",
        "AAA123456",
    ),
)

ES_IDENTITY_CARD = EntityType(
    name="ES_IDENTITY_CARD",
    patterns=(code("[A-Z]{3}[ -]?[0-9]{6}", score=0.1, context=0.8),),
    context={
        "es": ("soporte", "número de soporte", "num soport", "núm soport", "idesp", "equipo"),
        "*": ("support number", "card number", "identity card"),
    },
    field_names=("numero soporte", "idesp"),
    countries=("ES",),
    source="Real Decreto 1553/2005: number of the card itself, three letters and six digits",
    with_context=("número de soporte BAA123456", "IDESP: CAB123456"),
    not_examples=(
        "número de soporte BAA12345",
        "BAA123456",
    ),
)

ES_RESIDENCE_PERMIT = EntityType(
    name="ES_RESIDENCE_PERMIT",
    patterns=(code("[CE][ -]?[0-9]{8}", score=0.15, context=0.8),),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"es": ("tie", "soporte", "número de soporte")}),
    countries=("ES",),
    source="Real Decreto 557/2011: number of the foreigner's card, a letter and eight digits",
    with_context=("TIE n.º E12345678", "permiso de residencia E12345678", "certificado de registro C12345678"),
    not_examples=(
        "TIE n.º E1234567",
        "E12345678",
    ),
)

ES_DRIVER_LICENSE = EntityType(
    name="ES_DRIVER_LICENSE",
    patterns=(code(r"[0-9]{8}[ \-]?[A-Z][0-9]?|[A-Z]{1,2}[ \-]?[0-9]{6,8}(?:[ \-][0-9])?", score=0.05, context=0.7),),
    context=labels.DRIVING_LICENCE,
    field_names=("permiso conducir", "carnet conducir", "driver license"),
    countries=("ES",),
    source="Real Decreto 818/2009: the holder's NIF; before it province and number",
    with_context=("permiso de conducir n.º 54362315-K", "carné de conducir M-1234567"),
    not_examples=(
        "permiso de conducir n.º 54362315",
        "M-1234567",
    ),
)

ES_HEALTH_INSURANCE = EntityType(
    name="ES_HEALTH_INSURANCE",
    patterns=(
        code(
            rf"[A-Z]{{4}}{SP}[0-9]{SP}[0-9]{{6}}{SP}[0-9]{{2}}{SP}[0-9]|[A-Z]{{4}}{SP}[0-9]{{12}}|[A-Z]{{8}}[0-9A-Z]{{2}}[0-9]{{6}}",
            score=0.2,
            context=0.85,
        ),
        code(r"(?:AN|BBBB|CYL|ES)[ ]?[0-9]{8,12}|[0-9]{8,12}", score=0.02, context=0.65),
    ),
    context={
        "es": (
            "cip",
            "cipa",
            "tarjeta sanitaria",
            "tarjeta sanitaria individual",
            "tsi",
            "sip",
            "nuhsa",
            "código de identificación personal",
            "cite",
            "autonómico",
            "cna",
        ),
        "*": ("health card",),
    },
    field_names=("cip", "tarjeta sanitaria", "nuhsa", "tsi"),
    countries=("ES",),
    source="Real Decreto 183/2004: codes of the tarjeta sanitaria individual, by community",
    with_context=("CIP: ROGA 1 800101 00 5", "tarjeta sanitaria BBBBBBBBQR648597", "NUHSA AN0123456789"),
    not_examples=("ROGA180010100", "0123456789"),
)

ES_LICENSE_PLATE = EntityType(
    name="ES_LICENSE_PLATE",
    patterns=(
        plate(r"[0-9]{4}[ \-]?[BCDFGHJKLMNPRSTVWXYZ]{3}", score=0.35, context=0.85, near=labels.every(labels.VEHICLE)),
        plate(
            r"[A-Z]{1,2}[ \-][0-9]{4}[ \-][A-Z]{1,2}|[CE][ \-]?[0-9]{4}[ \-]?[BCDFGHJKLMNPRSTVWXYZ]{3}",
            score=0.15,
            context=0.8,
        ),
        code("[0-9]{4}-?[bcdfghjklmnprstvwxyz]{3}", score=0.1, context=0.7),
    ),
    context=labels.PLATE,
    field_names=("matricula", "license plate", "plate"),
    countries=("ES",),
    source="Real Decreto 2822/1998 annex XVIII: four digits, three consonants; before 2000 province, digits, letters",
    with_context=("matrícula 1234 BCD", "vehículo con matrícula M-1234-AB", "matriculado 5678-KLM"),
    not_examples=("1234 BCD", "1234 AEI"),
)

ES_POSTCODE = EntityType(
    name="ES_POSTCODE",
    patterns=(postcode("(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}"),),
    context=labels.joined(labels.POSTCODE, {"es": ("cp", "c p", "d p", "cód postal")}),
    field_names=("codigo postal", "cp", "postcode", "postal code", "zip"),
    countries=("ES",),
    source="Correos: province and three digits",
    with_context=("C.P. 28013", "código postal 08001"),
    not_examples=("28013", "C.P. 60123"),
)

_CCC = grouped(4, 4, 2, 10)
ES_BANK_ACCOUNT = EntityType(
    name="ES_BANK_ACCOUNT",
    patterns=(proved(rf"{_CCC}|{grouped(4, 4, 4, 4, 4)}", alone=0.75, context=0.95), labelled(code(_CCC))),
    context=labels.ACCOUNT,
    validator="es_ccc",
    checks_digits=True,
    field_names=("ccc", "cuenta", "cuenta corriente", "numero cuenta"),
    countries=("ES",),
    source="Consejo Superior Bancario: código cuenta cliente, two check digits modulo 11",
    examples=("1234-1234-16-1234567890", "12341234161234567890"),
    with_context=("cuenta corriente 1234 1234 17 1234567890",),
    not_examples=(
        "cuenta corriente 1234 1234 17 123456789",
        "1234-1234-17-1234567890",
    ),
)

ES_CADASTRAL_REFERENCE = EntityType(
    name="ES_CADASTRAL_REFERENCE",
    patterns=(proved(rf"[0-9A-Z]{{7}}{SP}[0-9A-Z]{{7}}{SP}[0-9]{{4}}{SP}[A-Z]{{2}}", alone=0.9, context=0.95),),
    context={"es": ("catastral", "catastro", "referencia catastral")},
    validator="es_cadastral",
    field_names=("referencia catastral",),
    countries=("ES",),
    source="Dirección General del Catastro: parcel, sheet, unit, two control letters",
    examples=("9872023VH5797S0001WX", "9872023 VH5797S 0001 WX"),
    not_examples=(
        "9872023VH5797S0001W",
        "9872023VH5797S0001WZ",
    ),
)

ES_CUPS = EntityType(
    name="ES_CUPS",
    patterns=(proved(rf"ES{SEP}{grouped(4, 4, 4, 4)}{SEP}[A-Z]{{2}}(?:{SP}[0-9][FPRCXYZ])?", alone=0.9, context=0.95),),
    context={"es": ("cups", "punto de suministro", "suministro")},
    validator="es_cups",
    field_names=("cups",),
    countries=("ES",),
    source="Comisión Nacional de los Mercados y la Competencia: supply point, two control letters",
    examples=("ES1234123456789012JY", "ES 1234-123456789012-JY 1F"),
    not_examples=(
        "ES1234123456789012J",
        "ES1234123456789012JX",
    ),
)

TYPES = (
    ES_NIF, ES_NIE, ES_CIF, ES_VAT_CODE, ES_SOCIAL_SECURITY, ES_PASSPORT, ES_IDENTITY_CARD, ES_RESIDENCE_PERMIT, ES_DRIVER_LICENSE,
    ES_HEALTH_INSURANCE, ES_LICENSE_PLATE, ES_POSTCODE, ES_BANK_ACCOUNT, ES_CADASTRAL_REFERENCE, ES_CUPS,
)  # fmt: skip
