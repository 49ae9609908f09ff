"""Where people live: streets with house numbers, blocks, post-office boxes, and what stands around them.

A pattern matches the street and the number; what stands before and after (flat, postcode, town, district) is added by
`pratique.detect.places`.
"""

# ruff: noqa: E501, RUF001 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.streets import (
    AFTER_NAME,
    AFTER_NUMBER,
    AFTER_NUMBER_MAYBE,
    BEFORE_LOWER,
    BEFORE_NUMBER,
    BEFORE_NUMBER_TOO,
    CAPITALISED_BEFORE_NUMBER,
    FRENCH,
    FRENCH_WORDS,
    LOWER_BEFORE_NUMBER,
    SUFFIXES,
    WEAK_SUFFIXES,
)
from pratique.detect.entities.words import begun


def _words(text: str) -> str:
    return "(?:" + "|".join(dict.fromkeys(text.split())) + ")"


def _types(text: str) -> str:
    """Types of streets before a name: words with a space after them, abbreviations with or without."""
    listed = dict.fromkeys(text.split())
    short = "|".join(word for word in listed if word.endswith((".", "?", "/")))
    words = "|".join(word for word in listed if not word.endswith((".", "?", "/")))
    return f"(?:{begun(words)} {f'|{begun(short)} ?' if short else ''})"


_CAP = r"(?:[a-z]{1,3}-)?\p{Lu}[\p{L}\p{M}'’.\-]{0,30}"
_WORD = r"\p{Lu}[\p{L}\p{M}'’\-]{1,30}"
_TOWN = rf"(?:(?:St|Ste|Sta|Sv)\. )?{_WORD}(?: {_WORD}){{0,2}}"
"""A town behind its postcode: a full stop ends it, and the sentence."""
_LOWER = r"[\p{Ll}'’\-]{1,20}"
_SMALL = r"(?:(?:[lLdD]['’])|(?i:de la|de l'|de l’|del|della|delle|degli|dei|dello|dos|das|du|des|de|la|le|les|los|las|da|do|di|y|e|et|i|św\.|im\.|gen\.|ks\.|dr\.?|prof\.?|sv\.|kneza|bana|kralja) ?)"
_OPEN, _SHUT = '[„“”"«‚‘]?', '[“”"»‘’]?'
_DATED = r"(?:[0-9]{1,2}(?:-?\p{Ll}{1,4})?\.? )?"
_NAME = rf"{_OPEN}(?:{_SMALL} ?){{0,3}}{_DATED}{_CAP}(?: (?:{_SMALL} ?){{0,2}}{_CAP}){{0,3}}{_SHUT}"
_NAME_BEFORE = rf"{_NAME}(?: (?:1[0-9]{{3}}|\p{{Ll}}{{3,15}}))?{_SHUT}"
"""A name that a number follows: its last word may be written small, or be a year."""
_SEPTEMBER = rf"{_OPEN}[0-9]{{1,2}}(?:-?\p{{Ll}}{{1,4}})?\.? \p{{L}}{{3,15}}(?: [12][0-9]{{3}})?{_SHUT}"
"""A street named by a day: 6-ти септември, 3 Maja, 1 Decembrie 1918."""
_NUMBER = r"[0-9]{1,4}(?:(?:[A-Za-z]|bis|ter|quater)\b|\b)"
_SIGN = r"(?:(?i:nr|no|num|número|numero|numer|număr|č|čís|č\. ?p|čp|br|št|αρ|αριθ|n|буд|lote|lt)[.ºo°]{0,2}:? ?|№ ?|N° ?|nº ?)"
_NONE = r"(?:s/n|S/N|snc|s\.n\.c\.|bb|b\.b\.)"
_BEFORE = rf"(?:,? ?{_SIGN}|,? )(?:{_NUMBER}|{_NONE})"
_FIRST = r"\b[0-9]{1,4}(?:[A-Za-z]|[\-–/][0-9]{1,4})?"
_CODE = r"(?:[1-9][0-9]{3} ?[A-Z]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|(?:DE|D|A|AT|CH|F|FR|B|BE|L|LU|CZ|SE|S|DK|FIN|FI|HR|SI|SK|PL|NL|I|IT|E|ES|LT|EE|H|HU|RO|BG|N|NO|GR|CY)[\-–][0-9]{4,6}|[0-9]{3} [0-9]{2}) "
_BRITISH = r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b"
_INSIDE = "(?:van|de|der|den|het|ten|ter|von|zu|zum|zur|am|im|an|op|aan|la|le|du|des|da|do|dos|das|del|di|i|y|e|na|nad|pod|ve|v|z|u)"
_CUE = (
    "(?i:"
    + begun(
        "address is|address:|lives at|lived at|living at|resides at|residing at|resident at|lives in|residing in|moved to|adresse ist|adresse lautet|adresse est|adresse er|adresse :|adresse:|"
        "anschrift ist|anschrift lautet|anschrift|anschrift:|wohnhaft|wohnhaft in|wohnhaft:|domicilié au|domiciliée au|domicilié à|domiciliée à|demeurant|demeurant au|demeurant à|habite|habite au|dirección es|dirección:|"
        "domicilio en|domicilio es|domicilio:|domicilio in|domiciliado en|domiciliada en|vive en|reside en|indirizzo è|indirizzo:|residente in|abita in|adres is|adres:|adres to|adres to:|woont aan|woont op|"
        "woonachtig aan|woonachtig op|woonachtig te|wonende te|wonende aan|morada é|morada:|residente na|residente em|com domicílio em|zamieszkały przy|zamieszkała przy|zamieszkały|zamieszkała|zam.|mieszka przy|adress är|adressen är|adress:|bor på|"
        "bosatt på|bopæl:|bopæl|osoite on|osoite:|lakcím:|lakcíme|lakcíme:|lakik|bydliště:|bydliště|bytem|trvale bytem|trvalý pobyt:|trvale bytom|bytom|adresa este|adresa je|adresa:|domiciliat în|domiciliată în|cu domiciliul în|cu domiciliul|"
        "prebivalište:|s prebivalištem|stanuje|naslov:|stanujoč|stanujoča|adresas:|gyvenantis|gyvenanti|adrese:|dzīvo|aadress:|elukoht:|elab|διεύθυνση:|κάτοικος|διαμένει|адрес:|с адрес:|с адрес|с постоянен адрес|живущ в|живуща в|живущ|живуща|адреса:|проживає|"
        "seoladh:|indirizz:|heimilisfang:|adresi:|ikametgah"
    )
    + ") {0,2}"
)
_PREPOSITION = r"\b(?:Am|An der|An den|An dem|Im|In der|In den|In dem|Auf der|Auf dem|Auf den|Zum|Zur|Unter den|Unter der|Hinter der|Hinter dem|Vor dem|Vor der|Bei der|Beim|Aan de|Aan het|Op de|Op het|Achter de|Na|Pod|Nad|Za|U|Pri|Ve)"
_FLAT_BEFORE = r"(?:\b(?i:flat|apartment|apt\.?|unit|suite) [0-9A-Z]{1,4},? )?"


def _strong(regex: str, more: str, validator: str = "", lead: str = "") -> Pattern:
    """What hardly anything but an address looks like."""
    return Pattern(
        regex=regex, score=0.65, validated=0.75, context=0.8, edges="word", more=more, validator=validator, lead=lead
    )


def _unsure(regex: str, more: str, validator: str = "") -> Pattern:
    """What needs a postcode or a town behind it, or a word that speaks of an address."""
    return Pattern(regex=regex, score=0.3, validated=0.7, context=0.65, edges="word", more=more, validator=validator)


def _proved(regex: str, more: str, validator: str = "") -> Pattern:
    """What only a postcode or a known town makes an address."""
    return Pattern(regex=regex, score=0.0, validated=0.7, edges="word", more=more, validator=validator)


ADDRESS = EntityType(
    name="ADDRESS",
    patterns=(
        _strong(
            regex=rf"{_FLAT_BEFORE}\b[0-9]{{1,5}}(?:[A-Za-z]|[\-–/][0-9]{{1,4}}[A-Za-z]?)?,? (?:(?:{_CAP}|[0-9]{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{_words(AFTER_NUMBER)}\b\.?(?: (?:NW|NE|SW|SE|N|S|E|W)\b)?",
            more="after_name", validator="numbered_street",
        ),
        _proved(regex=rf"\b(?:\p{{Lu}}[\p{{L}}'’]{{1,20}} ){{1,3}}{_words(AFTER_NUMBER)}\b", more="after_name"),
        _proved(
            regex=rf"{_FLAT_BEFORE}\b[1-9][0-9]{{0,3}}[A-Za-z]?,? (?:{_CAP} ){{1,3}}(?:{_words(AFTER_NUMBER_MAYBE)}|{_words((AFTER_NUMBER + ' ' + AFTER_NUMBER_MAYBE).upper())})\b",
            more="after_name", validator="numbered_street",
        ),
        _strong(
            regex=rf"(?:(?:\p{{Lu}}[\p{{L}}\-.]{{0,30}} |[0-9]{{1,2}}\. ){{1,4}}(?:{_words(AFTER_NAME)}|{_words(AFTER_NAME.upper())})|\p{{Lu}}[\p{{L}}\-]{{0,30}} ?(?i:{_words(SUFFIXES)}),?)(?:,? ?{_SIGN}| ?){_NUMBER}",
            more="after_number", validator="street",
        ),
        _strong(
            regex=rf"{_FIRST}(?: ?(?:bis|ter|quater))?,? (?:(?i:{_words(FRENCH)}) (?:{_LOWER} ){{0,3}}|(?i:{_words(FRENCH_WORDS)}) ){_NAME}",
            more="after_name",
        ),
        _strong(
            regex=rf"(?:(?i:{_types(FRENCH + ' ' + BEFORE_NUMBER)})|{_types(CAPITALISED_BEFORE_NUMBER)})(?:(?:{_LOWER} ){{0,3}}{_NAME_BEFORE}|{_SEPTEMBER}){_BEFORE}",
            more="after_number", validator="street",
        ),
        _unsure(
            regex=rf"(?:\b(?i:{_words(FRENCH_WORDS)}) {_NAME}|{_PREPOSITION} (?:{_LOWER} ){{0,2}}{_CAP}(?: {_CAP})?"
            rf"|\b(?:\p{{Lu}}[\p{{L}}'’\-]{{0,30}} ){{1,3}}{_words(BEFORE_NUMBER_TOO)}|\p{{Lu}}[\p{{L}}\-]{{0,30}} ?(?i:{_words(WEAK_SUFFIXES)})),? {_NUMBER}",
            more="after_number", validator="street",
        ),
        _unsure(regex=rf"\b{_words(LOWER_BEFORE_NUMBER)} (?:{_LOWER} ){{0,2}}{_NAME}(?:,? ?{_SIGN}|,? ){_NUMBER}",
            more="after_number", validator="street"),
        _strong(regex=rf"\b{_words(LOWER_BEFORE_NUMBER)} (?:{_LOWER} ){{0,2}}{_NAME}(?:,? ?{_SIGN}|, ){_NUMBER}",
            more="after_number", validator="street"),
        _strong(
            regex=rf"{_CAP}(?: (?:{_INSIDE} ){{0,2}}{_CAP}){{0,3}} {_NUMBER} ?[A-Za-z]?(?:[/\-][0-9A-Za-z]{{1,4}}){{0,2}}(?:,|\.| -| –) {_CODE}{_TOWN}"
            rf"|{_FIRST},? {_CAP}(?: {_CAP}){{0,3}}(?:, {_CAP}(?: {_CAP}){{0,2}}){{0,2}}(?:,? {_BRITISH}|, (?:Co\.?|County) {_CAP})"
            rf"|{_CUE}(?:{_FIRST},? {_CAP}(?: {_CAP}){{0,3}}|{_CAP}(?: [\p{{L}}'’.\-]{{1,30}}){{0,3}},? {_NUMBER})",
            more="after_number", lead=_CUE,
        ),
        _strong(regex=rf"(?i:{_types(BEFORE_LOWER)})(?:{_LOWER} ){{1,3}}{_SIGN}?{_NUMBER}", more="after_number", validator="street"),
        _strong(
            regex=rf"(?:(?:с\. ?|село |{begun('wieś|obec|sat|satul|comuna|com.|selo|osada|kolonia|przysiółek').replace('com.', 'com[.]')} ?){_CAP}(?: (?:{_CAP}|\p{{Ll}}{{3,14}}))?,? ?(?:{_SIGN})?{_NUMBER})",
            more="after_number",
        ),
        _strong(regex=rf"\bStraße des [0-9]{{1,2}}\. {_CAP} {_NUMBER}", more="after_number"),
        _strong(regex=rf"{_FIRST},? (?:Grand-Rue|Grand’Rue|Grand'Rue|Grande Rue|Grand-Place|Grand Place|Grand’Place)\b", more="after_name"),
        _strong(regex=rf"{_FIRST}(?: ?(?:bis|ter|quater))?,? (?i:{_words(FRENCH)}) (?:du |de la )?{_SEPTEMBER}", more="after_name"),
        _proved(regex=r"\b[0-9]{1,2}(?:\. \p{Ll}{4,12}|(?:ης|ας|η) \p{L}{4,14}) [1-9][0-9]{0,2}(?:[A-Za-z]\b|\b)", more="after_number"),
        _unsure(regex=rf"(?i:č\. ?p\.|čp\.|č\. ?e\.|číslo popisné) ?{_NUMBER}", more="after_number"),
        _proved(regex=rf"(?:Lieu-dit|lieu-dit|Lieudit|lieudit|Hameau|hameau) (?:{_SMALL} ?)?{_CAP}(?: (?:{_SMALL} ?)?{_CAP}){{0,3}}", more="after_name"),
        Pattern(
            # A known town stands first: Kraków, Dietla 12/5.
            regex=rf"{_CAP}(?:[ \-]{_CAP}){{0,2}}(?: [0-9]{{1,2}})?, {_CAP}(?: {_CAP}){{0,3}} (?:{_SIGN})?{_NUMBER}",
            score=0.0, validated=0.6, context=0.0, edges="word", more="after_unproved", validator="town_and_street",
        ),
        Pattern(
            # The town behind the postcode is known, or there is a word that speaks of an address.
            regex=rf"{_CAP}(?: (?:{_INSIDE} ){{0,2}}{_CAP}){{0,3}},? {_NUMBER}(?: ?[A-Za-z]\b)?(?:[/\-][0-9A-Za-z]{{1,4}}){{0,2}}(?:,| -| –) (?:[0-9]{{4,6}})\b",
            score=0.0, validated=0.75, context=0.6, edges="word", more="after_code", validator="named_street",
        ),
        _proved(regex=rf"{_CAP}(?: (?:{_INSIDE} ){{0,2}}{_CAP}){{0,2}},? [1-9][0-9]{{0,2}}(?:[A-Za-z]\b|\b)", more="number_and_town"),
        Pattern(
            regex=rf"(?:ж\. ?к\. ?|ЖК |жк |Ж\.К\. ?|к-с |кв\. ){_OPEN}{_CAP}(?: {_CAP})?(?:[ -][0-9]{{1,2}})?{_SHUT}(?: [0-9]{{1,2}})?,? ?(?:бл|блок)\.? ?[0-9]{{1,4}}"
            r"|\b(?i:bl)\. ?[A-Z0-9]{1,5},? (?i:sc|et|ap)\. ?[A-Z0-9]{1,4}",
            score=0.65, validated=0.75, context=0.8, edges="word", more="after_number",
        ),
        Pattern(
            regex=r"(?:(?i:\b(?:p\.? ?o\.? ?box|post office box|postfach|apartado(?: de correos)?|apdo\.?|casella postale|postbus|skr(?:\.|ytka) ?poczt(?:\.|owa)|caixa postal|postboks|boîte postale|postilokero|"
                  r"poštanski pretinac|poštni predal|a/k|p\.o\. ?box|pašto dėžutė|pasta kaste|postkast|poštový priečinok|poštovní přihrádka|postafiók|căsuța poștală))|\b(?:BP|CS|Pf\.|PL|Box|TSA)|пощенска кутия|п\. ?к\.|Τ\. ?Θ\.) ?(?:nr\.? ?|no\.? ?|nº ?|№ ?)?"
                  r"[0-9](?:[0-9 ]{0,8}[0-9])?\b",
            score=0.35, validated=0.75, context=0.6, edges="word", more="after_number",
        ),
        _proved(regex=rf"\b(?:(?:[A-Z]{{1,2}}[\-–])?[0-9]{{4,6}}|[0-9]{{2}}-[0-9]{{3}}|[0-9]{{3}} [0-9]{{2}}|[0-9]{{4}} ?[A-Z]{{2}}|[0-9]{{4}}-[0-9]{{3}}) {_TOWN}",
            more="code_and_town"),
    ),
    context={
        "en": ("address", "addresses", "lives", "residing", "resident", "street", "postcode", "deliver", "delivery"),
        "de": ("adresse", "anschrift", "wohnhaft", "wohnt", "wohne", "straße", "lieferadresse"),
        "fr": ("adresse", "domicilié", "domiciliée", "habite", "demeurant"),
        "es": ("dirección", "domicilio", "domiciliado", "calle", "vive"), "it": ("indirizzo", "residente", "domicilio", "abita"),
        "nl": ("adres", "woonachtig", "woont", "wonende"), "pt": ("morada", "endereço", "reside", "residente"),
        "pl": ("adres", "zamieszkały", "zamieszkała", "mieszka", "zam"), "sv": ("adress", "bosatt"), "da": ("bopæl", "bosiddende"),
        "no": ("bosted", "bosatt"), "fi": ("osoite", "asuu"), "hu": ("lakcím", "lakcíme", "lakik", "székhelye"), "cs": ("bydliště", "bytem", "sídlem"),
        "sk": ("bydlisko", "bytom", "sídlom"), "ro": ("adresa", "domiciliat", "domiciliată", "domiciliul", "sediul"), "hr": ("adresa", "prebivalište", "stanuje"),
        "sl": ("naslov", "stanujoč", "stanujoča"), "lt": ("adresas", "gyvena", "gyvenantis"), "lv": ("dzīvo", "adrese", "dzīvesvieta"), "et": ("aadress", "elab", "elukoht"),
        "el": ("διεύθυνση", "κάτοικος", "οδός"), "bg": ("адрес", "живущ", "живуща"), "ga": ("seoladh",), "mt": ("indirizz",), "uk": ("адреса", "проживає"), "sr": ("адреса",),
        "tr": ("adres", "adresi"), "is": ("heimilisfang", "heimili"),
    },
    against=("et",),
    field_names=(
        "address", "street", "street address", "postal address", "home address", "address line", "adresse", "anschrift",
        "strasse", "straße", "direccion", "dirección", "indirizzo", "adres", "straat", "rue", "endereço", "адрес", "lakcím", "bydliště", "osoite", "adress", "adresa",
        "naslov", "aadress", "διεύθυνση", "morada",
    ),
    whole_value=0.6,
    source="address forms of the Universal Postal Union's member states, as written in practice",
    examples=(
        "221B Baker Street", "Hauptstraße 5, 10115 Berlin", "12 rue de la Paix", "Calle Mayor 25", "Via Roma 7",
        "Keizersgracht 123", "Drottninggatan 12", "Potsdamer Platz 1", "Rue du Midi 12, 1000 Bruxelles",
        "14 bis avenue de l'Opéra, 75001 Paris", "10 Downing Street, London SW1A 2AA", "Am Rathaus 7, 24937 Flensburg",
        "Lange Lindenpad 8, 1012 AB Amsterdam", "ul. Długa 12/4, 00-950 Warszawa", "Storgatan 5, 871 45 Härnösand",
        "Vestergade 12, 1456 København", "Mannerheimintie 5", "Petőfi Sándor utca 12", "Avenida da Liberdade 110",
        "7 Glebe Park, Ardmore, Co. Kerry", "гр. София, ул. „Шипка“ № 5, ет. 3, ап. 12", "1051 Budapest, Sas utca 12. 3. em. 4.",
        "București, str. Lalelelor nr. 5, bl. A3, sc. 2, ap. 15", "Dlouhá 12, 110 00 Praha 1", "Ερμού 12, 105 63 Αθήνα", "Ilica 12, 10000 Zagreb",
        "Brīvības iela 12-5, Rīga, LV-1010", "Gedimino pr. 12-5, LT-01103 Vilnius", "Narva mnt 5-12, 10117 Tallinn", "вул. Шевченка 8, кв. 3, м. Львів",
    ),
    with_context=("our new address is 30 Tigh Mór", "wohnhaft Am Alten Markt 4", "adres: Westerpad 12", "address: P.O. Box 123"),
    not_examples=(
        "Main Street", "5 items", "Room 12", "Avenue", "the way 5", "Route 66", "Windows 11", "Platz 3", "Auf Platz 3",
        "Room 204", "Spring 2024", "via Zoom 5", "1 place to go", "Brigade 2", "Art. 6 Abs. 1", "et al. Smith 12",
        "Käufer 12", "Abstieg 2", "Arbeitsplatz 4", "Version 10", "Chapter 5, 2000 Words",
    ),
)  # fmt: skip

TYPES = (ADDRESS,)
