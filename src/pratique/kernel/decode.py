"""Fields whose values are tokens of an older pipeline: decoded before anything else looks at them.

What is decoded takes the place of the token everywhere: it is what the step treats, what echoes, who the subject is.
What does not decode holds its record back, by the rule ``fernet``. The tokens themselves are raw values too: one that
stands in another field of its record, or of its part, does not pass.
"""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from pratique.kernel.held import Held
from pratique.kernel.slots import Slot
from pratique.kernel.steps import BoundStep, long_texts
from pratique.kernel.values import Bools, kind_of_array, regroup, spread
from pratique.model.data import Batch, Column, Record
from pratique.model.paths import ITEM, VALUE, FieldPath
from pratique.model.schema import Kind

RULE = "fernet"

Decode = Callable[[str], str | None]
"""A token to what is in it; None for what is no token of its key."""


def decode_columns(
    steps: Mapping[str, BoundStep], columns: Mapping[str, Column], held: Held
) -> tuple[Mapping[str, Column], Mapping[str, Column]]:
    """The columns with every token decoded, and the columns of tokens as they were."""
    tokens: dict[str, Column] = {}
    found = dict(columns)
    for name, step in steps.items():
        column = columns.get(name)
        if step.decode is None or column is None or kind_of_array(column.values) is not Kind.STRING:
            continue
        decoded, refused = _decoded(step.decode, column)
        held.hold(refused, RULE, step.step.path)
        tokens[name], found[name] = column, decoded
    return found, tokens


def _decoded(decode: Decode, column: Column) -> tuple[Column, Bools]:
    outputs = pa.array([decode(token) for token in column.values.to_pylist()], pa.string())
    failed = outputs.is_null().to_numpy(zero_copy_only=False)
    return regroup(outputs, column.codes), spread(failed, column.codes)


def decode_slots(step: BoundStep, slots: list[Slot], held: Held) -> None:
    """Decode one field's leaves in place; those that do not decode are taken out, and hold their records back."""
    if step.decode is None:
        return
    known: dict[str, str | None] = {}
    left: list[Slot] = []
    for slot in slots:
        token = str(slot.value)
        if token not in known:
            known[token] = step.decode(token)
        decoded = known[token]
        if decoded is None:
            held.hold_row(slot.row, RULE, step.step.path)
        else:
            slot.token, slot.value = token, decoded
            left.append(slot)
    slots[:] = left


def raw_tokens(tokens: Mapping[str, Column]) -> list[pa.StringArray]:
    """Tokens as raw values for the gate."""
    return [long_texts(column.values) for column in tokens.values()]


def decode_batch(batch: Batch, ways: Mapping[FieldPath, Decode]) -> Batch:
    """For a look at a dataset: the batch with its tokens decoded. What does not decode stays as it stands."""
    if not ways:
        return batch
    if batch.columns is not None:
        columns = dict(batch.columns)
        for path, decode in ways.items():
            column = columns.get(path[0]) if len(path) == 1 else None
            if column is not None and kind_of_array(column.values) is Kind.STRING:
                outputs = [_or_itself(decode, token) for token in column.values.to_pylist()]
                columns[path[0]] = regroup(pa.array(outputs, pa.string()), column.codes)
        return Batch(batch.ordinals, columns=columns)
    assert batch.records is not None
    return Batch(batch.ordinals, records=[_record(record, ways) for record in batch.records])


def _record(record: Record, ways: Mapping[FieldPath, Decode]) -> Record:
    found: object = record
    for path, decode in ways.items():
        found = _below(found, path, decode)
    assert isinstance(found, dict)
    return found


def _below(value: object, path: Sequence[str], decode: Decode) -> object:
    """A copy of the value in which what stands at the path is decoded."""
    if not path:
        return _or_itself(decode, value) if isinstance(value, str) else value
    name, rest = path[0], path[1:]
    if isinstance(value, list) and name == ITEM:
        return [_below(item, rest, decode) for item in value]
    if isinstance(value, dict) and name == VALUE:
        return {key: _below(item, rest, decode) for key, item in value.items()}
    if isinstance(value, dict) and name in value:
        return {**value, name: _below(value[name], rest, decode)}
    return value


def _or_itself(decode: Decode, token: str) -> str:
    decoded = decode(token)
    return token if decoded is None else decoded
