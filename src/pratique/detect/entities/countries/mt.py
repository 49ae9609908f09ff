"""Malta."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, SP, capitals, code, labelled, proved
from pratique.detect.entities.record import EntityType, Pattern


def _vat(text: str) -> bool:
    """Eight digits, the first not 0, weights modulo 37."""
    digits = digits_of(text)
    return len(digits) == 8 and digits[0] > 0 and weighted_sum(text, (3, 4, 6, 7, 8, 9, 10, 1)) % 37 == 0


VALIDATORS: Mapping[str, Validator] = {"mt_vat": _vat}

MT_IDENTITY_CARD = EntityType(
    name="MT_IDENTITY_CARD",
    patterns=(
        code(r"[0-9]{6,7}[MGAPLHBZ]", score=0.15, context=0.85),
        Pattern(regex=r"\b(?:[0-9]{5,7}[ \x{A0}]?[MGAPLHBZ]\b|[0-9]{3,7}[ \x{A0}]?\([MGAPLHBZ]\))", score=0.05, context=0.8),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        labels.NATIONAL_NUMBER,
        {
            "mt": ("karta tal identità", "karta ta l identità", "karta tal id", "numru tal karta", "k i", "ki", "identità", "nru tal id"),
            "en": ("id card", "i d card", "id", "id number", "i d", "identity card", "id card number", "maltese identity card"),
        },
    ),
    field_names=("id card", "karta tal identita", "id card number", "identity card"),
    countries=("MT",),
    source="Identity Card and other Identity Documents Act (cap. 258): up to seven digits and the letter of the register",
    with_context=("holder of Maltese identity card number 123456M", "karta tal-identità numru 0123456(M)", "I.D. Card No. 12385 M", "ID 0456789L"),
    not_examples=("0123456M", "12385 M"),
)  # fmt: skip

MT_VAT_CODE = EntityType(
    name="MT_VAT_CODE",
    patterns=(
        proved(f"MT{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}", alone=0.8, context=0.95, score=0.2),
        labelled(code(f"MT{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}")),
        proved("[0-9]{8}|[0-9]{4}[ -][0-9]{4}", alone=0.2, context=0.85),
    ),
    context=labels.VAT,
    validator="mt_vat",
    checks_digits=True,
    field_names=("vat", "vat number", "vat no"),
    countries=("MT",),
    source="Value Added Tax Act (cap. 406): MT, eight digits, weights modulo 37",
    examples=("MT11679112", "MT 1167-9112"),
    with_context=("VAT No. MT11679113", "VAT Reg. No. 1167-9112"),
    not_examples=("MT11679113", "11679112"),
)

MT_TAX_ID = EntityType(
    name="MT_TAX_ID",
    patterns=(code("[0-9]{9}", score=0.02, context=0.75),),
    context=labels.joined(labels.TAX_NUMBER, {"en": ("tax registration", "tax reg no", "commissioner for revenue", "it number", "pe number", "income tax")}),
    field_names=("tax id", "tin", "tax number"),
    countries=("MT",),
    source="Income Tax Management Act (cap. 372): nine digits; of Maltese citizens the identity card's number",
    with_context=("tax identification number 123456789", "income tax number: 987654321"),
    not_examples=("tax identification number 12345678", "123456789"),
)  # fmt: skip

MT_SOCIAL_SECURITY = EntityType(
    name="MT_SOCIAL_SECURITY",
    patterns=(capitals(f"(?i:[A-Z]-?[0-9]{{8}})|[A-Z]{SP}-?[0-9]{{8}}", context=0.85), code("[0-9]{8}", score=0.02, context=0.65)),
    context=labels.joined(labels.SOCIAL_SECURITY, {"mt": ("sigurtà soċjali", "nru tas sigurtà soċjali", "tas sigurtà"), "en": ("ss number", "s s no", "ss no", "social security number", "ni number")}),
    field_names=("social security number", "ss number"),
    countries=("MT",),
    source="Social Security Act (cap. 318): a letter and eight digits",
    with_context=("Social Security No. B12345678", "numru tas-sigurtà soċjali A 87654321"),
    not_examples=("Social Security No. B1234567", "B12345678"),
)  # fmt: skip

MT_PASSPORT = EntityType(
    name="MT_PASSPORT",
    patterns=(code("[A-Z]{0,2}[0-9]{7}|[0-9]{6}", score=0.02, context=0.75),),
    context=labels.joined(
        labels.PASSPORT, {"mt": ("passaport", "passaport malti", "numru tal passaport"), "en": ("maltese passport",)}
    ),
    field_names=("passport", "passport number", "passaport"),
    countries=("MT",),
    source="Passports Ordinance (cap. 61): seven digits",
    with_context=("Maltese passport number 1234567", "passaport numru 7654321"),
    not_examples=(
        "Maltese passport number 12345",
        "1234567",
    ),
)

MT_RESIDENCE_PERMIT = EntityType(
    name="MT_RESIDENCE_PERMIT",
    patterns=(code("[A-Z]{2,3}[0-9]{6,7}|[0-9]{6,7}A|[0-9]{7,9}", score=0.02, context=0.7),),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"mt": ("permess ta residenza", "residenza"), "en": ("residence document", "e residence card", "identity malta", "identità")}),
    countries=("MT",),
    source="Immigration Act (cap. 217), Regulation (EC) 1030/2002",
    with_context=("residence permit No. MT1234567", "residence card number 0123456A"),
    not_examples=("residence permit No. MT12345", "0123456A"),
)  # fmt: skip

MT_DRIVER_LICENSE = EntityType(
    name="MT_DRIVER_LICENSE",
    patterns=(code(r"[A-Z]{3} ?[0-9]{3} ?[0-9]{3}|[0-9]{6,9}|[0-9]{5,7}[MGAPLHBZ]", score=0.02, context=0.75),),
    context=labels.joined(labels.DRIVING_LICENCE, {"mt": ("liċenzja tas sewqan", "tas sewqan")}),
    field_names=("driving licence", "driver license"),
    countries=("MT",),
    source="Motor Vehicles (Driving Licences) Regulations, S.L. 65.18",
    with_context=("driving licence number 123456789", "liċenzja tas-sewqan numru 1234567"),
    not_examples=(
        "driving licence number 12345678912",
        "123456789",
    ),
)

MT_COMPANY_NUMBER = EntityType(
    name="MT_COMPANY_NUMBER",
    patterns=(capitals(rf"(?:C|P|OC|SV|SC|LLA|VO){SP}-?{SP}[0-9]{{3,6}}", score=0.05, context=0.85),),
    context={
        "en": (
            "company",
            "registration number",
            "company registration",
            "company number",
            "registered",
            "malta business registry",
            "registration no",
            "voluntary organisation",
            "partnership",
        ),
        "mt": ("kumpanija", "numru ta reġistrazzjoni", "reġistrazzjoni", "soċjetà", "reġistru tal kumpaniji"),
    },
    field_names=("company number", "registration number"),
    countries=("MT",),
    source="Companies Act (cap. 386): C and the number in the register of companies",
    with_context=("company registration number C 12345", "a limited liability company (C 54321) registered in Malta"),
    not_examples=(
        "company registration number C 12",
        "C 12345",
    ),
)

MT_LICENSE_PLATE = EntityType(
    name="MT_LICENSE_PLATE",
    patterns=(capitals(r"(?i:[A-Z]{3}-?[0-9]{3})|[A-Z]{3}[ \x{A0}][0-9]{3}", context=0.8),),
    context=labels.joined(labels.PLATE, {"mt": ("vettura", "vettura bin numru", "karozza", "pjanċa")}),
    field_names=("license plate", "registration number", "plate"),
    countries=("MT",),
    source="Registration and Licensing of Motor Vehicles Regulations, S.L. 368.02: three letters and three digits",
    with_context=("vehicle with registration number ABC 123", "vettura bin-numru ta' reġistrazzjoni KLM-456"),
    not_examples=(
        "vehicle with registration number ABC 12",
        "ABC 123",
    ),
)

MT_POSTCODE = EntityType(
    name="MT_POSTCODE",
    patterns=(
        code("(?:ATD|BKR|BML|BBG|BUR|CBD|CSP|DGL|FNT|FRN|GDJ|GHR|GSR|GRB|GSM|GXQ|GZR|HMR|IKL|KCM|KKP|KRC|LJA|LQA|MDN|MEC|MFN|MGR|MLH|MQB|MRS|MSD|MSK|MST|MTF|MXK|MXR|NDR|NXR|PBK|PEM|PLA|PTA|QLA|QRD|QRM|RBT|SFI|SGN|SGW|SLC|SLM|SLZ|SNT|SPB|STJ|SVR|SWQ|TRX|TXN|VCT|VLT|XBX|XGJ|XJR|XLN|XRA|XWK|XWR|ZBB|ZBG|ZBR|ZRQ|ZTN) ?[0-9]{4}", score=0.45, context=0.85, near=("malta", "gozo", "valletta", "sliema", "għawdex")),
        capitals("[A-Z]{3} ?[0-9]{4}", score=0.02, context=0.65),
    ),
    context=labels.POSTCODE,
    field_names=("postcode", "postal code", "zip"),
    countries=("MT",),
    source="MaltaPost: three letters of the locality and four digits",
    with_context=("Valletta VLT 1117", "Postcode: SLM 1549", "Sliema, SLM1549, Malta"),
    not_examples=("Valletta VLT 111", "XYZ 1234"),
)  # fmt: skip

TYPES = (
    MT_IDENTITY_CARD, MT_VAT_CODE, MT_TAX_ID, MT_SOCIAL_SECURITY, MT_PASSPORT, MT_RESIDENCE_PERMIT, MT_DRIVER_LICENSE,
    MT_COMPANY_NUMBER, MT_LICENSE_PLATE, MT_POSTCODE,
)  # fmt: skip
