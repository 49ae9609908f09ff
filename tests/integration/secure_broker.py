"""A broker that asks for logins and certificates, a token endpoint, and the certificates that both sides need."""

import base64
import datetime as dt
import http.server
import ipaddress
import json
import socket
import threading
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tools.servers import Servers

LISTENERS = ("scram", "plain", "oauth", "mtls")
PASSWORD = "correct horse"
_JAAS = "org.apache.kafka.common.security"


class SecureBroker(Servers):
    """`Servers`, with four more listeners; their ports by `address`."""

    __slots__ = ()

    def prepare(self):
        """Certificates and ports."""
        self.folder.mkdir(parents=True, exist_ok=True)
        make_certificates(self.folder)
        links = [socket.socket() for _ in LISTENERS]
        for link in links:
            link.bind(("127.0.0.1", 0))
        ports = {name: link.getsockname()[1] for name, link in zip(LISTENERS, links, strict=True)}
        (self.folder / "secure.json").write_text(json.dumps(ports))
        for link in links:
            link.close()

    def address(self, listener):
        """Of one listener."""
        return f"127.0.0.1:{json.loads((self.folder / 'secure.json').read_text())[listener]}"

    def _kafka(self):
        command = super()._kafka()
        plain, control = self.ports["plain"], self.ports["controller"]
        extra = ",".join(f"{name.upper()}://{self.address(name)}" for name in LISTENERS)
        broker = f"PLAINTEXT://127.0.0.1:{plain}"
        kinds = "SCRAM:SASL_SSL,PLAIN:SASL_SSL,OAUTH:SASL_SSL,MTLS:SSL"
        user = f'PlainLoginModule required user_pratique="{PASSWORD}";'
        me = 'OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";'
        lines = [
            f"listeners={broker},CONTROLLER://127.0.0.1:{control},{extra}",
            f"advertised.listeners={broker},{extra}",
            f"listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,{kinds}",
            "ssl.keystore.type=PEM",
            f"ssl.keystore.location={self.folder / 'server-both.pem'}",
            "ssl.truststore.type=PEM",
            f"ssl.truststore.location={self.folder / 'ca.pem'}",
            "listener.name.mtls.ssl.client.auth=required",
            "listener.name.scram.sasl.enabled.mechanisms=SCRAM-SHA-512",
            f"listener.name.scram.scram-sha-512.sasl.jaas.config={_JAAS}.scram.ScramLoginModule required;",
            "listener.name.plain.sasl.enabled.mechanisms=PLAIN",
            f"listener.name.plain.plain.sasl.jaas.config={_JAAS}.plain.{user}",
            "listener.name.oauth.sasl.enabled.mechanisms=OAUTHBEARER",
            f"listener.name.oauth.oauthbearer.sasl.jaas.config={_JAAS}.oauthbearer.{me}",
        ]
        with (self.folder / "kafka.properties").open("a") as out:
            out.write("\n".join(["", *lines, ""]))
        return command


def make_certificates(folder: Path):
    """An authority, a broker's certificate, a client's with an encrypted key, and a client's of another authority."""
    ca = _issue(folder, "ca", None)
    server = _issue(folder, "server", ca)
    both = (folder / "server.key").read_text() + (folder / "server.pem").read_text()
    (folder / "server-both.pem").write_text(both)
    _issue(folder, "client", ca, password=PASSWORD.encode())
    _issue(folder, "stranger", _issue(folder, "other-ca", None))
    return server


def _issue(folder, name, signer, password=None):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if signer is None else signer[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=signer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key if signer is None else signer[1], hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    hidden = serialization.NoEncryption() if password is None else serialization.BestAvailableEncryption(password)
    (folder / f"{name}.pem").write_bytes(signed.public_bytes(pem))
    (folder / f"{name}.key").write_bytes(key.private_bytes(pem, form, hidden))
    return signed, key


class TokenEndpoint:
    """OAuth 2.0's client credentials grant on loopback: checks client and secret, gives an unsigned token, which the
    broker is told to take.
    """

    def __init__(self):
        self.given = 0
        endpoint = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                known = base64.b64encode(f"pratique:{PASSWORD}".encode()).decode()
                right = self.headers.get("Authorization") == f"Basic {known}"
                body = {"access_token": _token(), "expires_in": 3600} if right else {"error": "invalid_client"}
                endpoint.given += right
                data = json.dumps(body).encode()
                self.send_response(200 if right else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/token"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def _token():
    def part(data):
        return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()

    now = int(time.time())
    return f"{part({'alg': 'none'})}.{part({'sub': 'pratique', 'iat': now, 'exp': now + 3600, 'scope': []})}."
