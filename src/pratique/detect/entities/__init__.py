"""The entity types that Pratique knows, as data. A new type is one record here (and a validator, where it has one)."""

from pratique.detect.entities import addresses, contact, general, national, national_east, people
from pratique.detect.entities.record import EntityType, Pattern

BUILT_IN: tuple[EntityType, ...] = (
    *contact.TYPES,
    *general.TYPES,
    *national.TYPES,
    *national_east.TYPES,
    *people.TYPES,
    *addresses.TYPES,
)
"""Every built-in type, in the order that settles ties."""

__all__ = ["BUILT_IN", "EntityType", "Pattern"]
