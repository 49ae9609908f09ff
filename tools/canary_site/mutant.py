"""What a mutant is, and the few ways in which one changes the program."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Patch = Callable[[Any], None]
"""Changes a module just after it was loaded."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program that leaks on purpose."""

    name: str
    channel: str
    """Which way out it takes, as docs/reference/leak-channels.md names it."""
    scene: str
    """Of `tools.canary_story.SCENES`: where it must be found."""
    patches: tuple[tuple[str, Patch], ...]
    """Modules of the program, and what is changed in each."""
    keys: bool = False
    """Whether it shows only beside the same data under other keys."""


def raw(field: str = "email") -> str:
    """A value that was planted: of the first record of the first input."""
    first = min(Path("data", "eu", "events").glob("sample-1-*.jsonl"))
    with first.open(encoding="utf-8") as stream:
        return str(json.loads(stream.readline())[field])


def instead(name: str, make: Callable[[Any], Any]) -> Patch:
    """Put what ``make`` makes of the original in its place; ``name`` may be that of a method (``Class.method``)."""

    def patch(module: Any) -> None:
        owner, last = _owner(module, name)
        original = getattr(owner, last)
        setattr(owner, last, functools.wraps(original)(make(original)))

    return patch


def after(name: str, do: Callable[[], object]) -> Patch:
    """Do something more each time that the function has done its work."""

    def make(original: Any) -> Any:
        def more(*arguments: Any, **named: Any) -> Any:
            result = original(*arguments, **named)
            do()
            return result

        return more

    return instead(name, make)


def after_with(name: str, do: Callable[..., object]) -> Patch:
    """As `after`, with what the function was given."""

    def make(original: Any) -> Any:
        def more(*arguments: Any, **named: Any) -> Any:
            result = original(*arguments, **named)
            do(*arguments, **named)
            return result

        return more

    return instead(name, make)


def changed(name: str, change: Callable[[Any], Any]) -> Patch:
    """Change what the function gives back."""

    def make(original: Any) -> Any:
        return lambda *arguments, **named: change(original(*arguments, **named))

    return instead(name, make)


def _owner(module: Any, name: str) -> tuple[Any, str]:
    owner, _, last = name.rpartition(".")
    return (getattr(module, owner) if owner else module), last
