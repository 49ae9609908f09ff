"""Documents from elsewhere: bent in any way, they read or are refused in one line, and never show what they hold."""

import base64
import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.audit import FileAuditLog, verify_chain
from pratique.audit.read import read_entries
from pratique.config.exchange import read_exchange
from pratique.config.load import read as read_project
from pratique.crypto.dsse import open_envelope, sign
from pratique.crypto.fernet import FernetDecoder, read_fernet_keys
from pratique.crypto.seal import generate_unseal_key
from pratique.crypto.secret import SecretBytes
from pratique.crypto.signing import generate
from pratique.keys.backup import open_backup
from pratique.keys.file import read_keyset
from pratique.model.data import PartId
from pratique.model.paths import parse_path, show_path
from pratique.model.plan import KeyRef, read_plan
from pratique.model.release import PAYLOAD_TYPE
from pratique.quarantine import Entry, FileQuarantineStore, read, summary
from pratique.transform.common import REFUSED
from pratique.transform.token import BoundToken
from pratique.verify import read_statement, read_trust, verify_release
from pratique.verify.purged import read_purge
from pratique.verify.seen import read_seen
from tests.e2e.sample_projects import PROJECT
from tests.effort import effort
from tests.fuzz.hostile import SECRET, bent_json, mutated, reads_or_refuses

pytestmark = pytest.mark.fuzz
GOLDEN = Path(__file__).parents[1] / "assets/golden"
TODAY = dt.date(2026, 11, 23)


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is such a place: thousands of examples are written there."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)


# --- project files, policies, decisions ------------------------------------------------------------------------------

SETTINGS = f"""
detection:
  allow: ["{SECRET}"]
  entities:
    NOTE_ID: {{patterns: ['\\bN[0-9]{{6}}\\b', 'M-[0-9]+'], deny: ["{SECRET}"], score: 0.7, context: [note]}}
"""
PROJECTS = [
    PROJECT.encode(),
    (PROJECT.split("detection:")[0] + SETTINGS).encode(),
    b"regions: [eu]\ndatasets: {a: {uri: a/, region: eu}}\n",
]
WORDS = [
    *(
        b"policies:",
        b"{token: x}",
        b"{mask: {keep_last: -1}}",
        b"{generalise: {step: 0}}",
        b"{shift_date: {days: 1e9}}",
    ),
    *(b"keep", b"quarantine", b"otherwise: keep", b"eu -> us", b"until: 0001-01-01", b"uri: s3://a:b@c/", b"file:../x"),
    *(
        b"*.*.*",
        b"events.a[].{}",
        b"retention: 99999999999y",
        b"(((a{999}){999}){999})",
        b"{as: text}",
        b"fernet",
        b"null",
    ),
]


@settings(max_examples=effort(60), deadline=None)
@given(mutated(PROJECTS, WORDS))
def test_a_project_file(data: bytes) -> None:
    reads_or_refuses(lambda: read_project(data, "pratique.yaml", Path("/project")))


EXCHANGED = [
    re.sub(
        rb"(?m)^( +)reason: [^#\n]*$",
        rb'\1reason: "' + SECRET.encode() + b'"',
        json.loads(golden("exchange.json"))["file"].encode(),
    )
]
DECISIONS = [
    b"decision: set",
    b"types: [PERSON]",
    b"decision: not-personal",
    b"decision: withdraw",
    b"number: 0",
    b"[]",
    b"{}",
]


@settings(max_examples=effort(60), deadline=None)
@given(mutated(EXCHANGED, DECISIONS))
def test_an_edited_catalogue(data: bytes) -> None:
    found = reads_or_refuses(lambda: read_exchange(data, "decisions.yaml"))
    for problem in found.problems if found is not None else ():
        assert problem.line.isprintable()
        assert SECRET not in problem.line


@settings(max_examples=effort(60), deadline=None)
@given(st.one_of(st.text(max_size=40), st.text('ab.[]{}keys"\\ ', max_size=20)))
def test_a_field_path(text: str) -> None:
    path = reads_or_refuses(lambda: parse_path(text))
    if path is not None:
        assert parse_path(show_path(path)) == path


PLANS = [json.loads(golden(name))["plan"] for name in ("plan.json", "plan-2.json")]


@settings(max_examples=effort(60), deadline=None)
@given(st.one_of(mutated([json.dumps(plan).encode() for plan in PLANS]), *map(bent_json, PLANS)))
def test_a_stored_plan(data: bytes) -> None:
    reads_or_refuses(lambda: read_plan(data))


# --- releases and what verifiers keep --------------------------------------------------------------------------------

ENVELOPE = golden("release/release.json")
STATEMENT = golden("statement.json")
SIGNER = generate()


@settings(max_examples=effort(60), deadline=None)
@given(st.one_of(mutated([ENVELOPE]), bent_json(json.loads(ENVELOPE))))
def test_an_envelope(data: bytes) -> None:
    found = reads_or_refuses(lambda: open_envelope(data))
    if found is not None and data != ENVELOPE:
        assert found != open_envelope(ENVELOPE), "no byte of an envelope is without meaning"


@settings(max_examples=effort(60), deadline=None)
@given(st.one_of(mutated([STATEMENT]), bent_json(json.loads(STATEMENT))))
def test_a_statement(data: bytes) -> None:
    for read_it in (read_statement, read_purge):
        reads_or_refuses(lambda read_it=read_it: read_it(data))  # type: ignore[misc]


@settings(max_examples=effort(40), deadline=None)
@given(data=st.one_of(mutated([STATEMENT]), bent_json(json.loads(STATEMENT))), signed=st.booleans())
def test_a_release_that_its_own_exporter_signed(folder: Path, data: bytes, signed: bool) -> None:
    """Whatever stands in a statement, verification ends with a word on it; the exporter is not trusted with more."""
    release = folder / "release"
    release.mkdir(exist_ok=True)
    for name in ("00000-00000.jsonl", "00001-00000.jsonl"):
        (release / name).write_bytes(golden(f"release/{name}"))
    (release / "release.json").write_bytes(sign(PAYLOAD_TYPE, data, SIGNER) if signed else data)
    (folder / "seen.json").unlink(missing_ok=True)
    seen = folder / "seen.json"
    reads_or_refuses(
        lambda: verify_release(release, trust=None, exporter_key=SIGNER.public, seen=seen, today=TODAY), str(SIGNER)
    )


TRUST, SEEN = json.loads(golden("trust.json")), json.loads(golden("seen.json"))


@settings(max_examples=effort(60), deadline=None)
@given(
    data=st.one_of(mutated([golden("trust.json")]), bent_json(TRUST), mutated([golden("seen.json")]), bent_json(SEEN))
)
def test_trust_and_seen_files(folder: Path, data: bytes) -> None:
    path = folder / "remembered.json"
    path.write_bytes(data)
    for read_it in (read_trust, read_seen):
        reads_or_refuses(lambda read_it=read_it: read_it(path))  # type: ignore[misc]


# --- keys, tokens, ciphertexts ---------------------------------------------------------------------------------------

KEYSETS = [golden("keyset.json"), golden("keyset-2.json")]
SECRETS = [master["secret"] for keyset in KEYSETS for master in json.loads(keyset)["masters"]]


@settings(max_examples=effort(60), deadline=None)
@given(st.one_of(mutated(KEYSETS), *(bent_json(json.loads(keyset)) for keyset in KEYSETS)))
def test_a_keyset(data: bytes) -> None:
    reads_or_refuses(lambda: read_keyset(data, "keys/eu.json"), *SECRETS)


BACKUP = json.loads(golden("key-backup.json"))
SEALED = base64.b64decode(BACKUP["sealed"]) if "sealed" in BACKUP else b""
FERNET = base64.urlsafe_b64encode(bytes(range(32)))


@settings(max_examples=effort(15), deadline=None)
@given(data=mutated([SEALED[:40], b"PRQBACKUP\1\x0e" + bytes(28)]))
def test_a_backup_of_keys(folder: Path, data: bytes) -> None:
    path = folder / "backup"
    path.write_bytes(data[:10] + bytes([data[10] % 15]) + data[11:] if len(data) > 10 else data)  # cheap to guess at
    reads_or_refuses(lambda: open_backup(path, SecretBytes(b"correct horse battery staple")))


@settings(max_examples=effort(60), deadline=None)
@given(mutated([FERNET, FERNET + b"\n" + base64.urlsafe_b64encode(bytes(32)) + b"\n"]))
def test_fernet_keys(data: bytes) -> None:
    reads_or_refuses(lambda: read_fernet_keys(data, "keys/old.fernet"), FERNET.decode())


REF = KeyRef("viewer", "USER_ID", 1, "eu -> us")
TOKENS = [item["token"].encode() for item in json.loads(golden("token.json"))]


@settings(max_examples=effort(60), deadline=None)
@given(st.lists(st.one_of(mutated(TOKENS, [b"tok1.1.", b"tok2.", b"=", b"==", b"tok1.99."]), st.binary()), max_size=20))
def test_tokens(texts: list[bytes]) -> None:
    bound = BoundToken(SecretBytes(bytes(range(64))), REF)
    (honest,) = bound.apply(["user-12345"], None)
    values = [text.decode("utf-8", "surrogateescape" if at % 2 else "replace") for at, text in enumerate(texts)]
    back = bound.invert([*values, honest], None)
    assert back[-1] == "user-12345"
    for token, value in zip(values, back, strict=False):
        assert value is REFUSED or bound.apply([value], None) == [token], "only what this key made is opened"


@settings(max_examples=effort(60), deadline=None)
@given(mutated([b"gAAAAABl" + base64.urlsafe_b64encode(bytes(90)), b"gAAAAA=="]))
def test_fernet_tokens(token: bytes) -> None:
    assert FernetDecoder([SecretBytes(bytes(32))]).decode(token.decode("latin-1")) is None


# --- quarantine and audit --------------------------------------------------------------------------------------------

UNSEAL = generate_unseal_key()


@pytest.fixture(scope="module")
def held(folder: Path) -> bytes:
    store = FileQuarantineStore(folder / "quarantine", UNSEAL.public)
    writer = store.writer("f", "r", PartId("00000-00000"))
    for number in range(5):
        writer.add(Entry(number, "guard", ("note",), SECRET.encode() * 40, "#1"))
    writer.finish()
    return store.files("f", "r")[0].read_bytes()


@settings(max_examples=effort(60), deadline=None)
@given(data=st.data())
def test_a_quarantine_file(folder: Path, held: bytes, data: st.DataObject) -> None:
    path = folder / "00000-00000.quarantine"
    bent = data.draw(mutated([held]))
    path.write_bytes(bent)
    reads_or_refuses(lambda: summary(path))
    found = reads_or_refuses(lambda: list(read(path, UNSEAL)))
    if found is not None:
        assert bent == held or len(found) == 5
        assert all(entry.original == SECRET.encode() * 40 for entry in found), "nothing that was not sealed comes out"


@pytest.fixture(scope="module")
def log(folder: Path) -> bytes:
    path = folder / "audit.jsonl"
    written = FileAuditLog(path)
    for number in range(4):
        written.append("run", SECRET, {"run": f"r{number}", "parts": number})
    return path.read_bytes()


@settings(max_examples=effort(60), deadline=None)
@given(data=st.data())
def test_an_audit_log(folder: Path, log: bytes, data: st.DataObject) -> None:
    path = folder / "bent.jsonl"
    bent = data.draw(mutated([log, golden("audit.jsonl")]))
    note = data.draw(mutated([b"4 " + b"ab" * 32, b"4 " + b"ab" * 32 + b" 0011223344556677 AAAA"]))
    path.write_bytes(bent)
    path.with_name("bent.jsonl.head").write_bytes(note)
    for head in (None, "ab" * 32):
        check = reads_or_refuses(lambda head=head: verify_chain(path, head))  # type: ignore[misc]
        if check is not None:
            assert check.problem.isprintable()
            assert SECRET not in check.problem
            assert not (check.ok and head)
    reads_or_refuses(lambda: list(read_entries(path)))


def test_appending_to_a_bent_log(folder: Path, log: bytes) -> None:
    @settings(max_examples=effort(40), deadline=None)
    @given(mutated([log]))
    def check(bent: bytes) -> None:
        path = folder / "appended.jsonl"
        for one in folder.glob("appended.jsonl*"):
            one.unlink()
        path.write_bytes(bent)
        reads_or_refuses(lambda: FileAuditLog(path).append("run", "ann", {}))

    check()


def test_the_seeds_are_sound(folder: Path, held: bytes, log: bytes) -> None:
    """Else the properties above would hold of anything."""
    for data in PROJECTS:
        read_project(data, "pratique.yaml", Path("/project"))
    assert not read_exchange(EXCHANGED[0], "x").problems
    assert SECRET.encode() in EXCHANGED[0]
    open_envelope(ENVELOPE)
    read_statement(STATEMENT)
    for keyset in KEYSETS:
        read_keyset(keyset, "x")
    read_fernet_keys(FERNET, "x")
    assert SECRET.encode() not in held
    assert SECRET.encode() in log
    for name in ("trust.json", "seen.json"):
        (folder / name).write_bytes(golden(name))
    read_trust(folder / "trust.json")
    read_seen(folder / "seen.json")
