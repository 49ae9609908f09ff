"""Arrow over a Parquet file whose footer was read and bounded before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pratique.errors import FormatError, PratiqueError
from pratique.formats.parquet.footer import MAX_FOOTER

_MAX_ITEMS = 1_000_000


@contextmanager
def reading(where: str = "") -> Iterator[None]:
    """What Arrow raises becomes `FormatError`, without what it says: that may carry values."""
    try:
        yield
    except PratiqueError:
        raise
    except MemoryError:
        raise FormatError(
            "the Parquet data asks for more memory than there is", where=where, do="write smaller row groups"
        ) from None
    except (pa.ArrowException, OSError, ValueError, TypeError, RuntimeError, KeyError, OverflowError):
        raise FormatError(
            "the Parquet data cannot be read", where=where, do="the file is damaged, cut short, or of a newer kind"
        ) from None


def open_parquet(stream: BinaryIO, dictionaries: Sequence[str] = ()) -> pq.ParquetFile:
    """The file, for Arrow. ``dictionaries``: columns to read as such. `read_footer` must have taken the file before."""
    with reading("the footer"):
        return pq.ParquetFile(
            pa.PythonFile(stream, "r"),
            read_dictionary=list(dictionaries) or None,
            pre_buffer=False,
            buffer_size=0,
            thrift_string_size_limit=MAX_FOOTER,
            thrift_container_size_limit=_MAX_ITEMS,
            page_checksum_verification=True,
        )
