"""Addresses of every country's form: covered to the last letter, alone and where contracts and judgments put them."""

# ruff: noqa: E501, RUF001 - lists of values
import pytest

from pratique.detect import Detector
from pratique.detect.places import before_street

DETECTOR = Detector(model=None)


def open_letters(text: str, start: int, end: int) -> str:
    """The letters and digits of a part of the text that no finding of 0.5 or more covers."""
    covered = {at for f in DETECTOR.find(text) if f.score >= 0.5 for at in range(f.start, f.end)}
    return "".join(text[at] for at in range(start, end) if text[at].isalnum() and at not in covered)


ADDRESSES = {
    "bg": (
        "гр. София, ул. „Шипка“ № 5, ет. 3, ап. 12", "гр. Пловдив 4000, бул. „Цар Борис III“ № 12, вх. Б, ап. 7",
        "гр. София, ж.к. „Люлин“ 5, бл. 345, вх. А, ет. 2, ап. 11", "1000 София, ул. Граф Игнатиев 15",
        "с. Труд, общ. Марица, обл. Пловдив, ул. „Първа“ № 3", "гр. Варна, бул. Владислав Варненчик 120, ап. 4", "София 1504, ул. Шейново № 7",
        "гр. Бургас, к-с Славейков, бл. 12, вх. 3", 'ул. "Г. С. Раковски" № 99, гр. София', "бул. Витоша 25, 1000 София",
        "гр. Русе, ул. Александровска №15, ет.2", "гр. София, р-н Лозенец, ул. Кораб планина 8, ап. 3", "ул. 6-ти септември 12, София",
    ),
    "pl": (
        "ul. Długa 12/4, 00-950 Warszawa", "os. Piastowskie 5 m. 12, 61-123 Poznań", "ul. Floriańskiej 12/3 w Krakowie",
        "Al. Jerozolimskie 12 lok. 4, 02-001 Warszawa", "ul. 3 Maja 5A/7, 40-096 Katowice", "ul. ks. J. Popiełuszki 8, Łódź",
        "00-950 Warszawa, ul. Długa 12 m. 4", "ul. Świętokrzyska 12, kl. B, m. 5, Gdańsk", "Kraków, ul. Dietla 12/5", "plac Wolności 3, 90-001 Łódź",
        "ul. Mickiewicza nr 14, 31-120 Kraków", "Lipowa 8, 05-500 Piaseczno", "ul. Jana Pawła II 12 m 3, 00-828 Warszawa",
    ),
    "cs": (
        "Dlouhá 12, 110 00 Praha 1", "Na Příkopě 15/583, 110 00 Praha 1", "ul. Veveří 12, Brno", "Husova 5, 602 00 Brno-město",
        "náměstí Míru 5, 120 00 Praha 2", "Nádražní 42, PSČ 702 00 Ostrava", "č.p. 123, 267 11 Vráž", "Masarykova třída 15, 779 00 Olomouc",
        "Palackého 7, byt č. 5, 301 00 Plzeň",
    ),
    "sk": (
        "Hlavná 12, 811 01 Bratislava", "ul. Obchodná č. 5, 811 06 Bratislava", "Námestie slobody 3, 040 01 Košice", "Štúrova 27/A, 949 01 Nitra",
        "Dlhá ulica 8, 010 01 Žilina",
    ),
    "hu": (
        "1051 Budapest, Sas utca 12. 3. em. 4.", "4024 Debrecen, Piac u. 5. II/3.", "H-1051 Budapest, Kossuth Lajos tér 1.",
        "6720 Szeged, Kárász utca 8. fszt. 2.", "Budapest, Andrássy út 60.", "1117 Budapest, Fehérvári út 12. A lépcsőház 2. emelet 5. ajtó",
        "9021 Győr, Baross Gábor út 14", "Pécs, Király utca 3. sz.",
    ),
    "ro": (
        "str. Mihai Eminescu nr. 12, bl. A3, sc. 2, et. 4, ap. 15, sector 2, București", "București, str. Lalelelor nr. 5, sector 1",
        "Cluj-Napoca, str. Horea nr. 12, ap. 3, jud. Cluj", "Strada Lungă nr. 12, Brașov, județul Brașov",
        "Bd. Unirii nr. 15, bl. 3, sc. A, ap. 12, sector 3, București", "mun. Iași, str. Păcurari, nr. 7, jud. Iași",
        "Calea Victoriei 120, București 010071", "com. Florești, sat Luna de Sus, str. Principală nr. 45, jud. Cluj",
        "Aleea Teilor nr. 3, Timișoara", "Bulevardul Iuliu Maniu, nr. 15, et. 2, București",
    ),
    "hr": (
        "Ilica 12, 10000 Zagreb", "Ulica kneza Branimira 5, 21000 Split", "Vukovarska cesta 8, Osijek", "Trg bana Jelačića 3, Zagreb",
        "Put Skalica 12A, 21000 Split", "Ulica Ivana Gundulića 15/II, 31000 Osijek",
    ),
    "sl": (
        "Slovenska cesta 5, 1000 Ljubljana", "Prešernova ulica 12, 2000 Maribor", "Trg republike 3, Ljubljana", "Cankarjeva 7, 4000 Kranj",
    ),
    "el": (
        "Ερμού 12, 105 63 Αθήνα", "οδός Ερμού αρ. 12, Τ.Κ. 105 63 Αθήνα", "Λεωφόρος Κηφισίας 123, 115 24 Αθήνα", "Τσιμισκή 45, 54623 Θεσσαλονίκη",
        "οδός Αγίου Δημητρίου 8, 3ος όροφος, Θεσσαλονίκη", "Πλατεία Συντάγματος 3, Αθήνα", "Λεωφ. Αλεξάνδρας 100, Αθήνα 114 74",
    ),
    "lt": (
        "Gedimino pr. 12-5, LT-01103 Vilnius", "Vilniaus g. 5-12, Kaunas", "Laisvės al. 20, 44240 Kaunas", "Taikos prospektas 15, Klaipėda",
        "Žalgirio gatvė 3-4, LT-08217 Vilnius",
    ),
    "lv": (
        "Brīvības iela 12-5, Rīga, LV-1010", "Krišjāņa Barona iela 7 dz. 3, Rīga", "Raiņa bulvāris 19, LV-1586 Rīga",
        "Lāčplēša iela 5, Daugavpils, LV-5401",
    ),
    "et": (
        "Narva mnt 5-12, 10117 Tallinn", "Pikk tänav 8, 10123 Tallinn", "Riia 24, 51010 Tartu", "Pärnu maantee 31 krt 5, Tallinn",
    ),
    "fi": (
        "Mannerheimintie 5 A 12, 00100 Helsinki", "Puistokatu 36 A 5, 57130 Savonlinna", "Hämeenkatu 12 B 3, 33200 Tampere",
        "Aleksanterinkatu 15, Helsinki",
    ),
    "sv": (
        "Storgatan 5, lgh 1201, 871 45 Härnösand", "Kungsvägen 12 B, 113 20 Stockholm", "Drottninggatan 8, 3 tr, 411 14 Göteborg",
        "Södra Förstadsgatan 40, Malmö", "Vasagatan 12, 111 20 Stockholm",
    ),
    "da": (
        "Vestergade 12, 2. tv., 1456 København K", "Skovvej 4, 8000 Aarhus C", "Nørrebrogade 120, st. th., 2200 København N", "Algade 7, Roskilde",
        "H.C. Andersens Boulevard 15, 1553 København V",
    ),
    "no": (
        "Karl Johans gate 22, 0162 Oslo", "Kirkeveien 5 B, 0364 Oslo", "Storgata 12, H0201, 7010 Trondheim",
    ),
    "de": (
        "Hauptstraße 5, 10115 Berlin", "Hauptstr. 5a, D-10115 Berlin", "Lange Gasse 12-14, 1080 Wien", "Alte Allee 3 B, 60311 Frankfurt am Main",
        "Lindenstraße 12, 3. OG, 50667 Köln", "Am Rathaus 7, 24937 Flensburg", "Mariahilfer Straße 45/2/7, 1060 Wien",
        "Bahnhofstrasse 12, 8001 Zürich", "Goethestraße 8 in Leipzig", "Unter den Linden 77, 10117 Berlin",
        "Schillerstr. 12, Hinterhaus, 80336 München", "Müllerweg 3, 01067 Dresden", "Postfach 12 34 56, 70182 Stuttgart",
        "Stiftgasse 8/3/12, 1070 Wien", "An der Alster 14, 20099 Hamburg", "Ringstraße 4, Whg. 12, 04109 Leipzig", "Dorfstraße 1, 17489 Greifswald",
    ),
    "fr": (
        "12 rue de la Paix, 75002 Paris", "14 bis avenue de l'Opéra, 75001 Paris", "3, place Bellecour, 69002 Lyon",
        "8 quai des Belges, 13001 Marseille cedex 01", "27 chemin des Vieux Chênes, 31000 Toulouse",
        "Résidence Les Lilas, bât. B, appt 12, 5 allée des Roses, 44000 Nantes", "5 impasse du Moulin, 3e étage, 33000 Bordeaux",
        "12, rue Victor-Hugo à Lille", "1 boulevard Saint-Germain, Paris", "45 avenue du Général de Gaulle, 94160 Saint-Mandé",
        "BP 123, 67000 Strasbourg", "2 ter rue des Frères Lumière, 69008 Lyon", "18 rue du Faubourg Saint-Honoré 75008 Paris",
        "Lieu-dit Le Bourg, 24200 Sarlat",
    ),
    "be": (
        "Rue du Midi 12, 1000 Bruxelles", "Kerkstraat 12 bus 3, 9000 Gent", "Avenue Louise 149 bte 24, 1050 Bruxelles",
        "Grote Markt 1, 2000 Antwerpen", "Rue de la Loi 16, B-1000 Bruxelles",
    ),
    "es": (
        "Calle Mayor 25, 28013 Madrid", "Calle de la Luna 36, 2.º B, 48300 Gernika", "C/ Mayor, 25, 2.º B, 28013 Madrid",
        "Avenida de América, 12, piso 3º, puerta B, 28028 Madrid", "Plaza de España nº 4, Sevilla", "Paseo del Prado 28, bajo izq., Madrid",
        "Avda. Diagonal, 405, 3º 1ª, 08008 Barcelona", "Ronda de San Pedro 3, ático, 08010 Barcelona", "Travesía del Carmen s/n, 41001 Sevilla",
        "C/ Colón, nº 12, esc. 2, 3º C, 46004 Valencia", "Gran Vía 32, 28013 Madrid", "Rambla de Catalunya, 15, Barcelona",
    ),
    "it": (
        "Via Roma 7, 20121 Milano (MI)", "Via Giuseppe Garibaldi, 12/B - 00100 Roma", "via Roma n. 7, 20121 Milano",
        "Piazza Garibaldi 3, 80142 Napoli", "Corso Italia 15, int. 5, scala B, Torino", "Viale dei Tigli 12/B, 40121 Bologna",
        "Via XX Settembre n. 45, Genova (GE)", "Vicolo del Moro 5, 00153 Roma RM", "Largo Augusto 8, 20122 Milano",
        "Via delle Rose snc, 00015 Monterotondo (RM)", "Contrada San Nicola 12, 85100 Potenza",
    ),
    "pt": (
        "Rua das Flores, n.º 12, 3.º Esq., 4050-262 Porto", "Avenida da Liberdade, 110, 1269-046 Lisboa", "Praça do Comércio 5, Lisboa",
        "Rua de Santa Catarina, nº 45, 2º andar, 4000-447 Porto", "Travessa do Carmo 7, r/c dto, 1200-095 Lisboa", "Largo da Sé, 3, Braga",
        "Urbanização Quinta do Lago, lote 5, 8135-024 Almancil",
    ),
    "nl": (
        "Keizersgracht 123, 1015 CJ Amsterdam", "Lange Lindenpad 8, 1012 AB Amsterdam", "Kerkstraat 12a, Utrecht",
        "Stationsplein 9, 3511 ED Utrecht", "Prins Hendrikkade 33-2, 1012 TM Amsterdam", "Van der Helstplein 4 hs, 1072 PH Amsterdam",
        "Dorpsstraat 5 te Leiden", "Postbus 1234, 3500 BE Utrecht",
    ),
    "en": (
        "221B Baker Street, London NW1 6XE", "Flat 3, 12 Acacia Avenue, Leeds LS1 4AP", "57 Larkfield Road, Harwell Stoke HS2 1LD",
        "7 Glebe Park, Ardmore, Co. Kerry", "12 Main Street, Dublin 2, D02 X285", "Apartment 4, 15 Merrion Square, Dublin 2",
        "45 Patrick Street, Cork, T12 W8KP", "The Old Rectory, 3 Church Lane, Oxford OX1 4AB", "Unit 5, Kings Court, High Street, Manchester M1 1AE",
        "P.O. Box 123, Belfast BT1 5GS", "1600 Pennsylvania Avenue NW, Washington, DC 20500", "742 Evergreen Terrace, Springfield, IL 62704",
        "123 Main St, Apt 4B, Boston, MA 02108", "55 High Street, Sliema SLM 1234", "12, Triq il-Kbira, Valletta VLT 1234",
    ),
    "uk": (
        "м. Київ, вул. Хрещатик, буд. 12, кв. 5", "вул. Шевченка 8, кв. 3, м. Львів, 79000", "01001, м. Київ, вул. Володимирська, 45",
    ),
    "sr": (
        "Кнез Михаилова 12, 11000 Београд", "ул. Светог Саве 5, Београд", "Bulevar kralja Aleksandra 73, 11000 Beograd",
        "ulica Nemanjina 4, Novi Sad",
    ),
    "tr": (
        "Atatürk Caddesi No: 12 D: 5, Kadıköy/İstanbul", "Bağdat Cad. No:123 Kat:2 Daire:3 34710 Kadıköy/İstanbul",
        "Cumhuriyet Mah. Lale Sok. No: 5/3 Çankaya/Ankara",
    ),
    "is": (
        "Laugavegur 12, 101 Reykjavík", "Hverfisgata 5, 600 Akureyri",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("country", "address"),
    [(country, address) for country, addresses in ADDRESSES.items() for address in addresses],
)
@pytest.mark.parametrize("frame", ["{}", "{}.", "Anna Kowalska, {}, 1980", "({})", "x\n{}\ny"])
def test_no_letter_of_an_address_stays_open(country: str, address: str, frame: str) -> None:
    text = frame.format(address)
    start = text.index(address)
    assert open_letters(text, start, start + len(address)) == "", country


IN_TEXTS = (
    # The address stands in double square brackets.

    "Подписаният Иван Петров Георгиев, ЕГН 8001014308, с постоянен адрес: [[гр. Пловдив, ул. „Иван Вазов“ № 12, ет. 2, ап. 5]], притежаващ л.к. № 123456789",
    "живущ в [[гр. София, ж.к. Младост 1, бл. 54, вх. 2, ет. 6, ап. 33]], телефон 0888123456",
    "адрес за кореспонденция: [[гр. Варна 9000, бул. „Сливница“ 45А]], представлявано от",
    "с адрес в [[с. Марково, община Родопи, област Пловдив, ул. Захария Зограф 8]]",
    "Anna Nowak, zam. [[ul. Kwiatowa 7/12, 30-001 Kraków]], PESEL 80010143081",
    "zamieszkałą w [[Warszawie przy ul. Puławskiej 15 m. 8]], legitymującą się dowodem",
    "Adres zamieszkania: [[ul. gen. Władysława Sikorskiego 23A/4, 05-120 Legionowo]]",
    "z siedzibą w [[Poznaniu, ul. Głogowska 31/33, 60-702 Poznań]], wpisaną",
    "trvale bytem [[Na Výsluní 1201/13, 100 00 Praha 10 – Strašnice]], (dále jen „prodávající“)",
    "bytem [[Brno, Lidická 700/19, PSČ 602 00]], r. č. 801231/1234", "se sídlem [[Vodičkova 710/31, Nové Město, 110 00 Praha 1]], IČO: 27082440",
    "narodená 1.2.1980, trvale bytom [[Mierová 1445/12, 821 05 Bratislava]], rodné číslo",
    "Kovács Anna (lakcím: [[1134 Budapest, Váci út 45. 5. em. 12.]], szül.: 1980.01.02)",
    "lakóhelye: [[6722 Szeged, Tisza Lajos körút 32. fszt. 1.]]",
    "Állandó lakcíme: [[8000 Székesfehérvár, Fő utca 10.]], személyi igazolvány száma: 123456AB",
    "domiciliat în [[mun. Cluj-Napoca, str. Avram Iancu nr. 12, bl. D4, sc. 1, et. 3, ap. 14, jud. Cluj]], identificat cu C.I.",
    "cu domiciliul în [[București, Sector 3, Str. Liviu Rebreanu nr. 6, bl. B1, ap. 20]], CNP",
    "cu sediul în [[Iași, Șos. Păcurari nr. 128, parter]], înregistrată",
    "s prebivalištem na adresi [[Savska cesta 41, 10000 Zagreb]], OIB 12345678903", "iz [[Splita, Vukovarska 148]], OIB:",
    "stanujoč [[Celovška cesta 150, 1000 Ljubljana]], EMŠO", "κάτοικος [[Αθηνών, οδός Πατησίων αρ. 76, Τ.Κ. 104 34]], με ΑΦΜ 123456783",
    "Διεύθυνση: [[Εγνατία 45, 546 30 Θεσσαλονίκη]]", "wohnhaft [[Gartenstraße 17 b, 72074 Tübingen]], geboren am 12.05.1981",
    "Herr Max Muster, [[Am Alten Markt 3, 01067 Dresden]] (nachfolgend Mieter)",
    "gegen Herrn Karl Huber, [[Seestr. 12, 82229 Seefeld-Hechendorf]], Beklagter",
    "demeurant [[15 rue des Lilas, 31500 Toulouse]], de nationalité française",
    "domiciliée [[27, boulevard de la République, Bât. C, Appt. 204, 92210 Saint-Cloud]]",
    "né le 3 mars 1975 à Lyon, demeurant au [[8 bis, chemin des Écoliers, 38330 Montbonnot-Saint-Martin]]",
    "con domicilio en [[calle Alcalá, nº 45, 3º izquierda, 28014 Madrid]], con DNI 12345678Z",
    "vecina de [[Sevilla, calle Betis número 23, 2º C]], provista de", "domicilio: [[Av. de la Constitución 12, Portal B, 4.º D, 41001 Sevilla]]",
    "residente in [[Bologna, via Emilia Levante n. 123/4]], C.F. RSSMRA80A01A944X",
    "residente a [[Torino (TO), Corso Vittorio Emanuele II n. 87, int. 12]], codice fiscale",
    "domiciliato in [[Via dei Mille 45/A - 80121 Napoli (NA)]]",
    "residente na [[Rua Augusta, n.º 24, 2.º Dto., 1100-053 Lisboa]], portador do cartão de cidadão",
    "morador na [[Avenida Almirante Reis, 115, R/C Esq., Lisboa]]", "wonende te [[1017 AB Amsterdam, Herengracht 450-2]], houder van",
    "wonende te [[Nieuwstraat 12B, 3811 JX Amersfoort]], geboren te", "wohnhaft in [[1090 Wien, Währinger Straße 45/3/12]], SVNR",
    "woonachtig te [[Steenweg op Brussel 201 bus 4, 1780 Wemmel]], rijksregisternummer",
    "bosatt på [[Ringvägen 100, lgh 1102, 118 60 Stockholm]], personnummer", "gyvenanti [[Taikos g. 14-25, LT-91222 Klaipėda]], asmens kodas",
    "dzīvo [[Čaka ielā 55-12, Rīgā, LV-1011]], personas kods", "elukoht [[Sõpruse pst 21-5, 13417 Tallinn]], isikukood",
    "asuva osoitteessa [[Kauppakatu 12 A 4, 40100 Jyväskylä]], henkilötunnus", "bosiddende [[Strandvejen 112, 1. th., 2900 Hellerup]], CPR-nr.",
    "of [[14 Rathmines Park, Rathmines, Dublin 6, D06 X2Y3]] (the Tenant)", "residing at [[Apartment 12, The Maltings, 3 Watling Street, Dublin 8]]",
    "[[UL. DŁUGA 12/4, 00-950 WARSZAWA]]", "[[KEIZERSGRACHT 123, 1015 CJ AMSTERDAM]]", "адрес: [[с. Бяла, № 5]], общ.",
    "живущ в [[с. Долна баня, ул. Търговска 3]]", "zam. [[Nowa Wieś 12, 05-120 Legionowo]]", "zamieszkały [[wieś Kąty 12, gm. Wieliszew]]",
    "bytem [[Dolní Lhota 45, 373 41 Hluboká nad Vltavou]]", "bytem [[Vráž č.p. 12, okres Beroun]]", "trvale bytem [[Zemianska Olča 145, 946 14]]",
    "domiciliat în [[sat Dobra nr. 12, com. Șura, jud. Sibiu]]", "domiciliat în [[comuna Florești, str. Avram Iancu nr. 5, județul Cluj]]",
    "lakcíme: [[8200 Veszprém, Dózsa György u. 12/A]]", "[[Kossuth u. 5., 2000 Szentendre]]", "stanuje u [[Zagrebu, Ilica 12]]",
    "naslov: [[Dolenja vas 12, 1410 Zagorje ob Savi]]", "κάτοικος [[Θεσσαλονίκης, οδός Τσιμισκή 12]]", "gyv. [[Vilnius, Gedimino pr. 12-5]]",
    "dzīvo [[Rīgā, Brīvības ielā 5]]", "bor på [[Lillgatan 3 B, Uppsala]]", "[[Rådhuspladsen 1, 1550 København V]]", "[[Bygdøy allé 2, 0257 Oslo]]",
    "[[Am Bach 3, 6020 Innsbruck]]", "[[Rue Haute 12, 1000 Bruxelles]]", "[[12 Grand-Rue, L-1660 Luxembourg]]", "[[12, Grand-Rue, 1660 Luxembourg]]",
    "[[Corso Umberto I, 45, 80138 Napoli]]", "domiciliato a [[Bari in via Sparano n. 12]]", "con domicilio en [[Barcelona, calle Aragó 255, 3º 2ª]]",
    "vecino de [[Málaga, C/ Larios 5]]", "residente em [[Braga, na Rua do Souto, n.º 12]]", "wonende te [[Gent, Veldstraat 12]]",
    "woont aan de [[Prinsengracht 263]] in Amsterdam", "The Landlord, of [[5 Park Lane, London W1K 1AA]]", "[[Apt 3, 45 Camden Street, Dublin 2]]",
    "[[12 Triq San Pawl, Valletta VLT 1211]]", "wohnhaft in der [[Schillerstraße 4]] in Köln", "wohnhaft [[Köln, Schillerstr. 4]]",
    "[[Kurfürstendamm 21, 10719 Berlin]]", "[[Kaiserdamm 12, Berlin]]", "[[Reeperbahn 1, 20359 Hamburg]]", "[[Zeil 5, 60313 Frankfurt]]",
    "[[Straße des 17. Juni 135, 10623 Berlin]]", "[[P.O. Box 1234, 1000 Brussels]]", "demeurant [[12 rue du 8 mai 1945, 75010 Paris]]",
    "[[4, rue des Martyrs 69003 Lyon]]", "[[ulica Nowy Świat 15/17, 00-029 Warszawa]]", "[[ul. Wolności 5, 41-800 Zabrze, Polska]]",
    "[[бул. „България“ 51Б, ет. 4, гр. София 1404]]", "[[кв. Изток, ул. Райко Алексиев 15, София]]",
    "[[ж.к. Дружба 2, бл. 212, вх. Б, ап. 41, гр. София]]", "[[гр. Стара Загора, кв. Железник, бл. 15, вх. А, ап. 3]]",
    "[[Pražská 1, 370 01 České Budějovice]]", "[[nám. T. G. Masaryka 12, 760 01 Zlín]]", "[[1. máje 25, 709 00 Ostrava]]",
    "[[tř. 17. listopadu 5, Olomouc]]", "[[Rákóczi út 1-3., Budapest 1088]]", "[[Budapest XIII. kerület, Váci út 1.]]",
    "[[Budapest, II. ker. Margit körút 5.]]",
)  # fmt: skip


@pytest.mark.parametrize("marked", IN_TEXTS)
def test_no_letter_of_an_address_in_a_text_stays_open(marked: str) -> None:
    start, end = marked.index("[["), marked.index("]]") - 2
    assert open_letters(marked.replace("[[", "").replace("]]", ""), start, end) == ""


NO_ADDRESSES = (
    "Urteil vom 9. März 2017, NJW 2017, 3002", "in 2012 London hosted the games", "population 2000 Paris", "the 1987 United States Supreme Court",
    "Fan Expo Canada 2016 in Toronto", "June 6, 2000", "Berlin, Halle 7", "London, March 5", "section 189 of the Housing Act 1996 (see below)",
    "11 Indonesians, 6 UK", "Room 12 in Berlin", "Brno 5, 2", "Jurassic Park 3", "12 Jurassic Park", "BvR 987/16, NJW 2018",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert [text[f.start : f.end] for f in DETECTOR.find(text) if f.entity == "ADDRESS" and f.score >= 0.5] == []


def test_a_person_before_or_behind_an_address_is_no_part_of_it() -> None:
    text = "Jens Philipsen, Hasselvej 6, 3790 Hasle, Anna Svensson"
    found = [text[f.start : f.end] for f in DETECTOR.find(text) if f.entity == "ADDRESS"]
    assert found == ["Hasselvej 6, 3790 Hasle"]


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        ("в гр. София, ж.к. Люлин, ", "гр."), ("1051 Budapest, ", "1051"), ("mun. Iași, ", "mun."), ("he lives in Berlin, ", "Berlin"),
        ("Anna Kowalska, ", ""), ("the price is 1051 ", ""), ("w Poznaniu, ", "Poznaniu"),
    ],
)  # fmt: skip
def test_a_town_before_the_street_belongs_to_it(before: str, begins: str) -> None:
    start = before_street(before + "ul. X 5", len(before))
    assert start == (before.index(begins) if begins else len(before))
