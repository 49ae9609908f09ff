"""DSSE v1: signed envelopes (https://github.com/secure-systems-lab/dsse, protocol.md and envelope.md).

The signature is over the pre-authentication encoding of payload type and payload, never over JSON. The envelope is read
strictly: only the one JSON form that `sign` writes is taken, so that no byte of it can change unnoticed.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pratique.crypto import signing
from pratique.errors import VerifyError

MAX_SIZE = 64 << 20
"""Bytes of an envelope; a larger one is refused unread."""
MAX_SIGNATURES = 16
_SIGNATURE_TEXT = 88


class Signs(Protocol):
    """What `sign` needs of a signer; `pratique.ports.Signer` fits (verifiers install without the ports)."""

    @property
    def key_id(self) -> str:
        """Id of the public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as it stands in the envelope: unproven."""

    key_id: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A parsed envelope. Nothing in it is to be believed before `verify`."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]
    """1 to 16, each key id once."""


def encode(payload_type: str, payload: bytes) -> bytes:
    """The pre-authentication encoding (PAE): what is signed."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def sign(payload_type: str, payload: bytes, signer: Signs) -> bytes:
    """The envelope as deterministic JSON: sorted keys, no spaces, standard Base64."""
    signature = Signature(signer.key_id, signer.sign(encode(payload_type, payload)))
    data = _write(Envelope(payload_type, payload, (signature,)))
    if len(data) > MAX_SIZE:
        raise ValueError("the envelope would be larger than any reader takes")
    return data


def open_envelope(data: bytes) -> Envelope:
    """Parse an envelope, strictly; raises `VerifyError` for anything that `sign` would not have written."""
    if len(data) > MAX_SIZE:
        raise VerifyError("the signed envelope is too large")
    try:
        fields = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
        envelope = _envelope(fields)
        same = _write(envelope) == data
    except (ValueError, KeyError, TypeError, RecursionError):
        raise VerifyError("not a DSSE envelope") from None
    if not same:
        raise VerifyError("not a DSSE envelope in its one canonical form")
    return envelope


def verify(envelope: Envelope, publics: Mapping[str, bytes]) -> str:
    """The id of the key, out of ``publics`` (id to raw public key), that signed the payload; raises `VerifyError`.

    Signatures of keys that are not in ``publics`` are passed over; one by a known key that does not fit refuses, even
    beside a good one. The empty mapping refuses everything.
    """
    message = encode(envelope.payload_type, envelope.payload)
    signed_by = ""
    for signature in envelope.signatures:
        public = publics.get(signature.key_id)
        if public is None:
            continue
        if signing.key_id(public) != signature.key_id:
            raise VerifyError("a public key was given under the id of another")
        if not signing.verify(public, message, signature.signature):
            raise VerifyError(f"the signature of key {signature.key_id} does not fit the content")
        signed_by = signed_by or signature.key_id
    if not signed_by:
        raise VerifyError("not signed by any of the keys that are trusted here")
    return signed_by


def _write(envelope: Envelope) -> bytes:
    fields = {
        "payload": base64.b64encode(envelope.payload).decode(),
        "payloadType": envelope.payload_type,
        "signatures": [{"keyid": s.key_id, "sig": base64.b64encode(s.signature).decode()} for s in envelope.signatures],
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _envelope(fields: Any) -> Envelope:
    if not isinstance(fields, dict) or set(fields) != {"payload", "payloadType", "signatures"}:
        raise ValueError("fields")
    signatures = fields["signatures"]
    if not isinstance(signatures, list) or not 1 <= len(signatures) <= MAX_SIGNATURES:
        raise ValueError("signatures")
    parsed = tuple(_signature(item) for item in signatures)
    if len({s.key_id for s in parsed}) != len(parsed):
        raise ValueError("one key twice")
    return Envelope(_text(fields["payloadType"]), _base64(fields["payload"]), parsed)


def _signature(item: Any) -> Signature:
    if not isinstance(item, dict) or set(item) != {"keyid", "sig"}:
        raise ValueError("fields of a signature")
    key, text = _text(item["keyid"]), _text(item["sig"])
    if len(key) != 16 or not set(key) <= set("0123456789abcdef") or len(text) != _SIGNATURE_TEXT:  # noqa: PLR2004 - hex digits of `key_id`
        raise ValueError("a signature")
    return Signature(key, _base64(text))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _base64(value: Any) -> bytes:
    try:
        return base64.b64decode(_text(value).encode("ascii"), validate=True)
    except binascii.Error:
        raise ValueError("not Base64") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a key twice")
    return fields


def _no_constant(_: str) -> Any:
    raise ValueError("not JSON")
