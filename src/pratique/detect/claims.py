"""Whose label a label is: one that has a number of its own does not speak for the number of its neighbour.

``Pass Nr. 256408995, Rechnung Nr. 20210045`` has one passport. All windows are bounded, so the cost of a candidate is.
"""

# ruff: noqa: E501, RUF001, SIM905 - lists of words; letters of every script

import re

_TOKEN = re.compile(r"[^\s,;()|]+")
_DATE = re.compile(r"[0-3]?[0-9]([.\-/])[01]?[0-9]\1(?:[0-9]{4}|[0-9]{2})|[12][0-9]{3}([.\-/])[01]?[0-9]\2[0-3]?[0-9]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DIGIT = re.compile("[0-9]")
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+")
_IN_BRACKETS = re.compile(r"\s?\([^()\n]{1,40}\)")
_CAPITAL = re.compile(r"[A-ZÄÖÜ][ \-]?\Z")
_LEAST_DIGITS, _LEAST_LETTERED = 4, 3
"""Of a number that a label may be for; days, articles of a law and houses have fewer; and of one with letters."""
_OWN_WORDS = 2
"""Words that may stand between a label and the number behind it, signs for "number" not counted."""
_OWN_REACH = 40
_ENDS = ".:,;"
_STRIPPED = ".,:;=#()[]"
_PARTS = ";,"
"""What ends a word that is not for the number behind it."""
_SIGN_REACH, _SIGN_GAP = 24, 3
_ODD_SIGNS = "°№"
"""Ends of signs that are no letters."""
_OTHER_REACH = 60
_LONGEST_SMALL = 2
"""Letters of small words, which may stand between a word and its number (``przesyłka o numerze 123``)."""
_SMALL = frozenset("with mit med met avec con com cu ar su under unter sous onder pod της του την των".split())
"""Longer ones."""
_UNIT = re.compile(r"(?:\A|\s?)(?:kWh|MWh|kW|kg|mg|km|cm|mm|m²|m2|m3|m³|qm|mq|kvm|GB|MB|ha)(?!\w)")

_SIGNS = (
    "nr no n nº n° nro nrs nos n.º num núm number nummer numéro numero número numer č číslo br broj št sz szám № номер "
    "αρ αριθμός αριθμό αριθμού αριθ numru numéros números numerze numerem numeru číslom číslem čísla numărul numărului "
    "numeris numeriu numerio numurs numuru numeron numerolla numbriga numbrid številka številko številke brojem broja "
    "бројем броја номером номера számú száma számon numarası numaralı numaram nummeret numret númeri uimhir"
)
SIGNS = frozenset(_SIGNS.split())
"""Words that say that a number follows, and not which one."""
_SIGN_BEFORE = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))})\W{{0,3}}\Z", re.IGNORECASE
)
_JOINING = frozenset(
    "and und et y e i a и та og och ja en és și si oraz sowie or oder ou o lub ali ili или або in ve ir un agus bzw και ή".split()
)
"""Words between the numbers of a list."""

OTHERS = (
    "invoice", "order", "article", "item", "page", "paragraph", "section", "law", "rechnung", "artikel", "bestellung", "kundennummer", "gesetz", "betrag", "höhe", "§", "art", "facture", "commande", "loi", "somme", "factura", "artículo", "expediente", "ley",
    "importe", "suma", "fattura", "articolo", "legge", "fatura", "artigo", "lei", "factuur", "bestelling", "wet", "faktura", "fakturu", "artykuł", "ustawa", "zákona", "beløbet", "lasku", "summa", "arve", "summas", "rēķins", "sąskaita", "számla", "factură", "legea",
    "ticket", "symbolem", "försändelsen", "försändelser", "zendingen", "rg", "a.r", "gz", "geschäfts-nr", "geschäftsnummer", "asia", "sag", "tsiviilasi", "symbol", "matr.nr", "parc", "rechnungs-nr", "rechnungsnummer", "kunden-nr", "kg", "ez",
    "fakturan", "ordernummer", "faktury", "fakturą", "zamówienie", "umowa", "processo", "encomenda", "facturii", "dosar", "dosarul", "decizia", "hotărârea", "faktúra", "faktúry", "zmluva", "objednávka", "pogodba", "naročilo", "ugovor", "predmet",
    "karar", "sipariş", "справа", "справі", "договір", "уговор", "предмет",
    "račun", "zakon", "фактура", "закон", "рахунок", "τιμολόγιο", "άρθρο", "νόμος",
    "parcel", "shipment", "tracking", "act", "clause", "sendung", "sendungsnummer", "paket", "auftrag", "auftragsnummer", "bestellnummer", "vorgang", "aktenzeichen", "absatz", "ziffer", "seite", "colis", "dossier", "décret", "envío", "pedido", "paquete",
    "spedizione", "ordine", "decreto", "zending", "pakket", "bestelnummer", "zaaknummer", "rolnummer", "przesyłka", "przesyłki", "przesyłkę", "paczka", "zamówienia", "umowy", "ustawy", "sygnatura", "zásilka", "zásilky", "zásilku", "objednávky", "smlouva", "smlouvy",
    "zákon", "zákonem", "vyhlášky", "colet", "coletul", "coletului", "comanda", "comenzii", "contractul", "contractului", "legii", "dosarului", "försändelse", "paketet", "beställning", "beställningsnummer", "målnummer", "ärende", "csomag", "rendelés", "törvény", "пратка",
    "поръчка", "закона", "δέμα", "παραγγελία", "παραγγελίας", "τιμολογίου", "νόμου",
    "eur", "€", "chf", "usd", "$", "gbp", "£", "czk", "kč", "pln", "huf", "ron", "sek", "nok", "dkk", "isk", "bgn", "uah", "rsd", "try",
)  # fmt: skip
"""Right before a number, that it is that of an invoice, an article, a law, or an amount."""
_OTHERS = frozenset(OTHERS)
_CASES = frozenset(
    "aktenzeichen zaaknummer rolnummer sygnatura dossier expediente processo dosar dosarul dosarului predmet karar справа справі "
    "предмет tsiviilasi asia sag målnummer ärende a.r rg gz geschäfts-nr geschäftsnummer decizia hotărârea vorgang parc kg ez matr.nr".split()
)
"""Of them, those of files and cases, whose numbers lead to the people in them, and of land."""


def free(text: str, least: int, start: int, end: int) -> tuple[int, int]:
    """Where a label that speaks for ``text[start:end]`` may begin, of those that stand before it and behind ``least``.

    A number takes the labels before it, and one in brackets right behind it, unless it and the candidate are of one
    list: nothing stands between them but marks, words that join, and where both have the same form, names. A line that
    holds a label and its number keeps both from the lines behind it. A word right before the candidate that says that
    it is the number of something else (``invoice no.``) leaves it no label but itself.
    """
    other = other_number(text, least, start)
    if other is not None:
        blank = _BLANK.search(text, other, start)
        return other, start if blank is None else blank.start()
    for first, last in reversed(_numbers(text, least, start)):
        between = text[last:start]
        bracketed = _IN_BRACKETS.match(between)
        if bracketed is not None:
            return last + bracketed.end(), start
        words = [word for word in _WORD.findall(between) if word.lower() not in _JOINING and word.lower() not in SIGNS]
        if words and not (_form(text[first:last]) == _form(text[start:end]) and _named(words, between)):
            return last, start
        if "\n" in between and _WORD.search(text, max(least, text.rfind("\n", least, first) + 1), first):
            return last, start
    return least, start


def follows_sign(text: str, least: int, start: int) -> bool:
    """Whether a word that says that a number follows stands right before ``text[start:]``, and behind ``least``."""
    least = max(least, start - _SIGN_REACH)
    end = start
    while end > least and not _in_word(text[end - 1]):
        if text[end - 1] in _ODD_SIGNS:
            return _SIGN_BEFORE.search(text, least, start) is not None
        if end == start - _SIGN_GAP:
            return False
        end -= 1
    first = end
    while first > least and _in_word(text[first - 1]):
        first -= 1
    word = text[first:end]
    if "º" in word:
        return _SIGN_BEFORE.search(text, least, start) is not None
    return word.lower() in SIGNS and (first == 0 or not _in_word(text[first - 1]))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def other_number(text: str, least: int, start: int) -> int | None:
    """Where the word right before ``text[start:]`` begins, signs for "number" left out, if it is one of `OTHERS`."""
    end = start
    while end > least:
        begin = max(least, end - _SIGN_REACH)
        tokens = text[begin:end].rsplit(None, 1)
        if not tokens:
            return None
        end = text.rindex(tokens[-1], begin, end)
        if tokens[-1][-1] in _PARTS:
            return None
        word = tokens[-1].lower().strip(_STRIPPED)
        if (
            word
            and word not in SIGNS
            and word not in _SMALL
            and (len(word) > _LONGEST_SMALL or not word.isalpha() or word in _OTHERS)
        ):
            return end if word in _OTHERS else None
    return None


def names_nobody(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is, by a word before it or its own first one, the number of an invoice, an order, a
    parcel, or a law, or one of a unit: it says nothing of anybody. The numbers of files and cases do.
    """
    if _UNIT.match(text, end) or _UNIT.match(text, max(start, text.rfind(" ", start, end))):
        return True
    said = other_number(text, max(0, start - _OTHER_REACH), start)
    words = [_TOKEN.search(text, start, end), None if said is None else _TOKEN.search(text, said, start)]
    plain = [word.group().lower().strip(_STRIPPED) for word in words if word is not None]
    return any(word in _OTHERS and word not in _CASES for word in plain)


def has_own(text: str, behind: int, most: int, start: int, end: int) -> bool:
    """Whether the label ``text[start:end]`` behind a candidate that ends at ``behind`` has a number of its own behind
    it, before ``most``. In brackets of its own it speaks for what stands before them.
    """
    words = digits = 0
    for token in _TOKEN.finditer(text, end, min(end + _OWN_REACH, most)):
        its = token.group()
        if _DIGIT.search(its):
            number = its.strip(_ENDS)
            if _DATE.fullmatch(number) or _YEAR.fullmatch(number):
                return False
            digits += sum(map(str.isdigit, its))
            if digits >= _LEAST_LETTERED:
                return not ("(" in text[behind:start] and ")" in text[end : token.start()])
            continue
        if digits:
            return False
        words += sum(word.lower() not in SIGNS for word in _WORD.findall(its))
        if words > _OWN_WORDS:
            return False
    return False


def _numbers(text: str, least: int, start: int) -> list[tuple[int, int]]:
    """Where numbers stand in ``text[least:start]`` that a label may be for: no dates, no years, no small ones."""
    found: list[tuple[int, int]] = []
    if _DIGIT.search(text, least, start) is None:
        return found
    for token in _TOKEN.finditer(text, least, start):
        if _DIGIT.search(token.group()):
            first, last = token.span()
            if found and text[found[-1][1] : first] == " ":
                first = found.pop()[0]
            found.append((first, last))
    return [span for span in found if _is_number(text, *span)]


def _is_number(text: str, first: int, last: int) -> bool:
    number = text[first:last].replace(" ", "").rstrip(_ENDS)
    digits = sum(map(str.isdigit, number))
    if digits < _LEAST_LETTERED or _DATE.fullmatch(number) or _YEAR.fullmatch(number):
        return False
    return digits >= _LEAST_DIGITS or _CAPITAL.search(text, max(0, first - 2), first) is not None or number[0].isupper()


def _form(text: str) -> list[int]:
    """How many digits and how many letters a text has."""
    return [sum(map(str.isdigit, text)), sum(map(str.isalpha, text))]


def _named(words: list[str], between: str) -> bool:
    """Whether words may be names: all with a capital first and small letters, none that a colon or full stop ends."""
    return all(map(str.istitle, words)) and not any(mark in between for mark in ".:№#")
