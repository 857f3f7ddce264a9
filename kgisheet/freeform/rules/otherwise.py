"""Relations of the chain that fail, where the sheet's figures show that another one was meant."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...formula.grid import Where
from ...values.units import COUNT, CURRENCY, RATE
from ..read import terms
from ..read.page import Page
from ..read.units import PERIODS
from .cells import Cells
from .quotients import half
from .relation import QUOTIENT, SUM, Relation
from .rounding import fits


def is_of_another_amount(relation: Relation, read: set[Where], cells: Cells) -> bool:
    """Return whether deals follow from an amount that wasn't understood, between the goal and its price: 新規で必要な売上."""
    source, result = relation.operands[0], relation.result
    if relation.kind != QUOTIENT or source.kind != CURRENCY or result.kind != COUNT or len(relation.operands) != 2:
        return False
    (first, col), (last, other) = source.at, result.at
    factor = source.unit.factor if source.unit is not None else 1
    wanted = (result.value or 0) * (relation.operands[1].value or 0)
    part = half(result)
    return col == other and any(
        (at := (row, col)) in cells.amounts
        and (source.where[0], *at) not in read
        and not cells.is_rate(cells.amounts[at][0])
        and (
            wanted in (cells.value(cells.amounts[at][0]), cells.value(cells.amounts[at][0]) * factor)
            or (part is not None and half(cells.figure(cells.amounts[at][0])) == part != half(source))
        )
        for row in range(min(first, last) + 1, max(first, last))
    )


def is_of_another_count(relation: Relation, cells: Cells) -> bool:
    """Return whether another count beside the price, or the amount, is exactly what both make: 160台, and not 68社."""
    if relation.kind != QUOTIENT or len(relation.operands) != 2 or relation.result.kind != COUNT:
        return False
    amount, price = relation.operands
    if amount.kind != CURRENCY or price.kind != CURRENCY or relation.exact < _LARGE_ENOUGH or relation.exact.denominator != 1:
        return False
    own = {each.at for each in relation.cells}
    row, _ = relation.result.at
    down_a_column = len({at[1] for at in own}) == 1  # then what is beside them is of another scenario, or year
    near = [
        (price_row + down, col + right)
        for price_row, col in (price.at, amount.at)
        for down, right in ((0, -1), (0, 1), (0, -2), (0, 2), (-1, 0), (1, 0))
        if not (right and down_a_column and (row, col + right) in cells.amounts)
    ]
    return any(
        at not in own
        and at in cells.amounts
        and not cells.is_rate(cells.amounts[at][0])
        and cells.money(cells.amounts[at][0]) is None
        and cells.value(cells.amounts[at][0]) == relation.exact
        for at in near
    )


_LARGE_ENOUGH = 10


def is_made_by_the_rate_beside(relation: Relation, cells: Cells) -> bool:
    """Return whether a count that is one off is what the rate next to it makes of another count of the sheet exactly: 15 % of 1,300."""
    result = relation.result
    found = result.value
    if relation.kind != QUOTIENT or found is None or found < 10 * _LARGE_ENOUGH or abs(relation.exact - found) > 1:
        return False
    own = {each.at for each in relation.cells}
    for step in (-1, 1):
        at = (result.at[0] + step, result.at[1])
        if (
            at in own
            or at not in cells.amounts
            or not cells.is_rate(cells.amounts[at][0])
            or not (by := cells.value(cells.amounts[at][0]))
        ):
            continue
        if any(
            here not in own and cells.money(spot) is None and not cells.is_rate(spot) and cells.value(spot) * by == found
            for here, (spot, _) in cells.amounts.items()
        ):
            return True
    return False


def is_in_thousands(relation: Relation) -> bool:
    """Return whether an amount of another currency and a price are in its thousands, and in its ones: Revenue ($k), Deal size ($)."""
    source, result = relation.operands[0], relation.result.value
    if relation.kind != QUOTIENT or source.abroad is None or source.kind != CURRENCY or not result:
        return False
    return any(fits(result, relation.exact * by) for by in (1000, Fraction(1, 1000), 10**6, Fraction(1, 10**6)))


def has_another_source(relation: Relation, holding: Sequence[Relation]) -> bool:
    """Return whether a figure follows from another one by the same divisor: pipeline needed ÷ bookings is the coverage, not what is left of it."""
    if relation.kind != QUOTIENT or len(relation.operands) != 2 or relation.result.field != "coverage":
        return False
    pair = {relation.result.where, relation.operands[1].where}
    return any(each.kind == QUOTIENT and pair < {cell.where for cell in each.cells} for each in holding)


def is_of_what_remains(relation: Relation, cells: Cells) -> bool:
    """Return whether a coverage is of another amount of the sheet exactly: 3.5 times what remains to close, and not the quota."""
    if relation.kind != QUOTIENT or relation.result.field != "coverage" or len(relation.operands) != 2:
        return False
    pipeline, times, own = relation.operands[0].value, relation.result.value, {each.at for each in relation.cells}
    if not pipeline or not times:
        return False
    return any(at not in own and cells.value(spot) * times == pipeline for at, (spot, _) in cells.amounts.items())


def has_another_total(relation: Relation, holding: Sequence[Relation]) -> bool:
    """Return whether the parts of a sum are those of another figure, and the sum isn't called a total: MQLs below all leads."""
    if relation.kind != SUM or _TOTAL.search(relation.result.label):
        return False
    parts = {each.where for each in relation.operands}
    return any(
        each.kind == SUM and each.result.where != relation.result.where and {cell.where for cell in each.operands} == parts
        for each in holding
    )


_TOTAL = terms.of("total")


def makes_another_stage(relation: Relation, page: Page) -> bool:
    """Return whether a rate and its source make another stage's count exactly: 受注 35 ÷ 受注率 25 % are the 商談 140, not the SQL 200."""
    if relation.kind != QUOTIENT or relation.result.kind != COUNT or len(relation.operands) != 2:
        return False
    if relation.operands[1].kind != RATE or relation.exact.denominator != 1 or relation.exact < _LARGE_ENOUGH:
        return False
    own = {cell.where for cell in relation.cells}
    every = (page.of(stage, relation.result.scope) for stage in page.stages)
    others = [[each for each in figures if each.where != relation.result.where] for figures in every]
    # Of several lists the figures are alike by chance.
    return any(len(each) == 1 and each[0].value == relation.exact and each[0].where not in own for each in others)


_PERIODS, _MANY_PERIODS = terms.of("months", "weeks", "workdays"), 366


def is_over_several_periods(relation: Relation, cells: Cells) -> bool:
    """Return whether a count is that of several months, or days, which the sheet says: 4か月, 30 meetings a month, 20 %, 24 deals."""
    found = relation.result.value
    if relation.kind != QUOTIENT or relation.result.kind != COUNT or not found or not relation.exact:
        return False
    own = {each.at for each in relation.cells}
    for at, (spot, amount) in cells.amounts.items():
        name = cells.label(spot)
        called = amount.unit in PERIODS.values() or (name is not None and _PERIODS.search(name.flat))
        wanted = (relation.exact * amount.number, relation.exact / amount.number) if 1 < amount.number <= _MANY_PERIODS else ()
        if at not in own and called and found in wanted:
            return True
    return False
