"""The model of language that ships with the package: names, places, organisations, dates in words, addresses, codes.

`pieces` cuts words, `windows` long texts; `model` runs the net; `decode` and `repair` make spans of its answers.
"""
