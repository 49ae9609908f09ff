"""How fields, evidence, verdicts and decisions look; shared by the commands that show them."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pratique.cli.show import Cell, Style
from pratique.cli.text import share

if TYPE_CHECKING:
    from pratique.model.catalogue import Decision, Evidence, TypeEvidence, Verdict


class State(StrEnum):
    """The words of `pratique.model.catalogue.VerdictState`, which is too heavy to import for ``--help``."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    UNDECIDED = "undecided"
    CONFLICT = "conflict"


_STATES = {
    State.PROPOSED: Style.ATTENTION,
    State.DECIDED: Style.GOOD,
    State.UNDECIDED: Style.BAD,
    State.CONFLICT: Style.BAD,
}


def state(verdict: "Verdict") -> State:
    """The verdict's state."""
    return State(verdict.state.value)


def held(verdict: "Verdict | None") -> str:
    """``PERSON, USER_ID``, ``not personal`` or ``nothing found``."""
    if verdict is None:
        return ""
    if verdict.entities:
        return ", ".join(verdict.entities)
    return "not personal" if state(verdict) is State.DECIDED else "nothing found"


def verdict_cells(verdict: "Verdict | None") -> tuple[Cell, Cell]:
    """What a field is held to be, and how that came about."""
    if verdict is None:
        return Cell(""), Cell("not scanned", Style.FAINT)
    return Cell(held(verdict)), Cell(verdict.state.value, _STATES[state(verdict)])


def seen(evidence: "Evidence") -> str:
    """Every type seen, with its share, and whether the field's name speaks for it: ``PERSON 41%, USER_ID by name``."""
    parts = [_type_seen(kind) for kind in evidence.types if kind.hits or kind.by_name or kind.tagged]
    if not parts and evidence.sampled and evidence.nulls == evidence.sampled:
        return "only nulls"
    return ", ".join(parts)


def _type_seen(kind: "TypeEvidence") -> str:
    shown = f"{kind.entity} {share(kind.share)}" if kind.hits else kind.entity
    said = " and ".join(word for word, true in (("name", kind.by_name), ("tag", kind.tagged)) if true)
    return f"{shown}{' and' if kind.hits else ''} by {said}" if said else shown


def evidence_document(evidence: "Evidence") -> dict[str, Any]:
    """The evidence as JSON values."""
    return {
        "sampled": evidence.sampled,
        "nulls": evidence.nulls,
        "distinct": evidence.distinct,
        "mean_length": evidence.mean_length,
        "mean_words": evidence.mean_words,
        "date_formats": list(evidence.date_formats),
        "types": [
            {
                "entity": kind.entity,
                "hits": kind.hits,
                "share": kind.share,
                "mean_score": kind.mean_score,
                "whole": kind.whole,
                "by_name": kind.by_name,
                "tagged": kind.tagged,
            }
            for kind in evidence.types
        ],
    }


def verdict_document(verdict: "Verdict") -> dict[str, Any]:
    """The verdict as JSON values."""
    return {
        "state": verdict.state.value,
        "entities": list(verdict.entities),
        "waived": list(verdict.waived),
        "by": verdict.by,
        "bulk": verdict.bulk,
        "ignored": verdict.ignored,
        "notes": list(verdict.notes),
    }


def decision_document(decision: "Decision") -> dict[str, Any]:
    """The decision as JSON values; the signature by whether there is one."""
    return {
        "kind": decision.kind.value,
        "entities": list(decision.entities),
        "who": decision.who,
        "at": decision.at,
        "reason": decision.reason,
        "sequence": decision.sequence,
        "bulk": decision.bulk,
        "signed": bool(decision.signature),
    }
