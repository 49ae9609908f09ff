"""People and where they live. Names are found by `pratique.detect.people`; addresses by patterns."""

# ruff: noqa: E501, RUF001 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.words import (
    PEOPLE_CONTEXT,
    STREET_SUFFIXES,
    STREETS_AFTER_NUMBER,
    STREETS_BEFORE_NUMBER,
    STREETS_FRENCH,
)

_NUMBER = r"[0-9]{1,4} ?(?:[a-zA-Z]\b)?(?:[/\-][0-9]{1,4})?"
_TOWN = r"(?:,? {1,2}(?:[A-Z]{1,2}-)?[0-9]{4,5}(?:[ \-][0-9A-Z]{2,3})? \p{Lu}[\p{L}'’\-]+(?: \p{Lu}[\p{L}'’\-]+){0,2})?"
_WORD = r"[\p{L}'’.\-]+"


def _words(text: str) -> str:
    return "(?:" + "|".join(text.split()) + ")"


PERSON = EntityType(
    name="PERSON",
    context=PEOPLE_CONTEXT,
    field_names=(
        "first name", "last name", "full name", "given name", "family name", "surname", "forename", "middle name",
        "maiden name", "customer name", "client name", "patient name", "contact name", "employee name", "person name",
        "holder name", "cardholder", "card holder", "account holder", "recipient name", "sender name", "author name",
        "passenger name", "guest name", "person", "vorname", "nachname", "familienname", "prénom", "nom de famille",
        "apellido", "apellidos", "nombre completo", "cognome", "voornaam", "achternaam", "sobrenome", "apelido",
        "nazwisko", "imię", "förnamn", "efternamn", "etunimi", "sukunimi", "fornavn", "etternavn", "efternavn",
        "contact person", "customer", "patient", "employee", "passenger", "recipient",
    ),
    whole_names=("name", "names", "nom", "nombre", "nome", "naam", "namn", "navn", "nimi", "author", "client", "who"),
    whole_value=0.7,
    source="public lists of names, see data/NOTICE",
    examples=("Barry", "Andi Mack", "Dr. Katja Müller", "Hans-Peter Schröder", "Mme Claire Dubois"),
    not_examples=("Chicken Sandwich", "Large Coffee", "the green mile", "Monday", "Sales Report", "Action"),
)  # fmt: skip

ADDRESS = EntityType(
    name="ADDRESS",
    patterns=(
        Pattern(
            regex=rf"\b[0-9]{{1,5}}[A-Za-z]?,? (?:\p{{Lu}}[\p{{L}}'’.\-]* ){{1,4}}{_words(STREETS_AFTER_NUMBER)}\b\.?"
            r"(?:,? \p{Lu}[\p{L}'’\-]+){0,3}(?:,? [A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b)?",
            score=0.65, context=0.8, look=rf"(?:^|[^\p{{L}}]){_words(STREETS_AFTER_NUMBER)}(?:[^\p{{L}}]|$)", edges="word",
        ),
        Pattern(
            regex=rf"\p{{Lu}}[\p{{L}}\-]* ?(?i:{_words(STREET_SUFFIXES)}) {_NUMBER}{_TOWN}",
            score=0.65, context=0.8, look=rf"(?i:{_words(STREET_SUFFIXES)}) [0-9]", edges="word",
        ),
        Pattern(
            regex=rf"\b[0-9]{{1,4}}(?: ?(?:bis|ter|quater))?,? (?i:{_words(STREETS_FRENCH)}) "
            rf"(?:(?i:de la|de|du|des|le|la|les) ){{0,2}}{_WORD}(?: \p{{Lu}}{_WORD}){{0,3}}{_TOWN}",
            score=0.65, context=0.8, look=rf"[0-9a-z],? (?i:{_words(STREETS_FRENCH)}) ", edges="word",
        ),
        Pattern(
            regex=rf"(?i:\b{_words(STREETS_BEFORE_NUMBER)}) ?(?:{_WORD} ){{0,4}}\p{{Lu}}{_WORD},? (?:n\.?[ºo°]? ?)?{_NUMBER}{_TOWN}",
            score=0.65, context=0.8, look=rf"(?i:{_words(STREETS_BEFORE_NUMBER)})", edges="word",
        ),
    ),
    context={
        "en": ("address", "lives", "residing", "street"), "de": ("adresse", "anschrift", "wohnhaft", "wohnt"),
        "fr": ("adresse", "domicilié", "domiciliée", "habite"), "es": ("dirección", "domicilio"),
        "it": ("indirizzo", "residente"), "nl": ("adres", "woonachtig"), "pl": ("adres", "zamieszkały"),
    },
    field_names=(
        "address", "street", "street address", "postal address", "home address", "address line", "adresse", "anschrift",
        "strasse", "straße", "direccion", "dirección", "indirizzo", "adres", "straat", "rue", "endereço",
    ),
    whole_value=0.6,
    source="address forms of the Universal Postal Union's member states, as written in practice",
    examples=("221B Baker Street", "Hauptstraße 5, 10115 Berlin", "12 rue de la Paix", "Calle Mayor 25", "Via Roma 7",
              "Keizersgracht 123", "Drottninggatan 12"),
    not_examples=("Main Street", "5 items", "Room 12", "Avenue", "the way 5"),
)  # fmt: skip

TYPES = (PERSON, ADDRESS)
