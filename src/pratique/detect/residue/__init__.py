"""The gate's own detectors.

They share no pattern, no table, no name list, no library of validators and no model with the detectors that treat
(`pratique.detect`): what both miss must be missed twice, for different reasons.
"""

from pratique.detect.residue.detector import ResidueDetector

__all__ = ["ResidueDetector"]
