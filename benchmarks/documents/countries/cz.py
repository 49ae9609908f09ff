"""Czechia. Names have nominative, genitive, dative and instrumental."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, weighted
from benchmarks.documents.country import Country, IdKind, Kind, Person


def _birth_number(random: Random, person: Person) -> str:
    """Birth, with 50 added to the month of women; nine digits before 1954, else ten that 11 divides."""
    front = f"{person.birth:%y}{person.birth.month + (50 if person.female else 0):02d}{person.birth:%d}"
    if person.birth.year < 1954:
        return f"{front}{random.randint(1, 899):03d}"
    while True:
        nine = f"{front}{random.randint(0, 999):03d}"
        if int(nine) % 11 < 10:
            return f"{nine}{int(nine) % 11}"


def _slashed(random: Random, person: Person) -> str:
    number = _birth_number(random, person)
    return random.choice(
        (f"{number[:6]}/{number[6:]}",) * 4 + (number, f"{number[:6]} / {number[6:]}", f"{number[:6]} {number[6:]}")
    )


def _tax(random: Random, person: Person) -> str:
    return f"CZ{_birth_number(random, person)}"


def _account_part(random: Random, count: int, weights: tuple[int, ...]) -> str:
    while True:
        value = digits(random, count, "123456789")
        if weighted(value, weights[-count:]) % 11 == 0:
            return value


def _parts(random: Random) -> tuple[str, str, str]:
    weights = (6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
    prefix = _account_part(random, random.choice((2, 4, 6)), weights[-6:]) if random.random() < 0.4 else ""
    return (
        prefix,
        _account_part(random, random.choice((8, 9, 10)), weights),
        random.choice(("0100", "0300", "0600", "0800", "2010", "5500")),
    )


def _iban(random: Random, _person: Person) -> str:
    prefix, number, bank = _parts(random)
    value = iban("CZ", f"{bank}{prefix:0>6}{number:0>10}")
    return random.choice((grouped(value), value))


def _account(random: Random, _person: Person) -> str:
    prefix, number, bank = _parts(random)
    return f"{prefix}{'-' if prefix else ''}{number}/{bank}"


IDS = (
    IdKind("birth_number", ("rodné číslo", "r. č.", "r.č.", "RČ", "rodné č.", "rod. číslo", "rodného čísla", "rodným číslem", "Rodné číslo", "r. č.:"), _slashed, ("",), ("Rodné číslo", "RČ"), 6, unlabelled=True),
    IdKind("id_card", ("občanský průkaz", "číslo OP", "č. OP", "OP", "občanským průkazem", "občanského průkazu", "číslo občanského průkazu"), lambda r, _p: fill(r, "1########") if r.random() < 0.5 else fill(r, "2########"), ("#########", "### ### ###"), ("Číslo OP",), 3),
    IdKind("passport", ("cestovní pas", "číslo pasu", "cestovním pasem", "číslo cestovního pasu", "pas"), lambda r, _p: fill(r, "3#######"), ("########", "## ### ###"), ("Číslo pasu",), 2),
    IdKind("tax", ("DIČ", "DIČ:", "daňové identifikační číslo"), _tax, ("",), ("DIČ",), 2, unlabelled=True),
    IdKind("licence", ("řidičský průkaz", "číslo ŘP", "řidičský průkaz č."), lambda r, _p: fill(r, "E@ ######"), ("",), ("Číslo ŘP",), 1),
)  # fmt: skip

FILLERS = (
    "Veškeré změny této listiny lze činit pouze písemnou formou ({law}).",
    "Faktura č. {inv} na částku {amount} byla uhrazena dne {date}.",
    "Listina je vyhotovena ve dvou stejnopisech, z nichž každá strana obdrží po jednom.",
    "Lhůta činí {=15 dnů} a počíná běžet doručením tohoto dopisu.",
    "Podle {law} leží důkazní břemeno na tom, kdo z dané skutečnosti vyvozuje právní následky.",
    "Podlahová plocha bytu činí {n},40 m² a stav elektroměru při předání byl 48213 kWh.",
    "Předány byly dva klíče od bytu a jeden klíč od poštovní schránky.",
    "Kopie listin jsou přiloženy; originály budou na požádání předloženy do {=týdne}.",
    "Částku {amount} je třeba zaplatit nejpozději do {date} pod variabilním symbolem {ref}.",
    "Zásilka číslo {inv} dorazila úplná a nepoškozená.",
    "Každá ze stran nese své náklady řízení.",
    "Jednání trvalo od {=9.15} do {=11.40 hodin}, námitky proti protokolu nebyly vzneseny.",
    "Případné spory rozhoduje soud příslušný pro obec {here}.",
    "Podle ustálené judikatury (sp. zn. {case}) je tato námitka nedůvodná.",
    "V ostatním platí ustanovení {law}.",
)

CONTRACT = Kind(
    opening=(
        ("NÁJEMNÍ SMLOUVA", "Pracovní smlouva", "Smlouva o zápůjčce", "KUPNÍ SMLOUVA", "Dohoda o provedení práce"),
        (
            "{p?pan|paní} {p}, {p?narozený|narozená} {p.dob}, bytem {p.addr}, {p.id}\n(dále jen „pronajímatel“)\na\n{q?pan|paní} {q}, nar. {q.dob}, bytem {q.addr}, {q.id}\n(dále jen „nájemce“)",
            "uzavřená mezi společností {org}, zastoupenou {p?panem|paní} {p.ins}, a {q?panem|paní} {q.ins}, {q.addr} ({q.id}):",
            "Smluvní strany:\n\n{p.form}\n\na\n\n{q.form}",
            "{p}, nar. {p.dob}\n{p.lines}\n\n{q}, nar. {q.dob}\n{q.lines}\n\nuzavírají tuto smlouvu:",
        ),
    ),
    body=(
        "{p?Pan|Paní} {p.s} přenechává {q?panu|paní} {q.sdat} od {date} k užívání byt na adrese {p.addr}.",
        "Nájemné ve výši {amount} se platí převodem na účet {p.gen}: {p.account}.",
        "V technických věcech se obracejte na {r.gen}, tel. {r.tel}, e-mail {r.mail}.",
        "{q?Zaměstnanec|Zaměstnankyně} uvádí tyto údaje: {q.id}; {q.id}.",
        "Mzda ve výši {amount} bude vyplácena na účet IBAN {q.iban}.",
        "Ručitelem je {r}, bytem {r.addr}, nar. {r.dob}, {r?který předložil|která předložila} občanský průkaz vydaný dne {date} Magistrátem města {town}, číslo {r.id_card}.",
        "Oznámení určená {p.dat} se zasílají na {p.mail}, {q.dat} se sdělují na čísle {q.mob}.",
        "Jistota ve výši {amount} byla {q.ins} složena dne {date}.",
        "Byt budou užívat tyto osoby:\n{table}",
        "Pro daňové účely strany uvádějí: {p.s} {p.birth_number}, {q.s} {q.birth_number} (rodná čísla).",
        "V naléhavých případech volejte {r.dat}, mobil {r.mob}.",
    ),
    closing=(
        ("V obci {here} dne {date}", "{here}, {date}", "{here} dne {date}"),
        ("..............................\n{p}\n\n..............................\n{q}", "{p.i}          {q.i}", "pronajímatel: {p.u}\nnájemce: {q.u}", "podpis: {p}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\ntel.: {p.tel}\n{p.mail}", "{p}, {p.addr}\nmobil {p.mob}", "Odesílatel: {p.u}, {p.addr}", "{org}\nVyřizuje: {p}\ntel.: {p.tel}\ne-mail: {p.mail}"),
        ("{q?Vážený pan|Vážená paní}\n{q}\n{q.lines}", "{q?pan|paní} {q}\n{q.lines}", "{org2}\nk rukám {q?pana|paní} {q.gen}\n{q.lines}"),
        ("{here} {date}", "{date}", "{here}, {date}   Č. j.: {ref}"),
        ("Věc: Váš dopis ze dne {date}, spis {ref}", "Žádost o vrácení – {p.id}", "Výpověď smlouvy {ref}", "Odvolání proti rozhodnutí ze dne {date}, {p.id}"),
        ("{q?Vážený pane|Vážená paní},", "Dobrý den,", "Vážení,"),
    ),
    body=(
        "jak bylo dne {date} dohodnuto s {r?panem|paní} {r.sins}, zasílám požadované údaje.",
        "změnil se můj bankovní účet; plaťte prosím nadále na {p.account}.",
        "Od {date} bydlím na nové adrese {p.addr}.",
        "K vyřízení uvádím své údaje: {p.id}, datum narození {p.dob}.",
        "Zastihnete mě na čísle {p.tel}, večer na {p.mob}, nebo e-mailem {p.mail}.",
        "Mým zmocněncem je {r}, nar. {r.dob}; {r.id}.",
        "Pas, o který jsem požádal dne {date} a převzal ho teprve nedávno, má číslo {p.passport}.",
        "Kopii prosím zašlete {r.dat}, {r.addr}.",
        "Na dotazy odpoví {r.i} ({r.mail}, fax {r.tel}).",
        "Přes upomínku ze dne {date} nebyla částka {amount} připsána.",
        "Níže je seznam dotčených osob:\n{table}",
        "Vedeme Vás pod číslem {q.birth_number}; není-li správné, dejte nám prosím vědět.",
    ),
    closing=(("S pozdravem", "S úctou", "Děkuji a zdravím"), ("{p}", "{p}\nředitelství", "v z. {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("ČESTNÉ PROHLÁŠENÍ", "Plná moc", "Prohlášení", "Souhlas se zpracováním údajů"),
        (
            "Já, níže {p?podepsaný|podepsaná} {p}, {p?narozený|narozená} {p.dob}, trvale bytem {p.addr}, {p.id}, čestně prohlašuji, že:",
            "{p.form}\n\nProhlašuji tímto následující:",
            "{p.u}, {p.addr}, telefon {p.tel}, {p.id}, činí toto prohlášení:",
            "Já, {p} (nar. {p.dob}), zmocňuji {q?pana|paní} {q.gen}, {q.addr}, {q.id}, k zastupování ve všech věcech.",
        ),
    ),
    body=(
        "Od {date} žiji v manželství s {q.ins}, {q?zaměstnaným|zaměstnanou} u {org}.",
        "Moje {p.id}; dceři {r.dat} číslo dosud přiděleno nebylo.",
        "Vozidlo bylo dne {date} předáno {q?panu|paní} {q.sdat}, bytem {q.addr}.",
        "Svědky události byli {q} a {r}.",
        "K zastižení jsem na čísle {p.tel} a na {p.mail}.",
        "Plnění vyplaťte na {p.account}.",
        "V roce 2024 jsem neměl příjmy nad {amount}; {p.id}.",
        "Dále byli přítomni:\n{table}",
        "Lékař {r}, {r.addr}, tel. {r.tel}, je zproštěn mlčenlivosti.",
        "Finanční úřad mě vede pod číslem {p.tax}.",
        "Jsem si {p?vědom|vědoma} následků podle {law}.",
    ),
    closing=(("V obci {here} dne {date}", "{date}, {here}"), ("{p}", "podpis: {p}", "{p.r}", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "ROZSUDEK\nJMÉNEM REPUBLIKY\n\n{court}"),
        ("sp. zn. {case}", "č. j. {case}"),
        ("Rozsudek ze dne {date}", "USNESENÍ"),
        (
            "ve věci\nžalobce: {p}, {p?narozený|narozená} {p.dob}, bytem {p.addr}\nproti\nžalovanému: {q}, bytem {q.addr}\nzastoupen advokátem {r.ins}\no zaplacení {amount}",
            "v trestní věci proti {p.dat}, nar. {p.dob}, trvale bytem {p.addr}, {p.id}, obhájce: {r}",
            "{p.u} proti {q.u}\n1) {p}, {p.addr}\n2) {q}, {q.addr}",
        ),
    ),
    body=(
        "Dne {date} {p?uzavřel|uzavřela} {p.s} s {q.ins} smlouvu na částku {amount}.",
        "{q?Žalovaný převedl|Žalovaná převedla} částku na {q.account}.",
        "{r?Svědek|Svědkyně} {r}, bytem {r.addr}, {r?uvedl|uvedla}, že {q.s} {q?volal|volala} dne {date} z čísla {q.mob}.",
        "Podle evidence obyvatel je {q.s} ({q.id}) od {date} {q?hlášen|hlášena} na adrese {q.addr}.",
        "V e-mailu ze dne {date} odeslaném z adresy {q.mail} {q.i} {q?tvrdil|tvrdila}, že faktura {inv} je zaplacena.",
        "Správa sociálního zabezpečení vede {p?žalobce|žalobkyni} pod číslem {p.birth_number}.",
        "Žaloba je podle {law} důvodná; srov. rozsudek {case}.",
        "{r?Znalec|Znalkyně} {r} {r?setrval|setrvala} na posudku ze dne {date}.",
        "Z průkazu předloženého při jednání, jehož kopie je založena ve spise, vyplývá číslo {p.id_card}.",
        "Účastníci řízení:\n{table}",
    ),
    closing=(
        ("Náhrada nákladů ve výši {amount} se ukládá {q.dat}.", "Ve zbytku se žaloba zamítá ({law})."),
        ("{r?soudce|soudkyně} {r}", "Mgr. {r}, v. r.", "předseda senátu {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="cz",
    cases=("nom", "gen", "dat", "ins"),
    men="Jan/Jana/Janu/Janem, Petr/Petra/Petrovi/Petrem, Jiří/Jiřího/Jiřímu/Jiřím, Tomáš/Tomáše/Tomáši/Tomášem, Václav/Václava/Václavu/Václavem, Zdeněk/Zdeňka/Zdeňkovi/Zdeňkem, Ondřej/Ondřeje/Ondřeji/Ondřejem, Miroslav/Miroslava/Miroslavu/Miroslavem, Luboš/Luboše/Luboši/Lubošem, Matěj/Matěje/Matěji/Matějem, Radek/Radka/Radkovi/Radkem, Vojtěch/Vojtěcha/Vojtěchu/Vojtěchem, Bohumil/Bohumila/Bohumilu/Bohumilem",
    women="Jana/Jany/Janě/Janou, Eva/Evy/Evě/Evou, Lenka/Lenky/Lence/Lenkou, Kateřina/Kateřiny/Kateřině/Kateřinou, Věra/Věry/Věře/Věrou, Markéta/Markéty/Markétě/Markétou, Hana/Hany/Haně/Hanou, Zuzana/Zuzany/Zuzaně/Zuzanou, Jitka/Jitky/Jitce/Jitkou, Tereza/Terezy/Tereze/Terezou, Alžběta/Alžběty/Alžbětě/Alžbětou, Ludmila/Ludmily/Ludmile/Ludmilou, Barbora/Barbory/Barboře/Barborou",
    surnames="Novák/Nováka/Novákovi/Novákem, Dvořák/Dvořáka/Dvořákovi/Dvořákem, Černý/Černého/Černému/Černým, Svoboda/Svobody/Svobodovi/Svobodou, Kučera/Kučery/Kučerovi/Kučerou, Procházka/Procházky/Procházkovi/Procházkou, Němec/Němce/Němcovi/Němcem, Hájek/Hájka/Hájkovi/Hájkem, Veselý/Veselého/Veselému/Veselým, Řezníček/Řezníčka/Řezníčkovi/Řezníčkem, Beneš/Beneše/Benešovi/Benešem, Říha/Říhy/Říhovi/Říhou, Vlček/Vlčka/Vlčkovi/Vlčkem, Krejčí/Krejčího/Krejčímu/Krejčím, Šťastný/Šťastného/Šťastnému/Šťastným",
    women_surnames="Nováková/Novákové/Novákové/Novákovou, Dvořáková/Dvořákové/Dvořákové/Dvořákovou, Černá/Černé/Černé/Černou, Svobodová/Svobodové/Svobodové/Svobodovou, Kučerová/Kučerové/Kučerové/Kučerovou, Procházková/Procházkové/Procházkové/Procházkovou, Hájková/Hájkové/Hájkové/Hájkovou, Veselá/Veselé/Veselé/Veselou, Benešová/Benešové/Benešové/Benešovou, Říhová/Říhové/Říhové/Říhovou, Krejčí, Šťastná/Šťastné/Šťastné/Šťastnou, Kovářová/Kovářové/Kovářové/Kovářovou",
    compound=(0.08, " "),
    second=0.05,
    titles=("Ing.", "Mgr.", "MUDr.", "JUDr.", "Bc.", "doc.", "PhDr."),
    towns="110_00 Praha 1, 602_00 Brno, 702_00 Ostrava, 301_00 Plzeň, 460_01 Liberec, 779_00 Olomouc, 370_01 České Budějovice, 500_02 Hradec Králové, 400_01 Ústí nad Labem, 760_01 Zlín, 586_01 Jihlava, 360_01 Karlovy Vary, 686_01 Uherské Hradiště, 150_00 Praha 5, 250_01 Brandýs nad Labem",
    streets="Husova, Masarykova, Na Příkopě, náměstí Míru, Dlouhá, Sokolská, U Nádraží, Pod Lipami, třída Tomáše Bati, 28. října, Palackého, K Lesu, Nádražní, Jiráskova, Za Humny, Komenského nám.",
    address=("{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{street} {no}, {code} {town}"),
    flats=(", byt č. %", "/%#"),
    numbers=("%", "%#", "%##/%", "%##/%#", "%###/%#", "č. p. %##"),
    phones=("22# ### ###", "+420 54# ### ###", "59# ### ###", "+420 377 ### ###", "00420 48# ### ###", "585######"),
    mobiles=("60# ### ###", "+420 77# ### ###", "72#######", "+42073#######", "60#-###-###"),
    mail_hosts=("seznam.cz", "email.cz", "centrum.cz", "volny.cz", "posta.cz"),
    accounts=(("IBAN", _iban), ("č. účtu", _account), ("účet č.", _account), ("číslo účtu", _account)),
    ids=IDS,
    joins=(" ", ": ", ": ", " č. ", " (…)", " číslo ", ":\n", " – ", ":", "", "\u00a0"),
    dates=("{d}. {m}. {y}", "{dd}.{mm}.{y}", "{d}. {month} {y}", "{d}.{m}.{y}"),
    months="ledna, února, března, dubna, května, června, července, srpna, září, října, listopadu, prosince",
    amounts=("% ### Kč", "%#.###,- Kč", "%## ### Kč", "%##,## Kč"),
    organisations=("{w} s.r.o.", "{w}, a.s.", "{s} a synové, s.r.o.", "{w} spol. s r.o."),
    firms="Moravostav, Vltava Trade, Zelený Dům, Kovoslužba, Medicentrum Plus, Elektro Haná, Lesy a Pily, Bohemia Invest",
    courts=("Okresní soud, {town}", "Krajský soud, {town}", "Obvodní soud pro {town}", "Vrchní soud, {town}"),
    cases_of_courts=("% C %##/YYYY", "%# T ##/YYYY", "%# Cdo ####/YYYY", "% Co %##/YYYY-%##"),
    invoices=("YYYY####", "FA-YYYY-###", "YY/####/###", "VS4######"),
    laws=("§ %### odst. % občanského zákoníku", "§ 1## o. s. ř.", "čl. ## odst. % Listiny", "zákona č. %##/2009 Sb."),
    labels={
        "name": ("Jméno a příjmení", "Příjmení, jméno", "Jméno"), "born": ("Datum narození", "Nar."), "address": ("Adresa", "Bydliště", "Bytem"), "phone": ("Telefon", "Tel."),
        "mobile": ("Mobil", "Mobilní telefon"), "mail": ("E-mail", "Email"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
