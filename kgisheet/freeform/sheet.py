"""One sheet of a freeform workbook with all that ties its figures, before anything is said of it."""

from __future__ import annotations

from ..check.finding import ERROR, NOTE, Finding
from ..formula.grid import Where
from ..values.units import COUNT
from .laws.culprit import Fault
from .laws.found import Laws
from .laws.tie import Tie
from .laws.told import settled
from .read.page import Page
from .read.unread import Unread, unread
from .rules import inputs, nonumber
from .rules import months as calendar
from .rules.compared import CHAIN, LAWS, RATIOS, SPELLED, STEPS, TOTALS
from .rules.formulas import Formulas
from .rules.misread import without_misread
from .rules.ratios import Ratios
from .rules.relation import MONTHS, NEED, QUOTIENT, SHARES, SUM, Relation
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
        self.impossible = [*inputs.impossible(page, self.relations), *self.wordy]
        self.percent = list(inputs.rates(page, self.relations, laws.counts))
        self.cells = cells = laws.cells
        self.odd = laws.odd
        self.suspect = self._suspect() | formulas.circular | {each.where for each in self.odd}
        found = self.relations.found
        self.totals = Totals(cells, {each.result.where for each in found if each.kind in (SUM, MONTHS, NEED, SHARES)})
        self.steps = Steps(cells, {cell.where for each in found if each.kind == QUOTIENT for cell in each.cells})
        self.ratios = Ratios(cells)
        self.spelled = laws.spelled
        self.each = laws.each
        self.laws = laws
        self.relations.found = without_misread(found, page, cells)
        for each in (self.totals, self.steps, self.ratios, self.spelled):
            each.relations = without_misread(each.relations, page, cells)

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
            (SPELLED, self.spelled.relations),
            (SPELLED, self.each.relations),
        ]

    @property
    def compared(self) -> list[tuple[str, list[Relation]]]:
        """The relations, and the laws of the tables."""
        return [*self.known, (LAWS, self.laws.relations)]

    @property
    def checked(self) -> int:
        """How many relations could be checked, and formulas against their neighbours'."""
        found = self.relations.found
        # A sum of revenue alone stands in any account; one of leads or visits is of a funnel.
        counts = any(
            each.kind == QUOTIENT or each.result.kind == COUNT or len({cell.field for cell in each.cells}) > 1 for each in found
        )
        others = len(self.totals.relations) + len(self.steps.relations) + len(self.ratios.relations) + len(self.laws.laws)
        others += len(self.spelled.relations) + len(self.each.relations) + len(self.odd) + len(self.laws.confirmed)
        return (len(found) if counts else 0) + others

    def settle(self, faults: list[Fault], disproved: list[Tie]) -> None:
        """Take what cells at fault explain for explained."""
        self.relations.found = settled(self.relations.found, faults, disproved)
        self.totals.relations = settled(self.totals.relations, faults, disproved)
        self.steps.relations = settled(self.steps.relations, faults, disproved)
        self.spelled.relations = settled(self.spelled.relations, faults, disproved)
        self.ratios.relations = settled(self.ratios.relations, faults, disproved)
        self.each.relations = settled(self.each.relations, faults, disproved)
        self.suspect |= {each.where for each in faults}
