"""A first project from real files: a glance at them, and a project file that proposes what to do with what is there."""

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pratique.assembly.finding import Group, Passed, find_groups
from pratique.assembly.parts import Assembly
from pratique.assembly.proposing import draft_rules, kinds_words, likely_subject
from pratique.assembly.start import create_missing, write_first
from pratique.catalogue import proposals
from pratique.config import load
from pratique.config.cases import cases_template
from pratique.config.draft import Draft, DraftDataset, DraftField, render
from pratique.config.load import FILE_NAME, read
from pratique.config.template import next_year
from pratique.config.values import name as check_name
from pratique.connectors.files import FilesSource
from pratique.errors import ConfigError, PratiqueError
from pratique.infer import field_names, glance
from pratique.model.catalogue import Scan
from pratique.model.data import FormatSpec
from pratique.model.paths import MARKERS, FieldPath, show_path
from pratique.model.policy import Place, Settings
from pratique.pipeline.checking import Drafted, DraftReport

MOST_DATASETS: Final = 100
STEWARD: Final = "privacy-office"
_SHARE: Final = 0.05
"""From which share of the values a type counts as proposed; what a project file without a word on it says."""
_NO_NAME: Final = frozenset({"DATE_TIME", "DOMAIN_NAME", "URL"})
"""Types that a file's name may well look like, and that say nothing of a person there."""
_LONG_NUMBER: Final = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{6}(?:[0-9]{2}|[0-9]{4}|[0-9]{6})?(?![0-9]))[0-9]{7,}")
"""A number that somebody may have, not a day or a moment."""
_LIKELY: Final = 0.5


def draft_project(folder: Path, name: str, paths: Sequence[str], *, region: str, target: str) -> DraftReport:
    """Look at the files at or below ``paths``, and write a project file for them, a file for cases, and the keys.

    Nothing is overwritten, and nothing is written where anything fails. Neither file holds a value. Raises
    `ConfigError` where there is a project already, for a name that cannot be one, and where there is no file to begin
    with.
    """
    file = folder / FILE_NAME
    if os.path.lexists(file):
        raise ConfigError("there is a project already", where=str(file), do="edit it, or choose another folder")
    for value in (region, target):
        check_name(value, Place("--region and --to"), "a region")
    if not name.strip() or not name.isprintable():
        raise ConfigError("the exporter's name is empty or does not print", do="add --name, such as Example Ltd")
    root = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are written
    drafter = _Drafter(root, region, target)
    found = drafter.look(paths)
    text = render(drafter.draft(name, found))
    settings = read(text.encode(), FILE_NAME, root)
    assert list(settings.flows) == [dataset.name for dataset, _, _ in found]
    cases = cases_template(next(iter(settings.flows)))
    written = write_first(folder, text, cases)
    keys = create_missing(Assembly(load(file)))
    return DraftReport(
        written=[*written, *keys],
        datasets=[
            Drafted(
                name=dataset.name,
                uri=dataset.uri,
                format=scan.format.name,
                files=dataset.files,
                records=dataset.records,
                subject="" if dataset.subject is None else show_path(dataset.subject),
                fields=len(dataset.fields),
                types=tuple(sorted({entity for field in dataset.fields for entity in field.types})),
            )
            for dataset, scan, _ in found
        ],
        passed_over=dict(drafter.passed.why),
    )


_Found = tuple[DraftDataset, Scan, Mapping[FieldPath, tuple[str, ...]]]


class _Drafter:
    """Looks at files with a project's own parts, before there is a project."""

    def __init__(self, root: Path, region: str, target: str) -> None:
        self._root = root
        self._region = region
        self._target = target
        empty = Settings(str(root), "", (region, target), {}, {}, {}, {}, {}, {}, {})
        self._parts = Assembly(empty)
        self._taken: set[str] = set()
        self.passed = Passed()

    def look(self, paths: Sequence[str]) -> list[_Found]:
        """A glance at every dataset."""
        groups = find_groups(paths, self._root, self._names, self._is_personal, self.passed)
        if len(groups) > MOST_DATASETS:
            do = "name fewer folders, and add the others to the file by hand"
            raise ConfigError(f"these files are {len(groups)} datasets, more than {MOST_DATASETS}", do=do)
        found = [one for group in groups for one in self._dataset(group)]
        if not found:
            told = "; ".join(f"{count:,} {reason}" for reason, count in self.passed.why.items())
            raise ConfigError(f"no file can be read ({told})", do="check that the files are what their names say")
        return found

    def _names(self, file: Path, spec: FormatSpec) -> Collection[str] | None:
        """The names of a file's fields, as its first records have them."""
        try:
            source = FilesSource(str(file), self._root)
            (item,) = source.inputs()
            names = field_names(source, item, self._parts.formats[spec.name], spec)
        except PratiqueError:
            return None
        return [] if spec.name == "text" else names

    def _is_personal(self, name: str) -> bool:
        """Whether anything personal is found in a name, as it is written or as words."""
        words = re.sub(r"[._=+-]+", " ", name).strip()
        forms = [name, words]
        if " " in words:
            # Of a single word too many are somebody's surname: long, may, deep.
            forms.append(words.title())
        return bool(_LONG_NUMBER.search(name)) or any(
            finding.score >= _LIKELY and finding.entity not in _NO_NAME
            for findings in self._parts.detector.without_model.find_many(forms)
            for finding in findings
        )

    def _dataset(self, group: Group) -> Iterator[_Found]:
        source = FilesSource(group.uri, self._root)
        way = self._parts.formats[group.spec.name]
        try:
            items = [item for item in source.inputs() if item.name in group.names]
            scan = glance(source, items, way, group.spec, self._parts.detector, "")
        except PratiqueError as error:
            self.passed.add(f"that cannot be read ({error.what})", len(group.names))
            return
        name = self._name(group.stem)
        proposed = proposals(scan, _SHARE)
        dataset = DraftDataset(
            name=name,
            target=self._name(f"{name}-{self._target if self._target != self._region else 'released'}"),
            uri=group.uri,
            target_uri=f"released/{self._target}/{name}/",
            format=group.spec.name if group.declared else "",
            target_format=group.spec.name,
            subject=likely_subject(scan, proposed),
            files=len(group.names),
            records=scan.records,
            fields=tuple(
                DraftField(
                    path=leaf.path,
                    number=number,
                    kinds=kinds_words(leaf),
                    types=proposed.get(leaf.path, ()),
                    shown=not any(self._is_personal(step) for step in leaf.path if step not in MARKERS),
                )
                for number, leaf in enumerate(scan.schema.fields(), 1)
            ),
        )
        yield dataset, scan, proposed

    def _name(self, wanted: str) -> str:
        """A name of the project's own that is still free."""
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted).strip("-_")[:50] or "dataset"
        free, again = plain, 1
        while free.lower() in self._taken:
            again += 1
            free = f"{plain}-{again}"
        self._taken.add(free.lower())
        return free

    def draft(self, exporter: str, found: Sequence[_Found]) -> Draft:
        """The file's content."""
        families, entities, fields = draft_rules(found)
        return Draft(
            exporter=exporter,
            source=self._region,
            target=self._target,
            steward=STEWARD,
            until=next_year(date.today()).isoformat(),  # noqa: DTZ011 - the day here
            datasets=tuple(dataset for dataset, _, _ in found),
            families=families,
            entities=entities,
            fields=fields,
        )
