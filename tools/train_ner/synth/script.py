# ruff: noqa: RUF001
"""Scripts: Serbian in Cyrillic, names of other scripts in Latin letters, and letter case that keeps offsets."""

import unicodedata

_SERBIAN = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True))
_DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}
# No digraph: the letters belong to different parts of the word.
_APART = ("injekc", "konjug", "nadživ", "podžanr", "vanjezi")

# One public romanisation per script, as passports use it: Bulgarian law of 2009, Ukrainian decree 55/2010, ELOT 743.
_BULGARIAN = {
    **dict(zip("абвгдезийклмнопрстуфъь", "abvgdeziyklmnoprstufay", strict=True)),
    "ж": "zh",
    "х": "h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sht",
    "ю": "yu",
    "я": "ya",
}
_UKRAINIAN = {
    **dict(zip("абвгґдезиійклмнопрстуф", "abvhgdezyiiklmnoprstuf", strict=True)),
    "є": "ie",
    "ж": "zh",
    "ї": "i",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "ю": "iu",
    "я": "ia",
    "'": "",
    "’": "",
}
_GREEK = {
    **dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True)),
    "θ": "th",
    "ξ": "x",
    "χ": "ch",
    "ψ": "ps",
}
_GREEK_PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "μπ": "b", "γγ": "ng"}
_TABLES = {"bg": _BULGARIAN, "uk": _UKRAINIAN, "el": _GREEK}
NOT_LATIN = frozenset(_TABLES)


def _cased(like: str, text: str) -> str:
    return text.capitalize() if like[:1].isupper() else text


def serbian_cyrillic(text: str) -> str:
    """Serbian Latin text in Cyrillic; letters that Serbian does not have stay as they are."""
    low = text.lower()
    if len(low) != len(text):
        return text
    out: list[str] = []
    at = 0
    while at < len(text):
        pair = low[at : at + 2]
        if pair in _DIGRAPHS and not any(low.startswith(word, max(0, at - 2)) for word in _APART):
            out.append(_DIGRAPHS[pair].upper() if text[at].isupper() else _DIGRAPHS[pair])
            at += 2
            continue
        letter = _SERBIAN.get(low[at])
        out.append(text[at] if letter is None else letter.upper() if text[at].isupper() else letter)
        at += 1
    return "".join(out)


def latin(text: str, language: str) -> str:
    """A Bulgarian, Ukrainian or Greek name in Latin letters; any other text as it is."""
    table = _TABLES.get(language)
    if table is None:
        return text
    if language == "el":
        text = "".join(c for c in unicodedata.normalize("NFD", text) if c != "\u0301")
        text = unicodedata.normalize("NFC", text)
    out: list[str] = []
    at = 0
    while at < len(text):
        pair = text[at : at + 2].lower()
        if language == "el" and pair in _GREEK_PAIRS:
            out.append(_cased(text[at], _GREEK_PAIRS[pair]))
            at += 2
            continue
        low = text[at].lower()
        out.append(_cased(text[at], table[low]) if low in table else text[at])
        at += 1
    return "".join(out)


def upper(text: str, language: str) -> str:
    """Capitals, letter by letter, so that offsets stay: ß is left, Greek loses its accents, Turkish i has its dot."""
    if language == "tr":
        text = text.replace("i", "İ")
    elif language == "el":
        text = "".join(unicodedata.normalize("NFD", c)[0] if c not in "ϊϋΐΰ" else c for c in text)
    return "".join(up if len(up := c.upper()) == 1 else c for c in text)


def lower(text: str, language: str) -> str:
    """Small letters, a letter for a letter, so that offsets stay; Turkish I loses its dot as it should."""
    if language == "tr":
        text = text.replace("İ", "i").replace("I", "ı")
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def ascii_letters(text: str, language: str) -> str:
    """A name as it stands in an e-mail address or a login: small Latin letters without marks, and nothing else."""
    text = latin(text, language).lower()
    for letter, plain in {
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "þ": "th",
        "ð": "d",
        "ħ": "h",
    }.items():
        text = text.replace(letter, plain)
    folded = unicodedata.normalize("NFKD", text)
    return "".join(c for c in folded if "a" <= c <= "z")
