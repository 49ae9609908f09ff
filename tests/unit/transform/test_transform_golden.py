"""What outlives code: keys, tokens, pseudonyms and shifted dates are the same bytes for ever.

The vectors in ``tests/assets/golden`` were written by the first release that has them. A failure here means that data
released earlier no longer joins, or can no longer be read back: raise a version and keep reading the old one, never
change a vector. The token vectors are recomputed here a second time, by the words of the format alone.
"""

import base64
import hashlib
import hmac
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pratique.keys import FileKeyStore
from pratique.model.plan import Applied, KeyRef
from pratique.normalise import NORMALISE_VERSION
from pratique.transform import registry

Vector = dict[str, Any]
GOLDEN = Path(__file__).parents[2] / "assets" / "golden"


def vectors(name: str) -> list[Vector]:
    found: list[Vector] = json.loads((GOLDEN / f"{name}.json").read_text())
    assert found
    return found


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> FileKeyStore:
    path = tmp_path_factory.mktemp("golden") / "keyset.json"
    shutil.copyfile(GOLDEN / "keyset.json", path)
    path.chmod(0o600)
    return FileKeyStore(path)


def ref(vector: Vector) -> KeyRef:
    return KeyRef(**vector["key"])


def bind(name: str, vector: Vector, keys: FileKeyStore):
    key = ref(vector)
    return registry()[name].bind(Applied(key.entity, name, 1, vector.get("params", {}), key), keys)


def test_the_versions_that_these_vectors_are_of():
    assert NORMALISE_VERSION == 1
    assert all(t.version == 1 for t in registry().values())


@pytest.mark.parametrize("vector", vectors("derive"), ids=lambda v: f"{v['use']}-{v['key']['domain']}")
def test_key_derivation(keys, vector):
    assert keys.derive(vector["use"], ref(vector), vector["length"]).reveal().hex() == vector["secret"]
    master = bytes(range(32)) if vector["epoch"] == 1 else bytes(range(32, 64))
    info = json.dumps(vector["key"] | {"use": vector["use"]}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert HKDF(SHA256(), vector["length"], None, info.encode()).derive(master).hex() == vector["secret"]


@pytest.mark.parametrize("vector", vectors("token"), ids=lambda v: repr(v["value"])[:30])
def test_tokens(keys, vector):
    bound = bind("token", vector, keys)
    assert bound.apply([vector["value"]], None) == [vector["token"]]
    assert bound.apply([vector["value"]] * 100, None) == [vector["token"]] * 100
    assert bound.invert([vector["token"]], None) == [vector["normal"]]
    assert bound.proves(pa.array([vector["token"]])).all()
    key = ref(vector)
    plain = vector["normal"].encode() + b"\x80"
    plain += bytes(-len(plain) % 16)
    siv = AESSIV(keys.derive("token", key, 64).reveal())
    sealed = siv.encrypt(plain, [key.domain.encode(), key.entity.encode(), b"tok1"])
    text = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    assert vector["token"] == f"tok1.{key.version}.{text}"


@pytest.mark.parametrize("vector", vectors("pseudonym"), ids=lambda v: repr(v["value"])[:30])
def test_pseudonyms(keys, vector):
    assert bind("pseudonym", vector, keys).apply([vector["value"]], None) == [vector["pseudonym"]]
    secret = keys.derive("pseudonym", ref(vector), 32).reveal()
    code = hmac.digest(secret, vector["normal"].encode(), hashlib.sha256)[: vector["params"]["bits"] // 8]
    text = base64.urlsafe_b64encode(code).decode().rstrip("=")
    assert vector["pseudonym"] == (code.hex() if vector["params"]["encoding"] == "hex" else text)


@pytest.mark.parametrize("vector", vectors("shift_date"), ids=lambda v: f"{v['value']}-{v['subject']}")
def test_shifted_dates(keys, vector):
    bound = bind("shift_date", vector, keys)
    assert bound.apply([vector["value"]], [vector["subject"]]) == [vector["shifted"]]
    assert bound.invert([vector["shifted"]], [vector["subject"]]) == [vector["value"]]


def test_the_number_of_days_by_the_words_of_the_format(keys):
    vector = vectors("shift_date")[0]
    secret = keys.derive("shift_date", ref(vector), 32).reveal()
    number = int.from_bytes(hmac.digest(secret, vector["subject"].encode(), hashlib.sha256)[:16])
    days = [n for n in range(-365, 366) if n != 0][number % 730]
    moved = date.fromisoformat(vector["shifted"]) - date.fromisoformat(vector["value"])
    assert moved.days == days
