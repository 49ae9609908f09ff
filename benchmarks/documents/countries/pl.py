"""Poland. Names have nominative, genitive, dative and instrumental."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, weighted
from benchmarks.documents.country import Country, IdKind, Kind, Make, Person


def _pesel(random: Random, person: Person) -> str:
    """Birth with the century in the month, serial number with the sex, weights 1 3 7 9."""
    month = person.birth.month + (20 if person.birth.year >= 2000 else 0)
    front = f"{person.birth:%y}{month:02d}{person.birth:%d}{fill(random, '###')}{random.choice('02468' if person.female else '13579')}"
    return f"{front}{-weighted(front, (1, 3, 7, 9) * 3) % 10}"


def _nip(random: Random, _person: Person) -> str:
    while True:
        front = digits(random, 9, "56789")
        check = weighted(front, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11
        if check < 10 and "0" not in front[:3]:
            return f"{front}{check}"


def _series(letters: int, figures: int) -> Make:
    """Letters, a check digit and digits; 7 3 1 without the place of the check digit."""

    def make(random: Random, _person: Person) -> str:
        series = "".join(random.choices("ABCDEFGHJKLMNPRSTUWXYZ", k=letters))
        rest = digits(random, figures - 1)
        total = sum(int(c, 36) * w for c, w in zip(series + rest, (7, 3, 1, 7, 3, 1, 7, 3), strict=True))
        return f"{series}{total % 10}{rest}"

    return make


def _bban(random: Random) -> str:
    seven = random.choice(("1020", "1140", "1050", "1090", "2490")) + digits(random, 3)
    branch = seven + str(-weighted(seven, (3, 9, 7, 1, 3, 9, 7)) % 10)
    return branch + digits(random, 16)


def _iban(random: Random, _person: Person) -> str:
    value = iban("PL", _bban(random))
    return random.choice((grouped(value), value, f"PL {grouped_account(value[2:])}"))


def grouped_account(value: str) -> str:
    """As banks print it: two digits, then fours."""
    return f"{value[:2]} {grouped(value[2:])}"


def _nrb(random: Random, _person: Person) -> str:
    value = iban("PL", _bban(random))[2:]
    return random.choice((grouped_account(value), value))


IDS = (
    IdKind("pesel", ("PESEL", "nr PESEL", "numer PESEL", "numerem PESEL", "Nr PESEL", "posługujący się numerem PESEL", "PESEL nr", "legitymująca się numerem PESEL"), _pesel, ("###########", "###########", "###########", "###### #####"), ("PESEL",), 6, unlabelled=True),
    IdKind("nip", ("NIP", "numer NIP", "Nr NIP", "numer identyfikacji podatkowej"), _nip, ("##########", "###-###-##-##", "###-##-##-###", "### ### ## ##"), ("NIP",), 2),
    IdKind("id_card", ("dowód osobisty", "dowód osobisty seria i numer", "dowodem osobistym", "legitymujący się dowodem osobistym", "dowód os.", "seria i nr dowodu osobistego", "nr dowodu", "dowodu osobistego"), _series(3, 6), ("#########", "### ######", "###-######"), ("Nr dowodu", "Dowód osobisty"), 4),
    IdKind("passport", ("paszport", "paszportem", "numer paszportu", "legitymujący się paszportem", "nr paszportu"), _series(2, 7), ("#########", "## #######"), ("Paszport",), 2),
    IdKind("licence", ("prawo jazdy", "prawa jazdy", "numer prawa jazdy", "nr prawa jazdy"), lambda r, _p: fill(r, "0####/##/####"), ("",), ("Prawo jazdy",), 1),
)  # fmt: skip

FILLERS = (
    "Wszelkie zmiany niniejszego dokumentu wymagają formy pisemnej pod rygorem nieważności ({law}).",
    "Faktura nr {inv} na kwotę {amount} została opłacona w dniu {date}.",
    "Dokument sporządzono w dwóch jednobrzmiących egzemplarzach, po jednym dla każdej ze stron.",
    "Termin wynosi {=14 dni} i biegnie od dnia doręczenia niniejszego pisma.",
    "Zgodnie z {law} ciężar dowodu spoczywa na tym, kto z danego faktu wywodzi skutki prawne.",
    "Powierzchnia lokalu wynosi {n},40 m², a stan licznika energii w dniu przekazania to 48213 kWh.",
    "Przekazano dwa komplety kluczy do mieszkania oraz jeden do skrzynki na listy.",
    "Kopie dokumentów stanowią załącznik; oryginały zostaną okazane na każde żądanie.",
    "Kwotę {amount} należy wpłacić najpóźniej do dnia {date}, podając numer klienta {ref}.",
    "Przesyłka o numerze {inv} dotarła w całości i bez uszkodzeń.",
    "Każda ze stron ponosi własne koszty postępowania.",
    "Rozprawa trwała od godziny {=9.15} do {=11.40}, zastrzeżeń do protokołu nie wniesiono.",
    "Spory rozstrzygać będzie sąd właściwy dla miasta {here}.",
    "Zgodnie z utrwalonym orzecznictwem (sygn. {case}) zarzut ten jest bezzasadny.",
    "W sprawach nieuregulowanych stosuje się przepisy {law}.",
)

CONTRACT = Kind(
    opening=(
        ("UMOWA NAJMU", "Umowa o pracę", "Umowa pożyczki", "UMOWA KUPNA-SPRZEDAŻY", "Umowa zlecenia"),
        (
            "zawarta w dniu {date} pomiędzy:\n{p?Panem|Panią} {p.ins}, {p?urodzonym|urodzoną} {p.dob} w miejscowości {town}, {p?zamieszkałym|zamieszkałą}: {p.addr}, {p.id},\na\n{q?Panem|Panią} {q.ins}, {q?zam.|zam.} {q.addr}, {q.id}.",
            "zawarta pomiędzy {org}, reprezentowaną przez {p?prezesa|prezes} {p.gen}, a {q?Panem|Panią} {q.ins}, {q.addr} ({q.id}), o następującej treści:",
            "Strony umowy:\n\n{p.form}\n\noraz\n\n{q.form}",
            "{p}, ur. {p.dob}\n{p.lines}\nzwany dalej „Stroną A”\n\n{q}, ur. {q.dob}\n{q.lines}\nzwany dalej „Stroną B”",
        ),
    ),
    body=(
        "{p?Pan|Pani} {p.s} oddaje {q?Panu|Pani} {q.sdat} od dnia {date} do używania lokal położony pod adresem {p.addr}.",
        "Czynsz w kwocie {amount} płatny jest przelewem na rachunek {p.gen}: {p.account}.",
        "W sprawach technicznych należy kontaktować się z {r.ins}, tel. {r.tel}, e-mail {r.mail}.",
        "{q?Pracownik|Pracownica} podaje następujące dane: {q.id}; {q.id}.",
        "Wynagrodzenie w wysokości {amount} brutto będzie wypłacane na rachunek o numerze IBAN {q.iban}.",
        "Poręczycielem jest {r}, {r?zamieszkały|zamieszkała} {r.addr}, ur. {r.dob}, {r?legitymujący|legitymująca} się dowodem osobistym wydanym w dniu {date} przez Prezydenta Miasta {town} o numerze {r.id_card}.",
        "Korespondencję do {p.gen} należy kierować na adres {p.mail}, a {q.dat} przekazywać informacje pod numerem {q.mob}.",
        "Kaucja w kwocie {amount} została wpłacona przez {q.gen} w dniu {date}.",
        "Osoby uprawnione do korzystania z lokalu:\n{table}",
        "Dla celów podatkowych strony podają: {p.s} – {p.pesel}, {q.s} – {q.pesel} (numery PESEL).",
        "W nagłych wypadkach należy zawiadomić {r.gen}, telefon komórkowy {r.mob}.",
    ),
    closing=(
        ("{here}, dnia {date}", "{here}, {date} r."),
        ("………………………\n{p}\n\n………………………\n{q}", "{p.i}          {q.i}", "Wynajmujący: {p.u}\nNajemca: {q.u}", "podpis: {p}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\ntel. {p.tel}\n{p.mail}", "{p}, {p.addr}\ntel. kom. {p.mob}", "Nadawca: {p.u}, {p.addr}", "{org}\nSprawę prowadzi: {p}\ntel. {p.tel}\ne-mail: {p.mail}"),
        ("{q?Sz. P.|Sz. P.}\n{q}\n{q.lines}", "{q?Pan|Pani} {q}\n{q.lines}", "{org2}\ndo rąk {q.gen}\n{q.lines}"),
        ("{here}, dnia {date}", "{date}", "{here}, {date}   Znak sprawy: {ref}"),
        ("Dotyczy: pisma z dnia {date}, sprawa {ref}", "Wniosek o zwrot – {p.id}", "Wypowiedzenie umowy {ref}", "Odwołanie od decyzji z dnia {date}, {p.id}"),
        ("{q?Szanowny Panie|Szanowna Pani},", "Dzień dobry,", "Szanowni Państwo,"),
    ),
    body=(
        "jak ustalono w dniu {date} z {r?Panem|Panią} {r.sins}, przesyłam potrzebne informacje.",
        "zmienił się mój rachunek bankowy; proszę o przelewy na numer: {p.account}.",
        "Od dnia {date} mieszkam pod nowym adresem: {p.addr}.",
        "Do rozpatrzenia sprawy podaję dane: {p.id}, data urodzenia {p.dob}.",
        "Można się ze mną skontaktować pod numerem {p.tel}, wieczorem {p.mob}, lub mailowo: {p.mail}.",
        "Moim pełnomocnikiem jest {r}, ur. {r.dob}; {r.id}.",
        "Numer paszportu, o który wnioskowałem w dniu {date} i który odebrałem dopiero niedawno, to {p.passport}.",
        "Proszę o przesłanie kopii do {r.gen}, {r.addr}.",
        "Na pytania odpowie {r.i} ({r.mail}, faks {r.tel}).",
        "Mimo wezwania z dnia {date} kwota {amount} nie wpłynęła.",
        "Poniżej wykaz osób, których sprawa dotyczy:\n{table}",
        "W naszych rejestrach figuruje {q?Pan|Pani} pod numerem {q.pesel}; w razie błędu prosimy o informację.",
    ),
    closing=(
        ("Z poważaniem", "Z wyrazami szacunku", "Pozdrawiam serdecznie"),
        ("{p}", "{p}\nDyrektor", "z up. {p}", "{p}\n{p.mob}"),
    ),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("OŚWIADCZENIE", "Pełnomocnictwo", "Upoważnienie", "Zgoda na przetwarzanie danych"),
        (
            "Ja, {p?niżej podpisany|niżej podpisana} {p}, {p?urodzony|urodzona} {p.dob} w {town}, {p?zamieszkały|zamieszkała} {p.addr}, {p.id}, oświadczam, że:",
            "{p.form}\n\nNiniejszym oświadczam, co następuje:",
            "{p.u}, {p.addr}, telefon {p.tel}, {p.id}, składa następujące oświadczenie:",
            "Ja, {p} (ur. {p.dob}), upoważniam {q.gen}, {q.addr}, {q.id}, do reprezentowania mnie we wszystkich sprawach.",
        ),
    ),
    body=(
        "Od dnia {date} pozostaję w związku małżeńskim z {q.ins}, {q?zatrudnionym|zatrudnioną} w {org}.",
        "Mój {p.id}; córce {r.dat} numeru jeszcze nie nadano.",
        "Pojazd został przekazany w dniu {date} {q?Panu|Pani} {q.sdat}, {q.addr}.",
        "Świadkami zdarzenia byli {q} i {r}.",
        "Jestem {p?dostępny|dostępna} pod numerem {p.tel} oraz {p.mail}.",
        "Świadczenie proszę wypłacać na {p.account}.",
        "W 2024 roku nie osiągnąłem dochodów powyżej {amount}; {p.id}.",
        "Obecni byli ponadto:\n{table}",
        "Lekarz {r}, {r.addr}, tel. {r.tel}, zostaje {r?zwolniony|zwolniona} z tajemnicy lekarskiej.",
        "W urzędzie skarbowym w {town} posługuję się numerem {p.nip}.",
        "Jestem {p?świadomy|świadoma} odpowiedzialności karnej z {law}.",
    ),
    closing=(("{here}, dnia {date}", "{date}, {here}"), ("{p}", "(podpis) {p}", "{p.r}", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "WYROK\nW IMIENIU RZECZYPOSPOLITEJ POLSKIEJ\n\n{court}"),
        ("Sygn. akt {case}", "Sygnatura: {case}"),
        ("Wyrok z dnia {date}", "POSTANOWIENIE", "po rozpoznaniu na rozprawie w dniu {date}"),
        (
            "w sprawie z powództwa {p.gen}, {p.addr},\nprzeciwko {q.dat}, {q.addr},\no zapłatę\npełnomocnik: adwokat {r}",
            "sprawy {p.gen}, ur. {p.dob} w {town}, zam. {p.addr}, {p.id}, oskarżonego o czyn z {law}; obrońca: adw. {r}",
            "{p.u} przeciwko {q.u}\n1) {p}, {p.addr}\n2) {q}, {q.addr}",
        ),
    ),
    body=(
        "W dniu {date} {p.s} {p?zawarł|zawarła} z {q.ins} umowę na kwotę {amount}.",
        "{q?Pozwany przelał|Pozwana przelała} należność na {p.account}.",
        "Świadek {r}, {r?zamieszkały|zamieszkała} {r.addr}, {r?zeznał|zeznała}, że {q.s} {q?dzwonił|dzwoniła} w dniu {date} z numeru {q.mob}.",
        "Według rejestru mieszkańców {q.s} ({q.id}) jest od dnia {date} {q?zameldowany|zameldowana}: {q.addr}.",
        "W wiadomości z dnia {date} wysłanej z adresu {q.mail} {q.i} {q?podał|podała}, że faktura {inv} jest zapłacona.",
        "Zakład ubezpieczeń prowadzi konto {p.gen} pod numerem {p.pesel}.",
        "Powództwo zasługuje na uwzględnienie na podstawie {law}; zob. wyrok {case}.",
        "{r?Biegły|Biegła} {r} {r?podtrzymał|podtrzymała} opinię z dnia {date}.",
        "Z okazanego na rozprawie dokumentu tożsamości, którego kopię dołączono do akt, wynika numer {p.id_card}.",
        "Uczestnicy postępowania:\n{table}",
    ),
    closing=(
        ("Kosztami postępowania w kwocie {amount} obciąża się {q.gen}.", "W pozostałej części powództwo oddalono ({law})."),
        ("Sędzia {r}", "SSR {r}", "Przewodniczący: {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="pl",
    cases=("nom", "gen", "dat", "ins"),
    men="Jan/Jana/Janowi/Janem, Krzysztof/Krzysztofa/Krzysztofowi/Krzysztofem, Andrzej/Andrzeja/Andrzejowi/Andrzejem, Paweł/Pawła/Pawłowi/Pawłem, Michał/Michała/Michałowi/Michałem, Łukasz/Łukasza/Łukaszowi/Łukaszem, Zbigniew/Zbigniewa/Zbigniewowi/Zbigniewem, Grzegorz/Grzegorza/Grzegorzowi/Grzegorzem, Jacek/Jacka/Jackowi/Jackiem, Wojciech/Wojciecha/Wojciechowi/Wojciechem, Stanisław/Stanisława/Stanisławowi/Stanisławem, Bartosz/Bartosza/Bartoszowi/Bartoszem, Dawid/Dawida/Dawidowi/Dawidem, Marek/Marka/Markowi/Markiem",
    women="Anna/Anny/Annie/Anną, Katarzyna/Katarzyny/Katarzynie/Katarzyną, Małgorzata/Małgorzaty/Małgorzacie/Małgorzatą, Agnieszka/Agnieszki/Agnieszce/Agnieszką, Zofia/Zofii/Zofii/Zofią, Halina/Haliny/Halinie/Haliną, Joanna/Joanny/Joannie/Joanną, Ewa/Ewy/Ewie/Ewą, Monika/Moniki/Monice/Moniką, Danuta/Danuty/Danucie/Danutą, Jadwiga/Jadwigi/Jadwidze/Jadwigą, Kinga/Kingi/Kindze/Kingą, Oliwia/Oliwii/Oliwii/Oliwią, Grażyna/Grażyny/Grażynie/Grażyną",
    surnames="Nowak/Nowaka/Nowakowi/Nowakiem, Kowalski/Kowalskiego/Kowalskiemu/Kowalskim, Wiśniewski/Wiśniewskiego/Wiśniewskiemu/Wiśniewskim, Zieliński/Zielińskiego/Zielińskiemu/Zielińskim, Wójcik/Wójcika/Wójcikowi/Wójcikiem, Mazur/Mazura/Mazurowi/Mazurem, Szczepaniak/Szczepaniaka/Szczepaniakowi/Szczepaniakiem, Dąbrowski/Dąbrowskiego/Dąbrowskiemu/Dąbrowskim, Gołąb/Gołębia/Gołębiowi/Gołębiem, Kaczmarek/Kaczmarka/Kaczmarkowi/Kaczmarkiem, Żuraw/Żurawia/Żurawiowi/Żurawiem, Sikora/Sikory/Sikorze/Sikorą, Bąk/Bąka/Bąkowi/Bąkiem, Lis/Lisa/Lisowi/Lisem, Wróbel/Wróbla/Wróblowi/Wróblem, Czarnecki/Czarneckiego/Czarneckiemu/Czarneckim",
    women_surnames="Nowak, Kowalska/Kowalskiej/Kowalskiej/Kowalską, Wiśniewska/Wiśniewskiej/Wiśniewskiej/Wiśniewską, Zielińska/Zielińskiej/Zielińskiej/Zielińską, Wójcik, Mazur, Szczepaniak, Dąbrowska/Dąbrowskiej/Dąbrowskiej/Dąbrowską, Gołąb, Kaczmarek, Sikora/Sikory/Sikorze/Sikorą, Lis, Czarnecka/Czarneckiej/Czarneckiej/Czarnecką, Jabłońska/Jabłońskiej/Jabłońskiej/Jabłońską, Brzęczyszczykiewicz",
    compound=(0.12, "-"),
    second=0.1,
    titles=("dr", "prof.", "mgr", "inż.", "dr n. med."),
    towns="00-950 Warszawa, 30-001 Kraków, 50-112 Wrocław, 61-701 Poznań, 80-831 Gdańsk, 90-105 Łódź, 40-098 Katowice, 20-002 Lublin, 15-062 Białystok, 35-064 Rzeszów, 70-453 Szczecin, 85-005 Bydgoszcz, 43-300 Bielsko-Biała, 34-500 Zakopane, 26-600 Radom, 05-500 Piaseczno",
    streets="ul. Długa, ul. Marszałkowska, al. Niepodległości, os. Słoneczne, ul. Świętego Marcina, pl. Wolności, ul. 3 Maja, ul. Jana Pawła II, al. Jerozolimskie, ul. Polna, ul. Kościuszki, ul. Armii Krajowej, ulica Kwiatowa, ul. gen. Andersa, ul. Na Skarpie, ul. Żwirki i Wigury",
    address=("{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{code} {town}, {street} {no}{flat}"),
    flats=("/%", "/1#", " m. %", " lok. %"),
    numbers=("%", "%#", "%#", "1##", "%A", "%#B"),
    phones=("22 ### ## ##", "(12) ### ## ##", "+48 71 ### ## ##", "61 ### ## ##", "0048 58 ### ## ##", "42-###-##-##"),
    mobiles=("50# ### ###", "60#-###-###", "+48 51# ### ###", "+4869#######", "79#######", "+48 88# ### ###"),
    mail_hosts=("wp.pl", "onet.pl", "interia.pl", "o2.pl", "poczta.pl"),
    accounts=(("IBAN", _iban), ("nr rachunku", _nrb), ("nr konta", _nrb), ("rachunek bankowy nr", _nrb)),
    ids=IDS,
    joins=(" ", ": ", ": ", " nr ", " o numerze ", " (…)", " nr: ", ":\n", " – ", ":", "", "\u00a0"),
    dates=("{dd}.{mm}.{y}", "{d} {month} {y} r.", "{dd}.{mm}.{y} r.", "{y}-{mm}-{dd}", "{d} {month} {y} roku"),
    months="stycznia, lutego, marca, kwietnia, maja, czerwca, lipca, sierpnia, września, października, listopada, grudnia",
    amounts=("% ### zł", "%##,## zł", "%#.###,00 PLN", "%### złotych"),
    organisations=("{w} Sp. z o.o.", "{w} S.A.", "P.H.U. {s}", "Kancelaria {s} i Wspólnicy", "{w} spółka komandytowa"),
    firms="Budmax, Polnord Trade, Medicorplus, Zielony Dom, Transwisła, Elektromont, Agrovit, Silesia Inwest",
    courts=("Sąd Rejonowy w mieście {town}", "Sąd Okręgowy w mieście {town}", "Sąd Apelacyjny, {town}, I Wydział Cywilny"),
    cases_of_courts=("I C %##/YY", "II K %##/YY", "III CSK %##/YY", "V GC ####/YY"),
    invoices=("FV/####/YYYY", "FV ##/##/YYYY", "YYYY/#####", "K######"),
    laws=("art. %## § % k.c.", "art. 1## k.p.c.", "art. ## ust. % Konstytucji", "art. 2%% § 1 k.k."),
    labels={
        "name": ("Imię i nazwisko", "Nazwisko i imię", "Dane osoby"), "born": ("Data urodzenia", "Data ur.", "ur."), "address": ("Adres", "Adres zamieszkania", "zam."), "phone": ("Telefon", "Tel.", "Nr telefonu"),
        "mobile": ("Tel. kom.", "Komórka", "Telefon komórkowy"), "mail": ("E-mail", "Adres e-mail"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
