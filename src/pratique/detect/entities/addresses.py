"""Where people live: streets with house numbers, and what stands around them.

A pattern matches the street and the number; flat, postcode and town are added by `pratique.detect.places`.
"""

# ruff: noqa: E501, RUF001 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.streets import (
    AFTER_NAME,
    AFTER_NUMBER,
    BEFORE_NUMBER,
    BEFORE_NUMBER_TOO,
    CAPITALISED_BEFORE_NUMBER,
    FRENCH,
    FRENCH_WORDS,
    SUFFIXES,
    WEAK_SUFFIXES,
)


def _words(text: str) -> str:
    return "(?:" + "|".join(dict.fromkeys(text.split())) + ")"


def _types(text: str) -> str:
    """Types of streets before a name: words with a space after them, abbreviations with or without."""
    short = [word for word in text.split() if word.endswith((".", "?", "/"))]
    words = [word for word in text.split() if word not in short]
    return f"(?:{_words(' '.join(words))} |{_words(' '.join(short))} ?)"


_CAP = r"\p{Lu}[\p{L}\p{M}'’.\-]*"
_LOWER = r"[\p{Ll}'’\-]+"
_SMALL = r"(?:(?:[lLdD]['’])|(?i:de la|de l'|de l’|del|della|delle|degli|dei|dello|du|des|de|la|le|les|los|las|da|do|dos|das|di|y|e|et|i|św\.|im\.|gen\.|ks\.|dr\.?|prof\.?|sv\.) ?)"
_NAME = rf"(?:{_SMALL} ?){{0,3}}(?:[0-9]{{1,2}} )?{_CAP}(?: (?:{_SMALL} ?){{0,2}}{_CAP}){{0,3}}"
_NUMBER = r"[0-9]{1,4}"
_BEFORE = rf",? (?:(?i:n|nr|no|num|č|br|nº|n°|№)[.ºo°]{{0,2}} ?)?{_NUMBER}"
_FIRST = r"\b[0-9]{1,4}(?:[A-Za-z]|[\-–/][0-9]{1,4})?"
_CODE = r"(?:[1-9][0-9]{3} ?[A-Z]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|(?:DE|D|A|AT|CH|F|FR|B|BE|L|CZ|SE|S|DK|FIN|FI|HR|SI|SK|PL|NL|I|IT|E|ES|LT)-[0-9]{4,5}|[1-9][0-9]{2} [0-9]{2}) "
_BRITISH = r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b"
_INSIDE = "(?:van|de|der|den|het|ten|ter|von|zu|zum|zur|am|im|an|op|aan|la|le|du|des|da|do|dos|das|del|di|i|y|e|na|nad|pod|ve)"
_CUE = (
    r"(?i:\b(?:address(?: is|:)|(?:lives|lived|living|resides|residing|resident) (?:at|in)|moved to|adresse(?: ist| lautet| est| er|:| :)|"
    r"anschrift(?: ist| lautet)?:?|wohnhaft(?: in)?:?|domiciliée? (?:au|à)|demeurant(?: au)?|habite(?: au)?|dirección(?: es|:)|"
    r"domicili[oa](?:d[oa] en| es|:)|(?:vive|reside) en|indirizzo(?: è|:)|residente in|abita in|adres(?: is|:| to:?)|woont (?:aan|op)|"
    r"woonachtig (?:aan|op|te)|morada(?: é|:)|residente na|zamieszkał[ya](?: przy)?|mieszka przy|adress(?: är|en är|:)|bor på|bosatt på|"
    r"bopæl:?|osoite(?: on|:)|lakcím(?:e)?:?|bydliště:?|bytem|adresa(?: este| je|:)|domiciliat[ăa]? în)) {0,2}"
)
_PREPOSITION = r"\b(?:Am|An der|An den|Im|In der|In den|Auf der|Auf dem|Zum|Zur|Unter den|Unter der|Hinter der|Vor dem|Bei der|Beim|Aan de|Op de|Op het|Achter de)"
_FLAT_BEFORE = r"(?:\b(?i:flat|apartment|apt\.?|unit|suite) [0-9A-Z]{1,4},? )?"

ADDRESS = EntityType(
    name="ADDRESS",
    patterns=(
        Pattern(
            regex=rf"{_FLAT_BEFORE}\b[0-9]{{1,5}}(?:[A-Za-z]|[\-–/][0-9]{{1,4}}[A-Za-z]?)?,? (?:(?:{_CAP}|[0-9]{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{_words(AFTER_NUMBER)}\b\.?",
            score=0.65, validated=0.75, context=0.8, edges="word", more="after_name",
            look=rf" {_words(AFTER_NUMBER)}\b",
        ),
        Pattern(
            regex=rf"(?:(?:\p{{Lu}}[\p{{L}}\-]* ){{1,3}}{_words(AFTER_NAME)}|\p{{Lu}}[\p{{L}}\-]* ?(?i:{_words(SUFFIXES)}),?) (?:[nN]r\.? ?)?{_NUMBER}",
            score=0.65, validated=0.75, context=0.8, edges="word", more="after_number", validator="street",
            look=rf"(?: {_words(AFTER_NAME)}|(?i:{_words(SUFFIXES)}),?) (?:[nN]r\.? ?)?[0-9]",
        ),
        Pattern(
            regex=rf"{_FIRST}(?: ?(?:bis|ter|quater))?,? (?:(?i:{_words(FRENCH)}) (?:{_LOWER} ){{0,3}}|(?i:{_words(FRENCH_WORDS)}) ){_NAME}",
            score=0.65, validated=0.75, context=0.8, edges="word", more="after_name",
            look=rf"[0-9a-zA-Z],? (?i:{_words(FRENCH + ' ' + FRENCH_WORDS)}) ",
        ),
        Pattern(
            regex=rf"(?:\b(?i:{_types(FRENCH + ' ' + BEFORE_NUMBER)})|\b{_types(CAPITALISED_BEFORE_NUMBER)})(?:{_LOWER} ){{0,3}}{_NAME}{_BEFORE}",
            score=0.65, validated=0.75, context=0.8, edges="word", more="after_number", validator="street",
            look=rf"(?i:{_types(FRENCH + ' ' + BEFORE_NUMBER)}|{_types(CAPITALISED_BEFORE_NUMBER)}).*[0-9]",
        ),
        Pattern(
            regex=rf"(?:\b(?i:{_words(FRENCH_WORDS)}) {_NAME}|{_PREPOSITION} (?:{_LOWER} ){{0,2}}{_CAP}"
            rf"|\b(?:\p{{Lu}}[\p{{L}}'’\-]* ){{1,3}}{_words(BEFORE_NUMBER_TOO)}|\p{{Lu}}[\p{{L}}\-]* ?(?i:{_words(WEAK_SUFFIXES)})),? {_NUMBER}",
            score=0.3, validated=0.7, context=0.65, edges="word", more="after_number", validator="street",
            look=rf"(?i:{_words(FRENCH_WORDS)}) .*[0-9]|{_PREPOSITION} .*[0-9]|(?: {_words(BEFORE_NUMBER_TOO)}|(?i:{_words(WEAK_SUFFIXES)})),? [0-9]",
        ),
        Pattern(
            regex=rf"{_CAP}(?: (?:{_INSIDE} ){{0,2}}{_CAP}){{0,3}} {_NUMBER} ?[A-Za-z]?(?:[/\-][0-9A-Za-z]{{1,4}})?, {_CODE}{_CAP}(?: {_CAP}){{0,2}}"
            rf"|{_FIRST},? {_CAP}(?: {_CAP}){{0,3}}(?:, {_CAP}(?: {_CAP}){{0,2}}){{0,2}}(?:,? {_BRITISH}|, (?:Co\.?|County) {_CAP})"
            rf"|{_CUE}(?:{_FIRST},? {_CAP}(?: {_CAP}){{0,3}}|{_CAP}(?: [\p{{L}}'’.\-]+){{0,3}} {_NUMBER})",
            score=0.65, validated=0.75, context=0.8, edges="word", more="after_number", lead=_CUE,
            look=rf"[0-9A-Za-z] ?, {_CODE}|{_BRITISH}|, (?:Co\.?|County) |{_CUE}(?:[0-9]|\p{{Lu}}.*[0-9])",
        ),
    ),
    context={
        "en": ("address", "addresses", "lives", "residing", "resident", "street", "postcode", "deliver", "delivery"),
        "de": ("adresse", "anschrift", "wohnhaft", "wohnt", "wohne", "straße", "lieferadresse"),
        "fr": ("adresse", "domicilié", "domiciliée", "habite", "demeurant"),
        "es": ("dirección", "domicilio", "domiciliado", "calle", "vive"), "it": ("indirizzo", "residente", "domicilio", "abita"),
        "nl": ("adres", "woonachtig", "woont"), "pt": ("morada", "endereço", "reside", "residente"),
        "pl": ("adres", "zamieszkały", "zamieszkała", "mieszka"), "sv": ("adress", "bosatt"), "da": ("bopæl",),
        "no": ("bosted",), "fi": ("osoite", "asuu"), "hu": ("lakcím", "lakcíme", "lakik"), "cs": ("bydliště", "bytem"),
        "sk": ("bydlisko",), "ro": ("adresa", "domiciliat", "domiciliată"), "hr": ("adresa", "prebivalište"),
        "sl": ("naslov",), "lt": ("adresas", "gyvena"), "lv": ("dzīvo",), "et": ("aadress", "elab"),
        "el": ("διεύθυνση",), "bg": ("адрес",), "ga": ("seoladh",), "mt": ("indirizz",),
    },
    against=("et",),
    field_names=(
        "address", "street", "street address", "postal address", "home address", "address line", "adresse", "anschrift",
        "strasse", "straße", "direccion", "dirección", "indirizzo", "adres", "straat", "rue", "endereço",
    ),
    whole_value=0.6,
    source="address forms of the Universal Postal Union's member states, as written in practice",
    examples=(
        "221B Baker Street", "Hauptstraße 5, 10115 Berlin", "12 rue de la Paix", "Calle Mayor 25", "Via Roma 7",
        "Keizersgracht 123", "Drottninggatan 12", "Potsdamer Platz 1", "Rue du Midi 12, 1000 Bruxelles",
        "14 bis avenue de l'Opéra, 75001 Paris", "10 Downing Street, London SW1A 2AA", "Am Rathaus 7, 24937 Flensburg",
        "Lange Lindenpad 8, 1012 AB Amsterdam", "ul. Długa 12/4, 00-950 Warszawa", "Storgatan 5, 871 45 Härnösand",
        "Vestergade 12, 1456 København", "Mannerheimintie 5", "Petőfi Sándor utca 12", "Avenida da Liberdade 110",
        "7 Glebe Park, Ardmore, Co. Kerry",
    ),
    with_context=("our new address is 30 Tigh Mór", "wohnhaft Am Alten Markt 4", "adres: Westerpad 12"),
    not_examples=(
        "Main Street", "5 items", "Room 12", "Avenue", "the way 5", "Route 66", "Windows 11", "Platz 3", "Auf Platz 3",
        "Room 204", "Spring 2024", "via Zoom 5", "1 place to go", "Brigade 2", "Art. 6 Abs. 1", "et al. Smith 12",
        "Käufer 12", "Abstieg 2", "Arbeitsplatz 4", "Version 10", "Chapter 5, 2000 Words",
    ),
)  # fmt: skip

TYPES = (ADDRESS,)
