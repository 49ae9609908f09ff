"""Labelled texts as JSON Lines.

One object a line:

- ``text``;
- ``spans``: what is marked in it, ``[start, end, label]`` each, offsets in characters (Python's `str` positions);
- ``annotated``, optional: the labels that the text marks wherever they occur. Of any other label the absence of a mark
  says nothing, and neither its marks nor its findings count. Without it, the labels of the whole file;
- ``meta.identifier_types``, optional: ``[start, end, type, kind]`` each, ``kind`` one of DIRECT, QUASI and NO_MASK, as
  in the Text Anonymization Benchmark (Pilán and others, Computational Linguistics 48(4), 2022).

Anything else in an object is passed over. A file whose name ends in ``.gz`` is unpacked as it is read.
"""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

import orjson

from pratique.errors import SourceError

LONGEST_LINE: Final = 64 << 20
"""Bytes."""
KINDS: Final = frozenset({"DIRECT", "QUASI", "NO_MASK"})
KNOWN_LABELS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("PER", "B-PER", "NAME", "FULL_NAME"), "PERSON"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "FACILITY", "CITY", "COUNTRY", "STATE"), "LOCATION"),
    **dict.fromkeys(("ORG", "COMPANY", "CORPORATION"), "ORGANIZATION"),
    **dict.fromkeys(("DATE", "TIME", "DATETIME"), "DATE_TIME"),
    **dict.fromkeys(("STREET_ADDRESS", "STREET"), "ADDRESS"),
    **dict.fromkeys(("EMAIL", "E_MAIL"), "EMAIL_ADDRESS"),
    **dict.fromkeys(("PHONE", "TELEPHONE", "FAX"), "PHONE_NUMBER"),
    **dict.fromkeys(("NORP", "NATIONALITY"), "NRP"),
    **dict.fromkeys(("CODE", "ID"), "ID_CODE"),
    **dict.fromkeys(("IBAN",), "IBAN_CODE"),
}
"""What other people call our types; what a caller says goes before it."""

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True, repr=False)
class Labelled:
    """One text with its marks; labels are entity types here."""

    line: int
    """In the file, from 1."""
    text: str
    spans: tuple[Span, ...]
    """Sorted."""
    annotated: frozenset[str] | None
    identifiers: tuple[Span, ...]
    """With DIRECT, QUASI or NO_MASK as the label; empty where the text has none."""


def read(file: Path, labels: Mapping[str, str] | None = None) -> Iterator[Labelled]:
    """The texts of a file, one by one.

    ``labels``: label to entity type, before `KNOWN_LABELS`; a label that is mapped to the empty word is left out.
    Raises `SourceError` naming the line and the rule that it breaks, never what stands there.
    """
    names = {**KNOWN_LABELS, **(labels or {})}
    number = 0
    try:
        with _open(file) as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise SourceError(f"longer than {LONGEST_LINE >> 20} MiB", where=_place(file, number))
                if line.strip():
                    yield _labelled(line, number, names, _place(file, number))
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror or 'not a gzip file'})", where=file.name) from None
    except (EOFError, zlib.error):
        raise SourceError("breaks off, or is damaged", where=_place(file, number + 1)) from None
    if not number:
        raise SourceError("is empty", where=file.name)


def _open(file: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")


def _place(file: Path, line: int) -> str:
    return f"{file.name}:{line}"


def _labelled(line: bytes, number: int, names: Mapping[str, str], where: str) -> Labelled:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise SourceError("not a JSON object in UTF-8", where=where) from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise SourceError("not an object with a text", where=where, do='write {"text": …, "spans": …}')
    text = found["text"]
    spans = _spans(found.get("spans"), len(text), "spans", 3, where)
    annotated = found.get("annotated")
    if annotated is not None and not _texts(annotated):
        raise SourceError("annotated is no list of labels", where=where)
    meta = found.get("meta")
    kinds = meta.get("identifier_types", []) if isinstance(meta, dict) else []
    identifiers = _spans(kinds, len(text), "meta.identifier_types", 4, where)
    if any(kind not in KINDS for _, _, kind in identifiers):
        raise SourceError("an identifier is none of DIRECT, QUASI and NO_MASK", where=where)
    known = [(start, end, names.get(label, label)) for start, end, label in spans]
    return Labelled(
        line=number,
        text=text,
        spans=tuple(span for span in known if span[2]),
        annotated=None if annotated is None else frozenset(names.get(label, label) for label in annotated) - {""},
        identifiers=identifiers,
    )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _spans(value: Any, length: int, name: str, size: int, where: str) -> tuple[Span, ...]:
    """Sorted, by the first two of each and its last."""
    if not isinstance(value, list):
        raise SourceError(f"{name} is no list", where=where)
    spans: list[Span] = []
    for item in value:
        good = isinstance(item, list) and len(item) == size and all(type(at) is int for at in item[:2])
        if not good or not _texts(item[2:]):
            raise SourceError(f"an entry of {name} is not what it must be", where=where, do="write [start, end, label]")
        if not 0 <= item[0] < item[1] <= length:
            do = "offsets count characters from 0; the end is the first that is not in it"
            raise SourceError(f"an entry of {name} is outside the text", where=where, do=do)
        spans.append((item[0], item[1], item[-1]))
    return tuple(sorted(spans))
