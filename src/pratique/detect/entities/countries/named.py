"""Numbers that their label names, of any country: what no type of a country fits, or fails its check digits.

They are below the types of the countries in score, so a passport that is known as one keeps its country's name.
"""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; lengths of numbers; letters of every script

import re
from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of
from pratique.detect.dates import plausible_date
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SPACE
from pratique.detect.entities.record import EntityType, Pattern

_SCORE = 0.55
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[. \u00a0'][0-9]{3}){1,2}")
_YEARS = re.compile(r"[12][0-9]{3}[-\u2010-\u2013/][12][0-9]{3}|[0-9.]{1,6}/(?:19|20)?[0-9]{2}")
_DATE = re.compile(r"[0-3]?[0-9]([.\-/ ])[01]?[0-9]\1(?:[0-9]{2}|[0-9]{4})|[12][0-9]{3}([.\-/])[01]?[0-9]\2[0-3]?[0-9]")


def _number(text: str) -> bool | None:
    """Four digits or more, or two in a code of nine characters as cards have it.

    No date, amount with thousands set apart, span of years, law of a year, nor one digit throughout.
    """
    digits = digits_of(text)
    least = 2 if len(text) == 9 and text.isalnum() else 4
    if not least <= len(digits) <= 18 or len(set(digits)) == 1 or _THOUSANDS.fullmatch(text) or _YEARS.fullmatch(text):
        return False
    return False if _DATE.fullmatch(text) and plausible_date(text) is not False else None


def _account(text: str) -> bool | None:
    """Eight digits or more."""
    return None if len(digits_of(text)) >= 8 else False


VALIDATORS: Mapping[str, Validator] = {"named_number": _number, "named_account": _account}

_GAP = rf"(?:{SPACE}|[.\-/\x{{2010}}-\x{{2013}}])"
_NUMBER = (
    # letters, digits, letters: AB 1234567, X-1234567-L, 131052-308U
    Pattern(regex=r"\b(?:[A-Z]{1,3}-?)?[0-9]{5,14}(?:-?[A-Z]{1,2})?\b", score=0.0, context=_SCORE),
    # letters and digits mixed
    Pattern(regex=r"\b[0-9A-Z]{7,18}\b", score=0.0, context=_SCORE, needs_digit=True),
    # groups of digits, and a letter at the end or before the last group: 65 170839 J 008
    Pattern(regex=rf"\b[0-9]{{1,7}}(?:{_GAP}[0-9]{{2,7}}){{1,6}}(?:{_GAP}?[A-Z])?\b", score=0.0, context=_SCORE),
    Pattern(
        regex=rf"\b[0-9]{{2}}{_GAP}?[0-9]{{6}}{_GAP}?[A-Z]{_GAP}?[0-9]{{2}}{_GAP}?[0-9]\b", score=0.0, context=_SCORE
    ),
    Pattern(
        regex=rf"\b[A-Z]{_GAP}[0-9]{{1,3}}(?:{_GAP}[0-9]{{2,7}}){{1,3}}(?:{_GAP}?[A-Z])?\b", score=0.0, context=_SCORE
    ),
)

IDENTITY_DOCUMENT_NUMBER = EntityType(
    name="IDENTITY_DOCUMENT_NUMBER",
    patterns=_NUMBER,
    context=labels.joined(labels.PASSPORT, labels.IDENTITY_CARD, labels.DRIVING_LICENCE, labels.RESIDENCE_PERMIT),
    against=labels.OTHER_NUMBERS,
    against_after=labels.MONEY,
    validator="named_number",
    field_names=(
        "document number",
        "document no",
        "dokumentennummer",
        "ausweisnummer",
        "numero documento",
        "numéro document",
    ),
    source="What the label says; ICAO Doc 9303 has document numbers of up to nine characters, states print others",
    with_context=(
        "Personalausweis Nr. L01X00T47",
        "passport no. 1234567",
        "carte d'identité n° 12-345-678 A",
        "rijbewijs 12345678",
    ),
    not_examples=("1234567", "Reisepass, ausgestellt am 12.03.2020", "passport fee 12.500", "L01X00T47"),
)

PERSONAL_NUMBER = EntityType(
    name="PERSONAL_NUMBER",
    patterns=_NUMBER,
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        labels.SOCIAL_SECURITY,
        labels.HEALTH_INSURANCE,
        {
            "en": ("tax id", "tax identification", "tax number", "taxpayer number", "tin"), "de": ("steuernummer", "steuer nr", "steuer id", "idnr", "steueridentifikation", "steuerliche identifikationsnummer"),
            "fr": ("numéro fiscal", "identifiant fiscal", "nir", "niss", "n ss", "registre national"), "es": ("dni", "nie", "nif", "nuss", "d n i", "n i f", "n i e"), "it": ("codice fiscale", "c f"), "pt": ("nif", "contribuinte", "cartão de cidadão"),
            "nl": ("bsn", "burgerservicenummer", "rijksregisternummer", "insz"), "da": ("cpr", "cpr nr"), "sv": ("samordningsnummer",), "no": ("fødselsnr", "fnr", "d nummer"), "fi": ("hetu", "sotu"),
            "et": ("isikukood",), "lv": ("p k", "personas kods"), "lt": ("a k", "asmens kodas"), "pl": ("pesel", "nip"), "cs": ("rodné č",), "sk": ("rodné č",), "sl": ("emšo", "davčna številka"), "hr": ("oib", "jmbg"), "hu": ("adóazonosító", "tajszám"),
            "ro": ("cnp", "c n p"), "bg": ("егн", "лнч"), "el": ("αμκα", "αφμ", "α φ μ", "α μ κ α"), "sr": ("jmbg", "јмбг"), "uk": ("рнокпп", "іпн", "унзр"), "tr": ("tckn", "t c kimlik", "tc kimlik"), "is": ("kt", "kennitala"), "mt": ("nru tal id",), "ga": ("ppsn",),
        },
    ),
    against=labels.OTHER_NUMBERS,
    against_after=labels.MONEY,
    validator="named_number",
    field_names=("personal number", "national id", "identification number", "citizen number"),
    source="What the label says: numbers of persons, taxpayers and insured persons whose check digits do not prove them",
    with_context=("DNI 12345678-A", "henkilötunnus 131052-308U", "Sozialversicherungsnummer 65 170839 J 008", "NIE X-1234567-A", "personal number 12345-678"),
    not_examples=("12345678-A", "social security 1.250.000", "personal number of 12.03.2020"),
)  # fmt: skip

BANK_ACCOUNT_NUMBER = EntityType(
    name="BANK_ACCOUNT_NUMBER",
    patterns=(
        # an IBAN that fails its check, or of a length that its country does not have
        Pattern(
            regex=r"\b[A-Z]{2}[ \-]?[0-9]{2}(?:[ \-]?[0-9A-Z]{4}){2,7}(?:[ \-]?[0-9A-Z]{1,3})?\b",
            score=0.0, context=_SCORE, needs_digit=True,
        ),
    ),
    context=labels.joined(labels.ACCOUNT, {"*": ("iban",)}),
    against=labels.OTHER_NUMBERS,
    validator="named_account",
    field_names=("iban", "bank account", "account number", "account"),
    source="What the label says; the form of ISO 13616-1 without its check",
    with_context=("IBAN DE89 3704 0044 0532 0130 01", "Konto PL55249099234444555566667777", "IBAN: FR14 2004 1010 0505 0001 3M02 607"),
    not_examples=("DE89 3704 0044 0532 0130 01", "IBAN of the seller"),
)  # fmt: skip

_RECORD_WORDS: labels.Words = {
    "en": ("medical record", "patient id", "patient number", "patient no", "mrn", "hospital number", "hospital no", "chart number", "case number", "encounter", "admission number", "nhs number"),
    "de": ("patientennummer", "patienten nr", "patienten id", "patientenid", "fallnummer", "fall nr", "aufnahmenummer", "aufnahmenr", "krankenakte", "patnr", "pat nr"),
    "fr": ("ipp", "numéro de dossier médical", "dossier patient", "dossier médical", "iep", "numéro patient"), "es": ("nhc", "historia clínica", "n historia", "número de historia", "episodio", "nuhc", "historial clínico"),
    "it": ("cartella clinica", "nosografico", "id paziente"), "pt": ("processo clínico", "nº de utente", "episódio"), "nl": ("patiëntnummer", "patientnummer", "dossiernummer", "opnamenummer"), "ro": ("foaie de observație", "fișa pacient"),
    "da": ("journalnummer", "patientnummer"), "sv": ("journalnummer", "patient id"), "no": ("journalnummer", "pasientnummer"), "fi": ("potilasnumero", "sairauskertomu"), "pl": ("numer historii choroby", "historii choroby", "księga główna", "nr pacjenta"),
    "cs": ("číslo chorobopisu", "chorobopis", "číslo pacienta"), "sk": ("číslo chorobopisu", "chorobopis"), "hu": ("törzsszám", "naplósorszám", "betegazonosító"), "bg": ("история на заболяването", "из №", "и з №", "амбулаторен лист"), "el": ("αριθμός μητρώου ασθενούς", "φάκελος ασθενούς"),
    "hr": ("povijest bolesti", "matični broj pacijenta"), "sl": ("številka kartoteke", "matični indeks"), "et": ("haigusloo",), "lv": ("slimības vēstur", "medicīniskā karte"), "lt": ("ligos istorijos", "ligos istorija", "kortelės nr"),
}  # fmt: skip

MEDICAL_RECORD_NUMBER = EntityType(
    name="MEDICAL_RECORD_NUMBER",
    patterns=(
        *_NUMBER,
        Pattern(regex=r"\b(?:[A-Za-z]{2,5}-)?[0-9]{4,12}(?:/[0-9]{1,6}){0,2}\b", score=0.0, context=0.7),
    ),
    context=_RECORD_WORDS,
    against=labels.OTHER_NUMBERS,
    against_after=labels.MONEY,
    validator="named_number",
    field_names=(
        "medical record number",
        "mrn",
        "patient id",
        "patient number",
        "nhc",
        "fallnummer",
        "patientennummer",
    ),
    source="What the label says: each hospital numbers its own records",
    with_context=("NHC: 7430475", "Patienten-Nr. 123456", "MRN 00123456", "Episodio: 34056303", "nhc-150679"),
    not_examples=(
        "7430476",
        "7430475",
    ),
)

PROFESSIONAL_LICENSE = EntityType(
    name="PROFESSIONAL_LICENSE",
    patterns=(
        Pattern(regex=r"\b[0-9]{1,3}[ /\-]{1,2}[0-9]{2,4}[ /\-]{1,3}[0-9]{3,6}\b", score=0.0, context=0.7),
        Pattern(regex=r"\b[A-Z]{0,3}[ \-]?[0-9]{4,10}\b", score=0.0, context=0.65),
    ),
    context={
        "en": ("bar number", "bar no", "licence to practise", "license to practice", "professional licence", "professional registration", "gmc", "nmc pin"), "es": ("colegiado", "colegiada", "nºcol", "n col", "núm colegiado", "ncol", "nº col"),
        "fr": ("numéro d ordre", "n d ordre", "inscrit au barreau", "inscrite au barreau", "toque"), "it": ("iscritto all albo", "iscritta all albo", "n albo", "ordine degli avvocati"), "pt": ("cédula profissional",), "de": ("approbation", "kammernummer", "anwaltsnummer"),
        "pl": ("prawa wykonywania zawodu", "npwz", "pwz", "nr wpisu"), "cs": ("evidenční číslo čak", "ev č čak", "čak"), "ro": ("parafă", "cod parafă", "codul de parafă"), "hu": ("pecsétszám", "kamarai azonosító"), "bg": ("уин", "личен номер на адвокат"), "el": ("α μ δ σ", "αμ δσ", "αμτεε"),
    },
    against=labels.OTHER_NUMBERS,
    against_after=labels.MONEY,
    validator="named_number",
    field_names=("license number", "colegiado", "numero colegiado", "bar number"),
    source="What the label says: registers of the professions",
    with_context=("NºCol: 28 28 63325", "colegiado n.º 282863325", "Bar No. 123456"),
    not_examples=("NºCol: 28 28 63", "28 28 63325"),
)  # fmt: skip

TYPES = (IDENTITY_DOCUMENT_NUMBER, PERSONAL_NUMBER, BANK_ACCOUNT_NUMBER, MEDICAL_RECORD_NUMBER, PROFESSIONAL_LICENSE)
