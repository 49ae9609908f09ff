"""Evidence: counted right in both forms and across flushes, sampled at random, and free of values."""

import io
import itertools
import random
import re
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pytest

from pratique.errors import FormatError
from pratique.formats.csv import Csv
from pratique.formats.jsonl import JsonLines
from pratique.infer import EvidenceBuilder, SchemaBuilder, evidence, scan
from pratique.infer.distinct import DistinctEstimate
from pratique.infer.sample import Sampler, estimate_size
from pratique.model.catalogue import Finding
from pratique.model.codec import canonical
from pratique.model.data import Batch, FormatSpec, Input
from pratique.model.paths import show_path

MAIL = re.compile(r"\S+@\S+")
DIGITS = re.compile(r"\d{15}")


class Detector:
    """Finds e-mail addresses and numbers of 15 digits, as a `TextDetector` would."""

    digests = MappingProxyType({"test": "1"})
    entities = frozenset({"EMAIL_ADDRESS", "CREDIT_CARD", "USER_ID"})
    types = MappingProxyType({})

    def __init__(self):
        self.seen = 0

    @property
    def without_model(self):
        return self

    def find_many(self, texts, *, field=None):
        self.seen += len(texts)
        return [
            [Finding(m.start(), m.end(), "EMAIL_ADDRESS", 0.8, "t") for m in MAIL.finditer(text)]
            + [Finding(m.start(), m.end(), "CREDIT_CARD", 0.6, "t") for m in DIGITS.finditer(text)]
            for text in texts
        ]

    def find_any(self, values, *, score, field=None):
        raise NotImplementedError

    def validated(self):
        return frozenset({"CREDIT_CARD"})

    def types_of_name(self, field):
        return frozenset({"USER_ID"}) if field[-1] == "user_id" else frozenset()


def build(batches):
    detector, schema = Detector(), SchemaBuilder()
    builder = EvidenceBuilder(detector, schema)
    for batch in batches:
        schema.add_batch(batch)
        builder.add_batch(batch)
    return {show_path(found.path): found for found in builder.build(schema.build())}, detector


def both(lines):
    data = "\n".join(lines).encode()
    for columns in (True, False):
        blocks = JsonLines(columns=columns).decode(io.BytesIO(data), 0, None, FormatSpec("jsonl"), None)
        yield build([batch for block in blocks for batch in block.batches])[0]


LINES = [
    '{"user_id":"u1","mail":"ann@example.org","n":123456789012345,"x":1.5}',
    '{"user_id":"u2","mail":null,"n":7,"x":1.5}',
    '{"user_id":"u1","mail":" bob@example.org ","n":7,"x":2.5}',
    '{"user_id":"u3","mail":"write to ann@example.org","n":7,"x":2.5}',
] * 20


def test_counts_are_right_and_the_same_in_both_forms():
    found, same = both(LINES)
    assert found == same
    mail = found["mail"]
    assert (mail.sampled, mail.nulls, mail.distinct) == (80, 20, 3)
    (hit,) = mail.types
    assert (hit.entity, hit.hits, hit.share, hit.whole, hit.by_name) == ("EMAIL_ADDRESS", 60, 1.0, 40, False)
    assert hit.mean_score == pytest.approx(0.8)
    assert mail.mean_length == pytest.approx((15 + 17 + 24) / 3)
    assert mail.mean_words == pytest.approx((1 + 1 + 3) / 3)
    (card,) = found["n"].types
    assert (card.entity, card.hits, card.share) == ("CREDIT_CARD", 20, 0.25)
    (named,) = found["user_id"].types
    assert (named.entity, named.hits, named.by_name) == ("USER_ID", 0, True)
    assert found["x"].types == ()
    assert found["x"].mean_length == 3


def test_evidence_holds_no_value():
    found, _ = both(LINES)
    text = canonical(tuple(found.values())).decode()
    for word in ("ann", "bob", "123456789012345", "u1"):
        assert word not in text


def test_numbers_are_looked_at_by_validated_types_only():
    class Eager(Detector):
        def find_many(self, texts, *, field=None):
            return [[Finding(0, len(text), "EMAIL_ADDRESS", 0.9, "t")] for text in texts]

    schema = SchemaBuilder()
    builder = EvidenceBuilder(Eager(), schema)
    batch = Batch(np.arange(4), records=[{"a": 1}, {"a": 1.0}, {"a": True}, {"a": "1"}])
    schema.add_batch(batch)
    builder.add_batch(batch)
    (found,) = builder.build(schema.build())
    assert (found.types[0].hits, found.distinct, found.sampled) == (1, 3, 4)


def test_many_distinct_values_are_flushed_and_counted_once_each(monkeypatch):
    monkeypatch.setattr(evidence, "MAX_WAITING", 50)
    records = [{"mail": f"p{n % 500}@example.org", "same": "x"} for n in range(2000)]
    found, detector = build([Batch(np.arange(100), records=records[at : at + 100]) for at in range(0, 2000, 100)])
    assert found["mail"].types[0].hits == 2000
    assert found["mail"].sampled == 2000
    assert found["mail"].distinct == pytest.approx(500, rel=0.5)
    assert found["same"].distinct == 1
    assert detector.seen < 2100


def test_keys_of_maps_are_evidence_too_even_those_seen_before_it_was_known_to_be_a_map():
    records = [{"m": {f"p{n}@example.org": {"a": "x", "b": "c@example.org"}}} for n in range(300)]
    found, _ = build([Batch(np.arange(10), records=records[at : at + 10]) for at in range(0, 300, 10)])
    assert set(found) == {"m{keys}", "m{}.a", "m{}.b"}
    assert (found["m{keys}"].sampled, found["m{keys}"].types[0].hits) == (300, 300)
    assert found["m{}.a"].sampled == 300
    assert found["m{}.b"].types[0].hits == 300


def test_dates_of_a_column():
    lines = ['{"d":"05-06-2020"}', '{"d":"13-06-2020"}', '{"d":null}'] * 20
    for found in both(lines):
        assert found["d"].date_formats == ("%d-%m-%Y",)


def test_distinct_counts_are_exact_while_few_and_near_beyond():
    estimate = DistinctEstimate(1000)
    for n in range(3000):
        estimate.add(str(n % 1000))
    assert estimate.estimate() == 1000
    other = DistinctEstimate(1000)
    for n in range(500, 50_000):
        other.add(str(n))
    assert other.estimate() == pytest.approx(49_500, rel=0.15)
    estimate.absorb(other)
    assert estimate.estimate() == pytest.approx(50_000, rel=0.15)


class Memory:
    """A source of files in memory."""

    def __init__(self, *files):
        self.files = files

    def inputs(self):
        return [Input(str(n), n, len(data)) for n, data in enumerate(self.files)]

    def open(self, item):
        return io.BytesIO(self.files[item.number])

    def open_stored(self, item):
        return self.open(item)


def test_a_scan_of_everything_is_complete():
    done = []
    data = "\n".join([*LINES, "broken"]).encode()
    source = Memory(b"", data, data[:200])
    found = scan(source, JsonLines(), FormatSpec("jsonl"), Detector(), "d", lambda at, total: done.append((at, total)))
    assert (found.records, found.complete, found.random, found.miss_bound) == (83, True, False, 0.0)
    assert found.rejects == 2
    assert [show_path(seen.path) for seen in found.evidence] == ["user_id", "mail", "n", "x"]
    assert all(itertools.starmap(lambda at, total: 0 < at <= total, done))
    assert done[-1][0] == len(data) + 200


def test_beyond_the_limit_records_are_taken_at_random_whatever_their_length():
    rng = random.Random(5)
    lines = ['{"a":"%s"}' % ("s" if rng.random() < 0.5 else "l" * 200) for _ in range(20_000)]
    data = "\n".join(lines).encode()
    found = scan(
        Memory(data), JsonLines(), FormatSpec("jsonl"), Detector(), "d", lambda at, total: None, limit=len(data) // 4
    )
    assert not found.complete
    assert found.random
    assert found.records == pytest.approx(5_000, rel=0.1)
    assert found.miss_bound == pytest.approx(3 / found.records, rel=0.01)
    share_of_short = lines.count('{"a":"s"}') / len(lines)
    mean = share_of_short + (1 - share_of_short) * 200
    assert found.evidence[0].mean_length == pytest.approx(mean, rel=0.05)
    again = scan(
        Memory(data), JsonLines(), FormatSpec("jsonl"), Detector(), "d", lambda at, total: None, limit=len(data) // 4
    )
    assert again.evidence == found.evidence


def test_sampling_takes_the_same_share_of_columns_and_records():
    sampler = Sampler(10, limit=5, seed=1)
    ordinals = np.arange(1000)
    kept = sampler.take(Batch(ordinals, records=[{"n": int(n)} for n in ordinals]))
    assert [record["n"] for record in kept.records] == kept.ordinals.tolist()
    assert 400 < len(kept) < 600


def test_format_details_are_found_once_and_hold_for_every_input():
    table = b"name;born\n" + b"Ann;13-06-1980\n" * 5
    found = scan(Memory(table, table), Csv(), FormatSpec("csv"), Detector(), "d", lambda at, total: None)
    assert found.format.options["delimiter"] == ";"
    assert found.records == 10
    assert {show_path(e.path): e.date_formats for e in found.evidence}["born"] == ("%d-%m-%Y",)
    with pytest.raises(FormatError, match="input #1"):
        scan(Memory(table, b"a;a\n1;2\n"), Csv(), FormatSpec("csv"), Detector(), "d", lambda at, total: None)
    with pytest.raises(FormatError, match="input #0"):
        scan(Memory(b"[1]"), JsonLines(), FormatSpec("jsonl"), Detector(), "d", lambda at, total: None)


def test_a_dataset_without_a_record_is_refused():
    with pytest.raises(FormatError, match="dataset d"):
        scan(Memory(b"\n", b"x"), JsonLines(), FormatSpec("jsonl"), Detector(), "d", lambda at, total: None)


@pytest.mark.parametrize("way", ["gzip", "zstd"])
def test_sizes_of_compressed_inputs_are_estimated(way):
    # More than is looked at, stored and unpacked; a part that repeats and one that does not.
    data = (b"some line of text\n" * 30 + np.random.default_rng(1).bytes(500)) * 9000
    stored = bytes(pa.compress(data, way, asbytes=True))

    class Packed(Memory):
        def inputs(self):
            return [Input("a", 0, len(stored), way), Input("b", 1, 5)]

        def open_stored(self, item):
            return io.BytesIO(stored if item.compression else b"12345")

    source = Packed()
    assert estimate_size(source, source.inputs()) == pytest.approx(len(data), rel=0.1)


class Reader(Detector):
    """The same with a model that finds names of planets, and then nothing else in the value."""

    def __init__(self):
        super().__init__()
        self.patterns = Detector()
        self.read = []

    @property
    def without_model(self):
        return self.patterns

    def find_many(self, texts, *, field=None):
        self.read += texts
        return [
            [Finding(0, len(text), "PLANET", 0.9, "m")] if text.startswith("Mars") else found
            for text, found in zip(texts, super().find_many(texts, field=field), strict=True)
        ]


def evidence_with_model(values):
    reader, schema = Reader(), SchemaBuilder()
    builder = EvidenceBuilder(reader, schema)
    batch = Batch(np.arange(len(values)), records=[{"a": value} for value in values])
    schema.add_batch(batch)
    builder.add_batch(batch)
    (found,) = builder.build(schema.build())
    return {t.entity: (t.hits, t.whole) for t in found.types}, reader, found


def test_a_model_reads_every_value_of_a_small_field_and_is_counted_exactly():
    values = ["Mars 1"] * 3 + ["Mars 2", "x", "y", "p1@example.org", "Mars p2@example.org"]
    types, reader, _ = evidence_with_model(values)
    assert sorted(reader.read) == sorted(set(values))
    # What patterns found in the last value stays evidence, though the model takes the whole for something else.
    assert types == {"PLANET": (5, 5), "EMAIL_ADDRESS": (2, 1)}


def test_a_model_reads_few_values_of_a_large_field_and_speaks_for_all():
    values = [f"Mars {n}" if n % 4 else f"word {n}" for n in range(4_001)]
    types, reader, found = evidence_with_model(values)
    assert len(reader.read) == evidence.READ
    assert types["PLANET"][0] == pytest.approx(4_001 * 3 / 4, rel=0.2)
    assert found.sampled == 4_001
    assert 0 < found.types[0].share <= 1


def test_a_model_reads_no_more_text_than_it_may():
    _, reader, _ = evidence_with_model([f"{n} {'long ' * 1_000}" for n in range(30)])
    assert 0 < sum(map(len, reader.read)) <= evidence.READ_CHARACTERS


def test_a_model_does_not_read_what_patterns_explain():
    _, reader, _ = evidence_with_model([f"p{n}@example.org" for n in range(300)] + ["Mars"])
    assert reader.read == []


def test_numbers_are_not_for_a_model():
    _, reader, _ = evidence_with_model([1, 2, 4111111111111111])
    assert reader.read == []


def test_what_a_model_adds_to_few_short_values_are_guesses_and_in_prose_they_are_not():
    types, _, _ = evidence_with_model(["Mars 1", *(f"word {n}" for n in range(9))])
    assert types == {}
    types, _, _ = evidence_with_model(
        ["Mars is the planet that we saw", *(f"{n} is not a planet at all" for n in range(9))]
    )
    assert types == {"PLANET": (1, 1)}
