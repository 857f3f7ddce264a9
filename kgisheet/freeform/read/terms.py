"""Words by which a label says of which kind its figures are: a rate, a price, what there is at the end of a month, a total."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_CLASSES: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "terms.toml").read_text(encoding="utf-8"))

NOT_ADDED = ("rate", "price", "each", "multiple", "mean", "so_far", "attained", "growth", "unique", "rank", "left")
"""The classes of figures that aren't added up though there is a total beside them."""


@cache
def of(*names: str) -> re.Pattern[str]:
    """Return a pattern for the words of the classes (terms.toml), found anywhere in a label, capitals or not."""
    words = dict.fromkeys(word for name in names for word in _CLASSES[name]["words"])
    return re.compile("|".join(map(_pattern, words)), re.IGNORECASE)


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
