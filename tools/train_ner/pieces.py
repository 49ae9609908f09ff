"""The pruned vocabulary. Texts are cut by the runtime's own tokenizer, so that what is learnt is what is read later.

A piece is pruned, never changed: what is kept has its score, so a word whose best pieces are all kept is cut as before.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from pratique.detect.ner.pieces import MARK, UNKNOWN, Pieces
from tools.train_ner.encoder import Tokenizer

MARKS: Final = UNKNOWN + 1
"""How many ids at the start are marks and no pieces."""
SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC")
_EAST_ASIAN: Final = 0x2E80


def whole(tokenizer: Tokenizer) -> Pieces:
    """The unpruned vocabulary; its ids are the encoder's."""
    return Pieces(tokenizer.pieces)


def count(pieces: Pieces, texts: Iterable[str]) -> Counter[int]:
    """How often each piece occurs."""
    found: Counter[int] = Counter()
    for text in texts:
        found.update(pieces.tokens(text).ids)
    return found


def choose(
    tokenizer: Tokenizer,
    labelled: Iterable[int],
    by_list: Mapping[str, Mapping[int, float]],
    shares: Mapping[str, float],
) -> list[int]:
    """The ids to keep, rising: marks, every single character of our scripts, ``labelled``, and what the lists need.

    Args:
        tokenizer: the whole vocabulary.
        labelled: pieces that labelled text uses.
        by_list: for each list of words, the weight of pieces in it.
        shares: for each list, how much of its weight the kept pieces must carry (0 to 1).
    """
    keep = set(range(MARKS)) | set(labelled)
    for name, weights in by_list.items():
        wanted, carried = shares[name] * sum(weights.values()), 0.0
        for piece, weight in sorted(weights.items(), key=lambda each: (-each[1], each[0])):
            if carried >= wanted:
                break
            carried += weight
            keep.add(piece)
    keep |= {each for each, (piece, _) in enumerate(tokenizer.pieces) if _single(piece)}
    return sorted(keep)


def lines(tokenizer: Tokenizer, keep: Iterable[int]) -> str:
    """The kept pieces as the runtime reads them: ``piece<TAB>score``, a line each, in the order of their new ids."""
    return "".join(f"{piece}\t{score:.4f}\n" for piece, score in (tokenizer.pieces[each] for each in keep))


def _single(piece: str) -> bool:
    bare = piece.removeprefix(MARK)
    if len(bare) != 1:
        return False
    if not bare.isalpha():
        return ord(bare) < _EAST_ASIAN
    return unicodedata.name(bare, "").startswith(SCRIPTS)
