"""Hungary."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
    SPACE,
    WEAK,
    bare_vat,
    capitals,
    code,
    grouped,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def _born(digits: list[int]) -> bool:
    year, month, day = (digits[at] * 10 + digits[at + 1] for at in (1, 3, 5))
    return digits[0] in range(1, 9) and is_date(year, month, day)


def _personal(text: str) -> bool:
    """Sex and century, date of birth, three digits; check modulo 11, weighted from 1 up, from births of 1997 on down."""
    digits = digits_of(text)
    if len(digits) != 11 or not _born(digits):
        return False
    late = digits[0] in {3, 4} or digits[1:3] >= [9, 7]
    return sum(digit * (11 - at if late else at) for at, digit in enumerate(digits[:10], 1)) % 11 == digits[10]


def _personal_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 11 and _born(digits) else False


def _tax(text: str) -> bool:
    """Ten digits that begin with 8; days since 1867 in five of them; the sum of digit times place, modulo 11."""
    digits = digits_of(text)
    return len(digits) == 10 and digits[0] == 8 and sum(d * at for at, d in enumerate(digits[:9], 1)) % 11 == digits[9]


def _taj(text: str) -> bool:
    """Nine digits, weights 3 and 7 in turn, modulo 10."""
    digits = digits_of(text)
    if len(digits) != 9 or not any(digits):
        return False
    return weighted_sum(text, (3, 7, 3, 7, 3, 7, 3, 7)) % 10 == digits[8]


def _company(text: str) -> bool:
    """The taxpayer's eight digits, weights 9, 7, 3, 1; the code of the kind of tax and the county may follow."""
    digits = digits_of(text)
    if len(digits) not in {8, 11} or not any(digits) or (len(digits) == 11 and not 1 <= digits[8] <= 5):
        return False
    return weighted_sum(text, (9, 7, 3, 1, 9, 7, 3, 1)) % 10 == 0


def _account(text: str) -> bool:
    """Each eight of the bank, and the eight or sixteen of the account, sum to a multiple of ten by 9, 7, 3, 1."""
    digits = digits_of(text)
    if len(digits) not in {16, 24} or not any(digits[:8]):
        return False
    weights = (9, 7, 3, 1, 9, 7, 3, 1)
    parts = (digits[:8], digits[8:])
    return all(sum(d * weights[at % 8] for at, d in enumerate(part)) % 10 == 0 for part in parts)


VALIDATORS: Mapping[str, Validator] = {
    "hu_personal": _personal,
    "hu_personal_shape": _personal_shape,
    "hu_tax": _tax,
    "hu_taj": _taj,
    "hu_company": _company,
    "hu_account": _account,
}

_PERSONAL = f"[1-8]{SEP}[0-9]{{6}}{SEP}[0-9]{{4}}"
HU_PERSONAL_NUMBER = EntityType(
    name="HU_PERSONAL_NUMBER",
    patterns=(
        proved(r"[1-8][\- ][0-9]{6}[\- ][0-9]{4}", alone=0.85, context=0.95),
        proved(_PERSONAL, alone=0.5, context=0.95),
        labelled(code(_PERSONAL), "hu_personal_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "hu": ("személyi szám", "személyi azonosító", "személyi azonosító jel", "személyazonosító", "személyazonosító jel", "szem szám", "szem ig", "személyi száma", "szemszám", "személyi", "szig"),
            "*": ("személyi szám", "szemelyi szam", "hungarian personal"),
        },
    ),
    validator="hu_personal",
    checks_digits=True,
    field_names=("szemelyi szam", "szemelyi azonosito", "personal id"),
    countries=("HU",),
    source="Act XX of 1996: sex and century, date of birth, check modulo 11",
    examples=("1-800101-2342", "3-020515-6789"),
    with_context=("Személyi szám: 18001012342", "személyi azonosító jele: 2 850623 1234", "személyi azonosító: 1-800101-2344"),
    not_examples=("1-800101-2344", "1-801301-2342"),
)  # fmt: skip

_TAX = f"8{SEP}{grouped(3, 3, 3)}|8[0-9]{{3}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}|8[0-9]{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}|8[0-9]{SEP}{grouped(2, 2, 2, 2)}|8[0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{4}}"
HU_TAX_ID = EntityType(
    name="HU_TAX_ID",
    patterns=(proved(_TAX, alone=0.4, context=0.9), labelled(code(_TAX))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "hu": ("adóazonosító jel", "adóazonosító", "adóazonosító jele", "adóazonosítója", "adóaz jel", "adóaz", "adó azonosító", "adójel"),
            "*": ("adoazonosito", "tax identification"),
        },
    ),
    validator="hu_tax",
    checks_digits=True,
    field_names=("adoazonosito", "adoazonosito jel", "tax id"),
    countries=("HU",),
    source="Act XX of 1996: ten digits that begin with 8, days since 1 January 1867, check modulo 11",
    with_context=("Adóazonosító jel: 8413030013", "adóazonosító jele 8413030017", "adóaz. jel: 8 413 030 013"),
    not_examples=("8413030017", "7413030016"),
)  # fmt: skip

_TAJ = grouped(3, 3, 3)
HU_TAJ = EntityType(
    name="HU_TAJ",
    patterns=(proved(_TAJ, alone=WEAK, context=0.9), labelled(code(_TAJ))),
    context=labels.joined(
        labels.SOCIAL_SECURITY,
        {
            "hu": ("taj", "taj szám", "tajszám", "taj száma", "tajszáma", "társadalombiztosítási azonosító", "társadalombiztosítási", "tb szám", "taj kártya", "tajkártya"),
            "*": ("taj", "taj number", "health insurance number"),
        },
    ),
    against_after=labels.MONEY,
    validator="hu_taj",
    checks_digits=True,
    field_names=("taj", "taj szam", "tajszam"),
    countries=("HU",),
    source="Act XX of 1996: nine digits, weights 3 and 7, modulo 10",
    with_context=("TAJ-szám: 123 456 788", "TAJ: 123456788", "társadalombiztosítási azonosító jele 123-456-789"),
    not_examples=("123456788", "123 456 789"),
)  # fmt: skip

_ADOSZAM = r"[0-9]{8}[\-\x{2013}/ ][1-5][\-\x{2013}/ ][0-9]{2}"
HU_ADOSZAM = EntityType(
    name="HU_ADOSZAM",
    patterns=(
        proved(_ADOSZAM, alone=0.75, context=0.95, score=0.1),
        labelled(code(rf"{_ADOSZAM}|[0-9]{{8}}[1-5][0-9]{{2}}|[0-9]{{8}}")),
        proved("[0-9]{8}[1-5][0-9]{2}|[0-9]{8}", alone=0.2, context=0.85),
    ),
    context=labels.joined(
        labels.TAX_NUMBER, {"hu": ("adószám", "adószáma", "adósz", "áfa", "cégjegyzékszám"), "*": ("adoszam",)}
    ),
    validator="hu_company",
    checks_digits=True,
    field_names=("adoszam", "tax number"),
    countries=("HU",),
    source="Act CL of 2017 on taxation: eight digits (weights 9, 7, 3, 1), kind of tax, county",
    examples=("12892312-2-42",),
    with_context=("adószám: 12892313-2-42", "adószáma: 12892312242", "Adószám: 12892312"),
    not_examples=("12892313-2-42", "12892312242"),
)

_VAT = f"HU{SEP}[0-9]{{8}}"
HU_VAT_CODE = EntityType(
    name="HU_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.7, context=0.95, score=0.2),
        bare_vat("[0-9]{8}"),
        labelled(code(rf"{_VAT}(?:-[1-5]-[0-9]{{2}})?")),
        proved(rf"{_VAT}-[1-5]-[0-9]{{2}}", alone=0.8, context=0.95),
    ),
    context=labels.VAT,
    validator="hu_company",
    field_names=("kozossegi adoszam", "vat", "vat number"),
    countries=("HU",),
    source="Act CXXVII of 2007 on VAT: HU and the first eight digits of the tax number",
    examples=("HU12892312", "HU 12892312"),
    with_context=("közösségi adószám: HU12892313",),
    not_examples=(
        "közösségi adószám: HU1289231",
        "HU12892313",
    ),
)

HU_COMPANY_NUMBER = EntityType(
    name="HU_COMPANY_NUMBER",
    patterns=(
        code(r"(?:0[1-9]|1[0-9]|20)[\- ](?:0[1-9]|1[0-9]|2[0-3])[\- ][0-9]{6}", score=0.2, context=0.9),
        code("[0-9]{10}", score=0.02, context=0.7),
    ),
    context={
        "hu": ("cégjegyzékszám", "cégjegyzékszáma", "cégjegyzék", "cg", "cégbíróság", "cégsz", "cégjsz", "törvényszék cégbírósága"),
        "*": ("company registration", "registration number", "court of registration"),
    },
    field_names=("cegjegyzekszam", "company number"),
    countries=("HU",),
    source="Act V of 2006 on company registration: court, form, six digits",
    with_context=("Cégjegyzékszám: 01-09-123456", "Cg. 01-10-041585", "cégjegyzékszáma: 13 09 654321"),
    not_examples=("01-09-123456", "99-99-123456"),
)  # fmt: skip

HU_SELF_EMPLOYED = EntityType(
    name="HU_SELF_EMPLOYED",
    patterns=(code("[0-9]{8}", score=0.02, context=0.7),),
    context={
        "hu": ("nyilvántartási szám", "nyilvántartási száma", "egyéni vállalkozó", "egyéni vállalkozói", "vállalkozói igazolvány", "őstermelő", "őstermelői", "kamarai"),
    },
    field_names=("nyilvantartasi szam",),
    countries=("HU",),
    source="Act CXV of 2009 on private entrepreneurs: register number of eight digits",
    with_context=("egyéni vállalkozó, nyilvántartási száma: 58887372", "egyéni vállalkozó, nyilvántartási száma: 51234567"),
    not_examples=("egyéni vállalkozó, nyilvántartási száma: 5123456", "51234567"),
)  # fmt: skip

HU_IDENTITY_CARD = EntityType(
    name="HU_IDENTITY_CARD",
    patterns=(
        code(rf"[0-9]{{6}}{SPACE}?-?[A-Z]{{2}}", score=0.2, context=0.85),
        capitals(rf"(?i:[A-Z]{{2}}[0-9]{{6,7}})|{PAIR}{SP}-?{SP}(?:[IVX]{{1,4}}\.?{SP}-?{SP})?[0-9]{{6,7}}", context=0.8),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "hu": ("személyi igazolvány", "személyi igazolványszám", "személyazonosító igazolvány", "szig", "szig szám", "sz ig", "szem ig", "igazolvány", "okmány", "okmányszám",
                   "lakcímkártya", "lakcímkártyaszám", "lakcímigazolvány", "lakcímet igazoló", "személyi okmány", "szem ig szám", "személyi igazolvány száma", "igazolványa"),
            "*": ("hungarian identity", "hungarian id"),
        },
    ),
    field_names=("szemelyi igazolvany", "szig szam", "lakcimkartya", "id card"),
    countries=("HU",),
    source="Government decree 414/2015: six digits and two letters; earlier cards two letters, a Roman number and digits",
    with_context=("személyi igazolvány száma: 123456AB", "szig.szám: 654321 BA", "személyazonosító igazolvány AB-IV. 123456", "Hungarian identity card No. 123456KE"),
    not_examples=("személyi igazolvány száma: 123456A", "123456AB"),
)  # fmt: skip

HU_PASSPORT = EntityType(
    name="HU_PASSPORT",
    patterns=(capitals(series("[0-9]{6,7}"), context=0.8),),
    context=labels.joined(
        labels.PASSPORT, {"hu": ("útlevél", "útlevélszám", "útlevele", "útlevelének", "magánútlevél")}
    ),
    field_names=("utlevel", "utlevelszam", "passport", "passport number"),
    countries=("HU",),
    source="Act XII of 1998 on travelling abroad: two letters, six or seven digits",
    with_context=("útlevélszám: BA1234567", "Hungarian passport BH 123456", "útlevelének száma: BJ7654321"),
    not_examples=(
        "útlevélszám: BA12345",
        "BA1234567",
    ),
)

HU_RESIDENCE_PERMIT = EntityType(
    name="HU_RESIDENCE_PERMIT",
    patterns=(capitals(rf"{series('[0-9]{6,7}')}|[0-9]{{6,9}}(?:{SPACE}?[A-Z]{{1,2}})?", score=0.05, context=0.7),),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"hu": ("tartózkodási engedélye", "regisztrációs igazolás", "állandó tartózkodási", "nemzeti kártya")}),
    field_names=("tartozkodasi engedely",),
    countries=("HU",),
    source="Act XC of 2023, Regulation (EC) 1030/2002: residence permits",
    with_context=("tartózkodási engedély száma: 000123456", "tartózkodási kártya AB1234567"),
    not_examples=("tartózkodási engedély száma: 00012345612", "000123456"),
)  # fmt: skip

HU_DRIVER_LICENSE = EntityType(
    name="HU_DRIVER_LICENSE",
    patterns=(capitals(series("[0-9]{6}"), context=0.8),),
    context=labels.joined(
        labels.DRIVING_LICENCE,
        {"hu": ("vezetői engedélye", "vezetői engedély száma", "jogosítványa", "gépjárművezetői")},
    ),
    field_names=("vezetoi engedely", "jogositvany", "driver license"),
    countries=("HU",),
    source="Government decree 326/2011: two letters and six digits",
    with_context=("vezetői engedély: CD123456", "jogosítvány száma LR 123456"),
    not_examples=(
        "vezetői engedély: CD12345",
        "CD123456",
    ),
)

HU_STUDENT_NUMBER = EntityType(
    name="HU_STUDENT_NUMBER",
    patterns=(code("7[0-9]{10}", score=0.05, context=0.8), code("[0-9]{10}", score=0.02, context=0.65)),
    context={
        "hu": (
            "oktatási azonosító",
            "om azonosító",
            "diákigazolvány",
            "oktatási",
            "oktatási azonosítója",
            "hallgatói azonosító",
        )
    },
    field_names=("oktatasi azonosito", "om azonosito", "diakigazolvany"),
    countries=("HU",),
    source="Act CXC of 2011 on public education: eleven digits that begin with 7; student cards of ten digits",
    with_context=("oktatási azonosító: 71234567890", "diákigazolvány száma: 1234567890"),
    not_examples=(
        "oktatási azonosító: 712345678",
        "71234567890",
    ),
)

HU_HEALTH_PROVIDER = EntityType(
    name="HU_HEALTH_PROVIDER",
    patterns=(code("[0-9]{5,6}", score=0.02, context=0.75),),
    context={"hu": ("pecsétszám", "pecsétszáma", "orvosi pecsét", "pecsétsz", "orvosi nyilvántartási", "alapnyilvántartási szám", "működési nyilvántartási")},
    field_names=("pecsetszam", "orvosi pecsetszam"),
    countries=("HU",),
    source="Act CLIV of 1997 on health care: number in the register of physicians, five digits",
    with_context=("Dr. Kiss Éva, pecsétszám: 12345", "orvosi pecsét száma: 54321"),
    not_examples=("Dr. Kiss Éva, pecsétszám: 1234", "12345"),
)  # fmt: skip


HU_LICENSE_PLATE = EntityType(
    name="HU_LICENSE_PLATE",
    patterns=(
        capitals(r"(?i:[A-Z]{3}-?[0-9]{3})|[A-Z]{3}[ \x{A0}][0-9]{3}", context=0.85),
        capitals(r"(?i:[A-Z]{2}-?[A-Z]{2}-?[0-9]{3})|[A-Z]{2}[ \x{A0}\-]?[A-Z]{2}[ \x{A0}\-]?[0-9]{3}", score=0.2, context=0.85),
        capitals(r"[A-Z]{2}[\- ]?[0-9]{2}[\- ][0-9]{2}|[A-Z][\- ][0-9]{5,6}", score=0.05, context=0.75),
    ),
    context=labels.joined(labels.PLATE, {"hu": ("rendszám", "rendszámú", "rendszáma", "forgalmi", "frsz", "személygépkocsi", "személygépkocsit", "gépjármű", "gépkocsi", "jármű")}),
    field_names=("rendszam", "license plate"),
    countries=("HU",),
    source="Government decree 326/2011, decree 301/2009: three letters and three digits; since 2022 four letters and three digits",
    with_context=("ABC-123 forgalmi rendszámú személygépkocsi", "rendszám: AA BC-123", "rendszámú AABC-123 jármű"),
    not_examples=("ABC-123", "AABC-123"),
)  # fmt: skip

HU_POSTCODE = EntityType(
    name="HU_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}"), Pattern(regex=r"\bH-[1-9][0-9]{3}\b", score=0.45, context=0.8)),
    context=labels.joined(labels.POSTCODE, {"hu": ("irsz", "ir szám", "irányítószám", "irányítószáma")}),
    field_names=("iranyitoszam", "irsz", "postcode", "postal code", "zip"),
    countries=("HU",),
    source="Magyar Posta: four digits",
    with_context=("irányítószám: 1051", "irsz. 6720"),
    not_examples=(
        "irányítószám: 105",
        "1051",
    ),
)

_ACCOUNT = r"[0-9]{8}[\-\x{2013} ][0-9]{8}(?:[\-\x{2013} ][0-9]{8})?"
HU_BANK_ACCOUNT = EntityType(
    name="HU_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.75, context=0.95, score=0.05),
        proved("[0-9]{24}|[0-9]{16}", alone=0.38, context=0.9),
        labelled(code(rf"{_ACCOUNT}|[0-9]{{24}}|[0-9]{{16}}")),
    ),
    context=labels.joined(labels.ACCOUNT, {"hu": ("bankszámlaszám", "bankszámlaszáma", "számlaszám", "számlaszáma", "bankszámla", "számlára", "számlájára", "fizetési számla", "giro")}),
    validator="hu_account",
    checks_digits=True,
    field_names=("bankszamlaszam", "szamlaszam", "bank account"),
    countries=("HU",),
    source="Magyar Nemzeti Bank, GIRO: two or three groups of eight digits, weights 9, 7, 3, 1",
    examples=("11773016-11111018-00000000", "11773016-11111018"),
    with_context=("bankszámlaszám: 11773016-11111019-00000000", "számlaszám 117730161111101800000000"),
    not_examples=("bankszámlaszám: 11773016-11111019-0000000", "11773016-11111019-00000000"),
)  # fmt: skip

TYPES = (
    HU_PERSONAL_NUMBER, HU_TAX_ID, HU_TAJ, HU_ADOSZAM, HU_VAT_CODE, HU_COMPANY_NUMBER, HU_SELF_EMPLOYED, HU_IDENTITY_CARD,
    HU_PASSPORT, HU_RESIDENCE_PERMIT, HU_DRIVER_LICENSE, HU_STUDENT_NUMBER, HU_LICENSE_PLATE, HU_POSTCODE, HU_BANK_ACCOUNT,
    HU_HEALTH_PROVIDER,
)  # fmt: skip
