"""Italy."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, by_stdnum, digits_of, is_date, luhn
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
    SPACE,
    capitals,
    code,
    grouped,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern

_fiscal_code_checked = by_stdnum("it.codicefiscale")


_MONTHS = "ABCDEHLMPRST"
_STAND_IN = str.maketrans("LMNPQRSTUV", "0123456789")
"""Letters that stand for digits where two persons would have the same code (omocodia)."""


def _fiscal_code(text: str) -> bool | None:
    """The control letter: proof where it is right; a wrong one is as often a slip of the pen. False for no date."""
    plain = alphanumerics(text)
    if len(plain) != 16:
        return False
    year, day = (plain[at : at + 2].translate(_STAND_IN) for at in (6, 9))
    if not (year + day).isdigit() or plain[8] not in _MONTHS:
        return False
    if not is_date(int(year), _MONTHS.index(plain[8]) + 1, int(day) - 40 if int(day) > 40 else int(day)):
        return False
    return True if _fiscal_code_checked(plain) else None


def _vat(text: str) -> bool:
    """Eleven digits with a Luhn digit, not all zeros."""
    digits = digits_of(text)
    return len(digits) == 11 and any(digits) and luhn(text)


def _health_card(text: str) -> bool:
    """Twenty digits that begin with the issuer's 80380 (a card of the state's own), and a Luhn digit."""
    digits = digits_of(text)
    return len(digits) == 20 and luhn(text)


_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
"""Values of the letters A to Z, and of the digits 0 to 9, at odd places of an account's control letter."""


def _account(text: str) -> bool:
    """CIN: a letter over bank, branch and account, odd places by a table, modulo 26."""
    plain = alphanumerics(text)
    if len(plain) != 23 or not plain[0].isalpha():
        return False
    values = [ord(c) - 48 if c.isdigit() else ord(c) - 65 for c in plain[1:]]
    total = sum(_ODD[value] if at % 2 == 0 else value for at, value in enumerate(values))
    return chr(65 + total % 26) == plain[0]


VALIDATORS: Mapping[str, Validator] = {
    "it_fiscal_code": _fiscal_code,
    "it_vat": _vat,
    "it_health_card": _health_card,
    "it_account": _account,
}

_DIGIT = "[0-9LMNPQRSTUV]"
_MONTH = f"[{_MONTHS}]"
_DAY = "[0-7LMNPQRST][0-9LMNPQRSTUV]"
_FISCAL = rf"[A-Z]{{6}}{_DIGIT}{{2}}{_MONTH}{_DAY}[A-Z]{_DIGIT}{{3}}[A-Z]"
_FISCAL_SPACED = (
    rf"[A-Z]{{3}}{SEP}[A-Z]{{3}}{SEP}{_DIGIT}{{2}}{SP}{_MONTH}{SP}{_DAY}{SEP}[A-Z]{SP}{_DIGIT}{{3}}{SP}[A-Z]"
)
_FISCAL_LIKE = f"[A-Z]{{6}}{_DIGIT}{{2}}[A-Z]{_DIGIT}{{2}}[A-Z]{_DIGIT}{{3}}[A-Z]"
IT_FISCAL_CODE = EntityType(
    name="IT_FISCAL_CODE",
    patterns=(
        Pattern(regex=rf"(?i)\b(?:{_FISCAL})\b", score=0.55, validated=0.95, context=0.9, edges="word", needs_digit=True),
        proved(_FISCAL_SPACED, alone=0.9, context=0.9, score=0.5, needs_digit=True),
        labelled(code(_FISCAL_LIKE, needs_digit=True)),
    ),
    context={
        "it": ("codice fiscale", "cod fisc", "codice", "fiscale", "c f", "cf", "cod fiscale"),
        "en": ("fiscal code", "tax code", "tax id", "italian tax"),
        "*": ("cf", "codice fiscale", "c f"),
    },
    validator="it_fiscal_code",
    field_names=("codice fiscale", "fiscal code", "cf", "cod fisc"),
    countries=("IT",),
    source="Decreto ministeriale 23 dicembre 1976: name, date and place of birth, control letter; omocodia",
    examples=("RCCMNL83S18D969H", "rccmnl83s18d969h", "RCC MNL 83S18 D969 H", "RCCMNL83S18D9SVI"),
    with_context=("Codice Fiscale RCCMNL83S18D969X", "codice fiscale ABCXYZ80A99H501U", "C.F. RCC MNL 83S18 D969H", "cod. fisc.: rccmnl83s18d969h"),
    not_examples=("RCCMNL83S18D969", "RCCMNL83Z18D969H", "RCCMNL83B30D969H"),
)  # fmt: skip

_VAT = "[0-9](?:[ _]?[0-9]){10}"
IT_VAT_CODE = EntityType(
    name="IT_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.3, context=0.9, edges="word"),
        proved(rf"IT{SEP}{_VAT}|IT{SEP}{grouped(3, 3, 3, 2)}", alone=0.75, context=0.95),
        labelled(code(rf"(?:IT{SEP})?(?:[0-9]{{11}}|{grouped(3, 3, 3, 2)})")),
    ),
    context=labels.joined(
        labels.VAT,
        {
            "it": ("partita iva", "p iva", "piva", "part iva", "p i", "iva", "codice fiscale", "cod fisc", "c f", "registro imprese", "registro delle imprese", "c f e p iva"),
            "*": ("p iva", "piva", "italian vat"),
        },
    ),
    validator="it_vat",
    checks_digits=True,
    field_names=("partita iva", "p iva", "piva", "vat", "vat number"),
    countries=("IT",),
    source="D.P.R. 633/1972 art. 35: seven digits, province, Luhn digit; the tax number of companies",
    examples=("IT00743110157", "IT 007 431 101 57"),
    with_context=("P.IVA 00743110157", "Partita IVA: IT00743110158", "P. IVA 02188060150", "C.F. e P.IVA 00743110157"),
    not_examples=("00743110157", "00743110158", "00000000000"),
)  # fmt: skip

_CARD = "[A-Z]{2}[0-9]{7}|[0-9]{7}[A-Z]{2}|[A-Z]{2}[0-9]{5}[A-Z]{2}"
_ISSUED = ("rilasciata", "rilasciato", "rilasciata da", "rilasciato da", "scadenza", "questura", "prefettura")
IT_IDENTITY_CARD = EntityType(
    name="IT_IDENTITY_CARD",
    patterns=(
        code(_CARD, score=0.15, context=0.8, edges="word", near=_ISSUED),
        code("[A-Z]{2}[0-9]{5}[A-Z]{2}", score=0.4, context=0.85),
        code("[A-Z]{2} ?[0-9]{7}", score=0.01, context=0.0, edges="word"),
        capitals(rf"{PAIR}[ \x{{A0}}.\-]{{1,2}}[0-9]{{7}}|{series('[0-9]{7}')}|[A-Z]{{2}}[ \x{{A0}}\-]?[0-9]{{5}}[ \x{{A0}}\-]?[A-Z]{{2}}|[0-9]{{7}}{SP}[A-Z]{{2}}", score=0.05, context=0.8),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "it": ("carta", "identità", "identita", "cie", "c i", "carta d identità elettronica", "c i n", "c i e", "carta identità", "documento", "documento di riconoscimento", "doc id", "riconoscimento", "ci n"),
            "*": ("cie", "italian identity", "italian id"),
        },
    ),
    field_names=("carta identita", "numero carta identita", "cie", "id card", "documento"),
    countries=("IT",),
    source="Decreto ministeriale 23 dicembre 2015: two letters, five digits, two letters; paper cards two letters and seven digits",
    with_context=("carta d'identità n. CA12345AB", "C.I. n. AX 1234567 rilasciata dal Comune di Roma", "carta di identità elettronica n° CA00000AA", "documento di riconoscimento: AV1234567"),
    not_examples=("CA12345AB", "AX1234567"),
)  # fmt: skip

IT_PASSPORT = EntityType(
    name="IT_PASSPORT",
    patterns=(
        code("[A-Z]{2}[0-9]{7}", score=0.1, context=0.8, edges="word"),
        capitals(series("[0-9]{7}"), context=0.8, near=_ISSUED),
    ),
    context=labels.joined(labels.PASSPORT, {"it": ("passaporto", "elettronico", "italiano", "viaggio")}),
    field_names=("passaporto", "numero passaporto", "passport", "passport number"),
    countries=("IT",),
    source="Legge 1185/1967, decreto 23 giugno 2009: two letters and seven digits",
    with_context=(
        "passaporto n. YA1234567",
        "Italian passport No. YB 7654321",
        "titolare di passaporto italiano AA1234567",
    ),
    not_examples=(
        "passaporto n. YA123456",
        "YA1234567",
    ),
)

IT_RESIDENCE_PERMIT = EntityType(
    name="IT_RESIDENCE_PERMIT",
    patterns=(
        code(r"[A-Z][0-9]{8}|[A-Z]{1,2}[0-9]{6,8}|[A-Z][0-9]{2}[A-Z0-9][0-9]{5}", score=0.1, context=0.75),
        code("[0-9]{9,12}", score=0.02, context=0.6),
    ),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"it": ("soggiorno", "pds", "carta blu", "permesso n")}),
    field_names=("permesso soggiorno", "residence permit"),
    countries=("IT",),
    source="D.Lgs. 286/1998, Regulation (EC) 1030/2002: letter and eight digits",
    with_context=("permesso di soggiorno n. I12345678", "titolare di permesso di soggiorno n° I00123456"),
    not_examples=(
        "permesso di soggiorno n. I12345",
        "I12345678",
    ),
)

_LICENCE_1 = rf"[A-Z]{{2}}{SP}[0-9]{{7}}{SP}[A-Z]"
_LICENCE_2 = rf"U1{SP}[0-9A-Z]{{7}}{SP}[A-Z]"
IT_DRIVER_LICENSE = EntityType(
    name="IT_DRIVER_LICENSE",
    patterns=(
        code(_LICENCE_1, score=0.25, context=0.85, edges="word"),
        code(r"U1[0-9B-HJ-NPR-UW-Z]{7}[A-Z]", score=0.25, context=0.85, edges="word"),
        code(f"{_LICENCE_1}|{_LICENCE_2}", score=0.05, context=0.8),
    ),
    context=labels.joined(labels.DRIVING_LICENCE, {"it": ("patente", "patente di guida", "patente cat", "licenza di guida", "guida")}),
    field_names=("patente", "numero patente", "driver license"),
    countries=("IT",),
    source="D.Lgs. 285/1992 (Codice della strada), decreto 9 aprile 2013: ten characters, U1 where the Ministry issues it",
    with_context=("patente di guida n. MI1234567X", "patente cat. B n° U1H3P5T7RA", "Italian driving licence RM7654321K"),
    not_examples=("MI1234567X", "U1H3P5T7RA"),
)  # fmt: skip

IT_HEALTH_CARD = EntityType(
    name="IT_HEALTH_CARD",
    patterns=(
        proved(rf"80380{SP}[0-9]{{5}}{SP}[0-9]{{5}}{SP}[0-9]{{5}}|80380[0-9]{{15}}", alone=0.75, context=0.95, score=0.3),
        labelled(code(rf"80[0-9]{{18}}|{grouped(5, 5, 5, 5, by=SPACE)}|{grouped(4, 4, 4, 4, 4, by=SPACE)}")),
    ),
    context=labels.joined(
        labels.HEALTH_INSURANCE, {"it": ("team", "ts", "tessera europea", "tessera sanitaria", "ssn", "servizio sanitario")}
    ),
    validator="it_health_card",
    field_names=("tessera sanitaria", "team"),
    countries=("IT",),
    source="D.L. 269/2003 art. 50, decision S1 on the European card: twenty digits that begin with 80380, Luhn digit",
    examples=("80380000301234567890",),
    with_context=("tessera sanitaria n. 80380000301234567891",),
    not_examples=("tessera sanitaria n. 8038000030123456789", "80380000301234567891"),
)  # fmt: skip

IT_SOCIAL_SECURITY = EntityType(
    name="IT_SOCIAL_SECURITY",
    patterns=(code("[0-9]{8,10}(?:/[0-9]{2})?", score=0.02, context=0.75),),
    context={
        "it": ("inps", "matricola inps", "posizione inps", "matricola aziendale", "inail", "pat inail", "codice ditta", "posizione assicurativa", "cassa forense", "enpam", "inarcassa"),
    },
    field_names=("matricola inps", "inps", "pat inail"),
    countries=("IT",),
    source="INPS: register number of ten digits; INAIL: insurance position of eight digits and a check of two",
    with_context=("matricola INPS 1234567890", "PAT INAIL: 12345678/90", "posizione INPS n. 7048123456"),
    not_examples=("matricola INPS 1234567", "1234567890"),
)  # fmt: skip


_PROVINCES = "AG|AL|AN|AO|AP|AQ|AR|AT|AV|BA|BG|BI|BL|BN|BO|BR|BS|BT|BZ|CA|CB|CE|CH|CL|CN|CO|CR|CS|CT|CZ|EN|FC|FE|FG|FI|FM|FR|GE|GO|GR|IM|IS|KR|LC|LE|LI|LO|LT|LU|MB|MC|ME|MI|MN|MO|MS|MT|NA|NO|NU|OR|PA|PC|PD|PE|PG|PI|PN|PO|PR|PT|PU|PV|PZ|RA|RC|RE|RG|RI|RM|RN|RO|SA|SI|SO|SP|SR|SS|SU|SV|TA|TE|TN|TO|TP|TR|TS|TV|UD|VA|VB|VC|VE|VI|VR|VS|VT|VV"
IT_COMPANY_NUMBER = EntityType(
    name="IT_COMPANY_NUMBER",
    patterns=(
        code(rf"(?:{_PROVINCES}){SP}[\- \x{{2013}}/]{SP}[0-9]{{6,7}}", score=0.25, context=0.9),
        code("[0-9]{6,7}", score=0.02, context=0.7),
    ),
    context={
        "it": ("rea", "r e a", "repertorio economico", "repertorio economico amministrativo", "registro delle imprese", "registro imprese", "cciaa", "camera di commercio", "n rea", "numero rea", "iscritta al", "iscritto al"),
        "*": ("rea", "r e a"),
    },
    field_names=("rea", "numero rea"),
    countries=("IT",),
    source="Legge 580/1993, D.P.R. 581/1995: REA number, province and six or seven digits",
    with_context=("REA MI-1234567", "R.E.A. di Milano n. 1234567", "n. REA: RM - 987654"),
    not_examples=("REA MI-12345", "MI-1234567"),
)  # fmt: skip

IT_RECIPIENT_CODE = EntityType(
    name="IT_RECIPIENT_CODE",
    patterns=(code("[A-Z0-9]{6,7}", score=0.02, context=0.7, needs_digit=True),),
    context={"it": ("codice destinatario", "codice univoco", "codice sdi", "sdi", "cod destinatario", "cod univoco", "codice univoco ufficio")},
    field_names=("codice destinatario", "codice univoco", "codice sdi"),
    countries=("IT",),
    source="Agenzia delle Entrate, provvedimento 30 aprile 2018: recipient's code of electronic invoices",
    with_context=("Codice destinatario: M5UXCR1", "codice univoco: T04ZHR3"),
    not_examples=("Codice destinatario: M5UXC", "M5UXCR1"),
)  # fmt: skip

_PLATE_LETTERS = "A-HJ-NPR-TV-Z"
_PLATE = f"[{_PLATE_LETTERS}]{{2}}-?[0-9]{{3}}-?[{_PLATE_LETTERS}]{{2}}"
_PLATE_SPACED = rf"[{_PLATE_LETTERS}]{{2}}[ \x{{A0}}\-]?[0-9]{{3}}[ \x{{A0}}\-]?[{_PLATE_LETTERS}]{{2}}"
IT_LICENSE_PLATE = EntityType(
    name="IT_LICENSE_PLATE",
    patterns=(
        capitals(rf"(?i:{_PLATE})|{_PLATE_SPACED}", score=0.3, context=0.85),
        capitals(rf"[{_PLATE_LETTERS}]{{2}}[ \x{{A0}}\-]?[0-9]{{5}}|(?:{_PROVINCES}|ROMA)[ \x{{A0}}\-]?[0-9A-Z][0-9]{{5}}", score=0.05, context=0.75),
    ),
    context=labels.joined(labels.PLATE, {"it": ("targa", "targato", "targata", "targhe", "auto", "autovettura", "motociclo", "veicolo", "furgone", "autocarro", "tg")}),
    field_names=("targa", "license plate"),
    countries=("IT",),
    source="D.P.R. 495/1992 art. 255: two letters, three digits, two letters, without I, O, Q and U",
    with_context=("targa AB 123 CD", "veicolo targato FZ456KL", "l'autovettura Fiat Panda tg. CA123XY"),
    not_examples=("targa AB 123 C", "AB123CD"),
)  # fmt: skip

IT_POSTCODE = EntityType(
    name="IT_POSTCODE",
    patterns=(postcode("[0-9]{5}"), Pattern(regex=r"\b(?:I|IT)-[0-9]{5}\b", score=0.42, context=0.8)),
    context=labels.joined(
        labels.POSTCODE,
        {"it": ("cap", "c a p", "codice di avviamento postale", "codice postale", "avviamento postale")},
    ),
    field_names=("cap", "codice postale", "postcode", "postal code", "zip"),
    countries=("IT",),
    source="Poste Italiane: codice di avviamento postale, five digits",
    with_context=("CAP 00184", "C.A.P.: 20121", "codice postale 10121"),
    not_examples=("00184", "I-00184"),
)

_ACCOUNT = rf"[A-Z]{SEP}[0-9]{{5}}{SEP}[0-9]{{5}}{SEP}[0-9A-Z]{{12}}"
IT_BANK_ACCOUNT = EntityType(
    name="IT_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.75, context=0.95),
        labelled(code(_ACCOUNT)),
        code("[0-9]{12}|[0-9]{6,8}(?:/[0-9]{1,2})?", score=0.02, context=0.6, validator="unchecked"),
    ),
    context={"it": ("conto corrente", "c c", "cin", "abi", "cab", "bban", "conto corrente bancario", "conto n", "c c n", "coordinate bancarie")},
    validator="it_account",
    field_names=("conto corrente", "bban", "numero conto"),
    countries=("IT",),
    source="Associazione Bancaria Italiana: BBAN, control letter CIN, ABI, CAB, account",
    examples=("X 05428 11101 000000123456",),
    with_context=("conto corrente n. 000000123456", "CIN Y 05428 11101 000000123456"),
    not_examples=("conto corrente n. 00000012345", "Y 05428 11101 000000123456"),
)  # fmt: skip

TYPES = (
    IT_FISCAL_CODE, IT_VAT_CODE, IT_IDENTITY_CARD, IT_PASSPORT, IT_RESIDENCE_PERMIT, IT_DRIVER_LICENSE, IT_HEALTH_CARD,
    IT_COMPANY_NUMBER, IT_RECIPIENT_CODE, IT_LICENSE_PLATE, IT_POSTCODE, IT_BANK_ACCOUNT, IT_SOCIAL_SECURITY,
)  # fmt: skip
