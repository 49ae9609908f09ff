"""Portugal."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, digits_of, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
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
)
from pratique.detect.entities.record import EntityType


def _tax(text: str) -> bool:
    """Eight digits by 9 to 2 modulo 11, and the check digit; it is not one digit nine times."""
    digits = digits_of(text)
    if len(digits) != 9 or digits[0] == 0 or len(set(digits)) == 1:
        return False
    return -weighted_sum(text, (9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10 == digits[8]


def _citizen_card(text: str) -> bool:
    """Luhn over digits and letters (A as 10 to Z as 35), every second one doubled and cast to below ten."""
    values = [int(c, 36) for c in alphanumerics(text)]
    doubled = (2 * value - 9 if value > 4 else 2 * value for value in values[-2::-2])
    return len(values) == 12 and (sum(values[-1::-2]) + sum(doubled)) % 10 == 0


def _social_security(text: str) -> bool:
    """Ten digits by the primes from 29 down to 2; nine less the remainder modulo 10 is the eleventh."""
    digits = digits_of(text)
    return len(digits) == 11 and 9 - weighted_sum(text, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10 == digits[10]


def _account(text: str) -> bool:
    """ISO/IEC 7064 MOD 97-10."""
    digits = digits_of(text)
    return len(digits) == 21 and any(digits) and int("".join(map(str, digits))) % 97 == 1


VALIDATORS: Mapping[str, Validator] = {
    "pt_nif": _tax,
    "pt_citizen_card": _citizen_card,
    "pt_niss": _social_security,
    "pt_account": _account,
}

_NIF = grouped(3, 3, 3)
PT_NIF = EntityType(
    name="PT_NIF",
    patterns=(proved(f"[1-9][0-9]{{2}}{SEP}{grouped(3, 3)}", alone=WEAK), labelled(code(_NIF))),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "pt": ("nif", "n i f", "nipc", "n i p c", "contribuinte", "identificação fiscal", "número fiscal", "pessoa coletiva", "pessoa colectiva", "nif nipc", "cont nº", "matrícula e nipc"),
            "*": ("nif", "nipc", "portuguese tax"),
        },
    ),
    validator="pt_nif",
    checks_digits=True,
    field_names=("nif", "nipc", "contribuinte", "numero de contribuinte", "tax number"),
    countries=("PT",),
    source="Decree-Law 14/2013; Autoridade Tributária: nine digits, check modulo 11 (companies: NIPC)",
    with_context=("NIF 501964843", "contribuinte n.º 219 196 915", "pessoa coletiva n.º 523780427", "NIF: 219196916"),
    not_examples=("501964843", "219196916"),
)  # fmt: skip

_VAT = f"PT{SEP}{_NIF}"
PT_VAT_CODE = EntityType(
    name="PT_VAT_CODE",
    patterns=(proved(_VAT, alone=0.75, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.joined(labels.VAT, {"pt": ("n i f", "nipc", "contribuinte")}),
    validator="pt_nif",
    field_names=("nif", "nipc", "vat", "vat number"),
    countries=("PT",),
    source="Código do IVA: PT and the NIF",
    examples=("PT219196915", "PT 523 780 427"),
    with_context=("NIF: PT219196916",),
    not_examples=(
        "NIF: PT21919691",
        "PT219196916",
    ),
)

_DOCUMENT = rf"[0-9]{{8}}{SP}-?{SP}[0-9]{SP}-?(?:[A-Z][A-Z0-9]{SP}|[0-9][A-Z]{SP})[0-9]"
_LABELLED_DOCUMENT = rf"[0-9]{{8}}{SP}-?{SP}[0-9]{SP}-?[A-Z0-9]{{2}}{SP}[0-9]"
"""With its label the version may be two digits."""
PT_IDENTITY_CARD = EntityType(
    name="PT_IDENTITY_CARD",
    patterns=(
        proved(_DOCUMENT, alone=0.55, context=0.95, validator="pt_citizen_card"),
        labelled(code(_LABELLED_DOCUMENT)),
        code(rf"[0-9]{{7,8}}(?:{SP}-?{SP}[0-9])?|[0-9]{{1,2}}[ .][0-9]{{3}}[ .][0-9]{{3}}", score=0.02, context=0.8),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "pt": ("cartão de cidadão", "cartão do cidadão", "cartões de cidadão", "cidadão", "cidadã", "cc n", "cc nº", "cc número", "n cc", "nº cc", "bi n", "bi nº", "b i n", "b i nº", "bilhete de identidade", "identificação civil",
                   "documento de identificação", "nic", "cartão de identificação"),
            "en": ("citizen card", "citizen s card"),
        },
    ),
    against=labels.OTHER_NUMBERS,
    against_after=labels.MONEY,
    field_names=("cartao de cidadao", "numero cc", "bilhete de identidade", "id card"),
    countries=("PT",),
    source="Law 7/2007 and Portaria 203/2007 (cartão de cidadão): civil number, check digit, version and Luhn over all",
    examples=("14952630 7 ZY5", "784895660ZY4"),
    with_context=("Cartão de Cidadão n.º 14952630 7 ZY6", "CC n.º 14952630 7 Z35", "titular do cartão de cidadão n.º 14952630", "B.I. n.º 1234567"),
    not_examples=("14952630 7 ZY6", "14952630"),
)  # fmt: skip

_NISS = f"[12]{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}{SEP}[0-9]{{4}}|[12][0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}{SEP}[0-9]{{2}}"
PT_NISS = EntityType(
    name="PT_NISS",
    patterns=(proved(_NISS, alone=WEAK), labelled(code(_NISS))),
    context=labels.joined(
        labels.SOCIAL_SECURITY, {"pt": ("niss", "n i s s", "identificação de segurança social", "identificação da segurança social")}
    ),
    validator="pt_niss",
    checks_digits=True,
    field_names=("niss", "numero de seguranca social", "social security"),
    countries=("PT",),
    source="Segurança Social (NISS): eleven digits, weights of primes, modulo 10",
    with_context=("NISS 12874851516", "beneficiário n.º 253 136 775 08", "NISS: 12874851517"),
    not_examples=("NISS 1287485151", "12874851516"),
)  # fmt: skip

PT_HEALTH_INSURANCE = EntityType(
    name="PT_HEALTH_INSURANCE",
    patterns=(code(_NIF, score=0.05, context=0.8),),
    context=labels.joined(labels.HEALTH_INSURANCE, {"pt": ("utente", "nº de utente", "n de utente", "número de utente", "nus", "adse", "serviço nacional de saúde")}),
    field_names=("numero de utente", "utente", "sns"),
    countries=("PT",),
    source="Portaria 981/95: number of the user of the national health service, nine digits",
    with_context=("Utente n.º 123 456 789", "N.º de utente: 312345678", "número de utente do SNS 298765432"),
    not_examples=("Utente n.º 123 456 78", "312345678"),
)  # fmt: skip

PT_PASSPORT = EntityType(
    name="PT_PASSPORT",
    patterns=(capitals(rf"(?i:[A-Z]{{1,2}})[0-9]{{6}}|[A-Z]{{1,2}}{SPACE}[0-9]{{6}}", context=0.8),),
    context=labels.PASSPORT,
    field_names=("passaporte", "passport", "passport number"),
    countries=("PT",),
    source="Decree-Law 83/2000: one or two letters and six digits",
    with_context=("passaporte n.º P123456", "Portuguese passport no. CA123456", "titular do passaporte CB 654321"),
    not_examples=("P123456", "CA123456"),
)

PT_RESIDENCE_PERMIT = EntityType(
    name="PT_RESIDENCE_PERMIT",
    patterns=(
        capitals(
            rf"(?i:[A-Z]{{1,3}}[0-9]{{6,9}}[A-Z]?)|[A-Z]{{1,3}}{SPACE}[0-9]{{6,9}}|[0-9]{{9}}|[0-9]{{3}}[A-Z][0-9]{{5}}",
            score=0.05,
        ),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT, {"pt": ("autorização de residência", "título de residência permanente", "aima", "sef")}
    ),
    field_names=("titulo de residencia", "autorizacao de residencia"),
    countries=("PT",),
    source="Law 23/2007 on foreigners; Regulation (EC) 1030/2002",
    with_context=("título de residência n.º A12345678", "autorização de residência n.º 123456789"),
    not_examples=(
        "título de residência n.º A12345",
        "A12345678",
    ),
)

PT_DRIVER_LICENSE = EntityType(
    name="PT_DRIVER_LICENSE",
    patterns=(capitals(rf"(?i:[A-Z]{{1,2}}-?)[0-9]{{5,8}}(?:{SPACE}[0-9])?|[A-Z]{{1,2}}{SPACE}-?{SPACE}?[0-9]{{5,8}}(?:{SPACE}[0-9])?", score=0.05, context=0.8),),
    context=labels.joined(labels.DRIVING_LICENCE, {"pt": ("carta de condução", "cartas de condução", "condução", "imt", "carta n")}),
    field_names=("carta de conducao", "driver license"),
    countries=("PT",),
    source="Decree-Law 138/2012 (IMT): district, serial number and check digit",
    with_context=("carta de condução n.º L-1234567 8", "carta de condução AV-123456 7", "carta de condução n.º P-12345678"),
    not_examples=("L-1234567 9", "L-1234567 8"),
)  # fmt: skip

_PLATE = "[A-Z]{{2}}{0}[0-9]{{2}}{0}[A-Z]{{2}}|[0-9]{{2}}{0}[A-Z]{{2}}{0}[0-9]{{2}}|[A-Z]{{2}}{0}[0-9]{{2}}{0}[0-9]{{2}}|[0-9]{{2}}{0}[0-9]{{2}}{0}[A-Z]{{2}}"
PT_LICENSE_PLATE = EntityType(
    name="PT_LICENSE_PLATE",
    patterns=(
        plate(_PLATE.format("-"), score=0.3, context=0.85, near=labels.every(labels.VEHICLE)),
        plate(_PLATE.format("[ .]"), score=0.05),
        code(f"{_PLATE.format('-')}|[A-Z]{{2}}[0-9]{{2}}[A-Z]{{2}}", score=0.05, context=0.8),
    ),
    context=labels.PLATE,
    field_names=("matricula", "license plate"),
    countries=("PT",),
    source="Decree-Law 54/2005, amended 2020: three pairs of letters and digits",
    with_context=("veículo de matrícula AA-12-BC", "viatura ligeira 12-AB-34", "matrícula 45-67-XZ"),
    not_examples=("AA-12-BC", "12-34-56"),
)  # fmt: skip

PT_POSTCODE = EntityType(
    name="PT_POSTCODE",
    patterns=(postcode("[1-9][0-9]{3}-[0-9]{3}"),),
    context=labels.joined(labels.POSTCODE, {"pt": ("cód postal", "c postal", "cod postal")}),
    field_names=("codigo postal", "postcode", "postal code", "zip"),
    countries=("PT",),
    source="CTT: four digits, a hyphen, three digits",
    with_context=("código postal 1000-001", "postal code: 4050-123"),
    not_examples=(
        "código postal 1000-00",
        "1000-001",
    ),
)

_NIB = rf"[0-9]{{21}}|{grouped(4, 4, 11, 2, by='[ .-]')}|{grouped(4, 4, 4, 4, 4, 1, by='[ .-]')}|{grouped(4, 4, 3, 4, 4, 2, by='[ .-]')}"
PT_BANK_ACCOUNT = EntityType(
    name="PT_BANK_ACCOUNT",
    patterns=(proved(_NIB, alone=0.7, context=0.95), labelled(code(_NIB)), code("[0-9]{11,13}", score=0.02, context=0.65)),
    context=labels.joined(labels.ACCOUNT, {"pt": ("nib", "n i b", "identificação bancária", "conta de depósitos", "conta à ordem n")}),
    validator="pt_account",
    checks_digits=True,
    field_names=("nib", "numero de conta"),
    countries=("PT",),
    source="Banco de Portugal (NIB): 21 digits, the IBAN without PT50, ISO/IEC 7064 MOD 97-10",
    examples=("003506958238135779172", "0035 0695 82381357791 72"),
    with_context=("NIB: 0035 0695 82381357791 73",),
    not_examples=("NIB: 0035 0695 82381357791 7", "003506958238135779173"),
)  # fmt: skip

TYPES = (
    PT_NIF, PT_VAT_CODE, PT_IDENTITY_CARD, PT_NISS, PT_HEALTH_INSURANCE, PT_PASSPORT, PT_RESIDENCE_PERMIT, PT_DRIVER_LICENSE,
    PT_LICENSE_PLATE, PT_POSTCODE, PT_BANK_ACCOUNT,
)  # fmt: skip
