"""Pratique's side of ``calibration``: findings with their scores.

Usage: calibration_pratique.py TEXTS WHO: a JSON list; ``patterns`` without the model, ``whole`` with it.
"""

import json
import sys
from pathlib import Path

from pratique.detect import Detector
from pratique.detect.entities.families import family_of


def main() -> None:
    """Find, and print each text's findings as JSON."""
    path, who = sys.argv[1:]
    detector = Detector(model=None) if who == "patterns" else Detector()
    found = detector.find_many(json.loads(Path(path).read_text(encoding="utf-8")))
    shown = [[(f.start, f.end, f.entity, family_of(f.entity), f.score) for f in its] for its in found]
    print(json.dumps({"found": shown}))


if __name__ == "__main__":
    main()
