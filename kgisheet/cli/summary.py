"""The short answer of `kgisheet show`: the verdict, then the chain from revenue to visits, a line per stage; twelve at most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..language.text import Text
from ..report.columns import cut, whole_width, width, wrapped
from ..template.model import INPUT, PER_MONTH
from ..template.roles import SHIPPED
from ..values.regex import regex
from ..values.units import COUNT, CURRENCY, RATE
from . import terminal
from .speech import visible
from .tables import aligned, value_text

if TYPE_CHECKING:
    from ..filled.records import Record

LINES = 12
"""What fits on a terminal without scrolling, above the next command."""
_LEAD = 3
"""The lines that the title and the verdict may take, where the terminal is narrow."""
_ROW = regex(r"(.*)\[(\d+)\]")
_TOTAL, _MONTH, _WITH = 1, 2, 3
"""The columns of a stage: its label, its figure, that of a month, what it is worked out with; then one per channel."""

Step = list["Record"]


class _Stage(NamedTuple):
    """A count or an amount of the chain, and the rates, shares or prices that lead to it from the one before."""

    cells: Step
    factors: list[Step]


def summary(records: list[Record], lang: str, file: str) -> str:
    """Return the title and the verdict, the stages of the chain, and where the rest is."""
    held = {each.known_as: each for each in records}
    title, verdict = (held.get(name) for name in (SHIPPED.title, SHIPPED.status))
    if verdict is None or verdict.value is None:
        verdict = held.get(SHIPPED.overall)
    said = [visible(str(each.value)) for each in (title, verdict) if each is not None and each.value is not None]
    most = terminal.width()
    lead = ["  ".join(said)]
    if most is not None and width(lead[0]) > most:
        lead = [cut(said[0], most), *(line for each in said[1:] for line in wrapped(each, most))][:_LEAD]
    rest = visible(Text(f"すべてのセル: kgisheet show {file} --all", f"Every cell: kgisheet show {file} --all").to(lang))
    if most is not None and width(rest) > most:
        rest = Text("すべてのセル: --all", "Every cell: --all").to(lang)
    rows = _table(_stages(records), held, lang, most, LINES - len(lead) - 1)
    return "\n".join(filter(None, (*lead, aligned(rows, right=set(range(1, len(rows[0]))) - {_WITH}), rest)))


def _stages(records: list[Record]) -> list[_Stage]:
    """Return the stages from the goal down, each with what leads to it."""
    steps: dict[int, Step] = {}
    for each in records:
        if each.step is not None:
            steps.setdefault(each.step, []).append(each)
    if not steps:  # a template without a chain: its single figures
        figures = [each for each in records if each.unit in (CURRENCY, COUNT, RATE) and "[" not in each.name]
        return [_Stage([each], []) for each in figures]
    typed = next((each for each in records if each.known_as == SHIPPED.web_revenue), None)
    stages: list[_Stage] = []
    factors: list[Step] = []
    for _, cells in sorted(steps.items()):
        first = cells[0]
        if first.known_as == SHIPPED.web_revenue_used and typed is not None:  # instead of the goal, while a switch says so
            stages.append(_Stage([first._replace(name=typed.name, label=typed.label)], []))
            continue
        if first.unit == RATE or (first.role == INPUT and stages):  # a price, or the deals of a month
            factors.append(cells)
        else:
            stages.append(_Stage(cells, factors))
            factors = []
    return stages


def _table(stages: list[_Stage], held: dict[str, Record], lang: str, most: int | None, lines: int) -> list[list[str]]:
    """Return the heading and the lines of the stages, in as many columns as the terminal has room for."""
    channels = {
        int(found[2]): visible(str(each.value))
        for each in held.values()
        if (found := _ROW.fullmatch(each.known_as)) and found[1] == SHIPPED.channel_name
    }
    head = [
        Text("項目", "stage").to(lang),
        Text("目標", "goal").to(lang),
        _month_head(stages, held),
        Text("前提", "assuming").to(lang),
        *channels.values(),
    ]
    shown = [_line(stage, held, list(channels), lang) for stage in stages]
    if len(shown) >= lines:  # less the heading; the first ones say where it begins, the last one where it ends
        left = len(shown) - lines + 2
        note = Text(f"…(ほか{left}項目)", f"… ({left} more)").to(lang)
        shown[lines - 3 : -1] = [[note, *[""] * (len(head) - 1)]]
    rows = [head, *shown]
    if most is None:
        return rows
    choices = (range(len(head)), (0, _TOTAL, _MONTH, _WITH), (0, _TOTAL, _MONTH), (0, _TOTAL))
    tables = [[[row[col] if col in choice else "" for col in range(max(choice) + 1)] for row in rows] for choice in choices]
    return next((each for each in tables if whole_width(each) <= most), tables[-1])


def _month(cells: Step, held: dict[str, Record]) -> Record | None:
    """Return the cell with a stage's figure of a month; of a month's goal, of a year."""
    single, _ = _parts(cells)
    return None if single is None else held.get(f"{single.name}_{PER_MONTH}")


def _month_head(stages: list[_Stage], held: dict[str, Record]) -> str:
    """Return how the cells of the months call themselves: Web売上(1か月あたり), Web revenue per month."""
    found = ((_parts(each.cells)[0], _month(each.cells, held)) for each in stages)
    return next((month.label.removeprefix(of.label).strip(" ()") for of, month in found if of and month), "")


def _line(stage: _Stage, held: dict[str, Record], channels: list[int], lang: str) -> list[str]:
    """Return the line of a stage: its label, its figure, that of a month, what it is worked out with, those of the channels."""
    single, by_row = _parts(stage.cells)
    month = _month(stage.cells, held)
    return [
        (single or stage.cells[0]).label,
        "" if single is None else value_text(single.unit, single.value),
        "" if month is None else value_text(month.unit, month.value),
        Text("、", ", ").to(lang).join(_factor(cells, lang) for cells in stage.factors),
        *(value_text(by_row[row].unit, by_row[row].value) if row in by_row else "" for row in channels),
    ]


def _parts(cells: Step) -> tuple[Record | None, dict[int, Record]]:
    """Return the total or single cell of a step, and those of the channels by their rows."""
    single = next((each for each in cells if not _ROW.fullmatch(each.name)), None)
    return single, {int(found[2]): each for each in cells if (found := _ROW.fullmatch(each.name))}


def _factor(cells: Step, lang: str) -> str:
    """Return what leads to a stage, with the least and the greatest of the channels' figures: アポ率 10%〜30%."""
    single, by_row = _parts(cells)
    of = list(by_row.values()) if by_row else [] if single is None else [single]
    figures = sorted({each.value for each in of if isinstance(each.value, (int, float))})
    ends = [value_text(cells[0].unit, each) for each in dict.fromkeys((figures[0], figures[-1]))] if figures else ["―"]
    label = re.split(r" ?\(", (single if not by_row and single else of[0]).label)[0]
    return f"{label} {Text('〜', '–').to(lang).join(ends)}"
