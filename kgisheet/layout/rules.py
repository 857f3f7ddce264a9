"""The validation of an input: what a cell accepts, and its messages before and after a wrong entry."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from ..language.text import Text
from ..template.model import Cell
from ..template.roles import Roles
from ..template.tables import MONTH as MONTH_TABLE
from ..template.tables import MONTH_CHANNEL
from ..values.amounts import MAX_COUNT, MAX_FACTOR, MAX_LINES, MAX_TEXT, MAX_YEN
from ..values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ..worksheet.labels import Labels, usual_text

_TITLE = 32
"""Characters that the title of a message holds, in Excel."""
_MESSAGE = 255
"""Characters that a message holds."""

# An example is of the kind that the cell counts: 800 is no number of months.
_EXAMPLES = {"months": "2", "people": "3", "companies": "20", "visits": "5000", "articles": "12", "deals": "10"}
_COUNTED = {
    "months": Text("月数", "the number of months"),
    "people": Text("人数", "the number of people"),
    "companies": Text("社数", "the number of companies"),
    "visits": Text("訪問数", "the number of visits"),
    "articles": Text("本数", "the number of articles"),
    "deals": Text("件数", "the count"),
}
_NUMBER = Text("数値", "a number")
_CHOOSE = Text("一覧から選んでください。", "Choose from the list.")


class _Accepted(NamedTuple):
    """The entries that a cell accepts: the program's rule, and the sentence that says it."""

    rule: dict[str, Any]
    said: Text


def rule(cell: Cell, words: Labels, is_unrounded: bool) -> dict[str, Any]:
    """Return the validation of an input; ``is_unrounded``: counts of the months may have decimals."""
    accepted = _accepted(cell, words, is_unrounded)
    title = _titled(words.say(cell.full_label))
    hint = [words.say(cell.hint) if cell.hint else words.say(accepted.said)]
    if cell.usual is not None:
        usual = words.say(usual_text(cell))
        hint.append(usual[:1].upper() + usual[1:] + words.say(Text("。出典: ", ". Source: ")) + words.say(cell.usual.source))
    if cell.source is not None:
        hint.append(words.say(cell.source))
    return accepted.rule | {
        "error_title": title,
        "error_message": words.say(accepted.said),
        "input_title": title,
        "input_message": _cut("\n".join(hint), _MESSAGE),
    }


def _accepted(cell: Cell, words: Labels, is_unrounded: bool) -> _Accepted:
    if cell.choices is not None:
        return _Accepted({"validate": "list", "source": [words.say(text) for text in cell.choices.values()]}, _CHOOSE)
    if cell.among is not None:
        return _Accepted({"validate": "list", "source": f"={cell.among}"}, _CHOOSE)
    if cell.unit == CURRENCY:
        return _amount(cell)
    if cell.unit == RATE:
        return _rate(cell, words.template.roles)
    if cell.unit == COUNT:
        return _count(cell, bool(cell.decimals) or (cell.table in (MONTH_TABLE, MONTH_CHANNEL) and is_unrounded))
    if cell.unit == MONTH:
        said = Text("月の1日の日付を入力してください(例 2026/4/1)。", "Enter the first day of the month (e.g. 2026-04-01).")
        return _Accepted(_between("date", *_DAYS), said)
    if cell.unit == DATE:
        return _Accepted(
            _between("date", *_DAYS), Text("日付を入力してください(例 2026/4/1)。", "Enter a date (e.g. 2026-04-01).")
        )
    most = MAX_LINES if words.template.has_lines(cell) else MAX_TEXT
    said = Text(f"自由に書いてください({most:,}文字まで)。", f"Any text, up to {most:,} characters.")
    return _Accepted({"validate": "length", "criteria": "<=", "value": most}, said)


def _amount(cell: Cell) -> _Accepted:
    if cell.positive:
        said = Text("0より大きい金額を円で入力してください(例 4000000)。", "Enter an amount in yen, above 0 (e.g. 4000000).")
        return _Accepted(_between("integer", 1, MAX_YEN), said)
    if cell.decimals:  # what a lead or a deal costs
        said = Text("0以上の金額を円で入力してください(例 15000)。", "Enter an amount in yen, 0 or more (e.g. 15000).")
        return _Accepted(_between("decimal", 0, MAX_YEN), said)
    said = Text("0以上の金額を円で入力してください(例 12000000)。", "Enter an amount in yen, 0 or more (e.g. 12000000).")
    return _Accepted(_between("integer", 0, MAX_YEN), said)


def _rate(cell: Cell, roles: Roles) -> _Accepted:
    if cell.name == roles.channel_share:
        said = Text("0%から100%の割合を入力してください(例 25%)。", "Enter a share from 0% to 100% (e.g. 25%).")
        return _Accepted(_between("decimal", 0, 1), said)
    if cell.unbounded:
        said = Text(
            "倍率を入力してください(例 強気は110%、弱気は90%)。",
            "Enter a multiplier (e.g. 110% for optimistic, 90% for pessimistic).",
        )
        return _Accepted(_between("decimal", "0.0000001", MAX_FACTOR), said)
    # The example is of the rate's own size: of visits some per cent become leads, of opportunities a third is won.
    example = f"{100 * float(cell.usual.low):g}%" if cell.usual is not None else "1.2%" if cell.table == MONTH_TABLE else "30%"
    said = Text(
        f"0%より大きく100%以下の割合を入力してください(例 {example})。",
        f"Enter a rate above 0%, up to 100% (e.g. {example}).",
    )
    return _Accepted(_between("decimal", "0.0000001", 1), said)  # a text: 1e-07 is not a number to Excel


def _count(cell: Cell, is_parted: bool) -> _Accepted:
    what = _COUNTED.get(cell.counter or "", _NUMBER)
    example = _EXAMPLES.get(cell.counter or "", "1.5" if is_parted else "10")
    kind = Text("数値", "a number") if is_parted else Text("整数", "a whole number")
    said = Text(
        f"0以上の数値を入力してください(例 {example})。"
        if what == _NUMBER and is_parted
        else f"{what.ja}を0以上の{kind.ja}で入力してください(例 {example})。",
        f"Enter {kind.en}, 0 or more (e.g. {example})."
        if what == _NUMBER
        else f"Enter {what.en}: {kind.en}, 0 or more (e.g. {example}).",
    )
    return _Accepted(_between("decimal" if is_parted else "integer", 0, MAX_COUNT), said)


_DAYS = datetime.date(1901, 1, 1), datetime.date(2199, 12, 31)


def _between(kind: str, low: Any, high: Any) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _titled(label: str) -> str:
    """Return a label as a title: without what is in brackets where it would be cut off within them."""
    return _cut(label if len(label) <= _TITLE else label.partition("(")[0].rstrip() or label, _TITLE)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
