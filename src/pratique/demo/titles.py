"""Channels, programmes, films and sites of the sample data.

Invented, but for two real programmes whose titles read like people: "Barry" and "Andi Mack". They make a detector
propose that the field holds persons, and a steward has to say that it does not.
"""

CHANNELS = (
    "Nordkanal 1", "Tele Adria", "Canal Atlantique", "Kino Plus", "Meridian News", "RegioVisie", "Sport Arena 2",
    "Studio Wisła", "Canal Sierra", "Junior Box", "Doku Weit", "Serie Notte", "Hibernia Four", "Fjord TV",
)  # fmt: skip

TV_SHOWS = (
    ("The Lighthouse Bakery", "reality"), ("Barry", "comedy"), ("Kommissar Hellmann", "crime"), ("Andi Mack", "family"),
    ("Harbour Lights", "drama"), ("Julia", "drama"), ("Die Stadtgärtner", "documentary"), ("Le Dernier Wagon", "crime"),
    ("Champions at Noon", "sport"), ("Maddie", "family"), ("La Casa del Faro", "drama"), ("Nachtschicht Süd", "crime"),
    ("Quiz Royal", "game show"), ("Mira Valkenburg", "crime"), ("Il Mercato Vecchio", "reality"),
    ("Weather Makers", "documentary"), ("Pociąg do Morza", "drama"), ("Frank and Ellie", "comedy"),
    ("Tussen de Dijken", "drama"), ("Cocina de Barrio", "cooking"), ("The Long Ferry", "thriller"),
    ("Robot Holidays", "children"), ("Morning Table", "news"), ("Les Voisins d'en Face", "comedy"),
    ("Gipfelglück", "travel"), ("Second Half", "sport"), ("Alma", "drama"), ("Castles from Above", "documentary"),
    ("Zupa Dnia", "cooking"), ("The Understudy", "comedy"), ("Cold Estuary", "crime"), ("Wild Baltic", "documentary"),
    ("Kleine Wunder", "children"), ("Dieci Minuti", "news"), ("Parallel Streets", "science fiction"),
    ("Het Grote Dictee", "game show"), ("Night Market", "travel"), ("Oliver Plays Late", "talk show"),
    ("The Glass Orchard", "fantasy"), ("Tor des Abends", "sport"),
)  # fmt: skip

MOVIES = (
    ("The Salt Road", "adventure"), ("Ein Sommer in Emden", "romance"), ("The Drowned Tunnel", "thriller"),
    ("La Nuit des Horloges", "fantasy"), ("Paper Satellites", "science fiction"), ("Il Treno delle Sei", "drama"),
    ("Under the Ice Station", "thriller"), ("Kartoffelkrieg", "comedy"), ("El Último Faro", "mystery"),
    ("The Borrowed Orchestra", "comedy"), ("Schneekönigin 2100", "animation"), ("De Stille Polder", "drama"),
    ("Czarna Rzeka", "crime"), ("Moonlight Tariff", "comedy"), ("Les Pirates du Canal", "family"),
    ("Breakwater", "drama"), ("The Cartographer", "history"), ("Zwei Zimmer, Küche, Mars", "comedy"),
    ("Falling Upwards", "romance"), ("A Winter of Wolves", "adventure"), ("Operation Tulip", "war"),
    ("The Quiet Auction", "thriller"), ("Volta", "documentary"), ("Dragons of the Delta", "animation"),
    ("Iron Harvest Moon", "horror"), ("Piazza Minore", "romance"), ("The Last Tollkeeper", "mystery"),
    ("Sardinas", "comedy"), ("Cloud Factory", "family"), ("Nine Lives of the Ferry", "adventure"),
)  # fmt: skip

SITES = (
    ("stadtblatt-nord.example", "news"), ("kochwelt.example", "cooking"), ("fussball-abend.example", "sport"),
    ("meteo-cote.example", "weather"), ("mercadillo.example", "shopping"), ("reisefieber.example", "travel"),
    ("cinema-sotto.example", "film"), ("weekendplein.example", "leisure"), ("ogrodnik.example", "gardening"),
    ("price-lantern.example", "shopping"), ("study-harbour.example", "education"), ("fjordkart.example", "travel"),
    ("gesund-heute.example", "health"), ("velo-libre.example", "sport"), ("old-tannery-books.example", "books"),
    ("bricolab.example", "home"), ("jobs-meridian.example", "work"), ("paddock-news.example", "sport"),
    ("klein-anzeiger.example", "classified"), ("tabletop-tavern.example", "games"),
)  # fmt: skip

PRICES = (1.99, 2.49, 2.99, 3.49, 3.99, 4.49, 4.99, 5.99, 7.99, 9.99, 12.49, 14.99)

CALL_TYPES = ("voice", "sms", "voicemail", "video")
