"""Steps from one figure to the next by a rate that has no label of its own: a column 次段階への率, rates under arrows.

They need no stage that is known. Each rate stands between two figures, or on the line of one of them; where most of a table's
steps hold in one of these readings, the others are wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ...check.finding import Finding
from ...formula.grid import Sheets, Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...values.units import RATE
from ..read import stages
from ..read.figures import WHOLE, Figure
from ..read.page import Page
from ..read.plane import Spot
from ..read.words import MARK, UNIT
from . import telling, working
from .relation import FAILS, HOLDS, QUOTIENT, Relation
from .rounding import fits, measured, rounded_off

_TO_NEXT = re.compile(
    r"^(?:次|翌)(?:の)?(?:段階|工程|ステップ|フェーズ|ステージ)?(?:へ)?(?:の)?(?:移行|転換|遷移|進む|通過)?率$|^(?:移行|遷移|通過|転換|歩留まり?)率$|^歩留まり?$"
    r"|(?:conversion|conv\.?|rate|%|yield)\s*(?:rate\s*)?to (?:the )?next|to next(?: stage| step)?|^(?:step|stage) (?:conversion|rate|yield)$|^next step rate$"
)
_LEAST = 2


class _Step(NamedTuple):
    """``later`` = ``earlier`` × ``rate``."""

    later: Spot
    earlier: Spot
    rate: Spot


class Steps:
    """The steps of one sheet that its labels say nothing of."""

    def __init__(self, page: Page, sheets: Sheets, known: set[Where]) -> None:
        self.page = page
        self.sheets = sheets
        self.known = known
        self.amounts = page.amounts(sheets)
        self.cells = {at: spot for at, (spot, _) in self.amounts.items()}
        self.relations: list[Relation] = []
        for readings in [*self._columns(), *self._between()]:
            best = max(readings, key=lambda steps: sum(map(self._holds, steps)), default=[])
            held = sum(map(self._holds, best))
            if len(best) >= _LEAST and held * 3 >= len(best) and held:
                self.relations += [self._relation(each) for each in best]
        self.readings = {cell.where for each in self.relations for cell in each.cells}

    def _is_rate(self, spot: Spot) -> bool:
        found = self.amounts[spot.row, spot.col][1]
        return found.unit is not None and found.unit.kind == RATE

    def _value(self, spot: Spot) -> Fraction:
        found = self.amounts[spot.row, spot.col][1]
        if found.unit is None:
            return found.number
        return found.number / 100 if found.unit.kind == RATE else found.number * found.unit.factor

    # -- where they are -----------------------------------------------------------

    def _columns(self) -> Iterator[list[list[_Step]]]:
        """Yield the readings of a column of rates to the next stage beside a column of figures."""
        for head in [spot for spots in self.page.plane.rows.values() for spot in spots if _TO_NEXT.search(_flat(spot))]:
            rates = [
                spot
                for spot in self.page.plane.cols.get(head.col, [])
                if spot.row > head.row and (spot.row, spot.col) in self.cells
            ]
            beside = [self._figures(head.row, col) for col in range(head.col - 1, max(-1, head.col - 4), -1)]
            figures = next((each for each in beside if len(each) > _LEAST), [])
            if not rates or not figures:
                continue
            by_row = {each.row: each for each in rates}
            yield [
                [_Step(later, earlier, by_row[earlier.row]) for earlier, later in pairwise(figures) if earlier.row in by_row],
                [_Step(later, earlier, by_row[later.row]) for earlier, later in pairwise(figures) if later.row in by_row],
                [_Step(earlier, later, by_row[later.row]) for earlier, later in pairwise(figures) if later.row in by_row],
                [_Step(earlier, later, by_row[earlier.row]) for earlier, later in pairwise(figures) if earlier.row in by_row],
            ]

    def _figures(self, above: int, col: int) -> list[Spot]:
        """Return the figures of a column below a heading, up to the first gap."""
        found: list[Spot] = []
        row = above + 1
        while (row, col) in self.cells and not self._is_rate(self.cells[row, col]):
            found.append(self.cells[row, col])
            row += 1
        return found

    def _between(self) -> Iterator[list[list[_Step]]]:
        """Yield the readings of rates between figures, in one column or row, or under the gap, without a label but an arrow."""
        down: dict[int, list[_Step]] = {}
        across: dict[int, list[_Step]] = {}
        for (row, col), spot in self.cells.items():
            if not self._is_rate(spot) or (self.page.title, row, col) in self.known:
                continue
            above, below = self.cells.get((row - 1, col)), self.cells.get((row + 1, col))
            if above is not None and below is not None and not self._labelled(spot):
                down.setdefault(col, []).append(_Step(below, above, spot))
            for line in (row, row - 1, row + 1):
                left, right = self.cells.get((line, col - 1)), self.cells.get((line, col + 1))
                if (left is not None and right is not None and (line, col) not in self.cells) or (
                    line == row and left is not None and right is not None
                ):
                    across.setdefault(line, []).append(_Step(right, left, spot))
                    break
        for steps in (*down.values(), *across.values()):
            counted = [each for each in steps if not self._is_rate(each.later) and not self._is_rate(each.earlier)]
            yield [counted, [_Step(each.earlier, each.later, each.rate) for each in counted]]

    def _labelled(self, spot: Spot) -> bool:
        return any(
            each.text and each.kind not in (MARK, UNIT) and each.col < spot.col
            for each in self.page.plane.rows.get(spot.row, [])
        )

    # -- what of it holds -----------------------------------------------------------

    def _holds(self, step: _Step) -> bool:
        later, earlier, rate = self._value(step.later), self._value(step.earlier), self._value(step.rate)
        if rate <= 0 or later < 0:
            return False
        made, needed = earlier * rate, later / rate
        return fits(later, made) or fits(earlier, needed) or measured(earlier, later, [rate]) or rounded_off(later, made)

    def _relation(self, step: _Step) -> Relation:
        later, earlier, rate = (self._figure(each) for each in step)
        exact = (earlier.value or Fraction(0)) * (rate.value or Fraction(0))
        way, formula = working.part(earlier, rate)
        return Relation(QUOTIENT, later, (earlier, rate), exact, HOLDS if self._holds(step) else FAILS, way, formula)

    def _figure(self, spot: Spot) -> Figure:
        where = (self.page.title, spot.row, spot.col)
        beside = [
            each
            for each in self.page.plane.rows.get(spot.row, [])
            if each.col < spot.col and each.text and each.kind not in (UNIT, MARK)
        ]
        over = [
            each
            for each in self.page.plane.cols.get(spot.col, [])
            if each.row < spot.row and each.text and each.kind not in (UNIT, MARK)
        ]
        text = next((each.text for each in (beside[-1:] or over[-1:])), spot.text or "?")
        field = stages.RATE_OF + text if self._is_rate(spot) else stages.OPEN + text
        value = self._value(spot)
        return Figure(
            where, field, WHOLE, value, None, None, value, self.sheets.formulas.get(where), text, "", ("row", spot.col, -1)
        )

    # -- findings ---------------------------------------------------------------------

    def findings(self, told: set[Where]) -> Iterator[Finding]:
        """Report the figure that failing steps have in common, or the one that follows from the rest."""
        failing = [each for each in self.relations if each.state == FAILS and not told & {cell.where for cell in each.cells}]
        sound = {cell.where for each in self.relations if each.state == HOLDS for cell in each.cells}
        while failing:
            first = failing[0]
            near = [each for each in failing if {cell.where for cell in each.cells} & {cell.where for cell in first.cells}]
            common = _common(near)
            cell = next((each for each in common if each.where not in sound), None) or next(
                (each for each in (first.result, *first.operands) if each.where not in sound), first.result
            )
            group = [each for each in failing if cell.where in {one.where for one in each.cells}]
            yield _finding(cell, group[0])
            failing = [each for each in failing if each not in group]


def _common(relations: Iterable[Relation]) -> list[Figure]:
    groups = [{cell.where: cell for cell in each.cells} for each in relations]
    if len(groups) < _LEAST:
        return []
    shared = set.intersection(*(set(each) for each in groups))
    return [groups[0][where] for where in shared]


def _finding(figure: Figure, relation: Relation) -> Finding:
    assert figure.value is not None
    earlier, rate = relation.operands
    later = relation.result.value or Fraction(0)
    expected = relation.exact
    if figure.where == earlier.where:
        expected = later / (rate.value or Fraction(1))
    elif figure.where == rate.where:
        expected = later / (earlier.value or Fraction(1))
    right = telling.value(figure, expected)
    is_result = figure.where == relation.result.where
    return telling.finding(
        "freeform.F02.does_not_follow",
        figure,
        code="F01" if figure.formula is None else "F02",
        now=telling.value(figure, figure.value),
        what=NOTHING if figure.formula is None else Phrase("freeform.F02.formula", text=figure.formula),
        way=relation.way
        if is_result
        else working.quotient([relation.result, rate], [later, rate.value or Fraction(1)])[0]
        if figure.where == earlier.where
        else working.quotient([relation.result, earlier], [later, earlier.value or Fraction(1)])[0],
        made=NOTHING,
        right=right,
        off=telling.off(figure, figure.value, expected),
        fix=Phrase("freeform.part.fix_value", formula=relation.formula, right=right),
        found=telling.json_number(figure.value),
        expected=telling.json_number(expected),
        difference=float(figure.value - expected),
    )


def _flat(spot: Spot) -> str:
    return unicodedata.normalize("NFKC", spot.text).casefold().strip()
