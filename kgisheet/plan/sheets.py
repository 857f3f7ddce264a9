"""The sheets that a plan asks for: ``sheets``, by id or by title, and those they require."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..language.text import Text
from ..template.raw import Declaration
from ..template.sheets import TAB, WORK, SheetList
from ..template.tables import CHANNEL
from ..values.toml import Path

Say = Callable[[Path, str, Text, Text | None], None]


def chosen(value: Any, there: SheetList, say: Say) -> tuple[str, ...]:
    """Return the ids of the requested sheets, and of those that they depend on."""
    names = value if isinstance(value, list) else None
    if isinstance(value, str):
        names = [value]
    if names == ["all"]:
        return there.whole
    # A month's tab named by its month means all twelve.
    tabs = there.of_kind(TAB)
    found = [
        tabs if isinstance(name, str) and re.fullmatch(r"\d{4}-\d\d", name) else there.called(name) for name in names or []
    ]
    if not found or None in found:
        wrong = [name for name, sheet in zip(names or [""], found or [None], strict=True) if sheet is None]
        quoted = "".join(f"「{name}」" for name in wrong), ", ".join(f"“{name}”" for name in wrong)
        seen = [each for each in there.all if each.kind != WORK and not each.apart]
        titles = ", ".join(each.title.ja for each in seen), ", ".join(each.title.en for each in seen)
        say(
            ("sheets",),
            "sheets",
            Text(f"シート{quoted[0]}はありません", f"there is no sheet {quoted[1]}"),
            Text(f'["all"]、または {titles[0]} から選んでください', f'["all"], or some of {titles[1]}'),
        )
        return there.whole
    return there.with_needed(each.id for each in found if each is not None)


def unless_said(table: Mapping[str, Any], declaration: Declaration) -> list[str]:
    """Return the sheets of a plan that names none: those of every day, and those that it has figures for."""
    listed = declaration.listed
    rows = table.get(CHANNEL)
    of_channels = {key for row in rows if isinstance(row, dict) for key in row} if isinstance(rows, list) else set()
    wanted = set(listed.everyday)
    for section in declaration.sections:
        own = listed.called(section.keys.keys.get("sheet"))
        if own is not None and section.keys.keys.get("key") in table:
            wanted.add(own.id)
        for cell in (raw.keys for raw in section.cells if raw.keys.get("input") is True):
            key = str(cell.get("plan", str(cell.get("name")).removeprefix(f"{CHANNEL}_")))
            if own is not None and cell.get("per") == CHANNEL and key in of_channels:
                wanted.add(own.id)
            beside = listed.called(cell.get("with_sheet"))
            if beside is not None and key in table:
                wanted.add(beside.id)
    return [each.id for each in listed.all if each.id in wanted]
