"""National identifiers of persons, western and northern Europe and the United States.

Scores: a number whose validator passes less than about one in two hundred random numbers of its length reaches 0.5 on
its own; weaker ones (``_WEAK``) need a context word or a field name.
"""

from pratique.detect.entities.record import EntityType, Pattern

_STRONG = 0.55
_WEAK = 0.3
_ELEVEN = r"\b[0-9]{11}\b"
_TEN = r"\b[0-9]{10}\b"
_NINE = r"\b[0-9]{9}\b"

US_SSN = EntityType(
    name="US_SSN",
    patterns=(
        Pattern(regex=r"\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\b", score=0.1, validated=0.6, context=0.85),
        Pattern(regex=r"\b[0-8][0-9]{2} [0-9]{2} [0-9]{4}\b", score=0.1, validated=0.4, context=0.85),
        Pattern(regex=_NINE, score=0.0, validated=0.05, context=0.55),
    ),
    context={"en": ("ssn", "ssns", "social security", "ss#")},
    validator="us_ssn",
    field_names=("ssn", "social security number", "social security"),
    countries=("US",),
    source="Social Security Administration: ranges never issued",
    examples=("536-90-4399",),
    with_context=("SSN: 536904399",),
    not_examples=("666-12-3456", "000-12-3456", "123456789"),
)

ES_NIF = EntityType(
    name="ES_NIF",
    patterns=(Pattern(regex=r"\b[0-9]{8}[ \-]?[A-Za-z]\b", score=0.1, validated=0.65, context=0.9),),
    context={"es": ("dni", "nif", "documento", "identidad"), "*": ("dni", "nif")},
    validator="es_nif",
    field_names=("nif", "dni"),
    countries=("ES",),
    source="Real Decreto 1553/2005: control letter modulo 23",
    examples=("54362315K", "54362315-K"),
    not_examples=("54362315Z",),
)

ES_NIE = EntityType(
    name="ES_NIE",
    patterns=(Pattern(regex=r"\b[XYZxyz][ \-]?[0-9]{7}[ \-]?[A-Za-z]\b", score=0.2, validated=0.75, context=0.9),),
    context={"*": ("nie", "extranjero", "extranjería")},
    validator="es_nie",
    field_names=("nie",),
    countries=("ES",),
    source="Orden INT/2058/2008: control letter modulo 23",
    examples=("X2482300W", "X-2482300-W"),
    not_examples=("X2482300A",),
)

IT_FISCAL_CODE = EntityType(
    name="IT_FISCAL_CODE",
    patterns=(
        Pattern(
            regex=r"(?i)\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b",
            score=0.4,
            validated=0.95,
            context=0.6,
        ),
    ),
    context={"it": ("codice fiscale", "codice", "fiscale"), "*": ("cf",)},
    validator="it_fiscal_code",
    field_names=("codice fiscale", "fiscal code", "cf"),
    countries=("IT",),
    source="Decreto ministeriale 23 dicembre 1976",
    examples=("RCCMNL83S18D969H", "rccmnl83s18d969h"),
    not_examples=("RCCMNL83S18D969",),
)

FR_NIR = EntityType(
    name="FR_NIR",
    patterns=(
        Pattern(
            regex=r"\b[12] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[ABab]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}\b",
            score=0.1,
            validated=0.75,
            context=0.95,
        ),
    ),
    context={"fr": ("nir", "sécurité sociale", "insee", "sécu", "immatriculation"), "*": ("nir", "insee")},
    validator="fr_nir",
    checks_digits=True,
    field_names=("nir", "numero securite sociale", "insee", "securite sociale"),
    countries=("FR",),
    source="INSEE: numéro d'inscription au répertoire, key modulo 97",
    examples=("2 95 10 99 126 111 93", "295109912611193"),
    not_examples=("295109912611199",),
)

BE_NATIONAL_NUMBER = EntityType(
    name="BE_NATIONAL_NUMBER",
    patterns=(
        Pattern(
            regex=r"\b[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}[.\-][0-9]{2}\b", score=0.4, validated=0.9, context=0.95
        ),
        Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.9),
    ),
    context={
        "nl": ("rijksregisternummer", "rijksregister", "insz"),
        "fr": ("registre national", "niss"),
        "*": ("rrn", "nrn"),
    },
    validator="be_nn",
    checks_digits=True,
    field_names=("rijksregisternummer", "numero national", "national register number", "insz", "niss"),
    countries=("BE",),
    source="Royal decree of 3 April 1984: date of birth, check modulo 97",
    examples=("85.07.30-033.28", "85073003328"),
    not_examples=("85073003329",),
)

NL_BSN = EntityType(
    name="NL_BSN",
    patterns=(
        Pattern(regex=_NINE, score=0.0, validated=_WEAK, context=0.8),
        Pattern(regex=r"\b[0-9]{4}\.[0-9]{2}\.[0-9]{3}\b", score=0.1, validated=0.5, context=0.85),
    ),
    context={"nl": ("bsn", "burgerservicenummer", "sofinummer", "sofi"), "*": ("bsn",)},
    validator="nl_bsn",
    checks_digits=True,
    field_names=("bsn", "burgerservicenummer", "sofinummer"),
    countries=("NL",),
    source="Logisch Ontwerp BSN: the eleven test",
    with_context=("BSN 111222333",),
    not_examples=("111222333", "BSN 111222334"),
)

DE_TAX_ID = EntityType(
    name="DE_TAX_ID",
    patterns=(
        Pattern(regex=r"\b[1-9][0-9] [0-9]{3} [0-9]{3} [0-9]{3}\b", score=0.1, validated=0.65, context=0.9),
        Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.9),
    ),
    context={
        "de": ("steuer", "steueridentifikationsnummer", "steuernummer", "identifikationsnummer", "idnr"),
        "*": ("steuerid", "tin"),
    },
    validator="de_idnr",
    checks_digits=True,
    field_names=("steuer id", "steueridentifikationsnummer", "idnr", "steuernummer", "tax id"),
    countries=("DE",),
    source="Steueridentifikationsnummerverordnung; ISO/IEC 7064 MOD 11,10",
    examples=("36 574 261 809", "36574261809"),
    not_examples=("36574261890",),
)

PT_NIF = EntityType(
    name="PT_NIF",
    patterns=(
        Pattern(regex=_NINE, score=0.0, validated=_WEAK, context=0.8),
        Pattern(regex=r"\b[1-9][0-9]{2} [0-9]{3} [0-9]{3}\b", score=0.0, validated=_WEAK, context=0.8),
    ),
    context={"pt": ("nif", "contribuinte", "fiscal"), "*": ("nif",)},
    validator="pt_nif",
    checks_digits=True,
    field_names=("nif", "contribuinte", "numero de contribuinte"),
    countries=("PT",),
    source="Autoridade Tributária: check modulo 11",
    with_context=("NIF 501964843",),
    not_examples=("501964843",),
)

UK_NHS = EntityType(
    name="UK_NHS",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}[ \-][0-9]{3}[ \-][0-9]{4}\b", score=0.05, validated=0.5, context=0.9),
        Pattern(regex=_TEN, score=0.0, validated=_WEAK, context=0.85),
    ),
    context={"en": ("nhs", "national health", "health service")},
    validator="uk_nhs",
    checks_digits=True,
    field_names=("nhs", "nhs number", "nhs no"),
    countries=("GB",),
    source="NHS Data Model and Dictionary: NHS number, check modulo 11",
    examples=("943 476 5870",),
    with_context=("NHS number 9434765870",),
    not_examples=("9434765870", "943 476 5871"),
)

UK_NINO = EntityType(
    name="UK_NINO",
    patterns=(
        Pattern(
            regex=r"(?i)\b[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",
            score=0.6,
            context=0.9,
            validator="uk_nino",
        ),
    ),
    context={"en": ("nino", "national insurance", "insurance", "ni number")},
    field_names=("nino", "national insurance number", "ni number"),
    countries=("GB",),
    source="HM Revenue & Customs manual NIM39110",
    examples=("AB123456C", "AB 12 34 56 C"),
    not_examples=("BG123456C", "QQ123456C", "AB123456E"),
)

IE_PPS = EntityType(
    name="IE_PPS",
    patterns=(Pattern(regex=r"\b[0-9]{7}[A-Wa-w][A-IWa-iw]?\b", score=0.1, validated=0.6, context=0.9),),
    context={"en": ("pps", "ppsn", "personal public service")},
    validator="ie_pps",
    field_names=("pps", "ppsn", "pps number"),
    countries=("IE",),
    source="Social Welfare Consolidation Act 2005: check character modulo 23",
    examples=("6433435F", "6433435OA"),
    not_examples=("6433435E",),
)

AT_SVNR = EntityType(
    name="AT_SVNR",
    patterns=(
        Pattern(regex=r"\b[1-9][0-9]{3}[ \-][0-9]{6}\b", score=0.1, validated=0.7, context=0.9),
        Pattern(regex=_TEN, score=0.0, validated=_STRONG, context=0.9),
    ),
    context={"de": ("svnr", "sozialversicherungsnummer", "sozialversicherung", "versicherungsnummer")},
    validator="at_vnr",
    checks_digits=True,
    field_names=("svnr", "sozialversicherungsnummer", "versicherungsnummer"),
    countries=("AT",),
    source="Hauptverband: Versicherungsnummer, check modulo 11 and date of birth",
    examples=("1237 010180", "1237010180"),
    not_examples=("2237010180",),
)

CH_AHV = EntityType(
    name="CH_AHV",
    patterns=(
        Pattern(regex=r"\b756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}\b", score=0.2, validated=0.85, context=0.95),
    ),
    context={"de": ("ahv", "ahvnr", "sozialversicherungsnummer"), "fr": ("avs",), "it": ("avs",)},
    validator="ch_ahv",
    checks_digits=True,
    field_names=("ahv", "ahv nummer", "avs", "numero avs"),
    countries=("CH", "LI"),
    source="AHVN13: EAN-13 check digit, country 756",
    examples=("756.9217.0769.85", "7569217076985"),
    not_examples=("756.9217.0769.84",),
)

TYPES = (
    US_SSN, ES_NIF, ES_NIE, IT_FISCAL_CODE, FR_NIR, BE_NATIONAL_NUMBER, NL_BSN, DE_TAX_ID, PT_NIF, UK_NHS, UK_NINO,
    IE_PPS, AT_SVNR, CH_AHV,
)  # fmt: skip
