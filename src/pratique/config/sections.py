"""The other sections of a project file: regions, keys, people, datasets, routes, flows, detection."""

import re
from collections.abc import Iterator, Mapping

from pratique.config.nodes import ListNode, MapNode, Node, ScalarNode, fail, quoted
from pratique.config.streams import read_spans, read_topic
from pratique.config.values import (
    boolean,
    choice,
    duration,
    entity,
    field_path,
    inside,
    iso_date,
    known,
    location,
    mapping,
    name,
    required,
    share,
    text,
    texts,
    threshold,
    whole,
)
from pratique.model.classes import DataClass
from pratique.model.data import Dataset, FormatSpec
from pratique.model.families import FAMILIES
from pratique.model.policy import DetectionSettings, Flow, Person, Place, Route, UserEntity

_ROUTE = re.compile(r"\s*([^\s>→]+?)\s*(?:->|→)\s*(\S+)\s*\Z")
_STORE = re.compile(r"([a-z][a-z0-9+.-]*):(.+)\Z")
_CLASSES = (DataClass.PERSONAL.value, DataClass.PSEUDONYMISED.value, DataClass.ANONYMISED.value)


def _named(node: Node, section: str, kind: str) -> Iterator[tuple[str, Node, Place]]:
    body = mapping(node, section)
    for key, value in body.entries.items():
        place = body.keys[key]
        yield name(key, place, kind), value, place


def read_regions(node: Node) -> tuple[str, ...]:
    """The names, written ``{eu: {}, us: {}}`` or ``[eu, us]``; a region has no settings yet."""
    if isinstance(node, ListNode):
        found = [name(text(item, "each region"), item.place, "a region") for item in node.items]
        if len(set(found)) < len(found):
            fail(node.place, "a region stands here twice", "name each once")
    else:
        found = []
        for key, value, _ in _named(node, "regions", "a region"):
            mapping(value, f"regions.{key}", ())
            found.append(key)
    if not found:
        fail(node.place, "no region is declared", "write regions: {eu: {}}")
    return tuple(found)


def read_keys(node: Node, regions: tuple[str, ...]) -> dict[str, str]:
    """Key store URI by region."""
    found: dict[str, str] = {}
    for key, value, place in _named(node, "keys", "a region"):
        known(key, place, "region", regions)
        uri = text(value, f"keys.{key}")
        parts = _STORE.match(uri)
        if not parts:
            fail(value.place, f"keys.{key} does not say what kind of store it is", f"write {key}: file:keys/{key}.json")
        if parts[1] == "file":
            uri = f"file:{inside(parts[2], value.place, f'keys.{key}', absolute=True)}"
        found[key] = uri
    return found


def read_stewards(node: Node) -> dict[str, Person]:
    """Those whose signature loosens: name to public key."""
    found: dict[str, Person] = {}
    for key, value, place in _named(node, "stewards", "a steward"):
        body = value
        if isinstance(value, MapNode):
            body = required(mapping(value, f"stewards.{key}", ("key",)), "key", f"stewards.{key}", f"keys/{key}.pub")
        found[key] = Person(key, _public_key(body, f"the public key of steward {key}", place))
    return found


def read_reidentifiers(node: Node, flows: Mapping[str, object]) -> dict[str, Person]:
    """Those who may re-identify: name to public key and flows."""
    found: dict[str, Person] = {}
    for key, value, place in _named(node, "reidentifiers", "a person"):
        what = f"reidentifiers.{key}"
        body = mapping(value, what, ("key", "flows"))
        listed = required(body, "flows", what, "[FLOW]")
        names = texts(listed, f"{what}.flows")
        if not names:
            fail(listed.place, f"{what}.flows names no flow", "name each flow that this person may re-identify")
        for flow in names:
            known(flow, listed.place, "flow", flows)
        key_node = required(body, "key", what, f"keys/{key}.pub")
        found[key] = Person(key, _public_key(key_node, f"the public key of {key}", place), names)
    return found


def _public_key(node: Node, what: str, place: Place) -> str:
    path = inside(text(node, what), node.place, what, absolute=True)
    if path.startswith("file:"):
        fail(place, f"{what} is written as a URI", "write the path alone, like keys/privacy-office.pub")
    return path


_DATASET = ("uri", "region", "format", "subject", "owner", "purpose", "retention", "restricted", "topic")


def read_datasets(node: Node, regions: tuple[str, ...]) -> dict[str, Dataset]:
    """Every dataset by name."""
    found: dict[str, Dataset] = {}
    for key, value, _ in _named(node, "datasets", "a dataset"):
        what = f"datasets.{key}"
        body = mapping(value, what, _DATASET)
        get = body.entries.get
        region = required(body, "region", what, regions[0])
        subject = get("subject")
        found[key] = Dataset(
            name=key,
            uri=location(required(body, "uri", what, f"data/{key}/*.jsonl"), f"{what}.uri"),
            region=known(text(region, f"{what}.region"), region.place, "region", regions),
            format=_format(get("format"), f"{what}.format"),
            subject=None
            if subject is None
            else field_path(text(subject, f"{what}.subject"), subject.place, f"{what}.subject"),
            owner=_optional(get("owner"), f"{what}.owner"),
            purpose=_optional(get("purpose"), f"{what}.purpose"),
            retention=duration(get("retention"), f"{what}.retention"),
            restricted=boolean(get("restricted"), f"{what}.restricted"),
            topic=read_topic(get("topic"), f"{what}.topic"),
        )
    return found


def _optional(node: Node | None, what: str) -> str:
    return "" if node is None else text(node, what)


def _format(node: Node | None, what: str) -> FormatSpec | None:
    if node is None:
        return None
    if isinstance(node, ScalarNode):
        return FormatSpec(name(text(node, what), node.place, "a format"))
    body = mapping(node, what)
    kind = required(body, "name", what, "csv")
    # An option is text as written: a delimiter may be a single space, a null word may be empty.
    options = {k: _option(v, f"{what}.{k}") for k, v in body.entries.items() if k != "name"}
    return FormatSpec(name(text(kind, f"{what}.name"), kind.place, "a format"), options)


def _option(node: Node, what: str) -> str:
    if isinstance(node, ScalarNode) and node.raw == "\t":
        return node.raw
    if isinstance(node, ScalarNode) and node.value is not None and not node.raw.strip():
        return node.raw
    return text(node, what)


def read_routes(node: Node, regions: tuple[str, ...]) -> dict[str, Route]:
    """Every route by its name, ``eu -> us``."""
    section = mapping(node, "routes")
    found: dict[str, Route] = {}
    for key, value in section.entries.items():
        place = section.keys[key]
        ends = _ROUTE.match(key)
        if not ends:
            fail(place, f"{quoted(key)} is not a route", "write it as FROM -> TO, like eu -> us")
        source, target = (known(end, place, "region", regions) for end in ends.groups())
        if source == target:
            fail(place, "a route leads from a region to itself", "remove it: inside a region a flow needs no route")
        what = f"routes.{source} -> {target}"
        body = mapping(value, what, ("class", "basis", "until", "residue", "residue_score"))
        route = Route(
            source=source,
            target=target,
            data_class=DataClass(choice(required(body, "class", what, "pseudonymised"), f"{what}.class", _CLASSES)),
            basis=text(required(body, "basis", what, "the legal basis, in words"), f"{what}.basis"),
            until=iso_date(required(body, "until", what, "2027-06-30"), f"{what}.until"),
            residue=whole(body.entries.get("residue"), f"{what}.residue", 0),
            residue_score=share(body.entries.get("residue_score"), f"{what}.residue_score", 0.6, zero=False),
            place=place,
        )
        if route.name in found:
            fail(place, f"there are two routes {route.name}", "keep one of the two")
        found[route.name] = route
    return found


def read_flows(node: Node, datasets: Mapping[str, object], policies: Mapping[str, object]) -> dict[str, Flow]:
    """Every flow by name."""
    found: dict[str, Flow] = {}
    for key, value, place in _named(node, "flows", "a flow"):
        what = f"flows.{key}"
        body = mapping(value, what, ("from", "to", "policy", "max_quarantine", "shared_domains", "release"))
        shared = body.entries.get("shared_domains")
        domains = texts(shared, f"{what}.shared_domains")
        most, count = threshold(body.entries.get("max_quarantine"), f"{what}.max_quarantine", 0.05)
        found[key] = Flow(
            name=key,
            source=_pointer(body, "from", "dataset", what, datasets),
            target=_pointer(body, "to", "dataset", what, datasets),
            policy=_pointer(body, "policy", "policy", what, policies),
            max_quarantine=most,
            max_quarantine_count=count,
            shared_domains=tuple(name(d, shared.place if shared else place, "a domain") for d in domains),
            spans=read_spans(body.entries.get("release"), f"{what}.release"),
            place=place,
        )
    return found


def _pointer(body: MapNode, key: str, kind: str, what: str, names: Mapping[str, object]) -> str:
    node = required(body, key, what, kind.upper())
    return known(text(node, f"{what}.{key}"), node.place, kind, names)


def read_detection(node: Node) -> DetectionSettings:
    """What the project adds to detection."""
    keys = ("entities", "recognizers", "model", "allow", "guard_score", "proposal_share")
    body = mapping(node, "detection", keys)
    get = body.entries.get
    entities = get("entities")
    recognizers = get("recognizers")
    files = texts(recognizers, "detection.recognizers")
    where = recognizers.place if recognizers is not None else node.place
    for file in files:
        if not file.endswith(".py"):
            fail(where, f"the recogniser file {quoted(file)} is not Python", "name a .py file of the project")
    return DetectionSettings(
        entities=_user_entities(entities) if entities is not None else (),
        recognizers=tuple(inside(f, where, "a recogniser file", absolute=False) for f in files),
        model=_model(get("model")),
        allow=texts(get("allow"), "detection.allow"),
        proposal_share=share(get("proposal_share"), "detection.proposal_share", 0.05, zero=False),
        guard_score=share(get("guard_score"), "detection.guard_score", 0.5, zero=False),
    )


def _model(node: Node | None) -> str:
    """``default``, ``none``, or the file of a model."""
    if node is None:
        return DetectionSettings().model
    said = text(node, "detection.model")
    if said in {"default", "none"}:
        return said
    if not said.endswith((".py", ".yaml", ".yml")):
        fail(node.place, f"detection.model cannot be {quoted(said)}", "give default, none, or a .py or .yaml file")
    return inside(said, node.place, "a model's file", absolute=False)


def _family(node: Node | None, what: str) -> str:
    return "" if node is None else known(text(node, what), node.place, "family of types", FAMILIES)


_ENTITY = ("pattern", "patterns", "context", "score", "validator", "field_names", "deny", "family")


def _user_entities(node: Node) -> tuple[UserEntity, ...]:
    section = mapping(node, "detection.entities")
    found: list[UserEntity] = []
    for key, value in section.entries.items():
        place = section.keys[key]
        what = f"detection.entities.{entity(key, place)}"
        body = mapping(value, what, _ENTITY)
        get = body.entries.get
        if "pattern" in body.entries and "patterns" in body.entries:
            fail(body.keys["patterns"], f"{what} has both pattern and patterns", "write all of them under patterns")
        patterns = texts(get("pattern") or get("patterns"), f"{what}.patterns")
        user = UserEntity(
            name=key,
            patterns=patterns,
            score=share(get("score"), f"{what}.score", 0.6, zero=False),
            context=texts(get("context"), f"{what}.context"),
            validator=_optional(get("validator"), f"{what}.validator"),
            field_names=texts(get("field_names"), f"{what}.field_names"),
            deny=texts(get("deny"), f"{what}.deny"),
            place=place,
            family=_family(get("family"), f"{what}.family"),
        )
        if not (user.patterns or user.field_names or user.deny):
            fail(place, f"{what} can find nothing", "give it a pattern, field_names or deny")
        found.append(user)
    return tuple(found)
