"""One sheet of a freeform workbook with all that ties its figures, before anything is said of it."""

from __future__ import annotations

from fractions import Fraction

from ..check.finding import ERROR, NOTE, Finding
from ..formula.grid import Where
from ..values.units import COUNT, CURRENCY
from .laws.found import Laws, settled
from .laws.joint import Fault, Tie
from .laws.patterns import odd
from .read.page import Page
from .read.unread import Unread, unread
from .rules import inputs, nonumber
from .rules import months as calendar
from .rules.cells import Cells
from .rules.compared import CHAIN, LAWS, RATIOS, STEPS, TOTALS
from .rules.formulas import Formulas
from .rules.ratios import Ratios
from .rules.relation import FAILS, MONTHS, NEED, QUOTIENT, SHARES, SUM, Relation
from .rules.steps import Steps
from .rules.totals import Totals
from .rules.ways import taken


class Sheet:
    """The relations of one sheet, found in every way, and what is wrong with its single figures.

    ``suspect`` are cells of which something is said already: what fails by them is explained.
    """

    def __init__(self, page: Page, formulas: Formulas, laws: Laws) -> None:
        self.page = page
        self.relations = taken(page)
        partial = calendar.broken(page)
        self.relations.found = [
            each for each in self.relations.found if not (each.kind == MONTHS and each.operands[0].table in partial)
        ]
        self.typed = list(inputs.typed(page, formulas.used([each for each in page.figures if each.typed is not None])))
        self.wordy: list[Finding] = list(nonumber.no_numbers(page))
        self.beside: list[Unread] = unread(page)
        self.impossible = [*inputs.impossible(page), *self.wordy]
        self.percent = list(inputs.rates(page, self.relations))
        self.cells = cells = laws.cells
        self.odd = list(odd(cells))
        self.suspect = self._suspect() | formulas.circular | {each.where for each in self.odd}
        found = self.relations.found
        self.totals = Totals(cells, {each.result.where for each in found if each.kind in (SUM, MONTHS, NEED, SHARES)})
        self.steps = Steps(cells, {cell.where for each in found if each.kind == QUOTIENT for cell in each.cells})
        self.ratios = Ratios(cells)
        self.laws = laws
        found = [each for each in found if not _leaves_out(each, cells)]
        self.relations.found = [each for each in found if not _is_of_another(each, found) and not _is_between(each, cells)]

    def _suspect(self) -> set[Where]:
        beyond = {(each.sheet, each.cell) for each in self.percent} & {
            (each.where[0], each.cell) for each in self.page.figures if each.unit is not None
        }
        wrong = {(str(each.sheet), each.cell) for each in (*self.typed, *self.impossible) if each.severity == ERROR}
        wrong |= {(str(sheet), cell) for sheet, cell in beyond}
        return {each.where for each in self.page.figures if (each.where[0], each.cell) in wrong}

    @property
    def words(self) -> int:
        """How many cells hold words where a number is wanted."""
        return sum(each.severity == NOTE for each in self.wordy) + sum(each.wanted for each in self.beside)

    @property
    def known(self) -> list[tuple[str, list[Relation]]]:
        """The relations, each kind with who found it."""
        return [
            (CHAIN, self.relations.found),
            (TOTALS, self.totals.relations),
            (STEPS, self.steps.relations),
            (RATIOS, self.ratios.relations),
        ]

    @property
    def compared(self) -> list[tuple[str, list[Relation]]]:
        """The relations, and the laws of the tables."""
        return [*self.known, (LAWS, self.laws.relations)]

    @property
    def checked(self) -> int:
        """How many relations could be checked."""
        found = self.relations.found
        # A sum of revenue alone stands in any account; one of leads or visits is of a funnel.
        counts = any(
            each.kind == QUOTIENT or each.result.kind == COUNT or len({cell.field for cell in each.cells}) > 1 for each in found
        )
        others = len(self.totals.relations) + len(self.steps.relations) + len(self.ratios.relations) + len(self.laws.laws)
        return (len(found) if counts else 0) + others

    def settle(self, faults: list[Fault], disproved: list[Tie]) -> None:
        """Take what cells at fault explain for explained."""
        self.relations.found = settled(self.relations.found, faults, disproved)
        self.totals.relations = settled(self.totals.relations, faults, disproved)
        self.steps.relations = settled(self.steps.relations, faults, disproved)
        self.ratios.relations = settled(self.ratios.relations, faults, disproved)
        self.suspect |= {each.where for each in faults}


def _leaves_out(relation: Relation, cells: Cells) -> bool:
    """Return whether a sum by labels fails for a figure whose label wasn't understood: with it, it holds."""
    if relation.kind not in (SUM, MONTHS, SHARES) or relation.state != FAILS:
        return False
    down = relation.result.table[0] == "col"
    places = [each.where[1:] for each in relation.cells]
    if len({col if down else row for row, col in places}) != 1:
        # The parts are in one line, and what is called their total in another one that isn't below or beside them.
        parts = places[1:]
        row_wise = len({row for row, _ in parts}) == 1 and places[0][0] != parts[0][0]
        return relation.kind == SUM and row_wise and places[0][0] - parts[0][0] == 1
    if relation.result.table != relation.operands[0].table:
        return False
    first, last = min(places), max(places)
    while (before := (first[0] - down, first[1] - (not down))) in cells.amounts and not cells.is_rate(cells.amounts[before][0]):
        first = before  # 4月, whose label was another one's
    first = (first[0] - down, first[1] - (not down))
    extra = [
        cells.value(spot)
        for at, (spot, _) in cells.amounts.items()
        if first < at < last
        and at not in places
        and (at[1] == first[1] if down else at[0] == first[0])
        and (relation.kind == SHARES or not cells.is_rate(spot))
    ]
    gap = (relation.result.value or 0) - relation.exact
    if relation.kind == SHARES:
        return bool(extra) and abs(relation.exact + sum(extra) - 1) <= Fraction(1, 100)
    return bool(extra) and abs(sum(extra) - gap) <= abs(gap) / 1000


_FAR = 3


def _is_of_another(relation: Relation, found: list[Relation]) -> bool:
    """Return whether a rate that fails on every line by far is of other figures: an assumption that was changed is near."""
    if relation.kind != QUOTIENT or relation.state != FAILS or len(relation.operands) < 2:
        return False
    rate = relation.operands[-1].where
    same = [each for each in found if each.kind == QUOTIENT and rate in {cell.where for cell in each.operands}]
    return len(same) > 2 and all(
        each.state == FAILS
        and each.result.value
        and each.exact > 0
        and not 1 <= _FAR * each.exact / each.result.value <= _FAR * _FAR
        for each in same
    )


def _is_between(relation: Relation, cells: Cells) -> bool:
    """Return whether another figure between a source and its result is what the result is worked out from."""
    if relation.kind != QUOTIENT or relation.state != FAILS or len(relation.operands) != 2:
        return False
    result, (source, rate) = relation.result, relation.operands
    if source.kind != CURRENCY or source.where[2] != result.where[2] or not result.value or not rate.value:
        return False
    wanted = result.value * rate.value
    rows = range(min(source.where[1], result.where[1]) + 1, max(source.where[1], result.where[1]))
    between = [cells.amounts[row, source.where[2]][0] for row in rows if (row, source.where[2]) in cells.amounts]
    return any(not cells.is_rate(spot) and abs(cells.value(spot) - wanted) <= wanted / 10**6 for spot in between)
