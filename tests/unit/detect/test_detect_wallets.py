"""Checksums of crypto-currency addresses, against vectors of the specifications and any change of a character."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect.wallets import VALIDATORS, base58, bech32, ethereum, keccak256, monero, ripple, solana


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_is_the_one_of_the_submission(data: bytes, digest: str) -> None:
    assert keccak256(data).hex() == digest


@pytest.mark.parametrize("size", [0, 1, 135, 136, 137, 271, 272, 300])
def test_keccak_takes_any_number_of_blocks(size: int) -> None:
    # No library here has the old padding; two lengths of one content must differ, and a change of the last byte too.
    data = hashlib.sha512(b"x").digest() * 5
    other = data[:size] + bytes([data[size] ^ 1])
    assert len({keccak256(data[:size]), keccak256(data[: size + 1]), keccak256(other)}) == 3


GOOD = (
    (base58, "14DJEpG37W8EFHHcFtzR8DURbToZ63oBDU"),
    (base58, "34uKAMkUfQScLSz3Nzf1YqqMjz6GdPLsf4"),
    (base58, "LNSFW2ZsCANHW5ymS2yiQEYBogAqFiA8SB"),
    (base58, "TDBWEsdmGEFBQTMErAe8eNAZWFYsGhNe8t"),
    (bech32, "bc1qyvauydqyzzpl36klwhsfeavs6njj9l2cztdemp"),
    (bech32, "BC1QYVAUYDQYZZPL36KLWHSFEAVS6NJJ9L2CZTDEMP"),
    (bech32, "bc1pyvauydqyzzpl36klwhsfeavs6njj9l2ckqkqz8ey9ygk2uhh6kjsxey9l8"),
    (ethereum, "0x233BC234041083F8eadf75E09Cf590D4E522fd58"),
    (
        monero,
        "42xYpxabnrNidp4AuS6zc7ccMER2BMaoJ6D7LBVceV7JUddmgFt4nxVHi4LvoGNmLS3h5zo9rrZJYPvdFjLbF87XFZ4KBvL",
    ),
    (ripple, "rhDJNFGsfW3NEHHcEtzR3D7RbToZasoBD7"),
)


@pytest.mark.parametrize(("check", "address"), GOOD)
def test_an_address_passes_and_no_slip_of_one_character_does(check, address: str) -> None:
    assert check(address) is True
    for at in range(4, len(address)):
        other = "8" if address[at] != "8" else "9"
        assert check(address[:at] + other + address[at + 1 :]) is not True, at


def test_one_case_gives_no_verdict_where_the_case_is_the_checksum() -> None:
    assert ethereum("0x233bc234041083f8eadf75e09cf590d4e522fd58") is None
    assert ethereum("0x" + "0" * 40) is False


def test_thirty_two_bytes_without_a_checksum_prove_nothing() -> None:
    assert solana("3NY7yUU9HChyHmeztPRnJf8mYQc6BS2zNyZ9uxSkpy2c") is None
    assert solana("3NY7yUU9HChyHmeztPRnJf8mYQc6BS2zNyZ9uxSkpy2") is False


def test_mixed_case_is_no_bech32() -> None:
    assert bech32("bc1Qyvauydqyzzpl36klwhsfeavs6njj9l2cztdemp") is False


@settings(max_examples=100, deadline=None, database=None)
@given(st.text(max_size=130))
def test_no_check_raises(text: str) -> None:
    for check in VALIDATORS.values():
        assert check(text) in {True, False, None}
