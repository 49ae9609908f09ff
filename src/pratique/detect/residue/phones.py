"""Telephone numbers: ITU-T E.164 country codes with the lengths of their national numbers, and national forms that are
written like nothing else. Other national numbers are known by their label (`pratique.detect.residue.coded`).
"""

import re
from collections.abc import Iterator

from pratique.detect.residue.codes import Found

_PLAN = (
    "1:10 7:10 20:8-10 27:9 30:10 31:9 32:8-9 33:9 34:9 36:8-9 39:6-11 40:9 41:9 43:7-13 44:9-10 45:8 46:7-10 "
    "47:8 48:9 49:7-12 51:8-9 52:10 53:8 54:10-11 55:10-11 56:9 57:10 58:10 60:8-10 61:9 62:8-12 63:9-10 "
    "64:8-10 65:8 66:8-9 81:9-10 82:8-10 84:9-10 86:9-11 90:10 91:10 92:9-10 93:9 94:9 95:8-10 98:10 211:9 "
    "212:9 213:8-9 216:8 218:9 220:7 221:9 222:8 223:8 224:8-9 225:8-10 226:8 227:8 228:8 229:8-10 230:7-8 "
    "231:7-9 232:8 233:9 234:8-10 235:8 236:8 237:9 238:7 239:7 240:9 241:7-8 242:9 243:9 244:9 245:7-9 248:7 "
    "249:9 250:9 251:9 252:7-9 253:8 254:9 255:9 256:9 257:8 258:8-9 260:9 261:9 262:9 263:9 264:8-9 265:7-9 "
    "266:8 267:7-8 268:8 269:7 297:7 298:6 299:6 350:8 351:9 352:6-11 353:7-9 354:7-9 355:8-9 356:8 357:8 "
    "358:6-11 359:8-9 370:8 371:8 372:7-8 373:8 374:8 375:9 376:6 377:8-9 378:6-10 380:9 381:8-9 382:8 383:8 "
    "385:8-9 386:8 387:8 389:8 420:9 421:9 423:7-9 500:5 501:7 502:8 503:8 504:8 505:8 506:8 507:7-8 508:6 "
    "509:8 590:9 591:8 592:7 593:8-9 594:9 595:9 596:9 597:6-7 598:8 599:7-8 670:7-8 673:7 674:7 675:7-8 "
    "676:5-7 677:5-7 678:5-7 679:7 680:7 682:5 685:5-7 686:5-8 687:6 689:6-8 850:8-10 852:8 853:8 855:8-9 "
    "856:8-10 870:9 880:8-10 886:8-9 960:7 961:7-8 962:8-9 963:8-9 964:8-10 965:7-8 966:9 967:7-9 968:8 "
    "970:8-9 971:8-9 972:8-9 973:8 974:8 975:7-8 976:8 977:8-10 992:9 993:8 994:9 995:9 996:9 998:9"
)


def _lengths() -> dict[str, tuple[int, int]]:
    table = {}
    for entry in _PLAN.split():
        code, _, span = entry.partition(":")
        least, _, most = span.partition("-")
        table[code] = (int(least), int(most or least))
    return table


LENGTHS = _lengths()
"""Country code to the least and most digits of a national number."""

_START = re.compile(r"(?<![\w+])(?:\+|00)[ (]{0,2}[1-9]")
_MOST = 15
"""Digits of the longest number (E.164)."""
_PARTS = frozenset(" -./()")


def phones(text: str) -> Iterator[Found]:
    """``+`` (0.75) or ``00`` (0.6 with separators, 0.5 without) and a country code with as many digits as it takes."""
    for start in _START.finditer(text):
        prefixed = text[start.start()] != "+"
        end, parted = _number(text, start.end() - 1)
        if end:
            yield start.start(), end, "PHONE_NUMBER", (0.6 if parted else 0.5) if prefixed else 0.75


def _number(text: str, at: int) -> tuple[int, bool]:
    """The end of the longest good number that begins at ``at`` (0: none), and whether it is written in groups."""
    digits, gap, opened = "", 0, False
    best, best_parted, parted = 0, False, False
    while at < len(text) and len(digits) <= _MOST:
        character = text[at]
        if "0" <= character <= "9":
            # A national zero in brackets, as in +44 (0)20, is not dialled from abroad.
            skip = opened and character == "0" and text[at + 1 : at + 2] == ")"
            digits, gap = digits + ("" if skip else character), 0
            follows = text[at + 1 : at + 2]
            if not (follows.isalnum() or follows == "_") and valid(digits):
                best, best_parted = at + 1, parted
        elif character in _PARTS and gap < 3:  # noqa: PLR2004 (as in ") -")
            gap, parted = gap + 1, True
        else:
            break
        opened = character == "("
        at += 1
    return best, best_parted


def valid(digits: str) -> bool:
    """Whether these digits, without ``+``, are a country code and a national number of a length that it has."""
    for size in (1, 2, 3):
        span = LENGTHS.get(digits[:size])
        if span is not None and len(digits) > size:
            return (
                digits[size] != "0" or digits[:size] in ("39", "225", "378", "241", "242")
                if (span[0] <= len(digits) - size <= span[1])
                else False
            )
    return False


_PAIRS = re.compile(r"(?<![\w+.,/-])0[1-9](?:([ .-])[0-9]{2})(?:\1[0-9]{2}){3}(?!\w|[ .,/-][0-9])")
_AREA = re.compile(
    r"(?<![\w+.,/-])(?:(?:\(0[1-9][0-9]{0,4}\) ?|0[1-9][0-9]{1,4}(?: ?/ ?| - | ))[0-9][0-9 -]{3,10}[0-9]"
    r"|0[1-9][0-9]{1,4}-[0-9]{5,8})(?![\w-]|[.,/ ][0-9])"
)
_AMERICAN = re.compile(
    r"(?<![\w+.,/-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}([.-]))[2-9][0-9]{2}[.-][0-9]{4}(?![\w-]|[.,/ ][0-9])"
)
_NATIONAL = range(9, 13)
"""Digits of a national number with the zero before its area."""


def national(text: str) -> Iterator[Found]:
    """Five pairs from a zero (France); a zero, an area and a number; an area in brackets; the American form."""
    for m in _PAIRS.finditer(text):
        yield m.start(), m.end(), "PHONE_NUMBER", 0.65
    for m in _AREA.finditer(text):
        if sum(character.isdigit() for character in m[0]) in _NATIONAL:
            yield m.start(), m.end(), "PHONE_NUMBER", 0.6
    for m in _AMERICAN.finditer(text):
        yield m.start(), m.end(), "PHONE_NUMBER", 0.6


SIGNS = (
    r"\b0[1-9][ .-][0-9]{2}[ .-][0-9]{2}[ .-][0-9]{2}|\(0[1-9][0-9]{0,4}\) ?[0-9]|"
    r"\b0[1-9][0-9]{1,4} ?[ /-] ?[0-9][0-9 -]{3}|\b[2-9][0-9]{2}(?:\) ?|[.-])[2-9][0-9]{2}[.-][0-9]{4}"
)

ENTITIES = frozenset({"PHONE_NUMBER"})

SCANS = (phones, national)
