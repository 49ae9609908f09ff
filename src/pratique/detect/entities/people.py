"""People. Names are found by `pratique.detect.people`."""

from pratique.detect.entities.record import EntityType
from pratique.detect.entities.words import PEOPLE_CONTEXT

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

TYPES = (PERSON,)
