"""A language's file: what it may hold, and how it is read.

``languages/xx.txt`` has ``key: value`` lines first, then sections. ``[name]`` or ``[name LABEL]`` is a list, its items
separated by line ends and by ``; `` (where the section is not one of ``LINES``); ``[[kind]]`` holds templates of one
kind, a line each: an opening behind ``> ``, a closing behind ``< ``, else a body. ``#`` begins a comment line. What
``common.txt`` holds is there for every language that does not have a list of that name itself; its templates are added.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tools.train_ner.synth import people, script
from tools.train_ner.synth.inflect import Cases
from tools.train_ner.synth.slots import BUILT_IN
from tools.train_ner.synth.writer import LABELS, Template, TemplateError

if TYPE_CHECKING:
    from tools.train_ner.synth.writer import Writer

FOLDER = Path(__file__).parent / "languages"
COMMON = "common"
WORLD = "world"
# Sections whose items are whole lines: they hold "; " themselves, or are rules.
LINES = frozenset({"address", "block", "inflect", "labels"})
FAKER_PLACES = {"city": ("cities", "real_city_names", "city_names"), "street": ("streets",)}
PLACES_FROM_FAKER = 60
LONGEST_PLACE = 24


class Kind:
    """The templates of one kind of text."""

    def __init__(self) -> None:
        self.openings: list[Template] = []
        self.bodies: list[Template] = []
        self.closings: list[Template] = []


class Language:
    """One language's lists, templates, names and cases.

    Args:
        code: the file's stem: a language code of two letters, ``common`` or ``world``.
        common: the lists and templates that every language shares.

    Raises:
        TemplateError: where the file does not parse or a template names what is not there; says which line.
    """

    def __init__(self, code: str, common: "Language | None" = None) -> None:
        self.code = code
        self.common = common
        self.meta: dict[str, str] = {}
        self.raw: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.lists: dict[str, list[Template]] = {}
        self.kinds: dict[str, Kind] = {}
        self.borrowed: set[str] = (
            set()
        )  # lists of ``common.txt``: names of goods, hosts and codes, in Latin letters everywhere
        self._read((FOLDER / f"{code}.txt").read_text(encoding="utf-8"))
        rules = self.raw.get("inflect", [])
        self.cases = Cases(code, rules) if rules else None
        for name, items in self.raw.items():
            if name not in ("inflect", "labels"):
                self._list(name, items)
        if common is not None:
            self._inherit(common)
            self._check()
        self.strangers: list[Language] = []
        self.strangers_with_places: list[Language] = []

    @cached_property
    def pool(self) -> people.Pool:
        """The names, read when they are first needed."""
        return people.pool_of(self)

    @cached_property
    def captions(self) -> dict[str, list[str]]:
        """What forms call a field: its key to the words for it."""
        found = {}
        for line in self.raw.get("labels", []):
            key, _, words = line.partition("=")
            found[key.strip()] = [word.strip() for word in words.split(" / ")]
        return found

    def words(self, name: str) -> list[str]:
        """The items of a list as plain words; empty where the file has none of that name."""
        return self.raw.get(name, [])

    def write_item(self, writer: "Writer", name: str) -> None:
        """Write one item of a list: as one span where the list has a label and the item marks nothing itself."""
        item = writer.pick(self.lists[name])
        self._write(writer, name, item)

    def write_again(self, writer: "Writer", name: str, numbered: str) -> None:
        """Write the item that a numbered slot has in this text: the same each time."""
        item = writer.memo.get(numbered)
        if item is None:
            item = writer.memo[numbered] = writer.pick(self.lists[name])
        self._write(writer, name, item)

    def _write(self, writer: "Writer", name: str, item: Template) -> None:
        letters = writer.script
        if name in self.borrowed:
            writer.script = None
        label = self.labels.get(name, "")
        if label and not item.marked:
            writer.inside(label, item)
        else:
            item.write(writer)
        writer.script = letters

    def _read(self, text: str) -> None:
        target: list[str] | None = None
        kind: Kind | None = None
        name = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.startswith("# "):
                continue
            if line.startswith("[[") and line.endswith("]]"):
                target, kind = None, self.kinds.setdefault(line[2:-2], Kind())
            elif line.startswith("[") and line.endswith("]") and line[1:-1].replace(" ", "").replace("_", "").isalnum():
                name, _, label = line[1:-1].partition(" ")
                if label and label not in LABELS:
                    raise TemplateError(f"{self.code}.txt line {number}: no label {label}")
                if label:
                    self.labels[name] = label
                target, kind = self.raw.setdefault(name, []), None
            elif kind is not None:
                self._template(kind, line, number)
            elif target is not None:
                target.extend(
                    [line] if name in LINES else [item.strip() for item in line.split("; ") if item.strip(" ;")]
                )
            else:
                key, _, value = line.partition(":")
                self.meta[key.strip()] = value.strip()

    def _template(self, kind: Kind, line: str, number: int) -> None:
        try:
            if line.startswith("> "):
                kind.openings.append(Template(line[2:], BUILT_IN))
            elif line.startswith("< "):
                kind.closings.append(Template(line[2:], BUILT_IN))
            else:
                kind.bodies.append(Template(line, BUILT_IN))
        except TemplateError as problem:
            raise TemplateError(f"{self.code}.txt line {number}: {problem}") from None

    def _list(self, name: str, items: list[str]) -> None:
        extra: list[str] = []
        if name in FAKER_PLACES:
            found = people.from_faker(self.meta.get("faker", "").split(), "address", *FAKER_PLACES[name])
            short = [
                place for place in found if len(place) <= LONGEST_PLACE and not set(place) & set("[]{}<>|0123456789.,")
            ]
            prefix = self.meta.get(f"faker_{name}", "")
            extra = [f"{prefix} {place}".strip() for place in short[:: max(1, len(short) // PLACES_FROM_FAKER)]]
        label = self.labels.get(name, "")
        try:
            self.lists[name] = [Template(item, BUILT_IN, label) for item in [*items, *extra]]
        except TemplateError as problem:
            raise TemplateError(f"{self.code}.txt [{name}]: {problem}") from None

    def _inherit(self, common: "Language") -> None:
        for name, items in common.lists.items():
            if name not in self.lists:
                self.lists[name] = items
                self.borrowed.add(name)
                if name in common.labels:
                    self.labels[name] = common.labels[name]
        for name, kind in common.kinds.items():
            own = self.kinds.setdefault(name, Kind())
            own.bodies += kind.bodies

    def _check(self) -> None:
        known = self.lists.keys() | BUILT_IN.keys()
        templates = [item for items in self.lists.values() for item in items]
        for kind in self.kinds.values():
            templates += kind.openings + kind.bodies + kind.closings
        for template in templates:
            missing = template.names - known
            if missing:
                raise TemplateError(f"{self.code}.txt: no list {', '.join(sorted(missing))}")


def load(codes: list[str]) -> list[Language]:
    """The languages of these codes, each with the others as where its strangers come from.

    Strangers share the script, or are written in Latin letters where theirs has a romanisation; texts in Cyrillic or
    Greek have strangers in Latin letters.
    """
    common = Language(COMMON)
    world = Language(WORLD)
    languages = [Language(code, common) for code in codes]
    for language in languages:
        others = [other for other in languages if other is not language]
        latin = [other for other in others if other.code not in script.NOT_LATIN]
        if language.code in script.NOT_LATIN:
            language.strangers = [*latin, world]
        else:
            language.strangers = [*others, *([world] * max(1, len(others) // 5))]
        language.strangers_with_places = latin or [language]
    return languages


def available() -> list[str]:
    """The codes of all languages that have a file, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.txt") if path.stem not in (COMMON, WORLD))
