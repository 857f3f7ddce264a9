"""The proof on the page: the figures multiplied forward again, line by line, against the goal."""

from __future__ import annotations

from ..language.text import Text
from ..template.model import Cell, Section
from ..values.a1 import Place, address, column
from ..values.units import COUNT, RATE
from . import looks
from .board import ROW, Board
from .grid import LABEL, STEP
from .model import Conditional


def draw(board: Board, section: Section) -> None:
    """Draw a line per check: the two sides compared, and what to do."""
    board.band(section, board.grid.last)
    _, second, third, fourth, fifth, sixth = board.grid.boxes[:6]
    row = board.line(ROW)
    for col in range(STEP, board.grid.last + 1):
        board.sheet.put(row, col, None, looks.HEADING)
    for col, text in (
        (LABEL, Text("確かめること", "What is checked")),
        (second, Text("掛け戻した結果", "Forward")),
        (third, Text("目標", "Goal")),
        (fourth, Text("過不足", "Over / short")),
        (fifth, Text("判定", "State")),
        (sixth, Text("要確認のときの対処", "What to do")),
    ):
        align = "left" if col in (LABEL, sixth) else "center"
        board.sheet.put(row, col, board.placer.say(text), looks.over(looks.HEADING, text_wrap=False, align=align))
    first = board.row
    for check in section.checks:
        row = board.line(ROW)
        board.sheet.put(row, STEP, check.step, looks.STEP)
        board.sheet.put(row, LABEL, board.placer.say(check.label), looks.over(looks.PLAIN, shrink=True), board.grid.boxes[0])
        for name, col in ((check.forward, second), (check.goal, third), (check.gap, fourth)):
            if name is not None:
                cell = board.template.cells[name]
                look = looks.value_look(cell, board.lang, bold=False, num_format=_with_fraction(cell, board.lang))
                board.placer.cell(name, row, col, look)
        board.placer.cell(check.state, row, fifth, looks.STATE)
        board.placer.cell(check.advice, row, sixth, looks.ADVICE, board.grid.last)
    board.placer.state_colours(first, fifth, board.row - 1)
    # A shortfall of 0.0001 must not read as 0.
    gap = address(first, fourth).replace(column(fourth), f"${column(fourth)}")
    tiny = f"AND(ISNUMBER({gap}),{gap}<>0,ABS({gap})<0.005)"
    form = (("num_format", "+0.0#####;-0.0#####;0"),)
    board.sheet.conditionals.append(Conditional(first, fourth, board.row - 1, fourth, tiny, form))
    block = f"{section.key}_state"
    board.placer.places[block] = Place(board.sheet.title, first, fifth, board.row - first)
    board.note_lines(section, board.grid.last)


def _with_fraction(cell: Cell, lang: str) -> str:
    """Show a decimal or two in forward figures: 19.8 must not read as 20."""
    form = looks.number_format(cell, lang)
    if cell.unit == RATE:
        return form.replace("0.0#%", "0.0##%").replace("0.0%", "0.0##%")
    return form.replace("#,##0", "#,##0.0#") if cell.unit == COUNT else form
