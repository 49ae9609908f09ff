"""What must hold between the sections of a project file, once each has been read."""

import fnmatch
import os
import posixpath
import re
from dataclasses import dataclass, replace

from pratique.config.nodes import fail, quoted
from pratique.config.values import suggest
from pratique.model.policy import Flow, Policy, Settings

_GLOB = re.compile(r"[*?\[]")
_STREAM = "kafka://"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://")


def check(settings: Settings) -> None:
    """Raises the first `ConfigError`. Order: each flow, people, folders."""
    for flow in settings.flows.values():
        _check_ends(flow, settings)
        _check_border(flow, settings)
        _check_domains(flow, settings.policies[flow.policy])
    _check_decoded(settings)
    _check_people(settings)
    _check_folders(settings)


def _check_ends(flow: Flow, settings: Settings) -> None:
    source, target = settings.datasets[flow.source], settings.datasets[flow.target]
    if source.name == target.name:
        fail(flow.place, f"flows.{flow.name} writes to its own source", "name another dataset under to")
    if _GLOB.search(target.uri):
        place = settings.places[f"datasets.{target.name}"]
        fail(place, f"datasets.{target.name} is a flow's target and has a pattern in its uri", "name a folder")
    if source.uri.startswith(_STREAM) != target.uri.startswith(_STREAM):
        what = f"flows.{flow.name} leads between a topic and files, which is not possible yet"
        fail(flow.place, what, "let source and target both be topics, or both be files")
    here, there = locate(source.uri, settings.root), locate(target.uri.rstrip("/") + "/", settings.root)
    if here.scheme == there.scheme and (_overlap(here, there) or _overlap(here.real(), there.real())):
        what = f"flows.{flow.name} mixes what it reads with what it writes: {source.name} and {target.name} overlap"
        fail(flow.place, what, "give the target a folder of its own")
    if source.region not in settings.keys:
        what = f"flows.{flow.name} reads from region {source.region}, which has no keys"
        fail(flow.place, what, f"add keys: {{{source.region}: file:keys/{source.region}.json}}")


def _check_border(flow: Flow, settings: Settings) -> None:
    here, there = settings.datasets[flow.source].region, settings.datasets[flow.target].region
    if here != there and f"{here} -> {there}" not in settings.routes:
        what = f"flows.{flow.name} crosses from {here} to {there}, and no route allows it"
        fail(flow.place, what, f"add {here} -> {there} under routes")


def _check_domains(flow: Flow, policy: Policy) -> None:
    used = {r.transform.domain for r in policy.rules if r.transform is not None and r.transform.domain is not None}
    for domain in flow.shared_domains:
        if domain not in used:
            what = f"flows.{flow.name} shares the domain {quoted(domain)}, which policy {policy.name} does not use"
            fail(flow.place, what, suggest(domain, used))


def _check_decoded(settings: Settings) -> None:
    """What a field's tokens are decoded with is a fact of the data: every flow that reads it must say the same."""
    first: dict[str, tuple[Flow, dict[str, str]]] = {}
    for flow in settings.flows.values():
        rules = settings.policies[flow.policy].decoded(flow.source)
        keys = {path: rule.fernet for path, rule in rules.items()}
        other, known = first.setdefault(flow.source, (flow, keys))
        for path in sorted(keys.keys() | known.keys()):
            if keys.get(path) != known.get(path):
                what = f"{flow.source}.{path} is not decoded alike in flows.{other.name} and flows.{flow.name}"
                place = rules[path].place if path in rules else flow.place
                fail(place, what, "write the same fernet: KEY for it in both policies")


def _check_people(settings: Settings) -> None:
    """One name is one person, one key is one person: else a signature would not say who signed."""
    for key, person in settings.reidentifiers.items():
        steward = settings.stewards.get(key)
        if steward is not None and steward.public_key != person.public_key:
            place = settings.places[f"reidentifiers.{key}"]
            fail(place, f"{quoted(key)} is also a steward, with another key", "use one key, or another name")
    owners: dict[str, str] = {}
    for section, people in (("stewards", settings.stewards), ("reidentifiers", settings.reidentifiers)):
        for key, person in people.items():
            if owners.setdefault(person.public_key, key) != key:
                what = f"{owners[person.public_key]} and {key} have one public key"
                fail(settings.places[f"{section}.{key}"], what, "give each person a key of their own")


def _check_folders(settings: Settings) -> None:
    """Keys and working files never lie where a dataset is read, published or deleted."""
    state = _absolute(settings.state, settings.root)
    files = {f"the key file of {r}": uri for r, uri in settings.keys.items() if uri.startswith("file:")}
    for dataset in settings.datasets.values():
        place = settings.places[f"datasets.{dataset.name}"]
        here = locate(dataset.uri, settings.root)
        if here.scheme:
            continue
        if here.takes_in(state):
            fail(place, f"the state folder lies inside datasets.{dataset.name}", "keep them in separate folders")
        if _below(here.folder, state):
            fail(place, f"datasets.{dataset.name} lies inside the state folder", "keep them in separate folders")
        for what, uri in files.items():
            if here.matches(_absolute(uri.removeprefix("file:"), settings.root)):
                fail(place, f"{what} lies inside datasets.{dataset.name}", "keep them in separate folders")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a dataset lies, as far as its URI's words tell (links may deceive)."""

    scheme: str
    """Empty for files of this machine."""
    folder: str
    """The folder in which everything of it lies: the part of the URI before any pattern."""
    deep: bool
    """Whether it takes in everything below: a folder, or a pattern with ``**``."""
    pattern: str
    """The whole path, with its pattern if it has one."""

    def takes_in(self, folder: str) -> bool:
        """Whether files in ``folder`` belong to it."""
        if self.deep:
            return _below(folder, self.folder)
        return bool(_GLOB.search(self.pattern)) and fnmatch.fnmatchcase(folder + "/x", self.pattern)

    def real(self) -> "Location":
        """The same with every link on the way to its folder followed, as links stand now."""
        if self.scheme:
            return self
        folder = os.path.realpath(self.folder)
        return replace(self, folder=folder, pattern=folder.rstrip("/") + self.pattern[len(self.folder.rstrip("/")) :])

    def matches(self, file: str) -> bool:
        """Whether this very file belongs to it."""
        return _below(file, self.folder) if self.deep else fnmatch.fnmatchcase(file, self.pattern)


def _overlap(here: Location, there: Location) -> bool:
    return here.takes_in(there.folder) or there.takes_in(here.folder)


def locate(uri: str, root: str) -> Location:
    """The location of a dataset; a relative path is taken from ``root``."""
    found = _SCHEME.match(uri)
    scheme, path = (found[1], uri[found.end() :]) if found else ("", uri)
    if scheme in ("", "file"):
        scheme, path = "", _absolute(path, root) + ("/" if path.endswith("/") else "")
    glob = _GLOB.search(path)
    if glob:
        folder = path[: glob.start()].rpartition("/")[0]
        return Location(scheme, folder or "/", "**" in path, path)
    name = posixpath.basename(path)
    if "." in name.lstrip("."):
        return Location(scheme, posixpath.dirname(path) or "/", deep=False, pattern=path)
    return Location(scheme, path.rstrip("/") or "/", deep=True, pattern=path)


def _absolute(path: str, root: str) -> str:
    return posixpath.normpath(posixpath.join(root, path))


def _below(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or lies below it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")
