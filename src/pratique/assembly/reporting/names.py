"""Which names a report may tell.

A project file is written by people, and so are decisions: what they name may be told. A field that nobody has looked at
may be a value that became a name (a map that was read as a record, a header that is a line of data), so it goes by its
number. For a report that leaves the region, all names can be left out.
"""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pratique.audit import Finding
from pratique.model.catalogue import Decision
from pratique.model.paths import FieldPath, show_path
from pratique.model.policy import Settings
from pratique.model.release import NEW_FIELD
from pratique.pipeline.reporting import ProjectReport, Task

_UNREVIEWED = "a field that nobody reviewed"


class Names:
    """Names, and what stands for them."""

    def __init__(self, settings: Settings, *, named: bool) -> None:
        self.named = named
        self._datasets = {name: f"dataset {n}" for n, name in enumerate(settings.datasets, start=1)}
        self._flows = {name: f"flow {n}" for n, name in enumerate(settings.flows, start=1)}
        self._policies = {name: f"policy {n}" for n, name in enumerate(settings.policies, start=1)}
        self._types = {own.name: f"own type {n}" for n, own in enumerate(settings.detection.entities, start=1)}
        self._people = {name: f"steward {n}" for n, name in enumerate(settings.stewards, start=1)}
        self._reviewed: dict[str, set[str]] = {name: set() for name in settings.datasets}
        self._unreviewed: dict[str, dict[str, str]] = {name: {} for name in settings.datasets}
        self._written = {name: _written(settings, name) for name in settings.datasets}

    def learn(self, dataset: str, paths: Iterable[FieldPath], decisions: Sequence[Decision]) -> None:
        """What the catalogue knows of a dataset: its fields in their order, and what people decided."""
        self._reviewed[dataset] = self._written[dataset] | {show_path(d.path) for d in decisions}
        shown = [show_path(path) for path in paths]
        self._unreviewed[dataset] = {
            name: f"#{n}" for n, name in enumerate(shown, start=1) if name not in self._reviewed[dataset]
        }

    def dataset(self, name: str) -> str:
        """A dataset of the project file."""
        return name if self.named else self._datasets.get(name, "a dataset")

    def flow(self, name: str) -> str:
        """A flow of the project file."""
        return name if self.named else self._flows.get(name, "a flow")

    def policy(self, name: str) -> str:
        """A policy of the project file."""
        return name if self.named else self._policies.get(name, "a policy")

    def entity(self, name: str) -> str:
        """An entity type; one of the project's own goes by number where names are left out."""
        return name if self.named else self._types.get(name, name)

    def person(self, name: str) -> str:
        """A steward whom the project file lists."""
        return name if self.named else self._people.get(name, "a steward")

    def own(self, name: str) -> str:
        """Anything else that the project file names: a key's domain, a legal basis."""
        return name if self.named else "left out"

    def field(self, dataset: str, shown: str) -> str:
        """A field as `show_path` writes it, where it may be named; else its number in the newest scan."""
        if shown in ("", NEW_FIELD) or shown.startswith("#"):
            return shown
        if self.named and shown in self._reviewed.get(dataset, ()):
            return shown
        return self._unreviewed.get(dataset, {}).get(shown, _UNREVIEWED if self.named else "a field")

    def sentence(self, dataset: str, text: str, otherwise: str) -> str:
        """``text``, unless names are left out or it holds the name of a field of ``dataset`` that nobody reviewed."""
        if not self.named:
            return otherwise
        unreviewed = sorted(self._unreviewed.get(dataset, ()), key=len, reverse=True)
        found = any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w])", text) for name in unreviewed)
        return otherwise if found else text

    def command(self, words: str, name: str, stands: str) -> str:
        """``pratique scan channel``, or ``pratique scan DATASET`` where names are left out."""
        return f"{words} {shlex.quote(name) if self.named else stands}"

    def finish(
        self, report: ProjectReport, tasks: Sequence[Task], problems: Sequence[tuple[str, str]]
    ) -> ProjectReport:
        """The report with its tasks, and with what could not be read."""
        if self.named:
            return replace(report, tasks=tasks, problems=[f"{what}: {line}" for what, line in problems])
        audits = [
            replace(
                audit,
                problems=[Finding(f"{len(audit.problems)} things do not fit", "")] * bool(audit.problems),
                notes=(),
            )
            for audit in report.audits
        ]
        told = [f"{len(problems)} parts of the project could not be read"] * bool(problems)
        return replace(report, tasks=tasks, problems=told, audits=audits)


def _written(settings: Settings, dataset: str) -> set[str]:
    """The fields of a dataset that the project file names."""
    found = {
        key.partition(".")[2]
        for policy in settings.policies.values()
        for key in policy.fields
        if key.partition(".")[0] in ("*", dataset)
    }
    subject = settings.datasets[dataset].subject
    return found | ({show_path(subject)} if subject else set())
