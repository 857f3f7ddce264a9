"""Text for people, in the two languages that the program speaks."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Wording(Protocol):
    """Anything with a wording in each language: a `Text`, or a `Phrase` of the catalogue."""

    @property
    def ja(self) -> str: ...

    @property
    def en(self) -> str: ...

    def to(self, lang: str) -> str: ...


class Text(NamedTuple):
    """A piece of text for people, in the two languages that the program speaks."""

    ja: str
    en: str

    def to(self, lang: str) -> str:
        return self.ja if lang == "ja" else self.en


def many(number: int, one: str, more: str | None = None) -> str:
    """Return an English count with its noun: 1 note, 2 notes."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {more or f'{one}s'}"


def lowered(text: str) -> str:
    """Return an English label as it is within a sentence: Win rate → win rate; MQL rate and Web CVs keep their capitals."""
    return " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in text.split(" "))


NOTHING = Text("", "")
