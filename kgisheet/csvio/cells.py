"""The content of a CSV cell: a month, a count, a rate, an amount, or nothing typed."""

from __future__ import annotations

import datetime
import re
import unicodedata
from fractions import Fraction
from typing import NoReturn

from ..language.months import MONTH_NUMBERS
from ..language.text import Text
from ..values import amounts
from ..values.amounts import FigureError
from ..values.regex import regex
from ..values.units import CURRENCY, RATE
from .headings import Unit

_BLANKS = {
    "",
    "-",
    "--",
    "―",
    "‐",
    "–",
    "—",
    "－",
    "ー",
    "−",
    "―未入力",
    "–tofillin",
    "未入力",
    "n/a",
    "na",
    "#n/a",
    "null",
    "(blank)",
    "(空白)",
}
_MAX = 100

_YEAR_TOO = Text("「2026-04」のように年と月で書いてください", "include the year, like 2026-04")


def is_blank(text: str) -> bool:
    """Return whether nothing was entered: an empty cell, or a dash or similar placeholder."""
    return len(text) < 20 and re.sub(r"\s", "", text).casefold() in _BLANKS


def _refuse(what: Text, fix: Text) -> NoReturn:
    raise FigureError(what, fix)


def _short(text: str) -> str:
    if len(text) > _MAX:
        _refuse(
            Text(f"「{text[:20]}…」は長すぎます", f"“{text[:20]}…” is too long"),
            Text("月か数だけを書いてください", "write a month or a number alone"),
        )
    return text


def looks_like_month(text: str) -> bool:
    """Return whether a cell is meant as a month, readable or not: it begins a row of figures, and isn't a heading."""
    if len(text) > _MAX or is_blank(text):
        return False
    try:
        month(text, datetime.date(2000, 1, 1))
    except FigureError:
        return bool(re.match(r"^\s*[\d\uff10-\uff19]", text))
    return True


def month(text: str, start: datetime.date | None = None) -> datetime.date:
    """Return the first day of the month; raises FigureError.

    2026-04, 2026/4, 2026年4月, 2026.04, 202604, 令和8年4月, Apr-26 and April 2026; of a
    date, with or without a time, its month. 4月 or Apr alone is the month of the year that begins with ``start``.
    """
    flat = unicodedata.normalize("NFKC", _short(text)).strip().casefold()
    flat = re.sub("[‐‑–—−]", "-", flat)
    flat = re.sub(r"(?<=\d)(?:t|\s+)\d{1,2}:\d{2}.*$", "", flat)
    flat = re.sub(r"\s*\([月火水木金土日]\)$", "", flat)
    flat = re.sub(r"(?<=月)[度分]$", "", re.sub(r"\s+", " ", flat))
    tight = flat.replace(" ", "")
    era = re.fullmatch(r"(?:令和|r)(\d{1,2}|元)[年./-](\d{1,2})(?:[月./-](\d{1,2})?日?)?", tight)
    if era:  # 令和1年 is 2019
        tight = f"{2018 + (1 if era[1] == '元' else int(era[1]))}-{era[2]}" + (f"-{era[3]}" if era[3] else "")
    compact = re.fullmatch(r"((?:19|20|21)\d{2})(0[1-9]|1[0-2])(\d{2})?", tight)
    if compact:
        tight = f"{compact[1]}-{compact[2]}" + (f"-{compact[3]}" if compact[3] else "")
    turned = re.fullmatch(r"(\d{1,2})[-/](\d{4})", tight)  # 04/2026
    if turned:
        tight = f"{turned[2]}-{turned[1]}"
    named = _named(flat)
    if named is not None:
        year, number = named
        tight = f"{year}-{number}" if year else f"{number}月"
    alone = re.fullmatch(r"(\d{1,2})月?", tight)
    if alone and 1 <= int(alone[1]) <= 12:
        if start is None:
            _refuse(Text(f"「{text}」は何年の月か分かりません", f"“{text}” doesn't say of which year"), _YEAR_TOO)
        return datetime.date(start.year + (int(alone[1]) < start.month), int(alone[1]), 1)
    if re.fullmatch(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", tight):
        return amounts.day(tight).replace(day=1)
    _refuse_ambiguous(text, tight)
    try:
        return amounts.month(tight)
    except FigureError as bad:
        what = bad.what if tight == text else Text(f"「{text}」という月はありません", f"“{text}” is not a month")
        raise FigureError(what, _YEAR_TOO) from None


def _named(flat: str) -> tuple[int, int] | None:
    """Return (year or 0, month) of Apr-26 (what Excel makes of 2026-04), April 2026, Apr; not of 26-Apr, where Excel means the day."""
    match = re.fullmatch(r"([a-z]{3,9})\.?(?:[ ,/'-]*(\d{4}|\d{2}))?", flat)
    if match and match[1] in MONTH_NUMBERS:
        year = int(match[2] or 0)
        return year + 2000 if match[2] and year < 100 else year, MONTH_NUMBERS[match[1]]
    match = re.fullmatch(r"(\d{4})[ /-]*([a-z]{3,9})\.?", flat)
    return (int(match[1]), MONTH_NUMBERS[match[2]]) if match and match[2] in MONTH_NUMBERS else None


def _refuse_ambiguous(text: str, tight: str) -> None:
    """Refuse 4/5, 4/5/2026, 26-Apr and 26年4月: each has two readings."""
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}", tight):
        _refuse(
            Text(f"「{text}」は月/日か年/月か判断できません", f"“{text}” may be a month and a day, or a year and a month"),
            _YEAR_TOO,
        )
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(\d{2})?", tight):
        _refuse(
            Text(f"「{text}」は月と日の順を判断できません", f"“{text}” doesn't say which is the month and which the day"),
            _YEAR_TOO,
        )
    if re.fullmatch(r"\d{1,2}[-/ ]?[a-z]{3,9}", tight) and re.sub(r"[\d/ -]", "", tight) in MONTH_NUMBERS:
        _refuse(Text(f"「{text}」の数は日か年か判断できません", f"the number in “{text}” may be a day or a year"), _YEAR_TOO)
    if re.fullmatch(r"\d{1,2}年\d{1,2}月?", tight):
        _refuse(Text(f"「{text}」は西暦か和暦か判断できません", f"the year of “{text}” has only two digits"), _YEAR_TOO)


_BARE = regex(r"[+-]?[\d,]*+(?:\.\d*)?")


def is_bare(text: str) -> bool:
    """Return whether a cell is a number without any unit."""
    plain = amounts.plain(_short(text))
    return bool(plain) and _BARE.fullmatch(plain) is not None


def count(text: str) -> Fraction:
    """Return zero or more things, whole or not: plans without rounding and attribution models give 12.5. Raise FigureError."""
    bare = re.sub(r"(件|社|名|人|回|本)$", "", amounts.plain(_short(text)))
    if bare.startswith("-") and _BARE.fullmatch(bare):
        _refuse(
            Text(f"「{text}」は負の数です", f"“{text}” is negative"),
            Text("「800」「800件」のように0以上の数で書いてください", "write a number, zero or more, like 800"),
        )
    if re.fullmatch(r"\d+\.\d+|\d{1,3}(,\d{3})+\.\d+", bare) and len(bare) <= 60:
        number = Fraction(bare.replace(",", ""))
        if number <= amounts.MAX_COUNT:
            return number
    return amounts.count(text)


def rate(text: str, unit: Unit | None = None) -> Fraction:
    """Return a rate above 0 and at most 1; a bare number is in ``unit`` if the heading gives one. Raise FigureError."""
    return amounts.rate(f"{amounts.plain(text)}%" if unit is not None and unit.kind == RATE and is_bare(text) else _short(text))


def money(text: str, unit: Unit | None = None) -> Fraction:
    """Return zero or more yen; a bare number is in ``unit`` if the heading gives one. Raise FigureError."""
    amount = amounts.money(_short(text))
    if unit is not None and unit.kind == CURRENCY and is_bare(text):
        amount *= unit.factor
        if amount > amounts.MAX_YEN:
            amounts.money(amounts.MAX_YEN + 1)  # refused in the words of the one who owns the limit
    return amount


_DIGITS = 8


def decimal(number: Fraction) -> str:
    """Return the number as a decimal: exact if it terminates, else to eight places (half up)."""
    rest, places = number.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        places = _DIGITS
    scaled = (abs(number) * 10**places + Fraction(1, 2)).__floor__()
    digits = str(scaled).rjust(places + 1, "0")
    text = digits[: len(digits) - places] + ("." + digits[len(digits) - places :] if places else "")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"-{text}" if number < 0 and text != "0" else text
