"""Field paths outlive code: their form in documents, and the way in which people write them."""

import json
from pathlib import Path

import pytest

from pratique.errors import ConfigError
from pratique.model.codec import canonical
from pratique.model.paths import ITEM, KEY, PATH_VERSION, VALUE, parse_path, show_path

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "path.json").read_text(encoding="utf-8"))


def test_the_version_that_these_vectors_are_of():
    assert GOLDEN["version"] == PATH_VERSION == 1
    assert (ITEM, VALUE, KEY) == ("[]", "{}", "{keys}")


@pytest.mark.parametrize("vector", GOLDEN["paths"], ids=lambda v: v["text"])
def test_paths(vector):
    path = tuple(vector["path"])
    assert show_path(path) == vector["text"]
    assert parse_path(vector["text"]) == path
    assert canonical(path).decode() == vector["json"]


@pytest.mark.parametrize("vector", GOLDEN["read"], ids=lambda v: v["text"])
def test_what_is_read_and_written_otherwise(vector):
    assert list(parse_path(vector["text"])) == vector["path"]


@pytest.mark.parametrize("text", GOLDEN["refused"])
def test_what_is_no_path(text):
    with pytest.raises(ConfigError):
        parse_path(text)
