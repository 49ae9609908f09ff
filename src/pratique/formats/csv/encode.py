"""Rows as CSV: deterministic, quoted only where it must be, one newline after each record."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.csv.cells import write_cell
from pratique.formats.csv.dialect import Dialect
from pratique.formats.distinct import ARROW_KINDS, column_of, number_texts
from pratique.formats.joining import Texts, join_lines, merge_lines, null_text
from pratique.model.data import Batch, Column, Record
from pratique.model.schema import SCALARS, Kind, Node, Schema

_KINDS = {str: Kind.STRING, int: Kind.INTEGER, float: Kind.DOUBLE, bool: Kind.BOOLEAN}


def encode_batches(batches: Sequence[Batch], schema: Schema, dialect: Dialect) -> bytes | memoryview:
    """All rows, merged by ordinal; null is the null word.

    Raises `FormatError` where a value is not of a kind that the schema allows, or cannot be written in the dialect.
    """
    batches = [batch for batch in batches if len(batch)]
    data = merge_lines(batches, [_lines(batch, schema, dialect) for batch in batches])
    if dialect.codec == "utf-8":
        return data
    try:
        return bytes(data).decode().encode(dialect.codec)
    except UnicodeEncodeError:
        raise FormatError("a value has characters that the encoding lacks", do="declare encoding: utf-8") from None


def _lines(batch: Batch, schema: Schema, dialect: Dialect) -> list[pa.Array]:
    columns = batch.columns
    as_text = columns is None
    if columns is None:
        assert batch.records is not None
        columns = _columns(batch.records, schema)
    if unknown := len(columns.keys() - {name for name, _ in schema.root.fields}):
        raise FormatError(f"{unknown} columns that are not in the output schema")
    single = len(schema.root.fields) == 1
    null = _quoted_null(dialect, single=single)
    parts: list[Texts] = []
    before = ""
    for number, (name, node) in enumerate(schema.root.fields):
        if name in columns:
            column = columns[name]
            texts = _cells(column, None if as_text else node, dialect, number, single=single)
            parts.append(Texts(before, *null_text(texts, column.codes, null)))
            before = dialect.delimiter
        else:
            before += null + dialect.delimiter
    if schema.root.fields and schema.root.fields[-1][0] not in columns:
        before = before.removesuffix(dialect.delimiter)
    elif parts:
        before = ""
    return join_lines([*parts, Texts(before + "\n")], len(batch))


def _quoted_null(dialect: Dialect, *, single: bool) -> str:
    """The null word; alone on its line it must not look like a blank line."""
    return dialect.quote * 2 if single and not dialect.null else dialect.null


def _cells(column: Column, node: Node | None, dialect: Dialect, number: int, *, single: bool) -> pa.Array:
    """The text in the file of each distinct value; ``node`` None: the values are texts of values that were checked."""
    values = column.values
    if node is not None and len(values) and ARROW_KINDS.get(values.type) not in node.kinds:
        raise _wrong(number)
    if values.type != pa.string():
        try:
            return number_texts(values)
        except ValueError:
            raise _wrong(number) from None
    signs = {dialect.delimiter, "\n", "\r", *dialect.quote}
    odd = pc.match_substring_regex(values, "[" + "".join(rf"\x{{{ord(sign):x}}}" for sign in sorted(signs)) + "]")
    if single:
        odd = pc.or_(odd, pc.equal(values, ""))
    if not pc.any(odd).as_py():
        return values
    written = [_write(value, dialect, number) for value in values.filter(odd).to_pylist()]
    return pc.replace_with_mask(values, odd, pa.array(written, pa.string()))


def _write(value: str, dialect: Dialect, number: int) -> str:
    text = write_cell(value, dialect.delimiter, dialect.quote) if value else dialect.quote * 2
    if text is None or not text:
        raise FormatError("a value needs quotes and the dialect has none", where=f"field #{number}")
    return text


def _columns(records: Sequence[Record], schema: Schema) -> Mapping[str, Column]:
    """Records as columns of text."""
    nodes = dict(schema.root.fields)
    if any(not nodes.keys() >= record.keys() for record in records):
        raise FormatError("a field that is not in the output schema")
    columns: dict[str, Column] = {}
    for number, (name, node) in enumerate(schema.root.fields):
        texts = [_text(record.get(name), node, number) for record in records]
        try:
            columns[name] = column_of(pa.array(texts, pa.string()))
        except UnicodeEncodeError:
            raise _wrong(number) from None
    return columns


def _text(value: Any, node: Node, number: int) -> str | None:
    if value is None:
        return None
    if _KINDS.get(type(value)) not in node.kinds:
        raise _wrong(number)
    if isinstance(value, str):
        return value
    text = orjson.dumps(value).decode()
    if text == "null":
        raise _wrong(number)
    return text


def _wrong(number: int) -> FormatError:
    return FormatError("a value of a kind that the output schema does not allow", where=f"field #{number}")


def write_head(schema: Schema, dialect: Dialect) -> bytes:
    """The header, if the dialect has one, after the byte order mark, if it has one."""
    mark = b"\xef\xbb\xbf" if dialect.encoding == "utf-8-sig" else b""
    return mark + names_line([name for name, _ in schema.root.fields], dialect) if dialect.header else mark


def check_flat(schema: Schema) -> None:
    """Raise `FormatError`, which names the place of a field, where one holds records, lists or maps."""
    for number, (_, node) in enumerate(schema.root.fields):
        if node.kinds - SCALARS:
            raise FormatError(
                f"CSV cannot hold {', '.join(sorted(node.kinds - SCALARS))}",
                where=f"field #{number} of the output",
                do="write to a format that nests, like jsonl or parquet, or drop the field",
            )


def names_line(names: Sequence[str], dialect: Dialect) -> bytes:
    """Names of columns as a line of the dialect, whether or not its files have one."""
    cells = [write_cell(name, dialect.delimiter, dialect.quote) for name in names]
    if any(cell is None for cell in cells):
        raise FormatError("a column's name needs quotes and the dialect has none")
    line = dialect.delimiter.join(cell for cell in cells if cell is not None)
    line = dialect.quote * 2 if list(names) == [""] else line
    try:
        return (line + "\n").encode(dialect.codec)
    except UnicodeEncodeError:
        raise FormatError("a column's name has characters that the encoding lacks") from None
