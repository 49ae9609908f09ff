"""What stands around a street and its number, as regular expressions: flats, floors, postcodes, towns, regions.

Of every part there is what it looks like after the street; of those that may stand before it too, what it looks like
there. `pratique.detect.places` puts them together; every one is tried at one place only, and is bounded.
"""

# ruff: noqa: E501, RUF001 - patterns and lists of words, a language a line

import re
from functools import cache
from typing import NamedTuple

_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
SPACE = "[ \u00a0\u202f]"
BREAK = rf"(?:,?{SPACE}{{1,2}}|{SPACE}?[,;·|–-]{SPACE}{{0,2}}|[,;]?[ \t]{{0,3}}\r?\n[ \t]{{0,4}})"
_QUOTE = '[„“”"«»‚‘]?'
_CAPITALISED = rf"(?:(?:St|Ste|Sta|Sv|Sankt|Bad|Novi|Nova|Novo)\.? |['’][st][- ])?{_QUOTE}[{_UPPER}][^\W\d_]{{0,30}}(?:['’\-.][^\W\d_]{{1,24}}){{0,5}}(?!\w){_QUOTE}"
_PARTICLES = (
    "am an der im in ob bei auf vor unter upon on under by le la les de du des sur sous en aux del della di da do dos "
    "das los las el y i op aan den het bij nad pod na ved på pe lès près"
)
_PARTICLE = "(?:" + "|".join(_PARTICLES.split()) + ")"
TOWN = rf"{_CAPITALISED}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITALISED}){{0,3}}"
_LABEL = r"(?:(?:PSČ|PLZ|CP|C\.P\.|CAP|Τ\.? ?Κ\.?|п\. ?к\.|ПК|P\.K\.|cod(?:ul)? po[sșş]tal|cod|kod(?: pocztowy)?|irsz\.?|поштенски број|post ?code|zip):? ?)?"
CODE = rf"{_LABEL}(?:[0-9]{{4}}-[0-9]{{3}}|[0-9]{{2}}-[0-9]{{3}}|[0-9]{{3}} [0-9]{{2}}|(?:[A-Z]{{1,3}}[–-] ?)?[0-9]{{4,6}}(?: ?[A-Z]{{2}}(?= ))?)(?!\w)"
_MALTA = (
    "VLT|SLM|BKR|MST|QRM|STJ|SGN|GZR|MSD|SPB|VCT|XRA|MSK|NXR|FGR|PLA|TXN|ZBR|ZTN|ZRQ|ZBG|RBT|ATD|BML|BRG|CSP|DGL|FRN|GDJ|GSM|GSR|HMR|IKL|KKP|KRC|LJA|LQA|MDN|MGR|MEC|MFN|MLH|MQB|"
    "MRS|MTF|MTP|MXK|MXL|NDR|PBK|PTA|QLA|QND|QRD|SFI|SGW|SLC|SLZ|SNT|SVR|SWQ|TRX|XBX|XJR|XLN|XWK|ZRB|ZRN"
)
_BRITISH = (
    r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}|[A-Z][0-9][0-9W] ?[0-9A-Z]{4}|(?:LV|LT)[-–][0-9]{4,5}|[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?"
    rf"|(?:{_MALTA}) ?[0-9]{{4}})(?!\w)"
)
"""Postcodes that stand behind the town: of Britain, Ireland, Malta, Latvia, the United States."""
_DISTRICT = rf"(?:,? (?i:cedex)(?: [0-9]{{1,2}})?(?!\w)| [0-9]{{1,2}}(?!\w|[.,:/%][0-9])(?: ?[–-] ?{_CAPITALISED})?| ?[–-] ?{_CAPITALISED}|[ -]{{1,3}}\(?[A-Z]{{2}}\)?(?!\w)| [A-ZÆØÅ](?!\w)|/{_CAPITALISED})?"


def _any(words: str) -> str:
    """Any of words that are parted by spaces; a dot is one, an underscore is a space."""
    listed = sorted(set(words.split()), key=lambda word: -len(word))
    return "(?:" + "|".join(re.escape(word).replace("_", r"\ ?") for word in listed) + ")"


_COUNT = r"(?:[0-9]{1,4}[ºª°]?(?:(?:[A-Za-zА-Я]| [A-HJ-ZА-Яb-df-h])(?![\w:.]))?(?:[/\-][0-9A-Za-z]{1,3})?|[A-Za-zА-ЯΑ-Ω][0-9]{0,3}|[IVX]{1,5})(?!\w)"
_NUMBERED = _any(
    "flat apartment apt apt. apto apto. appt appt. app app. unit suite ste floor level block blk entrance door room "
    "wohnung whg whg. top tür stiege stock etage aufgang og haus appartement bât. bât bâtiment bat. bat esc esc. escalier étage porte hall lot boîte bte bte. bus résidence "
    "piso planta puerta pta pta. escalera portal bloque blq. local oficina casa interno int int. scala sc sc. piano pal. palazzina edificio ed. "
    "andar fração fracção bloco lote lt. porta sala loja verdieping kamer m m. mieszkania mieszkanie mieszk. lok lok. lokal kl kl. klatka piętro p. bud bud. budynek blok "
    "byt patro poschodí schodiště vchod dveře poschodie emelet em. em ajtó a. lépcsőház lph. épület ép. lház. ap ap. apart. apartament apartamentul bl bl. bloc blocul sc. scara scara_ et et. etaj etajul "
    "cam. camera corp tronson int. ап ап. вх вх. вход ет ет. етаж бл бл. блок офис каб. стая партер корпус корп. διαμ. διαμέρισμα όροφος γραφείο stan kat ulaz zgrada "
    "stanovanje nadstropje bt. bt butas kambarys kab. korp. dz. dz dzīvoklis kabinets korpuss korter krt krt. tuba as. as asunto porras rappu lgh lgh. vån. vån uppg. uppgång port "
    "lejl. sal leil. leil leilighet íbúð íb. daire d d. kat: k k. no: iç кв кв. квартира під'їзд підʼїзд поверх буд буд. будинок стан улаз спрат "
    "vh. vh vhod et. ap."
)
_SIGN = r"(?:(?:č|čís|nr|no|n|br|št|αρ)\.? ?[ºo°]?|№|N°|[:=#])?"
_STANDING = _any(
    "EG DG UG OG Erdgeschoss Dachgeschoss Hinterhaus Vorderhaus Seitenflügel rez-de-chaussée RDC R/C r/c bajo bajos ático entresuelo principal parter mansardă przyziemie přízemí prízemie fszt. fszt földszint "
    "партер ισόγειο kl. prizemlje pritličje hs bis_hs piano_terra cave sótano rés-do-chão st."
)
_SIDE = r"(?: ?(?i:izquierda|derecha|izqda|izda|izq|dcha|dta|dto|dt|esq|esqo|fte|frente|centro|th|tv|mf)\.?(?!\w)| ?[A-H1-9](?![\w]))?[ºª]?"
_ORDINAL = (
    r"(?:[0-9]{1,2}(?:st|nd|rd|th) [Ff]loor|[0-9]{1,2}\.?(?:[ºª°]|o(?= (?:dcha|izq|izda)))\.?(?: (?:andar|piso|planta))?,?"
    + _SIDE
    + r"|[0-9]{1,2}\. ?(?:OG|Stock|Etage|Obergeschoss|th|tv|mf|sal|emelet|em|kerros|patro|poschodí|poschodie|piętro|nadstropje|kat|krs|floor)\.?(?: ?(?:th|tv|mf|ajtó|[0-9]{1,3}\.?(?: ajtó)?)\.?)?"
    r"|[0-9]{1,2}(?:er|ère|e|ème|ième) étage|[0-9]{1,2}(?:ος|ο) όροφος|[0-9]{1,2} tr\.?|[IVX]{1,5}\. ?(?:emelet|em|piętro|p|kat|kerület|ker|poschodie)\.?(?: [0-9]{1,3}\.?)?"
    r"|[IVX]{1,5}/[0-9]{1,3}\.?|[HULK][0-9]{4}|[A-Z] ?(?:lépcsőház|épület|lph\.?)|[0-9]{1,2}-hoog(?: (?:links|rechts))?|(?:bajo|st|kl)\.? ?(?:izq|izqda|dcha|th|tv|mf|[A-H])\.?|"
    r"[0-9]{1,3}\. ?(?:ajtó|a\.|sz\.)|sz\.|szám alatt|szám)"
)
_FLAT = (
    rf"(?:{BREAK}|(?<=[.:/]))(?:(?i:{_NUMBERED}){SPACE}?{_SIGN}{SPACE}?{_COUNT}|{_ORDINAL}(?!\w)|{_STANDING}(?!\w){_SIDE})\.?"
    rf"|, ?[0-9]{{1,2}}[ºª°]?,? ?[A-H](?![\w.])"
)
"""One part within the building: its entrance, floor or flat."""

_BEFORE_NAME = _any(
    # What says that the name of a place follows.
    "гр. гр град с. село общ. община обл. област р-н район ж.к. ж.к жк кв. квартал к-с комплекс в.з. вилна_зона м-т местност к.к. "
    "м. місто смт обл. р-н село град општина насеље "
    "mun. municipiul oraș oraşul orașul oras com. comuna sat satul loc. localitatea jud. județul judeţul judetul cartier cartierul cart. "
    "m. miasto miejscowość msc. gm. gmina pow. powiat woj. województwo poczta obec město okres okr. část_obce čtvrť kraj k.ú. mesto "
    "općina naselje županija mjesto občina pošta Δήμος Δήμου Νομός νομού provincia_di provincia_de prov. comune_di frazione fraz. loc. località município_de freguesia_de concelho_de "
    "distrito_de lugar_de bairro término_municipal_de municipio_de barrio urb. urbanización urbanização polígono polígono_industrial commune_de lieu-dit lieudit Lieu-dit hameau quartier résidence Résidence "
    "OT Ortsteil Landkreis Kreis Bezirk Co. Co County Mah. Mahallesi ilçesi "
)
_AFTER_NAME = _any(
    "m. miestas mieste rajonas raj. r. raj sav. savivaldybė k. kaimas novads novadā nov. pagasts pag. pilsēta linn vald maakond küla megye kerület Mah. Mahallesi ilçesi област район обл. р-н kommun kommune län "
)
_SECTOR = r"(?:[IVX]{1,5}\. ?(?:kerület|ker\.?)(?!\w)|(?i:sector(?:ul)?|sect\.|район|district|kerület|arrondissement) ?[0-9]{1,2}(?!\w))"
_ANY_NAME = rf"{TOWN}(?: [^\W\d_]{{3,14}}(?=,))?(?: [0-9]{{1,2}}(?![\w.,:/%][0-9]))?"
_REGION = (
    rf"{BREAK}(?:{_BEFORE_NAME}{SPACE}?{_ANY_NAME}|{_SECTOR}|{TOWN} {_AFTER_NAME}(?!\w)|\({_CAPITALISED}(?: {_CAPITALISED}){{0,2}}\)"
    r")|[ \t]*(?:,|\n)[ \t]*(?:Deutschland|Germany|Österreich|Austria|Schweiz|Switzerland|France|Francia|España|Spain|Italia|Italy|Portugal|Nederland|Netherlands|België|Belgique|Belgium|Polska|Poland|Česko|"
    r"Česká republika|Czech Republic|Slovensko|Slovakia|Magyarország|Hungary|România|Romania|България|Bulgaria|Ελλάδα|Greece|Hrvatska|Croatia|Slovenija|Slovenia|Lietuva|Lithuania|Latvija|Latvia|"
    r"Eesti|Estonia|Suomi|Finland|Sverige|Sweden|Danmark|Denmark|Norge|Norway|Ísland|Iceland|Ireland|Éire|Malta|Κύπρος|Cyprus|Luxembourg|Luxemburg|United Kingdom|UK|England|Scotland|Wales|Україна|Ukraine|"
    r"Србија|Srbija|Serbia|Türkiye|Turkey|USA)(?!\w)"
)
"""A district, a municipality, a region or a state, told by a word beside its name."""

_IN = ",?" + _any("in w we v ve à a en te i în în_localitatea din в във у στην στο στη u na of")
_IN_TOWN = rf"{SPACE}{_IN}{SPACE}(?:(?:гр|с|м|mun|loc|com)\.{SPACE}?)?(?P<town>{TOWN})"
"""A town behind a preposition."""

_POSTAL = (
    rf"(?:{BREAK}{CODE},?{SPACE}{{1,2}}(?:(?:гр|с|м|г)\.{SPACE}?)?(?P<town>(?=\w\w){TOWN}){_DISTRICT}"
    rf"|(?:{BREAK}{TOWN}(?: [0-9]{{1,2}})?){{0,2}}{BREAK}{_BRITISH}(?:{SPACE}{TOWN})?"
    rf"|{BREAK}(?:(?:гр|с|м|mun|loc|com)\.{SPACE}?)?(?P<town2>{TOWN}){BREAK}{CODE}(?!{SPACE}?[0-9%€$£])"
    rf"|{BREAK}[0-9]{{3}}{SPACE}(?P<town3>{TOWN})|{BREAK}(?P<town4>{_CAPITALISED})/{_CAPITALISED})"
)
"""A postcode and its town, in either order."""

_LABELLED_CODE = (
    rf"{BREAK}(?:PSČ|PLZ|C\.P\.|CAP|Τ\.? ?Κ\.?|п\. ?к\.|cod po[sșş]tal)[: ]{{0,2}}[0-9]{{3}} ?[0-9]{{2,3}}(?!\w)"
    rf"|,{SPACE}?[0-9]{{3}} [0-9]{{2}}(?=[,;.)\n]|\Z)"
)

_ENDS = r"(?=[ \t]*(?:[.,;:!?)\n\r–-]|\Z|\())"
_PLAIN = rf",{SPACE}{{1,2}}(?P<town>{TOWN})(?: (?:[1-9]|1[0-9]|2[0-4]))?(?!\w)(?P<end>{_ENDS})?"
_PLAIN_ON = rf"(?:,?{SPACE}{{1,2}}{TOWN}(?: (?:[1-9]|1[0-9]|2[0-4]))?(?!\w)){{1,2}}"

_BEFORE = (
    # What may stand right before a street, nearest first; each ends where the street begins.
    rf"(?:(?<!\w){CODE},?{SPACE})?(?<!\w){_BEFORE_NAME}{SPACE}?{_ANY_NAME}(?:,?{SPACE}{CODE})?{BREAK}\Z",
    rf"(?<![\w.,/-]){CODE},?{SPACE}{TOWN}(?: [0-9]{{1,2}})?{BREAK}\Z",
    rf"(?<!\w)(?P<town>{TOWN})(?: (?:[0-9]{{1,2}}|{CODE}))?{BREAK}\Z",
    rf"(?:(?<!\w){_SECTOR}|(?:(?<=[,(][ \u00a0])|(?<=\n)){CODE}){BREAK}\Z",
    (
        rf"(?<!\w)(?:w|we|v|ve|z|ze|iz|u|te|na|în|in|din|a|en|em|de|в|във|у|від|στην|στο|κάτοικος|κάτοικο|κατοίκου){SPACE}"
        rf"(?P<from>{_CAPITALISED}(?:[ -]{_CAPITALISED})?)(?:{SPACE}\([A-Z]{{2}}\)|,?{SPACE}(?:przy|při|pri|na|sur|la|in)(?!\w)|(?=,)),?{SPACE}{{1,2}}\Z"
    ),
    rf"(?<!\w)(?i:{_NUMBERED}){SPACE}?{_SIGN}{SPACE}?{_COUNT}{BREAK}\Z",
)


class Parts(NamedTuple):
    """The parts, compiled."""

    flat: re.Pattern[str]
    region: re.Pattern[str]
    in_town: re.Pattern[str]
    postal: re.Pattern[str]
    code: re.Pattern[str]
    town: re.Pattern[str]
    """After a comma; its group ``end`` tells that nothing but a mark of punctuation follows."""
    town_on: re.Pattern[str]
    """After a comma or without one, one or two."""
    before: tuple[re.Pattern[str], ...]


@cache
def parts() -> Parts:
    """The parts; compiled when the first street is found, since that takes longer than a detector's start."""
    return Parts(
        flat=re.compile(_FLAT),
        region=re.compile(_REGION),
        in_town=re.compile(_IN_TOWN),
        postal=re.compile(_POSTAL),
        code=re.compile(_LABELLED_CODE),
        town=re.compile(_PLAIN),
        town_on=re.compile(_PLAIN_ON),
        before=tuple(map(re.compile, _BEFORE)),
    )
