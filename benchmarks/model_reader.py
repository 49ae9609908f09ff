"""Run as a process of its own: what the model of language costs. One JSON object on the last line.

``python model_reader.py {long,short} N`` reads N texts, ``start 1`` reads one, ``model N``, ``detector N`` and
``nothing 0`` tell how much memory was used.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LONG, SHORT = 500, 20
"""Characters of a long text, words of a short one."""


def texts(kind: str, count: int) -> list[str]:
    """Different texts of the demo's memos, in the languages of the demo; the same every time."""
    from pratique.demo.memos import make_memos  # noqa: PLC0415 - not of what is measured

    return [text for text, _ in zip(_endless(kind, make_memos), range(count), strict=False)]


def _endless(kind: str, make: Any) -> Iterator[str]:
    seed = 0
    while True:
        whole = "\n\n".join(memo.text for memo in make(random.Random(seed)))
        seed += 1
        if kind == "long":
            yield from (whole[at : at + LONG] for at in range(0, len(whole) - LONG, LONG))
        else:
            words = whole.split()
            yield from (" ".join(words[at : at + SHORT]) for at in range(0, len(words) - SHORT, SHORT))


def read(kind: str, count: int) -> dict[str, Any]:
    """Texts of one kind, in one call, after one that loads the model."""
    from pratique.detect.models import load_model  # noqa: PLC0415

    some = texts(kind, count)
    model = load_model("default", Path())
    if model is None:
        raise SystemExit("this package has no model")
    model.find_many(["Anna"])
    begin = time.perf_counter()
    found = model.find_many(some)
    return {"texts": count, "findings": sum(len(each or ()) for each in found), "seconds": time.perf_counter() - begin}


def start() -> dict[str, Any]:
    """What the model adds to the first text: imports, files, the net, reading it."""
    from pratique.detect import Detector  # noqa: PLC0415

    text = "Anna Schmidt called from Berlin."
    Detector(model=None).find(text)
    begin = time.perf_counter()
    found = Detector().find(text)
    return {"findings": len(found), "seconds": time.perf_counter() - begin}


def memory(count: int, *, whole: bool) -> dict[str, Any]:
    """The model after reading texts of both kinds; ``whole``: a detector with patterns and lists besides."""
    from pratique.detect import Detector  # noqa: PLC0415
    from pratique.detect.models import load_model  # noqa: PLC0415

    reader: Any = Detector() if whole else load_model("default", Path())
    found = [reader.find_many(texts(kind, count)) for kind in ("long", "short")]
    return {"findings": sum(len(each or ()) for some in found for each in some), "peak": _peak()}


def _peak() -> int:
    """Bytes of resident memory at the highest (Linux)."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def main() -> None:
    """Do what the arguments say."""
    what, count = sys.argv[1], int(sys.argv[2])
    if what in {"long", "short"}:
        result = read(what, count)
    elif what == "start":
        result = start()
    else:
        result = {"peak": _peak()} if what == "nothing" else memory(count, whole=what == "detector")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
