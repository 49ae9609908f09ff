"""Authorities in TAB: it marks them as organisations, and says itself that most of them need no mask.

The state that is a party, its government, its ministries and courts named without a place identify nobody. They are
taken out of TAB's spans, so that judgments are not hidden where they need not be. Other sources stay as they are. On
TAB's dev part, which tells what needs a mask, this takes out 99 of 154 organisations that need none and 2 of 55 others.
"""

# ruff: noqa: RUF001, SIM905 - an apostrophe as people write it; a list of words

import re
from dataclasses import replace
from typing import Final

from tools.train_ner.records import Record

SOURCE: Final = "tab"
_STATE: Final = re.compile(
    r"(?:the )?(?:"
    r"(?:[A-Z][\w-]+ )*(?:Republic|Kingdom|Federation|State|Principality|Duchy)\b(?: of [A-Z].*)?"
    r"|(?:[A-Z][\w-]+ ){0,3}(?:Government|Governments|Parliament|authorities)"
    r"|United Kingdom.*"
    r"|(?:Federal |State )?Ministry\b.*"
    r"|(?:Foreign and Commonwealth|Foreign|Home) Office"
    r")(?:['’]s?)?",
    re.IGNORECASE,
)
_COURT: Final = re.compile(r"\b(?:courts?|chambers?)\b", re.IGNORECASE)
_OF_COURTS: Final = frozenset(
    "the a of for st nd rd th first second third "
    "and in instance general jurisdiction supreme high higher constitutional regional "
    "district county city provincial town municipal criminal civil administrative commercial military martial law "
    "assize appeal appeals appellate cassation state security joint magistrates magistrate s federal national labour "
    "family economic land lower plenary presidium cantonal arbitration court courts chamber chambers section division "
    "grand council audit".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def identifies_nobody(name: str) -> bool:
    """Whether a name is a state's, a government's, a ministry's, or a court's that tells no place."""
    if _STATE.fullmatch(name):
        return True
    return _COURT.search(name) is not None and all(word.lower() in _OF_COURTS for word in _WORD.findall(name))


def without_authorities(record: Record) -> Record:
    """The record as it is, or one of TAB's without the organisations that identify nobody."""
    if record.source != SOURCE:
        return record
    kept = tuple(
        (start, end, label)
        for start, end, label in record.spans
        if label != "ORGANIZATION" or not identifies_nobody(record.text[start:end])
    )
    return replace(record, spans=kept)
