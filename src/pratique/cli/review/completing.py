"""Which types a reviewer may mean by the beginning of a word: hundreds are known, a project speaks of a few."""

from collections.abc import Sequence

from pratique.pipeline.reviewing import TypeName


def matching_types(known: Sequence[TypeName], word: str) -> list[str]:
    """The types that ``word`` (in capitals) may become: those whose name begins with it, of whose name a word does
    (``PASS``: ``DE_PASSPORT``), whose family does (``TAX``: ``GR_AFM``); each in the order of ``known``. Where there is
    none, those in whose name it stands anywhere.
    """
    begins = [one.name for one in known if one.name.startswith(word)]
    inside = [one.name for one in known if f"_{word}" in one.name]
    family = [one.name for one in known if _family_begins(one.family, word)]
    return list(dict.fromkeys((*begins, *inside, *family))) or [one.name for one in known if word in one.name]


def _family_begins(family: str, word: str) -> bool:
    return bool(family) and family.upper().replace("-", "_").startswith(word.replace("-", "_"))


def common_beginning(names: Sequence[str]) -> str:
    """What all of some names begin with."""
    first, last = min(names), max(names)
    at = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:at]
