"""How a summary's cells look: units, headings, states."""

from __future__ import annotations

from fractions import Fraction

from ..language.text import Text
from ..language.words import COUNTERS
from ..layout import looks
from ..layout.model import Look
from ..values.units import CURRENCY
from .model import ANSWERED, BROKEN, MISSING, UNTOUCHED, Column, Manager

EDGE = {"border": 1, "border_color": looks.LINE}
TEXT = looks.look(**EDGE, shrink=True)
WRAPPED = looks.look(**EDGE, text_wrap=True, valign="top")
NUMBER = looks.look(**EDGE, align="center")
NUMBER_TOP = looks.over(NUMBER, valign="top")
LINKED = looks.look(**EDGE, font_color=looks.BLUE, underline=1, shrink=True)
LINKED_TOP = looks.over(LINKED, shrink=False, text_wrap=True, valign="top")
HEAD = looks.look(**EDGE, bold=True, bg_color=looks.PALE, align="center", text_wrap=True)
GROUP = looks.look(bold=True, font_color="#FFFFFF", bg_color=looks.NAVY, align="center", shrink=True)
GROUP_LATER = looks.over(GROUP, bg_color=looks.GREY)
TOTAL = looks.look(**EDGE, bold=True, bg_color=looks.PALE, shrink=True)
RATE = "0.0%"
REACHED, NEAR = 1, 0.9
"""From where on a goal is reached, and nearly so: as the goal sheets have it."""
NEARLY = Fraction(str(NEAR))
"""The same, exact."""

STATES = {
    ANSWERED: Text("提出済み", "Returned"),
    UNTOUCHED: Text("未記入", "Not filled in"),
    MISSING: Text("未提出", "Not returned"),
    BROKEN: Text("読み取れない", "Unreadable"),
}


def state(manager: Manager, lang: str) -> str:
    """Return what a manager's state is called."""
    return STATES[manager.state].to(lang)


def form(column: Column, lang: str, decimals: int = 0) -> str:
    """Return the number format of a stage's figures: 12,000,000円, 40件."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if column.unit == CURRENCY:
        return f'{digits}"円"' if lang == "ja" else f'"¥"{digits}'
    counter = COUNTERS[column.counter].to(lang) if column.counter in COUNTERS else ""
    return f'{digits}"{counter}"' if counter else digits


def figure(column: Column, lang: str, decimals: int = 0, **more: object) -> Look:
    """Return the look of a stage's figure."""
    return looks.look(**EDGE, num_format=form(column, lang, decimals), align="right", shrink=True, **more)


def rate(**more: object) -> Look:
    """Return the look of a rate."""
    return looks.look(**EDGE, num_format=RATE, align="right", **more)


def totalled(look: Look) -> Look:
    """Return a look as a line of totals has it."""
    return looks.over(look, bold=True, bg_color=looks.PALE)
