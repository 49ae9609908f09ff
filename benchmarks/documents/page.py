"""A text as it is written, with marks of what stands where."""

from dataclasses import dataclass
from typing import Final

NATIONAL_ID: Final = "NATIONAL_ID"
PERSON: Final = "PERSON"
PHONE: Final = "PHONE"
EMAIL: Final = "EMAIL"
ACCOUNT: Final = "ACCOUNT"
ADDRESS: Final = "ADDRESS"
DIRECT: Final = frozenset({NATIONAL_ID, PERSON, PHONE, EMAIL, ACCOUNT, ADDRESS})
"""What says by itself who is meant."""
BIRTH: Final = "BIRTH"
DATE: Final = "DATE"
PLACE: Final = "PLACE"
ORGANIZATION: Final = "ORGANIZATION"
CASE: Final = "CASE"
OTHER: Final = "OTHER"
INNOCENT: Final = "INNOCENT"
"""Numbers that say nothing of anybody: marked so that errors can be told apart, and wrong to hide."""


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is of this kind; ``name`` says which of the kind it is (a number's, say)."""

    start: int
    end: int
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text; marks are sorted and do not overlap."""

    name: str
    """Country, kind and number, as ``de contract 12``."""
    text: str
    marks: tuple[Mark, ...]


class Page:
    """Text that grows, with its marks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []

    def add(self, text: str, kind: str = "", name: str = "") -> None:
        """Write on; with a ``kind``, what is written is marked."""
        if kind and text:
            self._marks.append(Mark(self._length, self._length + len(text), kind, name))
        self._parts.append(text)
        self._length += len(text)

    def document(self, name: str) -> Document:
        """What has been written."""
        return Document(name, "".join(self._parts), tuple(self._marks))
