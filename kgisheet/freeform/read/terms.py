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

    They are looked for as they are, in English between letters: a pattern of all of them takes longer to compile than a page takes to
    check.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._english = [_Word(each) for each in words if _is_english(each)]
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
            or any(each.is_in(flat) for each in self._english)
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
        return re.compile("|".join(each[1:-1] for each in self._words if _is_expression(each)) or r"(?!)")

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_pattern, self._words)))


_KEPT = 4096


@cache
def of(*names: str) -> Terms:
    """Return the words of some classes (terms.toml)."""
    return Terms(tuple(dict.fromkeys(word.casefold() for name in names for word in _CLASSES[name]["words"])))


class _Word:
    """An English word, in its plural, too; with a * what begins with it."""

    __slots__ = ("_bare", "_begins")

    def __init__(self, word: str) -> None:
        body = word.removeprefix("^").removesuffix("$")
        self._bare = body.removesuffix("*")
        self._begins = self._bare != body

    def is_in(self, flat: str) -> bool:
        """Return whether a text in small letters has it as a word of its own."""
        at = flat.find(self._bare)
        while at >= 0:
            if not (at and _is_letter(flat[at - 1])) and (self._begins or _ends(flat, at + len(self._bare))):
                return True
            at = flat.find(self._bare, at + 1)
        return False


def _ends(flat: str, at: int) -> bool:
    """Return whether a word ends at a place, or after the s there."""
    after = flat[at : at + 2]
    return not (after and _is_letter(after[0])) or (after[0] == "s" and not (len(after) > 1 and _is_letter(after[1])))


def _is_letter(letter: str) -> bool:
    return "a" <= letter <= "z"


def _is_expression(word: str) -> bool:
    return len(word) > 1 and word[0] == word[-1] == "/"


def _is_english(word: str) -> bool:
    return not _is_expression(word) and word.isascii() and word.lstrip("^")[0].isalpha()


def _is_pattern(word: str) -> bool:
    """Return whether a word is a regular expression, or an English one, which has to be a word of its own."""
    return _is_expression(word) or _is_english(word)


def _is_anchored(word: str) -> bool:
    return word[0] == "^" or word[-1] == "$"


def _pattern(word: str) -> str:
    if _is_expression(word):
        return word[1:-1]
    begin, end = word.startswith("^"), word.endswith("$")
    body = word.removeprefix("^").removesuffix("$")
    bare = body.removesuffix("*")
    if not bare.isascii() or not bare[0].isalpha():
        return "^" * begin + re.escape(bare) + "$" * end
    plural = r"s?(?![a-z])" if body == bare else ""
    return r"(?<![a-z])" + re.escape(bare) + plural
