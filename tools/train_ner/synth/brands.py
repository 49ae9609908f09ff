"""Names inside names: invented companies, and the persons after whom companies and streets are called."""

from typing import TYPE_CHECKING

from tools.train_ner.synth import script

if TYPE_CHECKING:
    from tools.train_ner.synth.writer import Writer

_ONSETS = ["b", "br", "c", "d", "f", "g", "gr", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z"]
_VOWELS = ["a", "e", "i", "o", "u", "ia", "io"]
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "x"]
_TAILS = ["", "", "tec", "nova", "med", "soft", "net", "bau", "plus", "line", "agro", "pharm", "lab"]
_LETTERS = list("ABCDEGIKLMNPRSTVXZ")
INITIALS, DOUBLE = 0.15, 0.12


def _syllables(writer: "Writer", count: int) -> str:
    return "".join(writer.pick(_ONSETS) + writer.pick(_VOWELS) + writer.pick(_CODAS) for _ in range(count))


def brand(writer: "Writer", key: str) -> None:
    """An invented name: two or three syllables, at times with a tail, two words, or initials such as ``KBL``."""
    del key
    if writer.chance(INITIALS):
        writer.put("".join(writer.pick(_LETTERS) for _ in range(2 + int(writer.chance(0.7)))), raw=True)
        return
    name = (_syllables(writer, 2) + writer.pick(_TAILS)).capitalize()
    if writer.chance(DOUBLE):
        name = f"{name} {_syllables(writer, 2).capitalize()}"
    elif writer.chance(0.1):
        name = script.upper(name, writer.language.code)
    writer.put(name, raw=True)


def surname(writer: "Writer", key: str) -> None:
    """A surname of the language without a label of its own: part of a company's or a street's name."""
    del key
    writer.put(writer.pick(writer.language.pool.surnames["m"]))


def given_name(writer: "Writer", key: str) -> None:
    """A man's given name without a label of its own: part of a street's name."""
    del key
    writer.put(writer.pick(writer.language.pool.given["m"]))
