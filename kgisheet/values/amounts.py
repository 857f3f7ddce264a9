"""Figures as people write them → exact numbers.

1200万円, 1,200万, 1.2億円, 1億2,000万円, ¥12,000,000, 30%, 3割, 800社; full width too.
A bare number is yen for money and a fraction for a rate, taken as the decimal
that is written.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from fractions import Fraction
from typing import Any, NoReturn

from ..language.text import Text
from .regex import regex
from .toml import Decimal

MAX_COUNT = 10**8
"""No count above this (docs/contract.md, Limits; beyond it, spreadsheet programs stop agreeing)."""

MAX_FACTOR = 10
"""No multiplier above this: 110 typed for 110 % is a slip."""

MAX_YEN = 10**15
"""A spreadsheet holds 15 digits; an amount beyond them would not be exact."""


class FigureError(Exception):
    """A text or value that can't be accepted: what is wrong, and what would be right."""

    def __init__(self, what: Text, fix: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.fix = fix


def _refuse(what: Text, fix: Text) -> NoReturn:
    raise FigureError(what, fix)


_POWERS = {
    "千": 10**3,
    "百": 10**2,
    "十": 10,
    "万": 10**4,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "億": 10**8,
    "十億": 10**9,
    "百億": 10**10,
    "千億": 10**11,
    "兆": 10**12,
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_PART = regex(
    rf"({_DIGITS})(兆|千億|百億|十億|億|千万|百万|十万|万|千|百|十|thousand|million|billion|mn|bn|k|m)?", re.IGNORECASE
)
_NUMBER = regex(rf"({_DIGITS})")

_MONEY_FIX = Text(
    "「1200万円」「1,200万」「1.2億円」「12,000,000」のように書いてください",
    "write it like 12,000,000 or 1200万円 (yen)",
)
_RATE_FIX = Text("「30%」か「0.3」のように書いてください", "write it like 30% or 0.3")
_FACTOR_FIX = Text("「110%」か「1.1」のように、1000%までで書いてください", "write it like 110% or 1.1, up to 1000%")


def plain(value: Any) -> str:
    """Return the value as half-width text without spaces; minus signs of all kinds become ``-``."""
    # Only full-width forms are another way of writing; ² and ② are other figures.
    text = "".join(
        unicodedata.normalize("NFKC", each) if "\uff00" <= each <= "\uffef" or each == "\u3000" else each for each in str(value)
    )
    text = re.sub(r"\s", "", text)
    text = re.sub("^[▲△−‐–—]", "-", text)
    # Accountants' brackets mean minus.
    return f"-{text[1:-1]}" if re.fullmatch(r"\(.+\)", text) else text


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _wanted(value: Any, kind: Text, fix: Text) -> str:
    """Return the text to read; refuse what is neither a text nor a number."""
    if not isinstance(value, str) and not _is_number(value):
        shown = {True: "true", False: "false"}.get(value, _shown(value)) if isinstance(value, bool) else _shown(value)
        _refuse(Text(f"{shown} は{kind.ja}ではありません", f"{shown} is not a valid {kind.en}"), fix)
    text = plain(value)
    # A figure needs no more; 5,000 digits would keep the arithmetic busy for nothing.
    if len(text) > 60:
        _refuse(Text(f"「{_shown(value)}」は長すぎます", f"“{_shown(value)}” is too long"), fix)
    if not text:
        _refuse(Text("空です", "it is empty"), fix)
    return text


def money(value: Any) -> Fraction:
    """Return an amount in yen; raise FigureError, for negative amounts too."""
    kind = Text("金額", "amount")
    text = _wanted(value, kind, _MONEY_FIX)
    minus = text.startswith("-")
    rest = text.removeprefix("-").removeprefix("+")
    rest = re.sub(r"^(¥|\\|jpy)", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"(円|yen|jpy)$", "", rest, flags=re.IGNORECASE)
    if rest.endswith("%"):
        _refuse(
            Text(f"「{_shown(value)}」は割合です。金額を書いてください", f"“{_shown(value)}” is a share; an amount is needed"),
            _MONEY_FIX,
        )
    amount = _parts(rest)
    if amount is None:
        _refuse(Text(f"「{_shown(value)}」を金額として読めません", f"“{_shown(value)}” can't be read as an amount"), _MONEY_FIX)
    if minus and amount:
        _refuse(
            Text(f"「{_shown(value)}」は負の金額です", f"“{_shown(value)}” is negative"),
            Text("0円以上の金額を書いてください", "write zero or more yen"),
        )
    if amount > MAX_YEN:
        _refuse(
            Text(f"「{_shown(value)}」は大きすぎます", f"“{_shown(value)}” is too large"),
            Text("1,000兆円までの金額を書いてください", "at most 10^15 yen"),
        )
    return amount


def _parts(text: str) -> Fraction | None:
    """Return the sum of 1億 + 2,000万 + 500: each unit smaller than the one before."""
    total, at, last = Fraction(0), 0, None
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            return None
        power = _POWERS[(match[2] or "").lower()] if match[2] else 1
        if last is not None and power >= last:
            return None
        if match[2] and match[2].isascii() and match.end() < len(text):
            return None  # 120 m2 are no 120 million and two
        total += Fraction(match[1].replace(",", "")) * power
        last, at = power, match.end()
    return total if at else None


def counted(value: Any) -> tuple[int, int] | None:
    """Return the two counts of a rate given as counts: "9 of 30", "9/30", "30件中9件" → (9, 30); None for anything else."""
    text = plain(value) if isinstance(value, str) else ""
    found = _COUNTED.fullmatch(text)
    if found is None:
        return None
    hits, cases = int(found["hits"] or found["hits_ja"]), int(found["cases"] or found["cases_ja"])
    return (hits, cases) if 0 < hits <= cases <= MAX_COUNT else None


_COUNTED = regex(r"(?P<hits>\d{1,9})\s*(?:of|/)\s*(?P<cases>\d{1,9})|(?P<cases_ja>\d{1,9})件?中(?P<hits_ja>\d{1,9})件?")


def rate(value: Any, zero: bool = False) -> Fraction:
    """Return a fraction above 0 and up to 1; ``zero`` allows 0, as a share may be. Raise FigureError."""
    text = _wanted(value, Text("割合", "rate"), _RATE_FIX)
    number = _rate_number(text, value)
    if number < 0:
        _refuse(Text(f"「{_shown(value)}」は負の割合です", f"“{_shown(value)}” is negative"), _limits(zero))
    if number == 0 and not zero:
        _refuse(
            Text(f"「{_shown(value)}」では割り算ができません", f"“{_shown(value)}” can't be used as a divisor"), _limits(zero)
        )
    if number > 1:
        _refuse(Text(f"「{_shown(value)}」は100%を超えています", f"“{_shown(value)}” is above 100%"), _limits(zero))
    return number


def factor(value: Any) -> Fraction:
    """Return a multiplier for a rate: "110%" or 1.1, above 0 and up to MAX_FACTOR. Raise FigureError."""
    text = _wanted(value, Text("倍率", "multiplier"), _FACTOR_FIX)
    bare = _NUMBER.fullmatch(text.removeprefix("+"))
    number = Fraction(text.replace(",", "")) if bare else _rate_number(text, value)
    if not 0 < number <= MAX_FACTOR:
        _refuse(Text(f"「{_shown(value)}」は倍率に使えません", f"“{_shown(value)}” is not a multiplier"), _FACTOR_FIX)
    return number


def _limits(zero: bool) -> Text:
    return (
        Text("0%以上100%以下で書いてください", "write 0% to 100%")
        if zero
        else Text("0%より大きく100%以下で書いてください", "write more than 0% and at most 100%")
    )


def _rate_number(text: str, value: Any) -> Fraction:
    sign = -1 if text.startswith("-") else 1
    rest = text.removeprefix("-").removeprefix("+")
    for ending, per in (("%", 100), ("パーセント", 100), ("percent", 100), ("割", 10)):
        if rest.endswith(ending) and _NUMBER.fullmatch(rest.removesuffix(ending)):
            return sign * Fraction(rest.removesuffix(ending).replace(",", "")) / per
    if not _NUMBER.fullmatch(rest):
        _refuse(Text(f"「{_shown(value)}」を割合として読めません", f"“{_shown(value)}” can't be read as a rate"), _RATE_FIX)
    number = Fraction(rest.replace(",", ""))
    if 1 < number <= 100 and sign > 0:
        percent, times = _short(number), _short(number * 100)
        _refuse(
            Text(
                f"「{_shown(value)}」は{percent}%か{times}%か判断できません",
                f"“{_shown(value)}” may mean {percent}% or {times}%",
            ),
            Text(
                f"{percent}%のことなら「{percent}%」か「{_short(number / 100)}」と書いてください",
                f"write {percent}% or {_short(number / 100)} for the first",
            ),
        )
    return sign * number


def _short(number: Fraction) -> str:
    return trimmed(float(number), 6)


def trimmed(number: float, digits: int, comma: str = ",") -> str:
    """Return a number with at most so many decimals and no trailing zeros: 1,234.5."""
    text = f"{number:{comma}.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def count(value: Any, is_whole: bool = True) -> Fraction:
    """Return a count from 0 to MAX_COUNT, with decimals only where it need not be whole; raise FigureError."""
    fix = Text("「800」「800社」のように0以上の整数で書いてください", "write a whole number, zero or more, like 800")
    if not is_whole:
        fix = Text("「800」「66.67」のように0以上の数で書いてください", "write a number, zero or more, like 800 or 66.67")
    text = _wanted(value, Text("件数", "count"), fix)
    amount = _parts(re.sub(r"(件|社|名|人|回|本)$", "", text))
    if amount is None or (is_whole and amount.denominator != 1):
        _refuse(Text(f"「{_shown(value)}」を件数として読めません", f"“{_shown(value)}” can't be read as a count"), fix)
    if amount > MAX_COUNT:
        _refuse(
            Text(f"「{_shown(value)}」は大きすぎます", f"“{_shown(value)}” is too large"),
            Text("1億件までで書いてください", "at most 100,000,000"),
        )
    return amount


def weight(value: int | Decimal) -> Fraction:
    """Return a weight, which may be the amount or the count that it is in proportion to; raise FigureError, ValueError for a negative one."""
    fix = Text("0以上、1,000兆までの数を書いてください", "write a number from zero to 10^15")
    text = _wanted(value, Text("重み", "weight"), fix)
    if (amount := Fraction(text)) > MAX_YEN:
        _refuse(Text(f"「{_shown(value)}」は大きすぎます", f"“{_shown(value)}” is too large"), fix)
    if amount < 0:
        raise ValueError
    return amount


def day(value: Any) -> datetime.date:
    """Return a date: a TOML date, 2026-04-01, 2026/4/1, 2026年4月1日; raise FigureError."""
    fix = Text("2026-04-01 のように書いてください", "write it like 2026-04-01")
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return _from_1900(value, value, fix)
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain(value)) if isinstance(value, str) else None
    try:
        if match:
            return _from_1900(datetime.date(int(match[1]), int(match[2]), int(match[3])), value, fix)
    except ValueError:
        pass
    if match and 1 <= int(match[2]) <= 12 and int(match[1]) > 0:
        last = calendar.monthrange(int(match[1]), int(match[2]))[1]
        what = Text(
            f"「{_shown(value)}」という日付はありません({int(match[2])}月は{last}日まで)",
            f"there is no “{_shown(value)}”: the month has {last} days",
        )
        _refuse(what, fix)
    _refuse(Text(f"「{_shown(value)}」は日付ではありません", f"“{_shown(value)}” is not a date"), fix)


def month(value: Any) -> datetime.date:
    """Return the first day of a month: 2026-04, 2026/4, 2026年4月; raise FigureError."""
    fix = Text('"2026-04" のように、年と1〜12の月で書いてください', 'write it like "2026-04": a year and a month from 01 to 12')
    if isinstance(value, datetime.date):
        return _from_1900(datetime.date(value.year, value.month, 1), value, fix)
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", plain(value)) if isinstance(value, str) else None
    if match and 1 <= int(match[2]) <= 12 and int(match[1]) > 0:
        return _from_1900(datetime.date(int(match[1]), int(match[2]), 1), value, fix)
    _refuse(Text(f"「{_shown(value)}」という月はありません", f"“{_shown(value)}” is not a month"), fix)


def _from_1900(date: datetime.date, value: Any, fix: Text) -> datetime.date:
    # A spreadsheet's dates begin in 1900, and its first two months are off by one.
    if not 1901 <= date.year <= 2199:
        _refuse(
            Text(
                f"「{_shown(value)}」は表計算で扱える日付ではありません",
                f"“{_shown(value)}” is not a date that a spreadsheet can hold",
            ),
            fix,
        )
    return date


MAX_TEXT = 255
"""Characters of a text of one line."""

MAX_LINES = 1000
"""Characters of a text of several lines: a remark, a risk."""


def text(value: Any, lines: bool = False) -> str:
    """Return one line of text, or several with ``lines``, unchanged; raise FigureError."""
    most = MAX_LINES if lines else MAX_TEXT
    fix = Text(f"{MAX_TEXT}文字までの1行の文字で書いてください", f"write one line of at most {MAX_TEXT} characters")
    if lines:
        fix = Text(f"{MAX_LINES:,}文字までの文字で書いてください", f"write a text of at most {MAX_LINES:,} characters")
    if not isinstance(value, str) or isinstance(value, Decimal):
        _refuse(
            Text(f"{_shown(value)} は文字ではありません", f"{_shown(value)} is not text"),
            Text('" で囲んでください', "put it in quotation marks"),
        )
    if len(value) > most:
        _refuse(Text(f"文字が長すぎます({len(value):,}文字)", f"the text is too long ({len(value):,} characters)"), fix)
    for letter in value:
        if lines and letter == "\n":
            continue
        if letter in "\r\n":
            _refuse(Text("改行があります", "there is a line break"), fix)
        if unicodedata.category(letter) in ("Cc", "Cs") or letter in "\u2028\u2029\ufffe\uffff":
            _refuse(
                Text(
                    f"使えない文字(U+{ord(letter):04X})があります",
                    f"there is a character that a cell can't hold (U+{ord(letter):04X})",
                ),
                fix,
            )
    return value
