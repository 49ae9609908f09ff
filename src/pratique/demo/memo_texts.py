"""What the memos say. Written for this project; nobody in them exists.

A slot is ``{a.name}`` (of the first person), ``{b.phone}`` (of the second), ``{date}``, ``{amount}``, ``{reference}``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Paragraphs of one language: a memo is an opening, a few bodies and a closing."""

    code: str
    country: str | None
    """The first person's country; None: all countries in turn."""
    memos: int
    openings: tuple[str, ...]
    bodies: tuple[str, ...]
    closings: tuple[str, ...]


_ENGLISH = Language(
    code="en",
    country=None,
    memos=40,
    openings=(
        "CONFIDENTIAL - CUSTOMER CARE\nDate: {date}\nRe: complaint of {a.name}, case {reference}",
        "MEMO TO FILE, {date}\nSubscriber: {a.name}\nHandled by: {b.name}\nReference: {reference}",
        (
            "Internal, not for circulation.\n\n{b.name} asked on {date} that we record the following about "
            "{a.title} {a.family}."
        ),
        "Fraud desk, weekly note of {date}\n\nThe account of {a.name} was opened again after a review ({reference}).",
    ),
    bodies=(
        (
            "{a.title} {a.family} lives at {a.street}, {a.town}, and can be reached on {a.phone} in the "
            "evenings. Nothing is to be sent to the old address."
        ),
        (
            "The refund of {amount} goes to {a.iban}; the card on file, {a.card}, was reported lost and must "
            "not be charged again."
        ),
        "Identity was checked against the {a.id_label} {a.id} and the date of birth, {a.born}. A copy was not kept.",
        (
            "Log-ins came from {a.ip} and, two minutes later, from {b.ip}. Nobody on the road travels that "
            "fast: we locked the account and wrote to {a.email}."
        ),
        (
            "{b.name} ({b.email}, {b.phone}) is the contact at the agency. Please copy {b.given} on anything "
            "that concerns the film rights."
        ),
        "According to {a.given}, the set-top box was handed to a neighbour, {b.name}, of {b.street}, {b.town}.",
        (
            "We tried the card ending in the usual four digits first; the full number is {a.card}. The bank "
            "refused it on {short_date} and again a week after."
        ),
        (
            "The letter was returned by the post office. {a.name} moved on {short_date}; the new address is "
            "{a.street}, {a.town}."
        ),
        (
            "Viewer panel: {a.given} agreed to be called for the audience survey. Best number: {a.phone}. "
            "Language: as in the contract."
        ),
        (
            "Payment of {amount} was sent twice, once to {a.iban} and once to {b.iban}. The second must come "
            "back; {b.title} {b.family} has been told."
        ),
        "Our archive lists {b.name} as heir. Proof: {b.id_label} {b.id}, checked by the notary on {short_date}.",
        (
            "The household has four devices and six profiles; usage is far above the average of the region, "
            "which is why the account was looked at in the first place. Nothing was found to be wrong with "
            "it."
        ),
        "Data request under Article 15: answer by {short_date}, to {a.email} only. Do not telephone.",
        "Note for payroll: {b.name}, born {b.born}, {b.id_label} {b.id}, account {b.iban}.",
    ),
    closings=(
        "Destroy after settlement.\n{b.name}",
        "Signed: {b.given} {b.family}\ncc: legal, finance",
        "Questions to {b.email}. Case {reference} stays open until {short_date}.",
        "-- \n{b.name}, customer care\n{b.phone}",
    ),
)

_GERMAN = Language(
    code="de",
    country="DE",
    memos=7,
    openings=(
        "Vertraulich - Kundenbetreuung\n{date}\n\nBetreff: Beschwerde von {a.name}, Vorgang {reference}",
        "Aktenvermerk vom {date}\n\n{a.title} {a.family} hat heute angerufen und um Rückruf gebeten: {a.phone}.",
    ),
    bodies=(
        "Die neue Anschrift lautet: {a.street}, {a.town}. Die alte ist zu löschen.",
        "Die Erstattung über {amount} geht auf das Konto {a.iban}. Die Karte {a.card} ist gesperrt.",
        "Zur Prüfung lag die {a.id_label} {a.id} vor; geboren am {a.born}.",
        "Die Anmeldung kam von {a.ip}. Die Warnung ging an {a.email}, eine Antwort steht aus.",
        "Vertreten wird der Haushalt durch {b.name}, erreichbar unter {b.phone} oder {b.email}.",
    ),
    closings=("Mit freundlichen Grüßen\n{b.name}", "Wiedervorlage am {short_date}. gez. {b.family}"),
)

_FRENCH = Language(
    code="fr",
    country="FR",
    memos=7,
    openings=(
        "CONFIDENTIEL\nNote du {date}\nObjet : réclamation de {a.name}, dossier {reference}",
        "Note interne, {date}\n\n{a.title} {a.family} a écrit au service clients depuis l'adresse {a.email}.",
    ),
    bodies=(
        "Adresse à jour : {a.street}, {a.town}. Téléphone : {a.phone}, de préférence le soir.",
        "Le remboursement de {amount} sera versé sur le compte {a.iban} ; la carte {a.card} a été déclarée perdue.",
        "Identité vérifiée : {a.id_label} {a.id}, date de naissance {a.born}.",
        "Deux connexions suspectes, l'une depuis {a.ip}, l'autre depuis {b.ip}. Le compte a été bloqué.",
        "L'interlocuteur à l'agence est {b.name} ({b.email}). Merci de prévenir {b.given} avant tout envoi.",
    ),
    closings=("À détruire après règlement.\n{b.name}", "Dossier à revoir le {short_date}.\nSigné : {b.name}"),
)

_SPANISH = Language(
    code="es",
    country="ES",
    memos=5,
    openings=(
        "CONFIDENCIAL\n{date}\nAsunto: reclamación de {a.name}, expediente {reference}",
        "Nota interna del {date}. Llamó {a.title} {a.name} desde el {a.phone}.",
    ),
    bodies=(
        "El nuevo domicilio es {a.street}, {a.town}. No se debe escribir al anterior.",
        "La devolución de {amount} se abonará en la cuenta {a.iban}; la tarjeta {a.card} queda anulada.",
        "Se comprobó la identidad con el {a.id_label} {a.id} y la fecha de nacimiento, {a.born}.",
        "El acceso se hizo desde {a.ip}. Se avisó por correo a {a.email} y a {b.email}.",
    ),
    closings=("Atentamente,\n{b.name}", "Revisar el {short_date}. Firmado: {b.name}, {b.phone}"),
)

_ITALIAN = Language(
    code="it",
    country="IT",
    memos=5,
    openings=(
        "RISERVATO\n{date}\nOggetto: reclamo di {a.name}, pratica {reference}",
        "Nota interna del {date}: ha telefonato {a.title} {a.family}, numero {a.phone}.",
    ),
    bodies=(
        "Il nuovo indirizzo è {a.street}, {a.town}; quello vecchio va cancellato.",
        "Il rimborso di {amount} va versato sul conto {a.iban}. La carta {a.card} è stata bloccata.",
        "Identità verificata: {a.id_label} {a.id}, data di nascita {a.born}.",
        "Accesso sospetto da {a.ip}; l'avviso è stato inviato a {a.email}. Referente: {b.name}.",
    ),
    closings=("Cordiali saluti\n{b.name}", "Da rivedere il {short_date}. Firmato {b.given} {b.family}"),
)

_DUTCH = Language(
    code="nl",
    country="NL",
    memos=5,
    openings=(
        "VERTROUWELIJK\n{date}\nBetreft: klacht van {a.name}, zaak {reference}",
        "Interne notitie van {date}. Vandaag belde {a.title} {a.family} via {a.phone}.",
    ),
    bodies=(
        "Het nieuwe adres is {a.street}, {a.town}. Het oude adres vervalt.",
        "De terugbetaling van {amount} gaat naar rekening {a.iban}; kaart {a.card} is geblokkeerd.",
        "De identiteit is vastgesteld aan de hand van het {a.id_label} {a.id}; geboren op {a.born}.",
        "Er is ingelogd vanaf {a.ip}. {b.name} heeft een bericht gestuurd aan {a.email}.",
    ),
    closings=("Met vriendelijke groet,\n{b.name}", "Opnieuw bekijken op {short_date}. Getekend: {b.name}, {b.email}"),
)

_POLISH = Language(
    code="pl",
    country="PL",
    memos=5,
    openings=(
        "POUFNE\n{date}\nDotyczy: reklamacja, {a.name}, sprawa {reference}",
        "Notatka służbowa, {date}. Dzwonił klient: {a.name}, tel. {a.phone}.",
    ),
    bodies=(
        "Nowy adres: {a.street}, {a.town}. Stary adres należy usunąć.",
        "Zwrot {amount} na rachunek {a.iban}. Karta {a.card} została zastrzeżona.",
        "Tożsamość potwierdzono: {a.id_label} {a.id}, data urodzenia {a.born}.",
        "Logowanie z adresu {a.ip}; ostrzeżenie wysłano na {a.email}. Sprawę prowadzi {b.name}.",
    ),
    closings=("Z poważaniem\n{b.name}", "Wrócić do sprawy {short_date}. Podpisano: {b.name}, {b.phone}"),
)

LANGUAGES = (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _DUTCH, _POLISH)
