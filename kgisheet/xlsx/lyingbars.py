"""Charts of bars that lie below one another, the first on top: one per line, or centred as a funnel."""

from __future__ import annotations

from typing import Any

from ..layout import looks
from ..layout.model import FUNNEL, Chart
from ..values.a1 import reference


def lying(workbook: Any, said: Chart) -> Any:
    """Return the chart as XlsxWriter has it, without its place."""
    is_funnel = said.kind == FUNNEL
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"} if is_funnel else {"type": "bar"})
    font = {"name": looks.FONT, "size": 9, "color": looks.INK}
    for series in said.series:
        data: dict[str, Any] = {
            "name": series.name,
            "categories": "=" + reference(said.categories),
            "values": "=" + reference(series.values),
            "gap": 35 if is_funnel else 45,
        }
        if series.color:
            data |= {"fill": {"color": series.color}, "border": {"none": True}}
            # A short bar has no room for its figure: a funnel's stand in the middle, dark on pale, and are read beyond it too.
            position = "center" if is_funnel else "outside_end"
            data["data_labels"] = {
                "value": True,
                "position": position,
                "num_format": said.value_format,
                "font": {**font, "bold": True},
            }
        else:
            data |= {"fill": {"none": True}, "border": {"none": True}}
        chart.add_series(data)
    chart.show_hidden_data()
    chart.set_title({"name": said.title, "name_font": {**font, "size": 10, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"num_font": font, "reverse": True, "line": {"color": looks.LINE}, "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "visible": not is_funnel,
            "num_font": font,
            "num_format": said.value_format,
            "min": 0,
            "line": {"none": True},
            "major_gridlines": {"visible": not is_funnel, "line": {"color": "#E3E8EE"}},
            "label_position": "low",
        }
    )
    return chart
