"""Numbers of international registers: legal entities, banks, customs, and the European health insurance card."""

# ruff: noqa: E501, SIM905 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern

_COUNTRIES = "|".join(
    (
        "AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU "
        "CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU "
        "ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN "
        "MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC "
        "SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF "
        "WS XK YE YT ZA ZM ZW"
    ).split()
)

LEI = EntityType(
    name="LEI",
    patterns=(
        Pattern(regex=r"\b[0-9A-Z]{18}[0-9]{2}\b", score=0.0, validated=0.85, context=0.95),
        Pattern(regex=r"\b[0-9A-Za-z]{4}[ \-]?[0-9A-Za-z]{14}[ \-]?[0-9]{2}\b", score=0.0, validated=0.7, context=0.95),
        Pattern(regex=r"\b(?:[0-9A-Z]{4} ){4}[0-9A-Z]{2}[0-9]{2}\b", score=0.0, validated=0.75, context=0.95),
    ),
    context={
        "*": (
            "lei",
            "lei code",
            "legal entity identifier",
            "rechtsträgerkennung",
            "identifiant d entité juridique",
            "kod lei",
            "lei kód",
        )
    },
    validator="lei",
    field_names=("lei", "lei code", "legal entity identifier"),
    source="ISO 17442-1; ISO/IEC 7064 MOD 97-10",
    examples=(
        "251961PRATIQUE4T2748",
        "529900PRATIQUE0T3571",
    ),
    not_examples=("529900PRATIQUE0T3572", "12345678901234567890", "ABCDEFGHIJKLMNOPQR12"),
)

_BIC_WORDS = (
    "bic",
    "swift",
    "bic code",
    "swift code",
    "swift bic",
    "bic swift",
    "iban",
    "código bic",
    "code bic",
    "kod bic",
    "kod swift",
)

BIC = EntityType(
    name="BIC",
    patterns=(
        Pattern(regex=rf"\b[A-Z]{{4}}(?:{_COUNTRIES})[A-Z2-9][A-NP-Z0-9](?:XXX|[A-WYZ0-9][A-Z0-9]{{2}})?\b", score=0.1, context=0.85, edges="word"),
        Pattern(regex=rf"\b[A-Z]{{4}} (?:{_COUNTRIES}) [A-Z2-9][A-NP-Z0-9](?: (?:XXX|[A-WYZ0-9][A-Z0-9]{{2}}))?\b", score=0.1, context=0.85, edges="word"),
        Pattern(regex=rf"\b[A-Z]{{4}}(?:{_COUNTRIES})[A-Z2-9][A-NP-Z0-9]XXX\b", score=0.65, context=0.9, edges="word", look="XXX"),
    ),
    context={"*": _BIC_WORDS},
    field_names=("bic", "swift", "swift code", "bic code"),
    source="ISO 9362",
    examples=("DEUTDEFFXXX",),
    with_context=("BIC: DEUTDEFF", "SWIFT code BNPAFRPP", "BIC BCEELULL", "BIC: NTSBDEB1XXX"),
    not_examples=("DEUTDEFF", "CONTRACT", "BIC the pen", "SWIFT ABCDZZFF"),
)  # fmt: skip

EORI = EntityType(
    name="EORI",
    patterns=(
        Pattern(regex=r"\b(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|GR|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI|GB|CH|NO)[ \-]?[A-Z0-9]{8,15}\b", score=0.05,
                context=0.85, edges="word", needs_digit=True),
    ),
    context={"*": ("eori", "eori number", "eori nummer", "numéro eori", "número eori", "numer eori", "customs", "zollnummer", "număr eori", "еори")},
    field_names=("eori", "eori number", "eori nummer"),
    source="Commission Delegated Regulation (EU) 2015/2446, annex 12-01",
    with_context=("EORI DE123456789012345", "EORI number: PL123456789000000", "EORI: FR12345678901234"),
    not_examples=("DE123456789012345", "EORI number"),
)  # fmt: skip

_EHIC_WORDS = (
    "ehic", "european health insurance card", "health insurance card", "europäische krankenversicherungskarte", "ekvk", "ceam", "carte européenne d assurance maladie",
    "tarjeta sanitaria europea", "tse", "tessera europea", "team", "tessera europea di assicurazione malattia", "ekuz", "europejska karta", "cartão europeu",
    "cesd", "eksk", "europese ziekteverzekeringskaart", "europæisk sygesikringskort", "europeiskt sjukförsäkringskort", "eurooppalainen sairaanhoitokortti",
    "evropský průkaz", "ehic karta", "európsky preukaz", "európai egészségbiztosítási kártya", "cardul european", "card european", "европейска здравноосигурителна карта",
    "ездок", "ευρωπαϊκή κάρτα", "εκαα", "europska kartica", "evropska kartica", "europos sveikatos draudimo kortelė", "esdk", "eiropas veselības", "evak",
    "euroopa ravikindlustuskaart", "cárta eorpach", "evrópska sjúkratryggingakortið", "europeisk helsetrygdkort", "kennnummer der karte", "card number",
)  # fmt: skip

EHIC_NUMBER = EntityType(
    name="EHIC_NUMBER",
    patterns=(
        Pattern(regex=r"\b80[0-9]{18}\b", score=0.1, validated=0.55, context=0.9),
        Pattern(regex=r"\b80[0-9]{3}(?:[ \-]?[0-9]{5}){3}\b", score=0.05, validated=0.55, context=0.9),
        Pattern(regex=r"\b80[0-9]{2}(?:[ \-][0-9]{4}){4}\b", score=0.05, validated=0.55, context=0.9),
    ),
    context={"*": _EHIC_WORDS},
    validator="ehic",
    field_names=("ehic", "ehic number", "european health insurance card", "ekuz", "ceam", "health card number"),
    source="Decision S2 of the Administrative Commission (2010/C 106/09); EN 1867: prefix 80, country of ISO 3166-1",
    examples=("80276001234567890123",),
    with_context=("EHIC 80616 00123 45678 90123", "numer karty EKUZ: 80616001234567890123"),
    not_examples=("80999001234567890123", "81276001234567890123", "8027600123456789012"),
)  # fmt: skip

TYPES = (LEI, BIC, EORI, EHIC_NUMBER)
