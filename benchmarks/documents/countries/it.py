"""Italy."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

import unicodedata
from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, luhn_digit
from benchmarks.documents.country import Country, IdKind, Kind, Person

_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True))  # fmt: skip
_CIN = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def _three(name: str, *, given: bool) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", name.upper()) if "A" <= c <= "Z")
    consonants = [c for c in bare if c not in "AEIOU"]
    if given and len(consonants) > 3:
        consonants = [consonants[0], *consonants[2:]]
    return ("".join(consonants) + "".join(c for c in bare if c in "AEIOU") + "XXX")[:3]


def _fiscal(random: Random, person: Person) -> str:
    """Names, birth, place and a check letter (Decree of 23 December 1976)."""
    day = person.birth.day + (40 if person.female else 0)
    place = random.choice("ABCDEFGHIL") + f"{random.randint(1, 950):03d}"
    front = f"{_three(person.surname[0], given=False)}{_three(person.given[0], given=True)}{person.birth:%y}{'ABCDEHLMPRST'[person.birth.month - 1]}{day:02d}{place}"
    total = sum(_ODD[c] if at % 2 == 0 else int(c, 36) - (10 if c.isalpha() else 0) for at, c in enumerate(front))
    return f"{front}{chr(65 + total % 26)}"


def _vat(random: Random, _person: Person) -> str:
    front = digits(random, 7, "0123") + f"{random.randint(1, 100):03d}"
    return front + luhn_digit(front)


def _iban(random: Random, _person: Person) -> str:
    """The CIN weighs places as the tax code does."""
    front = random.choice(("03069", "02008", "01030", "05034")) + digits(random, 5) + digits(random, 12)
    total = sum(_CIN[int(c)] if at % 2 == 0 else int(c) for at, c in enumerate(front))
    value = iban("IT", f"{chr(65 + total % 26)}{front}")
    return random.choice((grouped(value), value, f"{value[:4]} {value[4]} {value[5:10]} {value[10:15]} {value[15:]}"))


IDS = (
    IdKind("fiscal", ("codice fiscale", "C.F.", "cod. fisc.", "Codice Fiscale", "CF", "C.F.:", "codice fiscale n."), _fiscal, ("################", "################", "### ### ##### #####"), ("Codice fiscale", "C.F."), 6, unlabelled=True),
    IdKind("card", ("carta d'identità", "carta d’identità", "carta d'identità n.", "C.I.", "documento d'identità", "carta di identità elettronica", "CIE n.", "identificato con carta d'identità"), lambda r, _p: fill(r, "@@#######") if r.random() < 0.4 else "C" + fill(r, "@#####@@"), ("#########", "#########", "## #######"), ("Carta d'identità",), 3),
    IdKind("passport", ("passaporto", "passaporto n.", "numero di passaporto", "munito di passaporto"), lambda r, _p: "Y" + r.choice("ABC") + fill(r, "#######"), ("#########",), ("Passaporto",), 2),
    IdKind("licence", ("patente di guida", "patente", "patente n.", "patente di guida cat. B n."), lambda r, _p: "U1" + "".join(r.choices("BCDEFGHJKLMNPRSTUWYZ0123456789", k=7)) + fill(r, "@"), ("##########",), ("Patente",), 2),
    IdKind("vat", ("partita IVA", "P. IVA", "P.IVA", "p. iva", "Partita I.V.A."), _vat, ("###########",), ("P. IVA",), 2),
)  # fmt: skip

FILLERS = (
    "Ogni modifica del presente atto dovrà risultare da atto scritto, a pena di nullità ({law}).",
    "La fattura n. {inv} di {amount} è stata saldata il {date}.",
    "Il presente atto è redatto in duplice copia, una per ciascuna delle parti.",
    "Il termine è di {=quindici giorni} dal ricevimento della presente.",
    "Ai sensi dell'{law} l'onere della prova grava su chi invoca il fatto.",
    "La superficie utile è di {n},40 mq e il contatore segnava alla consegna 48213 kWh.",
    "Sono state consegnate due chiavi dell'appartamento e una della cassetta postale.",
    "Le copie sono allegate; gli originali saranno esibiti a richiesta.",
    "La somma di {amount} dovrà essere versata entro il {date} con causale {ref}.",
    "La spedizione numero {inv} è arrivata integra e completa.",
    "Ciascuna parte sopporta le proprie spese di giudizio.",
    "L'udienza si è svolta dalle ore {=9.15} alle ore {=11.40}, senza osservazioni al verbale.",
    "Per ogni controversia è competente il foro di {here}.",
    "Secondo costante giurisprudenza ({case}) la censura è infondata.",
    "Per quanto non previsto si applica l'{law}.",
)

CONTRACT = Kind(
    opening=(
        ("CONTRATTO DI LOCAZIONE", "Contratto di lavoro subordinato", "CONTRATTO DI MUTUO", "Contratto di compravendita", "Contratto di prestazione d'opera"),
        (
            "Tra {p?il sig.|la sig.ra} {p}, {p?nato|nata} a {town} il {p.dob}, residente in {p.addr}, {p.id} (di seguito “locatore”), e {q?il sig.|la sig.ra} {q}, {q?nato|nata} il {q.dob}, residente in {q.addr}, {q.id} (di seguito “conduttore”), si conviene quanto segue:",
            "La società {org}, in persona del legale rappresentante {p}, e {q?il sig.|la sig.ra} {q}, residente in {q.addr} ({q.id}), stipulano quanto segue:",
            "LE PARTI\n\n{p.form}\n\nE\n\n{q.form}",
            "{p}, {p?nato|nata} il {p.dob}\n{p.lines}\n\n{q}, {q?nato|nata} il {q.dob}\n{q.lines}\n\nstipulano il presente contratto:",
        ),
    ),
    body=(
        "{p?Il sig.|La sig.ra} {p.s} concede {q?al sig.|alla sig.ra} {q.s}, dal {date}, l'uso dell'immobile sito in {p.addr}.",
        "Il canone mensile di {amount} sarà versato sul conto di {p}: {p.account}.",
        "Per questioni tecniche il referente è {r}, tel. {r.tel}, e-mail {r.mail}.",
        "{q?Il lavoratore|La lavoratrice} fornisce i seguenti dati: {q.id}; {q.id}.",
        "La retribuzione lorda di {amount} sarà accreditata sul conto IBAN {q.iban}.",
        "Presta fideiussione {r}, residente in {r.addr}, {r?nato|nata} il {r.dob}, con carta d'identità rilasciata dal Comune di {town} in data {date} numero {r.card}.",
        "Le comunicazioni a {p} vanno inviate a {p.mail}, quelle a {q} al cellulare {q.mob}.",
        "Il deposito di {amount} è stato versato da {q.i} il {date}.",
        "Occuperanno l'immobile le seguenti persone:\n{table}",
        "Ai fini fiscali le parti comunicano: {p.s} {p.fiscal}, {q.s} {q.fiscal} (codici fiscali).",
        "In caso di urgenza avvisare {r}, cell. {r.mob}.",
    ),
    closing=(
        ("{here}, lì {date}", "{here}, {date}", "Letto, confermato e sottoscritto in {here} il {date}"),
        ("Il locatore                Il conduttore\n{p}                {q}", "{p.i}          {q.i}", "F.to {p}\nF.to {q}", "{p.u}\n\n{q.u}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel. {p.tel}\n{p.mail}", "{p} – {p.addr} – cell. {p.mob}", "Mittente: {p.u}, {p.addr}", "{org}\nReferente: {p}\nTelefono: {p.tel}\nE-mail: {p.mail}"),
        ("{q?Egregio Signor|Gentile Signora}\n{q}\n{q.lines}", "Spett.le {org2}\nalla c.a. {q?del sig.|della sig.ra} {q}\n{q.lines}", "{q?Al sig.|Alla sig.ra} {q}\n{q.lines}"),
        ("{here}, {date}", "{date}", "{here}, {date}   Prot. {ref}"),
        ("Oggetto: Vostra lettera del {date}, pratica {ref}", "Oggetto: richiesta di rimborso – {p.id}", "Oggetto: disdetta del contratto {ref}", "Oggetto: ricorso contro il provvedimento del {date}, {p.id}"),
        ("{q?Egregio sig.|Gentile sig.ra} {q.s},", "Gentili Signori,", "Buongiorno,"),
    ),
    body=(
        "come concordato il {date} con {r?il sig.|la sig.ra} {r.s}, trasmetto i dati richiesti.",
        "Il mio conto è cambiato; vi prego di effettuare i pagamenti su {p.account}.",
        "Ho cambiato casa e dal {date} abito in {p.addr}.",
        "Per la pratica comunico i miei dati: {p.id}, {p?nato|nata} il {p.dob}.",
        "Potete contattarmi al {p.tel}, la sera al {p.mob}, oppure a {p.mail}.",
        "Ho delegato {r}, {r?nato|nata} il {r.dob}; {r.id}.",
        "Il passaporto che ho richiesto il {date} e ritirato solo di recente ha il numero {p.passport}.",
        "Vi prego di inviare copia a {r}, {r.addr}.",
        "Alle domande risponderà {r.i} ({r.mail}, fax {r.tel}).",
        "Nonostante il sollecito del {date}, la somma di {amount} non è pervenuta.",
        "Di seguito l'elenco delle persone interessate:\n{table}",
        "Nei nostri archivi Lei risulta con {q.fiscal}; se non è corretto, La preghiamo di avvisarci.",
    ),
    closing=(("Distinti saluti", "Cordiali saluti", "Con osservanza"), ("{p}", "{p}\nDirezione generale", "p. {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("DICHIARAZIONE SOSTITUTIVA", "Delega", "AUTOCERTIFICAZIONE", "Procura speciale", "Consenso al trattamento"),
        (
            "{p?Il sottoscritto|La sottoscritta} {p}, {p?nato|nata} a {town} il {p.dob}, residente in {p.addr}, {p.id}, dichiara:",
            "{p.form}\n\nDichiaro quanto segue:",
            "{p?Il sottoscritto|La sottoscritta} {p.u}, {p.addr}, telefono {p.tel}, {p.id}, dichiara sotto la propria responsabilità:",
            "{p?Il sottoscritto|La sottoscritta} {p} (n. {p.dob}) delega {q?il sig.|la sig.ra} {q}, {q.addr}, {q.id}, a rappresentarlo.",
        ),
    ),
    body=(
        "Di essere {p?coniugato|coniugata} dal {date} con {q}, dipendente di {org}.",
        "Il mio {p.id}; a mia figlia {r} non è ancora stato attribuito.",
        "Il veicolo è stato consegnato il {date} {q?al sig.|alla sig.ra} {q.s}, {q.addr}.",
        "Testimoni dei fatti sono {q} e {r}.",
        "Sono reperibile al {p.tel} e a {p.mail}.",
        "Il pagamento va effettuato su {p.account}.",
        "Nel 2024 non ho percepito redditi superiori a {amount}; {p.id}.",
        "Erano inoltre presenti:\n{table}",
        "{r?Il dott.|La dott.ssa} {r}, {r.addr}, tel. {r.tel}, è {r?sciolto|sciolta} dal segreto professionale.",
        "Presso l'Agenzia risulto con {p.fiscal}.",
        "Di essere a conoscenza delle sanzioni previste dall'{law}.",
    ),
    closing=(("{here}, {date}", "Luogo e data: {here}, {date}"), ("{p}", "Firma: {p}", "({p.r})", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "REPUBBLICA ITALIANA\nIN NOME DEL POPOLO ITALIANO\n\n{court}"),
        ("R.G. {case}", "n. {case} R.G.", "Causa civile iscritta al n. {case}"),
        ("SENTENZA del {date}", "ORDINANZA", "ha pronunciato la seguente SENTENZA"),
        (
            "nella causa promossa da {p}, residente in {p.addr}, attore, contro {q}, residente in {q.addr}, convenuto, rappresentato e difeso dall'avv. {r}",
            "nei confronti di {p}, {p?nato|nata} a {town} il {p.dob}, residente in {p.addr}, {p.id}, {p?difeso|difesa} dall'avv. {r}",
            "{p.u} contro {q.u}\n1. {p}, {p.addr}\n2. {q}, {q.addr}",
        ),
    ),
    body=(
        "In data {date} {p?l'attore|l'attrice} {p.s} concludeva con {q} un contratto per {amount}.",
        "{q?Il convenuto|La convenuta} bonificava la somma su {q.account}.",
        "Il teste {r}, residente in {r.addr}, riferiva che {q?il|la} {q.s} lo aveva chiamato il {date} dal numero {q.mob}.",
        "Dall'anagrafe risulta che {q} ({q.id}) risiede dal {date} in {q.addr}.",
        "Con e-mail del {date} inviata da {q.mail}, {q.i} sosteneva che la fattura {inv} era pagata.",
        "L'istituto previdenziale iscrive {p?l'attore|l'attrice} con {p.fiscal}.",
        "La domanda è fondata ai sensi dell'{law}; cfr. {case}.",
        "{r?Il consulente|La consulente} {r} confermava la relazione del {date}.",
        "Dal documento esibito in udienza, acquisito in copia, risulta il numero {p.card}.",
        "Parti del giudizio:\n{table}",
    ),
    closing=(
        ("Condanna {q} al pago di {amount} oltre alle spese.", "Rigetta nel resto la domanda ({law})."),
        ("{r?Il giudice dott.|Il giudice dott.ssa} {r}", "Il Presidente {r}", "Il cancelliere {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="it",
    cases=("nom",),
    men="Giuseppe, Niccolò, Gianluca, Antonio, Matteo, Salvatore, Pier Paolo, Fabrizio, Ettore, Domenico, Riccardo, Giovanni Battista, Loris, Vito, Ermanno, Simone, Andrea, Carmelo, Tommaso, Omar",
    women="Francesca, Maria Grazia, Chiara, Ludovica, Annunziata, Giuliana, Beatrice, Donatella, Rosaria, Ilaria, Martina, Lucrezia, Anna Maria, Concetta, Nicoletta, Sveva, Graziella, Irene, Carla, Agata",
    surnames="Rossi, D'Angelo, De Luca, Ferrari, Lo Presti, Esposito, Bianchi, Conti, Della Valle, Gallo, Marchetti, Zanon, Brambilla, Di Stefano, Fontana, Colombo, Cattaneo, Serra, Bellini, Amato, Dell'Orto, Piras, Pozzi, Leone",
    women_surnames="",
    compound=(0.06, " "),
    second=0.1,
    titles=("dott.", "dott.ssa", "avv.", "ing.", "prof."),
    towns="00184 Roma, 20121 Milano, 80133 Napoli, 10122 Torino, 90133 Palermo, 50122 Firenze, 40121 Bologna, 16121 Genova, 70121 Bari, 30121 Venezia, 09124 Cagliari, 37121 Verona, 67100 L'Aquila, 34121 Trieste, 47921 Rimini, 06121 Perugia",
    streets="Via Roma, Via Giuseppe Garibaldi, Corso Vittorio Emanuele II, Piazza del Popolo, Viale dei Mille, Via XX Settembre, Largo Augusto, Vicolo Stretto, Via dell'Industria, Strada Statale 16, Lungarno Vespucci, via della Repubblica, Via San Francesco d'Assisi, C.so Buenos Aires, P.zza Duomo, Contrada Fontanelle",
    address=("{street} {no}{flat}, {code} {town}", "{street}, {no}{flat}, {code} {town}", "{street} n. {no}{flat}, {code} {town}", "{town}, {street} {no}{flat}", "{street} {no}{flat} - {code} {town}"),
    flats=(", int. %", ", scala B", ", piano %", "/A"),
    numbers=("%", "%#", "%#", "1##", "%#/A", "%#bis"),
    phones=("06 ### ####", "02/#######", "081 ### ## ##", "+39 055 ######", "011-######%", "0039 051 ######", "0432 ######"),
    mobiles=("33# #######", "34#/#######", "+39 32# ### ####", "347 ## ## ###", "+3938########", "366 ### ## ##", "328-#######"),
    mail_hosts=("libero.it", "virgilio.it", "tiscali.it", "alice.it", "posta.it"),
    accounts=(("IBAN", _iban), ("IBAN:", _iban), ("codice IBAN", _iban), ("c/c IBAN", _iban)),
    ids=IDS,
    joins=(" ", ": ", ": ", " n. ", " n° ", " numero ", " (…)", ":\n", ":", "", " – ", "\u00a0"),
    dates=("{dd}/{mm}/{y}", "{d} {month} {y}", "{dd}.{mm}.{y}", "{d}/{m}/{y}"),
    months="gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre",
    amounts=("€ %.###,00", "%## euro", "euro %#.###,##", "%##,## €"),
    organisations=("{w} S.r.l.", "{w} S.p.A.", "Fratelli {s} S.n.c.", "Studio {s} e Associati", "{w} s.a.s."),
    firms="Edilcasa, Adriatica Trasporti, Meditec, Lombarda Impianti, Verde Bosco, Officine Garda, Nuova Pesca, Solenergia",
    courts=("Tribunale di {town}", "Corte d'Appello di {town}", "TRIBUNALE ORDINARIO DI {town}", "Giudice di Pace di {town}"),
    cases_of_courts=("%###/YYYY", "%##/YYYY", "Cass. n. %####/YYYY", "%####/YY"),
    invoices=("YYYY/####", "FT-####/YY", "%##/A/YYYY", "C4#####"),
    laws=("art. 1### c.c.", "art. 1## c.p.c.", "art. % della Costituzione", "art. 64# c.p."),
    labels={
        "name": ("Nome e cognome", "Cognome e nome", "Nominativo"), "born": ("Data di nascita", "Nato il"), "address": ("Indirizzo", "Residenza"), "phone": ("Telefono", "Tel."),
        "mobile": ("Cellulare", "Cell."), "mail": ("E-mail", "Posta elettronica"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
