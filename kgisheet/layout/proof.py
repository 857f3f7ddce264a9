"""The proof: the figures multiplied forward again, line by line, against the goal."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..expr.nodes import Word
from ..language.text import Text
from ..template.model import Cell, Section
from ..values.a1 import Place, address
from ..values.units import COUNT, RATE
from . import looks
from .draft import Draft
from .lines import Lines
from .measure import tall, wide, wrapped
from .model import Conditional

_ROW = 15.5
_ABOVE = 4.0
"""The points that the last of several lines needs less, so that the proof stays on one page."""
Span = tuple[int, int]


class Columns(NamedTuple):
    """Where the parts of a line are: first and last column."""

    label: Span
    forward: Span
    goal: Span
    gap: Span
    state: int
    advice: Span


def draw(lines: Lines, section: Section, at: Columns) -> None:
    """Draw a line per check: the two sides compared, and what to do."""
    draft = lines.draft
    row = lines.line(_ROW)
    draft.row_of(row, at.label[0], at.advice[1], looks.HEADING)
    for (col, last), text in (
        (at.label, Text("検算項目", "Check")),
        (at.forward, Text("検算結果", "Result")),
        (at.goal, Text("目標", "Goal")),
        (at.gap, Text("過不足", "Over / short")),
        ((at.state, at.state), Text("判定", "Status")),
        (at.advice, Text("要確認のときの対処", "What to do")),
    ):
        align = "left" if col in (at.label[0], at.advice[0]) else "center"
        look = looks.over(looks.HEADING, text_wrap=False, align=align, shrink=True)
        draft.text(row, col, draft.say(text), look, last if last > col else None)
    first = lines.row
    for check in section.checks:
        said = f"{check.step} {draft.say(check.label)}".strip()
        if wide(said) > sum(lines.sheet.widths[col] for col in range(at.label[0], at.label[1] + 1)) - 0.5:
            said = re.sub(r" (?=[≧≥] )", "\n", said)
        row = lines.named(said, max(_ROW, _height(lines, _words(draft, check.advice), at.advice)), looks.PLAIN, at.label[1])
        for name, (col, last) in ((check.forward, at.forward), (check.goal, at.goal), (check.gap, at.gap)):
            if name is not None:
                cell = draft.template.cells[name]
                form = _with_fraction(cell, lines.lang)
                draft.single(name, row, col, looks.value_look(cell, lines.lang, bold=False, num_format=form), last)
                if name == check.gap:
                    _show_crumbs(lines, cell, row, col)
        draft.single(check.state, row, at.state, looks.STATE)
        draft.single(check.advice, row, at.advice[0], looks.over(looks.ADVICE, shrink=False, text_wrap=True), at.advice[1])
    draft.state_colours(first, at.state, lines.row - 1)
    draft.places[f"{section.key}_state"] = Place(lines.sheet.title, first, at.state, lines.row - first)
    lines.notes(section)


def _show_crumbs(lines: Lines, cell: Cell, row: int, col: int) -> None:
    """Show all decimals of a tiny difference, with its unit: a shortfall of 0.0001件 must not read as 0件."""
    here = address(row, col)
    form = looks.number_format(cell._replace(signed=False), lines.lang)
    exact = "0.0#####%" if cell.unit == RATE else form.replace("#,##0", "0.0#####")
    test = f"AND(ISNUMBER({here}),{here}<>0,ABS({here})<0.005)"
    lines.sheet.conditionals.append(Conditional(row, col, row, col, test, (("num_format", f"+{exact};-{exact};0"),)))


def _words(draft: Draft, name: str) -> list[str]:
    """Return what a cell may say."""
    formula = draft.template.cells[name].formula
    return [draft.word(part.key) for part in formula.walk() if isinstance(part, Word)] if formula is not None else []


def _height(lines: Lines, said: list[str], at: Span) -> float:
    """Return the points that the longest of these takes."""
    room = sum(lines.sheet.widths[col] for col in range(at[0], at[1] + 1)) - 0.5
    size = dict(looks.ADVICE)["font_size"]
    most = max((wrapped(each, room, size) for each in said), default=1)
    return tall(most, size) - _ABOVE if most > 1 else 0.0


def _with_fraction(cell: Cell, lang: str) -> str:
    """Show a decimal or two in forward figures: 19.8 must not read as 20."""
    form = looks.number_format(cell, lang)
    if cell.unit == RATE:
        return form.replace("0.0#%", "0.0##%").replace("0.0%", "0.0##%")
    return form.replace("#,##0", "#,##0.0#") if cell.unit == COUNT else form
