"""Small stand-ins for what the gate is given: a format, transforms, detectors, plans."""

# mypy: disable-error-code="no-untyped-call"

import io
import json
import types
from datetime import date
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pratique.gate import RawValues, inspect
from pratique.model.catalogue import Finding
from pratique.model.classes import DataClass
from pratique.model.data import Batch, Block, Column, FormatSpec, Reject
from pratique.model.plan import PLAN_VERSION, Applied, KeyRef, Mode, Plan, Step
from pratique.model.policy import Route
from pratique.model.schema import Kind, Node, Schema

TODAY = date(2026, 11, 23)
ROUTE = Route("eu", "us", DataClass.PSEUDONYMISED, "SCC", "2027-06-30")


class LinesFormat:
    """JSON lines, in either form of batch; blocks of ``rows`` lines, split over two interleaved batches if asked."""

    name = "jsonl"
    version = 1
    extension = ".jsonl"

    def __init__(self, form="columns", rows=3, *, interleave=False, miscount=0):
        self.form, self.rows, self.interleave, self.miscount = form, rows, interleave, miscount

    def check_container(self, stream, schema, spec, seed):
        pass

    def decode(self, stream, start, end, spec, schema):
        data = stream.read(end - start)
        offset, lines = 0, []
        for line in data.splitlines(keepends=True):
            lines.append((offset, line))
            offset += len(line)
        for first in range(0, len(lines), self.rows):
            yield self._block(lines[first : first + self.rows])

    def _block(self, lines):
        rows, rejects = [], []
        for at, line in lines:
            try:
                rows.append((at, json.loads(line)))
            except ValueError:
                rejects.append(Reject(at, len(line), "json"))
        groups = [rows[0::2], rows[1::2]] if self.interleave else [rows]
        batches = tuple(self._batch(group) for group in groups if group)
        return Block(batches, tuple(rejects), lines[0][0], b"", len(rows) + len(rejects) + self.miscount)

    def _batch(self, rows):
        ordinals = np.array([at for at, _ in rows], dtype=np.int64)
        if self.form == "records":
            return Batch(ordinals, records=[row for _, row in rows])
        names = {name: None for _, row in rows for name in row}
        columns = {}
        for name in names:
            encoded = pa.array([row.get(name) for _, row in rows]).dictionary_encode()
            if encoded.type.value_type == pa.null():
                encoded = pa.array([None] * len(rows), type=pa.string()).dictionary_encode()
            # A value that no row uses must not count.
            columns[name] = Column(encoded.dictionary, encoded.indices)
        return Batch(ordinals, columns=columns)


def encode(rows):
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


class Token:
    """Proves what is of its own making: ``tok1.1.`` and a word that ends with its secret letter."""

    def __init__(self, secret="z"):
        self.secret = secret

    def make(self, word):
        return f"tok1.1.{word}{self.secret}"

    def proves(self, values):
        return np.array([v.startswith("tok1.1.") and v.endswith(self.secret) for v in values.to_pylist()], dtype=bool)

    def fits(self, values):
        return np.array([str(v).startswith("tok1.") for v in values.to_pylist()], dtype=bool)


class Grammar:
    """Proves nothing; fits a regular expression."""

    def __init__(self, pattern):
        self.pattern = pattern

    def proves(self, values):
        return np.zeros(len(values), dtype=bool)

    def fits(self, values):
        texts = values if pa.types.is_string(values.type) else values.cast(pa.string())
        return np.asarray(pc.match_substring_regex(texts, f"^(?:{self.pattern})$").to_numpy(zero_copy_only=False))


class Words:
    """Finds words that are given, with a score each; counts how many values it was shown."""

    def __init__(self, **scores):
        self.words = {
            "Secret": ("PERSON", 0.9),
            "4111111111111111": ("CREDIT_CARD", 0.9),
            "2026-01-02": ("DATE_TIME", 0.8),
        }
        self.words |= scores
        self.shown = []

    digests = types.MappingProxyType({"words": "0"})
    entities = frozenset({"PERSON", "CREDIT_CARD", "DATE_TIME"})

    def find_many(self, texts):
        found = []
        for text in texts:
            hits = []
            for word, (entity, score) in self.words.items():
                at = text.find(word)
                if at >= 0:
                    hits.append(Finding(at, at + len(word), entity, score, "words"))
            found.append(sorted(hits))
        return found

    def find_any(self, values, score):
        self.shown += values.to_pylist()
        return np.array(
            [any(f.score >= score for f in hits) for hits in self.find_many(values.to_pylist())], dtype=bool
        )


def applied(transform, entity="USER_ID"):
    key = KeyRef("viewer", entity, 1, "eu -> us") if transform in ("token", "pseudonym") else None
    return Applied(entity, transform, 1, {}, key)


def step(path, mode=Mode.KEEP, *, apply=None, spans=(), waived=(), output_class=DataClass.NONE, kinds=(Kind.STRING,)):
    return Step(
        path=path if isinstance(path, tuple) else (path,),
        mode=mode,
        kinds=kinds,
        optional=True,
        entities=(),
        apply=apply,
        spans=tuple(spans),
        waived=tuple(waived),
        output_class=output_class,
        output_kinds=kinds,
        decided="person",
        rule="rule",
    )


def plan(*steps, route=ROUTE, source="eu", target="us", data_class=DataClass.PSEUDONYMISED, score=0.6):
    return Plan(
        version=PLAN_VERSION,
        flow="flow",
        source="a",
        target="b",
        source_region=source,
        target_region=target,
        route=route,
        policy="p",
        schema=Schema(Node(frozenset({Kind.RECORD}))),
        steps=tuple(steps),
        subject=None,
        data_class=data_class,
        source_format=FormatSpec("jsonl"),
        target_format=FormatSpec("jsonl"),
        guard_score=0.5,
        residue_score=score,
        residue_limit=0,
        max_quarantine=0.05,
        part_size=1 << 26,
        components={},
        decisions="",
        bulk_decisions=0,
    )


def flat(**kinds):
    """A flat output schema: name to a kind or several; every field may be null."""
    fields = {
        name: Node(frozenset({Kind.NULL, *([kind] if isinstance(kind, Kind) else kind)}), optional=True)
        for name, kind in kinds.items()
    }
    return Schema(Node(frozenset({Kind.RECORD}), fields=tuple(fields.items())))


def look(
    data,
    the_plan,
    schema,
    *,
    form="columns",
    bound=None,
    emits=None,
    residue=None,
    raws=(),
    read=None,
    quarantined=None,
    origins=None,
    today=TODAY,
    format=None,
    stream=None,
):
    """`inspect` with everything that a test does not care for."""
    if not isinstance(data, bytes):
        data = encode(data)
    rows = data.count(b"\n")
    return inspect(
        stream if stream is not None else io.BytesIO(data),
        name="run/00000-00000.jsonl",
        plan=the_plan,
        output_schema=schema,
        format=cast("Any", format or LinesFormat(form)),
        bound=bound or {},
        emits=emits or {},
        residue=residue or Words(),
        origins=np.arange(rows, dtype=np.int64) * 100 if origins is None else origins,
        raw=RawValues([pa.array(list(raws), type=pa.string())]),
        read=rows + sum((quarantined or {}).values()) if read is None else read,
        quarantined=quarantined or {},
        today=today,
        seed=bytes(32),
    )
