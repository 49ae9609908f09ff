"""Run ids, the names of parts and files, and the codes of inputs outlive code: a resumed run must find its own."""

import hashlib
import hmac
import json
import shutil
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pratique.keys import FileKeyStore
from pratique.model.release import InputState
from pratique.runs import file_name, keyed_inputs, part_id, run_id
from pratique.runs.ids import RUN_ID_LENGTH

ASSETS = Path(__file__).parents[2] / "assets" / "golden"
GOLDEN = json.loads((ASSETS / "run.json").read_text(encoding="utf-8"))
INPUTS = [InputState(**state) for state in GOLDEN["inputs"]]


def test_run_ids():
    assert RUN_ID_LENGTH == 32
    states = [[state["name"], state["size"], state["digest"]] for state in GOLDEN["inputs"]]
    for vector in GOLDEN["runs"]:
        assert run_id(GOLDEN["plan"], INPUTS, vector["repeat"]) == vector["run"]
        words = ["pratique/run/1", GOLDEN["plan"], vector["repeat"], states]
        text = json.dumps(words, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest()[:32] == vector["run"]


def test_names_of_parts_and_files():
    for vector in GOLDEN["parts"]:
        part = part_id(vector["input"], vector["number"])
        assert part == vector["part"]
        assert file_name(GOLDEN["runs"][0]["run"], part, vector["extension"]) == vector["file"]


def test_the_codes_of_inputs(tmp_path):
    path = tmp_path / "keyset.json"
    shutil.copyfile(ASSETS / "keyset.json", path)
    path.chmod(0o600)
    assert list(keyed_inputs(FileKeyStore(path), INPUTS)) == GOLDEN["codes"]
    info = b'{"domain":"","entity":"","route":"","use":"inputs","version":1}'
    key = HKDF(SHA256(), 32, None, info).derive(bytes(range(32)))
    digests = [bytes.fromhex(state["digest"]) for state in GOLDEN["inputs"]]
    codes = [hmac.digest(key, b"pratique/input/1\0" + digest, "sha256").hex() for digest in digests]
    assert sorted(codes) == GOLDEN["codes"]
