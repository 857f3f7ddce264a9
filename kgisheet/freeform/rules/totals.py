"""Totals of any table, where its labels say so: a row or column 合計 or 1Q計, rows うち… below their whole.

They need no stage that is known: a matrix of channels and months, departments and the whole. Totals that the chain checks
anyway are left to it. A figure where a failing row and a failing column cross is the wrong one; else it is the total.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from ...check.finding import Finding
from ...formula.grid import Where
from ...values.regex import regex
from ...values.units import COUNT
from ..read import lexicon, periods, terms
from ..read.figures import Figure
from ..read.lexicon import FIELD, MONTH, OTHER, PERIOD, TOTAL
from ..read.plane import Plane, Spot
from . import following, working
from .cells import Cells
from .relation import APART, FAILS, HOLDS, SUM, Relation, is_weighed, slipped
from .rolls import Sum, rolls, texts
from .rounding import FINE, ONE, added, is_mean_of
from .verdicts import part

_OF_WHICH = regex(r"^[\s　・└┗├-]*(?:うち|内訳|of which|incl\.?)\s*", re.IGNORECASE)
NOT_ADDED = terms.of(*terms.NOT_ADDED, "opening", "closing")
"""Figures that aren't added up though there is a total below them."""

_BOTH, _EXTREME = terms.of("in_both"), terms.of("extreme")
_SHORT, _LARGE = 3, 100
_WITHIN = 10  # rows in which all parts of a whole are looked for
_LEAST_HOLDING = Fraction(1, 3)
_OFF = Fraction(1, 2)


class Totals:
    """The sums of one sheet that its chain says nothing of."""

    def __init__(self, cells: Cells, known: set[Where]) -> None:
        self.all = cells
        self.page = cells.page
        self.cells = {at: spot for at, (spot, _) in cells.amounts.items() if not cells.is_rate(spot)}
        self._lines = _with_totals(self.page.plane)
        self._no_sums: dict[int, int] = {}
        found = [*self._rows(), *self._columns(), *self._of_which(), *rolls(cells, self.cells)]
        self.sums = [each for each in self._sensible(found) if (self.page.title, each.total.row, each.total.col) not in known]
        self.relations = [self._relation(each) for each in self.sums]

    # -- where labels say so --------------------------------------------------

    def _rows(self) -> Iterator[Sum]:
        """Totals in a row, over the figures above them."""
        for label in self._labels(TOTAL, lambda each: each.row):
            for spot in self.page.plane.rows.get(label.row, []):
                if (
                    spot.col > label.last_col
                    and (spot.row, spot.col) in self.cells
                    and not self._sums_up(spot.col, label)
                    and not self._is_of_another(spot, label)
                    and self._is_in_section(spot, label, self.all.label(spot))
                ):
                    parts = self._of_period(label, self._run(spot, -1, 0), self.all.label)
                    if len(parts) > 1:
                        yield Sum(spot, parts, (0, label.row))

    def _columns(self) -> Iterator[Sum]:
        """Totals in a column, beside the figures to their left."""
        for label in self._labels(TOTAL, lambda each: each.col):
            for spot in self.page.plane.cols.get(label.col, []):
                if (
                    spot.row > label.last_row
                    and (spot.row, spot.col) in self.cells
                    and self._is_in_section(spot, label, self.all.heading(spot))
                ):
                    parts = self._of_period(label, self._run(spot, 0, -1), self.all.heading)
                    if len(parts) > 1 and not self._named_no_sum(spot):
                        yield Sum(spot, parts, (1, label.col))

    def _of_period(self, label: Spot, parts: tuple[Spot, ...], named: Callable[[Spot], Spot | None]) -> tuple[Spot, ...]:
        """Return those of the months before a total that it is of: 上期計 below eight months is of the first six."""
        part = periods.part_of_year(lexicon.key(label.text))
        if part is None:
            return parts
        names = [named(each) for each in parts]
        if not all(name is not None and name.kind == MONTH for name in names):
            return parts
        return tuple(periods.months_of(part, parts))

    def _of_which(self) -> Iterator[Sum]:
        """Rows that begin with うち, below the row that they are parts of; columns, beside theirs."""
        for label in self._texts:
            if _OF_WHICH.match(label.text):
                continue
            for down in (True, False):
                parts = self._parts(label, down)
                if len(parts) < 2 or any(self._is_said_to_overlap(each) for each in parts):
                    continue
                for spot in self._figures(label, down):
                    own = tuple(its for part in parts if (its := self._beside(part, spot, down)) is not None)
                    made = Sum(spot, own, (0, label.row) if down else (1, label.col))
                    if len(own) == len(parts) and (self._off(made) <= 0 or _are_all(parts)):
                        yield made

    def _parts(self, label: Spot, down: bool) -> list[Spot]:
        """Return the labels with うち after a label: one after another; or apart from each other, if they are all of it by their words."""
        found: list[Spot] = []
        for step in range(1, _WITHIN):
            other = self._at.get((label.row + step, label.col) if down else (label.row, label.col + step))
            if other is None:
                break
            if _OF_WHICH.match(other.text):
                found.append(other)
                if len(found) > 1 and len(found) < step and _are_all(found):
                    return found
            elif not found or 1 < len(found) == step - 1:
                break  # those below a gap are parts of another one
        return [each for at, each in enumerate(found, 1) if (each.row - label.row, each.col - label.col)[not down] == at]

    def _is_said_to_overlap(self, part: Spot) -> bool:
        """Return whether a part is of two others, or a remark on its line says that it is counted twice: 重複あり."""
        line = self.page.plane.rows.get(part.row, [])
        return _BOTH.search(part.flat) or any(each.col > part.col and APART.search(each.flat) for each in line)

    def _figures(self, label: Spot, down: bool) -> list[Spot]:
        """Return the figures in the row of a label, or in the column under it."""
        line = self.page.plane.rows.get(label.row, []) if down else self.page.plane.cols.get(label.col, [])
        return [each for each in line if (each.row, each.col) in self.cells and (down or each.row > label.row)]

    def _beside(self, part: Spot, spot: Spot, down: bool) -> Spot | None:
        return self.cells.get((part.row, spot.col) if down else (spot.row, part.col))

    def _labels(self, kind: str, line: Callable[[Spot], int]) -> Iterator[Spot]:
        """Yield the first label in each line: what comes after a second one comes after the first as well."""
        seen: set[int] = set()
        for spots in self.page.plane.rows.values():
            for spot in spots:
                if spot.kind == kind and line(spot) not in seen:
                    seen.add(line(spot))
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
            if self._is_absent(row, col) and (row + down, col + right) in self.cells:
                row, col = row + down, col + right
        return tuple(reversed(found))

    def _is_absent(self, row: int, col: int) -> bool:
        """Return whether a short word is where a figure would be: 休, n/a."""
        text = next((each.text for each in self.page.plane.rows.get(row, []) if each.col == col), "")
        return 0 < len(text) <= _SHORT and (row, col) not in self.cells and not self._is_total(row, col, True)

    def _is_total(self, row: int, col: int, by_row: bool) -> bool:
        """Return whether a figure is a total itself: one is said on its left, or above it."""
        if (row if by_row else col, by_row) not in self._lines:
            return False
        names = (self.all.rows[row].before(col) if by_row else self.all.cols[col].before(row))[::-1]
        for before, each in enumerate(names):
            if each.kind in (TOTAL, OTHER):
                # A later heading, apart from it, is of another table.
                nearer = names[:before]
                gap = (nearer[-1].col - each.last_col if by_row else nearer[-1].row - each.last_row) if nearer else 0
                return gap <= 1 or any(other.kind in (TOTAL, OTHER) for other in nearer)
        return False

    def _is_of_another(self, spot: Spot, label: Spot) -> bool:
        """Return whether a figure on a total's line belongs to a table beside it, which has labels of its own."""
        name = self.all.label(spot)
        if name is None or name.col <= label.last_col:
            return False
        above = self._at.get((name.row - 1, name.col))
        return above is not None and any((above.row, col) in self.cells for col in range(above.col + 1, spot.col + 1))

    def _is_in_section(self, spot: Spot, label: Spot, own: Spot | None) -> bool:
        """Return whether a total's label is of a figure's table: a heading of the table above it says nothing where it has its own."""
        places = (spot.row, spot.col), (label.row, label.col)
        return own is None or own is label or self.page.plane.are_of_one_section(*places)

    def _sums_up(self, col: int, label: Spot) -> bool:
        """Return whether a column holds what isn't added up: rates, prices."""
        head = self.all.cols[col].name(label.row)
        return head is not None and (_no_sum(head) or self.page.plane.says_of_doubles(head.text))

    def _named_no_sum(self, spot: Spot) -> bool:
        """Return whether a text on a figure's left says that it isn't added up."""
        if spot.row not in self._no_sums:
            self._no_sums[spot.row] = min(
                (each.col for each in self.all.rows[spot.row].texts if _no_sum(each)), default=spot.col
            )
        return self._no_sums[spot.row] < spot.col

    @cached_property
    def _texts(self) -> list[Spot]:
        """The texts of the sheet, column by column."""
        return texts(self.all)

    @cached_property
    def _at(self) -> dict[tuple[int, int], Spot]:
        return {(each.row, each.col): each for each in self._texts}

    # -- what of it is checked --------------------------------------------------

    def _sensible(self, found: Iterable[Sum]) -> list[Sum]:
        """Return the sums of the lines most of which add up, or of a single one that nearly does."""
        lines: dict[tuple[int, int], list[Sum]] = {}
        for each in found:
            total = self._value(each.total)
            if not each.less and total in (self._value(each.parts[0]), self._value(each.parts[-1])) and self._off(each):
                continue  # the same for each of them, a price, a number of days; or what there is at the end
            if not each.less and self._is_extreme(each):
                continue
            if not each.less and (self._is_mean(each) or self._is_weighed(each) or self.all.is_divided(each.total)):
                continue
            lines.setdefault(each.along, []).append(each)
        kept: list[Sum] = []
        for line in lines.values():
            holding = sum(self._off(each) == 0 for each in line)
            if (holding and holding >= len(line) * _LEAST_HOLDING) or (
                len(line) == 1 and (abs(self._off(line[0])) <= abs(self._value(line[0].total)) * _OFF or self._is_slip(line[0]))
            ):
                kept += line
        return kept

    def _is_weighed(self, each: Sum) -> bool:
        """Return whether a total is among its parts, as a weighed mean is; a count of a stage, or a SUM, isn't meant so."""
        formula = self.all.sheets.formulas.get((self.page.title, each.total.row, each.total.col), "")
        names = (self.all.heading(each.total), self.all.label(each.total))
        counted = any(
            name is not None and name.word is not None and (name.word.stage or name.kind in (MONTH, PERIOD)) for name in names
        )
        values = [self._value(part) for part in each.parts]
        is_mean = not formula.lstrip("=").startswith("SUM(") and is_weighed(values, self._value(each.total), counted)
        return is_mean and not self._is_slip(each)

    def _is_slip(self, each: Sum) -> bool:
        return slipped(self._relation(each)) is not None

    def _is_mean(self, each: Sum) -> bool:
        """Return whether a total is the mean of its parts, to its last digit."""
        total = self._value(each.total)
        return is_mean_of(total, added(map(self._value, each.parts)), len(each.parts)) and self._off(each) != 0

    def _is_extreme(self, each: Sum) -> bool:
        """Return whether a total is the least or the most of its parts, as its line says: Smallest deal."""
        values = [self._value(part) for part in each.parts]
        if self._value(each.total) not in (min(values), max(values)) or not self._off(each):
            return False
        head = self.all.heading(each.total)
        texts = [*self.all.rows[each.total.row].texts, *([head] if head is not None else [])]
        return any(_EXTREME.search(text.flat) for text in texts)

    def _value(self, spot: Spot) -> Fraction:
        return self.all.value(spot)

    def _off(self, each: Sum) -> Fraction:
        exact = added(map(self._value, each.parts)) - added(map(self._value, each.less))
        off = self._value(each.total) - exact
        # Parts to a decimal, their total to the whole number.
        slack = ONE if exact.denominator != 1 == self._value(each.total).denominator and abs(exact) > _LARGE else Fraction(0)
        return Fraction(0) if abs(off) < slack or abs(off) <= FINE * max(ONE, abs(exact)) else off

    def _relation(self, each: Sum) -> Relation:
        total, *parts = (self.all.figure(spot, of_column=True) for spot in (each.total, *each.parts))
        less = [self.all.figure(spot, of_column=True) for spot in each.less]
        parts += [figure._replace(value=-(figure.value or Fraction(0))) for figure in less]
        exact = added(part.value or Fraction(0) for part in parts)
        if not self._off(each):
            return Relation(SUM, total, tuple(parts), exact, HOLDS, working.sum_of(parts), "")  # nobody is told of it
        way, formula = working.added(parts, self.page.title, [1] * len(each.parts) + [-1] * len(less))
        return Relation(SUM, total, tuple(parts), exact, FAILS, way, formula)

    # -- findings ---------------------------------------------------------------

    def findings(self, told: set[tuple[str | None, str | None]]) -> Iterator[Finding]:
        """Report the cells that failing sums have in common; nothing where a cell of them is told of already."""
        failing = {id(each): each for each in self.relations if each.state == FAILS and not each.is_told(told)}
        holding = {cell.where for each in self.relations if each.state == HOLDS for cell in each.cells}
        of: dict[Where, list[tuple[Figure, Relation]]] = {}
        for relation in failing.values():
            for cell in relation.cells:
                of.setdefault(cell.where, []).append((cell, relation))
        for where in sorted(of, key=lambda each: each in holding):
            group = [(cell, relation) for cell, relation in of[where] if id(relation) in failing]
            if len(group) > 1 and _one_gap(group):
                yield at(*group[0])
                for _, relation in group:
                    del failing[id(relation)]
        while failing:
            first = failing.pop(next(iter(failing)))
            cell = slipped(first) or first.result
            yield at(cell, first)
            for _, relation in of[cell.where]:
                failing.pop(id(relation), None)


_HALF, _OTHER_HALF, _REST = terms.of("one_half"), terms.of("other_half"), terms.of("rest")


def _are_all(parts: Sequence[Spot]) -> bool:
    """Return whether rows of うち… are all of the whole by their words: 新規 and 既存, 広告 and その他."""
    names = [each.flat for each in parts]
    return any(map(_REST.search, names)) or (any(map(_HALF.search, names)) and any(map(_OTHER_HALF.search, names)))


def _one_gap(of: list[tuple[Figure, Relation]]) -> bool:
    """Return whether one other value of a cell would make all its sums right."""
    gaps = [(relation.result.value or Fraction(0)) - relation.exact for _, relation in of]
    signed = [-gap if cell.where == relation.result.where else gap for (cell, relation), gap in zip(of, gaps, strict=True)]
    return len(set(signed)) == 1


def at(figure: Figure, relation: Relation) -> Finding:
    """Return a finding at the total, or at the part that is wrong."""
    assert figure.value is not None
    if figure.where != relation.result.where:
        expected = figure.value + (relation.result.value or Fraction(0)) - relation.exact
        raw = figure.raw
        if figure.value < 0 < expected * -1 and isinstance(raw, Fraction) and raw > 0:
            figure, expected = figure._replace(value=-figure.value), -expected  # it is taken off
        return part(figure, relation, expected)
    code, what = following.edited(figure)
    return following.does_not_follow(
        figure, relation.exact, relation.way, (following.fix_of(figure), relation.formula), code=code, what=what
    )


def _with_totals(plane: Plane) -> set[tuple[int, bool]]:
    """Return the rows (True) and columns in which a total is said."""
    rows = {(row, True) for row, spots in plane.rows.items() if any(each.kind in (TOTAL, OTHER) for each in spots)}
    return rows | {(col, False) for col, spots in plane.cols.items() if any(each.kind in (TOTAL, OTHER) for each in spots)}


_GROWTH = terms.of("growth")
_OF_EACH = terms.of("mean", "each")


def _no_sum(spot: Spot) -> bool:
    word = spot.word
    if APART.search(spot.flat) or _GROWTH.search(spot.flat) or (word is not None and word.field == "coverage"):
        return True
    if _OF_EACH.search(spot.flat):
        return True
    if word is not None and word.kind == FIELD and lexicon.unit_of_field(word.field) == COUNT:
        return False
    return NOT_ADDED.search(unicodedata.normalize("NFKC", spot.text))
