"""Amounts shown in the display unit while the yen stay as they are: number formats that follow the chosen unit.

Excel and LibreOffice change a number format by a condition. Elsewhere an amount shows in yen, and says so.
An amount of less than one unit stays in yen: a price of 9,147円 is not 0.00百万円, nor one of 1,613円 2千円. Beside 億円 it is in 万円.
"""

from __future__ import annotations

from typing import NamedTuple

from ..expr.render import excel
from ..language.text import Text
from ..language.words import UNITS
from ..values.a1 import address
from .model import Conditional


class _Form(NamedTuple):
    """A unit, the least amount in yen that the format is for, the format, and the unit that it is in where that is another."""

    unit: str
    least: int
    form: str
    shown: str = ""


# A comma at the end takes three digits away; four and eight need a point put before the last digits, and commas by hand.
# The larger amounts first: the first rule that holds is the one that counts.
_FORMS = (
    _Form("千円", 100_000, "#,##0,"),
    _Form("万円", 9_999_999_500, r"0\,000\,000\.0,"),
    _Form("万円", 9_999_500, r"0\,000\.0,"),
    _Form("万円", 10_000, r"0\.0,"),
    _Form("百万円", 1_000_000, "#,##0.00,,"),
    _Form("億円", 99_999_500_000, r"0\,000\.00,,"),
    _Form("億円", 100_000_000, r"0\.00,,"),
    _Form("億円", 9_999_500, r"0\,000\.0,", "万円"),
    _Form("億円", 10_000, r"0\.0,", "万円"),
)

_SHORT = {"千円": "K", "百万円": "M"}
"""What English puts after a figure in yen: ¥1.25M takes half the room of 1.25 million yen."""


def in_display_unit(area: tuple[int, int, int, int], signed: bool, lang: str) -> list[Conditional]:
    """Return the rules that show the amounts of an area in the display unit."""
    here = address(area[0], area[1])
    rules = []
    for unit, least, digits, shown in _FORMS:
        called, written = UNITS[unit].to(lang), UNITS[shown or unit].to(lang)
        short = _SHORT.get(unit)
        said = Text(f'{digits}"{written}"', f'"¥"{digits}"{short}"' if short else f'{digits}" {written}"')
        form = said.to(lang)
        test = f"AND(display_unit={excel.quoted(called)},ABS({here})>={least})"
        rules.append(Conditional(*area, test, (("num_format", f"+{form};-{form}" if signed else form),)))
    return rules
