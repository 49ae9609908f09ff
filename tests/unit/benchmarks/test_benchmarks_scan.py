"""The inputs of ``scan``: distinct, the same in every run, and valid where they must be."""

import re

from benchmarks import __main__ as command
from benchmarks import scan, scan_texts
from pratique.detect.check_digits import luhn
from pratique.detect.validators import iban


def test_fields_are_distinct_and_the_same_in_every_run() -> None:
    fields = scan_texts.fields(3000)
    assert len(set(fields)) == 3000
    assert fields == scan_texts.fields(3000)
    assert sum("@" in field for field in fields) > 50


def test_memos_and_documents_have_their_length_and_hold_personal_data() -> None:
    memos, documents = scan_texts.memos(50), scan_texts.documents(5)
    assert {len(memo) for memo in memos} == {500}
    assert len(set(memos)) == 50
    assert all(4_900 <= len(document) <= 5_100 for document in documents)
    assert sum("@" in memo for memo in memos) > 3


def test_cards_and_ibans_are_valid() -> None:
    writer = scan_texts.Writer("test")
    for _ in range(50):
        assert luhn(re.sub(" ", "", writer.card()))
        assert iban(writer.iban())


def test_the_command_knows_every_measure() -> None:
    assert command.MEASURES["scan"] == scan.MEASURES
