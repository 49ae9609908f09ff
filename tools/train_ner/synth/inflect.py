"""Case forms of names, by the endings that a language's file lists.

A rule is ``ending>replacement``, or ``+suffix`` for every other name (last in its line). Capital letters in a
replacement stand for what the name itself decides: ``A``, ``O`` and ``I`` for the vowel that harmony asks for (Finnish,
Hungarian, Turkish), ``C`` for the name's last consonant again. The rules cover common endings, not every name: what
they get wrong is a form that a reader would understand, and the span is the same.
"""

from collections.abc import Callable
from functools import lru_cache

FRONT = {"fi": "äöy", "hu": "eéiíöőüű", "tr": "eiöü"}
BACK = {"fi": "aou", "hu": "aáoóuú", "tr": "aıou"}  # noqa: RUF001
ROUND = "oóöőuúüű"


def harmony(language: str, stem: str, sign: str) -> str:
    """The vowel that ``A``, ``O`` or ``I`` stands for after this stem.

    Hungarian and Turkish go by the stem's last vowel (Hungarian i and í are neutral after a back vowel), Finnish by any
    back vowel in the stem.
    """
    low = stem.lower()
    vowels = [char for char in low if char in FRONT[language] or char in BACK[language]]
    last = vowels[-1] if vowels else ""
    if language == "fi":
        return "a" if any(char in BACK["fi"] for char in low) else "ä"
    if language == "hu" and last in "ií":
        last = next((char for char in reversed(vowels) if char not in "ií"), last)
    back = bool(last) and last in BACK[language]
    if sign == "A":
        return "a" if back else "e"
    if sign == "O":
        return "o" if back else ("ö" if last in "öőüű" and last else "e")
    rounded = bool(last) and last in ROUND
    if back:
        return "u" if rounded else "ı"  # noqa: RUF001
    return "ü" if rounded else "i"


class Cases:
    """The case rules of one language.

    Args:
        language: its code; vowel harmony goes by it.
        lines: ``case.gender: rules`` or ``case.gender.s: rules`` (surnames only), such as ``gen.m: ek>ka a>y +a``.
    """

    def __init__(self, language: str, lines: list[str]) -> None:
        self.language = language
        self.rules: dict[str, list[tuple[str, str]]] = {}
        for line in lines:
            key, _, rules = line.partition(":")
            pairs = []
            for rule in rules.split():
                ending, arrow, replacement = rule.partition(">")
                pairs.append((ending, replacement) if arrow else ("", ending.removeprefix("+")))
            self.rules[key.strip()] = pairs
        self.names = {key.split(".")[0] for key in self.rules}
        self.form: Callable[[str, str, str, bool], str] = lru_cache(maxsize=200_000)(self._form)

    def _form(self, name: str, case: str, gender: str, surname: bool) -> str:  # noqa: FBT001
        """The case form of a name, part by part; the name itself where the language has no rule for it."""
        rules = self.rules.get(f"{case}.{gender}.s") if surname else None
        if rules is None:
            rules = self.rules.get(f"{case}.{gender}")
        if rules is None:
            return name
        return "-".join(self._one(part, rules) for part in name.split("-"))

    def _one(self, name: str, rules: list[tuple[str, str]]) -> str:
        if not name:
            return name
        low = name.lower()
        for ending, replacement in rules:
            if low.endswith(ending):
                stem = name[: len(name) - len(ending)]
                formed = stem + self._fill(stem, replacement)
                return name[0] + formed[1:]
        return name

    def _fill(self, stem: str, replacement: str) -> str:
        if replacement.islower() or not replacement:
            return replacement
        filled = ""
        for char in replacement:
            if char in "AOI" and self.language in FRONT:
                filled += harmony(self.language, stem + filled, char)
            elif char == "C":
                filled += stem[-1]
            else:
                filled += char
        return filled
