"""How good a detector is: labelled texts read, findings compared with what is marked in them, counted.

`read` gives labelled texts, `Evaluator` takes them with what a detector found, `Report` is what comes out.
"""

from pratique.detect.evaluate.labelled import Labelled, read
from pratique.detect.evaluate.report import Bin, Error, Identifiers, Rates, Report, TypeScores
from pratique.detect.evaluate.scoring import Evaluator

__all__ = ["Bin", "Error", "Evaluator", "Identifiers", "Labelled", "Rates", "Report", "TypeScores", "read"]
