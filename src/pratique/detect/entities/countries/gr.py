"""Greece."""

# ruff: noqa: E501, PLR2004, RUF001 - patterns and words, one a line; figures of the specifications; Greek letters

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, luhn
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, SP, WEAK, code, grouped, labelled, postcode, proved
from pratique.detect.entities.record import EntityType, Pattern


def _dated(text: str) -> bool:
    digits = digits_of(text)
    day, month, year = (digits[at] * 10 + digits[at + 1] for at in (0, 2, 4))
    return is_date(year, month, day)


def _amka(text: str) -> bool:
    """Date of birth, four digits and a Luhn digit."""
    return len(digits_of(text)) == 11 and _dated(text) and luhn(text)


def _amka_shape(text: str) -> bool | None:
    return None if len(digits_of(text)) == 11 and _dated(text) else False


def _afm(text: str) -> bool:
    """Powers of two from 256 down to 2, modulo 11, modulo 10; of a personal number, which ends with it, its last nine."""
    digits = digits_of(text)[-9:]
    if len(digits) != 9 or not any(digits):
        return False
    return sum(digit << (8 - at) for at, digit in enumerate(digits[:8])) % 11 % 10 == digits[8]


VALIDATORS: Mapping[str, Validator] = {
    "gr_amka": _amka,
    "gr_amka_shape": _amka_shape,
    "gr_afm": _afm,
}

_LETTER = "[A-ZΑ-Ω]"
_LOWER = "[A-ZΑ-Ωa-zα-ω]"

_AMKA = rf"[0-9]{{6}}{SEP}[0-9]{{5}}|{grouped(2, 2, 2, 5)}|{grouped(2, 2, 2, 4, 1)}"
GR_AMKA = EntityType(
    name="GR_AMKA",
    patterns=(proved(_AMKA), labelled(code(_AMKA), "gr_amka_shape")),
    context=labels.joined(
        labels.SOCIAL_SECURITY,
        {
            "el": ("αμκα", "α μ κ α", "α μ κ", "κοινωνικής ασφάλισης", "μητρώου κοινωνικής"),
            "*": ("amka", "a m k a", "social security"),
        },
    ),
    validator="gr_amka",
    checks_digits=True,
    field_names=("amka", "αμκα", "social security number"),
    countries=("GR",),
    source="Law 3655/2008 art. 153: date of birth, four digits, Luhn check",
    examples=("01013099997", "15078512348"),
    with_context=("ΑΜΚΑ 15078512340", "Α.Μ.Κ.Α.: 150785-12348", "AMKA number 150785 12348"),
    not_examples=("01013099999", "45078512348", "15078512340"),
)

_AFM = grouped(3, 3, 3)
GR_AFM = EntityType(
    name="GR_AFM",
    patterns=(proved(_AFM, alone=WEAK, context=0.85), labelled(code(grouped(3, 3, 3, by=r"[ \x{A0}-]?")))),
    context=labels.joined(
        labels.TAX_NUMBER,
        labels.VAT,
        {
            "el": ("αφμ", "α φ μ", "αριθμός φορολογικού μητρώου", "φορολογικού μητρώου", "δου", "δ ο υ"),
            "*": ("afm", "a f m", "doy"),
        },
    ),
    against_after=labels.MONEY,
    validator="gr_afm",
    checks_digits=True,
    field_names=("afm", "αφμ", "tax id"),
    countries=("GR",),
    source="Independent Authority for Public Revenue: nine digits, check modulo 11",
    with_context=("ΑΦΜ 123456783", "με Α.Φ.Μ. 094014298, Δ.Ο.Υ. Α΄ Αθηνών", "AFM: 123456784"),
    not_examples=("123456783", "123456784"),
)

_VAT = rf"(?:EL|GR|ΕΛ){SEP}{_AFM}"
GR_VAT_CODE = EntityType(
    name="GR_VAT_CODE",
    patterns=(
        Pattern(regex=rf"(?i){_VAT}\b", score=0.1, validated=0.75, context=0.95),
        labelled(Pattern(regex=rf"(?i){_VAT}\b", score=0.0)),
    ),
    context=labels.VAT,
    validator="gr_afm",
    field_names=("vat", "vat number", "αφμ", "φπα"),
    countries=("GR",),
    source="VAT Code (law 2859/2000), Directive 2006/112/EC art. 215: EL and the tax number",
    examples=("EL123456783", "EL 094014298"),
    with_context=("VAT: EL123456784", "ΑΦΜ/ΦΠΑ EL094014298"),
    not_examples=(
        "VAT: EL12345678",
        "EL123456784",
    ),
)

_PERSONAL = rf"[0-9][0-9A-ZΑ-Ω]{{2}}{SEP}{_AFM}"
GR_PERSONAL_NUMBER = EntityType(
    name="GR_PERSONAL_NUMBER",
    patterns=(
        proved(_PERSONAL, alone=0.2, context=0.85),
        labelled(code(_PERSONAL)),
    ),
    context={
        "el": ("προσωπικός αριθμός", "προσωπικού αριθμού", "προσωπικό αριθμό", "αριθμός πολίτη"),
        "*": ("personal number", "personal id", "prosopikos arithmos"),
    },
    validator="gr_afm",
    field_names=("προσωπικος αριθμος", "personal number"),
    countries=("GR",),
    source="Law 4727/2020 art. 11, law 5027/2023: personal number, three characters and the tax number",
    with_context=("Προσωπικός Αριθμός: 12Α123456783", "personal number 10A094014298"),
    not_examples=("12A123456783", "12A123456784"),
)

_CARD = rf"{_LETTER}{{1,2}}[ \x{{A0}}\-\x{{2013}}]?[0-9]{{6}}|{_LOWER}{{1,2}}-?[0-9]{{6}}|{_LETTER}{{1,2}}{SP}-{SP}[0-9]{{6}}"
GR_IDENTITY_CARD = EntityType(
    name="GR_IDENTITY_CARD",
    patterns=(
        Pattern(regex=rf"(?:{_CARD})\b", score=0.15, context=0.85),
        Pattern(regex=r"[Α-Ω]{2}[ \x{A0}\-\x{2013}]?[0-9]{6}\b", score=0.42, context=0.85),
        Pattern(regex=rf"{_LETTER}{{1,3}}{SP}[0-9]{{7,8}}\b", score=0.1, context=0.75),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"el": ("αδτ", "α δ τ", "δελτίο αστυνομικής", "αστυνομικής ταυτότητας", "ταυτότητα", "αριθμό ταυτότητας", "δελτίου ταυτότητος", "αρ δελτ ταυτ", "ταυτ", "κάτοχος", "κατόχου", "κάτοχο", "δτ", "δ τ", "α τ", "ατ", "αριθ ταυτ"),
         "*": ("adt", "a d t", "greek identity", "greek id")},
    ),
    field_names=("αδτ", "ταυτοτητα", "αριθμος ταυτοτητας", "adt", "id card"),
    countries=("GR",),
    source="Law 1988/1991, decision 8200/0-297647/2018: one or two letters and six digits; since 2023 nine characters",
    with_context=("ΑΔΤ ΑΒ 123456", "Α.Δ.Τ.: ΑΖ-654321", "κάτοχος του υπ' αριθ. Χ 123456 δελτίου ταυτότητας", "Greek identity card No. AB123456", "Α.Δ.Τ. Α1234567"),
    not_examples=("ΑΒ 123456", "AB-123456", "AB 12345"),
)  # fmt: skip

GR_PASSPORT = EntityType(
    name="GR_PASSPORT",
    patterns=(
        Pattern(regex=rf"(?:{_LETTER}{{2}}[ \x{{A0}}\-]?|{_LOWER}{{2}}-?)[0-9]{{7}}\b", score=0.15, context=0.8),
    ),
    context=labels.joined(labels.PASSPORT, {"el": ("διαβατήριο", "διαβατηρίου", "διαβ")}),
    field_names=("διαβατηριο", "passport", "passport number"),
    countries=("GR",),
    source="Law 3103/2003, Ministry of Citizen Protection: two letters and seven digits",
    with_context=("διαβατήριο υπ' αριθμ. ΑΕ1234567", "Greek passport No. AT7654321", "κάτοχος διαβατηρίου ΑΝ 1234567"),
    not_examples=(
        "διαβατήριο υπ' αριθμ. ΑΕ123456",
        "ΑΕ1234567",
    ),
)

GR_RESIDENCE_PERMIT = EntityType(
    name="GR_RESIDENCE_PERMIT",
    patterns=(
        Pattern(regex=rf"{_LETTER}{{1,3}}[ \x{{A0}}\-]?[0-9]{{6,9}}\b", score=0.05, context=0.75),
        code(r"[0-9]{6,9}|[0-9]{12}", score=0.02, context=0.6),
    ),
    context=labels.RESIDENCE_PERMIT,
    field_names=("αδεια διαμονης", "residence permit"),
    countries=("GR",),
    source="Migration Code (law 5038/2023), Regulation (EC) 1030/2002: residence permits",
    with_context=("άδεια διαμονής υπ' αριθ. 123456789", "αριθμός άδειας διαμονής: ΑΒ1234567"),
    not_examples=(
        "άδεια διαμονής υπ' αριθ. 12345678912",
        "123456789",
    ),
)

GR_DRIVER_LICENSE = EntityType(
    name="GR_DRIVER_LICENSE",
    patterns=(code(r"[0-9]{9}|[0-9]{3}[ \x{A0}.][0-9]{3}[ \x{A0}.][0-9]{3}", score=0.02),),
    context=labels.joined(
        labels.DRIVING_LICENCE,
        {"el": ("άδεια ικανότητας οδήγησης", "ικανότητας οδήγησης", "δίπλωμα", "διπλώματος", "άδεια οδηγήσεως")},
    ),
    field_names=("αδεια οδηγησης", "driver license"),
    countries=("GR",),
    source="Presidential decree 51/2012 (Directive 2006/126/EC): nine digits",
    with_context=("άδεια οδήγησης υπ' αριθμ. 123456789", "δίπλωμα οδήγησης 321654987"),
    not_examples=(
        "άδεια οδήγησης υπ' αριθμ. 12345678",
        "321654987",
    ),
)

GR_SOCIAL_INSURANCE = EntityType(
    name="GR_SOCIAL_INSURANCE",
    patterns=(code(r"[0-9]{7,10}|[0-9]{2}-?[0-9]{6,7}", score=0.02, context=0.7),),
    context={
        "el": ("ικα", "αμα", "α μ α", "α μ ικα", "εφκα", "ογα", "τεβε", "οαεε", "αρ μητρώου ασφαλισμένου", "μητρώου ασφαλισμένου", "ασφαλισμένου"),
        "*": ("efka", "am ika"),
    },
    field_names=("αμα", "αμ ικα"),
    countries=("GR",),
    source="e-EFKA: register number of the insured, seven to ten digits",
    with_context=("Α.Μ. ΙΚΑ 1234567", "ΑΜΑ: 7654321", "αριθμός μητρώου ασφαλισμένου 1234567"),
    not_examples=("Α.Μ. ΙΚΑ 123456", "1234567"),
)  # fmt: skip

GR_COMPANY_NUMBER = EntityType(
    name="GR_COMPANY_NUMBER",
    patterns=(code("[0-9]{9,12}", score=0.02, context=0.8),),
    context={
        "el": ("γεμη", "γ ε μη", "γ ε μ η", "γενικό εμπορικό μητρώο", "γενικού εμπορικού μητρώου", "μητρώου"),
        "*": ("gemi", "g e mi", "general commercial registry", "commercial registry"),
    },
    field_names=("γεμη", "gemi"),
    countries=("GR",),
    source="Law 4919/2022: number in the General Commercial Registry (ΓΕΜΗ), twelve digits",
    with_context=("ΑΡ. Γ.Ε.ΜΗ. 123456701000", "Αριθμός ΓΕΜΗ: 001234501000"),
    not_examples=(
        "ΑΡ. Γ.Ε.ΜΗ. 12345670100012",
        "123456701000",
    ),
)

GR_BAR_NUMBER = EntityType(
    name="GR_BAR_NUMBER",
    patterns=(code("[0-9]{3,6}", score=0.02, context=0.7),),
    context={
        "el": ("δσα", "δσθ", "δσπ", "α μ δσα", "αμ δσα", "αμδσα", "μητρώου δσα", "δικηγορικού συλλόγου", "δικηγορικό σύλλογο", "δ σ α", "δ σ θ"),
        "*": ("am dsa", "athens bar", "bar association"),
    },
    field_names=("αμ δσα",),
    countries=("GR",),
    source="Lawyers' Code (law 4194/2013): register number of a bar association",
    with_context=("δικηγόρος Αθηνών (ΑΜ ΔΣΑ 12345)", "Α.Μ. Δ.Σ.Θ.: 4321"),
    not_examples=("δικηγόρος Αθηνών (ΑΜ ΔΣΑ 12)", "12345"),
)  # fmt: skip


_PLATE_LETTERS = "ABEZHIKMNOPTYXΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
GR_LICENSE_PLATE = EntityType(
    name="GR_LICENSE_PLATE",
    patterns=(Pattern(regex=rf"[{_PLATE_LETTERS}]{{2,3}}[ \x{{A0}}\-\x{{2013}}]{{0,3}}[1-9][0-9]{{2,3}}\b", score=0.15, context=0.85),),
    context=labels.joined(labels.PLATE, {"el": ("αρ κυκλοφορίας", "αριθμό κυκλοφορίας", "ιχε", "ι χ ε", "ιχ", "μοτοσικλέτα", "φορτηγό", "οχήματος")}),
    field_names=("πινακιδα", "αριθμος κυκλοφοριας", "license plate"),
    countries=("GR",),
    source="Ministry of Infrastructure and Transport: three letters that both alphabets have, four digits",
    with_context=("αυτοκίνητο με αριθμό κυκλοφορίας ΥΖΚ-1234", "Ι.Χ.Ε. ΙΒΚ 4321", "vehicle with licence plate YZA 1234"),
    not_examples=("αυτοκίνητο με αριθμό κυκλοφορίας ΥΖΚ-12", "ΥΖΚ-1234"),
)  # fmt: skip

GR_POSTCODE = EntityType(
    name="GR_POSTCODE",
    patterns=(postcode("[1-8][0-9]{2} ?[0-9]{2}"), Pattern(regex=r"\bGR-?[1-8][0-9]{2} ?[0-9]{2}\b", score=0.42, context=0.8)),
    context=labels.joined(labels.POSTCODE, {"el": ("τκ", "τ κ", "ταχ κωδ", "ταχυδρομικός κωδικός", "ταχυδρομικού κώδικα")}),
    field_names=("τκ", "ταχυδρομικος κωδικας", "postcode", "postal code", "zip"),
    countries=("GR",),
    source="Hellenic Post: five digits",
    with_context=("Τ.Κ. 10431", "ΤΚ 546 21", "postal code 10558"),
    not_examples=("Τ.Κ. 1043", "104 31"),
)  # fmt: skip

TYPES = (
    GR_AMKA, GR_AFM, GR_VAT_CODE, GR_PERSONAL_NUMBER, GR_IDENTITY_CARD, GR_PASSPORT, GR_RESIDENCE_PERMIT, GR_DRIVER_LICENSE,
    GR_SOCIAL_INSURANCE, GR_COMPANY_NUMBER, GR_LICENSE_PLATE, GR_POSTCODE, GR_BAR_NUMBER,
)  # fmt: skip
