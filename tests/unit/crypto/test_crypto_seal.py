"""Sealing: only the private half opens, and nothing can be moved or altered."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto.seal import HEADER_SIZE, OVERHEAD, Opener, Sealer, generate_unseal_key, load_unseal_key
from pratique.crypto.signing import generate
from pratique.errors import KeyStoreError, VerifyError

KEY = generate_unseal_key()


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=40), st.lists(st.binary(max_size=300), max_size=5))
def test_round_trip(context, records):
    sealer = Sealer(KEY.public, context)
    assert len(sealer.header) == HEADER_SIZE
    sealed = [sealer.seal(n, record) for n, record in enumerate(records)]
    assert [len(s) - len(r) for s, r in zip(sealed, records, strict=True)] == [OVERHEAD] * len(records)
    opener = Opener(KEY, sealer.header, context)
    assert [opener.open(n, s) for n, s in enumerate(sealed)] == records


def test_two_sealers_never_write_the_same():
    one, two = Sealer(KEY.public, b""), Sealer(KEY.public, b"")
    assert one.header != two.header
    assert one.seal(0, b"record") != two.seal(0, b"record")


def test_a_record_is_bound_to_its_place_file_and_context():
    sealer = Sealer(KEY.public, b"run 1")
    first, second = sealer.seal(0, b"a"), sealer.seal(1, b"b")
    opener = Opener(KEY, sealer.header, b"run 1")
    for counter, record in ((1, first), (0, second), (0, b""), (0, first[:-1]), (-1, first), (1 << 64, first)):
        with pytest.raises(VerifyError):
            opener.open(counter, record)
    with pytest.raises(VerifyError):
        Opener(KEY, sealer.header, b"run 2").open(0, first)
    with pytest.raises(VerifyError):
        Opener(KEY, Sealer(KEY.public, b"run 1").header, b"run 1").open(0, first)


def test_one_flipped_bit_anywhere_refuses():
    sealer = Sealer(KEY.public, b"c")
    record = sealer.seal(0, b"a record")
    whole = sealer.header + record
    for at in range(len(whole)):
        bad = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises((VerifyError, KeyStoreError)):
            Opener(KEY, bad[:HEADER_SIZE], b"c").open(0, bad[HEADER_SIZE:])


def test_a_counter_is_never_used_twice():
    sealer = Sealer(KEY.public, b"")
    sealer.seal(5, b"a")
    for counter in (5, 4, -1, 1 << 64):
        with pytest.raises(ValueError, match="ascend"):
            sealer.seal(counter, b"b")


def test_another_key_a_newer_version_and_noise_say_what_they_are():
    header = Sealer(KEY.public, b"").header
    with pytest.raises(KeyStoreError, match="another key"):
        Opener(generate_unseal_key(), header, b"")
    with pytest.raises(VerifyError, match="newer"):
        Opener(KEY, header[:7] + b"\x02" + header[8:], b"")
    for noise in (b"", header[:-1], header + b"x", b"x" * HEADER_SIZE):
        with pytest.raises(VerifyError, match="not a sealed file"):
            Opener(KEY, noise, b"")


@pytest.mark.parametrize("public", [bytes(32), b"\x01" + bytes(31), b"", b"x" * 31])
def test_keys_of_low_order_or_wrong_size_are_refused(public):
    with pytest.raises(KeyStoreError, match="X25519"):
        Sealer(public, b"")


def test_the_private_half_is_kept_like_a_key(tmp_path):
    path = tmp_path / "q.pem"
    KEY.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    sealer = Sealer(KEY.public, b"c")
    assert Opener(load_unseal_key(path), sealer.header, b"c").open(3, sealer.seal(3, b"a")) == b"a"
    for held in (KEY, sealer, Opener(KEY, sealer.header, b"c")):
        with pytest.raises(TypeError):
            pickle.dumps(held)
    generate().save(tmp_path / "e.pem")
    with pytest.raises(KeyStoreError, match="X25519"):
        load_unseal_key(tmp_path / "e.pem")
    (tmp_path / "n.pem").touch(0o600)
    with pytest.raises(KeyStoreError, match="PEM"):
        load_unseal_key(tmp_path / "n.pem")
