"""Keys and tokens of services, by the words that they begin with; private keys; passwords in addresses."""

import re
from collections.abc import Iterator

from pratique.detect.residue.coded import entropy
from pratique.detect.residue.codes import Found

_ISSUERS = {
    "AKIA": (16, "AWS_ACCESS_KEY"), "ASIA": (16, "AWS_ACCESS_KEY"),
    "ghp_": (30, "GITHUB_TOKEN"), "gho_": (30, "GITHUB_TOKEN"), "ghu_": (30, "GITHUB_TOKEN"),
    "ghs_": (30, "GITHUB_TOKEN"), "ghr_": (30, "GITHUB_TOKEN"), "github_pat_": (30, "GITHUB_TOKEN"),
    "glpat-": (20, "GITLAB_TOKEN"), "npm_": (30, "NPM_TOKEN"), "pypi-Ag": (40, "PYPI_TOKEN"),
    "xoxb-": (20, "SLACK_TOKEN"), "xoxp-": (20, "SLACK_TOKEN"), "xoxa-": (20, "SLACK_TOKEN"),
    "xapp-": (20, "SLACK_TOKEN"), "sk_live_": (16, "STRIPE_KEY"), "rk_live_": (16, "STRIPE_KEY"),
    "sk_test_": (16, "STRIPE_KEY"), "AIza": (30, "GOOGLE_API_KEY"), "ya29.": (30, "GOOGLE_API_KEY"),
    "sk-": (32, "MODEL_API_KEY"), "hf_": (30, "MODEL_API_KEY"), "SG.": (40, "API_KEY"), "shpat_": (30, "API_KEY"),
    "dop_v1_": (40, "API_KEY"), "eyJ": (40, "JWT"), "AGE-SECRET-KEY-1": (40, "PRIVATE_KEY"),
}  # fmt: skip
"""What a service writes at the beginning of its keys: the fewest characters behind it, and the entity type."""
_START = re.compile("(?<![A-Za-z0-9_-])(?:" + "|".join(map(re.escape, _ISSUERS)) + ")")
_REST = re.compile(r"[A-Za-z0-9_.-]{0,4096}")
_LEAST_BITS = 3.0
"""Bits a character of the plainest key: words and fillers have fewer."""


def issued(text: str) -> Iterator[Found]:
    """A known beginning, and as much behind it as the service writes, of no order. ``AKIA…`` and the like."""
    for m in _START.finditer(text):
        least, entity = _ISSUERS[m[0]]
        rest = _REST.match(text, m.end())
        assert rest is not None
        body = rest[0].rstrip(".-")
        if len(body) < least or entropy(body[:256]) < _LEAST_BITS:
            continue
        if entity == "JWT" and body.count(".") < 2:  # noqa: PLR2004 (header, claims, signature: RFC 7519)
            continue
        yield m.start(), m.end() + len(body), entity, 0.9


_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY")
_LOGIN = re.compile(r"(?<!\w)[a-z][a-z0-9+]{1,14}://[^\s:/@]{0,64}:([^\s:/@]{3,128})@", re.IGNORECASE)


def pem(text: str) -> Iterator[Found]:
    """RFC 7468: the line that begins a private key."""
    for m in _PEM.finditer(text):
        yield m.start(), m.end(), "PRIVATE_KEY", 0.95


def logins(text: str) -> Iterator[Found]:
    """RFC 3986 user information with a password, as in ``scheme://user:password@host``."""
    for m in _LOGIN.finditer(text):
        if not set(m[1]) <= set("*x"):
            yield m.start(1), m.end(1), "PASSWORD", 0.7


SIGNS = (
    "(?-i:"
    + "|".join(re.escape(start) for start in _ISSUERS if start not in ("sk-", "SG.", "hf_", "eyJ"))
    + ")|"
    + (r"\b(?-i:sk-|SG\.|hf_|eyJ)[A-Za-z0-9_.-]{30}|-----BEGIN")
)

ENTITIES = frozenset({entity for _, entity in _ISSUERS.values()} | {"PRIVATE_KEY", "PASSWORD"})

SCANS = (issued, pem, logins)
