"""Liechtenstein. Its social insurance numbers are Switzerland's (`CH_AHV`)."""

# ruff: noqa: E501 - patterns and words, one a line

from collections.abc import Mapping

from pratique.detect.check_digits import Validator
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SP, capitals, code, postcode, series
from pratique.detect.entities.record import EntityType, Pattern

VALIDATORS: Mapping[str, Validator] = {}

LI_PEID = EntityType(
    name="LI_PEID",
    patterns=(code("[0-9]{4,12}", score=0.01, context=0.7),),
    context={"de": ("peid", "pe id", "peid nr", "personenidentifikationsnummer"), "*": ("peid",)},
    field_names=("peid",),
    countries=("LI",),
    source="Liechtensteinische Landesverwaltung: Personenidentifikationsnummer, four to twelve digits, no check",
    with_context=("PEID 1234567", "Personenidentifikationsnummer: 000001234568"),
    not_examples=(
        "1234568",
        "1234567",
    ),
)

LI_COMPANY_NUMBER = EntityType(
    name="LI_COMPANY_NUMBER",
    patterns=(Pattern(regex=r"\bFL-?[0-9]{4}\.[0-9]{3}\.[0-9]{3}-?[0-9]\b", score=0.65, context=0.9),),
    context={
        "de": ("handelsregister", "öffentlichkeitsregister", "registernummer", "register nr"),
        "en": ("commercial register", "company number"),
    },
    field_names=("registernummer",),
    countries=("LI",),
    source="Amt für Justiz, Handelsregisterverordnung: FL, register number, check digit",
    examples=(
        "FL-8193.721.717-2",
        "FL-0002.123.456-7",
    ),
    not_examples=(
        "FL-0002.123.456",
        "FL-0002.123",
    ),
)

LI_VAT_CODE = EntityType(
    name="LI_VAT_CODE",
    patterns=(
        code(rf"(?:FL|LI){SP}-?[0-9]{{5,6}}", score=0.1, context=0.75),
        code("[0-9]{5,6}", score=0.01, context=0.6, near=("mwst nr", "mwstnr")),
    ),
    context={"de": ("mwst", "mwst nr", "mehrwertsteuer"), "en": ("liechtenstein vat",)},
    field_names=("mwst", "mwst nummer"),
    countries=("LI",),
    source="Mehrwertsteuergesetz of Liechtenstein: five or six digits",
    with_context=("MWST-Nr. 54321", "MWST LI 12345"),
    not_examples=(
        "MWST-Nr. 5432",
        "54321",
    ),
)

LI_PASSPORT = EntityType(
    name="LI_PASSPORT",
    patterns=(capitals(series("[0-9]{5,6}", letters="[A-Z]", spaced="[A-Z]"), score=0.05),),
    context=labels.PASSPORT,
    field_names=("reisepass", "passnummer", "passport", "passport number"),
    countries=("LI",),
    source="Heimatschriftengesetz: a letter and five digits",
    with_context=("Reisepass Nr. R12345", "liechtensteinischer Pass R 54321"),
    not_examples=(
        "Reisepass Nr. R1234",
        "R12345",
    ),
)

LI_IDENTITY_CARD = EntityType(
    name="LI_IDENTITY_CARD",
    patterns=(capitals(series("[0-9]{5,8}", letters="[A-Z]{1,2}"), score=0.05),),
    context=labels.IDENTITY_CARD,
    field_names=("identitaetskarte", "id card"),
    countries=("LI",),
    source="Heimatschriftengesetz: identity card, letters and digits",
    with_context=("Identitätskarte Nr. ID123456", "Identitätskarte I12345"),
    not_examples=(
        "Identitätskarte Nr. ID1234",
        "ID123456",
    ),
)

LI_DRIVER_LICENSE = EntityType(
    name="LI_DRIVER_LICENSE",
    patterns=(code("[0-9]{5,9}", score=0.01, context=0.65),),
    context=labels.DRIVING_LICENCE,
    field_names=("fuehrerausweis", "führerausweis"),
    countries=("LI",),
    source="Verkehrszulassungsverordnung of Liechtenstein: number of the holder",
    with_context=(
        "Führerausweis Nr. 283682",
        "Führerausweis Nr. 123456",
    ),
    not_examples=(
        "Führerausweis Nr. 1234",
        "123456",
    ),
)

LI_LICENSE_PLATE = EntityType(
    name="LI_LICENSE_PLATE",
    patterns=(Pattern(regex=r"\bFL[ \-•]?[0-9]{1,5}\b", score=0.1, context=0.8),),
    context=labels.PLATE,
    field_names=("kontrollschild", "kennzeichen", "license plate"),
    countries=("LI",),
    source="Verkehrszulassungsverordnung of Liechtenstein: FL and up to five digits",
    with_context=("Kontrollschild FL 12345", "Kennzeichen FL-4321"),
    not_examples=(
        "Kontrollschild FL 1234512",
        "FL 12345",
    ),
)

LI_POSTCODE = EntityType(
    name="LI_POSTCODE",
    patterns=(
        postcode("94(?:8[5-9]|9[0-8])"),
        Pattern(regex=r"\b(?:FL|LI)-94(?:8[5-9]|9[0-8])\b", score=0.5, context=0.85),
    ),
    context=labels.POSTCODE,
    field_names=("plz", "postleitzahl", "postcode", "postal code", "zip"),
    countries=("LI",),
    source="Liechtensteinische Post: 9485 to 9498",
    examples=("FL-9490",),
    with_context=("PLZ 9490", "Postleitzahl: 9494"),
    not_examples=("9490", "FL-9484"),
)

TYPES = (
    LI_PEID, LI_COMPANY_NUMBER, LI_VAT_CODE, LI_PASSPORT, LI_IDENTITY_CARD, LI_DRIVER_LICENSE, LI_LICENSE_PLATE, LI_POSTCODE,
)  # fmt: skip
