"""Where a record goes that cannot be treated safely: its original bytes, sealed, in its own region."""

from pratique.model.quarantine import Entry, Summary
from pratique.quarantine.form import QUARANTINE_VERSION
from pratique.quarantine.messages import open_message, seal_messages
from pratique.quarantine.reader import read, summary
from pratique.quarantine.store import FileQuarantineStore

__all__ = [
    "QUARANTINE_VERSION",
    "Entry",
    "FileQuarantineStore",
    "Summary",
    "open_message",
    "read",
    "seal_messages",
    "summary",
]
