"""The columns of the page, so that it fits one screen of a small laptop and one A4 in type that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..template import tables
from ..values.units import COUNT
from ..worksheet.solve import Solution
from . import looks, measure, names
from .lines import LABEL
from .model import LYING, pixels

TOTAL = LABEL + 1
FIRST = TOTAL + 1
"""The column of the first channel."""
LEAST = 8
"""How many columns there are for channels at least."""
MOST_LINES = 4
"""How many lines of a channel's name there is room for."""
_DATE = 10.5
"""How wide a date or a choice in the head is at least, in characters."""
_LEFT = 6
"""Pixels that figures which just fit their column are left at: a sheet as wide as a page is printed in a little less than nine points."""
_FEW = 3
"""So many channels have columns as wide as a name of six Japanese letters, and the spare ones less."""
_NARROWEST, _SPARE_OF_MANY, _SPARE_OF_FEW = 6.6, 5.2, 7.0
"""The least width of a column, that of the spare one beside eight and more, and the least of a spare one of eight."""


class _Wide(NamedTuple):
    """The widths of the columns, in characters."""

    label: float
    total: float
    channel: float
    monthly: float
    aside: float
    few: float
    spare: float
    gap: float = 1.0


_WIDTHS = {"ja": _Wide(22.0, 14.5, 9.2, 12.0, 28.4, 11.3, 8.6), "en": _Wide(29.5, 14.1, 9.4, 13.3, 24.0, 10.6, 8.7)}
_TIGHT = {
    "ja": _WIDTHS["ja"]._replace(label=13.2, aside=22.2, gap=0.6),
    "en": _WIDTHS["en"]._replace(label=19.6, aside=21.8, gap=0.6),
}
"""The same where there are many channels, or such long names: labels without what they are from, and the shorter remarks."""


def beside(across: int) -> tuple[int, int]:
    """Return the columns on the right of so many channels': a month's figures, and the words beside."""
    return FIRST + across + 1, FIRST + across + 2


def widths(solution: Solution, lang: str, across: int, rows: int) -> dict[int, float]:
    """Return the width of each column, of which so many are for channels, of which ``rows`` have a place for one."""
    channels = [str(solution.at(solution.roles.channel_name, at) or "") for at in range(rows)]
    figures = _widest(solution, rows, lang)
    made, is_whole = _spread(_WIDTHS[lang], across, channels, figures)
    return made if is_whole else _spread(_TIGHT[lang], across, channels, figures)[0]


def _widest(solution: Solution, rows: int, lang: str) -> list[float]:
    """Return how wide the widest count of each channel is, in bold type, with its unit."""
    counts = [
        cell for cell in solution.template.cells.values() if cell.table == tables.CHANNEL and cell.step and cell.unit == COUNT
    ]

    def shown(channel: int) -> Iterator[str]:
        for cell in counts:
            value = solution.at(cell.name, channel)
            if isinstance(value, Fraction):
                yield f"{float(value):,.0f}" + looks.counter(cell, lang)

    return [max((measure.wide(each, bold=True) for each in shown(at)), default=0.0) for at in range(rows)]


def _spread(wide: _Wide, across: int, channels: Sequence[str], figures: Sequence[float]) -> tuple[dict[int, float], bool]:
    """Return the width of each column, and whether no name has a broken word.

    ``channels`` are the names of the channels, "" where there is none yet, ``figures`` how wide the widest figure of each is.
    """
    monthly, aside = beside(across)
    columns = range(FIRST, FIRST + across)
    made = {0: wide.gap, LABEL: wide.label, TOTAL: wide.total, monthly - 1: wide.gap, monthly: wide.monthly, aside: wide.aside}
    room = LYING - sum(map(pixels, made.values()))
    places = [*channels, *[""] * (across - len(channels))]
    if sum(map(bool, places)) <= _FEW and across <= LEAST:
        found = names.widths(places, wide.few, wide.spare, _SPARE_OF_FEW, room - _LEFT)
        return made | dict(zip(columns, found, strict=True)), True
    spare = _SPARE_OF_MANY if across > LEAST else _SPARE_OF_FEW
    needed = [max(_NARROWEST, figure) for figure in (*figures, *[0.0] * (across - len(figures)))]
    named = max(1, sum(map(bool, places)))
    fair = max(_NARROWEST, ((room - _LEFT - (across - named) * pixels(spare)) // named - 5) / 7)
    if sum(has for name, has in zip(places, needed, strict=True) if name) > named * fair:
        needed = [min(has, fair) for has in needed]  # figures are shrunk rather than the page
    least = [has if name else spare for name, has in zip(places, needed, strict=True)]
    found, is_whole = names.shared(places, least, wide.channel, room - _LEFT, MOST_LINES)
    return made | dict(zip(columns, found, strict=True)), is_whole


def reaching(widths: Mapping[int, float], first: int, wanted: float, end: int) -> int:
    """Return the last of the columns, two at least and ``end`` at most, that are together so wide."""
    return next((col for col in range(first + 1, end) if together(widths, first, col) >= wanted), end)


def together(widths: Mapping[int, float], first: int, last: int) -> float:
    """Return how wide some columns are together."""
    return sum(widths[col] for col in range(first, last + 1))


def small(widths: Mapping[int, float], monthly: int, second: float, third: float) -> tuple[tuple[int, int, int], ...]:
    """Return where the small figures of a row stand: the column of the label, and those of the value.

    The labels over the channels' columns are as wide as said; the third figure, a date, ends where they end.
    """
    last = monthly - 2
    value = next(col for col in range(last, FIRST, -1) if together(widths, col, last) >= _DATE)
    label = next((col for col in range(value - 1, FIRST, -1) if together(widths, col, value - 1) >= third), value - 1)
    return (
        (LABEL, TOTAL, TOTAL),
        (FIRST, reaching(widths, FIRST, second, label - 3) + 1, label - 1),
        (label, value, last),
        (monthly, monthly + 1, monthly + 1),
    )
