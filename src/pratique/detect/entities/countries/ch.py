"""Switzerland."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; two apostrophes

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    DASH,
    PAIR,
    SEP,
    SP,
    SPACE,
    capitals,
    code,
    grouped,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def _ahv(text: str) -> bool:
    """EAN-13 over thirteen digits."""
    return len(digits_of(text)) == 13 and weighted_sum(text, (1, 3) * 6 + (1,)) % 10 == 0


def _uid(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and weighted_sum(text, (5, 4, 3, 2, 7, 6, 5, 4, 1)) % 11 == 0


_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def _postal_account(text: str) -> bool:
    """Modulo 10, recursive, over the office and the number with leading zeros, then the check digit."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or not int(parts[1]):
        return False
    carry = 0
    for digit in map(int, parts[0] + parts[1].zfill(6)):
        carry = _CARRY[(carry + digit) % 10]
    return (10 - carry) % 10 == int(parts[2])


_CANTONS = "AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH"

VALIDATORS: Mapping[str, Validator] = {"ch_ahv": _ahv, "ch_uid": _uid, "ch_postal_account": _postal_account}

_AHV = rf"756{SEP}{grouped(4, 4, 2)}"
CH_AHV = EntityType(
    name="CH_AHV",
    patterns=(
        proved(_AHV, alone=0.85, context=0.95, score=0.2),
        labelled(code(_AHV)),
        code(r"[1-9][0-9]{2}[. ][0-9]{2}[. ][0-9]{3}[. ][0-9]{3}", score=0.05, context=0.75, validator="unchecked"),
    ),
    context={
        "de": ("ahv", "ahvnr", "ahv nr", "ahv nummer", "sozialversicherungsnummer", "ahvn13", "versichertennummer", "sozialversicherungsnr", "nahv13", "ahv ausweis"),
        "fr": ("avs", "n avs", "numéro avs", "navs", "navs13", "numéro d assuré"), "it": ("avs", "n avs", "numero avs", "numero d assicurato"),
        "*": ("ahv", "avs", "oasi", "swiss social security", "social security", "social insurance", "navs13", "ahvn13"),
    },
    validator="ch_ahv",
    checks_digits=True,
    field_names=("ahv", "ahv nummer", "avs", "numero avs", "ahv nr"),
    countries=("CH", "LI"),
    source="AHVG art. 50c, AHVN13: country 756, EAN-13 check digit",
    examples=("756.9217.0769.85", "7569217076985", "756 9217 0769 85"),
    with_context=("AHV-Nr. 756.9217.0769.84", "No AVS 756.1234.5678.97", "AHV-Nummer 123.45.678.113"),
    not_examples=("AHV-Nr. 756.9217.0769.8", "756.9217.0769.84"),
)  # fmt: skip

_UID = rf"CHE{SP}{DASH}?{SP}[0-9]{{3}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}"
CH_UID = EntityType(
    name="CH_UID",
    patterns=(proved(_UID, alone=0.85, context=0.95, score=0.3), labelled(code(_UID))),
    context={
        "de": ("uid", "unternehmens identifikationsnummer", "handelsregister", "firmennummer", "handelsregisternummer"),
        "fr": ("ide", "registre du commerce", "n ide"),
        "it": ("idi", "registro di commercio"),
        "*": ("uid", "company number", "business identification"),
    },
    validator="ch_uid",
    field_names=("uid", "ide", "idi", "uid nummer"),
    countries=("CH",),
    source="Federal Act on the Enterprise Identification Number: CHE, eight digits and check modulo 11",
    examples=("CHE-100.155.212", "CHE100155212"),
    with_context=("UID CHE-100.155.213",),
    not_examples=(
        "UID CHE-100.155.21",
        "CHE-100.155.213",
    ),
)

_VAT = rf"{_UID}{SP}(?:MWST|TVA|IVA|TPV)"
CH_VAT_CODE = EntityType(
    name="CH_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.9, context=0.95, score=0.4),
        labelled(code(_VAT)),
        code(rf"[1-9][0-9]{{2}}{SP}[0-9]{{3}}", score=0.02, context=0.6, validator="unchecked"),
    ),
    context={
        "de": ("mwst", "mehrwertsteuer", "mwst nr", "mwst nummer"),
        "fr": ("tva",),
        "it": ("iva",),
        "en": ("vat",),
    },
    validator="ch_uid",
    field_names=("mwst", "mwst nummer", "tva", "iva", "vat", "vat number"),
    countries=("CH",),
    source="Mehrwertsteuergesetz: the UID and MWST, TVA or IVA",
    examples=("CHE-107.787.577 IVA", "CHE-100.155.212 MWST"),
    with_context=("MWST-Nr. CHE-100.155.213 MWST",),
    not_examples=(
        "MWST-Nr. CHE-100.155.213 MWS",
        "CHE-100.155.213 MWST",
    ),
)

CH_COMPANY_NUMBER = EntityType(
    name="CH_COMPANY_NUMBER",
    patterns=(Pattern(regex=r"\bCH-?[0-9]{3}\.[0-9]\.[0-9]{3}\.[0-9]{3}-?[0-9]\b", score=0.6, context=0.9),),
    context={
        "de": ("handelsregister", "ch nummer", "firmennummer", "hr nr"),
        "fr": ("registre du commerce", "numéro fédéral"),
        "it": ("registro di commercio",),
    },
    field_names=("handelsregisternummer",),
    countries=("CH",),
    source="Handelsregisterverordnung before 2014: canton, legal form, number, check digit",
    examples=(
        "CH-985.5.065.569-2",
        "CH-020.3.020.910-3",
    ),
    not_examples=(
        "CH-020.3.020.910",
        "CH-020.3.020",
    ),
)

CH_PASSPORT = EntityType(
    name="CH_PASSPORT",
    patterns=(
        code("[A-Z][0-9A-Z][0-9]{6}"),
        capitals(series("[0-9]{7}", letters="[A-Z]", spaced="[A-Z]"), score=0.1, context=0.8),
    ),
    context=labels.PASSPORT,
    field_names=("reisepass", "passnummer", "passeport", "passaporto", "passport", "passport number"),
    countries=("CH",),
    source="Ausweisverordnung: a letter and seven characters",
    with_context=("Schweizer Pass Nr. X1234567", "passeport suisse n° F 1234567", "passaporto svizzero S0123456"),
    not_examples=(
        "Schweizer Pass Nr. X123456",
        "X1234567",
    ),
)

CH_IDENTITY_CARD = EntityType(
    name="CH_IDENTITY_CARD",
    patterns=(
        code("[CEDAS][0-9A-Z][0-9A-Z]?[0-9]{5,7}", context=0.8),
        capitals(series("[0-9]{7}", letters="[A-Z]", spaced="[A-Z]"), score=0.1, context=0.8),
    ),
    context=labels.IDENTITY_CARD,
    field_names=("identitaetskarte", "id nummer", "carte identite", "carta identita", "id card"),
    countries=("CH",),
    source="Ausweisverordnung: identity card, a letter and seven characters",
    with_context=("Identitätskarte Nr. C1234567", "carte d'identité suisse E1234567"),
    not_examples=(
        "Identitätskarte Nr. C12345",
        "C1234567",
    ),
)

CH_RESIDENCE_PERMIT = EntityType(
    name="CH_RESIDENCE_PERMIT",
    patterns=(
        capitals(
            rf"(?:(?i:[A-Z]{{1,2}})|{PAIR}{SPACE})?[0-9]{{7,9}}|[0-9]{{3}}\.?[0-9]{{3}}\.?[0-9]{{3}}(?:[./][0-9])?",
            score=0.02,
        ),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {
            "de": (
                "zemis",
                "zemis nr",
                "ausländerausweis",
                "zar nr",
                "aufenthaltsbewilligung b",
                "kurzaufenthaltsbewilligung",
            ),
            "fr": ("symic", "n symic", "permis b", "permis c", "livret pour étrangers"),
            "it": ("simic", "permesso b", "permesso c"),
        },
    ),
    field_names=("zemis", "symic"),
    countries=("CH",),
    source="ZEMIS-Verordnung: number of nine digits; foreigners' identity cards",
    with_context=("ZEMIS-Nr. 012345678", "Ausländerausweis Nr. 12345678", "n° SYMIC 123.456.789"),
    not_examples=(
        "ZEMIS-Nr. 012345",
        "012345678",
    ),
)

CH_DRIVER_LICENSE = EntityType(
    name="CH_DRIVER_LICENSE",
    patterns=(code(r"[0-9]{12}(?:[/ ]?[0-9]{3})?|[0-9]{3}\.[0-9]{3}\.[0-9]{3}\.[0-9]{3}", score=0.02, context=0.75),),
    context=labels.DRIVING_LICENCE,
    field_names=("fuehrerausweis", "führerausweis", "permis conduire", "driver license"),
    countries=("CH",),
    source="Verkehrszulassungsverordnung: field 5 of the card, twelve digits",
    with_context=("Führerausweis Nr. 001234567001", "permis de conduire n° 123456789012"),
    not_examples=(
        "Führerausweis Nr. 00123456700",
        "001234567001",
    ),
)

CH_HEALTH_INSURANCE = EntityType(
    name="CH_HEALTH_INSURANCE",
    patterns=(
        code(r"80756[0-9]{15}|80756 ?[0-9]{3}[ .]?[0-9]{4}[ .]?[0-9]{4}[ .]?[0-9]{4}", score=0.45, context=0.85),
        code(
            "[0-9]{7,10}", score=0.01, context=0.55, near=("versicherten nr", "versichertennummer", "numéro d assuré")
        ),
    ),
    context={
        "de": (
            "krankenkasse",
            "versichertenkarte",
            "versicherten nr",
            "krankenversicherung",
            "kartennummer",
            "versichertennummer",
        ),
        "fr": ("carte d assuré", "assurance maladie", "caisse maladie"),
        "it": ("cassa malati", "tessera d assicurato"),
    },
    field_names=("versichertenkarte", "versichertennummer"),
    countries=("CH",),
    source="Verordnung über die Versichertenkarte; CEN/TS 15974: issuer 80756",
    with_context=("Versichertenkarte 80756000000012345678", "Krankenkasse, Versicherten-Nr. 123456789"),
    not_examples=(
        "Versichertenkarte 8075600000001234567",
        "90756000000012345678",
    ),
)

CH_LICENSE_PLATE = EntityType(
    name="CH_LICENSE_PLATE",
    patterns=(
        Pattern(
            regex=rf"\b(?:{_CANTONS})[ \-\x{{B7}}•]?[0-9]{{1,3}}['’ .]?[0-9]{{1,3}}U?\b",
            score=0.15,
            context=0.85,
            near=labels.every(labels.VEHICLE),
        ),
        code(rf"(?:{_CANTONS})[ -]?[0-9]{{4,6}}", score=0.05),
    ),
    context=labels.joined(labels.PLATE, {"fr": ("plaque", "plaques")}),
    field_names=("kontrollschild", "kennzeichen", "plaque", "targa", "license plate"),
    countries=("CH",),
    source="Verkehrszulassungsverordnung: canton and up to six digits",
    with_context=("Kontrollschild ZH 123456", "plaque VD-654 321", "Kennzeichen BE 12345"),
    not_examples=(
        "Kontrollschild ZH 12345612",
        "ZH 123456",
    ),
)

CH_POSTCODE = EntityType(
    name="CH_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"), Pattern(regex=r"\bCH-[1-9][0-9]{3}\b", score=0.45, context=0.8)),
    context=labels.POSTCODE,
    field_names=("plz", "postleitzahl", "code postal", "postcode", "postal code", "zip", "npa"),
    countries=("CH",),
    source="Die Post: four digits",
    with_context=("PLZ 8001", "code postal 1204"),
    not_examples=(
        "PLZ 800",
        "8001",
    ),
)

_POSTAL = r"[0-9]{2}-[1-9][0-9]{0,5}-[0-9]"
CH_BANK_ACCOUNT = EntityType(
    name="CH_BANK_ACCOUNT",
    patterns=(
        proved(_POSTAL, alone=0.38, context=0.9, near=("pc",)),
        labelled(code(_POSTAL)),
        code(
            r"[0-9]{2,4}[-.][0-9]{3,8}[-.][0-9A-Z]{1,3}(?:[-.][0-9]{1,3})?",
            score=0.02,
            context=0.65,
            validator="unchecked",
        ),
    ),
    context={
        "de": (
            "postkonto",
            "pc",
            "pc konto",
            "postcheck",
            "konto",
            "kontonummer",
            "konto nr",
            "bankkonto",
            "postfinance",
        ),
        "fr": ("ccp", "compte postal", "compte"),
        "it": ("ccp", "conto postale", "conto"),
    },
    validator="ch_postal_account",
    field_names=("postkonto", "kontonummer", "ccp", "compte"),
    countries=("CH",),
    source="PostFinance: office, number, check digit modulo 10 recursive",
    with_context=("Postkonto 80-151-4", "PC 25-9034-2", "CCP 12-3456-7", "Konto 123-456789-01"),
    not_examples=("80-151-4", "80-151-5"),
)

TYPES = (
    CH_AHV, CH_UID, CH_VAT_CODE, CH_COMPANY_NUMBER, CH_PASSPORT, CH_IDENTITY_CARD, CH_RESIDENCE_PERMIT, CH_DRIVER_LICENSE,
    CH_HEALTH_INSURANCE, CH_LICENSE_PLATE, CH_POSTCODE, CH_BANK_ACCOUNT,
)  # fmt: skip
