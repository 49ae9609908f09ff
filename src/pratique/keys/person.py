"""Keys of people (stewards and those who may re-identify): an Ed25519 pair, each half in a file of its own."""

from pathlib import Path

from pratique.crypto import signing
from pratique.errors import KeyStoreError


def create_person_key(private: Path, public: Path) -> str:
    """Make a key pair, the private half 0600, and give its id; `KeyStoreError` if either file exists."""
    for path in (private, public):
        if path.exists() or path.is_symlink():
            raise KeyStoreError(
                "exists already, and a key is never overwritten", where=str(path), do="name another file"
            )
    signer = signing.generate()
    signer.save(private)
    try:
        signing.save_public(public, signer.public)
    except KeyStoreError:
        private.unlink()
        raise
    return signer.key_id
