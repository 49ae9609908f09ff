"""Judging a release, offline, with nothing but its folder and what the recipient knows of the exporter.

Layout: every release has a folder of its own, ``<target>/<run id>/``, which holds ``release.json`` and beside it
exactly the files that it names. The folder may be copied and renamed; nothing inside it may.
"""

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pratique.crypto.dsse import Envelope, open_envelope, verify
from pratique.crypto.signing import key_id
from pratique.errors import VerifyError
from pratique.model.classes import DataClass
from pratique.model.purge import PURGE_FILE
from pratique.model.release import PAYLOAD_TYPE, RELEASE_FILE, FileEntry, Release
from pratique.verify.files import check_files, files_of, shown
from pratique.verify.purged import read_purge
from pratique.verify.seen import check_seen, read_seen, remember
from pratique.verify.statement import read_statement
from pratique.verify.strict import read_small
from pratique.verify.trust import TrustFile, check_trust

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T")
_ROUTE = {"name", "class", "basis", "until"}


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proven of a release, and what was not."""

    release: Release
    digest: str
    """SHA-256 (hex) of the signed payload: what revokes this release, and what the next one calls its previous."""
    key: str
    """Id of the key that signed."""
    proven: tuple[str, ...]
    """Sentences."""
    not_proven: tuple[str, ...]
    """Sentences: what the recipient must still take on trust."""


def verify_release(
    folder: Path,
    *,
    trust: TrustFile | None,
    exporter_key: bytes | None,
    seen: Path | None,
    today: date,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Verification:
    """Judge the release in ``folder`` (or the folder of the ``release.json`` that it names).

    1. The envelope and its statement are whole, and in their one form.
    2. It is signed, by a key of the trust file's exporter, or by ``exporter_key`` (raw 32 bytes); where both are given,
       by a key that is both.
    3. It does not contradict itself: files, counts, class, chain. It was not purged: else that is what is said, with
       the day and the rule, from a record that the same key signed.
    4. The trust file accepts it (not revoked, route and class accepted, sequence not too low), and its route is open
       today.
    5. It is no replay of what ``seen`` remembers, and follows the last one seen.
    6. Exactly its files are beside it, unchanged.
    7. Only now it is remembered in ``seen``.

    Raises `VerifyError` with one sentence on the first thing that is wrong.
    """
    folder = folder.parent if folder.name == RELEASE_FILE else folder
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        raise VerifyError("there is no such folder", where=shown(folder.name)) from None
    try:
        envelope = open_envelope(read_small(RELEASE_FILE, RELEASE_FILE, folder=opened))
        release = _statement(envelope)
        digest = hashlib.sha256(envelope.payload).hexdigest()
        key = signed_by(envelope, release.exporter, release.key, RELEASE_FILE, trust, exporter_key)
        check_consistent(release)
        if release.span is not None:
            raise VerifyError("the release covers a stream", do="verify its topic: pratique verify kafka://…")
        files = files_of(release)
        _purged(opened, release, digest, files, key, trust, exporter_key)
        if trust is not None:
            check_trust(trust, release, digest)
        check_route(release, today)
        note = check_seen(read_seen(seen), release, digest) if seen is not None else ""
        check_files(opened, files, progress)
        if seen is not None:
            remember(seen, release, digest)
    finally:
        os.close(opened)
    return Verification(release, digest, key, _proven(release, key, trust, seen), _not_proven(trust, seen, note))


def _statement(envelope: Envelope) -> Release:
    if envelope.payload_type != PAYLOAD_TYPE:
        raise VerifyError("what is signed is not an in-toto statement", where=RELEASE_FILE)
    return read_statement(envelope.payload)


def _purged(
    folder: int,
    release: Release,
    digest: str,
    files: Mapping[str, FileEntry],
    key: str,
    trust: TrustFile | None,
    exporter_key: bytes | None,
) -> None:
    """Say of a purged release when and by which rule; what the exporter did not sign says nothing."""
    there = set(os.listdir(folder))
    if PURGE_FILE not in there:
        return
    envelope = open_envelope(read_small(PURGE_FILE, PURGE_FILE, folder=folder))
    if envelope.payload_type != PAYLOAD_TYPE:
        raise VerifyError("what is signed is not an in-toto statement", where=PURGE_FILE)
    record = read_purge(envelope.payload)
    signed_by(envelope, release.exporter, record.key, PURGE_FILE, trust, exporter_key)
    if (record.run, record.release, record.key) != (release.run, digest, key):
        raise VerifyError("the purge record is about another release", where=PURGE_FILE)
    left = len(there & set(files))
    raise VerifyError(
        f"the release was purged on {shown_date(record.purged)}, under {shown_rule(record.rule)}"
        + (f", and {left} of its files are still here" if left else ""),
        where=f"run {release.run}",
        do="remove the files, and do not use them" if left else "",
    )


def shown_date(text: str) -> str:
    """The day of a time, or nothing fit for a terminal where it is none."""
    return text[:10] if _DAY.match(text) else "an unknown day"


def shown_rule(rule: str) -> str:
    """A rule's words, fit for a terminal."""
    return rule if rule.isascii() and rule.isprintable() and len(rule) <= 120 else shown(rule)  # noqa: PLR2004 (a line)


def signed_by(
    envelope: Envelope, exporter: str, named: str, what: str, trust: TrustFile | None, exporter_key: bytes | None
) -> str:
    """The id of the one key that signed; it must be the one that the document names."""
    given = {key_id(exporter_key): exporter_key} if exporter_key is not None else None
    if trust is not None:
        known: Mapping[str, bytes] = trust.keys(exporter)
        if not known:
            raise VerifyError("the trust file knows no such exporter", where=f"exporter {shown(exporter)}")
        if given is not None and not known.keys() & given.keys():
            raise VerifyError("the exporter's key that was given is not in the trust file")
        known = given if given is not None else known
    elif given is not None:
        known = given
    else:
        raise VerifyError("nothing to hold the signature against", do="give a trust file or the exporter's public key")
    if len(envelope.signatures) != 1:
        raise VerifyError("a release carries one signature", where=what)
    signer = envelope.signatures[0].key_id
    if signer not in known:
        raise VerifyError(f"the release is signed by another key ({signer}), which is not trusted", where=what)
    key = verify(envelope, known)
    if key != named:
        raise VerifyError("the release names another key than the one that signed it", where=what)
    return key


def check_consistent(release: Release) -> None:
    """What an honest exporter cannot have signed."""
    counts = release.counts
    held = sum(counts.quarantined.values())
    if min([counts.read, counts.written, *counts.quarantined.values()]) < 0 or counts.read != counts.written + held:
        raise VerifyError("the release's counts do not add up: read is not written and quarantined")
    if release.span is None and sum(file.records for file in release.files) != counts.written:
        raise VerifyError("the release's counts do not add up: its files hold another number of records")
    first = release.sequence == 1
    if release.sequence < 1 or (release.previous != "" if first else not _DIGEST.match(release.previous)):
        raise VerifyError("the release's place in the chain of releases is impossible")
    if release.data_class not in set(DataClass):
        raise VerifyError("the release states a class of data that does not exist")
    route = release.route
    if route is not None and (set(route) != _ROUTE or route["class"] not in set(DataClass)):
        raise VerifyError("the release describes its route wrongly")


def check_route(release: Release, today: date) -> None:
    """The route must take the class of the data, and be open today."""
    if release.route is None:
        return
    where = f"route {shown_route(release)}"
    if DataClass(release.data_class) < DataClass(release.route["class"]):
        raise VerifyError(
            f"the data is {release.data_class}, and the route takes {release.route['class']}", where=where
        )
    try:
        until = date.fromisoformat(release.route["until"])
    except ValueError:
        raise VerifyError("the release describes its route wrongly") from None
    if today > until:
        raise VerifyError(f"the route expired: it was open until {until.isoformat()}", where=where)


def shown_route(release: Release) -> str:
    """The route's name, fit for a terminal."""
    name = release.route["name"] if release.route is not None else ""
    return name if name.isascii() and name.isprintable() and len(name) <= 80 else shown(name)  # noqa: PLR2004 (a line)


def _proven(release: Release, key: str, trust: TrustFile | None, seen: Path | None) -> tuple[str, ...]:
    counts, held = release.counts, sum(release.counts.quarantined.values())
    sentences = [
        f"Origin: signed by key {key}, {'the one given' if trust is None else 'which the trust file lists'}.",
        f"Integrity: exactly the {len(release.files)} files that it names are here, and unchanged.",
        f"Counts: {counts.read} records read, {counts.written} released, {held} quarantined.",
    ]
    if release.route is not None:
        sentences.append(f"Route: {shown_route(release)}, open until {release.route['until']}.")
    if trust is not None:
        sentences.append("Trust: route and class are accepted, and it is not revoked.")
    if seen is not None:
        sentences.append(f"Sequence: {release.sequence} of its flow, not older than what was seen.")
    return tuple(sentences)


def _not_proven(trust: TrustFile | None, seen: Path | None, note: str) -> tuple[str, ...]:
    sentences = []
    if trust is None:
        sentences.append("Without a trust file, whether it was revoked, or its route and class are accepted, is open.")
    if seen is None:
        sentences.append("Without a memory of seen releases, this cannot rule out replay of an older release.")
    if note:
        sentences.append(note)
    sentences.append("That the data is treated as stated rests on the exporter's word: it is signed, not recomputed.")
    return tuple(sentences)
