"""What a field is held to be: proposals from evidence, decisions of people, and the verdict that follows from both."""

from pratique.catalogue.decisions import (
    check_signature,
    decisions_digest,
    make_decision,
    sign_decision,
    signed_bytes,
)
from pratique.catalogue.proposals import proposals, propose
from pratique.catalogue.scoring import (
    ProposalChange,
    StaleField,
    changes,
    latest,
    moments,
    proposed,
    rescored,
    score,
    stale,
)
from pratique.catalogue.verdicts import (
    Fate,
    Moments,
    StewardKeys,
    bulk_count,
    counted,
    fates,
    is_loosening,
    standing,
    verdict_if,
    verdicts,
)

__all__ = [
    "Fate",
    "Moments",
    "ProposalChange",
    "StaleField",
    "StewardKeys",
    "bulk_count",
    "changes",
    "check_signature",
    "counted",
    "decisions_digest",
    "fates",
    "is_loosening",
    "latest",
    "make_decision",
    "moments",
    "proposals",
    "propose",
    "proposed",
    "rescored",
    "score",
    "sign_decision",
    "signed_bytes",
    "stale",
    "standing",
    "verdict_if",
    "verdicts",
]
