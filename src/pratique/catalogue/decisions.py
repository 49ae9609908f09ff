"""Decisions: made, numbered, signed, checked.

The signature is Ed25519 over a fixed prefix and the canonical form of the decision with an empty signature. The prefix
keeps a signature of a decision from being taken for one of anything else; dataset, path and sequence are inside, so
that a signature cannot be moved to another field or another moment.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from pratique.crypto.signing import verify
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind
from pratique.model.codec import canonical, digest
from pratique.model.paths import FieldPath, show_path
from pratique.ports import Signer

DOMAIN: Final = b"pratique/decision/1\0"
"""What stands before a decision's canonical form when it is signed."""
_MAX_TEXT: Final = 2000
_NEEDS_REASON: Final = frozenset({DecisionKind.REJECT, DecisionKind.NOT_PERSONAL})


def make_decision(
    existing: Sequence[Decision],
    *,
    dataset: str,
    path: FieldPath,
    kind: DecisionKind,
    entities: Sequence[str] = (),
    who: str,
    reason: str = "",
    at: str = "",
    bulk: str = "",
) -> Decision:
    """A decision, unsigned, numbered after those of the same field in ``existing`` (other fields' are passed over).

    ``at`` defaults to now: UTC, ISO 8601, microseconds, so that it can be told apart from a scan of the same second.
    Raises `CatalogueError` where the words do not make sense: no type to confirm, several to reject, none to set, a
    type with not-personal, and no reason for what always loosens.
    """
    where = f"{dataset}.{show_path(path)}"
    types = tuple(sorted(set(entities)))
    if problem := _problem(kind, types, who, reason):
        raise CatalogueError(problem, where=where)
    numbers = [d.sequence for d in existing if d.dataset == dataset and d.path == path]
    return Decision(
        dataset=dataset,
        path=path,
        kind=kind,
        entities=types,
        who=who,
        at=at or datetime.now(UTC).isoformat(),
        reason=reason,
        sequence=max(numbers, default=0) + 1,
        bulk=bulk,
    )


def _problem(kind: DecisionKind, types: tuple[str, ...], who: str, reason: str) -> str:
    if not well_formed(kind, types):
        return {
            DecisionKind.CONFIRM: "there is no type to confirm",
            DecisionKind.REJECT: "a rejection names exactly one type",
            DecisionKind.SET: "there is no type to set; to say that there is none, use not-personal",
            DecisionKind.NOT_PERSONAL: "not-personal takes no type",
            DecisionKind.WITHDRAW: "a withdrawal takes no type",
        }[kind]
    if not all(types) or any(not name.isprintable() for name in types):
        return "not the name of an entity type"
    if not who:
        return "a decision needs somebody who takes it"
    if kind in _NEEDS_REASON and not reason.strip():
        return f"{kind.value} needs a reason"
    if max(len(reason), len(who)) > _MAX_TEXT:
        return f"a reason has at most {_MAX_TEXT} characters"
    return ""


def well_formed(kind: DecisionKind, types: Sequence[str]) -> bool:
    """Whether a decision of this kind can name these types."""
    match kind:
        case DecisionKind.REJECT:
            return len(types) == 1
        case DecisionKind.NOT_PERSONAL | DecisionKind.WITHDRAW:
            return not types
        case DecisionKind.CONFIRM | DecisionKind.SET:
            return len(types) > 0


def signed_bytes(decision: Decision) -> bytes:
    """What a signature of this decision is over."""
    return DOMAIN + canonical(replace(decision, signature=""))


def sign_decision(decision: Decision, signer: Signer) -> Decision:
    """The decision with ``signer``'s signature; it counts only if the project lists that key under the name ``who``."""
    return replace(decision, signature=base64.b64encode(signer.sign(signed_bytes(decision))).decode())


def check_signature(decision: Decision, stewards: Mapping[str, bytes]) -> bool:
    """Whether the steward named by ``who`` is listed (name to raw public key) and signed exactly this decision."""
    public = stewards.get(decision.who)
    if public is None or not decision.signature:
        return False
    try:
        signature = base64.b64decode(decision.signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    return verify(public, signed_bytes(decision), signature)


def decisions_digest(decisions: Sequence[Decision]) -> str:
    """SHA-256 (hex) over the decisions in the order of dataset, path and sequence, signatures included."""
    return digest(sorted(decisions, key=lambda d: (d.dataset, d.path, d.sequence)))
