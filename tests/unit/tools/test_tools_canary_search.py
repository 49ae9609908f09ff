"""The search for planted values: every form in which one could be written is found, and nothing else is."""

import base64
import gzip
import hashlib
import html
import json
import random
from collections.abc import Callable
from urllib.parse import quote

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.canary_plant import CONSONANTS, Kind, Planter
from tools.canary_search import Hit, Searcher, undo_escapes

FORMS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "title case": lambda text: text.title().encode(),
    "reversed": lambda text: text[::-1].encode(),
    "spaced": lambda text: " ".join(text).encode(),
    "dashed": lambda text: "-".join(text).encode(),
    "zero-width": lambda text: "\u200b".join(text).encode(),
    "zero-width in JSON": lambda text: json.dumps("\u200b".join(text)).encode(),
    "a line a character": lambda text: "\n".join(text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "Base64": lambda text: base64.b64encode(text.encode()),
    "Base64, one on": lambda text: base64.b64encode(b"." + text.encode() + b".."),
    "Base64, two on": lambda text: base64.b64encode(b".." + text.encode() + b"."),
    "Base64 for URLs": lambda text: base64.urlsafe_b64encode(b"?>" + text.encode()),
    "Base64 in lines": lambda text: base64.encodebytes(b"x" * 50 + text.encode() + b"x" * 50),
    "Base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "HEXADECIMAL": lambda text: text.encode().hex(":").upper().encode(),
    "URL, all": lambda text: "".join(f"%{ord(c):02X}" for c in text).encode(),
    "URL": lambda text: quote(text).encode(),
    "JSON, all": lambda text: "".join(f"\\u{ord(c):04x}" for c in text).encode(),
    "JSON in JSON": lambda text: json.dumps("".join(f"\\u{ord(c):04x}" for c in text)).encode(),
    "HTML": lambda text: html.escape(text).encode(),
    "HTML, all": lambda text: "".join(f"&#{ord(c)};" for c in text).encode(),
    "HTML, all, in hexadecimal": lambda text: "".join(f"&#x{ord(c):X};" for c in text).encode(),
    "Python, all": lambda text: "".join(f"\\x{ord(c):02x}" for c in text).encode(),
    "octal, all": lambda text: "".join(f"\\{ord(c):03o}" for c in text).encode(),
    "quoted-printable, all": lambda text: "".join(f"={ord(c):02X}" for c in text).encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zstd": lambda text: pa.compress(text.encode(), "zstd", asbytes=True),
    "SHA-256": lambda text: hashlib.sha256(text.encode()).hexdigest().encode(),
    "SHA-256, cut short": lambda text: hashlib.sha256(text.encode()).hexdigest()[:20].encode(),
    "MD5 in Base64": lambda text: base64.b64encode(hashlib.md5(text.encode(), usedforsecurity=False).digest()),
}
TEXTS = ("qvxzbnmkwrtplh", "kqxvzwbnmhgtrplw@dfghjklm.example.org", "user-48151623421087", "1961-04-17T08:13:55.482913")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("text", TEXTS)
def test_every_form_is_found(text: str, form: Callable[[str], bytes]) -> None:
    middle = len(text) // 2
    others = [[f"{text[:middle]}{letter}{text[middle + 1 :]}"] for letter in "QJZ"]
    searcher = Searcher([*others, [text]])
    found = searcher.search(
        form(text) if form(text)[:2] in (b"\x1f\x8b", b"\x28\xb5") else b'{"a":"' + form(text) + b'"}'
    )
    assert {hit.number for hit in found} == {3}


@given(st.binary(max_size=300), st.binary(max_size=300), st.integers(0, 20), st.sampled_from(sorted(FORMS)))
def test_wherever_it_stands(before: bytes, after: bytes, number: int, form: str) -> None:
    if form in ("gzip", "zstd", "Base64 for URLs"):
        return
    planter = Planter(number)
    text = planter.word(Kind.TREATED)
    # What stands beside it is no part of it: a letter or a digit there would make another escape, or another word.
    data = before + b"\n. " + FORMS[form](text) + b" .\n" + after
    assert 0 in {hit.number for hit in Searcher([[text]]).search(data)}


@given(st.binary(max_size=2000))
def test_nothing_is_found_where_nothing_is(data: bytes) -> None:
    planter = Planter(0)
    for _ in range(20):
        planter.email()
        planter.card()
        planter.moment()
    assert not Searcher(planter.planted.texts()).search(data)


def test_a_megabyte_of_noise_holds_none_of_thousands() -> None:
    planter = Planter(1)
    for _ in range(3_000):
        planter.word(Kind.TREATED)
    searcher = Searcher(planter.planted.texts())
    noise = random.Random(3).randbytes(1 << 20)
    assert not searcher.search(noise)
    assert not searcher.search(base64.b64encode(noise))
    middle = noise[: 1 << 19] + planter.planted.canaries[2_000].text.encode() + noise[1 << 19 :]
    assert searcher.search(middle) == {Hit(2_000, "raw")}


def test_what_is_added_later_is_sought_too() -> None:
    searcher = Searcher([["qvxzbnmkwrtplh"]])
    searcher.add([["hlptrwkmnbzxvq" * 2]])
    assert searcher.search(b"hlptrwkmnbzxvq" * 2) >= {Hit(1, "raw")}


def test_a_value_too_short_to_be_sought_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Searcher([["short"]])


@given(st.text(alphabet=CONSONANTS, min_size=1))
def test_text_without_escapes_is_left(text: str) -> None:
    data = text.encode()
    assert undo_escapes(data) is data
