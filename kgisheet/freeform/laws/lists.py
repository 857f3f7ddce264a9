"""The lists of a sheet: single figures one below the other, each with a label, as most goal sheets without a table are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...values.regex import regex
from ...values.units import CURRENCY
from ..read import terms
from ..read.plane import Spot
from ..read.spelling import in_one_language, plain
from ..read.units import unit_of
from ..rules.cells import OF_THINGS
from .tables import COUNT, MONEY, PERCENT, Tables, Value

AMOUNT, _RATIO = terms.of("amount"), terms.of("ratio_of_two")
_EMPTY = regex(
    r"平均|単価|売上高?|金額|合計|小計|計$|目標|予算|年間|月間|あたり|必要|計画|見込み?|想定|[件社人回名台枚口本]?数|\(.*?\)|[\d]+|の|新規"
)
_RUN, _WORD = regex(r"[\u30a1-\u30fa\u30fc]{2,}|[\u3005\u4e00-\u9fff]{2,}"), regex(r"[a-z]{3,}")
_COMMON = frozenset(
    (
        "the",
        "per",
        "for",
        "and",
        "goal",
        "targe",
        "plan",
        "need",
        "neede",
        "requi",
        "avera",
        "avg",
        "size",
        "price",
        "rate",
        "total",
        "reven",
        "sale",
        "cost",
        "budge",
        "value",
        "amoun",
        "numbe",
        "count",
        "month",
        "year",
        "from",
        "mean",
        "each",
        "with",
    )
)
_STEM = 5
_GAP = 3  # rows from a figure to the next one of its list, at most
_MOST = 60  # figures of one list; more are data


class Figure(NamedTuple):
    """One figure of a list."""

    value: Value
    label: str
    kind: str
    names: frozenset[str]
    unit: int | None = None
    """How many yen one of it is that isn't in its value yet; None where nothing says so."""
    beside: int | None = None
    """How many yen one of it is, as the unit beside it says."""


def lists(tables: Tables) -> Iterator[list[Figure]]:
    """Yield the figures of each column that are the first ones after their labels."""
    columns: dict[int, list[Figure]] = {}
    rates = {at: value for at in tables.texts if at not in tables.values and (value := tables.rate(at)) is not None}
    for (row, col), value in sorted({**tables.values, **rates}.items()):
        spot = tables.cells.label(value.spot)
        if (row, col) in rates:
            # 10人に3人 beside its label, or ↓ 25 % in the column itself.
            columns.setdefault(col, []).append(
                Figure(value, value.spot.flat, PERCENT, names(f"{spot.flat if spot else ''} {value.spot.flat}"))
            )
            continue
        if (
            spot is None
            or any((row, at) in tables.values for at in range(spot.last_col + 1, col))
            or _is_followed(tables, row, col)
        ):
            continue
        columns.setdefault(col, []).append(figure_of(tables, value, spot, _unit_beside(tables, row, col)))
    yield from _tails(tables)
    for column in columns.values():
        if len(column) > _MOST:
            continue
        own: list[Figure] = []
        for each in column:
            if own and _are_apart(tables, own[-1].value, each.value):
                yield own
                own = []
            own.append(each)
        yield own


def figure_of(tables: Tables, value: Value, name: Spot, beside: int | None) -> Figure:
    """Return a figure as one of a list: an amount where its name says so, or the unit ``beside`` it."""
    label = in_one_language(name.flat)
    is_amount = (AMOUNT.search(label) or _is_abroad(tables, value)) and not (
        _COUNTED.search(label) or OF_THINGS.search(label) or (value.kind != MONEY and _RATIO.search(label))
    )
    unit = 1 if value.kind == MONEY else beside
    kind = value.kind if value.kind != COUNT else MONEY if is_amount or unit is not None else COUNT
    return Figure(value, label, kind, names(name.flat), unit, beside)


def _tails(tables: Tables) -> Iterator[list[Figure]]:
    """Yield what goes on below a table, in one of its columns alone, with the last line of it: 計, 予算枠, 残り."""
    by_row: dict[int, list[int]] = {}
    for row, col in tables.values:
        by_row.setdefault(row, []).append(col)
    alone = {row: cols[0] for row, cols in by_row.items() if len(cols) == 1}
    for first in sorted(alone):
        col = alone[first]
        top = first - 1 if first - 1 in by_row or (first - 1, col) in tables.texts else first - 2
        if alone.get(top) == col or len(by_row.get(top, ())) < _LEAST or (top, col) not in tables.values:
            continue
        if tables.firsts[True][top] == col:
            continue  # of a list, with something beside it
        if top < first - 1 and (
            any((first - 1, at) in tables.texts for at in range(col + 1)) or not _is_goal(tables, first, col)
        ):
            continue
        rows = [top]
        if first != top + 1:
            rows.append(first)
        while (below := _next_below(tables, alone, rows[-1], col)) is not None:
            rows.append(below)
        figures = []
        for row in rows:
            value = tables.values[row, col]
            label = tables.cells.label(value.spot)
            if label is not None:
                figures.append(Figure(value, label.flat, value.kind, names(label.flat), 1 if value.kind == MONEY else None))
        # A rate below a total is a growth, or a share of it.
        if len(figures) > _LEAST and _TOTAL.search(figures[0].label) and all(each.kind != PERCENT for each in figures):
            yield figures


def _next_below(tables: Tables, alone: Mapping[int, int], row: int, col: int) -> int | None:
    """Return the next line with one figure alone in a column, right below another or with a blank row between: the goal, and the gap to it."""
    if alone.get(row + 1) == col:
        return row + 1
    if alone.get(row + 2) != col or any(
        (row + 1, at) in tables.texts or (row + 1, at) in tables.values for at in range(col + 1)
    ):
        return None
    return row + 2 if _is_goal(tables, row + 2, col) else None


def _is_goal(tables: Tables, row: int, col: int) -> bool:
    """Return whether a figure is a goal, or how much there is less than that."""
    label = tables.cells.label(tables.values[row, col].spot)
    return label is not None and _GOAL.search(label.flat)


_GOAL = terms.of("wanted", "short_of")


_LEAST = 2
_TOTAL = terms.of("total")


def _are_apart(tables: Tables, one: Value, other: Value) -> bool:
    """Return whether a heading, or a figure that isn't read, is between two figures; or more than a blank row."""
    (row, col), last = one.at, other.at[0]
    label = tables.cells.label(other.spot)
    first = label.col if label is not None else col
    return last - row > _GAP or any(
        (spot := tables.texts.get((at, place))) is not None and not _ARROW.match(spot.flat)
        for at in range(row + 1, last)
        for place in range(first, col + 1)
    )


_ARROW = regex(r"^[↓↑▼▲⇓⇑×÷→⇒]|^\W*\d+(?:\.\d+)?\s*%\W*$")
"""So begins what says how one figure leads to the next one, and is no heading: ↓ 30 %."""


def _is_abroad(tables: Tables, value: Value) -> bool:
    """Return whether a figure is an amount of another currency than yen, by its own text, its label, or what is over it."""
    head = tables.name(value, across=True)
    texts = (
        tables.name(value, across=False),
        tables.cells.amount(value.spot).typed or "",
        head if len(head) <= _HEADING else "",
    )
    return any(_ABROAD.search(plain(each)) for each in texts)


_ABROAD, _HEADING = regex(r"[$€£]|\b(?:usd|eur|gbp|chf)\b"), 12


def _unit_beside(tables: Tables, row: int, col: int) -> int | None:
    spot = tables.texts.get((row, col + 1))
    unit = unit_of(spot.text) if spot is not None else None
    return unit.factor if unit is not None and unit.kind == CURRENCY else None


def _is_followed(tables: Tables, row: int, col: int) -> bool:
    """Return whether the next cell with something after a figure is another figure: both are of a table.

    The same rate in words, 5 out of 8 beside 62.5 %, is a remark.
    """
    own = tables.values[row, col]
    for at in range(col + 1, col + _WIDE):
        other = tables.values.get((row, at))
        if other is not None:
            return not (other.spot.text and other.kind == own.kind == PERCENT and other.exact == own.exact)
        if (row, at) in tables.texts:
            return False
    return False


_WIDE = 4
_COUNTED = regex(r"[件社人回名台枚口本]数|\([件社人名回台枚口本]\)|件$|数$|number|count|#")


WITHOUT_BRACKETS = str.maketrans("()（）[]", "      ")
"""Words in brackets say of what a rate is: 個別相談率（当日参加比）."""


_OKURIGANA = regex(r"(?<=[\u4e00-\u9fff])[いしりきち](?=[\u4e00-\u9fff])")
"""問い合わせ is written 問合せ, too, 申し込み 申込, 引き合い 引合."""


def _ending(stem: str) -> str:
    return f"{stem[:-1]}i" if stem.endswith("y") else stem.removesuffix("s")


def names(label: str) -> frozenset[str]:
    """Return the words of a label that mean something: those in English without their ends, of Japanese each pair of letters."""
    flat = _EMPTY.sub(" ", _OKURIGANA.sub("", label))
    latin = {_ending(each[:_STEM]) for each in _WORD.findall(label)} - _COMMON
    return frozenset(latin | {run[at : at + 2] for run in _RUN.findall(flat) for at in range(len(run) - 1)})
