"""pseudonym: HMAC-SHA-256 of the normal form. The same value, the same name; no way back, not even with the key."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from pratique.crypto.mac import HmacKey
from pratique.crypto.secret import Unpicklable
from pratique.errors import TransformError
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.normalise import normal_many
from pratique.ports import KeyStore, Secret, Treated
from pratique.transform import base64url
from pratique.transform.common import Base, Bools, BoundBase, derived, matches, need_domain, spread, texts_of

KEY_SIZE = 32
BITS = (128, 192, 256)
_LAST = {128: "[AQgw]", 256: "[AEIMQUYcgkosw048]"}
"""Where the last Base64 digit is not full, what it can be."""


class Pseudonym(Base):
    """Parameters: ``encoding`` (``base64``, the default, for URLs and without padding; or ``hex``), ``bits`` (128, the
    default, 192 or 256: how much of the code is shown).

    Guarantee: without the key nothing about the value shows but equality. The limit: who has the key can test guesses.
    """

    name = "pseudonym"
    keyed = True
    joins = True
    loses = "the value; equality stays"
    _OWN = {"encoding": (str,), "bits": (int,)}  # noqa: RUF012 - declared ClassVar in the base

    def check(
        self,
        spec: TransformSpec,
        kinds: frozenset[Kind],  # noqa: ARG002
        entity: str,  # noqa: ARG002
        *,
        in_text: bool,  # noqa: ARG002
    ) -> Mapping[str, Scalar]:
        """Both parameters, complete; the domain is needed."""
        params: dict[str, Scalar] = {"encoding": "base64", "bits": 128, **self.read(spec)}
        need_domain(spec)
        if params["encoding"] not in ("base64", "hex"):
            raise TransformError("pseudonym: encoding is not base64 or hex")
        if params["bits"] not in BITS:
            raise TransformError("pseudonym: bits is not 128, 192 or 256")
        return params

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundPseudonym":
        """Raises `KeyStoreError` where the key is missing."""
        key, ref = derived(applied, keys, "pseudonym", KEY_SIZE)
        return BoundPseudonym(
            key, ref.entity, hexadecimal=applied.params["encoding"] == "hex", bits=int(applied.params["bits"])
        )


class BoundPseudonym(BoundBase, Unpicklable):
    """Names values under one key."""

    def __init__(self, key: Secret, entity: str, *, hexadecimal: bool, bits: int) -> None:
        self._key = HmacKey(key)
        self._entity = entity
        self._hex = hexadecimal
        self._size = bits // 8

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """One name a value; `REFUSED` for what has no canonical text."""
        texts = texts_of(values)
        places = [at for at, text in enumerate(texts) if text is not None]
        forms = normal_many(self._entity, [t for t in texts if t is not None])
        codes = self._key.many([form.encode() for form in forms])
        if self._hex:
            return spread([code[: self._size].hex() for code in codes], places, len(values))
        return spread(self._base64(codes), places, len(values))

    def _base64(self, codes: list[bytes]) -> list[str]:
        if not codes:
            return []
        rows = np.frombuffer(b"".join(codes), dtype=np.uint8).reshape(len(codes), 32)[:, : self._size]
        text = base64url.encode_rows(rows)
        width = text.shape[1]
        joined = text.tobytes().decode("ascii")
        return [joined[at : at + width] for at in range(0, len(joined), width)]

    def fits(self, values: pa.Array) -> Bools:
        """The exact alphabet and length."""
        if self._hex:
            return matches(values, f"[0-9a-f]{{{self._size * 2}}}")
        width = base64url.text_length(self._size)
        last = _LAST.get(self._size * 8)
        digits = f"[A-Za-z0-9_-]{{{width - 1 if last else width}}}"
        return matches(values, digits + (last or ""))
