"""Ukraine."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; Cyrillic letters

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SP, SPACE, any_script, code, grouped, labelled, postcode, proved
from pratique.detect.entities.record import EntityType

_LATEST_BIRTH = 55_152
"""Days from 31 December 1899 to the end of 2050."""


def _tax(text: str) -> bool | None:
    """Days since 31 December 1899 in five digits, four more, a check modulo 11."""
    digits = digits_of(text)
    if len(digits) != 10 or not any(digits):
        return False
    if weighted_sum(text, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 != digits[9]:
        return False
    return int("".join(map(str, digits[:5]))) <= _LATEST_BIRTH


def _company(text: str) -> bool:
    """Seven digits by 1 to 7 modulo 11 (numbers from 3 to 5 begin with 7); a remainder of ten takes weights two higher."""
    digits = digits_of(text)
    if len(digits) != 8 or not any(digits):
        return False
    weights = (7, 1, 2, 3, 4, 5, 6) if 3 <= digits[0] <= 5 else (1, 2, 3, 4, 5, 6, 7)
    check = weighted_sum(text, weights) % 11
    if check == 10:
        check = weighted_sum(text, [weight + 2 for weight in weights]) % 11 % 10
    return check == digits[7]


def _record(text: str) -> bool | None:
    """A date of birth of two centuries, and five digits."""
    digits = digits_of(text)
    if len(digits) != 13:
        return False
    year, month, day = digits[0] * 10 + digits[1], digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]
    return None if year in {19, 20} and is_date(digits[2] * 10 + digits[3], month, day) else False


VALIDATORS: Mapping[str, Validator] = {"ua_tax": _tax, "ua_company": _company, "ua_record": _record}

_TAX = f"[0-9]{{10}}|{grouped(2, 2, 2, 2, 2, by=SPACE)}|{grouped(3, 3, 4, by=SPACE)}"
UA_RNOKPP = EntityType(
    name="UA_RNOKPP",
    patterns=(proved(_TAX, alone=0.2), labelled(code(_TAX))),
    context=labels.joined(
        labels.TAX_NUMBER,
        labels.NATIONAL_NUMBER,
        {
            "uk": ("рнокпп", "іпн", "і п н", "облікової картки платника податків", "облікової картки", "код платника податків", "ідентифікаційний код", "ідентифікаційний номер", "ідентифікаційного номера", "ідентифікаційним номером",
                   "ідент номер", "ідент код", "ід номер", "ідн", "дрфо", "код дрфо", "податковий номер", "податкового номера"),
            "*": ("rnokpp", "rntrc", "инн", "идентификационный номер", "identification code", "ukrainian tax"),
        },
    ),
    validator="ua_tax",
    checks_digits=True,
    field_names=("рнокпп", "іпн", "rnokpp", "ipn", "податковий номер", "tax number"),
    countries=("UA",),
    source="Податковий кодекс України art. 70: date of birth in days, check modulo 11",
    with_context=("РНОКПП 2914263146", "ІПН: 2558762210", "реєстраційний номер облікової картки платника податків 2646453607", "ідентифікаційний номер 2335647894"),
    not_examples=("2914263146", "РНОКПП 29142631"),
)  # fmt: skip

UA_EDRPOU = EntityType(
    name="UA_EDRPOU",
    patterns=(proved("[0-9]{8}", alone=0.15, context=0.85), labelled(code("[0-9]{8}"))),
    context=labels.joined(
        labels.COMPANY,
        {"uk": ("єдрпоу", "код єдрпоу", "єдрюо", "код за єдрпоу", "ідентифікаційний код", "ідентифікаційний код юридичної особи", "код юридичної особи"), "*": ("едрпоу", "edrpou", "usreou", "identification code")},
    ),
    validator="ua_company",
    checks_digits=True,
    field_names=("єдрпоу", "код єдрпоу", "edrpou", "company number"),
    countries=("UA",),
    source="Закон про державну реєстрацію юридичних осіб, ЄДРПОУ: eight digits, check modulo 11",
    with_context=("код ЄДРПОУ 45583463", "ЄДРПОУ: 32183467", "ідентифікаційний код юридичної особи 31823409", "EDRPOU 37890969"),
    not_examples=("код ЄДРПОУ 4558346", "45583463"),
)  # fmt: skip

UA_VAT_CODE = EntityType(
    name="UA_VAT_CODE",
    patterns=(code(rf"(?:UA{SP})?[0-9]{{12}}", score=0.05, context=0.8), code(rf"UA{SP}[0-9]{{10}}", score=0.1, context=0.8)),
    context=labels.joined(labels.VAT, {"uk": ("індивідуальний податковий номер", "іпн", "пдв", "платника пдв", "свідоцтво платника"), "*": ("ндс", "инн")}),
    field_names=("іпн пдв", "vat", "vat number"),
    countries=("UA",),
    source="Податковий кодекс України art. 183: individual tax number of payers of VAT, twelve digits (of persons ten)",
    with_context=("ІПН платника ПДВ 455834612345", "індивідуальний податковий номер 321834626543"),
    not_examples=("ІПН платника ПДВ 45583461234", "455834612345"),
)  # fmt: skip

UA_UNZR = EntityType(
    name="UA_UNZR",
    patterns=(
        code(r"[12][0-9]{7}[\-\x{2013}][0-9]{5}", score=0.3, context=0.95),
        code("[12][0-9]{12}", score=0.05, context=0.85),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {"uk": ("унзр", "у н з р", "унікальний номер запису", "запис №", "запису в реєстрі", "єддр", "демографічному реєстрі", "номер запису"), "*": ("unzr", "record no")},
    ),
    validator="ua_record",
    field_names=("унзр", "unzr"),
    countries=("UA",),
    source="Закон про Єдиний державний демографічний реєстр: date of birth, four digits and a check digit",
    with_context=("УНЗР 19800101-12345", "Запис № 19850623-04567"),
    not_examples=("19800101-12345", "УНЗР 19801301-12345"),
)  # fmt: skip

_CYRILLIC = "[А-ЩЬЮЯЄІЇҐ]"
_NUMBERED = rf"(?:,?{SPACE}?(?:№|номер|nr|no|N)?\.?:?{SPACE}?)"
UA_IDENTITY_CARD = EntityType(
    name="UA_IDENTITY_CARD",
    patterns=(
        code("[0-9]{9}", score=0.05, context=0.8),
        any_script(rf"{_CYRILLIC}{{2}}{_NUMBERED}[0-9]{{6}}", score=0.2, context=0.85),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "uk": ("паспорт", "паспорт громадянина україни", "паспорта громадянина", "паспорт серії", "паспорт серія", "id картка", "ід картка", "паспортний документ", "посвідчення особи", "посвідка"),
            "*": ("паспорт серии", "ukrainian id", "ukrainian passport"),
        },
    ),
    field_names=("паспорт", "серія та номер паспорта", "id card"),
    countries=("UA",),
    source="Закон про Єдиний державний демографічний реєстр: passport of a citizen as a card, nine digits; as a booklet, two letters and six digits",
    with_context=("паспорт громадянина України № 001234567", "паспорт серії КС № 123456, виданий", "паспорт МЕ 654321", "ID-картка № 002345678"),
    not_examples=("001234567", "КС № 123456"),
)  # fmt: skip

UA_PASSPORT = EntityType(
    name="UA_PASSPORT",
    patterns=(any_script(rf"(?:{_CYRILLIC}{{2}}|[A-Z]{{2}}){_NUMBERED}[0-9]{{6}}", score=0.1, context=0.8),),
    context=labels.joined(labels.PASSPORT, {"uk": ("закордонний паспорт", "паспорт для виїзду", "закордонного паспорта", "паспорт"), "*": ("загранпаспорт",)}),
    field_names=("закордонний паспорт", "passport", "passport number"),
    countries=("UA",),
    source="Закон про Єдиний державний демографічний реєстр: passport for travel abroad, two letters and six digits",
    with_context=("закордонний паспорт FA123456", "Ukrainian passport No. GB654321"),
    not_examples=("закордонний паспорт FA12345", "FA123456"),
)  # fmt: skip

UA_RESIDENCE_PERMIT = EntityType(
    name="UA_RESIDENCE_PERMIT",
    patterns=(code("[0-9]{9}", score=0.05), any_script(rf"{_CYRILLIC}{{2}}{_NUMBERED}[0-9]{{5,6}}", score=0.05, context=0.8)),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"uk": ("посвідка на тимчасове", "посвідка на постійне", "посвідки на", "дозвіл на імміграцію")}),
    field_names=("посвідка на проживання",),
    countries=("UA",),
    source="Закон про Єдиний державний демографічний реєстр: residence permits, nine digits",
    with_context=("посвідка на постійне проживання № 800123456", "посвідка на тимчасове проживання ТР 123456"),
    not_examples=("посвідка на постійне проживання № 80012345", "800123456"),
)  # fmt: skip

UA_DRIVER_LICENSE = EntityType(
    name="UA_DRIVER_LICENSE",
    patterns=(
        any_script(rf"{_CYRILLIC}{{3}}{_NUMBERED}[0-9]{{6}}", score=0.15, context=0.85),
        code("[A-Z]{3}[0-9]{6}", score=0.05, context=0.8),
    ),
    context=labels.joined(labels.DRIVING_LICENCE, {"uk": ("посвідчення водія серії", "водійські права", "прав водія"), "*": ("водительское удостоверение",)}),
    field_names=("посвідчення водія", "driver license"),
    countries=("UA",),
    source="Cabinet of Ministers resolution 511 of 1993 on driving licences: three letters and six digits",
    with_context=("посвідчення водія ВХХ 123456", "посвідчення водія серії ААВ № 654321"),
    not_examples=("посвідчення водія ВХХ 12345", "ВХХ 123456"),
)  # fmt: skip

_PLATE_LETTERS = "[ABCEHIKMOPTXАВСЕНІКМОРТХ]"
UA_LICENSE_PLATE = EntityType(
    name="UA_LICENSE_PLATE",
    patterns=(
        any_script(rf"{_PLATE_LETTERS}{{2}}[ \-]?[0-9]{{4}}[ \-]?{_PLATE_LETTERS}{{2}}", score=0.3, context=0.85, near=labels.every(labels.VEHICLE)),
    ),
    context=labels.joined(labels.PLATE, {"uk": ("державний номер", "державний номерний знак", "державного номера", "д н з", "днз", "держ номер", "номерним знаком", "реєстраційний номер", "госномер")}),
    field_names=("держномер", "номерний знак", "license plate"),
    countries=("UA",),
    source="ДСТУ 4278: region, four digits, two of the letters that both alphabets have",
    with_context=("державний номерний знак АА 1234 ВС", "автомобіль, днз КА1234ОР", "license plate AA 4321 BT"),
    not_examples=("АА 1234 ВС", "DD 1234 QQ"),
)  # fmt: skip

UA_POSTCODE = EntityType(
    name="UA_POSTCODE",
    patterns=(postcode("[0-9]{5}"),),
    context=labels.joined(labels.POSTCODE, {"uk": ("поштовий індекс", "індекс", "поштового індексу")}),
    field_names=("поштовий індекс", "індекс", "postcode", "postal code", "zip"),
    countries=("UA",),
    source="Укрпошта: five digits",
    with_context=("поштовий індекс 01001", "індекс: 79000"),
    not_examples=(
        "поштовий індекс 0100",
        "01001",
    ),
)

UA_BANK_ACCOUNT = EntityType(
    name="UA_BANK_ACCOUNT",
    patterns=(code("26[0-9]{7,12}|[0-9]{14}", score=0.02, context=0.75), any_script(rf"мфо:?{SPACE}[0-9]{{6}}", lead=rf"(?i)мфо:?{SPACE}", score=0.7, context=0.8)),
    context=labels.joined(labels.ACCOUNT, {"uk": ("р р", "р рахунок", "поточний рахунок", "поточного рахунку", "мфо", "розрахунковий рахунок", "п р"), "*": ("мфо", "р с")}),
    against=("рахунок-фактура", "фактура"),  # "рахунок" alone is an account or an invoice
    field_names=("рахунок", "мфо"),
    countries=("UA",),
    source="National Bank of Ukraine: accounts before IBAN, five to fourteen digits, and the bank's code (МФО), six digits",
    with_context=("р/р 26001234567890 в банку", "МФО 300335", "поточний рахунок № 26005012345678"),
    not_examples=("р/р 2600123456789012 в банку", "26001234567890"),
)  # fmt: skip

TYPES = (
    UA_RNOKPP, UA_EDRPOU, UA_VAT_CODE, UA_UNZR, UA_IDENTITY_CARD, UA_PASSPORT, UA_RESIDENCE_PERMIT, UA_DRIVER_LICENSE,
    UA_LICENSE_PLATE, UA_POSTCODE, UA_BANK_ACCOUNT,
)  # fmt: skip
