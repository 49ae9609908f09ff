"""Logins and certificates against a real broker: right ones work end to end, wrong ones are one line and code 5."""

import os
import subprocess
import sys

import pytest

from tests.integration.secure_broker import PASSWORD, SecureBroker, TokenEndpoint
from tools.servers import ServersError, download

PROJECT = """\
name: secure
regions: [eu]
keys: {{eu: file:keys/eu.json}}
clusters:
  far: {{bootstrap: "{address}", security: {{{security}}}}}
datasets:
  events: {{uri: kafka://far/{topic}, region: eu, format: json, topic: {{partitions: 1}}}}
"""
TRUST = (
    "TLS does not come about: one side does not trust the other's certificate; "
    "check ca, certificate and key, and the brokers' names"
)
SECRET = "KAFKA_SECRET_OF_TEST"


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    pytest.importorskip("confluent_kafka", reason="the extra streams is not installed")
    found = SecureBroker(tmp_path_factory.mktemp("secure"))
    try:
        download()
    except ServersError as error:
        pytest.skip(str(error))
    found.prepare()
    found.start("kafka")
    found.wait("kafka")
    yield found
    found.forget()


@pytest.fixture
def tokens():
    with TokenEndpoint() as found:
        yield found


def pratique(folder, *words, secret=PASSWORD):
    environment = {**os.environ, SECRET: secret}
    command = [sys.executable, "-m", "pratique", *words, "--project", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def project(folder, broker, listener, security):
    folder.mkdir(exist_ok=True)
    text = PROJECT.format(address=broker.address(listener), security=security, topic=f"secure-{listener}")
    (folder / "pratique.yaml").write_text(text)
    return folder


def login(kind, broker, tokens):
    """Listener and security."""
    ca = f"ca: {broker.folder / 'ca.pem'}"
    mine = broker.folder / "client"
    return {
        "scram": f"protocol: SASL_SSL, mechanism: SCRAM-SHA-512, username: pratique, password: env:{SECRET}, {ca}",
        "plain": f"protocol: SASL_SSL, mechanism: PLAIN, username: pratique, password: env:{SECRET}, {ca}",
        "oauth": f"protocol: SASL_SSL, mechanism: OAUTHBEARER, client: pratique, secret: env:{SECRET}, "
        f'token_url: "{tokens.url}", {ca}',
        "mtls": f"protocol: SSL, certificate: {mine}.pem, key: {mine}.key, key_password: env:{SECRET}, {ca}",
    }[kind]


def right(kind):
    """The listener's SCRAM users have their names as passwords."""
    return "pratique" if kind == "scram" else PASSWORD


@pytest.mark.parametrize("kind", ["scram", "plain", "oauth", "mtls"])
def test_a_right_login_creates_writes_and_lists(kind, broker, tokens, tmp_path):
    folder = project(tmp_path, broker, kind, login(kind, broker, tokens))
    (folder / "events.jsonl").write_text('{"number": 1}\n{"number": 2}\n')
    made = pratique(folder, "topics", "create", secret=right(kind))
    assert made.returncode == 0, made.stderr
    assert f"secure-{kind}" in made.stdout
    sent = pratique(folder, "produce", "events", str(folder / "events.jsonl"), secret=right(kind))
    assert sent.returncode == 0, sent.stderr
    assert "2 messages" in sent.stdout
    assert (tokens.given > 0) is (kind == "oauth")


@pytest.mark.parametrize("kind", ["scram", "plain", "oauth", "mtls"])
def test_a_wrong_secret_is_one_line_and_never_shown(kind, broker, tokens, tmp_path):
    folder = project(tmp_path, broker, kind, login(kind, broker, tokens))
    done = pratique(folder, "topics", "list", secret="wrong-and-secret")
    assert done.returncode == 5, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    words = {
        "oauth": "no token was had",
        "mtls": "the certificate, its key, or the password of the key does not fit",
    }.get(kind, "the brokers do not take the login")
    assert lines[0].startswith(f"pratique: cluster far: {words}")
    assert "wrong-and-secret" not in done.stdout + done.stderr


def test_certificates_that_the_other_side_does_not_trust_are_one_line(broker, tmp_path):
    there = broker.folder
    stranger = f"protocol: SSL, ca: {there}/ca.pem, certificate: {there}/stranger.pem, key: {there}/stranger.key"
    other = f"protocol: SSL, ca: {there}/other-ca.pem, certificate: {there}/stranger.pem, key: {there}/stranger.key"
    for security in (stranger, other):
        done = pratique(project(tmp_path, broker, "mtls", security), "topics", "list")
        assert done.returncode == 5, done.stderr
        assert done.stderr == f"pratique: cluster far: {TRUST}\n"


def test_what_is_missing_is_said_before_anything_connects(broker, tokens, tmp_path):
    folder = project(tmp_path, broker, "plain", login("plain", broker, tokens).replace(SECRET, "NOT_SET_ANYWHERE"))
    done = pratique(folder, "topics", "list")
    assert (done.returncode, done.stderr) == (
        5,
        "pratique: cluster far: the variable NOT_SET_ANYWHERE is not set; set it to the password\n",
    )
    gone = login("mtls", broker, tokens).replace("client.key", "gone.key")
    done = pratique(project(tmp_path, broker, "mtls", gone), "topics", "list")
    assert (done.returncode, done.stderr) == (
        5,
        "pratique: cluster far: the file of the key cannot be read; check key of its security\n",
    )
