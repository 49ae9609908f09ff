"""Where a record goes that cannot be treated safely: its original bytes, sealed, in its own region."""

from pratique.model.quarantine import Entry, Summary
from pratique.quarantine.form import QUARANTINE_VERSION
from pratique.quarantine.reader import read, summary
from pratique.quarantine.store import FileQuarantineStore

__all__ = ["QUARANTINE_VERSION", "Entry", "FileQuarantineStore", "Summary", "read", "summary"]
