"""Local files: a single file, a folder, or a glob, as a dataset to read; a folder as a dataset to write."""

from pratique.connectors.files.places import local_path
from pratique.connectors.files.sink import FilesSink
from pratique.connectors.files.source import FilesSource

__all__ = ["FilesSink", "FilesSource", "local_path"]
