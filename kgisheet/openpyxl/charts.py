"""The funnel and the bars over the months as openpyxl's charts. It can't give them an alternative text."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart import Series as Bars
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from ..layout import looks
from ..layout.model import Chart, Funnel
from ..values.a1 import Place, reference


def funnel(said: Funnel) -> Any:
    """Return the funnel: bars that a bar nobody sees moves to the middle."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 25
    padding, width = (Bars(_area(place)) for place in (said.padding, said.width))
    padding.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    width.graphicalProperties = GraphicalProperties(solidFill="3E6FA3", ln=LineProperties(noFill=True))
    chart.series = [padding, width]
    chart.set_categories(_area(said.labels))
    chart.title, chart.legend = said.title, None
    chart.x_axis.scaling.orientation, chart.x_axis.delete = "maxMin", False
    chart.y_axis.delete, chart.y_axis.majorGridlines = True, None
    return _framed(chart, said.row, said.col, 4, said.pixels)


def bars(said: Chart) -> Any:
    """Return bars side by side over the months."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "clustered", 0, 60
    for each in said.series:
        one = Bars(_area(each.values), title=each.name)
        one.graphicalProperties = GraphicalProperties(solidFill=each.color.removeprefix("#"), ln=LineProperties(noFill=True))
        chart.series.append(one)
    chart.set_categories(_area(said.categories))
    chart.title, chart.legend.position = said.title, "b"
    chart.x_axis.number_format, chart.x_axis.delete = said.month_format, False
    chart.y_axis.scaling.min, chart.y_axis.delete = 0, False
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
