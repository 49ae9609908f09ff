"""Files in and out: nothing outside the folder, nothing half, nothing named in errors."""

import gzip
import hashlib
import io
import os
import stat
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from pratique.connectors.files import FilesSink, FilesSource
from pratique.connectors.files import gunzip as gunzip_module
from pratique.connectors.files.gunzip import Gunzip
from pratique.connectors.files.unzstd import Unzstd
from pratique.errors import ConfigError, RefusedError, SinkError, SourceError


def names(uri, root):
    return [item.name for item in FilesSource(uri, root).inputs()]


@pytest.fixture
def tree(tmp_path):
    for name in ("b.jsonl", "a.jsonl", "sub/c.jsonl", ".hidden", "x.tmp", "y~", "_SUCCESS", ".git/z.jsonl", "d.csv"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def test_folders_globs_and_single_files_are_listed_by_name(tree):
    assert names("data", tree) == ["a.jsonl", "b.jsonl", "d.csv", "sub/c.jsonl"]
    assert names("data/", tree) == ["a.jsonl", "b.jsonl", "d.csv", "sub/c.jsonl"]
    assert names("data/*.jsonl", tree) == ["a.jsonl", "b.jsonl"]
    assert names("data/**/*.jsonl", tree) == ["a.jsonl", "b.jsonl", "sub/c.jsonl"]
    assert names("data/*/c.jsonl", tree) == ["sub/c.jsonl"]
    assert names("data/a.jsonl", tree) == ["a.jsonl"]
    assert names((tree / "data/a.jsonl").as_uri(), Path("/")) == ["a.jsonl"]
    assert names("data/x.tmp", tree) == ["x.tmp"], "named outright"


def test_inputs_are_numbered_and_opened(tree):
    source = FilesSource("data/*.jsonl", tree)
    items = source.inputs()
    assert [(item.number, item.size, item.compression) for item in items] == [(0, 7, ""), (1, 7, "")]
    with source.open(items[1]) as stream:
        assert stream.read() == b"b.jsonl"
        assert stream.seekable()
        stream.seek(2)
        assert stream.read(3) == b"jso"


def test_a_name_with_wildcards_is_taken_literally_where_it_exists(tmp_path):
    folder = tmp_path / "[x]"
    folder.mkdir()
    (folder / "a[1].csv").write_bytes(b"1")
    (folder / "a1.csv").write_bytes(b"2")
    assert names("[x]/a[1].csv", tmp_path) == ["a[1].csv"]
    assert names("[x]", tmp_path) == ["a1.csv", "a[1].csv"]


@pytest.mark.parametrize("uri", ["missing", "missing/*.csv", "empty", "data/*.nothing"])
def test_an_empty_listing_is_refused(tree, uri):
    (tree / "empty").mkdir()
    with pytest.raises(SourceError, match="no input"):
        FilesSource(uri, tree).inputs()


@pytest.mark.parametrize("uri", ["../x", "a/../../x", "s3://bucket/x", "", "a\0b", "file://host/x"])
def test_places_out_of_reach_are_refused(tree, uri):
    with pytest.raises(ConfigError):
        FilesSource(uri, tree)


def test_links_may_stay_inside_and_not_leave(tree):
    data = tree / "data"
    (data / "link.jsonl").symlink_to(data / "a.jsonl")
    assert "link.jsonl" in names("data", tree)
    (tree / "secret-name.jsonl").write_bytes(b"{}")
    (data / "out.jsonl").symlink_to(tree / "secret-name.jsonl")
    with pytest.raises(SourceError, match=r"input #\d.*link") as caught:
        FilesSource("data", tree).inputs()
    assert "secret" not in str(caught.value)
    assert "out.jsonl" not in str(caught.value)
    (data / "out.jsonl").unlink()
    (data / "loop.jsonl").symlink_to(data / "loop.jsonl")
    with pytest.raises(SourceError, match="symbolic"):
        FilesSource("data", tree).inputs()
    (data / "loop.jsonl").unlink()
    (data / "elsewhere").symlink_to(tree)
    with pytest.raises(SourceError, match="link"):
        FilesSource("data", tree).inputs()
    with pytest.raises(SourceError, match="link"):
        FilesSource("data/*/*.jsonl", tree).inputs()


def test_what_is_no_regular_file_is_refused_and_not_waited_for(tree):
    os.mkfifo(tree / "data/pipe")
    with pytest.raises(SourceError, match="regular"):
        FilesSource("data", tree).inputs()


def test_a_file_that_changed_or_went_is_told_without_its_name(tree):
    source = FilesSource("data/*.jsonl", tree)
    first, second = source.inputs()
    (tree / "data/a.jsonl").write_bytes(b"longer than before")
    with pytest.raises(SourceError, match="input #0: the input changed"):
        source.open(first)
    (tree / "data/b.jsonl").unlink()
    with pytest.raises(SourceError, match="input #1") as caught:
        source.open(second)
    assert "b.jsonl" not in str(caught.value)
    assert caught.value.__suppress_context__


def packed(tmp_path, data):
    (tmp_path / "no-extension").write_bytes(data)
    source = FilesSource("no-extension", tmp_path)
    return source, source.inputs()[0]


def test_gzip_is_told_by_its_first_bytes_and_read_to_its_sound_end(tmp_path):
    data = b"line\n" * 300_000
    stored = gzip.compress(data[:7]) + gzip.compress(b"") + b"\0" * 600_000 + gzip.compress(data[7:]) + b"\0" * 9
    source, item = packed(tmp_path, stored)
    assert item.compression == "gzip"
    assert item.size == len(stored)
    with source.open(item) as stream:
        assert not stream.seekable()
        assert stream.read(10) == data[:10]
        assert stream.read() == data[10:]
    with source.open_stored(item) as stream:
        assert stream.read() == stored


@pytest.mark.parametrize("cut", [3, 11, 400, -1, -7])
def test_a_truncated_gzip_is_an_error_at_its_end(tmp_path, cut):
    data = os.urandom(2000)
    source, item = packed(tmp_path, gzip.compress(data)[:cut])
    with source.open(item) as stream, pytest.raises(SourceError, match="input #0: truncated"):
        stream.read()


def test_damaged_gzip_and_bytes_after_it_are_errors(tmp_path):
    stored = bytearray(gzip.compress(b"x" * 1000))
    source, item = packed(tmp_path, bytes(stored) + b"junk")
    with source.open(item) as stream, pytest.raises(SourceError, match="after the end"):
        stream.read()
    stored[-6] ^= 1
    source, item = packed(tmp_path, bytes(stored))
    with source.open(item) as stream, pytest.raises(SourceError, match="damaged"):
        stream.read()


def test_a_decompression_bomb_is_stopped():
    stored = zlib.compress(b"\0" * (4 << 20), 9, gunzip_module._GZIP)
    bomb = Gunzip(io.BytesIO(stored), "input #0", free=1 << 20, max_ratio=200)
    done = 0
    with pytest.raises(SourceError, match="200 times"):  # noqa: PT012 - how far it comes matters
        while piece := bomb.read(1 << 16):
            done += len(piece)
    assert done <= (1 << 20) + (1 << 16)
    sound = Gunzip(io.BytesIO(stored), "input #0", free=8 << 20)
    assert len(sound.read()) == 4 << 20


SKIPPED = b"\x55\x2a\x4d\x18" + (9).to_bytes(4, "little") + b"pass over"


def zstd(data):
    return bytes(pa.compress(data, "zstd", asbytes=True))


def test_zstd_is_told_by_its_first_bytes_and_read_to_its_sound_end(tmp_path):
    data = os.urandom(300_000) + b"line\n" * 300_000
    for stored in (
        zstd(data),
        zstd(data[:7]) + zstd(b"") + SKIPPED + zstd(data[7:]),
        SKIPPED + zstd(data) + SKIPPED,
    ):
        source, item = packed(tmp_path, stored)
        assert (item.compression, item.size) == ("zstd", len(stored))
        with source.open(item) as stream:
            assert not stream.seekable()
            assert stream.read(10) == data[:10]
            assert stream.read() == data[10:]
        with source.open_stored(item) as stream:
            assert stream.read() == stored


@pytest.mark.parametrize("cut", [5, 11, 400, -1, -7])
def test_a_truncated_zstd_is_an_error_at_its_end(tmp_path, cut):
    stored = zstd(os.urandom(2000))
    for whole in (stored, stored + stored, SKIPPED + stored):
        source, item = packed(tmp_path, whole[:cut])
        with source.open(item) as stream, pytest.raises(SourceError, match="input #0: truncated"):
            stream.read()


def test_damaged_zstd_and_bytes_after_it_are_errors(tmp_path):
    stored = zstd(b"x" * 1000 + os.urandom(50))
    damaged = bytearray(stored)
    damaged[4] ^= 0xFF
    for wrong in (stored + b"junk", stored + bytes(9), stored + gzip.compress(b"x"), bytes(damaged)):
        source, item = packed(tmp_path, wrong)
        with source.open(item) as stream, pytest.raises(SourceError, match="input #0: ") as caught:
            stream.read()
        assert caught.value.__suppress_context__


def test_a_zstd_bomb_is_stopped():
    stored = zstd(b"\0" * (64 << 20))
    assert len(stored) * 10_000 < 64 << 20
    bomb = Unzstd(io.BytesIO(stored), "input #0", free=1 << 20, max_ratio=200)
    done = 0
    with pytest.raises(SourceError, match="200 times"):  # noqa: PT012 - how far it comes matters
        while piece := bomb.read(1 << 16):
            done += len(piece)
    assert done <= (1 << 20) + (1 << 16)
    sound = Unzstd(io.BytesIO(stored), "input #0", free=80 << 20)
    assert len(sound.read()) == 64 << 20


def test_a_zstd_that_asks_for_much_memory_is_refused():
    frame = bytes.fromhex("28b52ffd") + bytes([0x00, (31 - 10) << 3]) + bytes.fromhex("010000")
    with pytest.raises(SourceError):
        Unzstd(io.BytesIO(frame), "input #0").read()


def test_what_goes_wrong_under_a_zstd_is_told_as_it_is():
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise SourceError("cannot be read (Input/output error)", where="input #0")

    with pytest.raises(SourceError, match="Input/output"):
        Unzstd(Broken(), "input #0").read()


class Cleared:
    """What a gate might mint."""

    def __init__(self, name, data, digest=None):
        self.name, self.size = name, len(data)
        self.digest = digest or hashlib.sha256(data).hexdigest()
        self._data = data

    def descriptor(self):
        return io.BytesIO(self._data)


@pytest.fixture
def sink(tmp_path):
    return FilesSink("out", tmp_path, lambda thing: isinstance(thing, Cleared))


def test_publish_copies_and_is_idempotent(sink, tmp_path):
    for _ in range(2):
        sink.publish(Cleared("run/00000-00000.jsonl", b"data"))
    final = tmp_path / "out/run/00000-00000.jsonl"
    assert final.read_bytes() == b"data"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(final.stat().st_mode) == 0o666 & ~umask
    assert sorted(path.name for path in final.parent.iterdir()) == ["00000-00000.jsonl"]


def test_only_what_is_cleared_is_published(sink, tmp_path):
    class Fake:
        name, digest, size = "x", hashlib.sha256(b"x").hexdigest(), 1

        def descriptor(self):
            return io.BytesIO(b"x")

    with pytest.raises(RefusedError):
        sink.publish(Fake())
    assert not (tmp_path / "out").exists()


def test_other_bytes_than_the_cleared_ones_leave_nothing(sink, tmp_path):
    wrong = Cleared("run/a", b"data")
    wrong.digest = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(RefusedError):
        sink.publish(wrong)
    short = Cleared("run/a", b"data")
    short.size = 3
    with pytest.raises(RefusedError):
        sink.publish(short)
    assert list((tmp_path / "out/run").iterdir()) == []


def test_a_name_that_is_taken_by_other_bytes_refuses(sink, tmp_path):
    sink.publish(Cleared("run/a", b"data"))
    with pytest.raises(RefusedError, match="other bytes"):
        sink.publish(Cleared("run/a", b"atad"))
    assert (tmp_path / "out/run/a").read_bytes() == b"data"


def test_commit_is_once_and_for_all(sink):
    assert sink.read("release.json") is None
    sink.commit("release.json", b"1")
    sink.commit("release.json", b"1")
    with pytest.raises(RefusedError):
        sink.commit("release.json", b"2")
    assert sink.read("release.json") == b"1"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../x", "a//b", "", ".", ".x", "a/.x", "a\0b", "a\\b", "a/"])
def test_names_that_are_not_safe_are_refused(sink, name, tmp_path):
    for act in (
        lambda: sink.publish(Cleared(name, b"x")),
        lambda: sink.commit(name, b"x"),
        lambda: sink.read(name),
        lambda: sink.remove([name]),
    ):
        with pytest.raises(SinkError):
            act()
    assert not (tmp_path / "out").exists()


def test_links_out_of_the_folder_are_not_followed(sink, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "victim").write_bytes(b"old")
    (tmp_path / "out/run").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out/file").symlink_to(tmp_path / "victim")
    (tmp_path / "out/.new.tmp").symlink_to(tmp_path / "victim")
    for name in ("run/a", "file"):
        with pytest.raises(RefusedError):
            sink.publish(Cleared(name, b"data"))
    sink.publish(Cleared("new", b"data"))
    assert (tmp_path / "out/new").read_bytes() == b"data"
    assert (tmp_path / "victim").read_bytes() == b"old"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_a_killed_writer_left_is_replaced(sink, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.a.tmp").write_bytes(b"half of something much longer")
    sink.publish(Cleared("a", b"data"))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a"]
    assert sink.read("a") == b"data"


def test_remove_takes_files_their_leftovers_and_empty_folders(sink, tmp_path):
    sink.publish(Cleared("run/deep/a", b"1"))
    sink.publish(Cleared("kept", b"1"))
    (tmp_path / "out/run/deep/.b.tmp").write_bytes(b"half")
    sink.remove(["run/deep/a", "run/deep/b", "run/deep/missing"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["kept"]


def test_a_disk_that_is_full_is_an_error_that_leaves_nothing(tmp_path, monkeypatch):
    sink = FilesSink("out", tmp_path, lambda thing: True)

    def full(_descriptor):
        raise OSError(28, "No space left on device", "/a/secret/path")

    monkeypatch.setattr("pratique.connectors.files.sink.os.fsync", full)
    with pytest.raises(SinkError, match="No space left") as caught:
        sink.publish(Cleared("run/a", b"data"))
    assert "secret" not in str(caught.value)
    assert list((tmp_path / "out/run").iterdir()) == []


def test_a_folder_that_is_a_file_is_an_error(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(SinkError):
        FilesSink("out", tmp_path, lambda thing: True).publish(Cleared("a", b"data"))
