"""How a cluster's security may be said: whole and without secrets, or not at all."""

import pytest

from pratique.config import load
from pratique.errors import ConfigError
from pratique.model.stream import Cluster

PROJECT = """\
name: x
regions: [eu]
clusters:
  far: {{bootstrap: "{bootstrap}", security: {{{security}}}}}
datasets:
  events: {{uri: kafka://far/events, region: eu, format: json}}
"""
SCRAM = "protocol: SASL_SSL, mechanism: SCRAM-SHA-512, username: me, password: env:P"
OAUTH = "mechanism: OAUTHBEARER, client: me, secret: file:s.txt"


def read(tmp_path, security, bootstrap="broker:9092"):
    file = tmp_path / "pratique.yaml"
    file.write_text(PROJECT.format(security=security, bootstrap=bootstrap))
    return load(file).clusters["far"].security


@pytest.mark.parametrize(
    "security",
    [
        SCRAM,
        SCRAM.replace("SCRAM-SHA-512", "PLAIN") + ", ca: ca.pem",
        "protocol: SSL, ca: ca.pem, certificate: me.pem, key: me.key, key_password: file:p.txt",
        f"protocol: SASL_SSL, {OAUTH}, token_url: 'https://id.example/token', scope: kafka",
        f"protocol: SASL_SSL, {OAUTH}, token_url: 'http://127.0.0.1:8080/token'",
        "protocol: SASL_PLAINTEXT, mechanism: SCRAM-SHA-256, username: me, password: env:P",
    ],
)
def test_what_is_whole_is_read(tmp_path, security):
    assert read(tmp_path, security)["protocol"] == security.split(",")[0].split(": ")[1]


@pytest.mark.parametrize(
    ("security", "told"),
    [
        (SCRAM.replace("env:P", "hunter2"), "password is written out"),
        (SCRAM.replace(", password: env:P", ""), "password"),
        (SCRAM + ", client: me", "client means nothing"),
        ("protocol: SSL, username: me", "username means nothing"),
        ("protocol: PLAINTEXT, ca: ca.pem", "ca means nothing"),
        ("protocol: SSL, certificate: me.pem", "certificate needs key"),
        ("protocol: SSL, key: me.key", "key needs certificate"),
        ("protocol: SSL, certificate: me.pem, key: me.key, key_password: x", "key_password is written out"),
        (SCRAM.replace("SCRAM-SHA-512", "PLAIN").replace("SASL_SSL", "SASL_PLAINTEXT"), "in clear"),
        (f"protocol: SASL_SSL, {OAUTH}, token_url: 'http://id.example/token'", "token_url is no address"),
        (f"protocol: SASL_SSL, {OAUTH}, token_url: 'https://me:pw@id.example/token'", "token_url is no address"),
        (f"protocol: SASL_SSL, {OAUTH}", "token_url"),
        (SCRAM.replace("SCRAM-SHA-512", "GSSAPI"), "mechanism"),
    ],
)
def test_what_is_not_is_refused_before_anything_connects(tmp_path, security, told):
    with pytest.raises(ConfigError, match=told) as caught:
        read(tmp_path, security)
    assert "hunter2" not in str(caught.value)


def test_on_this_machine_a_password_may_go_in_clear(tmp_path):
    plain = "protocol: SASL_PLAINTEXT, mechanism: PLAIN, username: me, password: env:P"
    assert read(tmp_path, plain, bootstrap="127.0.0.1:9092, localhost:9093")["mechanism"] == "PLAIN"


def test_a_cluster_holds_no_secret(tmp_path):
    shown = repr(Cluster("far", "broker:9092", security=read(tmp_path, SCRAM)))
    assert "env:P" in shown
