"""To which partition a keyed message goes, as Kafka's own Java client decides it: murmur2 of the key's bytes.

The hash is Austin Appleby's MurmurHash2 with 32 bits and the seed that Kafka chose; what it gives is held to vectors
that the Java client made (``tests/assets/kafka/murmur2.json``).
"""

from typing import Final

_SEED: Final = 0x9747B28C
_FACTOR: Final = 0x5BD1E995
_SHIFT: Final = 24
_MASK: Final = 0xFFFFFFFF
_POSITIVE: Final = 0x7FFFFFFF
_WORD: Final = 4


def murmur2(key: bytes) -> int:
    """The hash of a key, as 32 bits without a sign."""
    found = (_SEED ^ len(key)) & _MASK
    whole = len(key) & ~(_WORD - 1)
    for at in range(0, whole, _WORD):
        word = int.from_bytes(key[at : at + _WORD], "little") * _FACTOR & _MASK
        word = (word ^ word >> _SHIFT) * _FACTOR & _MASK
        found = found * _FACTOR & _MASK ^ word
    if rest := key[whole:]:
        found = (found ^ int.from_bytes(rest, "little")) * _FACTOR & _MASK
    found = (found ^ found >> 13) * _FACTOR & _MASK
    return found ^ found >> 15


def partition_of(key: bytes | None, count: int, came_from: int) -> int:
    """The partition, of ``count``, for a treated key; of a message without one that of the source, as far as there are
    so many: what came in order stays in order.
    """
    return came_from % count if key is None else (murmur2(key) & _POSITIVE) % count
