"""The × and ✗ that a workbook shows, against what `check` says of it: worked out from the template, not by the checker."""

from __future__ import annotations

from typing import NamedTuple

from sentence_states import State, base, full, solved

from kgisheet import api
from kgisheet.check.finding import Report
from kgisheet.worksheet.solve import sizes


class Shown(NamedTuple):
    """A state's marks, by the names of their cells, and its report."""

    marks: dict[str, str]
    report: Report


def shown(state: State) -> Shown | None:
    """The marks that the template works out for a state, and what `check` says of a workbook with those inputs.

    None for inputs beyond all measure, of which no workbook is made.
    """
    plan, solution = base(state.template, state.lang), solved(state)
    marks: dict[str, str] = {}
    for cell in plan.template.cells.values():
        if cell.formula is None:
            continue
        count = sizes(plan.template, plan.channels).get(cell.table or "")
        for row in range(count) if count is not None else [None]:
            value = solution.at(cell.name, row)
            if isinstance(value, str) and value[:1] in ("×", "✗"):
                marks[cell.name if row is None else f"{cell.name}[{row + 1}]"] = value
    inputs = full(state.template, state.lang) | dict(state.changed)
    try:
        data = api.workbook(plan._replace(inputs=inputs), state.lang)
    except api.PlanError:
        return None
    return Shown(marks, api.check(data, "book.xlsx"))


def silent(given: Shown) -> bool:
    """Whether the sheet shows a mark, and nothing is said of it: a note of another rule (what is usual, say) is no word about it."""
    return bool(given.marks) and not any(each.severity != "note" or each.code[0] == "X" for each in given.report.findings)
