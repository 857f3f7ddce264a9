"""Styles: one palette, one font, and only inputs are yellow."""

from __future__ import annotations

import re
from typing import Any

from ..language.words import COUNTERS
from ..template.model import INPUT, Cell
from ..values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from .model import Look

FONT = "Yu Gothic"  # in every Excel since 2016, on Windows and on a Mac
YELLOW = "#FFF2CC"
SPARE = "#FFFBF0"
"""Cells that may be filled in and need not: settings with a value to begin with, places for channels to come."""
NAVY = "#1F3A5F"
PALE = "#EEF3F8"
LINE = "#B8C4D1"
GREY = "#6B7785"
FAINT = "#A9B3BE"
INK = "#1B2733"
GREEN = "#1E7B45"
RED = "#B3261E"
AMBER = "#8A5A00"
BLUE = "#0B57A4"

SIZE = 10
"""The least size of type of what is printed, in points: sheets are wide enough to print at 90 %, and nine are left of ten."""

# Without "none", Excel takes the theme's font instead of the one that is named.
_BASE: dict[str, Any] = {"font_name": FONT, "font_scheme": "none", "font_size": SIZE, "font_color": INK, "valign": "vcenter"}


def look(**properties: Any) -> Look:
    """Return the base style with ``properties`` on top, in a fixed order."""
    return tuple(sorted({**_BASE, **properties}.items()))


def over(base: Look, **properties: Any) -> Look:
    return tuple(sorted({**dict(base), **properties}.items()))


MONTH_TAB = "month"
TABS = {"type": "#E0A800", "watch": "#2E7D5B", "approve": "#C77800", "look_up": "#7A8794", MONTH_TAB: "#C4CCD4"}
"""The colours of the tabs by what their sheets are for: to type into, to watch, to have approved, to look things up; a month."""

PLAIN = look()
TITLE = look(font_size=16, bold=True, font_color=NAVY)
BAND = look(bold=True, font_color="#FFFFFF", bg_color=NAVY)
LABEL = look(font_color=GREY)
LABEL_CENTRED = look(font_color=GREY, align="center")
HEADING = look(bold=True, bg_color=PALE, align="center", text_wrap=True, bottom=1, bottom_color=LINE)
STEP = look(bold=True, font_color=NAVY, align="center")
NAME = look(bold=True)
RATE_NAME = look(font_color=INK)
OPERATOR = look(font_color=GREY, align="center")
SMALL = look(font_color=GREY)
NOTE = look(font_color=GREY, text_wrap=True, valign="top")
READBACK = look(font_color=GREY, align="right", shrink=True)
ADVICE = look(font_color=RED, shrink=True)
STATE = look(bold=True, align="center", shrink=True)
COMPARED = look(font_color=GREY, align="center", shrink=True)
OVERALL = look(bold=True, font_size=12, align="center", border=1, border_color=LINE)
LINK = look(font_color=BLUE, underline=1)
WRAPPED = look(text_wrap=True, valign="top")

GOOD = (("bold", True), ("font_color", GREEN))
BAD = (("bold", True), ("font_color", RED))
NEAR = (("bold", True), ("font_color", AMBER))
ASKED = (*NEAR, ("num_format", '@"?"'))
OPEN = (("font_color", GREY),)
UNTYPED = (("bold", False), ("font_color", FAINT))
FORM = look(border=1, border_color=LINE)
FORM_TITLE = look(font_size=16, bold=True, font_color=NAVY, align="center")
FORM_LABEL = over(FORM, bold=True, bg_color=PALE, text_wrap=True, indent=1)
FORM_NOTE = over(FORM, font_color=GREY, indent=1)
FORM_HEAD = over(FORM, bold=True, bg_color=PALE, align="center", shrink=True)

EXAMPLE = (("font_color", GREY), ("italic", True))
"""Contents that nobody has typed yet: the worked example's figures, words to begin with."""
OUTSIDE = (("font_color", AMBER),)
UNREAD = (("font_color", GREY), ("bg_color", PALE))
"""An input that a switch leaves out: it keeps what was typed, and nothing reads it."""


_RESULT = "[>=10]#,##0%;[>=0.1]0.0%;0.0#%"
"""The format of a rate that is worked out: a second decimal says nothing of 66 %, and none does of 1,791 %."""


def number_format(cell: Cell, lang: str) -> str:
    """Return the number format of a cell's unit: 3件, 30.0%, 12,000,000円."""
    if cell.unit == CURRENCY:
        form = '#,##0"円"' if lang == "ja" else '"¥"#,##0'
    elif cell.unit == RATE:
        form = "0.0%" if cell.signed else "0.0#%" if cell.role == INPUT else _RESULT
    elif cell.unit == COUNT:
        digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
        unit = counter(cell, lang)
        form = f'{digits}"{unit}"' if unit else digits
    elif cell.unit == DATE:
        return "yyyy-mm-dd"
    elif cell.unit == MONTH:
        return "yyyy-mm"
    else:
        return "General"
    return f"+{form};-{form};{form}" if cell.signed else form


def counter(cell: Cell, lang: str) -> str:
    """Return what follows a count: 件, 回."""
    return COUNTERS[cell.counter].to(lang) if cell.counter else ""


def zero_as_dash(form: str) -> str:
    """Return the format of a count or an amount that shows a goal of 0 as ―."""
    return f'{form};-{form};"―"'


def in_billions(form: str, lang: str) -> str:
    """Return the format of an amount with nothing that reads it back beside it: ten digits and more in 億円, in billions."""
    if lang == "ja":
        return f'[>=99999500000]0\\,000\\.00,,"億円";[>=1000000000]0\\.00,,"億円";{form}'
    return f'[>=1000000000]"¥"#,##0.00,,,"bn";{form}'


TWO_DECIMALS, DECIDING = "[>=1000000]#,##0.0;#,##0.00", "#,##0.00####"
"""A figure before rounding, and one that two decimals would make whole."""


def with_decimals(form: str) -> str:
    """Return a count's format for counts that are not made whole: 10.80件."""
    return re.sub(r"#,##0(?:\.[0#]+)?", "#,##0.00", form)


def value_look(cell: Cell, lang: str, **more: Any) -> Look:
    """Return the style of an input or a result in its box."""
    properties: dict[str, Any] = {"border": 1, "border_color": LINE, "shrink": True}
    form = number_format(cell, lang)
    if form != "General":
        properties["num_format"] = form
    if cell.unit in (CURRENCY, RATE, COUNT):
        properties["align"] = "right"
    elif cell.unit in (DATE, MONTH):
        properties["align"] = "center"
    if cell.recorded:
        properties |= {"font_color": GREY}
    elif cell.role == INPUT:
        properties |= {"bg_color": YELLOW, "locked": False}
    else:
        properties["bold"] = True
    return look(**(properties | more))
