"""The one place that imports ``confluent_kafka``: clients made from a `Cluster`, and their errors in our words.

An error of the client may carry a broker's words, never a message's; what is shown is its name alone.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pratique.errors import ConfigError, KeyStoreError
from pratique.model.stream import Cluster

_SECURITY: Final[Mapping[str, str]] = {
    "protocol": "security.protocol",
    "mechanism": "sasl.mechanisms",
    "username": "sasl.username",
    "password": "sasl.password",
    "ca": "ssl.ca.location",
    "certificate": "ssl.certificate.location",
    "key": "ssl.key.location",
}
"""What the project file calls it, and what the client does."""
PATIENCE: Final = 30.0
"""Seconds for one answer of a broker."""


def sdk() -> Any:
    """The module; `ConfigError` where it is not installed."""
    try:
        import confluent_kafka  # noqa: PLC0415 (an extra)
        import confluent_kafka.admin  # noqa: PLC0415
    except ImportError:
        raise ConfigError("topics need the client of Kafka", do="run: pip install 'pratique[streams]'") from None
    return confluent_kafka


def settings_of(cluster: Cluster, root: Path) -> dict[str, Any]:
    """The client's settings for a cluster, secrets read from where the project file says."""
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
        given = _secret(value, root, cluster) if name == "password" else value
        if name in ("ca", "certificate", "key"):
            given = str(root / value)
        found[_SECURITY[name]] = given
    return found


def _heard(_error: object) -> None:
    """Errors of connections come as events too; whoever waits for an answer meets them there."""


def _secret(where: str, root: Path, cluster: Cluster) -> str:
    kind, _, name = where.partition(":")
    if kind == "env":
        if name not in os.environ:
            raise KeyStoreError(f"the variable {name} is not set", where=f"cluster {cluster.name}")
        return os.environ[name]
    try:
        return (root / name).read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError):
        raise KeyStoreError("the file of a password cannot be read", where=f"cluster {cluster.name}") from None


def named(error: Any) -> str:
    """The name of a client's error, for people."""
    found = error.args[0] if isinstance(error, Exception) and error.args else error
    name = getattr(found, "name", None)
    return str(name()).lstrip("_").lower().replace("_", " ") if callable(name) else type(error).__name__
