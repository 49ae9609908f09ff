"""Shapes: which patterns can match where, found for all patterns at once in one pass over a text.

A text is read as a string of some seventy *symbols* (`symbols`): any digit is one, any capital is one, every
punctuation mark is its own. The patterns, read the same way (`syntax`), become one automaton (`automaton`) that is
made deterministic as texts need it. What it accepts is a little more than what the patterns match; what it does not
accept, no pattern matches.
"""
