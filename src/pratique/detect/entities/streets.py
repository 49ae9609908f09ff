"""Words of streets in the languages of Europe: data for the patterns of addresses."""

# ruff: noqa: E501, SIM905 - lists of words, a language a line

SUFFIXES = (
    # Ends of compounds, and words after a name, that hardly any other word ends with.
    "straße strasse str\\. weg gasse gässle gässchen allee platz damm chaussee promenade twiete "
    "straat laan plein gracht singel dijk steeg kade plantsoen dreef "
    "gatan gata vägen väg gränd torget stigen stråket "
    "gade vej vænge stræde torv allé "
    "veien vegen gaten stien "
    "katu kuja polku raitti ntie"
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
BEFORE_NUMBER_TOO = "Street Road Avenue Lane Drive Terrace Crescent Gardens Mews Boulevard"
"""English types that other languages put before the number as well: Baker Street 221."""

FRENCH = "rue avenue av\\. boulevard bd blvd\\.? chemin impasse allée allées quai ruelle sentier faubourg montée chaussée venelle clos drève"
FRENCH_WORDS = "place cours square passage route esplanade rond-point"
"""French types that are words of English too, or everyday words: they need a French particle or a capital after them."""

BEFORE_NUMBER = (
    "calle c/ avenida avda\\.? plaza plaça pza\\.? paseo passeig carrer camino glorieta ronda travesía callejón rambla "
    "viale v\\.le piazza piazzale p\\.za vicolo lungomare lungotevere contrada salita "
    "rua avenida travessa praça alameda estrada calçada largo beco "
    "ul\\. ulica al\\. aleja aleje pl\\. plac os\\. osiedle rondo skwer "
    "strada bulevardul bd\\. bdul calea aleea șoseaua splaiul piața intrarea "
    "ulice třída tř\\. náměstí nám\\. nábřeží nábr\\. námestie trg "
    "triq ул\\. бул\\. улица булевард площад οδός λεωφόρος"
)
CAPITALISED_BEFORE_NUMBER = "Via Corso Largo Strada Camino Avenida Str\\. Piața"
"""Types that count with a capital only: ``via`` is a word of many languages."""

AFTER_NAME = (
    # Words in lower case between a street's name and its number.
    "utca u\\. út útja tér tere körút krt\\. köz sétány fasor rakpart dűlő "
    "náměstí třída ulice nábřeží ulica námestie cesta trg put "
    "gatvė g\\. prospektas pr\\. alėja iela bulvāris prospekts "
    "tänav tn maantee mnt puiestee pst gate gata gade katu vej väg sokak"
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
