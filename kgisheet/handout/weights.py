"""The weights that a goal is shared by: the roster's shares, weights, or amounts that add up to it."""

from __future__ import annotations

import re
from fractions import Fraction

from ..errors import CsvError, Problem
from ..language.text import Text
from ..plan.wording import percent, yen
from ..values import amounts
from ..values.amounts import FigureError
from ..values.regex import regex
from .roster import SHARES, Roster, Row

SHARE, WEIGHT, AMOUNT = "share", "weight", "amount"
"""How a row's part is written: 30%, 3, 1億円."""

_IN_PERCENT = regex(r"(%|割|パーセント|percent)$", re.IGNORECASE)
_BARE = regex(r"[+-]?[\d,]*\.?\d+")
_TOO_LARGE = 100
"""Bare numbers in the goal's own column are weights up to this part of the goal, and else amounts in yen."""

_FIX = Text("「30%」のような比率か、「3」のような重みで書いてください", "write a share such as 30%, or a weight such as 3")
_NAMES = {
    SHARE: Text("比率(%)", "shares (%)"),
    WEIGHT: Text("重み(数だけ)", "weights (bare numbers)"),
    AMOUNT: Text("金額(円)", "amounts"),
}


def weights(roster: Roster, goal: Fraction) -> list[Fraction]:
    """Return the rows' weights: equal ones without a column of them; raise CsvError with all that is wrong."""
    if roster.weights is None:
        return [Fraction(1)] * len(roster.rows)
    problems: list[Problem] = []
    found = [_weight(row, roster, problems) for row in roster.rows]
    if not problems:
        problems += _of_all(roster, found, goal)
    if problems:
        raise CsvError(*problems)
    return [weight for _, weight in found]


def _weight(row: Row, roster: Roster, problems: list[Problem]) -> tuple[str, Fraction]:
    """Return how a row's part is written, and its weight."""
    given = row.weight or ""
    text = amounts.plain(given)
    kind = SHARE if _IN_PERCENT.search(text) else WEIGHT if _BARE.fullmatch(text) else AMOUNT
    try:
        if not text:
            raise FigureError(
                Text("配分が空です", "the share is missing"),
                Text("0 か、ほかの値を書いてください", "write one, or 0 for nothing"),
            )
        return kind, amounts.rate(given, zero=True) if kind == SHARE else amounts.money(given)
    except FigureError as bad:
        is_words = kind == AMOUNT or (kind == SHARE and not re.search(r"\d", text))
        what = (
            Text(f"「{given}」を配分として読めません", f"“{given}” can't be read as a share") if is_words and text else bad.what
        )
        problems.append(_at(row, roster, what, _FIX if is_words and text else bad.fix))
        return kind, Fraction(0)


def _of_all(roster: Roster, found: list[tuple[str, Fraction]], goal: Fraction) -> list[Problem]:
    """Return what is wrong with the rows together."""
    kinds = list(dict.fromkeys(kind for kind, weight in found if weight or kind != WEIGHT))  # 0 is 0 in any of them
    total = sum((weight for _, weight in found), Fraction(0))
    if not total:
        return [_of_column(roster, Text("配分がすべて0です", "all the shares are 0"), None)]
    if len(kinds) > 1:
        odd = next(row for row, (kind, weight) in zip(roster.rows, found, strict=True) if weight and kind != kinds[0])
        first, other = (_NAMES[kind] for kind in kinds[:2])
        what = Text(f"{first.ja}と{other.ja}が混ざっています", f"some are {first.en}, others {other.en}")
        return [_at(odd, roster, what, Text("どちらかにそろえてください", "write all of them the same way"))]
    if kinds == [SHARE] and total != 1:
        what = Text(f"配分の合計が{percent(total)}です", f"the shares add up to {percent(total)}")
        fix = Text("100%にするか、% を付けずに重みとして書いてください", "make it 100%, or write weights, without %")
        return [_of_column(roster, what, fix)]
    is_own = (roster.weights or "").casefold() not in SHARES
    if total != goal and (kinds == [AMOUNT] or (is_own and total * _TOO_LARGE >= goal)):
        what = Text(
            f"金額の合計({yen(total)}円)が、計画の目標({yen(goal)}円)と違います",
            f"the amounts add up to ¥{yen(total)}, and the plan's goal is ¥{yen(goal)}",
        )
        fix = Text(
            "合計を合わせるか、比率(30%)か重み(3)で書いてください。金額のまま重みにするなら、見出しを 重み にして円・万などを外します",
            "make them add up, or write shares (30%) or weights (3); amounts can be weights without their unit, under the heading “weight”",
        )
        return [_of_column(roster, what, fix)]
    return []


def _at(row: Row, roster: Roster, what: Text, fix: Text | None) -> Problem:
    return Problem("share", what, fix, roster.name, row.line, roster.weights)


def _of_column(roster: Roster, what: Text, fix: Text | None) -> Problem:
    return Problem("shares", what, fix, roster.name, None, roster.weights)
