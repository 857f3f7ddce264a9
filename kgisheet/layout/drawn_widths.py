"""The widths of a drawn sheet's columns: what their cells and headings need."""

from __future__ import annotations

from collections.abc import Iterable

from ..template import tables
from ..template.model import Cell, Section
from ..values.units import COUNT, CURRENCY, RATE, TEXT
from ..worksheet.solve import Solution
from . import names
from .lines import LABEL
from .measure import broken, wide, width, wrapped
from .model import pixels
from .reasoned import VALUE

ROW, ROW_OF_FORM = 18.0, 17.0
_HEADED = 19.25
"""The most that a heading makes a column wide."""
_LEAST = {CURRENCY: 15.0, COUNT: 12.0, RATE: 11.0, TEXT: 14.0, "other": 12.0}
_LABEL_WIDTH = 30.0
_MOST_NAMED = 32.9
"""The most that the names of a table's lines make their column wide."""
_FORM_WIDTH = 26.0
_ACROSS, _FEW, _ACROSS_WIDTH, _ACROSS_NARROW = 10, 8, 10.0, 9.0
"""How many rows of a table a page holds side by side, and how wide they are: where they are few, and otherwise."""
_ACROSS_NAMED, _ACROSS_SPARE, _ACROSS_LEAST = 12.4, 8.5, 7.0
"""The widths of those that have a name, six Japanese letters on one line, where they are fewer still, and of the others."""
_MATRIX_LABEL, _MATRIX_STAGE = 24.0, 10.4
"""The widths of the ranks and of eight stages beside them that an upright A4 takes."""

_HIGH = 4
"""How many lines of a name there are over a narrow column, at most."""


def is_across(solution: Solution, section: Section) -> bool:
    """Return whether a table lies on its side: where it is asked to, and a page is wide enough for its rows."""
    return section.across and solution.rows[section.table or ""] <= _ACROSS


def widths_of(solution: Solution, sections: list[Section], lang: str) -> dict[int, float]:
    """Return the widths of the columns that the widest section needs, each as its widest cell asks."""
    kinds = {section.kind for section in sections} - {"axis", "rows"}
    found: dict[int, float] = {
        0: 1.5,
        LABEL: _FORM_WIDTH if "form" in kinds else _MATRIX_LABEL if "matrix" in kinds else _LABEL_WIDTH if kinds else 0,
    }
    cells = solution.template.cells

    def at_least(col: int, least: float) -> None:
        found[col] = max(found.get(col, 0), least)

    # Its columns are all alike: figures above it reach over two of them.
    is_lying = any(section.kind == "rows" and is_across(solution, section) for section in sections)
    for section in sections:
        if section.kind == "rows":
            if is_across(solution, section):
                for at, room in enumerate(_across(solution, section)):
                    at_least(VALUE + at, room)
                continue
            for at, name in enumerate(section.columns[:-1]):
                at_least(LABEL + at, max(asked(cells[name]), _headed(cells[name].label.to(lang))))
            if cells[section.columns[0]].unit == TEXT:
                at_least(LABEL, min(_MOST_NAMED, _named(solution, section)))
            last = cells[section.columns[-1]]
            at_least(
                LABEL + len(section.columns) - 1,
                _MATRIX_STAGE if last.width and "matrix" in kinds else _LEAST.get(last.unit, _LEAST["other"]),
            )
        for line in section.lines if not (section.reasons and is_lying) else ():
            for at, each in enumerate(line.cells):
                at_least(VALUE + at, asked(None if each is None else cells[each]))
        if section.kind == "matrix":
            for at in range(solution.rows[tables.STAGE]):
                at_least(VALUE + at, _MATRIX_STAGE)
        if section.kind == "lines" and not section.unprinted:
            labels = max((width(cells[name].full_label.ja) for name in section.cells), default=0)
            at_least(LABEL, min(44.0, float(labels)))
            reads = any(cells[name].unit == TEXT and section.height > ROW for name in section.cells)
            for at in range(3):
                at_least(VALUE + at, 26.0 if reads else _MATRIX_STAGE if "matrix" in kinds else 14.0)
    for section in sections:  # the last column of a table takes those beside it for its width
        if section.kind == "rows" and not is_across(solution, section):
            col = LABEL + len(section.columns) - 1
            lacking = cells[section.columns[-1]].width - sum(has for at, has in found.items() if at >= col)
            at_least(col, found[col] + max(0.0, lacking))
    return found


def _named(solution: Solution, section: Section) -> float:
    """Return the width that the names of a table's lines ask for."""
    return 0.5 + max(map(wide, _names(solution, section)), default=0.0)


def _across(solution: Solution, section: Section) -> list[float]:
    """Return the widths of the columns of a table on its side."""
    count = solution.rows[section.table or ""]
    if count > _FEW:
        return [_ACROSS_NARROW] * count
    said = _names(solution, section)
    is_few = sum(_ACROSS_NAMED if name else _ACROSS_SPARE for name in said) <= _ACROSS_WIDTH * count
    usual, spare = (_ACROSS_NAMED, _ACROSS_SPARE) if is_few else (_ACROSS_WIDTH, _ACROSS_WIDTH)
    return names.widths(said, usual, spare, _ACROSS_LEAST, count * pixels(_ACROSS_WIDTH))


def is_turned(solution: Solution, section: Section, lang: str) -> bool:
    """Return whether a table on its side stands up: where its many columns would break names, and are wide enough for headings."""
    count, cells = solution.rows[section.table or ""], solution.template.cells
    labels = (cells[name].label.to(lang) for name in section.columns[1:])
    room = _ACROSS_NARROW - 0.7
    return _FEW < count >= len(section.columns) and not _are_whole(_names(solution, section), room) and _are_whole(labels, room)


def _are_whole(said: Iterable[str], room: float) -> bool:
    return all(names.is_whole(each, room, _HIGH) for each in said)


def _names(solution: Solution, section: Section) -> list[str]:
    return [str(solution.at(section.columns[0], at) or "") for at in range(solution.rows[section.table or ""])]


def _headed(said: str) -> float:
    """Return the width that a heading asks for: its parts before and after a bracket beside one another, others on two lines."""
    parts = broken(said, 0).split("\n")
    if len(parts) == 1:
        rooms = (0.5 * half for half in range(12, int(2 * _HEADED)))
        return 1.0 + next((room for room in rooms if wrapped(said, room) <= 2), _HEADED)
    return min(_HEADED, max(wide(part) for part in parts) + 1.5)


def asked(cell: Cell | None) -> float:
    """Return the width that a cell asks of its column: declared, or by its unit."""
    return _LEAST["other"] if cell is None else cell.width or _LEAST.get(cell.unit, _LEAST["other"])
