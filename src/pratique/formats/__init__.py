"""Bytes to batches and back: JSON Lines, CSV, plain text, Parquet, Avro, messages; see `pratique.ports.Format`."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pratique.errors import ConfigError
from pratique.formats.avro import Avro
from pratique.formats.csv import Csv
from pratique.formats.doubles import check_doubles
from pratique.formats.jsonl import JsonLines
from pratique.formats.messages import Messages, registered_schema, stated_schema, uses_registry
from pratique.formats.parquet import Parquet
from pratique.formats.text import Text
from pratique.model.data import Dataset, FormatSpec
from pratique.ports import Format

__all__ = ["STREAM", "format_for", "registered_schema", "registry", "stated_schema", "uses_registry"]

_BY_EXTENSION = {
    ".jsonl": FormatSpec("jsonl"),
    ".ndjson": FormatSpec("jsonl"),
    ".csv": FormatSpec("csv"),
    ".tsv": FormatSpec("csv", {"delimiter": "\t"}),
    ".txt": FormatSpec("text"),
    ".parquet": FormatSpec("parquet"),
    ".avro": FormatSpec("avro"),
}
_COMPRESSED = (".gz", ".zst")
STREAM = "kafka://"
"""What the address of a topic begins with."""


def registry() -> Mapping[str, Format]:
    """Every format by its name; `FormatError` where they would not write what released records have."""
    check_doubles()
    formats: tuple[Format, ...] = (JsonLines(), Csv(), Text(), Parquet(), Avro(), Messages())
    return {way.name: way for way in formats}


def format_for(dataset: Dataset, first_input: str) -> FormatSpec:
    """The format that a dataset declares, or else the one that its first input's name tells (``.gz`` and
    ``.zst`` aside).

    Raises `ConfigError`, which never says the name, where neither tells.
    """
    where = f"dataset {dataset.name}"
    if dataset.uri.startswith(STREAM):
        return _of_stream(dataset.format)
    if dataset.format is not None:
        if dataset.format.name not in registry():
            raise ConfigError("an unknown format", where=where, do=f"use one of {', '.join(sorted(registry()))}")
        return dataset.format
    path = PurePosixPath(first_input.lower())
    extension = path.with_suffix("").suffix if path.suffix in _COMPRESSED else path.suffix
    if extension == ".json":
        raise ConfigError(
            "a .json file may be one document or many",
            where=where,
            do="declare format: jsonl if it has one object a line",
        )
    if extension not in _BY_EXTENSION:
        raise ConfigError("the file extension tells no format", where=where, do="declare the dataset's format")
    return _BY_EXTENSION[extension]


def _of_stream(declared: FormatSpec | None) -> FormatSpec:
    """A topic's format is always `messages`; what is declared is the form of its values."""
    if declared is None or declared.name == Messages.name:
        return FormatSpec(Messages.name, {} if declared is None else declared.options)
    return FormatSpec(Messages.name, {**declared.options, "value": declared.name})
