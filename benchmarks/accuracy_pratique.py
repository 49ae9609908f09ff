"""Pratique's side of ``accuracy``: the detector as it comes. Usage: accuracy_pratique.py TEXTS: a JSON list."""

import json
import sys
from pathlib import Path

from pratique.detect import Detector


def main() -> None:
    """Find, and print each text's findings as JSON."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found = Detector().find_many(texts)
    print(json.dumps({"found": [[(f.start, f.end, f.entity) for f in its] for its in found]}))


if __name__ == "__main__":
    main()
