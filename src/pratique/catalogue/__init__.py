"""What a field is held to be: proposals from evidence, decisions of people, and the verdict that follows from both."""

from pratique.catalogue.decisions import (
    check_signature,
    decisions_digest,
    make_decision,
    sign_decision,
    signed_bytes,
)
from pratique.catalogue.proposals import propose
from pratique.catalogue.verdicts import StewardKeys, bulk_count, counted, is_loosening, verdicts

__all__ = [
    "StewardKeys",
    "bulk_count",
    "check_signature",
    "counted",
    "decisions_digest",
    "is_loosening",
    "make_decision",
    "propose",
    "sign_decision",
    "signed_bytes",
    "verdicts",
]
