"""What cannot be read is told, and does not take the rest of a report with it."""

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from pratique.assembly.parts import Assembly
from pratique.errors import PratiqueError

_T = TypeVar("_T")
_SHOWN = 3
"""Places that one cause is told with."""


class Guard:
    """Calls what reads, and notes what went wrong."""

    def __init__(self, assembly: Assembly) -> None:
        self._root = f"{assembly.root}{os.sep}"
        self.failures = 0
        """How often something could not be read."""
        self._problems: dict[str, list[str]] = {}

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What was looked at, and why it could not be read; what one cause broke in several places is told once."""
        return [(_places(places), line) for line, places in self._problems.items()]

    def attempt(self, what: str, make: Callable[[], _T], otherwise: _T) -> _T:
        """What ``make`` gives; ``otherwise`` and a note where the project does not let it."""
        try:
            return make()
        except PratiqueError as error:
            line = error.line.replace(self._root, "")
        except OSError as error:
            line = f"cannot be looked at ({error.strerror})"
        self.failures += 1
        places = self._problems.setdefault(line, [])
        if what not in places:
            places.append(what)
        return otherwise


def _places(places: Sequence[str]) -> str:
    more = len(places) - _SHOWN
    return ", ".join(places[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
