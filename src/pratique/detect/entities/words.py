"""Words of dates and titles in the languages of Europe: data for patterns and for the finder of people."""

# ruff: noqa: E501, RUF001, SIM905 - patterns and lists of words, one a line


def begun(words: str) -> str:
    """RE2: any of the words (parted by ``|``), each at the beginning of a word where RE2 can tell.

    RE2 knows ASCII letters only at a word's edge; a word that begins with another one stands without.
    """
    longest_first = sorted(words.split("|"), key=lambda word: -len(word))
    ascii_first = [word for word in longest_first if word[0].isascii()]
    others = [word for word in longest_first if not word[0].isascii()]
    return "(?:" + "|".join([rf"\b(?:{'|'.join(ascii_first)})"] * bool(ascii_first) + others) + ")"


MONTHS = (
    # of en, de, fr, es, it, pt, nl, sv, da, no, fi, pl (nominative and genitive), cs, hu, ro
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
    # sk, hr, sl, lt, lv, et, el, bg, uk, sr, tr, is, ga, mt: nominative, genitive, partitive
    "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra "
    "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga studenog prosinca "
    "januarja februarja aprila maja junija julija avgusta septembra oktobra novembra decembra "
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio "
    "janvāris janvārī janvāra februāris februārī februāra marts martā marta aprīlis aprīlī aprīļa maijs maijā maija jūnijs jūnijā jūnija "
    "jūlijs jūlijā jūlija augusts augustā septembris septembrī septembra oktobris oktobrī oktobra novembris novembrī novembra decembris "
    "decembrī decembra "
    "jaanuar jaanuaril jaanuari veebruar veebruaril veebruari märts märtsil märtsi aprillil aprilli mai maikuu juuni juunil juuli juulil "
    "augustil augusti septembril septembri oktoober oktoobril oktoobri novembril novembri detsember detsembril detsembri "
    "ιανουάριος ιανουαρίου φεβρουάριος φεβρουαρίου μάρτιος μαρτίου απρίλιος απριλίου μάιος μαΐου μαϊου ιούνιος ιουνίου ιούλιος ιουλίου "
    "αύγουστος αυγούστου σεπτέμβριος σεπτεμβρίου οκτώβριος οκτωβρίου νοέμβριος νοεμβρίου δεκέμβριος δεκεμβρίου "
    "януари февруари март април май юни юли август септември октомври ноември декември "
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня "
    "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра "
    "januara februara juna jula avgusta oktobra "
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık "
    "janúar febrúar maí júní júlí ágúst október nóvember desember "
    "eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa samhain nollaig "
    "jannar frar lulju awwissu settembru ottubru novembru diċembru "
    "jan feb mar apr jun jul aug sep sept oct nov dec okt dez ene ago dic gen mag giu lug set ott fev out des"
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
