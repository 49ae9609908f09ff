"""Numbers that say nothing of anybody, though a model takes them for codes or dates: amounts, laws."""

# ruff: noqa: E501, RUF001, RUF002 - lists of words; letters of every script

import re

_AMOUNT = re.compile(
    r"\s*(?:[0-9]{1,3}(?:[. \u00a0\u202f'’]?[0-9]{3}){0,4},[0-9]{2}|[0-9]{1,3}(?:,[0-9]{3}){1,4}\.[0-9]{2})\s*"
)
_LAWS = (
    r"l|ν|d\. ?lgs|d\.? ?l|d\. ?p\. ?r|d\. ?m|dz\. ?u|nn|sb|lo|rd|bgbl|r\. ?d|zakona?|legge|lege|ley|lei|loi|law|act|"
    r"regulation|directive|reglamento|règlement|verordnung|richtlinie|rozporządzeni[ea]|ustaw[ay]|οδηγία|π\. ?δ|наредба|указ|дв|idcc"
)
_SIGN = r"(?i:n|nr|no|č|br|бр|αρ)\b[.º°]{0,2}"
_LAW = re.compile(rf"(?<![\w.])(?i:{_LAWS})(?:\.(?: ?{_SIGN})?| (?:\([A-Z]{{2}}\) )?{_SIGN}|)[ \u00a0]?\Z")
_REACH = 32


def is_amount(text: str) -> bool:
    """Whether it is an amount with its cents: ``1.250,00``, ``2 010,00``, ``12,300.50``."""
    return _AMOUNT.fullmatch(text) is not None


def of_law(text: str, start: int) -> bool:
    """Whether what names a law by its number stands right before ``text[start:]``: ``D.Lgs. 81/2015``, ``Ν. 4335/2015``."""
    return _LAW.search(text, max(0, start - _REACH), start) is not None
