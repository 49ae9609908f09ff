"""The hash-chained log of one region: who decided, ran, released, re-identified, and when."""

from pratique.audit.check import AuditCheck, verify_chain
from pratique.audit.entries import AUDIT_VERSION, AuditEvent
from pratique.audit.log import FileAuditLog

__all__ = ["AUDIT_VERSION", "AuditCheck", "AuditEvent", "FileAuditLog", "verify_chain"]
