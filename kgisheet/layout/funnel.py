"""The funnel: centred bars on a logarithmic scale.

Native funnel charts aren't portable, so it is a stacked bar with an
invisible first series. From 21,700 visits to 3 deals only a logarithm leaves
anything to see; the chart's title says so.
"""

from __future__ import annotations

from fractions import Fraction

from ..expr.parser import parse
from ..expr.render import excel
from ..expr.render.value import evaluate
from ..language.text import Text
from ..values.a1 import Place
from ..worksheet.solve import View
from . import looks
from .model import Funnel
from .placing import Placer


def place_funnel(placer: Placer, row: int, col: int, at: tuple[int, int], pixels: tuple[int, int]) -> None:
    """Place the chart's data from (row, col) on, and the chart at ``at``."""
    stages = placer.template.funnel
    sheet, lang = placer.sheet, placer.lang
    sheet.put(row, col, Text("ファネル図のデータ", "Data of the funnel chart").to(lang), looks.LABEL)
    sheet.put(row, col + 1, Text("左の余白", "left gap").to(lang), looks.LABEL)
    sheet.put(row, col + 2, Text("棒の長さ", "length").to(lang), looks.LABEL)
    first = row + 1
    places = placer.seen_from(None, 0)
    view = View(placer.solution, None, 0)
    widest = max((_width(view, stage) for stage in stages), default=Fraction(0))
    top = f"MAX({_ref(col + 2, first)}:{_ref(col + 2, first + len(stages) - 1)})"
    for index, stage in enumerate(stages):
        here = first + index
        length = _width(view, stage)
        caption = parse(f"if(is_blank({stage}), blank, figure({stage}))")
        lead = placer.label(stage) + " "
        shown = evaluate(caption, view) or ""
        sheet.formula(here, col, "=" + excel.quoted(lead) + "&" + places.formula(caption)[1:], f"{lead}{shown}", looks.SMALL)
        sheet.formula(here, col + 1, f"=({top}-{_ref(col + 2, here)})/2", (widest - length) / 2, looks.SMALL)
        bar = places.formula(_length(stage))
        sheet.formula(here, col + 2, bar, length, looks.SMALL)
    rows = len(stages)
    said = Text("・", ", ").to(lang).join(placer.label(stage) for stage in stages)
    sheet.funnel = Funnel(
        title=Text("目標までのファネル(棒の長さは桁の違いを表します)", "The funnel (lengths by powers of ten)").to(lang),
        alt_text=Text(
            f"{said}を上から順に並べた、中央揃えの横棒グラフ。数値は各棒の名前に入っています。",
            f"Centred bars from top to bottom: {said}. Each bar's name holds its figure.",
        ).to(lang),
        labels=Place(sheet.title, first, col, rows),
        padding=Place(sheet.title, first, col + 1, rows),
        width=Place(sheet.title, first, col + 2, rows),
        row=at[0],
        col=at[1],
        pixels=pixels,
    )


def _length(stage: str):  # type: ignore[no-untyped-def]  # a Node
    return parse(f"if({stage} > 0, log10(1 + {stage}), 0)")


def _width(view: View, stage: str) -> Fraction:
    value = evaluate(_length(stage), view)
    assert isinstance(value, Fraction)
    return value


def _ref(col: int, row: int) -> str:
    from ..values.a1 import column

    return f"${column(col)}${row + 1}"
