"""The short answer of `kgisheet show`: the chain from revenue to visits, a line per step, a column per channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..language.text import Text
from ..report.columns import whole_width
from ..template.roles import SHIPPED
from ..values.units import COUNT, CURRENCY, RATE
from . import terminal
from .speech import visible
from .tables import aligned, value_text

if TYPE_CHECKING:
    from ..filled.records import Record

_ROW = re.compile(r"(.*)\[(\d+)\]")


def summary(records: list[Record], lang: str, file: str) -> str:
    """Return the steps of the chain with their totals, channels and cells, the verdict, and where the rest is."""
    steps: dict[int, list[Record]] = {}
    for each in records:
        if each.step is not None:
            steps.setdefault(each.step, []).append(each)
    if not steps:  # a template without a chain: its single figures
        figures = [each for each in records if each.unit in (CURRENCY, COUNT, RATE) and "[" not in each.name]
        steps = {at: [each] for at, each in enumerate(figures)}
    held = {each.known_as: each for each in records}
    channels = {
        int(found[2]): str(each.value)
        for each in records
        if (found := _ROW.fullmatch(each.known_as)) and found[1] == SHIPPED.channel_name
    }
    head = [Text("項目", "step").to(lang), Text("合計", "total").to(lang), *channels.values(), Text("セル", "cell").to(lang)]
    rows = [head, *(_row(steps[step], list(channels)) for step in sorted(steps))]
    if _too_wide(rows):
        ranges = [_range(steps[step], lang) for step in sorted(steps)]
        rows = [[row[0], row[1] or said, row[-1]] for row, said in zip(rows, ["", *ranges], strict=True)]
    title, verdict = held.get(SHIPPED.title), held.get(SHIPPED.overall)
    lead = "  ".join(str(each.value) for each in (title, verdict) if each is not None and each.value is not None)
    rest = Text(f"すべてのセル: kgisheet show {file} --all", f"Every cell: kgisheet show {file} --all").to(lang)
    return "\n".join(filter(None, (visible(lead), aligned(rows, right=set(range(1, len(rows[0]) - 1))), visible(rest))))


def _row(cells: list[Record], channels: list[int]) -> list[str]:
    """Return the line of a step: its label, its total or single figure, those of the channels, the first of its cells."""
    single = next((each for each in cells if not _ROW.fullmatch(each.name)), None)
    by_row = {int(found[2]): each for each in cells if (found := _ROW.fullmatch(each.name))}
    first = next(iter(by_row.values()), single)
    assert first is not None  # a step has a cell
    place = single or first
    return [
        first.label,
        "" if single is None else value_text(single.unit, single.value),
        *(value_text(by_row[row].unit, by_row[row].value) if row in by_row else "" for row in channels),
        f"{place.sheet}!{place.cell}" if place.cell else "",
    ]


def _range(cells: list[Record], lang: str) -> str:
    """Return the least and the greatest of the channels' figures, for a step without a total: 10%〜30%."""
    figures = sorted({each.value for each in cells if isinstance(each.value, (int, float))})
    ends = [value_text(cells[0].unit, each) for each in dict.fromkeys((figures[0], figures[-1]))] if figures else []
    return Text("〜", "–").to(lang).join(ends)


def _too_wide(rows: list[list[str]]) -> bool:
    """Return whether the channels' figures leave no room for the rest on this terminal."""
    most = terminal.width()
    return most is not None and whole_width(rows) > most
