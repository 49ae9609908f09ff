"""The release statement: an in-toto Statement v1 about the files of one release, with `Release` as its predicate.

Source: https://github.com/in-toto/attestation, spec/v1. One release has one byte form.
"""

from typing import Any

from pratique.errors import VerifyError
from pratique.model.codec import canonical, decode, encode
from pratique.model.release import RELEASE_TYPE, RELEASE_VERSION, STATEMENT_TYPE, Release
from pratique.verify.strict import parse_json


def build_statement(release: Release) -> bytes:
    """The payload to sign: canonical JSON. Pure: the same release has the same bytes."""
    return canonical(_statement(release))


def read_statement(payload: bytes) -> Release:
    """The inverse of `build_statement`; raises `VerifyError` for anything that it would not have written.

    So nothing that a reader could overlook or read twice is in it: no unknown field, no key twice, no other spelling.
    """
    fields = parse_json(payload, "the release statement")
    if not isinstance(fields, dict) or fields.get("_type") != STATEMENT_TYPE:
        raise VerifyError("what is signed is not an in-toto statement")
    if fields.get("predicateType") != RELEASE_TYPE:
        raise VerifyError("what is signed is not a release of a kind that this version of Pratique knows")
    predicate = fields.get("predicate")
    if isinstance(predicate, dict) and predicate.get("version") != RELEASE_VERSION:
        raise VerifyError(
            "the release is of a version that this version of Pratique cannot judge", do="update Pratique"
        )
    try:
        release = decode(Release, predicate)
        same = build_statement(release) == payload
    except (ValueError, TypeError, RecursionError):
        raise VerifyError("the release statement is incomplete or holds what it may not hold") from None
    if not same:
        raise VerifyError("the release statement is not in its one canonical form, or its subjects are not its files")
    return release


def _statement(release: Release) -> dict[str, Any]:
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": file.name, "digest": {"sha256": file.digest}} for file in release.files],
        "predicateType": RELEASE_TYPE,
        "predicate": encode(release),
    }
