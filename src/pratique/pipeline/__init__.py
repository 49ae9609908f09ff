"""The ways through the house: know, move, return. The stages in order, in terms of ports."""
