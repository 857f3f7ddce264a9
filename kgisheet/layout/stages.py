"""The columns of the year's table: per stage the goal, and with the months' tabs the actual and what is achieved."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ..language.text import Text
from ..template.model import Flow, Template
from ..values.units import CURRENCY
from ..worksheet.solve import Solution
from . import looks
from .measure import width
from .model import Look, pixels

GOAL, ACTUAL, RATE = Text("目標", "Goal"), Text("実績", "Actual"), Text("達成率\n(累計)", "vs goal\nto date")
SIZE = 10.5
"""Points, of all that is printed: on an A4 it comes to 9."""
ROOM = 1160
"""Pixels: at this width the sheet is on one screen, and on a landscape A4 its type is still 9 points high, also where a
program draws columns a twentieth wider than Excel."""
_MONEY, _COUNT, _MANY = {"ja": 11.5, "en": 10.3}, {"ja": 6.6, "en": 5.9}, {"ja": 8.5, "en": 7.0}
_RATE, _CVR = 7.5, 6.5
"""Characters: in English amounts are in millions, and counts without a counter."""
_BOLD = 1.1
"""How much wider the bold figures of the sums are than what a column's width is counted in."""


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


class Shown(NamedTuple):
    """How the stages are shown: side by side, folded, and whether their counts are without counters, which the headings then have."""

    open: list[Column]
    folded: list[Column]
    is_plain: bool


def columns(solution: Solution, lang: str, first: int, taken: int) -> Shown:
    """Return the columns that fit on the screen, beginning with ``first``, and those of the stages that are folded.

    ``taken`` are the pixels before the first. The columns of folded stages begin with 0: they are placed later.
    """
    template = solution.template
    made = [each for flow in template.flows for each in _of(template, flow, lang)]
    compared = [each for each in made if each.compared]
    folded: list[Column] = []
    for each in _foldable(compared):
        if taken + sum(map(_wide, made)) <= ROOM:
            break
        made.remove(each)
        folded.append(each)
    room = ROOM - taken
    wanted = [_fitted(each, solution, lang, is_plain=False) for each in made]
    if is_plain := lang == "ja" and sum(map(_wide, wanted)) > room:
        wanted = [_fitted(each, solution, lang, is_plain=True) for each in made]
    return Shown(placed(_stretched(made, wanted, room), first), [each for each in compared if each in folded], is_plain)


def _fitted(each: Column, solution: Solution, lang: str, *, is_plain: bool) -> Column:
    """Return a stage's columns, at least as wide as its figure of the year; is that of an amount, in the display unit."""
    if each.flow is None:
        return each
    cell = solution.template.cells[f"month_{each.flow.name}"]
    value = solution.at(f"year_{each.flow.name}_due", None)
    if not isinstance(value, Fraction) or cell.unit == CURRENCY:
        return each
    # Counts that are not made whole have two decimals.
    figure = f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.2f}"
    said = figure if is_plain else figure + looks.counter(cell, lang)
    needed = (width(said) - said.count(",") / 2) * _BOLD + 0.5
    return each._replace(widths=tuple(wide if wide == _RATE else max(wide, needed) for wide in each.widths))


def _stretched(made: list[Column], wanted: list[Column], room: int) -> list[Column]:
    """Return the columns between what they have at least and what they want, or beyond it, so that they fill the room."""
    least, most = sum(map(_wide, made)), sum(map(_wide, wanted))
    if least >= room:
        return made
    if most > room:
        share = (room - least) / (most - least)
        return [
            each._replace(
                widths=tuple(_down(low + (high - low) * share) for low, high in zip(each.widths, more.widths, strict=True))
            )
            for each, more in zip(made, wanted, strict=True)
        ]
    more = min(2.0, (room - most) / 7 / sum(len(each.widths) for each in wanted))
    return [each._replace(widths=tuple(_down(wide + more) for wide in each.widths)) for each in wanted]


def _down(wide: float) -> float:
    """Return a width in whole pixels, no wider than before."""
    return int(wide * 7) / 7


def placed(made: list[Column], first: int) -> list[Column]:
    """Return columns side by side from ``first`` on."""
    found: list[Column] = []
    for each in made:
        found.append(each._replace(col=first))
        first = found[-1].last + 1
    return found


def _of(template: Template, flow: Flow, lang: str) -> list[Column]:
    made = []
    if flow.rated and template.roles.month_cvr in template.cells:
        made.append(Column(None, Text("CV率", "CVR"), 0, False, (_CVR,)))
    compared = f"result_{flow.name}" in template.cells
    cell = template.cells[f"month_{flow.name}"]
    wide = (_MONEY if cell.unit == CURRENCY else _MANY if cell.counter == "visits" else _COUNT)[lang]
    made.append(
        Column(
            flow,
            flow.label,
            0,
            compared,
            (wide, wide, _RATE) if compared else (max(wide + 1, width(flow.label.to(lang)) * _BOLD + 0.5),),
        )
    )
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
    """Return the format of what is achieved, with its mark: from 100 %, from 90 %, below; 99.6 % must not read as 100 %."""
    good, near, bad = MARKS[lang]
    return f'[>=1]"{good}"0%;[>=0.9]"{near}"0.0%;"{bad}"0.0%'


def bands(here: str) -> tuple[tuple[str, Look], ...]:
    """Return the conditions of the three bands for a cell, each with its colour."""
    return (
        (f"AND(ISNUMBER({here}),{here}>=1)", looks.GOOD),
        (f"AND(ISNUMBER({here}),{here}>=0.9)", looks.NEAR),
        (f"ISNUMBER({here})", looks.BAD),
    )
