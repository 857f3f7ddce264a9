"""Totals of any table, where its labels say so: a row or column 合計 or 1Q計, rows うち… below their whole.

They need no stage that is known: a matrix of channels and months, departments and the whole. Totals that the chain checks
anyway are left to it. A figure where a failing row and a failing column cross is the wrong one; else it is the total.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ...check.finding import Finding
from ...formula.grid import Sheets, Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...values.units import COUNT, RATE
from ..read import stages, words
from ..read.figures import WHOLE, Figure
from ..read.page import Page
from ..read.plane import Spot
from ..read.words import FIELD, MARK, OTHER, TOTAL, UNIT
from . import telling, working
from .relation import FAILS, HOLDS, SUM, Relation
from .rounding import FINE, ONE

_OF_WHICH = re.compile(r"^[\s　・└┗├-]*(?:うち|内訳|of which|incl\.?)\s*", re.IGNORECASE)
_NO_SUM = re.compile(
    r"率|単価|倍|カバレッジ|coverage|比|平均|割合|累計|累積|rate|average|avg|price|per |cvr|roi|%|size|cumul|ytd|残|cpl|cac|aov|acv",
    re.IGNORECASE,
)
"""Figures that aren't added up though there is a total below them."""

_OPENING = re.compile(r"期首|月初|前月末|開始時|opening|beginning|start of|at start")
_CLOSING = re.compile(r"期末|月末|終了時|closing|ending|end of|at end")
_GONE = re.compile(r"解約|減|失|退会|離脱|チャーン|cancel|churn|lost|less|contraction")
_LEAST_HOLDING = Fraction(1, 3)
_OFF = Fraction(1, 2)


class _Sum(NamedTuple):
    """A total and what it is made of; ``along`` is the line that says so: 0 for a row of totals, 1 for a column."""

    total: Spot
    parts: tuple[Spot, ...]
    along: tuple[int, int]
    less: tuple[Spot, ...] = ()


class Totals:
    """The sums of one sheet that its chain says nothing of."""

    def __init__(self, page: Page, sheets: Sheets, known: set[Where]) -> None:
        self.page = page
        self.sheets = sheets
        self.amounts = page.amounts(sheets)
        self.cells = {at: spot for at, (spot, found) in self.amounts.items() if found.unit is None or found.unit.kind != RATE}
        found = [*self._rows(), *self._columns(), *self._of_which(), *self._rolls()]
        self.sums = [each for each in self._sensible(found) if (page.title, each.total.row, each.total.col) not in known]
        self.relations = [self._relation(each) for each in self.sums]

    # -- where labels say so --------------------------------------------------

    def _rows(self) -> Iterator[_Sum]:
        """Totals in a row, over the figures above them."""
        for label in self._labels(TOTAL):
            for spot in self.page.plane.rows.get(label.row, []):
                if spot.col > label.last_col and (spot.row, spot.col) in self.cells and not self._sums_up(spot.col, label):
                    parts = self._run(spot, -1, 0)
                    if len(parts) > 1:
                        yield _Sum(spot, parts, (0, label.row))

    def _columns(self) -> Iterator[_Sum]:
        """Totals in a column, beside the figures to their left."""
        for label in self._labels(TOTAL):
            for spot in self.page.plane.cols.get(label.col, []):
                if spot.row > label.last_row and (spot.row, spot.col) in self.cells:
                    parts = self._run(spot, 0, -1)
                    if len(parts) > 1 and not self._named_no_sum(spot):
                        yield _Sum(spot, parts, (1, label.col))

    def _of_which(self) -> Iterator[_Sum]:
        """Rows that begin with うち, below the row that they are parts of."""
        labels = sorted(
            (each for spots in self.page.plane.rows.values() for each in spots if each.text),
            key=lambda each: (each.col, each.row),
        )
        for at, label in enumerate(labels):
            following: list[Spot] = []
            for other in labels[at + 1 :]:
                if other.col != label.col or other.row != label.row + len(following) + 1 or not _OF_WHICH.match(other.text):
                    break
                following.append(other)
            if len(following) < 2 or _OF_WHICH.match(label.text):
                continue
            for spot in self.page.plane.rows.get(label.row, []):
                parts = tuple(self.cells[row.row, spot.col] for row in following if (row.row, spot.col) in self.cells)
                if (spot.row, spot.col) in self.cells and len(parts) == len(following):
                    yield _Sum(spot, parts, (0, label.row))

    def _rolls(self) -> Iterator[_Sum]:
        """Yield what is there at the end of each period: what was there at its beginning, what came, less what went."""
        labels = sorted(
            (each for spots in self.page.plane.rows.values() for each in spots if each.text),
            key=lambda each: (each.col, each.row),
        )
        for label in labels:
            if not _OPENING.search(_flat(label)):
                continue
            rows, row = [label], label.row
            while (
                after := next((each for each in labels if each.col == label.col and row < each.row <= row + 1), None)
            ) is not None:
                rows.append(after)
                row = after.row
                if _CLOSING.search(_flat(after)):
                    break
            if len(rows) < 3 or not _CLOSING.search(_flat(rows[-1])):
                continue
            for spot in self.page.plane.rows.get(row, []):
                own = [self.cells.get((each.row, spot.col)) for each in rows]
                if None not in own:
                    *parts, end = [each for each in own if each is not None]
                    went = [
                        _GONE.search(_flat(each)) is not None and self._value(part) > 0
                        for each, part in zip(rows, parts, strict=False)
                    ]
                    yield _Sum(
                        end,
                        tuple(part for part, gone in zip(parts, went, strict=True) if not gone),
                        (0, row),
                        tuple(part for part, gone in zip(parts, went, strict=True) if gone),
                    )

    def _labels(self, kind: str) -> Iterator[Spot]:
        seen: set[tuple[int, int]] = set()
        for spots in self.page.plane.rows.values():
            for spot in spots:
                if spot.kind == kind and (spot.row, spot.col) not in seen:
                    seen.add((spot.row, spot.col))
                    yield spot

    def _run(self, spot: Spot, down: int, right: int) -> tuple[Spot, ...]:
        """Return the figures next to a total, up to a blank, a word or another total."""
        found: list[Spot] = []
        row, col = spot.row + down, spot.col + right
        while (row, col) in self.cells:
            if self._is_total(row, col, down != 0):
                if found:
                    break
                return ()
            found.append(self.cells[row, col])
            row, col = row + down, col + right
        return tuple(reversed(found))

    def _is_total(self, row: int, col: int, by_row: bool) -> bool:
        line = self.page.plane.rows.get(row, []) if by_row else self.page.plane.cols.get(col, [])
        return any(each.kind in (TOTAL, OTHER) and (each.col < col if by_row else each.row < row) for each in line)

    def _sums_up(self, col: int, label: Spot) -> bool:
        """Return whether a column holds what isn't added up: rates, prices."""
        heads = [each for each in self.page.plane.cols.get(col, []) if each.row < label.row and each.text]
        return any(_no_sum(each) for each in heads[-1:])

    def _named_no_sum(self, spot: Spot) -> bool:
        labels = [each for each in self.page.plane.rows.get(spot.row, []) if each.col < spot.col and each.text]
        return any(_no_sum(each) for each in labels)

    # -- what of it is checked --------------------------------------------------

    def _sensible(self, found: Iterable[_Sum]) -> list[_Sum]:
        """Return the sums of the lines most of which add up, or of a single one that nearly does."""
        lines: dict[tuple[int, int], list[_Sum]] = {}
        for each in found:
            if all(self._value(part) == self._value(each.total) for part in each.parts):
                continue  # the same for each of them: a price, a number of days
            lines.setdefault(each.along, []).append(each)
        kept: list[_Sum] = []
        for line in lines.values():
            holding = sum(self._off(each) == 0 for each in line)
            if (holding and holding >= len(line) * _LEAST_HOLDING) or (
                len(line) == 1 and abs(self._off(line[0])) <= abs(self._value(line[0].total)) * _OFF
            ):
                kept += line
        return kept

    def _value(self, spot: Spot) -> Fraction:
        return self.amounts[spot.row, spot.col][1].number

    def _off(self, each: _Sum) -> Fraction:
        exact = sum((self._value(part) for part in each.parts), Fraction(0)) - sum(
            (self._value(part) for part in each.less), Fraction(0)
        )
        off = self._value(each.total) - exact
        return Fraction(0) if abs(off) <= FINE * max(ONE, abs(exact)) else off

    def _relation(self, each: _Sum) -> Relation:
        total, *parts = (self._figure(spot) for spot in (each.total, *each.parts))
        less = [self._figure(spot) for spot in each.less]
        parts += [figure._replace(value=-(figure.value or Fraction(0))) for figure in less]
        exact = sum((part.value or Fraction(0) for part in parts), Fraction(0))
        way, formula = working.added(parts)
        if len(parts) > 4:
            way = working.sum_of_cells(parts)
        return Relation(SUM, total, tuple(parts), exact, FAILS if self._off(each) else HOLDS, way, formula)

    def _figure(self, spot: Spot) -> Figure:
        where = (self.page.title, spot.row, spot.col)
        label = next(
            (each.text for each in reversed(self.page.plane.rows.get(spot.row, [])) if each.col < spot.col and each.text and each.kind not in (UNIT, MARK)), ""
        )  # fmt: skip
        head = next(
            (each.text for each in reversed(self.page.plane.cols.get(spot.col, [])) if each.row < spot.row and each.text and each.kind not in (UNIT, MARK)), ""
        )  # fmt: skip
        value = self._value(spot)
        return Figure(where, stages.OPEN + (label or head), WHOLE, value, None, None, value, self.sheets.formulas.get(where), label or head, head if label else "", ("row", spot.col, -1))  # fmt: skip

    # -- findings ---------------------------------------------------------------

    def findings(self, told: set[Where]) -> Iterator[Finding]:
        """Report the cells that failing sums have in common; nothing where a cell of them is told of already."""
        failing = [each for each in self.relations if each.state == FAILS and not told & {cell.where for cell in each.cells}]
        while failing:
            counts: dict[Where, list[tuple[Figure, Relation]]] = {}
            for relation in failing:
                for cell in relation.cells:
                    counts.setdefault(cell.where, []).append((cell, relation))
            holding = {cell.where for each in self.relations if each.state == HOLDS for cell in each.cells}
            first = failing[0]
            crossing = [where for where, of in counts.items() if len(of) > 1 and _one_gap(of)]
            where = next((each for each in crossing if each not in holding), crossing[0] if crossing else first.result.where)
            if not crossing:
                where = next((cell.where for cell in first.cells if _swapped(cell, first)), where)
            group = counts[where]
            yield _finding(*group[0])
            failing = [each for each in failing if each not in [relation for _, relation in group]]


def _swapped(cell: Figure, relation: Relation) -> bool:
    """Return whether the sum would hold with the digits of a cell in another order: 46 for 64."""
    gap = (relation.result.value or Fraction(0)) - relation.exact
    value = cell.value or Fraction(0)
    meant = relation.exact if cell.where == relation.result.where else value + gap
    if value.denominator != 1 or meant.denominator != 1 or value == meant:
        return False
    return sorted(str(abs(int(value)))) == sorted(str(abs(int(meant))))


def _one_gap(of: list[tuple[Figure, Relation]]) -> bool:
    """Return whether one other value of a cell would make all its sums right."""
    gaps = [(relation.result.value or Fraction(0)) - relation.exact for _, relation in of]
    signed = [-gap if cell.where == relation.result.where else gap for (cell, relation), gap in zip(of, gaps, strict=True)]
    return len(set(signed)) == 1


def _finding(figure: Figure, relation: Relation) -> Finding:
    assert figure.value is not None
    gap = (relation.result.value or Fraction(0)) - relation.exact
    whole = figure.where == relation.result.where
    expected = relation.exact if whole else figure.value + gap
    right = telling.value(figure, expected)
    if not whole:
        return telling.finding(
            "freeform.X02.part",
            figure,
            now=telling.value(figure, figure.value),
            right=right,
            there=relation.result.cell,
            whole=telling.value(relation.result, relation.result.value or Fraction(0)),
            total=telling.value(relation.result, relation.exact),
            found=telling.json_number(figure.value),
            expected=telling.json_number(expected),
            difference=float(figure.value - expected),
            affected=(telling.at(relation.result),),
        )
    return telling.finding(
        "freeform.F02.does_not_follow",
        figure,
        code="F01" if figure.formula is None else "F02",
        now=telling.value(figure, figure.value),
        what=NOTHING if figure.formula is None else Phrase("freeform.F02.formula", text=figure.formula),
        way=relation.way,
        made=NOTHING,
        right=right,
        off=telling.off(figure, figure.value, expected),
        fix=Phrase(
            "freeform.part.fix_value" if figure.formula is None else "freeform.part.fix_formula",
            formula=relation.formula,
            right=right,
        ),
        found=telling.json_number(figure.value),
        expected=telling.json_number(expected),
        difference=float(figure.value - expected),
    )


def _flat(spot: Spot) -> str:
    return unicodedata.normalize("NFKC", spot.text).casefold().strip()


def _no_sum(spot: Spot) -> bool:
    word = spot.word
    if word is not None and word.kind == FIELD and words.unit_of_field(word.field) == COUNT:
        return False
    return _NO_SUM.search(unicodedata.normalize("NFKC", spot.text)) is not None
