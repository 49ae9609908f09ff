"""Portugal."""

# ruff: noqa: E501, RUF001 - lists of words and sentences, one a line, with their own dashes and quotation marks

from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, weighted
from benchmarks.documents.country import Country, IdKind, Kind, Person


def _nif(random: Random, _person: Person) -> str:
    """Nine digits, weights 9 to 2, modulo 11."""
    front = digits(random, 8, "1223")
    check = 11 - weighted(front, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return f"{front}{check if check < 10 else 0}"


def _citizen(random: Random, _person: Person) -> str:
    """Eight digits, their check digit, two characters of the version, a check digit over all (Luhn with letters)."""
    number = digits(random, 8, "1")
    check = 11 - weighted(number, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    front = f"{number}{check if check < 10 else 0}{random.choice('ZYXWV')}{random.choice('XYZ0123456789')}"
    total = 0
    for at, c in enumerate(reversed(front)):
        value = int(c, 36) * (2 if at % 2 == 0 else 1)
        total += value - 9 if at % 2 == 0 and value >= 10 else value
    return f"{front}{-total % 10}"


def _social(random: Random, _person: Person) -> str:
    """Eleven digits; nine minus the sum of primes times digits, modulo 10."""
    front = digits(random, 10, "1")
    return f"{front}{9 - weighted(front, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10}"


def _bban(random: Random) -> str:
    front = random.choice(("0035", "0033", "0007", "0010", "0045")) + digits(random, 4) + digits(random, 11)
    return f"{front}{98 - int(front + '00') % 97:02d}"


def _iban(random: Random, _person: Person) -> str:
    value = iban("PT", _bban(random))
    return random.choice((grouped(value), value, f"{value[:4]} {value[4:8]} {value[8:12]} {value[12:23]} {value[23:]}"))


def _nib(random: Random, _person: Person) -> str:
    value = _bban(random)
    return random.choice((f"{value[:4]} {value[4:8]} {value[8:19]} {value[19:]}", value))


IDS = (
    IdKind("nif", ("NIF", "N.I.F.", "contribuinte n.º", "número de contribuinte", "número de identificação fiscal", "contribuinte fiscal n.º", "NIF n.º", "contribuinte"), _nif, ("#########", "### ### ###", "### ### ###", "###.###.###"), ("NIF", "Contribuinte"), 6),
    IdKind("citizen", ("Cartão de Cidadão", "cartão de cidadão n.º", "CC", "C.C. n.º", "titular do cartão de cidadão", "portador do CC n.º", "CC n.º"), _citizen, ("############", "######## # ###", "######## # ###", "########-#-###"), ("N.º CC",), 4, unlabelled=True),
    IdKind("social", ("NISS", "número de identificação da segurança social", "n.º de segurança social", "beneficiário n.º", "Segurança Social n.º"), _social, ("###########", "### ### ### ##", "# #### ######"), ("NISS",), 3),
    IdKind("health", ("número de utente", "n.º de utente", "utente n.º", "número de utente do SNS", "SNS"), lambda r, _p: fill(r, "%########"), ("#########", "### ### ###"), ("N.º utente",), 2),
    IdKind("passport", ("passaporte", "passaporte n.º", "titular do passaporte"), lambda r, _p: r.choice(("P", "N", "CA", "CB")) + fill(r, "######"), ("",), ("Passaporte",), 1),
    IdKind("licence", ("carta de condução", "carta de condução n.º"), lambda r, _p: r.choice(("L", "P", "C", "BR", "VR")) + "-" + fill(r, "%######"), ("",), ("Carta de condução",), 1),
)  # fmt: skip

FILLERS = (
    "Qualquer alteração ao presente documento deve constar de escrito assinado pelas partes, nos termos do {law}.",
    "A fatura n.º {inv}, no valor de {amount}, foi paga em {date}.",
    "O presente documento é feito em duplicado, ficando um exemplar para cada parte.",
    "O prazo é de {=quinze dias} a contar da receção da presente.",
    "Nos termos do {law}, o ónus da prova cabe a quem invoca o facto.",
    "A área útil é de {n},40 m² e o contador indicava 48213 kWh na data da entrega.",
    "Foram entregues duas chaves da habitação e uma da caixa de correio.",
    "Juntam-se cópias; os originais serão exibidos quando solicitados.",
    "A quantia de {amount} deve ser paga até {date}, com a referência {ref}.",
    "A encomenda número {inv} chegou completa e sem danos.",
    "Cada parte suporta as suas próprias custas.",
    "A audiência decorreu das {=9h15} às {=11h40}, sem reclamações quanto à ata.",
    "Para qualquer litígio é competente o tribunal de {here}.",
    "Segundo jurisprudência constante (proc. {case}), o argumento improcede.",
    "Em tudo o mais aplica-se o {law}.",
)

CONTRACT = Kind(
    opening=(
        ("CONTRATO DE ARRENDAMENTO", "Contrato de trabalho sem termo", "CONTRATO DE MÚTUO", "Contrato de compra e venda", "Contrato de prestação de serviços"),
        (
            "Entre:\n{p}, {p?nascido|nascida} em {p.dob}, residente na {p.addr}, {p.id}, como senhorio,\ne\n{q}, {q?nascido|nascida} a {q.dob}, residente na {q.addr}, {q.id}, como inquilino,\né celebrado o presente contrato:",
            "A sociedade {org}, representada por {p}, e {q?o Sr.|a Sra. D.} {q}, residente em {q.addr} ({q.id}), acordam o seguinte:",
            "AS PARTES\n\n{p.form}\n\nE\n\n{q.form}",
            "{p}, n. {p.dob}\n{p.lines}\n\n{q}, n. {q.dob}\n{q.lines}\n\ncelebram o presente contrato:",
        ),
    ),
    body=(
        "{p?O Sr.|A Sra.} {p.s} cede a {q}, a partir de {date}, o uso da fração sita em {p.addr}.",
        "A renda mensal de {amount} será paga por transferência para a conta de {p}: {p.account}.",
        "Para questões técnicas o contacto é {r}, telefone {r.tel}, correio eletrónico {r.mail}.",
        "{q?O trabalhador|A trabalhadora} presta os seguintes dados: {q.id}; {q.id}.",
        "A retribuição ilíquida de {amount} será creditada no IBAN {q.iban}.",
        "É {r?fiador|fiadora} {r}, residente em {r.addr}, {r?nascido|nascida} em {r.dob}, com o cartão de cidadão emitido pela República Portuguesa e válido até {date}, número {r.citizen}.",
        "As comunicações a {p} são enviadas para {p.mail} e as dirigidas a {q} avisadas para o telemóvel {q.mob}.",
        "A caução de {amount} foi entregue por {q.i} em {date}.",
        "Habitarão o imóvel as seguintes pessoas:\n{table}",
        "Para efeitos fiscais as partes indicam: {p.s}, {p.nif}; {q.s}, {q.nif} (números de contribuinte).",
        "Em caso de urgência, avisar {r}, telemóvel {r.mob}.",
    ),
    closing=(
        ("{here}, {date}", "Feito em {here}, aos {date}", "{here}, a {date}"),
        ("O senhorio                O inquilino\n{p}                {q}", "{p.i}          {q.i}", "Ass.: {p}\nAss.: {q}", "{p.u}\n\n{q.u}"),
    ),
)  # fmt: skip

LETTER = Kind(
    opening=(
        ("{p}\n{p.lines}\nTel. {p.tel}\n{p.mail}", "{p} – {p.addr} – telemóvel {p.mob}", "Remetente: {p.u}, {p.addr}", "{org}\nPessoa de contacto: {p}\nTelefone: {p.tel}\nE-mail: {p.mail}"),
        ("{q?Exmo. Senhor|Exma. Senhora}\n{q}\n{q.lines}", "{q?Sr.|Sra. D.} {q}\n{q.lines}", "{org2}\nA/C {q?do Sr.|da Sra.} {q}\n{q.lines}"),
        ("{here}, {date}", "{date}", "{here}, {date}   N/ref.ª: {ref}"),
        ("Assunto: a sua carta de {date}, processo {ref}", "Assunto: pedido de reembolso – {p.id}", "Assunto: denúncia do contrato {ref}", "Assunto: reclamação da decisão de {date}, {p.id}"),
        ("{q?Exmo. Senhor|Exma. Senhora} {q.s},", "Exmos. Senhores,", "Bom dia, {q.g},"),
    ),
    body=(
        "conforme combinado em {date} com {r?o Sr.|a Sra.} {r.s}, envio os elementos pedidos.",
        "A minha conta mudou; agradeço que passem a pagar para {p.account}.",
        "Mudei de casa e moro desde {date} na {p.addr}.",
        "Para o tratamento do pedido indico os meus dados: {p.id}, {p?nascido|nascida} em {p.dob}.",
        "Podem contactar-me pelo {p.tel}, à noite pelo {p.mob}, ou por {p.mail}.",
        "Constituí {r?procurador|procuradora} {r}, {r?nascido|nascida} em {r.dob}; {r.id}.",
        "O passaporte que pedi em {date} e só há pouco levantei tem o número {p.passport}.",
        "Agradeço o envio de cópia a {r}, {r.addr}.",
        "Às perguntas responde {r.i} ({r.mail}, fax {r.tel}).",
        "Apesar do aviso de {date}, não recebemos {amount}.",
        "Segue a lista das pessoas abrangidas:\n{table}",
        "Nos nossos registos consta com o número {q.nif}; se não estiver correto, agradecemos que nos avise.",
    ),
    closing=(("Com os melhores cumprimentos,", "Atentamente,", "Cumprimentos,"), ("{p}", "{p}\nDireção-geral", "P'lo {p}", "{p}\n{p.mob}")),
)  # fmt: skip

DECLARATION = Kind(
    opening=(
        ("DECLARAÇÃO SOB COMPROMISSO DE HONRA", "Procuração", "DECLARAÇÃO", "Autorização", "Consentimento informado"),
        (
            "Eu, {p}, {p?nascido|nascida} em {p.dob}, natural de {town}, residente na {p.addr}, {p.id}, declaro por minha honra que:",
            "{p.form}\n\nDeclaro o seguinte:",
            "{p?O abaixo assinado|A abaixo assinada} {p.u}, {p.addr}, telefone {p.tel}, {p.id}, declara:",
            "Eu, {p} (n. {p.dob}), autorizo {q}, {q.addr}, {q.id}, a representar-me.",
        ),
    ),
    body=(
        "Sou {p?casado|casada} desde {date} com {q}, {q?empregado|empregada} da {org}.",
        "O meu {p.id}; à minha filha {r} ainda não foi atribuído.",
        "O veículo foi entregue em {date} a {q}, {q.addr}.",
        "Foram testemunhas dos factos {q} e {r}.",
        "Posso ser {p?contactado|contactada} pelo {p.tel} e por {p.mail}.",
        "O pagamento deve ser feito para {p.account}.",
        "Em 2024 não tive rendimentos superiores a {amount}; {p.id}.",
        "Estiveram ainda presentes:\n{table}",
        "{r?O Dr.|A Dra.} {r}, {r.addr}, tel. {r.tel}, fica {r?dispensado|dispensada} do sigilo.",
        "Nas Finanças estou {p?inscrito|inscrita} com o número {p.nif}.",
        "Conheço as consequências previstas no {law}.",
    ),
    closing=(("{here}, {date}", "Data: {date}, {here}"), ("{p}", "Assinatura: {p}", "({p.r})", "{p.i}")),
)  # fmt: skip

JUDGMENT = Kind(
    opening=(
        ("{court}", "EM NOME DO POVO\n\n{court}"),
        ("Processo n.º {case}", "Proc. {case}"),
        ("SENTENÇA de {date}", "ACÓRDÃO", "DESPACHO de {date}"),
        (
            "{p}, residente em {p.addr}, intentou ação contra {q}, residente em {q.addr}, {q?representado|representada} pelo advogado {r}.",
            "Nos autos em que é arguido {p}, {p?nascido|nascida} em {p.dob} em {town}, residente em {p.addr}, {p.id}, defensor: {r}",
            "{p.u} contra {q.u}\n1.º {p}, {p.addr}\n2.º {q}, {q.addr}",
        ),
    ),
    body=(
        "Em {date}, {p?o autor|a autora} {p.s} celebrou com {q} um contrato no valor de {amount}.",
        "{q?O réu|A ré} transferiu a quantia para {q.account}.",
        "A testemunha {r}, residente em {r.addr}, disse que {q.s} lhe telefonou em {date} do número {q.mob}.",
        "Segundo o registo, {q} ({q.id}) reside desde {date} na {q.addr}.",
        "Por mensagem de {date}, enviada de {q.mail}, {q.i} afirmou que a fatura {inv} estava paga.",
        "A segurança social tem {p?o autor inscrito|a autora inscrita} com o número {p.social}.",
        "A ação procede nos termos do {law}; cf. proc. {case}.",
        "{r?O perito|A perita} {r} manteve o relatório de {date}.",
        "Do documento exibido em audiência, junto por cópia aos autos, resulta o número {p.citizen}.",
        "Partes no processo:\n{table}",
    ),
    closing=(
        ("Condena-se {q} a pagar {amount}.", "No mais, absolve-se do pedido ({law})."),
        ("{r?O juiz|A juíza} de direito, {r}", "{r}, juiz relator", "A oficial de justiça, {r.i}"),
    ),
)  # fmt: skip

COUNTRY = Country(
    code="pt",
    cases=("nom",),
    men="João, José Manuel, António, Tiago, Rui, Luís Filipe, Gonçalo, Henrique, Vasco, Nuno, Afonso, Joaquim, Duarte, Simão, Sebastião, Carlos, Bruno, Ricardo",
    women="Maria João, Inês, Conceição, Ana Rita, Fátima, Leonor, Mafalda, Graça, Beatriz, Filipa, Rosa Maria, Catarina, Madalena, Lurdes, Sónia, Matilde, Teresa, Joana",
    surnames="Silva, dos Santos, Ferreira, Gonçalves, Araújo, da Costa, Magalhães, Simões, Teixeira, de Sousa, Cardoso, Brandão, Leitão, Nogueira, Peixoto, do Carmo, Fonseca, Antunes, Esteves, Mourão, Guimarães, Reis",
    women_surnames="",
    compound=(0.8, " "),
    second=0.05,
    titles=("Dr.", "Dra.", "Eng.º", "Prof. Doutor"),
    towns="1000-001 Lisboa, 4000-123 Porto, 3000-045 Coimbra, 4700-210 Braga, 8000-077 Faro, 2800-102 Almada, 7000-512 Évora, 9000-018 Funchal, 3810-164 Aveiro, 2400-137 Leiria, 5000-421 Vila Real, 3500-090 Viseu, 9500-150 Ponta Delgada, 2750-319 Cascais, 4900-347 Viana do Castelo",
    streets="Rua Augusta, Avenida da Liberdade, Travessa do Fala-Só, Largo do Carmo, Praça da República, R. de Santa Catarina, Av. 25 de Abril, Rua Dr. António José de Almeida, Calçada da Estrela, Beco das Flores, Estrada da Luz, Rua dos Combatentes da Grande Guerra, Alameda D. Afonso Henriques, Urbanização da Quinta Nova Lote, Rua D. João II, Praceta das Amoreiras",
    address=("{street}, n.º {no}{flat}, {code} {town}", "{street} {no}{flat}, {code} {town}", "{street}, {no}{flat}, {code} {town}"),
    flats=(", %.º Dto.", ", %.º Esq.", ", r/c", ", %º A", ", 2.º Frente"),
    numbers=("%", "%#", "%#", "1##", "%#-A"),
    phones=("21 ### ## ##", "22 ### ####", "+351 239 ### ###", "253 ### ###", "(289) ### ###", "00351 21 ### ## ##", "234-###-###"),
    mobiles=("91# ### ###", "96 ### ## ##", "+351 93# ### ###", "92#######", "+35191#######", "96#-###-###"),
    mail_hosts=("sapo.pt", "mail.pt", "netcabo.pt", "iol.pt", "clix.pt"),
    accounts=(("IBAN", _iban), ("IBAN:", _iban), ("NIB", _nib), ("NIB:", _nib)),
    ids=IDS,
    joins=(" ", ": ", ": ", " n.º ", " nº ", " número ", " (…)", ":\n", ":", "", " – ", "\u00a0"),
    dates=("{dd}/{mm}/{y}", "{d} de {month} de {y}", "{dd}-{mm}-{y}", "{dd}.{mm}.{y}"),
    months="janeiro, fevereiro, março, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro",
    amounts=("%.### €", "%## euros", "%# ###,## €", "€ %##,##"),
    organisations=("{w}, Lda.", "{w}, S.A.", "{s} & Filhos, Lda.", "Sociedade {s}, Unipessoal Lda."),
    firms="Construções Tejo, Lusomédica, Atlântico Pescas, Serralharia Minho, Vale Verde, Transbeira, Douro Vinhos, Algarsol",
    courts=("Tribunal Judicial da Comarca de {town}", "Tribunal da Relação de {town}", "JUÍZO LOCAL CÍVEL DE {town}", "Tribunal do Trabalho de {town}"),
    cases_of_courts=("%###/YY.#T8LSB", "%##/YY.%TBPRT", "%###/YY.%T9CBR-A", "%##/YYYY"),
    invoices=("FT YYYY/####", "FR A/####", "YYYY/#####", "C4#####"),
    laws=("artigo 1###.º do Código Civil", "artigo ###.º, n.º %, do CPC", "artigo 2#.º da Constituição", "artigo 3##.º do Código Penal"),
    labels={
        "name": ("Nome", "Nome completo"), "born": ("Data de nascimento", "Nascimento"), "address": ("Morada", "Residência"), "phone": ("Telefone", "Tel."),
        "mobile": ("Telemóvel", "Tlm."), "mail": ("E-mail", "Correio eletrónico"),
    },
    fillers=FILLERS,
    kinds={"contract": CONTRACT, "letter": LETTER, "declaration": DECLARATION, "judgment": JUDGMENT},
)  # fmt: skip
