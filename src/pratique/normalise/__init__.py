"""Versioned normal forms of values: the one spelling under which equal things join."""

from pratique.normalise.forms import NORMALISE_VERSION, normal, normal_many, normal_pattern

__all__ = ["NORMALISE_VERSION", "normal", "normal_many", "normal_pattern"]
