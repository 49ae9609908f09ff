"""The entity types that a field can be held to be, in the order in which a project is likely to mean them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from pratique.detect.entities import BUILT_IN
from pratique.pipeline.reviewing import TypeName

_UNION: Final = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
"""Members of the European Union, ISO 3166-1."""
_AREAS: Final = {"EU": _UNION, "EEA": _UNION | {"IS", "LI", "NO"}, "UK": frozenset({"GB"}), "EL": frozenset({"GR"})}
"""What regions are called that are no ISO code of one country."""


def type_names(families: Mapping[str, str], used: Collection[str], regions: Iterable[str]) -> list[TypeName]:
    """``families``: every known type with its family; ``used``: those that the project speaks of.

    First those, then types of no country, then of the countries of ``regions`` as far as their names tell them (``eu``,
    ``de``, ``ch-west``), then the rest; each by name.
    """
    near = countries_of(regions)
    countries = {one.name: frozenset(one.countries) for one in BUILT_IN}

    def rank(name: str) -> int:
        its = countries.get(name, frozenset())
        return 0 if name in used else 1 if not its else 2 if its & near else 3

    ordered = sorted({*families, *used}, key=lambda name: (rank(name), name))
    return [TypeName(name, families.get(name, ""), name in used) for name in ordered]


def countries_of(regions: Iterable[str]) -> frozenset[str]:
    """ISO codes of countries that regions are named after; a name that says nothing adds none."""
    found: set[str] = set()
    for region in regions:
        code = region.replace("_", "-").partition("-")[0].upper()
        found |= _AREAS.get(code, {code})
    return frozenset(found)
