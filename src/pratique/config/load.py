"""From ``pratique.yaml`` to `Settings`: read every section, then check what holds between them."""

from pathlib import Path

from pratique.config.checks import check
from pratique.config.nodes import MAX_BYTES, MapNode, ScalarNode, parse
from pratique.config.rules import read_policies
from pratique.config.sections import (
    read_datasets,
    read_detection,
    read_flows,
    read_keys,
    read_regions,
    read_reidentifiers,
    read_routes,
    read_stewards,
)
from pratique.config.streams import read_clusters
from pratique.config.values import inside, mapping, required, text
from pratique.errors import ConfigError
from pratique.model.policy import DetectionSettings, Place, Settings

FILE_NAME = "pratique.yaml"
UNNAMED = "unnamed"
"""The exporter's name where the file gives none: the folder's name is not for other people."""

SECTIONS = (
    "name",
    "regions",
    "keys",
    "stewards",
    "reidentifiers",
    "clusters",
    "datasets",
    "policies",
    "routes",
    "flows",
    "detection",
    "state",
)


def load(path: Path) -> Settings:
    """Read and check a project file; ``path`` is the file or its folder.

    Raises `ConfigError` with one line, ``pratique.yaml:LINE: what; do what``, for the first mistake. Reads nothing but
    this file: whether keys, recognisers and data are there is for those who open them.
    """
    file = path / FILE_NAME if path.is_dir() else path
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError("there is no project file here", where=file.name, do="write one with pratique init") from None
    except OSError as error:
        what = f"the project file cannot be read ({error.strerror})"
        raise ConfigError(what, where=file.name, do="check that it is a file that you may read") from None
    return read(data, file.name, file.resolve().parent)


def read(data: bytes, file: str, root: Path) -> Settings:
    """The settings in a project file's bytes; ``root`` is its absolute folder."""
    top = mapping(parse(data, file), "the project file", SECTIONS)
    for key in ("regions", "datasets"):
        required(top, key, "the project file", "…")
    section = {key: top.entries.get(key, MapNode(Place(file, 1), {}, {})) for key in SECTIONS}
    regions = read_regions(section["regions"])
    datasets = read_datasets(section["datasets"], regions)
    policies = read_policies(section["policies"], mapping(section["datasets"], "datasets"))
    flows = read_flows(section["flows"], datasets, policies)
    settings = Settings(
        root=str(root),
        name=text(top.entries["name"], "name") if "name" in top.entries else UNNAMED,
        regions=regions,
        keys=read_keys(section["keys"], regions),
        stewards=read_stewards(section["stewards"]),
        reidentifiers=read_reidentifiers(section["reidentifiers"], flows),
        datasets=datasets,
        policies=policies,
        routes=read_routes(section["routes"], regions),
        flows=flows,
        clusters=read_clusters(section["clusters"]),
        detection=read_detection(top.entries["detection"]) if "detection" in top.entries else DetectionSettings(),
        state=_state(top),
        places=_places(top),
    )
    check(settings)
    return settings


def _state(top: MapNode) -> str:
    node = top.entries.get("state")
    if node is None:
        return ".pratique"
    path = inside(text(node, "state"), node.place, "the state folder", absolute=False)
    if path == ".":
        raise ConfigError("the state folder is the project's folder", where=str(node.place), do="name a folder in it")
    return path


def _places(top: MapNode) -> dict[str, Place]:
    """The line of every key: ``datasets.channel``, ``policies.default.entities.PERSON``, ``routes.eu -> us``."""
    places: dict[str, Place] = {}
    todo = [(key, node) for key, node in top.entries.items()]
    places.update(top.keys)
    while todo:
        name, node = todo.pop()
        if isinstance(node, MapNode):
            for key, child in node.entries.items():
                places[f"{name}.{key}"] = node.keys[key]
                todo.append((f"{name}.{key}", child))
        elif name == "regions" and not isinstance(node, ScalarNode):
            places.update({f"{name}.{i.raw}": i.place for i in node.items if isinstance(i, ScalarNode)})
    return places
