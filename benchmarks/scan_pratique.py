"""Pratique's side of ``scan``. Usage: scan_pratique.py TEXTS [ENTITIES]: files of JSON lists.

Reads all texts in one call and prints seconds, characters and findings as JSON; with ENTITIES only these types. The
detector is made, and has read a few other texts, before the clock starts; its making is told as ``start``.
"""

import json
import sys
import time
from pathlib import Path

from pratique.detect import Detector

WARM = [f"warm up {at} with +49 30 90{at:04d}, a{at}@example.org and 4111 1111 1111 1111" for at in range(400)]


def main() -> None:
    """Find and tell."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    entities = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")) if len(sys.argv) > 2 else None
    start = time.perf_counter()
    detector = Detector(entities=entities, model=None)
    made = time.perf_counter() - start
    detector.find_many(WARM)
    start = time.perf_counter()
    found = detector.find_many(texts)
    seconds = time.perf_counter() - start
    findings = sum(map(len, found))
    print(json.dumps({"seconds": seconds, "texts": len(texts), "findings": findings, "start": made}))


if __name__ == "__main__":
    main()
