"""Lists that conditional sums, counts and look-ups read: a stretch that ends a line before the list does, where others have all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...values import budget
from ...values.a1 import column_number
from ...values.regex import regex
from ..read.lexicon import TOTAL
from ..rules.cells import Cells
from .fills import At
from .formed import Lists

_READS = regex(
    r"\b(?:SUMIFS?|COUNTIFS?|AVERAGEIFS?|SUMPRODUCT|[VX]?LOOKUP|MAXIFS|MINIFS|INDEX|MATCH|SUM|COUNTA?|AVERAGE)\(", re.IGNORECASE
)
_PICKS = regex(r"\b(?:SUMIFS?|COUNTIFS?|AVERAGEIFS?|SUMPRODUCT|[VX]?LOOKUP|MAXIFS|MINIFS|INDEX|MATCH)\(", re.IGNORECASE)
_AREA = regex(r"(?:('[^']+'|[^\W\d][\w.]*)!)?(\$?)([A-Z]{1,3})(\$?)(\d{1,6}):(\$?)([A-Z]{1,3})(\$?)(\d{1,6})", re.IGNORECASE)
_FEWEST, _AT_MOST, _MOST = 3, 2, 2000


class Stretch(NamedTuple):
    """The lines of some columns of a sheet that a formula reads."""

    sheet: str
    cols: tuple[int, int]
    first: int
    last: int
    fixed: bool


def uncovered(cells: Cells, own: Mapping[At, str]) -> Iterator[tuple[At, str]]:
    """Yield the formulas that leave out the first or last lines of a list that all others read, with all of it."""
    title = cells.page.title
    every = [
        (where, formula)
        for where, formula in cells.sheets.formulas.items()
        if ":" in formula and _READS.search(formula) is not None
    ]
    if not any(where[0] == title and _PICKS.search(formula) for where, formula in every) or len(every) > _MOST:
        return
    budget.spend(budget.STEPS, 4 * len(every))
    read = {where: _stretches(formula, where[0]) for where, formula in every}
    for at, formula in own.items():
        mine = read.get((title, *at))
        if not mine or _PICKS.search(formula) is None:
            continue
        lists = _alike(mine)
        if lists is None:
            continue
        others = [
            each
            for where, found in read.items()
            if where != (title, *at)
            for each in found
            if each.sheet == lists.sheet and any(each.cols == one.cols for one in mine)
        ]
        whole = {(each.first, each.last) for each in others}
        if len(whole) != 1:
            continue
        first, last = whole.pop()
        missed = [*range(first, lists.first), *range(lists.last + 1, last + 1)]
        if (
            lists.first >= first
            and lists.last <= last
            and 0 < len(missed) <= _AT_MOST < last - first + 1
            and all(each.fixed for each in mine)
            and _is_list(cells, mine, first, last)
        ):
            yield at, _all_stretched(formula, first, last)


def _stretches(formula: str, title: str) -> list[Stretch]:
    found = []
    for each in _AREA.finditer(formula):
        sheet = each[1].strip("'") if each[1] else title
        cols = (column_number(each[3].upper()), column_number(each[7].upper()))
        found.append(Stretch(sheet, cols, int(each[5]) - 1, int(each[9]) - 1, bool(each[4]) and bool(each[8])))
    return found


def _alike(mine: list[Stretch]) -> Stretch | None:
    """Return one of the stretches of a formula if all have the same lines of one sheet, and several."""
    same = len({(each.sheet, each.first, each.last) for each in mine}) == 1
    return mine[0] if same and mine[0].last > mine[0].first else None


def _is_list(cells: Cells, mine: list[Stretch], first: int, last: int) -> bool:
    """Return whether all lines of a stretch have something in each of its columns, and none of them adds the others up."""
    budget.spend(budget.STEPS, last - first)
    constants, formulas = cells.sheets.constants, cells.sheets.formulas
    for each in mine:
        for col in {each.cols[0], each.cols[1]}:
            places = [(each.sheet, row, col) for row in range(first, last + 1)]
            if any(place not in formulas and constants.get(place) in (None, "") for place in places):
                return False
            if any("SUM" in formulas.get(place, "").upper() for place in (places[0], places[-1])):
                return False
    return True


def _all_stretched(formula: str, first: int, last: int) -> str:
    """Return a formula with other first and last lines in each of its stretches."""

    def stretched(found: re.Match[str]) -> str:
        sheet = f"{found[1]}!" if found[1] else ""
        return f"{sheet}{found[2]}{found[3]}{found[4]}{first + 1}:{found[6]}{found[7]}{found[8]}{last + 1}"

    return _AREA.sub(stretched, formula)


_PRODUCTS = regex(r"SUMPRODUCT\(\0:\0,\s*\0:\0\)", re.IGNORECASE)


def short_products(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the sums of products that end a line before their two columns do, with that line, which no formula takes: =SUMPRODUCT(B2:B3,C2:C3)."""
    for at, formula in lists.filled.items():
        if _PRODUCTS.fullmatch(formula.bare) is None:
            continue
        (top, one), (bottom, also), (first, other), (last, too) = formula.cells
        left = [lists.get((bottom + 1, col)) for col in (one, other)]
        if (top, bottom, one, other) != (first, last, also, too) or at[0] <= bottom + 1 or bottom == top:
            continue
        if all(each is not None and each.typed and not lists.is_used(each.at) for each in left):
            label = lists.cells.label(lists.cells.amounts[bottom + 1, one][0])
            if label is not None and label.kind != TOTAL:
                yield at, formula.text([(top, one), (bottom + 1, one), (top, other), (bottom + 1, other)])
