"""The sections of streams: clusters, what topics are created with, and when a flow's span is released."""

import re
from typing import Final

from pratique.config.nodes import MapNode, Node, fail, quoted
from pratique.config.values import boolean, choice, duration, inside, mapping, name, required, text, whole
from pratique.model.stream import SECRETS, Cluster, Spans, TopicSpec

_BOOTSTRAP: Final = re.compile(r"[A-Za-z0-9._-]+:[0-9]{1,5}(\s*,\s*[A-Za-z0-9._-]+:[0-9]{1,5})*")
_REGISTRY: Final = re.compile(r"https?://[^\s@?#]+")
_PROTOCOLS: Final = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
_MECHANISMS: Final = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER")
_LOGIN: Final = {"username": "NAME", "password": "env:NAME"}
_OAUTH: Final = {"client": "NAME", "secret": "env:NAME", "token_url": "https://HOST/PATH", "scope": "NAME"}
"""Of the client credentials grant (RFC 6749, 4.4); a scope may be left out."""
_TLS: Final = frozenset({"ca", "certificate", "key", "key_password"})
_SECURITY: Final = ("protocol", "mechanism", *_LOGIN, *_OAUTH, *sorted(_TLS))
_LOOPBACK: Final = ("127.0.0.1", "localhost")
_TOKEN_URL: Final = re.compile(r"(https?)://([A-Za-z0-9._-]+)(:[0-9]{1,5})?(/[^\s@]*)?")
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
        address = re.sub(r"\s", "", text(brokers, f"{what}.bootstrap"))
        found[key] = Cluster(
            key,
            address,
            "" if registry is None else text(registry, f"{what}.registry").rstrip("/"),
            _security(cluster.entries.get("security"), f"{what}.security", address),
        )
    return found


def _security(node: Node | None, what: str, bootstrap: str) -> dict[str, str]:
    """How to log in and what to trust: whole, or refused here, before anything connects."""
    if node is None:
        return {}
    body = mapping(node, what, _SECURITY)
    found = {key: text(value, f"{what}.{key}") for key, value in body.entries.items()}
    wanted = _wanted(body, what, bootstrap)
    for key, value in body.entries.items():
        if key not in wanted:
            fail(value.place, f"{what}.{key} means nothing with this protocol and mechanism", "remove it")
    for key, other in (("certificate", "key"), ("key", "certificate"), ("key_password", "key")):
        if key in found and other not in found:
            fail(body.entries[key].place, f"{what}.{key} needs {other}", f"write {other} too")
    _check_secrets(body, found, what)
    for key in ("ca", "certificate", "key"):
        if key in found:
            found[key] = inside(found[key], body.entries[key].place, f"{what}.{key}", absolute=True)
    if "token_url" in found and not _secure(found["token_url"]):
        fail(body.entries["token_url"].place, f"{what}.token_url is no address", "write https://HOST/PATH")
    return found


def _wanted(body: MapNode, what: str, bootstrap: str) -> set[str]:
    """What goes with the protocol and the mechanism; all that must be there is."""
    protocol = choice(required(body, "protocol", what, "SASL_SSL"), f"{what}.protocol", _PROTOCOLS)
    found = {"protocol", *(_TLS if protocol.endswith("SSL") else ())}
    if not protocol.startswith("SASL"):
        return found
    mechanism = choice(required(body, "mechanism", what, "SCRAM-SHA-512"), f"{what}.mechanism", _MECHANISMS)
    words = _OAUTH if mechanism == "OAUTHBEARER" else _LOGIN
    for key in words.keys() - {"scope"}:
        required(body, key, what, words[key])
    if protocol == "SASL_PLAINTEXT" and not mechanism.startswith("SCRAM") and not _here(bootstrap):
        place = body.entries["protocol"].place
        fail(place, f"{what} would send a secret over the network in clear", "write protocol: SASL_SSL")
    return found | {"mechanism", *words}


def _check_secrets(body: MapNode, found: dict[str, str], what: str) -> None:
    """Secrets are named, not written out; paths of their files are those of the project."""
    for key in SECRETS & found.keys():
        place = body.entries[key].place
        if not _SECRET.fullmatch(found[key]):
            fail(place, f"{what}.{key} is written out", "write env:NAME or file:PATH, and keep it there")
        if found[key].startswith("file:"):
            found[key] = "file:" + inside(found[key].removeprefix("file:"), place, f"{what}.{key}", absolute=True)


def _here(bootstrap: str) -> bool:
    """Whether every broker is on this machine."""
    return all(one.strip().rpartition(":")[0] in _LOOPBACK for one in bootstrap.split(","))


def _secure(url: str) -> bool:
    """HTTPS, or HTTP to this machine."""
    found = _TOKEN_URL.fullmatch(url)
    return found is not None and (found[1] == "https" or found[2] in _LOOPBACK)


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
