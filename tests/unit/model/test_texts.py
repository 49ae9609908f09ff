import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.texts import beginnings, word_beginnings

TEXTS = st.lists(st.text(alphabet="ab1_ é-\u00a0ß.", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_a_text_that_stands_at_a_words_beginning_is_never_missed(raws, texts):
    places = set(word_beginnings(pa.array(texts, pa.string())).tolist())
    for raw, first in zip(raws, beginnings(pa.array(raws, pa.string())).tolist(), strict=True):
        if len(raw.encode()) < 4:
            assert first == 0
            continue
        for text in texts:
            at = text.find(raw)
            while at >= 0:
                if at == 0 or not text[at - 1].isalnum():
                    assert first in places
                at = text.find(raw, at + 1)


def test_slices_are_read_from_where_they_begin():
    whole = pa.array(["abcdef", "ghijkl", "mnopqr"])
    assert beginnings(whole[1:2]).tolist() == beginnings(pa.array(["ghijkl"])).tolist()
    assert word_beginnings(whole[1:2]).tolist() == word_beginnings(pa.array(["ghijkl"])).tolist()
    assert word_beginnings(whole[:0]).tolist() == []


def test_what_stands_inside_a_word_is_no_beginning():
    assert beginnings(pa.array(["bcde"]))[0] not in word_beginnings(pa.array(["abcde"]))
