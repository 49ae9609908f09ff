"""Configuration to the parts of the program: the one place that names adapters."""

from pratique.assembly.parts import Assembly
from pratique.assembly.worker import open_worker

__all__ = ["Assembly", "open_worker"]
