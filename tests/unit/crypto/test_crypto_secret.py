"""Secrets do not print, travel or hash."""

import copy
import dataclasses
import pickle

import pytest

from pratique.crypto.secret import SecretBytes
from pratique.ports import Secret

HELD = b"\x17very secret bytes\xff"


def test_a_secret_shows_nothing():
    secret = SecretBytes(HELD)
    for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]}", "%s %r" % (secret, secret)):  # noqa: UP031
        assert "secret bytes" not in shown.replace("SecretBytes", "")
        assert HELD.hex() not in shown
    assert secret.reveal() == HELD
    assert len(secret) == len(HELD)
    typed: Secret = secret
    assert typed.reveal() == HELD


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_not_pickled(protocol):
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps({"job": [SecretBytes(HELD)]}, protocol)


def test_a_secret_is_not_copied():
    @dataclasses.dataclass
    class Holder:
        key: SecretBytes

    for attempt in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled or copied"):
            attempt(SecretBytes(HELD))
    with pytest.raises(TypeError):
        dataclasses.asdict(Holder(SecretBytes(HELD)))
    with pytest.raises(TypeError):
        vars(SecretBytes(HELD))


def test_secrets_compare_by_their_bytes_and_do_not_hash():
    assert SecretBytes(HELD) == SecretBytes(HELD)
    assert SecretBytes(HELD) != SecretBytes(HELD[1:])
    assert SecretBytes(HELD) != HELD
    with pytest.raises(TypeError):
        hash(SecretBytes(HELD))
