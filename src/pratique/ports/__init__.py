"""The seams of Pratique: what stages ask of adapters and of each other. Protocols only; no code of any side.

Adapters promise what the docstrings here say; `tests/contract` holds every one of them to it.
"""

from pratique.ports.data import Bounded, Cleared, Encoder, Format, SchemaWriter, Sink, Source, Staged, StagingArea
from pratique.ports.detection import ResidueDetector, TextDetector
from pratique.ports.engines import Engine, Treatment
from pratique.ports.keys import KeyStore, Secret, Signer
from pratique.ports.stores import AuditLog, CatalogueStore, QuarantineStore, QuarantineWriter, RunStore
from pratique.ports.streams import Marks, ReleaseLog, Stream
from pratique.ports.transforms import REFUSED, BoundTransform, Refusal, Transform, Treated

__all__ = [
    "REFUSED",
    "AuditLog",
    "BoundTransform",
    "Bounded",
    "CatalogueStore",
    "Cleared",
    "Encoder",
    "Engine",
    "Format",
    "KeyStore",
    "Marks",
    "QuarantineStore",
    "QuarantineWriter",
    "Refusal",
    "ReleaseLog",
    "ResidueDetector",
    "RunStore",
    "SchemaWriter",
    "Secret",
    "Signer",
    "Sink",
    "Source",
    "Staged",
    "StagingArea",
    "Stream",
    "TextDetector",
    "Transform",
    "Treated",
    "Treatment",
]
