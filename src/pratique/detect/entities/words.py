"""Words of dates and titles in the languages of Europe: data for patterns and for the finder of people."""

# ruff: noqa: E501, SIM905 - patterns and lists of words, one a line

MONTHS = (
    # en, de, fr, es, it, pt, nl, sv/da/no, fi, pl (nominative and genitive), cs, hu, ro: longest spelling first is not
    # needed, since patterns end at a word's end.
    "january february march april may june july august september october november december "
    "januar jänner februar märz mai juni juli oktober dezember "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "janeiro fevereiro março maio junho julho setembro outubro dezembro "
    "januari februari maart mei augustus "
    "augusti marts maj "
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta "
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
    "ledna února března dubna května června července srpna září října listopadu prosince "
    "január február március április május június július augusztus szeptember október "
    "ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie "
    "jan feb mar apr jun jul aug sep sept oct nov dec okt dez ene ago dic gen mag giu lug set ott fev out"
)

TITLES = frozenset(
    (
        # en, de, fr, es, it, pt, nl, nordic, pl, cs, ro, hu; without the final full stop
        "mr mrs ms miss mx mister madam sir dr prof professor rev "
        "herr herrn frau fräulein dipl "
        "monsieur madame mademoiselle mme mlle maître "
        "señor señora señorita sr sra srta don doña "
        "signor signora signore signorina sig dott dottor dottoressa avv ing "
        "senhor senhora dona dra "
        "dhr mevr mevrouw meneer mw heer "
        "fru fröken frk hr rouva herra neiti "
        "pan pani pana panu panią paní pán "
        "domnul doamna domnului doamnei dl dna"
    ).split()
)

LOWER_TITLES = frozenset(
    ("señor señora señorita monsieur madame signor signora doña pani mevrouw meneer herr frau ").split()
)
"""Titles that are told in lower case too; the others are words of their own then (``pan``, ``miss``)."""

GREETINGS = frozenset(
    (
        "dear liebe lieber cher chère querido querida estimado estimada caro cara gentile beste kära "
        "kjære drogi droga szanowny szanowna prezado prezada dragă vážený vážená "
    ).split()
)

SIGN_OFFS = frozenset(
    (
        "regards sincerely wishes truly grüßen grüße gruß cordialement atentamente saluti groeten hälsningar "
        "pozdrawiam "
    ).split()
)

NOT_NAMES = frozenset(
    (
        # words that follow titles, greetings and labels without being names
        "all team customer customers client clients colleague colleagues friend friends everyone everybody sir madam sirs "
        "kunden kunde kundin kollegen kolleginnen damen herren herr frau team alle zusammen freunde leser "
        "équipe collègues tous madame monsieur mesdames messieurs clients équipo equipo todos compañeros señor señora "
        "signori signora colleghi tutti cliente clienti heer mevrouw collega allen mr mrs ms dr miss "
        "the a an and or of in on for to from by with unknown none null number no yes id address date email phone"
    ).split()
)

SURNAME_ENDINGS = (
    "owski ewski iński yński owska ewska ińska yńska owicz ewicz czyk ová sson sdóttir søn escu opoulos oglou idis akis ović "
    "ević ić enko chuk shvili adze ian yan oğlu elli etti ini ucci onnen inen änen eira ández ínguez uez"
)
"""Endings of surnames that few other words have."""

NAME_PARTICLES = frozenset(
    (
        "van von de der den del della di da do dos das du la le el al bin ibn ter ten zu zum af av y e i san st mac mc "
    ).split()
)

PEOPLE_CONTEXT = {
    "en": ("name", "named", "patient", "customer", "client", "employee", "dear", "regards", "sincerely", "contact",
           "attn", "signed", "surname", "author", "colleague"),
    "de": ("name", "namens", "patient", "patientin", "kunde", "kundin", "mitarbeiter", "mitarbeiterin", "grüße", "grüßen",
           "ansprechpartner", "unterzeichner", "geehrte", "geehrter", "liebe", "lieber", "vorname", "nachname"),
    "fr": ("nom", "prénom", "patient", "patiente", "client", "cliente", "cher", "chère", "cordialement", "salarié"),
    "es": ("nombre", "apellido", "paciente", "cliente", "estimado", "estimada", "atentamente", "empleado", "querido"),
    "it": ("nome", "cognome", "paziente", "cliente", "gentile", "egregio", "cordiali", "dipendente", "caro", "cara"),
    "nl": ("naam", "patiënt", "klant", "beste", "geachte", "medewerker", "groeten"),
    "pt": ("nome", "apelido", "paciente", "cliente", "caro", "cara", "atenciosamente"),
    "pl": ("imię", "nazwisko", "pacjent", "pacjentka", "klient", "klientka", "szanowny", "szanowna"),
    "sv": ("namn", "patient", "kund", "hej", "hälsningar"),
}  # fmt: skip
