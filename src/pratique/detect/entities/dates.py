"""Dates, dates of birth, ages. A date of birth is a date that a word of birth stands beside."""

# ruff: noqa: E501, RUF001 - patterns and lists of words, one a line

from dataclasses import replace

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.words import MONTHS, begun

_MONTH = "(?i:" + "|".join(sorted(set(MONTHS.split()), key=lambda w: (-len(w), w))) + ")"
_TIME = r"(?:[T ]{1,2}[0-2][0-9]:[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]{1,9})?)?(?: ?(?:Z|UTC|[+\-][0-2][0-9]:?[0-5][0-9]))?)?"
_TIMED = 0.45
"""A date with a time to the second."""
_YEAR = r"(?:1[89]|20|21)[0-9]{2}"
_DAY = r"[0-3]?[0-9]"
_BLANK = r"[ \x{A0}]"
_YEARS_WORD = r"(?:,? ?(?:r\.|г\.|р\.|року|года|г|godine|god\.|g\.|roku|m\.|év))?"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|re|e|º|ª|-an|-án|-én|-e|-i)?"
_OF = r"(?:de |of |d['’]|del |dnia |ta['’] |ta' )?"

DATE_TIME = EntityType(
    name="DATE_TIME",
    patterns=(
        # With seconds it is the time of an event, of a machine's log as often as of a person's.
        Pattern(regex=rf"\b{_YEAR}-[01]?[0-9]-{_DAY}{_TIME}", score=_TIMED, validated=0.6, context=0.7, validator="moment"),
        Pattern(regex=rf"\b{_YEAR}(?:/[01]?[0-9]/|\.[01]?[0-9]\.|\. [01]?[0-9]\. ){_DAY}{_TIME}", score=_TIMED, validated=0.6, context=0.7, validator="moment"),
        Pattern(regex=rf"\b{_DAY}(?:-{_DAY}-|/{_DAY}/|\.{_BLANK}?{_DAY}\.{_BLANK}?| ?/ ?{_DAY} ?/ ?){_YEAR}(?:,? ?{_TIME})", score=_TIMED,
                validated=0.6, context=0.7, validator="moment"),
        Pattern(regex=rf"\b{_DAY}(?:/{_DAY}/|\.{_DAY}\.|-{_DAY}-)[0-9]{{2}}\b", score=0.1, validated=0.4, context=0.65),
        Pattern(regex=rf"\b{_YEAR}[01][0-9][0-3][0-9](?:T?[0-2][0-9][0-5][0-9][0-5][0-9]Z?)?\b", score=0.0, validated=0.2,
                context=0.6),
        Pattern(
            regex=rf"\b{_DAY}{_ORDINAL}[ \x{{A0}}\-]{_OF}{_MONTH}\.?,?(?:[ \x{{A0}}\-]| de | del |, ){_YEAR}{_YEARS_WORD}{_TIME}",
            score=0.65, context=0.75,
        ),
        Pattern(regex=rf"{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}{_TIME}", score=0.65, context=0.75),
        Pattern(regex=rf"\b{_YEAR}\. ?(?:gada |m\. |év |\. )?(?:{_DAY}\. )?{_MONTH} ?(?:{_DAY}\.?(?:-[a-záé]{{1,3}})?)?(?: d\.)?", score=0.5, context=0.7),
        Pattern(regex=rf"\b{_YEAR} m\. {_MONTH} {_DAY} d\.", score=0.65, context=0.75),
        Pattern(regex=rf"\b{_DAY}-{_MONTH}-[0-9]{{2}}\b", score=0.6, context=0.7),
        Pattern(regex=rf"\b{_DAY}(?:\.|st|nd|rd|th|er|º)? (?:de |of )?{_MONTH}", score=0.3, context=0.6),
        Pattern(regex=rf"\b{_DAY}-{_MONTH}", score=0.3, context=0.5),
        Pattern(regex=rf"{_MONTH}-{_YEAR}\b", score=0.35, context=0.5),
        Pattern(regex=rf"{_MONTH}-[0-9]{{2}}\b", score=0.1, context=0.3),
        Pattern(regex=r"\b(?:0?[1-9]|1[0-2])/[0-9]{4}\b", score=0.2, context=0.45, validator="unchecked"),
        Pattern(regex=r"\b(?:0?[1-9]|1[0-2])/[0-9]{2}\b", score=0.1, context=0.3, validator="unchecked"),
    ),
    context={
        "en": ("born", "birth", "dob", "birthday", "date", "died", "admitted"), "de": ("geboren", "geburtsdatum", "geb", "datum"),
        "fr": ("né", "née", "naissance", "date"), "es": ("nacido", "nacida", "nacimiento", "fecha"),
        "it": ("nato", "nata", "nascita", "data"), "nl": ("geboren", "geboortedatum", "datum"), "pt": ("nascido", "nascimento"),
        "pl": ("urodzony", "urodzona", "urodzenia", "data"), "sv": ("född", "födelsedatum", "datum"),
    },
    validator="date",
    field_names=("date", "datetime", "timestamp", "time", "dob", "birth date", "date of birth", "birthday", "datum",
                 "geburtsdatum", "fecha", "data di nascita", "date de naissance", "created at", "updated at", "starting time"),
    source="ISO 8601-1; the numeric and written forms of CLDR for the languages of Europe",
    examples=("2024-11-23", "23-11-2024", "11-23-2024", "23.11.2024", "2024-11-23T12:30Z", "3 March 2024", "23. November 2024",
              "le 1er avril 2021", "November 3, 2021", "21-MAY-2012", "21-may-12", "12 януари 2021 г.", "5 Μαΐου 2020", "3. siječnja 1999.",
              "2019. március 5.", "2021 m. kovo 11 d.", "14 Ekim 1980"),
    with_context=("born 03/04/85", "date: 2024-11-23T12:30:00Z"),
    not_examples=("2024-13-45", "32-01-2024", "1.2.34", "12:30", "3/4", "99-99-9999", "May", "MAR-12", "5/21", "5/2012", "2024-11-23T12:30:00Z"),
)  # fmt: skip

_BORN = {
    "en": ("born", "born on", "birth", "dob", "d o b", "birthday", "birthdate", "date of birth"),
    "de": ("geboren", "geboren am", "geburtsdatum", "geb", "geburtstag", "geborene", "geborener", "geburts"),
    "fr": ("né", "née", "né le", "née le", "naissance", "date de naissance", "nés"),
    "es": ("nacido", "nacida", "nacimiento", "fecha de nacimiento", "nació", "f nac"),
    "it": ("nato", "nata", "nascita", "data di nascita", "nacque", "nati"),
    "pt": ("nascido", "nascida", "nascimento", "data de nascimento", "nasceu"),
    "nl": ("geboren", "geboortedatum", "geb", "geboorte"),
    "pl": ("urodzony", "urodzona", "urodzenia", "ur", "urodzonego", "urodzonej", "urodzonym", "urodził", "urodziła"),
    "cs": ("narozen", "narozena", "narozený", "narozená", "narození", "nar", "narozeného", "narozené"),
    "sk": ("narodený", "narodená", "narodenia", "nar", "narodeného", "narodenej", "narodil", "narodila"),
    "hu": ("született", "születési", "szül", "születésű", "születés"),
    "ro": ("născut", "născută", "nașterii", "naşterii", "nascut", "nascuta"),
    "bg": ("роден", "родена", "раждане", "рождение", "родения", "родената", "род"),
    "el": ("γεννηθείς", "γεννηθείσα", "γεννήσεως", "γέννησης", "γεννήθηκε", "γεν", "γεννηθέντος", "γεννηθείσας"),
    "hr": ("rođen", "rođena", "rođenja", "rođenog", "rođene"), "sr": ("рођен", "рођена", "рођења", "rođen", "rođena"),
    "sl": ("rojen", "rojena", "rojstva", "rojenega", "rojene"),
    "lt": ("gimęs", "gimusi", "gimimo", "gim", "gimusio", "gimusios"), "lv": ("dzimis", "dzimusi", "dzimšanas", "dz"),
    "et": ("sündinud", "sünniaeg", "sünnikuupäev", "sünd"), "fi": ("syntynyt", "syntymäaika", "syntymäpäivä", "synt", "syntymä"),
    "sv": ("född", "födelsedatum", "född den", "födelsedag", "födda"), "da": ("født", "fødselsdato", "fødselsdag"),
    "no": ("født", "fødselsdato"), "is": ("fæddur", "fædd", "fæðingardagur", "fæðingardag"),
    "ga": ("rugadh", "breithe", "dáta breithe"), "mt": ("twieled", "twieldet", "twelid"),
    "tr": ("doğum", "doğumlu", "doğan", "doğum tarihi"), "uk": ("народився", "народилася", "народження", "р н"),
}  # fmt: skip

DATE_OF_BIRTH = EntityType(
    name="DATE_OF_BIRTH",
    patterns=tuple(
        # As a date alone it says nothing of a birth.
        replace(p, score=0.0, validated=0.0, context=0.9 if p.best >= 0.6 else 0.6)  # noqa: PLR2004 - sure of a date
        for p in DATE_TIME.patterns[:11]
    ),
    context=_BORN,
    validator="date",
    field_names=("dob", "birth date", "birthdate", "date of birth", "birthday", "born", "geburtsdatum", "geburtstag", "fecha de nacimiento",
                 "data di nascita", "date de naissance", "data de nascimento", "geboortedatum", "data urodzenia", "födelsedatum",
                 "fødselsdato", "datum narození", "dátum narodenia", "születési dátum", "data nașterii", "datum rođenja", "syntymäaika",
                 "дата на раждане", "ημερομηνία γέννησης", "datum rojstva", "gimimo data", "dzimšanas datums", "sünniaeg"),
    source="ISO 8601-1; CLDR; words of birth in the languages of Europe",
    with_context=(
        "born on 3 March 1984", "geb. 12.05.1981", "née le 4 juillet 1990", "nacido el 12/05/1981", "nata a Roma il 5.6.1979", "ur. 1980-01-02",
        "narozen dne 1. 2. 1980", "narodená 1.2.1980", "született: 1980. 05. 12.", "născut la data de 12.05.1981", "роден на 12.05.1981 г.",
        "γεννήθηκε στις 12/05/1981", "rođena 12. svibnja 1981.", "rojen 12. 5. 1981", "gimęs 1981-05-12", "dzimusi 1981. gada 12. maijā",
        "sündinud 12.05.1981", "synt. 12.5.1981", "född 1981-05-12", "født 12.05.1981", "fædd 12. maí 1981", "doğum tarihi: 12.05.1981",
        "DOB: 05/12/1981", "Date of birth: 12 May 1981",
    ),
    not_examples=("12.05.1981", "3 March 1984", "signed on 12.05.1981", "born in Rome"),
)  # fmt: skip

_N = r"(?:1[01][0-9]|120|[1-9]?[0-9])"
_WORDED = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_OLD = (
    # After the number: words that speak of nothing but an age.
    r"years? old|yrs? old|years? of age|yr-old|year-old|months? old|weeks? old|y/o|yo|Jahre alt|Jahren alt|Monate alt|ans révolus|años de edad|meses de edad|"
    r"anni di età|anos de idade|jaar oud|maanden oud|lat[a]? życia|let starý|let stará|let starého|let stara|let star|rokov starý|"
    r"éves|esztendős|ani vârstă|ani împliniți|години на възраст|годишен|годишна|годишния|годишната|годишно|ετών|χρονών|godina starosti|godina star|metų amžiaus|metų|"
    r"gadus vecs|gadus veca|gadu vecs|gadu veca|gadu vecumā|aastat vana|aastane|aasta vanune|vuotta vanha|vuotias|vuotiaan|år gammal|år gammel|årig|ára gamall|ára gömul|ára|"
    r"bliain d'aois|sena ta' età|yaşında|yaşındaki|років|роки|річний|річна|година стар"
)
_AGED = begun(
    # Before the number.
    r"aged|age|age of|im Alter von|Alter|âgée? de|agée? de|edad|de edad|di età|età|idade|leeftijd|in de leeftijd van|w wieku|wiek|ve věku|věk|vo veku|vek|"
    r"kora|életkora|în vârstă de|vârsta|на възраст|възраст|ηλικίας|ηλικία|u dobi od|dob|starost|starosti|amžius|vecums|vanus|ikä|i en ålder av|ålder|alder|aldur|aois|età ta'|yaş|yaşı|вік|віком|у віці"
)

AGE = EntityType(
    name="AGE",
    patterns=(
        Pattern(regex=rf"\b{_N}[ \x{{A0}}\-]{{1,2}}(?i:{_OLD})", score=0.75, context=0.8, edges="word"),
        Pattern(regex=rf"(?i)\b{_WORDED}[ \-](?:years?[ \-]old|years? of age)\b", score=0.75, context=0.8, edges="word"),
        Pattern(regex=rf"\b{_N}-?(?:jährig(?:e[rnms]?)?|Jährig(?:e[rn]?)?|éves|letn?(?:í|ího|ímu|á|ý|a|i|ia|ego|iego|iej)|ročn(?:ý|á|ého|ej)|godišnj(?:i|a|eg|e)|годишн(?:а|ия|ата)|vuotia(?:s|an)|årig(?:e|a)?|jarige)",
                score=0.75, context=0.8, edges="word"),
        Pattern(regex=rf"(?i:{_AGED}) ?:? ?(?:de |od )?{_N}\b", lead=rf"(?i:{_AGED}) ?:? ?(?:de |od )?", score=0.7, context=0.75),
        Pattern(regex=rf"\b{_N} (?:ans|años|anni|anos|jaar|lat|lata|let|rokov|ani|години|godina|Jahre|Jahren|år|vuotta|aastat|gadi|gadu)\b", score=0.1, context=0.65,
                edges="word", near=("âgé", "âgée", "edad", "età", "idade", "leeftijd", "wiek", "wieku", "věk", "vek", "vârstă", "възраст", "dob", "starost", "alter", "ålder",
                                    "alder", "ikä", "vanus", "vecums", "patient", "patientin", "paciente", "paziente", "pacjent", "pacjentka")),
    ),
    context={"en": ("age", "aged", "patient")},
    field_names=("age", "alter", "âge", "edad", "età", "idade", "leeftijd", "wiek", "věk", "kor", "vârsta", "възраст", "ikä", "ålder", "alder"),
    source="ages as written in the languages of Europe",
    examples=(
        "aged 43", "43 years old", "a 43-year-old woman", "43 Jahre alt", "eine 43-jährige Frau", "im Alter von 43 Jahren", "âgée de 43 ans", "43 años de edad",
        "43 anni di età", "43 jaar oud", "w wieku 43 lat", "ve věku 43 let", "43 éves", "în vârstă de 43 de ani", "на възраст 43 години", "ηλικίας 43 ετών",
        "u dobi od 43 godine", "43 metų amžiaus", "43 gadus vecs", "43-aastane", "43-vuotias", "43 år gammal", "yaşı: 43", "thirty-two years old", "Age: 43",
    ),
    not_examples=("43", "page 43", "43 years", "for 10 ans", "version 43", "storage 43"),
)  # fmt: skip

TYPES = (DATE_TIME, DATE_OF_BIRTH, AGE)
