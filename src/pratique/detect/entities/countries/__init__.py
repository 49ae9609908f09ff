"""Identifiers that states give out, one module a country: records in ``TYPES``, their checks in ``VALIDATORS``.

A module is named by its ISO 3166-1 code, lower case. What a check proves and how often a random value passes it decides
the scores: see `pratique.detect.entities.countries.forms`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType, ModuleType

from pratique.detect.check_digits import Validator
from pratique.detect.entities.countries import (
    at,
    au,
    be,
    bg,
    ca,
    ch,
    cy,
    cz,
    de,
    de_health,
    dk,
    ee,
    es,
    fi,
    fr,
    gb,
    gr,
    hr,
    hu,
    ie,
    in_,
    is_,
    it,
    kr,
    li,
    lt,
    lu,
    lv,
    mt,
    named,
    ng,
    nl,
    no,
    ph,
    pl,
    pt,
    ro,
    rs,
    se,
    sg,
    si,
    sk,
    th,
    tr,
    ua,
    us,
    us_health,
    za,
)
from pratique.detect.entities.countries.labels import MONEY, OTHER_NUMBERS
from pratique.detect.entities.record import EntityType

_MODULES: tuple[ModuleType, ...] = (
    at, be, bg, ch, cy, cz, de, de_health, dk, ee, es, fi, fr, gb, gr, hr, hu, ie, is_, it, li, lt, lu, lv, mt, nl,
    no, pl, pt, ro, rs, se, si, sk, tr, ua,
    # beyond Europe: they come last where two types fit a number equally well
    au, ca, in_, kr, ng, ph, sg, th, us, us_health, za,
    # and last what fits no country
    named,
)  # fmt: skip


def _opposed(entity: EntityType) -> EntityType:
    """A type that nothing but its label proves, and what shows that a number near the label is another."""
    if entity.against or entity.against_after or any(pattern.validated for pattern in entity.patterns):
        return entity
    return replace(entity, against=OTHER_NUMBERS, against_after=MONEY)


TYPES: tuple[EntityType, ...] = tuple(_opposed(entity) for module in _MODULES for entity in module.TYPES)
"""Every type of every country."""

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {name: validate for module in _MODULES for name, validate in module.VALIDATORS.items()}
)
"""By the name that the types refer to them by; each begins with its country's code."""
