"""Germany. Types that Presidio has too keep its names. Those of health care are in `de_health`."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections import Counter
from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, cross_sum, digits_of, iso7064_11_10, mrz
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, SP, SPACE, WEAK, code, grouped, postcode, proved
from pratique.detect.entities.record import EntityType, Pattern

_MRZ_LETTERS = "CFGHJKLMNPRTVWXYZ"
_DOCUMENT = f"[{_MRZ_LETTERS}][{_MRZ_LETTERS}0-9]{{7}}[0-9]"


def _tax_id(text: str) -> bool | None:
    """The check digit, and of the first ten digits none more than three times.

    Numbers that were given out have exactly one digit twice or three times among the first ten; others, as in samples,
    are not proved.
    """
    digits = digits_of(text)
    if len(digits) != 11 or digits[0] == 0 or not iso7064_11_10(digits):
        return False
    times = sorted(Counter(digits[:10]).values(), reverse=True)
    return False if times[0] > 3 else True if times[0] > 1 and times[1] == 1 else None


def _vat(text: str) -> bool | None:
    """The authority publishes no check: what fails the known one is not proved, but not dropped."""
    digits = digits_of(text)
    return True if len(digits) == 9 and digits[0] > 0 and iso7064_11_10(digits) else None


def _social_security(text: str) -> bool:
    plain = alphanumerics(text)
    if not (len(plain) == 12 and plain[8].isalpha() and (plain[:8] + plain[9:]).isdigit()):
        return False
    day, month = int(plain[2:4]), int(plain[4:6])
    if not ((1 <= day <= 31 or 51 <= day <= 81) and 1 <= month <= 12):
        return False
    number = f"{plain[:8]}{ord(plain[8]) - 64:02d}{plain[9:11]}"
    return cross_sum(number, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)) % 10 == int(plain[11])


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _document(text: str) -> bool | None:
    """The check digit of ICAO Doc 9303 as the last character; T and eight digits is the form before 2010, without one."""
    plain = alphanumerics(text)
    if plain[:1] == "T" and _digits(plain[1:]):
        return None
    return mrz(plain.removesuffix("D"))


def _plate(text: str) -> bool | None:
    """Makes of cars with their model are not plates."""
    return False if text[:3] in {"BMW", "AMG", "KIA", "KTM", "MAN", "DAF", "VW ", "VW-"} else None


def _labelled_document(text: str) -> bool | None:
    """Nine characters of a document that names itself: no word, that is."""
    return None if sum(map(str.isdigit, text)) >= 2 else False


def _business(text: str) -> bool | None:
    return _vat(text[:11])


def _postcode(text: str) -> bool | None:
    return False if text[-5:] in {"01000", "99999"} else None


VALIDATORS: Mapping[str, Validator] = {
    "de_idnr": _tax_id,
    "de_vat": _vat,
    "de_social_security": _social_security,
    "de_document": _document,
    "de_plate": _plate,
    "de_shape": _labelled_document,
    "de_business": _business,
    "de_plz": _postcode,
}

DE_TAX_ID = EntityType(
    name="DE_TAX_ID",
    patterns=(
        proved(rf"[1-9][0-9]{SEP}{grouped(3, 3, 3)}", score=0.3),
        proved(rf"[1-9][0-9]{SPACE}{grouped(3, 3, 3, by=SPACE)}", alone=0.65, score=0.35),
    ),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "de": (
                "steuer id",
                "steuerid",
                "steuerliche identifikationsnummer",
                "identifikationsnummer",
                "idnr",
                "id nr",
                "bzst",
                "idnummer",
            ),
            "en": ("tax identification number",),
        },
    ),
    validator="de_idnr",
    checks_digits=True,
    field_names=("steuer id", "steueridentifikationsnummer", "idnr", "steuernummer", "tax id"),
    countries=("DE",),
    source="Abgabenordnung §§ 139a-139e, Steueridentifikationsnummerverordnung; ISO/IEC 7064 MOD 11,10",
    examples=("36 574 261 809", "36574261809"),
    with_context=("Steuer-ID: 12 345 678 903", "Steuerliche Identifikationsnummer 36574261809", "IdNr. 36.574.261.809"),
    not_examples=("36574261890", "01234567890", "11112345670"),
)

DE_TAX_NUMBER = EntityType(
    name="DE_TAX_NUMBER",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}/[0-9]{3}/[0-9]{5}\b", score=0.4, context=0.85),
        Pattern(regex=r"\b[0-9]{2,3}/[0-9]{3,4}/[0-9]{4,5}\b", score=0.2, context=0.85),
        Pattern(regex=r"\b(?:[0-9]{5}/[0-9]{5}|0[0-9]{2} [0-9]{3} [0-9]{5}|[0-9]{2,3} [0-9]{3,4} [0-9]{4,5})\b", score=0.0, context=0.75),
        Pattern(regex=r"\b(?:0[1-9]|1[0-6])[0-9]{11}\b", score=0.1, context=0.8),
        Pattern(regex=r"\b[0-9]{10,13}\b", score=0.0, context=0.6),
    ),
    context={
        "de": ("steuernummer", "steuer nr", "steuernr", "st nr", "stnr", "steuer id", "steuerid", "steuer identifikationsnummer", "steuernummern", "steueridentifikationsnummer",
               "finanzamt", "umsatzsteuer", "einkommensteuer", "körperschaftsteuer", "gewerbesteuer", "steuerveranlagung", "steuerbescheid", "steuerliche identifikationsnummer"),
        "en": ("tax number", "german tax number", "tax id", "tax no"),
    },
    field_names=("steuernummer", "steuer nr", "tax number"),
    countries=("DE",),
    source="Abgabenordnung, ELSTER: Steuernummer of the states and in the unified form of 13 digits",
    with_context=("Steuernummer: 181/815/08155", "St.-Nr. 12/345/67890", "Steuernummer 2893081508152", "StNr 93815/08152"),
    not_examples=("181/815/08155", "1600000000000", "12/345/67890"),
)  # fmt: skip

DE_VAT_ID = EntityType(
    name="DE_VAT_ID",
    patterns=(proved(rf"DE{SEP}{grouped(3, 3, 3)}", alone=0.85, context=0.95, score=0.35),),
    context=labels.joined(labels.VAT, {"de": ("ust idnr", "ust id", "umsatzsteuer id", "bzst", "bundeszentralamt für steuern", "finanzamt", "rechnung"), "en": ("invoice",)}),
    validator="de_vat",
    field_names=("ust id", "ustid", "ust idnr", "umsatzsteuer id", "vat", "vat id", "vat number"),
    countries=("DE",),
    source="Umsatzsteuergesetz § 27a; the check digit as VIES applies it (ISO/IEC 7064 MOD 11,10)",
    examples=("DE136695976", "DE 136 695 976"),
    with_context=("USt-IdNr.: DE123456789", "USt-ID DE-136-695-976"),
    not_examples=("DE123456789", "DE 12 345 678"),
)  # fmt: skip

DE_BUSINESS_ID = EntityType(
    name="DE_BUSINESS_ID",
    patterns=(Pattern(regex=r"(?i)\bDE[0-9]{9}-[0-9]{5}\b", score=0.5, validated=0.85, context=0.9),),
    context={
        "de": ("wirtschafts", "w idnr", "widnr", "wirtschaftsidentifikationsnummer"),
        "en": ("business identification number",),
    },
    validator="de_business",
    countries=("DE",),
    source="Abgabenordnung § 139c: Wirtschafts-Identifikationsnummer",
    examples=(
        "DE323567513-61625",
        "DE136695976-00001",
    ),
    not_examples=(
        "DE136695976-0000",
        "DE13669597-00001",
    ),
)

_SOCIAL = rf"[0-9]{{2}}{SP}[0-9]{{6}}{SP}[A-Z]{SP}[0-9]{{2}}{SP}[0-9]"
DE_SOCIAL_SECURITY = EntityType(
    name="DE_SOCIAL_SECURITY",
    patterns=(proved(_SOCIAL, alone=0.75, context=0.95),),
    context=labels.joined(
        labels.SOCIAL_SECURITY,
        {"de": ("drv", "rente", "rentenausweis", "sv ausweis", "sozialversicherungsausweis", "rv nummer", "rv nr")},
    ),
    validator="de_social_security",
    field_names=(
        "rentenversicherungsnummer",
        "sozialversicherungsnummer",
        "sv nummer",
        "rvnr",
        "svnr",
        "versicherungsnummer",
    ),
    countries=("DE",),
    source="SGB VI § 147, Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung § 4",
    examples=("15070649C103", "15 070649 C 103", "65 170839 J 003"),
    with_context=("Sozialversicherungsnummer 65 170839 J 003", "RV-Nummer: 15070649C103"),
    not_examples=("15070649C104", "15990649C103"),
)

_CARD = proved(rf"{_DOCUMENT}|T[0-9]{{8}}", alone=WEAK, context=0.85, score=0.25)
_CARD_WITH_CHECK = proved(rf"[{_MRZ_LETTERS}][{_MRZ_LETTERS}0-9]{{8}}{SP}[0-9]D?", alone=0.38, context=0.85, score=0.0)

DE_ID_CARD = EntityType(
    name="DE_ID_CARD",
    patterns=(_CARD, _CARD_WITH_CHECK),
    context=labels.joined(labels.IDENTITY_CARD, {"de": ("bundespersonalausweis", "npa", "ausweisdokument", "dokumentennummer", "seriennummer", "pa nr", "personalausw")}),
    validator="de_document",
    field_names=("personalausweis", "ausweisnummer", "personalausweisnummer", "id card"),
    countries=("DE",),
    source="Personalausweisverordnung; ICAO Doc 9303: nine characters, a check digit behind them in the machine-readable zone",
    with_context=("Personalausweis-Nr. L01X00T44", "Ausweisnummer: T22000124",
                  "Personalausweis L01X00T471"),
    not_examples=("L01X00T47", "T22000129"),
)  # fmt: skip

DE_PASSPORT = EntityType(
    name="DE_PASSPORT",
    patterns=(proved(_DOCUMENT, alone=WEAK, context=0.85), _CARD_WITH_CHECK),
    context=labels.joined(
        labels.PASSPORT, {"de": ("pass nr", "mrz", "ausweisdokument", "dokumentennummer", "bundesrepublik deutschland")}
    ),
    validator="de_document",
    field_names=("reisepass", "passnummer", "reisepassnummer", "passport", "passport number"),
    countries=("DE",),
    source="Passverordnung; ICAO Doc 9303: nine characters, a check digit behind them in the machine-readable zone",
    with_context=("Reisepass Nr. C01X00T41", "Passnummer C01X00T478"),
    not_examples=("C01X00T41", "A01X00T41"),
)

DE_RESIDENCE_PERMIT = EntityType(
    name="DE_RESIDENCE_PERMIT",
    patterns=(code("[0-9A-Z]{9}", score=0.02, validator="de_shape", needs_digit=True),),
    context=labels.RESIDENCE_PERMIT,
    countries=("DE",),
    source="Aufenthaltsverordnung: elektronischer Aufenthaltstitel, nine characters",
    with_context=(
        "Aufenthaltstitel Nr. YZ1234567",
        "Niederlassungserlaubnis AT7654321",
        "Aufenthaltserlaubnis Nr. Y0L2K3456",
    ),
    not_examples=(
        "Aufenthaltstitel Nr. YZ123456",
        "YZ1234567",
    ),
)

DE_FUEHRERSCHEIN = EntityType(
    name="DE_FUEHRERSCHEIN",
    patterns=(
        code("[A-Z]{2}[0-9]{8}[A-Z0-9]", score=0.3, context=0.85),
        code("[A-Z][0-9]{3}[0-9A-Z]{6}[0-9X]|[A-Z][0-9A-Z]{2}[0-9]{7}[0-9A-Z]", score=0.0, context=0.85),
    ),
    context=labels.joined(
        labels.DRIVING_LICENCE,
        {"de": ("kba", "kraftfahrt bundesamt", "fev", "feld 5", "führerscheinnummer", "führerschein nr")},
    ),
    field_names=("führerschein", "führerscheinnummer", "driving licence", "driver license"),
    countries=("DE",),
    source="Fahrerlaubnis-Verordnung annex 8: authority, number, check character, copy; eleven characters",
    with_context=("Führerschein-Nr. B072RRE2I55", "Führerscheinnummer: BO12345678A", "Fahrerlaubnis Nr. J010000SD51"),
    not_examples=("BO12345678A", "B072RRE2I55"),
)

DE_HANDELSREGISTER = EntityType(
    name="DE_HANDELSREGISTER",
    patterns=(
        Pattern(regex=r"(?i)\bHR[AB][\s\x{A0}\-]{0,3}[0-9]{1,6}\b", score=0.55, context=0.9, edges="word"),
        Pattern(regex=r"\bHRB ?[0-9]{1,6} ?B\b", score=0.55, context=0.9),
        Pattern(regex=r"\bHR[AB][\- ]?(?:Nr|Nummer|Nr\.)[.:]{0,2} ?[0-9]{1,6}\b", score=0.55, context=0.9),
        Pattern(regex=r"\b(?:VR|GnR|PR|GsR)[ \x{A0}][0-9]{1,6}\b", score=0.0, context=0.7),
    ),
    context={
        "de": ("handelsregister", "amtsgericht", "registergericht", "hr nummer", "registerauszug", "handelsregisterblattnummer", "vereinsregister", "partnerschaftsregister",
               "genossenschaftsregister", "registernummer", "gesellschaftsregister"),
        "en": ("commercial register", "register of associations", "local court"),
    },
    field_names=("handelsregister", "handelsregisternummer", "hrb", "hra"),
    countries=("DE",),
    source="Handelsregisterverordnung: section A or B and the number of the sheet",
    examples=("HRB 123456", "HRA 12345", "HRB12345"),
    with_context=("Vereinsregister Amtsgericht Köln, VR 12345", "Amtsgericht Charlottenburg, HRB 123456 B"),
    not_examples=("HRC 12345", "VR 12345"),
)  # fmt: skip

_VEHICLE = (*labels.every(labels.VEHICLE), "auto", "wagen", "anhänger", "motorroller")
DE_KFZ = EntityType(
    name="DE_KFZ",
    patterns=(
        Pattern(
            regex=r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}(?:-| ?|\x{A0})[0-9]{1,4}[EH]?\b", score=0.3, context=0.8, near=_VEHICLE
        ),
        Pattern(regex=r"[A-ZÄÖÜ]{1,3}[ \x{A0}][A-Z]{1,2}[ \x{A0}]?[0-9]{1,4}[EH]?\b", score=0.2, context=0.8),
        Pattern(regex=r"[a-zäöü]{1,3}-[a-z]{1,2}[ \-]?[0-9]{1,4}[eh]?\b", score=0.05, context=0.6),
        # in small letters and words apart: for those who ask for the type by name
        Pattern(regex=r"[a-zäöü]{1,3}[ \x{A0}][a-z]{1,2}[ \x{A0}][0-9]{1,4}[eh]?\b", score=0.05),
    ),
    context=labels.joined(labels.PLATE, {"de": ("zulassung", "fahrzeugschein", "zulassungsbescheinigung", "kfz")}),
    validator="de_plate",
    field_names=("kennzeichen", "kfz kennzeichen", "license plate", "nummernschild"),
    countries=("DE",),
    source="Fahrzeug-Zulassungsverordnung § 9: district, letters, digits, E or H",
    with_context=(
        "amtliches Kennzeichen M-AB 1234",
        "Kennzeichen: B MW 123E",
        "Pkw HH-XY 99H",
        "Kfz-Kennzeichen KÖ-AB 12",
    ),
    not_examples=("M-AB 1234", "Fahrzeug BMW M 3"),
)

DE_PLZ = EntityType(
    name="DE_PLZ",
    patterns=(
        postcode("0[1-9][0-9]{3}|[1-9][0-9]{4}"),
        Pattern(regex=r"\bD-(?:0[1-9][0-9]{3}|[1-9][0-9]{4})\b", score=0.45, context=0.8),
    ),
    context=labels.POSTCODE,
    validator="de_plz",
    field_names=("plz", "postleitzahl", "postcode", "postal code", "zip"),
    countries=("DE",),
    source="Deutsche Post: 01001 to 99998",
    with_context=("PLZ 10115", "Postleitzahl: 80331"),
    not_examples=("10115", "PLZ 01000", "PLZ 00123"),
)

DE_AZR_NUMBER = EntityType(
    name="DE_AZR_NUMBER",
    patterns=(code("[0-9]{12}", score=0.02, context=0.7),),
    context={"de": ("azr", "azr nummer", "azr nr", "ausländerzentralregister")},
    field_names=("azr nummer",),
    countries=("DE",),
    source="AZR-Gesetz § 3: twelve digits",
    with_context=(
        "AZR-Nummer 614874273075",
        "AZR-Nummer 123456789012",
    ),
    not_examples=(
        "AZR-Nummer 12345678901",
        "123456789012",
    ),
)

DE_BANK_ACCOUNT = EntityType(
    name="DE_BANK_ACCOUNT",
    patterns=(
        code(
            r"[0-9]{7,10}|[0-9]{3,4} [0-9]{3} [0-9]{2,3}|[0-9]{2,3} [0-9]{3} [0-9]{3}",
            score=0.05,
            context=0.6,
            near=("kto", "kto nr", "ktonr", "konto nr", "girokonto", "kontonummer"),
        ),
        code(r"[1-8][0-9]{2} ?[0-9]{3} ?[0-9]{2}", score=0.05, context=0.65, near=("blz", "bankleitzahl")),
    ),
    context={},
    field_names=("kontonummer", "konto nr", "blz", "bankleitzahl"),
    countries=("DE",),
    source="Deutsche Bundesbank: account numbers of up to ten digits, bank sort codes of eight",
    with_context=("Konto-Nr. 1234567890, BLZ 100 500 00", "BLZ 10050000", "Kontonummer 7654321"),
    not_examples=("1234567890", "10050000"),
)

TYPES = (
    DE_TAX_ID, DE_TAX_NUMBER, DE_VAT_ID, DE_BUSINESS_ID, DE_SOCIAL_SECURITY, DE_ID_CARD, DE_PASSPORT,
    DE_RESIDENCE_PERMIT, DE_FUEHRERSCHEIN, DE_HANDELSREGISTER, DE_KFZ, DE_PLZ, DE_AZR_NUMBER, DE_BANK_ACCOUNT,
)  # fmt: skip
