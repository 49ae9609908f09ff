"""Words of streets in the languages of Europe: data for the patterns of addresses."""

# ruff: noqa: E501, RUF001, SIM905 - lists of words, a language a line

SUFFIXES = (
    # Ends of compounds, and words after a name, that hardly any other word ends with.
    "straße strasse str\\. weg gasse gässle gässchen allee platz damm chaussee promenade twiete "
    "straat laan plein gracht singel dijk steeg kade plantsoen dreef "
    "gatan gata vägen väg gränd torget stigen stråket "
    "gade vej vænge stræde torv allé "
    "veien vegen gaten stien "
    "katu kuja polku raitti ntie "
    "vegur braut stræti"
)
WEAK_SUFFIXES = (
    # Ends of many other words too: they count beside a postcode and a town, or a word that speaks of addresses.
    "ring ufer stieg stiege zeile graben hof markt wall kai brücke berg tor pad pfad park steig gate tie tori baan wal weide markt haven plan backen"
)
AFTER_NUMBER = (
    "Street St Road Rd Avenue Ave Lane Ln Drive Dr Boulevard Blvd Court Ct Crescent Close Square Terrace Gardens Grove "
    "Place Pl Way Parkway Row Mews Hill Green Walk Quay Wharf Parade Rise Vale Yard Broadway Alley Mount Circus Cottages "
    "Esplanade Highway"
)
AFTER_NUMBER_MAYBE = (
    "Park Heights Manor Bank End Bridge Path Chase Meadows Meadow View Cross Fields Field Croft Strand Lawn Downs Wood Woods Court "
    "Mall Quarter Village Point Cove Glen Lodge House Lawns Villas Gate Garth Loan Brae Wynd Pike Trail Loop Run"
)
"""English types that are much else too: they count beside a postcode or a known town."""
BEFORE_NUMBER_TOO = "Street Road Avenue Lane Drive Terrace Crescent Gardens Mews Boulevard"
"""English types that other languages put before the number as well: Baker Street 221."""

FRENCH = "rue avenue av\\. boulevard boul\\. bd blvd\\.? chemin ch\\. impasse imp\\. allée allées quai ruelle sentier sente faubourg fbg montée chaussée venelle villa clos drève triq"
FRENCH_WORDS = "place cours square passage route esplanade rond-point"
"""French types that are words of English too, or everyday words: they need a French particle or a capital after them."""

BEFORE_NUMBER = (
    "calle c/ cl\\. avenida avda\\.? plaza pza\\.? plaça paseo pº passeig carrer camino glorieta ronda rambla travesía callejón carretera ctra\\. avinguda cuesta urbanización "
    "viale v\\.le piazza piazzale p\\.za p\\.zza piazzetta vicolo lungomare lungotevere lungarno contrada c\\.da salita calata traversa c\\.so "
    "rua r\\. avenida av\\. travessa tv\\. praça pç\\. alameda estrada calçada largo beco urbanização praceta rotunda "
    "ul\\. ulica ulicy ulicę al\\. aleja aleje alei pl\\. plac placu os\\. osiedle osiedlu rondo skwer "
    "str\\. strada bulevardul bd\\. bdul\\.? b-dul calea aleea șoseaua șos\\. sos\\. splaiul piața p-ța intrarea fundătura prelungirea drumul "
    "ulice třída tř\\. náměstí nám\\. nábřeží nábř\\. nábr\\. námestie trg bulevar avenija "
    "ул\\. улица бул\\. булевард пл\\. площад алея вул\\. вулиця просп\\. проспект пров\\. провулок бульв\\. бульвар площа булевар трг "
    "οδός οδού οδος οδ\\. λεωφόρος λεωφόρου λεωφ\\. πλατεία πλ\\."
)
BEFORE_LOWER = "trg trgu námestie námestí náměstí ulica ulice ulici obala šetalište park nábrežie nábřeží площад улица"
"""Types before names that are written small: Trg republike 3, Námestie slobody 5."""
CAPITALISED_BEFORE_NUMBER = "Via Corso Largo Strada Camino Avenida Str\\. Piața Bulevardul Put Trg Vico Viottolo Borgo"
"""Types that count with a capital only: ``via`` is a word of many languages."""
LOWER_BEFORE_NUMBER = "via corso largo put borgo"
"""The same in lower case, as contracts write them: they need more than a number."""

AFTER_NAME = (
    # Words between a street's name and its number.
    "utca utcában utcai u\\. út útja úton tér tere téren körút krt\\. köz sétány fasor rakpart dűlő sor lakótelep ltp\\. "
    "náměstí třída třídě ulice ulici nábřeží ulica ulici námestie cesta cesti trg put "
    "gatvė gatvėje g\\. prospektas pr\\. alėja al\\. plentas skersgatvis iela ielā bulvāris prospekts laukums šoseja gatve "
    "tänav tn maantee mnt puiestee pst väljak plats gata gate gt\\. gade katu vej väg sokak "
    "Caddesi Cad\\. Cd\\. Sokağı Sokak Sok\\. Sk\\. Bulvarı Bulv\\. Blv\\. Meydanı"
)
NO_NAMES = frozenset(
    # What may stand before a separate "Platz", "Weg", … without being the name of a street; lower case.
    (
        "der die das den dem des ein eine einen einem einer kein keine auf nach von vom um für mit "
        "bei beim aus bis zu zum über ihr sein mein unser dein euer dieser diesen jeder jeden erster ersten "
        "zweiter zweiten dritter dritten letzter letzten vierter fünfter bester besten guter guten freier "
        "freien leerer welcher aller einziger belegt belegte belegten erreichte rang het een de op van naar "
        "dit dat the a an this that"
    ).split()
)
NO_STREETS = tuple(
    (
        # Ends of words that look like streets and are none; lower case.
        "arbeitsplatz parkplatz stellplatz sitzplatz stehplatz startplatz listenplatz tabellenplatz rastplatz campingplatz "
        "spielplatz fußballplatz sportplatz golfplatz flugplatz bauplatz liegeplatz studienplatz ausbildungsplatz "
        "kitaplatz standplatz speicherplatz fensterplatz gangplatz tennisplatz "
        "umweg ausweg irrweg rückweg hinweg heimweg arbeitsweg schulweg rechtsweg dienstweg lebensweg seeweg postweg radweg "
        "gehweg milchstraße "
        "brigade renegade dekade decade arcade barricade cascade speelplein garantie partie spring string bring hering "
        "engineering monitoring ordering offering catering user käufer läufer verkäufer bahnhof supermarkt ipad thinkpad "
        "notepad abstieg aufstieg einstieg ausstieg anstieg umstieg bahnsteig vertrag auftrag"
    ).split()
)
