"""The Netherlands."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, weighted
from benchmarks.documents.country import Country, IdKind, Kind, Person


def _bsn(random: Random, _person: Person) -> str:
    """Nine digits; weights 9 to 2 and -1 give a multiple of 11."""
    while True:
        front = digits(random, 8, "123456789")
        check = weighted(front, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if check < 10:
            return f"{front}{check}"


def _account(random: Random) -> str:
    while True:
        value = digits(random, 9, "123456789")
        if weighted(value, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0:
            return value


def _iban(random: Random, _person: Person) -> str:
    value = iban("NL", random.choice(("INGB", "RABO", "ABNA", "TRIO", "SNSB")) + f"0{_account(random)}")
    return random.choice((grouped(value), grouped(value), value))


def _old_account(random: Random, _person: Person) -> str:
    value = _account(random)
    return random.choice((f"{value[:2]}.{value[2:4]}.{value[4:6]}.{value[6:]}", value))


def _document(random: Random, _person: Person) -> str:
    letters = "ABCDEFGHIJKLMNPQRSTUVWXYZ"
    return (
        random.choice("NSIB")
        + random.choice(letters)
        + "".join(random.choices(letters + "123456789", k=6))
        + fill(random, "#")
    )


IDS = (
    IdKind("bsn", ("BSN", "burgerservicenummer", "Burgerservicenummer (BSN)", "BSN-nummer", "bsn", "sofinummer", "Burgerservicenr."), _bsn, ("#########", "#########", "#### ## ###", "####.##.###", "### ### ###", "###-###-###"), ("BSN",), 6),
    IdKind("passport", ("paspoort", "paspoortnummer", "paspoort nr.", "Nederlands paspoort", "houder van paspoort"), _document, ("#########",), ("Paspoortnr.",), 3),
    IdKind("card", ("identiteitskaart", "ID-kaart", "documentnummer", "identiteitskaart nr.", "identiteitsbewijs", "ID-bewijs"), _document, ("#########",), ("Documentnr.",), 2),
    IdKind("licence", ("rijbewijs", "rijbewijsnummer", "rijbewijs nr."), lambda r, _p: fill(r, "%#########"), ("##########",), ("Rijbewijsnr.",), 2),
    IdKind("vat", ("btw-id", "btw-nummer", "btw-identificatienummer"), lambda r, p: f"NL{_bsn(r, p)}B{r.randint(1, 20):02d}", ("",), ("Btw-nummer",), 1, unlabelled=True),
)  # fmt: skip

FILLERS = (
    "Wijzigingen van dit document zijn slechts geldig indien schriftelijk overeengekomen ({law}).",
    "Factuur {inv} ten bedrage van {amount} is op {date} voldaan.",
    "Dit document is in tweevoud opgemaakt; elk der partijen ontvangt een exemplaar.",
    "De termijn bedraagt {=veertien dagen} na ontvangst van deze brief.",
    "Ingevolge {law} rust de bewijslast op degene die zich op het feit beroept.",
    "De woonoppervlakte is {n},40 m² en de meterstand bedroeg bij oplevering 48213 kWh.",
    "Er zijn twee sleutels van de woning en een van de brievenbus overhandigd.",
    "Kopieën zijn bijgevoegd; de originelen worden op verzoek getoond.",
    "Het bedrag van {amount} dient uiterlijk {date} te zijn betaald onder vermelding van {ref}.",
    "De zending met nummer {inv} is volledig en onbeschadigd aangekomen.",
    "Iedere partij draagt de eigen proceskosten.",
    "De zitting duurde van {=9.15 uur} tot {=11.40 uur}; tegen het proces-verbaal is geen bezwaar gemaakt.",
    "Geschillen worden voorgelegd aan de bevoegde rechter te {here}.",
    "Volgens vaste rechtspraak ({case}) slaagt deze klacht niet.",
    "Voor het overige is {law} van toepassing.",
)

CONTRACT = Kind(
    opening=(
        ("HUUROVEREENKOMST", "Arbeidsovereenkomst voor onbepaalde tijd", "Geldleningsovereenkomst", "KOOPOVEREENKOMST", "Overeenkomst van opdracht"),
        (
            "Ondergetekenden:\n{p?de heer|mevrouw} {p}, geboren op {p.dob} te {town}, wonende te {p.addr}, {p.id}, hierna: verhuurder,\nen\n{q?de heer|mevrouw} {q}, geboren op {q.dob}, wonende {q.addr}, {q.id}, hierna: huurder,",
            "{org}, vertegenwoordigd door {p?de heer|mevrouw} {p}, en {q?de heer|mevrouw} {q}, {q.addr} ({q.id}), komen het volgende overeen:",
            "PARTIJEN\n\n{p.form}\n\nEN\n\n{q.form}",
            "{p}, geb. {p.dob}\n{p.lines}\n\n{q}, geb. {q.dob}\n{q.lines}\n\nsluiten deze overeenkomst:",
        ),
    ),
    body=(
        "{p?De heer|Mevrouw} {p.s} geeft met ingang van {date} aan {q?de heer|mevrouw} {q.s} de woning aan de {p.addr} in gebruik.",
        "De huur van {amount} per maand wordt overgemaakt op de rekening van {p}: {p.account}.",
        "Voor technische zaken is {r} de contactpersoon, telefoon {r.tel}, e-mail {r.mail}.",
        "{q?De werknemer|De werkneemster} verstrekt de volgende gegevens: {q.id}; {q.id}.",
        "Het brutoloon van {amount} wordt betaald op IBAN {q.iban}.",
        "Borg staat {r}, wonende {r.addr}, geboren op {r.dob}, met paspoort, afgegeven te {town} op {date}, nummer {r.passport}.",
        "Mededelingen aan {p} gaan naar {p.mail}, die aan {q} worden aangekondigd op {q.mob}.",
        "De waarborgsom van {amount} is op {date} door {q.i} voldaan.",
        "De woning wordt bewoond door:\n{table}",
        "Voor de belastingdienst geven partijen op: {p.s} {p.bsn}, {q.s} {q.bsn} (burgerservicenummers).",
        "In noodgevallen bellen met {r}, mobiel {r.mob}.",
    ),
    closing=(
        ("Aldus overeengekomen te {here} op {date}", "{here}, {date}", "Getekend te {here}, {date}"),
        ("Verhuurder                Huurder\n{p}                {q}", "w.g. {p}\nw.g. {q}", "{p.i}          {q.i}", "{p.u}\n\n{q.u}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel. {p.tel}\n{p.mail}", "{p} – {p.addr} – mobiel {p.mob}", "Afzender: {p.u}, {p.addr}", "{org}\nBehandeld door: {p}\nDoorkiesnummer: {p.tel}\nE-mail: {p.mail}"),
        ("{q?De heer|Mevrouw} {q}\n{q.lines}", "Aan {q?de heer|mevrouw} {q}\n{q.lines}", "{org2}\nT.a.v. {q?de heer|mevrouw} {q}\n{q.lines}"),
        ("{here}, {date}", "{date}", "{here}, {date}   Ons kenmerk: {ref}"),
        ("Betreft: uw brief van {date}, dossier {ref}", "Betreft: verzoek om teruggaaf – {p.id}", "Betreft: opzegging van contract {ref}", "Betreft: bezwaar tegen het besluit van {date}, {p.id}"),
        ("Geachte {q?heer|mevrouw} {q.s},", "Geachte heer/mevrouw,", "Beste {q.g},"),
    ),
    body=(
        "Zoals op {date} besproken met {r?de heer|mevrouw} {r.s}, stuur ik u de gevraagde gegevens.",
        "Mijn rekeningnummer is gewijzigd; wilt u voortaan overmaken op {p.account}.",
        "Ik ben verhuisd en woon sinds {date} op {p.addr}.",
        "Voor de behandeling geef ik u mijn gegevens: {p.id}, geboren op {p.dob}.",
        "U kunt mij bereiken op {p.tel}, 's avonds op {p.mob}, of via {p.mail}.",
        "Ik heb {r}, geboren {r.dob}, gemachtigd; {r.id}.",
        "Het paspoort dat ik op {date} heb aangevraagd en onlangs heb afgehaald, heeft nummer {p.passport}.",
        "Wilt u een kopie sturen aan {r}, {r.addr}.",
        "Vragen worden beantwoord door {r.i} ({r.mail}, fax {r.tel}).",
        "Ondanks de herinnering van {date} is {amount} niet ontvangen.",
        "Hieronder de lijst van betrokkenen:\n{table}",
        "In onze administratie staat u met {q.bsn}; klopt dit niet, dan horen wij dat graag.",
    ),
    closing=(("Met vriendelijke groet,", "Hoogachtend,", "Vriendelijke groeten uit {here},"), ("{p}", "{p}\nDirectie", "namens deze, {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("VERKLARING", "Volmacht", "EIGEN VERKLARING", "Machtiging", "Toestemmingsverklaring"),
        (
            "Ondergetekende, {p}, geboren te {town} op {p.dob}, wonende {p.addr}, {p.id}, verklaart hierbij:",
            "{p.form}\n\nIk verklaar het volgende:",
            "Ondergetekende {p.u}, {p.addr}, telefoon {p.tel}, {p.id}, verklaart:",
            "Ik, {p} (geb. {p.dob}), machtig {q?de heer|mevrouw} {q}, {q.addr}, {q.id}, om mij te vertegenwoordigen.",
        ),
    ),
    body=(
        "Ik ben sinds {date} gehuwd met {q}, in dienst van {org}.",
        "Mijn {p.id}; dat van mijn dochter {r} is nog niet toegekend.",
        "Het voertuig is op {date} overgedragen aan {q?de heer|mevrouw} {q.s}, {q.addr}.",
        "Getuigen van het voorval waren {q} en {r}.",
        "Ik ben bereikbaar op {p.tel} en via {p.mail}.",
        "De betaling geschiedt op {p.account}.",
        "In 2024 had ik geen inkomsten boven {amount}; {p.id}.",
        "Tevens waren aanwezig:\n{table}",
        "Huisarts {r}, {r.addr}, tel. {r.tel}, is van de geheimhouding ontheven.",
        "Bij de Belastingdienst ben ik bekend onder nummer {p.bsn}.",
        "Ik ken de gevolgen van {law}.",
    ),
    closing=(("{here}, {date}", "Plaats en datum: {here}, {date}"), ("{p}", "Handtekening: {p}", "({p.r})", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "IN NAAM DES KONINGS\n\n{court}"),
        ("zaaknummer {case}", "Zaaknummer / rolnummer: {case}"),
        ("VONNIS van {date}", "BESCHIKKING", "Uitspraak van {date}"),
        (
            "in de zaak van {p}, wonende te {p.addr}, eiser, tegen {q}, wonende te {q.addr}, gedaagde, advocaat mr. {r}",
            "in de strafzaak tegen {p}, geboren te {town} op {p.dob}, wonende {p.addr}, {p.id}, bijgestaan door mr. {r}",
            "{p.u} tegen {q.u}\n1. {p}, {p.addr}\n2. {q}, {q.addr}",
        ),
    ),
    body=(
        "Op {date} sloot {p.s} met {q?de heer|mevrouw} {q.s} een overeenkomst voor {amount}.",
        "Gedaagde maakte het bedrag over naar {q.account}.",
        "{r?De getuige|De getuige} {r}, wonende {r.addr}, verklaarde dat {q.s} op {date} belde met nummer {q.mob}.",
        "Volgens de basisregistratie woont {q} ({q.id}) sinds {date} op {q.addr}.",
        "Per e-mail van {date}, verzonden vanaf {q.mail}, stelde {q.i} dat factuur {inv} was betaald.",
        "De uitkeringsinstantie kent eiser onder nummer {p.bsn}.",
        "De vordering is op grond van {law} toewijsbaar; vgl. {case}.",
        "De deskundige {r} bleef bij het rapport van {date}.",
        "Uit het ter zitting getoonde document, waarvan een kopie in het dossier is gevoegd, blijkt nummer {p.passport}.",
        "Partijen in deze zaak:\n{table}",
    ),
    closing=(
        ("Veroordeelt {q.s} tot betaling van {amount}.", "Wijst het meer of anders gevorderde af ({law})."),
        ("Dit vonnis is gewezen door mr. {r}", "mr. {r}, griffier", "mr. {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="nl",
    cases=("nom",),
    men="Jan, Sjoerd, Willem-Jan, Pieter, Bas, Ruud, Thijs, Mohammed, Joost, Cornelis, Daan, Kees, Wouter, Hendrik, Jelle, Sander, Maarten, Ömer, Gijs, Teun",
    women="Anneke, Sanne, Marijke, Fleur, Hendrika, Ilse, Fatima, Johanna, Roos, Wilhelmina, Femke, Mieke, Lotte, Trijntje, Saskia, Noor, Geertruida, Annemarie, Yvonne, Jolanda",
    surnames="de Vries, van den Berg, Jansen, Bakker, van der Meulen, Visser, Smit, Hoekstra, El Amrani, ter Horst, Mulder, de Wit, Brouwer, van 't Hof, Kuipers, Dijkstra, Van Leeuwen, Postma, de Boer, Schouten, in 't Veld, Yildirim, Vos, Zwart",
    women_surnames="",
    compound=(0.1, "-"),
    second=0.15,
    titles=("dr.", "mr.", "ir.", "drs.", "prof. dr."),
    towns="1012_AB Amsterdam, 3011_AD Rotterdam, 2511_CS Den Haag, 3511_LX Utrecht, 9711_JB Groningen, 5611_EM Eindhoven, 6811_KZ Arnhem, 8911_BS Leeuwarden, 6211_HE Maastricht, 4811_GB Breda, 2312_JA Leiden, 7511_JL Enschede, 1811_LR Alkmaar, 5211_XR 's-Hertogenbosch, 3811_MH Amersfoort, 4331_LS Middelburg",
    streets="Dorpsstraat, Prinsengracht, Kerkweg, Laan van Meerdervoort, Oude Rijn, Burgemeester de Vlugtlaan, Korte Nieuwstraat, Marktplein, Singel, 's-Gravendijkwal, Beukenlaan, Van Goghstraat, Noorderhaven, Hoge Dijk, 2e Jan Steenstraat, Plantsoen",
    address=("{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{street} {no}{flat}, {code}  {town}"),
    flats=("-#", " bis", "-hs", "-III"),
    numbers=("%", "%#", "%#", "1##", "%#a", "%#-%"),
    phones=("020-%######", "010 %## ## ##", "(030) %## ## ##", "+31 50 %## ## ##", "0592-%#####", "+31 (0)43 %######", "070 %######"),
    mobiles=("06-########", "06 ## ## ## ##", "06 ########", "+31 6 ########", "+316########", "06-## ## ## ##"),
    mail_hosts=("ziggo.nl", "kpnmail.nl", "xs4all.nl", "hetnet.nl", "mijnpost.nl"),
    accounts=(("IBAN", _iban), ("IBAN:", _iban), ("rekeningnummer", _iban), ("rekeningnummer", _old_account)),
    ids=IDS,
    joins=(" ", ": ", ": ", " nr. ", " nummer ", " (…)", ":\n", ":", "", " – ", "\u00a0"),
    dates=("{dd}-{mm}-{y}", "{d} {month} {y}", "{d}-{m}-{y}", "{dd}/{mm}/{y}"),
    months="januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december",
    amounts=("€ %.###,-", "€ %##,##", "%.### euro", "EUR %#.###,00"),
    organisations=("{w} B.V.", "{w} N.V.", "{s} & Zonen B.V.", "Stichting {w}", "Garage {s} V.O.F."),
    firms="Noordzee Transport, Polderbouw, Medizorg, Zonnewijk, Veluwe Vastgoed, Maasstaal, Groenewoud, Delta Advies",
    courts=("Rechtbank {town}", "Gerechtshof {town}", "RECHTBANK, zittingsplaats {town}", "Kantonrechter te {town}"),
    cases_of_courts=("C/13/%##### / HA ZA YY-%##", "%####### CV EXPL YY-%###", "YY/%### WIA", "ECLI:NL:HR:YYYY:%##"),
    invoices=("YYYY-####", "F####/YY", "YYYY0####", "K4#####"),
    laws=("artikel 7:2## BW", "artikel 1## Rv", "artikel 6:1## lid % BW", "art. 22# Sr"),
    labels={
        "name": ("Naam", "Voor- en achternaam", "Naam en voornaam"), "born": ("Geboortedatum", "Geb. datum"), "address": ("Adres", "Woonadres"), "phone": ("Telefoon", "Tel."),
        "mobile": ("Mobiel", "Mobiele nummer"), "mail": ("E-mail", "E-mailadres"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
