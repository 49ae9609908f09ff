"""The entity types that Pratique knows, as data. A new type is one record here (and a validator, where it has one)."""

from pratique.detect.entities import (
    addresses,
    contact,
    countries,
    credentials,
    crypto,
    dates,
    devices,
    general,
    geo,
    network,
    people,
    registers,
)
from pratique.detect.entities.record import EntityType, Pattern

BUILT_IN: tuple[EntityType, ...] = (
    *contact.TYPES,
    *network.TYPES,
    *general.TYPES,
    *dates.TYPES,
    *devices.TYPES,
    *registers.TYPES,
    *geo.TYPES,
    *crypto.TYPES,
    *credentials.TYPES,
    *countries.TYPES,
    *people.TYPES,
    *addresses.TYPES,
)
"""Every built-in type, in the order that settles ties."""

__all__ = ["BUILT_IN", "EntityType", "Pattern"]
