"""The sheets that a plan asks for: ``sheets``, and those they require."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..language.text import Text
from ..template.model import DRAWN, GRID, PAGE, SUMMARY, TABS
from ..template.model import SHEETS as ALL_SHEETS
from ..values.toml import Path

SHEETS = ("使い方", *ALL_SHEETS)
"""The sheets there are, by their Japanese names; a plan's ``sheets`` chooses among them."""

Say = Callable[[Path, str, Text, Text | None], None]


def chosen(value: Any, say: Say) -> tuple[str, ...]:
    """Return the requested sheets, and those that they depend on."""
    names = value if isinstance(value, list) else None
    if isinstance(value, str):
        names = [value]
    if names == ["all"]:
        return SHEETS
    # A month's tab named by its month stands for all twelve.
    known = [TABS if isinstance(name, str) and re.fullmatch(r"\d{4}-\d\d", name) else name for name in names or []]
    if not known or not all(isinstance(name, str) and name in SHEETS for name in known):
        wrong = [f"「{name}」" for name in known or [""] if name not in SHEETS]
        say(
            ("sheets",),
            "sheets",
            Text(f"シート {', '.join(wrong)} はありません", f"there is no sheet {', '.join(wrong)}"),
            Text(f'["all"]、または {", ".join(SHEETS)} から選んでください', f'["all"], or some of {", ".join(SHEETS)}'),
        )
        return SHEETS
    wanted = {PAGE, *known}
    # The tabs and the summary live of one another, and both of the grid.
    if wanted & {TABS, SUMMARY}:
        wanted |= {GRID, TABS, SUMMARY}
    # What stands on other sheets looks at lead times and at what is held; the page for approval at all of them.
    if wanted & set(DRAWN):
        wanted |= {GRID}
    if "稟議" in wanted:
        wanted |= {"逆算と積上"}
    return tuple(name for name in SHEETS if name in wanted)
