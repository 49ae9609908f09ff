"""Which pieces are kept: by what the labelled text uses, by lists of words of every language, and by lists of names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import wordfreq

from pratique.detect.ner.pieces import Pieces
from tools.train_ner.encoder import Encoder, FourBits, Tokenizer
from tools.train_ner.pieces import choose, count, whole
from tools.train_ner.records import read

LANGUAGES: Final = tuple("bg cs da de el en es fi fr hu is it lt lv mk nb nl pl pt ro sh sk sl sv tr uk".split())  # noqa: SIM905
"""Those of our languages that wordfreq has; the others share their words' pieces."""
WORDS: Final = 60_000
FORMS: Final = ((str, 0.6), (str.capitalize, 0.35), (str.upper, 0.05))
SHARE: Final = 0.86
"""Of a language's text, how much the pieces kept for it must carry; the other lists keep more."""
MORE: Final[Mapping[str, float]] = {
    # No labelled text, and a script or words of their own.
    "bg": 0.93,
    "el": 0.95,
    "mk": 0.9,
    "uk": 0.93,
    "de": 0.92,
    "fr": 0.9,
    "nl": 0.9,
    "pl": 0.9,
    "tr": 0.9,
}
LEAST: Final = 3
"""How often labelled text must use a piece for it to be kept."""
_NAMES: Final = Path("src/pratique/detect/data/names.txt")


def word_weights(pieces: Pieces) -> dict[str, dict[int, float]]:
    """For each language, how much its words use each piece, by their frequency and with some of them capitalised."""
    found = {}
    for language in LANGUAGES:
        weights: dict[int, float] = {}
        for word in wordfreq.top_n_list(language, WORDS):
            frequency = wordfreq.word_frequency(word, language)
            for form, share in FORMS:
                for piece in pieces.tokens(form(word)).ids:
                    weights[piece] = weights.get(piece, 0.0) + frequency * share
        found[language] = weights
    return found


def name_weights(pieces: Pieces, names: Iterable[str]) -> Counter[int]:
    """How much a list of names uses each piece."""
    return count(pieces, (name.title() for name in names))


def kept_pieces(tokenizer: Tokenizer, files: Iterable[Path], root: Path) -> list[int]:
    """The ids to keep, rising, for the labelled files; ``root`` is the repository's, for its list of names."""
    pieces = whole(tokenizer)
    labelled = count(pieces, (record.text for path in files for record in read(path)))
    often = [piece for piece, times in labelled.items() if times >= LEAST]
    names = (root / _NAMES).read_text(encoding="utf-8").split()
    weights: dict[str, Mapping[int, float]] = {**word_weights(pieces), "names": name_weights(pieces, names)}
    shares = {name: MORE.get(name, SHARE) for name in weights}
    return choose(tokenizer, often, weights, shares)


def kept_words(encoder: Encoder, keep: list[int]) -> FourBits:
    """The rows of the encoder's embedding for the kept pieces, in their order."""
    return FourBits(encoder.words.nibbles[keep], encoder.words.scales[keep])


def same_share(tokenizer: Tokenizer, keep: list[int], language: str, words: int = 20_000) -> float:
    """Of a language's ``words`` most frequent words, capitalised, the share that is cut as by the whole vocabulary."""
    before, after = whole(tokenizer), Pieces(tokenizer.pieces[each] for each in keep)
    listed = [word.capitalize() for word in wordfreq.top_n_list(language, words)]
    same = [[keep[each] for each in after.tokens(word).ids] == list(before.tokens(word).ids) for word in listed]
    return sum(same) / len(same)
