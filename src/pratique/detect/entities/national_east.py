"""National identifiers of persons, northern and eastern Europe. Scores as in `pratique.detect.entities.national`."""

from pratique.detect.entities.record import EntityType, Pattern

_STRONG = 0.55
_WEAK = 0.3
_ELEVEN = r"\b[0-9]{11}\b"
_TEN = r"\b[0-9]{10}\b"

PL_PESEL = EntityType(
    name="PL_PESEL",
    patterns=(Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.9),),
    context={"*": ("pesel",)},
    validator="pl_pesel",
    checks_digits=True,
    field_names=("pesel",),
    countries=("PL",),
    source="Act on population records of 24 September 2010: weighted check, date of birth (1900 to 2049)",
    examples=("44051401359",),
    not_examples=("44051401358", "44951201458"),
)

FI_PERSONAL_IDENTITY_CODE = EntityType(
    name="FI_PERSONAL_IDENTITY_CODE",
    patterns=(
        Pattern(
            regex=r"\b[0-3][0-9][01][0-9]{3}[+\-ABCDEFUVWXYabcdefuvwxy][0-9]{3}[0-9A-Ya-y]\b",
            score=0.2,
            validated=0.9,
            context=0.9,
        ),
    ),
    context={"fi": ("henkilötunnus", "hetu", "henkilötunnuksen"), "sv": ("personbeteckning",)},
    validator="fi_hetu",
    field_names=("hetu", "henkilotunnus", "personal identity code"),
    countries=("FI",),
    source="Digital and Population Data Services Agency: personal identity code, check modulo 31",
    examples=("131052-308T",),
    not_examples=("131052-308U", "310252-308Y"),
)

SE_PERSONNUMMER = EntityType(
    name="SE_PERSONNUMMER",
    patterns=(
        Pattern(regex=r"\b(?:19|20)?[0-9]{6}[\-+][0-9]{4}\b", score=0.1, validated=0.8, context=0.95),
        Pattern(regex=r"\b(?:19|20)[0-9]{10}\b", score=0.0, validated=_STRONG, context=0.9),
        Pattern(regex=_TEN, score=0.0, validated=_WEAK, context=0.9),
    ),
    context={"sv": ("personnummer", "personnr", "pnr")},
    validator="se_personnummer",
    checks_digits=True,
    field_names=("personnummer", "personnr"),
    countries=("SE",),
    source="Skatteverket SKV 704: Luhn check and date of birth",
    examples=("880320-0016", "19880320-0016"),
    with_context=("Personnummer 8803200016",),
    not_examples=("880320-0018", "8803200016"),
)

DK_CPR = EntityType(
    name="DK_CPR",
    patterns=(
        Pattern(regex=r"\b[0-3][0-9][01][0-9]{3}-[0-9]{4}\b", score=0.1, validated=0.6, context=0.9),
        Pattern(regex=_TEN, score=0.0, validated=_WEAK, context=0.8),
    ),
    context={"da": ("cpr", "personnummer", "cprnr")},
    validator="dk_cpr",
    checks_digits=True,
    field_names=("cpr", "cpr nummer", "cpr number", "personnummer"),
    countries=("DK",),
    source="CPR-kontoret: date of birth and century rule (the modulo 11 check was given up in 2007)",
    examples=("211062-5629",),
    with_context=("CPR 2110625629",),
    not_examples=("511062-5629", "2110625629"),
)

NO_FODSELSNUMMER = EntityType(
    name="NO_FODSELSNUMMER",
    patterns=(
        Pattern(regex=r"\b[0-7][0-9][0-9]{4}[ \-][0-9]{5}\b", score=0.1, validated=0.85, context=0.95),
        Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.95),
    ),
    context={"no": ("fødselsnummer", "fødselsnr", "personnummer", "fnr"), "*": ("fodselsnummer",)},
    validator="no_fodselsnummer",
    checks_digits=True,
    field_names=("fodselsnummer", "fnr", "personnummer"),
    countries=("NO",),
    source="Skatteetaten: date of birth and two check digits modulo 11",
    examples=("15108695088", "151086 95088"),
    not_examples=("15108695077",),
)

EE_ISIKUKOOD = EntityType(
    name="EE_ISIKUKOOD",
    patterns=(Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.9),),
    context={"et": ("isikukood", "isikukoodi")},
    validator="ee_ik",
    checks_digits=True,
    field_names=("isikukood",),
    countries=("EE",),
    source="EVS 585: date of birth and check modulo 11",
    examples=("36805280109",),
    not_examples=("36805280108",),
)

LT_ASMENS_KODAS = EntityType(
    name="LT_ASMENS_KODAS",
    patterns=(Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.9),),
    context={"lt": ("asmens", "asmens kodas")},
    validator="lt_asmens",
    checks_digits=True,
    field_names=("asmens kodas",),
    countries=("LT",),
    source="Law on the population register: date of birth and check modulo 11 (the rule of EVS 585)",
    with_context=("asmens kodas 33309240064",),
    not_examples=("33309240164",),
)

BG_EGN = EntityType(
    name="BG_EGN",
    patterns=(Pattern(regex=_TEN, score=0.0, validated=_STRONG, context=0.9),),
    context={"bg": ("егн",), "*": ("egn",)},
    validator="bg_egn",
    checks_digits=True,
    field_names=("egn", "егн"),
    countries=("BG",),
    source="ESGRAON: date of birth (1900 to 2049) and weighted check modulo 11",
    examples=("6101057005",),
    not_examples=("7552010004",),
)

RO_CNP = EntityType(
    name="RO_CNP",
    patterns=(Pattern(regex=r"\b[1-9][0-9]{12}\b", score=0.0, validated=0.6, context=0.95),),
    context={"ro": ("cnp", "cod numeric"), "*": ("cnp",)},
    validator="ro_cnp",
    checks_digits=True,
    field_names=("cnp", "cod numeric personal"),
    countries=("RO",),
    source="Law 105/1996: date of birth, county and weighted check modulo 11",
    examples=("1630615123457",),
    not_examples=("1630615123458",),
)

CZ_BIRTH_NUMBER = EntityType(
    name="CZ_BIRTH_NUMBER",
    patterns=(
        Pattern(regex=r"\b[0-9]{6}/[0-9]{3,4}\b", score=0.1, validated=0.75, context=0.95),
        Pattern(regex=_TEN, score=0.0, validated=_WEAK, context=0.9),
    ),
    context={"cs": ("rodné", "rodné číslo", "rč"), "sk": ("rodné", "rodné číslo")},
    validator="cz_rc",
    checks_digits=True,
    field_names=("rodne cislo", "birth number"),
    countries=("CZ", "SK"),
    source="Act 133/2000: date of birth and divisibility by 11",
    examples=("710319/2745",),
    with_context=("rodné číslo 7103192745",),
    not_examples=("710319/2746", "7103192745"),
)

HR_OIB = EntityType(
    name="HR_OIB",
    patterns=(Pattern(regex=_ELEVEN, score=0.0, validated=_WEAK, context=0.8),),
    context={"hr": ("oib",), "*": ("oib",)},
    validator="hr_oib",
    checks_digits=True,
    field_names=("oib",),
    countries=("HR",),
    source="Law on the personal identification number; ISO/IEC 7064 MOD 11,10",
    with_context=("OIB 33392005961",),
    not_examples=("33392005961", "OIB 33392005962"),
)

GR_AMKA = EntityType(
    name="GR_AMKA",
    patterns=(Pattern(regex=_ELEVEN, score=0.0, validated=_STRONG, context=0.9),),
    context={"el": ("αμκα",), "*": ("amka",)},
    validator="gr_amka",
    checks_digits=True,
    field_names=("amka", "αμκα"),
    countries=("GR",),
    source="Law 3655/2008: date of birth and Luhn check",
    examples=("01013099997",),
    not_examples=("01013099999",),
)

TYPES = (
    PL_PESEL, FI_PERSONAL_IDENTITY_CODE, SE_PERSONNUMMER, DK_CPR, NO_FODSELSNUMMER, EE_ISIKUKOOD, LT_ASMENS_KODAS,
    BG_EGN, RO_CNP, CZ_BIRTH_NUMBER, HR_OIB, GR_AMKA,
)  # fmt: skip
