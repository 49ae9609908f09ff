"""Judge a release: small enough to audit, and installable without the rest. Imports only model, crypto and errors."""

from pratique.verify.release import Verification, verify_release
from pratique.verify.statement import build_statement, read_statement
from pratique.verify.stream import StreamVerification, verify_stream
from pratique.verify.trust import TrustFile, read_trust

__all__ = [
    "StreamVerification",
    "TrustFile",
    "Verification",
    "build_statement",
    "read_statement",
    "read_trust",
    "verify_release",
    "verify_stream",
]
