"""A schema registry that speaks Confluent's REST API: schemas by id, what subjects hold, and an output's registration.

A registry is believed as little as it can be. What it says of an id is kept and never asked for again; that an id is
unknown counts only in its own words (an error code, not a proxy's page); what it registers is read back and compared.
Where it does not answer, or not in time, or with what is no answer, the error is `UnsettledError`: callers wait.
"""

import http.client
import json
import struct
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from pratique.errors import RefusedError, SourceError, UnsettledError
from pratique.model.messages import WIRE

LEVELS: Final = (
    *("NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE"),
    *("FULL", "FULL_TRANSITIVE"),
)
"""What a registry may enforce."""
_TYPE: Final = "application/vnd.schemaregistry.v1+json"
_SECONDS: Final = 10.0
"""For one answer, all of it: one that drips does not hold anybody up."""
_NOT_FOUND: Final = 404
_NO_SCHEMA: Final = 40403
_NO_SUBJECT: Final = range(40400, 40500)
_REFUSED: Final = (409, 422)
_NO_LEAVE: Final = (401, 403)
_LARGEST: Final = 4 << 20
_PIECE: Final = 1 << 16
_WORDS: Final = 300
"""Characters of the registry's own words that are shown."""
_MISSED: Final = 5.0
"""Seconds in which an id that was not there is not asked for again."""
_SEEDS: Final = 50
"""Newest versions of a subject that are looked at."""
_MOST_ID: Final = (1 << 31) - 1
_ID: Final = struct.Struct(">bI")
_WHERE: Final = "schema registry"


@dataclass(frozen=True, slots=True)
class Version:
    """One schema under a subject."""

    subject: str
    version: int
    id: int
    kind: str
    """``AVRO``, ``PROTOBUF``, ``JSON``."""
    schema: str


class Registry:
    """One registry, from one thread."""

    def __init__(self, url: str, *, seconds: float = _SECONDS) -> None:
        """``url``: the root of its API; ``seconds``: for one answer."""
        self._url = url.rstrip("/")
        self._seconds = seconds
        self._opener = urllib.request.build_opener(_Straight)
        self._schemas: dict[int, str] = {}
        self._missed: dict[int, float] = {}

    # --- by id --------------------------------------------------------------------------------------------------------

    def schemas_of(self, values: Sequence[bytes | None]) -> dict[str, str]:
        """The schemas to which values refer, by id; an id that the registry does not know is left out.

        Raises `UnsettledError` where it does not answer: that an id is unknown is for the registry to say.
        """
        heads = {value[:WIRE] for value in values if value is not None and len(value) >= WIRE and not value[0]}
        ids = sorted(_ID.unpack(head)[1] for head in heads)
        found = {number: self.schema(number) for number in ids}
        return {str(number): text for number, text in found.items() if text is not None}

    def schema(self, number: int) -> str | None:
        """The schema of an id; None where there is none. One that was missing is asked for again after some seconds."""
        known = self._schemas.get(number)
        if known is not None or number > _MOST_ID:
            return known
        now = time.monotonic()
        if now - self._missed.get(number, -_MISSED) < _MISSED:
            return None
        status, answer = self._ask("GET", f"/schemas/ids/{number}")
        text = _object(answer).get("schema")
        if status == _NOT_FOUND and _object(answer).get("error_code") == _NO_SCHEMA:
            self._missed = {n: at for n, at in self._missed.items() if now - at < _MISSED} | {number: now}
            return None
        if status != http.client.OK or not isinstance(text, str):
            _no_answer(status)
        self._schemas[number] = _text(text)
        return self._schemas[number]

    # --- by subject ---------------------------------------------------------------------------------------------------

    def subjects(self) -> list[str]:
        """Every subject, by name."""
        status, answer = self._ask("GET", "/subjects")
        if status != http.client.OK or not isinstance(answer, list):
            _no_answer(status)
        return sorted(name for name in answer if isinstance(name, str))

    def versions(self, subject: str) -> list[int]:
        """The versions of a subject; none where there is no such subject."""
        status, answer = self._ask("GET", f"{_path(subject)}/versions")
        if status == _NOT_FOUND and _object(answer).get("error_code") in _NO_SUBJECT:
            return []
        if status != http.client.OK or not isinstance(answer, list):
            _no_answer(status)
        return sorted(number for number in answer if type(number) is int)

    def version(self, subject: str, number: int) -> Version | None:
        """One of them; None where it is not there."""
        status, answer = self._ask("GET", f"{_path(subject)}/versions/{number}")
        told = _object(answer)
        if status == _NOT_FOUND and told.get("error_code") in _NO_SUBJECT:
            return None
        text, own = told.get("schema"), told.get("id")
        if status != http.client.OK or not isinstance(text, str) or type(own) is not int:
            _no_answer(status)
        kind = told.get("schemaType")
        return Version(subject, number, own, kind if isinstance(kind, str) else "AVRO", _text(text))

    def stated(self, subject: str) -> list[Version]:
        """The newest versions of a subject, oldest first; none where there is no such subject."""
        found = (self.version(subject, number) for number in self.versions(subject)[-_SEEDS:])
        return [one for one in found if one is not None]

    def compatibility(self, subject: str | None) -> str:
        """What the registry enforces for a subject (its own setting or the registry's), or for all."""
        for path in (*([] if subject is None else [f"/config/{_quoted(subject)}"]), "/config"):
            status, answer = self._ask("GET", path)
            level = _object(answer).get("compatibilityLevel")
            if status == http.client.OK and isinstance(level, str):
                return _plain(level)
            if status != _NOT_FOUND:
                break
        return _no_answer(status)

    def set_compatibility(self, subject: str | None, level: str) -> None:
        """Have the registry enforce another level, of `LEVELS`. Raises `RefusedError` where it does not."""
        path = "/config" if subject is None else f"/config/{_quoted(subject)}"
        status, answer = self._ask("PUT", path, {"compatibility": level})
        if status in (*_REFUSED, *_NO_LEAVE, _NOT_FOUND):
            words = _plain(str(_object(answer).get("message", status)))
            raise RefusedError(f"the registry does not take the level: {words}", where=_of(subject))
        if status != http.client.OK:
            _no_answer(status)

    # --- registering --------------------------------------------------------------------------------------------------

    def register(self, subject: str, schema: str, kind: str = "AVRO") -> int:
        """The id of a schema in a subject, registered if it is new there and the subject's compatibility allows it.

        What the registry then gives for the id is compared with the schema. Raises `RefusedError`, with the registry's
        own words, where it does not take it, and where it gives another schema for it.
        """
        body = {"schema": schema} if kind == "AVRO" else {"schema": schema, "schemaType": kind}
        self._check_compatible(subject, body)
        status, answer = self._ask("POST", f"{_path(subject)}/versions", body)
        told = _object(answer)
        number = told.get("id")
        if status in (*_REFUSED, *_NO_LEAVE):
            self._refuse(subject, str(told.get("message", status)))
        if status != http.client.OK or type(number) is not int or not 0 <= number <= _MOST_ID:
            _no_answer(status)
        if not _same(self.schema(number), schema):
            raise RefusedError(
                "the registry gives another schema for the id that it gave the output's",
                where=_of(subject),
                do="find out what stands between it and here",
            )
        return number

    def _check_compatible(self, subject: str, body: dict[str, str]) -> None:
        status, answer = self._ask("POST", f"/compatibility{_path(subject)}/versions/latest?verbose=true", body)
        told = _object(answer)
        if status == _NOT_FOUND:  # there is nothing yet that it could be compared with
            return
        if status in (*_REFUSED, *_NO_LEAVE):
            self._refuse(subject, str(told.get("message", status)))
        if status == http.client.OK and told.get("is_compatible") is True:
            return
        if status == http.client.OK and told.get("is_compatible") is False:
            words = told.get("messages")
            said = "; ".join(str(word) for word in words) if isinstance(words, list) else ""
            self._refuse(subject, said or f"it enforces {self.compatibility(subject)}, and gives no reason")
        if status == http.client.INTERNAL_SERVER_ERROR and told.get("message"):
            raise SourceError(f"the registry cannot compare the schema: {_plain(str(told['message']))}", where=_WHERE)
        _no_answer(status)

    def _refuse(self, subject: str, words: str) -> NoReturn:
        raise RefusedError(
            f"the registry does not take the output's schema: {_plain(words)}",
            where=_of(subject),
            do=f"see: pratique registry show {_plain(subject)}, or write to another topic",
        )

    # --- one question -------------------------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(  # noqa: S310 (the project file takes http and https alone)
            f"{self._url}{path}", data=data, method=method, headers={"Content-Type": _TYPE, "Accept": _TYPE}
        )
        end = time.monotonic() + self._seconds
        try:
            with self._opener.open(asked, timeout=self._seconds) as answer:
                return int(answer.status), _read(answer, end)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _try_read(error, end)
        except (OSError, http.client.HTTPException, ValueError):
            raise UnsettledError(
                "the schema registry does not answer", where=self._url, do="check that it runs"
            ) from None


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nothing: who answers is who was asked."""

    def redirect_request(self, *_: Any) -> None:
        """Never another place."""


def wire_header(number: int) -> bytes:
    """What stands before a value of this schema."""
    return _ID.pack(0, number)


def _read(answer: Any, end: float) -> Any:
    """The JSON of an answer. Raises `ValueError` for any other, and `TimeoutError` where it is not whole in time."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise ValueError
        if time.monotonic() > end:
            raise TimeoutError
    try:
        return json.loads(b"".join(pieces))
    except RecursionError:
        raise ValueError from None


def _try_read(error: Any, end: float) -> Any:
    try:
        return _read(error, end)
    except (OSError, http.client.HTTPException, ValueError):
        return None


def _object(answer: Any) -> dict[str, Any]:
    return answer if isinstance(answer, dict) else {}


def _text(given: str) -> str:
    """A text that can be written as UTF-8: JSON may name halves of characters."""
    return given.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _path(subject: str) -> str:
    return f"/subjects/{_quoted(subject)}"


def _quoted(subject: str) -> str:
    return urllib.parse.quote(subject, safe="")


def _of(subject: str | None) -> str:
    return _WHERE if subject is None else f"subject {_plain(subject)}"


def _same(given: str | None, registered: str) -> bool:
    """Whether a registry's text is the schema that it was given; JSON may be laid out anew."""
    if given is None or given == registered:
        return given is not None
    try:
        return bool(json.loads(given) == json.loads(registered))
    except (ValueError, RecursionError):
        return False


def _no_answer(status: int) -> NoReturn:
    if status in _NO_LEAVE:
        raise SourceError(f"the registry gives no leave ({status})", where=_WHERE, do="ask who runs it")
    raise UnsettledError(f"the registry answers with {status}", where=_WHERE, do="check that it runs, and the address")


def _plain(words: str) -> str:
    """The registry's words about schemas, as one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:_WORDS]
