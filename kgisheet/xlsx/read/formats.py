"""Number formats of a workbook: the code of each style, and whether it shows a date."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any

from ...values.regex import regex
from .xml import Element

GENERAL = "General"

# ECMA-376, 18.8.30: codes that files leave out, the Japanese dates among them.
_BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d"),
}  # fmt: skip
_QUIET = regex(r'"[^"]*"?|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]|General|AM/PM|A/P', re.IGNORECASE)


UNKNOWN = '"?"'
"""The code of a cell whose format isn't there, or is longer than any: it says nothing of what the cell shows."""
_LONGEST = 1000
"""Characters of a code; Excel has 255."""


def known(code: str) -> str:
    """Return a code, or UNKNOWN for one that is longer than any program takes."""
    return code if len(code) <= _LONGEST else UNKNOWN


def codes(root: Element | None) -> list[str]:
    """Return the format code of each cell style, in order, of the tree of a workbook's styles."""
    if root is None:
        return []
    own: dict[str, str] = {}
    for group in root.all("numFmts"):
        own |= {each.get("numFmtId"): known(each.get("formatCode")) for each in group.all("numFmt")}
    styled = root.first("cellXfs")
    return [] if styled is None else [_code(each.get("numFmtId", "0"), own) for each in styled.all("xf")]


def _code(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return _BUILT_IN.get(int(number), GENERAL) if number.isascii() and number.isdigit() and len(number) < 6 else GENERAL


NOTHING, WORDS, PERCENT, SCALED = "nothing", "words", "percent", "scaled"
"""The ways in which a format shows a figure: not at all; as a text whatever it is; 0.3 with a % behind it; a thousandth of it."""


@lru_cache(maxsize=1024)
def misleads(code: str, text: bool) -> str | None:
    """Return how a format misrepresents a positive number or a text; None if it doesn't.

    ``;;;`` shows nothing, ``"40件"`` always the same, ``0.0"%"`` 0.3 % for 30 %, ``#,##0,"円"`` a thousandth. A scale whose
    unit is written beside it (``#,##0,"千円"``) doesn't mislead.
    """
    sections = _SECTIONS.findall(code + ";")
    if text:
        if len(sections) < 4 or "@" in _QUOTED.sub("", sections[3]):
            return None
        return WORDS if _SPACES.sub("", sections[3]) else NOTHING
    first = sections[0] if sections else ""
    if _CONDITION.search(code):
        return None  # which section is the figure's is not asked here
    bare = _QUOTED.sub("", first)
    if not _DIGITS.search(bare):
        # A cell that is empty of all format, "", is a general one.
        return None if len(sections) == 1 and not first.strip() else WORDS if _SPACES.sub("", first) else NOTHING
    literal = "".join(_QUOTED.findall(first))
    if not {"%", "@"} & set(bare) and re.search("[%％]", literal):
        return PERCENT
    if re.search(r"[0#?],+(?![0#?,])", bare) and not _UNIT.search(literal + bare):
        return SCALED
    return None


_SECTIONS = regex(r'((?:"[^"]*"|\\.|[^;"\\])*);')
_CONDITION = regex(r"\[[<>=]")
_QUOTED = regex(r'"[^"]*"|\\.|_.|\*.|\[(?!\$)[^\]]*\]')
_SPACES = regex(r'"\s*"|\\ |_.|\*.|\[[^\]]*\]|\s')
_DIGITS = regex(r"[0#?@]|General|標準|[ymdhsge]", re.IGNORECASE)
_UNIT = regex("[千万億兆KkMmBb]|thousand|mil")


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Return whether a format shows a number as a date or a time."""
    letters = _QUIET.sub("", code.partition(";")[0])
    return bool(re.search(r"[dmhys]|g{1,3}e", letters, re.IGNORECASE)) and not re.search(r"[0#?]\s*[Ee][+-]", letters)


def as_date(number: float, from_1904: bool) -> Any:
    """Return the date of a serial number; the number itself if there is none."""
    if not 1 <= number < 2_958_466:  # up to the year 9999
        return number
    # 1900 was no leap year, but its 29 February has number 60.
    days = number + 1462 if from_1904 else number if number >= 60 else number + 1
    try:
        return datetime.datetime(1899, 12, 30) + datetime.timedelta(days=days)
    except OverflowError:
        return number
