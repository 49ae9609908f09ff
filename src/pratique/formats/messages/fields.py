"""The names that stand for what a message has beside its value, and what may be said about messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pratique.errors import FormatError

KEY: Final = "kafka-key"
TIME: Final = "kafka-timestamp"
"""Milliseconds since 1970, UTC."""
HEADER: Final = "kafka-header-"
"""What the name of a header's field begins with; the header's own name follows."""
VALUES: Final = ("json", "avro", "protobuf", "json-schema", "text", "bytes")
TIMES: Final = ("drop", "field")


@dataclass(frozen=True, slots=True)
class Options:
    """What the project file says of a dataset's messages."""

    value: str = VALUES[0]
    timestamp: str = TIMES[0]

    @classmethod
    def of(cls, options: Mapping[str, str]) -> "Options":
        """Those of a `FormatSpec`. Raises `FormatError` for unknown ones."""
        if unknown := options.keys() - {"value", "timestamp"}:
            raise FormatError(f"{len(unknown)} unknown options of messages", do="known are value and timestamp")
        found = cls(options.get("value", VALUES[0]), options.get("timestamp", TIMES[0]))
        for name, given, known in (("value", found.value, VALUES), ("timestamp", found.timestamp, TIMES)):
            if given not in known:
                raise FormatError(f"messages do not know this {name}", do=f"use one of {', '.join(known)}")
        return found

    def named(self) -> dict[str, str]:
        """As they stand in a `FormatSpec`."""
        return {"timestamp": self.timestamp, "value": self.value}


def is_envelope(name: str) -> bool:
    """Whether a field of this name is no part of a value."""
    return name in (KEY, TIME) or name.startswith(HEADER)
