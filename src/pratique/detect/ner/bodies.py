"""Bodies of state that identify nobody: states, governments, ministries and courts that are named without a place.

*The Supreme Court*, *the German Government*, *Ministère de la Justice* stand in every judgment of a country. The Text
Anonymization Benchmark, too, marks them as nothing that has to be hidden, but for those of a town, which tell where
somebody lives. Commissions, councils, parties and chambers of a parliament stay what they are.
"""

import re
from typing import Final

_COURTS = """
instance jurisdiction district county city provincial municipal commercial law magistrates labour family economic
regional court courts tribunal tribunals chamber chambers supreme constitutional high highest appeal appeals cassation
administrative military civil criminal assize federal national justice plenary grand first second third fourth fifth
sixth seventh eighth ninth tenth eleventh twelfth cour chambre suprême constitutionnel constitutionnelle appel
administratif gericht gerichtshof bundesgericht bundesgerichtshof bundesverfassungsgericht bundesverwaltungsgericht
verfassungsgerichtshof corte suprema costituzionale cassazione appello tribunale supremo constitucional audiencia
nacional sąd najwyższy trybunał konstytucyjny naczelny administracyjny hoge der nederlanden högsta domstolen
højesteret høyesterett korkein oikeus kúria alkotmánybíróság ústavní nejvyšší soud najvyšší súd vrhovni sud ustavni
curtea supremă constituțională înalta върховен съд конституционен верховный верховний конституційний суд
"""
_GOVERNMENTS = """
government governments authorities state states republic kingdom federation parliament ministry ministries minister
ministers office interior exterior foreign home commonwealth defence defense finance health education labour
agriculture transport general security martial public prosecutor prosecutors prosecution department revenue
directorate income united gouvernement ministère ministre république royaume état nationale intérieur
affaires étrangères finances santé éducation défense bundesregierung regierung ministerium bundesministerium republik
staat bundesrepublik innern justiz finanzen europäische governo ministero repubblica stato interno giustizia gobierno
ministerio república estado rząd ministerstwo rzeczpospolita rzeczypospolitej regering ministerie regeringen hallitus
kormány minisztérium vláda ministerstvo vlada ministarstvo guvernul ministerul правителство министерство правительство
уряд
"""
_COUNTRIES = """
albania albanian austria austrian österreich österreichische belgium belgian belgique bosnia herzegovina britain
british bulgaria bulgarian croatia croatian hrvatska cyprus cypriot czech česká czechia denmark danish danmark estonia
estonian finland finnish france french française georgia georgian germany german deutschland deutsche greece greek
hellenic hungary hungarian iceland icelandic ireland irish italy italian italia italiana latvia latvian lithuania
lithuanian luxembourg malta maltese moldova moldovan montenegro netherlands dutch nederland norway norwegian norge
poland polish polska polskiej portugal portuguese portuguesa romania romanian românia russia russian serbia serbian
slovakia slovak slovenia slovenian spain spanish españa sweden swedish sverige switzerland swiss turkey turkish
türkiye ukraine ukrainian україна българия great northern american america
"""
_JOINING = """
the of and for in to a an on with his her its majesty s de la le les du des et en d l der die das und für im von del
della dei di e y el los las do da dos van het og och i w z na za
"""
_WORDS: Final = frozenset(f"{_COURTS} {_GOVERNMENTS} {_COUNTRIES} {_JOINING}".split())
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)?\Z")
_WORD = re.compile(r"\w+")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|[IVX]+")


def is_body_of_state(name: str) -> bool:
    """Whether every word of the name is one of states, governments, courts or countries, and none of a place.

    Brackets at its end, which say it in another language, do not count.
    """
    words = _WORD.findall(_IN_BRACKETS.sub("", name))
    return bool(words) and all(word.lower() in _WORDS or _ORDINAL.fullmatch(word) for word in words)
