"""Small honest doubles for the kernel's tests: a detector that knows one sign, transforms that are easy to foresee."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pratique.model.catalogue import Finding
from pratique.model.classes import DataClass
from pratique.model.data import FormatSpec
from pratique.model.plan import PLAN_VERSION, Applied, Mode, Plan, Step
from pratique.model.schema import Kind, Node, Schema
from pratique.ports import REFUSED


class SignDetector:
    """Finds ``@word`` as SIGN and ``#word`` as OTHER in any text."""

    digests: Mapping[str, str] = {"sign": "1"}
    entities = frozenset({"SIGN", "OTHER"})
    types: Mapping[str, tuple[str, str]] = {}

    @property
    def without_model(self):
        return self

    def find_many(self, texts: Sequence[str], *, field=None, without=frozenset()):
        return [[f for f in self._find(text) if f.entity not in without] for text in texts]

    def _find(self, text: str) -> list[Finding]:
        found = []
        for at, sign in enumerate(text):
            if sign in "@#":
                end = at + 1
                while end < len(text) and text[end].isalnum():
                    end += 1
                found.append(Finding(at, end, "SIGN" if sign == "@" else "OTHER", 0.9, "sign"))
        return found

    def find_any(self, values: pa.Array, *, score: float, field=None, without=frozenset()):
        return np.array(["@" in v or "#" in v for v in values.to_pylist()], dtype=bool)

    def validated(self):
        return frozenset()

    def types_of_name(self, field):
        return frozenset()


@dataclass
class Bound:
    """``reverse`` turns text round and refuses what starts with ``!``; ``with_subject`` puts the subject before it."""

    kind: str

    def apply(self, values, subjects):
        if self.kind == "subject":
            assert subjects is not None
            return [f"{s}/{v}" for v, s in zip(values, subjects, strict=True)]
        if self.kind == "constant":
            return ["<X>"] * len(values)
        return [REFUSED if str(v).startswith("!") else f"~{str(v)[::-1]}" for v in values]

    def apply_array(self, values):
        if self.kind == "constant":
            return pa.array(["<X>"] * len(values), pa.string())
        return None

    def invert(self, values, subjects):
        return [v[:0:-1] if isinstance(v, str) and v.startswith("~") else REFUSED for v in values]

    def proves(self, values):
        return np.zeros(len(values), dtype=bool)

    def spans(self, text):
        return [m.span() for m in re.finditer(r"~\w+", text)] if self.kind == "reverse" else []

    def fits(self, values):
        return np.ones(len(values), dtype=bool)


@dataclass
class Fake:
    name: str
    kind: str
    keyed: bool = False
    needs_subject: bool = False
    version: int = 1
    reversible: bool = True
    joins: bool = True
    loses: str = ""

    def bind(self, applied, keys):
        return Bound(self.kind)

    def emits(self, entity):
        return frozenset()


TRANSFORMS = {
    "token": Fake("token", "reverse"),
    "replace": Fake("replace", "constant", reversible=False),
    "shift_date": Fake("shift_date", "subject", needs_subject=True, reversible=False),
}


def step(path, mode, kinds=(Kind.STRING,), *, transform="token", spans=(), waived=()):
    return Step(
        path=path,
        mode=mode,
        kinds=tuple(sorted({*kinds, Kind.NULL})),
        optional=True,
        entities=("SIGN",),
        apply=Applied("SIGN", transform, 1, {}) if mode is Mode.WHOLE else None,
        spans=tuple(Applied(entity, name, 1, {}) for entity, name in spans),
        waived=tuple(waived),
        output_class=DataClass.PSEUDONYMISED,
        output_kinds=(Kind.NULL, Kind.STRING),
        decided="person",
        rule="test",
    )


def plan(root: Node, steps: Sequence[Step], subject=None) -> Plan:
    return Plan(
        version=PLAN_VERSION,
        flow="f",
        source="s",
        target="t",
        source_region="eu",
        target_region="eu",
        route=None,
        policy="p",
        schema=Schema(root),
        steps=tuple(steps),
        subject=subject,
        data_class=DataClass.PSEUDONYMISED,
        source_format=FormatSpec("jsonl"),
        target_format=FormatSpec("jsonl"),
        guard_score=0.5,
        residue_score=0.6,
        residue_limit=0,
        max_quarantine=1.0,
        part_size=1,
        components={},
        decisions="",
        bulk_decisions=0,
    )
