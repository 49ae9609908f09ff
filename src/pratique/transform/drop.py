"""drop: the field is not in the output at all."""

from pratique.transform.redact import Redact


class Drop(Redact):
    """Takes the field away (the kernel leaves it out); a span of text is taken out as `redact` does."""

    name = "drop"
    loses = "the field"
