"""Held messages of a stream, sealed one by one, for a topic of their own.

The form of a message's value, version 1: the header of `pratique.crypto.seal`, a counter (64 bits, big-endian), and the
sealed plaintext. That is canonical JSON ``{"partition"}``, a line feed, and the entry as it stands in a quarantine
file (`pratique.quarantine.form`), whose ordinal is the message's offset and whose original is a message set of it. The
seal's context is the flow and the topic, so that no message can be moved to another one's quarantine. In clear, as
headers, stand rule, number of the field, origin and plan: no value. There is no key, for keys are data.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pratique.crypto.seal import HEADER_SIZE, Opener, Sealer, UnsealKey
from pratique.errors import StoreError, VerifyError
from pratique.model.codec import canonical
from pratique.model.quarantine import Entry
from pratique.model.release import NEW_FIELD
from pratique.model.stream import Sealed
from pratique.quarantine.form import entry_from, entry_line

VERSION: Final = 1
_COUNTER: Final = 8
_RULE: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")
_FIELD: Final = re.compile(rf"(?:#[1-9][0-9]*|{NEW_FIELD})?")


def _context(flow: str, topic: str) -> bytes:
    return canonical({"flow": flow, "topic": topic, "version": VERSION, "what": "message"})


def seal_messages(
    public: bytes, flow: str, topic: str, plan: str, held: Sequence[tuple[int, int, Entry]]
) -> list[Sealed]:
    """Messages by partition, offset and entry, sealed to ``public`` (raw X25519); ``topic`` is the source's.

    Raises `StoreError` for a rule or a field that is no name from the code: they go in clear.
    """
    if not held:
        return []
    sealer = Sealer(public, _context(flow, topic))
    found: list[Sealed] = []
    for counter, (partition, offset, entry) in enumerate(held):
        if not _RULE.fullmatch(entry.rule) or not _FIELD.fullmatch(entry.field):
            raise StoreError("not the name of a quarantine rule, or not the number of a field")
        plain = canonical({"partition": partition}) + b"\n" + entry_line(replace(entry, ordinal=offset))
        headers = [
            ("pratique-version", str(VERSION).encode()),
            ("pratique-flow", flow.encode()),
            ("pratique-rule", entry.rule.encode()),
            ("pratique-field", entry.field.encode()),
            ("pratique-origin", f"{partition}:{offset}".encode()),
            ("pratique-plan", plan.encode()),
        ]
        value = sealer.header + counter.to_bytes(_COUNTER) + sealer.seal(counter, plain)
        found.append(Sealed(partition, headers, value))
    return found


def open_message(private: UnsealKey, flow: str, topic: str, value: bytes) -> tuple[int, Entry]:
    """Partition and entry of a sealed message. Raises `VerifyError`, `KeyStoreError` or `StoreError`."""
    if len(value) < HEADER_SIZE + _COUNTER:
        raise VerifyError("not a sealed message of Pratique")
    opener = Opener(private, value[:HEADER_SIZE], _context(flow, topic))
    counter = int.from_bytes(value[HEADER_SIZE : HEADER_SIZE + _COUNTER])
    head, _, line = opener.open(counter, value[HEADER_SIZE + _COUNTER :]).partition(b"\n")
    try:
        partition = json.loads(head)["partition"]
    except (ValueError, KeyError, TypeError):
        raise StoreError("a quarantined message does not read as one") from None
    if type(partition) is not int:
        raise StoreError("a quarantined message does not read as one")
    return partition, entry_from(line.rstrip(b"\n"))
