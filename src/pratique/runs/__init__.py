"""What one run is made of: its id, its inputs, its staging files, and the release that they add up to."""

from pratique.runs.ids import RUN_ID_LENGTH, file_name, keyed_digests, keyed_inputs, part_id, part_seed, run_id
from pratique.runs.inputs import check_inputs, hash_inputs
from pratique.runs.memory import MemoryStagingArea
from pratique.runs.release import assemble, total
from pratique.runs.seals import check_seals, seal_part
from pratique.runs.staging import FileStaged, FileStagingArea
from pratique.runs.thresholds import by_field, check_early, check_quarantine, held_by, named, over_count

__all__ = [
    "RUN_ID_LENGTH",
    "FileStaged",
    "FileStagingArea",
    "MemoryStagingArea",
    "assemble",
    "by_field",
    "check_early",
    "check_inputs",
    "check_quarantine",
    "check_seals",
    "file_name",
    "hash_inputs",
    "held_by",
    "keyed_digests",
    "keyed_inputs",
    "named",
    "over_count",
    "part_id",
    "part_seed",
    "run_id",
    "seal_part",
    "total",
]
