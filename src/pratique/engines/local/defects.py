"""A defect of Pratique, as an error that may be shown: what a library says of a value that it chokes on is not."""

from pratique.errors import PratiqueError, system_fault
from pratique.hush import place
from pratique.model.data import PartId


def as_error(error: Exception, part: PartId) -> PratiqueError:
    """The error itself if it is one of Pratique's; else one that names the kind of error and the line, and no datum."""
    return error if isinstance(error, PratiqueError) else told(error).within(f"part {part}")


def told(error: Exception) -> PratiqueError:
    """The same, where there is no part."""
    if isinstance(error, PratiqueError):
        return error
    at = place(error.__traceback__)
    return system_fault(error, at) or PratiqueError(f"a defect of Pratique: {type(error).__name__} in {at}")
