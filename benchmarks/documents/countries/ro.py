"""Romania. Names have nominative and the genitive and dative that women's given names have."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import fill, grouped, iban, weighted
from benchmarks.documents.country import Country, IdKind, Kind, Person

_COUNTIES = ("CJ", "TM", "IF", "BV", "RX", "DP", "MX", "SB", "XZ", "KT", "GL", "VN", "ZV")


def _cnp(random: Random, person: Person) -> str:
    """Sex and century, birth, county, serial number, check digit (weights 279146358279)."""
    first = (2 if person.female else 1) + (4 if person.birth.year >= 2000 else 0)
    front = f"{first}{person.birth:%y%m%d}{random.choice((*range(1, 47), 51, 52)):02d}{random.randint(1, 999):03d}"
    check = weighted(front, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return f"{front}{1 if check == 10 else check}"


def _card(random: Random, _person: Person) -> str:
    series, number = random.choice(_COUNTIES), fill(random, "%#####")
    return random.choice(
        (
            f"{series} {number}",
            f"{series}{number}",
            f"{series} nr. {number}",
            f"{series} nr {number}",
            f"{series}, nr. {number}",
        )
    )


def _iban(random: Random, _person: Person) -> str:
    value = iban("RO", random.choice(("BTRL", "RNCB", "BRDE", "INGB", "BACX")) + fill(random, "################"))
    return random.choice((grouped(value), value))


IDS = (
    IdKind("cnp", ("CNP", "C.N.P.", "cod numeric personal", "CNP-ul", "codul numeric personal", "având CNP", "Cod Numeric Personal (CNP)"), _cnp, ("#############", "#############", "#############", "# ###### ######", "# ## ## ## ## ### #"), ("CNP",), 6, unlabelled=True),
    IdKind("card", ("C.I. seria", "CI seria", "carte de identitate seria", "identificat cu CI seria", "posesoare a C.I. seria", "B.I. seria", "act de identitate seria", "legitimată cu cartea de identitate seria"), _card, ("",), ("Serie și nr. CI", "CI"), 5),
    IdKind("passport", ("pașaport", "pașaport nr.", "pașaportul", "numărul pașaportului", "Pașaport"), lambda r, _p: fill(r, "05#######"), ("#########",), ("Pașaport",), 2),
    IdKind("licence", ("permis de conducere", "permisul de conducere", "permis de conducere nr."), lambda r, _p: r.choice("BCT") + fill(r, "00######") + r.choice("AMXZ"), ("",), ("Permis",), 1),
)  # fmt: skip

FILLERS = (
    "Orice modificare a prezentului înscris se face numai prin act adițional semnat de părți, potrivit {law}.",
    "Factura nr. {inv} în valoare de {amount} a fost achitată la data de {date}.",
    "Prezentul înscris a fost încheiat în două exemplare originale, câte unul pentru fiecare parte.",
    "Termenul este de {=15 zile} și curge de la primirea prezentei.",
    "Conform {law}, cel care face o susținere trebuie să o dovedească.",
    "Suprafața utilă este de {n},40 mp, iar contorul indica la predare 48213 kWh.",
    "Au fost predate două chei de la apartament și una de la cutia poștală.",
    "Copiile actelor sunt anexate; originalele se prezintă la cerere în termen de {=o săptămână}.",
    "Suma de {amount} se achită cel târziu la data de {date}, cu mențiunea {ref}.",
    "Coletul cu numărul {inv} a ajuns întreg și nedeteriorat.",
    "Fiecare parte își suportă propriile cheltuieli de judecată.",
    "Ședința a durat de la ora {=9.15} până la ora {=11.40}, fără obiecții la încheiere.",
    "Litigiile sunt de competența instanțelor din {here}.",
    "Potrivit jurisprudenței constante (dosar nr. {case}), critica este neîntemeiată.",
    "Prevederile {law} se aplică în mod corespunzător.",
)

CONTRACT = Kind(
    opening=(
        ("CONTRACT DE ÎNCHIRIERE", "Contract individual de muncă", "CONTRACT DE ÎMPRUMUT", "Contract de vânzare-cumpărare", "Contract de prestări servicii"),
        (
            "Încheiat între:\n{p?Domnul|Doamna} {p}, {p?născut|născută} la data de {p.dob} în {town}, {p?domiciliat|domiciliată} în {p.addr}, {p.id}, în calitate de locator,\nși\n{q?domnul|doamna} {q}, cu domiciliul în {q.addr}, {q.id}, în calitate de locatar.",
            "Societatea {org}, reprezentată de {p?domnul|doamna} {p}, și {q?domnul|doamna} {q}, {q.addr} ({q.id}), au convenit următoarele:",
            "PĂRȚILE\n\n{p.form}\n\nși\n\n{q.form}",
            "{p}, n. {p.dob}\n{p.lines}\n\n{q}, n. {q.dob}\n{q.lines}\n\nîncheie prezentul contract:",
        ),
    ),
    body=(
        "{p?Domnul|Doamna} {p.s} transmite {q?domnului|doamnei} {q.s}, începând cu data de {date}, folosința locuinței din {p.addr}.",
        "Chiria de {amount} se plătește prin virament în contul {p?lui|} {p.gen}: {p.account}.",
        "Pentru chestiuni tehnice, persoana de contact este {r}, tel. {r.tel}, e-mail {r.mail}.",
        "{q?Salariatul|Salariata} declară următoarele date: {q.id}; {q.id}.",
        "Salariul brut de {amount} se virează în contul IBAN {q.iban}.",
        "Fideiusor este {r}, {r?domiciliat|domiciliată} în {r.addr}, {r?născut|născută} la {r.dob}, cu carte de identitate eliberată de SPCLEP {town} la data de {date}, seria {r.card}.",
        "Notificările către {p} se trimit la {p.mail}, iar cele către {q} la telefonul {q.mob}.",
        "Garanția de {amount} a fost depusă de {q.i} la data de {date}.",
        "Persoanele care vor locui în imobil:\n{table}",
        "În scop fiscal, părțile comunică: {p.s} – {p.cnp}, {q.s} – {q.cnp} (coduri numerice personale).",
        "În caz de urgență va fi anunțat {r}, mobil {r.mob}.",
    ),
    closing=(
        ("{here}, la data de {date}", "Încheiat astăzi, {date}, la {here}", "{here}, {date}"),
        ("Locator,                Locatar,\n{p}                {q}", "{p.i}          {q.i}", "LOCATOR: {p.u}\nLOCATAR: {q.u}", "Semnătura: {p}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel.: {p.tel}\n{p.mail}", "{p}, {p.addr}\nmobil {p.mob}", "Expeditor: {p.u}, {p.addr}", "{org}\nPersoană de contact: {p}\nTelefon: {p.tel}\nE-mail: {p.mail}"),
        ("{q?Domnului|Doamnei}\n{q.gen}\n{q.lines}", "Către: {q}\n{q.lines}", "{org2}\nÎn atenția {q?domnului|doamnei} {q.gen}\n{q.lines}"),
        ("{here}, {date}", "{date}", "{date}, nr. de înregistrare {ref}"),
        ("Ref.: scrisoarea dvs. din {date}, dosar {ref}", "Cerere de rambursare – {p.id}", "Denunțarea contractului {ref}", "Contestație la decizia din {date}, {p.id}"),
        ("{q?Stimate domnule|Stimată doamnă} {q.s},", "Bună ziua,", "Stimați domni,"),
    ),
    body=(
        "așa cum am stabilit la {date} cu {r?domnul|doamna} {r.s}, vă transmit datele cerute.",
        "Contul meu bancar s-a schimbat; vă rog să plătiți de acum în {p.account}.",
        "M-am mutat și locuiesc din {date} în {p.addr}.",
        "Pentru soluționare vă comunic datele mele: {p.id}, {p?născut|născută} la {p.dob}.",
        "Mă puteți contacta la {p.tel}, seara la {p.mob}, sau la {p.mail}.",
        "L-am împuternicit pe {r}, {r?născut|născută} la {r.dob}; {r.id}.",
        "Pașaportul pe care l-am cerut la {date} și l-am ridicat abia de curând are numărul {p.passport}.",
        "Vă rog să trimiteți o copie la {r}, {r.addr}.",
        "La întrebări răspunde {r.i} ({r.mail}, fax {r.tel}).",
        "Deși am revenit la {date}, suma de {amount} nu a fost încasată.",
        "Alăturat, lista persoanelor vizate:\n{table}",
        "În evidențele noastre figurați cu {q.cnp}; dacă nu este corect, vă rugăm să ne anunțați.",
    ),
    closing=(("Cu stimă,", "Cu respect,", "Vă mulțumesc,"), ("{p}", "{p}\nDirector general", "p. {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("DECLARAȚIE PE PROPRIA RĂSPUNDERE", "Împuternicire", "PROCURĂ", "Consimțământ", "Declarație"),
        (
            "{p?Subsemnatul|Subsemnata} {p}, {p?născut|născută} la data de {p.dob} în {town}, {p?domiciliat|domiciliată} în {p.addr}, {p.id}, declar pe propria răspundere că:",
            "{p.form}\n\nDeclar următoarele:",
            "{p?Subsemnatul|Subsemnata} {p.u}, {p.addr}, telefon {p.tel}, {p.id}, declar:",
            "{p?Subsemnatul|Subsemnata} {p} (n. {p.dob}) împuternicesc pe {q}, {q.addr}, {q.id}, să mă reprezinte.",
        ),
    ),
    body=(
        "Sunt {p?căsătorit|căsătorită} din {date} cu {q}, {q?angajat|angajată} la {org}.",
        "{p.id}; fiicei mele {r.gen} nu i s-a atribuit încă.",
        "Vehiculul a fost predat la {date} {q?domnului|doamnei} {q.s}, {q.addr}.",
        "Martori la eveniment au fost {q} și {r}.",
        "Pot fi {p?contactat|contactată} la {p.tel} și la {p.mail}.",
        "Suma se va plăti în {p.account}.",
        "În 2024 nu am avut venituri peste {amount}; {p.id}.",
        "Au mai fost de față:\n{table}",
        "Medicul de familie {r}, {r.addr}, tel. {r.tel}, este eliberat de secretul profesional.",
        "La administrația fiscală figurez cu {p.cnp}.",
        "Cunosc prevederile {law} privind falsul în declarații.",
    ),
    closing=(("{here}, {date}", "Data {date}, {here}"), ("{p}", "Semnătura {p}", "{p.r}", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("ROMÂNIA\n{court}", "{court}"),
        ("Dosar nr. {case}", "dosarul nr. {case}"),
        ("SENTINȚA CIVILĂ din {date}", "DECIZIA", "Încheierea din {date}"),
        (
            "Pe rol soluționarea cauzei privind pe reclamantul {p}, cu domiciliul în {p.addr}, în contradictoriu cu pârâtul {q}, cu domiciliul în {q.addr}, reprezentat de avocat {r}.",
            "În cauza penală privind pe {p?inculpatul|inculpata} {p}, {p?născut|născută} la {p.dob} în {town}, {p.addr}, {p.id}, {p?asistat|asistată} de avocat {r}",
            "{p.u} c/ {q.u}\n1. {p}, {p.addr}\n2. {q}, {q.addr}",
        ),
    ),
    body=(
        "La data de {date}, {p?reclamantul|reclamanta} {p.s} a încheiat cu {q?pârâtul|pârâta} {q.s} un contract în valoare de {amount}.",
        "{q?Pârâtul|Pârâta} a virat suma în {p.account}.",
        "{r?Martorul|Martora} {r}, {r.addr}, a arătat că {q.s} l-a sunat la {date} de la numărul {q.mob}.",
        "Potrivit evidenței populației, {q.s} ({q.id}) locuiește din {date} în {q.addr}.",
        "Prin e-mailul din {date}, trimis de la adresa {q.mail}, {q.i} a susținut că factura {inv} este plătită.",
        "Casa de pensii îl evidențiază pe reclamant cu {p.cnp}.",
        "Acțiunea este întemeiată în temeiul {law}; a se vedea și dosarul {case}.",
        "{r?Expertul|Experta} {r} și-a menținut raportul din {date}.",
        "Din actul de identitate prezentat în ședință, depus în copie la dosar, rezultă seria {p.card}.",
        "Părțile din dosar:\n{table}",
    ),
    closing=(
        ("Obligă {q?pârâtul|pârâta} {q.s} la plata sumei de {amount}.", "Respinge celelalte capete de cerere ({law})."),
        ("Președinte, {r}", "Judecător {r}", "Grefier, {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="ro",
    cases=("nom", "gen"),
    men="Andrei, Ion, Gheorghe, Ștefan, Mihai, Vasile, Răzvan, Cătălin, Dumitru, Bogdan, Constantin, Ionuț, Florin, Ilie, Traian, Sorin",
    women="Maria/Mariei, Elena/Elenei, Ioana/Ioanei, Ana/Anei, Mihaela/Mihaelei, Georgiana/Georgianei, Andreea/Andreei, Rodica/Rodicăi, Simona/Simonei, Viorica/Vioricăi, Ileana/Ilenei, Cristina/Cristinei, Lăcrămioara/Lăcrămioarei, Daniela/Danielei, Roxana/Roxanei",
    surnames="Popescu, Ionescu, Dumitrescu, Stănescu, Mureșan, Câmpeanu, Țurcanu, Georgescu, Rusu, Moldovan, Șerban, Lupu, Vlădescu, Nagy, Ciobanu, Pârvulescu, Barbu, Olteanu, Nistor, Dragomir, Sârbu, Crăciun",
    women_surnames="",
    compound=(0.1, "-"),
    second=0.25,
    titles=("dr.", "ing.", "prof. univ. dr.", "av."),
    towns="010011 București, 400001 Cluj-Napoca, 300001 Timișoara, 700028 Iași, 900001 Constanța, 500001 Brașov, 550001 Sibiu, 200001 Craiova, 410001 Oradea, 800001 Galați, 330001 Deva, 430001 Baia Mare, 720001 Suceava, 600001 Bacău, 240001 Râmnicu Vâlcea",
    streets="str. Mihai Viteazu, Bd. Unirii, Calea Victoriei, str. Florilor, Aleea Teilor, șos. Ștefan cel Mare, str. Gen. Magheru, str. 1 Decembrie 1918, Piața Avram Iancu, str. Lungă, str. Nicolae Bălcescu, Bdul. Carol I, str. Izvorului, Calea Dorobanților, Strada Plopilor, Intrarea Zorilor",
    address=("{street} nr. {no}{flat}, {town}", "{street} nr. {no}{flat}, {code} {town}", "{street}, nr. {no}{flat}, {town}, cod poștal {code}", "{town}, {street} nr. {no}{flat}"),
    flats=(", bl. %#, sc. A, et. %, ap. %#", ", ap. %", ", bl. A%, ap. %#", ", et. %, ap. %"),
    numbers=("%", "%#", "%##", "%#A", "%bis"),
    phones=("021 ### ## ##", "0264-######", "+40 21 ### ## ##", "0256 ### ###", "(0232) ### ###", "+40 268 ### ###"),
    mobiles=("072# ### ###", "+40 74# ### ###", "073#######", "0755-###-###", "+4076#######", "0744 ## ## ##"),
    mail_hosts=("yahoo.ro", "mail.ro", "rdslink.ro", "posta-mea.ro", "clicknet.ro"),
    accounts=(("IBAN", _iban), ("contul IBAN", _iban), ("cont", _iban), ("contul nr.", _iban)),
    ids=IDS,
    joins=(" ", ": ", ": ", " ", " (…)", ":\n", " – ", ":", "", "\u00a0"),
    dates=("{dd}.{mm}.{y}", "{d} {month} {y}", "{dd}/{mm}/{y}", "{dd}-{mm}-{y}"),
    months="ianuarie, februarie, martie, aprilie, mai, iunie, iulie, august, septembrie, octombrie, noiembrie, decembrie",
    amounts=("%.### lei", "%## lei", "%#.###,## RON", "%.### euro"),
    organisations=("SC {w} SRL", "{w} S.A.", "S.C. {s} Impex S.R.L.", "Cabinet {s} și Asociații"),
    firms="Carpatbuild, Dacia Agro, Medlux, Transilvan Logistic, Nordic Lemn, Energo Oltenia, Casa Verde, Delta Pesc",
    courts=("Judecătoria {town}", "Tribunalul {town}", "Curtea de Apel {town}", "JUDECĂTORIA {town}"),
    cases_of_courts=("%####/3/YYYY", "%###/211/YYYY", "%##/120/YYYY", "%####/325/YYYY*"),
    invoices=("FCT ####", "INV-YYYY-####", "%#####/YYYY", "C4######"),
    laws=("art. %### din Codul civil", "art. 1## alin. (%) din Codul de procedură civilă", "art. 326 din Codul penal", "Legii nr. %##/2004"),
    labels={
        "name": ("Nume și prenume", "Numele și prenumele", "Nume"), "born": ("Data nașterii", "Născut la"), "address": ("Adresa", "Domiciliul", "Domiciliu"), "phone": ("Telefon", "Tel."),
        "mobile": ("Mobil", "Telefon mobil"), "mail": ("E-mail", "Adresă de e-mail"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
