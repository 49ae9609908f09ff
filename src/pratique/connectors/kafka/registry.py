"""A schema registry that speaks Confluent's REST API: schemas by id, and the registration of an output's schema."""

import http.client
import json
import struct
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from typing import Any, Final

from pratique.errors import RefusedError, SourceError, UnsettledError
from pratique.model.messages import WIRE

_TYPE: Final = "application/vnd.schemaregistry.v1+json"
_SECONDS: Final = 10.0
_NOT_FOUND: Final = 404
_REFUSED: Final = (409, 422)
_LARGEST: Final = 4 << 20
_WORDS: Final = 300
"""Characters of the registry's own words that are shown."""
_ID: Final = struct.Struct(">bI")


class Registry:
    """One registry. What it once said of an id is kept: an id's schema never changes."""

    def __init__(self, url: str) -> None:
        """``url``: the root of its API."""
        self._url = url.rstrip("/")
        self._schemas: dict[int, str | None] = {}

    def schemas_of(self, values: Sequence[bytes | None]) -> dict[str, str]:
        """The schemas to which values refer, by id; an id that the registry does not know is left out.

        Raises `UnsettledError` where it does not answer: that an id is unknown is for the registry to say.
        """
        heads = {value[:WIRE] for value in values if value is not None and len(value) >= WIRE and not value[0]}
        ids = sorted(_ID.unpack(head)[1] for head in heads)
        found = {number: self.schema(number) for number in ids}
        return {str(number): text for number, text in found.items() if text is not None}

    def schema(self, number: int) -> str | None:
        """The schema of an id; None where there is none. One that was missing is asked for again."""
        if self._schemas.get(number) is None:
            status, answer = self._ask("GET", f"/schemas/ids/{number}")
            if status == _NOT_FOUND:
                return None
            text = answer.get("schema")
            if status >= http.client.BAD_REQUEST or not isinstance(text, str):
                raise UnsettledError(f"the registry answers with {status}", where="schema registry")
            self._schemas[number] = text
        return self._schemas[number]

    def register(self, subject: str, schema: str) -> int:
        """The id of a schema in a subject, registered if it is new there and the subject's compatibility allows it.

        Raises `RefusedError`, with the registry's own words, where it does not.
        """
        path = f"/subjects/{urllib.parse.quote(subject, safe='')}"
        status, answer = self._ask("POST", f"/compatibility{path}/versions/latest?verbose=true", {"schema": schema})
        if status == http.client.OK and answer.get("is_compatible") is False:
            words = "; ".join(str(word) for word in answer.get("messages", ())) or "it gives no reason"
            raise RefusedError(
                f"the registry does not take the output's schema: {_plain(words)}",
                where=f"subject {subject}",
                do="see: pratique registry, or write to another topic",
            )
        status, answer = self._ask("POST", f"{path}/versions", {"schema": schema})
        number = answer.get("id")
        if status in _REFUSED:
            raise RefusedError(
                f"the registry does not take the output's schema: {_plain(str(answer.get('message', status)))}",
                where=f"subject {subject}",
            )
        if status >= http.client.BAD_REQUEST or type(number) is not int:
            raise SourceError(f"the registry answers with {status}", where="schema registry")
        return number

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(  # noqa: S310 (the project file takes http and https alone)
            f"{self._url}{path}", data=data, method=method, headers={"Content-Type": _TYPE, "Accept": _TYPE}
        )
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
                return int(answer.status), _object(answer.read(_LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _object(error.read(_LARGEST))
        except (OSError, http.client.HTTPException):
            raise UnsettledError(
                "the schema registry does not answer", where=self._url, do="check that it runs"
            ) from None


def wire_header(number: int) -> bytes:
    """What stands before a value of this schema."""
    return _ID.pack(0, number)


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _plain(words: str) -> str:
    """The registry's words about schemas, as one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:_WORDS]
