"""The columns of the year's table: per stage the goal, and with the months' tabs the actual and what is achieved."""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Text
from ..template.model import Flow, Template
from ..values.units import CURRENCY
from . import looks
from .model import Look, pixels

GOAL, ACTUAL, RATE = Text("目標", "Goal"), Text("実績", "Actual"), Text("達成率\n(累計)", "Achieved\n(to date)")
ROOM = 1165
"""Pixels: at this width the sheet is on one screen, and on a landscape A4 its type is still 9 points high."""
_MONEY, _COUNT, _MANY = {"ja": 11.5, "en": 15.0}, {"ja": 7.0, "en": 5.9}, {"ja": 8.5, "en": 7.0}
_RATE, _CVR = 7.5, 6.5
"""Characters: in English amounts are in million yen, and counts without a counter."""


class Column(NamedTuple):
    """A stage's columns, the goal's being the first. ``flow`` is None for the conversion rate between CV goal and visits."""

    flow: Flow | None
    label: Text
    col: int
    compared: bool
    widths: tuple[float, ...]

    @property
    def last(self) -> int:
        return self.col + len(self.widths) - 1


def columns(template: Template, lang: str, first: int, taken: int) -> tuple[list[Column], list[Column]]:
    """Return the columns that fit on the screen, beginning with ``first``, and those of the stages that are folded.

    ``taken`` are the pixels before the first. The columns of folded stages begin with 0: they are placed later.
    """
    made = [each for flow in template.flows for each in _of(template, flow, lang)]
    compared = [each for each in made if each.compared]
    folded: list[Column] = []
    for each in _foldable(compared):
        if taken + sum(map(_wide, made)) <= ROOM:
            break
        made.remove(each)
        folded.append(each)
    return placed(made, first), [each for each in compared if each in folded]


def placed(made: list[Column], first: int) -> list[Column]:
    """Return columns side by side from ``first`` on."""
    found: list[Column] = []
    for each in made:
        found.append(each._replace(col=first))
        first = found[-1].last + 1
    return found


def _of(template: Template, flow: Flow, lang: str) -> list[Column]:
    made = []
    if flow.rated and "month_cvr" in template.cells:
        made.append(Column(None, Text("CV率", "CVR"), 0, False, (_CVR,)))
    compared = f"result_{flow.name}" in template.cells
    cell = template.cells[f"month_{flow.name}"]
    wide = (_MONEY if cell.unit == CURRENCY else _MANY if cell.counter == "visits" else _COUNT)[lang]
    made.append(Column(flow, flow.label, 0, compared, (wide, wide, _RATE) if compared else (wide + 1,)))
    return made


def _foldable(compared: list[Column]) -> list[Column]:
    """Return the stages that are folded where there isn't room for all, the first to go first.

    Revenue and deals, leads and visits stay. Of those between them the one below the deals goes first, then from below.
    """
    between = compared[2:-2]
    return between[:1] + between[:0:-1]


def _wide(each: Column) -> int:
    return sum(map(pixels, each.widths))


MARKS = {"ja": ("○", "△", "×"), "en": ("✓", "△", "✗")}


def marked(lang: str) -> str:
    """Return the format of what is achieved, with its mark: from 100 %, from 90 %, below."""
    good, near, bad = MARKS[lang]
    return f'[>=1]"{good}"0.0%;[>=0.9]"{near}"0.0%;"{bad}"0.0%'


def bands(here: str) -> tuple[tuple[str, Look], ...]:
    """Return the conditions of the three bands for a cell, each with its colour."""
    return (
        (f"AND(ISNUMBER({here}),{here}>=1)", looks.GOOD),
        (f"AND(ISNUMBER({here}),{here}>=0.9)", looks.NEAR),
        (f"ISNUMBER({here})", looks.BAD),
    )
