"""Words by which a label says of which kind its figures are: a rate, a price, what there is at the end of a month, a total."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from .spelling import spelt

_CLASSES: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "terms.toml").read_text(encoding="utf-8"))

NOT_ADDED = ("rate", "price", "each", "multiple", "mean", "so_far", "attained", "growth", "unique", "rank", "left")
"""The classes of figures that aren't added up though there is a total beside them."""


class Terms:
    """The words of some classes, found anywhere in a label, capitals or not.

    Most labels are Japanese, and most words: those are looked for as they are. A pattern of all of them takes longer to compile
    than a page takes to check.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._whole = [each for each in words if not _is_pattern(each) and not _is_anchored(each)]
        self._begin = tuple(each[1:] for each in words if not _is_pattern(each) and each[0] == "^")
        self._end = tuple(each[:-1] for each in words if not _is_pattern(each) and each[-1] == "$" and each[0] != "^")
        self._found: dict[str, bool] = {}

    def search(self, text: str) -> bool:
        """Return whether a label has one of the words."""
        if text not in self._found:
            if len(self._found) > _KEPT:
                self._found.clear()
            self._found[text] = self._in(spelt(text.casefold()))
        return self._found[text]

    def _in(self, flat: str) -> bool:
        return (
            any(each in flat for each in self._whole)
            or flat.startswith(self._begin)
            or flat.endswith(self._end)
            or self._patterns.search(flat) is not None
        )

    def sub(self, by: str, flat: str) -> str:
        """Return a label, in small letters, with something else for each of the words."""
        return self._all.sub(by, flat)

    def finditer(self, flat: str) -> Iterator[re.Match[str]]:
        """Yield where the words are in a label in small letters."""
        return self._all.finditer(flat)

    @cached_property
    def _patterns(self) -> re.Pattern[str]:
        return re.compile("|".join(_pattern(each) for each in self._words if _is_pattern(each)) or r"(?!)")

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_pattern, self._words)))


_KEPT = 4096


@cache
def of(*names: str) -> Terms:
    """Return the words of some classes (terms.toml)."""
    return Terms(tuple(dict.fromkeys(word.casefold() for name in names for word in _CLASSES[name]["words"])))


def _is_pattern(word: str) -> bool:
    """Return whether a word is a regular expression, or an English one, which has to be a word of its own."""
    return (len(word) > 1 and word[0] == word[-1] == "/") or (word.isascii() and word.lstrip("^")[0].isalpha())


def _is_anchored(word: str) -> bool:
    return word[0] == "^" or word[-1] == "$"


def _pattern(word: str) -> str:
    if len(word) > 1 and word[0] == word[-1] == "/":
        return word[1:-1]
    begin, end = word.startswith("^"), word.endswith("$")
    body = word.removeprefix("^").removesuffix("$")
    bare = body.removesuffix("*")
    if not bare.isascii() or not bare[0].isalpha():
        return "^" * begin + re.escape(bare) + "$" * end
    plural = r"s?(?![a-z])" if body == bare else ""
    return r"(?<![a-z])" + re.escape(bare) + plural
