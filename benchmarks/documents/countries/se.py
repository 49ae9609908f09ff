"""Sweden."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, luhn_digit
from benchmarks.documents.country import Country, IdKind, Kind, Person


def _personal(random: Random, person: Person) -> str:
    """Birth, serial number with the sex, Luhn's digit; written with ten or twelve digits."""
    serial = f"{random.randint(0, 99):02d}{random.choice('02468' if person.female else '13579')}"
    number = f"{serial}{luhn_digit(f'{person.birth:%y%m%d}{serial}')}"
    day = f"{person.birth:%y%m%d}"
    return random.choice(
        (
            f"{day}-{number}",
            f"{day}-{number}",
            f"{person.birth:%Y%m%d}-{number}",
            f"{person.birth:%Y%m%d}{number}",
            f"{day}{number}",
            f"{person.birth:%Y%m%d} {number}",
            f"{day} {number}",
        )
    )


def _coordination(random: Random, person: Person) -> str:
    """As a personal number, with 60 added to the day."""
    day = f"{person.birth:%y%m}{person.birth.day + 60}"
    serial = digits(random, 3)
    return f"{day}-{serial}{luhn_digit(day + serial)}"


def _bban(random: Random) -> str:
    return random.choice(("500", "300", "600", "800", "120")) + digits(random, 17, "0")


def _iban(random: Random, _person: Person) -> str:
    value = iban("SE", _bban(random))
    return random.choice((grouped(value), grouped(value), value))


def _clearing(random: Random, _person: Person) -> str:
    return fill(
        random,
        random.choice(
            ("5%##-## ### ##", "3300-######-####", "6%##-### ### ###", "8###-#, ### ### ###-#", "9### ## ### ##")
        ),
    )


def _giro(random: Random, _person: Person) -> str:
    front = digits(random, 6, "5")
    value = front + luhn_digit(front)
    return f"{value[:3]}-{value[3:]}"


IDS = (
    IdKind("personal", ("personnummer", "personnr", "pers.nr", "Personnummer", "person-/samordningsnummer", "p.nr", "med personnummer", "Pnr"), _personal, ("",), ("Personnummer", "Personnr"), 8, unlabelled=True),
    IdKind("coordination", ("samordningsnummer", "samordningsnr", "med samordningsnummer"), _coordination, ("",), ("Samordningsnummer",), 1, unlabelled=True),
    IdKind("passport", ("pass", "passnummer", "pass nr", "svenskt pass", "passnr", "legitimerad med pass nr"), lambda r, _p: fill(r, "%#######"), ("########", "########", "## ### ###"), ("Passnr",), 2),
    IdKind("card", ("nationellt id-kort", "id-kort nr", "id-kortsnummer", "ID-kort"), lambda r, _p: fill(r, "%#######"), ("########",), ("ID-kort nr",), 1),
)  # fmt: skip

FILLERS = (
    "Ändringar av denna handling ska göras skriftligen för att vara giltiga ({law}).",
    "Faktura {inv} på {amount} betalades den {date}.",
    "Handlingen är upprättad i två exemplar, av vilka parterna tagit var sitt.",
    "Fristen är {=fjorton dagar} från mottagandet av detta brev.",
    "Enligt {law} åligger bevisbördan den som åberopar omständigheten.",
    "Boarean är {n},40 kvm och mätarställningen vid överlämnandet var 48213 kWh.",
    "Två nycklar till bostaden och en till postlådan har överlämnats.",
    "Kopior bifogas; originalen visas upp på begäran.",
    "Beloppet {amount} ska betalas senast den {date} med angivande av referens {ref}.",
    "Försändelsen med nummer {inv} kom fram hel och oskadad.",
    "Vardera parten står för sina egna rättegångskostnader.",
    "Förhandlingen pågick från {=kl. 9.15} till {=kl. 11.40}; inga invändningar mot protokollet framfördes.",
    "Tvister ska prövas av behörig domstol i {here}.",
    "Enligt fast praxis ({case}) saknar invändningen betydelse.",
    "I övrigt gäller {law}.",
)

CONTRACT = Kind(
    opening=(
        ("HYRESAVTAL", "Anställningsavtal", "SKULDEBREV", "Köpeavtal", "Uppdragsavtal"),
        (
            "Mellan {p}, född {p.dob}, {p.addr}, {p.id}, nedan kallad hyresvärden, och {q}, {q.addr}, {q.id}, nedan kallad hyresgästen, har följande avtal träffats:",
            "{org}, genom {p}, och {q}, {q.addr} ({q.id}), har kommit överens om följande:",
            "PARTER\n\n{p.form}\n\nOCH\n\n{q.form}",
            "{p}, f. {p.dob}\n{p.lines}\n\n{q}, f. {q.dob}\n{q.lines}\n\ningår följande avtal:",
        ),
    ),
    body=(
        "{p?Herr|Fru} {p.s} upplåter från den {date} till {q} bostaden på {p.addr}.",
        "Hyran om {amount} per månad betalas till {p}, {p.account}.",
        "Kontaktperson i tekniska frågor är {r}, telefon {r.tel}, e-post {r.mail}.",
        "Arbetstagaren lämnar följande uppgifter: {q.id}; {q.id}.",
        "Bruttolönen {amount} betalas ut till IBAN {q.iban}.",
        "Borgensman är {r}, {r.addr}, född {r.dob}, vars pass, utfärdat av Polismyndigheten i {town} den {date}, har nummer {r.passport}.",
        "Meddelanden till {p} skickas till {p.mail} och till {q} via sms på {q.mob}.",
        "Depositionen {amount} erlades av {q.i} den {date}.",
        "Följande personer kommer att bo i lägenheten:\n{table}",
        "För skatteändamål uppger parterna: {p.s} {p.personal}, {q.s} {q.personal} (personnummer).",
        "I brådskande fall rings {r}, mobil {r.mob}.",
    ),
    closing=(
        ("{here} den {date}", "{here}, {date}", "Ort och datum: {here} {date}"),
        ("Hyresvärd                Hyresgäst\n{p}                {q}", "{p.i}          {q.i}", "Namnförtydligande: {p}\nNamnförtydligande: {q}", "{p.u}\n\n{q.u}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel. {p.tel}\n{p.mail}", "{p}, {p.addr}\nmobil {p.mob}", "Avsändare: {p.u}, {p.addr}", "{org}\nHandläggare: {p}\nDirekttelefon: {p.tel}\nE-post: {p.mail}"),
        ("{q}\n{q.lines}", "Till {q}\n{q.lines}", "{org2}\nAtt: {q}\n{q.lines}"),
        ("{here} den {date}", "{date}", "{here} {date}   Vår beteckning: {ref}"),
        ("Angående: ert brev den {date}, ärende {ref}", "Ansökan om återbetalning – {p.id}", "Uppsägning av avtal {ref}", "Överklagande av beslut den {date}, {p.id}"),
        ("Hej {q.g},", "Bästa {q?herr|fru} {q.s},", "Till den det berör,"),
    ),
    body=(
        "Som avtalades den {date} med {r}, översänder jag de begärda uppgifterna.",
        "Mitt konto har ändrats; var vänlig betala hädanefter till {p.account}.",
        "Jag har flyttat och bor sedan den {date} på {p.addr}.",
        "För handläggningen lämnar jag mina uppgifter: {p.id}, född {p.dob}.",
        "Jag nås på {p.tel}, på kvällen på {p.mob}, eller via {p.mail}.",
        "Som ombud har jag utsett {r}, född {r.dob}; {r.id}.",
        "Passet som jag ansökte om den {date} och nyligen hämtade har nummer {p.passport}.",
        "Vänligen skicka en kopia till {r}, {r.addr}.",
        "Frågor besvaras av {r.i} ({r.mail}, fax {r.tel}).",
        "Trots påminnelse den {date} har {amount} inte kommit in.",
        "Nedan följer en lista över berörda personer:\n{table}",
        "I vårt register är ni upptagen med {q.personal}; om det inte stämmer, hör av er.",
    ),
    closing=(("Med vänlig hälsning", "Högaktningsfullt", "Vänliga hälsningar från {here}"), ("{p}", "{p}\nVerkställande direktör", "enligt uppdrag, {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("FÖRSÄKRAN", "Fullmakt", "INTYG", "Medgivande", "Samtycke"),
        (
            "Jag, {p}, född den {p.dob} i {town}, boende på {p.addr}, {p.id}, försäkrar på heder och samvete att:",
            "{p.form}\n\nJag intygar följande:",
            "Undertecknad {p.u}, {p.addr}, telefon {p.tel}, {p.id}, intygar:",
            "Jag, {p} (f. {p.dob}), ger {q}, {q.addr}, {q.id}, fullmakt att företräda mig.",
        ),
    ),
    body=(
        "Jag är sedan den {date} gift med {q}, anställd hos {org}.",
        "Mitt {p.id}; min dotter {r} har ännu inte fått något.",
        "Fordonet överlämnades den {date} till {q}, {q.addr}.",
        "Vittnen till händelsen var {q} och {r}.",
        "Jag kan nås på {p.tel} och {p.mail}.",
        "Ersättningen betalas till {p.account}.",
        "Under 2024 hade jag inga inkomster över {amount}; {p.id}.",
        "Närvarande var även:\n{table}",
        "Läkaren {r}, {r.addr}, tel. {r.tel}, befrias från tystnadsplikten.",
        "Hos Skatteverket är jag registrerad med {p.personal}.",
        "Jag känner till påföljderna enligt {law}.",
    ),
    closing=(("{here} den {date}", "Ort och datum: {here}, {date}"), ("{p}", "Underskrift: {p}", "({p.r})", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "DOM\n\n{court}"),
        ("Mål nr {case}", "Mål: {case}"),
        ("Meddelad den {date}", "BESLUT", "DOM den {date}"),
        (
            "Kärande: {p}, {p.addr}\nSvarande: {q}, {q.addr}\nOmbud: advokaten {r}",
            "Åklagaren mot {p}, född {p.dob} i {town}, {p.addr}, {p.id}, försvarare: advokaten {r}",
            "{p.u} mot {q.u}\n1. {p}, {p.addr}\n2. {q}, {q.addr}",
        ),
    ),
    body=(
        "Den {date} ingick {p.s} ett avtal med {q.s} om {amount}.",
        "Svaranden förde över beloppet till {q.account}.",
        "Vittnet {r}, {r.addr}, uppgav att {q.s} ringde den {date} från nummer {q.mob}.",
        "Enligt folkbokföringen bor {q} ({q.id}) sedan den {date} på {q.addr}.",
        "I ett mejl den {date} från {q.mail} påstod {q.i} att faktura {inv} var betald.",
        "Försäkringskassan har käranden registrerad med {p.personal}.",
        "Käromålet ska bifallas enligt {law}; jfr {case}.",
        "Sakkunniga {r} vidhöll sitt utlåtande den {date}.",
        "Av handlingen som visades upp vid förhandlingen och fogats till akten framgår numret {p.passport}.",
        "Parter i målet:\n{table}",
    ),
    closing=(
        ("{q} ska betala {amount}.", "Käromålet ogillas i övrigt ({law})."),
        ("Rådmannen {r}", "På tingsrättens vägnar\n{r}", "Lagmannen {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="se",
    cases=("nom",),
    men="Karl-Erik, Lars, Björn, Anders, Göran, Måns, Olle, Per-Olof, Mikael, Åke, Torbjörn, Ahmed, Henrik, Gustav, Nils, Sixten, Jörgen, Viktor, Stefan, Elias",
    women="Anna-Karin, Birgitta, Åsa, Kerstin, Malin, Ulla-Britt, Linnéa, Gunilla, Ebba, Margareta, Ingegerd, Zahra, Sofia, Elsa, Maj-Britt, Frida, Ylva, Cecilia, Monica, Agneta",
    surnames="Andersson, Åkerlund, Lindqvist, af Ugglas, Bergström, Sjögren, Nyström, Hägglund, Öberg, von Essen, Johansson, Wallin, Norén, Björk, Lundgren, Hassan, Ekström, Sandberg, Dahl, Falk, Strand, Kjellberg, Löfgren, Ås",
    women_surnames="",
    compound=(0.08, "-"),
    second=0.15,
    titles=("Dr", "professor", "docent", "med. dr"),
    towns="111_22 Stockholm, 411_04 Göteborg, 211_18 Malmö, 753_20 Uppsala, 903_26 Umeå, 702_11 Örebro, 582_22 Linköping, 352_30 Växjö, 972_31 Luleå, 252_20 Helsingborg, 392_31 Kalmar, 791_70 Falun, 831_31 Östersund, 621_57 Visby, 602_23 Norrköping, 722_13 Västerås",
    streets="Storgatan, Drottninggatan, Vasavägen, Kyrkogränd, Stora Nygatan, S:t Eriksgatan, Björkallén, Norra Strandvägen, Slottsbacken, Rådhustorget, Karl Johansgatan, Älvstigen, Övre Husargatan, Odengatan, Skolvägen, Fiskartorpsvägen",
    address=("{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, SE-{code} {town}"),
    flats=(", lgh 1%0%", ", % tr", " A", ""),
    numbers=("%", "%#", "%#", "%# B", "%#C"),
    phones=("08-%## ## ##", "031-%# ## ##", "+46 40 %## ## ##", "090-%# ## ##", "018-%## ### ##", "0046 8 %## ### ##", "(08) %### ## ##"),
    mobiles=("070-### ## ##", "073-#######", "+46 76 ### ## ##", "072 ### ## ##", "+4670#######", "0709######"),
    mail_hosts=("telia.se", "bredband.se", "spray.se", "comhem.se", "minpost.se"),
    accounts=(("IBAN", _iban), ("bankkonto", _clearing), ("konto", _clearing), ("clearing- och kontonummer", _clearing), ("bankgiro", _giro)),
    ids=IDS,
    joins=(" ", ": ", ": ", " nr ", " (…)", ":\n", ":", "", " – ", "\u00a0"),
    dates=("{y}-{mm}-{dd}", "{d} {month} {y}", "{dd}.{mm}.{y}", "{d}/{m} {y}"),
    months="januari, februari, mars, april, maj, juni, juli, augusti, september, oktober, november, december",
    amounts=("% ### kr", "%## kronor", "%# ###:-", "%##,## SEK"),
    organisations=("{w} AB", "{w} Aktiebolag", "{s} & Söner AB", "Handelsbolaget {s}", "{w} Sverige AB"),
    firms="Norrskog, Mälarbygg, Skånefrakt, Vårdlyftet, Solvind, Göta Plåt, Granen Fastigheter, Havsbris",
    courts=("{town} tingsrätt", "Tingsrätten i {town}", "Förvaltningsrätten i {town}", "Hovrätten, {town}"),
    cases_of_courts=("T %###-YY", "B %####-YY", "FT ###-YY", "NJA YYYY s. %##"),
    invoices=("YYYY-####", "F######", "YY%####", "4######"),
    laws=("% kap. % § avtalslagen", "## kap. % § rättegångsbalken", "12 kap. ## § jordabalken", "15 kap. 1# § brottsbalken"),
    labels={
        "name": ("Namn", "För- och efternamn", "Namn (efternamn, förnamn)"), "born": ("Födelsedatum", "Född"), "address": ("Adress", "Bostadsadress"), "phone": ("Telefon", "Tfn"),
        "mobile": ("Mobil", "Mobilnummer"), "mail": ("E-post", "E-postadress"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
