r"""Templates and what they are written into: text that grows, with the spans that were marked in it.

A template is plain text with four signs:

- ``{name}`` or ``{name:options}``: a slot: a built-in value or a list of the language's file;
- ``[LABEL:text]``, or ``[text]`` in a list that has a label: the text is a span (slots inside it lose their own label);
- ``<one|two|>``: one of the alternatives, an empty one included;
- ``\n``: a line break; ``\[``, ``\]``, ``\<`` and ``\>``: the sign itself.

Spans are exact by construction: a mark opens where the text ends when it opens, and closes where it ends then.
"""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools.train_ner.synth.language import Language

LABELS = (
    "ADDRESS",
    "DATE_TIME",
    "ID_CODE",
    "LOCATION",
    "NRP",
    "ORGANIZATION",
    "PERSON",
    "PHONE_NUMBER",
    "USERNAME",
)

SlotCall = Callable[["Writer", str], None]


# An escaped sign is a letter of the private use area until it is written.
ESCAPES = {"\\n": "\n", "\\[": "\ue000", "\\]": "\ue001", "\\<": "\ue002", "\\>": "\ue003"}
SIGNS = str.maketrans("\ue000\ue001\ue002\ue003", "[]<>")


class TemplateError(ValueError):
    """A template that does not parse, or that names a slot which nothing fills."""


class Writer:
    """One text under construction.

    ``memo`` keeps what a numbered slot or a person slot gave, so that a text speaks of the same person twice.
    ``script`` rewrites letters (Serbian Latin to Cyrillic) as they are written; values put as ``raw`` keep theirs.
    """

    __slots__ = ("at", "depth", "language", "memo", "parts", "random", "script", "spans")

    def __init__(
        self, language: "Language", random_: random.Random, script: Callable[[str], str] | None = None
    ) -> None:
        self.language = language
        self.random = random_
        self.script = script
        self.parts: list[str] = []
        self.at = 0
        self.depth = 0
        self.spans: list[list[Any]] = []
        self.memo: dict[str, Any] = {}

    def put(self, text: str, *, raw: bool = False) -> None:
        """Append text that bears no label of its own; a full stop behind an abbreviation's stop is one stop."""
        if not text:
            return
        if text[:1] == "." and self.parts and self.parts[-1][-1:] == ".":
            text = text[1:]
        if self.script is not None and not raw:
            text = self.script(text)
        self.parts.append(text)
        self.at += len(text)

    def mark(self, label: str, text: str, *, raw: bool = False) -> None:
        """Append text as one span, or as plain text where it stands inside another span."""
        start = self.at
        self.put(text, raw=raw)
        if not self.depth and self.at > start:
            self.spans.append([start, self.at, label])

    def inside(self, label: str, template: "Template") -> None:
        """Write a template as one span."""
        start = self.at
        self.depth += 1
        template.write(self)
        self.depth -= 1
        if not self.depth and self.at > start:
            self.spans.append([start, self.at, label])

    def pick(self, items: list[Any]) -> Any:
        """One of the items, each as likely as the others."""
        return items[int(self.random.random() * len(items))]

    def chance(self, share: float) -> bool:
        """True in that share of the calls."""
        return self.random.random() < share

    def text(self) -> str:
        """What was written so far."""
        return "".join(self.parts)


class Template:
    """A parsed template: a list of steps, each a call on a writer.

    Args:
        text: the template.
        slots: the built-in slots by name; any other name must be a list of the language when it is written.
        label: the label of ``[text]`` without one of its own; empty where there is none.

    Raises:
        TemplateError: where a sign is not closed or a mark has no label.
    """

    __slots__ = ("marked", "names", "steps")

    def __init__(self, text: str, slots: dict[str, SlotCall], label: str = "") -> None:
        self.marked = False
        self.names: set[str] = set()
        self.steps: list[Callable[[Writer], None]] = []
        for sign, kept in ESCAPES.items():
            text = text.replace(sign, kept)
        self._parse(text, slots, label)

    def write(self, writer: Writer) -> None:
        """Write the template once."""
        for step in self.steps:
            step(writer)

    def _parse(self, text: str, slots: dict[str, SlotCall], label: str) -> None:
        at, plain = 0, 0
        while at < len(text):
            sign = text[at]
            if sign not in "{[<":
                if sign in "}]>":
                    raise TemplateError(f"template: a {sign} that nothing opened; see {text[:40]!r}")
                at += 1
                continue
            if at > plain:
                self.steps.append(_literal(text[plain:at]))
            end = _closing(text, at)
            inner = text[at + 1 : end]
            if sign == "{":
                self._slot(inner, slots)
            elif sign == "[":
                self._mark(inner, slots, label)
            else:
                options = [Template(option, slots, label) for option in _alternatives(inner)]
                for option in options:
                    self.names |= option.names
                    self.marked |= option.marked
                self.steps.append(_choice(options))
            at = plain = end + 1
        if plain < len(text):
            self.steps.append(_literal(text[plain:]))

    def _slot(self, inner: str, slots: dict[str, SlotCall]) -> None:
        name, _, options = inner.partition(":")
        bare = name.rstrip("0123456789")
        self.names.add(bare)
        if bare in slots:
            call = slots[bare]
            key = options if name == bare else f"{options}@{name}"
            self.steps.append(lambda writer: call(writer, key))
        elif name == bare:
            self.steps.append(lambda writer: writer.language.write_item(writer, bare))
        else:
            self.steps.append(lambda writer: writer.language.write_again(writer, bare, name))

    def _mark(self, inner: str, slots: dict[str, SlotCall], label: str) -> None:
        head, colon, rest = inner.partition(":")
        if colon and head in LABELS:
            label, inner = head, rest
        if not label:
            raise TemplateError(f"template: a mark without a label; see {inner[:40]!r}")
        template = Template(inner, slots)
        self.names |= template.names
        self.marked = True
        chosen = label
        self.steps.append(lambda writer: writer.inside(chosen, template))


def _literal(text: str) -> Callable[[Writer], None]:
    plain = text.translate(SIGNS)
    return lambda writer: writer.put(plain)


def _choice(options: list[Template]) -> Callable[[Writer], None]:
    return lambda writer: writer.pick(options).write(writer)


def _closing(text: str, at: int) -> int:
    """Where the sign that opens at ``at`` is closed."""
    pairs = {"{": "}", "[": "]", "<": ">"}
    wanted: list[str] = []
    for here in range(at, len(text)):
        char = text[here]
        if char in pairs:
            wanted.append(pairs[char])
        elif wanted and char == wanted[-1]:
            wanted.pop()
            if not wanted:
                return here
    raise TemplateError(f"template: a {text[at]} that nothing closes; see {text[:40]!r}")


def _alternatives(inner: str) -> list[str]:
    """The alternatives of a choice, split at the bars that are not inside another sign."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(inner):
        if char in "{[<":
            depth += 1
        elif char in "}]>":
            depth -= 1
        elif char == "|" and not depth:
            found.append(inner[start:at])
            start = at + 1
    return [*found, inner[start:]]
