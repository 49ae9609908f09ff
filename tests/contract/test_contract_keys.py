"""Every key store keeps the promises of `pratique.ports.KeyStore`."""

import copy
import pickle
from dataclasses import replace
from itertools import combinations

import pytest

from pratique.crypto import signing
from pratique.crypto.seal import Opener, Sealer, UnsealKey, load_unseal_key
from pratique.errors import KeyStoreError
from pratique.keys import create_keys, open_keys
from pratique.model.plan import KeyRef
from pratique.ports import KeyStore, Signer

REF = KeyRef("viewer", "USER_ID", 1, "eu -> us")


def file_store(folder):
    create_keys(folder / "keys" / "eu.json", folder / "apart" / "quarantine.pem")
    return open_keys("file:keys/eu.json", folder), load_unseal_key(folder / "apart" / "quarantine.pem")


@pytest.fixture(params=[file_store], ids=["file"])
def made(request, tmp_path):
    """A store with fresh keys, and the private half of its quarantine key."""
    return request.param(tmp_path)


@pytest.fixture
def store(made: tuple[KeyStore, UnsealKey]) -> KeyStore:
    return made[0]


def test_it_is_a_key_store(store):
    assert isinstance(store, KeyStore)


def test_the_same_words_give_the_same_key(store):
    for use in ("token", "pseudonym", "shift_date", "inputs"):
        assert store.derive(use, REF, 64).reveal() == store.derive(use, REF, 64).reveal()
        assert len(store.derive(use, REF, 32).reveal()) == 32


def test_any_other_word_gives_an_unrelated_key(store):
    refs = [
        REF,
        replace(REF, domain="viewers"),
        replace(REF, entity="PERSON"),
        replace(REF, route="shared"),
        replace(REF, domain="viewer\0USER_ID", entity=""),
        replace(REF, domain='viewer","entity":"USER_ID'),
    ]
    keys = [store.derive(use, ref, 32).reveal() for ref in refs for use in ("token", "pseudonym")]
    assert all(a[:8] != b[:8] for a, b in combinations(keys, 2))


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_version_that_is_not_there_is_never_made_up(store, version):
    assert store.current_version("viewer") == 1
    with pytest.raises(KeyStoreError, match="no key version"):
        store.derive("token", replace(REF, version=version), 32)


@pytest.mark.parametrize(("use", "length"), [("tokens", 32), ("", 32), ("token", 0), ("token", 8161)])
def test_unknown_uses_and_lengths_are_refused(store, use, length):
    with pytest.raises(KeyStoreError):
        store.derive(use, REF, length)


def test_the_exporter_signs(store):
    signer: Signer = store.exporter()
    assert signing.verify(store.exporter_public(), b"release", signer.sign(b"release"))
    assert signer.key_id == signing.key_id(store.exporter_public())


def test_quarantine_is_opened_by_the_other_half_only(made):
    store, private = made
    sealer = Sealer(store.quarantine_public(), b"part")
    assert Opener(private, sealer.header, b"part").open(0, sealer.seal(0, b"record")) == b"record"


def test_the_description_holds_no_secret(store):
    rows = store.describe()
    assert {row["kind"] for row in rows} == {"master", "exporter", "quarantine"}
    assert all(set(row) == {"kind", "id", "version", "created"} for row in rows)
    assert all(isinstance(value, str) and len(value) <= 20 for row in rows for value in row.values())


def test_it_is_not_pickled_copied_or_shown(store):
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(store)
        with pytest.raises(TypeError):
            attempt(store.derive("token", REF, 64))
    assert repr(store).startswith("<")
    assert len(repr(store)) < 30
