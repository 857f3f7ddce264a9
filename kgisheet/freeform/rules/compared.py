"""The relations of all pages, for those who ask what was compared with what and why."""

from __future__ import annotations

from collections.abc import Iterable

from ...check.explained import Explained, Related
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...values.a1 import cell_of
from ...values.units import COUNT
from ..read.figures import Figure, said
from ..read.page import Page
from ..read.stages import VARIANT
from . import telling
from .relation import BUFFERED, BY_OTHER, FAILS, HOLDS, MONTHS, NEED, QUOTIENT, REVENUE, SHARES, SPLIT, SUM, Relation

CHAIN, TOTALS, STEPS, RATIOS, SPELLED, ACROSS, LAWS = "chain", "totals", "steps", "ratios", "spelled", "across", "laws"
"""By what a relation was found: the chain of stages, a table's labels of totals, a column of rates to the next stage, the
ratios of the periods' columns, formulas that a text spells out, sums over lists and sheets, what the lines of a table have in common."""

_GOALS = ("web_revenue", "total_revenue", "other_revenue", "revenue", "pipeline")
"""Amounts that a sheet works towards, or works out; the others are prices and costs, which are typed."""

_BY_LABEL = {
    BUFFERED: Phrase("freeform.why.buffered"),
    MONTHS: Phrase("freeform.why.months"),
    NEED: Phrase("freeform.why.need"),
    REVENUE: Phrase("freeform.why.revenue"),
    SHARES: Phrase("freeform.why.shares"),
    SPLIT: Phrase("freeform.why.split"),
}


class Compared:
    """The relations that were checked, page by page."""

    def __init__(self) -> None:
        self._taken: list[tuple[Page, Relation, str]] = []
        self._pages: list[Page] = []
        self.cells: set[Where] = set()
        """The cells that took part in a relation."""
        self.sound: set[Where] = set()
        """The cells of relations that hold."""
        self.sums: set[Where] = set()
        """The results of sums."""
        self.faulty: set[Where] = set()
        """The cells that are said to be wrong: what gives them fails."""

    def add(self, page: Page, relations: Iterable[Relation], by: str) -> None:
        if page not in self._pages:
            self._pages.append(page)
        for each in relations:
            self._taken.append((page, each, by))
            places = {cell.where for cell in each.cells}
            self.cells |= places
            if each.state == HOLDS:
                self.sound |= places
            if each.kind in (SUM, MONTHS, NEED, SHARES):
                self.sums.add(each.result.where)

    def _said(self) -> list[tuple[Page, Relation, str]]:
        """Return the relations without those that lines of a table show of the same cells as labels do: each is said once."""
        labelled = {frozenset(cell.where for cell in each.cells) for _, each, by in self._taken if by != LAWS}
        return [
            taken
            for taken in self._taken
            if taken[2] != LAWS or frozenset(cell.where for cell in taken[1].cells) not in labelled
        ]

    def explained(self) -> Explained:
        """Return it all, in the order of the sheets' cells."""
        used = self.cells
        goals: list[Figure] = []
        unused: list[Figure] = []
        for page in self._pages:
            for each in page.figures:
                if each.where not in used and each.value is not None:
                    (goals if is_goal(each, page) else unused).append(each)
        return Explained(
            len(used),
            tuple(
                _related(page, relation, by, relation.result.where in self.faulty)
                for page, relation, by in sorted(self._said(), key=lambda each: each[1].result.where)
            ),
            tuple(dict.fromkeys(_at(each) for each in goals)),
            tuple(dict.fromkeys(_at(each) for each in unused)),
        )


def is_goal(figure: Figure, page: Page) -> bool:
    """Return whether a figure is what a sheet works out, a stage's or a revenue, and not a rate or a price that was assumed."""
    return figure.field.partition(VARIANT)[0] in page.stages or figure.field in _GOALS


def _at(figure: Figure) -> str:
    return cell_of(*figure.where)


def _related(page: Page, relation: Relation, by: str, is_faulty: bool) -> Related:
    result = relation.result
    return Related(
        relation.kind,
        _at(result),
        tuple(_at(each) for each in relation.operands),
        FAILS if is_faulty and relation.state == BY_OTHER else relation.state,
        relation.way,
        said(relation.exact, result.kind) if result.kind != COUNT else telling.plain(relation.exact),
        _why(page, relation, by),
    )


def _why(page: Page, relation: Relation, by: str) -> Phrase:
    """Return the evidence for a relation: what the rate's label says, where it is, what the labels of a total say."""
    if by == STEPS:
        return Phrase("freeform.why.steps")
    if by == RATIOS:
        return Phrase("freeform.why.ratios")
    if by == SPELLED:
        return Phrase("freeform.why.spelled")
    if by == LAWS:
        return Phrase("freeform.why.laws")
    if by == ACROSS:
        return Phrase("freeform.why.across")
    if by == TOTALS or relation.kind == SUM:
        return Phrase("freeform.why.total")
    if relation.kind != QUOTIENT:
        return _BY_LABEL[relation.kind]
    rates = {each.field: each for each in relation.operands[1:]}
    ties = [tie for tie in page.ties if tie.rate in rates]
    if not ties:
        return Phrase("freeform.why.price") if "deal_size" in rates else Phrase("freeform.why.label")
    said = [Phrase("label.quoted", label=rates[tie.rate].label) for tie in ties[:2]]
    # Of two rates in a row the weaker evidence.
    if any(tie.weak for tie in ties):
        return Phrase("freeform.why.between", rates=said)
    if any(tie.rate == "closing_rate" for tie in ties):
        return Phrase("freeform.why.fits", rates=said)
    if all(tie.named for tie in ties):
        return Phrase("freeform.why.named", rates=said)
    return Phrase("freeform.why.leads_to", rates=said)
