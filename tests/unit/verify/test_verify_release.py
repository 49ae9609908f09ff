"""Every way in which a release can be wrong, each refused with a sentence that says which."""

# mypy: disable-error-code="no-untyped-call"

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from pratique.crypto import dsse, signing
from pratique.errors import VerifyError
from pratique.model.codec import canonical
from pratique.model.release import PAYLOAD_TYPE, RELEASE_FILE, Counts, FileEntry, Release
from pratique.verify import build_statement, read_statement, read_trust, verify_release

TODAY = date(2026, 11, 23)
SIGNER = signing.generate()
OTHER = signing.generate()
RUN = "a1b2c3"
CONTENT = {"00000-00000.jsonl": b'{"a":1}\n{"a":2}\n', "00000-00001.jsonl": b'{"a":3}\n'}


def make_release(**changes):
    files = tuple(
        FileEntry(name, hashlib.sha256(data).hexdigest(), len(data), data.count(b"\n"))
        for name, data in CONTENT.items()
    )
    release = Release(
        version=1,
        exporter="Hafen AG",
        dataset="channel-us",
        flow="channel",
        route={"name": "eu -> us", "class": "pseudonymised", "basis": "SCC", "until": "2027-06-30"},
        run=RUN,
        sequence=1,
        previous="",
        at="2026-11-23T12:00:00+00:00",
        files=files,
        plan="p" * 64,
        policy="default",
        code="0.1.0",
        inputs=("i" * 64,),
        counts=Counts(5, 3, {"guard": 2}),
        data_class="pseudonymised",
        format="jsonl",
        detectors={"residue": "d"},
        guard_score=0.5,
        residue_score=0.6,
        residue=0,
        waivers=(),
        bulk_decisions=0,
        risk="not measured",
        key=SIGNER.key_id,
        audit_head="h",
    )
    return replace(release, **changes)


def publish(folder, release=None, *, signer=SIGNER, payload=None, kind=PAYLOAD_TYPE):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in CONTENT.items():
        (folder / name).write_bytes(data)
    payload = payload if payload is not None else build_statement(release or make_release())
    (folder / RELEASE_FILE).write_bytes(dsse.sign(kind, payload, signer))
    return folder


def digest_of(release):
    return hashlib.sha256(build_statement(release)).hexdigest()


def trust_fields(**changes):
    return {
        "version": 1,
        "exporters": {"Hafen AG": [base64.b64encode(SIGNER.public).decode()]},
        "routes": {"eu -> us": ["pseudonymised"]},
        "revoked_runs": [],
        "revoked_releases": [],
        "lowest": {},
    } | changes


@pytest.fixture
def trusted(tmp_path):
    def write(**changes):
        path = tmp_path / "trust.json"
        path.write_text(json.dumps(trust_fields(**changes)))
        return read_trust(path)

    return write


@pytest.fixture
def folder(tmp_path):
    return publish(tmp_path / "us" / RUN)


def check(folder, *, trust=None, key=SIGNER.public, seen=None, today=TODAY):
    return verify_release(folder, trust=trust, exporter_key=key, seen=seen, today=today)


def refused(folder, match, **options):
    with pytest.raises(VerifyError, match=match) as error:
        check(folder, **options)
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 7


# --- good -----------------------------------------------------------------------------------------------------------


def test_a_good_release_is_verified_and_says_what_was_not_proven(folder):
    found = check(folder)
    assert found.release == make_release()
    assert found.key == SIGNER.key_id
    assert found.digest == digest_of(make_release())
    assert any("2 files" in sentence for sentence in found.proven)
    assert any("cannot rule out replay" in sentence for sentence in found.not_proven)
    assert any("trust file" in sentence for sentence in found.not_proven)


def test_with_trust_and_memory_less_is_open(folder, trusted, tmp_path):
    seen = tmp_path / "seen.json"
    found = check(folder, trust=trusted(), key=None, seen=seen)
    assert not any("rule out replay" in sentence for sentence in found.not_proven)
    assert any("No release of this flow was seen" in sentence for sentence in found.not_proven)
    again = check(folder, trust=trusted(), key=None, seen=seen)
    assert len(again.not_proven) == 1


def test_the_folder_may_be_copied_and_named_otherwise_and_the_file_given(folder, tmp_path):
    copied = shutil.copytree(folder, tmp_path / "elsewhere")
    assert check(copied).digest == check(folder).digest == check(folder / RELEASE_FILE).digest


def test_file_names_may_stand_under_the_run_id(tmp_path):
    release = make_release()
    files = tuple(replace(file, name=f"{RUN}/{file.name}") for file in release.files)
    assert check(publish(tmp_path / "r", replace(release, files=files))).release.files == files


def test_a_release_without_files_and_one_without_a_route(tmp_path, trusted):
    empty = publish(tmp_path / "e", make_release(files=(), counts=Counts(2, 0, {"guard": 2})))
    for name in CONTENT:
        (empty / name).unlink()
    check(empty)
    local = publish(tmp_path / "l", make_release(route=None, data_class="personal"))
    check(local)
    refused(local, "does not accept this route", trust=trusted())
    check(local, trust=trusted(routes={"local": ["personal"]}))


def test_verify_loads_nothing_of_the_rest():
    code = (
        "import sys; import pratique.verify; "
        "print(sorted(m for m in sys.modules if m.startswith('pratique.') and m.split('.')[1] not in"
        " ('verify', 'model', 'crypto', 'errors')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- the files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_one_byte_changed_in_any_file(folder, name):
    data = (folder / name).read_bytes()
    for place in range(len(data)):
        (folder / name).write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        refused(folder, rf"file {name}: the file was changed")
    (folder / name).write_bytes(data + b"\n")
    refused(folder, rf"file {name}: the file was changed")
    (folder / name).write_bytes(data[:-1])
    refused(folder, rf"file {name}: the file was changed")
    (folder / name).write_bytes(data)
    check(folder)


def test_one_byte_changed_anywhere_in_the_release(folder):
    path = folder / RELEASE_FILE
    data = path.read_bytes()
    for place in range(0, len(data), 7):
        for flip in (1, 32):
            path.write_bytes(data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :])
            with pytest.raises(VerifyError):
                check(folder)
    for other in (data + b"\n", b" " + data, data[:-1], b"", b"{}", data + data):
        path.write_bytes(other)
        with pytest.raises(VerifyError):
            check(folder)


@pytest.mark.parametrize("name", ["00000-00002.jsonl", ".hidden", "sub", "x\n\x1b[31m"])
def test_a_file_added(folder, name):
    if name == "sub":
        (folder / name).mkdir()
    else:
        (folder / name).write_bytes(b"x")
    refused(folder, "this file was added")


def test_a_file_removed(folder):
    (folder / "00000-00001.jsonl").unlink()
    refused(folder, r"file 00000-00001\.jsonl: the release names this file, and it is missing")


def test_a_file_renamed(folder):
    (folder / "00000-00001.jsonl").rename(folder / "other.jsonl")
    refused(folder, r"file 00000-00001\.jsonl: the file was renamed to other\.jsonl")


def test_two_files_that_changed_places(folder):
    (folder / "00000-00000.jsonl").rename(folder / "x")
    (folder / "00000-00001.jsonl").rename(folder / "00000-00000.jsonl")
    (folder / "x").rename(folder / "00000-00001.jsonl")
    refused(folder, "the file was changed")


def test_links_pipes_and_folders_in_the_place_of_files(folder, tmp_path):
    name = "00000-00001.jsonl"
    (tmp_path / "copy").write_bytes(CONTENT[name])
    (folder / name).unlink()
    (folder / name).symlink_to(tmp_path / "copy")
    refused(folder, "is a link")
    (folder / name).unlink()
    os.mkfifo(folder / name)
    refused(folder, "not a regular file")
    (folder / name).unlink()
    (folder / name).mkdir()
    refused(folder, "not a regular file|link")


def test_a_release_file_that_is_a_link_missing_or_huge(folder, tmp_path):
    path = folder / RELEASE_FILE
    path.rename(tmp_path / "moved.json")
    refused(folder, "release.json is missing")
    path.symlink_to(tmp_path / "moved.json")
    refused(folder, "is a link")
    path.unlink()
    with path.open("wb") as file:
        file.truncate(1 << 40)
    refused(folder, "too large")
    refused(tmp_path / "nowhere", "no such folder")


def test_a_huge_file_is_not_read(folder):
    with (folder / "00000-00001.jsonl").open("r+b") as file:
        file.truncate(1 << 40)
    refused(folder, "the file was changed")


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/b",
        "..",
        ".",
        "",
        "release.json",
        "/etc/passwd",
        ".hidden",
        "a\x00b",
        "a\nb",
        f"{RUN}/../x",
        "x" * 300,
    ],
)
def test_names_that_no_release_may_hold(tmp_path, name):
    entry = FileEntry(name, "0" * 64, 0, 0)
    release = make_release(files=(entry,), counts=Counts(0, 0, {}))
    refused(publish(tmp_path / "r", release), "no release may hold")


@pytest.mark.parametrize("change", [{"digest": "0"}, {"digest": "G" * 64}, {"size": -1}, {"records": -1}])
def test_files_described_wrongly(tmp_path, change):
    release = make_release()
    files = (replace(release.files[0], **change), *release.files[1:])
    counts = Counts(9, sum(file.records for file in files), {"x": 9 - sum(file.records for file in files)})
    refused(publish(tmp_path / "r", replace(release, files=files, counts=counts)), "twice or wrongly")


def test_a_file_named_twice(tmp_path):
    release = make_release()
    first = release.files[0]
    files = (first, replace(first, name=f"{RUN}/{first.name}"))
    refused(publish(tmp_path / "r", replace(release, files=files, counts=Counts(4, 4, {}))), "twice or wrongly")


# --- the signature ----------------------------------------------------------------------------------------------------


def test_a_release_signed_by_another_key(tmp_path, trusted):
    by_other = publish(tmp_path / "r", make_release(key=OTHER.key_id), signer=OTHER)
    refused(by_other, f"signed by another key \\({OTHER.key_id}\\)")
    refused(by_other, "signed by another key", trust=trusted(), key=None)
    claiming = publish(tmp_path / "c", make_release(), signer=OTHER)
    refused(claiming, "names another key", key=OTHER.public)


def test_another_exporters_key_does_not_speak_for_this_one(tmp_path, trusted):
    trust = trusted(
        exporters={
            "Hafen AG": [base64.b64encode(SIGNER.public).decode()],
            "Other AG": [base64.b64encode(OTHER.public).decode()],
        }
    )
    release = publish(tmp_path / "r", make_release(key=OTHER.key_id), signer=OTHER)
    refused(release, "signed by another key", trust=trust, key=None)
    unknown = publish(tmp_path / "u", make_release(exporter="Nobody"))
    refused(unknown, "knows no such exporter", trust=trust, key=None)


def test_without_any_key_nothing_is_proven(folder):
    refused(folder, "nothing to hold the signature against", key=None)


def test_a_given_key_that_the_trust_file_does_not_list(folder, trusted):
    refused(folder, "not in the trust file", trust=trusted(), key=OTHER.public)
    assert check(folder, trust=trusted(), key=SIGNER.public)


def test_a_signature_added_by_a_stranger(folder):
    path = folder / RELEASE_FILE
    fields = json.loads(path.read_bytes())
    signature = OTHER.sign(dsse.encode(PAYLOAD_TYPE, base64.b64decode(fields["payload"])))
    fields["signatures"].append({"keyid": OTHER.key_id, "sig": base64.b64encode(signature).decode()})
    path.write_bytes(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode())
    refused(folder, "one signature")


# --- the statement ----------------------------------------------------------------------------------------------------


def test_a_statement_reads_back_as_it_was_built():
    release = make_release()
    payload = build_statement(release)
    assert read_statement(payload) == release
    fields = json.loads(payload)
    assert fields["subject"] == [{"name": f.name, "digest": {"sha256": f.digest}} for f in release.files]
    assert payload == canonical(fields)


def altered(change):
    fields = json.loads(build_statement(make_release()))
    change(fields)
    return canonical(fields)


@pytest.mark.parametrize(
    ("payload", "match"),
    [
        (b"{}", "not an in-toto statement"),
        (b"[1]", "not an in-toto statement"),
        (b"\xff", "not strict JSON"),
        (b'{"_type":NaN}', "not strict JSON"),
        (b"[" * 100_000, "not strict JSON"),
        (altered(lambda f: f.update(_type="https://in-toto.io/Statement/v2")), "not an in-toto statement"),
        (altered(lambda f: f.update(predicateType="urn:pratique:release:2")), "not a release of a kind"),
        (altered(lambda f: f["predicate"].update(version=2)), "cannot judge"),
        (altered(lambda f: f["predicate"].update(extra=1)), "incomplete or holds"),
        (altered(lambda f: f["predicate"].pop("counts")), "incomplete or holds"),
        (altered(lambda f: f["predicate"].update(sequence="1")), "incomplete or holds"),
        (altered(lambda f: f.update(extra=1)), "one canonical form"),
        (altered(lambda f: f["subject"].pop()), "subjects are not its files"),
        (altered(lambda f: f["subject"][0].update(name="x")), "subjects are not its files"),
        (altered(lambda f: f["subject"][0]["digest"].update(sha256="0" * 64)), "subjects are not its files"),
        (altered(lambda f: f.pop("predicate")), "incomplete or holds"),
        (build_statement(make_release()) + b" ", "one canonical form"),
        (build_statement(make_release())[:-1] + b',"_type":"https://in-toto.io/Statement/v1"}', "not strict JSON"),
    ],
)
def test_statements_that_are_signed_and_still_not_taken(tmp_path, payload, match):
    with pytest.raises(VerifyError, match=match):
        read_statement(payload)
    refused(publish(tmp_path / "r", payload=payload), match)


def test_another_type_of_payload(tmp_path):
    refused(publish(tmp_path / "r", kind="application/json"), "not an in-toto statement")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"counts": Counts(6, 3, {"guard": 2})}, "do not add up"),
        ({"counts": Counts(4, 4, {})}, "do not add up"),
        ({"counts": Counts(3, 3, {"a": 1, "b": -1})}, "do not add up"),
        ({"sequence": 0}, "chain"),
        ({"sequence": 2}, "chain"),
        ({"sequence": 2, "previous": "x"}, "chain"),
        ({"previous": "0" * 64}, "chain"),
        ({"data_class": "public"}, "does not exist"),
        ({"data_class": "personal"}, "the data is personal, and the route takes pseudonymised"),
        ({"route": {"name": "eu -> us"}}, "describes its route wrongly"),
    ],
)
def test_releases_that_contradict_themselves(tmp_path, changes, match):
    refused(publish(tmp_path / "r", make_release(**changes)), match)


# --- route, trust -----------------------------------------------------------------------------------------------------


def test_an_expired_route(folder):
    check(folder, today=date(2027, 6, 30))
    refused(folder, "the route expired: it was open until 2027-06-30", today=date(2027, 7, 1))


def test_a_route_that_lacks_a_part_is_told_with_a_trust_file_too(tmp_path, trusted):
    route = {"class": "pseudonymised", "basis": "SCC", "until": "2027-06-30"}
    refused(publish(tmp_path / "r", make_release(route=route)), "describes its route wrongly", trust=trusted())


def test_a_route_without_a_date(tmp_path):
    route = {**(make_release().route or {}), "until": "never"}
    refused(publish(tmp_path / "r", make_release(route=route)), "describes its route wrongly")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"revoked_runs": [RUN]}, "revoked"),
        ({"revoked_releases": [digest_of(make_release())]}, "revoked"),
        ({"routes": {}}, "does not accept this route"),
        ({"routes": {"eu -> uk": ["pseudonymised"]}}, "does not accept this route"),
        ({"routes": {"eu -> us": ["anonymised"]}}, "does not accept pseudonymised data"),
        ({"lowest": {"channel": 2}}, "accepts 2 and up"),
        ({"exporters": {}}, "no such exporter"),
    ],
)
def test_what_the_trust_file_does_not_accept(folder, trusted, changes, match):
    check(folder, trust=trusted(), key=None)
    refused(folder, match, trust=trusted(**changes), key=None)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", json.dumps(trust_fields() | {"version": 2}), json.dumps(trust_fields(revoked=[])),
        json.dumps({k: v for k, v in trust_fields().items() if k != "revoked_runs"}),
        json.dumps(trust_fields(exporters={"Hafen AG": ["AAAA"]})),
        json.dumps(trust_fields(exporters={"Hafen AG": ["é"]})),
        json.dumps(trust_fields(routes={"eu -> us": ["all"]})), json.dumps(trust_fields(lowest={"channel": "1"})),
        json.dumps(trust_fields())[:-1] + ', "revoked_runs": []}',
    ],
)  # fmt: skip
def test_a_trust_file_that_is_not_wholly_understood_is_refused(tmp_path, text):
    path = tmp_path / "trust.json"
    path.write_text(text)
    with pytest.raises(VerifyError, match="trust file"):
        read_trust(path)
    with pytest.raises(VerifyError, match="missing"):
        read_trust(tmp_path / "none.json")


# --- replay, chain ----------------------------------------------------------------------------------------------------


def chain(tmp_path, length):
    releases, folders, previous = [], [], ""
    for sequence in range(1, length + 1):
        release = make_release(sequence=sequence, previous=previous, run=f"run{sequence}")
        previous = digest_of(release)
        releases.append(release)
        folders.append(publish(tmp_path / f"run{sequence}", release))
    return folders


def test_an_older_release_replayed(tmp_path):
    first, second, third = chain(tmp_path, 3)
    seen = tmp_path / "seen.json"
    for folder in (first, second, second, third):
        check(folder, seen=seen)
    refused(second, "an older release is replayed: sequence 2, after 3", seen=seen)
    refused(first, "an older release is replayed", seen=seen)
    check(third, seen=seen)
    assert json.loads(seen.read_bytes())["newest"]["Hafen AG"]["channel"]["sequence"] == 3


def test_another_release_of_a_seen_sequence(tmp_path):
    seen = tmp_path / "seen.json"
    check(publish(tmp_path / "a"), seen=seen)
    refused(publish(tmp_path / "b", make_release(run="other")), "another release with sequence 1", seen=seen)


def test_a_release_that_does_not_follow_the_last_one(tmp_path):
    first, _ = chain(tmp_path, 2)
    seen = tmp_path / "seen.json"
    check(first, seen=seen)
    forked = publish(tmp_path / "f", make_release(sequence=2, previous="0" * 64))
    refused(forked, "does not follow", seen=seen)


def test_a_gap_is_told_not_refused(tmp_path):
    first, _, third = chain(tmp_path, 3)
    seen = tmp_path / "seen.json"
    check(first, seen=seen)
    assert any("1 releases of this flow between" in s for s in check(third, seen=seen).not_proven)


def test_flows_and_exporters_are_remembered_apart(tmp_path):
    seen = tmp_path / "seen.json"
    for folder in chain(tmp_path, 2):
        check(folder, seen=seen)
    check(publish(tmp_path / "m", make_release(flow="movie")), seen=seen)
    check(publish(tmp_path / "x", make_release(exporter="Other AG")), seen=seen)
    newest = json.loads(seen.read_bytes())["newest"]
    assert newest["Hafen AG"]["channel"]["sequence"] == 2
    assert newest["Hafen AG"]["movie"]["sequence"] == newest["Other AG"]["channel"]["sequence"] == 1


def test_what_fails_is_not_remembered(tmp_path, trusted):
    first, second = chain(tmp_path, 2)
    seen = tmp_path / "seen.json"
    check(first, seen=seen)
    before = seen.read_bytes()
    (second / "00000-00001.jsonl").write_bytes(b"x")
    refused(second, "changed", seen=seen)
    refused(second, "revoked", seen=seen, trust=trusted(revoked_runs=["run2"]))
    assert seen.read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version":2,"newest":{}}', '{"version":1}', '{"version":1,"newest":[]}']
)
def test_a_memory_that_cannot_be_read_is_not_taken_for_an_empty_one(folder, tmp_path, text):
    seen = tmp_path / "seen.json"
    seen.write_text(text)
    refused(folder, "seen releases", seen=seen)
    assert seen.read_text() == text


def test_a_memory_that_is_a_broken_link_or_cannot_be_written(folder, tmp_path):
    seen = tmp_path / "seen.json"
    seen.symlink_to(tmp_path / "nowhere")
    refused(folder, "seen releases", seen=seen)
    refused(folder, "cannot be written", seen=tmp_path / "no" / "seen.json")
