"""Amounts shown in the display unit while the yen stay as they are: number formats that follow the chosen unit.

Excel and LibreOffice change a number format by a condition. Elsewhere an amount shows in yen, and says so.
An amount of less than one unit stays in yen: a price of 9,147円 is not 0.00百万円, nor one of 1,613円 2千円. Beside 億円 it is in 万円.
"""

from __future__ import annotations

from typing import NamedTuple

from ..expr.render import excel
from ..language.words import UNITS
from ..values.a1 import address
from .model import Conditional


class _Form(NamedTuple):
    """A unit, the least amount in yen that the format is for, and the format with its unit."""

    unit: str
    least: int
    form: str


# A comma at the end takes three digits away; four and eight need a point put before the last digits, and commas by hand.
# The larger amounts first: the first rule that holds is the one that counts.
_FORMS = {
    "ja": (
        _Form("千円", 100_000, '#,##0,"千円"'),
        _Form("万円", 9_999_999_500, r'0\,000\,000\.0,"万円"'),
        _Form("万円", 9_999_500, r'0\,000\.0,"万円"'),
        _Form("万円", 10_000, r'0\.0,"万円"'),
        _Form("百万円", 1_000_000, '#,##0.00,,"百万円"'),
        _Form("億円", 99_999_500_000, r'0\,000\.00,,"億円"'),
        _Form("億円", 100_000_000, r'0\.00,,"億円"'),
        _Form("億円", 9_999_500, r'0\,000\.0,"万円"'),
        _Form("億円", 10_000, r'0\.0,"万円"'),
    ),
    # English has no 万 and no 億: what is beside them is in millions and billions, and takes half the room with a letter.
    "en": (
        _Form("千円", 100_000, '"¥"#,##0,"K"'),
        _Form("万円", 1_000_000, '"¥"#,##0.00,,"M"'),
        _Form("万円", 100_000, '"¥"#,##0,"K"'),
        _Form("百万円", 1_000_000, '"¥"#,##0.00,,"M"'),
        _Form("億円", 1_000_000_000, '"¥"#,##0.00,,,"bn"'),
        _Form("億円", 1_000_000, '"¥"#,##0.00,,"M"'),
        _Form("億円", 100_000, '"¥"#,##0,"K"'),
    ),
}


def in_display_unit(area: tuple[int, int, int, int], signed: bool, lang: str) -> list[Conditional]:
    """Return the rules that show the amounts of an area in the display unit."""
    here = address(area[0], area[1])
    rules = []
    for unit, least, form in _FORMS[lang]:
        test = f"AND(display_unit={excel.quoted(UNITS[unit].to(lang))},ABS({here})>={least})"
        rules.append(Conditional(*area, test, (("num_format", f"+{form};-{form}" if signed else form),)))
    return rules
