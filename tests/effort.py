"""How hard properties are tried: a little in the suite, longer by ``make fuzz`` (`tools/fuzz.py`)."""

import os

EXAMPLES = "PRATIQUE_FUZZ_EXAMPLES"
"""Names the variable by which a longer run says how many examples each property gets at least."""


def effort(usual: int) -> int:
    """How many examples a property gets: ``usual`` in the suite, more where more were asked for."""
    return max(usual, int(os.environ.get(EXAMPLES, "0")))
