"""How people are reached: e-mail, telephone."""

# ruff: noqa: E501, RUF001 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.words import begun

_LABEL = r"[\p{L}0-9][\p{L}0-9-]*"
_GAP = r"[ .\-/\x{A0}\x{202F}]?"

EMAIL_ADDRESS = EntityType(
    name="EMAIL_ADDRESS",
    patterns=(
        Pattern(
            regex=rf"[\p{{L}}0-9_](?:[\p{{L}}\p{{M}}0-9._%+'&!#$^*~\-]*)@(?:{_LABEL}\.)+[\p{{L}}]{{2,24}}",
            score=0.9, context=1.0, look="@", edges="none",
        ),
        Pattern(regex=r'"[^"\n@]{1,62}"@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}', score=0.8, look="@", edges="none"),
    ),
    field_names=("email", "e mail", "mail", "email address", "mail address", "courriel", "correo", "e mail adresse"),
    source="RFC 5321 and RFC 5322, as written in practice; RFC 6531 for letters beyond ASCII",
    examples=("anna@example.org", "_r&d@example.org", "j.o'neil+news@mail.example.co.uk", "jürgen@müller.example.de"),
    not_examples=("@handle", "a@b", "user at example"),
)  # fmt: skip

_PART = r"[ .\-/()\x{A0}\x{202F}\x{2010}\x{2011}\x{2013}]"
_BLANK = r"[ \x{A0}\x{202F}]"
_LABEL_OF_PHONE = (
    begun(
        "T|M|P|F|Ph|Mob|Tlf|Tf|Tél|Tel|Téléph|Tfno|Tlfno|Móv|Cel|Cell|Kom|Puh|Τηλ|Κιν|Тел|тел|Моб|моб|GSM|Gsm|Fax|fax|tel|mob|kom|puh|tlf|Tálr|Tālr|tālr|Σταθ"
    )
    + r"(?:\.:?|:) ?"
)
_EXTENSION = r"(?:,? ?(?i:x|ext\.?|extension|extn\.?|Durchwahl|DW|Dw\.|poste|interno|int\.|wew\.|linka|kl\.|mellék|вътр\.|εσωτ\.) ?[0-9]{1,6}\b)?"

PHONE_NUMBER = EntityType(
    name="PHONE_NUMBER",
    patterns=(
        Pattern(
            regex=rf"\+\(?[1-9](?:{_PART}{{0,3}}[0-9]){{6,15}}",
            score=0.55, validated=0.85, context=0.85, validator="phone_international", look="+",
        ),
        Pattern(
            regex=rf"(?:\+ |\b00{_BLANK}?)\(?[1-9](?:{_PART}{{0,3}}[0-9]){{6,15}}\b",
            score=0.1, validated=0.6, context=0.8, validator="phone_prefixed",
        ),
        Pattern(
            regex=rf"\(?\b0[0-9]?(?:{_PART}{{0,3}}[0-9]){{6,12}}\b",
            score=0.2, validated=0.6, context=0.7, validator="phone_national",
        ),
        # pairs parted by dots, as in France
        Pattern(regex=r"\b0[1-9](?:\.[0-9]{2}){4}\b", score=0.55, context=0.7, validator="phone_length"),
        Pattern(
            regex=rf"\b(?:0[1-9][0-9]{{0,4}}(?:{_BLANK}[0-9]{{2,8}}){{1,4}}|[2-9][0-9]{{1,2}}(?:{_BLANK}[0-9]{{2,4}}){{2,3}})\b",
            score=0.2, validated=0.5, context=0.6, validator="phone_grouped",
            near=("@", "contact", "contacto", "contatto", "kontakt", "number", "nummer", "numéro", "número", "numero", "numer"),
        ),
        Pattern(
            regex=rf"(?:\b1[ .\-])?(?:\([2-9][0-9]{{2}}\)[ .\-]{{0,2}}|\b[2-9][0-9]{{2}}[ .\-]{{1,2}})[0-9]{{3}}[ .\-][0-9]{{4}}\b{_EXTENSION}",
            score=0.45, context=0.75,
        ),
        Pattern(regex=r"\b(?:[2-9][0-8][0-9][2-9][0-9]{6}|[6-9][0-9]{9})\b", score=0.05, context=0.6, validator="phone_length"),
        Pattern(regex=r"\([0-9]{2,5}\) ?[0-9]{3,5}(?:[ .\-]?[0-9]{2,4}){1,3}\b", score=0.35, context=0.75, validator="phone_length"),
        Pattern(
            regex=rf"(?:\+|\b00)\(?[1-9](?:{_PART}{{0,3}}[0-9]){{6,15}},? ?(?i:x|ext\.?|extension|extn\.?|Durchwahl|poste|interno|wew\.|mellék|вътр\.) ?[0-9]{{1,6}}\b",
            score=0.7, validated=0.85, context=0.85, validator="phone_extended",
        ),
        Pattern(regex=rf"\b[1-9][0-9]{{1,3}}(?:{_GAP}[0-9]{{2,4}}){{2,5}}\b", score=0.0, context=0.6,
                validator="phone_length"),
        Pattern(
            regex=rf"{_LABEL_OF_PHONE}\(?[0-9](?:{_PART}{{0,3}}[0-9]){{7,13}}\b", lead=_LABEL_OF_PHONE,
            score=0.6, context=0.7, validator="phone_length",
        ),
    ),
    context={
        "en": ("phone", "phones", "telephone", "tel", "mobile", "mob", "cell", "cellphone", "call", "calls", "called", "calling",
               "fax", "dial", "whatsapp", "sms", "reach", "ring", "landline", "voicemail", "hotline", "texted", "extension"),
        "de": ("telefon", "tel", "telefax", "handy", "handynummer", "mobil", "mobilnummer", "mobilfunk", "rufnummer", "fax",
               "anruf", "angerufen", "rückruf", "zurückrufen", "zurückgerufen", "durchwahl", "festnetz", "erreichbar",
               "erreichen"),
        "fr": ("téléphone", "tél", "tel", "portable", "mobile", "appelez", "appeler", "appel", "rappeler", "rappelez",
               "joindre", "joignable", "télécopie", "fixe"),
        "es": ("teléfono", "tel", "tfno", "tlfno", "tlf", "móvil", "celular", "llamar", "llame", "llamada", "llamando"),
        "it": ("telefono", "tel", "cellulare", "cell", "chiamare", "chiami", "chiamata", "telefonata", "recapito"),
        "nl": ("telefoon", "tel", "mobiel", "mobiele", "bellen", "belt", "gebeld", "bereikbaar", "06-nummer"),
        "pt": ("telefone", "telemóvel", "tel", "tlm", "telm", "ligar", "ligue", "chamada"),
        "pl": ("telefon", "tel", "komórka", "komórkowy", "tel kom", "nr kom", "numer kom", "zadzwoń", "dzwonić", "zadzwonić"),
        "sv": ("telefon", "tel", "mobil", "mobilnummer", "ring", "ringa", "nås"),
        "da": ("telefon", "tlf", "mobil", "ring", "ringe"), "no": ("telefon", "tlf", "mobil", "mob", "ring", "ringe"),
        "fi": ("puhelin", "puh", "gsm", "matkapuhelin", "kännykkä", "soita", "soittaa"),
        "cs": ("telefon", "tel", "mobil", "volejte", "zavolejte", "volat"),
        "sk": ("telefón", "tel", "mobil", "volajte", "zavolajte"),
        "hu": ("telefon", "telefonszám", "mobil", "hívjon", "hívja"),
        "ro": ("telefon", "mobil", "sunați", "apelați"), "hr": ("telefon", "mobitel", "nazovite", "faks"),
        "sl": ("telefon", "mobitel", "gsm", "pokličite", "faks"), "et": ("telefon", "mobiil", "helistage"),
        "lv": ("tālrunis", "tālr", "zvaniet"), "lt": ("telefonas", "mob", "skambinkite", "faksas"),
        "el": ("τηλέφωνο", "τηλ", "κιν", "κινητό", "κινητού", "σταθερό", "φαξ", "καλέστε"), "bg": ("телефон", "тел", "моб", "мобилен", "gsm", "факс", "обадете"),
        "ga": ("fón", "guthán", "teil"), "mt": ("telefon", "telefown", "mowbajl", "ċempel"), "is": ("sími", "símanúmer", "farsími", "hringja"), "uk": ("телефон", "тел", "моб", "мобільний", "дзвоніть"),
        "sr": ("телефон", "тел", "моб", "мобилни", "позовите"), "tr": ("telefon", "tel", "cep", "gsm", "arayın", "faks"),
    },
    against=(
        "order", "invoice", "account", "konto", "kontonummer", "iban", "bestellung", "rechnung", "commande", "facture", "pedido",
        "factura", "ordine", "fattura", "zamówienie", "bestelling", "factuur", "artikel", "article", "sku", "isbn", "issn", "ean",
        "item", "serial", "eur", "usd", "chf", "gbp", "€", "$", "£",
    ),
    against_after=(
        "eur", "euro", "euros", "€", "usd", "$", "gbp", "£", "chf", "pln", "zł", "kč", "kr", "sek", "nok", "dkk", "ft", "lei", "kg",
        "km", "m", "uhr", "%", "kwh", "mb", "gb", "dollars", "pounds", "people", "einwohner", "habitants",
    ),
    field_names=(
        "phone", "telephone", "tel", "mobile", "cell", "msisdn", "phone number", "mobile number", "cell phone", "fax",
        "telefon", "telefonnummer", "handy", "mobil", "rufnummer", "téléphone", "portable", "teléfono", "movil",
        "telefono", "cellulare", "telefoon", "telefone", "a party", "b party", "caller", "callee", "calling number",
        "called number",
    ),
    source="ITU-T E.164; numbering plans as published with libphonenumber",
    examples=("+49 30 901820", "+44 20 7946 0018", "+33 1 42 68 53 00", "+44 (0)20 7946 0018", "+49 (0) 170 / 1234567",
              "+(49) 170 1234567", "0049 170 1234567", "00 33 6 12 34 56 78", "+49‑30‑901820", "07400 123456", "0171 3920071", "04.85.97.11.77"),
    with_context=(
        "Telefon 030 901820", "call 612 345 678", "Tel.: (030) 90 18 20-0", "T: 030/901820", "Rückruf: 0171 3920071",
        "Tél. 06 12 34 56 78", "joignable au 06 12 34 56 78", "móvil 612 34 76 06", "llame al 912 345 314", "cellulare 340 1234567",
        "tel. 06 6982 1234", "telefoon: 06 1234 5418", "telemóvel 912 345 314", "tel. kom. 601 123 456", "tlf. 22 12 34 56",
        "ring 070-174 06 22", "puh. 040 123 4567", "telefonszám: 06 1 234 5678", "volejte 601 123 456", "τηλ. 210 123 4567",
        "тел. 02 123 4567", "(anna@example.org, 912 345 314)", "mobitel 091 234 5678", "telefon 021 123 45 67",
    ),
    not_examples=(
        "1700000000", "12.99", "2024-11-23", "+12", "1234567", "call 08.00-17.00", "call 01.02.2024", "call 1999-2004",
        "call for 912 345 678 EUR", "06 12 34 44 48", "0000 1234 5678", "12 345 678", "invoice 0171 3920071", "1 + 1 = 2",
        "3 - 2", "tel. 110", "01 02 2024",
    ),
)  # fmt: skip

TYPES = (EMAIL_ADDRESS, PHONE_NUMBER)
