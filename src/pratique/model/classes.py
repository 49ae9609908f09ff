"""The classes of data. A module of its own that needs nothing: those who only verify a release load it alone."""

from enum import StrEnum


class DataClass(StrEnum):
    """What an output is. Ordered: ``personal < pseudonymised < anonymised < none``.

    ``NONE`` is a field that does not count: not personal, dropped, redacted, or replaced by a constant.
    """

    PERSONAL = "personal"
    PSEUDONYMISED = "pseudonymised"
    ANONYMISED = "anonymised"
    NONE = "none"

    # All four, because `str` has them all: none can be left to be derived.
    def __lt__(self, other: str) -> bool:
        return _rank(self) < _rank(other)

    def __le__(self, other: str) -> bool:
        return _rank(self) <= _rank(other)

    def __gt__(self, other: str) -> bool:
        return _rank(self) > _rank(other)

    def __ge__(self, other: str) -> bool:
        return _rank(self) >= _rank(other)


def _rank(of: str) -> int:
    return list(DataClass).index(DataClass(of))
