"""The one place that imports ``confluent_kafka``: clients made from a `Cluster`, and their errors in our words.

An error of the client may carry a broker's words, never a message's; what is shown is its name alone.
"""

import contextlib
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pratique.errors import ConfigError, KeyStoreError
from pratique.model.stream import SECRETS, Cluster

_SECURITY: Final[Mapping[str, str]] = {
    "protocol": "security.protocol",
    "mechanism": "sasl.mechanisms",
    "username": "sasl.username",
    "password": "sasl.password",
    "client": "sasl.oauthbearer.client.id",
    "secret": "sasl.oauthbearer.client.secret",
    "token_url": "sasl.oauthbearer.token.endpoint.url",
    "scope": "sasl.oauthbearer.scope",
    "ca": "ssl.ca.location",
    "certificate": "ssl.certificate.location",
    "key": "ssl.key.location",
    "key_password": "ssl.key.password",
}
"""What the project file calls it, and what the client does."""
_FILES: Final[Mapping[str, str]] = {"ca": "certificates to trust", "certificate": "the certificate", "key": "the key"}
PATIENCE: Final = 30.0
"""Seconds for one answer of a broker."""
_LOGIN: Final = 10.0
"""Seconds in which brokers that answer at all say what they think of a login."""
_let_in: set[tuple[Cluster, Path]] = set()
"""Clusters that took this process's login."""


def sdk() -> Any:
    """The module; `ConfigError` where it is not installed."""
    try:
        import confluent_kafka  # noqa: PLC0415 (an extra)
        import confluent_kafka.admin  # noqa: PLC0415
    except ImportError:
        raise ConfigError("topics need the client of Kafka", do="run: pip install 'pratique[streams]'") from None
    return confluent_kafka


def settings_of(cluster: Cluster, root: Path) -> dict[str, Any]:
    """The client's settings for a cluster, secrets read from where the project file says.

    Where a cluster asks for a login or has certificates, a process tries it once, here: `KeyStoreError` where a secret
    or a file cannot be read, or brokers do not take them. Brokers that do not answer are no error here: whoever has a
    question for them finds out.
    """
    found: dict[str, Any] = {
        "bootstrap.servers": cluster.bootstrap,
        # What goes wrong is raised where it is asked for; the client's own words go nowhere.
        "log_level": 0,
        "error_cb": _heard,
        "reconnect.backoff.ms": 50,
        "reconnect.backoff.max.ms": 1000,
        "allow.auto.create.topics": False,
    }
    for name, value in cluster.security.items():
        given = _secret(name, value, root, cluster) if name in SECRETS else value
        if name in _FILES:
            given = _readable(name, root / value, cluster)
        found[_SECURITY[name]] = given
    if "token_url" in cluster.security:
        found["sasl.oauthbearer.method"] = "oidc"
    if cluster.security.get("protocol", "PLAINTEXT") != "PLAINTEXT":
        _log_in(cluster, root, found)
    return found


def _log_in(cluster: Cluster, root: Path, settings: Mapping[str, Any]) -> None:
    """Ask the brokers anything, and listen to what they say of the login: later calls would only see them silent."""
    place = (replace(cluster, security=_Hashable(cluster.security)), root)
    if place in _let_in:
        return
    kit = sdk()
    faults: list[Any] = []
    try:
        client = kit.Producer({**settings, "error_cb": faults.append})
    except kit.KafkaException:
        raise KeyStoreError(
            "the certificate, its key, or the password of the key does not fit",
            where=f"cluster {cluster.name}",
            do="look at the cluster's security",
        ) from None
    end = time.monotonic() + _LOGIN
    while time.monotonic() < end:
        with contextlib.suppress(kit.KafkaException):
            client.list_topics(timeout=0.5)
            _let_in.add(place)
            return
        client.poll(0)
        _judge(faults, cluster)


def _judge(faults: Sequence[Any], cluster: Cluster) -> None:
    """Raise what brokers said of a login. Their own words are not shown: they may hold a name."""
    error, where = sdk().KafkaError, f"cluster {cluster.name}"
    codes = {fault.code() for fault in faults}
    if error._AUTHENTICATION in codes:  # noqa: SLF001 (its public name, like those below)
        if "token_url" in cluster.security:
            what, do = "no token was had, or the brokers do not take it", "check client, secret and token_url"
        else:
            what, do = "the brokers do not take the login", "check username, password and mechanism"
        raise KeyStoreError(what, where=where, do=do)
    # A broker that does not take a certificate says so after the handshake (TLS 1.3), as an alert on the connection.
    if error._SSL in codes or any("SSL alert" in fault.str() for fault in faults):  # noqa: SLF001
        raise KeyStoreError(
            "TLS does not come about: one side does not trust the other's certificate",
            where=where,
            do="check ca, certificate and key, and the brokers' names",
        )


class _Hashable(dict[str, str]):
    """Words that are not changed."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


def _heard(_error: object) -> None:
    """Errors of connections come as events too; whoever waits for an answer meets them there."""


def _secret(word: str, given: str, root: Path, cluster: Cluster) -> str:
    kind, _, name = given.partition(":")
    where = f"cluster {cluster.name}"
    if kind == "env":
        if not os.environ.get(name):
            raise KeyStoreError(f"the variable {name} is not set", where=where, do=f"set it to the {word}")
        return os.environ[name]
    try:
        found = (root / name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise KeyStoreError(f"the file of {word} cannot be read", where=where, do="check that it is there") from None
    if not found:
        raise KeyStoreError(f"the file of {word} is empty", where=where)
    return found


def _readable(name: str, path: Path, cluster: Cluster) -> str:
    try:
        with path.open("rb"):
            return str(path)
    except OSError:
        what = f"the file of {_FILES[name]} cannot be read"
        raise KeyStoreError(what, where=f"cluster {cluster.name}", do=f"check {name} of its security") from None


def named(error: Any) -> str:
    """The name of a client's error, for people."""
    found = error.args[0] if isinstance(error, Exception) and error.args else error
    name = getattr(found, "name", None)
    return str(name()).lstrip("_").lower().replace("_", " ") if callable(name) else type(error).__name__
