"""One suite for every source and sink: what is written is what is read, in order, whole, and named by no error."""

import gzip
import hashlib
import io

import pytest

from pratique.connectors.files import FilesSink, FilesSource
from pratique.errors import RefusedError, SourceError
from pratique.ports import Sink, Source

CONTENT = {"a/1.jsonl": b'{"n":1}\n', "b.jsonl": b"", "c.jsonl": gzip.compress(b"packed\n" * 1000)}


class Cleared:
    """What a gate might mint."""

    def __init__(self, name, data):
        self.name, self.size, self._data = name, len(data), data
        self.digest = hashlib.sha256(data).hexdigest()

    def descriptor(self):
        return io.BytesIO(self._data)


class Files:
    """A folder."""

    def __init__(self, root):
        self.root = root

    def source(self):
        return FilesSource("data", self.root)

    def sink(self):
        return FilesSink("data", self.root, lambda thing: isinstance(thing, Cleared))


@pytest.fixture(params=[Files])
def place(request, tmp_path):
    return request.param(tmp_path)


def test_they_are_what_the_ports_say(place):
    assert isinstance(place.source(), Source)
    assert isinstance(place.sink(), Sink)


def test_what_is_published_is_listed_in_order_and_read_back(place):
    for name in reversed(CONTENT):
        place.sink().publish(Cleared(name, CONTENT[name]))
    source = place.source()
    items = source.inputs()
    assert [item.name for item in items] == sorted(CONTENT)
    assert [item.number for item in items] == list(range(len(items)))
    for item in items:
        stored = CONTENT[item.name]
        assert item.size == len(stored)
        with source.open_stored(item) as stream:
            assert stream.read() == stored
        with source.open(item) as stream:
            assert stream.read() == (gzip.decompress(stored) if item.compression else stored)
            assert stream.read() == b""


def test_an_input_that_was_written_anew_has_another_identity(place):
    place.sink().publish(Cleared("x.jsonl", b"0123456789"))
    source = place.source()
    (item,) = source.inputs()
    before = source.identity(item)
    assert source.identity(item) == before
    assert "x.jsonl" not in before
    place.sink().remove(["x.jsonl"])
    place.sink().publish(Cleared("y.jsonl", b"9876543210"))
    place.sink().publish(Cleared("x.jsonl", b"9876543210"))
    assert source.identity(item) != before


def test_opening_twice_gives_two_streams_from_the_start(place):
    place.sink().publish(Cleared("x.jsonl", b"0123456789"))
    source = place.source()
    (item,) = source.inputs()
    with source.open(item) as one, source.open(item) as other:
        assert one.read(4) == b"0123"
        assert other.read(2) == b"01"
        one.seek(8)
        assert one.read() == b"89"


def test_nothing_to_read_is_an_error(place):
    with pytest.raises(SourceError):
        place.source().inputs()


def test_an_input_that_went_or_changed_is_an_error_without_its_name(place):
    place.sink().publish(Cleared("secret.jsonl", b"1"))
    source = place.source()
    (item,) = source.inputs()
    place.sink().remove(["secret.jsonl"])
    with pytest.raises(SourceError) as caught:
        source.open(item)
    assert "secret" not in str(caught.value)
    place.sink().publish(Cleared("secret.jsonl", b"22"))
    with pytest.raises(SourceError) as caught:
        source.open(item)
    assert "secret" not in str(caught.value)


def test_publish_commit_and_remove_are_idempotent_and_never_overwrite(place):
    sink = place.sink()
    for _ in range(2):
        sink.publish(Cleared("run/part", b"1"))
        sink.commit("release.json", b"{}")
    for refused in (lambda: sink.publish(Cleared("run/part", b"2")), lambda: sink.commit("release.json", b"[]")):
        with pytest.raises(RefusedError):
            refused()
    assert sink.read("release.json") == b"{}"
    assert sink.read("run/part") == b"1"
    for _ in range(2):
        sink.remove(["run/part"])
    assert sink.read("run/part") is None


def test_only_cleared_bytes_are_published(place):
    wrong = Cleared("run/part", b"1")
    wrong.digest = hashlib.sha256(b"2").hexdigest()
    for refused in (wrong, object()):
        with pytest.raises(RefusedError):
            place.sink().publish(refused)
    assert place.sink().read("run/part") is None
