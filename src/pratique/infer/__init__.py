"""Knowing a dataset: the schema of its records, a sample of them, and value-free evidence of what is personal in
them.
"""

from pratique.infer.differences import Change, Difference, differences, merge
from pratique.infer.evidence import EvidenceBuilder
from pratique.infer.scan import scan
from pratique.infer.schema import SchemaBuilder

__all__ = ["Change", "Difference", "EvidenceBuilder", "SchemaBuilder", "differences", "merge", "scan"]
