"""Poland."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
    SPACE,
    WEAK,
    capitals,
    code,
    grouped,
    labelled,
    plate,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType


def _born(digits: list[int]) -> bool:
    """The month says the century too: plus 80, 0, 20, 40, 60 from the nineteenth on."""
    if len(digits) != 11:
        return False
    month = (digits[2] * 10 + digits[3]) % 20
    return is_date(digits[0] * 10 + digits[1], month, digits[4] * 10 + digits[5])


def _pesel(text: str) -> bool | None:
    """Date of birth and a check modulo 10; proof for births from 1900 to 2049, since more would let more numbers pass."""
    digits = digits_of(text)
    if not _born(digits) or weighted_sum(text, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10:
        return False
    month = digits[2] * 10 + digits[3]
    return True if month <= 12 or (month <= 32 and digits[0] < 5) else None


def _pesel_shape(text: str) -> bool | None:
    return None if _born(digits_of(text)) else False


def _nip(text: str) -> bool:
    """Ten digits modulo 11; a remainder of ten is not given out."""
    digits = digits_of(text)
    return len(digits) == 10 and any(digits) and weighted_sum(text, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == digits[9]


def _regon(text: str) -> bool:
    """Nine digits modulo 11; fourteen, of a branch, have a second check over all."""
    digits = digits_of(text)
    if len(digits) not in {9, 14} or not any(digits):
        return False
    nine = weighted_sum(text, (8, 9, 2, 3, 4, 5, 6, 7)) % 11 % 10 == digits[8]
    long = weighted_sum(text, (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)) % 11 % 10 == digits[-1]
    return nine and (len(digits) == 9 or long)


def _document(text: str) -> bool:
    """Letters as 10 to 35; 7, 3, 1 over all but the check digit behind the letters, which weighs 9."""
    plain = alphanumerics(text)
    letters, digits = plain.rstrip("0123456789"), digits_of(text)
    weights = (7, 3, 1, 9, 7, 3, 1, 7, 3) if len(letters) == 3 else (7, 3, 9, 1, 7, 3, 1, 7, 3)
    values = [int(c, 36) for c in letters[-3:]] + digits
    return len(values) == 9 and sum(v * w for v, w in zip(values, weights, strict=True)) % 10 == 0


def _physician(text: str) -> bool:
    """The first digit is the sum of the others by their place, modulo 11; it is not 0."""
    digits = digits_of(text)
    return len(digits) == 7 and digits[0] > 0 and sum(d * at for at, d in enumerate(digits)) % 11 == digits[0]


def _account(text: str) -> bool:
    """An IBAN without its country: check digits first, modulo 97."""
    digits = digits_of(text)
    if len(digits) != 26 or not any(digits[2:]):
        return False
    return int("".join(map(str, [*digits[2:], 2, 5, 2, 1, *digits[:2]]))) % 97 == 1


_REGISTER = "0123456789XABCDEFGHIJKLMNOPRSTUWYZ"


def _land_register(text: str) -> bool | None:
    """Court and number by 1, 3, 7 modulo 10; a wrong check digit leaves a form that nothing else has."""
    plain = alphanumerics(text)
    total = sum(max(_REGISTER.find(c), 0) * (1, 3, 7)[at % 3] for at, c in enumerate(plain[:-1]))
    return True if total % 10 == int(plain[-1:] or "0", 36) else None


VALIDATORS: Mapping[str, Validator] = {
    "pl_pesel": _pesel,
    "pl_pesel_shape": _pesel_shape,
    "pl_nip": _nip,
    "pl_regon": _regon,
    "pl_document": _document,
    "pl_physician": _physician,
    "pl_account": _account,
    "pl_land_register": _land_register,
}

_PESEL = rf"[0-9]{{11}}|[0-9]{{6}}[ \-][0-9]{{5}}|{grouped(2, 2, 2, 5, by='[ .-]')}"
PL_PESEL = EntityType(
    name="PL_PESEL",
    patterns=(proved(_PESEL), labelled(code(_PESEL), "pl_pesel_shape")),
    context=labels.joined(
        labels.NATIONAL_NUMBER, {"pl": ("pesel", "nr ewidencyjny", "numerem ewidencyjnym"), "*": ("pesel", "polish national")}
    ),
    validator="pl_pesel",
    checks_digits=True,
    field_names=("pesel", "nr pesel", "numer pesel"),
    countries=("PL",),
    source="Act on population records of 24 September 2010: weighted check, date of birth (proof for 1900 to 2049)",
    examples=("44051401359", "63061795254"),
    with_context=("PESEL: 80010143081", "o numerze PESEL 630617 95254", "nr PESEL: 63061795255", "PESEL 44851401358"),
    not_examples=("44051401358", "44951201458", "80131312345"),
)  # fmt: skip

_NIP = f"[0-9]{{10}}|{grouped(3, 3, 2, 2)}|{grouped(3, 2, 2, 3)}"
_NIP_DASHED = r"[0-9]{3}-[0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{3}-[0-9]{2}-[0-9]{2}-[0-9]{3}"
PL_NIP = EntityType(
    name="PL_NIP",
    patterns=(proved(_NIP_DASHED, alone=0.38), proved(_NIP, alone=WEAK), labelled(code(_NIP))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "pl": ("nip", "n i p", "numer identyfikacji podatkowej", "numeru identyfikacji podatkowej", "identyfikacji podatkowej", "identyfikator podatkowy"),
            "*": ("nip", "polish tax"),
        },
    ),
    validator="pl_nip",
    checks_digits=True,
    field_names=("nip", "nr nip", "tax number", "tax id"),
    countries=("PL",),
    source="Act of 13 October 1995 on the registration of taxpayers: ten digits, check modulo 11",
    with_context=("NIP: 523-307-75-06", "NIP 5233077506", "NIP 523 30 77 506", "nr NIP: 523-307-75-07"),
    not_examples=("5233077506", "5233077507"),
)  # fmt: skip

_VAT = f"PL{SEP}(?:{_NIP})"
PL_VAT_CODE = EntityType(
    name="PL_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.VAT,
    validator="pl_nip",
    field_names=("nip ue", "vat ue", "vat", "vat number"),
    countries=("PL",),
    source="VAT Act of 11 March 2004 art. 97: PL and the NIP",
    examples=("PL5233077506", "PL 523-307-75-06"),
    with_context=("VAT UE: PL5233077507",),
    not_examples=(
        "VAT UE: PL523307750",
        "PL5233077507",
    ),
)

_REGON = f"[0-9]{{9}}|[0-9]{{14}}|{grouped(3, 3, 3)}|[0-9]{{9}}[ -][0-9]{{5}}"
PL_REGON = EntityType(
    name="PL_REGON",
    patterns=(proved(_REGON, alone=WEAK), labelled(code(_REGON))),
    context={"pl": ("regon", "statystyczny"), "*": ("regon",)},
    validator="pl_regon",
    checks_digits=True,
    field_names=("regon",),
    countries=("PL",),
    source="Act of 29 June 1995 on official statistics: nine or fourteen digits, checks modulo 11",
    with_context=("REGON: 183441015", "REGON 183441016", "nr REGON 10875172500957"),
    not_examples=(
        "REGON: 18344101",
        "183441015",
    ),
)

PL_KRS = EntityType(
    name="PL_KRS",
    patterns=(code("000[0-9]{7}", score=0.05, context=0.85), code("[0-9]{10}", score=0.02, context=0.65)),
    context=labels.joined(
        labels.COMPANY, {"pl": ("krs", "krajowy rejestr sądowy", "krajowego rejestru sądowego", "krajowym rejestrze sądowym", "rejestrze przedsiębiorców")}
    ),
    field_names=("krs", "nr krs"),
    countries=("PL",),
    source="Act of 20 August 1997 on the National Court Register: ten digits",
    with_context=("KRS 0000123456", "wpisana do rejestru przedsiębiorców KRS pod numerem 0000654321"),
    not_examples=("KRS 000012345", "0000123456"),
)  # fmt: skip

_NUMBERED = rf"(?:{SPACE}|,?{SPACE}?(?:nr|NR|Nr|numer|No)\.?:?{SPACE}?)"
_CARD = rf"(?i:[A-Z]{{3}})[0-9]{{6}}|[A-Z]{{3}}{_NUMBERED}[0-9]{{3}}{SP}[0-9]{{3}}"
PL_IDENTITY_CARD = EntityType(
    name="PL_IDENTITY_CARD",
    patterns=(capitals(_CARD, context=0.9, score=0.05, validated=0.38, validator="pl_document"), capitals(_CARD)),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"pl": ("dow os", "dow osob", "d o", "seria i nr", "seria i numer", "wydany przez", "wydanym przez", "wydanego przez", "prezydenta", "burmistrza", "wójta", "legitymuj", "leg się", "dowodami osobistymi", "osobist"), "*": ("polish id", "polish identity")},
    ),
    field_names=("dowod osobisty", "nr dowodu", "seria i numer dowodu", "id card"),
    countries=("PL",),
    source="Act on identity cards of 6 August 2010; ICAO Doc 9303: three letters, check digit, five digits",
    with_context=("dowód osobisty ABC123456", "legitymujący się dowodem osobistym seria MYF nr 577592", "dowód osobisty: MYF 577592", "dowodu osobistego serii THU, nr 832582"),
    not_examples=("MYF577592", "MYF577593", "Polska 2024"),
)  # fmt: skip

_PASSPORT = rf"(?i:[A-Z]{{2}})[0-9]{{7}}|{PAIR}{_NUMBERED}[0-9]{{7}}"
PL_PASSPORT = EntityType(
    name="PL_PASSPORT",
    patterns=(capitals(_PASSPORT, context=0.9, score=0.05, validated=WEAK, validator="pl_document"), capitals(_PASSPORT)),
    context=labels.joined(labels.PASSPORT, {"pl": ("paszport", "paszportem", "paszportu", "nr paszportu")}),
    field_names=("paszport", "nr paszportu", "passport", "passport number"),
    countries=("PL",),
    source="Act on passport documents of 27 January 2022; ICAO Doc 9303: two letters, check digit, six digits",
    with_context=("paszport nr SF6287035", "paszportem seria SZ nr 9695868", "Polish passport No. SF6287036"),
    not_examples=("paszport nr SF628703", "SF6287035"),
)  # fmt: skip

PL_RESIDENCE_PERMIT = EntityType(
    name="PL_RESIDENCE_PERMIT",
    patterns=(capitals(rf"{series('[0-9]{7}')}|{PAIR}{_NUMBERED}[0-9]{{7}}", context=0.8),),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"pl": ("kartą pobytu", "zezwolenia na pobyt", "karta stałego pobytu")}),
    field_names=("karta pobytu",),
    countries=("PL",),
    source="Act on foreigners of 12 December 2013: two letters and seven digits",
    with_context=("karta pobytu nr RP1234567", "kartę pobytu PJ 7654321"),
    not_examples=("karta pobytu nr RP123456", "RP1234567"),
)  # fmt: skip

PL_DRIVER_LICENSE = EntityType(
    name="PL_DRIVER_LICENSE",
    patterns=(
        code("[0-9]{5}/[0-9]{2}/[0-9]{4}", score=0.3, context=0.9),
        capitals(rf"{series('[0-9]{6,7}', letters='[A-Z]{1,2}')}", score=0.05, context=0.75),
    ),
    context=labels.joined(labels.DRIVING_LICENCE, {"pl": ("prawo jazdy kat", "nr prawa jazdy", "blankietu", "druku")}),
    field_names=("prawo jazdy", "nr prawa jazdy", "driver license"),
    countries=("PL",),
    source="Act on drivers of 5 January 2011: number, year and issuing office",
    with_context=("prawo jazdy nr 12345/15/1465", "prawa jazdy kat. B nr 00123/08/3021"),
    not_examples=(
        "prawo jazdy nr 12345/15/146",
        "12345/15/1465",
    ),
)

PL_PWZ = EntityType(
    name="PL_PWZ",
    patterns=(
        proved("[0-9]{7}P?", alone=0.1, context=0.85),
        labelled(code("[0-9]{7}P?")),
    ),
    context={"pl": ("pwz", "prawa wykonywania zawodu", "prawo wykonywania zawodu", "nr prawa wykonywania")},
    validator="pl_physician",
    field_names=("pwz", "nr pwz"),
    countries=("PL",),
    source="Naczelna Izba Lekarska: licence of physicians, seven digits, the first a check modulo 11; nurses have a P behind",
    with_context=("lek. med. Anna Nowak, nr PWZ 5768181", "numer prawa wykonywania zawodu: 5470431"),
    not_examples=(
        "lek. med. Anna Nowak, nr PWZ 576818",
        "5768181",
    ),
)

PL_LICENSE_PLATE = EntityType(
    name="PL_LICENSE_PLATE",
    patterns=(
        plate(r"[BCDEFGKLNOPRSTWZ][A-Z]{1,2}[ \-]?[0-9A-Z]{4,5}", score=0.05, context=0.8, needs_digit=True),
        plate(r"[BCDEFGKLNOPRSTWZ][A-Z]{1,2}[ \-][0-9]{4,5}", score=0.1, context=0.85, near=labels.every(labels.VEHICLE)),
    ),
    context=labels.joined(labels.PLATE, {"pl": ("nr rej", "nr rejestracyjny", "numerze rejestracyjnym", "tablice rejestracyjne", "o nr rej")}),
    field_names=("nr rejestracyjny", "numer rejestracyjny", "license plate"),
    countries=("PL",),
    source="Regulation on the registration of vehicles: region and district, four or five letters and digits",
    with_context=("samochód marki Opel o nr rej. WA 12345", "numer rejestracyjny KR1A234", "pojazd DW 5KR78, nr rej. DW 5KR78"),
    not_examples=("WA 12345", "KR1A234"),
)  # fmt: skip

PL_POSTCODE = EntityType(
    name="PL_POSTCODE",
    patterns=(postcode("[0-9]{2}-[0-9]{3}"),),
    context=labels.joined(labels.POSTCODE, {"pl": ("kod poczt", "kodem pocztowym", "kod pocztowy")}),
    field_names=("kod pocztowy", "postcode", "postal code", "zip"),
    countries=("PL",),
    source="Poczta Polska: two digits, a hyphen, three digits",
    with_context=("kod pocztowy: 00-950", "postcode 31-042"),
    not_examples=(
        "kod pocztowy: 00-95",
        "00-950",
    ),
)

_ACCOUNT = rf"[0-9]{{26}}|{grouped(2, 4, 4, 4, 4, 4, 4, by='[ -]')}|{grouped(2, 8, 16, by='[ -]')}"
PL_BANK_ACCOUNT = EntityType(
    name="PL_BANK_ACCOUNT",
    patterns=(proved(_ACCOUNT, alone=0.85, context=0.95), labelled(code(_ACCOUNT))),
    context=labels.joined(labels.ACCOUNT, {"pl": ("rachunek", "rachunku", "rachunki", "konto", "nrb", "przelew", "przelewem")}),
    validator="pl_account",
    checks_digits=True,
    field_names=("nr konta", "numer konta", "rachunek bankowy", "nrb"),
    countries=("PL",),
    source="Narodowy Bank Polski, NRB: 26 digits, the IBAN without its country, modulo 97",
    examples=("50109010149281814147585470", "50 1090 1014 9281 8141 4758 5470"),
    with_context=("na rachunek bankowy nr 51 1090 1014 9281 8141 4758 5470",),
    not_examples=("na rachunek bankowy nr 51 1090 1014 9281 8141 4758 547", "51109010149281814147585470"),
)  # fmt: skip

PL_LAND_REGISTER = EntityType(
    name="PL_LAND_REGISTER",
    patterns=(proved(rf"[A-Z]{{2}}[0-9][A-Z]{SP}/{SP}[0-9]{{8}}{SP}/{SP}[0-9]", alone=0.85, context=0.95, score=0.5),),
    context={"pl": ("księga wieczysta", "księgi wieczystej", "księgę wieczystą", "kw", "kw nr", "księdze wieczystej")},
    validator="pl_land_register",
    field_names=("ksiega wieczysta", "nr kw"),
    countries=("PL",),
    source="Act on land and mortgage registers of 6 July 1982 (EKW): court, eight digits, check 1, 3, 7 modulo 10",
    examples=("WA1M/00589025/7", "WA1M/00589025/8"),
    with_context=("KW nr WA1M/00894708/0",),
    not_examples=("WAWM/00589025/7", "WA1M/589025/7"),
)

TYPES = (
    PL_PESEL, PL_NIP, PL_VAT_CODE, PL_REGON, PL_KRS, PL_IDENTITY_CARD, PL_PASSPORT, PL_RESIDENCE_PERMIT, PL_DRIVER_LICENSE, PL_PWZ,
    PL_LICENSE_PLATE, PL_POSTCODE, PL_BANK_ACCOUNT, PL_LAND_REGISTER,
)  # fmt: skip
