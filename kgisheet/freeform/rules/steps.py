"""Steps from one figure to the next by a rate that has no label of its own: a column 次段階への率, rates under arrows.

They need no stage that is known. Each rate stands between two figures, or on the line of one of them; where most of a table's
steps hold in one of these readings, the others are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ...check.finding import Finding
from ...formula.grid import Where
from ...values.regex import regex
from ..read.figures import Figure
from ..read.lexicon import TOTAL
from ..read.plane import Spot
from . import following, working
from .cells import Cells
from .relation import FAILS, HOLDS, QUOTIENT, Relation, at_fault
from .rounding import SHOWN, as_written, fits, measured, rounded_off

_TO_NEXT = regex(
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

    def __init__(self, cells: Cells, known: set[Where]) -> None:
        self.all = cells
        self.page = cells.page
        self.known = known
        self.cells = {at: spot for at, (spot, _) in cells.amounts.items()}
        self.relations: list[Relation] = []
        for readings in [*self._columns(), *self._between()]:
            best = max(readings, key=lambda steps: sum(map(self._holds, steps)), default=[])
            held = sum(map(self._holds, best))
            # One that holds among two may do so by chance.
            if len(best) >= _LEAST and held * 3 >= len(best) and (held > 1 or (held and len(best) > _LEAST)):
                self.relations += [self._relation(each) for each in best]

    # -- where they are -----------------------------------------------------------

    def _columns(self) -> Iterator[list[list[_Step]]]:
        """Yield the readings of a column of rates to the next stage beside a column of figures."""
        for head in [
            spot for spots in self.page.plane.rows.values() for spot in spots if spot.text and _TO_NEXT.search(spot.flat)
        ]:
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
        while (row, col) in self.cells and not self.all.is_rate(self.cells[row, col]):
            found.append(self.cells[row, col])
            row += 1
        return found

    def _between(self) -> Iterator[list[list[_Step]]]:
        """Yield the readings of rates between figures, in one column or row, or under the gap, without a label but an arrow."""
        down: dict[int, list[_Step]] = {}
        across: dict[int, list[_Step]] = {}
        for (row, col), spot in self.cells.items():
            if not self.all.is_rate(spot) or (self.page.title, row, col) in self.known:
                continue
            above, below = self.cells.get((row - 1, col)), self.cells.get((row + 1, col))
            if above is not None and below is not None and self.all.label(spot) is None:
                down.setdefault(col, []).append(_Step(below, above, spot))
            for line in (row, row - 1, row + 1):
                left, right = self.cells.get((line, col - 1)), self.cells.get((line, col + 1))
                if (left is not None and right is not None and (line, col) not in self.cells) or (
                    line == row and left is not None and right is not None
                ):
                    across.setdefault(line, []).append(_Step(right, left, spot))
                    break
        for steps in (*down.values(), *across.values()):
            counted = [each for each in steps if not self.all.is_rate(each.later) and not self.all.is_rate(each.earlier)]
            yield [counted, [_Step(each.earlier, each.later, each.rate) for each in counted]]

    # -- what of it holds -----------------------------------------------------------

    def _holds(self, step: _Step) -> bool:
        later, earlier, rate = self.all.value(step.later), self.all.value(step.earlier), self.all.value(step.rate)
        if rate <= 0 or later < 0:
            return False
        made, needed = earlier * rate, later / rate
        label = self.all.label(step.rate)
        if label is not None and label.kind == TOTAL and as_written(earlier, later, [rate]):
            return True  # the rate of all was measured
        if step.rate.format.startswith(SHOWN) and as_written(earlier, later, [rate]):
            return True
        return fits(later, made) or fits(earlier, needed) or measured(earlier, later, [rate]) or rounded_off(later, made)

    def _relation(self, step: _Step) -> Relation:
        later, earlier, rate = (self.all.figure(each, nameless=each.text or "?") for each in step)
        exact = (earlier.value or Fraction(0)) * (rate.value or Fraction(0))
        way, formula = working.part(earlier, rate)
        return Relation(QUOTIENT, later, (earlier, rate), exact, HOLDS if self._holds(step) else FAILS, way, formula)

    # -- findings ---------------------------------------------------------------------

    def findings(self, told: set[tuple[str | None, str | None]], sound: set[Where]) -> Iterator[Finding]:
        """Report the figure that failing steps have in common, or the one that nothing else confirms; not what is told already."""
        for figure, relation in at_fault(self.relations, told, sound):
            yield _finding(figure, relation)


def _finding(figure: Figure, relation: Relation) -> Finding:
    (earlier, rate), later = relation.operands, relation.result
    expected, way = relation.exact, relation.way
    for part, other in ((earlier, rate), (rate, earlier)):
        if figure.where == part.where:
            divided = [later.value or Fraction(0), other.value or Fraction(1)]
            expected, way = divided[0] / divided[1], working.quotient([later, other], divided)[0]
    code, what = following.edited(figure)
    return following.does_not_follow(figure, expected, way, (following.FIX_VALUE, relation.formula), code=code, what=what)
