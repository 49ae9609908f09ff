"""The file of quarantine: its form, what it does not show, and what is cut out of it."""

import base64
import os
import stat
import struct
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto.seal import Sealer, UnsealKey, generate_unseal_key
from pratique.errors import KeyStoreError, StoreError
from pratique.model.data import PartId
from pratique.quarantine import Entry, FileQuarantineStore, Summary, read, summary
from pratique.quarantine.form import (
    FRAME_FILL,
    LAST,
    LENGTH,
    MAGIC,
    MORE,
    context_of,
    entry_from,
    entry_line,
    foot_of,
    head_of,
)

KEY = generate_unseal_key()
PART = PartId("00000-00000")

# Version 1, as first written; its private key is the bytes 0 to 31.
GOLDEN = (
    "UFJBVElRVUUtUVVBUkFOVElORQoAAACIeyJmbG93IjoiY2hhbm5lbCIsInBhcnQiOiIwMDAwMC0wMDAwMiIsInJ1biI6InIxIiwic2VhbCI6Il"
    "VGSlJVMFZCVEFIdTNZZzlvS2xGRlhsR3JJeDNzYVE1dnU1NHk0K2JXNy9kVTlOWUl5c09YYXZnb3RVa1paZGMiLCJ2ZXJzaW9uIjoxfQAAAKld"
    "loLdz8kc665eTe8TqEM0/YeK//nQpN6g3p5lZ69IZVKM9odKT/OFAm+jg71Z0BDnjTE9y0AIYCrQp+ii0gILhV6yzdJQIaMXGTOIHJ1TkGeTXl"
    "UZno+4kb9FpJz8DkZClLoUjuCXklaml3BHNy2kUrkbRKhE/a1ELlpMme/fCKo1Y7F3M7hwbCMwDbZzsEwYBwZXG1yqmYHtRiHY7TB0ThthryNh"
    "8VITAAAAAHsiY291bnRzIjp7Impzb24iOjEsIm5ldy1maWVsZCI6MX0sImVudHJpZXMiOjJ9AAAALwpFTkQtUVVBUkFOVElORQo="
)


def filled(folder: Path, count: int = 3, size: int = 10) -> Path:
    store = FileQuarantineStore(folder, KEY.public)
    writer = store.writer("channel", "r1", PART)
    for number in range(count):
        writer.add(Entry(number, "guard", ("card",), b"Alice Archer".ljust(size), "#2"))
    writer.finish()
    return store.files("channel", "r1")[0]


def frames(data: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Head, frames with their lengths, and the rest from the zero length on."""
    at = len(MAGIC)
    at += LENGTH.size + LENGTH.unpack_from(data, at)[0]
    head, found = data[:at], []
    while length := LENGTH.unpack_from(data, at)[0]:
        found.append(data[at : at + LENGTH.size + length])
        at += LENGTH.size + length
    return head, found, data[at:]


def test_what_is_held_does_not_show(tmp_path: Path) -> None:
    data = filled(tmp_path).read_bytes()
    assert b"Alice" not in data
    assert b"card" not in data
    assert data.startswith(b"PRATIQUE-QUARANTINE\n\x00\x00\x00")
    assert data.endswith(
        b'{"counts":{"guard":3},"entries":3,"fields":{"guard":{"#2":3}}}\x00\x00\x00\x3e\nEND-QUARANTINE\n'
    )
    assert b'{"flow":"channel","part":"00000-00000","run":"r1","seal":"' in data


def test_no_name_of_a_field_or_value_in_what_prints(tmp_path: Path) -> None:
    [entry] = read(filled(tmp_path, 1), KEY)
    assert "Alice" not in repr(entry)


def test_a_file_of_version_1_is_read_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "golden.quarantine"
    file.write_bytes(base64.b64decode(GOLDEN))
    key = UnsealKey(X25519PrivateKey.from_private_bytes(bytes(range(32))))
    assert summary(file) == Summary(1, "channel", "r1", "00000-00002", 2, {"json": 1, "new-field": 1})
    assert list(read(file, key)) == [
        Entry(0, "json", None, b'{"a":'),
        Entry(6, "new-field", ("b", "[]", "ü"), b'{"b":["x"]}'),
    ]


def test_summary(tmp_path: Path) -> None:
    wanted = Summary(2, "channel", "r1", "00000-00000", 3, {"guard": 3}, {"guard": {"#2": 3}})
    assert summary(filled(tmp_path)) == wanted


def test_everything_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        file = filled(tmp_path / "q")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_an_attempt_that_died_is_swept_by_the_next(tmp_path: Path) -> None:
    writer = FileQuarantineStore(tmp_path, KEY.public).writer("channel", "r1", PART)
    writer.add(Entry(0, "guard", None, b"x" * FRAME_FILL))
    assert len(list(tmp_path.rglob("*.partial"))) == 1
    assert writer._file is not None
    writer._file.close()
    file = filled(tmp_path)
    assert list(tmp_path.rglob("*.partial")) == []
    assert list(file.parent.iterdir()) == [file]
    (file.parent / f".{PART}.1-ff.partial").write_bytes(b"litter")
    FileQuarantineStore(tmp_path, KEY.public).writer("channel", "r1", PART).finish()
    assert list(file.parent.iterdir()) == []


def test_a_part_that_holds_nothing_makes_nothing(tmp_path: Path) -> None:
    FileQuarantineStore(tmp_path / "q", KEY.public).writer("channel", "r1", PART).finish()
    assert not (tmp_path / "q").exists()


def test_many_records_are_many_frames(tmp_path: Path) -> None:
    file = filled(tmp_path, 300, 4000)
    assert len(frames(file.read_bytes())[1]) > 3
    assert [entry.ordinal for entry in read(file, KEY)] == list(range(300))


@pytest.mark.parametrize("cut", ["last", "first", "middle", "all", "swapped", "doubled"])
def test_frames_are_neither_cut_nor_moved(tmp_path: Path, cut: str) -> None:
    file = filled(tmp_path, 300, 4000)
    head, parts, rest = frames(file.read_bytes())
    harmed = {
        "last": parts[:-1],
        "first": parts[1:],
        "middle": [*parts[:1], *parts[2:]],
        "all": [],
        "swapped": [parts[1], parts[0], *parts[2:]],
        "doubled": [*parts, parts[-1]],
    }[cut]
    file.write_bytes(head + b"".join(harmed) + rest)
    with pytest.raises(StoreError, match="cut, altered or moved"):
        list(read(file, KEY))


def test_a_file_of_another_run_is_not_taken(tmp_path: Path) -> None:
    file = filled(tmp_path)
    data = file.read_bytes()
    file.write_bytes(data.replace(b'"flow":"channel"', b'"flow":"website"'))
    assert summary(file).flow == "website", "in clear, and unproven"
    with pytest.raises(StoreError):
        list(read(file, KEY))


def test_a_newer_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = filled(tmp_path)
    file.write_bytes(file.read_bytes().replace(b'"version":2', b'"version":3'))
    for act in (lambda: summary(file), lambda: list(read(file, KEY))):
        with pytest.raises(StoreError, match="newer version of Pratique; update"):
            act()


@pytest.mark.parametrize(
    "plain",
    [
        b"not json\n",
        b"{}\n",
        b'{"ordinal":0,"rule":"r","path":null,"original":""}\n',
        b'{"ordinal":"0","rule":"r","path":null,"original":"","field":"","size":null}\n',
        b'{"ordinal":0,"rule":"r","path":"a","original":"","field":"","size":null}\n',
        b'{"ordinal":0,"rule":"r","path":null,"original":"*","field":"","size":null}\n',
        b'{"ordinal":0,"rule":"r","path":null,"original":"","field":1,"size":null}\n',
        b'{"ordinal":0,"rule":"r","path":null,"original":"","field":"","size":"9"}\n',
        b"[" * 5000 + b"\n",
    ],
)
def test_entries_are_read_strictly_even_under_a_good_seal(tmp_path: Path, plain: bytes) -> None:
    file = tmp_path / "x.quarantine"
    sealer = Sealer(KEY.public, context_of("f", "r", "p"))
    sealed = sealer.seal(0, LAST + plain)
    file.write_bytes(head_of("f", "r", "p", sealer.header) + LENGTH.pack(len(sealed)) + sealed + foot_of({"r": 1}, {}))
    with pytest.raises(StoreError, match="does not read as one"):
        list(read(file, KEY))


def test_a_frame_length_beyond_the_file_is_no_allocation(tmp_path: Path) -> None:
    sealer = Sealer(KEY.public, context_of("f", "r", "p"))
    sealed = sealer.seal(0, MORE)
    file = tmp_path / "x.quarantine"
    file.write_bytes(head_of("f", "r", "p", sealer.header) + struct.pack(">I", 0xFFFFFFFF) + sealed + foot_of({}, {}))
    with pytest.raises(StoreError, match="cut"):
        list(read(file, KEY))


def test_no_file_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        summary(tmp_path / "none.quarantine")
    (tmp_path / "file").write_text("")
    writer = FileQuarantineStore(tmp_path / "file", KEY.public).writer("channel", "r1", PART)
    writer.add(Entry(0, "guard", None, b"Alice Archer"))
    with pytest.raises(StoreError) as caught:
        writer.finish()
    assert "Alice" not in str(caught.value)


def test_a_key_that_cannot_be_sealed_to_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyStoreError):
        FileQuarantineStore(tmp_path, b"\0" * 32).writer("channel", "r1", PART)


ENTRIES = st.builds(
    Entry,
    st.integers(0, 2**63),
    st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True),
    st.none() | st.lists(st.text(st.characters(), max_size=5), max_size=3).map(tuple),
    st.binary(max_size=50),
    st.sampled_from(["", "#1", "#20", "new fields"]),
    st.none() | st.integers(0, 2**40),
)


@given(ENTRIES)
def test_any_entry_is_one_line_and_comes_back(entry: Entry) -> None:
    line = entry_line(entry)
    assert line.count(b"\n") == 1
    assert entry_from(line) == entry


@settings(max_examples=40)
@given(st.data())
def test_one_byte_anywhere_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    file = filled(tmp_path_factory.mktemp("q"))
    whole = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    file.write_bytes(whole)
    with pytest.raises((StoreError, KeyStoreError)):
        list(read(file, KEY))
