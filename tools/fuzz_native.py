"""Fuzz the detector's native code under AddressSanitizer and UndefinedBehaviorSanitizer: fuzz_native.py [--seconds N].

Compiles ``native/*.c`` with both into ``.cache/native-fuzz``, and calls every function there with texts, with arrays
that fit, and with arrays that were cut, stretched and overwritten. Anything but a result, ValueError, TypeError or
MemoryError ends it, with the sanitizer's report. Needs gcc or clang with both sanitizers.
"""

import argparse
import importlib.util
import os
import random
import subprocess
import sys
import time
from array import array
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".cache" / "native-fuzz" / "_native.abi3.so"
SANITIZED = ("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-UNDEBUG")
CHILD = "PRATIQUE_FUZZED"


def main() -> None:
    """Compile, then fuzz in a process that has the sanitizer's library loaded."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    if CHILD in os.environ:
        fuzz(options.seconds, options.seed)
        return
    build = _module("hatch_build", ROOT / "hatch_build.py")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    if not build.compiled(ROOT, TARGET, *SANITIZED):
        sys.exit("fuzz-native: no compiler with sanitizers here")
    library = subprocess.run(
        [*build.compiler(), "-print-file-name=libasan.so"], check=True, capture_output=True, text=True
    ).stdout.strip()
    more = {CHILD: "1", "LD_PRELOAD": library, "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1"}
    command = [sys.executable, __file__, "--seconds", str(options.seconds), "--seed", str(options.seed)]
    sys.exit(subprocess.run(command, env={**os.environ, **more}, check=False).returncode)


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fuzz(seconds: float, seed: int) -> None:
    """Call everything, with good and with bad arguments."""
    rng = random.Random(seed)  # noqa: S311 - tries, not secrets
    part = _module("pratique.detect._native", TARGET)
    fuzzer = Fuzzer(part, rng)
    until, calls, refused = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        name, arguments = rng.choice(fuzzer.calls)()
        bad = [fuzzer.spoilt(a) if rng.random() < rng.choice((0, 0.2)) else a for a in arguments]
        try:
            getattr(part, name)(*bad)
        except (ValueError, TypeError, AttributeError, IndexError, MemoryError, OverflowError):
            refused += 1
        calls += 1
    print(f"fuzz-native: {calls} calls, {refused} refused, seed {seed}")


class Recorder:
    """The native part, and what `judge` was called with."""

    def __init__(self, part: ModuleType) -> None:
        self.part = part
        self.judged: list[list[Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.part, name)

    def judge(self, *arguments: Any) -> None:
        """Keep what is given."""
        self.judged.append([np.array(a) if isinstance(a, array) else a for a in arguments])


class Fuzzer:
    """Makes arguments."""

    def __init__(self, part: ModuleType, rng: random.Random) -> None:
        from unittest.mock import patch  # noqa: PLC0415 - in the fuzzed process only

        from pratique.detect import Detector, native  # noqa: PLC0415 - as above

        self.rng = rng
        self._patched = patch.object(native, "part", part)
        self._patched.start()
        patterns: Any = Detector(model=None).without_model
        self.scanner, self.people = patterns._scanner, patterns._people  # noqa: SLF001 - what is fuzzed
        self.walker = self.scanner._walker  # noqa: SLF001
        self.lists = self.people._lists  # noqa: SLF001
        self.scanner._context.marked("Warm up", self.scanner._finder.read("Warm up"), self.walker.flags)  # noqa: SLF001
        self.passes = self.scanner._passes  # noqa: SLF001 - as above
        self.passes._places(self.scanner._finder.read("Am Alten Hof 5, Kern Street"))  # noqa: SLF001
        self.calls = (
            self.find, self.words, self.names, self.judge, self.torn, self.listed, self.gate, self.tokens,
            self.settle, self.labelled, self.longest, self.follow,
        )  # fmt: skip

    def text(self) -> str:
        """Something that is a little like text."""
        parts = ["Anna", "Dr. Kern", "van der", "@", "4111 1111", "DE89 3704", "\n", " ", "'s", "-", "d'", "é", "中",
                 "_", ".", ",", "12.3.", "\0", "Xyzzy", "A", "born", "label:", "://", "a.b", "\x1c",
                 "a" * 70, "1" * 40]  # fmt: skip
        return self.rng.choice(["", " ", " "]).join(self.rng.choices(parts, k=self.rng.randrange(30)))

    def spoilt(self, value: Any) -> Any:
        """An argument cut, stretched, overwritten, or another number."""
        if isinstance(value, int):
            return self.rng.choice([-1, 0, 1, value + 1, value * 2, 1 << 40, -(1 << 62)])
        if not isinstance(value, bytes | np.ndarray):
            return value
        data = bytearray(bytes(value)[: 1 << 20])
        match self.rng.randrange(4):
            case 0:
                del data[self.rng.randrange(len(data) + 1) :]
            case 1:
                del data[len(data) // 16 * 8 :]
            case 2:
                data += bytes(self.rng.randrange(64))
            case _:
                for _ in range(self.rng.randrange(1, 40) if data else 0):
                    data[self.rng.randrange(len(data))] = self.rng.choice([0, 1, 2, 4, 127, 128, 255])
        return bytes(data)

    def find(self) -> tuple[str, list[Any]]:
        """Of a text."""
        automaton = self.scanner._finder.current()  # noqa: SLF001
        states, (begins, endings) = automaton.count, automaton.endings()
        symbols = self.scanner._finder.read(self.text())  # noqa: SLF001
        table = automaton.table[:states]
        runs, sorts = self.walker._runs, self.walker._sorts  # noqa: SLF001
        return "find", [symbols, self.walker.flags, runs, table, states, begins, endings, sorts, 0]

    def gate(self) -> tuple[str, list[Any]]:
        """Of a text."""
        gate: Any = self.passes._gated[1]  # noqa: SLF001
        automaton = gate._automaton  # noqa: SLF001
        states, (begins, endings) = automaton.count, automaton.endings()
        symbols = self.scanner._finder.read(self.text())  # noqa: SLF001
        patterns = gate._patterns  # noqa: SLF001
        return "gate", [symbols, gate._flags, automaton.table[:states], states, begins, endings, patterns, 0]  # noqa: SLF001

    def tokens(self) -> tuple[str, list[Any]]:
        """Of a text."""
        return "tokens", [self.scanner._finder.read(self.text()), self.walker.flags, self.passes._marks]  # noqa: SLF001

    def settle(self) -> tuple[str, list[Any]]:
        """Of some candidates, some of them spoilt."""
        from pratique.detect.overlaps import Candidate, resolve  # noqa: PLC0415 - as above
        from pratique.model.catalogue import Finding  # noqa: PLC0415 - as above

        rng = self.rng
        odd: list[Any] = [None, "a", 1 << 70, -1]
        some: Any = [
            Candidate(start := rng.randrange(20), start + rng.randrange(1, 9), rng.choice(["URL", "PERSON"]),
                      rng.choice([0.3, 0.5, 0.7]), "a", rng.random() < 0.5, rng.randrange(3), rng.randrange(3))
            for _ in range(rng.randrange(80))
        ]  # fmt: skip
        if some and rng.random() < 0.2:
            spoilt = {rng.choice(["start", "end", "entity", "score", "order"]): rng.choice(odd)}
            some[0] = rng.choice([replace(some[0], **spoilt), None])
        empty: frozenset[str] = frozenset()
        texts = ["a, b-c 1" * 5] * rng.choice([1, 1, 2])
        return "settle", [texts, [some], Finding, resolve, 0.4, rng.choice([empty, frozenset(["URL"])]), empty]

    def longest(self) -> tuple[str, list[Any]]:
        """Of a text and a pattern."""
        from pratique.detect.shapes.exact import exact  # noqa: PLC0415 - as above

        return "longest", [self.text(), exact(r"\b[A-Z0-9][ .]?(?:[0-9]{2,4}[ -]?){1,4}\b")]

    def follow(self) -> tuple[str, list[Any]]:
        """Of a state of the automaton of what is run over whole texts."""
        automaton: Any = self.passes._gated[1]._automaton  # noqa: SLF001
        net = automaton._net  # noqa: SLF001
        positions = self.rng.choice(automaton._states[2:])  # noqa: SLF001
        return "follow", [net.symbols.view(np.uint8), net.begins, net.follow, positions, self.rng.randrange(60)]

    def words(self) -> tuple[str, list[Any]]:
        """Of a text, ASCII or not."""
        text = self.text()
        codes = text.encode("ascii") if text.isascii() else text.encode("utf-32-le")
        marks = self.scanner._context._marks.view(np.uint8)  # noqa: SLF001
        return "words", [codes, self.scanner._finder.read(text), self.walker.flags, marks]  # noqa: SLF001

    def names(self) -> tuple[str, list[Any]]:
        """Of some texts."""
        texts: list[Any] = [self.text() for _ in range(self.rng.randrange(4))]
        lists: Any = self.lists
        arrays = [lists._listed, lists._endings, lists._labels]  # noqa: SLF001
        rest = [self.rng.choice([0, 10]), self.rng.choice([0.0, 0.4]), self.rng.random() < 0.5]
        return "names", [texts, *arrays, *rest]

    def labelled(self) -> tuple[str, list[Any]]:
        """Of a text."""
        text = self.text()
        start = self.rng.randrange(len(text) + 1)
        return "labelled", [text, start, self.rng.randrange(start, len(text) + 1), self.lists._labels]  # noqa: SLF001

    def judge(self) -> tuple[str, list[Any]]:
        """Of a text, with what `Judged` makes of it."""
        from pratique.detect import native  # noqa: PLC0415 - as above

        recorder = Recorder(native.part)
        native.part = recorder
        try:
            self.scanner.scan([self.text(), "", self.text()], frozenset(self.rng.choice([[], ["PERSON", "US_SSN"]])))
        finally:
            native.part = recorder.part
        return ("judge", recorder.judged[0]) if recorder.judged else self.torn()

    def torn(self) -> tuple[str, list[Any]]:
        """Of a text."""
        return "torn", [self.text()]

    def listed(self) -> tuple[str, list[Any]]:
        """Of some words."""
        words = self.text().encode("ascii", "ignore").replace(b" ", b"\n")
        return "listed", [words, np.arange(words.count(b"\n") + 1, dtype=np.uint16)]


if __name__ == "__main__":
    main()
