"""Numbers written as text, each in two forms side by side: by this program from an exact number, and as a formula from an operand.

``word`` gives a word in the workbook's language (words.JOINTS, words.AMOUNTS).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from ...values.rounding import GUARD_DECIMALS, grouped, half_up

Word = Callable[[str], str]
T = TypeVar("T")

FEW = Fraction(1, 10)
"""A figure below this is written with more decimals, so that it does not read as 0."""


def quoted(text: str) -> str:
    """Return a text as a string literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def trimmed(x: Fraction) -> str:
    """Return a number with up to four decimals."""
    return grouped(half_up(x, 4), 4).replace(",", "").rstrip("0").rstrip(".")


def trimmed_formula(x: str) -> str:
    return f'ROUND({x},4)&""'


def figure(x: Fraction) -> str:
    """Return a count with separators and at most one decimal."""
    if abs(x) < FEW:
        return trimmed(x)
    shown = half_up(x, 1)
    return grouped(shown, 0 if shown.denominator == 1 else 1)


def figure_formula(x: str) -> str:
    return f"IF(ABS({x})<{float(FEW)},{trimmed_formula(x)},FIXED(ROUND({x},1),IF(ROUND({x},1)=ROUND({x},0),0,1)))"


def percent(x: Fraction) -> str:
    """Return a rate in percent with at most one decimal, more where a small rate would read as 0 % or an incomplete one as 100 %."""
    shown = half_up(x * 100, 1)
    if abs(x) < Fraction(1, 100) or shown == 100:
        return f"{trimmed(x * 100)}%"
    return grouped(shown, 0 if shown.denominator == 1 else 1) + "%"


def percent_formula(x: str) -> str:
    one = f"ROUND({x}*100,1)"
    few = f"OR(ABS({x}*100)<1,{one}=100)"
    return f'IF({few},{trimmed_formula(f"{x}*100")},FIXED({one},IF({one}=ROUND({one},0),0,1)))&"%"'


def listed(said: str, word: Word) -> str:
    """Return names in quotes, one after another, with what a language has between them."""
    return said.replace(word("quotes_meet"), word("quotes_apart"))


def listed_formula(said: str, word: Word) -> str:
    meet, apart = quoted(word("quotes_meet")), quoted(word("quotes_apart"))
    return said if meet == apart else f"SUBSTITUTE({said},{meet},{apart})"


def money(x: Fraction, per: Fraction, unit: str, word: Word) -> str:
    """Return an amount in the display unit, which is ``per`` yen; amounts below one unit in yen."""
    if abs(x) < per:
        return grouped(x, 0) + word("unit_gap") + word("円")
    shown = half_up(x * 100 / per) / 100
    return f"{grouped(shown, 0 if shown.denominator == 1 else 2)}{word('unit_gap')}{unit or word('円')}"


def money_formula(x: str, per: str, unit: str, word: Word) -> str:
    # ROUND(x*100/per,0)/100, not ROUND(x/per,2): with whole yen a tie is then
    # an exact half in every program. Less than one unit is said in yen: 1,200
    # yen typed for 1,200万円 must be seen, and 400万円 is not 0.04億円.
    shown = f"ROUND({x}*100/{per},0)/100"
    named = f'IF({unit}="",{quoted(word("円"))},{unit})'
    return (
        f"IF(ABS({x})<{per},FIXED({x},0)&{quoted(word('unit_gap') + word('円'))},"
        f"FIXED({shown},IF(ROUND({x}/{per},0)={shown},0,2))&{quoted(word('unit_gap'))}&{named})"
    )


class SpokenUnit(NamedTuple, Generic[T]):
    """A unit of amounts in sentences: its size in yen, and its name."""

    yen: T
    name: str


LARGE_DIGITS = 2
"""Decimals of the larger unit in sentences; those of the smaller one are the word ``small_digits``."""


def amount(x: Fraction, least: Fraction, large: SpokenUnit[Fraction], small: SpokenUnit[Fraction], word: Word) -> str:
    """Return an amount as people write it, in the largest unit allowed by ``least``; 約 if that rounds it by half a yen or more."""
    x, least = half_up(x, GUARD_DECIMALS), half_up(least)
    if least >= large.yen:
        return _in_unit(x, large, LARGE_DIGITS, word)
    return _in_unit(x, small, _small_digits(word), word) if least >= small.yen else _in_yen(x, word)


def amount_formula(x: str, least: str, large: SpokenUnit[str], small: SpokenUnit[str], word: Word) -> str:
    return (
        f"IF(ROUND({least},0)>={large.yen},{_in_unit_formula(x, large, LARGE_DIGITS, word)},"
        f"IF(ROUND({least},0)>={small.yen},{_in_unit_formula(x, small, _small_digits(word), word)},{_in_yen_formula(x, word)}))"
    )


def spoken(x: Fraction, large: SpokenUnit[Fraction], small: SpokenUnit[Fraction], word: Word) -> str:
    """Return one amount as people say it: in the larger unit only where that is exact (1.2億円, but 12,345万円), 850万円 beside 億円."""
    steps = x * 10**LARGE_DIGITS / large.yen
    if abs(x) >= large.yen and half_up(steps) == steps:
        return _in_unit(x, large, LARGE_DIGITS, word)
    return _in_unit(x, small, _small_digits(word), word) if abs(x) >= small.yen else _in_yen(x, word)


def spoken_formula(x: str, large: SpokenUnit[str], small: SpokenUnit[str], word: Word) -> str:
    hundred = f"{x}*{10**LARGE_DIGITS}"
    return (
        f"IF(AND(ABS({x})>={large.yen},ROUND({hundred}/{large.yen},0)*{large.yen}={hundred}),"
        f"{_figure_in_unit(x, large, LARGE_DIGITS, word)},"
        f"IF(ABS({x})>={small.yen},{_in_unit_formula(x, small, _small_digits(word), word)},{_in_yen_formula(x, word)}))"
    )


def _small_digits(word: Word) -> int:
    return int(word("small_digits"))


def _in_unit(x: Fraction, unit: SpokenUnit[Fraction], digits: int, word: Word) -> str:
    shown = half_up(x * 10**digits / unit.yen) / 10**digits
    decimals = next(each for each in range(digits + 1) if (shown * 10**each).denominator == 1)
    about = word("about") if half_up(abs(shown * unit.yen - x), 2) >= Fraction(1, 2) else ""
    return f"{about}{word('yen_sign')}{grouped(shown, decimals)}{unit.name}"


def _in_unit_formula(x: str, unit: SpokenUnit[str], digits: int, word: Word) -> str:
    about = f'IF(ROUND(ABS({_steps(x, unit, digits)}*{unit.yen}/{10**digits}-{x}),2)>=0.5,{quoted(word("about"))},"")'
    return f"{about}&{_figure_in_unit(x, unit, digits, word)}"


def _steps(x: str, unit: SpokenUnit[str], digits: int) -> str:
    return f"ROUND(ROUND({x},{GUARD_DECIMALS})*{10**digits}/{unit.yen},0)"


def _figure_in_unit(x: str, unit: SpokenUnit[str], digits: int, word: Word) -> str:
    steps, decimals = _steps(x, unit, digits), str(digits)
    for fewer in range(digits - 1, -1, -1):
        decimals = f"IF(MOD({steps},{10 ** (digits - fewer)})=0,{fewer},{decimals})"
    return f"{quoted(word('yen_sign'))}&FIXED({steps}/{10**digits},{decimals})&{unit.name}"


def _in_yen(x: Fraction, word: Word) -> str:
    return f"{word('yen_sign')}{grouped(x, 0)}{word('yen_unit')}"


def _in_yen_formula(x: str, word: Word) -> str:
    return f"{quoted(word('yen_sign'))}&FIXED(ROUND({x},{GUARD_DECIMALS}),0)&{quoted(word('yen_unit'))}"
