"""I06 at results: nothing can be calculated, though all that the template asks for is there."""

from __future__ import annotations

from collections.abc import Iterator

from ...formula.grid import Where
from ...template.model import Cell
from ...values.units import COUNT, CURRENCY, RATE
from ...worksheet.shown import is_blank
from ..finding import Finding
from ..subject import Subject


def blanks(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Report the first result of the page that is blank while its inputs are right, and why: once for all that follow from it."""
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    said: set[str] = set()
    for cell in _figures(subject):
        sources = subject.sources_of(cell.name)
        if not is_blank(subject.expected(cell, None)) or sources & (wrong | said):
            continue
        said.add(cell.name)
        inputs = [
            each for each in subject.template.inputs() if each.name in sources and each.table is None and subject.is_read(each)
        ]
        empty = next((each for each in inputs if subject.book.inputs.get(each.name) is None and each.unit in _NUMBERS), None)
        label = subject.label(cell, None)
        if empty is not None and subject.book.place(empty.name) is None:
            continue  # its cell is gone: S01 says so
        if empty is not None:
            name = subject.label(empty, None)
            yield subject.finding("I06.source_blank", empty, None, source=name, label=label)
        elif all(each.table is None for each in subject.template.inputs() if each.name in sources):
            yield subject.finding("I06.divided_by_zero", cell, None)


_NUMBERS = (CURRENCY, COUNT, RATE)


def _figures(subject: Subject) -> Iterator[Cell]:
    """Yield the page's own figures among the results: no companions, no lines of the checks."""
    checks = subject.template.check_cells()
    for name in subject.template.order:
        cell = subject.template.cells[name]
        if cell.table is None and cell.companion is None and cell.rounded and name not in checks and name in subject.book.names:
            yield cell
