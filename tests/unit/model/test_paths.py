import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.errors import ConfigError
from pratique.model.paths import ITEM, KEY, VALUE, parse_path, show_path

NAMES = st.text(min_size=1).filter(lambda name: name not in {ITEM, KEY, VALUE})


@given(st.lists(NAMES | st.sampled_from([ITEM, KEY, VALUE]), min_size=1, max_size=5))
def test_a_path_reads_back_as_it_was_shown(names):
    assert parse_path(show_path(tuple(names))) == tuple(names)


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "a b.", 'a."b', 'a."\\q"', "a[0]", "a{b}"])
def test_anything_else_is_refused(text):
    with pytest.raises(ConfigError):
        parse_path(text)
