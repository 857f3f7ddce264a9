"""Number formats of a workbook: which code each style has, and whether it shows a date."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any

from .xml import tree

GENERAL = "General"

# ECMA-376, 18.8.30: codes that files leave out, the Japanese dates among them.
_BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d"),
}  # fmt: skip
_QUIET = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]|General|AM/PM|A/P', re.IGNORECASE)


def codes(styles: bytes | None) -> list[str]:
    """The format code of each cell style, in order; raises XmlError."""
    if styles is None:
        return []
    root = tree(styles)
    own: dict[str, str] = {}
    for group in root.all("numFmts"):
        own |= {each.get("numFmtId"): each.get("formatCode") for each in group.all("numFmt")}
    styled = root.first("cellXfs")
    return [] if styled is None else [_code(each.get("numFmtId", "0"), own) for each in styled.all("xf")]


def _code(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return _BUILT_IN.get(int(number), GENERAL) if number.isascii() and number.isdigit() and len(number) < 6 else GENERAL


@lru_cache(maxsize=1024)
def shows_nothing(code: str, text: bool) -> bool:
    """Whether a format such as ``;;;`` leaves a positive number, or a text, unseen."""
    sections = _SECTIONS.findall(code + ";")
    if text:
        return len(sections) > 3 and not _NOTHING.sub("", sections[3])
    return len(sections) > 1 and not _NOTHING.sub("", sections[0])


_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*);')
_NOTHING = re.compile(r'"\s*"|\\ |_.|\[[^\]]*\]|\s')


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether a format shows a number as a date or a time."""
    letters = _QUIET.sub("", code.partition(";")[0])
    return bool(re.search(r"[dmhys]|g{1,3}e", letters, re.IGNORECASE)) and not re.search(r"[0#?]\s*[Ee][+-]", letters)


def as_date(number: float, from_1904: bool) -> Any:
    """The date that a serial number stands for; the number itself where it is none."""
    if not 1 <= number < 2_958_466:  # up to the year 9999
        return number
    # 1900 was no leap year, but its 29 February has number 60.
    days = number + 1462 if from_1904 else number if number >= 60 else number + 1
    try:
        return datetime.datetime(1899, 12, 30) + datetime.timedelta(days=days)
    except OverflowError:
        return number
