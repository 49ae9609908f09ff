"""Sums of money that a text ties to somebody: pay and pensions, damages, fines, debts. In English.

A price says nothing of anybody; what a court awarded, or what somebody earns, leads to a person who is otherwise
hidden. Which of the two a sum is, the words around it say.
"""

import re
from collections.abc import Iterator
from typing import Final

MONEY: Final = "MONEY"
SCORE: Final = 0.6
"""Of such sums of judgments 17 in 18 were to be hidden, in the Text Anonymization Benchmark's dev part."""
_BEFORE, _BEHIND = 120, 60
"""Characters around a sum in which a word has to stand."""
_CODES = (
    "EUR|GBP|USD|CHF|SEK|NOK|DKK|ISK|PLN|CZK|SKK|HUF|RON|ROL|BGN|BGL|HRK|RSD|UAH|RUB|RUR|TRY|TRL|MDL|ALL|MKD|BAM|GEL|AMD|AZN|"
    "DEM|FRF|ITL|ATS|BEF|NLG|ESP|PTE|IEP|FIM|GRD|LUF|CYP|MTL|SIT|EEK|LVL|LTL|CAD|AUD|JPY"
)
_UNITS = (
    "euros?|pounds?(?: sterling)?|dollars?|francs?|liras?|kron(?:a|e|er|or|ur)|zlotys?|zloty|korunas?|forints?|lei|"
    "le[uv]|levs?|kunas?|dinars?|hryvni?as?|roubles?|rubles?|drachmas?|drachmae|marks?|schillings?|guilders?|pesetas?|escudos?|"
    "lats|litai|litas|denars?|markkas?|tolars?|kroons?|lari|dram"
)
_NUMBER = r"[0-9]{1,3}(?:[ ,.\u00a0][0-9]{3}){1,6}(?:[.,][0-9]{1,4})?|[0-9]{1,15}(?:[.,][0-9]{1,4})?"
_MORE = r"(?: (?:thousand|million|billion|bn|m)\b)?"
_SUM = re.compile(
    r"(?:(?<!\w)(?i:approximately|approx\.|about) )?(?<![\w.,])"
    rf"(?:(?:(?:{_CODES})[ \u00a0]|[€£$] ?)(?:{_NUMBER})(?![\w/]){_MORE}"
    rf"|(?:{_NUMBER}){_MORE} (?:(?:[A-Z][a-z]{{2,12}} ){{0,2}}(?i:{_UNITS})\b(?: \((?:{_CODES})\))?|(?:{_CODES})\b)"
    rf"|(?:{_NUMBER}) ?[€£])"
)
_TIES = re.compile(
    r"\b(?:applicants?|claimants?|plaintiffs?|defendants?|appellants?|respondents?|court|tribunal|"
    r"award(?:ed|s|ing)?|damages?|compensat(?:ion|e|ed)|fine[ds]?|bail|surety|recognisance|alimony|maintenance|"
    r"salary|salaries|wages?|earn(?:s|ed|ings)?|income|pensions?|allowances?|benefits?|stipend|severance|savings|inherit(?:ed|ance)|"
    r"debts?|owe[sd]?|loan|mortgage|arrears)\b",
    re.IGNORECASE,
)

_ENGLISH = re.compile(r"\b(?:the|his|her)\b", re.IGNORECASE)
"""Some of the words above are French too."""


def sums(text: str) -> Iterator[tuple[int, int]]:
    """Where such sums stand in ``text``, in order: the number with its currency. Linear in the text's length."""
    for found in _SUM.finditer(text):
        start, end = found.span()
        around = max(0, start - _BEFORE), min(len(text), end + _BEHIND)
        if _TIES.search(text, *around) is not None and _ENGLISH.search(text, *around) is not None:
            yield start, end
