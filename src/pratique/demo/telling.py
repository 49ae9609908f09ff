"""What the story is told to: the command line shows it to people; a program that wants figures tells it to nobody."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol


class Mood(StrEnum):
    """What a result means."""

    PLAIN = "plain"
    GOOD = "good"
    ATTENTION = "attention"
    FAINT = "faint"


class Teller(Protocol):
    """Shows the story, piece by piece. Every text is one paragraph; the teller wraps it."""

    def chapter(self, title: str) -> None:
        """A new part of the story."""

    def say(self, text: str) -> None:
        """What the story says."""

    def command(self, line: str) -> None:
        """The command that the next results stand for, without its prompt."""

    def result(self, text: str, mood: Mood = Mood.PLAIN) -> None:
        """What came out."""

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Results side by side; ``right``: the columns that hold figures."""

    def progress(self, label: str, done: int, whole: int | None) -> None:
        """How far long work is (see `pratique.project.Progress`)."""


class Silent:
    """A teller that shows nothing."""

    def chapter(self, title: str) -> None:
        """Nothing."""

    def say(self, text: str) -> None:
        """Nothing."""

    def command(self, line: str) -> None:
        """Nothing."""

    def result(self, text: str, mood: Mood = Mood.PLAIN) -> None:
        """Nothing."""

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Nothing."""

    def progress(self, label: str, done: int, whole: int | None) -> None:
        """Nothing."""
