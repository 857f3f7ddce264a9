"""Renaming of sheets in a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..values.a1 import quoted_sheet
from ..values.regex import regex

# Texts come first, so that they are passed over; what stands behind a ] is another workbook's.
_TOKEN = regex(
    r"""(?P<text>"(?:[^"]|"")*+(?:"|\Z))
    |'(?P<quoted>(?:[^']|'')++)'!
    |'(?:[^']|'')*+(?:'|\Z)
    |(?<![\w.\]'\\])(?P<bare>[^\W\d][\w.]*)!""",
    re.VERBOSE,
)


def retitled(formula: str, titles: Mapping[str, str]) -> str:
    """Return ``formula`` with each sheet of ``titles`` (old → new) under its new title; case is ignored, as in Excel."""
    new = {old.casefold(): title for old, title in titles.items()}

    def one(match: re.Match[str]) -> str:
        old = match["quoted"].replace("''", "'") if match["quoted"] else match["bare"]
        title = new.get(old.casefold()) if old else None
        return match[0] if title is None else f"{quoted_sheet(title)}!"

    return _TOKEN.sub(one, formula) if new else formula
