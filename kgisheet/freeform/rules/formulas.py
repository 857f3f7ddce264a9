"""The formulas of the sheets that were read: errors at their root, circular references, stale results, a constant among formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ...check.finding import Finding, finding
from ...formula.grid import CircleError, Sheets, Where, held
from ...formula.nodes import Area, Cell, ErrorValue, walk
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...values import budget
from ...values.a1 import address, cell_of
from ...worksheet.shown import same_stored
from ...xlsx.read.reader import Read
from ..read import terms
from ..read.figures import Figure
from ..read.page import Page
from . import telling
from .places import Places
from .relation import HOLDS
from .relations import Relations

MEANT = terms.of("on_purpose")
"""A remark that a figure was typed on purpose."""


class Formulas:
    """The references and values of the read sheets' formulas."""

    def __init__(self, read: Read, pages: list[Page], sheets: Sheets) -> None:
        self.read = read
        self.sheets = sheets
        self.named = {each.where: each for page in pages for each in page.figures}
        titles = {page.title for page in pages}
        self.all = [where for where in sheets.formulas if where[0] in titles]
        self.circular: set[Where] = set()
        self.not_evaluated: set[Where] = set()
        """Those that can't be calculated, once ``circles`` has been through them: nothing that they show was checked."""

    @cached_property
    def references(self) -> dict[Where, list[Cell | Area]]:
        """The cells and areas each formula refers to, with their sheet."""
        found: dict[Where, list[Cell | Area]] = {}
        for where in self.all:
            try:
                nodes = walk(parse(self.sheets.formulas[where]))
            except FormulaError:
                continue
            found[where] = [each._replace(sheet=each.sheet or where[0]) for each in nodes if isinstance(each, (Cell, Area))]
        return found

    def used(self, figures: list[Figure]) -> set[Where]:
        """Return which of the figures some formula refers to."""
        wanted = Places(each.where for each in figures)
        every = self.references.values() if wanted else ()
        return set(budget.as_far_as_paid(at for references in every for each in references for at in wanted.inside(each)))

    def value(self, where: Where) -> Value:
        """Return the value of a cell; None if it can't be evaluated (reported elsewhere)."""
        try:
            return self.sheets.value(where)
        except (NotEvaluatedError, CircleError, RecursionError):
            return None

    # -- F08 ----------------------------------------------------------------

    def circles(self) -> Iterator[Finding]:
        for where in self.all:
            if where in self.circular:
                continue
            try:
                self.sheets.value(where)
            except CircleError as circle:
                ring = circle.ring
                if not self.circular.isdisjoint(ring):
                    continue
                self.circular |= set(ring)
                path = " → ".join(address(row, col) for _, row, col in (*ring, ring[0]))
                first = min(ring)
                yield self._finding(
                    "freeform.F08.circle",
                    first,
                    affected=tuple(cell_of(sheet, row, col) for sheet, row, col in ring if (sheet, row, col) != first),
                    path=path,
                )
            except (NotEvaluatedError, RecursionError):
                self.not_evaluated.add(where)

    # -- F06 ----------------------------------------------------------------

    def errors(self, explained: set[Where]) -> Iterator[Finding]:
        """Report error values at the cell where they begin; silent if a text in ``explained`` is the cause."""
        failed = {where: value for where in self.all if isinstance(value := self.value(where), ErrorValue)}
        places = Places(failed)
        before = {where: self._from(where, places) for where in failed}
        roots: dict[Where, list[Where]] = {
            where: [] for where, earlier in before.items() if earlier is None and not self._touches(where, explained)
        }
        for where, root in _begun(before).items():
            if root in roots and root != where:
                roots[root].append(where)
        for where, after in roots.items():
            yield self._finding(
                "freeform.F06.error",
                where,
                affected=tuple(cell_of(sheet, row, col) for sheet, row, col in after),
                error=failed[where].text,
                formula=self.sheets.formulas[where],
            )

    def _from(self, where: Where, failed: Places) -> Where | None:
        """Return a failed cell that ``where`` refers to."""
        return next((at for each in self.references.get(where, ()) for at in failed.inside(each) if at != where), None)

    def _touches(self, where: Where, explained: set[Where]) -> bool:
        return any(
            isinstance(each, Cell) and (each.sheet, each.row, each.col) in explained for each in self.references.get(where, [])
        )

    # -- C01, C02 -------------------------------------------------------------

    def stale(self) -> Iterator[Finding]:
        """Report stored results that differ from what the formulas give now: one finding; none stored at all: a note."""
        stored = {where: held(self.read.cells[where].value) for where in self.all}
        if self.all and all(value is None for value in stored.values()):
            yield finding("freeform.C02.not_stored")
            return
        wrong = []
        for where, value in stored.items():
            now = self.value(where)
            if now is not None and value is not None and not same_stored(value, now):
                wrong.append(where)
        if wrong:
            where = wrong[0]
            yield self._finding(
                "freeform.C01.stale",
                where,
                affected=tuple(cell_of(sheet, row, col) for sheet, row, col in wrong[1:]),
                many=len(wrong),
            )

    # -- F01 as a warning -------------------------------------------------------

    def constants(self, page: Page, relations: Relations) -> Iterator[Finding]:
        """Report one typed value in a row or column of formulas: right today, and left behind by the next change."""
        for relation in relations.found:
            figure = relation.result
            if relation.state != HOLDS or figure.formula is not None or relation.kind != "quotient" or figure.value is None:
                continue
            line = [
                each
                for each in page.figures
                if each.field == figure.field
                and each.table == figure.table
                and each.scope.kind == figure.scope.kind
                and each is not figure
            ]
            remarks = [spot.text for spot in page.plane.rows.get(figure.where[1], []) if spot.text]
            if any(MEANT.search(each) for each in remarks):
                continue
            if self._begins(figure.where, [each.where for each in line]):
                continue
            if len(line) >= 2 and all(each.formula is not None for each in line) and any(map(self._is_of_its_line, line)):
                said = telling.value(figure, figure.value)
                yield telling.finding(
                    "freeform.F01.constant",
                    figure,
                    said=said,
                    formula=relation.formula,
                    found=telling.json_number(figure.value),
                    expected=telling.json_number(figure.value),
                )

    def _is_of_its_line(self, figure: Figure) -> bool:
        """Return whether a formula takes a cell of its own row or column: none that is of the next month's is overwritten by a figure."""
        _, row, col = figure.where
        cells = [each for each in self.references.get(figure.where, ()) if isinstance(each, Cell)]
        return not cells or any(each.row == row or each.col == col for each in cells)

    def _begins(self, first: Where, others: Sequence[Where]) -> bool:
        """Return whether the first cell of a line is typed since the others grow from it: 5,000 visits in January, then 10 % more each month."""
        return first < min(others, default=first) and any(
            isinstance(each, Cell) and (each.sheet, each.row, each.col) == first
            for other in others
            for each in self.references.get(other, ())
        )

    def _finding(self, key: str, where: Where, /, **more: Any) -> Finding:
        """Return a finding at a cell, called by its label where it has been read as a figure."""
        made = finding(key, sheet=where[0], cell=address(where[1], where[2]), **more)
        figure = self.named.get(where)
        if figure is None:
            return made
        said = (
            made.message if made.code == "C01" else Phrase("freeform.part.at", label=telling.label(figure), said=made.message)
        )
        return made._replace(name=figure.name, label=telling.own_label(figure), message=said)


def _begun(before: Mapping[Where, Where | None]) -> dict[Where, Where | None]:
    """Return where each cell's error begins, by what each has its own from; None where that goes round in a circle."""
    found: dict[Where, Where | None] = {}
    for where in before:
        way: dict[Where, None] = {}
        at: Where | None = where
        while at is not None and at not in found and at not in way:
            way[at] = None
            at = before[at]
        root = next(reversed(way)) if at is None else found.get(at)
        found.update(dict.fromkeys(way, root))
    return found
