"""National numbers of digits alone: the shape in which each is written, and its check, one function a number.

A score is for the number without any label: 0.6 and more only where date, check and shape together leave chance less
than one in a hundred. A label beside it (`pratique.detect.residue.labels`) makes `LABELLED` of any good check.
"""

# ruff: noqa: PLR2004 (the numbers are the published structures)

from collections.abc import Callable, Iterator

from pratique.detect.residue.checks import day_month, ean, luhn, mod_11_10, verhoeff, weighted
from pratique.detect.residue.numbers import Number, card

LABELLED = 0.8
"""The score of a number with a good check and a label that speaks of such numbers."""


def _ssn(n: Number) -> float:
    """United States: 3-2-4; no area 000, 666 or 900 and up, no group 00, no serial 0000 (SSA, since 2011)."""
    area, group, serial = n.digits[:3], n.digits[3:5], n.digits[5:]
    good = area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"
    return 0.7 if good and n.shape == (3, 2, 4) and n.separator in ("-", " ") else 0.0


def _nhs(n: Number) -> float:
    """United Kingdom: ten digits, weights 10 to 2, modulo 11."""
    rest = 11 - weighted(n.digits, range(10, 1, -1)) % 11
    if rest % 11 != int(n.digits[9]) or n.shape not in ((10,), (3, 3, 4)):
        return 0.0
    return 0.65 if n.separator in ("-", " ") else 0.4


def _bsn(n: Number) -> float:
    """The Netherlands: nine digits, weights 9 to 2 and -1, modulo 11."""
    good = weighted(n.digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 and int(n.digits) > 0
    return (0.55 if n.separator else 0.4) if good and n.shape in ((9,), (4, 2, 3), (3, 3, 3)) else 0.0


def _pesel(n: Number) -> float:
    """Poland: yymmdd (month + 20 from 2000), weights 1 3 7 9, modulo 10."""
    month = int(n.digits[2:4])
    good = day_month(n.digits[4:6], str(month % 20)) and month < 33
    return 0.65 if good and weighted(n.digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0 else 0.0


def _steuer_id(n: Number) -> float:
    """Germany: no leading zero, one digit of the first ten twice or thrice, the others once; ISO 7064 MOD 11,10."""
    if n.shape not in ((11,), (2, 3, 3, 3)) or n.digits[0] == "0":
        return 0.0
    often = sorted(n.digits[:10].count(d) for d in "0123456789")
    return 0.7 if often[-1] in (2, 3) and often[-2] == 1 and mod_11_10(n.digits) else 0.0


def _baltic(n: Number) -> float:
    """Estonia and Lithuania: sex and century, yymmdd, two rounds of weights modulo 11."""
    if n.digits[0] not in "123456" or not day_month(n.digits[5:7], n.digits[3:5]):
        return 0.0
    rest = weighted(n.digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if rest == 10:
        rest = weighted(n.digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return 0.65 if rest == int(n.digits[10]) else 0.0


def _fodselsnummer(n: Number) -> float:
    """Norway: ddmmyy (day + 40 for a D-number), two check digits modulo 11."""
    if n.shape not in ((11,), (6, 5)) or not day_month(str(int(n.digits[:2]) % 40), n.digits[2:4]):
        return 0.0
    first = weighted(n.digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11 == 0
    return 0.8 if first and weighted(n.digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0 else 0.0


def belgian(digits: str) -> float:
    """Belgium: yymmdd, serial, and 97 less the remainder of the rest (a 2 before it from 2000)."""
    month, day = int(digits[2:4]) % 20, digits[4:6]
    date = day in ("00", "01") if month == 0 else day_month(day, str(month))
    body, check = digits[:9], int(digits[9:])
    good = any(97 - int(century + body) % 97 == check for century in ("", "2"))
    return 0.8 if date and good and int(digits[2:4]) < 60 else 0.0


def _personnummer(n: Number) -> float:
    """Sweden: (yy)yymmdd-nnnn, Luhn over the last ten digits; the day may be 60 higher (coordination number)."""
    short = n.digits[-10:]
    day = int(short[4:6])
    if not day_month(str(day - 60 if day > 60 else day), short[2:4]) or not luhn(short):
        return 0.0
    if n.shape in ((6, 4), (8, 4)) and n.separator == "-":
        return 0.7
    if n.shape == (12,) and n.digits[:2] in ("19", "20"):
        return 0.65
    return 0.45 if n.shape == (10,) else 0.0


def _rodne_cislo(n: Number) -> float:
    """Czechia and Slovakia: yymmdd/nnnn (month + 50 for women, + 20 from 2004); the last digit is the rest by 11."""
    month = int(n.digits[2:4]) % 50
    good = day_month(n.digits[4:6], str(month % 20)) and int(n.digits[:9]) % 11 % 10 == int(n.digits[9])
    if not good or n.shape not in ((10,), (6, 4)):
        return 0.0
    return 0.75 if n.separator == "/" else 0.6 if n.separator else 0.45


def _old_rodne_cislo(n: Number) -> float:
    """Czechia and Slovakia, until 1953: yymmdd/nnn without a check digit."""
    good = n.shape == (6, 3) and day_month(n.digits[4:6], str(int(n.digits[2:4]) % 50)) and n.digits[:2] < "54"
    return (0.65 if n.separator == "/" else 0.4) if good else 0.0


def _svnr(n: Number) -> float:
    """Austria: serial and check digit, then ddmmyy; weights 3 7 9 . 5 8 4 2 1 6, modulo 11."""
    good = n.digits[0] != "0" and day_month(n.digits[4:6], n.digits[6:8])
    if not good or weighted(n.digits, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 != int(n.digits[3]):
        return 0.0
    return (0.65 if n.shape == (4, 6) else 0.45) if n.shape in ((10,), (4, 6)) else 0.0


def _amka(n: Number) -> float:
    """Greece: ddmmyy, five digits, Luhn."""
    return 0.6 if day_month(n.digits[:2], n.digits[2:4]) and luhn(n.digits) else 0.0


def _oib(n: Number) -> float:
    """Croatia: eleven digits, ISO 7064 MOD 11,10."""
    return 0.4 if mod_11_10(n.digits) else 0.0


def _cnp(n: Number) -> float:
    """Romania: sex and century, yymmdd, county 01 to 52, serial; weights 2 7 9 1 4 6 3 5 8 2 7 9, modulo 11."""
    if n.digits[0] == "0" or not day_month(n.digits[5:7], n.digits[3:5]) or not 1 <= int(n.digits[7:9]) <= 52:
        return 0.0
    rest = weighted(n.digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return 0.75 if (1 if rest == 10 else rest) == int(n.digits[12]) else 0.0


def _emso(n: Number) -> float:
    """Slovenia and its neighbours: ddmmyyy, region, serial; weights 7 6 5 4 3 2 twice, modulo 11."""
    if not day_month(n.digits[:2], n.digits[2:4]) or n.digits[4] not in "089":
        return 0.0
    check = -weighted(n.digits, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11 % 10
    return 0.7 if check == int(n.digits[12]) else 0.0


def _ahv(n: Number) -> float:
    """Switzerland: 756, then EAN-13."""
    return 0.8 if n.digits[:3] == "756" and n.shape in ((13,), (3, 4, 4, 2)) and ean(n.digits) else 0.0


def nir(body: str, key: str) -> float:
    """France: sex, yymm, department, commune, serial; the key is 97 less the remainder (2A counts as 19, 2B as 18)."""
    plain = body.replace("2A", "19").replace("2B", "18")
    month = int(plain[3:5])
    good = plain[0] in "123478" and (1 <= month <= 12 or 20 <= month <= 42 or month >= 50)
    return 0.85 if good and 97 - int(plain) % 97 == int(key) else 0.0


def _nir(n: Number) -> float:
    if n.shape not in ((15,), (13, 2), (1, 2, 2, 2, 3, 3, 2)):
        return 0.0
    return nir(n.digits[:13], n.digits[13:])


def _nif_pt(n: Number) -> float:
    """Portugal: nine digits, weights 9 to 2, modulo 11."""
    rest = weighted(n.digits, range(9, 1, -1)) % 11
    good = n.digits[0] in "123" and (0 if rest < 2 else 11 - rest) == int(n.digits[8])
    return (0.55 if n.separator else 0.4) if good and n.shape in ((9,), (3, 3, 3)) else 0.0


def _egn(n: Number) -> float:
    """Bulgaria: yymmdd (month + 20 before 1900, + 40 from 2000), weights 2 4 8 5 10 9 7 3 6, modulo 11."""
    month = int(n.digits[2:4])
    good = month < 53 and n.shape in ((10,), (6, 4)) and day_month(n.digits[4:6], str(month % 20))
    check = weighted(n.digits, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10
    return (0.6 if n.separator else 0.45) if good and check == int(n.digits[9]) else 0.0


def _lnc(n: Number) -> float:
    """Bulgaria, foreigners: ten digits, weights 21 19 17 13 11 9 7 3 1, modulo 10."""
    check = weighted(n.digits, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10
    return 0.25 if n.shape == (10,) and check == int(n.digits[9]) else 0.0


def _cpr(n: Number) -> float:
    """Denmark: ddmmyy-nnnn; weights 4 3 2 7 6 5 4 3 2 1, modulo 11, which numbers since 2007 need not meet."""
    if n.shape not in ((10,), (6, 4)) or not day_month(n.digits[:2], n.digits[2:4]):
        return 0.0
    good = weighted(n.digits, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    if n.separator == "-":
        return 0.7 if good else 0.5
    return 0.45 if good else 0.2


def _kennitala(n: Number) -> float:
    """Iceland: ddmmyy-nnkc; weights 3 2 7 6 5 4 3 2, modulo 11 is k; c is the century (9 or 0)."""
    day = int(n.digits[:2])
    date = day_month(str(day - 40 if day > 40 else day), n.digits[2:4]) and n.digits[9] in "90"
    if not date or n.shape not in ((10,), (6, 4)):
        return 0.0
    if weighted(n.digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11:
        return 0.0
    return 0.75 if n.separator else 0.5


def _personas_kods(n: Number) -> float:
    """Latvia: ddmmyy-cnnnk (c: century 0 to 2), weights 1 6 3 7 9 10 5 8 4 2; since 2017 a 32 and no date."""
    if n.shape not in ((11,), (6, 5)):
        return 0.0
    if n.digits[:2] == "32":
        return 0.5 if n.separator == "-" else 0.2
    check = (1101 - weighted(n.digits, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11 % 10
    good = day_month(n.digits[:2], n.digits[2:4]) and n.digits[6] in "012" and check == int(n.digits[10])
    return (0.8 if n.separator else 0.65) if good else 0.0


def _taj(n: Number) -> float:
    """Hungary, social security: nine digits, weights 3 and 7 by turns, modulo 10."""
    good = weighted(n.digits, (3, 7) * 4) % 10 == int(n.digits[8]) and n.shape in ((9,), (3, 3, 3))
    return (0.5 if n.separator else 0.3) if good else 0.0


def _adoazonosito(n: Number) -> float:
    """Hungary, tax: an 8, days since 1867, serial; the sum of each digit times its place, modulo 11."""
    good = n.shape == (10,) and n.digits[0] == "8" and n.digits[1:6] < "60000"
    return 0.5 if good and weighted(n.digits, range(1, 10)) % 11 == int(n.digits[9]) else 0.0


def _szemelyi(n: Number) -> float:
    """Hungary: sex and century, yymmdd, serial; weights 1 to 10, or 10 to 1 since 1997, modulo 11."""
    if n.shape not in ((11,), (1, 6, 4)) or n.digits[0] in "09" or not day_month(n.digits[5:7], n.digits[3:5]):
        return 0.0
    weights = range(1, 11) if n.digits[0] in "1256" else range(10, 0, -1)
    good = weighted(n.digits, weights) % 11 == int(n.digits[10])
    return (0.75 if n.separator else 0.45) if good else 0.0


def _matricule(n: Number) -> float:
    """Luxembourg: yyyymmdd, serial, then Luhn over the first twelve and Verhoeff over the first eleven and the last."""
    good = n.digits[:2] in ("18", "19", "20") and day_month(n.digits[6:8], n.digits[4:6])
    if not good or n.shape not in ((13,), (8, 5), (4, 4, 5), (4, 2, 2, 5)):
        return 0.0
    return 0.85 if luhn(n.digits[:12]) and verhoeff(n.digits[:11] + n.digits[12]) else 0.0


def _afm(n: Number) -> float:
    """Greece, tax: nine digits, each times a power of two, modulo 11."""
    check = weighted(n.digits, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10
    return 0.3 if n.shape in ((9,), (3, 3, 3)) and check == int(n.digits[8]) and int(n.digits) else 0.0


def _nip(n: Number) -> float:
    """Poland, tax: ten digits, weights 6 5 7 2 3 4 5 6 7, modulo 11; written 3-3-2-2 or 3-2-2-3."""
    if weighted(n.digits, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 != int(n.digits[9]):
        return 0.0
    if n.shape in ((3, 3, 2, 2), (3, 2, 2, 3)):
        return 0.65
    return 0.3 if n.shape == (10,) else 0.0


def _niss(n: Number) -> float:
    """Portugal, social security: a 1 or 2, weights 29 23 19 17 13 11 7 5 3 2, the sum from nine modulo 10."""
    check = 9 - weighted(n.digits, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10
    return 0.3 if n.shape == (11,) and n.digits[0] in "12" and check == int(n.digits[10]) else 0.0


def _rnokpp(n: Number) -> float:
    """Ukraine: days since 1900, serial; weights -1 5 7 9 4 6 10 5 7, modulo 11."""
    good = n.shape == (10,) and "10000" <= n.digits[:5] < "50000"
    check = weighted(n.digits, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10
    return 0.35 if good and check == int(n.digits[9]) else 0.0


def _tc_kimlik(n: Number) -> float:
    """Turkey: no leading zero; two check digits, of the places by turns and of all."""
    if n.shape != (11,) or n.digits[0] == "0":
        return 0.0
    first = (weighted(n.digits, (7, -1) * 4 + (7,))) % 10
    good = first == int(n.digits[9]) and sum(map(int, n.digits[:10])) % 10 == int(n.digits[10])
    return 0.55 if good else 0.0


def _utr(n: Number) -> float:
    """United Kingdom, tax: the check comes first; weights 6 7 8 9 10 5 4 3 2 over the others, modulo 11."""
    good = "21987654321"[weighted(n.digits[1:], (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11] == n.digits[0]
    return 0.3 if good and n.shape in ((10,), (5, 5)) else 0.0


def _afiliacion(n: Number) -> float:
    """Spain, social security: province, serial, and the remainder by 97 of both."""
    if n.shape not in ((12,), (2, 8, 2)) or not 1 <= int(n.digits[:2]) <= 66:
        return 0.0
    province, serial = int(n.digits[:2]), int(n.digits[2:10])
    body = province * (10**7 if serial < 10**7 else 10**8) + serial
    return (0.75 if n.separator else 0.5) if body % 97 == int(n.digits[10:]) else 0.0


def _belgian_card(n: Number) -> float:
    """Belgium, identity card: 3-7-2, the last two the remainder by 97 (97 for none)."""
    good = n.shape in ((12,), (3, 7, 2)) and (int(n.digits[:10]) % 97 or 97) == int(n.digits[10:])
    return (0.75 if n.separator else 0.45) if good else 0.0


def _spi(n: Number) -> float:
    """France, tax: 0 to 3, and the remainder by 511 of the first ten as the last three."""
    good = n.shape in ((13,), (2, 2, 3, 3, 3)) and n.digits[0] in "0123"
    return 0.7 if good and int(n.digits[:10]) % 511 == int(n.digits[10:]) else 0.0


_BODIES = ("01", "10", "30", "33", "35", "44", "45", "49", "50", "51", "52", "53", "54", "86", "91", "98", "99")


def _imei(n: Number) -> float:
    """3GPP TS 23.003: reporting body, type, serial, Luhn."""
    if n.digits[:2] not in _BODIES or not luhn(n.digits) or not n.digits.strip(n.digits[0]):
        return 0.0
    if n.shape in ((2, 6, 6, 1), (6, 2, 6, 1), (8, 6, 1)):
        return 0.7
    return 0.45 if n.shape == (15,) else 0.0


def _iccid(n: Number) -> float:
    """ITU-T E.118: 89 for telecommunication, Luhn."""
    return 0.65 if n.shape == (19,) and n.digits[:2] == "89" and luhn(n.digits) else 0.0


def _grouped(check: Callable[[Number], float], *shapes: tuple[int, ...]) -> Callable[[Number], float]:
    """The check for numbers in one group, or in the groups that people write."""
    return lambda number: check(number) if not number.separator or number.shape in shapes else 0.0


BY_LENGTH: dict[int, tuple[tuple[str, Callable[[Number], float]], ...]] = {
    9: (
        ("US_SSN", _ssn),
        ("NL_BSN", _bsn),
        ("PT_NIF", _nif_pt),
        ("HU_TAJ", _taj),
        ("GR_AFM", _afm),
        ("CZ_BIRTH_NUMBER", _old_rodne_cislo),
    ),
    10: (
        ("UK_NHS", _nhs),
        ("SE_PERSONNUMMER", _personnummer),
        ("CZ_BIRTH_NUMBER", _rodne_cislo),
        ("AT_SVNR", _svnr),
        ("BG_EGN", _egn),
        ("BG_LNC", _lnc),
        ("DK_CPR", _cpr),
        ("IS_KENNITALA", _kennitala),
        ("HU_TAX_ID", _adoazonosito),
        ("PL_NIP", _nip),
        ("UA_RNOKPP", _rnokpp),
        ("UK_UTR", _utr),
    ),
    11: (
        ("NO_FODSELSNUMMER", _fodselsnummer),
        ("BE_NATIONAL_NUMBER", _grouped(lambda n: belgian(n.digits), (6, 5), (6, 3, 2), (2, 2, 2, 3, 2))),
        ("DE_TAX_ID", _steuer_id),
        ("PL_PESEL", _grouped(_pesel, (6, 5))),
        ("EE_ISIKUKOOD", _grouped(_baltic, (7, 4), (1, 6, 4))),
        ("GR_AMKA", _grouped(_amka, (6, 5))),
        ("HR_OIB", _grouped(_oib)),
        ("LV_PERSONAS_KODS", _personas_kods),
        ("HU_PERSONAL_NUMBER", _szemelyi),
        ("TR_NATIONAL_ID", _tc_kimlik),
        ("PT_NISS", _niss),
    ),
    12: (
        ("SE_PERSONNUMMER", _personnummer),
        ("ES_SOCIAL_SECURITY", _afiliacion),
        ("BE_IDENTITY_CARD", _belgian_card),
    ),
    13: (
        ("CH_AHV", _ahv),
        ("RO_CNP", _grouped(_cnp, (7, 6), (1, 6, 6), (1, 2, 2, 2, 6))),
        ("SI_EMSO", _grouped(_emso, (7, 6), (2, 2, 3, 6), (2, 2, 3, 2, 3, 1))),
        ("LU_MATRICULE", _matricule),
        ("FR_TAX_ID", _spi),
    ),
    15: (("FR_NIR", _nir), ("IMEI", _imei)),
    19: (("ICCID", _iccid),),
}
"""Digits in a number to the types that it may be, most certain first. What several states write alike has one name:
``EE_ISIKUKOOD`` is Lithuania's too, ``CZ_BIRTH_NUMBER`` Slovakia's, ``SI_EMSO`` that of all of former Yugoslavia."""


def of_number(number: Number) -> Iterator[tuple[str, float]]:
    """Every type whose structure and check the number fits, with a score."""
    score = card(number)
    if score:
        yield "CREDIT_CARD", score
    for entity, check in BY_LENGTH.get(len(number.digits), ()):
        score = check(number)
        if score:
            yield entity, score


ENTITIES = frozenset({"CREDIT_CARD"} | {entity for checks in BY_LENGTH.values() for entity, _ in checks})
