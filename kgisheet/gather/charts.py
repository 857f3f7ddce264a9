"""The charts of a summary: achievement by manager, and the funnel of the whole, each of the lengths that the figures have."""

from __future__ import annotations

from ..language.text import Text
from ..layout import looks
from ..layout.model import BARS, FUNNEL, Chart, Series, Sheet
from ..values.a1 import Place
from ..values.units import COUNT
from . import people, stage_sheet, wear
from .drawing import draw
from .merge import headline
from .model import Gathered
from .stage_sheet import ACTUAL, ALL, YEAR, shown, whole_id
from .sums import Sum, achievements
from .tables import Formula, Line, Spots, Table

ID = "funnel"
COL = 6
"""Where the funnel begins, its figures below it."""
SHOWN = 20
"""Managers in the chart: those furthest behind. More bars nobody reads."""
_SPREAD = 60
"""How many times the next stage the widest may be: a stage that dwarfs all others is left to the table."""
_PALE_BLUE = "#A9C1DC"
_HEADS = (Text("ファネル(グラフの元の数)", "Funnel (figures of the chart)"), Text("余白", "Margin"), Text("数", "Figure"))


def funnel_stages(gathered: Gathered) -> list[int]:
    """Return the stages of the funnel, the widest first."""
    head = _head(gathered)
    found = [at for at, each in enumerate(gathered.columns) if each.unit == COUNT and _figure(gathered, at, head)]
    found.sort(key=lambda at: -at)
    while len(found) > 1 and _of(gathered, found[0], head) > _SPREAD * _of(gathered, found[1], head):
        del found[0]
    return found


def _head(gathered: Gathered) -> int:
    """Return what the funnel shows: actuals, where there are any."""
    return ACTUAL if any(stage_sheet.totals(gathered, at).actual for at in range(len(gathered.columns))) else YEAR


def _figure(gathered: Gathered, at: int, head: int) -> Sum:
    sums = stage_sheet.totals(gathered, at)
    return sums.actual if head == ACTUAL else sums.year


def _of(gathered: Gathered, at: int, head: int) -> float:
    return float(_figure(gathered, at, head) or 0)


def funnel_table(gathered: Gathered, sheet: str, row: int) -> Table:
    """Return the figures of the funnel, each with the margin that centres it."""
    head, lang = _head(gathered), gathered.lang
    stages = funnel_stages(gathered)
    widest = max((_figure(gathered, at, head) or 0 for at in stages), default=0)
    lines = []
    for at in stages:
        value = _figure(gathered, at, head)
        key = gathered.columns[at].label
        margin = None if value is None else (widest - value) / 2
        look = stage_sheet.figure(gathered, at, font_color=looks.GREY)

        def centred(spots: Spots, key: str = key) -> str:
            return f"=(MAX({spots.down(ID, 2)})-{spots.here(ID, key, 2)})/2"

        cells = (key, Formula(centred, margin), shown(whole_id(at), ALL.to(lang), head, value))
        lines.append(Line(key, cells, (wear.TEXT, look, look)))
    return Table(ID, "gather_funnel", sheet, row, COL, tuple(each.to(lang) for each in _HEADS), tuple(lines))


def judged(gathered: Gathered) -> int:
    """Return how many bars the chart of the managers has: those in front have an achievement."""
    return min(SHOWN, sum(each is not None for each in achievements(gathered, headline(gathered))))


def heights(gathered: Gathered, stages: int) -> tuple[int, int]:
    """Return the charts' heights, in pixels."""
    return max(200, 80 + 20 * judged(gathered)), max(200, 70 + 32 * stages)


def funnel_rows(gathered: Gathered) -> int:
    """Return how many rows the funnel takes; its figures are below it."""
    return heights(gathered, len(funnel_stages(gathered)))[1] // _ROW + 2


_ROW = 20
"""Pixels of a row that nobody set."""


def add_charts(sheet: Sheet, gathered: Gathered, funnel: Table, managers: Table, row: int, spots: Spots) -> None:
    """Add the charts, side by side, with the funnel's figures below them."""
    lang, at = gathered.lang, headline(gathered)
    draw(sheet, funnel, spots)
    sheet.heights[funnel.row] = 30
    count = judged(gathered)
    tall, tall_funnel = heights(gathered, len(funnel.lines))
    stage = gathered.columns[at].label
    if count:
        first = managers.row + 1
        sheet.charts.append(
            Chart(
                Text(
                    f"担当者別の達成率({stage}、「担当者別」の上から{count}名)",
                    f"Achievement by manager ({stage}, the first {count} of “By manager”)",
                ).to(lang),
                Text(f"担当者ごとの{stage}の達成率の横棒グラフ", f"Bar chart of each manager's achievement of {stage}").to(
                    lang
                ),
                Place(managers.sheet, first, managers.col + people.NAME, count),
                (
                    Series(
                        Text("達成率", "Achievement").to(lang),
                        Place(managers.sheet, first, managers.col + people.at_stage(at, 3), count),
                        looks.NAVY,
                    ),
                ),
                row,
                1,
                (590, tall),
                value_format="0%",
                kind=BARS,
            )
        )
    if funnel.lines:
        first, size = funnel.row + 1, len(funnel.lines)
        is_actual = _head(gathered) == ACTUAL
        said = (
            Text("全体のファネル(実績の累計)", "Funnel of the whole (actual to date)")
            if is_actual
            else Text("全体のファネル(年間目標)", "Funnel of the whole (year's goals)")
        )
        sheet.charts.append(
            Chart(
                said.to(lang),
                Text("段階ごとの数を中央にそろえた横棒のファネル", "Funnel: centred bars, one per stage").to(lang),
                Place(funnel.sheet, first, COL, size),
                (
                    Series(_HEADS[1].to(lang), Place(funnel.sheet, first, COL + 1, size), ""),
                    Series(_HEADS[2].to(lang), Place(funnel.sheet, first, COL + 2, size), _PALE_BLUE),
                ),
                row,
                COL,
                (500, tall_funnel),
                kind=FUNNEL,
            )
        )
