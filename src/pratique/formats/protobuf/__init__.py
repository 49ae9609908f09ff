"""Protobuf values: schemas by Google's own compiler, bytes by an exact reader and a writer of one form."""

from pratique.formats.protobuf.shaping import Shaped, shaped
from pratique.formats.protobuf.types import Type, declared_schema, read_types, type_at
from pratique.formats.protobuf.wire import RULES, Reader
from pratique.formats.protobuf.write import writer

__all__ = ["RULES", "Reader", "Shaped", "Type", "declared_schema", "read_types", "shaped", "type_at", "writer"]
