"""The sections of streams: clusters, what topics are created with, and when a flow's span is released."""

import re
from typing import Final

from pratique.config.nodes import Node, fail, quoted
from pratique.config.values import boolean, choice, duration, inside, mapping, name, required, text, whole
from pratique.model.stream import Cluster, Spans, TopicSpec

_BOOTSTRAP: Final = re.compile(r"[A-Za-z0-9._-]+:[0-9]{1,5}(\s*,\s*[A-Za-z0-9._-]+:[0-9]{1,5})*")
_REGISTRY: Final = re.compile(r"https?://[^\s@?#]+")
_PROTOCOLS: Final = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
_MECHANISMS: Final = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
_SECURITY: Final = ("protocol", "mechanism", "username", "password", "ca", "certificate", "key")
_SECRET: Final = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+")


def read_clusters(node: Node) -> dict[str, Cluster]:
    """Every cluster by name."""
    found: dict[str, Cluster] = {}
    body = mapping(node, "clusters")
    for key, value in body.entries.items():
        what = f"clusters.{name(key, body.keys[key], 'a cluster')}"
        cluster = mapping(value, what, ("bootstrap", "registry", "security"))
        brokers = required(cluster, "bootstrap", what, "127.0.0.1:9092")
        if not _BOOTSTRAP.fullmatch(text(brokers, f"{what}.bootstrap")):
            fail(brokers.place, f"{what}.bootstrap names no brokers", "write host:port, or several with commas")
        registry = cluster.entries.get("registry")
        if registry is not None and not _REGISTRY.fullmatch(text(registry, f"{what}.registry")):
            fail(registry.place, f"{what}.registry is no address", "write http://host:port/path, without a password")
        found[key] = Cluster(
            key,
            re.sub(r"\s", "", text(brokers, f"{what}.bootstrap")),
            "" if registry is None else text(registry, f"{what}.registry").rstrip("/"),
            _security(cluster.entries.get("security"), f"{what}.security"),
        )
    return found


def _security(node: Node | None, what: str) -> dict[str, str]:
    if node is None:
        return {}
    body = mapping(node, what, _SECURITY)
    found = {key: text(value, f"{what}.{key}") for key, value in body.entries.items()}
    protocol = choice(required(body, "protocol", what, "SASL_SSL"), f"{what}.protocol", _PROTOCOLS)
    if protocol.startswith("SASL"):
        choice(required(body, "mechanism", what, "SCRAM-SHA-512"), f"{what}.mechanism", _MECHANISMS)
        required(body, "username", what, "NAME")
        password = required(body, "password", what, "env:NAME")
        if not _SECRET.fullmatch(found["password"]):
            fail(password.place, f"{what}.password is written out", "write env:NAME or file:PATH, and keep it there")
    for key in ("ca", "certificate", "key"):
        if key in found:
            found[key] = inside(found[key], body.entries[key].place, f"{what}.{key}", absolute=True)
    if "password" in found and found["password"].startswith("file:"):
        path = found["password"].removeprefix("file:")
        found["password"] = "file:" + inside(path, body.entries["password"].place, f"{what}.password", absolute=True)
    return found


def read_topic(node: Node | None, what: str) -> TopicSpec | None:
    """What a dataset's topic is created with; None where nothing is said."""
    if node is None:
        return None
    body = mapping(node, what, ("partitions", "replication", "retention", "compact"))
    get = body.entries.get
    for key in ("partitions", "replication"):
        if (given := get(key)) is not None and not whole(given, f"{what}.{key}", 1):
            fail(given.place, f"{what}.{key} cannot be {quoted('0')}", "write 1 or more")
    return TopicSpec(
        partitions=whole(get("partitions"), f"{what}.partitions", 1),
        replication=whole(get("replication"), f"{what}.replication", 1),
        retention=duration(get("retention"), f"{what}.retention"),
        compact=boolean(get("compact"), f"{what}.compact"),
    )


def read_spans(node: Node | None, what: str) -> Spans:
    """When a flow that follows a topic makes a release."""
    if node is None:
        return Spans()
    body = mapping(node, what, ("seconds", "messages"))
    found = Spans(
        whole(body.entries.get("seconds"), f"{what}.seconds", Spans.seconds),
        whole(body.entries.get("messages"), f"{what}.messages", Spans.messages),
    )
    if not (found.seconds and found.messages):
        fail(node.place, f"{what} is never reached", "write 1 or more")
    return found
