"""National numbers with the check digits that their states define, made up for somebody invented."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from types import MappingProxyType
from typing import Final, Protocol

from stdnum.es import dni
from stdnum.fr import nir
from stdnum.gr import vat as afm
from stdnum.it import codicefiscale
from stdnum.pt import cc as cartao
from stdnum.pt import nif as contribuinte
from stdnum.ro import cnp

from benchmarks.documents.checks import digits, icao_digit, luhn_digit, mod_11_10, weighted

_LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GERMAN: Final = "CFGHJKLMNPRTVWXYZ"
_GREEK: Final = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # noqa: RUF001 - Greek letters that look like Latin ones
_THIS_CENTURY: Final = 2000
_NO_DIGIT: Final = 10


class Holder(Protocol):
    """Whose number it is."""

    female: bool
    birth: date

    @property
    def surname(self) -> str:
        """The first one."""
        ...

    @property
    def given(self) -> str:
        """The first one."""
        ...


Make = Callable[[Random, Holder], str]


def _day(holder: Holder, form: str = "%y%m%d", *, after: int = 0, women: int = 0) -> str:
    """A date of birth; ``after`` is added to months of this century, ``women`` to those of women."""
    birth = holder.birth
    month = birth.month + (after if birth.year >= _THIS_CENTURY else 0) + (women if holder.female else 0)
    return birth.strftime(form.replace("%m", f"{month:02d}"))


def _sex(random: Random, holder: Holder, men: str = "13579") -> str:
    women = "02468" if men == "13579" else "13579"
    return random.choice(women if holder.female else men)


def _letters(random: Random, count: int, among: str = _LATIN) -> str:
    return "".join(random.choices(among, k=count))


def _cross(value: str, weights: tuple[int, ...]) -> str:
    """Weighted digits, the digits of each product added up, modulo 10."""
    sums = (sum(map(int, str(int(d) * w))) for d, w in zip(value, weights, strict=True))
    return str(sum(sums) % 10)


def _egn(random: Random, holder: Holder) -> str:
    body = _day(holder, after=40) + digits(random, 2) + _sex(random, holder, "02468")
    return body + str(weighted(body, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10)


def _lnc(random: Random, _: Holder) -> str:
    body = digits(random, 9)
    return body + str(weighted(body, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10)


def _oib(random: Random, _: Holder) -> str:
    body = digits(random, 10)
    return body + mod_11_10(body)


def _jmbg(random: Random, holder: Holder) -> str:
    body = f"{holder.birth:%d%m}{holder.birth.year % 1000:03d}3{random.choice('0356')}{digits(random, 3)}"
    check = 11 - weighted(body, (7, 6, 5, 4, 3, 2) * 2) % 11
    return _jmbg(random, holder) if check == _NO_DIGIT else body + str(check % 11)


def _birth_number(random: Random, holder: Holder) -> str:
    body = _day(holder, women=50) + digits(random, 3)
    if holder.birth.year < 1954:
        return body
    check = int(body) % 11
    return _birth_number(random, holder) if check == _NO_DIGIT else body + str(check)


def _tax_number_of_people(random: Random, _: Holder) -> str:
    body = random.sample("0123456789", 10)
    twice, left_out = random.sample(range(10), 2)
    body[left_out] = body[twice]
    if body[0] == "0":
        body.reverse()
    body[0] = body[0].replace("0", "1")
    number = "".join(body)
    return number + mod_11_10(number)


def _pension_number(random: Random, holder: Holder) -> str:
    letter = next((c for c in _plain(holder.surname) if c in _LATIN), "O")
    serial = f"{random.randrange(50) + 50 * holder.female:02d}"
    body = f"{random.choice(['02', '12', '15', '24', '50', '65'])}{holder.birth:%d%m%y}"
    check = _cross(f"{body}{ord(letter) - 64:02d}{serial}", (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1))
    return body + letter + serial + check


def _health_number(random: Random, _: Holder) -> str:
    letter, body = random.choice(_LATIN), digits(random, 8)
    return letter + body + _cross(f"{ord(letter) - 64:02d}{body}", (1, 2) * 5)


def _german_document(first: str) -> Make:
    def make(random: Random, _: Holder) -> str:
        body = random.choice(first) + _letters(random, 7, _GERMAN + "0123456789" * 2)
        return body + icao_digit(body)

    return make


def _nir(random: Random, holder: Holder) -> str:
    place = random.choice(["75", "13", "69", "33", "59", "31", "2A", "67"])
    body = f"{1 + holder.female}{holder.birth:%y%m}{place}{random.randrange(1, 400):03d}{random.randrange(1, 999):03d}"
    return body + str(nir.calc_check_digits(body))


def _spi(random: Random, _: Holder) -> str:
    body = digits(random, 10, "0123")
    return f"{body}{int(body) % 511:03d}"


def _afm(random: Random, _: Holder) -> str:
    body = digits(random, 8, "01")
    return body + str(afm.calc_check_digit(body))


def _amka(random: Random, holder: Holder) -> str:
    body = f"{holder.birth:%d%m%y}{digits(random, 3)}{_sex(random, holder)}"
    return body + luhn_digit(body)


def _adt(random: Random, _: Holder) -> str:
    return random.choice("ΑΣΖΞΧ") + random.choice(_GREEK) + digits(random, 6)


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.upper()) if c in _LATIN)


def _code_of(name: str, *, given: bool = False) -> str:
    """Three letters of a name, as the Italian tax code has them."""
    consonants = [c for c in name if c not in "AEIOU"]
    if given and len(consonants) > 3:
        return consonants[0] + consonants[2] + consonants[3]
    return ("".join(consonants) + "".join(c for c in name if c in "AEIOU") + "XXX")[:3]


def _codice_fiscale(random: Random, holder: Holder) -> str:
    birth = holder.birth
    names = _code_of(_plain(holder.surname)) + _code_of(_plain(holder.given), given=True)
    day = birth.day + 40 * holder.female
    place = f"{random.choice('FHLGDBAZ')}{random.randrange(100, 950)}"
    body = f"{names}{birth:%y}{'ABCDEHLMPRST'[birth.month - 1]}{day:02d}{place}"
    return body + str(codicefiscale.calc_check_digit(body))


def _partita_iva(random: Random, _: Holder) -> str:
    body = f"0{digits(random, 6)}{random.randrange(1, 100):03d}"
    return body + luhn_digit(body)


def _pesel(random: Random, holder: Holder) -> str:
    body = _day(holder, after=20) + digits(random, 3) + _sex(random, holder)
    return body + str(-weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def _nip(random: Random, holder: Holder) -> str:
    body = digits(random, 1, "56789") + digits(random, 8, "123456789")
    check = weighted(body, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11
    return _nip(random, holder) if check == _NO_DIGIT else body + str(check)


def _polish_document(letters: int, weights: tuple[int, ...]) -> Make:
    """Letters, a check digit, digits: letters count from 10, and the weights are of all but the check digit."""

    def make(random: Random, _: Holder) -> str:
        series = random.choice("ACDE") + _letters(random, letters - 1)
        body = digits(random, 8 - letters + (letters < 3))[: 8 - letters]
        values = [int(c, 36) for c in series + body]
        total = sum(value * weight for value, weight in zip(values, weights, strict=True))
        return f"{series}{total % 10}{body}"

    return make


def _portuguese_nif(random: Random, _: Holder) -> str:
    body = digits(random, 8, "12")
    return body + str(contribuinte.calc_check_digit(body))


def _niss(random: Random, _: Holder) -> str:
    body = digits(random, 10, "1")
    return body + str(9 - weighted(body, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10)


def _cartao(random: Random, _: Holder) -> str:
    body = digits(random, 9, "123") + "Z" + random.choice("XYZ")
    return body + str(cartao.calc_check_digit(body))


def _cnp(random: Random, holder: Holder) -> str:
    first = (5 if holder.birth.year >= _THIS_CENTURY else 1) + holder.female
    place = random.choice(["01", "12", "22", "26", "29", "35", "40", "41"])
    body = f"{first}{holder.birth:%y%m%d}{place}{random.randrange(1, 999):03d}"
    return body + str(cnp.calc_check_digit(body))


def _dni(random: Random, _: Holder) -> str:
    body = digits(random, 8)
    return body + str(dni.calc_check_digit(body))


def _nie(random: Random, _: Holder) -> str:
    first, body = random.choice("XYZ"), digits(random, 7)
    return first + body + str(dni.calc_check_digit(f"{'XYZ'.index(first)}{body}"))


def _nss(random: Random, _: Holder) -> str:
    place, body = random.choice(["08", "28", "41", "46", "48"]), digits(random, 8, "123456789")
    return f"{place}{body}{int(place + body) % 97:02d}"


def _cip(random: Random, holder: Holder) -> str:
    return f"{_letters(random, 4, 'BCDFGLMNPRST')}{random.choice('01')}{holder.birth:%y%m%d}{digits(random, 3)}"


MAKERS: Final[Mapping[str, Make]] = MappingProxyType(
    {
        "egn": _egn, "lnc": _lnc, "oib": _oib, "jmbg": _jmbg, "rc": _birth_number, "idnr": _tax_number_of_people,
        "rvnr": _pension_number, "kvnr": _health_number, "perso": _german_document("LMNPRTVWXYZ"),
        "pass": _german_document("CFGHJK"), "nir": _nir, "spi": _spi, "afm": _afm, "amka": _amka, "adt": _adt,
        "cf": _codice_fiscale, "piva": _partita_iva, "pesel": _pesel, "nip": _nip,
        "dowod": _polish_document(3, (7, 3, 1, 7, 3, 1, 7, 3)),
        "paszport": _polish_document(2, (7, 3, 1, 7, 3, 1, 7, 3)), "nif": _portuguese_nif, "niss": _niss, "cc": _cartao,
        "cnp": _cnp, "dni": _dni, "nie": _nie, "nss": _nss, "cip": _cip,
    }
)  # fmt: skip
"""By the names that the data files refer to them by (``=egn``)."""
