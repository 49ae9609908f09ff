"""What a model marks, put right: whole words, addresses in one, no titles, no punctuation around it."""

# ruff: noqa: RUF001 - quotation marks and dashes as people write them

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from pratique.detect.entities.words import LOWER_TITLES, TITLES
from pratique.model.catalogue import Finding

PERSON, ADDRESS, PLACE = "PERSON", "ADDRESS", "LOCATION"
_AROUND = frozenset(" \t\r\n\v\f\u00a0,;:!?…'\"«»“”‘’„‚()[]{}<>|/\\*=~^&%–—-")
"""What is no part of a mention at its end; at its beginning full stops as well."""
_QUOTES = frozenset('"«»“”„')
_CLOSES = {")": "(", "]": "["}
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\Z")
_BETWEEN_PARTS = re.compile(r"[ \t\u00a0]*[,;/–-]?[ \t\u00a0]*(?:\r?\n)?[ \t\u00a0]*\Z")
_LONGEST_GAP = 6
_WORD = re.compile(r"\w+")
_SHORT = frozenset(["inc", "ltd", "co", "corp", "bros", "jr", "sr", "st", "plc", "cie", "gebr", "mbh"])
"""Words whose full stop belongs to them at the end of a name."""
_TITLES = TITLES | LOWER_TITLES
_NAME_TOO = "Don"
"""A title in Spanish and Italian, where it is mostly written small, and a given name in English."""
_OFFICES = {
    *("President", "Senator", "Sen", "Congressman", "Congresswoman", "Rep", "Governor", "Gov", "Mayor", "Minister"),
    *("Chancellor", "Ambassador", "Secretary", "General", "Gen", "Colonel", "Col", "Captain", "Capt", "Lieutenant"),
    *("Lt", "Sergeant", "Sgt", "Corporal", "Admiral", "Commander", "Officer", "Detective", "Inspector", "Judge"),
    *("Justice", "JUSTICE", "King", "Queen", "Emperor", "Lord"),
}
"""Offices and ranks, which are no part of the name behind them; most edited corpora leave them out, tweets do not."""


def repair(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings put right, sorted, without overlaps among themselves; of two that come to overlap the first stands.

    1. A finding that ends or begins inside a word takes the whole word; a possessive ``'s`` is no part of a name.
    2. Punctuation and white space around it go, but for a bracket or a quotation that it opens (``SIA "Kern"``) and
       the full stop of an abbreviation.
    3. A courtesy title before a name goes, and an office (``President Kern``); a finding that was nothing but a title
       goes with it.
    4. Parts of an address side by side, with a comma, a dash or the end of a line between them, are one; so is the
       place beside it.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        start, end = _trimmed(text, *_whole(text, finding.start, finding.end))
        if finding.entity == PERSON:
            start, end = _untitled(text, start, end)
        if kept and start < kept[-1].end:
            start = kept[-1].end
            start, end = _trimmed(text, start, end) if start < end else (start, start)
        if start < end and any(map(str.isalnum, text[start:end])):
            kept.append(replace(finding, start=start, end=end))
    return _joined(text, kept)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of the words that it begins and ends in."""
    while start and _letter(text[start - 1]) and _letter(text[start]):
        start -= 1
    while 0 < end < len(text) and _letter(text[end - 1]) and _letter(text[end]):
        end += 1
    return start, end


def _letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (more := _too_much(text[start:end])):
        end -= more
    while start < end and (text[start] in _AROUND or text[start] == "."):
        if text[start] in _CLOSES.values() and any(c in _CLOSES for c in text[start:end]):
            break
        start += 1
    return start, end


def _too_much(value: str) -> int:
    """How many characters at the end of ``value`` are no part of it."""
    last = value[-1]
    if last == ".":
        return 0 if _abbreviation(value) else 1
    if last in _CLOSES:
        return 0 if value.count(_CLOSES[last]) >= value.count(last) else 1
    if last in _QUOTES and any(c in _QUOTES for c in value[1:-1]) and value[0] not in _QUOTES:
        return 0
    if last in _AROUND:
        return 1
    return 2 if _POSSESSIVE.search(value) else 0


def _abbreviation(value: str) -> bool:
    """Whether the full stop at the end is a part of the last word: ``J.``, ``S.A.``, ``Inc.``."""
    last = value[:-1].split()[-1:]
    return bool(last) and ((len(last[0]) == 1 and last[0].isalpha()) or "." in last[0] or last[0].lower() in _SHORT)


def _untitled(text: str, start: int, end: int) -> tuple[int, int]:
    while (word := _WORD.match(text, start, end)) is not None:
        behind = word.end()
        while behind < end and (text[behind] == "." or text[behind].isspace()):
            behind += 1
        title = word[0].lower() in _TITLES and word[0] != _NAME_TOO
        if not title and not (word[0] in _OFFICES and word.end() < behind < end):
            break
        start = behind
    return start, end


def _joined(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Addresses with the parts and places right beside them as one finding each, of the lower score."""
    joined: list[Finding] = []
    for finding in findings:
        last = joined[-1] if joined else None
        if last is not None and _together(text, last, finding):
            joined[-1] = replace(last, end=finding.end, entity=ADDRESS, score=min(last.score, finding.score))
        else:
            joined.append(finding)
    return joined


def _together(text: str, first: Finding, second: Finding) -> bool:
    kinds = {first.entity, second.entity}
    if ADDRESS not in kinds or not kinds <= {ADDRESS, PLACE} or second.start - first.end > _LONGEST_GAP:
        return False
    return _BETWEEN_PARTS.match(text[first.end : second.start]) is not None
