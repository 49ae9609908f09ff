"""Pratique's side of ``scan``. Usage: scan_pratique.py WARM TEXTS [ENTITIES]: files of JSON lists.

Reads all texts in one call and prints seconds, texts and findings as JSON; with ENTITIES only these types, at the same
least score. The detector is made, and has read the texts of WARM, before the clock starts; its making is told as
``start``.
"""

import json
import sys
import time
from pathlib import Path

from pratique.detect import Detector

SCORE = 0.4
"""The least that a finding has without ``entities``; types that are asked for by name would tell anything above 0."""


def main() -> None:
    """Find and tell."""
    warm, texts, *more = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])
    start = time.perf_counter()
    detector = Detector(entities=more[0] if more else None, model=None, score=SCORE)
    made = time.perf_counter() - start
    detector.find_many(warm)
    start = time.perf_counter()
    found = detector.find_many(texts)
    seconds = time.perf_counter() - start
    findings = sum(map(len, found))
    print(json.dumps({"seconds": seconds, "texts": len(texts), "findings": findings, "start": made}))


if __name__ == "__main__":
    main()
