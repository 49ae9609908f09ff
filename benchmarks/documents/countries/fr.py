"""France."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban
from benchmarks.documents.country import Country, IdKind, Kind, Person


def _nir(random: Random, person: Person) -> str:
    """Sex, year, month, department and commune of birth, order, and 97 minus the rest modulo 97 (INSEE)."""
    department = random.choice(("01", "13", "2A", "2B", "33", "59", "69", "75", "92", "99"))
    front = f"{2 if person.female else 1}{person.birth:%y%m}{department}{random.randint(1, 399):03d}{random.randint(1, 699):03d}"
    number = int(front.replace("2A", "19").replace("2B", "18"))
    return f"{front}{97 - number % 97:02d}"


def _fiscal(random: Random, _person: Person) -> str:
    """The SPI: ten digits and their remainder modulo 511."""
    front = digits(random, 10, "0123")
    return f"{front}{int(front) % 511:03d}"


def _id_card(random: Random, person: Person) -> str:
    """The card of before 2021 has twelve digits, that of today nine letters and digits."""
    if random.random() < 0.5:
        return f"{person.birth.year % 20:02d}{random.randint(1, 12):02d}{fill(random, '%%######')}"
    return random.choice("DTXZ") + "".join(random.choices("CDFGHJKLMNPRTVWXYZ0123456789", k=7)) + fill(random, "#")


def _key(bank: str, branch: str, account: str) -> str:
    return f"{97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97:02d}"


def _bban(random: Random) -> str:
    bank, branch, account = digits(random, 5, "123"), digits(random, 5), digits(random, 11)
    return bank + branch + account + _key(bank, branch, account)


def _iban(random: Random, _person: Person) -> str:
    value = iban("FR", _bban(random))
    return random.choice((grouped(value), grouped(value), value))


def _rib(random: Random, _person: Person) -> str:
    value = _bban(random)
    return " ".join((value[:5], value[5:10], value[10:21], value[21:]))


IDS = (
    IdKind(
        "nir",
        ("numéro de sécurité sociale", "n° de sécurité sociale", "N° Sécurité sociale", "NIR", "numéro d'inscription au répertoire", "n° SS", "immatriculation à la sécurité sociale", "numéro INSEE", "N° SECURITE SOCIALE"),
        _nir, ("###############", "# ## ## ## ### ### ##", "# ## ## ## ### ### ##", "# ## ## ## ### ### / ##", "#-##-##-##-###-###-##", "############# ##"), ("N° sécu", "N° SS", "NIR"), 5, unlabelled=True,
    ),
    IdKind("fiscal", ("numéro fiscal", "n° fiscal", "numéro fiscal de référence", "N° SPI", "identifiant fiscal"), _fiscal, ("#############", "## ## ### ### ###", "## ## ### ### ###"), ("N° fiscal",), 3),
    IdKind("id_card", ("carte nationale d'identité", "CNI", "carte nationale d’identité", "carte d'identité", "CNI numéro", "titulaire de la carte d'identité"), _id_card, ("",), ("N° CNI",), 3),
    IdKind("passport", ("passeport", "passeport français", "numéro de passeport", "titulaire du passeport"), lambda r, _p: fill(r, "##") + "".join(r.choices("ABCDEFHKLPRTVXZ", k=2)) + fill(r, "#####"), ("",), ("Passeport",), 2),
    IdKind("licence", ("permis de conduire", "permis de conduire numéro", "n° de permis"), lambda r, _p: fill(r, "##") + r.choice(("AA", "AB", "BC", "CD")) + fill(r, "#####") if r.random() < 0.4 else fill(r, "##########%%"), ("",), ("N° permis",), 1),
)  # fmt: skip

FILLERS = (
    "Les parties conviennent que toute modification devra faire l'objet d'un avenant écrit et signé par elles, conformément à l'{law}.",
    "La facture n° {inv} d'un montant de {amount} a été réglée le {date}.",
    "Le présent document est établi en deux exemplaires originaux, dont un remis à chacun des signataires.",
    "Un délai de {=quinze jours} court à compter de la réception de la présente.",
    "Il est rappelé que, selon l'{law}, la charge de la preuve incombe au demandeur.",
    "La surface habitable est de {n},40 m² et le relevé du compteur indique 48213 kWh.",
    "Deux clés de la porte palière et un badge ont été remis lors de l'état des lieux.",
    "Les pièces justificatives sont jointes en copie ; les originaux pourront être produits sur simple demande.",
    "La somme de {amount} devra être versée au plus tard le {date}, sous la référence {ref}.",
    "Le colis expédié sous le numéro {inv} est arrivé complet et sans dommage.",
    "Chaque partie conserve à sa charge ses propres frais et dépens.",
    "L'audience s'est tenue de {=9 h 15} à {=11 h 40}, en l'absence d'observations du ministère public.",
    "En cas de litige, le tribunal de {here} sera seul compétent.",
    "Selon une jurisprudence constante (n° {case}), ce moyen est inopérant.",
    "Les informations recueillies font l'objet d'un traitement destiné à la seule gestion du dossier.",
)

CONTRACT = Kind(
    opening=(
        ("CONTRAT DE LOCATION", "Contrat de travail à durée indéterminée", "CONTRAT DE PRÊT", "Contrat de vente", "Convention de prestation de services"),
        (
            "Entre les soussignés :\n\n{p?M.|Mme} {p}, {p?né|née} le {p.dob} à {town}, demeurant {p.addr}, {p.id},\nd'une part,\n\net {q?M.|Mme} {q}, {q?né|née} le {q.dob}, demeurant {q.addr}, {q.id},\nd'autre part,\n\nil a été convenu ce qui suit :",
            "La société {org}, représentée par {p?Monsieur|Madame} {p}, et {q?Monsieur|Madame} {q}, domicilié(e) au {q.addr} ({q.id}), conviennent de ce qui suit :",
            "LES PARTIES\n\n{p.form}\n\nET\n\n{q.form}",
            "{p.u}, {p?né|née} le {p.dob}\n{p.lines}\n\nci-après « le bailleur »,\n\n{q.u}, {q?né|née} le {q.dob}\n{q.lines}\n\nci-après « le locataire »",
        ),
    ),
    body=(
        "{p?M.|Mme} {p.s} met à la disposition de {q?M.|Mme} {q.s}, à compter du {date}, le logement situé {p.addr}.",
        "Le loyer mensuel de {amount} est payable par virement sur le compte de {p} : {p.account}.",
        "Pour toute question technique, s'adresser à {r}, joignable au {r.tel} ou à l'adresse {r.mail}.",
        "{q?Le salarié|La salariée} fournit les renseignements suivants : {q.id} ; {q.id}.",
        "La rémunération brute de {amount} sera versée sur le compte IBAN {q.iban}.",
        "{r?M.|Mme} {r}, demeurant {r.addr}, {r?né|née} le {r.dob}, titulaire d'une carte d'identité délivrée par la préfecture de {town} le {date} sous le numéro {r.id_card}, se porte caution solidaire.",
        "Les notifications destinées à {p} seront envoyées à {p.mail}, celles destinées à {q} au {q.mob}.",
        "Le dépôt de garantie de {amount} a été remis par {q.i} le {date}.",
        "Les occupants déclarés sont :\n{table}",
        "Aux fins fiscales, les parties indiquent leurs numéros : {p.s}, {p.fiscal} ; {q.s}, {q.fiscal} (numéros fiscaux).",
        "En cas d'urgence, prévenir {r?son frère|sa sœur} {r} au {r.mob}.",
    ),
    closing=(
        ("Fait à {here}, le {date}", "À {here}, le {date}, en deux exemplaires", "{here}, {date}"),
        ("Le bailleur                Le locataire\n{p}                {q}", "Lu et approuvé, {p.i}\nLu et approuvé, {q.i}", "{p.u}\n\n{q.u}", "Signature : {p}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTél. : {p.tel}\n{p.mail}", "{p?M.|Mme} {p} – {p.addr} – {p.mob}", "Expéditeur : {p.u}, {p.addr}", "{org}\nDossier suivi par : {p}\nLigne directe : {p.tel}\nCourriel : {p.mail}"),
        ("{q?Monsieur|Madame} {q}\n{q.lines}", "{org2}\nÀ l'attention de {q?M.|Mme} {q}\n{q.lines}"),
        ("{here}, le {date}", "Le {date}", "{date} – Nos réf. : {ref}"),
        ("Objet : votre courrier du {date}, dossier {ref}", "Objet : demande de remboursement – {p.id}", "Objet : résiliation du contrat {ref}", "Objet : recours contre la décision du {date}"),
        ("{q?Monsieur|Madame},", "{q?Cher Monsieur|Chère Madame} {q.s},", "Bonjour {q?Monsieur|Madame} {q.s},", "Madame, Monsieur,"),
    ),
    body=(
        "Comme convenu le {date} avec {r?votre collègue M.|votre collègue Mme} {r.s}, je vous transmets les éléments demandés.",
        "Mes coordonnées bancaires ont changé ; merci d'effectuer désormais les virements sur le compte suivant : {p.account}.",
        "J'ai déménagé et j'habite depuis le {date} au {p.addr}.",
        "Pour le traitement de mon dossier, voici mes références : {p.id}, {p?né|née} le {p.dob}.",
        "Vous pouvez me joindre au {p.tel} en journée, au {p.mob} le soir, ou par courriel : {p.mail}.",
        "J'ai donné procuration à {r?mon mari|mon épouse} {r}, {r?né|née} le {r.dob} ({r.id}).",
        "Le numéro du passeport que j'ai demandé le {date} et retiré seulement la semaine dernière est le {p.passport}.",
        "Merci d'adresser une copie à {r}, {r.addr}.",
        "{r.i} ({r.mail}, télécopie {r.tel}) répondra à vos questions.",
        "Malgré mon rappel du {date}, la somme de {amount} ne m'est pas parvenue.",
        "Vous trouverez ci-dessous la liste des personnes concernées :\n{table}",
        "Nous avons enregistré {q.nir} comme votre numéro de sécurité sociale ; merci de nous signaler toute erreur.",
    ),
    closing=(
        ("Je vous prie d'agréer, {q?Monsieur|Madame}, l'expression de mes salutations distinguées.", "Bien cordialement,", "Avec mes meilleures salutations de {here},"),
        ("{p}", "{p}\nDirection générale", "P/o {p}", "{p}\n{p.mob}"),
    ),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("ATTESTATION SUR L'HONNEUR", "Procuration", "DÉCLARATION", "Attestation d'hébergement", "Consentement"),
        (
            "Je {p?soussigné|soussignée} {p}, {p?né|née} le {p.dob} à {town}, demeurant {p.addr}, {p.id}, atteste sur l'honneur que :",
            "{p.form}\n\nJe déclare ce qui suit :",
            "{p?Le soussigné|La soussignée} {p.u}, {p.addr}, téléphone {p.tel}, {p.id}, déclare :",
            "Je {p?soussigné|soussignée}, {p} ({p?né|née} le {p.dob}), donne pouvoir à {q?M.|Mme} {q}, {q.addr}, {q.id}, pour me représenter.",
        ),
    ),
    body=(
        "Je suis {p?marié|mariée} depuis le {date} avec {q}, {q?employé|employée} de la société {org}.",
        "Mon {p.id} ; celui de ma fille {r} n'a pas encore été attribué.",
        "Le véhicule a été remis le {date} à {q?M.|Mme} {q.s}, demeurant {q.addr}.",
        "Les témoins des faits sont {q} et {r}.",
        "Je reste joignable au {p.tel} et à {p.mail}.",
        "Le versement est à effectuer sur {p.account}.",
        "Je n'ai perçu aucun revenu supérieur à {amount} en 2024 ; {p.id}.",
        "Étaient également présents :\n{table}",
        "{r?Mon médecin traitant, le docteur|Ma médecin traitante, la docteure} {r}, {r.addr}, tél. {r.tel}, est {r?délié|déliée} du secret médical.",
        "Je suis connu de l'administration des impôts sous le numéro {p.fiscal}.",
        "Je sais que toute fausse déclaration m'expose aux peines prévues par l'{law}.",
    ),
    closing=(("Fait à {here}, le {date}", "{here}, le {date}"), ("{p}", "Signature : {p}", "({p.r})", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "RÉPUBLIQUE FRANÇAISE\nAU NOM DU PEUPLE FRANÇAIS\n\n{court}"),
        ("N° RG {case}", "RG n° {case}", "Numéro de rôle : {case}"),
        ("JUGEMENT DU {date}", "ARRÊT", "Ordonnance du {date}"),
        (
            "DEMANDEUR :\n{p?Monsieur|Madame} {p}, demeurant {p.addr}\n\nDÉFENDEUR :\n{q?Monsieur|Madame} {q}, demeurant {q.addr}\nreprésenté(e) par Maître {r}, avocat au barreau de {town}",
            "Affaire : ministère public contre {p}, {p?né|née} le {p.dob} à {town}, demeurant {p.addr}, {p.id}, assisté(e) de Me {r.s}",
            "{p.u} c/ {q.u}\n1° {p}, {p.addr}\n2° {q}, {q.addr}",
        ),
    ),
    body=(
        "Le {date}, {p?M.|Mme} {p.s} a conclu avec {q?M.|Mme} {q.s} un contrat d'un montant de {amount}.",
        "{q?Le défendeur|La défenderesse} a viré la somme sur {p.account}.",
        "Entendu comme témoin, {r}, demeurant {r.addr}, a déclaré que {q.s} l'avait appelé le {date} depuis le {q.mob}.",
        "Selon les services de l'état civil, {q?M.|Mme} {q.s} ({q.id}) réside depuis le {date} au {q.addr}.",
        "Par courriel du {date} envoyé de l'adresse {q.mail}, {q.i} a indiqué que la facture {inv} était payée.",
        "La caisse primaire connaît {p?le requérant|la requérante} sous le numéro {p.nir}.",
        "La demande est fondée en application de l'{law} ; voir aussi l'arrêt n° {case}.",
        "{r?L'expert|L'experte} {r} a maintenu les conclusions de son rapport du {date}.",
        "La pièce d'identité produite à l'audience et versée en copie au dossier porte le numéro {p.id_card}.",
        "Parties à l'instance :\n{table}",
    ),
    closing=(
        ("Condamne {q?M.|Mme} {q.s} aux dépens et à payer {amount} au titre de l'{law}.", "Rejette le surplus des demandes."),
        ("Le président, {r}", "{r?Le greffier|La greffière}\n{r}", "Ainsi jugé par {r.i}, {r?président|présidente}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="fr",
    cases=("nom",),
    men="Jean-Pierre, Thierry, Édouard, Maxime, Loïc, Youssef, Olivier, Gaël, Benoît, Frédéric, Rachid, Étienne, Hugo, Sylvain, Jean-Christophe, Gérard, Mathis, Aurélien, Noé, Philippe",
    women="Hélène, Marie-Claire, Aurore, Fatima, Chloé, Geneviève, Océane, Maëlys, Brigitte, Anne-Sophie, Jocelyne, Léa, Nathalie, Zoé, Capucine, Solène, Monique, Émilie, Aïcha, Violette",
    surnames="Lefèvre, de La Fontaine, Benali, Garnier, Dupont, Le Goff, Moreau, Chevallier, d'Aubigné, N'Diaye, Fournier, Poirier, Besson, Lemaître, Roussel, Petit, Blanchard, Du Pré, Marchand, Haddad, Gauthier, Boulanger, Rey, Vasseur, L'Hermitte, Colin, Delaunay, Tran",
    women_surnames="",
    compound=(0.12, "-"),
    second=0.15,
    titles=("Dr", "Me", "Pr", "docteur"),
    towns="75011 Paris, 69003 Lyon, 13006 Marseille, 31000 Toulouse, 59000 Lille, 44000 Nantes, 67000 Strasbourg, 33000 Bordeaux, 35000 Rennes, 06000 Nice, 20000 Ajaccio, 92100 Boulogne-Billancourt, 38000 Grenoble, 71100 Chalon-sur-Saône, 22300 Lannion, 64100 Bayonne",
    streets="rue de la Paix, avenue Jean Jaurès, boulevard Voltaire, chemin des Vignes, place du Marché, impasse des Lilas, allée des Tilleuls, quai de la Loire, rue du Général-Leclerc, route de Paris, cours Lafayette, rue de l'Église, bd de la République, av. du Maréchal Foch, sentier du Moulin, square des Acacias",
    address=("{no} {street}{flat}, {code} {town}", "{no}, {street}{flat}, {code} {town}", "{no} {street}{flat} – {code} {town}"),
    flats=(", appartement %", ", bât. A", ", 3e étage", ", Résidence Les Ormes"),
    numbers=("%", "%#", "%#", "1##", "% bis", "%# ter"),
    phones=("01 ## ## ## ##", "04.##.##.##.##", "05########", "+33 2 ## ## ## ##", "03-##-##-##-##", "+33 (0)1 ## ## ## ##", "0033 4 ## ## ## ##"),
    mobiles=("06 ## ## ## ##", "07.5#.##.##.##", "06########", "+33 6 ## ## ## ##", "+336########"),
    mail_hosts=("orange.fr", "laposte.net", "free.fr", "wanadoo.fr", "courriel.fr"),
    accounts=(("IBAN", _iban), ("IBAN :", _iban), ("RIB", _rib)),
    ids=IDS,
    joins=(" ", " : ", ": ", " n° ", " n°", " numéro ", " (…)", " :\n", " no ", "\u00a0: ", " – "),
    dates=("{dd}/{mm}/{y}", "{d} {month} {y}", "{dd}.{mm}.{y}", "{dd}/{mm}/{yy}"),
    months="janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre",
    amounts=("% ### €", "%## euros", "%# ###,## €", "%##,## EUR"),
    organisations=("{w} SAS", "SARL {w}", "Société {s} et Fils", "Garage {s}", "SCI {w}", "{w} S.A."),
    firms="Nordalpes, Bâti-Ouest, Luminéa, Transvallée, Médicys, Les Jardins d'Armor, Solvéo, Vertigo Conseil",
    courts=("Tribunal judiciaire de {town}", "Cour d'appel de {town}", "TRIBUNAL DE PROXIMITÉ DE {town}", "Conseil de prud'hommes de {town}"),
    cases_of_courts=("YY/0####", "YYYY/####", "YY-##.###", "F YY/00###"),
    invoices=("FA-YYYY-####", "F########", "YYYY-#####", "C0######"),
    laws=("article 1### du Code civil", "article L. ###-% du Code du travail", "article %00 du Code de procédure civile", "article 4##-% du Code pénal"),
    labels={
        "name": ("Nom", "Nom et prénom", "NOM Prénom"), "born": ("Date de naissance", "Né(e) le"), "address": ("Adresse", "Domicile"), "phone": ("Téléphone", "Tél.", "Tél"),
        "mobile": ("Portable", "Mobile"), "mail": ("Courriel", "E-mail", "Adresse électronique"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
    no_initials=("M.",),
)  # fmt: skip
