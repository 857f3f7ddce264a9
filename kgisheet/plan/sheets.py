"""The sheets that a plan asks for: ``sheets``, by id or by title, and those they require."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..language.text import Text
from ..template.sheets import TAB, SheetList
from ..values.toml import Path

Say = Callable[[Path, str, Text, Text | None], None]


def chosen(value: Any, there: SheetList, say: Say) -> tuple[str, ...]:
    """Return the ids of the requested sheets, and of those that they depend on."""
    names = value if isinstance(value, list) else None
    if isinstance(value, str):
        names = [value]
    if names == ["all"]:
        return there.ids
    # A month's tab named by its month stands for all twelve.
    tabs = there.of_kind(TAB)
    found = [
        tabs if isinstance(name, str) and re.fullmatch(r"\d{4}-\d\d", name) else there.called(name) for name in names or []
    ]
    if not found or None in found:
        wrong = [f"「{name}」" for name, sheet in zip(names or [""], found or [None], strict=True) if sheet is None]
        titles, ids = ", ".join(each.title.ja for each in there.all), ", ".join(there.ids)
        say(
            ("sheets",),
            "sheets",
            Text(f"シート {', '.join(wrong)} はありません", f"there is no sheet {', '.join(wrong)}"),
            Text(f'["all"]、または {titles} から選んでください', f'["all"], or some of {ids}'),
        )
        return there.ids
    return there.with_needed(each.id for each in found if each is not None)
