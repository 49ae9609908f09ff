"""Decisions out to a file that reads well in a code review: one block a field, in the schema's order; decisions as
data, evidence as comments; never a value.

The same state gives the same bytes, so two exports differ by what was decided. `pratique.catalogue.importing` takes the
edited file back.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pratique.model.catalogue import Decision, Evidence, Scan, Verdict, VerdictState
from pratique.model.exchange import EXCHANGE_VERSION, Entry, Exchange, ExchangedField
from pratique.model.paths import FieldPath, show_path

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_|.-]*(?: [A-Za-z0-9_|.()-]+)*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some reader of YAML takes for something else than text."""

_HEAD: Final = """\
# What the fields of dataset {dataset} are held to be, and who said so. There are no values here.
#
# To decide, write an entry under a field's decisions and give the file back:
#
#     pratique catalogue import FILE --as STEWARD
#
#   - decision: confirm           # these types are right
#     types: [PERSON]
#     reason: why
#
# Or: set (these are the types), reject (this one type is not here), not-personal (no types), withdraw (take back the
# newest). What loosens counts only with a steward's signature, which --as gives. Entries with a number are decided:
# leave them as they are, and write below them.

"""


def kinds_of(scan: Scan) -> dict[FieldPath, str]:
    """What every field of a scan may be, in words: ``integer|null``."""
    return {
        leaf.path: "|".join(sorted(leaf.kinds)) + (f" ({leaf.logical})" if leaf.logical else "")
        for leaf in scan.schema.fields()
    }


def exchange(scan: Scan, proposed: Mapping[FieldPath, Sequence[str]], decisions: Sequence[Decision]) -> Exchange:
    """The state as a file's content: every field of the scan, then those that only decisions know."""
    kinds = kinds_of(scan)
    paths = dict.fromkeys((*kinds, *sorted({d.path for d in decisions})))
    own: dict[FieldPath, list[Entry]] = {}
    for d in sorted(decisions, key=lambda d: d.sequence):
        entry = Entry(d.kind, d.entities, d.reason, d.sequence, d.who, d.at, d.bulk, d.signature)
        own.setdefault(d.path, []).append(entry)
    fields = (
        ExchangedField(path, kinds.get(path, ""), tuple(proposed.get(path, ())), tuple(own.get(path, ())))
        for path in paths
    )
    return Exchange(scan.dataset, scan.at, len(decisions), tuple(fields))


# --- out -------------------------------------------------------------------------------------------------------------


def render(content: Exchange, verdicts: Mapping[FieldPath, Verdict], evidence: Sequence[Evidence]) -> str:
    """The file's text. `pratique.config.exchange.read_exchange` reads it back to an equal content."""
    seen = {found.path: found for found in evidence}
    lines = [
        _HEAD.format(dataset=_quoted(content.dataset)),
        f"version: {EXCHANGE_VERSION}\n",
        f"dataset: {_text(content.dataset)}\n",
        f"scan: {_text(content.scan)}\n",
        f"decided: {content.decided}\n",
        "\nfields:\n" if content.fields else "\nfields: []\n",
    ]
    for number, block in enumerate(content.fields):
        lines += ("\n" if number else "", *_block(block, verdicts.get(block.path), seen.get(block.path)))
    return "".join(lines)


def _block(block: ExchangedField, verdict: Verdict | None, evidence: Evidence | None) -> Iterator[str]:
    yield f"  - field: {_text(show_path(block.path))}\n"
    for comment in _comments(verdict, evidence):
        yield f"    # {comment}\n"
    if block.kinds:
        yield f"    kinds: {_text(block.kinds)}\n"
    yield f"    proposed: {_list(block.proposed)}\n"
    if not block.entries:
        yield "    decisions: []\n"
        return
    yield "    decisions:\n"
    for entry in block.entries:
        yield f"      - decision: {entry.kind.value}\n"
        if entry.entities:
            yield f"        types: {_list(entry.entities)}\n"
        told = (
            ("reason", entry.reason),
            ("number", entry.number),
            ("who", entry.who),
            ("at", entry.at),
            ("bulk", entry.bulk),
            ("signature", entry.signature),
        )
        for name, value in told:
            if value or (name == "who" and entry.number):
                yield f"        {name}: {value if isinstance(value, int) else _text(value)}\n"


def _comments(verdict: Verdict | None, evidence: Evidence | None) -> Iterator[str]:
    if verdict is None:
        yield "not in the newest scan"
        return
    held = f"held to be {', '.join(map(_bare, verdict.entities))}"
    if not verdict.entities:
        held = "held to be not personal" if verdict.state is VerdictState.DECIDED else "nothing found"
    waived = f"; waived: {', '.join(map(_bare, verdict.waived))}" if verdict.waived else ""
    bulk = " (in bulk)" if verdict.bulk else ""
    by = f" by {_bare(verdict.by)}{bulk}" if verdict.by else ""
    yield f"{held}: {verdict.state.value}{by}{waived}"
    for note in verdict.notes:
        yield f"note: {_bare(note)}"
    if evidence is None:
        return
    yield (
        f"{evidence.sampled:,} values, {evidence.nulls:,} nulls, about {evidence.distinct:,} distinct, "
        f"{evidence.mean_length:.1f} characters on average"
    )
    for found in evidence.types:
        name = "; the field's name says so too" if found.by_name else ""
        yield (
            f"{_bare(found.entity)}: {found.share:.1%} of the values, score {found.mean_score:.2f}, "
            f"{found.whole:,} whole values{name}"
            if found.hits
            else f"{_bare(found.entity)}: by the field's {'name' if found.by_name else 'tag'} only"
        )
    if evidence.date_formats:
        yield f"dates: {' or '.join(map(_bare, evidence.date_formats))}"


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return _quoted(value)


def _quoted(value: str) -> str:
    """A double-quoted scalar; whatever does not print is an escape that both JSON and YAML read."""
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(value, ensure_ascii=False))


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 (the basic plane's end)


def _bare(value: str) -> str:
    """A name inside a comment: one line, and nothing that hides."""
    return "".join(c if c.isprintable() else _escaped(c) for c in value)


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"
