"""What documents and numbers are called, in the languages of Europe: context for the types of every country.

A number is as much an identifier in a text of another language (``bulgarischer Reisepass Nr. ...``), so types of every
country share these words and add what only their own state says. A word of five letters or more also counts as the
beginning of a longer one, so stems stand for their inflected forms; phrases are whole words joined by one space.
"""

# ruff: noqa: E501, RUF001 - lists of words; letters of every script

from collections.abc import Mapping

from pratique.detect.claims import OTHERS

Words = Mapping[str, tuple[str, ...]]


def joined(*tables: Words) -> Words:
    """The words of several tables, by language."""
    languages = dict.fromkeys(language for table in tables for language in table)
    return {at: tuple(dict.fromkeys(word for table in tables for word in table.get(at, ()))) for at in languages}


def every(table: Words) -> tuple[str, ...]:
    """The words of a table, of all languages."""
    return tuple(dict.fromkeys(word for words in table.values() for word in words))


LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "AT": ("de",), "BE": ("nl", "fr", "de"), "BG": ("bg",), "CH": ("de", "fr", "it"), "CY": ("el", "tr"), "CZ": ("cs",), "DE": ("de",),
    "DK": ("da",), "EE": ("et",), "ES": ("es", "ca"), "FI": ("fi", "sv"), "FR": ("fr",), "GB": ("en",), "GR": ("el",), "HR": ("hr",),
    "HU": ("hu",), "IE": ("en", "ga"), "IS": ("is",), "IT": ("it",), "LI": ("de",), "LT": ("lt",), "LU": ("fr", "de", "lb"), "LV": ("lv",),
    "MT": ("mt", "en"), "NL": ("nl",), "NO": ("no",), "PL": ("pl",), "PT": ("pt",), "RO": ("ro",), "RS": ("sr",), "SE": ("sv",), "SI": ("sl",),
    "SK": ("sk",), "TR": ("tr",), "UA": ("uk",),
}  # fmt: skip
"""Languages of a country's offices: a label in one of them says more about whose number it is than in another."""

PASSPORT: Words = {
    "en": ("passport", "travel document"),
    "de": ("pass", "reisepass", "passnummer", "passnr", "passinhaber", "reisedokument"),
    "fr": ("passeport", "titre de voyage", "document de voyage"),
    "es": ("pasaporte", "documento de viaje"), "pt": ("passaporte", "documento de viagem"),
    "it": ("passaporto", "passaporti", "documento di viaggio"), "ro": ("pașaport", "paşaport", "pasaport"),
    "nl": ("paspoort", "reisdocument"), "da": ("pas nr", "pas nummer", "pas med nr", "pasnummer", "pasnr", "dansk pas", "pas med nummer", "passet", "rejsedokument"),
    "sv": ("pass", "passet", "passnummer", "passnr", "resedokument"), "no": ("pass", "passet", "passnummer", "reisedokument"),
    "is": ("vegabréf",), "fi": ("passi nro", "passi n o", "passin nro", "passin numero", "passinumero", "passinnumero", "suomen passi", "passinsa", "matkustusasiakirja"),
    "et": ("pass", "passi nr", "passi number", "passiga", "reisidokument"), "lv": ("pase nr", "pases nr", "pases numurs", "pases numuru", "pilsoņa pase", "pasi nr"),
    "lt": ("pasas", "paso nr", "paso numeris", "paso serija", "pasą", "lietuvos respublikos pasas"), "pl": ("paszport", "dokument podróży", "dokumentu podróży"),
    "cs": ("pas č", "pas číslo", "pasu č", "pasu číslo", "číslo pasu", "cestovní pas", "cestovního pasu", "cestovním pasem", "pasem", "cestovní doklad", "cestovního dokladu", "cest pas"),
    "sk": ("pas č", "pas číslo", "pasu č", "číslo pasu", "cestovný pas", "cestovného pasu", "cestovným pasom", "pasom", "cestovný doklad", "cestovného dokladu"),
    "sl": ("potni list", "potnega lista", "potnim listom", "potne listine", "potna listina"),
    "hr": ("putovnic", "putna isprava", "putne isprave"), "sr": ("pasoš", "пасош", "putna isprava", "путна исправа"),
    "hu": ("útlevél", "útlevel", "úti okmány"), "bg": ("паспорт", "задграничен"), "uk": ("паспорт",),
    "el": ("διαβατήρι", "διαβατηρί"), "mt": ("passaport",), "ga": ("uimhir pas", "pasuimhir"), "tr": ("pasaport",),
}  # fmt: skip

IDENTITY_CARD: Words = {
    "en": ("identity card", "id card", "identification card", "identity document", "id document", "id doc", "national id",
           "identity papers"),
    "de": ("personalausweis", "ausweis", "ausweisnummer", "ausweisnr", "identitätskarte", "id karte", "identitätsausweis",
           "lichtbildausweis", "identitätsdokument", "id nr", "id nummer", "bpa", "bpa nr", "pa nr", "personalausw", "personaldokument", "ausweispapier"),
    "fr": ("carte d identité", "carte nationale d identité", "cni", "cnie", "pièce d identité", "titre d identité",
           "carte d identite", "document d identité", "carte identité"),
    "es": ("documento de identidad", "documento nacional de identidad", "carné de identidad", "carnet de identidad",
           "tarjeta de identidad", "cédula de identidad"),
    "pt": ("cartão de cidadão", "bilhete de identidade", "documento de identificação", "cartão de identidade"),
    "it": ("carta d identità", "carta identità", "carta di identità", "documento d identità", "documento di identità",
           "carta d identita", "carta di identita", "cie"),
    "ro": ("carte de identitate", "cartea de identitate", "cărții de identitate", "act de identitate", "actul de identitate",
           "buletin de identitate", "buletin", "buletinul"),
    "nl": ("identiteitskaart", "identiteitsbewijs", "legitimatiebewijs", "identiteitsdocument", "legitimatie", "id kaart"),
    "da": ("identitetskort", "legitimation", "id kort", "legitimationskort"),
    "sv": ("identitetskort", "legitimation", "id kort", "nationellt id kort", "id handling"),
    "no": ("identitetskort", "legitimasjon", "id kort", "id dokument"), "is": ("nafnskírteini", "skilríki"),
    "fi": ("henkilökort", "henkilöllisyystodistu", "henkilöllisyysasiakirj", "id kortti", "henkilötodistus"),
    "et": ("id kaart", "id kaardi", "isikutunnistus", "isikut tõendav dokument", "isikut tõendava dokumendi"),
    "lv": ("personas apliecīb", "eid karte", "identitātes karte", "id karte", "id kartes"),
    "lt": ("asmens tapatybės kortel", "tapatybės kortel", "asmens tapatybės", "asmens dokumentas", "asmens dokumento"),
    "pl": ("dowód osobisty", "dowodu osobistego", "dowodem osobistym", "dowodzie osobistym", "dowód tożsamości",
           "dowodu tożsamości", "dokument tożsamości", "dokumentu tożsamości", "dowodu", "dowód"),
    "cs": ("čísla op", "číslem op", "občanský průkaz", "občanského průkazu", "občanským průkazem", "občanka", "průkaz totožnosti", "průkazu totožnosti",
           "doklad totožnosti", "dokladu totožnosti", "číslo op", "č op", "op č"),
    "sk": ("občiansky preukaz", "občianskeho preukazu", "občianskym preukazom", "preukaz totožnosti", "preukazu totožnosti",
           "doklad totožnosti", "dokladu totožnosti", "číslo op", "č op", "op č"),
    "sl": ("osebna izkaznica", "osebne izkaznice", "osebno izkaznico", "osebni dokument", "osebnega dokumenta"),
    "hr": ("osobna iskaznica", "osobne iskaznice", "osobnu iskaznicu", "osobnom iskaznicom", "osobna isprava"),
    "sr": ("lična karta", "lične karte", "ličnu kartu", "ličnom kartom", "лична карта", "личне карте", "личну карту"),
    "hu": ("személyi igazolvány", "személyazonosító igazolvány", "személyazonosságát igazoló", "személyi ig", "személyi okmány",
           "személyigazolvány", "okmányazonosító", "igazolványszám"),
    "bg": ("лична карта", "личната карта", "лична карта номер", "л к", "лк", "документ за самоличност", "документа за самоличност"),
    "uk": ("посвідчення особи", "ід картка", "id картка", "ід картки", "id картки"),
    "el": ("ταυτότητα", "ταυτότητας", "αδτ", "δελτίο ταυτότητας", "δελτίου ταυτότητας", "α δ τ", "αρ ταυτότητας", "ταυτότητασ"),
    "mt": ("karta tal identità", "karta ta l identità", "karta tal identita", "dokument tal identità"),
    "ga": ("cárta aitheantais",), "tr": ("kimlik kartı", "kimlik kartının", "nüfus cüzdanı", "kimlik belgesi", "kimlik"),
}  # fmt: skip

DRIVING_LICENCE: Words = {
    "en": ("driving licence", "driving license", "driver licence", "driver license", "driver s licence", "driver s license",
           "drivers licence", "drivers license", "driving permit", "dl no"),
    "de": ("führerschein", "fahrerlaubnis", "führerausweis", "lenkberechtigung", "fuehrerschein", "fahrausweis", "fs nr", "fahrerlaubnisnummer"),
    "fr": ("permis de conduire", "permis", "permis b"), "es": ("permiso de conducir", "permiso de conducción", "carné de conducir",
                                                           "carnet de conducir", "licencia de conducir"),
    "pt": ("carta de condução", "título de condução"), "it": ("patente di guida", "patente"),
    "ro": ("permis de conducere", "permisul de conducere", "permisului de conducere"),
    "nl": ("rijbewijs", "rijbewijsnummer"), "da": ("kørekort",), "sv": ("körkort",), "no": ("førerkort", "forerkort"),
    "is": ("ökuskírteini",), "fi": ("ajokort", "ajo oikeu"), "et": ("juhiluba", "juhiloa", "juhiloaga", "juhilub"),
    "lv": ("vadītāja apliecīb", "autovadītāja apliecīb", "vadītāja apliecība", "vadītāja apliecības"),
    "lt": ("vairuotojo pažymėjim", "vairuotojo pažymėjimas", "vairuotojo pažymėjimo", "teisė vairuoti"),
    "pl": ("prawo jazdy", "prawa jazdy", "prawem jazdy"), "cs": ("řidičský průkaz", "řidičského průkazu", "řidičským průkazem",
                                                               "řidičské oprávnění", "řp"),
    "sk": ("vodičský preukaz", "vodičského preukazu", "vodičským preukazom"),
    "sl": ("vozniško dovoljenje", "vozniškega dovoljenja", "vozniškim dovoljenjem"),
    "hr": ("vozačka dozvola", "vozačke dozvole", "vozačku dozvolu", "vozačkom dozvolom"),
    "sr": ("vozačka dozvola", "vozačke dozvole", "vozačku dozvolu", "возачка дозвола", "возачке дозволе", "возачку дозволу"),
    "hu": ("vezetői engedély", "jogosítvány", "vezetői eng"),
    "bg": ("свидетелство за управление", "шофьорска книжка", "шофьорската книжка", "сумпс", "книжка", "свид за управление"),
    "uk": ("посвідчення водія", "водійське посвідчення", "водійського посвідчення"),
    "el": ("άδεια οδήγησης", "άδειας οδήγησης", "δίπλωμα οδήγησης", "διπλώματος οδήγησης"),
    "mt": ("liċenzja tas sewqan", "licenzja tas sewqan"), "ga": ("ceadúnas tiomána",),
    "tr": ("ehliyet", "sürücü belgesi", "sürücü belgesinin"),
}  # fmt: skip

RESIDENCE_PERMIT: Words = {
    "en": ("residence permit", "residence card", "residence document", "permanent residence", "residency permit",
           "right of residence", "temporary residence"),
    "de": ("aufenthaltstitel", "aufenthaltserlaubnis", "niederlassungserlaubnis", "aufenthaltskarte", "ausländerausweis",
           "aufenthaltsbewilligung", "niederlassungsbewilligung", "daueraufenthalt", "aufenthaltsgestattung", "duldung"),
    "fr": ("titre de séjour", "carte de séjour", "carte de résident", "permis de séjour", "récépissé", "carte d étranger",
           "numéro étranger", "titre de sejour"),
    "es": ("permiso de residencia", "tarjeta de residencia", "tarjeta de identidad de extranjero", "autorización de residencia",
           "certificado de registro"),
    "pt": ("título de residência", "autorização de residência", "cartão de residência"),
    "it": ("permesso di soggiorno", "carta di soggiorno", "titolo di soggiorno"),
    "ro": ("permis de ședere", "permisul de ședere", "permis de rezidență", "certificat de înregistrare"),
    "nl": ("verblijfsvergunning", "verblijfsdocument", "verblijfskaart", "verblijfstitel", "v nummer", "vnummer"),
    "da": ("opholdstilladelse", "opholdskort"), "sv": ("uppehållstillstånd", "uppehållskort"), "no": ("oppholdstillatelse", "oppholdskort"),
    "is": ("dvalarleyfi",), "fi": ("oleskelulu", "oleskelukort"), "et": ("elamisluba", "elamisloa", "elamisloakaar"),
    "lv": ("uzturēšanās atļauj", "uzturēšanās atļauja", "uzturēšanās atļaujas"),
    "lt": ("leidimas gyventi", "leidimo gyventi", "leidimą gyventi"),
    "pl": ("karta pobytu", "karty pobytu", "kartę pobytu", "kartą pobytu", "zezwolenie na pobyt"),
    "cs": ("povolení k pobytu", "pobytový průkaz", "průkaz o povolení", "pobytového průkazu", "povolení k trvalému pobytu"),
    "sk": ("povolenie na pobyt", "doklad o pobyte", "povolenia na pobyt", "dokladu o pobyte"),
    "sl": ("dovoljenje za prebivanje", "dovoljenja za prebivanje", "dovoljenje za začasno prebivanje"),
    "hr": ("dozvola boravka", "boravišna iskaznica", "dozvole boravka", "dozvola za boravak", "boravišne iskaznice"),
    "sr": ("dozvola boravka", "boravišna dozvola", "дозвола боравка"), "hu": ("tartózkodási engedély", "tartózkodási kártya", "letelepedési engedély"),
    "bg": ("разрешение за пребиваване", "карта за пребиваване", "удостоверение за пребиваване", "разрешението за пребиваване", "пребиваване"),
    "uk": ("посвідка на проживання", "посвідки на проживання", "посвідка на постійне проживання", "посвідка на тимчасове проживання"),
    "el": ("άδεια διαμονής", "άδειας διαμονής", "δελτίο διαμονής", "δελτίου διαμονής", "άδεια παραμονής"),
    "mt": ("permess ta residenza", "permess tar residenza"), "ga": ("cead cónaithe",), "tr": ("ikamet izni", "ikamet tezkeresi", "oturma izni"),
}  # fmt: skip

NATIONAL_NUMBER: Words = {
    "en": ("national identification number", "national identity number", "national id", "national insurance number", "personal number",
           "personal identification number", "personal identity number", "personal identity code", "personal identification code",
           "personal code", "personal id", "identity number", "identification number", "id number", "id no", "id code", "citizen number",
           "civil registration number", "national number", "national register number", "birth number", "pin", "personal no"),
    "de": ("personenkennzahl", "personenkennziffer", "personennummer", "identifikationsnummer", "nationalregisternummer",
           "personenidentifikationsnummer", "identifikationscode", "personenkennung", "geburtsnummer", "personalcode", "personencode"),
    "fr": ("numéro national", "numéro d identification", "numéro personnel", "code personnel", "numéro d identité", "identifiant national",
           "n national", "numéro de registre national", "numéro d identification personnel"),
    "es": ("número de identificación", "número personal", "número de identidad", "código personal", "número nacional"),
    "pt": ("número de identificação", "número pessoal", "código pessoal", "número de identidade"),
    "it": ("numero di identificazione", "numero personale", "codice personale", "numero d identità", "numero nazionale", "codice identificativo"),
    "ro": ("cod numeric personal", "codul numeric personal", "codului numeric personal", "număr personal", "număr de identificare", "cod personal"),
    "nl": ("persoonsnummer", "identificatienummer", "nationaal nummer", "persoonlijk nummer", "persoonlijke code", "identiteitsnummer"),
    "da": ("personnummer", "identifikationsnummer", "id nummer", "personnr"), "sv": ("personnummer", "identifikationsnummer", "personnr", "personbeteckning", "id nummer"),
    "no": ("personnummer", "identifikasjonsnummer", "fødselsnummer", "personnr"), "is": ("kennitala", "kennitölu", "kennital"),
    "fi": ("henkilötunnu", "henkilönumero", "tunnistenumero"), "et": ("isikukood", "isikunumber"),
    "lv": ("personas kods", "personas koda", "personas kodu"), "lt": ("asmens kodas", "asmens kodo", "asmens kodą", "asmens kodu"),
    "pl": ("numer identyfikacyjny", "numer osobisty", "numeru identyfikacyjnego", "numer ewidencyjny"),
    "cs": ("rodné číslo", "rodného čísla", "rodným číslem", "osobní číslo", "identifikační číslo", "rč", "r č"),
    "sk": ("rodné číslo", "rodného čísla", "rodným číslom", "osobné číslo", "identifikačné číslo", "rč", "r č"),
    "sl": ("emšo", "enotna matična številka", "osebna številka", "identifikacijska številka"),
    "hr": ("osobni identifikacijski broj", "identifikacijski broj", "matični broj", "osobni broj"),
    "sr": ("matični broj", "матични број", "lični broj", "лични број", "jmbg", "јмбг"),
    "hu": ("személyi szám", "személyi azonosító", "azonosító szám", "személyazonosító jel"),
    "bg": ("единен граждански номер", "личен номер", "личен код", "лн", "персонален номер", "идентификационен номер", "личен идентификационен"),
    "uk": ("ідентифікаційний номер", "ідентифікаційний код", "персональний номер"),
    "el": ("αριθμός ταυτότητας", "προσωπικός αριθμός", "αριθμός μητρώου", "προσωπικός κωδικός"),
    "mt": ("numru tal identità", "numru personali", "numru ta identifikazzjoni"), "ga": ("uimhir aitheantais", "uimhir phearsanta"),
    "tr": ("kimlik numarası", "kimlik no", "tc kimlik", "t c kimlik"),
}  # fmt: skip

TAX_NUMBER: Words = {
    "en": ("tax", "tin", "taxpayer", "tax id"),
    "de": ("steuer", "steuernummer", "steueridentifikationsnummer", "steuernr", "stnr", "st nr", "identifikationsnummer", "idnr", "steueridnr",
           "finanzamt", "abgabenkontonummer"),
    "fr": ("fiscal", "fiscale", "nif", "spi", "impôt", "impôts", "contribuable", "tin"),
    "es": ("nif", "fiscal", "contribuyente", "tributaria"), "pt": ("nif", "contribuinte", "fiscal"),
    "it": ("codice fiscale", "fiscale", "contribuente"), "ro": ("fiscală", "fiscal", "contribuabil"),
    "nl": ("fiscaal", "belastingnummer", "belasting", "fiscale"), "da": ("skattenummer", "skat", "tin"), "sv": ("skattenummer", "skatteregistrerings", "skatte"),
    "no": ("skattenummer", "skatte"), "is": ("skattnúmer", "skatt"), "fi": ("verotunniste", "veronumero", "verotus"), "et": ("maksukohustuslase", "maksunumber", "maksukood"),
    "lv": ("nodokļu", "nodokļa"), "lt": ("mokesčių", "mokėtojo"), "pl": ("podatkow", "podatnik", "nip"), "cs": ("daňové", "daňového", "dič", "dič č"),
    "sk": ("daňové", "daňového", "dič"), "sl": ("davčna", "davčne", "davčno"), "hr": ("porezni", "poreznog", "porezna"), "sr": ("poreski", "порески", "pib", "пиб"),
    "hu": ("adóazonosító", "adószám", "adóazonosít"), "bg": ("данъчен", "данъчн", "данъчния"), "uk": ("податков", "платника податків", "рнокпп", "іпн"),
    "el": ("αφμ", "α φ μ", "φορολογικ", "φορολογικού"), "mt": ("taxxa", "tat taxxa"), "ga": ("cánach",), "tr": ("vergi",),
}  # fmt: skip

SOCIAL_SECURITY: Words = {
    "en": ("social security", "social insurance", "social insurance number", "pension insurance", "ssn"),
    "de": ("sozialversicherung", "versicherungsnummer", "rentenversicherung", "svnr", "sv nr", "sv nummer", "versicherungsnr", "rvnr", "sozialvers"),
    "fr": ("sécurité sociale", "securite sociale", "sécu", "n s s", "assuré social", "assurance sociale", "matricule", "n ss"),
    "es": ("seguridad social", "seg social", "afiliación", "nuss", "naf", "nass"), "pt": ("segurança social", "niss", "beneficiário"),
    "it": ("sicurezza sociale", "previdenza sociale", "previdenziale"), "ro": ("asigurări sociale", "asigurare socială", "securitate socială"),
    "nl": ("sociale zekerheid", "insz", "sociaal verzekeringsnummer"), "da": ("social sikring", "socialsikring"), "sv": ("socialförsäkring", "socialförsäkringsnummer"),
    "no": ("trygdenummer",), "is": ("almannatrygging",), "fi": ("sosiaaliturvatunnu", "sotu", "sosiaaliturva"), "et": ("sotsiaalkindlustus",),
    "lv": ("sociālās apdrošināšanas", "sociālā nodrošinājuma"), "lt": ("socialinio draudimo", "sodra", "sodros"), "pl": ("ubezpieczenia społecznego", "ubezpieczeni"),
    "cs": ("sociálního pojištění", "sociální zabezpečení", "sociálního zabezpečení", "čssz"), "sk": ("sociálneho poistenia", "sociálna poisťovňa"),
    "sl": ("socialnega zavarovanja", "zavarovanja"), "hr": ("socijalnog osiguranja", "mirovinsko osiguranje", "mirovinskog"), "sr": ("socijalnog osiguranja",),
    "hu": ("társadalombiztosítási", "taj", "tajszám"), "bg": ("социално осигуряване", "осигурителен", "осигурително"), "uk": ("соціального страхування",),
    "el": ("κοινωνικής ασφάλισης", "κοιν ασφαλίσεων", "κοιν ασφ", "κοινωνικών ασφαλίσεων", "αμκα", "ασφάλισης"), "mt": ("sigurtà soċjali",), "ga": ("slándáil shóisialta", "leasa shóisialta"), "tr": ("sosyal güvenlik", "sgk", "ssk"),
}  # fmt: skip

HEALTH_INSURANCE: Words = {
    "en": ("health insurance", "health card", "insurance card", "ehic", "health number", "insured person", "insurance number", "patient number"),
    "de": ("krankenversicherung", "krankenversichertennummer", "versichertennummer", "kvnr", "krankenkasse", "gesundheitskarte", "ecard", "e card",
           "egk", "versichertenkarte", "versichertennr", "versichertenausweis", "krankenversichertennr"),
    "fr": ("carte vitale", "assurance maladie", "mutuelle", "assuré", "caisse maladie", "mutualité"),
    "es": ("tarjeta sanitaria", "tarjeta individual sanitaria", "cip", "sanitaria", "seguro médico"),
    "pt": ("utente", "cartão de saúde", "sns"), "it": ("tessera sanitaria", "tessera", "sanitario"), "ro": ("card de sănătate", "asigurat"),
    "nl": ("zorgverzekering", "verzekerdennummer", "polisnummer", "ziekenfonds", "mutualiteit", "relatienummer"), "da": ("sygesikring", "sundhedskort"),
    "sv": ("sjukförsäkringskort", "patientnummer"), "no": ("helsetrygdkort", "trygdekort"), "is": ("sjúkratrygging",), "fi": ("kela kortti", "sairausvakuutuskort"),
    "et": ("ravikindlustus", "haigekassa"), "lv": ("veselības apdrošināšanas",), "lt": ("sveikatos draudimo",), "pl": ("ubezpieczenia zdrowotnego", "nfz", "ekuz"),
    "cs": ("číslo pojištěnce", "pojištěnce", "pojištěnec", "zdravotní pojišťovn", "zdravotního pojištění", "průkaz pojištěnce"),
    "sk": ("číslo poistenca", "poistenca", "zdravotná poisťovňa", "preukaz poistenca"), "sl": ("zdravstvenega zavarovanja", "zzzs", "kzz", "zavarovana oseba"),
    "hr": ("zdravstveno osiguranje", "mbo", "hzzo", "osiguranik", "osigurane osobe"), "sr": ("lbo", "лбо", "здравствен", "zdravstven"), "hu": ("taj", "tajszám"),
    "bg": ("здравноосигурит", "здравно осигуряване", "здравна книжка", "нзок", "ездо"), "uk": ("медичного страхування",), "el": ("ευρωπαϊκή κάρτα", "βιβλιάριο υγείας"),
    "mt": ("karta tas saħħa",), "ga": ("cárta leighis",), "tr": ("sağlık kartı", "sigorta"),
}  # fmt: skip

VAT: Words = {
    "en": ("vat", "vat no", "vat id", "vatin", "value added tax"),
    "de": ("ust", "ustid", "ustidnr", "uid", "uid nr", "uidnr", "umsatzsteuer", "mwst", "mehrwertsteuer", "umsatzsteueridentifikationsnummer"),
    "fr": ("tva", "numéro de tva", "intracommunautaire"), "es": ("iva", "cif", "vat", "nif iva", "nif"), "pt": ("iva", "nipc", "contribuinte", "nif"),
    "it": ("iva", "partita iva", "p iva", "piva", "partita"), "ro": ("cif", "cui", "tva", "cod fiscal", "c u i"), "nl": ("btw", "btw nummer", "omzetbelasting", "ob nummer"),
    "da": ("moms", "momsnr", "cvr", "se nr", "momsnummer"), "sv": ("moms", "momsnr", "momsregistreringsnummer", "vat nr", "momsnummer"), "no": ("mva", "org nr", "orgnr", "moms"),
    "is": ("vsk", "vsk númer", "virðisaukaskatt"), "fi": ("alv", "alv nro", "alv tunniste", "arvonlisävero", "alv numero"), "et": ("kmkr", "käibemaksukohustuslase", "kmk nr", "käibemaksu"),
    "lv": ("pvn", "pvn nr", "pvn reģistrācijas"), "lt": ("pvm", "pvm kodas", "pvm mokėtojo"), "pl": ("nip", "vat ue", "nip ue"), "cs": ("dič", "dph", "d i č"), "sk": ("ič dph", "dič", "ičdph", "dph"),
    "sl": ("ddv", "id za ddv", "davčna", "identifikacijska številka za ddv"), "hr": ("pdv", "pdv id", "oib", "pdv broj"), "sr": ("pib", "пиб", "pdv", "пдв"), "hu": ("adószám", "áfa", "közösségi adószám", "áfaszám"),
    "bg": ("ддс", "зддс", "ин по ддс", "ддс номер"), "uk": ("пдв", "іпн"), "el": ("φπα", "αφμ", "α φ μ", "φ π α"), "mt": ("vat", "numru tal vat", "taxxa"), "ga": ("cbl",), "tr": ("kdv", "vergi"),
}  # fmt: skip

COMPANY: Words = {
    "en": ("company number", "registration number", "company registration", "registered number", "companies house", "commercial register",
           "trade register", "business id", "business register", "company reg", "reg no", "register number", "business number", "registry code",
           "company no", "enterprise number", "registered under", "registered under number", "registered with", "company code"),
    "de": ("firmenbuch", "fn", "handelsregister", "hr nr", "unternehmensnummer", "registernummer", "firmenbuchnummer", "registernr", "unternehmens"),
    "fr": ("rcs", "siren", "siret", "registre du commerce", "numéro d entreprise", "bce", "registre des entreprises", "registre de commerce"),
    "es": ("registro mercantil", "cif", "nif", "c i f", "n i f"), "pt": ("nipc", "registo comercial", "conservatória"), "it": ("rea", "registro delle imprese", "registro imprese"),
    "ro": ("registrul comerțului", "cui", "orc", "reg com", "înmatriculare"), "nl": ("kvk", "kvk nummer", "ondernemingsnummer", "kbo", "handelsregister", "kamer van koophandel"),
    "da": ("cvr", "cvr nr", "cvrnr", "se nr"), "sv": ("organisationsnummer", "orgnr", "org nr"), "no": ("organisasjonsnummer", "orgnr", "org nr", "foretaksregisteret"),
    "is": ("kennitala", "fyrirtækjaskrá"), "fi": ("y tunnus", "y tunnuksen", "ytunnus", "fo nummer", "yritystunnu"), "et": ("registrikood", "registrikoodi", "äriregistri", "reg kood", "äriregist", "rg kood"),
    "lv": ("reģistrācijas", "vienotais reģistrācijas", "reģ nr"), "lt": ("įmonės kodas", "įmonės kodo", "juridinio asmens kodas", "juridinio asmens kodo", "įm kodas"),
    "pl": ("krs", "regon", "rejestru przedsiębiorców"), "cs": ("ičo", "ič", "identifikační číslo", "i č o", "obchodním rejstříku", "spisová značka"), "sk": ("ičo", "i č o", "obchodnom registri"),
    "sl": ("matična številka", "matične številke", "sodni register"), "hr": ("mbs", "matični broj", "sudski registar", "sudskom registru", "oib"), "sr": ("matični broj", "матични број", "апр"),
    "hu": ("cégjegyzékszám", "cégjegyzék", "cg"), "bg": ("еик", "булстат", "единен идентификационен код", "бул", "е и к", "eik", "bulstat", "търговския регистър", "търговски регистър"),
    "uk": ("єдрпоу", "код єдрпоу", "едрпоу"), "el": ("γεμη", "γ ε μ η", "γενικό εμπορικό μητρώο", "ηε"), "mt": ("numru tar reġistrazzjoni", "company"), "ga": ("uimhir chláraithe",), "tr": ("mersis", "ticaret sicil", "sicil"),
}  # fmt: skip

PLATE: Words = {
    "en": ("licence plate", "license plate", "number plate", "plate number", "plate no", "registration plate", "registration number", "vehicle registration", "car registration", "registered vehicle", "reg plate"),
    "de": ("kennzeichen", "autokennzeichen", "kraftfahrzeugkennzeichen", "fahrzeugkennzeichen", "amtl kennz", "kennz", "kfz", "nummernschild", "kontrollschild", "autonummer", "zulassungsnummer", "amtl"),
    "fr": ("plaque d immatriculation", "plaques d immatriculation", "plaque minéralogique", "numéro de plaque", "plaque n", "immatriculation", "immatriculé", "immatriculée"), "es": ("matrícula", "matricula", "matriculado"),
    "pt": ("matrícula",), "it": ("targa", "targato", "targata"), "ro": ("înmatriculare", "înmatriculat", "numărul de înmatriculare"),
    "nl": ("kenteken", "nummerplaat", "kentekenplaat"), "da": ("nummerplade", "registreringsnummer", "indregistrering", "indregistreret", "indreg nr", "reg nr", "regnr"), "sv": ("registreringsnummer", "registreringsskylt", "nummerplåt", "reg nr", "regnr"),
    "no": ("registreringsnummer", "bilskilt", "kjennemerke", "reg nr", "regnr", "skilt"), "is": ("bílnúmer", "skráningarnúmer", "fastanúmer"), "fi": ("rekisteritunnu", "rekisterinumero", "rekisterikilp", "rek nro", "reknro"),
    "et": ("registreerimismär", "registreerimisnumb", "numbrimär", "autonumber", "reg nr", "reg märk", "reg märgiga", "riiklik reg"), "lv": ("reģistrācijas numur", "numura zīme", "numurzīme", "reģ nr", "valsts numurs", "valsts numura"),
    "lt": ("valstybinis numeris", "valstybinio numerio", "valst nr", "valstybinis nr"), "pl": ("rejestracyjny", "rejestracyjnego", "rejestracyjnym", "tablica", "tablice", "tablicy", "nr rej"),
    "cs": ("spz", "registrační značk", "státní poznávací", "reg značk", "poznávací značk"), "sk": ("ečv", "evč", "špz", "evidenčné číslo", "evidenčným číslom"), "sl": ("registrska", "registrske", "registrsko", "registrska številka", "tablica"),
    "hr": ("registarska", "registarske", "registarskih", "registarsku", "reg oznaka", "reg oznake", "tablica"), "sr": ("registarska", "registarske", "регистарск", "tablica", "таблиц"), "hu": ("rendszám", "forgalmi rendszám", "frsz"),
    "bg": ("рег", "рег №", "регистрационен номер", "регистрационния номер", "ркн", "дк", "дк №", "регистрационен №"), "uk": ("державний номер", "державний номерний", "номерний знак", "номерного знака", "держномер"),
    "el": ("πινακίδα", "πινακίδας", "κυκλοφορίας", "αριθμός κυκλοφορίας", "πινακίδες"), "mt": ("numru tar reġistrazzjoni", "pjanċa"), "ga": ("uimhirphláta", "uimhir chláraithe"), "tr": ("plaka", "plakalı", "plakası"),
}  # fmt: skip

VEHICLE: Words = {
    "en": ("vehicle", "passenger car", "motor car"), "de": ("fahrzeug", "pkw", "lkw", "motorrad", "personenwagen", "kraftfahrzeug"), "fr": ("véhicule", "voiture", "automobile"),
    "es": ("vehículo", "turismo", "automóvil"), "pt": ("viatura", "veículo", "automóvel"), "it": ("veicolo", "autovettura", "automobile", "motociclo"), "ro": ("autoturism", "autovehicul", "vehicul"),
    "nl": ("voertuig", "personenauto", "bestelwagen"), "da": ("køretøj", "personbil", "varebil"), "sv": ("fordon", "personbil"), "no": ("kjøretøy", "personbil"), "is": ("ökutæki", "bifreið"),
    "fi": ("ajoneuvo", "henkilöauto"), "et": ("sõiduk", "sõiduauto"), "lv": ("transportlīdzek", "automašīn"), "lt": ("automobil", "transporto priemon"), "pl": ("pojazd", "samochod", "samochód"),
    "cs": ("vozidl", "automobil"), "sk": ("vozidl", "automobil"), "sl": ("vozilo", "vozila", "avtomobil"), "hr": ("vozilo", "vozila", "vozilom", "automobil"), "sr": ("vozilo", "vozila", "возило", "возила"),
    "hu": ("gépjármű", "személygépkocsi", "gépkocsi"), "bg": ("автомобил", "мпс", "превозно средство"), "uk": ("автомобіл", "транспортн"), "el": ("αυτοκίνητο", "αυτοκινήτου", "όχημα", "οχήματος", "μοτοσικλέτα"),
    "mt": ("vettura", "vettur"), "ga": ("feithicl",), "tr": ("araç", "araca", "otomobil"),
}  # fmt: skip
"""What a plate is on: evidence only for forms that little else has."""

ACCOUNT: Words = {
    "en": ("account", "account number", "account no", "acct", "a c", "bank account", "sort code"), "de": ("konto", "kontonummer", "kontonr", "kto", "blz", "bankleitzahl", "bankverbindung", "girokonto", "bankkonto", "kontoinhaber"),
    "fr": ("compte", "rib", "compte bancaire", "n de compte", "numéro de compte"), "es": ("cuenta", "ccc", "cuenta corriente", "cuenta bancaria"), "pt": ("conta n", "conta nº", "conta bancária", "conta corrente", "conta à ordem", "número de conta", "nib"), "it": ("conto corrente", "conto n", "conto bancario", "c c", "c c n", "numero di conto"),
    "ro": ("cont", "contul", "contului", "cont bancar"), "nl": ("rekening", "rekeningnummer", "bankrekening", "reknr"), "da": ("konto", "kontonr", "kontonummer", "bankkonto", "reg nr", "regnr"), "sv": ("konto", "kontonummer", "kontonr", "bankkonto", "clearing", "bankgiro", "plusgiro"),
    "no": ("konto", "kontonummer", "kontonr", "bankkonto"), "is": ("reikning", "bankareikning", "reikningsnúmer"), "fi": ("tili", "tilin", "tilille", "tilinumero", "pankkitil", "tililtä"), "et": ("arveldusarve", "pangakonto", "kontonumber", "konto nr", "arvelduskonto"), "lv": ("konts", "konta nr", "konta numurs", "bankas konts", "norēķinu konts"),
    "lt": ("sąskaita", "sąskaitos", "sąskaitą", "banko sąskaita"), "pl": ("nr konta", "numer konta", "numeru konta", "konto nr", "konto bankowe", "konta bankowego", "rachunek", "rachunku", "rachunek bankowy", "nrb"), "cs": ("účet", "účtu", "účtem", "číslo účtu", "bankovní spojení", "č ú", "čú", "bankovní účet"), "sk": ("účet", "účtu", "číslo účtu", "bankové spojenie", "č ú", "čú"),
    "sl": ("račun", "računa", "trr", "transakcijski račun", "bančni račun"), "hr": ("račun", "računa", "žiro račun", "tekući račun", "žiroračun"), "sr": ("račun", "računa", "рачун", "рачуна", "tekući račun", "текући рачун"), "hu": ("számla", "bankszámla", "számlaszám", "bankszámlaszám"),
    "bg": ("сметка", "сметката", "банкова сметка", "банковата сметка"), "uk": ("рахунок", "рахунку", "банківський рахунок"), "el": ("λογαριασμός", "λογαριασμού", "λογαριασμό", "τραπεζικός λογαριασμός"), "mt": ("kont", "kont bankarju"), "ga": ("cuntas", "cuntas bainc"), "tr": ("hesap", "banka hesabı", "hesabı", "hesap no"),
}  # fmt: skip

POSTCODE: Words = {
    "en": ("postcode", "postal code", "post code", "zip", "zip code"), "de": ("plz", "postleitzahl"), "fr": ("code postal",), "es": ("código postal",),
    "pt": ("código postal",), "it": ("codice di avviamento postale", "codice postale"), "ro": ("cod poștal",), "nl": ("postcode", "postnummer"), "da": ("postnummer", "postnr"), "sv": ("postnummer", "postnr"), "no": ("postnummer", "postnr"),
    "is": ("póstnúmer",), "fi": ("postinumero", "postinro"), "et": ("postiindeks", "sihtnumber"), "lv": ("pasta indekss", "pasta indeksu"), "lt": ("pašto kodas", "pašto indeksas"), "pl": ("kod pocztowy", "kodu pocztowego"),
    "cs": ("psč", "směrovací číslo", "p s č"), "sk": ("psč", "smerovacie číslo"), "sl": ("poštna številka",), "hr": ("poštanski broj",), "sr": ("poštanski broj", "поштански број"), "hu": ("irányítószám",),
    "bg": ("пощенски код", "п к"), "uk": ("поштовий індекс", "індекс"), "el": ("τκ", "τ κ", "ταχυδρομικός κώδικας", "ταχ κώδικας"), "mt": ("kodiċi postali",), "ga": ("cód poist",), "tr": ("posta kodu",),
}  # fmt: skip

MONEY = (
    "eur", "euro", "euros", "euroa", "eurot", "€", "usd", "$", "gbp", "£", "chf", "fr", "francs", "franken", "kr", "kč", "kc", "zł", "pln", "лв", "lei", "ron", "ft", "huf", "sek", "dkk", "nok", "isk", "грн", "ευρώ",
    "%", "m2", "m²", "kg", "km", "kwh", "mg", "ml", "mm",
)  # fmt: skip
"""Right behind a number, that it is an amount."""

OTHER_NUMBERS = OTHERS
"""Right before a number, that it is that of an invoice, an article, a law, or an amount."""
