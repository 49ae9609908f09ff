"""The purge statement: an in-toto Statement v1 about one release, with `PurgeRecord` as its predicate.

A release that is past its time loses its files; its ``release.json`` stays, and this comes beside it, signed by the
same key. So who looks later learns that it was purged, when and by which rule, and need not guess at missing files.
"""

from typing import Any

from pratique.errors import VerifyError
from pratique.model.codec import canonical, decode, encode
from pratique.model.purge import PURGE_TYPE, PURGE_VERSION, PurgeRecord
from pratique.model.release import STATEMENT_TYPE
from pratique.verify.strict import parse_json


def build_purge(record: PurgeRecord) -> bytes:
    """The payload to sign: canonical JSON. Pure: the same record has the same bytes."""
    return canonical(_statement(record))


def read_purge(payload: bytes) -> PurgeRecord:
    """The inverse of `build_purge`; raises `VerifyError` for anything that it would not have written."""
    fields = parse_json(payload, "the purge record")
    if not isinstance(fields, dict) or (fields.get("_type"), fields.get("predicateType")) != (
        STATEMENT_TYPE,
        PURGE_TYPE,
    ):
        raise VerifyError("what is signed is not a purge record of a kind that this version of Pratique knows")
    predicate = fields.get("predicate")
    if isinstance(predicate, dict) and predicate.get("version") != PURGE_VERSION:
        raise VerifyError("the purge record is of a version that this version of Pratique cannot judge")
    try:
        record = decode(PurgeRecord, predicate)
        same = build_purge(record) == payload
    except (ValueError, TypeError, RecursionError):
        same = False
    if not same:
        raise VerifyError("the purge record is incomplete, or not in its one canonical form")
    return record


def _statement(record: PurgeRecord) -> dict[str, Any]:
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": record.run, "digest": {"sha256": record.release}}],
        "predicateType": PURGE_TYPE,
        "predicate": encode(record),
    }
