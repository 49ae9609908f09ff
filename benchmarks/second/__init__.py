"""Texts of a second hand: templates as data, by somebody who had not read those of `benchmarks.documents`."""
