"""Base64 for URLs without padding (RFC 4648, section 5), of many values of one length at once."""

import binascii

import numpy as np
import numpy.typing as npt

Bytes2D = npt.NDArray[np.uint8]
"""One value a row."""

_TO_URL = bytes.maketrans(b"+/", b"-_")
_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_WRONG = 255
_SIXES = np.full(256, _WRONG, dtype=np.uint8)
_SIXES[np.frombuffer(_DIGITS, dtype=np.uint8)] = np.arange(64)


def text_length(length: int) -> int:
    """Characters of the text of ``length`` bytes."""
    return -(-4 * length // 3)


def byte_length(characters: int) -> int | None:
    """Bytes of a text of this many characters; None where no text has so many."""
    length = characters * 3 // 4
    return length if text_length(length) == characters else None


def encode_rows(rows: Bytes2D) -> Bytes2D:
    """Bytes to characters: ``(n, k)`` to ``(n, text_length(k))``."""
    count, length = rows.shape
    whole = np.zeros((count, -(-length // 3) * 3), dtype=np.uint8)
    whole[:, :length] = rows
    text = binascii.b2a_base64(whole.tobytes(), newline=False).translate(_TO_URL)
    return np.frombuffer(text, dtype=np.uint8).reshape(count, -1)[:, : text_length(length)]


def decode_rows(text: Bytes2D) -> tuple[Bytes2D, npt.NDArray[np.bool_]]:
    """Characters to bytes, and which rows are the one canonical text of their bytes (`byte_length` must not be
    None).
    """
    count, characters = text.shape
    length = byte_length(characters)
    assert length is not None
    sixes = np.zeros((count, -(-characters // 4) * 4), dtype=np.uint8)
    sixes[:, :characters] = _SIXES[text]
    good = (sixes != _WRONG).all(axis=1)
    a, b, c, d = (sixes[:, at::4] for at in range(4))
    whole = np.empty((count, a.shape[1], 3), dtype=np.uint8)
    whole[:, :, 0] = a << 2 | b >> 4
    whole[:, :, 1] = b << 4 | c >> 2
    whole[:, :, 2] = c << 6 | d
    flat = whole.reshape(count, -1)
    # Bits beyond the last byte must be zero, or one value would have several texts.
    good &= (flat[:, length:] == 0).all(axis=1)
    return np.ascontiguousarray(flat[:, :length]), good
