"""Looks (the property names of XlsxWriter's formats) as openpyxl's styles."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from ..layout.model import Look

_SIDES = ("left", "right", "top", "bottom")
_THIN = {1: "thin"}
_ALIGNMENT = {"valign", "align", "text_wrap", "shrink", "indent"}
_FONT = {"font_name", "font_scheme", "font_size", "font_color", "bold", "italic", "underline"}
_EDGES = {"border", "border_color", *_SIDES, *(f"{side}_color" for side in _SIDES)}
_KNOWN = _ALIGNMENT | _FONT | _EDGES | {"bg_color", "locked", "num_format"}
_FIRST_OWN_FORMAT = 5_000
"""Ids of number formats in conditional formats: above all that a workbook's cells will use."""


class Styles:
    """Gives cells their looks; each look is made once, and then shared."""

    def __init__(self) -> None:
        self._done: dict[Look, Any] = {}
        self._codes: dict[str, int] = {}

    def put(self, cell: Any, look: Look) -> None:
        """Give a cell its look."""
        if look not in self._done:
            said = _said(look)
            cell.font = _font(said)
            cell.fill = _fill(said)
            cell.border = _border(said)
            cell.alignment = Alignment(
                horizontal=said.get("align", "left" if said.get("indent") else None),
                vertical={"vcenter": "center"}.get(said["valign"], said["valign"]) if "valign" in said else None,
                wrap_text=said.get("text_wrap"),
                shrink_to_fit=said.get("shrink") and not said.get("text_wrap"),
                indent=said.get("indent", 0),
            )
            cell.protection = Protection(locked=said.get("locked", True))
            cell.number_format = said.get("num_format", "General")
            self._done[look] = copy(cell._style)
        else:
            cell._style = copy(self._done[look])

    def conditional(self, look: Look) -> Any:
        """Return what a rule adds to a cell's look."""
        said = _said(look)
        code = said.get("num_format")
        form = None
        if code is not None:
            number = self._codes.setdefault(code, _FIRST_OWN_FORMAT + len(self._codes))
            form = NumberFormat(numFmtId=number, formatCode=code)
        has_font = bool(_FONT & said.keys())
        return DifferentialStyle(
            font=_font(said) if has_font else None, numFmt=form, fill=_fill(said) if "bg_color" in said else None
        )


def _said(look: Look) -> dict[str, Any]:
    said = dict(look)
    unknown = said.keys() - _KNOWN
    assert not unknown, f"openpyxl is not told of {unknown}"
    return said


def _font(said: dict[str, Any]) -> Any:
    return Font(
        name=said.get("font_name"),
        size=said.get("font_size"),
        color=_color(said.get("font_color")),
        bold=said.get("bold"),
        italic=said.get("italic"),
        underline="single" if said.get("underline") else None,
    )


def _fill(said: dict[str, Any]) -> Any:
    if "bg_color" not in said:
        return PatternFill()
    return PatternFill("solid", fgColor=_color(said["bg_color"]), bgColor=_color(said["bg_color"]))


def _border(said: dict[str, Any]) -> Any:
    def side(name: str) -> Any:
        style = said.get(name, said.get("border"))
        return Side(style=_THIN[style], color=_color(said.get(f"{name}_color", said.get("border_color")))) if style else Side()

    return Border(**{name: side(name) for name in _SIDES})


def _color(rgb: str | None) -> str | None:
    return None if rgb is None else "FF" + rgb.removeprefix("#")
