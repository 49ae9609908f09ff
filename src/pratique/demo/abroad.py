"""What an analyst abroad does: verifies every release, then counts and joins by token.

Nothing here reads anything of the exporter's region: releases and the exporter's public key are all it gets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.json as pj

from pratique.crypto.signing import load_public
from pratique.model.release import RELEASE_FILE
from pratique.verify import Verification, verify_release


@dataclass(frozen=True, slots=True)
class Viewer:
    """One viewer, known by token only."""

    token: str
    shows: int
    purchases: int


def verified(target: Path, key: Path, today: date) -> list[Verification]:
    """Every release under a dataset's folder, verified, in the order in which they were made.

    Raises `VerifyError` for the first that is not what it claims to be.
    """
    public = load_public(key)
    folders = sorted(file.parent for file in target.glob(f"*/{RELEASE_FILE}"))
    found = [verify_release(folder, trust=None, exporter_key=public, seen=None, today=today) for folder in folders]
    return sorted(found, key=lambda verification: verification.release.sequence)


def count_viewers(
    channel: Sequence[Verification], channel_folder: Path, movie: Sequence[Verification], movie_folder: Path
) -> list[Viewer]:
    """Shows seen and films bought by each viewer who did either, most shows first, ties by token."""
    shows = _per_viewer(_tokens(channel, channel_folder), "shows")
    purchases = _per_viewer(_tokens(movie, movie_folder), "purchases")
    joined = shows.join(purchases, keys="user_id", join_type="full outer")
    columns = (joined[name].to_pylist() for name in ("user_id", "shows", "purchases"))
    viewers = [Viewer(token, seen or 0, bought or 0) for token, seen, bought in zip(*columns, strict=True)]
    return sorted(viewers, key=lambda viewer: (-viewer.shows, viewer.token))


def _tokens(releases: Iterable[Verification], folder: Path) -> pa.Table:
    """The column of tokens of exactly the files that the releases name."""
    schema = pa.schema([("user_id", pa.string())])
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    files = [folder / file.name for verification in releases for file in verification.release.files]
    return pa.concat_tables([schema.empty_table(), *(pj.read_json(file, parse_options=options) for file in files)])


def _per_viewer(tokens: pa.Table, name: str) -> pa.Table:
    counted = tokens.group_by("user_id").aggregate([("user_id", "count")])
    return counted.rename_columns({"user_id_count": name})
