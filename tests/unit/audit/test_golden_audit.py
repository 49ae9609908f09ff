"""The log outlives code: the same entries are the same lines, and an old log is read for ever."""

# mypy: disable-error-code="no-untyped-call"

import json
from hashlib import sha256
from pathlib import Path

import pytest

from pratique.audit import AUDIT_VERSION, verify_chain
from pratique.audit.entries import START, Link, build, parse
from pratique.audit.note import HEAD_DOMAIN, note_path, read_note, settle, signed_note, write_coming
from pratique.crypto.secret import SecretBytes
from pratique.crypto.signing import Ed25519Signer

GOLDEN = Path(__file__).parents[2] / "assets" / "golden" / "audit.jsonl"
ENTRIES = (
    ("2026-01-31T12:00:00+00:00", "scan", "unproven:ann", {"dataset": "channel-eu", "records": 2000}),
    (
        "2026-01-31T13:00:00.000001+00:00",
        "decision",
        "ann ü",
        {
            "dataset": "channel-eu",
            "counts": {"reject": 1, "set": 2},
            "fields": ["#1", "#2"],
            "share": 0.5,
            "bulk": True,
        },
    ),
    ("2026-01-31T14:00:00+00:00", "release", "unproven:ann", {"flow": "channel", "run": "ab" * 16, "route": None}),
)


def lines():
    return GOLDEN.read_bytes().splitlines(keepends=True)


def test_the_lines_and_their_chain():
    assert AUDIT_VERSION == 1
    end, made = START, []
    for words in ENTRIES:
        line, end = build(end, *words)
        made.append(line)
    assert made == lines()


def test_the_hashes_by_the_words_of_the_format_alone():
    previous = ""
    for number, line in enumerate(lines(), start=1):
        entry = json.loads(line)
        assert (entry["version"], entry["sequence"], entry["previous"]) == (1, number, previous)
        rest = {key: value for key, value in entry.items() if key != "hash"}
        text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry["hash"] == sha256(text.encode()).hexdigest()
        previous = entry["hash"]


def test_an_old_log_is_whole_for_ever(tmp_path):
    path = tmp_path / "audit.jsonl"
    path.write_bytes(GOLDEN.read_bytes())
    check = verify_chain(path, json.loads(lines()[1])["hash"])
    assert (check.ok, check.entries, check.head) == (True, 3, json.loads(lines()[2])["hash"])


def rehashed(line, **changes):
    entry = {key: value for key, value in (json.loads(line) | changes).items() if key != "hash"}
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    whole = entry | {"hash": sha256(text.encode()).hexdigest()}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_newer_entry_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "audit.jsonl"
    path.write_bytes(lines()[0] + rehashed(lines()[1], version=2, surprise=1) + b"\n")
    assert verify_chain(path).problem == "line 2 was written by a newer version of Pratique"


@pytest.mark.parametrize("version", [0, -1])
def test_a_version_that_never_was_is_refused(version):
    assert parse(rehashed(lines()[0]))
    with pytest.raises(ValueError, match="is of a version that never was"):
        parse(rehashed(lines()[0], version=version))


def test_the_note_of_the_end_by_the_words_of_the_format_alone(tmp_path):
    golden = json.loads(GOLDEN.with_name("audit-note.json").read_bytes())
    assert HEAD_DOMAIN == b"pratique/audit-head/1\0"
    words = {"hash": golden["hash"], "region": golden["region"], "sequence": golden["sequence"]}
    message = HEAD_DOMAIN + json.dumps(words, sort_keys=True, separators=(",", ":")).encode()
    assert message.hex() == golden["message"]
    link = Link(golden["sequence"], golden["hash"])
    key = Ed25519Signer.from_secret(SecretBytes(bytes.fromhex(golden["seed"])))
    log = tmp_path / "audit.jsonl"
    write_coming(log, signed_note(golden["region"], link, key))
    settle(log)
    assert note_path(log).read_text() == golden["note"]
    assert read_note(log).is_signed_by(golden["region"], golden["key"], key.public)
    assert not read_note(log).is_signed_by("us", golden["key"], key.public)
