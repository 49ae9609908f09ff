"""A quarantine file outlives code: the same records, under the same one-time key, are the same bytes."""

# mypy: disable-error-code="no-untyped-call"

import base64
import hashlib
import io
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pratique.crypto import seal
from pratique.crypto.seal import UnsealKey
from pratique.model.data import PartId
from pratique.quarantine import QUARANTINE_VERSION, Entry, FileQuarantineStore, Summary, read, summary

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "quarantine.json").read_text(encoding="utf-8"))
PRIVATE = X25519PrivateKey.from_private_bytes(bytes.fromhex(GOLDEN["private"]))
EPHEMERAL = X25519PrivateKey.from_private_bytes(bytes.fromhex(GOLDEN["ephemeral"]))
FILE = base64.b64decode(GOLDEN["file"])
OLD = GOLDEN["version 1"]


def entry(words):
    path = None if words["path"] is None else tuple(words["path"])
    original = base64.b64decode(words["original"])
    return Entry(words["ordinal"], words["rule"], path, original, words.get("field", ""), words.get("size"))


ENTRIES = [entry(words) for words in GOLDEN["entries"]]


def made(folder, monkeypatch):
    monkeypatch.setattr(seal, "generate_unseal_key", lambda: UnsealKey(EPHEMERAL))
    store = FileQuarantineStore(folder, PRIVATE.public_key().public_bytes_raw())
    writer = store.writer(GOLDEN["flow"], GOLDEN["run"], PartId(GOLDEN["part"]))
    for held in ENTRIES:
        writer.add(held)
    writer.finish()
    [path] = store.files(GOLDEN["flow"], GOLDEN["run"])
    return path


def test_the_file(tmp_path, monkeypatch):
    assert (QUARANTINE_VERSION, seal.VERSION) == (GOLDEN["version"], 1) == (2, 1)
    path = made(tmp_path, monkeypatch)
    assert path.read_bytes() == FILE
    assert path.relative_to(tmp_path) == Path(GOLDEN["flow"], GOLDEN["run"], f"{GOLDEN['part']}.quarantine")


def test_the_file_is_read_for_ever(tmp_path):
    path = tmp_path / "old.quarantine"
    path.write_bytes(FILE)
    assert list(read(path, UnsealKey(PRIVATE))) == ENTRIES
    words = (GOLDEN["flow"], GOLDEN["run"], GOLDEN["part"], 3, GOLDEN["counts"])
    assert summary(path) == Summary(2, *words, GOLDEN["fields"])


def test_a_file_of_version_1_is_read_for_ever(tmp_path):
    path = tmp_path / "old.quarantine"
    path.write_bytes(base64.b64decode(OLD["file"]))
    assert list(read(path, UnsealKey(PRIVATE))) == [entry(words) for words in OLD["entries"]]
    assert summary(path) == Summary(1, GOLDEN["flow"], GOLDEN["run"], GOLDEN["part"], 3, GOLDEN["counts"])


def test_the_file_by_the_words_of_the_format_alone():
    stream = io.BytesIO(FILE)
    taken = stream.read

    def number() -> int:
        return int.from_bytes(taken(4))

    assert taken(20) == b"PRATIQUE-QUARANTINE\n"
    head = json.loads(taken(number()))
    header = base64.b64decode(head.pop("seal"))
    assert head == {"version": 2, **{key: GOLDEN[key] for key in ("flow", "run", "part")}}
    public = PRIVATE.public_key().public_bytes_raw()
    assert header == b"PRQSEAL\1" + hashlib.sha256(public).digest()[:8] + EPHEMERAL.public_key().public_bytes_raw()
    context = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    shared = PRIVATE.exchange(X25519PublicKey.from_public_bytes(header[-32:]))
    key = HKDF(SHA256(), 32, None, b"pratique/seal/1\0" + header + public + context).derive(shared)
    plain = AESGCM(key).decrypt(bytes(12), taken(number()), None)
    assert plain[:1] == b"\1", "the last frame says that it is"
    assert [json.loads(line) for line in plain[1:].splitlines()] == GOLDEN["entries"]
    assert number() == 0
    foot = taken()[: -16 - 4]
    assert json.loads(foot) == {"counts": GOLDEN["counts"], "entries": 3, "fields": GOLDEN["fields"]}
    assert FILE.partition(foot)[2] == len(foot).to_bytes(4) + b"\nEND-QUARANTINE\n"
