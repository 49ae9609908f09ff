"""Schema registries of a project: what they hold, what they enforce, and the registration of what flows write."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from pratique.assembly.parts import Assembly
from pratique.connectors.kafka import LEVELS, Address, Registry, Version, wire_header
from pratique.errors import ConfigError, RefusedError, UnsettledError
from pratique.formats import registered_schema, stated_schema
from pratique.model.plan import Plan
from pratique.model.schema import Schema
from pratique.model.stream import Cluster
from pratique.policy import output_schema

_FIRST, _LONGEST = 0.1, 5.0
"""Seconds between two questions."""
_PATIENCE: Final = 120.0
"""Seconds after which a run to the end gives up; one that follows never does."""
_STEP: Final = 0.05

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of a registry, in a line."""

    cluster: str
    name: str
    versions: int
    id: int
    """Of the newest version; of none: -1."""
    kind: str
    compatibility: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One version of a subject, and what it says of fields."""

    subject: Subject
    shown: Version
    versions: Sequence[int]
    schema: Schema | None
    """With its tags as the property ``tags``; None for one that Pratique does not read."""


def subjects(assembly: Assembly) -> list[Subject]:
    """Every subject of every registry of the project."""
    return [_line(cluster, one, name) for cluster, one in _registries(assembly) for name in one.subjects()]


def subject(assembly: Assembly, name: str, version: int | None) -> SubjectView:
    """One subject, in its newest version unless another is asked for; `ConfigError` where there is none."""
    for cluster, registry in _registries(assembly):
        versions = registry.versions(name)
        number = version if version is not None else (versions or [0])[-1]
        shown = registry.version(name, number) if number in versions else None
        if shown is not None:
            stated = stated_schema(shown.kind, shown.schema)
            return SubjectView(_line(cluster, registry, name), shown, versions, stated)
    what = "there is no such subject" if version is None else "there is no such subject, or version of it"
    raise ConfigError(what, where="schema registry", do="see: pratique registry list")


def compatibility(assembly: Assembly, name: str | None) -> list[tuple[str, str]]:
    """By cluster, what its registry enforces for a subject, or for all that have no level of their own."""
    return [(cluster.name, registry.compatibility(name)) for cluster, registry in _registries(assembly)]


def set_compatibility(assembly: Assembly, name: str | None, level: str) -> list[tuple[str, str]]:
    """Have registries enforce a level, on record first; what they then say that they enforce.

    Of a subject only the registries that have it. Raises `RefusedError` where none has.
    """
    if level not in LEVELS:
        raise ConfigError("no level of compatibility", do=f"use one of {', '.join(LEVELS)}")
    chosen = [(c, r) for c, r in _registries(assembly) if name is None or r.versions(name)]
    if not chosen:
        raise RefusedError("no registry has this subject", do="see: pratique registry list")
    for cluster, registry in chosen:
        for region in sorted({d.region for d in assembly.settings.datasets.values() if _on(d.uri, cluster)}):
            details = {"what": "compatibility", "cluster": cluster.name, "subject": (name or "")[:200], "level": level}
            assembly.audit(region).append("registry", assembly.who, details)
        registry.set_compatibility(name, level)
    return [(cluster.name, registry.compatibility(name)) for cluster, registry in chosen]


def register_output(
    assembly: Assembly,
    plan: Plan,
    target: Address,
    *,
    forever: bool,
    stop: Callable[[], bool],
    tell: Callable[[], None],
) -> bytes:
    """Register the schema of what a plan writes under the target's subject, and give what stands before each value.

    Nothing, where values refer to no schema. A registry that does not answer is waited for, ``tell`` is called before;
    with ``forever`` until ``stop`` says so. Raises `RefusedError` where the registry does not take it.
    """
    made = registered_schema(plan.target_format, output_schema(plan))
    if made is None:
        return b""
    kind, text = made
    registry = assembly.registry(target)
    number = patiently(
        lambda: registry.register(f"{target.topic}-value", text, kind), forever=forever, stop=stop, tell=tell
    )
    return wire_header(number)


def patiently(
    ask: Callable[[], T],
    *,
    forever: bool,
    stop: Callable[[], bool],
    tell: Callable[[], None],
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """What ``ask`` gives, asked again after longer and longer waits while it raises `UnsettledError`."""
    start, wait = clock(), _FIRST
    while True:
        try:
            return ask()
        except UnsettledError:
            if stop() or (not forever and clock() - start > _PATIENCE):
                raise
        tell()
        end = clock() + wait
        while clock() < end and not stop():
            time.sleep(_STEP)
        wait = min(2 * wait, _LONGEST)


def _registries(assembly: Assembly) -> list[tuple[Cluster, Registry]]:
    """Each registry once, with the first cluster that names it."""
    found: dict[str, tuple[Cluster, Registry]] = {}
    for cluster in assembly.settings.clusters.values():
        if cluster.registry and cluster.registry not in found:
            found[cluster.registry] = (cluster, assembly.registry(Address(cluster, "")))
    if not found:
        raise ConfigError(
            "no cluster names a schema registry", where="pratique.yaml", do="add registry: http://… to one"
        )
    return list(found.values())


def _line(cluster: Cluster, registry: Registry, name: str) -> Subject:
    versions = registry.versions(name)
    newest = registry.version(name, versions[-1]) if versions else None
    own, kind = (-1, "") if newest is None else (newest.id, newest.kind)
    return Subject(cluster.name, name, len(versions), own, kind, registry.compatibility(name))


def _on(uri: str, cluster: Cluster) -> bool:
    return uri.startswith(f"kafka://{cluster.name}/")
