"""The id of a run, the names of its parts and files, and how a release names its inputs without showing them."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

from pratique.model.codec import canonical
from pratique.model.data import PartId
from pratique.model.plan import KeyRef
from pratique.model.release import InputState
from pratique.ports import KeyStore

RUN_ID_LENGTH: Final = 32
"""Hexadecimal digits: 128 bits."""
RUN_DOMAIN: Final = "pratique/run/1"
"""What the words that a run id is the hash of begin with."""
_SEED_DOMAIN: Final = "pratique/seed/1"
_INPUT_DOMAIN: Final = b"pratique/input/1\0"
_ALLOW_DOMAIN: Final = b"pratique/allow/1\0"
_ALLOWED: Final = "detect.allow"


def run_id(plan_hash: str, inputs: Sequence[InputState], repeat: int) -> str:
    """The id of the run of this plan over these inputs, in this order, with this repeat number.

    `RUN_ID_LENGTH` hexadecimal digits. An input counts by name, size and digest; its number does not, for parts are
    numbered by the order of ``inputs``.
    """
    words = [RUN_DOMAIN, plan_hash, repeat, [[state.name, state.size, state.digest] for state in inputs]]
    return hashlib.sha256(canonical(words)).hexdigest()[:RUN_ID_LENGTH]


def part_id(item: int, number: int) -> PartId:
    """The name of a part: the number of its input in the run and its own in the input, both from 0, five digits at
    least.
    """
    return PartId(f"{item:05d}-{number:05d}")


def part_seed(run: str, part: str) -> bytes:
    """32 bytes that belong to one part of one run: where a container format takes its sync marker from."""
    return hashlib.sha256(canonical([_SEED_DOMAIN, run, part])).digest()


def file_name(run: str, part: str, extension: str) -> str:
    """What a part's output is published under; ``extension`` begins with a dot or is empty."""
    return f"{run}/{part}{extension}"


def keyed_digests(keys: KeyStore, digests: Mapping[str, str]) -> dict[str, str]:
    """The detectors' digests as plans and releases tell them: that of the allow-list, which is a list of values, is
    keyed like those of inputs, so that nobody without the key can test a guess at it. Raises `KeyStoreError`.
    """
    found = dict(digests)
    if _ALLOWED in found:
        key = keys.derive("inputs", KeyRef(domain="", entity="", version=1, route=""), 32)
        found[_ALLOWED] = hmac.digest(key.reveal(), _ALLOW_DOMAIN + found[_ALLOWED].encode(), "sha256").hex()
    return found


def keyed_inputs(keys: KeyStore, inputs: Sequence[InputState]) -> tuple[str, ...]:
    """HMAC-SHA-256 (hex) of each input's digest, sorted, under a key of the exporter's that serves nothing else.

    With the key, the exporter can show which inputs a release came from; without it, nobody can test a guess at one.
    Sorted, so that they do not tell the order of the names. Raises `KeyStoreError`.
    """
    key = keys.derive("inputs", KeyRef(domain="", entity="", version=1, route=""), 32)
    return tuple(
        sorted(hmac.digest(key.reveal(), _INPUT_DOMAIN + bytes.fromhex(s.digest), "sha256").hex() for s in inputs)
    )
