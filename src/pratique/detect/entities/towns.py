"""Larger towns of Europe by the names that people there give them: what makes a number before one a postcode.

Not a gazetteer: it proves that an address goes on, or that one begins, where nothing else does.
"""

# ruff: noqa: E501, RUF001, SIM905 - lists of names, a country a line

TOWNS = frozenset(
    name.strip()
    for name in (
        # at, be, ch, li, lu
        "wien|graz|linz|salzburg|innsbruck|klagenfurt|villach|wels|st. pölten|sankt pölten|dornbirn|bregenz|eisenstadt|steyr|"
        "bruxelles|brussel|antwerpen|anvers|gent|gand|charleroi|liège|luik|brugge|bruges|namur|namen|leuven|louvain|mons|bergen|mechelen|hasselt|kortrijk|oostende|"
        "zürich|genf|genève|basel|bern|lausanne|winterthur|luzern|st. gallen|lugano|biel|thun|fribourg|neuchâtel|chur|sion|vaduz|schaan|luxembourg|luxemburg|lëtzebuerg|esch-sur-alzette|"
        # de
        "berlin|hamburg|münchen|köln|frankfurt|frankfurt am main|stuttgart|düsseldorf|leipzig|dortmund|essen|bremen|dresden|hannover|nürnberg|duisburg|bochum|wuppertal|bielefeld|bonn|"
        "münster|mannheim|karlsruhe|augsburg|wiesbaden|mönchengladbach|gelsenkirchen|aachen|braunschweig|kiel|chemnitz|halle|magdeburg|freiburg|krefeld|mainz|lübeck|erfurt|oberhausen|"
        "rostock|kassel|hagen|potsdam|saarbrücken|hamm|ludwigshafen|oldenburg|osnabrück|leverkusen|heidelberg|darmstadt|solingen|regensburg|paderborn|ingolstadt|würzburg|fürth|ulm|"
        "heilbronn|pforzheim|wolfsburg|göttingen|bottrop|reutlingen|koblenz|bremerhaven|erlangen|trier|jena|cottbus|schwerin|passau|konstanz|flensburg|greifswald|weimar|bamberg|bayreuth|"
        # fr, mc
        "paris|marseille|lyon|toulouse|nice|nantes|montpellier|strasbourg|bordeaux|lille|rennes|reims|toulon|saint-étienne|le havre|grenoble|dijon|angers|nîmes|villeurbanne|aix-en-provence|"
        "clermont-ferrand|le mans|brest|tours|amiens|limoges|annecy|perpignan|metz|besançon|orléans|rouen|mulhouse|caen|nancy|avignon|poitiers|versailles|pau|la rochelle|calais|cannes|antibes|"
        "colmar|bayonne|vannes|quimper|valence|chambéry|troyes|boulogne-billancourt|saint-denis|montreuil|nanterre|créteil|monaco|ajaccio|bastia|"
        # es, ad
        "madrid|barcelona|valencia|sevilla|zaragoza|málaga|murcia|palma|palma de mallorca|las palmas de gran canaria|bilbao|alicante|córdoba|valladolid|vigo|gijón|vitoria|vitoria-gasteiz|"
        "granada|elche|oviedo|badalona|cartagena|terrassa|jerez de la frontera|sabadell|móstoles|santa cruz de tenerife|pamplona|almería|san sebastián|donostia|burgos|albacete|santander|"
        "castellón de la plana|logroño|badajoz|salamanca|huelva|lleida|tarragona|león|cádiz|jaén|girona|lugo|cáceres|toledo|pontevedra|segovia|ávila|cuenca|soria|teruel|zamora|ourense|a coruña|la coruña|"
        # it, sm, va
        "roma|milano|napoli|torino|palermo|genova|bologna|firenze|bari|catania|venezia|verona|messina|padova|trieste|brescia|parma|prato|taranto|modena|reggio calabria|reggio emilia|perugia|"
        "livorno|ravenna|cagliari|foggia|rimini|salerno|ferrara|sassari|latina|monza|siracusa|pescara|bergamo|forlì|trento|vicenza|terni|bolzano|novara|piacenza|ancona|andria|arezzo|udine|cesena|"
        "lecce|pesaro|la spezia|alessandria|catanzaro|pistoia|lucca|como|varese|pisa|siena|treviso|pavia|cremona|mantova|aosta|potenza|matera|l'aquila|campobasso|"
        # nl
        "amsterdam|rotterdam|den haag|'s-gravenhage|utrecht|eindhoven|groningen|tilburg|almere|breda|nijmegen|apeldoorn|arnhem|haarlem|enschede|amersfoort|zaandam|den bosch|'s-hertogenbosch|zwolle|leiden|"
        "leeuwarden|maastricht|dordrecht|zoetermeer|ede|delft|alkmaar|venlo|deventer|hilversum|heerlen|middelburg|lelystad|gouda|assen|roermond|"
        # pt
        "lisboa|porto|vila nova de gaia|amadora|braga|coimbra|funchal|setúbal|almada|aveiro|évora|faro|leiria|viseu|guimarães|matosinhos|sintra|cascais|oeiras|loures|portimão|viana do castelo|ponta delgada|"
        # dk, se, no, fi, is
        "københavn|aarhus|århus|odense|aalborg|ålborg|esbjerg|randers|kolding|horsens|vejle|roskilde|herning|silkeborg|næstved|fredericia|viborg|køge|holstebro|helsingør|"
        "stockholm|göteborg|malmö|uppsala|västerås|örebro|linköping|helsingborg|jönköping|norrköping|lund|umeå|gävle|borås|södertälje|eskilstuna|karlstad|växjö|halmstad|sundsvall|luleå|trollhättan|östersund|kalmar|"
        "oslo|bergen|trondheim|stavanger|kristiansand|drammen|fredrikstad|tromsø|sandnes|ålesund|bodø|skien|"
        "helsinki|helsingfors|espoo|tampere|vantaa|oulu|turku|åbo|jyväskylä|lahti|kuopio|pori|kouvola|joensuu|lappeenranta|hämeenlinna|vaasa|rovaniemi|seinäjoki|reykjavík|akureyri|kópavogur|hafnarfjörður|"
        # ee, lv, lt
        "tallinn|tartu|narva|pärnu|kohtla-järve|viljandi|rakvere|rīga|daugavpils|liepāja|jelgava|jūrmala|ventspils|rēzekne|valmiera|vilnius|kaunas|klaipėda|šiauliai|panevėžys|alytus|marijampolė|"
        # pl
        "warszawa|kraków|łódź|wrocław|poznań|gdańsk|szczecin|bydgoszcz|lublin|białystok|katowice|gdynia|częstochowa|radom|toruń|sosnowiec|kielce|rzeszów|gliwice|zabrze|olsztyn|bielsko-biała|bytom|"
        "zielona góra|rybnik|ruda śląska|opole|tychy|gorzów wielkopolski|elbląg|płock|dąbrowa górnicza|wałbrzych|włocławek|tarnów|chorzów|koszalin|kalisz|legnica|sopot|piaseczno|nowy sącz|zakopane|"
        # cz, sk
        "praha|brno|ostrava|plzeň|liberec|olomouc|české budějovice|hradec králové|ústí nad labem|pardubice|zlín|havířov|kladno|most|opava|frýdek-místek|karviná|jihlava|teplice|děčín|karlovy vary|chomutov|"
        "bratislava|košice|prešov|žilina|nitra|banská bystrica|trnava|martin|trenčín|poprad|prievidza|zvolen|"
        # hu
        "budapest|debrecen|szeged|miskolc|pécs|győr|nyíregyháza|kecskemét|székesfehérvár|szombathely|szolnok|tatabánya|kaposvár|érd|veszprém|békéscsaba|zalaegerszeg|sopron|eger|nagykanizsa|"
        # ro, md
        "bucurești|bucureşti|cluj-napoca|timișoara|timişoara|iași|iaşi|constanța|constanţa|craiova|brașov|braşov|galați|galaţi|ploiești|ploieşti|oradea|brăila|arad|pitești|sibiu|bacău|târgu mureș|târgu-mureș|"
        "baia mare|buzău|botoșani|satu mare|râmnicu vâlcea|drobeta-turnu severin|suceava|piatra neamț|târgu jiu|târgoviște|focșani|bistrița|reșița|tulcea|alba iulia|deva|chișinău|"
        # bg
        "софия|пловдив|варна|бургас|русе|стара загора|плевен|сливен|добрич|шумен|перник|хасково|ямбол|пазарджик|благоевград|велико търново|враца|габрово|асеновград|видин|казанлък|кърджали|кюстендил|монтана|"
        "димитровград|ловеч|силистра|търговище|дупница|разград|горна оряховица|свищов|смолян|петрич|сандански|самоков|sofia|plovdiv|varna|burgas|ruse|"
        # el, cy
        "αθήνα|αθηνα|θεσσαλονίκη|πάτρα|πειραιάς|λάρισα|ηράκλειο|περιστέρι|καλλιθέα|ακαρναί|βόλος|ιωάννινα|χανιά|ρόδος|καβάλα|κέρκυρα|σέρρες|καλαμάτα|τρίκαλα|λαμία|μαρούσι|χαλάνδρι|κηφισιά|γλυφάδα|"
        "νέα σμύρνη|λευκωσία|λεμεσός|λάρνακα|πάφος|athens|thessaloniki|nicosia|limassol|larnaca|paphos|"
        # hr, si, rs, ba
        "zagreb|split|rijeka|osijek|zadar|slavonski brod|pula|sesvete|karlovac|varaždin|šibenik|dubrovnik|sisak|vukovar|ljubljana|maribor|celje|kranj|koper|velenje|novo mesto|nova gorica|ptuj|"
        "beograd|novi sad|niš|kragujevac|subotica|zrenjanin|pančevo|čačak|београд|нови сад|ниш|крагујевац|суботица|зрењанин|sarajevo|banja luka|mostar|tuzla|podgorica|skopje|tirana|"
        # gb, ie, mt
        "london|birmingham|manchester|glasgow|liverpool|leeds|sheffield|edinburgh|bristol|cardiff|leicester|coventry|belfast|nottingham|newcastle upon tyne|bradford|southampton|portsmouth|plymouth|reading|"
        "derby|wolverhampton|swansea|aberdeen|oxford|cambridge|york|exeter|norwich|brighton|bath|dundee|inverness|dublin|cork|limerick|galway|waterford|kilkenny|sligo|drogheda|dundalk|tralee|athlone|"
        "valletta|sliema|st julian's|birkirkara|mosta|qormi|victoria|"
        # ua, tr
        "київ|харків|одеса|дніпро|львів|запоріжжя|кривий ріг|миколаїв|вінниця|херсон|полтава|чернігів|черкаси|житомир|суми|хмельницький|чернівці|рівне|івано-франківськ|тернопіль|луцьк|ужгород|"
        "istanbul|i̇stanbul|ankara|izmir|i̇zmir|bursa|antalya|adana|konya|gaziantep|kayseri|mersin|eskişehir|kadıköy|beşiktaş|üsküdar|şişli|çankaya|"
        # beyond Europe
        "new york|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego|dallas|austin|boston|seattle|denver|washington|miami|atlanta|san francisco|toronto|montreal|montréal|vancouver|ottawa|"
        "sydney|melbourne|brisbane|perth|auckland|tokyo|singapore"
    ).split("|")
)
"""Lower case."""
