"""Knowing a dataset: the schema of its records, a sample of them, and value-free evidence of what is personal in
them.
"""

from pratique.infer.differences import Change, Difference, differences, merge
from pratique.infer.evidence import EvidenceBuilder
from pratique.infer.glance import field_names, glance
from pratique.infer.scan import Rejected, detectors_of, scan
from pratique.infer.schema import SchemaBuilder

__all__ = [
    "Change",
    "Difference",
    "EvidenceBuilder",
    "Rejected",
    "SchemaBuilder",
    "detectors_of",
    "differences",
    "field_names",
    "glance",
    "merge",
    "scan",
]
