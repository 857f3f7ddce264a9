"""The bars over the months as openpyxl's charts. It can't give them an alternative text."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart import Series as Bars
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from ..layout import looks
from ..layout.model import Chart
from ..values.a1 import Place, reference


def over_months(said: Chart) -> Any:
    """Return bars side by side over the months, with lines over them."""
    chart, over = BarChart(), LineChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "clustered", 0, 60
    for each in said.series:
        one = Bars(_area(each.values), title=each.name)
        color = each.color.removeprefix("#")
        line = LineProperties(solidFill=color, w=25400) if each.is_line else LineProperties(noFill=True)
        one.graphicalProperties = GraphicalProperties(solidFill=None if each.is_line else color, ln=line)
        (over if each.is_line else chart).series.append(one)
    chart.set_categories(_area(said.categories))
    if over.series:
        over.set_categories(_area(said.categories))
        chart += over
    chart.visible_cells_only = False
    chart.title, chart.legend.position = said.title, "b"
    chart.x_axis.number_format, chart.x_axis.delete = said.month_format, False
    chart.y_axis.scaling.min, chart.y_axis.delete = 0, False
    chart.y_axis.number_format = said.value_format
    return _framed(chart, said.row, said.col, said.offset + 2, said.pixels)


def _area(place: Place) -> Any:
    return Reference(range_string=reference(place))


def _framed(chart: Any, row: int, col: int, offset: int, pixels: tuple[int, int]) -> Any:
    """Return the chart at its place, in its size."""
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=looks.LINE[1:]))
    marker = AnchorMarker(col=col, colOff=pixels_to_EMU(offset), row=row, rowOff=pixels_to_EMU(4))
    width, height = map(pixels_to_EMU, pixels)
    chart.anchor = OneCellAnchor(_from=marker, ext=XDRPositiveSize2D(width, height))
    return chart
