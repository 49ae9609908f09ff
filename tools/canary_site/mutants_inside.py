"""Mutants whose own work is wrong: a protection is missing, or what they write tells more than it may."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from tools.canary_site.mutant import Mutant, changed, instead, raw

_STEPS = "pratique.kernel.steps"
_COLUMNS = "pratique.kernel.columns"
_TOKEN = "pratique.transform.token"  # noqa: S105 (a module)
_SHIFT = "pratique.transform.shift_date"


def _nothing_refused(original: Any) -> Any:
    import numpy as np  # noqa: PLC0415 (as late as the program does)

    del original
    return lambda _self, values: np.zeros(len(values), dtype=bool)


def _no_echo(_: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    def none(_steps: Any, columns: Any, *_more: Any) -> Any:
        return np.zeros(len(next(iter(columns.values())).codes) if columns else 0, dtype=bool)

    return none


def _into_kept(original: Any) -> Any:
    """The raw owner stands where the show should."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    def treat(plan: Any, steps: Any, batch: Any) -> Any:
        outcome = original(plan, steps, batch)
        columns = dict(outcome.treated.columns)
        if "show" in columns and len(outcome.treated):
            owner = batch.columns["owner"]
            mask = pa.array(np.isin(batch.ordinals, outcome.treated.ordinals))
            columns["show"] = type(owner)(owner.values, owner.codes.filter(mask))
        return replace(outcome, treated=replace(outcome.treated, columns=columns))

    return treat


def _next_record(original: Any) -> Any:
    """Every record has the show of the next."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    def treat(plan: Any, steps: Any, batch: Any) -> Any:
        outcome = original(plan, steps, batch)
        columns = dict(outcome.treated.columns)
        if "show" in columns:
            show = columns["show"]
            columns["show"] = type(show)(show.values, pa.array(np.roll(np.asarray(show.codes), 1), pa.int32()))
        return replace(outcome, treated=replace(outcome.treated, columns=columns))

    return treat


def _in_order(original: Any) -> Any:
    """Real tokens, given out in the order of the values: each is proven, and the order shows."""
    import pyarrow as pa  # noqa: PLC0415

    def whole(self: Any, values: Any, subjects: Any) -> Any:
        result = original(self, values, subjects)
        if self.step.apply.transform != "token":
            return result
        listed = values.to_pylist()
        by_rank = iter(sorted(result.outputs.to_pylist()))
        given = dict(zip(sorted(range(len(listed)), key=listed.__getitem__), by_rank, strict=True))
        return replace(result, outputs=pa.array([given[at] for at in range(len(listed))], pa.string()))

    return whole


def _long(_: Any) -> Any:
    """One block of padding a character: still whole blocks, and the length shows."""

    def seal(self: Any, forms: list[str]) -> list[str]:
        plains = [form.encode() for form in forms]
        padded = [plain + b"\x80" + bytes(16 * len(plain) - len(plain) - 1) for plain in plains]
        return [self._text(self._siv.seal_many([plain])[0]) for plain in padded]

    return seal


def _one_domain(original: Any) -> Any:
    def derived(applied: Any, *rest: Any) -> Any:
        key = replace(applied.key, domain="mail" if applied.key.domain == "other" else applied.key.domain)
        return original(replace(applied, key=key), *rest)

    return derived


def _keyless(_: Any) -> Any:
    def derive(_self: Any, use: str, ref: Any, length: int) -> Any:
        from pratique.crypto.secret import SecretBytes  # noqa: PLC0415

        return SecretBytes(hashlib.shake_256(repr((use, ref.domain, ref.entity)).encode()).digest(length))

    return derive


def _one_shift(original: Any) -> Any:
    return lambda self, subjects, sign: dict.fromkeys(original(self, subjects, sign), 7 * sign)


def _unmoved(_: Any) -> Any:
    return lambda _self, values, *_rest: list(values)


def _last_span_missed(original: Any) -> Any:
    return lambda self, value, findings: original(self, value, findings)[:-1]


def _known_only(original: Any) -> Any:
    """What the plan does not know is left out, and the rest of its record passes."""

    def mapping(self: Any, value: Any, node: Any, path: Any, put: Any) -> None:
        known = {name: item for name, item in value.items() if not node.fields or name in dict(node.fields)}
        original(self, known, node, path, put)

    return mapping


def _by_name(_: Any) -> Any:
    return lambda _plan, path: "/".join(path or ())


def _keys_put_back(original: Any) -> Any:
    """Keys of maps are put back as they came."""

    def treat(plan: Any, steps: Any, batch: Any) -> Any:
        outcome = original(plan, steps, batch)
        raws = {record["number"]: record for record in batch.records}
        for record in outcome.treated.records:
            contacts = raws[record["number"]]["contacts"]
            record["contacts"] = dict(zip(contacts, record["contacts"].values(), strict=True))
        return outcome

    return treat


def _blind(original: Any) -> Any:
    return lambda self, *arguments: replace(original(self, *arguments), bad=[])


def _unchecked(_: Any) -> Any:
    return lambda *_arguments, **_named: None


def _in_clear(_: Any) -> Any:
    return lambda _self, _counter, plaintext: plaintext


def _told(detail: Any) -> Any:
    def make(original: Any) -> Any:
        return lambda self, event, who, details: original(self, event, who, {**details, "like": detail()})

    return make


def _documented(original: Any) -> Any:
    def store(self: Any, plan_hash: str, document: bytes) -> None:
        original(self, plan_hash, document[:-1] + b',"doc":' + json.dumps(raw()).encode() + b"}")

    return store


def _raw_beside(original: Any) -> Any:
    def finish(self: Any) -> Any:
        self._path.with_suffix(".raw").write_text(raw(), encoding="utf-8")
        return original(self)

    return finish


def _index_beside(original: Any) -> Any:
    def finish(self: Any) -> None:
        original(self)
        if self._final.exists():
            self._final.with_suffix(".index").write_text(raw().encode().hex(":"), encoding="ascii")

    return finish


def _named_by_value(original: Any) -> Any:
    return lambda run, part, extension: original(run, f"{part}-{raw('show')}", extension)


def _named_inputs(_: Any) -> Any:
    return lambda _keys, inputs: tuple(state.name for state in inputs)


def _digest() -> str:
    return hashlib.sha256(raw().encode()).hexdigest()


def _mutant(
    name: str, channel: str, scene: str, module: str, patch: Any, *, keys: bool = False, gate: bool = True
) -> Mutant:
    """``gate`` False: the gate sees nothing either; else it would stop the leak before this test could show itself."""
    return Mutant(name, channel, scene, ((module, patch), *(() if gate else _NO_GATE)), keys)


_NO_GATE = (
    ("pratique.gate.judging", instead("Judge.judge", _blind)),
    ("pratique.gate.inspection", instead("_Gate._echoes", _unchecked)),
)


MUTANTS = (
    _mutant("guard-off", "kept fields", "run", _STEPS, instead("BoundStep._guarded", _nothing_refused)),
    _mutant(
        "gate-seeks-no-echo",
        "values of other records",
        "run",
        "pratique.gate.inspection",
        instead("_Gate._echoes", _unchecked),
    ),
    _mutant("kernel-seeks-no-echo", "values of the same record", "run", _COLUMNS, instead("echoing_rows", _no_echo)),
    _mutant("value-in-kept-field", "kept fields", "run", _COLUMNS, instead("treat_columns", _into_kept)),
    _mutant("kept-in-other-record", "records", "run", _COLUMNS, instead("treat_columns", _next_record), gate=False),
    _mutant("order-kept", "order", "run", _STEPS, instead("BoundStep._whole", _in_order)),
    Mutant(
        "length-kept",
        "length",
        "run",
        (
            (_TOKEN, instead("BoundToken._seal", _long)),
            (_TOKEN, instead("BoundToken.apply_array", lambda _: lambda _self, _values: None)),
        ),
    ),
    _mutant("domains-join", "equality across domains", "run", _TOKEN, instead("derived", _one_domain)),
    _mutant(
        "keys-ignored",
        "tokens without a key",
        "run",
        "pratique.keys.file",
        instead("FileKeyStore.derive", _keyless),
        keys=True,
    ),
    _mutant("dates-unmoved", "dates", "run", _SHIFT, instead("BoundShift._texts", _unmoved)),
    _mutant("dates-move-together", "dates of all persons", "run", _SHIFT, instead("BoundShift._offsets", _one_shift)),
    _mutant(
        "span-missed",
        "free text",
        "letters",
        "pratique.kernel.text",
        instead("TextTreatment._spans", _last_span_missed),
    ),
    _mutant(
        "map-keys",
        "keys of maps",
        "profiles",
        "pratique.kernel.walk",
        instead("treat_records", _keys_put_back),
        gate=False,
    ),
    _mutant(
        "new-field-passes", "unknown fields", "run", "pratique.kernel.walk", instead("_Walker.mapping", _known_only)
    ),
    _mutant("new-field-named", "names of fields", "held", "pratique.assembly.quarantine", instead("_field", _by_name)),
    _mutant("quarantine-in-clear", "quarantine", "run", "pratique.crypto.seal", instead("Sealer.seal", _in_clear)),
    _mutant(
        "quarantine-index",
        "what lies beside quarantine",
        "run",
        "pratique.quarantine.store",
        instead("FileQuarantineWriter.finish", _index_beside),
    ),
    _mutant("audit-quotes", "the audit log", "run", "pratique.audit.log", instead("FileAuditLog.append", _told(raw))),
    _mutant(
        "audit-digest", "unkeyed digests", "run", "pratique.audit.log", instead("FileAuditLog.append", _told(_digest))
    ),
    _mutant(
        "refusal-logged",
        "refusals in the audit log",
        "refused",
        "pratique.audit.log",
        instead("FileAuditLog.append", _told(lambda: raw("card"))),
    ),
    _mutant(
        "release-quotes",
        "release.json",
        "run",
        "pratique.runs.release",
        changed("assemble", lambda release: replace(release, risk=raw())),
    ),
    _mutant(
        "inputs-named",
        "names of inputs in a release",
        "run",
        "pratique.runs.ids",
        instead("keyed_inputs", _named_inputs),
    ),
    _mutant("file-named", "names of released files", "run", "pratique.runs.ids", instead("file_name", _named_by_value)),
    _mutant(
        "plan-documented",
        "schemas' defaults and documentation",
        "run",
        "pratique.stores.runs",
        instead("SqliteRunStore.store_plan", _documented),
    ),
    _mutant("raw-staged", "staging", "run", "pratique.runs.staging", instead("FileStaged.finish", _raw_beside)),
    _mutant("staging-left", "staging", "run", "pratique.runs.staging", instead("FileStagingArea.remove", _unchecked)),
)
