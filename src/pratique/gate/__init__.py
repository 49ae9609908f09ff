"""The gate: the last stop before a border. It alone mints `Cleared`, and only for bytes that it read itself.

`inspect` judges a staged part; `reopen` clears again what an inspection recorded, without reading
what a believed witness has read; `is_cleared` is for sinks.
"""

from pratique.gate._mint import is_cleared
from pratique.gate.echoes import RawIndex, RawValues
from pratique.gate.inspection import Inspection, ResidueHit, inspect, reopen
from pratique.gate.judging import ECHO
from pratique.gate.witness import Witness, believe

GATE_VERSION = "1"
"""Rises with every change of what the gate lets through: what it holds back is not in the output."""

__all__ = [
    "ECHO",
    "GATE_VERSION",
    "Inspection",
    "RawIndex",
    "RawValues",
    "ResidueHit",
    "Witness",
    "believe",
    "inspect",
    "is_cleared",
    "reopen",
]
