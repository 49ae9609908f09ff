"""The hash-chained log of one region: who decided, ran, released, re-identified, and when."""

from pratique.audit.check import AuditCheck, verify_chain
from pratique.audit.compare import Finding, Held, HeldRelease, HeldRow, Told, compare
from pratique.audit.entries import AUDIT_VERSION, AuditEvent
from pratique.audit.log import FileAuditLog
from pratique.audit.read import read_entries

__all__ = [
    "AUDIT_VERSION",
    "AuditCheck",
    "AuditEvent",
    "FileAuditLog",
    "Finding",
    "Held",
    "HeldRelease",
    "HeldRow",
    "Told",
    "compare",
    "read_entries",
    "verify_chain",
]
