"""The Netherlands."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, digits_of
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    SPACE,
    WEAK,
    bare_vat,
    capitals,
    code,
    grouped,
    labelled,
    proved,
)
from pratique.detect.entities.record import EntityType, Pattern


def _eleven_test(text: str) -> bool:
    """Nine digits, weights 9 to 2 and -1, modulo 11; not all the same digit."""
    digits = digits_of(text)
    if len(digits) != 9 or len(set(digits)) == 1 or not any(digits[:3]):
        return False
    return sum(d * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0


def _vat(text: str) -> bool:
    """Nine digits by the eleven test; or, of sole traders since 2020, all characters as a number modulo 97."""
    plain = alphanumerics(text).removeprefix("NL")
    if len(plain) != 12 or plain[9] != "B" or not (plain[:9] + plain[10:]).isdigit() or plain[10:] == "00":
        return False
    whole = "".join(str(int(c, 36)) for c in f"NL{plain}")
    return _eleven_test(plain[:9]) or int(whole) % 97 == 1


def _account(text: str) -> bool:
    """Nine or ten digits, weights from 10 down to 1, modulo 11."""
    digits = digits_of(text)
    if len(digits) not in {9, 10} or len(set(digits)) == 1:
        return False
    return sum(digit * at for at, digit in enumerate(reversed(digits), 1)) % 11 == 0


def _document(text: str) -> bool | None:
    """No letter O, which looks like a zero; a letter and a digit at least."""
    plain = alphanumerics(text)
    return None if "O" not in plain and any(map(str.isalpha, plain)) and any(map(str.isdigit, plain[2:])) else False


_FORMS = "AA9999 9999AA 99AA99 AA99AA AAAA99 99AAAA 99AAA9 9AAA99 AA999A A999AA AAA99A A99AAA 9AA999 999AA9 AAA999"
_PLATE_FORMS = frozenset(_FORMS.split())


def _plate(text: str) -> bool | None:
    """One of the series (sidecodes) in which letters and digits have been given out."""
    form = "".join("9" if c.isdigit() else "A" for c in alphanumerics(text))
    return None if form in _PLATE_FORMS else False


VALIDATORS: Mapping[str, Validator] = {
    "nl_bsn": _eleven_test,
    "nl_vat": _vat,
    "nl_account": _account,
    "nl_document": _document,
    "nl_plate": _plate,
}

_GROUPS = ((3, 3, 3), (4, 2, 3), (2, 2, 2, 3))
_NINE = "|".join(["[0-9]{9}", *(grouped(*sizes, by=by) for sizes in _GROUPS for by in (r"\.", SPACE, "-"))])
"""With one separator throughout: ``2024/00123`` and ``2024-00123`` are numbers of files."""

NL_BSN = EntityType(
    name="NL_BSN",
    patterns=(
        proved(r"[0-9]{4}\.[0-9]{2}\.[0-9]{3}", alone=0.5, context=0.95, score=0.05),
        proved(_NINE, alone=WEAK, context=0.9),
        labelled(code(_NINE)),
    ),
    context=labels.joined(
        {
            "nl": ("bsn", "b s n", "burgerservicenummer", "burgerservicenr", "burger service nummer", "bsnnummer", "bsn nummer", "bsn nr", "sofinummer", "sofi", "sofi nummer", "sofinr", "persoonsnummer", "onderwijsnummer", "pgn", "persoonsgebonden"),
            "en": ("citizen service number", "bsn number", "dutch citizen", "dutch tax", "social security number", "personal number"),
            "*": ("bsn", "burgerservicenummer", "b s n"),
        },
        labels.NATIONAL_NUMBER,
        labels.TAX_NUMBER,
        labels.SOCIAL_SECURITY,
    ),
    against_after=labels.MONEY,
    validator="nl_bsn",
    checks_digits=True,
    field_names=("bsn", "burgerservicenummer", "sofinummer"),
    countries=("NL",),
    source="Wet algemene bepalingen burgerservicenummer, Logisch Ontwerp BSN: nine digits, the eleven test",
    with_context=("BSN 111222333", "burgerservicenummer: 123456782", "BSN: 1234.56.782", "BSN-nummer 123 456 782", "burgerservicenummer 123456789", "met BSN 123456782"),
    not_examples=("111222333", "111222334", "111111110"),
)  # fmt: skip

_VAT = rf"NL{SEP}(?:{grouped(3, 3, 3)}|[0-9]{{4}}{SEP}[0-9]{{2}}{SEP}[0-9]{{3}}){SEP}B{SEP}[0-9]{{2}}"
NL_VAT_CODE = EntityType(
    name="NL_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.9, context=0.95, score=0.4),
        bare_vat(rf"{grouped(3, 3, 3)}{SEP}B{SEP}[0-9]{{2}}"),
        labelled(code(_VAT)),
    ),
    context=labels.joined(
        labels.VAT, {"nl": ("btw", "btw nr", "btw nummer", "btw id", "btw identificatienummer", "omzetbelastingnummer")}
    ),
    validator="nl_vat",
    field_names=("btw nummer", "btw", "btw id", "vat", "vat number"),
    countries=("NL",),
    source="Wet op de omzetbelasting 1968: NL, nine digits, B, two digits; eleven test, since 2020 modulo 97",
    examples=("NL123456782B01", "NL 1234.56.782.B01", "NL004495445B01"),
    with_context=("btw-nummer NL123456789B01",),
    not_examples=(
        "btw-nummer NL123456789B0",
        "NL123456789B01",
    ),
)

_WAGE = rf"[0-9]{{9}}{SP}[LBVIA]{SP}[0-9]{{2}}|[0-9]{{3}}[. ][0-9]{{3}}[. ][0-9]{{3}}[ \x{{A0}}.]?[LBVIA]{SP}[0-9]{{2}}|[0-9]{{4}}\.[0-9]{{2}}\.[0-9]{{3}}[ \x{{A0}}.]?[LBVIA]{SP}[0-9]{{2}}"
NL_TAX_ID = EntityType(
    name="NL_TAX_ID",
    patterns=(
        code(_WAGE, score=0.35, context=0.9, validator="unchecked"),
        proved(_NINE, alone=0.1, context=0.85, score=0.0),
        labelled(code(grouped(3, 3, 3, by=r"[ \x{A0}-]?"))),
    ),
    context=labels.joined(
        labels.TAX_NUMBER,
        {
            "nl": ("rsin", "fiscaal nummer", "fiscaalnummer", "loonheffingennummer", "loonheffing", "loonheffingen", "loonbelastingnummer", "omzetbelastingnummer", "ob nummer", "belastingdienst", "aanslagnummer", "fi nummer", "btw"),
            "*": ("rsin",),
        },
    ),
    against_after=labels.MONEY,
    validator="nl_bsn",
    field_names=("rsin", "fiscaal nummer", "loonheffingennummer", "tax id"),
    countries=("NL",),
    source="Belastingdienst: RSIN by the eleven test; with L, B or V and two digits for wages, turnover, corporation tax",
    with_context=("RSIN 123456782", "loonheffingennummer: 123456782L01", "fiscaal nummer 1234.56.782", "omzetbelastingnummer 123456782B01"),
    not_examples=("123456782L01", "123456782"),
)  # fmt: skip

_DOCUMENT = r"[A-NP-Z]{2}[0-9A-NP-Z]{6}[0-9]"
NL_PASSPORT = EntityType(
    name="NL_PASSPORT",
    patterns=(
        code(_DOCUMENT, score=0.15, context=0.8, validator="nl_document", needs_digit=True, near=("afgegeven", "geldig tot")),
        code(r"[A-Z][0-9]{8}|[A-Z]{2}[0-9]{7}", score=0.05, context=0.7),
    ),
    context=labels.joined(labels.PASSPORT, {"nl": ("paspoort", "paspoortnummer", "paspoortnr", "nationaal paspoort", "documentnummer", "documentnr", "reisdocument")}),
    field_names=("paspoort", "paspoortnummer", "passport", "passport number", "documentnummer"),
    countries=("NL",),
    source="Paspoortwet, Paspoortuitvoeringsregeling: two letters, six letters or digits, a digit, without O",
    with_context=("paspoort nr. NW1KH2C38", "paspoortnummer: NXP4R2D71", "Dutch passport No. SPECI2014"),
    not_examples=("NW1KH2C38", "NO1KH2C38"),
)  # fmt: skip

NL_IDENTITY_CARD = EntityType(
    name="NL_IDENTITY_CARD",
    patterns=(
        code(_DOCUMENT, score=0.15, context=0.8, validator="nl_document", needs_digit=True, near=("afgegeven", "geldig tot")),
        code(r"[A-Z][0-9]{8}|[A-Z]{2}[0-9]{7}", score=0.05, context=0.7),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"nl": ("identiteitskaart", "identiteitskaartnummer", "id kaart", "nik", "identiteitsbewijs", "legitimatiebewijs", "documentnummer", "documentnr", "legitimeert", "gelegitimeerd", "rijbewijs of identiteitskaart")},
    ),
    field_names=("identiteitskaart", "id kaart", "documentnummer", "id card", "legitimatiebewijs"),
    countries=("NL",),
    source="Paspoortwet, Paspoortuitvoeringsregeling: two letters, six letters or digits, a digit, without O",
    with_context=("identiteitskaart met nummer IR4RKD253", "legitimatiebewijs: ID-kaart nr. IMP2B4R78", "Nederlandse identiteitskaart IX1234567"),
    not_examples=("identiteitskaart met nummer IR4RKD25", "IR4RKD253"),
)  # fmt: skip

NL_RESIDENCE_PERMIT = EntityType(
    name="NL_RESIDENCE_PERMIT",
    patterns=(
        code(r"[0-9]{10}|[0-9]{3}[. ][0-9]{3}[. ][0-9]{4}", score=0.02, context=0.8),
        code(rf"{_DOCUMENT}|[A-Z]{{1,3}}[0-9]{{7,8}}", score=0.05, validator="nl_document", needs_digit=True),
    ),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {"nl": ("vreemdelingennummer", "v nummer", "vnummer", "v nr", "ind", "verblijfsdocument", "verblijfsvergunning", "vreemdelingendocument", "crv nummer", "verblijfspas"), "en": ("v number", "alien number", "ind")},
    ),
    field_names=("v nummer", "vreemdelingennummer", "verblijfsdocument"),
    countries=("NL",),
    source="Vreemdelingenwet 2000: vreemdelingennummer of ten digits; documents of nine characters",
    with_context=("V-nummer 2012345678", "verblijfsvergunning nr. IK1234567", "vreemdelingennummer: 281.234.5678"),
    not_examples=("V-nummer 201234567", "2012345678"),
)  # fmt: skip

NL_DRIVER_LICENSE = EntityType(
    name="NL_DRIVER_LICENSE",
    patterns=(code(r"[0-9]{10}|[0-9]{4} [0-9]{3} [0-9]{3}", score=0.02, context=0.85),),
    context=labels.joined(labels.DRIVING_LICENCE, {"nl": ("rijbewijs", "rijbewijsnr", "rijbewijsnummer", "rdw")}),
    field_names=("rijbewijs", "rijbewijsnummer", "driver license"),
    countries=("NL",),
    source="Reglement rijbewijzen: ten digits",
    with_context=("rijbewijs nr. 5123456789", "rijbewijsnummer: 4987654321"),
    not_examples=(
        "rijbewijs nr. 512345678",
        "5123456789",
    ),
)

NL_HEALTH_INSURANCE = EntityType(
    name="NL_HEALTH_INSURANCE",
    patterns=(code("[0-9]{7,12}|[A-Z]{1,3}[0-9]{6,10}", score=0.02, context=0.7, needs_digit=True),),
    context={
        "nl": ("verzekerdennummer", "polisnummer", "zorgverzekering", "zorgpas", "uzovi", "verzekeringsnummer", "relatienummer", "klantnummer zorgverzekering", "patiëntnummer", "zorgverzekeraar", "patientnummer", "polisnr"),
        "en": ("insured number", "policy number"),
    },
    field_names=("verzekerdennummer", "polisnummer", "zorgverzekering"),
    countries=("NL",),
    source="Zorgverzekeringswet: numbers that insurers give out",
    with_context=("verzekerdennummer 1234567890", "polisnummer: 987654321"),
    not_examples=("verzekerdennummer 12345678901234", "1234567890"),
)  # fmt: skip

NL_HEALTH_PROVIDER = EntityType(
    name="NL_HEALTH_PROVIDER",
    patterns=(code("[0-9]{11}", score=0.05, context=0.85, near=("big",)), code(r"[0-9]{8}|[0-9]{2}[ \x{A0}\-][0-9]{6}", score=0.02)),
    context={"nl": ("big nummer", "bignummer", "big nr", "big register", "agb code", "agb nr", "agbcode", "uzi", "uzi nummer"), "*": ("big nummer", "agb code")},
    field_names=("big nummer", "agb code"),
    countries=("NL",),
    source="Wet op de beroepen in de individuele gezondheidszorg: BIG number of eleven digits; Vektis: AGB code of eight",
    with_context=("BIG-nummer 19012345601", "AGB-code 01-012345", "BIG: 59012345630"),
    not_examples=("BIG-nummer 1901234560", "19012345601"),
)  # fmt: skip

NL_COMPANY_NUMBER = EntityType(
    name="NL_COMPANY_NUMBER",
    patterns=(code(rf"[0-9]{{8}}|{grouped(2, 2, 2, 2)}|[0-9]{{2}} [0-9]{{6}}|[0-9]{{4}} [0-9]{{4}}", score=0.02, context=0.85), code("[0-9]{12}", score=0.02)),
    context={
        "nl": ("kvk", "k v k", "kvk nummer", "kvknummer", "kvk nr", "kamer van koophandel", "handelsregister", "handelsregisternummer", "kvknr", "vestigingsnummer", "dossiernummer", "kvk inschrijving", "koophandel"),
        "en": ("chamber of commerce", "trade register", "coc number", "coc", "commercial register", "dutch trade register"),
        "*": ("kvk", "coc"),
    },
    field_names=("kvk", "kvk nummer", "company number", "handelsregisternummer"),
    countries=("NL",),
    source="Handelsregisterwet 2007: eight digits; establishments twelve",
    with_context=("KvK-nummer 12345678", "ingeschreven in het handelsregister van de Kamer van Koophandel onder nummer 87654321", "KvK: 24 123456", "vestigingsnummer 000012345678"),
    not_examples=("12345678", "000012345678"),
)  # fmt: skip

NL_LICENSE_PLATE = EntityType(
    name="NL_LICENSE_PLATE",
    patterns=(
        code(r"[A-Z]{1,3}-[0-9]{2,3}-[A-Z]{1,3}|[0-9]{1,3}-[A-Z]{2,3}-[0-9]{1,3}|[A-Z]{2}-[A-Z]{2}-[0-9]{2}|[0-9]{2}-[A-Z]{2}-[A-Z]{2}|[A-Z]{2}-[0-9]{2}-[0-9]{2}|[0-9]{2}-[0-9]{2}-[A-Z]{2}", score=0.25, context=0.9, validator="nl_plate"),
        capitals(r"[0-9A-Z]{1,3} [0-9A-Z]{2,3} [0-9A-Z]{1,3}|(?i:[0-9A-Z]{6})", score=0.05, context=0.75, validator="nl_plate", needs_digit=True),
    ),
    context=labels.joined(labels.PLATE, {"nl": ("kenteken", "kentekennummer", "kentekens", "gekentekend", "auto", "personenauto", "bestelauto", "voertuig", "motorrijtuig", "bromfiets", "aanhangwagen")}),
    field_names=("kenteken", "license plate"),
    countries=("NL",),
    source="Kentekenreglement, RDW: series (sidecodes) of three groups of letters or digits",
    with_context=("kenteken 12-ABC-3", "personenauto met kenteken GZ-123-K", "voorzien van het kenteken XX99YY", "Dutch licence plate 1-ABC-23"),
    not_examples=("12-ABC-3", "ABCDEF"),
)  # fmt: skip

_POSTCODE = "[1-9][0-9]{3}"
NL_POSTCODE = EntityType(
    name="NL_POSTCODE",
    patterns=(
        Pattern(regex=rf"\b{_POSTCODE}{SP}(?:[A-EGHJ-NPRTVWXZ][A-EGHJ-NPR-TVWXZ]|S[BCE-RT-Z])\b", score=0.42, context=0.85),
        capitals(rf"(?i:{_POSTCODE}[A-Z]{{2}})|{_POSTCODE}{SP}[A-Z]{{2}}", score=0.02, context=0.7),
    ),
    context=labels.joined(labels.POSTCODE, {"nl": ("postcode", "postcodes", "wonende", "gevestigd", "adres", "woonplaats", "woonachtig", "kantoorhoudende")}),
    field_names=("postcode", "postal code", "zip"),
    countries=("NL",),
    source="PostNL: four digits and two letters (not SA, SD, SS)",
    with_context=("postcode 1012 AB", "wonende te 3511 LX Utrecht", "Postcode: 2595aa"),
    not_examples=("1012 SS", "0123 AB"),
)  # fmt: skip

_ACCOUNT = r"[0-9]{2}[. ][0-9]{2}[. ][0-9]{2}[. ][0-9]{3,4}|[0-9]{4}[. ][0-9]{2}[. ][0-9]{3,4}"
NL_BANK_ACCOUNT = EntityType(
    name="NL_BANK_ACCOUNT",
    patterns=(
        proved(_ACCOUNT, alone=0.38, context=0.9),
        proved("[0-9]{9,10}", alone=0.2, context=0.85),
        labelled(code(f"{_ACCOUNT}|[0-9]{{9,10}}")),
    ),
    context=labels.joined({"nl": ("rekening", "rekeningnummer", "bankrekening", "bankrekeningnummer", "banknr", "girorekening", "reknr", "rek nr", "tegenrekening")}),
    against_after=labels.MONEY,
    validator="nl_account",
    checks_digits=True,
    field_names=("rekeningnummer", "bankrekening"),
    countries=("NL",),
    source="Betaalvereniging Nederland: accounts before IBAN, nine or ten digits, the eleven test",
    with_context=("rekeningnummer 12.34.56.789", "bankrekening 123456789"),
    not_examples=("12.34.56.789", "123456789"),
)  # fmt: skip

NL_GIRO_ACCOUNT = EntityType(
    name="NL_GIRO_ACCOUNT",
    patterns=(code("[0-9]{4,7}", score=0.02, context=0.7),),
    context={"nl": ("gironummer", "giro nummer", "giro nr", "postgiro", "girorekening", "postbankrekening")},
    field_names=("gironummer", "giro"),
    countries=("NL",),
    source="Postbank: accounts before IBAN, up to seven digits without a check",
    with_context=("gironummer 1234567", "girorekening 54321"),
    not_examples=(
        "gironummer 123456712",
        "1234567",
    ),
)

NL_FINE_NUMBER = EntityType(
    name="NL_FINE_NUMBER",
    patterns=(code(rf"[0-9]{{16}}|{grouped(4, 4, 4, 4, by=SPACE)}|[0-9]{{9}}", score=0.02, context=0.75),),
    context={"nl": ("cjib", "cjib nummer", "cjib nr", "beschikkingsnummer", "parketnummer")},
    field_names=("cjib nummer", "beschikkingsnummer"),
    countries=("NL",),
    source="Centraal Justitieel Incassobureau: sixteen digits",
    with_context=("CJIB-nummer 2012345678901234", "beschikkingsnummer: 9012 3456 7890 1234"),
    not_examples=(
        "CJIB-nummer 201234567890123",
        "2012345678901234",
    ),
)

TYPES = (
    NL_BSN, NL_VAT_CODE, NL_TAX_ID, NL_PASSPORT, NL_IDENTITY_CARD, NL_RESIDENCE_PERMIT, NL_DRIVER_LICENSE, NL_HEALTH_INSURANCE,
    NL_HEALTH_PROVIDER, NL_COMPANY_NUMBER, NL_LICENSE_PLATE, NL_POSTCODE, NL_BANK_ACCOUNT, NL_GIRO_ACCOUNT, NL_FINE_NUMBER,
)  # fmt: skip
