"""People's names for the sample data: written for this project, and on no public list in full.

Rarer given names and mostly invented family names, so that a detector that knows name lists finds some, finds others
by a title or a field beside them, and misses some: the recall that the demo shows is measured, not granted.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameList:
    """Names of one country."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _names(women: str, men: str, families: str) -> NameList:
    return NameList(tuple(women.split()), tuple(men.split()), tuple(f.replace("_", " ") for f in families.split()))


NAMES: Mapping[str, NameList] = {
    "GB": _names(
        "Rosalind Tamsin Elspeth Merryn Philippa Henrietta Isolde Bronwen Morwenna Verity Aveline Winifred",
        "Alasdair Peregrine Jolyon Torquil Gethin Barnaby Lachlan Emrys Ranulf Ambrose Piers Hamish",
        "Ashgrove-Pell Thistlewick Penhallurick Oakenshaw Brackenbury Marchfield Dunsley-Ward Trewhella Falconbridge "
        "Wetherspring Caddick-Lowe Hollinsworthy Merrowdown Stanhope-Vail Quillfeather Arkenholt Rushmere-Dane",
    ),
    "IE": _names(
        "Aoibheann Sorcha Muireann Dearbhla Caoilfhionn Fionnuala Gráinne Sadhbh",
        "Cormac Tadhg Fiachra Lorcan Diarmuid Oisín Ruadhán Eoghan",
        "Mac_Conallain O'Rathalla Ní_Bhraonachta Ballinsloe Kilcarrick O'Dunavoran Tullaghmore Carrowfinn",
    ),
    "DE": _names(
        "Fenke Annegret Friederike Swantje Gesine Leokadia Mechthild Walburga Thordis Katharina Ulrike Jorinde",
        "Hinnerk Eckehard Lorenz Gotthilf Tjark Wendelin Burkhart Leberecht Onno Matthias Rüdiger Joris",
        "Ostermark-Lütje Brunnwalder Hagedornsen Kessenbrock Tiefenthaler Rauhwiesner Wolkenhauer-Pabst Nordsieker "
        "Schimmelbusch Eichendörfer Vogelsang-Ruth Mühlenrieder Grunwaldner von_Achternbusch Steinkampfner Lindhövel",
    ),
    "FR": _names(
        "Apolline Solveig Clémence Isaure Bérénice Maëlys Philomène Séverine Oriane Guénola Capucine Hermine",
        "Thibault Gaspard Enguerrand Loïc Aurélien Corentin Ambroise Foulques Evariste Tanguy Barthélemy Cyprien",
        "de_Vaucresson-Lys Montgaillardin Brézolles Delacombe-Ruel Fontanivier Chantemerlieu Rochambrun Kervadec-Aubry "
        "Saint-Orlac Beaurenaud Tournesac Lavergnolle Marchecoul d'Espérandieu-Roc Villeneuvois Pontcarré-Blin",
    ),
    "ES": _names(
        "Itziar Macarena Nerea Edurne Leocadia Rocío Amaranta Covadonga Begoña Xiomara",
        "Íñigo Leandro Gorka Fermín Nicanor Aitor Evaristo Jacinto Unai Baltasar",
        "Arrizabalde_Montes Quintanar_Ruivela Villacastro Echegarrieta Peñalosa_Brun Torreblasco Carvallar "
        "Murguiondo_Sanz Alcoverro_Pina Iriberri Santolaria_Vidal Caldeirón",
    ),
    "IT": _names(
        "Ginevra Ornella Fiammetta Allegra Domitilla Mirella Eleonora Ludovica Benedetta Carlotta",
        "Ettore Ludovico Tancredi Ruggero Saverio Achille Fulvio Graziano Lamberto Ottavio",
        "Quintavallesi Bellacorte Montefiorini Castelrosso Pietrabuona Tremolanti Della_Serravalle Ghirlandieri "
        "Monterisolo Cavalcabruni Altovento Fiordispini",
    ),
    "NL": _names(
        "Marijke Femke Hadewych Wietske Sanne Jildou Annemiek Liselore Roelien Tjitske",
        "Joost Wiebe Diederik Sjoerd Gijsbrecht Rutger Folkert Melle Harmen Teunis",
        "van_der_Weerdenburg Oosterwolde-Prins Hoogendijkstra Zandmeijer ten_Broekhorst Kruisselaar Vlietmanhof "
        "van_Schagerloo Wijngaarder Duinhovenaar Rietveldsma de_Korenblom",
    ),
    "PL": _names(
        "Bogumiła Jadwiga Dobrosława Zuzanna Kinga Radosława Świętosława Halszka Milena Grażyna",
        "Zbigniew Mściwoj Bożydar Wojciech Ziemowit Cezary Dobrogost Gniewomir Lech Sławomir",
        "Ostrowicki-Brzoza Wierzbołowski Szczepanowiak Kruszwicki Zawiślański Jaworzniak-Lis Dąbrowiecki Mieroszyński "
        "Trzebnicki Gołuchowiak Lipskowiejski Chrząstecki",
    ),
    "SE": _names(
        "Ingegerd Linnéa Thyra Gunnhild Alfhild Saga Ragnfrid Tuva",
        "Torvald Sixten Ragnvald Hjalmar Folke Eskil Ture Vidar",
        "Korvaldsson Björkhemmar Silverstrand Norrmalmqvist Älvdalius Granskogh Vintervik Stenhammarlund",
    ),
    "FI": _names(
        "Ilmatar Aino Kyllikki Tuulikki Sinikka Orvokki Hilkka Meeri",
        "Väinämö Oiva Tapio Urho Kauko Eljas Tarmo Ilmari",
        "Koskenmäkelä Hirvisaarinen Lumivaara Tuomiharju Järvikallio Pohjolainen-Rae Saarihonka Vesilahtinen",
    ),
    "BE": _names(
        "Godelieve Aldegonde Liesbet Mathilde Veerle Ghislaine",
        "Lieven Gilles Wannes Baudouin Dries Servaas",
        "Vandermeulebroek-Claes De_Wolvenaere Lambrechtsen Vanhoutryve Delvauxmont Steenbeeckx Van_Loockeren Thiriarde",
    ),
    "PT": _names(
        "Leonor Iolanda Graciete Benedita Mafalda Violante",
        "Duarte Gonçalo Salvador Tomé Vasco Bartolomeu",
        "Vasconcelhos_Prata Moreirinha Albuquerra Figueirola_Dias Seabrado Quintanilheira Penafortes Lobatão",
    ),
}
"""By ISO 3166 country; GB for the United Kingdom."""
