"""Spain."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, weighted
from benchmarks.documents.country import Country, IdKind, Kind, Person

_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def _dni(random: Random, _person: Person) -> str:
    """Eight digits and the letter of their remainder modulo 23."""
    number = digits(random, 8, "01234567")
    return f"{number}{_LETTERS[int(number) % 23]}"


def _nie(random: Random, _person: Person) -> str:
    """X, Y or Z (0, 1, 2), seven digits, letter."""
    first, rest = random.choice("XYZ"), digits(random, 7)
    return f"{first}{rest}{_LETTERS[int(str('XYZ'.index(first)) + rest) % 23]}"


def _social(random: Random, _person: Person) -> str:
    """Province, serial number and their remainder modulo 97."""
    number = f"{random.randint(1, 52):02d}{digits(random, 8, '123456789')}"
    return f"{number}{int(number) % 97:02d}"


def _bban(random: Random) -> str:
    """Bank, branch, two check digits modulo 11, account."""
    bank, account = random.choice(("2100", "0049", "0182", "2080")) + digits(random, 4), digits(random, 10)
    checks = (
        (11 - weighted(value, weights) % 11) % 11
        for value, weights in ((bank, (4, 8, 5, 10, 9, 7, 3, 6)), (account, (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)))
    )
    return bank + "".join("1" if check == 10 else str(check) for check in checks) + account


def _iban(random: Random, _person: Person) -> str:
    value = iban("ES", _bban(random))
    return random.choice((grouped(value), grouped(value), value))


def _old_account(random: Random, _person: Person) -> str:
    value = _bban(random)
    return random.choice((" ", "-")).join((value[:4], value[4:8], value[8:10], value[10:]))


IDS = (
    IdKind("dni", ("DNI", "D.N.I.", "DNI n.º", "con DNI", "provisto de D.N.I. núm.", "documento nacional de identidad", "NIF", "N.I.F.", "titular del DNI", "DNI/NIF"), _dni, ("#########", "########-#", "######## #", "##.###.###-#", "##.###.### #", "##.###.###-#"), ("DNI", "NIF"), 6, unlabelled=True),
    IdKind("nie", ("NIE", "N.I.E.", "con NIE", "número de identidad de extranjero", "NIE n.º"), _nie, ("#########", "#-#######-#", "# ####### #", "#-########"), ("NIE",), 2, unlabelled=True),
    IdKind("social", ("número de la Seguridad Social", "n.º de afiliación a la Seguridad Social", "NUSS", "N.º Seguridad Social", "NSS", "número de afiliación"), _social, ("############", "##/########/##", "## ######## ##", "## / ######## / ##", "##-########-##"), ("N.º S.S.", "NUSS"), 3),
    IdKind("passport", ("pasaporte", "pasaporte n.º", "número de pasaporte", "con pasaporte español"), lambda r, _p: "".join(r.choices("ABCPXZ", k=3)) + fill(r, "######"), ("#########",), ("Pasaporte",), 2),
)  # fmt: skip

FILLERS = (
    "Toda modificación del presente documento deberá constar por escrito y firmada por las partes, conforme al {law}.",
    "La factura n.º {inv}, por importe de {amount}, fue abonada el {date}.",
    "El presente documento se extiende por duplicado y a un solo efecto, quedando un ejemplar en poder de cada parte.",
    "El plazo es de {=quince días} desde la recepción del presente escrito.",
    "Según el {law}, la carga de la prueba corresponde a quien alega el hecho.",
    "La superficie útil es de {n},40 m² y el contador marcaba 48213 kWh en el momento de la entrega.",
    "Se entregan dos llaves de la vivienda y una del buzón.",
    "Se adjuntan copias; los originales se exhibirán cuando se soliciten.",
    "El importe de {amount} deberá ingresarse antes del {date}, indicando la referencia {ref}.",
    "El envío número {inv} llegó completo y sin daños.",
    "Cada parte abonará las costas causadas a su instancia y las comunes por mitad.",
    "La vista se celebró de {=9.15} a {=11.40 horas}, sin que se formularan objeciones al acta.",
    "Para cualquier controversia serán competentes los juzgados de {here}.",
    "Conforme a reiterada jurisprudencia ({case}), el motivo debe decaer.",
    "En lo no previsto se estará a lo dispuesto en el {law}.",
)

CONTRACT = Kind(
    opening=(
        ("CONTRATO DE ARRENDAMIENTO DE VIVIENDA", "Contrato de trabajo indefinido", "CONTRATO DE PRÉSTAMO", "Contrato de compraventa de vehículo", "Contrato de prestación de servicios"),
        (
            "REUNIDOS\n\nDe una parte, {p?don|doña} {p}, mayor de edad, con domicilio en {p.addr} y {p.id}.\nDe otra parte, {q?don|doña} {q}, {q?nacido|nacida} el {q.dob}, con domicilio en {q.addr}, {q.id}.",
            "La mercantil {org}, representada por {p?D.|D.ª} {p}, y {q?D.|D.ª} {q}, vecino de {q.addr} ({q.id}), acuerdan lo siguiente:",
            "PARTES\n\n{p.form}\n\nY\n\n{q.form}",
            "{p}, {p?nacido|nacida} el {p.dob}\n{p.lines}\n\n{q}, {q?nacido|nacida} el {q.dob}\n{q.lines}\n\nconvienen en celebrar este contrato:",
        ),
    ),
    body=(
        "{p?El Sr.|La Sra.} {p.s} cede a {q?don|doña} {q}, desde el {date}, el uso de la vivienda sita en {p.addr}.",
        "La renta mensual de {amount} se abonará por transferencia a la cuenta de {p}: {p.account}.",
        "Para cuestiones técnicas, la persona de contacto es {r}, teléfono {r.tel}, correo {r.mail}.",
        "{q?El trabajador|La trabajadora} facilita los siguientes datos: {q.id}; {q.id}.",
        "El salario bruto de {amount} se ingresará en la cuenta IBAN {q.iban}.",
        "Actúa como {r?fiador don|fiadora doña} {r}, {r?domiciliado|domiciliada} en {r.addr}, {r?nacido|nacida} el {r.dob}, cuyo documento de identidad, expedido en {town} el {date}, lleva el número {r.dni}.",
        "Las notificaciones a {p} se enviarán a {p.mail} y las dirigidas a {q} se avisarán al móvil {q.mob}.",
        "La fianza de {amount} ha sido entregada por {q.i} el {date}.",
        "Ocuparán la vivienda las siguientes personas:\n{table}",
        "A efectos fiscales las partes comunican: {p.s}, {p.dni}; {q.s}, {q.dni} (números de identificación fiscal).",
        "En caso de urgencia se avisará a {r}, móvil {r.mob}.",
    ),
    closing=(
        ("En {here}, a {date}", "{here}, {date}", "Firmado en {here} el {date}"),
        ("EL ARRENDADOR                EL ARRENDATARIO\n{p}                {q}", "Fdo.: {p}\nFdo.: {q}", "Fdo. {p.i}          Fdo. {q.i}", "{p.u}\n\n{q.u}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel.: {p.tel}\n{p.mail}", "{p?D.|D.ª} {p} – {p.addr} – móvil {p.mob}", "Remitente: {p.u}, {p.addr}", "{org}\nPersona de contacto: {p}\nTeléfono: {p.tel}\nCorreo electrónico: {p.mail}"),
        ("{q?Sr. D.|Sra. D.ª}\n{q}\n{q.lines}", "{q?D.|D.ª} {q}\n{q.lines}", "{org2}\nA la atención de {q?D.|D.ª} {q}\n{q.lines}"),
        ("{here}, {date}", "{date}", "{here}, a {date}   N/Ref.: {ref}"),
        ("Asunto: su escrito de {date}, expediente {ref}", "Asunto: solicitud de reembolso – {p.id}", "Asunto: resolución del contrato {ref}", "Recurso contra la resolución de {date}, {p.id}"),
        ("{q?Estimado señor|Estimada señora} {q.s}:", "Muy {q?señor mío|señora mía}:", "Estimados señores:", "Buenos días, {q.g}:"),
    ),
    body=(
        "según lo hablado el {date} con {r?el señor|la señora} {r.s}, le remito los datos solicitados.",
        "Mi cuenta bancaria ha cambiado; les ruego que en adelante ingresen los pagos en {p.account}.",
        "Me he mudado y desde el {date} vivo en {p.addr}.",
        "Para la tramitación les indico mis datos: {p.id}, {p?nacido|nacida} el {p.dob}.",
        "Pueden localizarme en el {p.tel}, por la tarde en el {p.mob}, o en {p.mail}.",
        "He autorizado a {r}, {r?nacido|nacida} el {r.dob}; {r.id}.",
        "El pasaporte que solicité el {date} y recogí hace poco tiene el número {p.passport}.",
        "Les ruego envíen copia a {r}, {r.addr}.",
        "Responderá a sus preguntas {r.i} ({r.mail}, fax {r.tel}).",
        "Pese al requerimiento de {date}, no hemos recibido los {amount}.",
        "A continuación, la relación de personas afectadas:\n{table}",
        "En nuestros registros figura usted con el {q.dni}; si no es correcto, le rogamos nos avise.",
    ),
    closing=(("Atentamente,", "Reciba un cordial saludo,", "Sin otro particular, le saluda atentamente,"), ("{p}", "{p}\nDirección general", "P. O. {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("DECLARACIÓN RESPONSABLE", "Autorización", "DECLARACIÓN JURADA", "Poder de representación", "Consentimiento informado"),
        (
            "Yo, {p}, {p?nacido|nacida} el {p.dob} en {town}, con domicilio en {p.addr}, {p.id}, DECLARO bajo mi responsabilidad que:",
            "{p.form}\n\nDeclaro lo siguiente:",
            "{p?El abajo firmante|La abajo firmante} {p.u}, {p.addr}, teléfono {p.tel}, {p.id}, declara:",
            "Yo, {p} (n. {p.dob}), autorizo a {q?don|doña} {q}, {q.addr}, {q.id}, para que me represente.",
        ),
    ),
    body=(
        "Estoy {p?casado|casada} desde el {date} con {q}, {q?empleado|empleada} de {org}.",
        "Mi {p.id}; a mi hija {r} aún no se le ha asignado.",
        "El vehículo fue entregado el {date} a {q?don|doña} {q}, {q.addr}.",
        "Fueron testigos de los hechos {q} y {r}.",
        "Se me puede localizar en el {p.tel} y en {p.mail}.",
        "El pago se hará en {p.account}.",
        "En 2024 no percibí ingresos superiores a {amount}; {p.id}.",
        "Estuvieron también presentes:\n{table}",
        "Queda {r?relevado|relevada} del secreto profesional {r?el doctor|la doctora} {r}, {r.addr}, tel. {r.tel}.",
        "En la Tesorería figuro con el número {p.social}.",
        "Conozco las responsabilidades previstas en el {law}.",
    ),
    closing=(("En {here}, a {date}", "{here}, {date}"), ("{p}", "Fdo.: {p}", "({p.r})", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "ADMINISTRACIÓN DE JUSTICIA\n\n{court}"),
        ("Procedimiento: {case}", "Autos {case}", "Juicio ordinario {case}"),
        ("SENTENCIA de {date}", "AUTO", "SENTENCIA"),
        (
            "Vistos los autos seguidos a instancia de {p?don|doña} {p}, con domicilio en {p.addr}, contra {q?don|doña} {q}, con domicilio en {q.addr}, {q?asistido|asistida} por el letrado {r}.",
            "Causa seguida contra {p}, {p?nacido|nacida} el {p.dob} en {town}, vecino de {p.addr}, {p.id}, {p?defendido|defendida} por {r}",
            "{p.u} contra {q.u}\n1.º {p}, {p.addr}\n2.º {q}, {q.addr}",
        ),
    ),
    body=(
        "El {date}, {p?el demandante Sr.|la demandante Sra.} {p.s} celebró con {q?don|doña} {q} un contrato por importe de {amount}.",
        "{q?El demandado|La demandada} transfirió la suma a {q.account}.",
        "{r?El testigo|La testigo} {r}, con domicilio en {r.addr}, manifestó que {q?el Sr.|la Sra.} {q.s} le llamó el {date} desde el {q.mob}.",
        "Según el padrón municipal, {q} ({q.id}) reside desde el {date} en {q.addr}.",
        "Por correo de {date} enviado desde {q.mail}, {q.i} indicó que la factura {inv} estaba pagada.",
        "La Tesorería tiene {p?afiliado al actor|afiliada a la actora} con el número {p.social}.",
        "La demanda debe estimarse conforme al {law}; véase {case}.",
        "{r?El perito|La perito} {r} ratificó su informe de {date}.",
        "Del documento exhibido en la vista, cuya copia obra en autos, resulta el número {p.dni}.",
        "Partes en el procedimiento:\n{table}",
    ),
    closing=(
        ("Se condena a {q} al pago de {amount} y de las costas.", "Se desestima en lo demás la demanda ({law})."),
        ("{r?El magistrado|La magistrada}, {r}", "Así lo acuerda y firma {r}", "Ilmo. Sr. D. {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="es",
    cases=("nom",),
    men="José Antonio, Francisco Javier, Íñigo, Álvaro, Manuel, Rubén, Pablo, Jesús, Ángel, Joan, Gonzalo, Unai, Ramón, Sergio, Juan Carlos, Iker, Andrés, Nicolás, Xoán, Héctor",
    women="María del Carmen, Begoña, Nuria, Ainhoa, Rocío, Inés, María José, Montserrat, Concepción, Leire, Lucía, Esperanza, Ana Belén, Verónica, Pilar, Araceli, Núria, Sagrario, Itziar, Beatriz",
    surnames="García, Fernández, de la Torre, Ibáñez, Muñoz, Etxeberria, Puig, Núñez, Del Río, Sánchez, Ocaña, Peña, Castaño, Vázquez, Domènech, Quiroga, Gil, Zabala, Carrasco, Benítez, Rey, Montero, Lozano, Cruz",
    women_surnames="",
    compound=(0.85, " "),
    second=0.05,
    titles=("Dr.", "Dra.", "Lcdo.", "Prof."),
    towns="28013 Madrid, 08001 Barcelona, 46002 Valencia, 41001 Sevilla, 50001 Zaragoza, 48005 Bilbao, 15003 A Coruña, 29005 Málaga, 33001 Oviedo, 20004 San Sebastián, 37001 Salamanca, 03001 Alicante, 35001 Las Palmas de Gran Canaria, 01001 Vitoria-Gasteiz, 47001 Valladolid, 08860 Castelldefels",
    streets="Calle Mayor, C/ Alcalá, Avenida de la Constitución, Paseo de Gracia, Plaza de España, C/ San Juan, Avda. Diagonal, calle del Pez, Ronda de Atocha, Camino Viejo, Travesía del Arenal, c/ Doctor Fleming, Gran Vía, Rúa do Vilar, Carrer de Balmes, Pº de la Castellana",
    address=("{street}, {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{street} n.º {no}{flat}, {code} {town}", "{street}, {no}{flat}, {town} ({code})"),
    flats=(", %.º %", ", %º B", ", bajo izda.", ", piso %, puerta %", ", esc. A, %.º dcha."),
    numbers=("%", "%#", "%#", "1##", "%# bis"),
    phones=("91 ### ## ##", "93 %## ## ##", "+34 95# ### ###", "(94) ### ## ##", "96# ## ## ##", "0034 98# ### ###", "976-##-##-##"),
    mobiles=("6## ### ###", "6## ## ## ##", "+34 6## ### ###", "+346########", "6########", "71# ### ###", "6##-###-###"),
    mail_hosts=("correo.es", "telefonica.net", "ono.es", "mimail.es", "terra.es"),
    accounts=(("IBAN", _iban), ("IBAN:", _iban), ("c/c", _old_account), ("cuenta corriente n.º", _old_account)),
    ids=IDS,
    joins=(" ", ": ", ": ", " n.º ", " núm. ", " nº ", " (…)", ":\n", " número ", ":", "", "\u00a0"),
    dates=("{dd}/{mm}/{y}", "{d} de {month} de {y}", "{d}-{m}-{y}", "{dd}.{mm}.{y}"),
    months="enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre",
    amounts=("%.### €", "%## euros", "%#.###,## €", "%##,## EUR"),
    organisations=("{w} S.L.", "{w}, S.A.", "Talleres {s} S.L.", "Hermanos {s} S.A.", "{w} Servicios Integrales, S.L.U."),
    firms="Levantina, Construcciones Duero, Ibermedia, Agrosur, Clínica Mirasol, Transportes Ebro, Solaria Norte, Panadería La Espiga",
    courts=("Juzgado de Primera Instancia n.º {n} de {town}", "Audiencia Provincial de {town}", "JUZGADO DE LO SOCIAL N.º {n} DE {town}", "Tribunal Superior de Justicia, {town}"),
    cases_of_courts=("%##/YYYY", "%###/YYYY", "rollo %##/YYYY", "DP %###/YYYY"),
    invoices=("F-YYYY/####", "YYYY-#####", "A/######", "FV######"),
    laws=("artículo 1### del Código Civil", "artículo %## de la LEC", "art. 2#.% de la Constitución", "artículo ### del Código Penal"),
    labels={
        "name": ("Nombre y apellidos", "Apellidos y nombre", "Nombre"), "born": ("Fecha de nacimiento", "F. nacimiento"), "address": ("Domicilio", "Dirección"), "phone": ("Teléfono", "Tfno.", "Tel."),
        "mobile": ("Móvil", "Teléfono móvil"), "mail": ("Correo electrónico", "E-mail"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
