"""Judging a stream: the chain of its releases against the messages that stand in its topic.

Every release names a span of offsets of the target, and a hash over all messages written so far, each linked to the one
before (`pratique.model.chain`). So a message that was added, taken away, changed or moved breaks the chain from there.
The timestamps of messages are not part of it, nor is what retention or compaction has removed: then the chain cannot be
followed, and that is said.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pratique.crypto.dsse import open_envelope
from pratique.errors import VerifyError
from pratique.model.chain import Span, link
from pratique.model.release import PAYLOAD_TYPE, Release
from pratique.verify.release import check_consistent, check_route, signed_by
from pratique.verify.statement import read_statement
from pratique.verify.trust import TrustFile, check_trust

Message = tuple[int, bytes | None, bytes | None, bytes | None]
"""Offset, key, header block, value."""
Messages = Callable[[int, int, int], Iterator[Message]]
"""Partition, first offset and end to the committed messages there, in order."""


@dataclass(frozen=True, slots=True)
class StreamVerification:
    """What was proven of a stream."""

    releases: int
    newest: Release
    key: str
    """Id of the key that signed."""
    messages: int
    """That stand in the topic as they were released."""
    certified: Mapping[int, int]
    """By partition: the offset up to which messages are covered. A reader stops there."""
    proven: tuple[str, ...]
    """Sentences."""


def verify_stream(
    statements: Sequence[bytes],
    messages: Messages,
    *,
    topic: str,
    trust: TrustFile | None,
    exporter_key: bytes | None,
    today: date,
) -> StreamVerification:
    """Judge a flow's releases, in the order of their topic, and the messages that they cover.

    1. Each is whole, signed by the exporter, and does not contradict itself; one that stands there twice counts once.
    2. They follow each other: sequence, previous digest, offsets and chains; the counts are what the spans add.
    3. The trust file accepts the newest, and its route is open today.
    4. Every message of every span is there, unchanged, in its place, and no other between them.

    Raises `VerifyError` with one sentence on the first thing that is wrong.
    """
    releases, key = _chain(statements, topic, trust, exporter_key)
    newest, digest = releases[-1]
    if trust is not None:
        check_trust(trust, newest, digest)
    check_route(newest, today)
    count = 0
    spans = [_span(release) for release, _ in releases]
    certified = {part.partition: part.out_end for part in spans[-1].partitions}
    for partition in sorted(certified):
        count += _follow(partition, spans, messages)
    return StreamVerification(
        releases=len(releases),
        newest=newest,
        key=key,
        messages=count,
        certified=certified,
        proven=(
            f"Origin: {len(releases)} releases, each signed by key {key}, without a gap.",
            f"Integrity: the {count} messages that they cover are there, unchanged, in order, and no other among them.",
            f"Counts: {sum(part.read for part in spans[-1].partitions)} messages read, {count} released.",
        ),
    )


def _chain(
    statements: Sequence[bytes], topic: str, trust: TrustFile | None, exporter_key: bytes | None
) -> tuple[list[tuple[Release, str]], str]:
    found: list[tuple[Release, str]] = []
    seen: set[bytes] = set()
    signer = ""
    for statement in statements:
        if statement in seen:
            continue
        seen.add(statement)
        envelope = open_envelope(statement)
        if envelope.payload_type != PAYLOAD_TYPE:
            raise VerifyError("what is signed is not an in-toto statement")
        release = read_statement(envelope.payload)
        where = f"release {release.sequence}"
        signer = signed_by(envelope, release.exporter, release.key, where, trust, exporter_key)
        check_consistent(release)
        before = found[-1] if found else None
        if release.sequence != len(found) + 1 or release.previous != (before[1] if before else ""):
            raise VerifyError("does not follow the release before it", where=where)
        if _span(release).topic != topic:
            raise VerifyError("covers another topic", where=where)
        _check_span(release, before[0] if before else None, where)
        found.append((release, hashlib.sha256(envelope.payload).hexdigest()))
    if not found:
        raise VerifyError("there is no release of this flow", where=f"topic {topic}")
    return found, signer


def _span(release: Release) -> Span:
    if release.span is None:
        raise VerifyError("is a release of files, not of a stream", where=f"release {release.sequence}")
    return release.span


def _check_span(release: Release, before: Release | None, where: str) -> None:
    """The span begins where the one before ended, and the counts are the difference."""
    known = {} if before is None else {part.partition: part for part in _span(before).partitions}
    parts = {part.partition: part for part in _span(release).partitions}
    if len(parts) != len(_span(release).partitions) or known.keys() - parts.keys():
        raise VerifyError("names a partition twice, or leaves one out", where=where)
    read = written = held = 0
    for number, part in parts.items():
        old = known.get(number)
        follows = old is None or (part.first, part.out_first, part.before) == (old.end, old.out_end, old.chain)
        whole = part.read == part.written + sum(part.quarantined.values())
        if not follows or not whole or part.first > part.end or part.out_first > part.out_end:
            raise VerifyError("its offsets do not follow those of the release before it", where=where)
        read += part.read - (old.read if old else 0)
        written += part.written - (old.written if old else 0)
        held += sum(part.quarantined.values()) - (sum(old.quarantined.values()) if old else 0)
    if (release.counts.read, release.counts.written) != (read, written) or read != written + held:
        raise VerifyError("its counts are not those of its offsets", where=where)


def _follow(partition: int, spans: Sequence[Span], messages: Messages) -> int:
    """Link the messages of one partition, span by span; how many there are."""
    mine = [part for span in spans for part in span.partitions if part.partition == partition]
    chain = bytes.fromhex(mine[0].before)
    stream = messages(partition, mine[0].out_first, mine[-1].out_end)
    waiting = next(stream, None)
    count = done = 0
    for part in mine:
        while waiting is not None and waiting[0] < part.out_end:
            _, key, headers, value = waiting
            chain = link(chain, key, headers, value)
            count += 1
            waiting = next(stream, None)
        if chain.hex() != part.chain or count != part.written:
            raise VerifyError(
                f"the messages of partition {partition} are not those that were released",
                where=f"offsets {part.out_first} to {part.out_end}",
                do="do not use what follows the last release that verifies",
            )
        done = count
    return done
