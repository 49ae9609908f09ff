"""Addresses of the network: e-mail, also percent-encoded or spelt out, IP, MAC, URL."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from pratique.detect.residue.codes import Found

_LOCAL = frozenset("!#$%&'+/=?^_`{|}~.-")
"""What a local part may hold beside letters and digits (RFC 5322), less ``*``: that is how masks write a letter."""
_MASKS = frozenset("*•#█…")
_MOST = 254
"""Characters of the longest address (RFC 5321)."""


def emails(text: str) -> Iterator[Found]:
    """From every ``@``: a local part to its left, a domain of two labels or more to its right. No masked ones."""
    for sign in ("@", "%40"):
        at = text.find(sign)
        while at >= 0:
            start, end = _local(text, at), _domain(text, at + len(sign))
            if start < at and end is not None:
                yield start, end, "EMAIL_ADDRESS", 0.9
            at = text.find(sign, at + 1)


_SPELT = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?[\[({]\s?(?:at|ät|arroba|chiocciola|malpa|zavinac|kukac)\s?[\])}]\s?"
    r"[\w-]{1,63}(?:\s?(?:\.|[\[({]\s?(?:dot|punkt|point|punto|ponto|kropka|tecka|pont)\s?[\])}])\s?[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)


def spelt_emails(text: str) -> Iterator[Found]:
    """``anna (at) example (dot) org``: addresses that their writer hid from machines."""
    for m in _SPELT.finditer(text):
        yield m.start(), m.end(), "EMAIL_ADDRESS", 0.75


def _local(text: str, at: int) -> int:
    start = at
    while start > 0 and at - start < _MOST and (text[start - 1].isalnum() or text[start - 1] in _LOCAL):
        start -= 1
    if text[start - 1 : start] in _MASKS:
        return at
    # Punctuation before the address is of the sentence, not of the address.
    while start < at and not text[start].isalnum():
        start += 1
    part = text[start:at]
    return at if not part or part.endswith(".") or ".." in part else start


def _domain(text: str, start: int) -> int | None:
    end = start
    while end < len(text) and end - start < _MOST and (text[end].isalnum() or text[end] in "-."):
        end += 1
    name = text[start:end].rstrip("-.")
    labels = name.split(".")
    if len(labels) < 2 or not all(label and len(label) < 64 and label.strip("-") == label for label in labels):  # noqa: PLR2004 (RFC 1035)
        return None
    top = labels[-1]
    return start + len(name) if len(top) > 1 and (top.isalpha() or top.lower().startswith("xn--")) else None


_V4 = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\w|\.[0-9])")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:.]+")
_V6_MOST = 46
"""Characters of the longest written IPv6 address, with a full stop after it."""


def ips(text: str) -> Iterator[Found]:
    """IPv4 and IPv6; not the unspecified and loopback addresses, which are of no one."""
    for m in _V4.finditer(text):
        try:
            four = IPv4Address(m[0])
        except AddressValueError:
            continue
        if not (four.is_loopback or four.is_unspecified):
            # Four single digits are as often a version as an address.
            yield m.start(), m.end(), "IP_ADDRESS", 0.45 if m.end() - m.start() == 7 else 0.7  # noqa: PLR2004
    if text.count(":") > 1:
        yield from _six(text)


def _six(text: str) -> Iterator[Found]:
    for m in _V6.finditer(text):
        written = m[0].rstrip(".")
        follows = text[m.end() : m.end() + 1]
        if written.count(":") < 2 or len(m[0]) > _V6_MOST or follows.isalnum() or follows == "_":  # noqa: PLR2004
            continue
        try:
            six = IPv6Address(written)
        except AddressValueError:
            continue
        if not (six.is_loopback or six.is_unspecified):
            groups = sum(1 for group in written.split(":") if group)
            yield m.start(), m.start() + len(written), "IP_ADDRESS", 0.7 if groups > 2 else 0.45  # noqa: PLR2004


_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?!\w|[:-]\w)")


def macs(text: str) -> Iterator[Found]:
    """IEEE 802 MAC addresses, neither all zeros nor broadcast."""
    for m in _MAC.finditer(text):
        if set(m[0]) - set("0:-") and set(m[0].lower()) - set("f:-"):
            yield m.start(), m.end(), "MAC_ADDRESS", 0.7


_URL = re.compile(r"(?<!\w)https?://[^\s<>\"'\\|]+", re.IGNORECASE)


def urls(text: str) -> Iterator[Found]:
    """Web addresses that name their scheme; a bare domain is no residue."""
    for m in _URL.finditer(text):
        written = m[0].rstrip(".,;:!?)]}")
        if "." in written.partition("://")[2] or "@" in written:
            yield m.start(), m.start() + len(written), "URL", 0.6


ENTITIES = frozenset({"EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "URL"})

SIGNS = r"@|%40|[\[({]\s?(?:at|ät|arroba|chiocciola|malpa|zavinac|kukac)\s?[\])}]|://|::"

SCANS = (emails, spelt_emails, ips, macs, urls)
