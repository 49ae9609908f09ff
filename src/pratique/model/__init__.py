"""Frozen domain types: the words of the design as code. Standard library and Arrow types only."""
