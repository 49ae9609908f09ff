"""token: AES-SIV of the normal form, as text. The same value, the same token; who has the key reads it back.

The form, encoding version 1: ``tok1.<key version>.<Base64 for URLs, no padding>``. The plaintext is the UTF-8 of the
normal form, padded by ISO/IEC 7816-4 (a byte 0x80, then zeros) to a multiple of 16 bytes, so that length shows in steps
only. Associated data, in this order: the domain, the rule's entity type, ``tok1``. The key is 512 bits, derived for
domain, entity type, key version and route.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.crypto.secret import Unpicklable
from pratique.crypto.siv import BLOCK, KEY_SIZE, SMALL, SivKey
from pratique.model.plan import Applied, KeyRef
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.normalise import normal_many, normal_pattern
from pratique.ports import REFUSED, KeyStore, Secret, Treated
from pratique.transform import base64url
from pratique.transform.common import Base, Bools, BoundBase, as_texts, derived, matches, need_domain, spread, texts_of
from pratique.transform.rows import LONGEST, padded, texts_from

ENCODING = "tok1"
PATTERN = r"tok1\.[1-9][0-9]{0,8}\.[A-Za-z0-9_-]{43,}"
"""RE2 and `re`: what may be a token in a text (only `proves` tells)."""
_ROWS = 8192
"""Values a pass: the arrays of one pass stay in the processor's cache."""
_LONG = 4096
"""Plaintexts above this many bytes go one by one, so that memory does not grow with them."""
_LENGTHS = tuple(base64url.text_length(size) for size in range(2 * BLOCK, 1500, BLOCK))
"""Characters that the last part of a token may have, up to some 2,000."""
_RUN = re.compile("[A-Za-z0-9_-]+")
_PADS = [b"\x80" + bytes(BLOCK - 1 - used) for used in range(BLOCK)]


class Token(Base):
    """No parameters but the domain.

    Guarantee: without the key nothing about the value shows but equality and its length in steps of 16 bytes; nobody
    without the key can make a token that `proves` takes. The limit: equal values are seen to be equal, by design.
    """

    name = "token"
    reversible = True
    keyed = True
    joins = True
    loses = "nothing for who has the key (text comes back in its normal form)"

    def check(
        self,
        spec: TransformSpec,
        kinds: frozenset[Kind],  # noqa: ARG002
        entity: str,  # noqa: ARG002
        *,
        in_text: bool,  # noqa: ARG002
    ) -> Mapping[str, Scalar]:
        """The domain is needed; there are no parameters."""
        params = self.read(spec)
        need_domain(spec)
        return params

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundToken":
        """Raises `KeyStoreError` where the key is missing."""
        key, ref = derived(applied, keys, "token", KEY_SIZE)
        return BoundToken(key, ref)


class BoundToken(BoundBase, Unpicklable):
    """Makes, proves and reads tokens under one key."""

    def __init__(self, key: Secret, ref: KeyRef) -> None:
        self._siv = SivKey(key, [ref.domain.encode(), ref.entity.encode(), ENCODING.encode()])
        self._entity = ref.entity
        self._normal = normal_pattern(ref.entity)
        self._prefix = f"{ENCODING}.{ref.version}."

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """One token a value; `REFUSED` for what has no canonical text."""
        texts = texts_of(values)
        places = [at for at, text in enumerate(texts) if text is not None]
        kept = texts if len(places) == len(texts) else [texts[at] for at in places]
        forms = normal_many(self._entity, kept)  # type: ignore[arg-type]
        return spread(self._seal(forms), places, len(values))

    def apply_array(self, values: pa.Array) -> pa.Array | None:
        """`apply` of a column of texts that are in normal form already; None for any other."""
        if not pa.types.is_string(values.type) or not len(values):
            return None
        longest = pc.max(pc.binary_length(values)).as_py()
        if longest > LONGEST or not matches(values, self._normal).all():
            return None
        return texts_from([(places, self._token_rows(rows)) for places, rows in padded(values, BLOCK)], len(values))

    def _seal(self, forms: list[str]) -> list[Treated]:
        groups: dict[int, tuple[list[int], list[bytes]]] = {}
        for place, form in enumerate(forms):
            raw = form.encode()
            plain = raw + _PADS[len(raw) % BLOCK]
            places, plains = groups.setdefault(len(plain), ([], []))
            places.append(place)
            plains.append(plain)
        tokens: list[Treated] = [REFUSED] * len(forms)
        for length, (places, plains) in groups.items():
            if len(plains) < SMALL or length > _LONG:
                made = [self._text(sealed) for plain in plains for sealed in self._siv.seal_many([plain])]
            else:
                made = [t for at in range(0, len(plains), _ROWS) for t in self._seal_rows(plains[at : at + _ROWS])]
            for place, token in zip(places, made, strict=True):
                tokens[place] = token
        return tokens

    def _text(self, sealed: bytes) -> str:
        return self._prefix + base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")

    def _token_rows(self, plain: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Padded plaintexts to whole tokens, one a row."""
        text = base64url.encode_rows(self._siv.seal_rows(plain))
        start = len(self._prefix)
        whole = np.empty((len(plain), start + text.shape[1]), dtype=np.uint8)
        whole[:, :start] = np.frombuffer(self._prefix.encode("ascii"), dtype=np.uint8)
        whole[:, start:] = text
        return whole

    def _seal_rows(self, plains: list[bytes]) -> list[str]:
        whole = self._token_rows(np.frombuffer(b"".join(plains), dtype=np.uint8).reshape(len(plains), -1))
        width = whole.shape[1]
        joined = whole.tobytes().decode("ascii")
        return [joined[at : at + width] for at in range(0, len(joined), width)]

    def invert(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """The normal form of what went in, as text; `REFUSED` for what is not a token of this key and version."""
        texts = [v if isinstance(v, str) else None for v in values]
        clean = [v if v is not None and v.isascii() else None for v in texts]
        found: list[Treated] = [REFUSED] * len(values)
        for places, plain, authentic in self._opened(pa.array(clean, pa.large_string())):
            ends = _ends(plain)
            data, width = plain.tobytes(), plain.shape[1]
            for row in np.flatnonzero(authentic & (ends >= 0)).tolist():
                found[places[row]] = data[row * width : row * width + int(ends[row])].decode()
        return found

    def proves(self, values: pa.Array) -> Bools:
        """Which are authentic tokens of this key, version, domain and entity type."""
        proven = np.zeros(len(values), dtype=bool)
        texts = as_texts(values)
        if texts is not None:
            for places, _, authentic in self._opened(texts):
                proven[places] = authentic
        return proven

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in a free text proven tokens of this key stand, ``(start, end)`` in order.

        A token that touches letters, digits, ``-`` or ``_`` of the text, or another token, is found all the same, by
        its authenticity; of one that is longer than 2,000 characters only the whole run of such signs is tried.
        """
        tries: list[tuple[int, int]] = []
        for found in re.finditer(re.escape(self._prefix), text):
            # The run of signs ends at the full stop of the next token at the latest, so that all runs are linear.
            run = _RUN.match(text, found.end())
            last = run.end() if run else found.end()
            ends = {found.end() + length for length in _LENGTHS if found.end() + length <= last} | {last}
            tries += [(found.start(), end) for end in sorted(ends)]
        proven = self.proves(pa.array([text[start:end] for start, end in tries], pa.large_string()))
        return [span for span, good in zip(tries, proven.tolist(), strict=True) if good]

    def _opened(self, texts: pa.Array) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8], Bools]]:
        """Places, plaintext rows and authenticity of all that have the outer form, by length."""
        start = len(self._prefix)
        lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
        begins = self._begins(texts)
        for length in np.unique(lengths[begins]).tolist():
            size = base64url.byte_length(length - start)
            if size is None or size < 2 * BLOCK or size % BLOCK:
                continue
            places = np.flatnonzero(begins & (lengths == length))
            step = _ROWS if size <= _LONG else 1
            for at in range(0, len(places), step):
                some = places[at : at + step]
                rows = _char_rows(texts.take(pa.array(some)), length)
                sealed, good = base64url.decode_rows(rows[:, start:])
                plain, authentic = self._siv.open_rows(sealed)
                yield some, plain, authentic & good

    def _begins(self, texts: pa.Array) -> Bools:
        found = pc.fill_null(pc.starts_with(texts, self._prefix), False)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)

    def fits(self, values: pa.Array) -> Bools:
        """The outer form with this key version, and a length that tokens have. Whether it is one, `proves` tells."""
        fitting = matches(values, self._prefix.replace(".", r"\.") + "[A-Za-z0-9_-]+")
        texts = as_texts(values)
        if texts is None:
            return fitting
        lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
        for length in np.unique(lengths[fitting]).tolist():
            size = base64url.byte_length(length - len(self._prefix)) if length else 2 * BLOCK
            if size is None or size < 2 * BLOCK or size % BLOCK:
                fitting[lengths == length] = False
        return fitting


def _char_rows(texts: pa.Array, length: int) -> npt.NDArray[np.uint8]:
    """The bytes of texts that all have this many, one a row."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2], dtype=np.uint8)
    return data[offsets[0] : offsets[-1]].reshape(len(texts), length)


def _ends(plain: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Where each row's padding begins; -1 where there is none."""
    last = plain[:, -BLOCK:][:, ::-1]
    zeros = np.argmax(last != 0, axis=1)
    padded = np.take_along_axis(last, zeros[:, None], axis=1)[:, 0] == 0x80  # noqa: PLR2004 - ISO/IEC 7816-4
    return np.where(padded, plain.shape[1] - 1 - zeros, -1).astype(np.int64)
