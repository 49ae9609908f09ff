"""Fields of Fernet tokens: decoded first, by both ways alike, and the tokens themselves never pass."""

import base64
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from kernel_fakes import TRANSFORMS, SignDetector, plan, step

from pratique.crypto.secret import SecretBytes
from pratique.errors import KeyStoreError
from pratique.kernel import bind
from pratique.kernel.decode import decode_batch
from pratique.kernel.values import distinct, records_of
from pratique.model.data import Batch
from pratique.model.paths import ITEM
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node

RAW = bytes(range(32))
WAY = Fernet(base64.urlsafe_b64encode(RAW))
STRING = Node(frozenset({Kind.STRING, Kind.NULL}))


def made(value: str) -> str:
    return WAY._encrypt_from_parts(value.encode(), 0, bytes(16)).decode()


class Keys:
    """Knows one Fernet key."""

    def fernet(self, name: str) -> Sequence[SecretBytes]:
        if name != "old":
            raise KeyStoreError("no such key")
        return [SecretBytes(RAW)]


def bound_of(root: Node, steps, subject=None):
    return bind(plan(root, steps, subject), Keys(), TRANSFORMS, SignDetector())


def coded(path, mode, **more):
    return replace(step(path, mode, **more), fernet="old")


FIELDS = ("who", "card", "note")
ROOT = Node(frozenset({Kind.RECORD}), fields=tuple((name, STRING) for name in FIELDS))
PLAIN = ["Anna", "Anna Berg", "!bad", "@sign", "1234567", "", "é", "4111111111111111"]
CELLS = st.none() | st.sampled_from([*PLAIN, *map(made, PLAIN), made("Anna")[:-2] + "A=", made(made("Anna"))])
MODES = st.sampled_from(["keep", "drop", "token", "shift_date", "text", "undecided"])


def make_step(name: str, mode: str, *, decoded: bool):
    if mode == "text":
        found = step((name,), Mode.TEXT, spans=[("SIGN", "token"), ("OTHER", "replace")])
    elif mode in TRANSFORMS:
        found = step((name,), Mode.WHOLE, transform=mode)
    else:
        found = step((name,), {"drop": Mode.DROP, "undecided": Mode.QUARANTINE}.get(mode, Mode.KEEP), waived=["SIGN"])
    return replace(found, fernet="old") if decoded else found


@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, CELLS)), min_size=1, max_size=8),
    st.tuples(MODES, MODES, MODES),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
    st.booleans(),
)
def test_both_ways_are_equal(rows, modes, decoded, with_subject):
    steps = [make_step(n, m, decoded=d) for n, m, d in zip(FIELDS, modes, decoded, strict=True)]
    bound = bound_of(ROOT, steps, ("who",) if with_subject else None)
    ordinals = np.arange(len(rows), dtype=np.int64) * 10
    columns = {name: distinct([row[name] for row in rows], Kind.STRING) for name in FIELDS}
    by_columns = bound.apply(Batch(ordinals, columns=columns))
    by_records = bound.apply(Batch(ordinals, records=[dict(row) for row in rows]))
    assert by_columns.quarantined == by_records.quarantined
    assert by_columns.treated.ordinals.tolist() == by_records.treated.ordinals.tolist()
    left = records_of(by_columns.treated)
    assert left == [{n: r.get(n) for n in left[at]} for at, r in enumerate(by_records.treated.records)]
    gathered = [{v for a in o.raws for v in a.to_pylist()} for o in (by_columns, by_records)]
    # The columns also give the tokens of rows that are held back for their shape; here none is.
    assert gathered[0] == gathered[1]
    encoded = {n for n, d in zip(FIELDS, decoded, strict=True) if d}
    for ordinal, record in zip(by_records.treated.ordinals.tolist(), by_records.treated.records, strict=True):
        row = rows[ordinal // 10]
        for name in encoded:
            assert row[name] is None or (row[name] not in record.values())


def test_what_does_not_authenticate_holds_its_record_back():
    bound = bound_of(ROOT, [coded(("card",), Mode.KEEP), step(("who",), Mode.KEEP), step(("note",), Mode.KEEP)])
    rows = [{"card": made("fine")}, {"card": "plain"}, {"card": made("x")[:-1]}, {"card": None}, {}]
    outcome = bound.apply(Batch(np.arange(5), records=rows))
    assert [(q.ordinal, q.rule, q.path) for q in outcome.quarantined] == [
        (1, "fernet", ("card",)),
        (2, "fernet", ("card",)),
    ]
    assert [r.get("card") for r in outcome.treated.records] == ["fine", None, None]


def test_what_was_decoded_is_guarded_and_echoes():
    steps = [coded(("card",), Mode.KEEP), step(("who",), Mode.WHOLE), step(("note",), Mode.KEEP)]
    bound = bound_of(ROOT, steps)
    rows = [{"card": made("a @sign")}, {"card": made("Anna Berg"), "who": "Anna Berg"}]
    assert [q.rule for q in bound.apply(Batch(np.arange(2), records=rows)).quarantined] == ["guard", "echo"]
    bound = bound_of(ROOT, [coded(("card",), Mode.DROP), step(("who",), Mode.KEEP), step(("note",), Mode.KEEP)])
    rows = [{"card": made("Anna Berg"), "note": "of Anna Berg"}, {"card": made("Anna Berg"), "note": made("Anna Berg")}]
    outcome = bound.apply(Batch(np.arange(2), records=rows))
    assert [q.rule for q in outcome.quarantined] == ["echo", "echo"], "the value, and its token"


def test_the_gate_gets_the_tokens_and_what_was_in_them():
    bound = bound_of(ROOT, [coded(("card",), Mode.WHOLE), step(("who",), Mode.KEEP), step(("note",), Mode.KEEP)])
    outcome = bound.apply(Batch(np.arange(1), records=[{"card": made("4111111111111111")}]))
    raws = {value for array in outcome.raws for value in array.to_pylist()}
    assert raws == {"4111111111111111", made("4111111111111111")}


def test_items_of_lists_are_decoded():
    root = Node(frozenset({Kind.RECORD}), fields=(("cards", Node(frozenset({Kind.LIST}), item=STRING)),))
    bound = bound_of(root, [coded(("cards", ITEM), Mode.WHOLE)])
    rows = [{"cards": [made("ab"), None, made("cd")]}, {"cards": [made("ab"), "plain"]}]
    outcome = bound.apply(Batch(np.arange(2), records=rows))
    assert outcome.treated.records == [{"cards": ["~ba", None, "~dc"]}]
    assert [q.rule for q in outcome.quarantined] == ["fernet"]


def test_no_key_no_plan():
    wrong = replace(step(("card",), Mode.KEEP), fernet="new")
    with pytest.raises(KeyStoreError):
        bound_of(ROOT, [wrong])
    with pytest.raises(KeyStoreError):
        bind(plan(ROOT, [coded(("card",), Mode.KEEP)]), None, TRANSFORMS, SignDetector())


@given(st.lists(st.fixed_dictionaries({"card": CELLS, "cards": st.lists(CELLS, max_size=3)}), max_size=5))
def test_a_look_decodes_what_it_can_and_leaves_the_rest(rows):
    decode = bound_of(ROOT, [coded(("card",), Mode.KEEP)]).steps[0].decode
    assert decode is not None
    ways = {("card",): decode, ("cards", ITEM): decode}

    def looked(cell):
        found = None if cell is None else decode(cell)
        return cell if found is None else found

    before = [{"card": row["card"], "cards": list(row["cards"])} for row in rows]
    batch = Batch(np.arange(len(rows)), records=rows)
    found = decode_batch(batch, ways).records
    assert found == [{"card": looked(r["card"]), "cards": [looked(c) for c in r["cards"]]} for r in before]
    assert rows == before, "what was given is as it was"
    column = distinct([row["card"] for row in rows], Kind.STRING)
    by_columns = decode_batch(Batch(np.arange(len(rows)), columns={"card": column}), ways)
    assert [r["card"] for r in records_of(by_columns)] == [r["card"] for r in found]
    assert by_columns.columns is not None
    values = by_columns.columns["card"].values
    assert len(values.unique()) == len(values)
