"""Synthetic text with exact spans, from templates of our own, in the languages of Europe.

The labels and their meaning are those of the labelled data:

- PERSON: names without courtesy titles; an ending that the language writes on the name is inside, one behind an
  apostrophe is outside.
- LOCATION: cities, countries, regions and named places.
- ADDRESS: the street line and the postcode, one span where only a comma or a space is between them; the city is
  LOCATION.
- DATE_TIME: dates, weekdays and times of day, not durations or ages.
- NRP, ORGANIZATION, PHONE_NUMBER; USERNAME: handles and logins.
- ID_CODE: case, account, document and personal numbers, without a "no." in front.

E-mail addresses, links, amounts, products, job titles and section numbers are unmarked: patterns find the first two,
and the rest must not be found.
"""

import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from tools.train_ner.synth.documents import document
from tools.train_ner.synth.language import Language, available, load
from tools.train_ner.synth.writer import LABELS, TemplateError

__all__ = ["LABELS", "TemplateError", "available", "generate"]


@lru_cache(maxsize=1)
def _languages() -> dict[str, Language]:
    return {language.code: language for language in load(available())}


def generate(seed: int, count: int, languages: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield ``count`` records in the form of the labelled data, each language as often as the others.

    The same arguments, files and Faker version give the same records; without Faker the names are fewer. Every label is
    annotated in every record. Spans are sorted, do not overlap, are not empty and have no white space at their ends.

    Args:
        seed: of the one random stream that all records come from.
        count: how many records.
        languages: codes such as ``de``; all that have a file where there are none.

    Raises:
        KeyError: a language that has no file.
        TemplateError: a file that does not parse.
    """
    stream = random.Random(seed)
    known = _languages()
    chosen = [known[code] for code in (languages or known)]
    for number in range(count):
        text = ""
        spans: list[list[Any]] = []
        language = chosen[number % len(chosen)]
        while not text:
            text, spans = document(language, stream)
        yield {
            "id": f"synth:{seed}-{number}",
            "source": "synth",
            "lang": language.code,
            "text": text,
            "spans": spans,
            "annotated": list(LABELS),
        }
