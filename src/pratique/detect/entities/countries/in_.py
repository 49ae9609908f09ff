"""India (``in`` is a word of Python's): Aadhaar, PAN, GSTIN, passports, voters, vehicles."""

# ruff: noqa: E501, SIM905 - patterns and lists of words, one a line

import re
from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, verhoeff
from pratique.detect.entities.record import EntityType, Pattern

_AADHAAR_LENGTH = 12
_FOUR_DIGITS = re.compile("[0-9]{4}")
_STATES = frozenset(
    (
        # States and union territories of the registration of vehicles, with codes that older plates bear.
        "AN AP AR AS BR CG CH CT DD DH DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UA UK UL UP UT WB"
    ).split()
)


def in_aadhaar(text: str) -> bool:
    """Twelve digits that begin with 2 to 9, pass Verhoeff's check and do not read the same backwards."""
    digits = digits_of(text)
    return len(digits) == _AADHAAR_LENGTH and digits[0] > 1 and digits != digits[::-1] and verhoeff(text)


def in_plate(text: str) -> bool | None:
    """True for a state's letters; no verdict on others, since series of the defence and embassies have none."""
    return True if text[:2].upper() in _STATES else None


def in_loose(text: str) -> bool | None:
    """False without a letter and four digits on end."""
    return None if _FOUR_DIGITS.search(text) and any(c.isalpha() for c in text) else False


def in_gstin(text: str) -> bool | None:
    """False where the ten characters behind the state's number are no PAN."""
    pan = text[2:12]
    letters = sum(map(str.isalpha, pan[:5]))
    return None if letters >= 3 and pan[5:9].isdigit() and pan[9:].isalpha() else False  # noqa: PLR2004


IN_AADHAAR = EntityType(
    name="IN_AADHAAR",
    patterns=(
        Pattern(regex=r"\b[2-9][0-9]{3}[ \-:][0-9]{4}[ \-:][0-9]{4}\b", score=0.0, validated=0.45, context=0.9),
        Pattern(regex=r"\b[2-9][0-9]{11}\b", score=0.0, validated=0.2, context=0.85),
    ),
    context={"en": ("aadhaar", "aadhar", "uidai", "uid"), "hi": ("आधार",)},
    validator="in_aadhaar",
    checks_digits=True,
    field_names=("aadhaar", "aadhaar number", "aadhar", "uidai"),
    countries=("IN",),
    source="Unique Identification Authority of India: Aadhaar numbers, Verhoeff",
    with_context=("Aadhaar 2345 6789 0124", "aadhaar number 234567890124"),
    not_examples=("234567890124", "Aadhaar 2345 6789 0123", "Aadhaar 1345 6789 0124"),
)

IN_PAN = EntityType(
    name="IN_PAN",
    patterns=(
        Pattern(regex=r"\b[A-Za-z]{3}[ABCFGHJLPTabcfghjlpt][A-Za-z][0-9]{4}[A-Za-z]\b", score=0.55, context=0.9),
        Pattern(regex=r"\b[A-Za-z]{5}[0-9]{4}[A-Za-z]\b", score=0.1, context=0.7),
        Pattern(regex=r"\b[A-Za-z0-9]{10}\b", score=0.01, validator="in_loose"),
    ),
    context={"en": ("pan", "permanent account number", "pan number", "pan card", "income tax")},
    field_names=("pan", "pan number", "permanent account number", "pan card"),
    countries=("IN",),
    source="Income-tax Rules 1962, rule 114: the fourth letter tells the kind of holder",
    examples=("BNZPM2501F", "aaacr5055k"),
    with_context=("PAN BNZQM2501F",),
    not_examples=("BNZQM2501F", "BNZPM250F", "BNZPM25011"),
)

IN_GSTIN = EntityType(
    name="IN_GSTIN",
    patterns=(
        Pattern(regex=r"\b(?:0[1-9]|[12][0-9]|3[0-8])[A-Za-z]{5}[0-9]{4}[A-Za-z][0-9A-Za-z][Zz][0-9A-Za-z]\b", score=0.8, context=0.95),
        Pattern(regex=r"\b(?:0[1-9]|[12][0-9]|3[0-7])[A-Za-z0-9]{5}[0-9]{4}[A-Za-z][0-9A-Za-z][Zz][0-9A-Za-z]\b", score=0.3,
                context=0.7, validator="in_gstin"),
    ),
    context={"en": ("gstin", "gst", "goods and services tax", "gst number", "gst registration", "tax identification")},
    field_names=("gstin", "gst number", "gst"),
    countries=("IN",),
    source="Central Goods and Services Tax Rules 2017, rule 10: state, PAN, entity, Z, check character",
    examples=("22AAACR5237K6Z8", "27AAACR5055K1Z7"),
    not_examples=("00AAACR5055K1Z7", "27AAACR5055K1A7", "39AAACR5055K1Z7"),
)  # fmt: skip

IN_PASSPORT = EntityType(
    name="IN_PASSPORT",
    patterns=(Pattern(regex=r"\b[A-Za-z][1-9][0-9] ?[0-9]{4}[1-9]\b", score=0.1, context=0.7),),
    context={"en": ("passport", "indian passport", "passport number", "passport no")},
    field_names=("passport", "passport number", "passport no"),
    countries=("IN",),
    source="Passports Act 1967; Passport Seva: a letter and seven digits",
    with_context=("Indian passport J8369854", "passport number J83 69854"),
    not_examples=("J8369854", "passport J0369854", "passport J8369850"),
)

IN_VOTER = EntityType(
    name="IN_VOTER",
    patterns=(
        Pattern(regex=r"\b[A-Za-z][ABCDGHJKMNPRSYabcdghjkmnprsy][A-Za-z][0-9]{7}\b", score=0.3, context=0.85),
        Pattern(regex=r"\b[A-Za-z]{3}[0-9]{7}\b", score=0.2, context=0.75),
    ),
    context={
        "en": ("voter", "epic", "elector photo identity card", "voter id", "electoral", "elector s photo identity card")
    },
    field_names=("voter id", "epic", "epic number", "voter"),
    countries=("IN",),
    source="Election Commission of India: EPIC, three letters and seven digits",
    with_context=("voter ID KSD1287349", "EPIC no. XQA1234567"),
    not_examples=("KSD1287349", "voter KS1287349"),
)

_NOT_ZERO = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"

IN_VEHICLE_REGISTRATION = EntityType(
    name="IN_VEHICLE_REGISTRATION",
    patterns=(
        Pattern(regex=rf"(?i)\b[A-Z]{{2}}[ \-]?(?:[0-9][ \-]?[A-Z]{{1,3}}|[0-9]{{2}}[ \-]?[A-Z]{{1,2}})[ \-]?{_NOT_ZERO}\b", score=0.3,
                validated=0.55, context=0.85, validator="in_plate"),
        Pattern(regex=rf"(?i)\b[2-9][1-9][ \-]?BH[ \-]?{_NOT_ZERO}[ \-]?[A-HJ-NP-Z]{{2}}\b", score=0.8, context=0.95),
        Pattern(regex=r"(?i)\b(?:0[1-9]|[1-9][0-9])[A-FHKPRX][0-9]{6}[A-Z]\b", score=0.4, context=0.8),
        Pattern(regex=r"(?i)\b[0-9]{1,3} ?(?:CD|CC|UN) ?[1-9][0-9]{1,3}\b", score=0.35, context=0.75),
        Pattern(regex=rf"(?i)\b[A-Z]{{3}}{_NOT_ZERO}\b", score=0.1, context=0.6),
        Pattern(regex=rf"(?i)\b(?:[A-Z]{{1,2}}{_NOT_ZERO}|I(?:[1-9][0-9]{{4}}|0{_NOT_ZERO}))\b", score=0.01),
    ),
    context={"en": ("rto", "vehicle", "number plate", "registration number", "vehicle registration", "plate", "registration")},
    field_names=("vehicle registration", "vehicle number", "registration number", "rto"),
    countries=("IN",),
    source="Central Motor Vehicles Rules 1989, rules 50 and 51; Bharat series, rule 47",
    examples=("KA03MN1234", "MH 12 AB 1234", "22BH6517AB"),
    with_context=("vehicle 75CD123", "plate ABC1234"),
    not_examples=("KA03MN0000", "ABC1234", "XY1"),
)  # fmt: skip

TYPES = (IN_AADHAAR, IN_PAN, IN_GSTIN, IN_PASSPORT, IN_VOTER, IN_VEHICLE_REGISTRATION)

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {"in_aadhaar": in_aadhaar, "in_plate": in_plate, "in_loose": in_loose, "in_gstin": in_gstin}
)
