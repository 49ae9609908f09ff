"""What one run is made of: its id, its inputs, its staging files, and the release that they add up to."""

from pratique.runs.ids import file_name, keyed_inputs, part_id, run_id
from pratique.runs.inputs import check_inputs, hash_inputs
from pratique.runs.release import assemble, check_share, total
from pratique.runs.staging import FileStaged, FileStagingArea

__all__ = [
    "FileStaged",
    "FileStagingArea",
    "assemble",
    "check_inputs",
    "check_share",
    "file_name",
    "hash_inputs",
    "keyed_inputs",
    "part_id",
    "run_id",
    "total",
]
