"""A first project from real files: a glance at them, and a project file that proposes what to do with what is there."""

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pratique.assembly.finding import Group, Passed, find_groups
from pratique.assembly.parts import Assembly
from pratique.assembly.start import create_missing, write_first
from pratique.catalogue import proposals
from pratique.config import load
from pratique.config.cases import cases_template
from pratique.config.draft import Draft, DraftDataset, DraftField, DraftRule, render
from pratique.config.load import FILE_NAME, read
from pratique.config.template import next_year
from pratique.config.values import name as check_name
from pratique.connectors.files import FilesSource
from pratique.detect.fieldnames import name_words
from pratique.errors import ConfigError, PratiqueError, TransformError
from pratique.infer import field_names, glance
from pratique.model.catalogue import Evidence, Scan
from pratique.model.data import FormatSpec
from pratique.model.paths import MARKERS, FieldPath, show_path
from pratique.model.policy import Place, Settings, TransformSpec
from pratique.model.schema import Field, Kind
from pratique.pipeline.checking import Drafted, DraftReport
from pratique.transform import registry

MOST_DATASETS: Final = 100
STEWARD: Final = "privacy-office"
_DOMAIN: Final = "people"
"""In which subjects join."""
_SHARE: Final = 0.05
"""From which share of the values a type counts as proposed; what a project file without a word on it says."""
_WORDS_OF_TEXT: Final = 4
"""Words that the values of a field of free text have on average, at least."""
_NO_NAME: Final = frozenset({"DATE_TIME", "DOMAIN_NAME", "URL"})
"""Types that a file's name may well look like, and that say nothing of a person there."""
_LONG_NUMBER: Final = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{6}(?:[0-9]{2}|[0-9]{4}|[0-9]{6})?(?![0-9]))[0-9]{7,}")
"""A number that somebody may have, not a day or a moment."""
_LIKELY: Final = 0.5
_EMPTY: Final = 0.05
"""The share of records that may lack a subject."""

_RULES: Final[Mapping[str, TransformSpec]] = {
    "PERSON": TransformSpec("replace"),
    "ADDRESS": TransformSpec("replace"),
    "EMAIL_ADDRESS": TransformSpec("token", "mail"),
    "PHONE_NUMBER": TransformSpec("token", "phone"),
    "UUID": TransformSpec("token", "ids"),
    "CREDIT_CARD": TransformSpec("mask", None, {"keep_last": 4}),
    "IP_ADDRESS": TransformSpec("generalise"),
    "DATE_TIME": TransformSpec("shift_date"),
}
_OTHERWISE: Final = TransformSpec("redact")
"""For every other type, and where a rule does not fit what was found."""

_WHO: Final = frozenset(
    {
        "account",
        "client",
        "contact",
        "customer",
        "employee",
        "guest",
        "holder",
        "household",
        "member",
        "passenger",
        "patient",
        "payer",
        "person",
        "policyholder",
        "student",
        "subject",
        "subscriber",
        "tenant",
        "user",
        "viewer",
        "visitor",
        "benutzer",
        "kunde",
        "kunden",
        "mieter",
        "mitarbeiter",
        "patientin",
        "versicherter",
    }
)
_WHICH: Final = frozenset({"id", "ids", "key", "nr", "no", "num", "number", "nummer", "code", "ref", "uuid"})


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
            for findings in self._parts.detector.find_many(forms)
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
            subject=_subject(scan, proposed),
            files=len(group.names),
            records=scan.records,
            fields=tuple(
                DraftField(
                    path=leaf.path,
                    number=number,
                    kinds=_kinds(leaf),
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
        entities, fields = _policy(found)
        return Draft(
            exporter=exporter,
            source=self._region,
            target=self._target,
            steward=STEWARD,
            until=next_year(date.today()).isoformat(),  # noqa: DTZ011 - the day here
            datasets=tuple(dataset for dataset, _, _ in found),
            entities=entities,
            fields=fields,
        )


# --- what the draft proposes ------------------------------------------------------------------------------------------


def _kinds(leaf: Field) -> str:
    return leaf.logical or " or ".join(sorted(leaf.kinds - {Kind.NULL})) or "null"


def _subject(scan: Scan, proposed: Mapping[FieldPath, tuple[str, ...]]) -> FieldPath | None:
    """The field that most likely says whom a record is about: by its name, else a filled field of addresses."""
    evidence = {e.path: e for e in scan.evidence}
    best: tuple[int, FieldPath] | None = None
    for leaf in scan.schema.fields():
        seen = evidence.get(leaf.path)
        if set(leaf.path) & MARKERS or leaf.kinds - {Kind.NULL} not in ({Kind.STRING}, {Kind.INTEGER}) or seen is None:
            continue
        if not show_path(leaf.path).isprintable():
            continue  # A project file takes no such name there.
        if not seen.sampled or seen.nulls > _EMPTY * seen.sampled or leaf.optional:
            continue
        rank = _rank(leaf, seen, proposed.get(leaf.path, ()))
        if rank and (best is None or rank > best[0]):
            best = rank, leaf.path
    return None if best is None else best[1]


def _rank(leaf: Field, seen: Evidence, types: Sequence[str]) -> int:
    words = name_words(leaf.path[-1])
    joined = re.fullmatch(f"({'|'.join(sorted(_WHO))})({'|'.join(sorted(_WHICH))})", words[-1]) if words else None
    if joined or (len(words) > 1 and words[-1] in _WHICH and words[-2] in _WHO):
        return 3
    if words and words[-1] in _WHO and seen.mean_words < 2:  # noqa: PLR2004 - one word, not a name
        return 2
    return 1 if "EMAIL_ADDRESS" in types and seen.distinct > 1 else 0


def _is_text(leaf: Field, seen: Evidence | None) -> bool:
    """Whether what is personal stands inside the field's values, not as a whole."""
    if seen is None or Kind.STRING not in leaf.kinds or leaf.logical or seen.mean_words < _WORDS_OF_TEXT:
        return False
    hits = sum(found.hits for found in seen.types)
    return hits > 0 and 2 * sum(found.whole for found in seen.types) < hits


def _policy(found: Sequence[_Found]) -> tuple[tuple[DraftRule, ...], tuple[DraftRule, ...]]:
    """Rules for the types that were found, and for the fields that need one of their own."""
    transforms = registry()
    fits: dict[str, TransformSpec] = {}
    why: dict[str, str] = {}
    fields: list[DraftRule] = []
    for dataset, scan, proposed in found:
        evidence = {e.path: e for e in scan.evidence}
        for leaf in scan.schema.fields():
            seen = evidence.get(leaf.path)
            types, key = proposed.get(leaf.path, ()), f"{dataset.name}.{show_path(leaf.path)}"
            in_text = scan.format.name == "text" or _is_text(leaf, seen)
            if in_text and seen is not None:
                # A finding without a rule would hold the whole text back.
                types = tuple(dict.fromkeys((*types, *(one.entity for one in seen.types if one.hits))))
                if scan.format.name != "text":
                    fields.append(DraftRule(key, "{as: text}", "free text: each find by its type"))
            elif leaf.path == dataset.subject and "EMAIL_ADDRESS" not in types:
                # Whatever its values look like, it is what joins: a constant in its place would end that.
                fields.append(DraftRule(key, f"{{token: {_DOMAIN}}}", "the subject"))
                continue
            for entity in types:
                spec = fits.setdefault(entity, _RULES.get(entity, _OTHERWISE))
                reason = _unfit(spec, leaf, entity, seen, in_text=in_text, subject=dataset.subject is not None)
                if not reason:
                    try:
                        transforms[spec.name].check(spec, leaf.kinds, entity, in_text=in_text)
                    except TransformError:
                        reason = f"{spec.name} does not fit every field that has it"
                if reason:
                    fits[entity], why[entity] = _OTHERWISE, reason
    entities = tuple(DraftRule(entity, _shown(spec), why.get(entity, "")) for entity, spec in sorted(fits.items()))
    return entities, tuple(fields)


def _unfit(
    spec: TransformSpec, leaf: Field, entity: str, seen: Evidence | None, *, in_text: bool, subject: bool
) -> str:
    """Why a rule would not work for what was found in a field; empty where it would."""
    if spec.name != "shift_date":
        return ""
    if not subject:
        return "shift_date needs a subject in every dataset"
    dated = in_text or (entity == "DATE_TIME" and seen is not None and len(seen.date_formats) == 1)
    return "" if dated or leaf.logical else "shift_date needs dates of one form; say format"


def _shown(spec: TransformSpec) -> str:
    if spec.domain is not None:
        return f"{{{spec.name}: {spec.domain}}}"
    if spec.params:
        return f"{{{spec.name}: {{{', '.join(f'{name}: {value}' for name, value in spec.params.items())}}}}}"
    return spec.name
