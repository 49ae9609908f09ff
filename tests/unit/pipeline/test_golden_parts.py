"""The parts of a run: byte ranges that begin at records, of the plan's size, whoever works them."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pratique.formats.csv import Csv
from pratique.formats.jsonl import JsonLines
from pratique.model.data import FormatSpec, Input
from pratique.pipeline.move import Mover, _parts

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "parts.json").read_text(encoding="utf-8"))


@dataclass
class Words:
    """What cutting an input into parts needs of a plan and of a source."""

    data: bytes
    part_size: int
    source_format: FormatSpec

    def open(self, _item: Input) -> BinaryIO:
        return io.BytesIO(self.data)


@dataclass
class Needed:
    """What it needs of a mover."""

    plan: Words
    source: Words
    source_format: JsonLines | Csv


def test_ranges_of_parts():
    for vector in GOLDEN["inputs"]:
        data = vector["data"].encode()
        words = Words(data, vector["part_size"], FormatSpec(vector["format"], vector["options"]))
        way = JsonLines() if vector["format"] == "jsonl" else Csv()
        item = Input("x", vector["number"], len(data), vector["compression"])
        parts = _parts(cast("Mover", Needed(words, words, way)), item)
        assert [[part.id, part.start, part.end] for part in parts] == vector["parts"]
        assert all(part.input == item for part in parts)
