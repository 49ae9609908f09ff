"""A defect of Pratique, as an error that may be shown: what a library says of a value that it chokes on is not."""

from pratique.errors import PratiqueError
from pratique.model.data import PartId


def as_error(error: Exception, part: PartId) -> PratiqueError:
    """The error itself if it is one of Pratique's; else one that names the kind of error and the line, and no datum."""
    if isinstance(error, PratiqueError):
        return error
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    at = f"{where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where is not None else "?"
    return PratiqueError(f"a defect of Pratique: {type(error).__name__} in {at}", where=f"part {part}")
