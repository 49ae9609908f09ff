"""Invented documents with marks of what is personal in them: what `benchmarks.accuracy` measures on."""
