"""Single cells that went astray: a sum down one column that takes one figure from another, a figure typed where its own rate is idle."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping

from ...values.a1 import column
from ...values.regex import regex
from ...values.units import COUNT
from ..read import terms
from ..read.lexicon import MONTH, PERIOD, TOTAL
from ..rules.cells import Cells
from .fills import HOLE, At, Filled, cells_of, numbers_of, parted, steps_of
from .formed import Lists
from .search import NOT_ADDED
from .yearly import are_month_and_year, is_of_month, is_of_year

_SUM = regex(rf"{HOLE}(?:\+{HOLE}){{2,}}")
_STRIDES, _LEAST = (1, 2), 3
_NEAREST = (-1, 1, -2, 2, -3, 3, -4, 4)
"""How far from a cell those are that it is compared with."""


def from_another_column(filled: Mapping[At, Filled], figures: Container[At]) -> Iterator[tuple[At, str]]:
    """Yield sums of cells of one column, or row, one after another, but for one that is beside the one that is meant."""
    for at, each in filled.items():
        if _SUM.fullmatch(each.bare) is None:
            continue
        for axis in (1, 0):
            (usual, many), *others = Counter(cell[axis] for cell in each.cells).most_common()
            places = sorted(cell[1 - axis] for cell in each.cells)
            if len(others) != 1 or many != len(each.cells) - 1 or places != list(range(places[0], places[0] + len(places))):
                continue
            odd = next(index for index, cell in enumerate(each.cells) if cell[axis] != usual)
            cells = list(each.cells)
            cells[odd] = (cells[odd][0], usual) if axis else (usual, cells[odd][1])
            if cells[odd] in figures and cells[odd] != at:
                yield at, each.text(cells)


def with_a_number(own: Mapping[At, str], filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield formulas that are those before them in line but for a number where these have a cell: =E3*0.2 after three of =B3*$B$8."""
    for at, text in own.items():
        if at not in filled:
            continue
        for down, right in ((0, 1), (1, 0)):
            before = [(at[0] - step * down, at[1] - step * right) for step in range(1, _LEAST + 1)]
            like = filled.get(before[0])
            if like is None or any(each not in filled or filled[each].lying != like.lying for each in before):
                continue
            copied = like.text(like.copied(before[0], at))
            if are_but_for_a_number(text, copied):
                yield at, copied


def are_but_for_a_number(own: str, other: str) -> bool:
    """Return whether a formula is another one but for a number where that has a cell."""
    moved = other.removeprefix("=").replace("$", "")
    bare = _NUMBER.sub("#", own.removeprefix("=").replace("$", ""))
    return any(_without(moved, cell) == bare for cell in _CELL.findall(moved))


_NUMBER, _CELL = regex(r"(?<![\w.])\d+(?:\.\d+)?%?(?![\w.(])"), regex(r"(?<![\w.])[A-Z]{1,3}\d+(?![\w(])")


def _without(formula: str, cell: str) -> str:
    """Return a formula with a mark for a cell, and for each number."""
    return _NUMBER.sub("#", re.sub(rf"(?<![\w.]){cell}(?!\w)", "#", formula))


def of_other_months(cells: Cells, filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield years that are another number of months than twelve, called like their month: 年商 =B5*10, 月商."""
    for at, each in filled.items():
        match = _TIMES.fullmatch(each.bare)
        if match is None or len(each.cells) != 1 or at not in cells.amounts or each.cells[0] not in cells.amounts:
            continue
        labels = [cells.label(cells.amounts[place][0]) for place in (each.cells[0], at)]
        month, year = (label.flat if label is not None else "" for label in labels)
        if int(match[1]) != _MONTHS and are_month_and_year(month, year):
            yield at, each._replace(bare=f"{HOLE}*{_MONTHS}").text(each.cells)


_TIMES, _MONTHS = regex(rf"{HOLE}\*(\d{{1,2}})"), 12


def of_other_months_in_a_column(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the year of a line that is another number of its months than those of the lines before and after it: =D4*2 between =D3*12 and =D5*12.

    The headings, or the labels, say that the one is of a month and the other of the year.
    """
    cells, own = lists.cells, lists.filled
    for at, each in own.items():
        match = _BY_MONTHS.fullmatch(each.bare)
        if match is None or int(match[2]) == _MONTHS or at not in cells.amounts or each.cells[0] not in cells.amounts:
            continue
        usual = f"{HOLE}{match[1]}{_MONTHS}"
        for down, right in ((1, 0), (0, 1)):
            beside = [(at[0] + sign * down, at[1] + sign * right) for sign in (-1, 1)]
            if any(place not in own or own[place].bare != usual for place in beside):
                continue
            if any(
                own[place].cells != own[place].copied(at, place) and each.copied(at, place) != own[place].cells
                for place in beside
            ):
                continue
            name = cells.heading if down else cells.label
            heads = [name(cells.amounts[place][0]) for place in (each.cells[0], at)]
            of, to = (head.flat if head is not None else "" for head in heads)
            month, year = (of, to) if match[1] == "*" else (to, of)
            if is_of_month(month) and is_of_year(year) and not is_of_month(year):
                yield at, each._replace(bare=usual).text(each.cells)


_BY_MONTHS = regex(rf"{HOLE}([*/])(\d{{1,2}})")


def as_the_only_other(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the figure typed in a line of differences that has one formula, where what that takes is there for the figure, too: 不足."""
    cells, filled = lists.cells, lists.filled
    for at, formula in filled.items():
        if _DIFFERENCE.fullmatch(formula.bare) is None or any(cell[1] != at[1] for cell in formula.cells):
            continue
        label = cells.label(cells.amounts[at][0]) if at in cells.amounts else None
        row = [each for each in cells.amounts if each[0] == at[0] and each != at]
        if label is None or not _GAP.search(label.flat) or len(row) != 1 or row[0] in lists.own:
            continue
        there = formula.copied(at, row[0])
        kinds = [[each in lists.own for each in own] for own in (formula.cells, there)]
        if kinds[0] == kinds[1] and all(each in cells.amounts for each in there):
            yield row[0], formula.text(there)


_DIFFERENCE, _GAP = regex(rf"{HOLE}-{HOLE}"), terms.of("difference")


def means_among_sums(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the one mean of a line of sums over the same lines, of what is added up: counts that are worked out of another column's."""
    cells = lists.cells
    found: dict[tuple[int, int, int], dict[int, str]] = {}
    for (row, col), text in lists.own.items():
        match = _DOWN.fullmatch(text)
        if match is not None and match[2] == match[4] == column(col):
            found.setdefault((row, int(match[3]) - 1, int(match[5]) - 1), {})[col] = match[1].upper()
    for (row, first, last), kinds in found.items():
        means = [col for col, kind in kinds.items() if kind != _ADDED]
        added = set(kinds) - set(means)
        if len(means) != 1 or len(added) < _TWO or (row, means[0]) not in cells.amounts:
            continue
        heading = cells.heading(cells.amounts[row, means[0]][0])
        if heading is None or NOT_ADDED.search(heading.flat) or _STOCK.search(heading.flat):
            continue
        parts = [(line, means[0]) for line in range(first, last + 1)]
        if all(_is_of_an_added(lists, part, added) for part in parts):
            yield (row, means[0]), f"SUM({column(means[0])}{first + 1}:{column(means[0])}{last + 1})"


_DOWN = regex(r"=?\s*(SUM|AVERAGE)\(([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)\)\s*", re.IGNORECASE)
_ADDED, _TWO = "SUM", 2
_STOCK = terms.of("balance", "closing", "opening", "so_far", "left", "heads", "unique", "rank", "attained", "multiple")


def mean_among_totals(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the one mean of a column called a total, whose others are the sums of their rows, of what is counted: meetings, 計."""
    cells = lists.cells
    counted = {each.where[1] for each in cells.page.figures if each.kind == COUNT}
    found: dict[tuple[int, str, str], dict[int, str]] = {}
    for (row, col), text in lists.own.items():
        match = _DOWN.fullmatch(text)
        if match is not None and match[3] == match[5] == str(row + 1):
            found.setdefault((col, match[2], match[4]), {})[row] = match[1].upper()
    for (col, first, last), kinds in found.items():
        means = [row for row, kind in kinds.items() if kind != _ADDED]
        if len(means) != 1 or len(kinds) <= _TWO or (means[0], col) not in cells.amounts or means[0] not in counted:
            continue
        spot = cells.amounts[means[0], col][0]
        heading, label = cells.heading(spot), cells.label(spot)
        if heading is None or label is None or heading.kind != TOTAL or _MEAN.search(heading.flat) or cells.is_rate(spot):
            continue
        if not (NOT_ADDED.search(label.flat) or _STOCK.search(label.flat)):
            yield (means[0], col), f"SUM({first}{means[0] + 1}:{last}{means[0] + 1})"


_MEAN = terms.of("mean")


def _is_of_an_added(lists: Lists, at: At, added: Container[int]) -> bool:
    """Return whether a count of a line is another one of it, of a column that is added up, times something; of no month."""
    cells = lists.cells
    if at not in cells.amounts or cells.is_rate(cells.amounts[at][0]):
        return False
    label = cells.label(cells.amounts[at][0])
    if label is None or label.kind in (MONTH, PERIOD):
        return False
    made = parted(lists.own.get(at, ""), at)
    return (
        made is not None
        and _PRODUCT.fullmatch(made.bare) is not None
        and any(row == at[0] and col in added for row, col in made.cells)
    )


_PRODUCT = regex(rf"{HOLE}[*/]{HOLE}|ROUND(?:UP|DOWN)?\({HOLE}[*/]{HOLE},0\)")


def typed_among_sums(own: Mapping[At, str], cells: Cells) -> Iterator[tuple[At, str]]:
    """Yield figures typed into a line of sums over the same lines, which aren't their columns' sums, but for rates and prices."""
    sums: dict[tuple[int, int, int], list[int]] = {}
    for (row, col), text in own.items():
        match = _SUM_DOWN.fullmatch(text)
        if match is not None and match[1] == match[3] == column(col):
            sums.setdefault((row, int(match[2]) - 1, int(match[4]) - 1), []).append(col)
    for (row, first, last), cols in sums.items():
        for at in [each for each in cells.amounts if each[0] == row and each not in own] if len(cols) > 1 else ():
            parts = [(line, at[1]) for line in range(first, last + 1)]
            heading = cells.heading(cells.amounts[at][0])
            if any(each not in cells.amounts or cells.is_rate(cells.amounts[each][0]) for each in parts):
                continue
            made = sum(cells.amounts[each][1].number for each in parts)
            found = cells.amounts[at][1].number
            if heading is not None and not NOT_ADDED.search(heading.flat) and made and abs(found - made) * _NEARLY <= made:
                yield at, f"SUM({column(at[1])}{first + 1}:{column(at[1])}{last + 1})"


_SUM_DOWN = regex(r"=?\s*SUM\(([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)\)\s*", re.IGNORECASE)
_NEARLY = 4


def beside_an_idle_rate(cells: Cells, filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield figures among formulas that go on in steps, whose own would take a figure that nobody takes now."""
    used = {cell for each in filled.values() if ":" not in each.bare for cell in each.cells}
    near = {
        (row + step * stride * down, col + step * stride * right)
        for row, col in filled
        for step in (-1, 1)
        for stride in _STRIDES
        for down, right in ((0, 1), (1, 0))
    }
    for at in [each for each in cells.amounts if each in near]:
        amount = cells.amounts[at][1]
        if at in filled or (cells.page.title, *at) in cells.sheets.formulas:
            continue
        for down, right in ((0, 1), (1, 0)):
            for stride in _STRIDES:
                going_on = _going_on(filled, at, down * stride, right * stride)
                if going_on is None or _ends_others(cells, filled, at, down * stride, right * stride):
                    continue
                formula, like = going_on
                own = {cell for cell in formula.cells if cell not in used and cell not in filled and cell in cells.amounts}
                if len(own) == 1 and at not in own and amount.number and _are_alike(cells, formula, like, *own):
                    yield at, formula.text(formula.cells)


def _ends_others(cells: Cells, filled: Mapping[At, Filled], at: At, down: int, right: int) -> bool:
    """Return whether a figure is the last of several that were typed, before the formulas of its line: what came out, then a forecast."""
    before, after = (at[0] - down, at[1] - right), (at[0] + down, at[1] + right)
    typed = [each in cells.amounts and each not in filled for each in (before, after)]
    return any(typed) and any(each in filled for each in (before, after))


def _are_alike(cells: Cells, formula: Filled, like: Filled, idle: At) -> bool:
    """Return whether a figure that nobody takes is a rate where the like formula of another line takes one, and no rate elsewhere."""
    other = like.cells[formula.cells.index(idle)]
    spots = [cells.amounts[each][0] for each in (idle, other) if each in cells.amounts]
    rates = {cells.is_rate(each) or cells.is_called_rate(each) for each in spots}
    return len(rates) == 1


def _going_on(filled: Mapping[At, Filled], at: At, down: int, right: int) -> tuple[Filled, Filled] | None:
    """Return the formula that three others near a cell in a line, each of whose references moves by the same steps, have there; and one of them."""
    points = [(step, filled[place]) for step in _NEAREST if (place := (at[0] + step * down, at[1] + step * right)) in filled][
        :_LEAST
    ]
    if len(points) < _LEAST or len({each.bare for _, each in points}) > 1 or min(abs(step) for step, _ in points) > 1:
        return None
    points.sort(key=lambda each: each[0])
    if points[0][0] % math.gcd(*(step - points[0][0] for step, _ in points)):
        return None  # of every other cell, and it is between them: a rate among stages
    every = zip(*(numbers_of(each) for _, each in points), strict=True)
    found = [steps_of([(step, value) for (step, _), value in zip(points, values, strict=True)]) for values in every]
    moved = [each for each in found if each is not None]
    if len(moved) != len(found) or not any(by for _, by in moved):
        return None
    nearest = min(points, key=lambda each: abs(each[0]))[1]
    return nearest._replace(cells=tuple(cells_of([first for first, _ in moved]))), nearest


def has_anothers_name(cells: Cells, at: At, own: str, theirs: str) -> bool:
    """Return whether a formula is its neighbour's but for a text, and that one has its line's name: "East" on the line of West."""
    label = cells.label(cells.amounts[at][0]) if at in cells.amounts else None
    if label is None or own == theirs or _TEXT.sub("", own) != _TEXT.sub("", theirs):
        return False
    mine, meant = (set(_TEXT.findall(each.casefold())) for each in (own, theirs))
    return meant - mine == {f'"{label.flat}"'}


_TEXT = regex(r'"[^"]*"')
