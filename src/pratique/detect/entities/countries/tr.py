"""Turkey."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; Turkish letters

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SP,
    SPACE,
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


def _national(text: str) -> bool:
    """Two check digits: the odd places times 7 less the even ones modulo 10, and the sum of all before modulo 10."""
    digits = digits_of(text)
    if len(digits) != 11 or digits[0] == 0:
        return False
    tenth = (sum(digits[0:9:2]) * 7 - sum(digits[1:8:2])) % 10
    return tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


def _tax(text: str) -> bool:
    """Each digit plus its place from the right, times a power of two modulo 9; ten less the sum is the check digit."""
    digits = digits_of(text)
    if len(digits) != 10 or not any(digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits[:9]), 1):
        moved = (digit + place) % 10
        total += moved and (moved * 2**place % 9 or 9)
    return -total % 10 == digits[9]


def _plate(text: str) -> bool | None:
    """Provinces are 01 to 81."""
    return None if [0, 1] <= digits_of(text[:2]) <= [8, 1] else False


VALIDATORS: Mapping[str, Validator] = {"tr_national": _national, "tr_tax": _tax, "tr_plate": _plate}

_NATIONAL = f"[1-9][0-9]{{10}}|[1-9][0-9]{{2}}{SP}[0-9]{{3}}{SP}[0-9]{{3}}{SP}[0-9]{{2}}"
_NATIONAL_WORDS = labels.joined(
    labels.NATIONAL_NUMBER,
    {
        "tr": ("t c kimlik", "tc kimlik", "tckn", "t c k n", "tc", "tc no", "t c no", "kimlik no", "kimlik numarası", "kimlik numaralı", "kimlik numarasına", "vatandaşlık no", "vatandaşlık numarası", "tc kimlik nolu", "t c", "tc nolu"),
        "*": ("tckn", "tc kimlik", "turkish national", "turkish identity number", "turkish id"),
    },
)  # fmt: skip
TR_NATIONAL_ID = EntityType(
    name="TR_NATIONAL_ID",
    patterns=(proved(_NATIONAL, alone=0.45, context=0.95),),
    context=_NATIONAL_WORDS,
    validator="tr_national",
    checks_digits=True,
    field_names=("tc kimlik no", "tckn", "tc no", "kimlik no"),
    countries=("TR",),
    source="Nüfus Hizmetleri Kanunu no. 5490: eleven digits, two check digits",
    with_context=("T.C. Kimlik No: 44398383574", "TCKN 32564930226", "T.C. KİMLİK NUMARASI: 23785948770", "44122422180 TC kimlik numaralı"),
    not_examples=("44398383574", "44398383575", "T.C. Kimlik No: 44398383575"),
)  # fmt: skip

TR_FOREIGNER_ID = EntityType(
    name="TR_FOREIGNER_ID",
    patterns=(proved("99[0-9]{9}", alone=0.5, context=0.95), labelled(code("99[0-9]{9}"))),
    context=labels.joined(
        _NATIONAL_WORDS, labels.RESIDENCE_PERMIT, {"tr": ("yabancı kimlik", "ykn", "yabancı kimlik numarası")}
    ),
    validator="tr_national",
    checks_digits=True,
    field_names=("yabanci kimlik no", "ykn"),
    countries=("TR",),
    source="Nüfus Hizmetleri Kanunu no. 5490 art. 8: identity numbers of foreigners begin with 99",
    examples=("99953204382",),
    with_context=("Yabancı Kimlik No: 99953204383",),
    not_examples=(
        "Yabancı Kimlik No: 9995320438",
        "99953204383",
    ),
)

_TAX = f"[0-9]{{10}}|{grouped(3, 3, 4, by=SPACE)}|{grouped(3, 3, 2, 2, by=SPACE)}"
TR_VKN = EntityType(
    name="TR_VKN",
    patterns=(proved(_TAX, alone=0.2), labelled(code(_TAX))),
    context=labels.joined(
        labels.TAX_NUMBER,
        labels.VAT,
        {"tr": ("vkn", "v k n", "vergi kimlik", "vergi no", "vergi numarası", "vergi dairesi", "vergi d", "v d", "vd no", "kdv no"), "*": ("vkn", "turkish tax")},
    ),
    validator="tr_tax",
    checks_digits=True,
    field_names=("vergi kimlik no", "vergi no", "vkn", "tax number"),
    countries=("TR",),
    source="Vergi Usul Kanunu no. 213, Gelir İdaresi Başkanlığı: ten digits with a check digit; the number for VAT too",
    with_context=("Vergi No: 6847112330", "Kadıköy Vergi Dairesi 6603699523", "VKN: 6936772445"),
    not_examples=("Vergi No: 684711233", "6847112330"),
)  # fmt: skip

TR_VAT_CODE = EntityType(
    name="TR_VAT_CODE",
    patterns=(
        proved(rf"TR{SP}[0-9]{{10}}", alone=0.7, context=0.95, score=0.1, validator="tr_tax"),
        proved(rf"TR{SP}[1-9][0-9]{{10}}", alone=0.8, context=0.95, score=0.1, validator="tr_national"),
        labelled(code(rf"TR{SP}[0-9]{{10,11}}")),
    ),
    context=labels.VAT,
    field_names=("kdv", "vat", "vat number"),
    countries=("TR",),
    source="Katma Değer Vergisi Kanunu no. 3065: TR and the number of the tax office, of a person the identity number",
    examples=("TR6847112330", "TR44398383574"),
    with_context=("KDV no: TR6847112331",),
    not_examples=(
        "KDV no: TR684711233",
        "TR6847112331",
    ),
)

TR_IDENTITY_CARD = EntityType(
    name="TR_IDENTITY_CARD",
    patterns=(
        code("[A-Z][0-9]{2}[A-Z][0-9]{5}", score=0.2, context=0.85),
        capitals(rf"(?i:[A-Z])[0-9]{{2}}{SPACE}?[\-/]?{SPACE}?(?:(?:No|NO|no|Nu|nolu)[.:]?{SPACE}?)?[0-9]{{6}}", score=0.05, context=0.8),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"tr": ("kimlik kartı seri", "seri no", "seri numarası", "nüfus cüzdanı", "nüfus cüzdanının", "cüzdan", "cüzdan seri", "kimlik seri", "kart seri", "kimlik belge")},
    ),
    field_names=("kimlik seri no", "cuzdan seri no", "id card"),
    countries=("TR",),
    source="Nüfus Hizmetleri Kanunu no. 5490: serial number of the card; of the earlier booklet a letter, two and six digits",
    with_context=("kimlik kartı seri no: A12B34567", "nüfus cüzdanı seri A01 No: 123456"),
    not_examples=("kimlik kartı seri no: A12B3456", "A12B34567"),
)  # fmt: skip

TR_PASSPORT = EntityType(
    name="TR_PASSPORT",
    patterns=(capitals(series("[0-9]{8}", letters="[A-Z]", spaced="[A-Z]"), score=0.15, context=0.85), capitals("TR-?[A-Z][0-9]{6,7}", score=0.05)),
    context=labels.joined(labels.PASSPORT, {"tr": ("pasaport", "pasaportu", "umuma mahsus")}),
    field_names=("pasaport", "pasaport no", "passport", "passport number"),
    countries=("TR",),
    source="Pasaport Kanunu no. 5682: a letter and eight digits",
    with_context=("Pasaport No: U12345678", "Turkish passport No. S 87654321"),
    not_examples=("Pasaport No: U1234567", "U12345678"),
)  # fmt: skip

TR_DRIVER_LICENSE = EntityType(
    name="TR_DRIVER_LICENSE",
    patterns=(capitals(rf"[0-9]{{6}}|{series('[0-9]{5,6}')}", score=0.02),),
    context=labels.joined(
        labels.DRIVING_LICENCE,
        {"tr": ("ehliyet no", "ehliyeti", "sürücü belgesi no", "ehliyetname", "sürücü belgesi seri")},
    ),
    field_names=("ehliyet no", "surucu belgesi no", "driver license"),
    countries=("TR",),
    source="Karayolları Trafik Yönetmeliği: six digits; serial letters on the card",
    with_context=("sürücü belgesi no: 123456", "ehliyet no 654321"),
    not_examples=(
        "sürücü belgesi no: 12345",
        "123456",
    ),
)

TR_SOCIAL_SECURITY = EntityType(
    name="TR_SOCIAL_SECURITY",
    patterns=(code(f"[0-9]{{13}}|[0-9]{{26}}|[0-9]{{7,9}}|{grouped(2, 2, 10)}", score=0.02),),
    context=labels.joined(
        labels.SOCIAL_SECURITY, {"tr": ("sgk", "sgk no", "sgk sicil", "ssk", "ssk no", "bağ kur", "bağkur", "emekli sicil", "sigorta sicil", "sicil no sgk")}
    ),
    field_names=("sgk no", "sgk sicil no"),
    countries=("TR",),
    source="Sosyal Sigortalar ve Genel Sağlık Sigortası Kanunu no. 5510: register numbers of insured persons and workplaces",
    with_context=("SGK No: 1234567890123", "SSK sicil no 12345678"),
    not_examples=("SGK No: 123456789012", "1234567890123"),
)  # fmt: skip

TR_COMPANY_NUMBER = EntityType(
    name="TR_COMPANY_NUMBER",
    patterns=(
        code(f"0[0-9]{{15}}|{grouped(4, 4, 4, 4, by='[ -]')}", score=0.05, context=0.8),
        code("[0-9]{5,6}(?:-[0-9]{1,6})?", score=0.02, context=0.65),
    ),
    context={
        "tr": (*labels.COMPANY["tr"], "mersis no", "ticaret sicil no", "ticaret sicili", "sicil no", "ticaret sicil numarası", "ticaret sicili müdürlüğü"),
        "en": ("trade registry", "turkish trade register"),
    },
    field_names=("mersis no", "ticaret sicil no"),
    countries=("TR",),
    source="Türk Ticaret Kanunu no. 6102: MERSİS of sixteen digits; number of the local trade register",
    with_context=("MERSİS No: 0684711233000019", "Ticaret Sicil No 123456-0"),
    not_examples=("MERSİS No: 068471123300001", "0684711233000019"),
)  # fmt: skip

_PLATE_SPACED = rf"[0-9]{{2}}{SPACE}[A-PR-VYZ]{{1,3}}{SPACE}[0-9]{{2,4}}"
_PLATE = rf"[0-9]{{2}}{SP}[A-PR-VYZ]{{1,3}}{SP}[0-9]{{2,4}}|[0-9]{{2}}-[A-PR-VYZ]{{1,3}}-[0-9]{{2,4}}"
TR_LICENSE_PLATE = EntityType(
    name="TR_LICENSE_PLATE",
    patterns=(
        plate(_PLATE_SPACED, score=0.25, context=0.85, near=labels.every(labels.VEHICLE), edges="word"),
        code(_PLATE, context=0.8, edges="word"),
    ),
    context=labels.joined(labels.PLATE, {"tr": ("plaka no", "plakalı", "plaka sayılı", "plakalı araç", "plakası")}),
    validator="tr_plate",
    field_names=("plaka", "plaka no", "license plate"),
    countries=("TR",),
    source="Karayolları Trafik Yönetmeliği: province 01 to 81, one to three letters, two to four digits",
    with_context=("34 ABC 123 plakalı araç", "plaka: 06-AB-1234", "license plate 35KLM45"),
    not_examples=("34 ABC 123", "99 ABC 123", "plaka 34-ABC 123"),
)

TR_POSTCODE = EntityType(
    name="TR_POSTCODE",
    patterns=(postcode("(?:0[1-9]|[1-7][0-9]|8[01])[0-9]{3}"),),
    context=labels.joined(labels.POSTCODE, {"tr": ("posta kodu", "p k")}),
    field_names=("posta kodu", "postcode", "postal code", "zip"),
    countries=("TR",),
    source="PTT: five digits, province first",
    with_context=("posta kodu 34710", "Posta Kodu: 06420"),
    not_examples=("34710", "posta kodu 99710"),
)

TYPES = (
    TR_NATIONAL_ID, TR_FOREIGNER_ID, TR_VKN, TR_VAT_CODE, TR_IDENTITY_CARD, TR_PASSPORT, TR_DRIVER_LICENSE, TR_SOCIAL_SECURITY,
    TR_COMPANY_NUMBER, TR_LICENSE_PLATE, TR_POSTCODE,
)  # fmt: skip
