"""Text for people, in the two languages that the program speaks."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """A piece of text for people, in the two languages that the program speaks."""

    ja: str
    en: str

    def to(self, lang: str) -> str:
        return self.en if lang == "en" else self.ja
