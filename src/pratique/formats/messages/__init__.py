"""Messages of a stream: message sets (`pratique.model.messages`) to batches and back.

A message is one record. The fields of its value stand at the top, as they would in a file of the same data, so that
policies and decisions are the same for both; beside them stand `KEY`, a field ``kafka-header-NAME`` for each header,
and `TIME` where the dataset asks for it. Each is scanned, decided and treated like any other field. A value that has a
field of such a name itself is a reject by the rule ``name``. A tombstone is a record that has nothing from a value.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Final

from pratique.errors import FormatError
from pratique.formats.messages.decode import decode_set
from pratique.formats.messages.encode import MessageEncoder, check_written, value_schema
from pratique.formats.messages.fields import HEADER, KEY, TIME, Options
from pratique.formats.messages.stated import merged
from pratique.formats.messages.values import BINARY, BYTES, CODECS
from pratique.formats.rereading import RereadBlock
from pratique.model.data import Batch, Block, FormatSpec, Reject
from pratique.model.messages import read_sets, unpack_set
from pratique.model.schema import Kind, Node, Schema

__all__ = ["HEADER", "KEY", "RULES", "TIME", "Messages", "registered_schema", "stated_schema", "uses_registry"]

RULES: Final = ("avro", "duplicate-key", "name", "protobuf", "schema", "size", "unknown-field", "utf-8")
"""Why a message is a reject, beside the rules of its value's own format. ``avro``, ``protobuf``: not one record of its
schema. ``unknown-field``: a Protobuf field that its schema does not have. ``schema``: an id that the registry does not
know, a schema that is not read, or one that states another type for a field than the plan goes by.
``duplicate-key``: two headers of one name.
``name``: the value has a field whose name is kept for key, headers or timestamp. ``size``: a value longer than 16 MiB.
``utf-8``: a key or a header that is no text."""


class Messages:
    """Implements `pratique.ports.Format`. A row's ordinal is its message's; its original is a set of that one message.

    Options: ``value``, what values are (json, avro, protobuf, json-schema, text, bytes; json unless said otherwise);
    ``timestamp``: ``drop`` (the default: what is written gets the time of its writing) or ``field``. Keys and header
    values are texts in UTF-8.
    Limits: a header that is null and one that is not there are the same; headers are written in the schema's order.
    """

    name = "messages"
    version = 1
    extension = ".messages"

    def __init__(self, *, columns: bool = True) -> None:
        """``columns=False`` gives every row as a record."""
        self._columns = columns

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """The options with those that were left out. Raises `FormatError` for unknown ones."""
        del stream
        return FormatSpec(self.name, Options.of(options).named())

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> Schema | None:
        """What the registry states of the topic's values, where the source says so before the first message: then
        with its tags, as the property ``tags`` of places. Else None: only the messages tell.
        """
        options = Options.of(spec.options)
        if options.value == BYTES:
            binary = Node(frozenset({Kind.STRING}), logical=BINARY)
            return Schema(Node(frozenset({Kind.RECORD}), fields=((BYTES, binary),)))
        first = next(read_sets(stream), None)
        if first is None or len(first):
            return None
        stated = [CODECS[options.value].declared(text) for text in first.schemas.values()]
        return merged([one for one in stated if one is not None])

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """One range: a partition is read in order."""
        del stream, part_size, spec
        yield 0, size

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """A block for each set. ``end`` counts for nothing: a stream of sets ends by itself."""
        del end
        if start:
            raise FormatError("messages are read from their start")
        options = Options.of(spec.options)
        for messages in read_sets(stream):
            yield decode_set(messages, options, schema, columns=self._columns)

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """Sets of one message each."""
        options = Options.of(spec.options)
        for place, original in enumerate(originals):
            read = decode_set(unpack_set(original), options, schema, columns=False)
            if read.count != 1:
                raise FormatError("what was kept is not one message")
            # The place that a batch tells is that of the original; whether it is a tombstone must not be lost.
            batches = [Batch(batch.ordinals % 2 + 2 * place, records=batch.records) for batch in read.batches]
            rejects = [Reject(2 * place, len(original), reject.rule) for reject in read.rejects]
            yield RereadMessage(tuple(batches), tuple(rejects), 2 * place, b"", 1, (original,))

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> MessageEncoder:
        """One set, written when it is finished."""
        del seed
        return MessageEncoder(schema, Options.of(spec.options))

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """One set in its one form, with no schema, timestamp or header that the output has no field for."""
        del seed
        check_written(stream, schema, Options.of(spec.options))


def registered_schema(spec: FormatSpec, schema: Schema) -> tuple[str, str] | None:
    """What a registry calls the schemas of a dataset's values, and the schema of what is written, of an output schema;
    None where values refer to none. Raises `FormatError` for a schema that they cannot hold.
    """
    codec = CODECS[Options.of(spec.options).value]
    if not codec.kind:
        return None
    return codec.kind, codec.schemas(value_schema(schema))["0"]


def stated_schema(kind: str, text: str) -> Schema | None:
    """What a registry's schema of a kind (``AVRO``, …) says of values; None for one that is not read."""
    found = [codec.declared(text) for codec in CODECS.values() if codec.kind and codec.kind == kind]
    return found[0] if found else None


def uses_registry(spec: FormatSpec) -> bool:
    """Whether a dataset's values refer to schemas in a registry."""
    return bool(CODECS[Options.of(spec.options).value].kind)


class RereadMessage(RereadBlock):
    """A block of one original, whose ordinal also tells whether it is a tombstone."""

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The original again."""
        del ordinal, length
        return self.originals[0]
