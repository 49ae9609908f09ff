"""Formats in tests: a whole file in one call."""

from collections.abc import Sequence

from pratique.model.data import Batch, FormatSpec
from pratique.model.schema import Schema
from pratique.ports import Format

SEED = bytes(32)


def encode_rows(way: Format, batches: Sequence[Batch], schema: Schema, spec: FormatSpec) -> bytes:
    """A file of these rows, but its head."""
    encoder = way.encoder(schema, spec, SEED)
    encoder.head()
    return bytes(encoder.encode(batches)) + bytes(encoder.finish())


def encode_file(way: Format, batches: Sequence[Batch], schema: Schema, spec: FormatSpec) -> bytes:
    """A file of these rows."""
    encoder = way.encoder(schema, spec, SEED)
    return encoder.head() + bytes(encoder.encode(batches)) + bytes(encoder.finish())
