"""The seal of a finished part: what the gate recorded of it, under a key that the run store does not have.

A finished part waits in the store until its run is released. Whoever can write to the store and to staging, and has
not the region's keys, could else put another file in its place and its digest into the record.
"""

import dataclasses
import hmac
from collections.abc import Iterable
from typing import Final

from pratique.errors import RefusedError
from pratique.model.codec import canonical
from pratique.model.plan import KeyRef
from pratique.model.release import StagedFile
from pratique.ports import KeyStore

_DOMAIN: Final = b"pratique/part/1\0"


def seal_part(keys: KeyStore, run: str, file: StagedFile) -> StagedFile:
    """The part's record with its seal: HMAC-SHA-256 over the run and all of the record but the staging file's name,
    which is another one for each attempt at the same bytes. Raises `KeyStoreError`.
    """
    return dataclasses.replace(file, seal=_seal(keys, run, file))


def check_seals(keys: KeyStore, run: str, files: Iterable[StagedFile]) -> None:
    """Raise `RefusedError` for the first record that is not as it was sealed for this run."""
    for file in files:
        if not hmac.compare_digest(file.seal, _seal(keys, run, file)):
            raise RefusedError(
                "the record of a finished part is not the one that its worker wrote",
                where=f"run {run}, part {file.part}",
                do="run: pratique audit verify, then run the flow with --full",
            )


def _seal(keys: KeyStore, run: str, file: StagedFile) -> str:
    key = keys.derive("parts", KeyRef(domain="", entity="", version=1, route=""), 32)
    message = canonical([run, dataclasses.replace(file, staged="", seal="")])
    return hmac.digest(key.reveal(), _DOMAIN + message, "sha256").hex()
