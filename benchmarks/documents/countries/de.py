"""Germany."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, icao_digit, mod_11_10
from benchmarks.documents.country import Country, IdKind, Kind, Make, Person

_DOCUMENT = "CFGHJKLMNPRTVWXYZ0123456789"


def _cross(spelt: str, weights: tuple[int, ...]) -> str:
    """The sum of the digits of the products, modulo 10."""
    products = [int(digit) * weight for digit, weight in zip(spelt, weights, strict=True)]
    return str(sum(product // 10 + product % 10 for product in products) % 10)


def _tax_id(random: Random, _person: Person) -> str:
    """Eleven digits, of the first ten one comes twice; ISO 7064 MOD 11,10."""
    while True:
        ten = random.sample("0123456789", 9)
        ten.insert(random.randint(1, 9), random.choice(ten))
        if ten[0] != "0":
            return "".join(ten) + mod_11_10("".join(ten))


def _pension(random: Random, person: Person) -> str:
    """Area, birth, initial of the surname, serial number, check digit (VKVV, section 2)."""
    initial = person.surname[0][0].upper()
    initial = initial if initial in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" else "O"
    serial = random.randint(50, 99) if person.female else random.randint(0, 49)
    front = random.choice(("02", "04", "09", "12", "13", "15", "53", "65")) + f"{person.birth:%d%m%y}"
    check = _cross(f"{front}{ord(initial) - 64:02d}{serial:02d}", (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1))
    return f"{front}{initial}{serial:02d}{check}"


def _health(random: Random, _person: Person) -> str:
    """A letter, eight digits and a check digit (SGB V, section 290)."""
    initial, rest = random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), digits(random, 8)
    return f"{initial}{rest}{_cross(f'{ord(initial) - 64:02d}{rest}', (1, 2) * 5)}"


def _travel(first: str) -> Make:
    """Nine characters, the last of which checks the others (ICAO 9303)."""

    def make(random: Random, _person: Person) -> str:
        number = random.choice(first) + "".join(random.choices(_DOCUMENT, k=7))
        return number + icao_digit(number)

    return make


def _tax_number(random: Random, _person: Person) -> str:
    return fill(random, random.choice(("%#/###/#####", "1##/###/#####", "###/####/####", "1## ### #####")))


def _licence(random: Random, _person: Person) -> str:
    return fill(random, "@###") + "".join(random.choices("ABCDE0123456789", k=6)) + fill(random, "#")


def _iban(random: Random, _person: Person) -> str:
    value = iban("DE", digits(random, 18, "123456789"))
    return random.choice((grouped(value), grouped(value), value))


def _old_account(random: Random, _person: Person) -> str:
    return digits(random, random.choice((7, 8, 10)), "123456789")


IDS = (
    IdKind(
        "tax_id",
        ("Steuer-ID", "IdNr.", "Steuerliche Identifikationsnummer", "Steuer-Identifikationsnummer", "Steuer-IdNr.", "steuerliche Identifikationsnummer", "Identifikationsnummer (§ 139b AO)"),
        _tax_id, ("###########", "## ### ### ###", "## ### ### ###", "### ### ### ##"), ("Steuer-ID", "IdNr."), 4,
    ),
    IdKind(
        "pension",
        ("Rentenversicherungsnummer", "RV-Nummer", "SV-Nummer", "Sozialversicherungsnummer", "Sozialversicherungs-Nr.", "Versicherungsnummer", "RVNR"),
        _pension, ("############", "## ###### # ###", "##-######-#-###", "## ###### # ## #"), ("SV-Nr.", "RV-Nummer"), 3, unlabelled=True,
    ),
    IdKind(
        "health",
        ("Krankenversichertennummer", "KVNR", "Versichertennummer", "Krankenversicherungsnummer", "Versicherten-Nr.", "Krankenkassennummer"),
        _health, ("##########", "# ### ### ###", "##########"), ("Versichertennr.", "KVNR"), 2,
    ),
    IdKind(
        "id_card",
        ("Personalausweis", "Personalausweis-Nr.", "Personalausweisnummer", "Ausweisnummer", "Ausweis-Nr.", "Personalausweis Nr.", "BPA-Nr.", "ausgewiesen durch Personalausweis"),
        _travel("LMNPRTVWXY"), ("#########",), ("Ausweis-Nr.", "Personalausweis"), 3,
    ),
    IdKind(
        "passport",
        ("Reisepass", "Reisepass-Nr.", "Reisepassnummer", "Pass-Nr.", "Passnummer", "ausgewiesen durch Reisepass Nr."),
        _travel("CFGHJK"), ("#########",), ("Pass-Nr.",), 2,
    ),
    IdKind("tax_number", ("Steuernummer", "St.-Nr.", "Steuer-Nr.", "StNr."), _tax_number, ("",), ("Steuernummer",), 1),
    IdKind("licence", ("Führerschein", "Führerscheinnummer", "Führerschein-Nr.", "Fahrerlaubnis Nr."), _licence, ("",), ("Führerschein-Nr.",), 1),
)  # fmt: skip

FILLERS = (
    "Änderungen und Ergänzungen dieses Schriftstücks bedürfen der Schriftform; mündliche Nebenabreden bestehen nicht ({law}).",
    "Die Rechnung {inv} über {amount} wurde am {date} beglichen; weitere Forderungen bestehen insoweit nicht.",
    "Sollte eine Bestimmung ganz oder teilweise unwirksam sein, so bleibt die Wirksamkeit der übrigen Bestimmungen unberührt. An die Stelle der unwirksamen Bestimmung tritt eine Regelung, die dem wirtschaftlichen Zweck am nächsten kommt.",
    "Die Frist beträgt {=14 Tage} und beginnt mit dem Zugang dieses Schreibens.",
    "Auf die Vorschriften von {law} und {law} wird ausdrücklich hingewiesen.",
    "Der Zählerstand betrug bei Übergabe 48213 kWh, die Wohnfläche beläuft sich auf {n},50 m² bei einer Raumhöhe von 2,65 m.",
    "Es wurden zwei Schlüssel für die Haustür, einer für den Briefkasten und drei für die Wohnung übergeben.",
    "Die Unterlagen liegen in Kopie bei, die Originale werden auf Anforderung innerhalb {=einer Woche} nachgereicht.",
    "Ein Betrag von {amount} ist bis spätestens {date} unter Angabe der Kundennummer {ref} zu überweisen.",
    "Die Parteien sind sich darüber einig, dass die Kosten des Verfahrens gegeneinander aufgehoben werden.",
    "Der Versand erfolgte mit der Sendungsnummer {inv}; die Ware traf unbeschädigt und vollständig ein.",
    "Wir weisen darauf hin, dass verspätete Angaben nur berücksichtigt werden können, soweit dies den Ablauf nicht verzögert.",
    "Die Verhandlung dauerte von {=9.15 Uhr} bis {=11.40 Uhr}; Einwände gegen die Niederschrift wurden nicht erhoben.",
    "Gerichtsstand ist, soweit gesetzlich zulässig, {here}.",
    "Nach gefestigter Rechtsprechung (vgl. {case}) kommt es hierauf nicht an.",
)

CONTRACT = Kind(
    opening=(
        ("Mietvertrag", "Arbeitsvertrag", "KAUFVERTRAG", "Darlehensvertrag", "Vertrag über freie Mitarbeit", "Kaufvertrag über ein gebrauchtes Kraftfahrzeug"),
        (
            "zwischen\n{p}, geboren am {p.dob} in {town}, wohnhaft {p.addr}, {p.id},\n– im Folgenden „Vertragspartei A“ –\nund\n{q}, geb. {q.dob}, {q.addr}, {q.id},\n– im Folgenden „Vertragspartei B“ –",
            "Zwischen der {org}, vertreten durch {p?den Geschäftsführer Herrn|die Geschäftsführerin Frau} {p}, und {q?Herrn|Frau} {q}, {q.addr} ({q.id}), wird Folgendes vereinbart:",
            "Vertragspartner sind:\n\n{p.form}\n\nsowie\n\n{q.form}",
            "{p?Herr|Frau} {p} (geb. am {p.dob}), {p.lines}\n\nund\n\n{q?Herr|Frau} {q} (geb. am {q.dob}), {q.lines}\n\nschließen folgenden Vertrag:",
        ),
    ),
    body=(
        "{p?Der Vermieter Herr|Die Vermieterin Frau} {p.s} überlässt {q?Herrn|Frau} {q.s} ab dem {date} die Räume im 2. Obergeschoss des Hauses {p.addr}.",
        "Die Zahlung von monatlich {amount} erfolgt auf das Konto von {p?Herrn|Frau} {p}, {p.account}, jeweils bis zum dritten Werktag.",
        "Ansprechpartner für alle technischen Fragen ist {r}, erreichbar unter {r.tel} oder {r.mail}.",
        "{q?Der Arbeitnehmer|Die Arbeitnehmerin} legt folgende Angaben vor: {q.id}; {q.id}.",
        "Das Entgelt in Höhe von {amount} brutto wird auf das Konto IBAN {q.iban} gezahlt.",
        "Als Bürge tritt {r}, wohnhaft {r.addr}, geboren am {r.dob}, mit dem Personalausweis, ausgestellt am {date} von der Stadt {town}, Nummer {r.id_card}, in den Vertrag ein.",
        "Mitteilungen an {p} sind an {p.mail} zu richten, solche an {q} telefonisch unter {q.mob} anzukündigen.",
        "Die Kaution von {amount} wurde von {q.i} am {date} in bar geleistet.",
        "Mitberechtigt sind die folgenden Personen:\n{table}",
        "Für steuerliche Zwecke teilen die Parteien mit: {p.s}: {p.tax_id}, {q.s}: {q.tax_id} (jeweils Steuer-ID).",
        "Im Notfall ist {r?der Bruder|die Schwester} {r} unter der Mobilnummer {r.mob} zu verständigen.",
    ),
    closing=(
        ("{here}, den {date}", "{here}, {date}", "Ort, Datum: {here}, {date}"),
        ("_______________________\n{p}\n\n_______________________\n{q}", "gez. {p}          gez. {q}", "Unterschriften: {p.i} / {q.i}", "(Vermieter) {p.u}\n(Mieter) {q.u}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel. {p.tel}\n{p.mail}", "{p}, {p.addr}\nTelefon: {p.tel} · Mobil: {p.mob}", "Absender: {p.u}, {p.addr}", "{org}\nSachbearbeiter: {p}\nDurchwahl {p.tel}\nE-Mail {p.mail}"),
        ("An\n{q?Herrn|Frau}\n{q}\n{q.lines}", "{q?Herrn|Frau} {q}\n{q.lines}", "{org2}\nz. Hd. {q?Herrn|Frau} {q}\n{q.lines}"),
        ("{here}, den {date}", "{date}", "Datum: {date}   Unser Zeichen: {ref}"),
        ("Betreff: Ihr Schreiben vom {date}, Vorgang {ref}", "Ihre Anfrage – {q.id}", "Kündigung des Vertrags {ref}", "Widerspruch gegen den Bescheid vom {date}, {p.id}"),
        ("Sehr {q?geehrter Herr|geehrte Frau} {q.s},", "Liebe Familie {q.s},", "Guten Tag {q?Herr|Frau} {q},", "Sehr geehrte Damen und Herren,"),
    ),
    body=(
        "wie am {date} mit {r?Ihrem Kollegen Herrn|Ihrer Kollegin Frau} {r.s} besprochen, übersende ich Ihnen die gewünschten Angaben.",
        "meine Bankverbindung hat sich geändert; bitte überweisen Sie künftig auf {p.account}.",
        "Ich bin umgezogen und wohne seit dem {date} in der neuen Wohnung: {p.addr}.",
        "Zur Bearbeitung benötigen Sie meine Daten: {p.id}, geboren am {p.dob}.",
        "Sie erreichen mich tagsüber unter {p.tel}, abends unter {p.mob}, oder per Mail an {p.mail}.",
        "Meine {r?Vollmacht hat mein Mann|Vollmacht hat meine Frau} {r}, geb. {r.dob}; {r.id}.",
        "Die Nummer meines Passes, den ich am {date} beantragt und erst vor kurzem abgeholt habe, lautet {p.passport}.",
        "Bitte senden Sie eine Kopie an {r}, {r.addr}.",
        "Rückfragen beantwortet {r.i} ({r.mail}, Fax {r.tel}).",
        "Der Betrag von {amount} ist trotz Mahnung vom {date} nicht eingegangen.",
        "Beigefügt ist eine Aufstellung der Beteiligten:\n{table}",
        "Ihre Versicherungsnummer haben wir mit {q.pension} gespeichert; sollte sie nicht stimmen, geben Sie uns bitte Bescheid.",
    ),
    closing=(
        ("Mit freundlichen Grüßen", "Hochachtungsvoll", "Viele Grüße", "Mit besten Grüßen aus {here}"),
        ("{p}", "{p}\nGeschäftsleitung", "i. A. {p}", "{p}\n{p.mob}"),
    ),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("Eidesstattliche Versicherung", "ERKLÄRUNG", "Vollmacht", "Einwilligungserklärung", "Vorsorgevollmacht"),
        (
            "Ich, {p}, geboren am {p.dob} in {town}, wohnhaft {p.addr}, {p.id}, erkläre hiermit an Eides statt:",
            "{p.form}\n\nHiermit erkläre ich Folgendes:",
            "{p?Der Unterzeichner|Die Unterzeichnerin} {p.u}, {p.addr}, Telefon {p.tel}, {p.id}, gibt folgende Erklärung ab:",
            "Hiermit bevollmächtige ich, {p} (geb. {p.dob}), {q?Herrn|Frau} {q}, {q.addr}, {q.id}, mich in allen Angelegenheiten zu vertreten.",
        ),
    ),
    body=(
        "Ich bin seit dem {date} mit {q} verheiratet; {q?mein Mann|meine Frau} ist bei der {org} beschäftigt.",
        "Meine {p.id}; die meiner Tochter {r} ist noch nicht vergeben.",
        "Das Fahrzeug wurde am {date} von {q?Herrn|Frau} {q.s} übernommen, wohnhaft {q.addr}.",
        "Zeugen des Vorfalls waren {q} und {r}.",
        "Ich bin unter {p.tel} und {p.mail} zu erreichen.",
        "Die Leistung ist auf {p.account} zu zahlen.",
        "Weitere Einkünfte über {amount} hinaus habe ich im Jahr 2024 nicht erzielt; {p.id}.",
        "Beteiligt waren außerdem:\n{table}",
        "{r?Mein Hausarzt Herr|Meine Hausärztin Frau} {r}, {r.addr}, Tel. {r.tel}, ist von der Schweigepflicht entbunden.",
        "Gegenüber dem Finanzamt {town} trete ich unter der Nummer {p.tax_id} auf.",
        "Mir ist bekannt, dass falsche Angaben nach {law} strafbar sind.",
    ),
    closing=(
        ("{here}, den {date}", "Datum {date}, Ort {here}"),
        ("{p}", "Unterschrift: {p}", "({p.r})", "{p.i}"),
    ),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "Im Namen des Volkes\n\n{court}"),
        ("Az.: {case}", "Aktenzeichen {case}", "Geschäftsnummer: {case}"),
        ("URTEIL", "Beschluss", "Urteil vom {date}"),
        (
            "In dem Rechtsstreit\n{p?des Kaufmanns|der Kauffrau} {p}, {p.addr},\n– {p?Kläger|Klägerin} –\ngegen\n{q?den Angestellten|die Angestellte} {q}, {q.addr},\n– {q?Beklagter|Beklagte} –\nProzessbevollmächtigte: Rechtsanwälte {r.s} & Partner",
            "In der Strafsache gegen {p}, geboren am {p.dob} in {town}, wohnhaft {p.addr}, {p.id}, Verteidiger: {r?Rechtsanwalt|Rechtsanwältin} {r}",
            "in Sachen {p.s} ./. {q.s}\n1. {p.u}, {p.addr}\n2. {q.u}, {q.addr}",
        ),
    ),
    body=(
        "{p?Der Kläger|Die Klägerin} {p.s} schloss am {date} mit {q.s} einen Vertrag über {amount}.",
        "{q?Der Beklagte|Die Beklagte} überwies den Betrag auf {p.account}.",
        "Die Vernehmung {r?des Zeugen|der Zeugin} {r}, {r.addr}, ergab, dass {q.s} am {date} von der Nummer {q.mob} aus angerufen hatte.",
        "Nach Auskunft der Meldebehörde ist {q?der Beklagte|die Beklagte} ({q.id}) seit dem {date} in {q.addr} gemeldet.",
        "Mit E-Mail vom {date} teilte {q.i} unter der Adresse {q.mail} mit, die Rechnung {inv} sei bezahlt.",
        "Der Rentenversicherungsträger führt {p?den Kläger|die Klägerin} unter {p.pension}.",
        "Die zulässige Klage ist gemäß {law} begründet; auf das Urteil {case} wird Bezug genommen.",
        "{r?Der Sachverständige|Die Sachverständige} {r} erläuterte {r?sein|ihr} Gutachten vom {date}.",
        "Aus dem Ausweis, der in der Verhandlung vorgelegt und in Kopie zur Akte genommen wurde, ergibt sich die Nummer {p.id_card}.",
        "Die Beteiligten im Überblick:\n{table}",
    ),
    closing=(
        ("Die Kosten des Rechtsstreits trägt {q?der Beklagte|die Beklagte}. Der Streitwert wird auf {amount} festgesetzt.", "Die Revision wird nicht zugelassen ({law})."),
        ("{r?Richter|Richterin} am Amtsgericht {r}", "gez. {r.s}, {p.s}\nRichter", "{r}\n{r?Vorsitzender Richter|Vorsitzende Richterin}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="de",
    cases=("nom",),
    men="Jürgen, Matthias, Uwe, Florian, Sebastian, Karl-Heinz, Björn, Lukas, Emre, Tobias, Günther, Holger, Mehmet, Timo, Ansgar, Ludger, Dietmar, Jonas, Veit, Raphael",
    women="Ingrid, Heike, Sabine, Anneliese, Katharina, Jördis, Anna-Lena, Gudrun, Fatma, Leonie, Wiebke, Mareike, Ursula, Renate, Svenja, Claudia, Birgit, Franziska, Edeltraud, Nele",
    surnames="Müller, Schröder, von Hagen, Öztürk, Krause, Böttcher, Weiß, Kowalczyk, Hofstetter, Brandt, Zimmermann, Löffler, Jansen, Pohl, Großmann, Freiherr von Rautenberg, Wiegand, Dornseifer, Kurz, Sommer, Bauer, Engelhardt, Yılmaz, Quandt, Thiele, van den Boom, Uhlig, Pfeiffer",
    women_surnames="",
    compound=(0.12, "-"),
    second=0.15,
    titles=("Dr.", "Prof. Dr.", "Dipl.-Ing.", "Dr. med.", "Dr. jur."),
    towns="50667 Köln, 10115 Berlin, 80331 München, 22767 Hamburg, 04109 Leipzig, 79098 Freiburg im Breisgau, 65189 Wiesbaden, 99084 Erfurt, 26121 Oldenburg, 76133 Karlsruhe, 18055 Rostock, 35037 Marburg, 61348 Bad Homburg, 97070 Würzburg, 07743 Jena, 60311 Frankfurt am Main",
    streets="Hauptstraße, Bahnhofstr., Lindenallee, Am Alten Markt, Goetheweg, Kastanienring, Straße der Einheit, Unter den Eichen, Schillerplatz, Kirchgasse, An der Mühle, Wilhelm-Busch-Straße, Zum Sportplatz, Ostwall, Rosenweg, Im Winkel, Berliner Chaussee, Ludwig-Erhard-Allee",
    address=("{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, D-{code} {town}"),
    flats=("", ", 3. OG", ", Whg. %", ", Hinterhaus"),
    numbers=("%", "%#", "%#", "1##", "%a", "%#b", "%#-%#"),
    phones=("030 %######", "0221/%######", "+49 89 %#######", "(0 40) %% ## ## ##", "0721-%#####", "0049 341 %######", "06421 / %####", "+49 (0)69 %######", "089 / %% ## ## ##"),
    mobiles=("0171 %######", "0151 %#######", "+49 176 ########", "0160/%######", "+49 (0) 172 %######", "0157-########", "+491520#######"),
    mail_hosts=("web.de", "gmx.net", "t-online.de", "posteo.de", "mail-anbieter.de"),
    accounts=(("IBAN", _iban), ("IBAN:", _iban), ("Konto-Nr.", _old_account), ("Kontonummer", _old_account)),
    ids=IDS,
    joins=(" ", ": ", ": ", " Nr. ", " (…)", " – ", ":\n", " lautet ", ":", "", "\u00a0"),
    dates=("{dd}.{mm}.{y}", "{d}.{m}.{y}", "{d}. {month} {y}", "{dd}.{mm}.{yy}"),
    months="Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember",
    amounts=("%.### €", "%## EUR", "%#.###,## Euro", "€ %##,##", "%###,00 €"),
    organisations=("{w} GmbH", "{w} AG", "{s} & Söhne KG", "{w} Handelsgesellschaft mbH", "Autohaus {s} GmbH & Co. KG", "{s} Immobilien GmbH"),
    firms="Nordlicht, Alpina Bau, Rheintal Logistik, Helvora, Medianta, Ostsee Werft, Solvida, Grünkern",
    courts=("Amtsgericht {town}", "Landgericht {town}", "Oberlandesgericht {town}", "Arbeitsgericht {town}"),
    cases_of_courts=("% O ###/YY", "%% C %##/YY", "% Ca ####/YY", "VIII ZR %##/YY", "%%# Js %####/YY"),
    invoices=("RE-YYYY-####", "YYYY/#####", "R########", "K-######", "4######"),
    laws=("§ %## Abs. % BGB", "§§ %%#, 1## ZPO", "Art. % Abs. % GG", "§ 1## StGB", "§ %# Abs. % Satz 1 SGB X"),
    labels={
        "name": ("Name", "Name, Vorname", "Vor- und Nachname"), "born": ("Geburtsdatum", "geb. am", "Geboren"), "address": ("Anschrift", "Adresse", "Wohnhaft"), "phone": ("Telefon", "Tel.", "Festnetz"),
        "mobile": ("Mobil", "Handy", "Mobilnummer"), "mail": ("E-Mail", "Mail", "E-Mail-Adresse"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
